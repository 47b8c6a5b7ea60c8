-- Transfers of the past (record/past.h, work/past.h): the rows of a university's own tables, kept in the deal's file beside the
-- papers made of them. Row versions as of 0002.

ALTER TABLE deal ADD COLUMN past BIGINT;

CREATE TABLE past_deal (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, source_file TEXT, source_digest TEXT, source_row BIGINT, remarks TEXT, number TEXT,
    name TEXT, sort TEXT, way TEXT, pricing TEXT, buyer TEXT, buyer_uscc TEXT, signed_on TEXT, valid_until TEXT, amount BIGINT,
    technical BIGINT, payment TEXT, licence TEXT, notice_span TEXT, notice_from TEXT, notice_to TEXT, body TEXT, minutes TEXT,
    approved_on TEXT, registered TEXT, registered_on TEXT, point TEXT, achievement_name TEXT, rights TEXT, team TEXT, note TEXT,
    achievement BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX past_deal_current ON past_deal (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX past_deal_key ON past_deal (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX past_deal_deal ON past_deal (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE past_receipt (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, source_file TEXT, source_digest TEXT, source_row BIGINT, remarks TEXT, number TEXT,
    came_on TEXT, amount BIGINT, payer TEXT, voucher TEXT, note TEXT, mark TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX past_receipt_current ON past_receipt (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX past_receipt_key ON past_receipt (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX past_receipt_deal ON past_receipt (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE past_award (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, source_file TEXT, source_digest TEXT, source_row BIGINT, remarks TEXT, number TEXT,
    paid_on TEXT, net BIGINT, reward BIGINT, people TEXT, notice_span TEXT, notice_from TEXT,
    notice_to TEXT, channel TEXT, half BIGINT, apart BIGINT, decided_on TEXT, voucher TEXT, note TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX past_award_current ON past_award (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX past_award_key ON past_award (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX past_award_deal ON past_award (deal, no) WHERE to_leaf IS NULL;
