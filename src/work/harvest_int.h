/* What harvest.c and harvest_put.c share; not for others. */
#ifndef TQ_WORK_HARVEST_INT_H
#define TQ_WORK_HARVEST_INT_H

#include "work/harvest.h"

/* One slice of the follower's. */
struct harvest_work {
    struct sql *sql;
    struct arena arena;
    int64_t now_ms, last; /* last: the highest stamp given */
    bool ready;
    size_t put;           /* achievements looked at in this slice */
};

/* The achievement as it is now, if its current version is of that leaf (-1: of whichever). */
bool harvest_put(struct harvest_work *work, int64_t id, int64_t leaf, int64_t leaf_ms, struct err *err);

/* Did the version of this leaf change what achievements show of their organisation? */
bool harvest_party_moved(struct harvest_work *work, const struct leaf *leaf, bool *moved, struct err *err);

#endif
