#include "work/import_job.h"

#include "base/json.h"
#include "work/import_int.h"

#define JOB_TEXT                                                                                                         \
    "SELECT id, kind, file, state, made_ms, decided_ms, staged, place, good, bad, parties, made, changed, same, skipped," \
    " CASE state WHEN 'settled' THEN 0 ELSE bad END"                                                                      \
    " FROM job WHERE account = ?1 AND state IN ('checked', 'publishing', 'done', 'settled')"

static const char list_text[] = JOB_TEXT " ORDER BY id DESC LIMIT ?2";
static const char get_text[] = JOB_TEXT " AND id = ?2";

static enum import_job_state state_read(struct slice text)
{
    return slice_is(text, "done") || slice_is(text, "settled") ? JOB_DONE : slice_is(text, "publishing") ? JOB_PUBLISHING : JOB_CHECKED;
}

static void job_read(const struct sql_rows *rows, struct arena *arena, struct import_job *job)
{
    *job = (struct import_job){.id = sql_number(rows, 0), .kind = kind_imported_by_name(arena_text(arena, sql_slice(rows, 1))),
                               .file = arena_copy(arena, sql_slice(rows, 2)), .state = state_read(sql_slice(rows, 3)),
                               .made_ms = sql_number(rows, 4), .decided_ms = sql_number(rows, 5),
                               .total = sql_number(rows, 6), .done = sql_number(rows, 7), .bad_left = sql_number(rows, 15)};
    job->tally = (struct import_tally){.job = job->id, .good = sql_number(rows, 8), .bad = sql_number(rows, 9),
                                       .parties = sql_number(rows, 10), .made = sql_number(rows, 11),
                                       .changed = sql_number(rows, 12), .same = sql_number(rows, 13),
                                       .skipped = sql_number(rows, 14)};
}

bool import_job_list(struct sql *sql, int64_t account, struct arena *arena, struct import_job *jobs, size_t most,
                     size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, list_text, SQL_ARGS(sql_int(account), sql_int((int64_t)most)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows)) {
        job_read(&rows, arena, &jobs[*count]);
        *count += jobs[*count].kind != NULL;
    }
    return sql_done(&rows, err);
}

bool import_job_get(struct sql *sql, int64_t id, int64_t account, struct arena *arena, struct import_job *job,
                    struct err *err)
{
    struct sql_rows rows;
    bool found;

    if (!sql_rows(sql, get_text, SQL_ARGS(sql_int(account), sql_int(id)), &rows, err))
        return false;
    found = sql_next(&rows);
    if (found)
        job_read(&rows, arena, job);
    if (!sql_done(&rows, err))
        return false;
    if (found && job->kind)
        return true;
    err_set(err, ERR_MISSING, "没有这次导入，或它已经过去");
    return err_hint(err, "请重新选文件；已经导入的内容不会重复");
}

/* --- bad rows --- */

static const char bad_text[] =
    "SELECT line, body FROM staging WHERE job = ?1 AND sort IN (2, 4)"
    " AND NOT EXISTS (SELECT 1 FROM job WHERE id = ?1 AND state = 'settled') ORDER BY seq LIMIT ?2";

static void faults_read(long line, const json_t *problems, struct arena *arena, struct import_fault *faults, size_t most,
                        size_t *count)
{
    const json_t *problem;
    size_t i;

    json_array_foreach(problems, i, problem)
        if (*count < most)
            faults[(*count)++] = (struct import_fault){.line = line,
                                                       .column = arena_copy(arena, json_member(problem, "header")),
                                                       .value = arena_copy(arena, json_member(problem, "value")),
                                                       .message = arena_copy(arena, json_member(problem, "message")),
                                                       .hint = arena_copy(arena, json_member(problem, "hint"))};
}

bool import_job_bad(struct sql *sql, int64_t id, struct arena *arena, struct import_fault *faults, size_t most,
                    size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, bad_text, SQL_ARGS(sql_int(id), sql_int((int64_t)most)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows)) {
        json_t *body = json_read(sql_slice(&rows, 1), err);

        if (!body)
            break;
        faults_read((long)sql_number(&rows, 0), json_object_get(body, "problems"), arena, faults, most, count);
        json_decref(body);
    }
    return sql_done(&rows, err);
}

bool import_job_twice(struct sql *sql, int64_t id, int64_t *rows, struct err *err)
{
    bool found;

    *rows = 0;
    return sql_one(sql, "SELECT count(*) FROM staging WHERE job = ?1 AND sort = 4", SQL_ARGS(sql_int(id)), rows, &found, err);
}

/* --- its records --- */

enum { LOOKED_AT = 2000 };

static const char same_text[] = "SELECT seq, object FROM staging WHERE job = ?1 AND sort = 3 AND seq > ?2 ORDER BY seq LIMIT ?3";
static const char leaf_text[] = "SELECT object FROM ledger WHERE request_id = ?1 AND request_id <> '' AND action = ?2 AND kind = ?3";

static bool records_same(struct sql *sql, int64_t job, int64_t *after, int64_t *ids, size_t *count, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, same_text, SQL_ARGS(sql_int(job), sql_int(*after), sql_int(LIST_PAGE)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        *after = sql_number(&rows, 0);
        ids[(*count)++] = sql_number(&rows, 1);
    }
    if (*count < LIST_PAGE)
        *after = 0;
    return sql_done(&rows, err);
}

/* What was published has left its leaves, each under the row's own request id. */
static bool record_written(struct sql *sql, const struct import_job *job, const char *action, int64_t seq, int64_t *id,
                           bool *found, struct err *err)
{
    char request_id[LEAF_REQUEST + 1];

    snprintf(request_id, sizeof request_id, IMPORT_REQUEST, (long long)job->id, (long long)seq);
    return sql_one(sql, leaf_text, SQL_ARGS(sql_text(slice_of(request_id)), sql_text(slice_of(action)),
                                            sql_text(slice_of(job->kind->name))), id, found, err);
}

bool import_job_records(struct sql *sql, const struct import_job *job, enum import_list list, int64_t *after, int64_t *ids,
                        size_t *count, struct err *err)
{
    char action[LEAF_WORD + 1];
    int64_t end;

    *count = 0;
    if (*after < 0 || *after > job->total)
        *after = 0;
    end = *after + LOOKED_AT < job->total ? *after + LOOKED_AT : job->total;
    if (list == LIST_SAME)
        return records_same(sql, job->id, after, ids, count, err);
    snprintf(action, sizeof action, "%s.%s", job->kind->name, list == LIST_CHANGED ? "edit" : "disclose");
    while (*after < end && *count < LIST_PAGE) {
        bool found;

        if (!record_written(sql, job, action, ++*after, &ids[*count], &found, err))
            return false;
        *count += found;
    }
    if (*after == job->total)
        *after = 0;
    return true;
}

/* --- done with it --- */

static const char drop_text[] = "UPDATE job SET state = 'dropped' WHERE id = ?1 AND account = ?2 AND state = 'checked'";
static const char settle_text[] = "UPDATE job SET state = 'settled' WHERE id = ?1 AND account = ?2 AND state = 'done'";

bool import_job_settle(struct sql *sql, void *arg, struct err *err)
{
    const struct import_settling *settling = arg;

    return sql_put(sql, drop_text, SQL_ARGS(sql_int(settling->job), sql_int(settling->account)), err)
           && sql_put(sql, settle_text, SQL_ARGS(sql_int(settling->job), sql_int(settling->account)), err);
}
