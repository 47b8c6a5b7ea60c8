/*
 * The indexer: a follower of the ledger. It reads on from where the index stands, takes the current version of each record
 * touched, and puts it into the match index. It gets nothing but leaf indexes from the ledger; the index itself keeps the
 * place (match_applied). A record that cannot be had or that the engine refuses is left out, with a line in the log: it holds
 * up nobody behind it.
 */
#ifndef TQ_WORK_INDEX_H
#define TQ_WORK_INDEX_H

#include "work/city.h"

/* Applies at most `most` leaves. *next: the next ledger index; *more: there may be more to do. */
bool index_follow(struct city *city, size_t most, uint64_t *next, bool *more, struct err *err);

#endif
