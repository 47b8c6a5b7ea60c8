-- Facets that stay quick at a million records (record/facet.h). Both are projections of the open records' public values.
--
-- facet_set: a record's facets in one row, so that a list narrowed by several is looked through with one read a record.
-- pairs: a line "facet=value" each, the record's own, "=", among them. The follower fills in what is there already
-- (work/refacet.h); a record that has no row yet is read from its facets.
CREATE TABLE facet_set (
    kind TEXT NOT NULL, id BIGINT NOT NULL, pairs TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);
INSERT INTO cursor (name, next) SELECT 'facet', 0 WHERE EXISTS (SELECT 1 FROM ledger) ON CONFLICT (name) DO UPDATE SET next = 0;

-- facet_tally: how many records have each value.
CREATE TABLE facet_tally (
    kind TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, records BIGINT NOT NULL,
    PRIMARY KEY (kind, facet, value)
);
INSERT INTO facet_tally (kind, facet, value, records)
SELECT kind, facet, value, count(*) FROM facet GROUP BY kind, facet, value;

-- By id alone: ids are one of all kinds, and no other key begins with it that a planner might take instead.
DROP INDEX facet_record;
CREATE INDEX facet_record ON facet (id);
