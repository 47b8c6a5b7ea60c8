-- Finance for firms: row versions as of 0002, matters and entries as of 0019.

-- What sort of finance a product is, and by which rule of the rulebook it is asked who may have it.
ALTER TABLE service ADD COLUMN product TEXT;
ALTER TABLE service ADD COLUMN rule TEXT;

CREATE TABLE patent (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    number TEXT, name TEXT, state TEXT, fee_until TEXT, pledge TEXT, licence TEXT, open_licence BIGINT, ends TEXT, checked TEXT,
    from_file BIGINT, pledge_loan BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX patent_current ON patent (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX patent_key ON patent (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX patent_owner ON patent (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX patent_number ON patent (number) WHERE to_leaf IS NULL;

CREATE TABLE consent (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT, bank BIGINT, parts TEXT, purpose TEXT, until_day TEXT,
    revoked_on TEXT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX consent_current ON consent (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX consent_key ON consent (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX consent_owner ON consent (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX consent_bank ON consent (bank, id) WHERE to_leaf IS NULL;

CREATE TABLE pack (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT, loan BIGINT, leaf BIGINT, digest TEXT, facts BIGINT, stale BIGINT, content TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX pack_current ON pack (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX pack_key ON pack (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX pack_matter ON pack (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX pack_loan ON pack (loan, id) WHERE to_leaf IS NULL;

CREATE TABLE loan (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT, bank BIGINT, product BIGINT, sort TEXT, asked BIGINT,
    purpose TEXT, months_asked BIGINT, patents TEXT, consent BIGINT, pack BIGINT, pack_on TEXT, approved BIGINT, rate BIGINT,
    months BIGINT, guarantee TEXT, conditions TEXT, reasons TEXT, reason_why TEXT, decided_on TEXT, file_no TEXT,
    contract_no TEXT, signed_on TEXT, valuation BIGINT, valued TEXT, owners_agree BIGINT, open_known BIGINT, pledge_no TEXT,
    pledged_on TEXT, matures TEXT, drawn BIGINT, repaid BIGINT, pool BIGINT, overdue_on TEXT, claimed BIGINT, ended TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX loan_current ON loan (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX loan_key ON loan (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX loan_owner ON loan (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX loan_bank ON loan (bank, id) WHERE to_leaf IS NULL;
CREATE INDEX loan_consent ON loan (consent, id) WHERE to_leaf IS NULL;
CREATE INDEX loan_product ON loan (product, id) WHERE to_leaf IS NULL;

CREATE TABLE drawdown (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT, amount BIGINT, paid_on TEXT, voucher TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX drawdown_current ON drawdown (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX drawdown_key ON drawdown (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX drawdown_matter ON drawdown (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE repayment (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT, amount BIGINT, interest BIGINT, paid_on TEXT, voucher TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX repayment_current ON repayment (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX repayment_key ON repayment (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX repayment_matter ON repayment (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE signal (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT, sort TEXT, about_kind TEXT, about BIGINT, day TEXT, done TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX signal_current ON signal (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX signal_key ON signal (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX signal_matter ON signal (matter, no) WHERE to_leaf IS NULL;

-- A firm's asset pack asks for the deals in which it buys (work/asset_pack.c).
CREATE INDEX deal_buyer ON deal (buyer_party, id) WHERE to_leaf IS NULL AND buyer_party IS NOT NULL;
