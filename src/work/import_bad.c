#include "work/import_bad.h"

#include "base/json.h"
#include "base/text.h"
#include "work/import_int.h"

enum { BAD_PAGE = 200, BAD_COLUMNS = 1001 };

struct bad_writer {
    struct store *store;
    int64_t job, last;
    struct table_writer *table;
    struct arena arena;      /* of one page */
    bool left[BAD_COLUMNS];  /* columns of what was wrong an earlier time */
    size_t columns;          /* of the table that came */
};

static const char plan_text[] = "SELECT plan FROM job WHERE id = ?1";
static const char page_text[] =
    "SELECT seq, line, body FROM staging WHERE job = ?1 AND sort IN (2, 4) AND seq > ?2 ORDER BY seq LIMIT ?3";

/* --- one row --- */

/* "第 4 行：【申请日】申请日“2021-13-45”不对。填真实存在的日期，如 2021-01-29" */
static struct slice what_is_wrong(int64_t line, const json_t *problems, struct arena *arena)
{
    const json_t *problem;
    struct slice made;
    struct text out;
    size_t i;

    text_init(&out);
    text_print(&out, "第 %lld 行：", (long long)line);
    json_array_foreach(problems, i, problem) {
        struct slice header = json_member(problem, "header"), hint = json_member(problem, "hint");

        if (header.len)
            text_print(&out, "【%.*s】", (int)header.len, header.at);
        text_add_slice(&out, json_member(problem, "message"));
        if (hint.len)
            text_print(&out, "。%.*s", (int)hint.len, hint.at);
        text_puts(&out, i + 1 < json_array_size(problems) ? "；" : "");
    }
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

static bool row_write(struct bad_writer *writer, int64_t line, const json_t *body, struct err *err)
{
    const json_t *cells = json_object_get(body, "cells");
    struct slice row[BAD_COLUMNS];
    size_t n = 0;

    for (size_t i = 0; i < writer->columns; i++) {
        const json_t *cell = json_array_get(cells, i);

        if (!writer->left[i])
            row[n++] = cell ? (struct slice){json_string_value(cell), json_string_length(cell)} : SLICE("");
    }
    row[n] = what_is_wrong(line, json_object_get(body, "problems"), &writer->arena);
    return table_write(writer->table, row, err);
}

/* --- page by page, each a snapshot of its own --- */

static bool rows_write(struct bad_writer *writer, struct sql_rows *rows, size_t *count, struct err *err)
{
    bool ok = true;

    for (*count = 0; ok && sql_next(rows); ++*count) {
        json_t *body = json_read(sql_slice(rows, 2), err);

        writer->last = sql_number(rows, 0);
        ok = body && row_write(writer, sql_number(rows, 1), body, err);
        json_decref(body);
    }
    return ok;
}

static bool page_write(struct bad_writer *writer, size_t *count, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    struct sql *sql;
    bool ok;

    arena_reset(&writer->arena);
    if (!store_read(writer->store, &sql, err))
        return false;
    ok = sql_rows(sql, page_text, SQL_ARGS(sql_int(writer->job), sql_int(writer->last), sql_int(BAD_PAGE)), &rows, err);
    if (ok) {
        ok = rows_write(writer, &rows, count, err);
        ok = sql_done(&rows, ok ? err : &later) && ok;
    }
    store_read_end(writer->store, sql);
    return ok;
}

/* --- the file --- */

static bool columns_read(struct bad_writer *writer, const json_t *plan, const char *path, enum table_form form, struct err *err)
{
    const json_t *columns = json_object_get(plan, "columns");
    struct slice headers[BAD_COLUMNS];
    size_t n = 0;

    writer->columns = json_array_size(columns) < BAD_COLUMNS ? json_array_size(columns) : BAD_COLUMNS - 1;
    for (size_t i = 0; i < writer->columns; i++) {
        struct slice header = json_member(json_array_get(columns, i), "header");

        writer->left[i] = slice_is(header, IMPORT_BAD_COLUMN);
        if (!writer->left[i])
            headers[n++] = header;
    }
    headers[n++] = SLICE(IMPORT_BAD_COLUMN);
    return table_create(path, form, headers, n, &writer->table, err);
}

static bool plan_read(struct bad_writer *writer, json_t **plan, struct err *err)
{
    struct sql_rows rows;
    struct sql *sql;
    bool ok;

    *plan = NULL;
    if (!store_read(writer->store, &sql, err))
        return false;
    ok = sql_rows(sql, plan_text, SQL_ARGS(sql_int(writer->job)), &rows, err);
    if (ok) {
        if (sql_next(&rows))
            *plan = json_read(sql_slice(&rows, 0), err);
        ok = sql_done(&rows, err);
    }
    store_read_end(writer->store, sql);
    return ok && (*plan || err_set(err, ERR_MISSING, "没有这次导入，或它已经过去")
                        || err_hint(err, "请重新选文件；已经导入的内容不会重复"));
}

bool import_bad_write(struct store *store, int64_t job, const char *path, enum table_form form, struct err *err)
{
    struct bad_writer writer = {.store = store, .job = job};
    size_t count = BAD_PAGE;
    struct err later;
    json_t *plan;
    bool ok;

    if (!plan_read(&writer, &plan, err))
        return false;
    ok = columns_read(&writer, plan, path, form, err);
    json_decref(plan);
    if (!ok)
        return false;
    arena_init(&writer.arena);
    while (ok && count == BAD_PAGE)
        ok = page_write(&writer, &count, err);
    arena_release(&writer.arena);
    return table_finish(writer.table, ok ? err : &later) && ok;
}
