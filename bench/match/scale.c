/*
 * How the engine stands with many documents, all features on: size on disk, opening, long and short queries.
 *
 *   match_scale FOLDER [documents] [rounds]
 *
 * FOLDER: the files documents, long and short that bench/match/scale makes (synthetic.mjs); the index goes below TMPDIR. Every document has a field, a maturity, an
 * amount, a day, ways and a region; of one in ten the last words are for who is signed in, of one in twenty under NDA. One in
 * twenty is dropped in the end, and a model of 128 dimensions is learned. Queries ask for the ten best of a kind that all are of:
 * a visitor without conditions, and one who is signed in, with a field, a region and a maturity. CPU times of one thread.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "match/layout.h"
#include "match/match.h"
#include "match/segment.h"

enum { BATCH = 512, QUERIES = 1000, DROPPED = 20, SAID = 64 };

static FILE *open_file(const char *folder, const char *name)
{
    char path[1024];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "re");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static struct match_index *open_index(const char *folder)
{
    struct match_options options = {.merge_threads = 1};
    struct match_index *index;
    struct match_err err;

    bench_must(match_open(folder, &options, &index, &err), &err);
    return index;
}

/* --- building --- */

/* The last words, up to SAID bytes, go to a level of their own. Returns how many texts there are. */
static size_t split_text(struct match_text texts[2], const char *tokens, enum match_level level)
{
    size_t len = strcspn(tokens, "\n"), at = len > 2 * SAID ? len - SAID : len;

    while (level != MATCH_PUBLIC && at < len && tokens[at] != ' ')
        at++;
    if (level == MATCH_PUBLIC)
        at = len;
    texts[0] = (struct match_text){MATCH_TEXT, MATCH_PUBLIC, {tokens, at}};
    texts[1] = (struct match_text){MATCH_TEXT, level, {tokens + at, len - at}};
    return 1 + (at < len);
}

static void put(struct match_index *index, int64_t id, const char *tokens)
{
    static const char *const paths[] = {"C/26/266", "C/35/351", "A/01", "M/73/732"};
    const char *path = paths[id % 4];
    struct match_code code = {{"gbt4754", 7}, {path, strlen(path)}};
    struct match_text texts[2];
    struct match_doc doc = {.id = id, .level = MATCH_PUBLIC, .owner = id % 500 + 1, .texts = texts, .codes = &code, .code_count = 1};
    struct match_err err;

    doc.text_count = split_text(texts, tokens, id % 20 == 3 ? MATCH_NDA : id % 10 == 7 ? MATCH_SIGNED_IN : MATCH_PUBLIC);
    doc.facts = (struct match_facts){.trl_from = 1 + (int)(id % 9), .trl_to = 1 + (int)(id % 9), .amount = id % 1000 * 100000,
                                     .day = 20000 + (int32_t)(id % 3000), .ways = (uint32_t)(id % 16),
                                     .region = 620100 + (uint32_t)(id % 6)};
    bench_must(match_put(index, &doc, (uint64_t)id, &err), &err);
}

static int64_t build(struct match_index *index, const char *folder, long most)
{
    FILE *file = open_file(folder, "documents");
    double process = bench_seconds(CLOCK_PROCESS_CPUTIME_ID), wall = bench_seconds(CLOCK_MONOTONIC);
    char *line = NULL;
    size_t room = 0;
    int64_t count = 0;
    struct match_err err;

    while (count < most && getline(&line, &room, file) > 0) {
        put(index, ++count, strchr(line, '\t') + 1);
        if (count % BATCH == 0)
            bench_must(match_commit(index, (uint64_t)count, &err), &err);
    }
    bench_must(match_commit(index, (uint64_t)count, &err), &err);
    printf("build    %lld documents: %.0f a second, %.0f a second of the processor\n", (long long)count,
           (double)count / (bench_seconds(CLOCK_MONOTONIC) - wall), (double)count / (bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - process));
    free(line);
    fclose(file);
    return count;
}

/* A file that is being written. */
static bool is_writing(const char *folder)
{
    DIR *files = opendir(folder);
    const struct dirent *entry;
    bool found = false;

    while (files && !found && (entry = readdir(files)))
        found = strstr(entry->d_name, ".new") != NULL;
    closedir(files);
    return found;
}

/* And no file is half written. */
static void settle(const struct match_index *index, const char *folder)
{
    do
        bench_settle(index);
    while (is_writing(folder));
}

static void drop_some(struct match_index *index, int64_t count)
{
    struct match_err err;

    for (int64_t id = DROPPED; id <= count; id += DROPPED) {
        bench_must(match_drop(index, id, (uint64_t)(count + id), &err), &err);
        if (id / DROPPED % BATCH == 0)
            bench_must(match_commit(index, (uint64_t)(count + id), &err), &err);
    }
    bench_must(match_commit(index, (uint64_t)(2 * count + 1), &err), &err);
}

static void learn(struct match_index *index, const char *folder)
{
    struct match_snapshot *snapshot = match_snapshot(index);
    struct match_learn how = {0};
    double began = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
    struct match_err err;
    char file[1100];

    snprintf(file, sizeof file, "%s/learned", folder);
    bench_must(match_learn(snapshot, &how, file, &err), &err);
    match_snapshot_end(snapshot);
    bench_must(match_model(index, file, &err), &err);
    unlink(file);
    settle(index, folder);
    printf("model    %.1f s of the processor, vectors included\n", bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - began);
}

/* --- what there is on disk --- */

static void count_sections(const char *path, uint64_t size[SECTIONS])
{
    FILE *file = fopen(path, "re");
    struct layout_head head;
    struct layout_entry entry;

    if (!file || fread(&head, sizeof head, 1, file) != 1)
        exit(1);
    for (uint32_t i = 0; i < head.sections && fread(&entry, sizeof entry, 1, file) == 1; i++)
        if (entry.id < SECTIONS)
            size[entry.id] += entry.size;
    fclose(file);
}

static void print_size(const char *folder, const struct match_index *index)
{
    uint64_t size[SECTIONS] = {0}, all = 0, segments = 0;
    DIR *files = opendir(folder);
    const struct dirent *entry;
    struct match_stats stats;
    char path[1024];
    struct stat state;

    match_stats(index, &stats);
    while (files && (entry = readdir(files))) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &state) != 0 || !S_ISREG(state.st_mode))
            continue;
        all += (uint64_t)state.st_size;
        if (strncmp(entry->d_name, "seg.", 4) != 0)
            continue;
        segments += (uint64_t)state.st_size;
        count_sections(path, size);
    }
    closedir(files);
    printf("disk     %.1f bytes a document, %.1f of them in %llu segments; %llu documents, %llu dropped and still there, %.1f postings "
           "each\n", (double)all / (double)stats.documents, (double)segments / (double)stats.documents,
           (unsigned long long)stats.segments, (unsigned long long)stats.documents, (unsigned long long)stats.deleted,
           (double)stats.postings / (double)stats.documents);
    for (unsigned s = 0; s < SECTIONS; s++)
        if (size[s] > stats.documents / 20)
            printf("         %6.1f  %s\n", (double)size[s] / (double)stats.documents, segment_section(s));
}

/* --- asking --- */

struct questions {
    char *lines[QUERIES];
    size_t count;
};

static void questions_read(struct questions *questions, const char *folder, const char *name)
{
    FILE *file = open_file(folder, name);
    size_t room = 0;

    questions->count = 0;
    while (questions->count < QUERIES && (room = 0, questions->lines[questions->count] = NULL,
                                          getline(&questions->lines[questions->count], &room, file) > 0))
        questions->count++;
    fclose(file);
}

static void set_conditions(struct match_query *query)
{
    query->asker.levels |= MATCH_SIGNED_IN;
    query->asker.party = 7;
    query->filter.code = (struct match_code){{"gbt4754", 7}, {"C", 1}};
    query->filter.region = 620100;
    query->filter.trl_from = 3;
}

/* Each question once to warm up, then again and again; of the times of one question the least counts, so that what else the machine does stays out. */
static void ask(struct match_index *index, const struct questions *questions, bool conditions, unsigned rounds, const char *name)
{
    double *times = calloc(questions->count, sizeof *times), sum = 0, hits_sum = 0;
    struct match_snapshot *snapshot = match_snapshot(index);

    for (unsigned round = 0; times && round <= rounds; round++)
        for (size_t q = 0; q < questions->count; q++) {
            const char *text = strchr(questions->lines[q], '\t') + 1;
            struct match_query query;
            struct match_hits hits;
            struct match_err err;
            double began = bench_seconds(CLOCK_THREAD_CPUTIME_ID), took;

            match_query_init(&query);
            query.text = (struct match_str){text, strcspn(text, "\n")};
            query.kinds = 1;
            if (conditions)
                set_conditions(&query);
            bench_must(match_search(snapshot, &query, &hits, &err), &err);
            took = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - began;
            hits_sum += (double)hits.lists[0].count;
            match_hits_release(&hits);
            times[q] = round < 2 || took < times[q] ? took : times[q];
        }
    for (size_t q = 0; q < questions->count; q++)
        sum += times[q];
    printf("%-24s %.0f a second, median %.3f ms, p99 %.3f ms, most %.3f ms, %.1f hits\n", name, (double)questions->count / sum,
           bench_quantile(times, questions->count, 0.5) * 1e3, bench_quantile(times, questions->count, 0.99) * 1e3,
           bench_quantile(times, questions->count, 1) * 1e3,
           hits_sum / (double)questions->count / (rounds + 1));
    match_snapshot_end(snapshot);
    free(times);
}

static void ask_all(struct match_index *index, const char *folder, unsigned rounds)
{
    static struct questions questions[2];
    static const char *const names[] = {"long", "short"};

    for (unsigned n = 0; n < 2; n++) {
        char name[64];

        questions_read(&questions[n], folder, names[n]);
        ask(index, &questions[n], false, rounds, names[n]);
        snprintf(name, sizeof name, "%s, with conditions", names[n]);
        ask(index, &questions[n], true, rounds, name);
    }
}

static void print_memory(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    printf("memory   %ld MiB at most, mapped files included\n", usage.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
    char folder[1024];
    long most = argc > 2 ? strtol(argv[2], NULL, 10) : 1000000;
    unsigned rounds = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 3;
    struct match_index *index;
    int64_t count;
    double began;

    setvbuf(stdout, NULL, _IOLBF, 0);
    snprintf(folder, sizeof folder, "%s/tq-scale-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (argc < 2 || most <= 0 || rounds == 0 || !mkdtemp(folder)) {
        fprintf(stderr, "usage: match_scale FOLDER [documents] [rounds]\n");
        return 2;
    }
    index = open_index(folder);
    count = build(index, argv[1], most);
    settle(index, folder);
    drop_some(index, count);
    settle(index, folder);
    print_memory();
    print_size(folder, index);
    ask_all(index, argv[1], rounds);
    learn(index, folder);
    print_memory();
    print_size(folder, index);
    match_close(index);
    began = bench_seconds(CLOCK_MONOTONIC);
    index = open_index(folder);
    printf("open     %.0f ms\n", (bench_seconds(CLOCK_MONOTONIC) - began) * 1e3);
    ask_all(index, argv[1], rounds);
    match_close(index);
    return 0;
}
