#include "match/rate.h"

#include <math.h>

#include "match/hit.h"

/*
 * Two features alone: on needs kept aside more brought nothing (docs/match-figures.md). Fitted on 4,772 judgements of the needs that
 * bench/match/needs.c does not keep aside; 1 / (1 + MAE) on the 1,192 kept aside .712.
 */
const struct rate_model rate_builtin = {
    .weight = {[RATE_SCORE] = 1.672, [RATE_DOC_TITLE] = 0.885},
    .threshold = {1.144, 3.713, 5.204},
};

/* A query of fewer pairs and words says too little for "strong"; one of single characters alone, for "fair". */
enum { SAYS_ENOUGH = 6 };

static bool is_whole(const struct query *query, const struct query_term *term)
{
    const struct mention *mention = &query->mentions[term->first];

    if (!term_is_own(term))
        return false;
    return term->sort == TOKEN_PAIR || (term->sort != TOKEN_CHAR && mention->to - mention->from > 1);
}

static enum match_rating rating_most(const struct query *query)
{
    unsigned count = 0;

    for (uint32_t t = 0; t < query->count && count < SAYS_ENOUGH; t++)
        count += is_whole(query, &query->terms[t]);
    return count == 0 ? MATCH_WEAK : count < SAYS_ENOUGH ? MATCH_FAIR : MATCH_STRONG;
}

/* Of the query's words that are no single characters: its title's weight, and what of it the document has. */
static void weigh_title(const struct search *search, double *all, double *shared)
{
    const struct query *query = &search->query;

    *all = *shared = 0;
    for (uint32_t t = 0; t < query->count; t++) {
        const struct query_term *term = &query->terms[t];

        if (!term->in_title || term->sort == TOKEN_CHAR)
            continue;
        *all += term->weight;
        *shared += search->words.impact[t] ? term->weight : 0;
    }
}

static uint32_t heaviest(const struct query *query)
{
    uint32_t most = 1;

    for (uint32_t t = 0; t < query->count; t++)
        most = query->terms[t].weight > most ? query->terms[t].weight : most;
    return most;
}

/* What the words that both have say: the first six features but the query's title. */
static void take_shared(const struct search *search, unsigned titles, double features[MATCH_FEATURES])
{
    const struct query *query = &search->query;
    const struct words *words = &search->words;
    double whole = 255.0 * (double)query->whole;
    uint32_t best = 0, in_titles = 0;

    for (uint32_t h = 0; h < words->held_count; h++) {
        uint32_t t = words->held[h];
        const struct query_term *term = &query->terms[t];
        bool in_title = words->class_[t] == MATCH_TITLE;

        features[in_title ? RATE_IN_TITLE : RATE_IN_TEXT] += term->weight * (double)words->impact[t] / whole;
        in_titles += in_title && term->sort != TOKEN_CHAR;
        best = term->weight > best ? term->weight : best;
    }
    features[RATE_SCORE] = log1p(100 * (double)words->sum / whole);
    features[RATE_DOC_TITLE] = titles ? fmin(1, (double)in_titles / titles) : 0;
    features[RATE_BEST_WORD] = (double)best / heaviest(query);
}

static size_t count_codes(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static void take_parts(const struct match_hit *hit, double features[MATCH_FEATURES])
{
    size_t longest = 0, named = 0;

    for (size_t p = 0; p < hit->part_count; p++) {
        const struct match_part *part = &hit->parts[p];
        const char *into = strstr(part->word, MATCH_INTO);
        size_t count = part->idea ? 0 : count_codes(into ? into + strlen(MATCH_INTO) : part->word);

        if (part->idea)
            features[RATE_COSINE] = (double)part->weight / (100 * (double)MEANING_SHARE);
        named += count > 0;
        longest = count > longest ? count : longest;
    }
    features[RATE_LONGEST] = log1p((double)longest);
    features[RATE_PARTS] = log1p((double)named);
}

static void take_features(const struct search *search, const struct segment *segment, const struct doc_row *row,
                          const struct match_hit *hit, double features[MATCH_FEATURES])
{
    double title, shared;

    memset(features, 0, MATCH_FEATURES * sizeof *features);
    take_shared(search, row->titles, features);
    weigh_title(search, &title, &shared);
    features[RATE_QUERY_TITLE] = title > 0 ? shared / title : 0;
    take_parts(hit, features);
    features[RATE_QUERY_WORDS] = log1p(search->query.own);
    features[RATE_DOC_LENGTH] = log1p(row->length / 2.0);
    for (size_t c = 0; c < hit->check_count; c++) {
        features[RATE_MET] += hit->checks[c].state == MATCH_MET;
        features[RATE_BROKEN] += hit->checks[c].state == MATCH_BROKEN;
    }
    features[RATE_JUDGED] = recall_of(&search->recalled, segment, (uint32_t)(row - segment->rows));
}

static double above(const struct rate_model *model, double sum, unsigned level)
{
    return 1 / (1 + exp(model->threshold[level] - sum));
}

double rate_sum(const struct rate_model *model, const double features[MATCH_FEATURES])
{
    double sum = 0;

    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        sum += model->weight[f] * features[f];
    return sum;
}

double rate_expects(const struct rate_model *model, const double features[MATCH_FEATURES])
{
    double sum = rate_sum(model, features), level = MATCH_NONE;

    for (unsigned l = 0; l < MATCH_LEVELS - 1; l++)
        level += above(model, sum, l);
    return level;
}

void rate_apply(const struct rate_model *model, const double features[MATCH_FEATURES], enum match_rating *rating,
                float *chance)
{
    double sum = rate_sum(model, features);
    int level = MATCH_NONE;

    for (unsigned l = 0; l < MATCH_LEVELS - 1; l++)
        level += above(model, sum, l) > 0.5;
    *rating = (enum match_rating)level;
    *chance = (float)above(model, sum, 1);
}

bool rate_is_sound(const struct rate_model *model)
{
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        if (!(fabs(model->weight[f]) <= RATE_MOST))
            return false;
    for (unsigned l = 0; l < MATCH_LEVELS - 1; l++)
        if (!(fabs(model->threshold[l]) <= RATE_MOST) || (l && !(model->threshold[l] > model->threshold[l - 1])))
            return false;
    return true;
}

void rating_fill(const struct search *search, const struct segment *segment, const struct doc_row *row,
                 struct match_hit *hit)
{
    double features[MATCH_FEATURES];

    take_features(search, segment, row, hit, features);
    if (search->features)
        memcpy(search->features, features, sizeof features);
    rate_apply(&search->snapshot->rating, features, &hit->rating, &hit->chance);
    if (search->words.sum == 0 && hit->rating < MATCH_WEAK) /* found by its meaning alone: people have not judged such pairs */
        hit->rating = MATCH_WEAK;
    if (hit->rating > rating_most(&search->query))
        hit->rating = rating_most(&search->query);
}
