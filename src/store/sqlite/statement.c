/* Statements: prepared once a connection, bound, stepped, reset. */
#include <assert.h>

#include "base/log.h"
#include "store/sqlite/sqlite_int.h"

struct statement {
    sqlite3_stmt *stmt;
    bool busy;   /* being read; a second use at the same time gets a copy */
    bool cached; /* else freed after use */
};

enum err_code sqlite_class(int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return ERR_CONFLICT;
    }
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
        return ERR_INVALID;
    case SQLITE_TOOBIG:
        return ERR_TOO_LARGE;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERR_CORRUPT;
    case SQLITE_NOMEM:
        return ERR_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
        return ERR_BUSY;
    default: /* SQLITE_ERROR, our own mistake, among them */
        return ERR_IO;
    }
}

static const char *message_of(enum err_code code)
{
    switch (code) {
    case ERR_CONFLICT:
        return N_("已有相同的记录，请刷新后再看");
    case ERR_INVALID:
        return N_("数据不符合库中的约束，没有写入");
    case ERR_TOO_LARGE:
        return N_("数据太大，不能保存");
    case ERR_FULL:
        return N_("磁盘已满，暂时只能读取，不能写入");
    case ERR_CORRUPT:
        return N_("读到的数据不完整，请核对数据文件");
    case ERR_MEMORY:
        return N_("内存不足");
    case ERR_BUSY:
        return N_("数据库正忙，请稍后再试");
    default:
        return N_("读写数据库失败");
    }
}

bool sqlite_fail(struct sqlite_conn *conn, int code, const char *statement, struct err *err)
{
    enum err_code class = sqlite_class(code);
    int primary = code & 0xff;

    if (class != ERR_CONFLICT && class != ERR_INVALID)
        log_error("sqlite: %s (%d): %.200s", conn->db ? sqlite3_errmsg(conn->db) : sqlite3_errstr(code), code,
                  statement);
    if (primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
        conn->lost = true;
    return err_set(err, class, "%s", message_of(class));
}

static bool prepare(struct sqlite_conn *conn, const char *text, unsigned flags, struct statement **out,
                    struct err *err)
{
    struct statement *s = calloc(1, sizeof *s);
    const char *tail = NULL;
    int code;

    if (!s)
        abort();
    code = sqlite3_prepare_v3(conn->db, text, -1, flags, &s->stmt, &tail);
    if (code != SQLITE_OK) {
        free(s);
        return sqlite_fail(conn, code, text, err);
    }
    assert(s->stmt && *tail == '\0');
    *out = s;
    return true;
}

void sqlite_statement_free(void *value)
{
    struct statement *s = value;

    sqlite3_finalize(s->stmt);
    free(s);
}

static bool take(struct sqlite_conn *conn, const char *text, struct statement **out, struct err *err)
{
    struct statement *s = cache_get(&conn->cache, text);

    if (s && !s->busy) {
        assert(strcmp(sqlite3_sql(s->stmt), text) == 0); /* else the text was put together at run time */
        s->busy = true;
        *out = s;
        return true;
    }
    if (!prepare(conn, text, s ? 0 : SQLITE_PREPARE_PERSISTENT, out, err))
        return false;
    if (!s) {
        cache_put(&conn->cache, text, *out);
        (*out)->cached = true;
    }
    (*out)->busy = true;
    return true;
}

static void give(struct statement *s)
{
    sqlite3_reset(s->stmt);
    sqlite3_clear_bindings(s->stmt);
    s->busy = false;
    if (!s->cached)
        sqlite_statement_free(s);
}

static int bind_one(sqlite3_stmt *stmt, int at, const struct sql_arg *arg, sqlite3_destructor_type lifetime)
{
    const char *bytes = arg->text.at ? arg->text.at : "";

    switch (arg->type) {
    case SQL_INT:
        return sqlite3_bind_int64(stmt, at, arg->number);
    case SQL_TEXT:
        return sqlite3_bind_text64(stmt, at, bytes, arg->text.len, lifetime, SQLITE_UTF8);
    case SQL_BYTES:
        return sqlite3_bind_blob64(stmt, at, bytes, arg->text.len, lifetime);
    case SQL_NULL:
        break;
    }
    return sqlite3_bind_null(stmt, at);
}

/* Takes the statement and binds its arguments; on true, `give` is due. */
static bool take_bound(struct sqlite_conn *conn, const char *text, const struct sql_arg *args, size_t count,
                       sqlite3_destructor_type lifetime, struct statement **out, struct err *err)
{
    if (!take(conn, text, out, err))
        return false;
    assert((size_t)sqlite3_bind_parameter_count((*out)->stmt) == count);
    for (size_t i = 0; i < count; i++) {
        int code = bind_one((*out)->stmt, (int)i + 1, &args[i], lifetime);

        if (code != SQLITE_OK) {
            give(*out);
            return sqlite_fail(conn, code, text, err);
        }
    }
    return true;
}

bool sqlite_put(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(sql);
    struct statement *s;
    int code;

    if (!take_bound(conn, statement, args, count, SQLITE_STATIC, &s, err))
        return false;
    do
        code = sqlite3_step(s->stmt);
    while (code == SQLITE_ROW);
    if (code != SQLITE_DONE)
        sqlite_fail(conn, code, statement, err);
    give(s);
    return code == SQLITE_DONE;
}

bool sqlite_count(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
                  int64_t *changed, struct err *err)
{
    if (!sqlite_put(sql, statement, args, count, err))
        return false;
    *changed = sqlite3_changes64(sqlite_of(sql)->db);
    return true;
}

/* The first row is stepped to at once, so that errors and changes come where PostgreSQL has them too. */
bool sqlite_rows(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
                 struct sql_rows *rows, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(sql);
    struct statement *s;
    int code;

    if (!take_bound(conn, statement, args, count, SQLITE_TRANSIENT, &s, err))
        return false;
    code = sqlite3_step(s->stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        sqlite_fail(conn, code, statement, err);
        give(s);
        return false;
    }
    rows->engine = s;
    rows->row = -1;
    rows->rows = code == SQLITE_ROW;
    return true;
}

bool sqlite_next(struct sql_rows *rows)
{
    struct statement *s = rows->engine;
    int code;

    if (!rows->rows)
        return false;
    if (rows->row++ < 0)
        return true;
    code = sqlite3_step(s->stmt);
    rows->rows = code == SQLITE_ROW;
    rows->failed = code != SQLITE_ROW && code != SQLITE_DONE;
    if (rows->failed)
        rows->row = code; /* for sqlite_done: what the connection remembers may be another's by then */
    return rows->rows;
}

bool sqlite_done(struct sql_rows *rows, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(rows->sql);
    struct statement *s = rows->engine;
    bool ok = !rows->failed;

    if (!ok)
        sqlite_fail(conn, rows->row, sqlite3_sql(s->stmt), err);
    give(s);
    return ok;
}

static sqlite3_stmt *stmt_of(const struct sql_rows *rows)
{
    return ((struct statement *)rows->engine)->stmt;
}

bool sqlite_is_null(const struct sql_rows *rows, int column)
{
    return sqlite3_column_type(stmt_of(rows), column) == SQLITE_NULL;
}

int64_t sqlite_number(const struct sql_rows *rows, int column)
{
    int type = sqlite3_column_type(stmt_of(rows), column);

    assert(type == SQLITE_INTEGER || type == SQLITE_NULL); /* sql_number of a column that is no number */
    return sqlite3_column_int64(stmt_of(rows), column);
}

struct slice sqlite_slice(const struct sql_rows *rows, int column)
{
    bool number = sqlite3_column_type(stmt_of(rows), column) == SQLITE_INTEGER;
    const void *at = sqlite3_column_blob(stmt_of(rows), column);
    int len = sqlite3_column_bytes(stmt_of(rows), column);

    assert(!number); /* sql_slice of a number */
    return (struct slice){at ? at : "", at ? (size_t)len : 0};
}

bool sqlite_run(struct sql *sql, const char *statement, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(sql);
    struct statement *s;
    int code;

    if (!prepare(conn, statement, 0, &s, err))
        return false;
    do
        code = sqlite3_step(s->stmt);
    while (code == SQLITE_ROW);
    if (code != SQLITE_DONE)
        sqlite_fail(conn, code, statement, err);
    sqlite_statement_free(s);
    return code == SQLITE_DONE;
}
