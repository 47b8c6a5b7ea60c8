/* libtqmatch as one of the peers: it takes the text as it takes any, folding and stemming included. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "match/match.h"
#include "peer.h"

enum { BATCH = 512 };

static struct match_index *engine;
static struct match_snapshot *snapshot;
static uint64_t put;

static void must(bool good, const struct match_err *err)
{
    peer_must(good, err->message);
}

static void open_index(const char *folder)
{
    struct match_options options = {.merge_threads = 1};
    struct match_err err;

    must(match_open(folder, &options, &engine, &err), &err);
}

void peer_begin(const char *folder)
{
    open_index(folder);
}

void peer_put(int64_t doc, const char *tokens)
{
    struct match_text text = {MATCH_TEXT, MATCH_PUBLIC, {tokens, strlen(tokens)}};
    struct match_doc put_doc = {.id = doc + 1, .level = MATCH_PUBLIC, .texts = &text, .text_count = 1,
                                .facts = {.amount = -1, .day = INT32_MIN}};
    struct match_err err;

    must(match_put(engine, &put_doc, put++, &err), &err);
    if (put % BATCH == 0)
        must(match_commit(engine, put, &err), &err);
}

/* Until the background has united what it unites in a pause. */
static void settle(void)
{
    struct timespec moment = {1, 0};
    struct match_stats before, after;

    do {
        match_stats(engine, &before);
        nanosleep(&moment, NULL);
        match_stats(engine, &after);
    } while (before.segments != after.segments);
}

void peer_end(void)
{
    struct match_err err;

    must(match_commit(engine, put, &err), &err);
    settle();
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
    query.text = (struct match_str){tokens, strlen(tokens)};
    query.k = k;
    must(match_search(snapshot, &query, &found, &err), &err);
    count = found.lists[0].count;
    for (size_t h = 0; h < count; h++)
        hits[h] = (struct peer_hit){found.lists[0].hits[h].id - 1, (double)found.lists[0].hits[h].score};
    match_hits_release(&found);
    return count;
}
