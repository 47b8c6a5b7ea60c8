/*
 * Deals by the thousand, for the auditor's desk: units in three regions, firms, achievements, and for each deal the papers that its
 * steps would have written, put in past the gates, so that much is wrong with some of them: each red flag has its cases. The same
 * seed gives the same deals. A deal gets a version for each paper, as from steps. Everything is marked 示例.
 *
 * All through record_put, so every version has its leaf and tieqiao check holds.
 */
#ifndef TQ_BENCH_AUDIT_FILL_H
#define TQ_BENCH_AUDIT_FILL_H

#include "store/store.h"

/* About how many versions were written is told by the ledger's size. Ids begin behind what is there; run it once a database. */
bool audit_fill(struct store *store, uint64_t seed, size_t deals, struct err *err);

#endif
