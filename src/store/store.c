/* Opening and closing, and the pool of readers. */
#include <assert.h>
#include <errno.h>
#include <pthread.h>

#include "base/clock.h"
#include "store/engine_int.h"

enum { READERS_MAX = 64, READER_WAIT_S = 5 };

struct pool {
    pthread_mutex_t mutex;
    pthread_cond_t freed;
    struct sql *idle;
    int open; /* idle or out */
};

static const struct engine *engine_for(const char *url)
{
    return strncmp(url, "sqlite:", 7) == 0 ? &engine_sqlite : &engine_pg;
}

static struct pool *pool_new(void)
{
    struct pool *pool = calloc(1, sizeof *pool);
    pthread_condattr_t attr;

    if (!pool)
        abort();
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->freed, &attr);
    pthread_condattr_destroy(&attr);
    return pool;
}

static void pool_free(struct store *store)
{
    struct pool *pool = store->pool;

    while (pool->idle) {
        struct sql *sql = pool->idle;

        pool->idle = sql->next_idle;
        pool->open--;
        store->engine->disconnect(sql);
    }
    assert(pool->open == 0); /* else a snapshot is still out */
    pthread_cond_destroy(&pool->freed);
    pthread_mutex_destroy(&pool->mutex);
    free(pool);
}

bool store_connect(struct store *store, bool writer, struct sql **sql, struct err *err)
{
    if (store_fault(store, "connect"))
        return err_set(err, ERR_IO, "暂时连不上数据库，请稍后再试");
    if (!store->engine->connect(store, writer, sql, err))
        return false;
    (*sql)->engine = store->engine;
    (*sql)->store = store;
    (*sql)->writer = writer;
    sql_start(*sql);
    return true;
}

bool store_open(const char *url, const struct store_options *options, struct store **store, struct err *err)
{
    struct store *made = calloc(1, sizeof *made);
    struct sql *sql = NULL;

    if (!made)
        abort();
    made->engine = engine_for(url);
    made->options = *options;
    if (!made->engine->open(made, url, err)) {
        free(made);
        return false;
    }
    made->pool = pool_new();
    if (store_connect(made, true, &sql, err)) {
        if (migrate(made, sql, err) && writer_start(made, sql, err)) {
            *store = made;
            return true;
        }
        made->engine->disconnect(sql);
    }
    pool_free(made);
    made->engine->close(made);
    free(made);
    return false;
}

/* Readers first: the last to close a SQLite file copies its log back, and that is the writer's work. */
void store_close(struct store *store)
{
    pool_free(store);
    if (store->writer)
        writer_stop(store);
    store->engine->close(store);
    free(store);
}

/* An idle connection, or leave to open one (*sql NULL). */
static bool pool_take(struct pool *pool, struct sql **sql)
{
    struct timespec until;
    bool got;
    int code = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += READER_WAIT_S;
    pthread_mutex_lock(&pool->mutex);
    while (!pool->idle && pool->open >= READERS_MAX && code != ETIMEDOUT)
        code = pthread_cond_timedwait(&pool->freed, &pool->mutex, &until);
    *sql = pool->idle;
    got = *sql || pool->open < READERS_MAX;
    if (*sql)
        pool->idle = (*sql)->next_idle;
    else if (got)
        pool->open++;
    pthread_mutex_unlock(&pool->mutex);
    return got;
}

static void pool_give(struct store *store, struct sql *sql, bool sound)
{
    struct pool *pool = store->pool;

    pthread_mutex_lock(&pool->mutex);
    if (sql && sound) {
        sql->next_idle = pool->idle;
        pool->idle = sql;
    } else {
        pool->open--;
    }
    pthread_cond_signal(&pool->freed);
    pthread_mutex_unlock(&pool->mutex);
    if (sql && !sound)
        store->engine->disconnect(sql);
}

/* An idle connection may have died since it was last used; a fresh one may not. */
bool store_read(struct store *store, struct sql **sql, struct err *err)
{
    return store_read_within(store, 0, sql, err);
}

bool store_read_within(struct store *store, int64_t most_us, struct sql **sql, struct err *err)
{
    for (;;) {
        bool fresh;

        if (!pool_take(store->pool, sql))
            return err_set(err, ERR_BUSY, "同时读取的请求太多，请稍后再试");
        fresh = !*sql;
        if (fresh && !store_connect(store, false, sql, err)) {
            pool_give(store, NULL, false);
            return false;
        }
        sql_start(*sql);
        (*sql)->most_us = most_us;
        if (store->engine->read_begin(*sql, err))
            return true;
        pool_give(store, *sql, false);
        if (fresh)
            return false;
    }
}

void store_read_end(struct store *store, struct sql *sql)
{
    assert(sql->open == 0);
    pool_give(store, sql, store->engine->read_end(sql));
}

void *store_scratch(struct sql *sql)
{
    return sql->writer ? sql->scratch : NULL;
}

bool store_slice_over(const struct sql *sql)
{
    return clock_steady_us() >= sql->slice_end_us;
}

const char *store_engine(const struct store *store)
{
    return store->engine->name;
}

void store_describe(const struct store *store, struct text *out)
{
    store->engine->describe(store, out);
}

/* ---- a snapshot as a file ---- */

bool store_copies(const struct store *store, struct err *err)
{
    if (store->engine->copy)
        return true;
    err_set(err, ERR_INVALID, "记录在 PostgreSQL 里，备份用它自己的工具");
    return err_hint(err, "用 pg_dump 和 pg_restore，或者基础备份加 WAL 归档(docs/running.md)");
}

bool store_copy(struct sql *sql, const char *file, store_moved *moved, void *arg, struct err *err)
{
    return store_copies(sql->store, err) && sql->engine->copy(sql, file, moved, arg, err);
}

bool store_sound(struct sql *sql, store_moved *moved, void *arg, struct err *err)
{
    return store_copies(sql->store, err) && sql->engine->sound(sql, moved, arg, err);
}

bool store_look(const char *file, struct store **store, struct err *err)
{
    struct store *made = calloc(1, sizeof *made);

    if (!made)
        abort();
    made->engine = &engine_sqlite;
    if (!made->engine->look(made, file, err)) {
        free(made);
        return false;
    }
    made->pool = pool_new();
    *store = made;
    return true;
}
