-- How the sort of a contract was found (work/contract_tree.h), and why it was chosen otherwise.
ALTER TABLE contract ADD COLUMN tree TEXT;
ALTER TABLE contract ADD COLUMN sort_why TEXT;
