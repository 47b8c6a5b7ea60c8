/*
 * SQL as both engines understand it (docs/running.md lists the portable subset): parameters are ?1, ?2 …,
 * integers are 64 bit, text is UTF-8 without NUL. Statements are constants; each is prepared once a connection,
 * found again by its address, so pass the same constant and never text put together at run time
 * (statements built once at start from a field table live as long as the program and count as constants).
 *
 *   sql_put     a statement whose rows nobody reads; on PostgreSQL it may wait in the pipeline, its error
 *               then comes with the next sql_rows or with the end of the step
 *   sql_rows    a statement that answers; read it with sql_next, end it with sql_done
 *
 * After an error the step or snapshot is spoilt: every further call gives that error again, and a step is refused
 * with it even if it returns true. (PostgreSQL knows no other way; so SQLite does the same.) Text that holds a NUL is
 * ERR_INVALID on both. A parameter's type comes from where it stands: write `CAST(?1 AS BIGINT)` where nothing tells.
 *
 * Errors: ERR_CONFLICT a unique key, ERR_INVALID another constraint or a value of the wrong type, ERR_BUSY, ERR_FULL,
 * ERR_IO, ERR_CORRUPT as they say. A statement that the engine does not understand is our mistake: ERR_IO, and logged.
 */
#ifndef TQ_STORE_SQL_H
#define TQ_STORE_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct sql; /* one connection: inside a write, or a reader's snapshot */

enum sql_type { SQL_NULL, SQL_INT, SQL_TEXT, SQL_BYTES };

struct sql_arg {
    enum sql_type type;
    int64_t number;
    struct slice text; /* for SQL_TEXT and SQL_BYTES; must live until the call returns */
};

static inline struct sql_arg sql_int(int64_t number) { return (struct sql_arg){SQL_INT, number, {0, 0}}; }
static inline struct sql_arg sql_text(struct slice text) { return (struct sql_arg){SQL_TEXT, 0, text}; }
static inline struct sql_arg sql_bytes(const void *at, size_t len)
{
    return (struct sql_arg){SQL_BYTES, 0, {at, len}};
}
static inline struct sql_arg sql_null(void) { return (struct sql_arg){SQL_NULL, 0, {0, 0}}; }

/* The arguments of a call: SQL_ARGS(sql_int(1), sql_text(name)); SQL_NO_ARGS for none. */
#define SQL_ARGS(...) \
    (const struct sql_arg[]){__VA_ARGS__}, sizeof((const struct sql_arg[]){__VA_ARGS__}) / sizeof(struct sql_arg)
#define SQL_NO_ARGS NULL, 0

enum { SQL_ARGS_MAX = 80, SQL_OPEN_MAX = 8 };

/* Must rows be locked by SELECT … FOR UPDATE (PostgreSQL), or has the writer all to itself (SQLite, which has no such
 * words)? */
bool sql_locks_rows(const struct sql *sql);

bool sql_put(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct err *err);

/* Rows changed by an UPDATE, DELETE or INSERT, known at once. */
bool sql_count(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, int64_t *changed,
               struct err *err);

struct sql_rows {
    struct sql *sql;
    void *engine;  /* the engine's own */
    int row, rows; /* PostgreSQL: all rows are here */
    bool failed;
};

/* After true, sql_done is due whatever happens. At most 8 open at once on one connection. */
bool sql_rows(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
              struct sql_rows *rows, struct err *err);
/* true: there is a row. false: the end, or an error, which sql_done tells apart. */
bool sql_next(struct sql_rows *rows);
/* false with err if reading broke off. */
bool sql_done(struct sql_rows *rows, struct err *err);

/*
 * Columns from 0. Text and bytes live until the next sql_next. A NULL is 0 or an empty slice. sql_number of a text
 * column and sql_slice of a number assert: the engines would give different things.
 */
bool sql_is_null(const struct sql_rows *rows, int column);
int64_t sql_number(const struct sql_rows *rows, int column);
struct slice sql_slice(const struct sql_rows *rows, int column);

/* The first row's first column; *found false where there is no row. */
bool sql_one(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, int64_t *number,
             bool *found, struct err *err);

#endif
