-- A transfer and the papers of its file (record/deal.h, record/paper.h, work/deal.h): row versions as of 0002. What a paper is
-- about stands in `deal`, its number within its kind in `no`.

CREATE TABLE deal (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, achievement BIGINT, pier TEXT, way TEXT, pricing TEXT, price BIGINT, buyer TEXT, buyer_party BIGINT,
    buyer_nature TEXT, abroad BIGINT, related BIGINT, relation TEXT, appraisal TEXT, fiscal_project BIGINT, ground TEXT, region TEXT, terms BIGINT,
    papers BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX deal_current ON deal (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX deal_key ON deal (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX deal_owner ON deal (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX deal_achievement ON deal (achievement, id) WHERE to_leaf IS NULL;

CREATE TABLE title (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, mode TEXT, holders TEXT, years BIGINT, agreed_on TEXT, clear BIGINT,
    prospect BIGINT, taker BIGINT, willing BIGINT, negative BIGINT, plan BIGINT, deputy TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX title_current ON title (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX title_key ON title (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX title_deal ON title (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE valuation (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, science TEXT, technology TEXT, economy TEXT, society TEXT, culture TEXT,
    trl BIGINT, evidence TEXT, assessor TEXT, conflict BIGINT, done_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX valuation_current ON valuation (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX valuation_key ON valuation (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX valuation_deal ON valuation (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE notice (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, sort TEXT, place TEXT, first_day TEXT, name TEXT, price BIGINT, summary TEXT,
    way TEXT, related BIGINT, channel TEXT, market TEXT, number TEXT, url TEXT, snapshot TEXT, ended_on TEXT,
    ended_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX notice_current ON notice (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX notice_key ON notice (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX notice_deal ON notice (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE objection (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, notice BIGINT, came_on TEXT, objector TEXT, text TEXT, ruled_on TEXT,
    ruling TEXT, upheld BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX objection_current ON objection (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX objection_key ON objection (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX objection_deal ON objection (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE approval (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, body TEXT, decision TEXT, decided_on TEXT, price BIGINT, minutes TEXT,
    digest TEXT, conflicts TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX approval_current ON approval (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX approval_key ON approval (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX approval_deal ON approval (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE contract (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, sort TEXT, number TEXT, name TEXT, signed_on TEXT, until TEXT, amount BIGINT,
    goods BIGINT, technical BIGINT, income BIGINT, payment TEXT, licence TEXT, open_licensed BIGINT, alliance BIGINT, alliance_terms TEXT, results TEXT, risk TEXT, liability TEXT, clauses TEXT,
    forbids TEXT, digest TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX contract_current ON contract (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX contract_key ON contract (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX contract_deal ON contract (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE registration (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, point TEXT, local BIGINT, chinese BIGINT, sent_on TEXT, lacks TEXT, decided_on TEXT, result TEXT,
    number TEXT, amount BIGINT, technical BIGINT, changed_on TEXT, revoked_on TEXT, revoked_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX registration_current ON registration (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX registration_key ON registration (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX registration_deal ON registration (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE instalment (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, sort TEXT, due_on TEXT, amount BIGINT, rate BIGINT, conditions TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX instalment_current ON instalment (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX instalment_key ON instalment (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX instalment_deal ON instalment (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE receipt (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, came_on TEXT, amount BIGINT, payer TEXT, voucher TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX receipt_current ON receipt (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX receipt_key ON receipt (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX receipt_deal ON receipt (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE cost (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, sort TEXT, amount BIGINT, voucher TEXT, public_research BIGINT, note TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX cost_current ON cost (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX cost_key ON cost (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX cost_deal ON cost (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE award (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, income BIGINT, net BIGINT, rate BIGINT, reward BIGINT, team TEXT,
    shares TEXT, half BIGINT, decided_on TEXT, paid_on TEXT, apart BIGINT, voucher TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX award_current ON award (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX award_key ON award (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX award_deal ON award (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE filing (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, sort TEXT, filed_on TEXT, number TEXT, note TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX filing_current ON filing (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX filing_key ON filing (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX filing_deal ON filing (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE statement (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, fact TEXT, value TEXT, source TEXT, until TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX statement_current ON statement (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX statement_key ON statement (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX statement_deal ON statement (deal, no) WHERE to_leaf IS NULL;

CREATE TABLE ruling (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    deal BIGINT, no BIGINT, terms BIGINT, step TEXT, ruled_on TEXT, rules TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX ruling_current ON ruling (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX ruling_key ON ruling (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX ruling_deal ON ruling (deal, no) WHERE to_leaf IS NULL;

-- One registered number belongs to one deal (认定登记：同一合同不得重复登记).
CREATE UNIQUE INDEX registration_number ON registration (number) WHERE to_leaf IS NULL AND number IS NOT NULL AND revoked_on IS NULL;

-- Who agrees to a transfer.
ALTER TABLE party ADD COLUMN approvals TEXT;
