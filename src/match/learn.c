/*
 * Learning a model: the directions that explain most of the documents' term weights, found by subspace iteration (Halko,
 * Martinsson, Tropp, SIAM Review 53, 2011). A document's weights are (1 + ln occurrences) x idf, brought to length 1.
 * One round takes each document's weights through the directions and back; the directions are then made square to each
 * other. No random numbers but a fixed beginning, so the same documents give the same model.
 */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "match/checksum.h"
#include "match/fail.h"
#include "match/layout.h"
#include "match/model_int.h"
#include "match/snapshot.h"

enum {
    DIMS_DEFAULT = 128, DOCUMENTS_DEFAULT = 200000, THREADS_MOST = 16,
    TERMS_MOST_LEARNED = 1 << 17, /* the commonest of those that at least DF_LEAST documents have */
    DF_LEAST = 3, ROUNDS = 6
};

struct weight {
    uint32_t term;
    float weight;
};

struct row { /* of a document */
    size_t from, to;
};

struct known { /* a term of the vocabulary */
    uint64_t term;
    uint32_t df;
    float idf;
};

struct learning {
    const struct match_snapshot *snapshot;
    const struct match_learn *how;
    unsigned dims, threads;
    size_t documents; /* at most so many are learned from */
    struct known *vocabulary; /* ascending by term */
    uint32_t terms;
    struct weight *weights;
    struct row *rows;
    size_t row_count, weight_count, weight_room;
    float *directions; /* terms x dims */
    float *sums;       /* a thread: terms x dims */
};

static void *room(size_t count, size_t size)
{
    void *at = calloc(count ? count : 1, size);

    if (!at)
        abort();
    return at;
}

/* --- the vocabulary --- */

static int by_term(const void *left, const void *right)
{
    const struct known *a = left, *b = right;

    return a->term < b->term ? -1 : a->term > b->term;
}

static int commonest_first(const void *left, const void *right)
{
    const struct known *a = left, *b = right;

    if (a->df != b->df)
        return a->df > b->df ? -1 : 1;
    return by_term(left, right);
}

/* The terms of all parts with how many public documents have them; counts of a part are signed (segment.h). */
static void take_vocabulary(struct learning *learning)
{
    const struct match_snapshot *snapshot = learning->snapshot;
    struct known *all;
    size_t count = 0, kept = 0;

    for (size_t p = 0; p < snapshot->count; p++)
        count += snapshot->parts[p].segment->meta->terms;
    all = room(count, sizeof *all);
    count = 0;
    for (size_t p = 0; p < snapshot->count; p++) {
        const struct segment *segment = snapshot->parts[p].segment;

        for (uint32_t t = 0; t < segment->meta->terms; t++)
            all[count++] = (struct known){segment->terms[t], (uint32_t)segment->df[t], 0};
    }
    qsort(all, count, sizeof *all, by_term);
    for (size_t i = 0; i < count; i++) {
        if (kept && all[kept - 1].term == all[i].term)
            all[kept - 1].df += all[i].df; /* wraps where signed counts are below 0, and back */
        else
            all[kept++] = all[i];
    }
    count = kept;
    kept = 0;
    for (size_t i = 0; i < count; i++)
        if ((int32_t)all[i].df >= DF_LEAST)
            all[kept++] = all[i];
    if (kept > TERMS_MOST_LEARNED) {
        qsort(all, kept, sizeof *all, commonest_first);
        kept = TERMS_MOST_LEARNED;
        qsort(all, kept, sizeof *all, by_term);
    }
    for (size_t i = 0; i < kept; i++)
        all[i].idf = logf((1 + (float)snapshot->public_docs) / (float)all[i].df);
    learning->vocabulary = all;
    learning->terms = (uint32_t)kept;
}

static uint32_t find_term(const struct learning *learning, uint64_t term)
{
    struct known wanted = {term, 0, 0};
    const struct known *found =
        bsearch(&wanted, learning->vocabulary, learning->terms, sizeof wanted, by_term);

    return found ? (uint32_t)(found - learning->vocabulary) : MODEL_NONE;
}

/* A part's numbers → the vocabulary's. */
static uint32_t *number_part(const struct learning *learning, const struct segment *segment)
{
    uint32_t *numbers = room(segment->meta->terms, sizeof *numbers);

    for (uint32_t t = 0; t < segment->meta->terms; t++)
        numbers[t] = find_term(learning, segment->terms[t]);
    return numbers;
}

/* --- the documents --- */

static void add_weight(struct learning *learning, uint32_t term, float weight)
{
    if (learning->weight_count == learning->weight_room) {
        learning->weight_room = learning->weight_room * 2 + 4096;
        learning->weights = realloc(learning->weights, learning->weight_room * sizeof *learning->weights);
        if (!learning->weights)
            abort();
    }
    learning->weights[learning->weight_count++] = (struct weight){term, weight};
}

static void take_document(struct learning *learning, const struct segment *segment, const uint32_t *numbers,
                          uint32_t doc)
{
    struct list list = segment_list(segment, 0, doc);
    struct row *row = &learning->rows[learning->row_count];
    uint32_t term = 0;
    uint8_t tf, class_;
    double squares = 0;

    row->from = learning->weight_count;
    while (list.at < list.end) {
        list.at = list_next(list.at, &term, &tf, &class_);
        if (numbers[term] != MODEL_NONE) {
            float weight = blend_weight(tf) * learning->vocabulary[numbers[term]].idf;

            add_weight(learning, numbers[term], weight);
            squares += (double)weight * weight;
        }
    }
    row->to = learning->weight_count;
    for (size_t w = row->from; w < row->to; w++)
        learning->weights[w].weight /= (float)sqrt(squares);
    learning->row_count += row->to > row->from;
}

/* Evenly: of n documents every n / documents-th. */
static void take_documents(struct learning *learning)
{
    const struct match_snapshot *snapshot = learning->snapshot;
    uint64_t all = snapshot->documents, seen = 0, wanted = learning->documents;

    wanted = wanted > all ? all : wanted;
    learning->rows = room(wanted + 1, sizeof *learning->rows);
    for (size_t p = 0; p < snapshot->count; p++) {
        const struct part *part = &snapshot->parts[p];
        uint32_t *numbers = number_part(learning, part->segment);

        for (uint32_t d = 0; d < part->segment->meta->docs; d++) {
            if (bitmap_has(part->deleted, d))
                continue;
            if ((seen + 1) * wanted / all > seen * wanted / all && part->segment->rows[d].level == MATCH_PUBLIC)
                take_document(learning, part->segment, numbers, d);
            seen++;
        }
        free(numbers);
    }
}

/* --- a round --- */

struct share {
    struct learning *learning;
    unsigned number;
    pthread_t thread;
};

static void through_and_back(const struct learning *learning, const struct row *row, float *sums)
{
    float there[MODEL_DIMS_MOST] = {0};
    unsigned dims = learning->dims;

    for (size_t w = row->from; w < row->to; w++) {
        const float *direction = learning->directions + (size_t)learning->weights[w].term * dims;

        for (unsigned d = 0; d < dims; d++)
            there[d] += learning->weights[w].weight * direction[d];
    }
    for (size_t w = row->from; w < row->to; w++) {
        float *sum = sums + (size_t)learning->weights[w].term * dims;

        for (unsigned d = 0; d < dims; d++)
            sum[d] += learning->weights[w].weight * there[d];
    }
}

static void *round_share(void *arg)
{
    const struct share *share = arg;
    struct learning *learning = share->learning;
    float *sums = learning->sums + (size_t)share->number * learning->terms * learning->dims;
    size_t from = learning->row_count * share->number / learning->threads;
    size_t to = learning->row_count * (share->number + 1) / learning->threads;

    memset(sums, 0, (size_t)learning->terms * learning->dims * sizeof *sums);
    for (size_t r = from; r < to; r++)
        through_and_back(learning, &learning->rows[r], sums);
    return NULL;
}

static void round_all(struct learning *learning)
{
    struct share shares[THREADS_MOST];
    size_t size = (size_t)learning->terms * learning->dims;

    for (unsigned t = 1; t < learning->threads; t++) {
        shares[t] = (struct share){learning, t, 0};
        if (pthread_create(&shares[t].thread, NULL, round_share, &shares[t]) != 0)
            abort();
    }
    shares[0] = (struct share){learning, 0, 0};
    round_share(&shares[0]);
    memcpy(learning->directions, learning->sums, size * sizeof *learning->sums);
    for (unsigned t = 1; t < learning->threads; t++) {
        const float *sums = learning->sums + t * size;

        pthread_join(shares[t].thread, NULL);
        for (size_t i = 0; i < size; i++)
            learning->directions[i] += sums[i];
    }
}

/* --- square to each other --- */

/* products[i][j], j <= i: of the directions' columns. */
static void multiply_columns(const struct learning *learning, double *products)
{
    unsigned dims = learning->dims;
    float *block = room((size_t)dims * dims, sizeof *block);

    memset(products, 0, (size_t)dims * dims * sizeof *products);
    for (uint32_t from = 0; from < learning->terms; from += 256) { /* in single precision no further than this */
        uint32_t to = from + 256 < learning->terms ? from + 256 : learning->terms;

        memset(block, 0, (size_t)dims * dims * sizeof *block);
        for (uint32_t t = from; t < to; t++) {
            const float *row = learning->directions + (size_t)t * dims;

            for (unsigned i = 0; i < dims; i++)
                for (unsigned j = 0; j <= i; j++)
                    block[(size_t)i * dims + j] += row[i] * row[j];
        }
        for (size_t i = 0; i < (size_t)dims * dims; i++)
            products[i] += block[i];
    }
    free(block);
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
static void solve_rows(const struct learning *learning, const double *lower)
{
    unsigned dims = learning->dims;
    float *upper = room((size_t)dims * dims, sizeof *upper); /* by columns of L: runs that the processor takes whole */

    for (unsigned i = 0; i < dims; i++)
        for (unsigned j = 0; j <= i; j++)
            upper[(size_t)j * dims + i] = (float)lower[(size_t)i * dims + j];
    for (uint32_t t = 0; t < learning->terms; t++) {
        float *row = learning->directions + (size_t)t * dims;

        for (unsigned j = 0; j < dims; j++) {
            const float *column = upper + (size_t)j * dims;
            float value = row[j] = column[j] > 0 ? row[j] / column[j] : 0;

            for (unsigned i = j + 1; i < dims; i++)
                row[i] -= value * column[i];
        }
    }
    free(upper);
}

static void make_square(struct learning *learning)
{
    double *products = room((size_t)learning->dims * learning->dims, sizeof *products);

    for (int twice = 0; twice < 2; twice++) {
        multiply_columns(learning, products);
        cholesky(products, learning->dims);
        solve_rows(learning, products);
    }
    free(products);
}

static void begin_anywhere(struct learning *learning)
{
    size_t size = (size_t)learning->terms * learning->dims;

    for (size_t i = 0; i < size; i++)
        learning->directions[i] = (float)((int64_t)term_mix(i + 1) >> 40) / (1 << 23);
}

/* --- the file --- */

static void put_term(const struct learning *learning, uint32_t t, float *factor, int8_t *numbers)
{
    const float *direction = learning->directions + (size_t)t * learning->dims;
    float most = 0;

    for (unsigned d = 0; d < learning->dims; d++)
        most = fmaxf(most, fabsf(direction[d]));
    for (unsigned d = 0; d < learning->dims; d++)
        numbers[d] = (int8_t)(most > 0 ? lrintf(direction[d] / most * 127) : 0);
    *factor = learning->vocabulary[t].idf * most / 127;
}

static uint8_t *make_bytes(const struct learning *learning, uint64_t size)
{
    uint8_t *base = room(1, size), *at = base + sizeof(struct model_head);
    struct model_head head = {MODEL_MAGIC, 0, MODEL_VERSION, learning->dims, learning->terms, 0,
                              learning->row_count, {0}};
    uint64_t *terms = (void *)at;
    float *factors = (void *)(at + layout_padded(learning->terms * UINT64_C(8)));
    int8_t *numbers = (int8_t *)factors + layout_padded(learning->terms * UINT64_C(4));

    for (uint32_t t = 0; t < learning->terms; t++) {
        terms[t] = learning->vocabulary[t].term;
        put_term(learning, t, &factors[t], numbers + (size_t)t * learning->dims);
    }
    memcpy(base, &head, sizeof head);
    head.sum = checksum(base + MODEL_SUMMED, size - MODEL_SUMMED);
    memcpy(base, &head, sizeof head);
    return base;
}

static bool write_all(int file, const uint8_t *at, uint64_t left)
{
    while (left) {
        ssize_t done = write(file, at, left);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        left -= (uint64_t)done;
    }
    return true;
}

static bool write_model(const struct learning *learning, const char *path, struct match_err *err)
{
    uint64_t size = model_size(learning->terms, learning->dims);
    uint8_t *bytes = make_bytes(learning, size);
    char beside[4096];
    bool good = false;
    int file;

    snprintf(beside, sizeof beside, "%s.new", path);
    file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file >= 0)
        good = write_all(file, bytes, size) && fsync(file) == 0;
    if (!good || rename(beside, path) != 0)
        good = match_fail_io(err, "writing", path);
    if (file >= 0)
        close(file);
    if (!good)
        unlink(beside);
    free(bytes);
    return good;
}

/* --- all of it --- */

static bool how_good(const struct match_learn *how, struct match_err *err)
{
    return how->dims <= MODEL_DIMS_MOST && how->dims % MODEL_DIMS_STEP == 0
        ? true
        : match_fail(err, MATCH_BAD_INPUT, "%u dimensions: a multiple of %d, at most %d", how->dims, MODEL_DIMS_STEP,
                     MODEL_DIMS_MOST);
}

static bool moved(const struct learning *learning, unsigned done, struct match_err *err)
{
    const struct match_learn *how = learning->how;

    return !how->moved || how->moved(how->arg, done, ROUNDS + 1)
        || match_fail(err, MATCH_OK, "learning was stopped");
}

static bool learn(struct learning *learning, const char *path, struct match_err *err)
{
    size_t size;

    take_vocabulary(learning);
    take_documents(learning);
    if (learning->row_count < learning->dims || learning->terms < learning->dims)
        return match_fail(err, MATCH_BAD_INPUT, "%zu documents with %u words that stand in %d of them: too few for %u "
                          "dimensions", learning->row_count, learning->terms, DF_LEAST, learning->dims);
    size = (size_t)learning->terms * learning->dims;
    learning->directions = room(size, sizeof *learning->directions);
    learning->sums = room(size * learning->threads, sizeof *learning->sums);
    begin_anywhere(learning);
    make_square(learning);
    for (unsigned r = 0; r < ROUNDS; r++) {
        if (!moved(learning, r, err))
            return false;
        round_all(learning);
        make_square(learning);
    }
    return moved(learning, ROUNDS, err) && write_model(learning, path, err);
}

bool match_learn(const struct match_snapshot *snapshot, const struct match_learn *how, const char *path,
                 struct match_err *err)
{
    struct learning learning = {.snapshot = snapshot, .how = how, .dims = how->dims ? how->dims : DIMS_DEFAULT,
                                .documents = how->documents ? how->documents : DOCUMENTS_DEFAULT,
                                .threads = how->threads ? how->threads : 1};
    bool good;

    if (!how_good(how, err))
        return false;
    learning.threads = learning.threads > THREADS_MOST ? THREADS_MOST : learning.threads;
    good = learn(&learning, path, err);
    free(learning.vocabulary);
    free(learning.weights);
    free(learning.rows);
    free(learning.directions);
    free(learning.sums);
    return good;
}
