/*
 * How fast records come in, on the real ones below ../shared/data:
 *
 *   bench-import [--index] [--db URL] SHARED         imports every set into an empty place and says how fast; with
 *                                                    --index until the match index has them all
 *   bench-import --many ROWS [...] SHARED            the same abstracts again and again, up to ROWS rows, while another
 *                                                    thread writes: says how long its writes took
 *
 * A record counts when it is durable with its leaf and its facets. Prints records/s, the 99th percentile of the other
 * writes and the peak of resident memory.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/ident.h"
#include "ledger/ledger.h"
#include "record/record.h"
#include "record/tree.h"
#include "seal/seal.h"
#include "work/city.h"
#include "work/import.h"
#include "work/submit.h"

struct set {
    const char *path, *kind, *maps[4], *fills[3];
};

static const struct set sets[] = {
    {"match/needs/needs.jsonl", "need", {"body=now"}, {0}},
    {"match/needs/achievements.jsonl", "achievement", {"title_words=title"}, {"abstract=@row"}},
    {"text/csl/csl_full_records.jsonl", "achievement", {"discipline="}, {0}},
    {"text/fewclue_csl/abstracts_discipline.jsonl", "achievement", {"discipline="}, {"title=abstract"}},
    {"text/fewclue_csl/abstracts_keywords.jsonl", "achievement", {0}, {"title=abstract"}},
    {"en/nsf_awards_fy2026/awards.jsonl", "achievement", {"title_clean=title"}, {0}},
    {"en/sbir_awards_sample/awards.jsonl", "achievement", {0}, {0}},
};

__attribute__((noreturn)) static void die(const struct err *err)
{
    fprintf(stderr, "bench-import: %s %s\n", err->message, err->hint);
    exit(1);
}

static void plan_settle(const struct set *set, struct import_plan *plan)
{
    struct err err;

    for (size_t i = 0; i < 4 && set->maps[i]; i++)
        if (!import_plan_map(plan, slice_of(set->maps[i]), &err))
            die(&err);
    for (size_t i = 0; i < 3 && set->fills[i]; i++)
        if (!import_plan_fill(plan, slice_of(set->fills[i]), &err))
            die(&err);
}

static struct import_tally set_import(struct store *store, const struct set *set, const char *path)
{
    struct actor actor;
    struct import_plan plan;
    struct import_request request = {.file = path, .plan = &plan, .actor = &actor,
                                     .options = {.good_only = true, .make_parties = true, .side = "user",
                                                 .owner = "示例导入测速单位"}};
    struct import_tally tally;
    struct slice headers[1000];
    struct arena arena;
    struct err err;

    actor_program(&actor);
    arena_init(&arena);
    if (!table_open(path, path, &request.table, &err))
        die(&err);
    for (size_t i = 0; i < table_columns(request.table); i++)
        headers[i] = table_column(request.table, i);
    import_plan_make(kind_by_name(set->kind), headers, table_columns(request.table), &arena, &plan);
    plan_settle(set, &plan);
    if (!import_check(store, &request, NULL, true, &tally, &err)
        || !import_publish(store, tally.job, true, NULL, &tally, &err))
        die(&err);
    table_close(request.table);
    arena_release(&arena);
    return tally;
}

static void report(const char *what, int64_t rows, int64_t bad, int64_t us)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    printf("%-44s %7lld records %6lld bad %7.2f s %8.0f records/s  peak %ld MiB\n", what, (long long)rows, (long long)bad,
           (double)us / 1e6, (double)rows * 1e6 / (double)us, usage.ru_maxrss / 1024);
}

enum { INDEX_WAIT_MS = 600000 };

/* city: NULL unless the index is to follow. */
static void import_sets(struct store *store, struct city *city, const char *shared)
{
    int64_t start = clock_steady_us(), rows = 0, bad = 0;

    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char path[4096];
        int64_t one = clock_steady_us();
        struct import_tally tally;

        snprintf(path, sizeof path, "%s/%s", shared, sets[i].path);
        tally = set_import(store, &sets[i], path);
        report(sets[i].path, tally.made + tally.parties, tally.bad, clock_steady_us() - one);
        rows += tally.made + tally.parties;
        bad += tally.bad;
    }
    if (city && !city_settled(city, false, INDEX_WAIT_MS))
        fprintf(stderr, "bench-import: the index does not follow\n");
    report(city ? "all, indexed" : "all", rows, bad, clock_steady_us() - start);
}

/* --- other writes meanwhile --- */

enum { WRITES_MOST = 1000000, PAUSE_US = 2000 };

struct others {
    struct store *store;
    atomic_bool stop;
    int64_t *us;
    size_t count;
};

static void other_write(struct others *others, const struct actor *actor, size_t number)
{
    struct submission submission;
    struct complaints complaints = {.count = 0};
    struct slice typed[FIELDS_MAX] = {{0}};
    char name[80], request_id[40];
    struct arena arena;
    struct sql *sql;
    struct err err;
    int64_t start;

    snprintf(name, sizeof name, "示例测速单位第 %zu 家", number);
    snprintf(request_id, sizeof request_id, "bench-%zu", number);
    submit_init(&submission, &kind_party, actor, slice_of(request_id));
    typed[kind_field(&kind_party, "name")] = slice_of(name);
    typed[kind_field(&kind_party, "side")] = SLICE("user");
    arena_init(&arena);
    start = clock_steady_us();
    if (!store_read(others->store, &sql, &err))
        die(&err);
    if (!submit_check(sql, &submission, typed, &arena, &complaints, &err))
        die(&err);
    store_read_end(others->store, sql);
    if (store_write(others->store, request_id, submit_step, &submission, &err) != STORE_DONE)
        die(&err);
    others->us[others->count++] = clock_steady_us() - start;
    arena_release(&arena);
}

static void *write_on(void *arg)
{
    struct others *others = arg;
    struct actor actor;

    actor_program(&actor);
    while (!atomic_load(&others->stop) && others->count < WRITES_MOST) {
        other_write(others, &actor, others->count);
        usleep(PAUSE_US);
    }
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* A CSV of `rows` rows with abstracts as long as real ones: those of the first set that has some, numbered. */
static void many_write(const char *shared, const char *path, size_t rows)
{
    static const struct slice columns[] = {{"title", 5}, {"abstract", 8}};
    struct table_writer *writer;
    struct table *table = NULL;
    struct table_row row;
    struct err err;
    char source[4096], title[400];
    size_t abstract = 0;

    snprintf(source, sizeof source, "%s/%s", shared, sets[3].path);
    if (!table_create(path, TABLE_CSV, columns, 2, &writer, &err))
        die(&err);
    for (size_t i = 0; i < rows; i++) {
        while (!table || table_next(table, &row, &err) != TABLE_ROW) {
            table_close(table);
            if (!table_open(source, source, &table, &err))
                die(&err);
            while (!slice_is(table_column(table, abstract), "abstract"))
                abstract++;
        }
        snprintf(title, sizeof title, "示例测速成果第 %zu 项", i);
        if (!table_write(writer, (struct slice[]){slice_of(title), row.cells[abstract]}, &err))
            die(&err);
    }
    table_close(table);
    if (!table_finish(writer, &err))
        die(&err);
}

static void import_many(struct store *store, const char *shared, const char *data, size_t rows)
{
    static const struct set plain = {.kind = "achievement"};
    struct others others = {.store = store, .us = calloc(WRITES_MOST, sizeof(int64_t))};
    struct import_tally tally;
    pthread_t thread;
    char path[4096];
    int64_t start;

    snprintf(path, sizeof path, "%s/many.csv", data);
    many_write(shared, path, rows);
    pthread_create(&thread, NULL, write_on, &others);
    start = clock_steady_us();
    tally = set_import(store, &plain, path);
    report("many, while others write", tally.made, tally.bad, clock_steady_us() - start);
    atomic_store(&others.stop, true);
    pthread_join(thread, NULL);
    qsort(others.us, others.count, sizeof *others.us, by_size);
    if (others.count)
        printf("%zu other writes meanwhile: p50 %.1f ms, p99 %.1f ms, longest %.1f ms\n", others.count,
               (double)others.us[others.count / 2] / 1e3, (double)others.us[others.count * 99 / 100] / 1e3,
               (double)others.us[others.count - 1] / 1e3);
    free(others.us);
    unlink(path);
}

/* Where the records go: a store alone, or a city, whose index follows. */
struct target {
    char folder[32];
    struct store *store;
    struct city *city;
};

static void target_open(struct target *target, const char *db, bool index)
{
    struct store_options options = {.migrate = true, .schema = TQ_SHARE "/schema"};
    struct city_options with = {.data = target->folder, .url = db, .share = TQ_SHARE, .follow = true};
    char url[64];
    struct err err;

    snprintf(target->folder, sizeof target->folder, "/tmp/bench-import-XXXXXX");
    if (!mkdtemp(target->folder) || !seal_start(&err))
        exit(1);
    if (index) {
        if (!city_open(&with, &target->city, &err))
            die(&err);
        target->store = target->city->store;
        return;
    }
    snprintf(url, sizeof url, "sqlite:%s", target->folder);
    record_start();
    ledger_attach(&options);
    if (!trees_load(TQ_SHARE "/codes", &err) || !store_open(db ? db : url, &options, &target->store, &err))
        die(&err);
}

static int target_close(struct target *target)
{
    char command[80];

    if (target->city)
        city_close(target->city);
    else
        store_close(target->store);
    trees_unload();
    snprintf(command, sizeof command, "rm -rf '%s'", target->folder);
    return system(command) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct target target = {.store = NULL};
    const char *db = NULL, *shared = NULL;
    bool index = false;
    size_t many = 0;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--many") == 0 && i + 1 < argc)
            many = strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--db") == 0 && i + 1 < argc)
            db = argv[++i];
        else if (strcmp(argv[i], "--index") == 0)
            index = true;
        else
            shared = argv[i];
    }
    if (!shared) {
        fprintf(stderr, "bench-import [--index] [--many ROWS] [--db URL] SHARED\n");
        return 2;
    }
    target_open(&target, db, index);
    if (many)
        import_many(target.store, shared, target.folder, many);
    else
        import_sets(target.store, target.city, shared);
    return target_close(&target);
}
