/* What imports leave behind: decided jobs that were cut off, and those that nobody will come back to. */
#include "base/clock.h"
#include "base/log.h"
#include "work/import_int.h"

/* For a week the person may come back to a job that waits (work/upload.c), or mend the bad rows of one that is done. */
enum { PAGE_JOBS = 64, ALIVE_MS = 600000, KEPT_MS = 7 * 86400000 };

/* Asked for by themselves: however much that is over has piled up, they come first. */
static const char decided[] = "SELECT id FROM job WHERE state = 'publishing' AND id > ?1 ORDER BY id LIMIT ?2";
/* Cut off while staging, or thrown away, or checked or done with long ago. */
static const char over[] =
    "SELECT id FROM job WHERE id > ?1 AND (state = 'dropped' OR (state = 'staging' AND touched_ms < ?3)"
    " OR (state IN ('checked', 'done', 'settled') AND touched_ms < ?4)) ORDER BY id LIMIT ?2";

struct left_over {
    struct store *store;
    const char *statement;
    struct sql_arg args[4];  /* the first: the last job seen */
    size_t arg_count;
    bool (*settle)(struct store *store, int64_t job, struct err *err);
    bool failed;
    struct err err;          /* of the first that failed */
};

static bool page_read(struct left_over *left, int64_t jobs[PAGE_JOBS], size_t *count, struct err *err)
{
    struct sql_rows rows;
    struct sql *sql;
    bool ok;

    *count = 0;
    if (!store_read(left->store, &sql, err))
        return false;
    ok = sql_rows(sql, left->statement, left->args, left->arg_count, &rows, err);
    if (ok) {
        while (sql_next(&rows))
            jobs[(*count)++] = sql_number(&rows, 0);
        ok = sql_done(&rows, err);
    }
    store_read_end(left->store, sql);
    return ok;
}

static void settle_one(struct left_over *left, int64_t job)
{
    struct err err;

    if (left->settle(left->store, job, &err))
        return;
    log_error("import %lld: not finished: %s", (long long)job, err.message);
    left->err = left->failed ? left->err : err;
    left->failed = true;
}

/* Every one of them is tried: one that fails holds up none of those behind it. */
static bool settle_all(struct left_over *left, struct err *err)
{
    int64_t jobs[PAGE_JOBS];
    size_t count;

    left->args[0] = sql_int(0);
    left->args[1] = sql_int(PAGE_JOBS);
    do {
        if (!page_read(left, jobs, &count, err))
            return false;
        for (size_t i = 0; i < count; i++)
            settle_one(left, jobs[i]);
        if (count)
            left->args[0] = sql_int(jobs[count - 1]);
    } while (count == PAGE_JOBS);
    if (left->failed)
        *err = left->err;
    return !left->failed;
}

static bool go_on(struct store *store, int64_t job, struct err *err)
{
    struct import_tally tally;

    log_info("import %lld: goes on", (long long)job);
    return import_publish(store, job, true, NULL, &tally, err);
}

static bool forget_over(struct store *store, int64_t staging_ms, int64_t kept_ms, struct err *err)
{
    struct left_over left = {.store = store, .statement = over, .arg_count = 4, .settle = import_forget};

    left.args[2] = sql_int(staging_ms);
    left.args[3] = sql_int(kept_ms);
    return settle_all(&left, err);
}

bool import_sweep(struct store *store, int64_t now_ms, struct err *err)
{
    return forget_over(store, now_ms - ALIVE_MS, now_ms - KEPT_MS, err);
}

bool import_resume(struct store *store, struct err *err)
{
    bool alone = strcmp(store_engine(store), "sqlite") == 0; /* on PostgreSQL another process's may be alive */
    struct left_over cut_off = {.store = store, .statement = decided, .arg_count = 2, .settle = go_on};
    int64_t now = clock_ms();
    struct err later;
    bool ok = settle_all(&cut_off, err);

    return forget_over(store, alone ? INT64_MAX : now - ALIVE_MS, now - KEPT_MS, ok ? err : &later) && ok;
}
