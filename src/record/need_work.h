/*
 * A need done well: tested by an expert (测题), answered by short proposals; and posts of engineers and science deputies (科技副总).
 * All are matters (work/matter.h) or entries in a matter's file; docs/talent.md.
 */
#ifndef TQ_RECORD_NEED_WORK_H
#define TQ_RECORD_NEED_WORK_H

#include "record/matter.h"

/* A test of a need by an expert. The owner is the firm. */
enum test_field {
    TEST_NEED = MATTER_OWN, /* not known: it is not published yet, and its text stands in TEST_TEXT */
    TEST_NAME, TEST_TEXT, TEST_MANAGER /* of the need, where it has one */, TEST_EXPERT, TEST_CONFLICT, TEST_SUMMARY,
    TEST_OLD_VER,           /* of the need, as the expert saw it */
    TEST_NEW_VER,           /* as it was after it was revised */
    TEST_CHANGED, TEST_WHY, TEST_FIELD_COUNT
};
/* What the expert says of one item. */
enum item_field { ITEM_SORT = ENTRY_OWN, ITEM_CLEAR, ITEM_MEASURED, ITEM_FEASIBLE, ITEM_WORDS, ITEM_FIELD_COUNT };
enum { TEST_ITEMS = 6 }; /* 现状、目标、边界、预算、期限、成熟度 */

/* A short proposal (短提案) to a need. The owner is the firm. */
enum proposal_field {
    PROPOSAL_NEED = MATTER_OWN, PROPOSAL_FROM, PROPOSAL_NAME, PROPOSAL_PHONE, PROPOSAL_APPROACH, PROPOSAL_EVIDENCE, PROPOSAL_TRL,
    PROPOSAL_MONTHS, PROPOSAL_LOW, PROPOSAL_HIGH, PROPOSAL_LACKS, PROPOSAL_ACHIEVEMENT, PROPOSAL_REFUSAL, PROPOSAL_REFUSAL_WHY,
    PROPOSAL_NDA_ON, PROPOSAL_DEAL, PROPOSAL_OUTSIDE, PROPOSAL_FIELD_COUNT
};

/* A post (岗位) that a firm offers: an engineer, or a science deputy (科技副总) of a university or an institute. */
enum post_field {
    POST_SORT = MATTER_OWN, POST_NAME, POST_INDUSTRY, POST_SKILLS, POST_TASK, POST_FROM, POST_MONTHS, POST_LOW, POST_HIGH, POST_PHONE,
    POST_WHY, POST_FIELD_COUNT
};

/* Somebody who takes one (任职): applied, agreed to by the firm and by his own unit, serving, and what came of it. The owner is the firm. */
enum service_time_field {
    SERVING_POST = MATTER_OWN, SERVING_PERSON,
    SERVING_UNIT,     /* whose he is */
    SERVING_OFFERS, SERVING_PHONE, SERVING_REFUSAL, SERVING_REFUSAL_WHY, SERVING_DOCUMENT /* of the unit's consent */, SERVING_PAY,
    SERVING_SINCE, SERVING_UNTIL, SERVING_RESULT, SERVING_FIELD_COUNT
};

extern const struct kind kind_need_test, kind_test_item, kind_proposal, kind_talent_post, kind_post_service;

#endif
