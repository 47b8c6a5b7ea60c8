#include "match/rate.h"

#include <math.h>

#include "match/hit.h"

const struct rate_model rate_builtin = {
    .weight = {[RATE_SCORE] = 1.672, [RATE_DOC_TITLE] = 0.885},
    .threshold = {1.144, 3.713, 5.204},
};

/* A query of fewer pairs and words says too little for "strong"; one of single characters alone, for "fair". */
enum { SAYS_ENOUGH = 6 };

static bool is_whole(const struct query *query, const struct query_term *term)
{
    const struct mention *mention = &query->mentions[term->first];

    return term->sort == TOKEN_PAIR || (term->sort != TOKEN_CHAR && mention->to - mention->from > 1);
}

static enum match_rating rating_most(const struct query *query)
{
    unsigned count = 0;

    for (uint32_t t = 0; t < query->count && count < SAYS_ENOUGH; t++)
        count += is_whole(query, &query->terms[t]);
    return count == 0 ? MATCH_WEAK : count < SAYS_ENOUGH ? MATCH_FAIR : MATCH_STRONG;
}

static void take_features(const struct search *search, unsigned titles, const struct match_hit *hit,
                          double features[RATE_FEATURES])
{
    const struct query *query = &search->query;
    const struct words *words = &search->words;
    unsigned in_title = 0;

    for (uint32_t h = 0; h < words->held_count; h++) {
        const struct query_term *term = &query->terms[words->held[h]];

        in_title += term->sort != TOKEN_CHAR && words->class_[words->held[h]] == MATCH_TITLE;
    }
    features[RATE_SCORE] = log1p((double)hit->score);
    features[RATE_DOC_TITLE] = titles ? fmin(1, (double)in_title / titles) : 0;
}

static double above(const struct rate_model *model, double sum, unsigned level)
{
    return 1 / (1 + exp(model->threshold[level] - sum));
}

void rate_apply(const struct rate_model *model, const double features[RATE_FEATURES], enum match_rating *rating,
                float *chance)
{
    double sum = 0;
    int level = MATCH_NONE;

    for (unsigned f = 0; f < RATE_FEATURES; f++)
        sum += model->weight[f] * features[f];
    for (unsigned l = 0; l < 3; l++)
        level += above(model, sum, l) > 0.5;
    *rating = (enum match_rating)level;
    *chance = (float)above(model, sum, 1);
}

void rating_fill(const struct search *search, unsigned titles, struct match_hit *hit)
{
    double features[RATE_FEATURES];

    take_features(search, titles, hit, features);
    if (search->features)
        memcpy(search->features, features, sizeof features);
    rate_apply(&rate_builtin, features, &hit->rating, &hit->chance);
    if (hit->rating > rating_most(&search->query))
        hit->rating = rating_most(&search->query);
}
