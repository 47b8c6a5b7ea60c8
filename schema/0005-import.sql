-- Bringing records in (work/import.h). Both tables are short-lived (ledger_exempt): what is published writes its leaves.
-- state: staging, checked, publishing, done, dropped. place: the last staged row that is published.
CREATE TABLE job (
    id BIGINT PRIMARY KEY, kind TEXT NOT NULL, file TEXT NOT NULL, account BIGINT NOT NULL, pseudonym BYTES NOT NULL,
    state TEXT NOT NULL, plan TEXT NOT NULL, options TEXT NOT NULL, made_ms BIGINT NOT NULL, touched_ms BIGINT NOT NULL,
    decided_ms BIGINT NOT NULL, staged BIGINT NOT NULL, place BIGINT NOT NULL, good BIGINT NOT NULL, bad BIGINT NOT NULL,
    parties BIGINT NOT NULL, made BIGINT NOT NULL, changed BIGINT NOT NULL, same BIGINT NOT NULL, skipped BIGINT NOT NULL
);
CREATE INDEX job_account ON job (account, id);

-- sort: 0 a good row, 1 a party to be made, 2 a bad row (kept to be shown and mended). body: the packed values, of a bad
-- row what was typed and what is wrong with it, as JSON.
CREATE TABLE staging (
    job BIGINT NOT NULL, seq BIGINT NOT NULL, sort BIGINT NOT NULL, line BIGINT NOT NULL, object BIGINT NOT NULL,
    ver BIGINT NOT NULL, owner BIGINT NOT NULL, body BYTES NOT NULL,
    PRIMARY KEY (job, seq)
);
