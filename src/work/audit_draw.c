#include "work/audit_draw.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

typedef unsigned __int128 wide;

/* --- random numbers out of the seed --- */

struct stream {
    const unsigned char *seed;
    uint64_t next;
};

void audit_seed(struct slice origin, uint64_t size, const unsigned char root[SEAL_HASH], int64_t number, unsigned char seed[SEAL_HASH])
{
    static const char head[] = "tieqiao-sample-1";
    char size_text[24], number_text[24];
    struct slice parts[] = {{head, sizeof head}, origin, {"", 1}, {size_text, 0}, {(const char *)root, SEAL_HASH}, {number_text, 0}};

    parts[3].len = (size_t)snprintf(size_text, sizeof size_text, "%llu", (unsigned long long)size) + 1;
    parts[5].len = (size_t)snprintf(number_text, sizeof number_text, "%lld", (long long)number);
    seal_sha256(parts, sizeof parts / sizeof *parts, seed);
}

static wide next_number(struct stream *stream)
{
    unsigned char counter[8], block[SEAL_HASH];
    wide number = 0;

    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)(stream->next >> (56 - 8 * i));
    stream->next++;
    seal_sha256((struct slice[]){{(const char *)stream->seed, SEAL_HASH}, {(const char *)counter, sizeof counter}}, 2, block);
    for (int i = 0; i < 16; i++)
        number = number << 8 | block[i];
    return number;
}

/* 0 … n-1, n > 0. (-n) % n is 2^128 modulo n: as many numbers at the top are passed over. */
static wide below(struct stream *stream, wide n)
{
    wide over = (wide)(-n) % n, number;

    do
        number = next_number(stream);
    while (over && number >= (wide)(-over));
    return number % n;
}

/* --- the methods --- */

static size_t *order_make(size_t count)
{
    size_t *order = malloc((count + 1) * sizeof *order);

    if (!order)
        abort();
    return order;
}

/* Picks `size` of the items whose places are listed. */
static void shuffle_pick(struct stream *stream, size_t *places, size_t count, size_t size, bool *picked)
{
    for (size_t k = 0; k < size && k < count; k++) {
        size_t other = k + (size_t)below(stream, count - k), place = places[other];

        places[other] = places[k];
        places[k] = place;
        picked[place] = true;
    }
}

static void draw_simple(const struct audit_draw *draw, struct stream *stream, size_t count, bool *picked)
{
    size_t *places = order_make(count);

    for (size_t i = 0; i < count; i++)
        places[i] = i;
    shuffle_pick(stream, places, count, draw->size, picked);
    free(places);
}

static wide sum_of(const struct audit_item *items, size_t count)
{
    wide sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += (wide)items[i].fen;
    return sum;
}

static void draw_money(const struct audit_draw *draw, struct stream *stream, const struct audit_item *items, size_t count, bool *picked)
{
    wide total = sum_of(items, count), passed = 0, start;
    size_t at = 0;

    if (!total)
        return;
    start = below(stream, total);
    for (size_t k = 0; k < draw->size; k++) {
        wide unit = (start + total * k) / draw->size;

        while (passed + (wide)items[at].fen <= unit)
            passed += (wide)items[at++].fen;
        picked[at] = true;
    }
}

struct strata {
    size_t counts[DRAW_BOUNDS + 1], quotas[DRAW_BOUNDS + 1], n;
    wide sums[DRAW_BOUNDS + 1];
};

static size_t stratum_of(const struct audit_draw *draw, int64_t fen)
{
    size_t stratum = 0;

    while (stratum < draw->bound_count && fen >= draw->bounds[stratum])
        stratum++;
    return stratum;
}

/* What is left after one for each, by weight; the remainders are compared exactly. Returns how many it gave. */
static size_t share_out(struct strata *strata, const wide *weights, size_t left)
{
    wide total = 0, remainders[DRAW_BOUNDS + 1];
    size_t given = 0;

    for (size_t s = 0; s < strata->n; s++)
        total += weights[s];
    for (size_t s = 0; total && s < strata->n; s++) {
        strata->quotas[s] += (size_t)(weights[s] * left / total);
        remainders[s] = weights[s] * left % total;
        given += (size_t)(weights[s] * left / total);
    }
    while (total && given < left) {
        size_t best = 0;

        for (size_t s = 1; s < strata->n; s++)
            best = remainders[s] >= remainders[best] ? s : best;
        strata->quotas[best]++;
        remainders[best] = 0;
        given++;
    }
    return given;
}

/* From the highest stratum down, one that can still give. */
static void overflow_give(struct strata *strata)
{
    size_t over = 0;

    for (size_t s = 0; s < strata->n; s++)
        if (strata->quotas[s] > strata->counts[s]) {
            over += strata->quotas[s] - strata->counts[s];
            strata->quotas[s] = strata->counts[s];
        }
    for (size_t s = strata->n; s-- > 0 && over;) {
        size_t room = strata->counts[s] - strata->quotas[s], more = room < over ? room : over;

        strata->quotas[s] += more;
        over -= more;
    }
}

static void quotas_set(struct strata *strata, size_t size)
{
    wide by_count[DRAW_BOUNDS + 1], total = 0;
    size_t taken = 0;

    for (size_t s = 0; s < strata->n; s++) {
        strata->quotas[s] = strata->counts[s] > 0;
        taken += strata->quotas[s];
        by_count[s] = strata->counts[s];
        total += strata->sums[s];
    }
    if (size > taken)
        share_out(strata, total ? strata->sums : by_count, size - taken);
    overflow_give(strata);
}

static void draw_strata(const struct audit_draw *draw, struct stream *stream, const struct audit_item *items, size_t count, bool *picked)
{
    struct strata strata = {.n = draw->bound_count + 1};
    size_t *places = order_make(count), found;

    for (size_t i = 0; i < count; i++) {
        size_t s = stratum_of(draw, items[i].fen);

        strata.counts[s]++;
        strata.sums[s] += (wide)items[i].fen;
    }
    quotas_set(&strata, draw->size);
    for (size_t s = 0; s < strata.n; s++) {
        found = 0;
        for (size_t i = 0; i < count; i++)
            if (stratum_of(draw, items[i].fen) == s)
                places[found++] = i;
        shuffle_pick(stream, places, found, strata.quotas[s], picked);
    }
    free(places);
}

size_t audit_draw(const struct audit_draw *draw, const struct audit_item *items, size_t count, bool *picked)
{
    struct stream stream = {draw->seed, 0};
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        picked[i] = draw->method == DRAW_WHOLE;
    if (draw->method == DRAW_SIMPLE)
        draw_simple(draw, &stream, count, picked);
    else if (draw->method == DRAW_MONEY)
        draw_money(draw, &stream, items, count, picked);
    else if (draw->method == DRAW_STRATA)
        draw_strata(draw, &stream, items, count, picked);
    for (size_t i = 0; i < count; i++)
        found += picked[i];
    return found;
}

/* --- of the population --- */

void audit_total(const struct audit_item *items, size_t count, char out[44])
{
    wide total = sum_of(items, count);
    char digits[44], *at = digits + sizeof digits - 1;

    *at = '\0';
    do {
        *--at = (char)('0' + (int)(total % 10));
        total /= 10;
    } while (total);
    memcpy(out, at, strlen(at) + 1);
}

void audit_digest(const struct audit_item *items, size_t count, unsigned char out[SEAL_HASH])
{
    struct slice whole;
    struct text text;

    text_init(&text);
    for (size_t i = 0; i < count; i++)
        text_print(&text, "%lld %lld\n", (long long)items[i].id, (long long)items[i].fen);
    whole = text_slice(&text);
    seal_sha256(&whole, 1, out);
    text_release(&text);
}

/* --- names --- */

static const struct {
    const char *name, *label;
} methods[DRAW_METHODS] = {
    [DRAW_SIMPLE] = {"simple", N_("简单随机")},
    [DRAW_MONEY] = {"money", N_("货币单元（按金额，系统选样）")},
    [DRAW_STRATA] = {"strata", N_("按金额分层")},
    [DRAW_WHOLE] = {"whole", N_("整个总体")},
};

const char *audit_method_name(enum audit_method method)
{
    assert(method < DRAW_METHODS);
    return methods[method].name;
}

const char *audit_method_label(enum audit_method method)
{
    assert(method < DRAW_METHODS);
    return methods[method].label;
}

enum audit_method audit_method_by_name(struct slice name)
{
    enum audit_method method = DRAW_SIMPLE;

    while (method < DRAW_METHODS && !slice_is(name, methods[method].name))
        method++;
    return method;
}
