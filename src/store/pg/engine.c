/* PostgreSQL as an engine: transactions, snapshots, and the table of functions. */
#include <poll.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/pg/pg_int.h"

static bool plain(struct pg_conn *conn, const char *statement, struct err *err)
{
    return pg_send(conn, statement, SQL_NO_ARGS, NULL, err);
}

static bool sound(struct sql *sql, struct err *err)
{
    (void)sql, (void)err;
    return true; /* a server looks after its own files */
}

/*
 * The server plans a prepared statement once, by the sizes it then sees, and looks again only when statistics come in,
 * a minute later or more. A plan made over an empty table may read a whole index for one row (an import of 9,000 rows
 * took 34 s instead of 3); so plans live for two seconds. To plan anew all that a connection uses costs about a ms.
 */
enum { PLANS_US = 2000000 };

static bool plans_renew(struct pg_conn *conn, struct err *err)
{
    int64_t now = clock_steady_us();

    if (now < conn->plans_until_us)
        return true;
    conn->plans_until_us = now + PLANS_US;
    return plain(conn, "DISCARD PLANS", err);
}

/* ---- the writer ---- */

/* READ COMMITTED: once the head of the ledger is locked, each statement sees all that others committed. */
static bool begin(struct sql *sql, struct err *err)
{
    struct pg_conn *conn = pg_of(sql);

    conn->step++;
    conn->again = false;
    return plain(conn, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", err) && plans_renew(conn, err);
}

static bool step_begin(struct sql *sql, struct err *err)
{
    pg_of(sql)->step++;
    return plain(pg_of(sql), "SAVEPOINT step", err);
}

/* Whatever the step still has under way must have failed or not before the way back can be sent. */
static bool step_undo(struct pg_conn *conn, struct err *err)
{
    struct err own;

    if (conn->count > 0 && !pg_sync(conn, PG_WAIT_US, &own) && (conn->lost || conn->again)) {
        *err = own;
        return false;
    }
    return !conn->again && plain(conn, "ROLLBACK TO SAVEPOINT step", err) && plain(conn, "RELEASE SAVEPOINT step", err);
}

static bool step_end(struct sql *sql, bool keep, bool wait, struct err *err)
{
    struct pg_conn *conn = pg_of(sql);
    struct err undo;

    if (!keep)
        return step_undo(conn, err);
    if (!plain(conn, "RELEASE SAVEPOINT step", err))
        return false;
    if (!wait || pg_sync(conn, PG_WAIT_US, err))
        return true;
    step_undo(conn, &undo);
    return false;
}

/*
 * Any doubt at COMMIT is "unknown": a lost connection, an error that ends it, a warning (the wait for the standby was
 * given up). An error of an earlier statement means that COMMIT was skipped; so does the answer "ROLLBACK".
 */
static enum engine_end commit(struct sql *sql, struct err *err)
{
    struct pg_conn *conn = pg_of(sql);
    PGresult *result = NULL;
    enum engine_end end = ENGINE_FAILED;
    bool ok;

    if (conn->count > 0 && !pg_sync(conn, PG_WAIT_US, err))
        return ENGINE_FAILED;
    conn->step++;
    conn->warned = false;
    ok = pg_send(conn, "COMMIT", SQL_NO_ARGS, &result, err) && pg_sync(conn, PG_COMMIT_US, err);
#ifdef TQ_TEETH_PG_WARNING
    conn->warned = false;
#endif
    if (conn->lost || conn->warned) {
        conn->lost = true;
        end = ENGINE_UNKNOWN;
    } else if (ok && strcmp(PQcmdStatus(result), "COMMIT") == 0) {
        end = ENGINE_DONE;
    } else if (ok) {
        err_set(err, ERR_BUSY, "写入被撤销，请稍后再试");
    }
    PQclear(result);
    return end;
}

static void rollback(struct sql *sql)
{
    struct pg_conn *conn = pg_of(sql);
    struct err err;

    if (conn->lost)
        return;
    if (conn->count > 0)
        pg_sync(conn, PG_WAIT_US, &err);
    conn->step++;
    conn->again = false;
    if (PQtransactionStatus(conn->pg) != PQTRANS_IDLE)
        (void)(plain(conn, "ROLLBACK", &err) && pg_sync(conn, PG_COMMIT_US, &err));
    conn->lost = conn->lost || PQtransactionStatus(conn->pg) != PQTRANS_IDLE;
}

static enum engine_health health(struct sql *sql)
{
    struct pg_conn *conn = pg_of(sql);

    if (conn->lost)
        return ENGINE_LOST;
    return conn->again ? ENGINE_AGAIN : ENGINE_SOUND;
}

/* ---- readers ---- */

/* Did the server hang up while the connection lay in the pool? */
static bool alive(struct pg_conn *conn)
{
    struct pollfd fd = {PQsocket(conn->pg), POLLIN, 0};

    return poll(&fd, 1, 0) == 0 || PQconsumeInput(conn->pg) == 1;
}

/* BEGIN travels with the first question. */
static bool read_begin(struct sql *sql, struct err *err)
{
    struct pg_conn *conn = pg_of(sql);

    if (!alive(conn) || !pg_settle(conn, PG_COMMIT_US, err))
        return err_set(err, ERR_IO, "与数据库的连接中断，请稍后再试");
    conn->step++;
    return plain(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err) && plans_renew(conn, err);
}

/* ROLLBACK is sent and its answer read by the next user. */
static bool read_end(struct sql *sql)
{
    struct pg_conn *conn = pg_of(sql);
    struct err err;

    if (sql->failed && !conn->lost) {
        rollback(sql);
        return !conn->lost;
    }
    return !conn->lost && plain(conn, "ROLLBACK", &err) && pg_sync_later(conn, &err);
}

/* ---- statements ---- */

/* A migration's statement: on a large city an index takes its time, and nobody is served meanwhile. */
static bool run(struct sql *sql, const char *statement, struct err *err)
{
    struct pg_conn *conn = pg_of(sql);

    return pg_send_once(conn, "SET LOCAL statement_timeout = 0", err) && pg_send_once(conn, statement, err)
        && pg_sync(conn, PG_MIGRATE_US, err);
}

static bool put(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct err *err)
{
    return pg_send(pg_of(sql), statement, args, count, NULL, err);
}

static bool count_changes(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
                          int64_t *changed, struct err *err)
{
    PGresult *result = NULL;
    bool ok = pg_send(pg_of(sql), statement, args, count, &result, err) && pg_sync(pg_of(sql), PG_WAIT_US, err);

    if (ok)
        *changed = strtoll(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    return ok;
}

static bool has_room(struct store *store)
{
    (void)store;
    return true; /* the write that follows tells */
}

/* One question, and an answer soon: a server that is slower than that with nobody writing is none. */
static bool is_there(struct sql *sql)
{
    struct err ignored;

    return plain(pg_of(sql), "SELECT 1", &ignored) && pg_sync(pg_of(sql), PG_ALIVE_US, &ignored);
}

static void tend(struct sql *sql, bool idle)
{
    (void)sql, (void)idle;
}

const struct engine engine_pg = {
    .name = "postgresql",
    .locks_rows = true,
    .bigint = "BIGINT",
    .text = "TEXT COLLATE \"C\"", /* by bytes, as SQLite sorts */
    .bytes = "BYTEA",
    .table_end = "",
    .open = pg_open,
    .close = pg_close,
    .describe = pg_describe,
    .connect = pg_connect,
    .disconnect = pg_disconnect,
    .examine = sound,
    .begin = begin,
    .step_begin = step_begin,
    .step_end = step_end,
    .commit = commit,
    .rollback = rollback,
    .health = health,
    .read_begin = read_begin,
    .read_end = read_end,
    .run = run,
    .put = put,
    .count = count_changes,
    .rows = pg_rows,
    .next = pg_next,
    .done = pg_done,
    .is_null = pg_is_null,
    .number = pg_number,
    .slice = pg_slice,
    .has_room = has_room,
    .alive = is_there,
    .tend = tend,
};
