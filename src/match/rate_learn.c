/*
 * A rating from judgements, and how well it does on those it has not seen. rate_fit.c fits the weights.
 *
 * Where there are texts, judged pairs are remembered (recall.h): first the weights alone are learned; then from what they miss
 * the pulls of the judged pairs; then, from what each part of the pairs says of the others, how much the sum of the weights and the
 * remembered count beside each other, and where the thresholds lie. A pair is never rated by what was said of itself.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/fail.h"
#include "match/rate.h"
#include "match/recall.h"
#include "match/term.h"

enum { FOLDS = 5, EVERY = -1 };
#define RIDGE_USUAL 1e-3

enum folds { FOLDS_BY_PAIR, FOLDS_BY_QUERY };

/* The pairs that are remembered, by their numbers. */
struct memory {
    struct recall *recall;
    struct recall_lesson *lesson;
    size_t count;
    uint32_t *numbers, *queries;    /* a pair: the caller's number, ascending, and its query's */
    size_t *of;                     /* a judgement: its pair */
    double *judgements, *missed;    /* a pair: how many, and the mean of what the weights alone miss */
    bool *in, *part;                /* a pair: may be learned from; and is, just now */
    float *pulls, *said, *part_said;
    struct match_rated *sums;       /* two a judgement: what the weights sum up to, and what is remembered, as two features */
};

struct learning {
    struct match_rated *rated;      /* our own */
    size_t count;
    struct memory *memory;          /* NULL: weights alone */
    double ridge;
    bool *in;                       /* a judgement, twice over for memory->sums: what is learned from */
    enum folds by;
    int without; /* the fold that is left out; EVERY: none is */
};

/* Folds are by a hash of the number, so that they do not depend on the order of the judgements. */
static int fold_of(const struct match_rated *rated, enum folds by)
{
    return (int)(term_mix((by == FOLDS_BY_PAIR ? rated->pair : rated->query) + UINT64_C(1)) % FOLDS);
}

static bool is_in(const struct learning *learning, const struct match_rated *rated)
{
    return learning->without == EVERY || fold_of(rated, learning->by) != learning->without;
}

/* --- how well it fits --- */

static void fit_add(struct match_rate_fit *to, const struct rate_model *model, const struct match_rated *rated)
{
    enum match_rating rating;
    struct match_rate_bin *bin;
    float chance;

    rate_apply(model, rated->features, &rating, &chance);
    bin = &to->bins[chance >= 1 ? MATCH_RATE_BINS - 1 : (unsigned)(chance * MATCH_RATE_BINS)];
    bin->judgements++;
    bin->chance += (double)chance;
    bin->said += rated->level >= MATCH_FAIR;
    to->judgements++;
    to->mae += abs((int)rating - rated->level);
    to->table[rated->level - 1][rating - 1]++;
}

static void fit_end(struct match_rate_fit *to)
{
    to->mae /= to->judgements ? (double)to->judgements : 1;
    for (unsigned b = 0; b < MATCH_RATE_BINS; b++)
        if (to->bins[b].judgements) {
            to->bins[b].chance /= (double)to->bins[b].judgements;
            to->bins[b].said /= (double)to->bins[b].judgements;
        }
}

/* --- with what is remembered --- */

static void mark_in(const struct learning *learning)
{
    struct memory *memory = learning->memory;

    for (size_t i = 0; i < learning->count; i++) {
        bool in = is_in(learning, &learning->rated[i]);

        learning->in[i] = learning->in[learning->count + i] = in;
        if (memory)
            memory->in[memory->of[i]] = in;
    }
}

static void find_missed(const struct learning *learning, const struct rate_model *weights)
{
    struct memory *memory = learning->memory;

    memset(memory->missed, 0, memory->count * sizeof *memory->missed);
    for (size_t i = 0; i < learning->count; i++)
        memory->missed[memory->of[i]] += (learning->rated[i].level - rate_expects(weights, learning->rated[i].features))
                                         / memory->judgements[memory->of[i]];
}

/* Folds of their own, so that pairs are not always remembered beside the same others. */
static int part_of(const struct memory *memory, size_t pair, enum folds by)
{
    uint32_t number = by == FOLDS_BY_PAIR ? memory->numbers[pair] : memory->queries[pair];

    return (int)(term_mix(term_mix(number + UINT64_C(1)) + UINT64_C(1)) % FOLDS);
}

/* said: of each pair that is in, by the other parts of those that are. */
static void say_of_others(struct memory *memory, enum folds by)
{
    for (int part = 0; part < FOLDS; part++) {
        for (size_t p = 0; p < memory->count; p++)
            memory->part[p] = memory->in[p] && part_of(memory, p, by) != part;
        recall_learn(memory->lesson, memory->part, memory->missed, memory->pulls, memory->part_said);
        for (size_t p = 0; p < memory->count; p++)
            if (part_of(memory, p, by) == part)
                memory->said[p] = memory->part_said[p];
    }
}

static void put_sums(const struct learning *learning, const struct rate_model *weights, struct match_rated *sums)
{
    for (size_t i = 0; i < learning->count; i++) {
        const struct match_rated *rated = &learning->rated[i];

        sums[i] = (struct match_rated){.level = rated->level, .pair = rated->pair, .query = rated->query};
        sums[i].features[RATE_SCORE] = rate_sum(weights, rated->features);
        sums[i].features[RATE_JUDGED] = (double)learning->memory->said[learning->memory->of[i]];
    }
}

/*
 * How much the weights and the remembered count beside each other. Each judgement twice: as a pair of a query of which others
 * were judged, and as one of a new query, so that the chances hold for both.
 */
static struct rate_model balance(const struct learning *learning, const struct rate_model *weights)
{
    struct memory *memory = learning->memory;
    struct rate_model shares, model = *weights;

    say_of_others(memory, FOLDS_BY_PAIR);
    put_sums(learning, weights, memory->sums);
    say_of_others(memory, FOLDS_BY_QUERY);
    put_sums(learning, weights, memory->sums + learning->count);
    shares = rate_fit(memory->sums, 2 * learning->count, learning->in, learning->ridge);
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        model.weight[f] *= shares.weight[RATE_SCORE];
    model.weight[RATE_JUDGED] = shares.weight[RATE_JUDGED];
    memcpy(model.threshold, shares.threshold, sizeof model.threshold);
    return model;
}

/* The model of what is in; memory->pulls are its, and memory->said what it says of each pair. */
static struct rate_model learn_all(struct learning *learning)
{
    struct memory *memory = learning->memory;
    struct rate_model weights, model;

    mark_in(learning);
    weights = rate_fit(learning->rated, learning->count, learning->in, learning->ridge);
    if (!memory)
        return weights;
    find_missed(learning, &weights);
    model = balance(learning, &weights);
    recall_learn(memory->lesson, memory->in, memory->missed, memory->pulls, memory->said);
    return model;
}

static void by_folds(struct learning *learning, enum folds by, struct match_rate_fit *to)
{
    learning->by = by;
    for (learning->without = 0; learning->without < FOLDS; learning->without++) {
        struct rate_model model = learn_all(learning);

        for (size_t i = 0; i < learning->count; i++) {
            struct match_rated rated = learning->rated[i];

            if (is_in(learning, &rated))
                continue;
            if (learning->memory)
                rated.features[RATE_JUDGED] = (double)learning->memory->said[learning->memory->of[i]];
            fit_add(to, &model, &rated);
        }
    }
    learning->without = EVERY;
    fit_end(to);
}

/* --- which pairs there are --- */

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

static void *room(size_t count, size_t size)
{
    void *at = calloc(count + 1, size);

    if (!at)
        abort();
    return at;
}

static void memory_room(struct memory *memory, size_t judgements)
{
    memory->of = room(judgements, sizeof *memory->of);
    memory->sums = room(2 * judgements, sizeof *memory->sums);
    memory->queries = room(memory->count, sizeof *memory->queries);
    memory->judgements = room(memory->count, sizeof *memory->judgements);
    memory->missed = room(memory->count, sizeof *memory->missed);
    memory->in = room(memory->count, sizeof *memory->in);
    memory->part = room(memory->count, sizeof *memory->part);
    memory->pulls = room(memory->count, sizeof *memory->pulls);
    memory->said = room(memory->count, sizeof *memory->said);
    memory->part_said = room(memory->count, sizeof *memory->part_said);
}

static void memory_end(struct memory *memory)
{
    recall_lesson_end(memory->lesson);
    recall_let_go(memory->recall);
    free(memory->numbers);
    free(memory->queries);
    free(memory->of);
    free(memory->sums);
    free(memory->judgements);
    free(memory->missed);
    free(memory->in);
    free(memory->part);
    free(memory->pulls);
    free(memory->said);
    free(memory->part_said);
}

/* The pairs' numbers, each once, ascending. */
static void number_pairs(struct memory *memory, const struct match_rated *rated, size_t count)
{
    memory->numbers = room(count, sizeof *memory->numbers);
    for (size_t i = 0; i < count; i++)
        memory->numbers[i] = rated[i].pair;
    qsort(memory->numbers, count, sizeof *memory->numbers, by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || memory->numbers[i] != memory->numbers[memory->count - 1])
            memory->numbers[memory->count++] = memory->numbers[i];
}

/* Of the texts those that stand in a pair, in the pairs' order. */
struct kept {
    struct match_rate_text *texts;
    uint32_t *places; /* a given text: its place + 1, 0 where it is not kept */
    size_t count;
};

static uint32_t keep(struct kept *kept, const struct match_rate_text *texts, uint32_t number)
{
    if (!kept->places[number]) {
        kept->texts[kept->count++] = texts[number];
        kept->places[number] = (uint32_t)kept->count;
    }
    return kept->places[number] - 1;
}

static struct recall *remember(const struct match_rate_texts *texts, struct recall_pair *pairs, size_t count,
                               struct match_err *err)
{
    struct kept queries = {room(count, sizeof *queries.texts), room(texts->query_count, sizeof *queries.places), 0};
    struct kept docs = {room(count, sizeof *docs.texts), room(texts->doc_count, sizeof *docs.places), 0};
    struct recall *recall;

    for (size_t p = 0; p < count; p++) {
        pairs[p].query = keep(&queries, texts->queries, pairs[p].query);
        pairs[p].doc = keep(&docs, texts->docs, pairs[p].doc);
    }
    recall = recall_new(&(struct match_rate_texts){queries.texts, docs.texts, queries.count, docs.count}, err);
    if (recall)
        recall_pairs(recall, pairs, count);
    free(queries.texts);
    free(queries.places);
    free(docs.texts);
    free(docs.places);
    return recall;
}

static bool memory_start(struct memory *memory, const struct match_rated *rated, size_t count,
                         const struct match_rate_texts *texts, struct match_err *err)
{
    struct recall_pair *pairs = room(memory->count, sizeof *pairs);

    memory_room(memory, count);
    for (size_t i = 0; i < count; i++) {
        const uint32_t *at = bsearch(&rated[i].pair, memory->numbers, memory->count, sizeof *at, by_number);

        memory->of[i] = (size_t)(at - memory->numbers);
        memory->judgements[memory->of[i]]++;
        memory->queries[memory->of[i]] = rated[i].query;
        pairs[memory->of[i]] = (struct recall_pair){rated[i].query, rated[i].doc, 0};
    }
    memory->recall = remember(texts, pairs, memory->count, err);
    if (memory->recall)
        memory->lesson = recall_lesson(memory->recall, memory->judgements);
    free(pairs);
    return memory->recall != NULL;
}

/* --- what is given --- */

static bool check_one(const struct match_rated *rated, size_t number, struct match_err *err)
{
    if (rated->level < 1 || rated->level > MATCH_LEVELS)
        return match_fail(err, MATCH_BAD_INPUT, "judgement %zu: level %d, not 1 to 4", number + 1, rated->level);
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        if (!isfinite(rated->features[f]))
            return match_fail(err, MATCH_BAD_INPUT, "judgement %zu: %s is no number", number + 1, match_feature(f, NULL));
    return true;
}

static bool check_all(const struct match_rated *rated, size_t count, struct match_err *err)
{
    size_t of_level[MATCH_LEVELS] = {0};

    if (count < MATCH_RATED_LEAST)
        return match_fail(err, MATCH_BAD_INPUT, "%zu judgements: at least %d are needed", count, MATCH_RATED_LEAST);
    for (size_t i = 0; i < count; i++) {
        if (!check_one(&rated[i], i, err))
            return false;
        of_level[rated[i].level - 1]++;
    }
    for (unsigned l = 0; l < MATCH_LEVELS; l++)
        if (of_level[l] == 0)
            return match_fail(err, MATCH_BAD_INPUT, "no judgement of level %u", l + 1);
    return true;
}

static bool check_texts(const struct match_rated *rated, size_t count, const struct match_rate_texts *texts,
                        struct match_err *err)
{
    if (texts->query_count > RECALL_TEXTS_MOST || texts->doc_count > RECALL_TEXTS_MOST)
        return match_fail(err, MATCH_BAD_INPUT, "more than %d texts", RECALL_TEXTS_MOST);
    for (size_t i = 0; i < count; i++)
        if (rated[i].query >= texts->query_count || rated[i].doc >= texts->doc_count)
            return match_fail(err, MATCH_BAD_INPUT, "judgement %zu: its query or document has no text", i + 1);
    return true;
}

static bool report_all(struct learning *learning, const char *file, struct match_rate_report *report,
                       struct match_err *err)
{
    struct memory *memory = learning->memory;
    struct rate_model model;

    by_folds(learning, FOLDS_BY_PAIR, &report->by_pair);
    by_folds(learning, FOLDS_BY_QUERY, &report->by_query);
    for (size_t i = 0; i < learning->count; i++)
        fit_add(&report->built_in, &rate_builtin, &learning->rated[i]);
    fit_end(&report->built_in);
    model = learn_all(learning);
    memcpy(report->weight, model.weight, sizeof report->weight);
    memcpy(report->threshold, model.threshold, sizeof report->threshold);
    report->remembered = memory ? memory->count : 0;
    if (memory)
        recall_pull(memory->recall, memory->pulls);
    if (!rate_is_sound(&model))
        return match_fail(err, MATCH_BAD_INPUT, "these judgements give no model: weights beyond %g", RATE_MOST);
    return !file || rate_write(file, &model, memory ? memory->recall : NULL, report, err);
}

bool match_rate_learn(const struct match_rated *rated, size_t count, const struct match_rate_texts *texts, double ridge,
                      const char *file, struct match_rate_report *report, struct match_err *err)
{
    struct learning learning = {.count = count, .ridge = ridge > 0 ? ridge : RIDGE_USUAL, .without = EVERY};
    struct memory memory = {0};
    bool good = true;

    memset(report, 0, sizeof *report);
    if (!check_all(rated, count, err) || (texts && !check_texts(rated, count, texts, err)))
        return false;
    learning.rated = room(count, sizeof *learning.rated);
    learning.in = room(2 * count, sizeof *learning.in);
    memcpy(learning.rated, rated, count * sizeof *rated);
    for (size_t i = 0; i < count; i++)
        learning.rated[i].features[RATE_JUDGED] = 0;
    number_pairs(&memory, rated, count);
    if (texts && memory.count <= MATCH_RATE_REMEMBERED) {
        good = memory_start(&memory, rated, count, texts, err);
        learning.memory = &memory;
    }
    good = good && report_all(&learning, file, report, err);
    memory_end(&memory);
    free(learning.rated);
    free(learning.in);
    return good;
}
