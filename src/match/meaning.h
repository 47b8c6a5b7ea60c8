/*
 * The dense side of a search: the query's vector, and what it makes of a document's.
 *
 *   score = (1 - MEANING_SHARE) x the words' share + most x cosine, a cosine below 0 counting as 0
 *   most  = MEANING_SHARE x the share that the heaviest words of the query would make, as many as a document of the kind has
 *
 * A long query asks for more words than a short document can hold, so its shares are small, and so must be what stands beside
 * them. `most` depends on the query and the statistics alone: a document's score does not depend on its rivals.
 */
#ifndef TQ_MATCH_MEANING_H
#define TQ_MATCH_MEANING_H

#include "match/query.h"

#define MEANING_SHARE 0.1F
/* A document that shares no word is a hit from this cosine on. */
#define MEANING_ALONE 0.35F

struct ingredient {
    uint32_t term;  /* index into the query's terms */
    float weight;   /* of its direction in the query's vector */
};

struct meaning {
    bool is_on;
    unsigned dims;
    float scale;                    /* of the query's numbers */
    float reach[MATCH_KINDS];       /* share of the score that words could make in the kind; also where meaning is off */
    float most[MATCH_KINDS];        /* that meaning adds to a score */
    int8_t query[MODEL_DIMS_MOST];
    int32_t off;                    /* 128 x the sum of its numbers: kernel.h */
    struct ingredient *ingredients; /* the terms of the query that the model knows */
    uint8_t *directions;            /* theirs, dims numbers each + 128 */
    uint32_t count;
};

/* After query_weigh. Off where the snapshot has no vectors, or the model none of the query's words. */
void meaning_ready(struct meaning *meaning, const struct match_snapshot *snapshot, const struct query *query,
                   struct arena *arena);

/* Is what meaning adds enough for a document that shares no word? */
static inline bool meaning_alone(const struct meaning *meaning, unsigned kind, float more)
{
    return more > 0 && more >= meaning->most[kind] * MEANING_ALONE;
}

static inline float meaning_score(const struct meaning *meaning, unsigned kind, int32_t dot, float doc_scale)
{
    float cosine = (float)dot * meaning->scale * doc_scale;

    return cosine > 0 ? meaning->most[kind] * (cosine < 1 ? cosine : 1) : 0; /* above 1: as like to the query as to its translation */
}

#endif
