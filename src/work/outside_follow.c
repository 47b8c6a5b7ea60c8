#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/steady.h"
#include "base/utf8.h"
#include "ledger/ledger.h"
#include "work/column.h"
#include "work/outside_int.h"

enum { LEAVES = 64, TICK_MS = 200, AWAY_FIRST_S = 1, AWAY_MOST_S = 300, REFUSED_MOST = 8 };

struct wanted { /* one that is asked for */
    int64_t id;
    unsigned char hash[EMBED_HASH];
    struct slice text; /* of the round's arena */
};

struct round {
    struct outside *outside;
    struct sql *sql;
    struct arena arena; /* texts and vectors */
    uint64_t end, next;
    struct wanted wanted[LEAVES];
    struct match_vector given[LEAVES]; /* from the cache; none, until there is one, where the text is another */
    size_t count, given_count;
    int64_t refused, refused_in_a_row;
};

/* --- how it stands --- */

static void went_well(struct outside *outside, unsigned dims)
{
    pthread_mutex_lock(&outside->mutex);
    outside->dims = dims;
    outside->why[0] = '\0';
    outside->away_s = 0;
    outside->away_until_us = outside->questions_away_until_us = 0;
    pthread_mutex_unlock(&outside->mutex);
}

/* Left alone for as long as it asks, else twice as long as the last time. */
static void is_away(struct outside *outside, const char *why, unsigned wait_s)
{
    bool news;

    pthread_mutex_lock(&outside->mutex);
    news = strcmp(outside->why, why) != 0;
    snprintf(outside->why, sizeof outside->why, "%s", why);
    outside->away_s = outside->away_s ? 2 * outside->away_s : AWAY_FIRST_S;
    if (outside->away_s > AWAY_MOST_S)
        outside->away_s = AWAY_MOST_S;
    outside->away_until_us = clock_steady_us() + 1000000 * (int64_t)(wait_s ? wait_s : outside->away_s);
    pthread_mutex_unlock(&outside->mutex);
    if (news)
        log_warn("embed: %s", why);
}

static bool is_stopping(struct outside *outside)
{
    bool stopping;

    pthread_mutex_lock(&outside->mutex);
    stopping = outside->stopping;
    pthread_mutex_unlock(&outside->mutex);
    return stopping;
}

static void nap(struct outside *outside, int64_t us)
{
    struct timespec until = steady_after(us);

    pthread_mutex_lock(&outside->mutex);
    if (!outside->stopping)
        pthread_cond_timedwait(&outside->ended, &outside->mutex, &until);
    pthread_mutex_unlock(&outside->mutex);
}

/* --- a vector into the index --- */

static void give(struct outside *outside, const struct match_vector *list, size_t count, unsigned dims)
{
    struct match_err problem;

    if (count && !match_vectors(outside->city->index, outside->number, dims, list, count, &problem))
        log_warn("embed: %s", problem.message);
}

/* A model's vectors are of one length; another answer is of another model under the same name. */
static bool dims_fit(struct outside *outside, const struct embed_answer *answer)
{
    unsigned known = embed_cache_dims(outside->cache);
    char why[160];

    if (known == 0 || answer->dims == known)
        return true;
    snprintf(why, sizeof why, "它的向量有 %u 个数，以前是 %u 个：换了模型就另写一个 --embed-model", answer->dims, known);
    is_away(outside, why, 0);
    return false;
}

static void take_answer(struct outside *outside, const struct wanted *wanted, size_t count, const struct embed_answer *answer)
{
    struct match_vector list[LEAVES];
    struct err err;

    for (size_t w = 0; w < count; w++) {
        list[w] = (struct match_vector){wanted[w].id, answer->numbers + w * answer->dims};
        if (!embed_cache_add(outside->cache, wanted[w].hash, list[w].numbers, answer->dims, &err))
            log_warn("embed: %s", err.message);
    }
    give(outside, list, count, answer->dims);
    went_well(outside, answer->dims);
}

/* --- asking --- */

/* One text that it will not have is left out; where it will have none, something else is wrong. */
static bool refuse(struct round *round, const struct wanted *wanted, const char *why)
{
    if (++round->refused_in_a_row >= REFUSED_MOST) {
        is_away(round->outside, why, 0);
        return false;
    }
    log_warn("embed: record %lld left out: %s", (long long)wanted->id, why);
    round->refused++;
    return true;
}

/* false: later, all of it; the texts may be others by then, or no longer public. */
static bool ask_for(struct round *round, const struct wanted *wanted, size_t count)
{
    struct outside *outside = round->outside;
    struct slice texts[LEAVES] = {{"", 0}};
    struct embed_answer answer;
    enum embed_outcome outcome;
    bool ok;

    for (size_t w = 0; w < count; w++)
        texts[w] = wanted[w].text;
    outcome = embed_ask(outside->client, texts, count, outside->options.timeout_ms, &answer);
    if (outcome == EMBED_REFUSED)
        return count > 1 ? ask_for(round, wanted, count / 2) && ask_for(round, wanted + count / 2, count - count / 2) /* which it is */
                         : refuse(round, wanted, answer.why);
    if (outcome == EMBED_AWAY)
        is_away(outside, answer.why, answer.wait_s);
    ok = outcome == EMBED_DONE && dims_fit(outside, &answer);
    if (ok) {
        take_answer(outside, wanted, count, &answer);
        round->refused_in_a_row = 0;
    }
    free(answer.numbers);
    return ok;
}

/* --- records --- */

/* The public texts, the title first, of a document that everybody may know of; else "". */
static struct slice public_text(const struct match_doc *doc, struct arena *arena)
{
    struct text text;
    struct slice whole;

    text_init(&text);
    for (int title = 1; title >= 0; title--)
        for (size_t t = 0; t < doc->text_count; t++) {
#ifndef TQ_TEETH_EMBED_PUBLIC
            if (doc->level != MATCH_PUBLIC || doc->texts[t].level != MATCH_PUBLIC)
                continue;
#endif
            if ((doc->texts[t].class_ == MATCH_TITLE) == title) {
                text_add(&text, doc->texts[t].text.at, doc->texts[t].text.len);
                text_putc(&text, '\n');
            }
        }
    whole = arena_copy(arena, utf8_head(slice_trim(text_slice(&text)), OUTSIDE_CHARS));
    text_release(&text);
    return whole;
}

/* From the cache, or to be asked for. */
static void take_text(struct round *round, int64_t id, struct slice text)
{
    struct outside *outside = round->outside;
    struct wanted *wanted = &round->wanted[round->count];
    unsigned dims = embed_cache_dims(outside->cache);
    float *numbers = arena_alloc(&round->arena, (dims + 1) * sizeof *numbers);
    bool found;

    *wanted = (struct wanted){.id = id, .text = text};
    outside_hash(outside, text, wanted->hash);
    found = dims && embed_cache_find(outside->cache, wanted->hash, numbers);
    round->given[round->given_count++] = (struct match_vector){id, found ? numbers : NULL};
    round->count += !found;
}

static bool take_leaf(const struct leaf *leaf, void *arg, struct err *err)
{
    struct round *round = arg;
    const struct kind *kind = kind_by_name(leaf->kind);
    struct match_doc doc = {.id = 0};
    struct record record;
    struct slice text = {"", 0};

    if (leaf->index >= round->end)
        return true;
    round->next = leaf->index + 1;
    if (!kind)
        return true;
    if (!record_get(round->sql, kind, leaf->object, &round->arena, &record, err))
        return err->code == ERR_MISSING || err->code == ERR_INVALID; /* the index has told the log */
    if (record.from_leaf > (int64_t)leaf->index)
        return true; /* a later leaf brings it */
    if (record.status == RECORD_OPEN) {
        column_doc(&record, &round->arena, &doc);
        text = public_text(&doc, &round->arena);
    }
    if (text.len)
        take_text(round, record.id, text);
    else
        round->given[round->given_count++] = (struct match_vector){record.id, NULL};
    return true;
}

static bool read_round(struct round *round, struct err *err)
{
    struct city *city = round->outside->city;
    bool ok;

    if (!store_read(city->store, &round->sql, err))
        return false;
    ok = ledger_follow(round->sql, round->next, LEAVES, take_leaf, round, err);
    store_read_end(city->store, round->sql);
    return ok;
}

static bool ask_round(struct round *round)
{
    size_t batch = round->outside->options.batch < LEAVES ? round->outside->options.batch : LEAVES;

    for (size_t w = 0; w < round->count; w += batch)
        if (!ask_for(round, round->wanted + w, round->count - w < batch ? round->count - w : batch))
            return false;
    return true;
}

static void tell(struct outside *outside, uint64_t next, uint64_t size, int64_t refused)
{
    struct match_stats stats;

    match_stats(outside->city->index, &stats);
    pthread_mutex_lock(&outside->mutex);
    outside->next = next;
    outside->size = size;
    outside->refused += refused;
    outside->vectors = (int64_t)stats.vectors;
    pthread_mutex_unlock(&outside->mutex);
}

/* Takes *next further, unless the service is away. */
static void go_round(struct round *round, struct outside *outside, uint64_t indexed, uint64_t *next)
{
    unsigned dims;
    struct err err;

    *round = (struct round){.outside = outside, .end = indexed, .next = *next};
    arena_init(&round->arena);
    if (!read_round(round, &err)) {
        is_away(outside, err.message, 0);
    } else {
        dims = embed_cache_dims(outside->cache);
        if (dims)
            give(outside, round->given, round->given_count, dims);
        if (ask_round(round))
            *next = round->next;
        else
            round->refused = 0; /* counted when it is asked for again */
    }
    arena_release(&round->arena);
    tell(outside, *next, indexed, round->refused);
}

/* How long there is nothing to do. */
static int64_t rest_us(struct outside *outside, bool more)
{
    int64_t rest;

    pthread_mutex_lock(&outside->mutex);
    rest = outside->away_until_us - clock_steady_us();
    pthread_mutex_unlock(&outside->mutex);
    return rest > 0 ? rest : more ? 0 : TICK_MS * 1000;
}

/* Behind the index, from the beginning at each start: what is in the cache costs nothing. */
void *outside_follow(void *arg)
{
    struct outside *outside = arg;
    struct round *round = calloc(1, sizeof *round);
    uint64_t next = 0, indexed;

    if (!round)
        abort();
    while (!is_stopping(outside)) {
        int64_t rest;

        pthread_mutex_lock(&outside->city->mutex);
        indexed = outside->city->indexed;
        pthread_mutex_unlock(&outside->city->mutex);
        rest = rest_us(outside, next < indexed);
        if (rest)
            nap(outside, rest);
        else
            go_round(round, outside, indexed, &next);
    }
    free(round);
    return NULL;
}
