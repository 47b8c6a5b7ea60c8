/*
 * "Who fits this": for each record its best partners in each column, stored, so that a page shows them without a search.
 * A follower of the ledger keeps them: a record that comes or changes is matched against all others, and the others' lists
 * take it in. One process at a time does it (a lease). Lists are made from public text only.
 */
#ifndef TQ_WORK_FIT_H
#define TQ_WORK_FIT_H

#include "work/city.h"
#include "work/column.h"

enum { FIT_KEPT = 6 }; /* partners kept a column */

/* Applies at most `most` leaves, none at or beyond `indexed`. *next, *more as index_follow. */
bool fit_follow(struct city *city, size_t most, uint64_t indexed, uint64_t *next, bool *more, struct err *err);

/* Gives the lease back, so that another process need not wait until it runs out. */
void fit_leave(struct city *city);

struct fit {
    int64_t other;
    const struct kind *kind;
    int64_t chance; /* millionths */
    int rating;     /* enum match_rating */
    struct slice title, who;
};

/* The stored list of one column, best first, without what openly belongs to the record's own organisation; memory from arena. Returns how many, at most `most`. */
size_t fit_list(struct sql *sql, const struct record *record, enum column column, struct arena *arena, struct fit *fits,
                size_t most);

#endif
