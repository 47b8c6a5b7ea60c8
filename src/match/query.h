/*
 * A query taken apart: its different terms, ascending, and where each stands in the text, for the explanation.
 *
 * A term's weight is idf^1.25 x saturated query frequency, once for the title by itself and once for all. Weights
 * become whole numbers that add up to about WEIGHT_SUM, so that a score is an exact sum of 32 bits; the score shown is its share of what a document
 * would have that held every word to saturation, in per cent.
 */
#ifndef TQ_MATCH_QUERY_H
#define TQ_MATCH_QUERY_H

#include "base/arena.h"
#include "match/snapshot.h"
#include "match/token.h"

enum { WEIGHT_SUM = 16000000, LOOKUP_SIEVE = 4096 };
#define QUERY_NUMBER_SHARE 0.3F /* the same figure in two texts is mostly chance */

struct query_term {
    uint64_t term;
    uint32_t in_title, in_text; /* occurrences */
    uint32_t weight;            /* whole; query_weigh */
    enum token_sort sort;
    uint32_t first;             /* its first mention */
    int64_t df;
};

struct mention { /* a term's occurrence, in reading order */
    uint32_t term;     /* index into terms */
    uint32_t from, to; /* bytes of the title or the text */
    bool title;
    enum token_sort sort;
};

struct query {
    struct match_str title, text;
    struct query_term *terms;
    uint32_t count;
    struct mention *mentions;
    size_t mention_count;
    uint64_t whole; /* all weights */
    double scale;   /* whole score → per cent */
};

/* Memory from arena; the strings stay the caller's. */
void query_read(struct query *query, struct match_str title, struct match_str text, struct arena *arena);

/* Where the query's terms stand in one part: those it has, ascending. */
struct lookup {
    uint32_t *numbers, *terms; /* the segment's number; the index into query terms */
    uint32_t count;
    uint64_t sieve[LOOKUP_SIEVE / 64]; /* bits of the numbers' low ends: most terms of a document fall through */
};

/* Looks the terms up in every part and weighs them by the snapshot's statistics. lookups: one a part. */
void query_weigh(struct query *query, const struct match_snapshot *snapshot, struct lookup *lookups,
                 struct arena *arena);

#endif
