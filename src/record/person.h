/* Person (人员): a researcher, an expert, a technology manager (技术经理人), a committee member. */
#ifndef TQ_RECORD_PERSON_H
#define TQ_RECORD_PERSON_H

#include "record/field.h"

enum person_field {
    PERSON_NAME, PERSON_CALLING, PERSON_PARTY, PERSON_TITLE, PERSON_SKILLS, PERSON_INDUSTRY,
    PERSON_DISCIPLINE, PERSON_REGION, PERSON_ABOUT, PERSON_PHONE, PERSON_EMAIL, PERSON_TAKES,
    PERSON_FIELD_COUNT
};

extern const struct field person_fields[PERSON_FIELD_COUNT];

#endif
