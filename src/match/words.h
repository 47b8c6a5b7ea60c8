/* Which of a query's words one document holds, and with what impact, for one who sees it up to a level. */
#ifndef TQ_MATCH_WORDS_H
#define TQ_MATCH_WORDS_H

#include "match/query.h"

struct words {
    uint8_t *impact, *class_; /* a query term; impact 0: not there */
    uint8_t *tf;              /* LEVELS rows of one a query term */
    uint32_t *held;           /* the terms that are there */
    uint32_t held_count;
    uint64_t sum;             /* weight x impact, added up: the whole score */
};

void words_init(struct words *words, const struct query *query, struct arena *arena);

/* Replaces what words held. pivot: of the document's kind. */
void words_read(struct words *words, const struct query *query, const struct lookup *lookup,
                const struct segment *segment, uint32_t doc, unsigned level, float pivot);

#endif
