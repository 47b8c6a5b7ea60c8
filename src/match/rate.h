/*
 * How well a document fits a query, as transfer staff grade it: 无 1, 弱 2, 较强 3, 强 4.
 *
 * An ordinal logistic model that a person can read: one sum of features, three thresholds.
 * P(level > l) = 1 / (1 + exp(threshold[l] - sum)); the rating is the median level, the chance P(level >= 3).
 */
#ifndef TQ_MATCH_RATE_H
#define TQ_MATCH_RATE_H

#include "match/search_int.h"

enum rate_feature {
    RATE_SCORE,     /* ln(1 + score), the score being 0..100 */
    RATE_DOC_TITLE, /* share of the pairs and words of the document's titles that the query has */
    RATE_FEATURES
};

struct rate_model {
    double weight[RATE_FEATURES], threshold[3];
};

/*
 * Fitted by bench/match/needs.c on 4,772 judgements of the needs it does not keep aside; 1 / (1 + MAE) on the 1,192
 * kept aside 0.722, over folds by need 0.688.
 */
extern const struct rate_model rate_builtin;

void rate_apply(const struct rate_model *model, const double features[RATE_FEATURES], enum match_rating *rating,
                float *chance);

/* The features of one pair, for training and for showing why: query->only is the document. All 0: no hit. */
bool rate_pair(const struct match_snapshot *snapshot, const struct match_query *query,
               double features[RATE_FEATURES], struct match_err *err);

#endif
