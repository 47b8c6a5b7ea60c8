/*
 * The ranking formula, in one place: BM25 with k1 = 1.2, b = 0.75 over weighted frequencies.
 *
 *   impact(term, document) = tf / (tf + K), K = k1 (1 - b + b length / pivot), in 255ths, at least 1
 *   score = sum over the query's words of weight x impact; the weight, from idf and query frequency, is query.c's
 *
 * tf and length count half occurrences (gist.h); the pivot is the mean length of the documents of the kind, in
 * steps of 2^(1/4), so that it moves seldom. Word weights of a query are whole numbers too (query.c), so a score
 * is an exact sum: the same whatever the order, the segments or the processor.
 *
 * Levels nest. A hidden text adds what it raises: the impact of a term for one who sees levels 0..l is the most that
 * any of the nested readings 0, 0..1, ... 0..l gives it; the postings of level l hold the rise over 0..l-1.
 */
#ifndef TQ_MATCH_SCORE_H
#define TQ_MATCH_SCORE_H

#include <math.h>

#include "match/segment.h"

enum { IMPACT_MOST = 255 };

static inline float score_norm(uint32_t length, float pivot)
{
    return 2 * 1.2F * (0.25F + 0.75F * (float)length / pivot);
}

static inline unsigned score_impact(unsigned tf, float norm)
{
    unsigned impact = (unsigned)(255.0F * (float)tf / ((float)tf + norm) + 0.5F);

    return tf == 0 ? 0 : impact ? impact : 1;
}

/* total[l]: the impact for one who sees levels 0..l. tf and norm: per level, norm over the lengths of 0..l. */
static inline void score_nest(const unsigned tf[LEVELS], const float norm[LEVELS], unsigned total[LEVELS])
{
    unsigned sum = 0, most = 0;

    for (unsigned l = 0; l < LEVELS; l++) {
        if (tf[l]) {
            unsigned impact;

            sum += tf[l];
            impact = score_impact(sum, norm[l]);
            most = impact > most ? impact : most;
        }
        total[l] = most;
    }
}

static inline void score_norms(const uint32_t length[LEVELS], float pivot, float norm[LEVELS])
{
    uint64_t sum = 0;

    for (unsigned l = 0; l < LEVELS; l++) {
        sum += length[l];
        norm[l] = score_norm(sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum, pivot);
    }
}

/* The step that a mean length falls on; 100 where there is nothing to average. */
static inline float score_pivot(int64_t length, int64_t docs)
{
    double mean = docs > 0 && length > 0 ? (double)length / (double)docs : 100.0;

    return (float)exp2(round(4 * log2(mean < 1 ? 1 : mean)) / 4);
}

static inline double score_idf(int64_t docs, int64_t df)
{
    double n = docs < 0 ? 0 : (double)docs, f = df < 0 ? 0 : df > docs ? n : (double)df;

    return log1p((n - f + 0.5) / (f + 0.5));
}

#endif
