-- The files of a deal (work/attachment.h). The record says what a file is and what it hashes to; its bytes lie by their hash, once,
-- in parts, so that no write holds up the others.

CREATE TABLE attachment (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, paper TEXT, paper_no BIGINT, sort TEXT, name TEXT, size BIGINT, media TEXT,
    digest TEXT, withdrawn_on TEXT, withdrawn_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX attachment_current ON attachment (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX attachment_key ON attachment (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX attachment_deal ON attachment (deal, no) WHERE to_leaf IS NULL;
CREATE INDEX attachment_digest ON attachment (digest);

-- Both exempt from leaves: an attachment's leaf commits to the digest, and the digest to the bytes.
-- state: 0 parts are still coming, 1 whole, 2 an attachment names it. What stays below 2 is swept away after a day.
CREATE TABLE content (
    digest TEXT PRIMARY KEY, size BIGINT NOT NULL, state BIGINT NOT NULL, touched_ms BIGINT NOT NULL
);
CREATE INDEX content_loose ON content (touched_ms) WHERE state < 2;

CREATE TABLE content_part (
    digest TEXT NOT NULL, no BIGINT NOT NULL, bytes BYTES NOT NULL,
    PRIMARY KEY (digest, no)
);
