/*
 * The rounds of learning. All that threads share out is shared so that nobody adds up what another has: the numbers come out
 * the same with any number of threads.
 */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "match/kernel.h"
#include "match/learn_int.h"
#include "match/term.h"

enum { LINE = 16 /* floats of a line of the cache */, BLOCK_TERMS = 256 };

/* --- sharing out --- */

struct square { /* the directions' columns multiplied with each other, or what makes them square */
    double *products;
    float *block, *upper;
};

struct share {
    struct learning *learning;
    const struct square *square;
    void (*work)(const struct share *share);
    unsigned number, of;
    pthread_t thread;
    bool is_apart;
};

static void *work_share(void *arg)
{
    const struct share *share = arg;

    share->work(share);
    return NULL;
}

/* What no thread can be had for is done here. */
static void share_out(struct learning *learning, const struct square *square, unsigned most,
                      void (*work)(const struct share *share))
{
    struct share shares[LEARN_THREADS_MOST];
    unsigned of = learning->threads < most ? learning->threads : most;

    for (unsigned t = 0; t < of; t++) {
        shares[t] = (struct share){learning, square, work, t, of, 0, false};
        shares[t].is_apart = t > 0 && pthread_create(&shares[t].thread, NULL, work_share, &shares[t]) == 0;
    }
    for (unsigned t = 0; t < of; t++)
        if (!shares[t].is_apart)
            work(&shares[t]);
    for (unsigned t = 0; t < of; t++)
        if (shares[t].is_apart)
            pthread_join(shares[t].thread, NULL);
}

static size_t share_from(const struct share *share, size_t count, unsigned number)
{
    return count * number / share->of;
}

/* --- a document's weights through the directions and back --- */

/* Some of the dimensions, whole lines of them. */
static void there_and_back(const struct share *share)
{
    const struct learning *learning = share->learning;
    const struct kernel *kernel = kernel_best();
    size_t lines = learning->dims / LINE, from = LINE * share_from(share, lines, share->number);
    size_t count = LINE * share_from(share, lines, share->number + 1) - from;
    float there[MODEL_DIMS_MOST];

    for (uint32_t t = 0; t < learning->terms; t++)
        memset(learning->sums + (size_t)t * learning->dims + from, 0, count * sizeof *there);
    for (size_t r = 0; r < learning->row_count; r++) {
        const struct weight *first = learning->weights + learning->rows[r].from;
        const struct weight *end = learning->weights + learning->rows[r].to;

        memset(there, 0, count * sizeof *there);
        for (const struct weight *w = first; w < end; w++)
            kernel->add_scaled(there, learning->directions + (size_t)w->term * learning->dims + from, w->weight, count);
        for (const struct weight *w = first; w < end; w++)
            kernel->add_scaled(learning->sums + (size_t)w->term * learning->dims + from, there, w->weight, count);
    }
}

/* --- square to each other --- */

/* products[i][j], j <= i: of the directions' columns. Every so many-th i. */
static void multiply_columns(const struct share *share)
{
    const struct learning *learning = share->learning;
    const struct kernel *kernel = kernel_best();
    size_t dims = learning->dims;

    for (uint32_t from = 0; from < learning->terms; from += BLOCK_TERMS) { /* in single precision no further than this */
        uint32_t to = from + BLOCK_TERMS < learning->terms ? from + BLOCK_TERMS : learning->terms;

        for (size_t i = share->number; i < dims; i += share->of) {
            float *block = share->square->block + i * dims;

            memset(block, 0, (i + 1) * sizeof *block);
            for (uint32_t t = from; t < to; t++) {
                const float *row = learning->directions + (size_t)t * dims;

                kernel->add_scaled(block, row, row[i], i + 1);
            }
            for (size_t j = 0; j <= i; j++)
                share->square->products[i * dims + j] += (double)block[j];
        }
    }
}

/* In place: the lower triangle L with products = L L'. A column that says nothing new gets a 0. */
static void cholesky(double *products, unsigned dims)
{
    for (unsigned j = 0; j < dims; j++) {
        double *row = products + (size_t)j * dims, rest = row[j], whole = row[j];

        for (unsigned k = 0; k < j; k++)
            rest -= row[k] * row[k];
        row[j] = rest > whole * 1e-10 ? sqrt(rest) : 0;
        for (unsigned i = j + 1; i < dims; i++) {
            double *below = products + (size_t)i * dims, value = below[j];

            for (unsigned k = 0; k < j; k++)
                value -= below[k] * row[k];
            below[j] = row[j] > 0 ? value / row[j] : 0;
        }
    }
}

/* Each term's row x with x L' = row. */
static void solve_rows(const struct share *share)
{
    const struct learning *learning = share->learning;
    const struct kernel *kernel = kernel_best();
    size_t dims = learning->dims, end = share_from(share, learning->terms, share->number + 1);

    for (size_t t = share_from(share, learning->terms, share->number); t < end; t++) {
        float *row = learning->directions + t * dims;

        for (size_t j = 0; j < dims; j++) {
            const float *column = share->square->upper + j * dims;

            row[j] = column[j] > 0 ? row[j] / column[j] : 0;
            kernel->add_scaled(row + j + 1, column + j + 1, -row[j], dims - j - 1);
        }
    }
}

/* By columns of L: runs that the processor takes whole. */
static void turn(const double *lower, float *upper, size_t dims)
{
    for (size_t i = 0; i < dims; i++)
        for (size_t j = 0; j <= i; j++)
            upper[j * dims + i] = (float)lower[i * dims + j];
}

static void make_square(struct learning *learning)
{
    size_t dims = learning->dims, size = dims * dims;
    struct square square = {learn_room(size, sizeof *square.products), learn_room(size, sizeof *square.block),
                            learn_room(size, sizeof *square.upper)};

    for (int twice = 0; twice < 2; twice++) { /* once leaves what single precision lost */
        memset(square.products, 0, size * sizeof *square.products);
        share_out(learning, &square, LEARN_THREADS_MOST, multiply_columns);
        cholesky(square.products, learning->dims);
        turn(square.products, square.upper, dims);
        share_out(learning, &square, LEARN_THREADS_MOST, solve_rows);
    }
    free(square.products);
    free(square.block);
    free(square.upper);
}

/* --- all of it --- */

void learn_begin(struct learning *learning)
{
    size_t size = (size_t)learning->terms * learning->dims;

    for (size_t i = 0; i < size; i++)
        learning->directions[i] = (float)((int64_t)term_mix(i + 1) >> 40) / (1 << 23);
    make_square(learning);
}

void learn_round(struct learning *learning)
{
    float *directions = learning->directions;

    share_out(learning, NULL, learning->dims / LINE, there_and_back);
    learning->directions = learning->sums;
    learning->sums = directions;
    make_square(learning);
}
