-- Pilot platforms and vouchers: row versions as of 0002, matters and entries as of 0019. A booking is sought by capability and hour, a
-- movement of a voucher by voucher and, for settlements, by platform and day.

CREATE TABLE capability (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    service BIGINT, name TEXT, sort TEXT, trials TEXT, industry TEXT, equipment TEXT, stations BIGINT, opens BIGINT,
    closes BIGINT, weekends BIGINT, confidence TEXT, trl_from BIGINT, trl_to BIGINT, hazards TEXT, in_park BIGINT, sharing TEXT,
    quote_days BIGINT, contact TEXT, phone TEXT, paused TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX capability_current ON capability (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX capability_key ON capability (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX capability_owner ON capability (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX capability_service ON capability (service, id) WHERE to_leaf IS NULL;

CREATE TABLE tariff (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    item TEXT, unit TEXT, price BIGINT, note TEXT, ended TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX tariff_current ON tariff (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX tariff_key ON tariff (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX tariff_matter ON tariff (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE permit (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sort TEXT, number TEXT, issuer TEXT, covers TEXT, from_day TEXT, until_day TEXT, digest TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX permit_current ON permit (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX permit_key ON permit (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX permit_matter ON permit (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE booking (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    capability BIGINT, on_day TEXT, from_hour BIGINT, until_day TEXT, until_hour BIGINT, stations BIGINT, what TEXT, first BIGINT,
    last BIGINT, freed BIGINT, freed_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX booking_current ON booking (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX booking_key ON booking (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX booking_matter ON booking (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX booking_capability ON booking (capability, last) WHERE to_leaf IS NULL;

CREATE TABLE pilot_job (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    capability BIGINT, from_party BIGINT, achievement BIGINT, rights_party BIGINT, need BIGINT, wants TEXT, trials TEXT,
    trl_now BIGINT, trl_goal BIGINT, hazards TEXT, reaction TEXT, reaction_report TEXT, confidence TEXT, wanted_by TEXT,
    name TEXT, phone TEXT, lacks TEXT, price BIGINT, days BIGINT, terms TEXT, quote_until TEXT, asked_on TEXT, quoted_on TEXT,
    contract TEXT, amount BIGINT, voucher_no TEXT, voucher BIGINT, voucher_part BIGINT, objection TEXT, score BIGINT, review TEXT, ended_by TEXT,
    end_why TEXT, offered TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX pilot_job_current ON pilot_job (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX pilot_job_key ON pilot_job (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX pilot_job_owner ON pilot_job (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX pilot_job_from_party ON pilot_job (from_party, id) WHERE to_leaf IS NULL;
CREATE INDEX pilot_job_rights_party ON pilot_job (rights_party, id) WHERE to_leaf IS NULL;
CREATE INDEX pilot_job_capability ON pilot_job (capability, id) WHERE to_leaf IS NULL;
CREATE INDEX pilot_job_achievement ON pilot_job (achievement, id) WHERE to_leaf IS NULL;
CREATE INDEX pilot_job_need ON pilot_job (need, id) WHERE to_leaf IS NULL;

CREATE TABLE custody (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sample TEXT, what TEXT, day TEXT, seal TEXT, place TEXT, handled_by TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX custody_current ON custody (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX custody_key ON custody (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX custody_matter ON custody (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE trial_run (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    day TEXT, batch TEXT, conditions TEXT, reading TEXT, outcome TEXT, file TEXT, digest TEXT, run_by TEXT, file_size BIGINT,
    media TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX trial_run_current ON trial_run (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX trial_run_key ON trial_run (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX trial_run_matter ON trial_run (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE trl_evidence (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    achievement BIGINT, outcome TEXT, summary TEXT, trl_before BIGINT, trl_proved BIGINT, digest TEXT, confirmed_on TEXT,
    trl_written BIGINT, written_on TEXT, file TEXT, file_size BIGINT, media TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX trl_evidence_current ON trl_evidence (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX trl_evidence_key ON trl_evidence (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX trl_evidence_matter ON trl_evidence (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX trl_evidence_achievement ON trl_evidence (achievement, id) WHERE to_leaf IS NULL;

CREATE TABLE bill (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    invoice TEXT, day TEXT, amount BIGINT, by_voucher BIGINT, paid_on TEXT, payment TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX bill_current ON bill (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX bill_key ON bill (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX bill_matter ON bill (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE voucher (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    issuer BIGINT, number TEXT, holder BIGINT, amount BIGINT, purposes TEXT, from_day TEXT, until_day TEXT, share BIGINT, basis TEXT,
    end_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX voucher_current ON voucher (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX voucher_key ON voucher (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX voucher_owner ON voucher (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX voucher_holder ON voucher (holder, id) WHERE to_leaf IS NULL;

CREATE TABLE voucher_use (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sort TEXT, amount BIGINT, job BIGINT, platform BIGINT, purpose TEXT, served_on TEXT, note TEXT, service_order BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX voucher_use_current ON voucher_use (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX voucher_use_key ON voucher_use (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX voucher_use_matter ON voucher_use (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX voucher_use_platform ON voucher_use (platform, entered_on) WHERE to_leaf IS NULL;
CREATE INDEX voucher_use_job ON voucher_use (job, id) WHERE to_leaf IS NULL;
CREATE INDEX voucher_use_order ON voucher_use (service_order, id) WHERE to_leaf IS NULL;

CREATE TABLE settlement (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    issuer BIGINT, platform BIGINT, year BIGINT, half TEXT, count BIGINT, amount BIGINT, note TEXT, paid_on TEXT, payment TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX settlement_current ON settlement (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX settlement_key ON settlement (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX settlement_owner ON settlement (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX settlement_platform ON settlement (platform, id) WHERE to_leaf IS NULL;

CREATE TABLE industrial (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    job BIGINT, name TEXT, region TEXT, site TEXT, output TEXT, wanted_by TEXT, end_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX industrial_current ON industrial (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX industrial_key ON industrial (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX industrial_owner ON industrial (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX industrial_job ON industrial (job, id) WHERE to_leaf IS NULL;

CREATE TABLE clearance (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    item TEXT, office TEXT, law TEXT, source TEXT, progress TEXT, number TEXT, day TEXT, note TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX clearance_current ON clearance (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX clearance_key ON clearance (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX clearance_matter ON clearance (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE tenancy (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    space BIGINT, tenant BIGINT, from_day TEXT, until_day TEXT, area BIGINT, desks BIGINT, staff BIGINT, gone_on TEXT,
    graduation TEXT, staff_then BIGINT, gone_why TEXT, contest_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX tenancy_current ON tenancy (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX tenancy_key ON tenancy (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX tenancy_owner ON tenancy (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX tenancy_tenant ON tenancy (tenant, id) WHERE to_leaf IS NULL;
CREATE INDEX tenancy_space ON tenancy (space, id) WHERE to_leaf IS NULL;

CREATE TABLE space_service (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    day TEXT, sort TEXT, what TEXT, hours BIGINT, given_by TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX space_service_current ON space_service (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX space_service_key ON space_service (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX space_service_matter ON space_service (matter, no) WHERE to_leaf IS NULL;
