/*
 * How good the ranking and the rating are, on real needs and achievements judged by transfer staff.
 *
 *   match_needs ../shared/data/match/needs
 *
 * rank: nDCG@10 with gain level - 1 (median of a pair's levels) over the judged achievements of each need, ties broken
 * at random (the mean of 20 shuffles). rate: the ordinal model of match/rate.h fitted by folds over needs, and on the
 * needs not kept aside; 1 / (1 + MAE) over all judgements. One need in five is kept aside and printed apart.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judged.h"
#include "match/rate.h"
#include "match/term.h"

enum { SHUFFLES = 20, FIT_STEPS = 4000, FOLDS = 5, NOBODY = 99 };

struct pair_result {
    float score;
    int rating;
    double features[RATE_FEATURES], median;
};

static uint64_t seed = 42;

static uint64_t random_number(void)
{
    return term_mix(++seed);
}

static struct match_index *build(const char *folder, const struct judged *judged)
{
    struct match_index *index;
    struct match_err err;

    if (!match_open(folder, NULL, &index, &err)) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    for (size_t a = 0; a < judged->achievement_count; a++) {
        const char *title = judged->achievements[a];
        struct match_text text = {MATCH_TITLE, MATCH_PUBLIC, {title, strlen(title)}};
        struct match_doc doc = {.id = (int64_t)a + 1, .level = MATCH_PUBLIC, .texts = &text, .text_count = 1,
                                .facts = {.amount = -1, .day = INT32_MIN}};

        if (!match_put(index, &doc, 1, &err) || (a % 512 == 511 && !match_commit(index, a, &err)))
            fprintf(stderr, "%s\n", err.message);
    }
    match_commit(index, judged->achievement_count, &err);
    return index;
}

static void measure_pair(const struct match_snapshot *snapshot, const struct judged *judged,
                         const struct judged_pair *pair, struct pair_result *result)
{
    const struct judged_need *need = &judged->needs[pair->need];
    struct match_query query;
    struct match_hits hits;
    struct match_err err;

    match_query_init(&query);
    query.title = (struct match_str){need->title, strlen(need->title)};
    query.text = (struct match_str){need->body, strlen(need->body)};
    query.only = (int64_t)pair->achievement + 1;
    memset(result, 0, sizeof *result);
    result->median = judged_median(pair);
    result->rating = MATCH_NONE;
    if (match_search(snapshot, &query, &hits, &err) && hits.lists[0].count) {
        result->score = hits.lists[0].hits[0].score;
        result->rating = (int)hits.lists[0].hits[0].rating;
    }
    match_hits_release(&hits);
    rate_pair(snapshot, &query, result->features, &err);
}

/* --- ranking --- */

struct ranked {
    float score;
    uint64_t chance;
    double gain;
};

static int by_score(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->chance < b->chance ? -1 : 1;
}

static int by_gain(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;

    return a->gain > b->gain ? -1 : a->gain < b->gain;
}

static double dcg(const struct ranked *list, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count && i < 10; i++)
        sum += list[i].gain / log2((double)i + 2);
    return sum;
}

/* -1: the need has no level above 1. */
static double need_ndcg(const struct judged_need *need, const struct pair_result *results)
{
    struct ranked *list = calloc(need->pairs + 1, sizeof *list);
    double ideal, sum = 0;

    for (size_t p = 0; p < need->pairs; p++)
        list[p] = (struct ranked){results[need->first + p].score, 0, results[need->first + p].median - 1};
    qsort(list, need->pairs, sizeof *list, by_gain);
    ideal = dcg(list, need->pairs);
    for (int s = 0; s < SHUFFLES; s++) {
        for (size_t p = 0; p < need->pairs; p++)
            list[p].chance = random_number();
        qsort(list, need->pairs, sizeof *list, by_score);
        sum += ideal > 0 ? dcg(list, need->pairs) / ideal : 0;
    }
    free(list);
    return ideal > 0 ? sum / SHUFFLES : -1;
}

static void print_ranking(const struct judged *judged, const struct pair_result *results)
{
    double sum[2] = {0};
    int count[2] = {0};

    for (size_t n = 0; n < judged->need_count; n++) {
        double one = judged->needs[n].pairs ? need_ndcg(&judged->needs[n], results) : -1;

        if (one >= 0) {
            sum[judged->needs[n].kept_aside] += one;
            count[judged->needs[n].kept_aside]++;
        }
    }
    printf("rank  nDCG@10  all %.4f (%d needs)  fitted on %.4f (%d)  kept aside %.4f (%d)\n",
           (sum[0] + sum[1]) / (count[0] + count[1]), count[0] + count[1], sum[0] / count[0], count[0],
           sum[1] / count[1], count[1]);
}

/* --- rating --- */

/* One pair's gradient of the ordinal log likelihood, added up over its judgements. */
static void add_gradient(const struct rate_model *model, const struct pair_result *result,
                         const struct judged_pair *pair, struct rate_model *gradient)
{
    double sum = 0;

    for (unsigned f = 0; f < RATE_FEATURES; f++)
        sum += model->weight[f] * result->features[f];
    for (int j = 0; j < pair->count; j++) {
        int level = pair->levels[j] - 1; /* 0..3 */
        double upper = level == 0 ? 1 : 1 / (1 + exp(model->threshold[level - 1] - sum));
        double lower = level == 3 ? 0 : 1 / (1 + exp(model->threshold[level] - sum));
        double d_upper = upper * (1 - upper), d_lower = lower * (1 - lower), p = fmax(upper - lower, 1e-9);

        for (unsigned f = 0; f < RATE_FEATURES; f++)
            gradient->weight[f] += (d_upper - d_lower) / p * result->features[f];
        if (level > 0)
            gradient->threshold[level - 1] -= d_upper / p;
        if (level < 3)
            gradient->threshold[level] += d_lower / p;
    }
}

/* Adam over all pairs of needs that are not left out; a little ridge keeps the weights readable. */
static struct rate_model fit(const struct judged *judged, const struct pair_result *results, unsigned without_fold,
                             bool with_aside)
{
    enum { SIZE = sizeof(struct rate_model) / sizeof(double) };
    struct rate_model model = {{0}, {-1, 1, 3}};
    double first[SIZE] = {0}, second[SIZE] = {0}, *at = model.weight;

    for (int step = 1; step <= FIT_STEPS; step++) {
        struct rate_model gradient = {{0}, {0}};
        double *slope = gradient.weight;

        for (size_t p = 0; p < judged->pair_count; p++) {
            const struct judged_need *need = &judged->needs[judged->pairs[p].need];

            if (need->fold != without_fold && (with_aside || !need->kept_aside))
                add_gradient(&model, &results[p], &judged->pairs[p], &gradient);
        }
        for (int i = 0; i < SIZE; i++) {
            slope[i] = slope[i] / (double)judged->pair_count - (i < RATE_FEATURES ? 1e-4 * at[i] : 0);
            first[i] = 0.9 * first[i] + 0.1 * slope[i];
            second[i] = 0.999 * second[i] + 0.001 * slope[i] * slope[i];
            at[i] += 0.02 * (first[i] / (1 - pow(0.9, step))) / (sqrt(second[i] / (1 - pow(0.999, step))) + 1e-8);
        }
    }
    return model;
}

struct error_sum {
    double off;
    int count;
};

static void add_errors(const struct rate_model *model, const struct pair_result *result, const struct judged_pair *pair,
                       struct error_sum *errors)
{
    enum match_rating rating;
    float chance;

    rate_apply(model, result->features, &rating, &chance);
    for (int j = 0; j < pair->count; j++) {
        errors->off += abs((int)rating - pair->levels[j]);
        errors->count++;
    }
}

static double quality(const struct error_sum *errors)
{
    return 1 / (1 + errors->off / errors->count);
}

static void print_folds(const struct judged *judged, const struct pair_result *results)
{
    struct error_sum all = {0};

    for (unsigned fold = 0; fold < FOLDS; fold++) {
        struct rate_model model = fit(judged, results, fold, true);

        for (size_t p = 0; p < judged->pair_count; p++)
            if (judged->needs[judged->pairs[p].need].fold == fold)
                add_errors(&model, &results[p], &judged->pairs[p], &all);
    }
    printf("rate  1/(1+MAE)  folds by need %.4f (%d judgements)\n", quality(&all), all.count);
}

static void print_model(const struct judged *judged, const struct pair_result *results)
{
    struct rate_model model = fit(judged, results, NOBODY, false);
    struct error_sum seen = {0}, aside = {0}, builtin = {0};

    for (size_t p = 0; p < judged->pair_count; p++) {
        bool apart = judged->needs[judged->pairs[p].need].kept_aside;

        add_errors(&model, &results[p], &judged->pairs[p], apart ? &aside : &seen);
        if (apart)
            add_errors(&rate_builtin, &results[p], &judged->pairs[p], &builtin);
    }
    printf("rate  1/(1+MAE)  fitted on %.4f (%d)  kept aside %.4f (%d)  built-in model, kept aside %.4f\n",
           quality(&seen), seen.count, quality(&aside), aside.count, quality(&builtin));
    for (unsigned f = 0; f < RATE_FEATURES; f++)
        printf("  weight %u %.3f\n", f, model.weight[f]);
    printf("  thresholds %.3f %.3f %.3f\n", model.threshold[0], model.threshold[1], model.threshold[2]);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/tq-needs-XXXXXX";
    struct judged judged;
    struct match_index *index;
    struct match_snapshot *snapshot;
    struct pair_result *results;

    if (argc != 2 || !mkdtemp(folder)) {
        fprintf(stderr, "usage: match_needs FOLDER\n");
        return 2;
    }
    judged_read(&judged, argv[1]);
    index = build(folder, &judged);
    snapshot = match_snapshot(index);
    results = calloc(judged.pair_count + 1, sizeof *results);
    for (size_t p = 0; results && p < judged.pair_count; p++)
        measure_pair(snapshot, &judged, &judged.pairs[p], &results[p]);
    print_ranking(&judged, results);
    print_folds(&judged, results);
    print_model(&judged, results);
    free(results);
    match_snapshot_end(snapshot);
    match_close(index);
    judged_release(&judged);
    return 0;
}
