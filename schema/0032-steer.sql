-- Tasks between departments, action plans with their targets, joint meetings and task forces, reforms on trial (record/steer.h): matters as
-- of 0019, with the index of what is under way as of 0029.

CREATE TABLE task (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    about_kind TEXT, about BIGINT, assigner BIGINT, what TEXT, deliver TEXT, unit BIGINT, by_day TEXT, level TEXT,
    leader TEXT, money BIGINT, policy BIGINT, program TEXT, indicator TEXT, goal TEXT, spent BIGINT, percent BIGINT,
    late_on TEXT, handler TEXT, phone TEXT, plan TEXT, drop_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX task_current ON task (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX task_key ON task (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX task_owner ON task (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX task_open ON task (due, id) WHERE to_leaf IS NULL AND status = 0;
CREATE INDEX task_unit ON task (unit, id) WHERE to_leaf IS NULL;
CREATE INDEX task_about ON task (about, id) WHERE to_leaf IS NULL;
CREATE INDEX task_policy ON task (policy, id) WHERE to_leaf IS NULL;

CREATE TABLE task_progress (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    percent BIGINT, done TEXT, stuck TEXT, spent BIGINT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX task_progress_current ON task_progress (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX task_progress_key ON task_progress (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX task_progress_matter ON task_progress (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE task_urge (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    who TEXT, why TEXT, by_day TEXT, answer TEXT, answered_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX task_urge_current ON task_urge (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX task_urge_key ON task_urge (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX task_urge_matter ON task_urge (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE task_extension (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    from_day TEXT, until_day TEXT, why TEXT, verdict TEXT, words TEXT, ruled_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX task_extension_current ON task_extension (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX task_extension_key ON task_extension (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX task_extension_matter ON task_extension (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE task_objection (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    unit BIGINT, why TEXT, suggest BIGINT, verdict TEXT, words TEXT, ruled_on TEXT, from_day TEXT, by_day TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX task_objection_current ON task_objection (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX task_objection_key ON task_objection (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX task_objection_matter ON task_objection (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE task_transfer (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    from_unit BIGINT, unit BIGINT, why TEXT, from_day TEXT, by_day TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX task_transfer_current ON task_transfer (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX task_transfer_key ON task_transfer (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX task_transfer_matter ON task_transfer (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE task_report (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    done TEXT, evidence TEXT, digest TEXT, reached TEXT, verdict TEXT, words TEXT, judged_on TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX task_report_current ON task_report (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX task_report_key ON task_report (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX task_report_matter ON task_report (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE task_part (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    task BIGINT, unit BIGINT, assigner BIGINT, party BIGINT, ask TEXT, by_day TEXT, handler TEXT, phone TEXT, refusal TEXT,
    result TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX task_part_current ON task_part (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX task_part_key ON task_part (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX task_part_owner ON task_part (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX task_part_open ON task_part (due, id) WHERE to_leaf IS NULL AND status = 0;
CREATE INDEX task_part_task ON task_part (task, id) WHERE to_leaf IS NULL;
CREATE INDEX task_part_unit ON task_part (unit, id) WHERE to_leaf IS NULL;
CREATE INDEX task_part_assigner ON task_part (assigner, id) WHERE to_leaf IS NULL;

CREATE TABLE action (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    parent BIGINT, sort TEXT, keeper BIGINT, name TEXT, aim TEXT, year BIGINT, until_day TEXT, unit BIGINT, source TEXT,
    article TEXT, outcome TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX action_current ON action (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX action_key ON action (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX action_owner ON action (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX action_open ON action (due, id) WHERE to_leaf IS NULL AND status = 0;
CREATE INDEX action_parent ON action (parent, id) WHERE to_leaf IS NULL;
CREATE INDEX action_unit ON action (unit, id) WHERE to_leaf IS NULL;

CREATE TABLE action_change (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    from_unit BIGINT, unit BIGINT, from_day TEXT, until_day TEXT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX action_change_current ON action_change (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX action_change_key ON action_change (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX action_change_matter ON action_change (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE target (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    action BIGINT, keeper BIGINT, indicator TEXT, name TEXT, year BIGINT, number BIGINT, measure TEXT, money BIGINT,
    share BIGINT, sense TEXT, unit BIGINT, source TEXT, article TEXT, note TEXT, drop_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX target_current ON target (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX target_key ON target (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX target_owner ON target (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX target_open ON target (due, id) WHERE to_leaf IS NULL AND status = 0;
CREATE INDEX target_action ON target (action, id) WHERE to_leaf IS NULL;
CREATE INDEX target_unit ON target (unit, id) WHERE to_leaf IS NULL;

CREATE TABLE target_change (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    from_value TEXT, to_value TEXT, number BIGINT, money BIGINT, share BIGINT, why TEXT, source TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX target_change_current ON target_change (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX target_change_key ON target_change (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX target_change_matter ON target_change (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE mechanism (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    sort TEXT, lead BIGINT, name TEXT, purpose TEXT, convener TEXT, basis TEXT, contact TEXT, phone TEXT, end_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX mechanism_current ON mechanism (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX mechanism_key ON mechanism (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX mechanism_owner ON mechanism (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX mechanism_open ON mechanism (due, id) WHERE to_leaf IS NULL AND status = 0;

CREATE TABLE mech_member (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    party BIGINT, name TEXT, post TEXT, phone TEXT, left_on TEXT, left_why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX mech_member_current ON mech_member (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX mech_member_key ON mech_member (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX mech_member_matter ON mech_member (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE mech_meeting (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    day TEXT, place TEXT, who TEXT, decided TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX mech_meeting_current ON mech_meeting (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX mech_meeting_key ON mech_meeting (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX mech_meeting_matter ON mech_meeting (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE mech_round (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    open BIGINT, done BIGINT, late BIGINT, moved TEXT, stuck TEXT, next TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX mech_round_current ON mech_round (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX mech_round_key ON mech_round (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX mech_round_matter ON mech_round (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE reform (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    title TEXT, state TEXT, since TEXT, due TEXT, told TEXT, steps BIGINT,
    keeper BIGINT, name TEXT, measure TEXT, unit BIGINT, rule TEXT, relaxes TEXT, basis TEXT, from_day TEXT, until_day TEXT,
    reason TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX reform_current ON reform (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX reform_key ON reform (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX reform_owner ON reform (owner, id) WHERE to_leaf IS NULL;
CREATE INDEX reform_open ON reform (due, id) WHERE to_leaf IS NULL AND status = 0;
CREATE INDEX reform_unit ON reform (unit, id) WHERE to_leaf IS NULL;

CREATE TABLE reform_report (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    what TEXT, figures TEXT, risks TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX reform_report_current ON reform_report (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX reform_report_key ON reform_report (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX reform_report_matter ON reform_report (matter, no) WHERE to_leaf IS NULL;

CREATE TABLE reform_verdict (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, owner BIGINT NOT NULL, author BIGINT NOT NULL, status BIGINT NOT NULL, natural_key TEXT NOT NULL,
    salts BYTES NOT NULL,
    matter BIGINT, no BIGINT, entered_on TEXT,
    from_day TEXT, until_day TEXT, why TEXT,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX reform_verdict_current ON reform_verdict (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX reform_verdict_key ON reform_verdict (natural_key) WHERE to_leaf IS NULL;
CREATE INDEX reform_verdict_matter ON reform_verdict (matter, no) WHERE to_leaf IS NULL;
CREATE INDEX task_level ON task (level, id) WHERE to_leaf IS NULL;
CREATE INDEX task_indicator ON task (indicator, id) WHERE to_leaf IS NULL;
CREATE INDEX target_indicator ON target (indicator, id) WHERE to_leaf IS NULL;
CREATE INDEX mech_member_party ON mech_member (party, matter) WHERE to_leaf IS NULL;
CREATE INDEX reform_until ON reform (until_day, id) WHERE to_leaf IS NULL AND status = 0;
