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

#include "bench.h"
#include "corpus.h"

enum { K = 10, THREADS_MOST = 16, CHARS = 1000 };

struct pairs {
    const struct corpus *corpus;
    struct match_snapshot *snapshot;
    size_t count;
    bool all_kinds;
    atomic_size_t next, hits;
};

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
    bench_must(match_search(pairs->snapshot, &query, &hits, &err), &err);
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
    double start = bench_seconds(CLOCK_MONOTONIC), busy = bench_seconds(CLOCK_PROCESS_CPUTIME_ID), took;

    for (unsigned t = 0; t < count; t++)
        if (pthread_create(&threads[t], NULL, work, pairs) != 0)
            exit(1);
    for (unsigned t = 0; t < count; t++)
        pthread_join(threads[t], NULL);
    took = bench_seconds(CLOCK_MONOTONIC) - start;
    busy = bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - busy;
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
    bench_must(match_open(folder, &options, &index, &err), &err);
    corpus_put(index, &corpus, pairs.count);
    bench_settle(index);
    pairs.corpus = &corpus;
    pairs.all_kinds = argc > 4 && strcmp(argv[4], "7") == 0;
    pairs.snapshot = match_snapshot(index);
    run(&pairs, (unsigned)threads);
    match_snapshot_end(pairs.snapshot);
    match_close(index);
    corpus_release(&corpus);
    return 0;
}
