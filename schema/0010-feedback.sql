-- What became of a pair that was proposed ("who fits"), as one party or office sees it: row versions, the current one with to_leaf
-- null, one current row a pair and voice (work/feedback.h). asks, answers: the two records, who asks first; asks_ver, answers_ver:
-- their versions when it was said. side: 0 an office, 1 whose record asks, 2 whose record answers. party: in whose name, 0 for an
-- office, which is named by role and scope. Salts lie beside the values, as with accounts.
CREATE TABLE feedback (
    id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf BIGINT NOT NULL, to_leaf BIGINT, valid_from BIGINT NOT NULL,
    valid_to BIGINT, asks_kind TEXT NOT NULL, asks BIGINT NOT NULL, answers_kind TEXT NOT NULL, answers BIGINT NOT NULL,
    asks_ver BIGINT NOT NULL, answers_ver BIGINT NOT NULL, side BIGINT NOT NULL, party BIGINT NOT NULL,
    office TEXT NOT NULL, scope BIGINT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL,
    shared BIGINT NOT NULL, author BIGINT NOT NULL, salts BYTES NOT NULL,
    PRIMARY KEY (id, ver)
);
CREATE UNIQUE INDEX feedback_voice ON feedback (asks, answers, party, office, scope) WHERE to_leaf IS NULL;
CREATE INDEX feedback_answers ON feedback (answers, asks) WHERE to_leaf IS NULL;
