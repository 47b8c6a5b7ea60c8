/* SQLite as an engine: transactions, and the table of functions. */
#include "store/sqlite/sqlite_int.h"

static bool plain(struct sql *sql, const char *statement, struct err *err)
{
    return sqlite_put(sql, statement, SQL_NO_ARGS, err);
}

/* IMMEDIATE: a later switch from reading to writing could fail halfway with SQLITE_BUSY_SNAPSHOT. */
static bool begin(struct sql *sql, struct err *err)
{
    return plain(sql, "BEGIN IMMEDIATE", err);
}

static bool step_begin(struct sql *sql, struct err *err)
{
    return plain(sql, "SAVEPOINT step", err);
}

static bool step_end(struct sql *sql, bool keep, bool wait, struct err *err)
{
    (void)wait;
    if (sqlite3_get_autocommit(sqlite_of(sql)->db)) /* a grave error took the whole transaction back */
        return err_set(err, ERR_IO, "写入被中断");
#ifndef TQ_TEETH_SAVEPOINT
    if (!keep && !plain(sql, "ROLLBACK TO step", err))
        return false;
#endif
    return plain(sql, "RELEASE step", err);
}

/* An I/O error at COMMIT says nothing: such a commit was found on disk afterwards. A full disk is a plain no. */
static enum engine_end commit(struct sql *sql, struct err *err)
{
    if (plain(sql, "COMMIT", err))
        return ENGINE_DONE;
    return sqlite_of(sql)->lost ? ENGINE_UNKNOWN : ENGINE_FAILED;
}

static void rollback(struct sql *sql)
{
    struct err err;

    if (!sqlite3_get_autocommit(sqlite_of(sql)->db))
        plain(sql, "ROLLBACK", &err);
}

static enum engine_health health(struct sql *sql)
{
    struct sqlite_conn *conn = sqlite_of(sql);

    if (conn->lost)
        return ENGINE_LOST;
    return sqlite3_get_autocommit(conn->db) ? ENGINE_AGAIN : ENGINE_SOUND;
}

static bool read_begin(struct sql *sql, struct err *err)
{
    return plain(sql, "BEGIN", err);
}

static bool read_end(struct sql *sql)
{
    rollback(sql);
    return !sqlite_of(sql)->lost && sqlite3_get_autocommit(sqlite_of(sql)->db);
}

const struct engine engine_sqlite = {
    .name = "sqlite",
    .bigint = "INTEGER",
    .text = "TEXT",
    .bytes = "BLOB",
    .table_end = " STRICT",
    .open = sqlite_open,
    .close = sqlite_close,
    .describe = sqlite_describe,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .examine = sqlite_examine,
    .begin = begin,
    .step_begin = step_begin,
    .step_end = step_end,
    .commit = commit,
    .rollback = rollback,
    .health = health,
    .read_begin = read_begin,
    .read_end = read_end,
    .run = sqlite_run,
    .put = sqlite_put,
    .count = sqlite_count,
    .rows = sqlite_rows,
    .next = sqlite_next,
    .done = sqlite_done,
    .is_null = sqlite_is_null,
    .number = sqlite_number,
    .slice = sqlite_slice,
    .has_room = sqlite_has_room,
    .tend = sqlite_tend,
    .copy = sqlite_copy,
    .look = sqlite_look,
    .sound = sqlite_sound,
};
