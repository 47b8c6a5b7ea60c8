/*
 * PostgreSQL through libpq's pipeline mode. Statements are sent without waiting; their results are read when somebody
 * needs an answer (a "sync"). What was sent and not yet answered stands in `pending`, in order.
 *
 *   pg_send      sends a statement, does not wait
 *   pg_sync      waits for everything sent; the first error among it is reported
 *
 * After an error PostgreSQL skips the rest up to the sync. If the error is that of an earlier step, which has been let
 * go as good, the blame is unclear: the batch is rolled back and run again with a sync at the end of each step.
 */
#ifndef TQ_STORE_PG_INT_H
#define TQ_STORE_PG_INT_H

#include <libpq-fe.h>

#include "base/text.h"
#include "store/cache_int.h"
#include "store/engine_int.h"

/* What an error means for the transaction and the connection. */
enum pg_kind {
    PG_STEP,  /* only the statement failed */
    PG_AGAIN, /* the transaction should be run again */
    PG_DROP   /* the connection is of no more use */
};

struct pg_class {
    const char *state; /* SQLSTATE, or the beginning of some */
    enum pg_kind kind;
    enum err_code code;
    const char *message;
};

/* NULL or "": an error of libpq's own, which is a lost connection. */
const struct pg_class *pg_classify(const char *sqlstate);

struct pg_statement {
    char name[16];
    char *text; /* with $1 for ?1 */
    bool prepared;
};

struct pg_pending {
    bool sync;
    unsigned step;
    struct pg_statement *prepares; /* NULL: no preparation */
    const char *text;              /* for the log */
    PGresult **want;               /* where its result goes; NULL: nowhere */
};

struct pg_conn {
    struct sql sql; /* first */
    PGconn *pg;
    struct cache cache;
    unsigned names;             /* statements prepared so far */
    int64_t plans_until_us;     /* when the server is to plan them anew */
    struct pg_pending *pending;
    size_t first, count, room;
    unsigned step;              /* rises with each step, so that an error finds its own */
    bool failed;                /* an error came in since the last report: */
    struct err failure;
    unsigned failed_step;
    enum pg_kind failed_kind;
    bool again, lost;
    bool warned;                /* a WARNING came in: at COMMIT it means "not replicated" */
    int64_t deadline_us;
    struct text scratch;        /* arguments as text */
};

static inline struct pg_conn *pg_of(struct sql *sql)
{
    return (struct pg_conn *)sql;
}

/* connect.c */
bool pg_open(struct store *store, const char *url, struct err *err);
void pg_close(struct store *store);
void pg_describe(const struct store *store, struct text *out);
bool pg_connect(struct store *store, bool writer, struct sql **sql, struct err *err);
void pg_disconnect(struct sql *sql);

/* pipeline.c */
enum { PG_WAIT_US = 35000000, PG_COMMIT_US = 10000000, PG_ALIVE_US = 3000000 };
#define PG_MIGRATE_US INT64_C(7200000000)

bool pg_send(struct pg_conn *conn, const char *statement, const struct sql_arg *args, size_t count, PGresult **want,
             struct err *err);
/* Text used once. */
bool pg_send_once(struct pg_conn *conn, const char *text, struct err *err);
bool pg_sync(struct pg_conn *conn, int64_t most_us, struct err *err);
/* The end of a group, without waiting for it. */
bool pg_sync_later(struct pg_conn *conn, struct err *err);
/* Reads what is still to be answered. */
bool pg_settle(struct pg_conn *conn, int64_t most_us, struct err *err);

/* result.c */
bool pg_rows(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct sql_rows *rows,
             struct err *err);
bool pg_next(struct sql_rows *rows);
bool pg_done(struct sql_rows *rows, struct err *err);
bool pg_is_null(const struct sql_rows *rows, int column);
int64_t pg_number(const struct sql_rows *rows, int column);
struct slice pg_slice(const struct sql_rows *rows, int column);

/* ?1 becomes $1, outside quotes. Freed by the caller. */
char *pg_translate(const char *statement);

#endif
