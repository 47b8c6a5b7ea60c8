-- Lists that a few of many rows are in (work/deal_open.c, work/registry.c): without these each page walks the whole table.

CREATE INDEX deal_past ON deal (id) WHERE to_leaf IS NULL AND past IS NOT NULL;
CREATE INDEX registration_waiting ON registration (id) WHERE to_leaf IS NULL AND result IS NULL;
