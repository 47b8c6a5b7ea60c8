/* The rating: its features by hand, learning it, its file, and an index that uses it. */
#include "kit.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

enum { SCORE, DOC_TITLE, BEST_WORD, QUERY_TITLE, IN_TITLE, IN_TEXT, LONGEST, PARTS, COSINE, QUERY_WORDS, DOC_LENGTH, MET, BROKEN, JUDGED_ALIKE };
enum { PAIRS = 600, JUDGED = 2 * PAIRS };

/* --- judgements made up from a model, so that learning has something to find --- */

static double share(uint64_t *seed)
{
    return (double)kit_below(seed, 1000000) / 1e6;
}

/* sum = 4 x score - 2 x broken, thresholds 1, 2, 4; a tenth of the judgements is one level off. */
static void make_up(struct match_rated *rated)
{
    uint64_t seed = 7;

    memset(rated, 0, JUDGED * sizeof *rated);
    for (size_t i = 0; i < JUDGED; i++) {
        struct match_rated *one = &rated[i];
        double sum, chance = share(&seed);

        one->pair = (uint32_t)(i / 2);
        one->query = one->pair / 20;
        if (i % 2) {
            memcpy(one->features, rated[i - 1].features, sizeof one->features);
        } else {
            one->features[SCORE] = 2 * share(&seed);
            one->features[BROKEN] = kit_below(&seed, 2);
        }
        sum = 4 * one->features[SCORE] - 2 * one->features[BROKEN] + log(chance / (1 - chance + 1e-12));
        one->level = 1 + (sum > 1) + (sum > 2) + (sum > 4);
    }
}

static char *read_file(const char *path)
{
    char *bytes = calloc(1 << 18, 1);
    FILE *file = fopen(path, "r");

    assert_non_null(bytes);
    assert_non_null(file);
    bytes[fread(bytes, 1, (1 << 18) - 1, file)] = '\0';
    fclose(file);
    return bytes;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static char *in_folder(const char *folder, const char *name)
{
    char *path = NULL;

    assert_true(asprintf(&path, "%s/%s", folder, name) > 0);
    return path;
}

static void learned(const char *file, struct match_rate_report *report)
{
    struct match_rated rated[JUDGED];
    struct match_err err;

    make_up(rated);
    if (!match_rate_learn(rated, JUDGED, NULL, 0, file, report, &err))
        fail_msg("match_rate_learn: %s", err.message);
}

static void what_judgements_were_made_from_is_found(void **state)
{
    struct match_rate_report report;
    size_t sum = 0, binned = 0;

    (void)state;
    learned(NULL, &report);
    assert_true(fabs(report.weight[SCORE] - 4) < 0.5);
    assert_true(fabs(report.weight[BROKEN] + 2) < 0.5);
    assert_true(fabs(report.threshold[0] - 1) < 0.4 && fabs(report.threshold[1] - 2) < 0.4
                && fabs(report.threshold[2] - 4) < 0.5);
    for (unsigned f = DOC_TITLE; f < MET; f++)
        assert_true(report.weight[f] == 0); /* the same everywhere: says nothing */
    assert_true(report.by_pair.mae < report.built_in.mae);
    assert_true(report.by_query.mae < report.built_in.mae);
    for (unsigned l = 0; l < 16; l++)
        sum += report.by_pair.table[l / 4][l % 4];
    for (unsigned b = 0; b < MATCH_RATE_BINS; b++) {
        const struct match_rate_bin *bin = &report.by_pair.bins[b];

        binned += bin->judgements;
        assert_true(bin->judgements < 40 || fabs(bin->chance - bin->said) < 0.2);
    }
    assert_int_equal(sum, JUDGED);
    assert_int_equal(binned, JUDGED);
}

static void order_and_time_change_nothing(void **state)
{
    char *folder = kit_folder(), *one = in_folder(folder, "one"), *two = in_folder(folder, "two"), *a, *b;
    struct match_rated rated[JUDGED], turned[JUDGED];
    struct match_rate_report report, again;
    struct match_err err;

    (void)state;
    learned(one, &report);
    learned(two, &again);
    a = read_file(one);
    b = read_file(two);
    assert_string_equal(a, b);
    make_up(rated);
    for (size_t i = 0; i < JUDGED; i++)
        turned[i] = rated[JUDGED - 1 - i];
    assert_true(match_rate_learn(turned, JUDGED, NULL, 0, NULL, &again, &err));
    assert_memory_equal(report.by_pair.table, again.by_pair.table, sizeof report.by_pair.table);
    assert_memory_equal(report.by_query.table, again.by_query.table, sizeof report.by_query.table);
    free(a);
    free(b);
    free(one);
    free(two);
    kit_folder_end(folder);
}

static void too_little_is_refused(void **state)
{
    struct match_rated rated[JUDGED];
    struct match_rate_report report;
    struct match_err err;

    (void)state;
    make_up(rated);
    assert_false(match_rate_learn(rated, MATCH_RATED_LEAST - 1, NULL, 0, NULL, &report, &err));
    assert_int_equal(err.code, MATCH_BAD_INPUT);
    rated[3].level = 5;
    assert_false(match_rate_learn(rated, JUDGED, NULL, 0, NULL, &report, &err));
    assert_non_null(strstr(err.message, "judgement 4: level 5"));
    rated[3].level = 1;
    rated[8].features[COSINE] = NAN;
    assert_false(match_rate_learn(rated, JUDGED, NULL, 0, NULL, &report, &err));
    assert_non_null(strstr(err.message, "judgement 9: cosine"));
    rated[8].features[COSINE] = 0;
    for (size_t i = 0; i < JUDGED; i++)
        rated[i].level = rated[i].level == 4 ? 3 : rated[i].level;
    assert_false(match_rate_learn(rated, JUDGED, NULL, 0, NULL, &report, &err));
    assert_non_null(strstr(err.message, "no judgement of level 4"));
}

/* --- an index that uses it --- */

/* Sums of 0.5 x score + 1 x met + 2 x judged and no more: a file as a person would write it. It remembers the very pair that is asked for. */
static const char by_hand[] =
    "tieqiao rating 2\n# by hand\nscore\t0.5\tany words\ndoc_title\t0\nbest_word\t0\nquery_title\t0\nin_title\t0\n"
    "in_text\t0\nlongest\t0\nparts\t0\ncosine\t0\nquery_words\t0\ndoc_length\t0\nmet\t1\nbroken\t0\njudged\t2\n"
    "threshold 1\t-3\nthreshold 2\t-2\nthreshold 3\t-1\n"
    "queries\t1\n离心泵叶片\t离心泵的轴承容易磨损\ndocuments\t1\n离心泵轴承\t用于化工厂的离心泵轴承，寿命长\n"
    "pairs\t1\n1\t1\t0.5\nend\n";

static struct match_index *small_city(const char *folder)
{
    struct match_index *index = kit_open(folder, NULL);
    struct kit_doc doc;

    kit_doc(&doc, 1, 0, "离心泵轴承", "用于化工厂的离心泵轴承，寿命长");
    doc.doc.facts.amount = 100;
    doc.doc.facts.trl_from = doc.doc.facts.trl_to = 4;
    kit_put(index, &doc);
    kit_put_line(index, 2, 0, "水稻育种", "新品种的选育方法");
    kit_commit(index, 1);
    return index;
}

static struct match_hit ask(struct match_index *index, double features[MATCH_FEATURES])
{
    struct match_snapshot *snapshot = match_snapshot(index);
    struct match_query query;
    struct match_hits hits;
    struct match_hit hit;
    struct match_err err;

    match_query_init(&query);
    query.title = kit_str("离心泵叶片");
    query.text = kit_str("离心泵的轴承容易磨损");
    query.ask.budget = 200;
    query.ask.trl_least = 6;
    query.only = 1;
    assert_true(match_search(snapshot, &query, &hits, &err));
    assert_int_equal(hits.lists[0].count, 1);
    hit = hits.lists[0].hits[0];
    assert_true(match_rate_features(snapshot, &query, features, &err));
    match_hits_release(&hits);
    match_snapshot_end(snapshot);
    return hit;
}

static void features_are_those_of_the_hit(void **state)
{
    char *folder = kit_folder();
    struct match_index *index = small_city(folder);
    double features[MATCH_FEATURES];
    struct match_hit hit = ask(index, features);

    (void)state;
    assert_true(fabs(features[SCORE] - log1p((double)hit.score)) < 1e-5);
    /* 离心 心泵 轴承 of 离心 心泵 泵轴 轴承 */
    assert_true(fabs(features[DOC_TITLE] - 0.75) < 1e-9);
    assert_true(features[BEST_WORD] > 0 && features[BEST_WORD] <= 1);
    assert_true(features[QUERY_TITLE] > 0 && features[QUERY_TITLE] < 1);
    assert_true(features[IN_TITLE] > 0);
    assert_true(fabs(100 * (features[IN_TITLE] + features[IN_TEXT]) - (double)hit.score) < 1e-3);
    assert_true(fabs(features[LONGEST] - log1p(3)) < 1e-9); /* 离心泵 */
    assert_true(features[PARTS] > 0);
    assert_true(features[COSINE] == 0);
    assert_true(fabs(features[MET] - 1) < 1e-9 && fabs(features[BROKEN] - 1) < 1e-9);
    assert_non_null(match_feature(BROKEN, NULL));
    assert_null(match_feature(MATCH_FEATURES, NULL));
    match_close(index);
    kit_folder_end(folder);
}

static double chance_by_hand(const double features[MATCH_FEATURES])
{
    return 1 / (1 + exp(-2 - (0.5 * features[SCORE] + features[MET] + 2 * features[JUDGED_ALIKE])));
}

static void an_index_rates_with_the_file_beside_it(void **state)
{
    char *folder = kit_folder(), *file = in_folder(folder, "mine");
    struct match_index *index = small_city(folder);
    double features[MATCH_FEATURES];
    struct match_hit first = ask(index, features), hit;
    struct match_err err;

    (void)state;
    write_file(file, by_hand);
    if (!match_rating(index, file, &err))
        fail_msg("match_rating: %s", err.message);
    hit = ask(index, features);
    assert_true(fabs((double)hit.chance - chance_by_hand(features)) < 1e-6);
    assert_true(fabsf(hit.chance - first.chance) > 1e-3F);
    assert_true(hit.score == first.score); /* the rating changes no rank */
    match_close(index);

    index = kit_open(folder, NULL);
    hit = ask(index, features);
    assert_true(fabs((double)hit.chance - chance_by_hand(features)) < 1e-6);
    kit_put_line(index, 3, 0, "齿轮", "齿轮箱");
    kit_commit(index, 2);
    hit = ask(index, features);
    assert_true(fabs((double)hit.chance - chance_by_hand(features)) < 1e-6);
    kit_drop(index, 3);
    kit_commit(index, 3);
    assert_true(match_rating(index, NULL, &err));
    hit = ask(index, features);
    assert_true(hit.chance == first.chance);
    match_close(index);
    index = kit_open(folder, NULL);
    hit = ask(index, features);
    assert_true(hit.chance == first.chance);
    match_close(index);
    free(file);
    kit_folder_end(folder);
}

static char *replaced(const char *from, const char *to)
{
    const char *at = strstr(by_hand, from);
    char *text = NULL;

    assert_non_null(at);
    assert_true(asprintf(&text, "%.*s%s%s", (int)(at - by_hand), by_hand, to, at + strlen(from)) > 0);
    return text;
}

/* 0.1 + 0.05 + 0.6 of the pull for the pair itself; of a document that shares nothing with the judged one, the query's share alone. */
static void a_judged_pair_speaks_for_those_like_it(void **state)
{
    char *folder = kit_folder(), *file = in_folder(folder, "mine"), *harsh;
    struct match_index *index = small_city(folder);
    double features[MATCH_FEATURES];
    struct match_snapshot *snapshot = match_snapshot(index);
    uint64_t before = match_version(snapshot), after;
    struct match_query query;
    struct match_err err;

    (void)state;
    match_snapshot_end(snapshot);
    ask(index, features);
    assert_true(features[JUDGED_ALIKE] == 0); /* the built-in rating remembers nothing */
    write_file(file, by_hand);
    assert_true(match_rating(index, file, &err));
    ask(index, features);
    assert_true(fabs(features[JUDGED_ALIKE] - 0.75 * 0.5) < 1e-4);
    kit_put_line(index, 3, 0, "水稻", "离心泵的轴承容易磨损");
    kit_commit(index, 2);
    snapshot = match_snapshot(index);
    match_query_init(&query);
    query.title = kit_str("离心泵叶片");
    query.text = kit_str("离心泵的轴承容易磨损");
    query.only = 3;
    assert_true(match_rate_features(snapshot, &query, features, &err));
    assert_true(features[JUDGED_ALIKE] > 0.15 * 0.5 && features[JUDGED_ALIKE] < 0.6 * 0.5);
    query.title = kit_str("水稻"); /* nothing like what was judged */
    query.text = kit_str("");
    assert_true(match_rate_features(snapshot, &query, features, &err));
    assert_true(fabs(features[JUDGED_ALIKE]) < 1e-9);
    before = match_version(snapshot);
    match_snapshot_end(snapshot);

    harsh = replaced("1\t1\t0.5", "1\t1\t-0.5");
    write_file(file, harsh);
    assert_true(match_rating(index, file, &err));
    snapshot = match_snapshot(index);
    after = match_version(snapshot);
    assert_true(before != after); /* what it remembers is part of the answer */
    match_snapshot_end(snapshot);
    ask(index, features);
    assert_true(fabs(features[JUDGED_ALIKE] + 0.75 * 0.5) < 1e-4);
    match_close(index);
    index = kit_open(folder, NULL);
    ask(index, features);
    assert_true(fabs(features[JUDGED_ALIKE] + 0.75 * 0.5) < 1e-4);
    match_close(index);
    free(harsh);
    free(file);
    kit_folder_end(folder);
}

/* --- judgements that only the texts explain --- */

enum { TRADES = 4, OF_TRADE = 10 };
static const char *const trades[TRADES] = {"离心泵轴承磨损", "水稻育种选种", "锂电池正极涂层", "中药提取纯化"};

struct told {
    struct match_rate_text queries[TRADES * OF_TRADE], docs[TRADES * OF_TRADE];
    char words[TRADES * OF_TRADE][64];
    struct match_rated rated[TRADES * OF_TRADE * TRADES * OF_TRADE / 2];
    size_t count;
};

/* Levels: 4 and 3 within a trade, 1 and 2 across; the features are the same for all. */
static void tell(struct told *told)
{
    uint64_t seed = 11;

    told->count = 0;
    for (size_t i = 0; i < TRADES * OF_TRADE; i++) {
        snprintf(told->words[i], sizeof told->words[i], "%s%c%c", trades[i % TRADES], (char)('a' + i % 20), (char)('b' + i / 20));
        told->queries[i] = told->docs[i] = (struct match_rate_text){kit_str(told->words[i]), kit_str("")};
    }
    for (uint32_t q = 0; q < TRADES * OF_TRADE; q++)
        for (uint32_t d = q % 2; d < TRADES * OF_TRADE; d += 2)
            told->rated[told->count++] = (struct match_rated){
                .level = (q % TRADES == d % TRADES ? 3 : 1) + (int)kit_below(&seed, 2), .pair = q * 100 + d, .query = q, .doc = d};
}

static void what_was_said_of_similar_pairs_counts(void **state)
{
    static struct told told;
    struct match_rate_report alone, report;
    struct match_rate_texts texts = {told.queries, told.docs, TRADES * OF_TRADE, TRADES * OF_TRADE};
    struct match_err err;

    (void)state;
    tell(&told);
    assert_true(match_rate_learn(told.rated, told.count, NULL, 0, NULL, &alone, &err));
    assert_true(match_rate_learn(told.rated, told.count, &texts, 0, NULL, &report, &err));
    assert_int_equal(alone.remembered, 0);
    assert_int_equal(report.remembered, told.count);
    assert_true(report.weight[JUDGED_ALIKE] > 0 && alone.weight[JUDGED_ALIKE] == 0);
    assert_true(alone.by_pair.mae > 0.7);
    /* half a level is a matter of luck, and luck cannot be foreseen */
    assert_true(report.by_pair.mae > 0.44 && report.by_pair.mae < 0.56);
    assert_true(report.by_query.mae > 0.44 && report.by_query.mae < 0.56); /* a query like others that were judged */
    for (unsigned b = 0; b < MATCH_RATE_BINS; b++) {
        const struct match_rate_bin *bin = &report.by_pair.bins[b];

        assert_true(bin->judgements < 40 || fabs(bin->chance - bin->said) < 0.2);
    }
    told.rated[5].doc = TRADES * OF_TRADE;
    assert_false(match_rate_learn(told.rated, told.count, &texts, 0, NULL, &report, &err));
    assert_non_null(strstr(err.message, "judgement 6: its query or document has no text"));
}

/* Were a pair rated by what was said of itself, levels drawn by lot would seem to be known. */
static void a_pair_is_not_rated_by_what_was_said_of_itself(void **state)
{
    static struct told told;
    struct match_rate_report report;
    struct match_rate_texts texts = {told.queries, told.docs, TRADES * OF_TRADE, TRADES * OF_TRADE};
    struct match_err err;
    uint64_t seed = 3;

    (void)state;
    tell(&told);
    for (size_t i = 0; i < told.count; i++)
        told.rated[i].level = 1 + (int)kit_below(&seed, 4);
    assert_true(match_rate_learn(told.rated, told.count, &texts, 0, NULL, &report, &err));
    assert_true(report.by_pair.mae > 0.85);
    assert_true(fabs(report.weight[JUDGED_ALIKE]) < 0.5);
}

static void a_learned_memory_comes_back_as_it_was_written(void **state)
{
    static struct told told;
    char *folder = kit_folder(), *one = in_folder(folder, "one"), *two = in_folder(folder, "two"), *a, *b;
    struct match_index *index = small_city(folder);
    struct match_rate_texts texts = {told.queries, told.docs, TRADES * OF_TRADE, TRADES * OF_TRADE};
    struct match_rate_report report;
    double features[MATCH_FEATURES];
    struct match_err err;

    (void)state;
    tell(&told);
    told.docs[0].text = kit_str("line\n\tbreaks\n# are no lines of the file\n");
    assert_true(match_rate_learn(told.rated, told.count, &texts, 0, one, &report, &err));
    assert_true(match_rate_learn(told.rated, told.count, &texts, 0, two, &report, &err));
    a = read_file(one);
    b = read_file(two);
    assert_string_equal(a, b);
    if (!match_rating(index, one, &err))
        fail_msg("match_rating: %s", err.message);
    ask(index, features);
    assert_true(features[JUDGED_ALIKE] > 0.05); /* pumps with pumps: 3 and 4 */
    match_close(index);
    free(a);
    free(b);
    free(one);
    free(two);
    kit_folder_end(folder);
}

static void a_tampered_file_is_refused_by_name(void **state)
{
    static const struct {
        const char *from, *to, *complaint;
    } tamperings[] = {
        {"tieqiao rating 2", "tieqiao rating 1", "of version 1"},
        {"tieqiao rating 2", "{}", "not a rating"},
        {"met\t1", "met\tnan", "line 14: not within 1000: met"},
        {"met\t1", "met\tinf", "not within 1000: met"},
        {"met\t1", "met\t1001", "not within 1000: met"},
        {"met\t1", "met\t", "no number for met"},
        {"met\t1", "met\t1x", "no number for met"},
        {"met\t1", "meet\t1", "expected met"},
        {"met\t1\n", "", "expected met"},
        {"threshold 2\t-2", "threshold 2\t-3", "the thresholds do not rise"},
        {"end\n", "end", "expected the end"},
        {"end\n", "", "expected the end"},
        {"end\n", "end\nmore\n", "expected the end"},
        {"1\t1\t0.5\nend\n", "1\t1\t0.", "the file ends before a pair"},
        {"queries\t1", "queries\t100001", "no number within bounds for queries"},
        {"queries\t1", "queries\t-1", "no number within bounds for queries"},
        {"queries\t1", "queries\t2", "expected documents"},
        {"documents\t1", "documents\t0", "expected pairs"},
        {"离心泵叶片\t离心泵的", "离心泵叶片离心泵的", "expected a title and a text: "},
        {"离心泵叶片\t离心泵的", "离心泵叶片\t离心泵\t的", "expected a title and a text: "},
        {"1\t1\t0.5", "1\t2\t0.5", "no query and document that are there"},
        {"1\t1\t0.5", "0\t1\t0.5", "no query and document that are there"},
        {"1\t1\t0.5", "1\t1\tnan", "line 25: no pull within 100: nan"},
        {"1\t1\t0.5", "1\t1\t101", "no pull within 100"},
        {"1\t1\t0.5", "1\t1\t0.5x", "no pull within 100"},
        {"pairs\t1", "pairs\t2", "no query and document that are there: end"},
    };
    char *folder = kit_folder(), *file = in_folder(folder, "mine"), *placed = in_folder(folder, "rating");
    struct match_index *index = small_city(folder);
    double features[MATCH_FEATURES];
    struct match_hit first = ask(index, features), hit;
    struct match_stats stats;
    struct match_err err;

    (void)state;
    for (size_t t = 0; t < sizeof tamperings / sizeof *tamperings; t++) {
        char *text = replaced(tamperings[t].from, tamperings[t].to);

        write_file(file, text);
        if (match_rating(index, file, &err))
            fail_msg("taken with \"%s\"", tamperings[t].to);
        assert_int_equal(err.code, MATCH_CORRUPT);
        if (!strstr(err.message, tamperings[t].complaint))
            fail_msg("\"%s\" does not say \"%s\"", err.message, tamperings[t].complaint);
        assert_true(access(placed, F_OK) != 0);
        match_close(index);

        write_file(placed, text); /* altered on the disk: the built-in one serves on, and the index says why */
        index = kit_open(folder, NULL);
        hit = ask(index, features);
        assert_true(hit.chance == first.chance);
        match_stats(index, &stats);
        assert_non_null(strstr(stats.last_failure.message, tamperings[t].complaint));
        assert_true(match_rating(index, NULL, &err));
        free(text);
    }
    match_close(index);
    free(file);
    free(placed);
    kit_folder_end(folder);
}

static void a_learned_file_is_one_that_can_be_used(void **state)
{
    char *folder = kit_folder(), *file = in_folder(folder, "learned");
    struct match_index *index = small_city(folder);
    struct match_rate_report report;
    double features[MATCH_FEATURES], sum = 0;
    struct match_hit hit;
    struct match_err err;

    (void)state;
    learned(file, &report);
    if (!match_rating(index, file, &err))
        fail_msg("match_rating: %s", err.message);
    hit = ask(index, features);
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        sum += report.weight[f] * features[f];
    assert_true(fabs((double)hit.chance - 1 / (1 + exp(report.threshold[1] - sum))) < 1e-4);
    match_close(index);
    free(file);
    kit_folder_end(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_judgements_were_made_from_is_found),
        cmocka_unit_test(order_and_time_change_nothing),
        cmocka_unit_test(too_little_is_refused),
        cmocka_unit_test(features_are_those_of_the_hit),
        cmocka_unit_test(an_index_rates_with_the_file_beside_it),
        cmocka_unit_test(a_judged_pair_speaks_for_those_like_it),
        cmocka_unit_test(what_was_said_of_similar_pairs_counts),
        cmocka_unit_test(a_pair_is_not_rated_by_what_was_said_of_itself),
        cmocka_unit_test(a_learned_memory_comes_back_as_it_was_written),
        cmocka_unit_test(a_tampered_file_is_refused_by_name),
        cmocka_unit_test(a_learned_file_is_one_that_can_be_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
