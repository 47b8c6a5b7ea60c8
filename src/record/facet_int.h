/* A record's facets as lines "facet=value", for facet.c and facet_look.c. */
#ifndef TQ_RECORD_FACET_INT_H
#define TQ_RECORD_FACET_INT_H

#include "base/text.h"
#include "record/facet.h"

/* Out of the table with a row a value, of a record that has no set yet; "=" first. pairs is empty before. */
bool facet_rows(struct sql *sql, int64_t id, struct text *pairs, struct err *err);

#endif
