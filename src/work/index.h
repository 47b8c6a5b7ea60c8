/*
 * The indexer: a follower of the ledger. It reads on from where the index stands, takes the current version of each record
 * touched, and puts it into the match index. It gets nothing but leaf indexes from the ledger; the index itself keeps the
 * place (match_applied). A record that cannot be had or that the engine refuses is left out, with a line in the log: it holds
 * up nobody behind it.
 *
 * An index that is not of these records (an older backup put in its place, a standby that took over without the last commits,
 * another database) is cleared and made anew: it reaches beyond the ledger's end, or the leaf it was marked with is another
 * one now.
 */
#ifndef TQ_WORK_INDEX_H
#define TQ_WORK_INDEX_H

#include "work/city.h"
#include "work/column.h"

/* Opinions of consultations lie beside the columns of the box, which never asks for them. */
enum { INDEX_OPINION = COLUMN_COUNT };

/* Once, after opening: which leaf the index was last marked with. */
void index_mark_read(struct city *city);

/* What the engine says, as an err. Always false. */
bool index_fails(const struct match_err *problem, struct err *err);

/* Applies at most `most` leaves. *next: the next ledger index; *more: there may be more to do. */
bool index_follow(struct city *city, size_t most, uint64_t *next, bool *more, struct err *err);

#endif
