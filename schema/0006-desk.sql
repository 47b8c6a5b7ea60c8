-- What a person's desk asks for (work/desk.h): the records he entered, open ones whose day has passed, achievements whose
-- details nobody else sees for want of a filing date. Indexes alone: no list of tasks is kept.

CREATE INDEX party_entered ON party (author, id) WHERE ver = 1;
CREATE INDEX person_entered ON person (author, id) WHERE ver = 1;
CREATE INDEX achievement_entered ON achievement (author, id) WHERE ver = 1;
CREATE INDEX need_entered ON need (author, id) WHERE ver = 1;
CREATE INDEX scenario_entered ON scenario (author, id) WHERE ver = 1;
CREATE INDEX service_entered ON service (author, id) WHERE ver = 1;
CREATE INDEX policy_entered ON policy (author, id) WHERE ver = 1;

-- An officer may have brought in a whole city's needs. An organisation's own are few: need_owner will do for them.
CREATE INDEX need_due ON need (author, due, id) WHERE to_leaf IS NULL AND status = 0 AND due IS NOT NULL;
CREATE INDEX scenario_closes ON scenario (author, closes, id) WHERE to_leaf IS NULL AND status = 0 AND closes IS NOT NULL;

-- Rights are stored one a line, a filing date as YYYY-MM-DD: where there is one there are two dashes at least.
CREATE INDEX achievement_unfiled ON achievement (owner, id) WHERE to_leaf IS NULL AND status = 0 AND detail IS NOT NULL
    AND secrecy IS NULL AND coalesce(length(rights) - length(replace(rights, '-', '')), 0) < 2;
