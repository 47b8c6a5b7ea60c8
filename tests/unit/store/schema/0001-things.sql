-- What the store's own tests write.
CREATE TABLE thing (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT,
    raw BYTES,
    amount BIGINT CHECK (amount >= 0)
);
CREATE UNIQUE INDEX thing_name ON thing (name);
CREATE TABLE part (
    id BIGINT NOT NULL PRIMARY KEY,
    thing BIGINT NOT NULL REFERENCES thing (id)
);
CREATE TABLE request (
    id TEXT NOT NULL PRIMARY KEY
);
