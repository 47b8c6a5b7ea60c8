-- Consultations, opinions and what assisting units add: row versions as of 0002, matters and entries as of 0019.

CREATE TABLE consultation (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    name TEXT, question TEXT, background TEXT, host TEXT, day TEXT, place TEXT, until_day TEXT, contact TEXT, phone TEXT,
    seven BIGINT, roster TEXT, opened_on TEXT, started_on TEXT, ended_on TEXT, summary TEXT, end_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX consultation_current ON consultation (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX consultation_key ON consultation (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX consultation_owner ON consultation (owner, id) WHERE to_leaf IS NULL;

CREATE TABLE consult_topic (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    name TEXT, points TEXT, lead BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX consult_topic_current ON consult_topic (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX consult_topic_key ON consult_topic (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX consult_topic_matter ON consult_topic (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE consult_seat (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    person BIGINT, tier TEXT, topic BIGINT, left_on TEXT, left_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX consult_seat_current ON consult_seat (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX consult_seat_key ON consult_seat (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX consult_seat_matter ON consult_seat (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX consult_seat_person ON consult_seat (person, id) WHERE to_leaf IS NULL;

CREATE TABLE consult_visit (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    day TEXT, place TEXT, who TEXT, obstacle TEXT, pillar TEXT, found TEXT, by_member BIGINT, file TEXT, digest TEXT,
    file_size BIGINT, media TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX consult_visit_current ON consult_visit (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX consult_visit_key ON consult_visit (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX consult_visit_matter ON consult_visit (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX consult_visit_by_member ON consult_visit (by_member, id) WHERE to_leaf IS NULL;

CREATE TABLE consult_agenda (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    what TEXT, speaker BIGINT, topic BIGINT, minutes BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX consult_agenda_current ON consult_agenda (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX consult_agenda_key ON consult_agenda (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX consult_agenda_matter ON consult_agenda (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE opinion (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    consultation BIGINT, no BIGINT, member BIGINT, form TEXT, signers TEXT, topic BIGINT, subject TEXT, obstacle TEXT,
    pillar TEXT, concerns TEXT, evidence TEXT, proposal TEXT, visit BIGINT, return_why TEXT, lead BIGINT, unit BIGINT,
    instruction TEXT, handed_on TEXT, object_by TEXT, reply_by TEXT, extend_why TEXT, extended_to TEXT, key_item BIGINT,
    key_leader TEXT, conclusion TEXT, planned_by TEXT, replied_on TEXT, end_why TEXT, public_title TEXT, public_text TEXT, public_reply TEXT,
    cleared_by TEXT, cleared_basis TEXT, cleared_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX opinion_current ON opinion (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX opinion_key ON opinion (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX opinion_owner ON opinion (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX opinion_consultation ON opinion (consultation, id) WHERE to_leaf IS NULL;
CREATE INDEX opinion_member ON opinion (member, id) WHERE to_leaf IS NULL;
CREATE INDEX opinion_lead ON opinion (lead, id) WHERE to_leaf IS NULL;
CREATE INDEX opinion_unit ON opinion (unit, id) WHERE to_leaf IS NULL;

CREATE TABLE opinion_cosign (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    person BIGINT, note TEXT, left_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX opinion_cosign_current ON opinion_cosign (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX opinion_cosign_key ON opinion_cosign (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX opinion_cosign_matter ON opinion_cosign (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX opinion_cosign_person ON opinion_cosign (person, id) WHERE to_leaf IS NULL;

CREATE TABLE opinion_merge (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    sort TEXT, with_opinion BIGINT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX opinion_merge_current ON opinion_merge (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX opinion_merge_key ON opinion_merge (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX opinion_merge_matter ON opinion_merge (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE opinion_object (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    unit BIGINT, text TEXT, ruling TEXT, ruling_why TEXT, to_unit BIGINT, ruled_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX opinion_object_current ON opinion_object (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX opinion_object_key ON opinion_object (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX opinion_object_matter ON opinion_object (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE opinion_reply (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    text TEXT, conclusion TEXT, reasons TEXT, planned_by TEXT, indicator TEXT, signer TEXT, phone TEXT, unit BIGINT,
    rating TEXT, rating_why TEXT, share BIGINT, rated_on TEXT, told_rating TEXT, told_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX opinion_reply_current ON opinion_reply (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX opinion_reply_key ON opinion_reply (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX opinion_reply_matter ON opinion_reply (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE opinion_urge (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    by_whom TEXT, text TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX opinion_urge_current ON opinion_urge (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX opinion_urge_key ON opinion_urge (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX opinion_urge_matter ON opinion_urge (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE opinion_assist (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    opinion BIGINT, lead BIGINT, asked_unit BIGINT, what TEXT, text TEXT, name TEXT, phone TEXT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX opinion_assist_current ON opinion_assist (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX opinion_assist_key ON opinion_assist (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX opinion_assist_owner ON opinion_assist (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX opinion_assist_opinion ON opinion_assist (opinion, id) WHERE to_leaf IS NULL;
CREATE INDEX opinion_assist_lead ON opinion_assist (lead, id) WHERE to_leaf IS NULL;

CREATE TABLE remark (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    consultation BIGINT, no BIGINT, sort TEXT, agenda BIGINT, speaker TEXT, text TEXT, opinion BIGINT, checked_by TEXT,
    shown_on TEXT, shown_ms BIGINT, drop_why TEXT, fix_why TEXT, fixes BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX remark_current ON remark (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX remark_key ON remark (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX remark_owner ON remark (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX remark_consultation ON remark (consultation, id) WHERE to_leaf IS NULL;
