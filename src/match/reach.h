/*
 * How far an asker sees: the highest level, 0 public to 3 own, a document at a time. Most documents are seen at the
 * asker's base level; the exceptions in one part (its own, and those it was granted) are listed.
 */
#ifndef TQ_MATCH_REACH_H
#define TQ_MATCH_REACH_H

#include "base/arena.h"
#include "match/segment.h"

struct reach_doc {
    uint32_t doc;
    unsigned level;
};

struct reach {
    unsigned base; /* 0, or 1 for who is signed in; 3 for who sees all */
    struct reach_doc *docs; /* ascending; each above base */
    size_t count;
};

void reach_ready(struct reach *reach, const struct match_asker *asker, const struct segment *segment,
                 struct arena *arena);
unsigned reach_of(const struct reach *reach, uint32_t doc);

#endif
