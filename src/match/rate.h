/*
 * How well a document fits a query, as transfer staff grade it: the model of match.h's rating, its features, its file.
 *
 *   rate.c         features of a hit, and the model applied to them
 *   recall.c       what was said of similar pairs, the last feature
 *   rate_file.c    the model as text
 *   rate_fit.c     weights and thresholds from judgements
 *   rate_learn.c   a model from judgements, with what it remembers, and how well it does
 */
#ifndef TQ_MATCH_RATE_H
#define TQ_MATCH_RATE_H

#include "match/match.h"

struct recall;

/*
 * Words count as in the score: a word's weight is what query.h gives it. A pair or word is a term that is no single character.
 * Everything is of what the asker may see; the document's lengths are of its public text.
 */
enum rate_feature {
    RATE_SCORE,       /* ln(1 + what the shared words alone score, 0..100) */
    RATE_DOC_TITLE,   /* share of the pairs and words of the document's titles that the query has */
    RATE_BEST_WORD,   /* weight of the heaviest shared word / weight of the query's heaviest word */
    RATE_QUERY_TITLE, /* share of the weight of the pairs and words of the query's title that the document has */
    RATE_IN_TITLE,    /* share of the query's whole weight that is shared and stands in the document's titles */
    RATE_IN_TEXT,     /* the same for its keywords and texts */
    RATE_LONGEST,     /* ln(1 + characters of the longest part named in the explanation) */
    RATE_PARTS,       /* ln(1 + how many parts are named there) */
    RATE_COSINE,      /* cosine of the dense vectors, below 0 as 0; 0 without a dense model */
    RATE_QUERY_WORDS, /* ln(1 + different words of the query) */
    RATE_DOC_LENGTH,  /* ln(1 + length of the document's public text in words, titles twice) */
    RATE_MET,         /* checks that are met */
    RATE_BROKEN,      /* checks that are broken */
    RATE_JUDGED,      /* what was said of similar pairs, in levels beyond what the others let expect (recall.h) */
};

struct rate_model {
    double weight[MATCH_FEATURES], threshold[MATCH_LEVELS - 1]; /* thresholds rise */
};

extern const struct rate_model rate_builtin;

/* Every number finite and within RATE_MOST, the thresholds rising: what a file may hold. */
#define RATE_MOST 1000.0
bool rate_is_sound(const struct rate_model *model);

/* weight x feature, added up, and the level that it lets expect, 1..4. */
double rate_sum(const struct rate_model *model, const double features[MATCH_FEATURES]);
double rate_expects(const struct rate_model *model, const double features[MATCH_FEATURES]);

void rate_apply(const struct rate_model *model, const double features[MATCH_FEATURES], enum match_rating *rating,
                float *chance);

/* in: which of the judgements to learn from. ridge: on features of variance 1. */
struct rate_model rate_fit(const struct match_rated *rated, size_t count, const bool *in, double ridge);

/* folder: a descriptor. *recall: the caller's, NULL where the file remembers no pairs. MATCH_CORRUPT names the line and what is
   wrong with it. */
bool rate_read(int folder, const char *name, struct rate_model *model, struct recall **recall, struct match_err *err);

/* recall: NULL for none. report: said in comments; the file is whole or not there. */
bool rate_write(const char *file, const struct rate_model *model, const struct recall *recall,
                const struct match_rate_report *report, struct match_err *err);

#endif
