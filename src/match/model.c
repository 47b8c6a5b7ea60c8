#include "match/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "match/bytes.h"
#include "match/checksum.h"
#include "match/fail.h"
#include "match/layout.h"
#include "match/model_int.h"

/* --- the file --- */

uint64_t model_size(uint32_t terms, uint32_t dims)
{
    return sizeof(struct model_head) + layout_padded(terms * UINT64_C(8)) + layout_padded(terms * UINT64_C(4))
        + layout_padded((uint64_t)terms * dims);
}

static bool head_good(const struct model_head *head, size_t size, const char *name, struct match_err *err)
{
    if (memcmp(head->magic, MODEL_MAGIC, sizeof head->magic) != 0)
        return match_fail(err, MATCH_CORRUPT, "%s: not a model", name);
    if (head->version != MODEL_VERSION)
        return match_fail(err, MATCH_CORRUPT, "%s: a model of version %u, this program reads %d: learn it anew", name,
                          head->version, MODEL_VERSION);
    if (head->dims == 0 || head->dims > MODEL_DIMS_MOST || head->dims % MODEL_DIMS_STEP
        || model_size(head->terms, head->dims) != size)
        return match_fail(err, MATCH_CORRUPT, "%s: cut short, or longer than it was written", name);
    return true;
}

static bool read_model(struct model *model, const char *name, struct match_err *err)
{
    const struct model_head *head = model->head = (const void *)model->base;

    if (!head_good(head, model->size, name, err))
        return false;
#ifndef TQ_TEETH_MODEL_SUM
    if (checksum(model->base + MODEL_SUMMED, model->size - MODEL_SUMMED) != head->sum)
        return match_fail(err, MATCH_CORRUPT, "%s: does not match its checksum", name);
#endif
    model->terms = (const void *)(model->base + sizeof *head);
    model->factors = (const void *)((const uint8_t *)model->terms + layout_padded(head->terms * UINT64_C(8)));
    model->numbers = (const void *)((const uint8_t *)model->factors + layout_padded(head->terms * UINT64_C(4)));
    for (uint32_t t = 0; t < head->terms; t++)
        if (!isfinite(model->factors[t]) || (t && model->terms[t] <= model->terms[t - 1]))
            return match_fail(err, MATCH_CORRUPT, "%s: its terms are out of order", name);
    return true;
}

struct model *model_map(int folder, const char *name, struct match_err *err)
{
    struct model *model = calloc(1, sizeof *model);

    if (!model)
        abort();
    atomic_init(&model->holders, 1);
    if (bytes_map(folder, name, sizeof(struct model_head), &model->base, &model->size, err) && read_model(model, name, err))
        return model;
    model_let_go(model);
    return NULL;
}

struct model *model_hold(struct model *model)
{
    if (model)
        atomic_fetch_add_explicit(&model->holders, 1, memory_order_relaxed);
    return model;
}

void model_let_go(struct model *model)
{
    if (!model || atomic_fetch_sub_explicit(&model->holders, 1, memory_order_acq_rel) != 1)
        return;
    if (model->base)
        munmap(model->base, model->size);
    free(model);
}

/* --- terms --- */

uint32_t model_term(const struct model *model, uint64_t term)
{
    uint32_t low = 0, high = model->head->terms;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (model->terms[middle] < term)
            low = middle + 1;
        else
            high = middle;
    }
    return low < model->head->terms && model->terms[low] == term ? low : MODEL_NONE;
}

/* --- a text's vector --- */

void blend_start(struct blend *blend, const struct model *model)
{
    blend->model = model;
    memset(blend->sums, 0, model->head->dims * sizeof *blend->sums);
}

void blend_add(struct blend *blend, uint32_t number, float weight)
{
    const struct model *model = blend->model;
    const int8_t *numbers = model->numbers + (size_t)number * model->head->dims;
    float factor = weight * model->factors[number];
    unsigned dims = model->head->dims;

    for (unsigned d = 0; d < dims; d++)
        blend->sums[d] += factor * (float)numbers[d];
}

float blend_length(const struct blend *blend)
{
    double squares = 0;

    for (unsigned d = 0; d < blend->model->head->dims; d++)
        squares += (double)blend->sums[d] * (double)blend->sums[d];
    return (float)sqrt(squares);
}

float blend_end(const struct blend *blend, uint8_t *vector)
{
    unsigned dims = blend->model->head->dims;
    float most = 0;
    int64_t squares = 0;

    for (unsigned d = 0; d < dims; d++)
        most = fmaxf(most, fabsf(blend->sums[d]));
    for (unsigned d = 0; d < dims; d++) {
        int number = most > 0 ? (int)lrintf(blend->sums[d] / most * 127) : 0;

        squares += (int64_t)number * number;
        vector[d] = (uint8_t)(number + 128);
    }
    return squares ? (float)(1 / sqrt((double)squares)) : 0;
}

float blend_weight(unsigned half_occurrences)
{
    return half_occurrences > 2 ? 1 + logf((float)half_occurrences / 2) : 1;
}
