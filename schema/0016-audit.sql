-- The auditor's desk (work/audit_sample.h, work/audit_view.h).

-- A draw: which deals were meant (filter), how many and how they were taken, out of which checkpoint; written once, with a leaf.
-- number: 1, 2, 3 … without a gap. population, total, digest: how many deals there were, what they come to in fen, and what their ids
-- and amounts hash to. picks: their ids, a line each; empty where the whole population is meant. Salts lie beside the values.
CREATE TABLE audit_sample (
    id BIGINT NOT NULL PRIMARY KEY, leaf BIGINT NOT NULL, made_at BIGINT NOT NULL, number BIGINT NOT NULL UNIQUE, account BIGINT NOT NULL,
    filter TEXT NOT NULL, method TEXT NOT NULL, size BIGINT NOT NULL, bounds TEXT NOT NULL, scope TEXT NOT NULL,
    origin TEXT NOT NULL, until BIGINT NOT NULL, root BYTES NOT NULL, day TEXT NOT NULL,
    population BIGINT NOT NULL, total TEXT NOT NULL, digest BYTES NOT NULL, picks TEXT NOT NULL, salts BYTES NOT NULL
);

-- Versions of a deal that stood under an earlier checkpoint.
CREATE INDEX deal_ended ON deal (to_leaf) WHERE to_leaf IS NOT NULL;

-- What auditors looked at, newest first.
CREATE INDEX ledger_views ON ledger (leaf_index) WHERE action = 'audit.view';
