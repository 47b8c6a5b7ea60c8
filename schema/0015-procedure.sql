-- How the sort of a contract was found (work/contract_tree.h), and why it was chosen otherwise.
ALTER TABLE contract ADD COLUMN tree TEXT;
ALTER TABLE contract ADD COLUMN sort_why TEXT;

-- What a registration agency asks to be mended, since when, and when it was; and whether it is in dispute (full check).
ALTER TABLE registration ADD COLUMN asked_on TEXT;
ALTER TABLE registration ADD COLUMN mended_on TEXT;
ALTER TABLE registration ADD COLUMN disputed BIGINT;

-- A year's operating profit from working an achievement oneself or with others (转化法 §45 一（三）): row versions as of 0002.
CREATE TABLE profit (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, year BIGINT, amount BIGINT, source TEXT, voucher TEXT, note TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX profit_current ON profit (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX profit_key ON profit (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX profit_deal ON profit (deal, no) WHERE to_leaf IS NULL;
