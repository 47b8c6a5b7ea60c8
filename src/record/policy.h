/* Policy (政策): what a rule of the nation, the province or the city gives, to whom, by which article. */
#ifndef TQ_RECORD_POLICY_H
#define TQ_RECORD_POLICY_H

#include "record/field.h"

enum policy_field {
    POLICY_TITLE, POLICY_GIVES, POLICY_WHO, POLICY_HOW, POLICY_BASIS, POLICY_RULE, POLICY_SOURCE,
    POLICY_SORT, POLICY_SIDES, POLICY_KEYWORDS, POLICY_REGION, POLICY_FROM, POLICY_UNTIL, POLICY_AMOUNT,
    POLICY_ISSUER, POLICY_NUMBER,
    POLICY_FIELD_COUNT
};

extern const struct field policy_fields[POLICY_FIELD_COUNT];

#endif
