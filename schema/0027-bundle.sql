-- Bundles for needs and their parts (record/bundle.h): matters as of 0019.

CREATE TABLE bundle (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    need BIGINT, maker BIGINT, achievement BIGINT, place BIGINT, finance BIGINT, policy BIGINT, trl_from BIGINT, trl_to BIGINT, note TEXT,
    refusal TEXT, refusal_why TEXT, outcome TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX bundle_current ON bundle (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX bundle_key ON bundle (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX bundle_owner ON bundle (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX bundle_maker ON bundle (maker, id) WHERE to_leaf IS NULL;
CREATE INDEX bundle_need ON bundle (need, id) WHERE to_leaf IS NULL;

CREATE TABLE bundle_part (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    bundle BIGINT, firm BIGINT, maker BIGINT, sort TEXT, about_kind TEXT, about BIGINT, wants TEXT, price BIGINT, payer TEXT, days BIGINT,
    terms TEXT, name TEXT, phone TEXT, refusal TEXT, refusal_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX bundle_part_current ON bundle_part (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX bundle_part_key ON bundle_part (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX bundle_part_owner ON bundle_part (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX bundle_part_firm ON bundle_part (firm, id) WHERE to_leaf IS NULL;
CREATE INDEX bundle_part_maker ON bundle_part (maker, id) WHERE to_leaf IS NULL;
CREATE INDEX bundle_part_bundle ON bundle_part (bundle, id) WHERE to_leaf IS NULL;
CREATE INDEX bundle_part_about ON bundle_part (about, id) WHERE to_leaf IS NULL;

-- Counts by field to compare with the nation (record/field_count.h): row versions as of 0002.
CREATE TABLE field_count (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    measure TEXT, year BIGINT, code TEXT, here BIGINT, nation BIGINT, source TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX field_count_current ON field_count (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX field_count_key ON field_count (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX field_count_measure ON field_count (measure, year) WHERE to_leaf IS NULL;
