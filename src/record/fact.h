/*
 * A fact about an enterprise (企业事实), as somebody stated it: whose it is, which of the rulebook's dictionary, for which year, its
 * value, who says it and until when it may be relied on. One is kept for each name, year, source and issuer: what the tax office and
 * the statistics bureau say stand side by side, a later list of the same office is the next version. work/fact.h says which of them
 * is believed.
 */
#ifndef TQ_RECORD_FACT_H
#define TQ_RECORD_FACT_H

#include "record/kind.h"

enum fact_field {
    FACT_NAME,      /* of the dictionary: rd_spend */
    FACT_FOR_YEAR,  /* the year it is about; not known: about none */
    FACT_VALUE,     /* as rule_fact_read takes it: "1250000.00", "2026-03-31", "yes" */
    FACT_FROM,      /* declared, certificate, department: enum fact_source */
    FACT_ISSUER,    /* who issued it; not known where the firm itself says it */
    FACT_NUMBER_OF, /* of the certificate */
    FACT_ISSUED_ON, FACT_UNTIL,
    FACT_LIST,      /* the file it came with */
    FACT_CONFIRMED_ON, /* a certificate: the day on which an officer held it against the original */
    FACT_NOTE,
    FACT_FIELD_COUNT
};

extern const struct kind kind_fact;

#endif
