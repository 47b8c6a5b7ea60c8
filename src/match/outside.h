/*
 * Vectors from outside: of a model that the caller asks, for documents by id (match_vectors). They live in memory alone, in
 * chunks that never change; a later chunk's vector of a document counts, and one without length takes it away. Chunks are united
 * two at a time as they grow alike, so that there are few, and a snapshot holds the list that it began with.
 *
 * A vector is kept as whole numbers of 8 bits and one scale that brings it to length 1, like the engine's own (model.h).
 *
 *   score += most x (cosine - mean) / (1 - mean), where that is above 0
 *
 * mean: the cosine that the query has with documents on average; such models find any two texts somewhat alike. So a document
 * without a vector counts as one that is as like the query as any. most: OUTSIDE_SHARE of what the words could reach (meaning.h).
 */
#ifndef TQ_MATCH_OUTSIDE_H
#define TQ_MATCH_OUTSIDE_H

#include <stdatomic.h>

#include "base/arena.h"
#include "match/match.h"

enum { OUTSIDE_CHUNKS = 40 };
#define OUTSIDE_SHARE 0.1F
/* A document that shares no word is a hit from this on, above the mean. */
#define OUTSIDE_ALONE 0.35F

struct outside_chunk {
    atomic_uint holders;
    uint32_t count;
    int64_t *ids;     /* ascending */
    float *scales;    /* 0: it has none any more */
    uint8_t *numbers; /* padded dims a vector, each + 128 */
};

struct outside {
    atomic_uint holders;
    uint64_t model, version; /* version: another for each change */
    unsigned dims, padded;   /* padded: to a multiple of 64, with zeros */
    size_t documents;        /* that have one */
    size_t count;
    struct outside_chunk *chunks[OUTSIDE_CHUNKS]; /* the oldest first, each at least twice as big as the next */
};

struct outside *outside_hold(struct outside *outside); /* NULL stays NULL */
void outside_let_go(struct outside *outside);

/* What was there (NULL: nothing) with these beside it; of another model or size, these alone. NULL: a number is none. */
struct outside *outside_with(const struct outside *now, uint64_t model, unsigned dims, const struct match_vector *list, size_t count,
                             struct match_err *err);

/* --- in a search --- */

struct near { /* a document and how like it is to the query, above the mean */
    int64_t id;
    float like; /* 0..1 */
};

struct nearness {
    bool is_on;
    float most[MATCH_KINDS]; /* that it adds to a score */
    struct near *list;       /* ascending by id; those that are more like it than the mean */
    size_t count;
};

/* reach: the share, 0..1, of what the words could reach in each kind. Off where the query has no vector of this model. */
void nearness_ready(struct nearness *nearness, const struct outside *outside, const struct match_query *query,
                    const float reach[MATCH_KINDS], struct arena *arena);

/* Adds to a score; *from: where looking begins for documents in order of id, 0 for the first of a window. */
float nearness_of(const struct nearness *nearness, unsigned kind, int64_t id, size_t *from);

static inline bool nearness_alone(const struct nearness *nearness, unsigned kind, float more)
{
    return more > 0 && more >= nearness->most[kind] * OUTSIDE_ALONE;
}

#endif
