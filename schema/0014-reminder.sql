-- Reminders (docs/reminders.md). What follows from the records and the ledger and can be made again (work/standing.h): where each
-- open deal stands, and the days that it waits for or must not miss. day, wake: days since 1970; wake: when somebody is to be told
-- next, 0: never again.

CREATE TABLE deal_stand (
    deal BIGINT NOT NULL PRIMARY KEY, owner BIGINT NOT NULL, region BIGINT NOT NULL, pier TEXT NOT NULL, turn TEXT NOT NULL,
    since_ms BIGINT NOT NULL, due BIGINT NOT NULL
);
CREATE INDEX deal_stand_owner ON deal_stand (owner, due, since_ms);
CREATE INDEX deal_stand_turn ON deal_stand (turn, since_ms, region);
CREATE INDEX deal_stand_since ON deal_stand (since_ms, region);

CREATE TABLE deal_due (
    deal BIGINT NOT NULL, sort TEXT NOT NULL, no BIGINT NOT NULL, day BIGINT NOT NULL, wake BIGINT NOT NULL,
    owner BIGINT NOT NULL, region BIGINT NOT NULL,
    PRIMARY KEY (deal, sort, no)
);
CREATE INDEX deal_due_wake ON deal_due (wake, deal) WHERE wake > 0;
CREATE INDEX deal_due_owner ON deal_due (owner, day);
CREATE INDEX deal_due_day ON deal_due (day, region);

-- The messages that the leaves gave rise to, one a leaf and account: its id wherever it goes. what, about, object: work/inbox.h.
CREATE TABLE inbox (
    account BIGINT NOT NULL, leaf BIGINT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL, object BIGINT NOT NULL,
    day BIGINT NOT NULL, made_ms BIGINT NOT NULL, read_ms BIGINT,
    PRIMARY KEY (account, leaf)
);
CREATE INDEX inbox_unread ON inbox (account, leaf) WHERE read_ms IS NULL;
CREATE INDEX inbox_read ON inbox (read_ms) WHERE read_ms IS NOT NULL;

-- How an account wants to be told beside the inbox. hook, mail: 1 where it does. address: confirmed once code is ''; code: what was
-- sent to it and must be typed to confirm it; tries: wrong ones typed since. mail is 1 only with an address that is confirmed.
CREATE TABLE reminder (
    account BIGINT NOT NULL PRIMARY KEY, lang TEXT NOT NULL, hook BIGINT NOT NULL, mail BIGINT NOT NULL, address TEXT NOT NULL,
    code TEXT NOT NULL, tries BIGINT NOT NULL, changed_ms BIGINT NOT NULL
);

-- What is still to be handed to a gateway. state: 0 waits, 1 done, 2 given up. leaf -1: the code for an address.
CREATE TABLE delivery (
    account BIGINT NOT NULL, leaf BIGINT NOT NULL, channel TEXT NOT NULL, state BIGINT NOT NULL, tries BIGINT NOT NULL,
    next_ms BIGINT NOT NULL, made_ms BIGINT NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (account, leaf, channel)
);
CREATE INDEX delivery_waiting ON delivery (next_ms) WHERE state = 0;
CREATE INDEX delivery_failed ON delivery (made_ms) WHERE state = 2;
CREATE INDEX delivery_made ON delivery (made_ms);

-- Who reads a calendar without signing in: SHA-256 of the token in its address.
CREATE TABLE feed (
    account BIGINT NOT NULL PRIMARY KEY, token BYTES NOT NULL, lang TEXT NOT NULL, made_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX feed_token ON feed (token);

CREATE INDEX account_person ON account (person) WHERE to_leaf IS NULL AND person <> 0;

-- What happened before there were reminders is told to nobody.
INSERT INTO cursor (name, next) SELECT 'notify', next FROM ledger_head WHERE id = 1;
