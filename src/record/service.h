/* Service (服务): finance product, pilot platform, broker, innovation space, professional service. */
#ifndef TQ_RECORD_SERVICE_H
#define TQ_RECORD_SERVICE_H

#include "record/field.h"

enum service_field {
    SERVICE_TITLE, SERVICE_SORT, SERVICE_ABOUT, SERVICE_TERMS, SERVICE_KEYWORDS, SERVICE_INDUSTRY,
    SERVICE_STAGE, SERVICE_TRIALS, SERVICE_TRL_FROM, SERVICE_TRL_TO, SERVICE_AMOUNT, SERVICE_PRICE,
    SERVICE_DAYS, SERVICE_REGION, SERVICE_CONTACT,
    SERVICE_PRODUCT, /* of what is sorted as finance: list "finance_product" */
    SERVICE_RULE,    /* id of the rule that says who may have it (rules/) */
    SERVICE_FIELD_COUNT
};

extern const struct field service_fields[SERVICE_FIELD_COUNT];

#endif
