/* Sending without waiting, waiting with a deadline, and whose fault an error is. */
#include <assert.h>
#include <errno.h>
#include <poll.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/pg/pg_int.h"

enum { FLUSH_EVERY = 32, WINDOW = 256 };

static bool lose(struct pg_conn *conn, struct err *err)
{
    if (!conn->lost)
        log_warn("postgresql: connection lost: %s", PQerrorMessage(conn->pg));
    conn->lost = true;
    return err_set(err, ERR_IO, "与数据库的连接中断，请稍后再试");
}

/* ---- sending ---- */

char *pg_translate(const char *statement)
{
    char *out = strdup(statement);
    char quote = '\0';

    if (!out)
        abort();
    for (char *at = out; *at; at++) {
        if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at == '\'' || *at == '"')
            quote = *at;
        else if (*at == '?')
            *at = '$';
    }
    return out;
}

static void remember(struct pg_conn *conn, struct pg_pending pending)
{
    if (conn->first + conn->count == conn->room) {
        if (conn->first > conn->room / 2) {
            memmove(conn->pending, conn->pending + conn->first, conn->count * sizeof *conn->pending);
        } else {
            conn->room = conn->room * 2 + 64;
            conn->pending = reallocarray(conn->pending, conn->room, sizeof *conn->pending);
            if (!conn->pending)
                abort();
            memmove(conn->pending, conn->pending + conn->first, conn->count * sizeof *conn->pending);
        }
        conn->first = 0;
    }
    pending.step = conn->step;
    conn->pending[conn->first + conn->count++] = pending;
}

static struct pg_statement *statement_get(struct pg_conn *conn, const char *text)
{
    struct pg_statement *statement = cache_get(&conn->cache, text);

    if (statement)
        return statement;
    statement = calloc(1, sizeof *statement);
    if (!statement)
        abort();
    statement->text = pg_translate(text);
    snprintf(statement->name, sizeof statement->name, "s%u", ++conn->names);
    cache_put(&conn->cache, text, statement);
    return statement;
}

static bool prepare(struct pg_conn *conn, struct pg_statement *statement, struct err *err)
{
    if (statement->prepared)
        return true;
    if (PQsendPrepare(conn->pg, statement->name, statement->text, 0, NULL) != 1)
        return lose(conn, err);
    statement->prepared = true;
    remember(conn, (struct pg_pending){.prepares = statement, .text = statement->text});
    return true;
}

struct arguments {
    const char *values[SQL_ARGS_MAX];
    int lengths[SQL_ARGS_MAX], formats[SQL_ARGS_MAX];
};

/*
 * Numbers and text travel as text: the server knows their types from where they stand, and converts as SQLite does.
 * Bytes travel as they are. `scratch` gives text the NUL that libpq wants.
 */
static void arguments_fill(struct pg_conn *conn, const struct sql_arg *args, size_t count, struct arguments *out)
{
    size_t starts[SQL_ARGS_MAX];

    text_clear(&conn->scratch);
    for (size_t i = 0; i < count; i++) {
        starts[i] = conn->scratch.len;
        if (args[i].type == SQL_INT)
            text_number(&conn->scratch, args[i].number);
        else if (args[i].type == SQL_TEXT)
            text_add_slice(&conn->scratch, args[i].text);
        text_putc(&conn->scratch, '\0');
    }
    for (size_t i = 0; i < count; i++) {
        bool bytes = args[i].type == SQL_BYTES;

        assert(args[i].text.len <= INT32_MAX);
        out->values[i] = bytes ? (args[i].text.at ? args[i].text.at : "") : conn->scratch.at + starts[i];
        if (args[i].type == SQL_NULL)
            out->values[i] = NULL;
        out->lengths[i] = bytes ? (int)args[i].text.len : 0;
        out->formats[i] = bytes;
    }
}

/* ---- receiving ---- */

/* Moves bytes either way, at most until the deadline. */
static bool pump(struct pg_conn *conn, struct err *err)
{
    int unsent = PQflush(conn->pg);
    struct pollfd fd = {PQsocket(conn->pg), (short)(POLLIN | (unsent > 0 ? POLLOUT : 0)), 0};
    int64_t left_ms = (conn->deadline_us - clock_steady_us()) / 1000;
    int ready = unsent < 0 || left_ms <= 0 ? 0 : poll(&fd, 1, (int)left_ms);

    if (ready < 0 && errno == EINTR)
        return true;
    if (ready <= 0) {
        log_warn("postgresql: no answer in time");
        return lose(conn, err);
    }
    return PQconsumeInput(conn->pg) == 1 || lose(conn, err);
}

/* The next result, NULL at the end of a statement's; false: the connection is lost. */
static bool result_next(struct pg_conn *conn, PGresult **result, struct err *err)
{
    while (PQisBusy(conn->pg))
        if (!pump(conn, err))
            return false;
    *result = PQgetResult(conn->pg);
    return true;
}

/* The first error counts; those after it only follow from it. */
static void failure_note(struct pg_conn *conn, const struct pg_pending *pending, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const struct pg_class *class = pg_classify(state);

    if (class->kind == PG_DROP)
        conn->lost = true;
    if (class->code != ERR_CONFLICT && class->code != ERR_INVALID)
        log_error("postgresql: %s %s: %.200s", state ? state : "-----",
                  PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)
                                                                      : PQresultErrorMessage(result),
                  pending->text ? pending->text : "");
    if (conn->failed)
        return;
    conn->failed = true;
    conn->failed_step = pending->step;
    conn->failed_kind = class->kind;
    err_set(&conn->failure, class->code, "%s", class->message);
}

static void result_take(struct pg_conn *conn, const struct pg_pending *pending, PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
        if (pending->want && !*pending->want) {
            *pending->want = result;
            return;
        }
        break;
    case PGRES_PIPELINE_SYNC:
        break;
    case PGRES_PIPELINE_ABORTED:
        if (pending->prepares)
            pending->prepares->prepared = false;
        break;
    default:
        if (pending->prepares)
            pending->prepares->prepared = false;
        failure_note(conn, pending, result);
    }
    PQclear(result);
}

static bool pending_settle(struct pg_conn *conn, struct err *err)
{
    struct pg_pending pending = conn->pending[conn->first];
    PGresult *result;

    do {
        if (!result_next(conn, &result, err))
            return false;
        if (result)
            result_take(conn, &pending, result);
        else if (PQstatus(conn->pg) != CONNECTION_OK)
            return lose(conn, err);
    } while (result && !pending.sync);
    conn->first++;
    if (--conn->count == 0)
        conn->first = 0;
    return true;
}

/*
 * Keeps the server busy while we go on, but never far ahead of it: a slice of a long work must know how much time it
 * has really taken, and what is not answered yet takes memory.
 */
static bool keep_pace(struct pg_conn *conn, struct err *err)
{
    if (conn->count % FLUSH_EVERY != 0)
        return true;
    if (PQsendFlushRequest(conn->pg) != 1 || PQflush(conn->pg) < 0)
        return lose(conn, err);
    if (conn->count < WINDOW)
        return true;
    conn->deadline_us = clock_steady_us() + PG_WAIT_US;
    while (conn->count > WINDOW / 2)
        if (!pending_settle(conn, err))
            return false;
    return true; /* an error that came in is reported by the next sync */
}

bool pg_send(struct pg_conn *conn, const char *text, const struct sql_arg *args, size_t count, PGresult **want,
             struct err *err)
{
    struct pg_statement *statement = statement_get(conn, text);
    struct arguments arguments;

    if (conn->lost)
        return lose(conn, err);
    if (!prepare(conn, statement, err))
        return false;
    arguments_fill(conn, args, count, &arguments);
    if (PQsendQueryPrepared(conn->pg, statement->name, (int)count, arguments.values, arguments.lengths,
                            arguments.formats, 1)
        != 1)
        return lose(conn, err);
    remember(conn, (struct pg_pending){.text = statement->text, .want = want});
    return keep_pace(conn, err);
}

bool pg_send_once(struct pg_conn *conn, const char *text, struct err *err)
{
    if (PQsendQueryParams(conn->pg, text, 0, NULL, NULL, NULL, NULL, 1) != 1)
        return lose(conn, err);
    remember(conn, (struct pg_pending){.text = "(once)"});
    return true;
}

/* Reports the first error since the last report. */
static bool report(struct pg_conn *conn, struct err *err)
{
    if (!conn->failed)
        return true;
    conn->failed = false;
    if (conn->failed_kind == PG_AGAIN)
        conn->again = true;
#ifndef TQ_TEETH_PG_BLAME
    if (conn->failed_step != conn->step)
        conn->again = true;
#endif
    *err = conn->failure;
    return false;
}

bool pg_settle(struct pg_conn *conn, int64_t most_us, struct err *err)
{
    if (conn->sql.most_us && conn->sql.most_us < most_us)
        most_us = conn->sql.most_us;
    conn->deadline_us = clock_steady_us() + most_us;
    while (conn->count > 0 && !conn->lost)
        if (!pending_settle(conn, err))
            return false;
    return report(conn, err) && (!conn->lost || lose(conn, err));
}

bool pg_sync_later(struct pg_conn *conn, struct err *err)
{
    if (conn->lost || PQpipelineSync(conn->pg) != 1)
        return lose(conn, err);
    remember(conn, (struct pg_pending){.sync = true});
    return PQflush(conn->pg) >= 0 || lose(conn, err);
}

bool pg_sync(struct pg_conn *conn, int64_t most_us, struct err *err)
{
    return pg_sync_later(conn, err) && pg_settle(conn, most_us, err);
}
