/*
 * How long all pairs take: every document of an index against all the others, the best ten of each, on two threads.
 *
 *   match_pairs ../shared/data documents [threads] [kinds]
 *
 * Documents as match_speed makes them (real ones and mixtures of their halves). Each is asked with its own title and text, cut
 * to 1,000 characters, for the best ten of one kind: the next of the seven, or with kinds 7 of all. Wall and CPU time, parts and
 * ratings included.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corpus.h"

enum { K = 10, THREADS_MOST = 16, CHARS = 1000 };

struct pairs {
    const struct corpus *corpus;
    struct match_snapshot *snapshot;
    size_t count;
    bool all_kinds;
    atomic_size_t next, hits;
};

static void check(bool good, const struct match_err *err)
{
    if (!good) {
        fprintf(stderr, "%s\n", err->message);
        exit(1);
    }
}

static double now(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void build(struct match_index *index, const struct corpus *corpus, size_t count)
{
    struct corpus_made *made = malloc(sizeof *made);
    struct match_err err;

    for (size_t i = 0; made && i < count; i++) {
        corpus_make(corpus, i, made);
        check(match_put(index, &made->doc, i, &err), &err);
        if (i % 512 == 511 || i + 1 == count)
            check(match_commit(index, i + 1, &err), &err);
    }
    free(made);
}

/* Gives the merges a moment. */
static void settle(const struct match_index *index)
{
    struct match_stats before, after;

    do {
        match_stats(index, &before);
        nanosleep(&(struct timespec){1, 0}, NULL);
        match_stats(index, &after);
    } while (before.segments != after.segments);
}

static size_t ask(const struct pairs *pairs, const struct corpus_made *made)
{
    struct match_query query;
    struct match_hits hits;
    struct match_err err;
    size_t count = 0;

    match_query_init(&query);
    query.title = made->texts[0].text;
    query.text = corpus_head(made->text, CHARS);
    query.k = K;
    query.kinds = pairs->all_kinds ? (1u << CORPUS_KINDS) - 1 : 1u << ((made->doc.kind + 1) % CORPUS_KINDS);
    query.without = made->doc.id;
    check(match_search(pairs->snapshot, &query, &hits, &err), &err);
    for (unsigned kind = 0; kind < CORPUS_KINDS; kind++)
        count += hits.lists[kind].count;
    match_hits_release(&hits);
    return count;
}

static void *work(void *arg)
{
    struct pairs *pairs = arg;
    struct corpus_made *made = malloc(sizeof *made);
    size_t i;

    while (made && (i = atomic_fetch_add(&pairs->next, 1)) < pairs->count) {
        corpus_make(pairs->corpus, i, made);
        atomic_fetch_add(&pairs->hits, ask(pairs, made));
    }
    free(made);
    return NULL;
}

static void run(struct pairs *pairs, unsigned count)
{
    pthread_t threads[THREADS_MOST];
    double start = now(CLOCK_MONOTONIC), busy = now(CLOCK_PROCESS_CPUTIME_ID), took;

    for (unsigned t = 0; t < count; t++)
        if (pthread_create(&threads[t], NULL, work, pairs) != 0)
            exit(1);
    for (unsigned t = 0; t < count; t++)
        pthread_join(threads[t], NULL);
    took = now(CLOCK_MONOTONIC) - start;
    busy = now(CLOCK_PROCESS_CPUTIME_ID) - busy;
    printf("%zu documents against %s, %u threads: %.1f s, %.1f s of CPU, %.0f documents a CPU second, %.1f hits each\n",
           pairs->count, pairs->all_kinds ? "all seven kinds" : "one kind", count, took, busy, (double)pairs->count / busy,
           (double)atomic_load(&pairs->hits) / (double)pairs->count);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/tq-pairs-XXXXXX";
    struct match_options options = {.merge_threads = 1};
    struct pairs pairs = {.count = argc > 2 ? strtoull(argv[2], NULL, 10) : 0};
    unsigned long threads = argc > 3 ? strtoul(argv[3], NULL, 10) : 2;
    struct match_index *index;
    struct corpus corpus;
    struct match_err err;

    if (pairs.count == 0 || threads < 1 || threads > THREADS_MOST || !mkdtemp(folder)) {
        fprintf(stderr, "usage: match_pairs DATA documents [threads] [kinds]\n");
        return 2;
    }
    corpus_read(&corpus, argv[1]);
    check(match_open(folder, &options, &index, &err), &err);
    build(index, &corpus, pairs.count);
    settle(index);
    pairs.corpus = &corpus;
    pairs.all_kinds = argc > 4 && strcmp(argv[4], "7") == 0;
    pairs.snapshot = match_snapshot(index);
    run(&pairs, (unsigned)threads);
    match_snapshot_end(pairs.snapshot);
    match_close(index);
    corpus_release(&corpus);
    return 0;
}
