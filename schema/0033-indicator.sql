-- Indicators (work/indicator.h): what they count, line by line, and the sums of what counts now. Projections, made by a follower. Days are
-- days since 1970-01-01.
--
-- figure, held: as enum figure_sort, and 1 for what is counted until it ends. known_from, known_to: from which day on this text was the
-- definition's, and until which. next: the next leaf it will read.
CREATE TABLE indicator (
    id BIGINT NOT NULL PRIMARY KEY, code TEXT NOT NULL, since BIGINT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL,
    figure BIGINT NOT NULL, held BIGINT NOT NULL, known_from BIGINT NOT NULL, known_to BIGINT, next BIGINT NOT NULL
);
CREATE INDEX indicator_code ON indicator (code, since);

-- subject: the record by whose leaves the line is made anew; line: which of its lines. kind, record: what is counted, leaf: by which leaf.
-- day: on which it counts; until: from which day on no more. value, base: what it adds.
CREATE TABLE indicator_row (
    definition BIGINT NOT NULL, subject BIGINT NOT NULL, line BIGINT NOT NULL, known_from BIGINT NOT NULL, known_to BIGINT,
    kind TEXT NOT NULL, record BIGINT NOT NULL, leaf BIGINT NOT NULL, day BIGINT NOT NULL, until BIGINT NOT NULL,
    value BIGINT NOT NULL, base BIGINT NOT NULL, region BIGINT NOT NULL, party BIGINT NOT NULL,
    PRIMARY KEY (definition, subject, line, known_from)
);
CREATE INDEX indicator_row_day ON indicator_row (definition, day, value, base, region, until, known_from, known_to);
CREATE INDEX indicator_row_place ON indicator_row (definition, day, subject, line);
CREATE INDEX indicator_row_party ON indicator_row (definition, party, day);

-- Of what is known now: sums by day and division. What ends on a day is taken off on it.
CREATE TABLE indicator_sum (
    definition BIGINT NOT NULL, day BIGINT NOT NULL, region BIGINT NOT NULL, value BIGINT NOT NULL, base BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    PRIMARY KEY (definition, day, region)
);

-- A definition asks for the papers and matters of a deal as they stood at a leaf: versions that are past too.
CREATE INDEX contract_all ON contract (deal, no);
CREATE INDEX registration_all ON registration (deal, no);
CREATE INDEX receipt_all ON receipt (deal, no);
CREATE INDEX approval_all ON approval (deal, no);
CREATE INDEX award_all ON award (deal, no);
CREATE INDEX notice_all ON notice (deal, no);
CREATE INDEX objection_all ON objection (deal, no);
CREATE INDEX deal_buyer_party_all ON deal (buyer_party);
CREATE INDEX contract_signed_all ON contract (owner, signed_on);
CREATE INDEX proposal_deal_all ON proposal (deal);
CREATE INDEX challenge_deal_all ON challenge (deal);
CREATE INDEX case_work_deal_all ON case_work (deal);
CREATE INDEX need_care_all ON need_care (need);
CREATE INDEX career_all ON career (person);
CREATE INDEX drawdown_all ON drawdown (matter);
CREATE INDEX trl_evidence_all ON trl_evidence (matter);
CREATE INDEX fact_all ON fact (owner, name);
CREATE INDEX service_first ON service (owner) WHERE ver = 1;

-- By which indicator a reply is held to what it says (record/consult.h).
ALTER TABLE opinion_reply ADD COLUMN measured TEXT;
CREATE INDEX opinion_reply_measured ON opinion_reply (measured, matter) WHERE to_leaf IS NULL AND measured IS NOT NULL;
