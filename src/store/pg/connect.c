/* Connections: parameters, session settings, notices. */
#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"
#include "store/pg/pg_int.h"

enum { WORDS_MOST = 100 /* characters of what a server says */, DIARY_US = 5000000 };

/* What libpq says may hold the password; so it is not passed on. */
bool pg_open(struct store *store, const char *url, struct err *err)
{
    PQconninfoOption *options = PQconninfoParse(url, NULL);

    if (!options || !*url) {
        PQconninfoFree(options);
        err_set(err, ERR_INVALID, "--db 后面的不是 PostgreSQL 的地址");
        return err_hint(err, "写成 postgresql://用户@主机/库名，例如 postgresql://tieqiao@127.0.0.1/tieqiao");
    }
    PQconninfoFree(options);
    store->place = strdup(url);
    if (!store->place)
        abort();
    return true;
}

void pg_close(struct store *store)
{
    free(store->place);
}

static const char *value_of(const PQconninfoOption *options, const char *name, const char *otherwise)
{
    for (; options && options->keyword; options++)
        if (strcmp(options->keyword, name) == 0 && options->val && *options->val)
            return options->val;
    return otherwise;
}

void pg_describe(const struct store *store, struct text *out)
{
    PQconninfoOption *options = PQconninfoParse(store->place, NULL);

    text_print(out, "PostgreSQL %s:%s/%s", value_of(options, "host", "localhost"), value_of(options, "port", "5432"),
               value_of(options, "dbname", ""));
    PQconninfoFree(options);
}

/*
 * A warning during COMMIT says that the wait for the synchronous standby was given up: what looks like an
 * acknowledgement is none. Its words are translated and it has no SQLSTATE of its own, so any warning counts.
 */
static void notice(void *arg, const PGresult *result)
{
    struct pg_conn *conn = arg;
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (severity && strcmp(severity, "WARNING") == 0) {
        conn->warned = true;
        log_warn("postgresql: %s", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    }
}

/* What the operator writes in the URL comes last and wins. */
static PGconn *dial(const char *url, bool writer)
{
    const char *const names[] = {"connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count",
                                 "tcp_user_timeout", "application_name", "target_session_attrs", "dbname", NULL};
    const char *const values[] = {"5", "5", "5", "3", "10000", "tieqiao", writer ? "read-write" : "any", url, NULL};

    return PQconnectdbParams(names, values, 1);
}

/*
 * A frozen server process must not hold the ledger's head for ever: idle_in_transaction_session_timeout lets go of it.
 * Acknowledged means durable, so synchronous_commit may be anything but off.
 */
static const char *const settings[] = {
    "SET client_encoding = 'UTF8'",
    "SET client_min_messages = warning",
    "SET statement_timeout = '30s'",
    "SET lock_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '30s'",
    "SET jit = off",
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
};

static bool settle(struct pg_conn *conn, struct err *err)
{
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (!pg_send_once(conn, settings[i], err))
            return false;
    return pg_sync(conn, PG_COMMIT_US, err);
}

/* The first line of what libpq says, without "connection to server at …, port … failed: ". */
static struct slice why_refused(const struct pg_conn *conn)
{
    static const char failed[] = "failed: ";
    const char *why = PQerrorMessage(conn->pg), *at = strstr(why, failed);

    why = at ? at + strlen(failed) : why;
    return utf8_head((struct slice){why, strcspn(why, "\n")}, WORDS_MOST);
}

/* A database that is away is asked for many times a second: it is written down now and then. */
static bool diary_due(void)
{
    static _Atomic int64_t written_us;
    int64_t now = clock_steady_us(), last = atomic_load(&written_us);

    return (last == 0 || now - last >= DIARY_US) && atomic_compare_exchange_strong(&written_us, &last, now);
}

/* Where it is and why it did not answer: told to whoever opens the store, later for the diary alone, since visitors read this too. */
static bool refused(const struct store *store, struct pg_conn *conn, struct err *err)
{
    const char *host = PQhost(conn->pg) ? PQhost(conn->pg) : "", *port = PQport(conn->pg) ? PQport(conn->pg) : "";
    struct slice why = why_refused(conn);

    if (!store->writer) {
        err_set(err, ERR_IO, "连不上数据库 %s:%s(%.*s)", host, port, (int)why.len, why.at);
        return err_hint(err, "请确认 PostgreSQL 在运行，--db 里的地址、库名、用户名和口令都对");
    }
    if (diary_due())
        log_error("postgresql: no connection to %s:%s: %.*s", host, port, (int)why.len, why.at);
    return err_set(err, ERR_IO, "暂时连不上数据库，请稍后再试");
}

bool pg_connect(struct store *store, bool writer, struct sql **sql, struct err *err)
{
    struct pg_conn *conn = calloc(1, sizeof *conn);

    if (!conn || !(conn->pg = dial(store->place, writer)))
        abort();
    text_init(&conn->scratch);
    PQsetNoticeReceiver(conn->pg, notice, conn);
    if (PQstatus(conn->pg) != CONNECTION_OK || PQsetnonblocking(conn->pg, 1) != 0
        || PQenterPipelineMode(conn->pg) != 1)
        refused(store, conn, err);
    else if (settle(conn, err)) {
        *sql = &conn->sql;
        return true;
    }
    pg_disconnect(&conn->sql);
    return false;
}

static void statement_free(void *value)
{
    struct pg_statement *statement = value;

    free(statement->text);
    free(statement);
}

void pg_disconnect(struct sql *sql)
{
    struct pg_conn *conn = pg_of(sql);

    PQfinish(conn->pg);
    cache_release(&conn->cache, statement_free);
    text_release(&conn->scratch);
    free(conn->pending);
    free(conn);
}
