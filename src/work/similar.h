/*
 * The duplicate check of a disclosure (查重): achievements that are there already and say much the same. The engine finds those that
 * could be; how much of the text they share is then counted, in pairs of neighbouring characters of title and abstract, over the
 * shorter of the two, so that one and the same text is 100 % and a summary of a long one comes near it. Nothing typed is stored.
 */
#ifndef TQ_WORK_SIMILAR_H
#define TQ_WORK_SIMILAR_H

#include "work/city.h"
#include "work/may.h"

enum { SIMILAR_MOST = 3, SIMILAR_LEAST = 6000 /* 万分比 */ };

struct similar {
    int64_t id;
    struct slice title, unit; /* unit "" where its owner is not for the actor */
    int64_t share;            /* 万分比 */
};

/* Most alike first; only what the actor may see, and of that only what he may read. */
bool similar_find(struct city *city, struct sql *sql, const struct actor *actor, const struct record *draft, int32_t today,
                  struct arena *arena, struct similar list[SIMILAR_MOST], size_t *count, struct err *err);

/* 万分比; 0 for texts of less than eight pairs. */
int64_t similar_share(struct slice a, struct slice b, struct arena *arena);

#endif
