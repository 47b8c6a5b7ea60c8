-- Services for hire, guides, trials in scenarios and try-first licences: row versions as of 0002, matters and entries as of 0019.

CREATE TABLE service_order (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    service BIGINT, from_party BIGINT, wants TEXT, wanted_by TEXT, offer BIGINT, name TEXT, phone TEXT, price BIGINT,
    days BIGINT, terms TEXT, quote_until TEXT, contract TEXT, amount BIGINT, agreed_on TEXT, delivered_on TEXT,
    days_late BIGINT, sent_back BIGINT, at_first BIGINT, paid BIGINT, grade TEXT, grade_why TEXT, answer TEXT,
    correction TEXT, corrected_on TEXT, refusal TEXT, refusal_why TEXT, end_why TEXT,
    voucher_no TEXT, voucher BIGINT, voucher_part BIGINT, purpose TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX service_order_current ON service_order (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX service_order_key ON service_order (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX service_order_owner ON service_order (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX service_order_from_party ON service_order (from_party, id) WHERE to_leaf IS NULL;
CREATE INDEX service_order_service ON service_order (service, id) WHERE to_leaf IS NULL;

CREATE TABLE handover (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    what TEXT, file TEXT, digest TEXT, judged_on TEXT, verdict TEXT, reasons TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX handover_current ON handover (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX handover_key ON handover (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX handover_matter ON handover (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE order_payment (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    day TEXT, amount BIGINT, number TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX order_payment_current ON order_payment (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX order_payment_key ON order_payment (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX order_payment_matter ON order_payment (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE guide (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    name TEXT, office TEXT, service BIGINT, who TEXT, materials TEXT, course TEXT, law_days BIGINT, days BIGINT,
    fee TEXT, fee_ground TEXT, place TEXT, phone TEXT, document TEXT, article TEXT, source TEXT, begins TEXT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX guide_current ON guide (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX guide_key ON guide (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX guide_owner ON guide (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX guide_service ON guide (service, id) WHERE to_leaf IS NULL;

CREATE TABLE trial (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    scenario BIGINT, from_party BIGINT, achievement BIGINT, rights_party BIGINT, product TEXT, trl BIGINT, wants TEXT,
    name TEXT, phone TEXT, answerer TEXT, answer_phone TEXT, refusal TEXT, refusal_why TEXT, begins TEXT, ends TEXT,
    site TEXT, objection TEXT, outcome TEXT, aims BIGINT, met BIGINT, public_buyer BIGINT, first_market BIGINT,
    record_asked BIGINT, record_scored BIGINT, contract TEXT, amount BIGINT, units BIGINT, bought_on TEXT, end_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX trial_current ON trial (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX trial_key ON trial (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX trial_owner ON trial (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX trial_from_party ON trial (from_party, id) WHERE to_leaf IS NULL;
CREATE INDEX trial_rights_party ON trial (rights_party, id) WHERE to_leaf IS NULL;
CREATE INDEX trial_scenario ON trial (scenario, id) WHERE to_leaf IS NULL;
CREATE INDEX trial_achievement ON trial (achievement, id) WHERE to_leaf IS NULL;

CREATE TABLE trial_aim (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    name TEXT, sense TEXT, target TEXT, unit TEXT, how TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX trial_aim_current ON trial_aim (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX trial_aim_key ON trial_aim (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX trial_aim_matter ON trial_aim (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE trial_reading (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    aim BIGINT, day TEXT, value TEXT, file TEXT, digest TEXT, note TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX trial_reading_current ON trial_reading (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX trial_reading_key ON trial_reading (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX trial_reading_matter ON trial_reading (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE try_licence (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    achievement BIGINT, from_party BIGINT, used_for TEXT, name TEXT, phone TEXT, free_from TEXT, free_until TEXT,
    pays_when TEXT, price BIGINT, exit_terms TEXT, licence TEXT, open_licensed BIGINT, contract TEXT, triggered_on TEXT,
    triggered_why TEXT, paid_on TEXT, payment TEXT, deal BIGINT, refusal TEXT, refusal_why TEXT, left_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX try_licence_current ON try_licence (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX try_licence_key ON try_licence (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX try_licence_owner ON try_licence (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX try_licence_from_party ON try_licence (from_party, id) WHERE to_leaf IS NULL;
CREATE INDEX try_licence_achievement ON try_licence (achievement, id) WHERE to_leaf IS NULL;

CREATE TABLE try_mark (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    name TEXT, by_day TEXT, reached_on TEXT, proof TEXT, digest TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX try_mark_current ON try_mark (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX try_mark_key ON try_mark (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX try_mark_matter ON try_mark (matter, no) WHERE to_leaf IS NULL;
