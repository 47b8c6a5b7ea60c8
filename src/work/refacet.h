/*
 * Facets of records that an earlier release wrote. When a release writes facets otherwise, its migration leaves the cursor
 * "facet" at 0; from there the follower goes over the ledger and writes each record's facets again, a slice at a time, until the
 * cursor is where the ledger ends, and takes it away. Lists are complete meanwhile; only what is new in the facets comes bit by
 * bit.
 */
#ifndef TQ_WORK_REFACET_H
#define TQ_WORK_REFACET_H

#include "store/store.h"

/* One slice. *more: there is work left. Costs one look-up where there is nothing to do; does nothing twice. */
bool refacet(struct store *store, bool *more, struct err *err);

#endif
