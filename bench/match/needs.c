/*
 * How good the ranking and the rating are, on real needs and achievements judged by transfer staff.
 *
 *   match_needs ../shared/data/match/needs [dense]
 *
 * rank: nDCG@10 with gain level - 1 (median of a pair's levels) over the judged achievements of each need, ties broken
 * at random (the mean of 20 shuffles). rate: 1 / (1 + MAE) over all judgements of models learned by folds, and of one
 * learned from the needs not kept aside on those that are. A second argument, "dense", learns a dense model first. One need
 * in five is kept aside and printed apart.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judged.h"
#include "match/rate.h"
#include "match/term.h"

enum { SHUFFLES = 20 };

struct pair_result {
    float score;
    int rating;
    double features[MATCH_FEATURES], median;
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

static void learn(struct match_index *index, const char *folder)
{
    struct match_snapshot *snapshot = match_snapshot(index);
    struct match_learn how = {0};
    struct match_err err;
    char file[64];

    snprintf(file, sizeof file, "%s/learned", folder);
    if (!match_learn(snapshot, &how, file, &err) || !match_model(index, file, &err))
        fprintf(stderr, "%s\n", err.message);
    match_snapshot_end(snapshot);
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
    match_rate_features(snapshot, &query, result->features, &err);
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

static size_t judgements_of(const struct judged *judged, const struct pair_result *results, bool aside,
                            struct match_rated *rated)
{
    size_t count = 0;

    for (size_t p = 0; p < judged->pair_count; p++) {
        const struct judged_pair *pair = &judged->pairs[p];

        if (!aside && judged->needs[pair->need].kept_aside)
            continue;
        for (int j = 0; j < pair->count; j++, count++) {
            rated[count] = (struct match_rated){.level = pair->levels[j], .pair = (uint32_t)p,
                                                .query = (uint32_t)pair->need};
            memcpy(rated[count].features, results[p].features, sizeof rated[count].features);
        }
    }
    return count;
}

static double quality(double mae)
{
    return 1 / (1 + mae);
}

static void print_folds(const char *which, const struct match_rate_report *report)
{
    printf("rate  1/(1+MAE)  %s (%zu judgements): folds of pairs %.4f  folds by need %.4f  built-in model %.4f\n", which,
           report->by_pair.judgements, quality(report->by_pair.mae), quality(report->by_query.mae),
           quality(report->built_in.mae));
}

/* A model on the needs kept aside, which it has not seen. */
static double off_aside(const struct judged *judged, const struct pair_result *results, const struct rate_model *model)
{
    double off = 0, count = 0;

    for (size_t p = 0; p < judged->pair_count; p++) {
        const struct judged_pair *pair = &judged->pairs[p];
        enum match_rating rating;
        float chance;

        if (!judged->needs[pair->need].kept_aside)
            continue;
        rate_apply(model, results[p].features, &rating, &chance);
        for (int j = 0; j < pair->count; j++, count++)
            off += abs((int)rating - pair->levels[j]);
    }
    return off / count;
}

static void print_model(const struct match_rate_report *report)
{
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        printf("  %-12s %7.3f\n", match_feature(f, NULL), report->weight[f]);
    printf("  thresholds %.3f %.3f %.3f\n", report->threshold[0], report->threshold[1], report->threshold[2]);
}

static void print_rating(const struct judged *judged, const struct pair_result *results)
{
    struct match_rated *rated = calloc(judged->pair_count * JUDGED_LEVELS, sizeof *rated);
    struct match_rate_report all, seen;
    struct rate_model model;
    struct match_err err;

    if (!rated || !match_rate_learn(rated, judgements_of(judged, results, true, rated), NULL, 0, NULL, &all, &err)
        || !match_rate_learn(rated, judgements_of(judged, results, false, rated), NULL, 0, NULL, &seen, &err)) {
        fprintf(stderr, "%s\n", rated ? err.message : "no memory");
        exit(1);
    }
    memcpy(model.weight, seen.weight, sizeof model.weight);
    memcpy(model.threshold, seen.threshold, sizeof model.threshold);
    print_folds("all", &all);
    print_folds("not kept aside", &seen);
    printf("rate  1/(1+MAE)  kept aside: learned from the others %.4f  built-in %.4f\n",
           quality(off_aside(judged, results, &model)), quality(off_aside(judged, results, &rate_builtin)));
    print_model(&seen);
    free(rated);
}

/* --- main --- */

int main(int argc, char **argv)
{
    char folder[] = "/tmp/tq-needs-XXXXXX";
    struct judged judged;
    struct match_index *index;
    struct match_snapshot *snapshot;
    struct pair_result *results;

    if (argc < 2 || argc > 3 || !mkdtemp(folder)) {
        fprintf(stderr, "usage: match_needs FOLDER [dense]\n");
        return 2;
    }
    judged_read(&judged, argv[1]);
    index = build(folder, &judged);
    if (argc == 3)
        learn(index, folder);
    snapshot = match_snapshot(index);
    results = calloc(judged.pair_count + 1, sizeof *results);
    for (size_t p = 0; results && p < judged.pair_count; p++)
        measure_pair(snapshot, &judged, &judged.pairs[p], &results[p]);
    print_ranking(&judged, results);
    print_rating(&judged, results);
    free(results);
    match_snapshot_end(snapshot);
    match_close(index);
    judged_release(&judged);
    return 0;
}
