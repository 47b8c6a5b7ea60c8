/*
 * What changes cost those who ask: a full load of questions, with and without somebody writing beside it.
 *
 *   match_live ../shared/data [documents] [threads] [changes a second] [rounds]
 *
 * Defaults: 100,000 documents (real ones and mixtures, corpus.h), a thread a processor, 100 changes a second, 3 rounds. In turns,
 * five seconds each: all threads ask for the ten best of one kind by 300 characters of a need, and the same while a document a
 * commit is put anew, merges in the background. Prints the median and p99 of the questions' wall times, their ratio, and how long it
 * took from the start of a change until a question found it.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "corpus.h"

enum { THREADS_MOST = 64, TIMES_MOST = 2000000, CHARS = 300, K = 10, MARK = 32, PHASE = 5 };

struct live {
    const struct corpus *corpus;
    struct match_index *index;
    size_t documents;
    unsigned threads, changes;
    atomic_bool stop;
    atomic_size_t asked;
    double *times;                     /* of the questions of a phase */
    double *shown;                     /* until a change was found */
    size_t shown_count;
    uint64_t applied;
};

static void ask(const struct live *live, struct match_str text, unsigned kind, size_t k, struct match_hits *hits)
{
    struct match_snapshot *snapshot = match_snapshot(live->index);
    struct match_query query;
    struct match_err err;

    match_query_init(&query);
    query.text = text;
    query.k = k;
    query.kinds = 1u << kind;
    bench_must(match_search(snapshot, &query, hits, &err), &err);
    match_snapshot_end(snapshot);
}

static void *asking(void *arg)
{
    struct live *live = arg;

    while (!atomic_load(&live->stop)) {
        size_t at = atomic_fetch_add(&live->asked, 1);
        double start = bench_seconds(CLOCK_MONOTONIC);
        struct match_hits hits;

        ask(live, corpus_head(live->corpus->needs[at % live->corpus->need_count], CHARS), (unsigned)(at % CORPUS_KINDS), K, &hits);
        match_hits_release(&hits);
        if (at < TIMES_MOST)
            live->times[at] = bench_seconds(CLOCK_MONOTONIC) - start;
    }
    return NULL;
}

/* Puts a document anew with a word of its own, and asks for the word. */
static void change(struct live *live, struct corpus_made *made)
{
    double start = bench_seconds(CLOCK_MONOTONIC);
    struct match_text texts[3];
    struct match_hits hits;
    struct match_err err;
    char mark[MARK];

    corpus_make(live->corpus, live->applied * 7919 % live->documents, made);
    memcpy(texts, made->texts, 2 * sizeof *texts);
    snprintf(mark, sizeof mark, "mark%lluq", (unsigned long long)live->applied);
    texts[2] = (struct match_text){MATCH_TEXT, MATCH_PUBLIC, {mark, strlen(mark)}};
    made->doc.texts = texts;
    made->doc.text_count = 3;
    bench_must(match_put(live->index, &made->doc, live->applied, &err), &err);
    bench_must(match_commit(live->index, ++live->applied, &err), &err);
    ask(live, texts[2].text, made->doc.kind, 1, &hits);
    if (hits.lists[made->doc.kind].count != 1 || hits.lists[made->doc.kind].hits[0].id != made->doc.id) {
        fprintf(stderr, "a committed change is not found\n");
        exit(1);
    }
    match_hits_release(&hits);
    live->shown[live->shown_count++] = bench_seconds(CLOCK_MONOTONIC) - start;
}

static void write_for(struct live *live, double seconds)
{
    struct corpus_made *made = malloc(sizeof *made);
    double start = bench_seconds(CLOCK_MONOTONIC), now = start;

    for (unsigned c = 0; made && now - start < seconds && live->shown_count < TIMES_MOST; c++) {
        double due = start + (double)c / live->changes;

        if (due > now)
            usleep((useconds_t)((due - now) * 1e6));
        change(live, made);
        now = bench_seconds(CLOCK_MONOTONIC);
    }
    free(made);
}

/* Questions of a phase, and with changes beside them. Returns p99; *median, *count. */
static double phase(struct live *live, bool changes, double *median, size_t *count)
{
    pthread_t threads[THREADS_MOST];

    atomic_store(&live->stop, false);
    atomic_store(&live->asked, 0);
    for (unsigned t = 0; t < live->threads; t++)
        if (pthread_create(&threads[t], NULL, asking, live) != 0)
            exit(1);
    if (changes)
        write_for(live, PHASE);
    else
        sleep(PHASE);
    atomic_store(&live->stop, true);
    for (unsigned t = 0; t < live->threads; t++)
        pthread_join(threads[t], NULL);
    *count = atomic_load(&live->asked) < TIMES_MOST ? atomic_load(&live->asked) : TIMES_MOST;
    *median = bench_quantile(live->times, *count, 0.5);
    return bench_quantile(live->times, *count, 0.99);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/tq-live-XXXXXX";
    struct match_options options = {.merge_threads = 1};
    unsigned long rounds = argc > 5 ? strtoul(argv[5], NULL, 10) : 3;
    struct live live = {
        .documents = argc > 2 ? strtoull(argv[2], NULL, 10) : 100000,
        .threads = (unsigned)(argc > 3 ? strtoul(argv[3], NULL, 10) : (unsigned long)sysconf(_SC_NPROCESSORS_ONLN)),
        .changes = (unsigned)(argc > 4 ? strtoul(argv[4], NULL, 10) : 100),
        .times = calloc(TIMES_MOST, sizeof *live.times),
        .shown = calloc(TIMES_MOST, sizeof *live.shown),
    };
    struct corpus corpus;
    struct match_err err;

    if (argc < 2 || !live.times || !live.shown || live.documents == 0 || live.threads < 1 || live.threads > THREADS_MOST
        || live.changes == 0 || !mkdtemp(folder)) {
        fprintf(stderr, "usage: match_live DATA [documents] [threads] [changes a second] [rounds]\n");
        return 2;
    }
    corpus_read(&corpus, argv[1]);
    live.corpus = &corpus;
    bench_must(match_open(folder, &options, &live.index, &err), &err);
    corpus_put(live.index, &corpus, live.documents);
    live.applied = live.documents;
    bench_settle(live.index);
    for (unsigned long r = 0; r < rounds; r++) {
        double median[2], p99[2];
        size_t count[2];

        for (int changing = 0; changing < 2; changing++)
            p99[changing] = phase(&live, changing, &median[changing], &count[changing]);
        printf("%zu documents, %u threads: alone %zu asked, p50 %.3f ms, p99 %.3f ms; with changes %zu asked, p50 %.3f ms, p99 %.3f ms: "
               "p99 %.2f times\n", live.documents, live.threads, count[0], 1e3 * median[0], 1e3 * p99[0], count[1], 1e3 * median[1],
               1e3 * p99[1], p99[1] / p99[0]);
    }
    printf("%zu changes; until found: p50 %.2f ms", live.shown_count, 1e3 * bench_quantile(live.shown, live.shown_count, 0.5));
    printf(", p99 %.2f ms, most %.2f ms\n", 1e3 * bench_quantile(live.shown, live.shown_count, 0.99),
           1e3 * bench_quantile(live.shown, live.shown_count, 1));
    match_close(live.index);
    bench_must(match_remove(folder, &err), &err);
    rmdir(folder);
    corpus_release(&corpus);
    free(live.times);
    free(live.shown);
    return 0;
}
