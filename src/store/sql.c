/* What both engines share of sql.h: arguments are checked, a spoilt step stays spoilt. */
#include <assert.h>

#include "store/engine_int.h"

void sql_start(struct sql *sql)
{
    assert(sql->open == 0);
    sql->failed = false;
    err_clear(&sql->failure);
}

static bool note(struct sql *sql, bool ok, const struct err *err)
{
    if (!ok && !sql->failed) {
        sql->failed = true;
        sql->failure = *err;
    }
    return ok;
}

static bool args_sound(const struct sql_arg *args, size_t count, struct err *err)
{
    assert(count <= SQL_ARGS_MAX);
    for (size_t i = 0; i < count; i++)
        if (args[i].type == SQL_TEXT && args[i].text.len && memchr(args[i].text.at, 0, args[i].text.len))
            return err_set(err, ERR_INVALID, "文字中含有空字符(U+0000)，不能保存") || err_hint(err, "请删去这个字符，或改为手工输入");
    return true;
}

static bool ready(struct sql *sql, const struct sql_arg *args, size_t count, struct err *err)
{
    if (sql->failed) {
        *err = sql->failure;
        return false;
    }
    return note(sql, args_sound(args, count, err), err);
}

bool sql_locks_rows(const struct sql *sql)
{
    return sql->engine->locks_rows;
}

bool sql_put(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct err *err)
{
    return ready(sql, args, count, err) && note(sql, sql->engine->put(sql, statement, args, count, err), err);
}

bool sql_count(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, int64_t *changed,
               struct err *err)
{
    return ready(sql, args, count, err)
        && note(sql, sql->engine->count(sql, statement, args, count, changed, err), err);
}

bool sql_rows(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
              struct sql_rows *rows, struct err *err)
{
    assert(sql->open < SQL_OPEN_MAX);
    *rows = (struct sql_rows){.sql = sql};
    if (!ready(sql, args, count, err)
        || !note(sql, sql->engine->rows(sql, statement, args, count, rows, err), err))
        return false;
    sql->open++;
    return true;
}

bool sql_next(struct sql_rows *rows)
{
    return !rows->failed && rows->sql->engine->next(rows);
}

bool sql_done(struct sql_rows *rows, struct err *err)
{
    rows->sql->open--;
    return note(rows->sql, rows->sql->engine->done(rows, err), err);
}

bool sql_is_null(const struct sql_rows *rows, int column)
{
    return rows->sql->engine->is_null(rows, column);
}

int64_t sql_number(const struct sql_rows *rows, int column)
{
    return rows->sql->engine->number(rows, column);
}

struct slice sql_slice(const struct sql_rows *rows, int column)
{
    return rows->sql->engine->slice(rows, column);
}

bool sql_one(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, int64_t *number,
             bool *found, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, statement, args, count, &rows, err))
        return false;
    *found = sql_next(&rows);
    if (*found)
        *number = sql_number(&rows, 0);
    return sql_done(&rows, err);
}
