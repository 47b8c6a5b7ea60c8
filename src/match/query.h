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
#include "match/bridge.h"

enum { WEIGHT_SUM = 16000000, LOOKUP_SIEVE = 4096 };
#define QUERY_NUMBER_SHARE 0.3F /* the same figure in two texts is mostly chance */

struct query_term {
    uint64_t term;
    uint32_t in_title, in_text; /* occurrences; none: it is a translation's (bridge.h) */
    uint32_t weight;            /* whole; query_weigh */
    float said;                 /* how much it counts in the query's vector (meaning.h); query_weigh */
    enum token_sort sort;
    uint32_t first;             /* its first mention; of a translation, the rendering that gives it most */
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
    uint32_t own;   /* how many of the terms are the query's, not a translation's */
    struct bridge bridge;
    uint64_t whole; /* the weights of its own terms */
    double scale;   /* whole score → per cent */
};

static inline bool term_is_own(const struct query_term *term)
{
    return term->in_title + term->in_text > 0;
}

/* Memory from arena; the strings stay the caller's. snapshot: whose lexicon translates; NULL: nothing is translated. */
void query_read(struct query *query, const struct match_snapshot *snapshot, struct match_str title, struct match_str text, struct arena *arena);

/* Where the query's terms stand in one part: those it has, ascending. */
struct lookup {
    uint32_t *numbers, *terms; /* the segment's number; the index into query terms */
    uint32_t count;
    uint64_t sieve[LOOKUP_SIEVE / 64]; /* bits of the numbers' low ends: most terms of a document fall through */
};

/* Looks the terms up in every part and weighs them by the snapshot's statistics. lookups: one a part. */
void query_weigh(struct query *query, const struct match_snapshot *snapshot, struct lookup *lookups,
                 struct arena *arena);

/* Half occurrences of what is said so often, as a text's would be (gist.h). */
static inline unsigned query_halves(uint32_t in_title, uint32_t in_text)
{
    return 4 * in_title + 2 * in_text;
}

/* --- inside --- */

/* A word said often weighs more, less and less so. */
double query_saturated(double times);

/* A word's weight by how rare it is. */
double query_rarity(int64_t docs, const struct query_term *term);

/*
 * The weights of the translations, a term each, beside those of the query's own, which add up to `sum`; and of each rendering its
 * share. Returns what they add up to.
 */
double bridge_weigh(struct query *query, const struct match_snapshot *snapshot, double *weights, struct arena *arena);

#endif
