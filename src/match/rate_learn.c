/*
 * The ordinal logistic model (McCullagh, J. R. Stat. Soc. B 42, 1980) by Newton's method on features brought to mean 0 and
 * variance 1, with a ridge on the weights. A judgement of level y has P = F(t[y] - s) - F(t[y-1] - s); its logarithm is concave
 * in weights and thresholds, so there is one best model and the way there is the same each time.
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

enum { CUTS = MATCH_LEVELS - 1, SIZE = MATCH_FEATURES + CUTS, STEPS = 60, FOLDS = 5, EVERY = -1 };
#define RIDGE_USUAL 1e-3
#define CUT_RIDGE 1e-4 /* towards where the thresholds begin: a fold may lack a level */
static const double cuts_begin[CUTS] = {-1, 1, 3};

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
    double mean[MATCH_FEATURES], spread[MATCH_FEATURES]; /* spread 0: the feature is the same everywhere */
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

static size_t measure(struct learning *learning)
{
    size_t count = 0;

    memset(learning->mean, 0, sizeof learning->mean);
    memset(learning->spread, 0, sizeof learning->spread);
    for (size_t i = 0; i < learning->count; i++) {
        const struct match_rated *rated = &learning->rated[i];

        if (!is_in(learning, rated))
            continue;
        count++;
        for (unsigned f = 0; f < MATCH_FEATURES; f++) {
            double step = rated->features[f] - learning->mean[f];

            learning->mean[f] += step / (double)count; /* Welford 1962 */
            learning->spread[f] += step * (rated->features[f] - learning->mean[f]);
        }
    }
    for (unsigned f = 0; f < MATCH_FEATURES; f++) {
        learning->spread[f] = count ? sqrt(learning->spread[f] / (double)count) : 0;
        if (learning->spread[f] < 1e-9)
            learning->spread[f] = 0;
    }
    return count;
}

static void standardise(const struct learning *learning, const struct match_rated *rated, double x[MATCH_FEATURES])
{
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        x[f] = learning->spread[f] > 0 ? (rated->features[f] - learning->mean[f]) / learning->spread[f] : 0;
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

/* --- one step --- */

struct slope {
    double gain[SIZE], bend[SIZE][SIZE]; /* gradient, and minus the matrix of second derivatives */
    double worth;                        /* log likelihood less the ridge, a judgement; -INFINITY: no model */
};

/* Adds one side of a judgement: value, and what it does with side number `cut` (-1: that side is at infinity). */
static void add_side(struct slope *slope, const double x[MATCH_FEATURES], int cut, double first)
{
    if (cut < 0)
        return;
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        slope->gain[f] -= first * x[f];
    slope->gain[MATCH_FEATURES + cut] += first;
}

static void side_vector(const double x[MATCH_FEATURES], int cut, double out[SIZE])
{
    memset(out, 0, SIZE * sizeof *out);
    if (cut < 0)
        return;
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        out[f] = -x[f];
    out[MATCH_FEATURES + cut] = 1;
}

static void add_bend(struct slope *slope, const double a[SIZE], const double b[SIZE], double aa, double bb, double ab)
{
    for (unsigned i = 0; i < SIZE; i++)
        for (unsigned j = 0; j <= i; j++)
            slope->bend[i][j] -= aa * a[i] * a[j] + bb * b[i] * b[j] + ab * (a[i] * b[j] + b[i] * a[j]);
}

static void add_one(struct slope *slope, const double at[SIZE], const double x[MATCH_FEATURES], int level)
{
    int upper = level < MATCH_LEVELS ? level - 1 : -1, lower = level > 1 ? level - 2 : -1;
    double sum = 0, fa, fb, da, db, p, a[SIZE], b[SIZE];

    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        sum += at[f] * x[f];
    fa = upper < 0 ? 1 : logistic(at[MATCH_FEATURES + upper] - sum);
    fb = lower < 0 ? 0 : logistic(at[MATCH_FEATURES + lower] - sum);
    p = fmax(fa - fb, 1e-12);
    da = fa * (1 - fa) / p;
    db = fb * (1 - fb) / p;
    slope->worth += log(p);
    add_side(slope, x, upper, da);
    add_side(slope, x, lower, -db);
    side_vector(x, upper, a);
    side_vector(x, lower, b);
    add_bend(slope, a, b, da * (1 - 2 * fa) - da * da, -db * (1 - 2 * fb) - db * db, da * db);
}

static bool cuts_rise(const double at[SIZE])
{
    for (unsigned l = 1; l < CUTS; l++)
        if (!(at[MATCH_FEATURES + l] > at[MATCH_FEATURES + l - 1]))
            return false;
    return true;
}

static void add_ridge(struct slope *slope, const double at[SIZE], double ridge)
{
    for (unsigned i = 0; i < SIZE; i++) {
        bool cut = i >= MATCH_FEATURES;
        double pull = cut ? CUT_RIDGE : ridge, off = at[i] - (cut ? cuts_begin[i - MATCH_FEATURES] : 0);

        slope->worth -= pull * off * off / 2;
        slope->gain[i] -= pull * off;
        slope->bend[i][i] += pull;
    }
}

static void slope_at(const struct learning *learning, size_t count, const double at[SIZE], struct slope *slope)
{
    double x[MATCH_FEATURES];

    memset(slope, 0, sizeof *slope);
    if (!cuts_rise(at)) {
        slope->worth = -INFINITY;
        return;
    }
    for (size_t i = 0; i < learning->count; i++) {
        if (!is_in(learning, &learning->rated[i]))
            continue;
        standardise(learning, &learning->rated[i], x);
        add_one(slope, at, x, learning->rated[i].level);
    }
    slope->worth /= (double)count;
    for (unsigned i = 0; i < SIZE; i++) {
        slope->gain[i] /= (double)count;
        for (unsigned j = 0; j <= i; j++)
            slope->bend[i][j] /= (double)count;
    }
    add_ridge(slope, at, learning->ridge);
}

/* bend x step = gain, by Cholesky; the ridge keeps the matrix positive definite. */
static void solve(struct slope *slope, double step[SIZE])
{
    double(*l)[SIZE] = slope->bend;

    for (unsigned i = 0; i < SIZE; i++)
        for (unsigned j = 0; j <= i; j++) {
            double sum = l[i][j];

            for (unsigned k = 0; k < j; k++)
                sum -= l[i][k] * l[j][k];
            l[i][j] = i == j ? sqrt(fmax(sum, 1e-12)) : sum / l[j][j];
        }
    for (unsigned i = 0; i < SIZE; i++) {
        step[i] = slope->gain[i];
        for (unsigned k = 0; k < i; k++)
            step[i] -= l[i][k] * step[k];
        step[i] /= l[i][i];
    }
    for (unsigned i = SIZE; i-- > 0;) {
        for (unsigned k = i + 1; k < SIZE; k++)
            step[i] -= l[k][i] * step[k];
        step[i] /= l[i][i];
    }
}

/* Moves `at` uphill: the whole step, or the first of its halves that gains. false: nothing gains. */
static bool climb(const struct learning *learning, size_t count, double at[SIZE], struct slope *slope)
{
    double step[SIZE], next[SIZE], share = 1, had = slope->worth;

    solve(slope, step);
    for (int half = 0; half < 30; half++, share /= 2) {
        for (unsigned i = 0; i < SIZE; i++)
            next[i] = at[i] + share * step[i];
        slope_at(learning, count, next, slope);
        if (slope->worth > had + 1e-12) {
            memcpy(at, next, sizeof next);
            return true;
        }
    }
    return false;
}

/* Weights and thresholds back on the features as they are. */
static struct rate_model as_model(const struct learning *learning, const double at[SIZE])
{
    struct rate_model model = {{0}, {0}};
    double shift = 0;

    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        if (learning->spread[f] > 0) {
            model.weight[f] = at[f] / learning->spread[f];
            shift += model.weight[f] * learning->mean[f];
        }
    for (unsigned l = 0; l < CUTS; l++)
        model.threshold[l] = at[MATCH_FEATURES + l] + shift;
    return model;
}

static struct rate_model fit(struct learning *learning)
{
    double at[SIZE] = {0};
    size_t count = measure(learning);
    struct slope slope;

    memcpy(at + MATCH_FEATURES, cuts_begin, sizeof cuts_begin);
    if (count == 0)
        return as_model(learning, at);
    slope_at(learning, count, at, &slope);
    for (int step = 0; step < STEPS && climb(learning, count, at, &slope); step++)
        ;
    return as_model(learning, at);
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

    for (size_t i = 0; i < learning->count; i++)
        memory->in[memory->of[i]] = is_in(learning, &learning->rated[i]);
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
    struct learning beside = *learning;
    struct rate_model shares, model = *weights;

    say_of_others(memory, FOLDS_BY_PAIR);
    put_sums(learning, weights, memory->sums);
    say_of_others(memory, FOLDS_BY_QUERY);
    put_sums(learning, weights, memory->sums + learning->count);
    beside.rated = memory->sums;
    beside.count = 2 * learning->count;
    shares = fit(&beside);
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
    struct rate_model weights = fit(learning), model;

    if (!memory)
        return weights;
    mark_in(learning);
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
    return good;
}
