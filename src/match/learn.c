/*
 * Learning a model: the directions that explain most of the documents' term weights, found by subspace iteration (Halko,
 * Martinsson, Tropp, SIAM Review 53, 2011). A document's weights are (1 + ln occurrences) x idf, brought to length 1.
 * One round takes each document's weights through the directions and back; the directions are then made square to each
 * other. No random numbers but a fixed beginning, and all sums in one order, so the same documents give the same model.
 *
 *   learn_read.c   the vocabulary and the documents' weights
 *   subspace.c     the rounds
 *   learn.c        the rounds' results kept beside the model, and the model's file
 */
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "match/bytes.h"
#include "match/checksum.h"
#include "match/fail.h"
#include "match/layout.h"
#include "match/learn_int.h"
#include "match/model_int.h"

enum { DIMS_DEFAULT = 128, DOCUMENTS_DEFAULT = 200000, ROUNDS = 6, PATH_BYTES = PATH_MAX };

/* --- what the rounds came to so far --- */

#define PART_MAGIC "TQLEARN1"

struct part_head { /* the directions follow */
    char magic[8];
    uint64_t sum;  /* of all that follows */
    uint64_t mark; /* of what is learned from */
    uint32_t terms, dims, rounds, none;
};
enum { PART_SUMMED = 16 };

static bool part_name(const char *path, char name[PATH_BYTES], struct match_err *err)
{
    return snprintf(name, PATH_BYTES, "%s.part", path) < PATH_BYTES - 8
        || match_fail(err, MATCH_BAD_INPUT, "%.100s…: too long a path", path);
}

static uint64_t part_sum(const struct learning *learning, const struct part_head *head)
{
    uint64_t sum = checksum(&head->mark, sizeof *head - PART_SUMMED);

    return term_mix(sum ^ checksum(learning->directions, learn_size(learning)));
}

/* Not synced: one that a loss of power has torn does not match its checksum. */
static bool part_write(const struct learning *learning, const char *name, unsigned rounds, struct match_err *err)
{
    struct part_head head = {PART_MAGIC, 0, learning->mark, learning->terms, learning->dims, rounds, 0};

    head.sum = part_sum(learning, &head);
    return bytes_file(name, (struct match_str){(const char *)&head, sizeof head}, learning->directions, learn_size(learning), false, err);
}

static bool part_fits(const struct learning *learning, const struct part_head *head)
{
    return memcmp(head->magic, PART_MAGIC, sizeof head->magic) == 0 && head->mark == learning->mark
        && head->terms == learning->terms && head->dims == learning->dims && head->rounds <= ROUNDS;
}

/* Rounds done before on the same documents; 0: none, or what is there is of others, of another program, or torn. */
static unsigned part_read(struct learning *learning, const char *name)
{
    int file = open(name, O_RDONLY | O_CLOEXEC);
    struct part_head head;
    bool good = file >= 0 && bytes_read(file, &head, sizeof head) && part_fits(learning, &head)
        && bytes_read(file, learning->directions, learn_size(learning)) && part_sum(learning, &head) == head.sum;

    if (file >= 0)
        close(file);
    return good ? head.rounds : 0;
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

static uint8_t *make_model(const struct learning *learning, uint64_t size)
{
    uint8_t *base = learn_room(1, size), *at = base + sizeof(struct model_head);
    struct model_head head = {MODEL_MAGIC, 0, MODEL_VERSION, learning->dims, learning->terms, 0,
                              learning->row_count, learning->how->when, {0}};
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

static bool write_model(const struct learning *learning, const char *path, struct match_err *err)
{
    uint64_t size = model_size(learning->terms, learning->dims);
    uint8_t *bytes = make_model(learning, size);
    bool good = bytes_file(path, (struct match_str){NULL, 0}, bytes, size, true, err);

    free(bytes);
    return good;
}

/* --- all of it --- */

static bool how_good(const struct match_learn *how, struct match_err *err)
{
    return (how->dims <= MODEL_DIMS_MOST && how->dims % MODEL_DIMS_STEP == 0)
        || match_fail(err, MATCH_BAD_INPUT, "%u dimensions: a multiple of %d, at most %d", how->dims, MODEL_DIMS_STEP,
                      MODEL_DIMS_MOST);
}

static bool is_enough(const struct learning *learning, struct match_err *err)
{
    return (learning->row_count >= learning->dims && learning->terms >= learning->dims)
        || match_fail(err, MATCH_BAD_INPUT, "%zu documents with %u words that stand in %d of them: too few for %u "
                      "dimensions", learning->row_count, learning->terms, LEARN_DF_LEAST, learning->dims);
}

static bool moved(const struct learning *learning, unsigned rounds, struct match_err *err)
{
    const struct match_learn *how = learning->how;

    return !how->moved || how->moved(how->arg, rounds, ROUNDS) || match_fail(err, MATCH_OK, "learning was stopped");
}

static bool go_round(struct learning *learning, const char *part, struct match_err *err)
{
    unsigned rounds;

    learning->directions = learn_room(learn_size(learning), 1);
    learning->sums = learn_room(learn_size(learning), 1);
    learning->mark = learn_mark(learning);
    rounds = part_read(learning, part);
    if (rounds == 0)
        learn_begin(learning);
    while (moved(learning, rounds, err)) {
        if (rounds == ROUNDS)
            return true;
        learn_round(learning);
        if (!part_write(learning, part, ++rounds, err))
            return false;
    }
    return false;
}

static bool learn(struct learning *learning, const char *path, struct match_err *err)
{
    char part[PATH_BYTES];

    if (!how_good(learning->how, err) || !part_name(path, part, err))
        return false;
    learn_read(learning);
    if (!is_enough(learning, err) || !go_round(learning, part, err) || !write_model(learning, path, err))
        return false;
    unlink(part);
    return true;
}

bool match_learn(const struct match_snapshot *snapshot, const struct match_learn *how, const char *path,
                 struct match_err *err)
{
    struct learning learning = {.snapshot = snapshot, .how = how, .dims = how->dims ? how->dims : DIMS_DEFAULT,
                                .documents = how->documents ? how->documents : DOCUMENTS_DEFAULT,
                                .threads = how->threads ? how->threads : 1};
    bool good;

    learning.threads = learning.threads > LEARN_THREADS_MOST ? LEARN_THREADS_MOST : learning.threads;
    good = learn(&learning, path, err);
    free(learning.vocabulary);
    free(learning.weights);
    free(learning.rows);
    free(learning.directions);
    free(learning.sums);
    return good;
}
