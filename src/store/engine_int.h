/*
 * What an engine does for the store: the whole of the difference between SQLite and PostgreSQL.
 * store.c, writer.c, migrate.c and sql.c know nothing else of either.
 */
#ifndef TQ_STORE_ENGINE_INT_H
#define TQ_STORE_ENGINE_INT_H

#include <stdatomic.h>

#include "store/store.h"

/* How an attempt to commit ended. */
enum engine_end {
    ENGINE_DONE,
    ENGINE_FAILED,  /* nothing of it is there */
    ENGINE_UNKNOWN  /* it may be there */
};

/* What is left of an open transaction after an error. */
enum engine_health {
    ENGINE_SOUND, /* only the step failed: back to its savepoint and on */
    ENGINE_AGAIN, /* the transaction is gone or its blame is unclear: roll back and run it again */
    ENGINE_LOST   /* the connection is of no more use */
};

/* A connection. Each engine puts this first in a struct of its own. */
struct sql {
    const struct engine *engine;
    struct store *store;
    bool writer;
    bool failed;           /* the step or snapshot is spoilt, by: */
    struct err failure;
    int open;              /* sql_rows not yet done */
    int64_t slice_end_us;  /* for store_slice_over */
    int64_t most_us;       /* of this snapshot: how long an answer may take; 0: as long as the engine finds right */
    struct sql *next_idle; /* in the pool of readers */
    _Alignas(max_align_t) unsigned char scratch[STORE_SCRATCH];
};

struct engine {
    const char *name;
    bool locks_rows;
    /* How the migrations' types are spelt here, and what ends a CREATE TABLE. */
    const char *bigint, *text, *bytes, *table_end;

    /* Makes store->place ready (the folder and its lock), and lets go of it. */
    bool (*open)(struct store *store, const char *url, struct err *err);
    void (*close)(struct store *store);

    void (*describe)(const struct store *store, struct text *out);

    bool (*connect)(struct store *store, bool writer, struct sql **sql, struct err *err);
    void (*disconnect)(struct sql *sql);
    /* After a writer was lost: is what is stored still sound? */
    bool (*examine)(struct sql *sql, struct err *err);

    /* The writer's transactions. step_end with `wait` brings every error of the step out now. */
    bool (*begin)(struct sql *sql, struct err *err);
    bool (*step_begin)(struct sql *sql, struct err *err);
    bool (*step_end)(struct sql *sql, bool keep, bool wait, struct err *err);
    enum engine_end (*commit)(struct sql *sql, struct err *err);
    void (*rollback)(struct sql *sql);
    enum engine_health (*health)(struct sql *sql);

    /* A reader's snapshot. false from read_end: the connection is of no more use. */
    bool (*read_begin)(struct sql *sql, struct err *err);
    bool (*read_end)(struct sql *sql);

    /* One statement as text, once: for migrations. */
    bool (*run)(struct sql *sql, const char *statement, struct err *err);

    bool (*put)(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct err *err);
    bool (*count)(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
                  int64_t *changed, struct err *err);
    bool (*rows)(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
                 struct sql_rows *rows, struct err *err);
    bool (*next)(struct sql_rows *rows);
    bool (*done)(struct sql_rows *rows, struct err *err);
    bool (*is_null)(const struct sql_rows *rows, int column);
    int64_t (*number)(const struct sql_rows *rows, int column);
    struct slice (*slice)(const struct sql_rows *rows, int column);

    /* Is there room on the disk to go on after ERR_FULL? */
    bool (*has_room)(struct store *store);
    /* Is somebody there at the other end? NULL: there is no other end. */
    bool (*alive)(struct sql *sql);
    /* Between batches: checkpoints. `idle`: nobody waits. */
    void (*tend)(struct sql *sql, bool idle);

    /* Snapshots as files (store_copy, store_look, store_sound); NULL where the engine has tools of its own. */
    bool (*copy)(struct sql *sql, const char *file, store_moved *moved, void *arg, struct err *err);
    bool (*look)(struct store *store, const char *file, struct err *err);
    bool (*sound)(struct sql *sql, store_moved *moved, void *arg, struct err *err);
};

extern const struct engine engine_sqlite, engine_pg;

struct writer;

struct store {
    const struct engine *engine;
    struct store_options options;
    void *place; /* the engine's own */
    struct writer *writer;
    struct pool *pool;
};

/* store.c: engine->connect, and the rest of the struct filled in. */
bool store_connect(struct store *store, bool writer, struct sql **sql, struct err *err);

/* sql.c: a fresh start for a step or snapshot. */
void sql_start(struct sql *sql);

/* migrate.c */
bool migrate(struct store *store, struct sql *sql, struct err *err);
/* A write that changes nothing and whose commit proves that commits work. Inside a transaction. */
bool migrate_touch(struct sql *sql, struct err *err);

/* writer.c: the thread takes over `sql`. */
bool writer_start(struct store *store, struct sql *sql, struct err *err);
void writer_stop(struct store *store);

static inline bool store_fault(const struct store *store, const char *point)
{
    return store->options.fault && store->options.fault(point);
}

#endif
