/* Scenario (应用场景): a real place that lets a new product be tried or bought first. */
#ifndef TQ_RECORD_SCENARIO_H
#define TQ_RECORD_SCENARIO_H

#include "record/field.h"

enum scenario_field {
    SCENARIO_TITLE, SCENARIO_ABOUT, SCENARIO_OFFERS, SCENARIO_ASKS, SCENARIO_FORM, SCENARIO_KEYWORDS,
    SCENARIO_INDUSTRY, SCENARIO_TRL, SCENARIO_BUDGET, SCENARIO_OPENS, SCENARIO_CLOSES, SCENARIO_REGION,
    SCENARIO_CONTACT,
    SCENARIO_FIELD_COUNT
};

extern const struct field scenario_fields[SCENARIO_FIELD_COUNT];

#endif
