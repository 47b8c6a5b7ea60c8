-- Policies that find people: row versions as of 0002, matters and entries as of 0019.

CREATE TABLE fact (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    name TEXT, year BIGINT, value TEXT, source TEXT, issuer TEXT, number TEXT, issued_on TEXT, until TEXT, list TEXT,
    confirmed_on TEXT, note TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX fact_current ON fact (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX fact_key ON fact (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX fact_owner ON fact (owner, name, year) WHERE to_leaf IS NULL;
CREATE INDEX fact_name ON fact (name, owner) WHERE to_leaf IS NULL;

CREATE TABLE claim (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    policy BIGINT, period BIGINT, rule TEXT, way TEXT, sent_on TEXT, expected BIGINT, name TEXT, phone TEXT, payee TEXT, words TEXT,
    dispute TEXT, lacks TEXT, supplied TEXT, amount BIGINT, reason TEXT, rests_on TEXT, decided_on TEXT, paid_on TEXT, voucher TEXT,
    objection TEXT, review TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX claim_current ON claim (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX claim_key ON claim (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX claim_owner ON claim (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX claim_policy ON claim (policy, period, id) WHERE to_leaf IS NULL;
