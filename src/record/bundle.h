/*
 * One bundle for a need (一揽子方案, features.md §4): a result, where it is tried, the money, the policy and a manager with a telephone
 * number, put together by a manager, an officer or the firm itself. Each part is asked of whoever has it and answered by name and price
 * within three working days; both are matters (work/matter.h).
 */
#ifndef TQ_RECORD_BUNDLE_H
#define TQ_RECORD_BUNDLE_H

#include "record/matter.h"

enum bundle_field {
    BUNDLE_NEED = MATTER_OWN, /* whose firm is the owner */
    BUNDLE_MAKER,             /* the party whose people put it together; not known where an officer did */
    BUNDLE_ACHIEVEMENT, BUNDLE_PLACE, BUNDLE_FINANCE, BUNDLE_POLICY, /* what it is made of; a policy asks nobody */
    BUNDLE_TRL_FROM, BUNDLE_TRL_TO, /* what the result has, what the need asks: the gap */
    BUNDLE_NOTE,
    BUNDLE_REFUSAL, BUNDLE_REFUSAL_WHY, BUNDLE_OUTCOME, BUNDLE_FIELD_COUNT
};

/* A part (方案组成). The owner is whoever is asked. */
enum part_field {
    PART_BUNDLE = MATTER_OWN,
    PART_FIRM,                /* not known while the need hides its firm */
    PART_MAKER,
    PART_SORT,                /* result, place, money */
    PART_KIND, PART_ABOUT,    /* the record that was picked */
    PART_WANTS, PART_PRICE, PART_PAYER, PART_DAYS, PART_TERMS, PART_NAME, PART_PHONE, PART_REFUSAL, PART_REFUSAL_WHY, PART_FIELD_COUNT
};

extern const struct kind kind_bundle, kind_bundle_part;

#endif
