/* Need (技术需求): what an enterprise or another user wants solved. */
#ifndef TQ_RECORD_NEED_H
#define TQ_RECORD_NEED_H

#include "record/field.h"

enum need_field {
    NEED_TITLE, NEED_NOW, NEED_GOAL, NEED_LIMITS, NEED_KEYWORDS, NEED_INDUSTRY, NEED_TRL, NEED_BUDGET,
    NEED_DUE, NEED_WAYS, NEED_REGION, NEED_HIDDEN, NEED_ALIAS, NEED_DETAIL, NEED_CONTACT,
    NEED_FIELD_COUNT
};

extern const struct field need_fields[NEED_FIELD_COUNT];

#endif
