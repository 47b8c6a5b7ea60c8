/*
 * How fast the engine is, on real texts.
 *
 *   match_speed ../shared/data [documents] [seconds]
 *
 * Builds an index of so many documents (0: the real ones, about 21,800), asks it the 247 needs cut to 300 characters
 * with k = 6 of seven kinds, parts and checks included, and then updates single documents. Times are CPU times of
 * the calling thread; where the background merges count, of the process.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "corpus.h"

static void print_memory(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %ld MiB (mapped files and the texts read included)\n", usage.ru_maxrss / 1024);
}

static void build(struct match_index *index, const struct corpus *corpus, size_t count)
{
    struct corpus_made *made = malloc(sizeof *made);
    double wall = bench_seconds(CLOCK_MONOTONIC), process = bench_seconds(CLOCK_PROCESS_CPUTIME_ID), thread = bench_seconds(CLOCK_THREAD_CPUTIME_ID);
    struct match_stats stats;
    struct match_err err;
    size_t bytes = 0;

    for (size_t i = 0; made && i < count; i++) {
        corpus_make(corpus, i, made);
        bytes += made->texts[0].text.len + made->texts[1].text.len;
        bench_must(match_put(index, &made->doc, i, &err), &err);
        if (i % 512 == 511 || i + 1 == count)
            bench_must(match_commit(index, i + 1, &err), &err);
    }
    wall = bench_seconds(CLOCK_MONOTONIC) - wall;
    thread = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - thread;
    process = bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - process;
    match_stats(index, &stats);
    printf("build    %zu documents of %.0f bytes: %.0f docs/s wall, %.0f of one core's CPU with merges, %.0f in the "
           "calling thread\n", count, (double)bytes / (double)count, (double)count / wall, (double)count / process,
           (double)count / thread);
    printf("index    %.0f bytes/doc, %.0f postings/doc, %llu terms, %llu segments\n",
           (double)stats.bytes / (double)count, (double)stats.postings / (double)count,
           (unsigned long long)stats.terms, (unsigned long long)stats.segments);
    free(made);
}

static void settle(const struct match_index *index)
{
    struct match_stats stats;

    bench_settle(index);
    match_stats(index, &stats);
    printf("settled  %llu segments, %.0f bytes/doc\n", (unsigned long long)stats.segments,
           (double)stats.bytes / (double)stats.documents);
}

static void ask(struct match_index *index, const struct corpus *corpus, size_t chars, size_t k, unsigned kinds,
                double seconds, const char *name)
{
    double start = bench_seconds(CLOCK_THREAD_CPUTIME_ID), *times = calloc(200000, sizeof *times), total = 0;
    size_t count = 0, hits_count = 0;

    while (times && (total = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - start) < seconds && count < 200000) {
        struct match_snapshot *snapshot = match_snapshot(index);
        struct match_query query;
        struct match_hits hits;
        struct match_err err;
        double before = bench_seconds(CLOCK_THREAD_CPUTIME_ID);

        match_query_init(&query);
        query.text = corpus_head(corpus->needs[count % corpus->need_count], chars);
        query.k = k;
        query.kinds = kinds;
        match_understand(query.text, 20500, &query.ask);
        bench_must(match_search(snapshot, &query, &hits, &err), &err);
        for (unsigned kind = 0; kind < CORPUS_KINDS; kind++)
            hits_count += hits.lists[kind].count;
        match_hits_release(&hits);
        match_snapshot_end(snapshot);
        times[count++] = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - before;
    }
    printf("%-8s %3zu characters, k %zu of %d kinds: %.0f/s, median %.3f ms, p99 %.3f ms, %.1f hits\n", name, chars, k,
           __builtin_popcount(kinds), (double)count / total, bench_quantile(times, count, 0.5) * 1e3,
           bench_quantile(times, count, 0.99) * 1e3, (double)hits_count / (double)count);
    free(times);
}

static void update(struct match_index *index, const struct corpus *corpus, size_t count, size_t times)
{
    struct corpus_made *made = malloc(sizeof *made);
    double *each = calloc(times, sizeof *each), process = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
    uint64_t written = 0, most = 0;
    struct match_stats stats, before;
    struct match_err err;

    for (size_t i = 0; each && made && i < times; i++) {
        double start = bench_seconds(CLOCK_THREAD_CPUTIME_ID);
        uint64_t grown;

        match_stats(index, &before);
        corpus_make(corpus, i * 7919 % count, made);
        bench_must(match_put(index, &made->doc, count, &err), &err);
        bench_must(match_commit(index, count + i + 1, &err), &err);
        each[i] = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - start;
        match_stats(index, &stats);
        grown = stats.log_bytes > before.log_bytes ? stats.log_bytes - before.log_bytes : 0;
        written += grown;
        most = grown > most ? grown : most;
    }
    process = bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - process;
    printf("update   one of %zu: median %.3f ms, p99 %.3f ms, most %.3f ms of CPU; %.3f ms with merges; "
           "log %.0f bytes, most %llu\n", count, bench_quantile(each, times, 0.5) * 1e3, bench_quantile(each, times, 0.99) * 1e3,
           bench_quantile(each, times, 1) * 1e3,
           process / (double)times * 1e3, (double)written / (double)times, (unsigned long long)most);
    free(each);
    free(made);
}

static void reopen(const char *folder, struct match_index **index)
{
    struct match_options options = {.merge_threads = 1};
    struct match_err err;
    double start;

    match_close(*index);
    start = bench_seconds(CLOCK_MONOTONIC);
    bench_must(match_open(folder, &options, index, &err), &err);
    printf("open     %.0f ms\n", (bench_seconds(CLOCK_MONOTONIC) - start) * 1e3);
}

/* A model of all that is there, and a vector for each document. */
static void learn(struct match_index *index, const char *folder, unsigned threads)
{
    struct match_learn how = {.threads = threads};
    struct match_snapshot *snapshot = match_snapshot(index);
    double start = bench_seconds(CLOCK_MONOTONIC), used = bench_seconds(CLOCK_PROCESS_CPUTIME_ID), learned;
    struct match_stats stats;
    struct match_err err;
    char file[64];

    snprintf(file, sizeof file, "%s/learned", folder);
    bench_must(match_learn(snapshot, &how, file, &err), &err);
    match_snapshot_end(snapshot);
    learned = bench_seconds(CLOCK_MONOTONIC);
    printf("learned with %u threads: %.1f s, %.1f s of the processor\n", threads, learned - start,
           bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - used);
    bench_must(match_model(index, file, &err), &err);
    do {
        usleep(10000);
        match_stats(index, &stats);
    } while (stats.meant < stats.documents);
    printf("vectors of %llu documents: %.1f s, %.0f bytes a document with them\n", (unsigned long long)stats.documents,
           bench_seconds(CLOCK_MONOTONIC) - learned, (double)stats.bytes / (double)stats.documents);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/tq-speed-XXXXXX";
    struct match_options options = {.merge_threads = 1};
    double seconds = argc > 3 ? strtod(argv[3], NULL) : 5;
    struct match_index *index;
    struct corpus corpus;
    struct match_err err;
    size_t count;

    if (argc < 2 || !mkdtemp(folder)) {
        fprintf(stderr, "usage: match_speed DATA [documents] [seconds]\n");
        return 2;
    }
    corpus_read(&corpus, argv[1]);
    count = argc > 2 ? (size_t)strtoull(argv[2], NULL, 10) : 0;
    count = count ? count : corpus.count;
    bench_must(match_open(folder, &options, &index, &err), &err);
    build(index, &corpus, count);
    settle(index);
    ask(index, &corpus, 300, 6, (1u << CORPUS_KINDS) - 1, seconds, "box");
    ask(index, &corpus, 300, 10, 1u << 2, seconds / 2, "one kind");
    ask(index, &corpus, 8, 10, 1u << 2, seconds / 2, "short");
    update(index, &corpus, count, 500);
    reopen(folder, &index);
    ask(index, &corpus, 300, 6, (1u << CORPUS_KINDS) - 1, seconds, "box");
    print_memory();
    learn(index, folder, 1);
    print_memory();
    learn(index, folder, 2);
    ask(index, &corpus, 300, 6, (1u << CORPUS_KINDS) - 1, seconds, "box, with meaning");
    ask(index, &corpus, 300, 10, 1u << 2, seconds / 2, "one kind, with meaning");
    ask(index, &corpus, 8, 10, 1u << 2, seconds / 2, "short, with meaning");
    match_close(index);
    corpus_release(&corpus);
    return 0;
}
