-- Matters and their entries (record/matter.h, work/matter.h): row versions as of 0002. Each sort of matter has a table of its own; what
-- is put into its file names it in `matter`. Lists run by owner and by each side's party; what waits, by state.

CREATE TABLE finding (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT, step TEXT, rules TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX finding_current ON finding (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX finding_key ON finding (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX finding_matter ON finding (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE contact (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    from_party BIGINT, about_kind TEXT, about BIGINT, wants TEXT, name TEXT, phone TEXT, answerer TEXT, answer_phone TEXT, answer TEXT,
    refusal TEXT, refusal_why TEXT, outcome TEXT, outcome_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX contact_current ON contact (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX contact_key ON contact (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX contact_owner ON contact (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX contact_from ON contact (from_party, id) WHERE to_leaf IS NULL;
CREATE INDEX contact_about ON contact (about, id) WHERE to_leaf IS NULL;

CREATE TABLE talk (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT, met_on TEXT, place TEXT, who TEXT, what TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX talk_current ON talk (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX talk_key ON talk (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX talk_matter ON talk (matter, no) WHERE to_leaf IS NULL;
