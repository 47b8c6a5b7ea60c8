-- One line for everything that happens. A row is written once and never changed; the columns beside the bytes repeat
-- what stands in them, to search by.
CREATE TABLE ledger (
    leaf_index BIGINT NOT NULL PRIMARY KEY CHECK (leaf_index >= 0),
    bytes BYTES NOT NULL,
    hash BYTES NOT NULL,
    kind TEXT NOT NULL,
    object BIGINT NOT NULL,
    version BIGINT NOT NULL,
    action TEXT NOT NULL,
    request_id TEXT NOT NULL,
    part BIGINT NOT NULL,
    time_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX ledger_request ON ledger (request_id, part) WHERE request_id <> '';
CREATE INDEX ledger_object ON ledger (kind, object, leaf_index);

-- The next index. Locked first in each batch, so that index order is commit order over all server processes.
CREATE TABLE ledger_head (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    next BIGINT NOT NULL CHECK (next >= 0)
);
INSERT INTO ledger_head (id, next) VALUES (1, 0);

-- Where each follower of the ledger stands: the next index it has not handled.
CREATE TABLE cursor (
    name TEXT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL CHECK (next >= 0)
);
