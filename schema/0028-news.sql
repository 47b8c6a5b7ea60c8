-- A digest of what is newly registered and fits (work/news.h): whether an account wants it; not known: it does. What was there before is
-- told to nobody.

ALTER TABLE reminder ADD COLUMN digest BIGINT;
INSERT INTO cursor (name, next) SELECT 'news', next FROM ledger_head WHERE id = 1;
