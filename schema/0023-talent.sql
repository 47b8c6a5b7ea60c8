-- Technology managers and experts: row versions as of 0002, matters and entries as of 0019.

CREATE TABLE need_care (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    need BIGINT, manager BIGINT, phone TEXT, published TEXT, taken_on TEXT, answered_on TEXT, answer TEXT, next_step TEXT,
    confirmed BIGINT, denial TEXT, left_why TEXT, outcome TEXT, outcome_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX need_care_current ON need_care (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX need_care_key ON need_care (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX need_care_owner ON need_care (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX need_care_need ON need_care (need, id) WHERE to_leaf IS NULL;
CREATE INDEX need_care_manager ON need_care (manager, id) WHERE to_leaf IS NULL;

CREATE TABLE career (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    person BIGINT, sort TEXT, body BIGINT, body_name TEXT, name TEXT, level TEXT, hours BIGINT, number TEXT, got_on TEXT,
    until TEXT, confirmed_on TEXT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX career_current ON career (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX career_key ON career (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX career_owner ON career (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX career_person ON career (person, id) WHERE to_leaf IS NULL;
CREATE INDEX career_body ON career (body, id) WHERE to_leaf IS NULL;

CREATE TABLE case_work (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    client BIGINT, manager BIGINT, phone TEXT, stands TEXT, need BIGINT, achievement BIGINT, number TEXT, scope TEXT, basis TEXT,
    rate BIGINT, amount BIGINT, payer TEXT, due_when TEXT, pay_days BIGINT, expenses TEXT, months BIGINT, signed_on TEXT,
    refusal TEXT, refusal_why TEXT, other BIGINT, deal BIGINT, outside TEXT, deal_on TEXT, deal_amount BIGINT, commission BIGINT,
    paid BIGINT, contest TEXT, contest_why TEXT, shows TEXT, bypass TEXT, bypass_answer TEXT, ended_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX case_work_current ON case_work (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX case_work_key ON case_work (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX case_work_owner ON case_work (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX case_work_client ON case_work (client, id) WHERE to_leaf IS NULL;
CREATE INDEX case_work_manager ON case_work (manager, id) WHERE to_leaf IS NULL;
CREATE INDEX case_work_need ON case_work (need, id) WHERE to_leaf IS NULL;
CREATE INDEX case_work_achievement ON case_work (achievement, id) WHERE to_leaf IS NULL;
CREATE INDEX case_work_other ON case_work (other, id) WHERE to_leaf IS NULL;
CREATE INDEX case_work_deal ON case_work (deal, id) WHERE to_leaf IS NULL;

CREATE TABLE interest (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sort TEXT, party BIGINT, who TEXT, share BIGINT, what TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX interest_current ON interest (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX interest_key ON interest (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX interest_matter ON interest (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE commission (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    paid_on TEXT, amount BIGINT, voucher TEXT, got_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX commission_current ON commission (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX commission_key ON commission (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX commission_matter ON commission (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE introduction (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    case_id BIGINT, manager BIGINT, first BIGINT, second BIGINT, met_on TEXT, how TEXT, what TEXT, interests TEXT, flag TEXT,
    first_on TEXT, second_on TEXT, denial TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX introduction_current ON introduction (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX introduction_key ON introduction (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX introduction_owner ON introduction (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX introduction_case ON introduction (case_id, id) WHERE to_leaf IS NULL;
CREATE INDEX introduction_manager ON introduction (manager, id) WHERE to_leaf IS NULL;
CREATE INDEX introduction_first ON introduction (first, id) WHERE to_leaf IS NULL;
CREATE INDEX introduction_second ON introduction (second, id) WHERE to_leaf IS NULL;

CREATE TABLE reward_claim (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    person BIGINT, case_id BIGINT, deal BIGINT, year BIGINT, share BIGINT, partner BIGINT, contract TEXT, basis_fen BIGINT,
    before_fen BIGINT, full_fen BIGINT, amount BIGINT, rule TEXT, notice_to TEXT, public_on TEXT, why TEXT, paid_on TEXT,
    voucher TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX reward_claim_current ON reward_claim (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX reward_claim_key ON reward_claim (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX reward_claim_owner ON reward_claim (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX reward_claim_person ON reward_claim (person, id) WHERE to_leaf IS NULL;
CREATE INDEX reward_claim_case ON reward_claim (case_id, id) WHERE to_leaf IS NULL;
CREATE INDEX reward_claim_deal ON reward_claim (deal, id) WHERE to_leaf IS NULL;
CREATE INDEX reward_claim_partner ON reward_claim (partner, id) WHERE to_leaf IS NULL;

CREATE TABLE counted_receipt (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    deal BIGINT, receipt BIGINT, receipt_no BIGINT, came_on TEXT, amount BIGINT, technical BIGINT, share BIGINT, counted BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX counted_receipt_current ON counted_receipt (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX counted_receipt_key ON counted_receipt (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX counted_receipt_matter ON counted_receipt (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX counted_receipt_receipt ON counted_receipt (receipt) WHERE to_leaf IS NULL;

CREATE TABLE work_proof (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    code TEXT, person BIGINT, name TEXT, organisation TEXT, since TEXT, until TEXT, content TEXT, digest TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX work_proof_current ON work_proof (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX work_proof_key ON work_proof (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX work_proof_code ON work_proof (code) WHERE to_leaf IS NULL;
CREATE INDEX work_proof_person ON work_proof (person, id) WHERE to_leaf IS NULL;

CREATE TABLE need_test (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    need BIGINT, name TEXT, text TEXT, manager BIGINT, expert BIGINT, conflict TEXT, summary TEXT, old_ver BIGINT, new_ver BIGINT,
    changed TEXT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX need_test_current ON need_test (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX need_test_key ON need_test (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX need_test_owner ON need_test (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX need_test_need ON need_test (need, id) WHERE to_leaf IS NULL;
CREATE INDEX need_test_manager ON need_test (manager, id) WHERE to_leaf IS NULL;
CREATE INDEX need_test_expert ON need_test (expert, id) WHERE to_leaf IS NULL;

CREATE TABLE test_item (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sort TEXT, clear BIGINT, measured BIGINT, feasible BIGINT, words TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX test_item_current ON test_item (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX test_item_key ON test_item (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX test_item_matter ON test_item (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE proposal (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    need BIGINT, from_party BIGINT, name TEXT, phone TEXT, approach TEXT, evidence TEXT, trl BIGINT, months BIGINT,
    price_low BIGINT, price_high BIGINT, lacks TEXT, achievement BIGINT, refusal TEXT, refusal_why TEXT, nda_on TEXT, deal BIGINT,
    outside TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX proposal_current ON proposal (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX proposal_key ON proposal (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX proposal_owner ON proposal (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX proposal_need ON proposal (need, id) WHERE to_leaf IS NULL;
CREATE INDEX proposal_from_party ON proposal (from_party, id) WHERE to_leaf IS NULL;
CREATE INDEX proposal_achievement ON proposal (achievement, id) WHERE to_leaf IS NULL;
CREATE INDEX proposal_deal ON proposal (deal, id) WHERE to_leaf IS NULL;

CREATE TABLE talent_post (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    sort TEXT, name TEXT, industry TEXT, skills TEXT, task TEXT, start_on TEXT, months BIGINT, pay_low BIGINT, pay_high BIGINT,
    phone TEXT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX talent_post_current ON talent_post (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX talent_post_key ON talent_post (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX talent_post_owner ON talent_post (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE post_service (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    post BIGINT, person BIGINT, unit BIGINT, offers TEXT, phone TEXT, refusal TEXT, refusal_why TEXT, document TEXT, pay BIGINT,
    start_on TEXT, until TEXT, result TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX post_service_current ON post_service (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX post_service_key ON post_service (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX post_service_owner ON post_service (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX post_service_post ON post_service (post, id) WHERE to_leaf IS NULL;
CREATE INDEX post_service_person ON post_service (person, id) WHERE to_leaf IS NULL;
CREATE INDEX post_service_unit ON post_service (unit, id) WHERE to_leaf IS NULL;
