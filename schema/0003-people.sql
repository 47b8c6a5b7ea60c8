-- Accounts, roles and what they may open. Each change writes a leaf; session, sign_in and draft are short-lived
-- (ledger_exempt).
CREATE TABLE account (
    id BIGINT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password TEXT NOT NULL,
    pseudonym BYTES NOT NULL, party BIGINT NOT NULL, person BIGINT NOT NULL, disabled BIGINT NOT NULL,
    leaf BIGINT NOT NULL
);

-- scope_kind: '' (everything the role reaches), 'party' or 'division'; scope: the party's id or the division's code
CREATE TABLE role_grant (
    account BIGINT NOT NULL REFERENCES account (id), role TEXT NOT NULL, scope_kind TEXT NOT NULL, scope BIGINT NOT NULL,
    leaf BIGINT NOT NULL,
    PRIMARY KEY (account, role, scope_kind, scope)
);

-- a party's leave to see the NDA fields of one record
CREATE TABLE nda (
    kind TEXT NOT NULL, object BIGINT NOT NULL, party BIGINT NOT NULL, leaf BIGINT NOT NULL, ended_leaf BIGINT,
    PRIMARY KEY (kind, object, party)
);
CREATE INDEX nda_party ON nda (party, kind, object);

-- token: SHA-256 of the cookie; csrf: what forms must bring back
CREATE TABLE session (
    token BYTES PRIMARY KEY, account BIGINT NOT NULL, csrf TEXT NOT NULL, made_ms BIGINT NOT NULL,
    used_ms BIGINT NOT NULL, address TEXT NOT NULL, agent TEXT NOT NULL
);
CREATE INDEX session_account ON session (account);

-- failed sign-ins by login name, for the lock-out
CREATE TABLE sign_in (
    login TEXT PRIMARY KEY, failures BIGINT NOT NULL, locked_until_ms BIGINT NOT NULL
);

CREATE TABLE draft (
    id BIGINT PRIMARY KEY, account BIGINT NOT NULL, kind TEXT NOT NULL, record BIGINT NOT NULL, title TEXT NOT NULL,
    form TEXT NOT NULL, changed_ms BIGINT NOT NULL
);
CREATE INDEX draft_account ON draft (account, changed_ms);
