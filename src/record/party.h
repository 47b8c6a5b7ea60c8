/* Party (单位): an organisation of one of the seven sides 政产学研金介用. */
#ifndef TQ_RECORD_PARTY_H
#define TQ_RECORD_PARTY_H

#include "record/field.h"

enum party_field {
    PARTY_NAME, PARTY_SIDE, PARTY_USCC, PARTY_NATURE, PARTY_REGION, PARTY_INDUSTRY, PARTY_ABOUT,
    PARTY_STRENGTHS, PARTY_SITE, PARTY_CONTACT, PARTY_PHONE, PARTY_EMAIL, PARTY_FOUNDED, PARTY_STAFF,
    PARTY_APPROVALS, /* who agrees to a transfer, in order, each from which amount on (work/chain.h) */
    PARTY_FIELD_COUNT
};

extern const struct field party_fields[PARTY_FIELD_COUNT];

#endif
