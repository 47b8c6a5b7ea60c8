-- What is put out to many (揭榜挂帅), fairs, alliances, organised research, assessments before filing: row versions as of 0002, matters and
-- entries as of 0019.

CREATE TABLE challenge (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    need BIGINT, tested BIGINT, subject TEXT, problem TEXT, figures TEXT, amount BIGINT, owner_share BIGINT, until_day TEXT,
    finish_by TEXT, who TEXT, conditions TEXT, criteria TEXT, name TEXT, phone TEXT, return_why TEXT, published_on TEXT,
    opened_on TEXT, bids BIGINT, bid BIGINT, winner BIGINT, price BIGINT, reasons TEXT, notice_from TEXT, deal BIGINT,
    contract TEXT, total BIGINT, signed_on TEXT, released BIGINT, delivery TEXT, reject_why TEXT, accepted_on TEXT,
    score BIGINT, review TEXT, end_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX challenge_current ON challenge (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX challenge_key ON challenge (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX challenge_owner ON challenge (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX challenge_winner ON challenge (winner, id) WHERE to_leaf IS NULL;
CREATE INDEX challenge_need ON challenge (need, id) WHERE to_leaf IS NULL;

CREATE TABLE milestone (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    what TEXT, by_day TEXT, figures TEXT, share BIGINT, evidence TEXT, digest TEXT, opinion TEXT, outcome TEXT, judged_on TEXT,
    released BIGINT, of_owner BIGINT, of_public BIGINT, payment TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX milestone_current ON milestone (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX milestone_key ON milestone (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX milestone_matter ON milestone (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE protest (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    raised_by TEXT, text TEXT, verdict TEXT, ruling TEXT, ruled_on TEXT, settled_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX protest_current ON protest (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX protest_key ON protest (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX protest_matter ON protest (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE bid (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    challenge BIGINT, to_party BIGINT, approach TEXT, figures TEXT, price BIGINT, months BIGINT, team TEXT, trl BIGINT,
    evidence TEXT, name TEXT, phone TEXT, score BIGINT, reason TEXT, objection TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX bid_current ON bid (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX bid_key ON bid (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX bid_owner ON bid (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX bid_to_party ON bid (to_party, id) WHERE to_leaf IS NULL;
CREATE INDEX bid_challenge ON bid (challenge, id) WHERE to_leaf IS NULL;

CREATE TABLE fair (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    sort TEXT, name TEXT, day TEXT, place TEXT, theme TEXT, about TEXT, co_organisers TEXT, contact TEXT, phone TEXT,
    summary TEXT, end_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX fair_current ON fair (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX fair_key ON fair (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX fair_owner ON fair (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE fair_item (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    at_time TEXT, what TEXT, who TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX fair_item_current ON fair_item (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX fair_item_key ON fair_item (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX fair_item_matter ON fair_item (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE fair_guest (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    fair BIGINT, organiser BIGINT, name TEXT, phone TEXT, brings TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX fair_guest_current ON fair_guest (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX fair_guest_key ON fair_guest (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX fair_guest_owner ON fair_guest (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX fair_guest_organiser ON fair_guest (organiser, id) WHERE to_leaf IS NULL;
CREATE INDEX fair_guest_fair ON fair_guest (fair, id) WHERE to_leaf IS NULL;

CREATE TABLE meeting (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    fair BIGINT, organiser BIGINT, one BIGINT, other BIGINT, met_on TEXT, about TEXT, entered_by TEXT, one_on TEXT,
    other_on TEXT, denied_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX meeting_current ON meeting (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX meeting_key ON meeting (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX meeting_owner ON meeting (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX meeting_organiser ON meeting (organiser, id) WHERE to_leaf IS NULL;
CREATE INDEX meeting_one ON meeting (one, id) WHERE to_leaf IS NULL;
CREATE INDEX meeting_other ON meeting (other, id) WHERE to_leaf IS NULL;
CREATE INDEX meeting_fair ON meeting (fair, id) WHERE to_leaf IS NULL;

CREATE TABLE meeting_answer (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    said_by TEXT, after_days BIGINT, stand TEXT, contract TEXT, signed BIGINT, received BIGINT, note TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX meeting_answer_current ON meeting_answer (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX meeting_answer_key ON meeting_answer (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX meeting_answer_matter ON meeting_answer (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE alliance (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    name TEXT, purpose TEXT, terms TEXT, agreement TEXT, digest TEXT, from_day TEXT, until_day TEXT, founded_on TEXT,
    end_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX alliance_current ON alliance (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX alliance_key ON alliance (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX alliance_owner ON alliance (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE membership (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    alliance BIGINT, lead_party BIGINT, party BIGINT, task TEXT, name TEXT, phone TEXT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX membership_current ON membership (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX membership_key ON membership (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX membership_owner ON membership (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX membership_lead_party ON membership (lead_party, id) WHERE to_leaf IS NULL;
CREATE INDEX membership_alliance ON membership (alliance, id) WHERE to_leaf IS NULL;

CREATE TABLE joint_project (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    title TEXT, tasks TEXT, lead_party BIGINT, budget BIGINT, from_day TEXT, until_day TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX joint_project_current ON joint_project (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX joint_project_key ON joint_project (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX joint_project_matter ON joint_project (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE shared_right (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    what TEXT, holders TEXT, terms TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX shared_right_current ON shared_right (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX shared_right_key ON shared_right (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX shared_right_matter ON shared_right (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE alliance_money (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sort TEXT, party BIGINT, amount BIGINT, purpose TEXT, day TEXT, number TEXT, balance BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX alliance_money_current ON alliance_money (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX alliance_money_key ON alliance_money (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX alliance_money_matter ON alliance_money (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE joint_result (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    title TEXT, project_no BIGINT, what TEXT, holders TEXT, benefit TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX joint_result_current ON joint_result (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX joint_result_key ON joint_result (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX joint_result_matter ON joint_result (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE programme (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    name TEXT, number TEXT, about TEXT, budget BIGINT, from_day TEXT, until_day TEXT, end_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX programme_current ON programme (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX programme_key ON programme (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX programme_owner ON programme (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE project (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    programme BIGINT, funder BIGINT, name TEXT, number TEXT, public_money BIGINT, other_money BIGINT, leader TEXT, units TEXT,
    from_day TEXT, until_day TEXT, expected TEXT, term_duty BIGINT, term_licence BIGINT, implement_by TEXT, accepted_on TEXT,
    implemented BIGINT, protected BIGINT, idle_why TEXT, report_by TEXT, end_why TEXT, confirmed_on TEXT, return_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX project_current ON project (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX project_key ON project (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX project_owner ON project (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX project_funder ON project (funder, id) WHERE to_leaf IS NULL;
CREATE INDEX project_programme ON project (programme, id) WHERE to_leaf IS NULL;

CREATE TABLE project_result (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    achievement_no TEXT, achievement BIGINT, role TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX project_result_current ON project_result (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX project_result_key ON project_result (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX project_result_matter ON project_result (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX project_result_achievement ON project_result (achievement, id) WHERE to_leaf IS NULL;

CREATE TABLE duty_report (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    year BIGINT, implemented BIGINT, protected BIGINT, idle_why TEXT, text TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX duty_report_current ON duty_report (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX duty_report_key ON duty_report (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX duty_report_matter ON duty_report (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE prefiling (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    inventor BIGINT, subject TEXT, points TEXT, shown TEXT, novelty TEXT, searcher TEXT, searched_on TEXT, market TEXT,
    cost BIGINT, decision TEXT, decision_why TEXT, waive_terms TEXT, achievement_no TEXT, achievement BIGINT,
    filed_number TEXT, filed_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX prefiling_current ON prefiling (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX prefiling_key ON prefiling (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX prefiling_owner ON prefiling (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX prefiling_inventor ON prefiling (inventor, id) WHERE to_leaf IS NULL;
CREATE INDEX prefiling_achievement ON prefiling (achievement, id) WHERE to_leaf IS NULL;
