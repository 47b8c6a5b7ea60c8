-- What everybody may take out of the public achievements by OAI-PMH (work/harvest.h): a projection of the records, made by a follower.
--
-- stamp: when the public face of the record last changed, in microseconds (UTC), no two the same, rising in the order of commits: whole
-- seconds of it are the datestamp. sets: the narrowest sets the record is in, a line each; harvest_set has those above them too.
CREATE TABLE harvest_item (
    id BIGINT NOT NULL PRIMARY KEY, stamp BIGINT NOT NULL, gone BIGINT NOT NULL, digest BYTES NOT NULL, sets TEXT NOT NULL
);
CREATE UNIQUE INDEX harvest_item_stamp ON harvest_item (stamp);
CREATE TABLE harvest_set (
    spec TEXT NOT NULL, stamp BIGINT NOT NULL, id BIGINT NOT NULL,
    PRIMARY KEY (spec, stamp)
);
CREATE INDEX harvest_set_item ON harvest_set (id);

-- key: what resumption tokens are sealed with, one for all servers. ready: everything that was there at first is in.
CREATE TABLE harvest_state (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1), key BYTES NOT NULL, ready BIGINT NOT NULL
);

-- When something last happened to a record of a kind, and the leaf that says so: it rises, times may not.
CREATE TABLE harvest_kind (
    kind TEXT NOT NULL PRIMARY KEY, changed_ms BIGINT NOT NULL, leaf BIGINT NOT NULL
);
