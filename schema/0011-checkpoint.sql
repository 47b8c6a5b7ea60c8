-- The newest signed checkpoint of each of the ledger's trees ("sha256", "sm3"). A row only moves on, to a tree that extends the one
-- that stands here (ledger/sealed.h). key: the verifier key of who signed; note: the signed note as it is given out.
CREATE TABLE checkpoint (
    tree TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size >= 0),
    root BYTES NOT NULL,
    note TEXT NOT NULL,
    time_ms BIGINT NOT NULL
);

-- Checkpoints that a server outside put its time to (RFC 3161). note: the signed note that was stamped, byte by byte.
CREATE TABLE stamp (
    stamped_ms BIGINT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL CHECK (size >= 0),
    note TEXT NOT NULL,
    reply BYTES NOT NULL
);
