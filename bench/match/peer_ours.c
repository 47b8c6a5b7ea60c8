/*
 * libtqmatch as one of the peers: it takes the text as it takes any, folding and stemming included. With EVERYTHING it does what
 * a city's index does: a title, keywords and a text for some alone, codes, a region and a maturity; one document in twenty put a
 * second time and as many dropped; a dense model; and whoever asks is signed in, asks in a region and for a maturity.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "match/match.h"
#include "peer.h"

enum { BATCH = 1 << 18 }; /* nobody waits to see a part of it: match_commit */

static struct match_index *engine;
static struct match_snapshot *snapshot;
static uint64_t put;
static const char *index_folder;

static void must(bool good, const struct match_err *err)
{
    peer_must(good, err->message);
}

static void open_index(const char *folder)
{
    struct match_options options = {.merge_threads = 1};
    struct match_err err;

    index_folder = folder;
    must(match_open(folder, &options, &engine, &err), &err);
}

void peer_begin(const char *folder)
{
    open_index(folder);
}

static void put_one(const struct match_doc *doc)
{
    struct match_err err;

    must(match_put(engine, doc, put++, &err), &err);
    if (put % BATCH == 0)
        must(match_commit(engine, put, &err), &err);
}

static struct match_str all_of(const char *tokens)
{
    return (struct match_str){tokens, strlen(tokens)};
}

#ifdef EVERYTHING
enum { TITLE_WORDS = 6, KEYWORDS = 4, DIVISIONS = 4, EVERY = 20, TEXTS = 4, DROPPED = 1 << 30 };

/* The next so many tokens. */
static struct match_str some_of(struct match_str *rest, size_t words)
{
    struct match_str some = {rest->at, 0};

    while (words > 0 && some.len < rest->len)
        words -= rest->at[some.len++] == ' ';
    rest->at += some.len;
    rest->len -= some.len;
    return some;
}

void peer_put(int64_t doc, const char *tokens)
{
    static const char *const paths[] = {"C/26/266", "C/34", "C/39/396", "I/65"};
    struct match_str rest = all_of(tokens);
    struct match_code code = {{"gbt4754", 7}, all_of(paths[doc % 4])};
    struct match_text texts[TEXTS] = {{MATCH_TITLE, MATCH_PUBLIC, some_of(&rest, TITLE_WORDS)},
                                      {MATCH_KEYWORD, MATCH_PUBLIC, some_of(&rest, KEYWORDS)},
                                      {MATCH_TEXT, doc % 5 ? MATCH_PUBLIC : MATCH_SIGNED_IN, some_of(&rest, rest.len / 20)},
                                      {MATCH_TEXT, MATCH_PUBLIC, rest}};
    struct match_doc all = {.id = doc + 1, .level = MATCH_PUBLIC, .texts = texts, .text_count = TEXTS, .codes = &code, .code_count = 1,
                            .facts = {.trl_from = (int)(doc % 9) + 1, .trl_to = (int)(doc % 9) + 1, .amount = -1, .day = INT32_MIN,
                                      .region = 620100 + (uint32_t)(doc % DIVISIONS)}};
    struct match_err err;

    put_one(&all);
    if (doc % EVERY)
        return;
    put_one(&all);
    all.id += DROPPED;
    put_one(&all);
    must(match_drop(engine, all.id, put++, &err), &err);
}

static void refine(struct match_query *query)
{
    query->asker.levels = MATCH_PUBLIC | MATCH_SIGNED_IN;
    query->filter.region = 620000;
    query->filter.trl_from = 2;
}
#else
void peer_put(int64_t doc, const char *tokens)
{
    struct match_text text = {MATCH_TEXT, MATCH_PUBLIC, all_of(tokens)};

    put_one(&(struct match_doc){.id = doc + 1, .level = MATCH_PUBLIC, .texts = &text, .text_count = 1,
                                .facts = {.amount = -1, .day = INT32_MIN}});
}

static void refine(struct match_query *query)
{
    (void)query;
}
#endif

/* Until the background has united what it unites in a pause, and made all vectors. */
static void settle(void)
{
    struct timespec moment = {1, 0};
    struct match_stats before, after;

    do {
        match_stats(engine, &before);
        nanosleep(&moment, NULL);
        match_stats(engine, &after);
    } while (before.segments != after.segments || (after.has_model && after.meant < after.documents));
}

#ifdef EVERYTHING
static void learn(void)
{
    struct match_learn how = {.threads = 1};
    struct match_snapshot *all = match_snapshot(engine);
    struct match_err err;
    char *file;

    peer_must(asprintf(&file, "%s/../learned", index_folder) > 0, "no memory");
    must(match_learn(all, &how, file, &err), &err);
    match_snapshot_end(all);
    must(match_model(engine, file, &err), &err);
    free(file);
}
#endif

void peer_end(void)
{
    struct match_err err;

    must(match_commit(engine, put, &err), &err);
    settle();
#ifdef EVERYTHING
    learn();
    settle();
#endif
    match_close(engine);
}

void peer_open(const char *folder)
{
    open_index(folder);
    snapshot = match_snapshot(engine);
}

void peer_close(void)
{
    match_snapshot_end(snapshot);
    match_close(engine);
}

size_t peer_ask(char *tokens, size_t k, struct peer_hit *hits)
{
    struct match_query query;
    struct match_hits found;
    struct match_err err;
    size_t count;

    match_query_init(&query);
    query.text = all_of(tokens);
    query.k = k;
    refine(&query);
    must(match_search(snapshot, &query, &found, &err), &err);
    count = found.lists[0].count;
    for (size_t h = 0; h < count; h++)
        hits[h] = (struct peer_hit){found.lists[0].hits[h].id - 1, (double)found.lists[0].hits[h].score};
    match_hits_release(&found);
    return count;
}
