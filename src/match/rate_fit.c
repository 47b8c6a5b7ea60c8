/*
 * The ordinal logistic model (McCullagh, J. R. Stat. Soc. B 42, 1980) by Newton's method on features brought to mean 0 and
 * variance 1, with a ridge on the weights. A judgement of level y has P = F(t[y] - s) - F(t[y-1] - s); its logarithm is concave
 * in weights and thresholds, so there is one best model and the way there is the same each time.
 */
#include <math.h>
#include <string.h>

#include "match/rate.h"

enum { CUTS = MATCH_LEVELS - 1, SIZE = MATCH_FEATURES + CUTS, STEPS = 60 };
#define CUT_RIDGE 1e-4 /* towards where the thresholds begin: a fold may lack a level */
static const double cuts_begin[CUTS] = {-1, 1, 3};

struct fitting {
    const struct match_rated *rated;
    size_t count;
    const bool *in;
    double ridge;
    double mean[MATCH_FEATURES], spread[MATCH_FEATURES]; /* spread 0: the feature is the same everywhere */
};

static size_t measure(struct fitting *fitting)
{
    size_t count = 0;

    memset(fitting->mean, 0, sizeof fitting->mean);
    memset(fitting->spread, 0, sizeof fitting->spread);
    for (size_t i = 0; i < fitting->count; i++) {
        const struct match_rated *rated = &fitting->rated[i];

        if (!fitting->in[i])
            continue;
        count++;
        for (unsigned f = 0; f < MATCH_FEATURES; f++) {
            double step = rated->features[f] - fitting->mean[f];

            fitting->mean[f] += step / (double)count; /* Welford 1962 */
            fitting->spread[f] += step * (rated->features[f] - fitting->mean[f]);
        }
    }
    for (unsigned f = 0; f < MATCH_FEATURES; f++) {
        fitting->spread[f] = count ? sqrt(fitting->spread[f] / (double)count) : 0;
        if (fitting->spread[f] < 1e-9)
            fitting->spread[f] = 0;
    }
    return count;
}

static void standardise(const struct fitting *fitting, const struct match_rated *rated, double x[MATCH_FEATURES])
{
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        x[f] = fitting->spread[f] > 0 ? (rated->features[f] - fitting->mean[f]) / fitting->spread[f] : 0;
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

static void slope_at(const struct fitting *fitting, size_t count, const double at[SIZE], struct slope *slope)
{
    double x[MATCH_FEATURES];

    memset(slope, 0, sizeof *slope);
    if (!cuts_rise(at)) {
        slope->worth = -INFINITY;
        return;
    }
    for (size_t i = 0; i < fitting->count; i++) {
        if (!fitting->in[i])
            continue;
        standardise(fitting, &fitting->rated[i], x);
        add_one(slope, at, x, fitting->rated[i].level);
    }
    slope->worth /= (double)count;
    for (unsigned i = 0; i < SIZE; i++) {
        slope->gain[i] /= (double)count;
        for (unsigned j = 0; j <= i; j++)
            slope->bend[i][j] /= (double)count;
    }
    add_ridge(slope, at, fitting->ridge);
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
static bool climb(const struct fitting *fitting, size_t count, double at[SIZE], struct slope *slope)
{
    double step[SIZE], next[SIZE], share = 1, had = slope->worth;

    solve(slope, step);
    for (int half = 0; half < 30; half++, share /= 2) {
        for (unsigned i = 0; i < SIZE; i++)
            next[i] = at[i] + share * step[i];
        slope_at(fitting, count, next, slope);
        if (slope->worth > had + 1e-12) {
            memcpy(at, next, sizeof next);
            return true;
        }
    }
    return false;
}

/* Weights and thresholds back on the features as they are. */
static struct rate_model as_model(const struct fitting *fitting, const double at[SIZE])
{
    struct rate_model model = {{0}, {0}};
    double shift = 0;

    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        if (fitting->spread[f] > 0) {
            model.weight[f] = at[f] / fitting->spread[f];
            shift += model.weight[f] * fitting->mean[f];
        }
    for (unsigned l = 0; l < CUTS; l++)
        model.threshold[l] = at[MATCH_FEATURES + l] + shift;
    return model;
}

struct rate_model rate_fit(const struct match_rated *rated, size_t count, const bool *in, double ridge)
{
    struct fitting fitting = {.rated = rated, .count = count, .in = in, .ridge = ridge};
    double at[SIZE] = {0};
    size_t counted = measure(&fitting);
    struct slope slope;

    memcpy(at + MATCH_FEATURES, cuts_begin, sizeof cuts_begin);
    if (counted == 0)
        return as_model(&fitting, at);
    slope_at(&fitting, counted, at, &slope);
    for (int step = 0; step < STEPS && climb(&fitting, counted, at, &slope); step++)
        ;
    return as_model(&fitting, at);
}
