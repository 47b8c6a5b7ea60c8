-- Records as row versions (record/record.h). The columns after `salts` are the kind's field table, in any order.
-- text: FIELD_NUMBER, MONEY, YES, PARTY, PERSON are BIGINT; all others TEXT.

CREATE TABLE party (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    name TEXT, side TEXT, uscc TEXT, nature TEXT, region TEXT, industry TEXT, about TEXT, strengths TEXT, site TEXT,
    contact TEXT, phone TEXT, email TEXT, founded TEXT, staff BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX party_current ON party (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX party_key ON party (natural_key) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX party_uscc ON party (uscc) WHERE to_leaf IS NULL AND uscc IS NOT NULL;

CREATE TABLE person (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    name TEXT, calling TEXT, party BIGINT, title TEXT, skills TEXT, industry TEXT, discipline TEXT, region TEXT,
    about TEXT, phone TEXT, email TEXT, takes BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX person_current ON person (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX person_key ON person (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX person_owner ON person (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE achievement (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, uses TEXT, abstract TEXT, detail TEXT, keywords TEXT, ipc TEXT, industry TEXT, discipline TEXT,
    trl BIGINT, rights TEXT, team TEXT, ways TEXT, price BIGINT, secrecy TEXT, region TEXT, evidence TEXT, wanted TEXT,
    contact TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX achievement_current ON achievement (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX achievement_key ON achievement (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX achievement_owner ON achievement (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE need (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, now TEXT, goal TEXT, limits TEXT, keywords TEXT, industry TEXT, trl BIGINT, budget BIGINT, due TEXT,
    ways TEXT, region TEXT, hidden BIGINT, alias TEXT, detail TEXT, contact TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX need_current ON need (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX need_key ON need (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX need_owner ON need (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE scenario (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, about TEXT, offers TEXT, asks TEXT, form TEXT, keywords TEXT, industry TEXT, trl BIGINT, budget BIGINT,
    opens TEXT, closes TEXT, region TEXT, contact TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX scenario_current ON scenario (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX scenario_key ON scenario (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX scenario_owner ON scenario (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE service (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, sort TEXT, about TEXT, terms TEXT, keywords TEXT, industry TEXT, stage TEXT, trials TEXT,
    trl_from BIGINT, trl_to BIGINT, amount BIGINT, price TEXT, days BIGINT, region TEXT, contact TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX service_current ON service (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX service_key ON service (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX service_owner ON service (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE policy (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, gives TEXT, who TEXT, how TEXT, basis TEXT, rule TEXT, source TEXT, sort TEXT, sides TEXT,
    keywords TEXT, region TEXT, valid_since TEXT, valid_until TEXT, amount BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX policy_current ON policy (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX policy_key ON policy (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX policy_owner ON policy (owner, id) WHERE to_leaf IS NULL;

-- What lists are narrowed by: a projection of the open records' public values, rebuilt from them at any time.
-- facet '' with value '' stands for the record itself; lists run by id, newest first.
CREATE TABLE facet (
    kind TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, id BIGINT NOT NULL,
    PRIMARY KEY (kind, facet, value, id)
);
CREATE INDEX facet_record ON facet (kind, id);
