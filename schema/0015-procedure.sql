-- How the sort of a contract was found (work/contract_tree.h), and why it was chosen otherwise.
ALTER TABLE contract ADD COLUMN tree TEXT;
ALTER TABLE contract ADD COLUMN sort_why TEXT;

-- What a registration agency asks to be mended, since when, and when it was; and whether it is in dispute (full check).
ALTER TABLE registration ADD COLUMN asked_on TEXT;
ALTER TABLE registration ADD COLUMN mended_on TEXT;
ALTER TABLE registration ADD COLUMN disputed BIGINT;
