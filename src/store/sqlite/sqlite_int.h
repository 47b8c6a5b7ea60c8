/* The embedded engine: one file, DIR/tieqiao.db, in WAL mode with synchronous=FULL. */
#ifndef TQ_STORE_SQLITE_INT_H
#define TQ_STORE_SQLITE_INT_H

#include <sqlite3.h>

#include "store/cache_int.h"
#include "store/engine_int.h"

struct sqlite_place {
    char *dir, *file;
    int lock; /* DIR/LOCK, held by flock as long as the store is open; -1: a file that is only looked at */
    const char *vfs;
};

struct sqlite_conn {
    struct sql sql; /* first */
    sqlite3 *db;
    struct cache cache;
    bool lost;     /* an I/O error: close and open again before anything is believed */
    int wal_pages;     /* in the log after the last commit */
    int checkpoint_at; /* from how many on it is copied back */
};

static inline struct sqlite_conn *sqlite_of(struct sql *sql)
{
    return (struct sqlite_conn *)sql;
}

/* Turns a result code into an err; false. Logs what people should not see. */
bool sqlite_fail(struct sqlite_conn *conn, int code, const char *statement, struct err *err);
/* The class of an extended result code, for sqlite_fail and its test. */
enum err_code sqlite_class(int code);

void sqlite_statement_free(void *statement);

/* open.c */
bool sqlite_open(struct store *store, const char *url, struct err *err);
void sqlite_close(struct store *store);
void sqlite_describe(const struct store *store, struct text *out);
bool sqlite_connect(struct store *store, bool writer, struct sql **sql, struct err *err);
void sqlite_disconnect(struct sql *sql);
bool sqlite_examine(struct sql *sql, struct err *err);
bool sqlite_has_room(struct store *store);
void sqlite_tend(struct sql *sql, bool idle);
void sqlite_place_free(struct sqlite_place *place);

/* copy.c */
bool sqlite_copy(struct sql *sql, const char *file, store_moved *moved, void *arg, struct err *err);
bool sqlite_look(struct store *store, const char *file, struct err *err);
bool sqlite_sound(struct sql *sql, store_moved *moved, void *arg, struct err *err);

/* statement.c */
bool sqlite_put(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct err *err);
bool sqlite_count(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
                  int64_t *changed, struct err *err);
bool sqlite_rows(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
                 struct sql_rows *rows, struct err *err);
bool sqlite_next(struct sql_rows *rows);
bool sqlite_done(struct sql_rows *rows, struct err *err);
bool sqlite_is_null(const struct sql_rows *rows, int column);
int64_t sqlite_number(const struct sql_rows *rows, int column);
struct slice sqlite_slice(const struct sql_rows *rows, int column);
bool sqlite_run(struct sql *sql, const char *statement, struct err *err);

#endif
