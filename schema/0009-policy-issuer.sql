-- Who issued a policy, and its document number.
ALTER TABLE policy ADD COLUMN issuer TEXT;
ALTER TABLE policy ADD COLUMN doc_number TEXT;

-- Facets have more in them: IPC of achievements, pilots and spaces together. The follower writes them again (work/refacet.h).
INSERT INTO cursor (name, next) SELECT 'facet', 0 WHERE EXISTS (SELECT 1 FROM ledger) ON CONFLICT (name) DO UPDATE SET next = 0;
