-- "Who fits this": each record's best partners by column, kept up to date by a follower (work/fit.h). Rebuilt at any time.
-- chance: probability in millionths that transfer staff would call it a fair or strong match
CREATE TABLE fit (
    id BIGINT NOT NULL, col BIGINT NOT NULL, other BIGINT NOT NULL, chance BIGINT NOT NULL, rating BIGINT NOT NULL,
    PRIMARY KEY (id, col, other)
);
CREATE INDEX fit_other ON fit (other);

-- one process at a time does a follower's work: who, until when
CREATE TABLE lease (
    name TEXT PRIMARY KEY, holder BIGINT NOT NULL, until_ms BIGINT NOT NULL
);
