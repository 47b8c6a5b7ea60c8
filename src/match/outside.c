#include "match/outside.h"

#include <math.h>
#include <stdlib.h>

#include "match/fail.h"
#include "match/kernel.h"

enum { STEP = 64, DIMS_MOST = MATCH_VECTOR_DIMS };

/* --- chunks --- */

static void *room(size_t count, size_t size)
{
    void *at = calloc(count + 1, size);

    if (!at)
        abort();
    return at;
}

static struct outside_chunk *chunk_new(uint32_t count, unsigned padded)
{
    struct outside_chunk *chunk = room(1, sizeof *chunk);

    atomic_init(&chunk->holders, 1);
    chunk->ids = room(count, sizeof *chunk->ids);
    chunk->scales = room(count, sizeof *chunk->scales);
    chunk->numbers = room(count, padded);
    return chunk;
}

static struct outside_chunk *chunk_hold(struct outside_chunk *chunk)
{
    atomic_fetch_add_explicit(&chunk->holders, 1, memory_order_relaxed);
    return chunk;
}

static void chunk_let_go(struct outside_chunk *chunk)
{
    if (atomic_fetch_sub_explicit(&chunk->holders, 1, memory_order_acq_rel) != 1)
        return;
    free(chunk->ids);
    free(chunk->scales);
    free(chunk->numbers);
    free(chunk);
}

static void chunk_take(struct outside_chunk *to, const struct outside_chunk *from, uint32_t at, unsigned padded)
{
    to->ids[to->count] = from->ids[at];
    to->scales[to->count] = from->scales[at];
    memcpy(to->numbers + (size_t)to->count * padded, from->numbers + (size_t)at * padded, padded);
    to->count++;
}

/* The newer one's counts where both have a document. last: below it there is none whose vector is to be taken away. */
static struct outside_chunk *chunk_unite(const struct outside_chunk *older, const struct outside_chunk *newer, unsigned padded, bool last)
{
    struct outside_chunk *to = chunk_new(older->count + newer->count, padded);
    uint32_t o = 0, n = 0;

    while (o < older->count || n < newer->count) {
        bool take_new = o == older->count || (n < newer->count && newer->ids[n] <= older->ids[o]);
        const struct outside_chunk *from = take_new ? newer : older;
        uint32_t at = take_new ? n : o;

        o += take_new && o < older->count && n < newer->count && newer->ids[n] == older->ids[o];
        if (from->scales[at] > 0 || !last)
            chunk_take(to, from, at, padded);
        n += take_new;
        o += !take_new;
    }
    return to;
}

/* Whole numbers of a vector; returns the scale, 0 where it has no length. */
static float quantize(const float *numbers, unsigned dims, unsigned padded, uint8_t *to)
{
    float most = 0;
    int64_t squares = 0;

    for (unsigned d = 0; d < dims; d++)
        most = fmaxf(most, fabsf(numbers[d]));
    memset(to, 128, padded);
    for (unsigned d = 0; d < dims && most > 0; d++) {
        int number = (int)lrintf(numbers[d] / most * 127);

        squares += (int64_t)number * number;
        to[d] = (uint8_t)(number + 128);
    }
    return squares ? (float)(1 / sqrt((double)squares)) : 0;
}

static bool is_vector(const float *numbers, unsigned dims)
{
    bool some = false;

    for (unsigned d = 0; d < dims; d++) {
        if (!isfinite(numbers[d]))
            return false;
        some |= numbers[d] != 0;
    }
    return some;
}

/* By id; of one id the last given comes last. */
static int by_id(const void *left, const void *right)
{
    const struct match_vector *const *a = left, *const *b = right;

    return (*a)->id != (*b)->id ? ((*a)->id < (*b)->id ? -1 : 1) : (*a > *b) - (*a < *b);
}

static struct outside_chunk *chunk_of(const struct match_vector *list, size_t count, unsigned dims, unsigned padded)
{
    const struct match_vector **sorted = room(count, sizeof *sorted);
    struct outside_chunk *chunk = chunk_new((uint32_t)count, padded);

    for (size_t i = 0; i < count; i++)
        sorted[i] = &list[i];
    qsort(sorted, count, sizeof *sorted, by_id);
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count && sorted[i + 1]->id == sorted[i]->id)
            continue;
        chunk->ids[chunk->count] = sorted[i]->id;
        chunk->scales[chunk->count] =
            sorted[i]->numbers ? quantize(sorted[i]->numbers, dims, padded, chunk->numbers + (size_t)chunk->count * padded) : 0;
        chunk->count++;
    }
    free(sorted);
    return chunk;
}

/* --- lists of chunks --- */

struct outside *outside_hold(struct outside *outside)
{
    if (outside)
        atomic_fetch_add_explicit(&outside->holders, 1, memory_order_relaxed);
    return outside;
}

void outside_let_go(struct outside *outside)
{
    if (!outside || atomic_fetch_sub_explicit(&outside->holders, 1, memory_order_acq_rel) != 1)
        return;
    for (size_t c = 0; c < outside->count; c++)
        chunk_let_go(outside->chunks[c]);
    free(outside);
}

static void unite_last(struct outside *outside)
{
    struct outside_chunk *older = outside->chunks[outside->count - 2], *newer = outside->chunks[outside->count - 1];

    outside->chunks[outside->count - 2] = chunk_unite(older, newer, outside->padded, outside->count == 2);
    outside->count--;
    chunk_let_go(older);
    chunk_let_go(newer);
}

static bool check(unsigned dims, const struct match_vector *list, size_t count, struct match_err *err)
{
    if (dims == 0 || dims > DIMS_MOST)
        return match_fail(err, MATCH_BAD_INPUT, "%u numbers a vector: 1 to %d", dims, DIMS_MOST);
    for (size_t i = 0; i < count; i++)
        if (list[i].id <= 0 || (list[i].numbers && !is_vector(list[i].numbers, dims)))
            return match_fail(err, MATCH_BAD_INPUT, "document %lld: a vector of finite numbers, not all 0", (long long)list[i].id);
    return true;
}

/* Where a document's newest vector is, or that it has none any more; NULL: it never had one. */
static const struct outside_chunk *find(const struct outside *outside, int64_t id, uint32_t *at)
{
    for (size_t c = outside->count; c-- > 0;) {
        const struct outside_chunk *chunk = outside->chunks[c];
        uint32_t low = 0, high = chunk->count;

        while (low < high) {
            uint32_t middle = low + (high - low) / 2;

            if (chunk->ids[middle] < id)
                low = middle + 1;
            else
                high = middle;
        }
        *at = low;
        if (low < chunk->count && chunk->ids[low] == id)
            return chunk;
    }
    return NULL;
}

/* How many documents have a vector when this chunk is the newest. */
static size_t documents_with(const struct outside *outside, const struct outside_chunk *fresh)
{
    size_t documents = outside->documents;

    for (uint32_t i = 0; i < fresh->count; i++) {
        uint32_t at;
        const struct outside_chunk *had = find(outside, fresh->ids[i], &at);

        documents += fresh->scales[i] > 0;
        documents -= had && had->scales[at] > 0;
    }
    return documents;
}

struct outside *outside_with(const struct outside *now, uint64_t model, unsigned dims, const struct match_vector *list, size_t count,
                             struct match_err *err)
{
    struct outside_chunk *fresh;
    struct outside *next;

    if (!check(dims, list, count, err))
        return NULL;
    next = room(1, sizeof *next);
    atomic_init(&next->holders, 1);
    next->model = model;
    next->dims = dims;
    next->padded = (dims + STEP - 1) / STEP * STEP;
    next->version = now ? now->version + 1 : 1;
    if (now && now->model == model && now->dims == dims) {
        next->documents = now->documents;
        for (size_t c = 0; c < now->count; c++)
            next->chunks[next->count++] = chunk_hold(now->chunks[c]);
    }
    fresh = chunk_of(list, count, dims, next->padded);
    next->documents = documents_with(next, fresh);
    next->chunks[next->count++] = fresh;
    while (next->count > 1 && next->chunks[next->count - 2]->count < 2 * next->chunks[next->count - 1]->count)
        unite_last(next);
    return next;
}

/* --- in a search --- */

static size_t most_near(const struct outside *outside)
{
    size_t most = 0;

    for (size_t c = 0; c < outside->count; c++)
        most += outside->chunks[c]->count;
    return most;
}

/* What the older chunks have, with a newer one's beside it. */
static size_t near_unite(const struct near *older, size_t count, const struct outside_chunk *chunk, const int32_t *dots, float scale,
                         struct near *to)
{
    size_t o = 0, made = 0;

    for (uint32_t n = 0; n < chunk->count; n++) {
        while (o < count && older[o].id < chunk->ids[n])
            to[made++] = older[o++];
        o += o < count && older[o].id == chunk->ids[n];
        if (chunk->scales[n] > 0)
            to[made++] = (struct near){chunk->ids[n], (float)dots[n] * scale * chunk->scales[n]};
    }
    while (o < count)
        to[made++] = older[o++];
    return made;
}

static void near_list(struct nearness *nearness, const struct outside *outside, const int8_t *query, float scale, struct arena *arena)
{
    size_t most = most_near(outside);
    struct near *spare = arena_alloc(arena, (most + 1) * sizeof *spare);
    int32_t *dots = arena_alloc(arena, (most + 1) * sizeof *dots), off = dots_off(query, outside->padded);

    nearness->list = arena_alloc(arena, (most + 1) * sizeof *nearness->list);
    for (size_t c = 0; c < outside->count; c++) {
        const struct outside_chunk *chunk = outside->chunks[c];
        struct near *had = nearness->list;

        kernel_best()->dots(dots, chunk->numbers, chunk->count, query, off, outside->padded);
        nearness->count = near_unite(had, nearness->count, chunk, dots, scale, spare);
        nearness->list = spare;
        spare = had;
    }
}

/* Only those above the mean stay, by how much. */
static void keep_nearer(struct nearness *nearness)
{
    double sum = 0, mean;
    size_t kept = 0;

    for (size_t i = 0; i < nearness->count; i++)
        sum += (double)nearness->list[i].like;
    mean = nearness->count ? fmax(0, sum / (double)nearness->count) : 0;
    for (size_t i = 0; i < nearness->count; i++) {
        double like = ((double)nearness->list[i].like - mean) / (1 - fmin(mean, 0.999));

        if (like > 0)
            nearness->list[kept++] = (struct near){nearness->list[i].id, (float)fmin(like, 1)};
    }
    nearness->count = kept;
}

/* The query's own vector, or that of the document it is asked for. */
static float take_vector(const struct outside *outside, const struct match_query *query, uint8_t *numbers)
{
    const struct outside_chunk *chunk;
    uint32_t at;

    if (query->vector)
        return query->vector_model == outside->model && query->vector_dims == outside->dims && is_vector(query->vector, outside->dims)
            ? quantize(query->vector, outside->dims, outside->padded, numbers) : 0;
    chunk = query->vector_of ? find(outside, query->vector_of, &at) : NULL;
    if (!chunk)
        return 0;
    memcpy(numbers, chunk->numbers + (size_t)at * outside->padded, outside->padded);
    return chunk->scales[at];
}

void nearness_ready(struct nearness *nearness, const struct outside *outside, const struct match_query *query,
                    const float reach[MATCH_KINDS], struct arena *arena)
{
    uint8_t numbers[DIMS_MOST];
    int8_t asked[DIMS_MOST];
    float scale;

    *nearness = (struct nearness){.is_on = false};
    scale = outside ? take_vector(outside, query, numbers) : 0;
    if (scale == 0)
        return;
    for (unsigned d = 0; d < outside->padded; d++)
        asked[d] = (int8_t)(numbers[d] - 128);
    near_list(nearness, outside, asked, scale, arena);
    keep_nearer(nearness);
    nearness->is_on = nearness->count > 0;
    for (unsigned k = 0; k < MATCH_KINDS; k++)
        nearness->most[k] = 100 * OUTSIDE_SHARE * reach[k];
}

float nearness_of(const struct nearness *nearness, unsigned kind, int64_t id, size_t *from)
{
    size_t low = *from, high = nearness->count, step = 1;

    while (low + step < nearness->count && nearness->list[low + step].id < id) { /* mostly the next one, or close by */
        low += step;
        step *= 2;
    }
    high = low + step < high ? low + step + 1 : high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (nearness->list[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    *from = low;
    return low < nearness->count && nearness->list[low].id == id ? nearness->most[kind] * nearness->list[low].like : 0;
}
