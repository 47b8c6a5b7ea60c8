-- Accounts, passwords, roles and leave under NDA. Each change writes a leaf over salted values that lie here, so that fsck can
-- re-hash them (work/people_check.h); session, sign_in and draft are short-lived (ledger_exempt).

-- Row versions, the current one with to_leaf null. salts: login, name, pseudonym, party, person, disabled.
CREATE TABLE account (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, login TEXT NOT NULL, name TEXT NOT NULL, pseudonym BYTES NOT NULL, party BIGINT NOT NULL,
    person BIGINT NOT NULL, disabled BIGINT NOT NULL, salts BYTES NOT NULL,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX account_current ON account (id) WHERE to_leaf IS NULL;
CREATE UNIQUE INDEX account_login ON account (login) WHERE to_leaf IS NULL;
CREATE INDEX account_party ON account (party, id) WHERE to_leaf IS NULL;

-- The newest leaf's row is the password in force; the last five are kept against using one again, older ones are erased.
-- given: handed out by an administrator, to be changed at the first sign-in.
CREATE TABLE password (
    account BIGINT NOT NULL, leaf BIGINT NOT NULL, hash TEXT NOT NULL, salt BYTES NOT NULL, made_ms BIGINT NOT NULL,
    given BIGINT NOT NULL,
    PRIMARY KEY (account, leaf)
);

-- scope_kind: '' (everything the role reaches), 'party' or 'division'; scope: the party's id or the division's code.
-- salts: role, scope_kind, scope. A grant is ended, never deleted.
CREATE TABLE role_grant (
    account BIGINT NOT NULL, role TEXT NOT NULL, scope_kind TEXT NOT NULL CHECK (scope_kind IN ('', 'party', 'division')),
    scope BIGINT NOT NULL, leaf BIGINT NOT NULL, ended_leaf BIGINT, salts BYTES NOT NULL,
    PRIMARY KEY (account, leaf)
);
CREATE UNIQUE INDEX role_grant_current ON role_grant (account, role, scope_kind, scope) WHERE ended_leaf IS NULL;
-- the second lock on the separation of the three administrators: one of them an account at most
CREATE UNIQUE INDEX role_grant_admin ON role_grant (account)
    WHERE ended_leaf IS NULL AND role IN ('system_admin', 'security_admin', 'audit_admin');

-- A party's leave to see the NDA fields of one record. salts: kind, object, party.
CREATE TABLE nda (
    kind TEXT NOT NULL, object BIGINT NOT NULL, party BIGINT NOT NULL, leaf BIGINT NOT NULL, ended_leaf BIGINT,
    salts BYTES NOT NULL,
    PRIMARY KEY (kind, object, party, leaf)
);
CREATE UNIQUE INDEX nda_current ON nda (kind, object, party) WHERE ended_leaf IS NULL;
CREATE INDEX nda_party ON nda (party, kind, object) WHERE ended_leaf IS NULL;

-- token: SHA-256 of the cookie; csrf: what forms must bring back; must_change: only the page for a new password is open
CREATE TABLE session (
    token BYTES NOT NULL PRIMARY KEY, account BIGINT NOT NULL, csrf TEXT NOT NULL, made_ms BIGINT NOT NULL,
    used_ms BIGINT NOT NULL, address TEXT NOT NULL, agent TEXT NOT NULL, must_change BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account, made_ms);
CREATE INDEX session_made ON session (made_ms);

-- Failed sign-ins by login name, whether or not there is such an account: the lock-out tells nobody which names exist.
CREATE TABLE sign_in (
    login TEXT NOT NULL PRIMARY KEY, failures BIGINT NOT NULL, locked_until_ms BIGINT NOT NULL, tried_ms BIGINT NOT NULL
);
CREATE INDEX sign_in_tried ON sign_in (tried_ms);

CREATE TABLE draft (
    id BIGINT NOT NULL PRIMARY KEY, account BIGINT NOT NULL, kind TEXT NOT NULL, record BIGINT NOT NULL,
    title TEXT NOT NULL, form TEXT NOT NULL, changed_ms BIGINT NOT NULL
);
CREATE INDEX draft_account ON draft (account, changed_ms);
