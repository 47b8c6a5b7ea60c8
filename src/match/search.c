#include <stdlib.h>

#include "match/fail.h"
#include "match/search_int.h"

enum { K_MOST = 1000 };

void match_query_init(struct match_query *query)
{
    memset(query, 0, sizeof *query);
    query->ask.budget = -1;
    query->ask.due = INT32_MIN;
    query->asker.levels = MATCH_PUBLIC;
    query->kinds = (1u << MATCH_KINDS) - 1;
    query->k = 10;
}

float search_score(const struct search *search, uint32_t sum)
{
    return (float)((double)sum * search->query.scale);
}

static size_t count_codes(struct match_str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return count;
}

static bool check_query(const struct match_query *query, struct match_err *err)
{
    size_t count = count_codes(query->title) + count_codes(query->text);

    if (query->k == 0 || query->k > K_MOST)
        return match_fail(err, MATCH_BAD_INPUT, "k %zu: 1 to %d", query->k, K_MOST);
    if (count > MATCH_QUERY_CHARS)
        return match_fail(err, MATCH_BAD_INPUT, "%zu characters: at most %d", count, MATCH_QUERY_CHARS);
    if (query->ask.code_count > MATCH_CODES)
        return match_fail(err, MATCH_BAD_INPUT, "%zu codes: at most %d", query->ask.code_count, MATCH_CODES);
    return true;
}

static void make_room(struct search *search)
{
    size_t k = search->asked->only ? 1 : search->asked->k;

    search->sums = arena_alloc(search->arena, (WINDOW_DOCS + 32) * sizeof *search->sums);
    search->sums = (uint32_t *)(((uintptr_t)search->sums + 63) & ~(uintptr_t)63);
    for (unsigned kind = 0; kind < MATCH_KINDS; kind++)
        if (search->asked->kinds >> kind & 1)
            search->tops[kind] = (struct top){.heap = arena_alloc(search->arena, k * sizeof(struct rival)),
                                              .sums = arena_alloc(search->arena, k * sizeof(uint32_t)), .k = k};
    if (!search->meaning.is_on || search->asked->only)
        return;
    search->candidates = arena_alloc(search->arena, (CANDIDATES + WINDOW_DOCS) * sizeof *search->candidates);
    search->offsets = arena_alloc(search->arena, WINDOW_DOCS * sizeof *search->offsets);
}

static void rank(struct search *search)
{
    const struct match_snapshot *snapshot = search->snapshot;

    search->lookups = arena_zero(search->arena, snapshot->count + 1, sizeof *search->lookups);
    query_weigh(&search->query, snapshot, search->lookups, search->arena);
    meaning_ready(&search->meaning, snapshot, &search->query, search->arena);
    nearness_ready(&search->nearness, snapshot->outside, search->asked, search->meaning.reach, search->arena);
    search->query.scale *= 1 - (search->meaning.is_on ? (double)MEANING_SHARE : 0) - (search->nearness.is_on ? (double)OUTSIDE_SHARE : 0);
    words_init(&search->words, &search->query, search->arena);
    recall_ask(&search->recalled, snapshot->recall, &search->query, search->arena);
    make_room(search);
    search->runs = arena_alloc(search->arena, runs_size(&search->query));
    search->counted = arena_zero(search->arena, search->query.count + 1, 1);
    if (search->asked->only)
        scan_only(search, search->asked->only);
    for (uint32_t p = 0; p < snapshot->count && !search->asked->only; p++)
        scan_part(search, p);
}

static void fill_list(struct search *search, unsigned kind, struct match_hits *hits)
{
    struct top *top = &search->tops[kind];
    struct match_list *list = &hits->lists[kind];

    top_sort(top);
    list->total = top->total > top->count ? top->total : top->count; /* found by meaning alone */
    list->count = top->count;
    list->hits = arena_zero(hits->memory, top->count + 1, sizeof *list->hits);
    for (size_t h = 0; h < top->count; h++)
        hit_prefetch(search, &top->heap[h]);
    for (size_t h = 0; h < top->count; h++) {
        list->hits[h].kind = kind;
        hit_fill(search, &top->heap[h], &list->hits[h], hits->memory);
    }
}

static bool run(const struct match_snapshot *snapshot, const struct match_query *query, struct match_hits *hits,
                double *features, struct match_err *err)
{
    struct arena arena;
    struct search search = {.snapshot = snapshot, .asked = query, .arena = &arena, .kernel = kernel_best(),
                            .features = features};

    memset(hits, 0, sizeof *hits);
    if (!check_query(query, err))
        return false;
    hits->memory = malloc(sizeof(struct arena));
    if (!hits->memory)
        return match_fail(err, MATCH_NO_MEMORY, "no memory for hits");
    arena_init(hits->memory);
    arena_init(&arena);
    query_read(&search.query, snapshot, query->title, query->text, &arena);
    if (search.query.count) {
        rank(&search);
        for (unsigned kind = 0; kind < MATCH_KINDS; kind++)
            if (query->kinds >> kind & 1)
                fill_list(&search, kind, hits);
    }
    arena_release(&arena);
    return true;
}

bool match_search(const struct match_snapshot *snapshot, const struct match_query *query, struct match_hits *hits,
                  struct match_err *err)
{
    return run(snapshot, query, hits, NULL, err);
}

bool match_rate_features(const struct match_snapshot *snapshot, const struct match_query *query,
                         double features[MATCH_FEATURES], struct match_err *err)
{
    struct match_hits hits;
    bool good;

    memset(features, 0, MATCH_FEATURES * sizeof *features);
    good = run(snapshot, query, &hits, features, err);
    match_hits_release(&hits);
    return good;
}

void match_hits_release(struct match_hits *hits)
{
    if (hits->memory)
        arena_release(hits->memory);
    free(hits->memory);
    memset(hits, 0, sizeof *hits);
}
