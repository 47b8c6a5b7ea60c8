/*
 * Judged pairs remembered: what staff said of pairs like this one, as the last feature of a rating (rate.h, RATE_JUDGED).
 *
 * A judged pair i speaks for a query q and a document d as far as its query is like q and its document like d:
 *
 *   judged(q, d) = sum over i of pull_i x (0.1 s^4 + 0.05 s + 0.6 s t)     s = likeness of q and its query, t of d and its document
 *
 * in levels above or below what the weights alone expect. The pulls are those of kernel ridge regression, the mean of a
 * Gaussian process (Rasmussen & Williams, Gaussian Processes for Machine Learning, 2006, §2.2): where nothing like the pair was
 * judged the sum is about 0. Likeness is the cosine of the texts' RECALL_TERMS heaviest terms, each by (1 + ln occurrences) x
 * ln((texts + 1) / (texts that have it + 1/2)), counted over the remembered texts alone, so that it does not move with the
 * index. A title counts twice. Of a hit only public text is looked at.
 *
 *   recall.c        the texts as vectors; a query's and a document's share
 *   recall_learn.c  the pulls
 *
 * Since the sum is linear in d's vector, a query is worth one number a term: a hit costs a look at its own terms.
 */
#ifndef TQ_MATCH_RECALL_H
#define TQ_MATCH_RECALL_H

#include "match/query.h"

enum { RECALL_TERMS = 64, RECALL_TEXTS_MOST = 100000 };
#define RECALL_STRICT 0.1F /* shares of the three ways in which a judged pair speaks: for queries all but the same, */
#define RECALL_NEAR 0.05F  /* for those like it, */
#define RECALL_BOTH 0.6F   /* and for documents like its own */

struct recall_vector { /* of length 1 */
    const uint32_t *numbers; /* of terms */
    const float *weights;
    uint32_t count;
};

struct recall_slot {
    uint64_t term;
    uint32_t number; /* + 1; 0: empty */
    float rarity;
};

struct recall_pair {
    uint32_t query, doc;
    float pull; /* levels */
};

struct recall {
    atomic_uint holders;
    struct arena arena; /* of everything below */
    struct recall_slot *slots; /* terms by hash */
    uint32_t slot_mask;
    float saturated[256];      /* 1 + ln(half occurrences / 2) */
    float rarity_unknown;
    uint32_t term_count;
    struct match_rate_text *query_texts, *doc_texts; /* without line breaks and tabs, as the file holds them */
    struct recall_vector *queries, *docs;
    size_t query_count, doc_count;
    struct recall_pair *pairs;
    size_t pair_count;
    uint64_t id;
};

/* The texts are copied; there are no pairs before recall_pairs. NULL with MATCH_BAD_INPUT: a text that no index would take. */
struct recall *recall_new(const struct match_rate_texts *texts, struct match_err *err);
struct recall *recall_hold(struct recall *recall); /* NULL stays NULL */
void recall_let_go(struct recall *recall);

/* The pairs are copied. Once. */
void recall_pairs(struct recall *recall, const struct recall_pair *pairs, size_t count);
/* Their pulls, a pair. */
void recall_pull(struct recall *recall, const float *pulls);

/* The same number for the same pairs and texts; 0: NULL. */
uint64_t recall_id(const struct recall *recall);

float recall_dot(const struct recall_vector *vector, const float *row);

/* What the remembered pairs say to one query. */
struct recalled {
    const struct recall *recall; /* NULL: nothing */
    float *terms;                /* levels, a term of a document's vector */
    double all;                  /* levels, any document */
};
void recall_ask(struct recalled *recalled, const struct recall *recall, const struct query *query, struct arena *arena);

/* Levels above or below what the weights alone expect. */
double recall_of(const struct recalled *recalled, const struct segment *segment, uint32_t doc);

/* --- learning --- */

struct recall_lesson;

/* judgements: how many a pair of recall->pairs has. 4 x pairs² bytes, twice that while it is made. */
struct recall_lesson *recall_lesson(const struct recall *recall, const double *judgements);
void recall_lesson_end(struct recall_lesson *lesson);

/* Learns pulls from `missed` (levels that the weights alone are off, a pair) of the pairs that are `in`; said: a pair, whether in or not. */
void recall_learn(struct recall_lesson *lesson, const bool *in, const double *missed, float *pulls, float *said);

#endif
