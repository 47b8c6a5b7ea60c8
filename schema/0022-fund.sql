-- Public money (record/fund.h): row versions as of 0002, matters and entries as of 0019. A pool's account is read by its entries,
-- a firm's part of it by its firm; which amount was moved, by its key, over all payments.

CREATE TABLE pool (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    name TEXT, guarantor BIGINT, leverage BIGINT, pool_share BIGINT, bank_share BIGINT, guarantor_share BIGINT, loan_limit BIGINT,
    firm_limit BIGINT, breaker BIGINT, breaker_of TEXT, overdue BIGINT, demands BIGINT, runs_from TEXT, runs_until TEXT,
    rules TEXT, place TEXT, reviewed_on TEXT, paused_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX pool_current ON pool (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX pool_key ON pool (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX pool_owner ON pool (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX pool_guarantor ON pool (guarantor, id) WHERE to_leaf IS NULL;

CREATE TABLE pool_bank (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    bank BIGINT, joined_on TEXT, paper TEXT, left_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX pool_bank_current ON pool_bank (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX pool_bank_key ON pool_bank (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX pool_bank_matter ON pool_bank (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE pool_payment (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    way TEXT, who BIGINT, amount BIGINT, paid_on TEXT, voucher TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX pool_payment_current ON pool_payment (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX pool_payment_key ON pool_payment (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX pool_payment_matter ON pool_payment (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE pool_review (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    year BIGINT, says TEXT, decision TEXT, paper TEXT, capital BIGINT, covered BIGINT, reserved BIGINT, compensated BIGINT,
    recovered BIGINT, rate TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX pool_review_current ON pool_review (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX pool_review_key ON pool_review (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX pool_review_matter ON pool_review (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE pool_entry (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sort TEXT, amount BIGINT, cause TEXT, cause_id BIGINT, cover BIGINT, firm BIGINT, bank BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX pool_entry_current ON pool_entry (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX pool_entry_key ON pool_entry (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX pool_entry_matter ON pool_entry (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX pool_entry_cause ON pool_entry (cause_id, id) WHERE to_leaf IS NULL;
CREATE INDEX pool_entry_firm ON pool_entry (matter, firm) WHERE to_leaf IS NULL;
CREATE INDEX pool_entry_cover ON pool_entry (cover) WHERE to_leaf IS NULL;

CREATE TABLE cover (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    pool BIGINT, manager BIGINT, loan BIGINT, firm BIGINT, contract TEXT, asked BIGINT, purpose TEXT, ends_on TEXT,
    refused_why TEXT, drawn BIGINT, drawn_on TEXT, voucher TEXT, principal_left BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX cover_current ON cover (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX cover_key ON cover (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX cover_owner ON cover (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX cover_manager ON cover (manager, id) WHERE to_leaf IS NULL;
CREATE INDEX cover_firm ON cover (firm, id) WHERE to_leaf IS NULL;
CREATE INDEX cover_pool ON cover (pool, id) WHERE to_leaf IS NULL;

CREATE TABLE repaid (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    amount BIGINT, repaid_on TEXT, voucher TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX repaid_current ON repaid (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX repaid_key ON repaid (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX repaid_matter ON repaid (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE claim_pool (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    pool BIGINT, manager BIGINT, guarantor BIGINT, firm BIGINT, cover BIGINT, amount BIGINT, overdue_since TEXT, shows TEXT,
    checked TEXT, pool_part BIGINT, bank_part BIGINT, guarantor_part BIGINT, decided_paper TEXT, paid_on TEXT, voucher TEXT,
    refused_why TEXT, recovered BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX claim_pool_current ON claim_pool (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX claim_pool_key ON claim_pool (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX claim_pool_owner ON claim_pool (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX claim_pool_manager ON claim_pool (manager, id) WHERE to_leaf IS NULL;
CREATE INDEX claim_pool_guarantor ON claim_pool (guarantor, id) WHERE to_leaf IS NULL;
CREATE INDEX claim_pool_firm ON claim_pool (firm, id) WHERE to_leaf IS NULL;
CREATE INDEX claim_pool_pool ON claim_pool (pool, id) WHERE to_leaf IS NULL;
CREATE INDEX claim_pool_cover ON claim_pool (cover, id) WHERE to_leaf IS NULL;

CREATE TABLE demand (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    demanded_on TEXT, how TEXT, said TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX demand_current ON demand (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX demand_key ON demand (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX demand_matter ON demand (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE recovery (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    amount BIGINT, recovered_on TEXT, source TEXT, voucher TEXT, pool_part BIGINT, bank_part BIGINT, guarantor_part BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX recovery_current ON recovery (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX recovery_key ON recovery (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX recovery_matter ON recovery (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE stake (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    firm BIGINT, program TEXT, project TEXT, amount BIGINT, agreed_on TEXT, until_day TEXT, least_round BIGINT,
    least_revenue BIGINT, discount BIGINT, floor_value BIGINT, ceiling_value BIGINT, most_share BIGINT, same_day TEXT,
    return_rate BIGINT, paid_on TEXT, voucher TEXT, basis TEXT, revenue BIGINT, shares_now BIGINT,
    valuation BIGINT, triggered_on TEXT, round BIGINT, shares BIGINT, cost BIGINT, rest BIGINT, registered_on TEXT,
    due_back BIGINT, back BIGINT, back_on TEXT, loss BIGINT, loss_why TEXT, diligence TEXT, no_gain BIGINT, loss_paper TEXT,
    contest_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX stake_current ON stake (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX stake_key ON stake (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX stake_owner ON stake (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX stake_firm ON stake (firm, id) WHERE to_leaf IS NULL;

CREATE TABLE stake_mark (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    what TEXT, by_day TEXT, done_on TEXT, shows TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX stake_mark_current ON stake_mark (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX stake_mark_key ON stake_mark (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX stake_mark_matter ON stake_mark (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE stake_check (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sort TEXT, checked_on TEXT, who TEXT, passed BIGINT, says TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX stake_check_current ON stake_check (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX stake_check_key ON stake_check (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX stake_check_matter ON stake_check (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE stake_round (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    closed_on TEXT, who TEXT, market BIGINT, raised BIGINT, valuation BIGINT, shares BIGINT, paper TEXT, said_by TEXT,
    agreed_on TEXT, contest_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX stake_round_current ON stake_round (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX stake_round_key ON stake_round (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX stake_round_matter ON stake_round (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE money_flow (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    sort TEXT, program TEXT, payee BIGINT, amount BIGINT, paid_on TEXT, purpose TEXT, voucher TEXT, cause TEXT, cause_id BIGINT,
    void_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX money_flow_current ON money_flow (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX money_flow_key ON money_flow (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX money_flow_owner ON money_flow (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX money_flow_payee ON money_flow (payee, id) WHERE to_leaf IS NULL;
CREATE INDEX money_flow_cause ON money_flow (cause_id, paid_on) WHERE to_leaf IS NULL;

CREATE TABLE moved (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sort TEXT, who BIGINT, number TEXT, moved_on TEXT, amount BIGINT, share BIGINT, paper TEXT, attributed BIGINT, moved_key TEXT,
    proved_on TEXT, seen TEXT, void_on TEXT, void_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX moved_current ON moved (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX moved_key ON moved (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX moved_matter ON moved (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX moved_moved_key ON moved (moved_key, id) WHERE to_leaf IS NULL;
CREATE INDEX moved_who ON moved (who, id) WHERE to_leaf IS NULL;

CREATE TABLE branch (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    name TEXT, address TEXT, phone TEXT, licensed_by TEXT, paper TEXT, since_day TEXT, until_day TEXT, staff BIGINT,
    delegated BIGINT, tolerance BIGINT, bad BIGINT, duty TEXT, refused_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX branch_current ON branch (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX branch_key ON branch (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX branch_owner ON branch (owner, id) WHERE to_leaf IS NULL;
