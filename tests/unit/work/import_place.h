/* What the tests of import and export share: a database with the code trees, files written, a table brought in. */
#ifndef TQ_TESTS_IMPORT_PLACE_H
#define TQ_TESTS_IMPORT_PLACE_H

#include "store_engines.h"

#include "ledger/ledger.h"
#include "record/record.h"
#include "record/tree.h"
#include "seal/seal.h"
#include "work/import.h"
#include "work/submit.h"

struct bench {
    struct place *place;
    struct store *store;
    struct actor actor;
    struct arena arena;
    char folder[64];
    struct import_options options;
    const char *maps[4], *fills[4]; /* a person's words for the plan */
    struct import_tally tally;
    struct err err;
    char told[40000];               /* every problem: "行 N|header|value|message|hint\n" */
};

static inline struct bench *bench_open(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct err err;

    if (!seal_start(&err) || !trees_load(TQ_CODES, &err))
        fail_msg("%s", err.message);
    record_start();
    bench->place = place_of(state);
    bench->store = place_open(bench->place, ledger_attach);
    actor_program(&bench->actor);
    arena_init(&bench->arena);
    snprintf(bench->folder, sizeof bench->folder, "/tmp/tq-import-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    return bench;
}

static inline void bench_close(struct bench *bench)
{
    store_close(bench->store);
    arena_release(&bench->arena);
    place_shell("rm -rf '%s'", bench->folder);
    free(bench);
    trees_unload();
}

static inline char *bench_path(struct bench *bench, const char *name)
{
    return arena_print(&bench->arena, "%s/%s", bench->folder, name);
}

static inline const char *bench_file(struct bench *bench, const char *name, const char *text)
{
    char *path = bench_path(bench, name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    fclose(file);
    return path;
}

static inline void bench_told(void *arg, long line, const struct import_problem *problems, size_t count)
{
    struct bench *bench = arg;

    for (size_t i = 0; i < count; i++) {
        const struct import_problem *p = &problems[i];
        size_t len = strlen(bench->told);

        snprintf(bench->told + len, sizeof bench->told - len, "行 %ld|%.*s|%.*s|%s|%s\n", line, (int)p->header.len,
                 p->header.at, (int)p->value.len, p->value.at, p->err.message, p->err.hint);
    }
}

static inline void bench_remarked(void *arg, long line, struct slice remarks)
{
    struct bench *bench = arg;
    size_t len = strlen(bench->told);

    snprintf(bench->told + len, sizeof bench->told - len, "提醒 %ld|%.*s\n", line, (int)remarks.len, remarks.at);
}

static inline bool bench_plan(struct bench *bench, const struct kind *kind, struct table *table,
                              struct import_plan *plan)
{
    size_t count = table_columns(table);
    struct slice *headers = arena_zero(&bench->arena, count, sizeof *headers);

    for (size_t i = 0; i < count; i++)
        headers[i] = table_column(table, i);
    import_plan_make(kind, headers, count, &bench->arena, plan);
    for (size_t i = 0; i < 4; i++)
        if ((bench->maps[i] && !import_plan_map(plan, slice_of(bench->maps[i]), &bench->err))
            || (bench->fills[i] && !import_plan_fill(plan, slice_of(bench->fills[i]), &bench->err)))
            return false;
    return true;
}

/* Checks, and publishes if asked; false: bench->err says why. */
static inline bool bench_check(struct bench *bench, const struct kind *kind, const char *path, bool publishes)
{
    struct import_plan plan;
    struct import_request request = {.file = path, .plan = &plan, .actor = &bench->actor, .options = bench->options};
    struct import_watch watch = {.arg = bench, .bad = bench_told, .remarked = bench_remarked};
    bool ok;

    bench->told[0] = '\0';
    err_clear(&bench->err);
    if (!table_open(path, path, &request.table, &bench->err))
        return false;
    ok = bench_plan(bench, kind, request.table, &plan)
         && import_check(bench->store, &request, &watch, publishes, &bench->tally, &bench->err);
    table_close(request.table);
    return ok;
}

static inline bool bench_publish(struct bench *bench)
{
    return import_publish(bench->store, bench->tally.job, bench->options.good_only, NULL, &bench->tally, &bench->err);
}

static inline bool bench_import(struct bench *bench, const struct kind *kind, const char *path)
{
    return bench_check(bench, kind, path, true) && bench_publish(bench);
}

/* An import that must go well. */
static inline void bench_bring(struct bench *bench, const struct kind *kind, const char *path)
{
    if (!bench_import(bench, kind, path))
        fail_msg("%s: %s %s\n%s", path, bench->err.message, bench->err.hint, bench->told);
}

static inline void bench_bring_text(struct bench *bench, const struct kind *kind, const char *text)
{
    bench_bring(bench, kind, bench_file(bench, "table.csv", text));
}

/* How many there are now. */
static inline int64_t bench_count(struct bench *bench, const char *statement)
{
    int64_t number = 0;
    struct sql *sql;
    bool found;

    assert_true(store_read(bench->store, &sql, &bench->err));
    assert_true(sql_one(sql, statement, SQL_NO_ARGS, &number, &found, &bench->err));
    store_read_end(bench->store, sql);
    return number;
}

/* The first record of the kind whose title it is; false: none. */
static inline bool bench_find(struct bench *bench, const struct kind *kind, const char *title, struct record *record)
{
    struct sql *sql;
    struct sql_rows rows;
    char *statement = arena_print(&bench->arena, "SELECT id FROM %s WHERE %s = ?1 AND to_leaf IS NULL", kind->name,
                                  kind->fields[kind->title].name);
    int64_t id = 0;

    assert_true(store_read(bench->store, &sql, &bench->err));
    assert_true(sql_rows(sql, statement, SQL_ARGS(sql_text(slice_of(title))), &rows, &bench->err));
    if (sql_next(&rows))
        id = sql_number(&rows, 0);
    assert_true(sql_done(&rows, &bench->err));
    if (id)
        assert_true(record_get(sql, kind, id, &bench->arena, record, &bench->err));
    store_read_end(bench->store, sql);
    return id != 0;
}

static inline const char *bench_value(struct bench *bench, const struct record *record, const char *field)
{
    int index = kind_field(record->kind, field);

    assert_true(index >= 0);
    return arena_text(&bench->arena, field_show(&record->kind->fields[index], &record->values[index], &bench->arena));
}

/* The ledger is whole, nothing is staged, no job is under way. */
static inline void bench_sound(struct bench *bench)
{
    uint64_t count;
    struct sql *sql;

    assert_true(store_read(bench->store, &sql, &bench->err));
    if (!ledger_check(sql, &count, &bench->err))
        fail_msg("%s", bench->err.message);
    store_read_end(bench->store, sql);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM staging WHERE sort IN (0, 1)"), 0);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM job WHERE state IN ('staging', 'publishing')"), 0);
}

#define TELLS(bench, text) \
    do { \
        if (!strstr((bench)->told, (text))) \
            fail_msg("\"%s\" is not among what was told:\n%s", (text), (bench)->told); \
    } while (0)

#endif
