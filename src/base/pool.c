#include "base/pool.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct pool {
    const char *name;
    pthread_t threads[POOL_THREADS];
    size_t thread_count, room;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    struct pool_job *first, **last;
    size_t held; /* waiting or under way */
    bool stopping;
};

/* The next one, after the one that is done. */
static struct pool_job *take(struct pool *pool, bool done)
{
    struct pool_job *job;

    pthread_mutex_lock(&pool->mutex);
    pool->held -= done;
    while (!pool->first && !pool->stopping)
        pthread_cond_wait(&pool->changed, &pool->mutex);
    job = pool->first;
    if (job) {
        pool->first = job->next;
        if (!pool->first)
            pool->last = &pool->first;
    }
    pthread_mutex_unlock(&pool->mutex);
    return job;
}

static void *work(void *arg)
{
    struct pool *pool = arg;
    struct pool_job *job;

    pthread_setname_np(pthread_self(), pool->name);
    for (bool done = false; (job = take(pool, done)) != NULL; done = true)
        job->work(job);
    return NULL;
}

/* Signals are for the main thread. */
static bool start(struct pool *pool, size_t threads)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->thread_count < threads
           && pthread_create(&pool->threads[pool->thread_count], NULL, work, pool) == 0)
        pool->thread_count++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pool->thread_count == threads;
}

bool pool_open(const char *name, size_t threads, size_t waiting, struct pool **out, struct err *err)
{
    struct pool *pool = calloc(1, sizeof *pool);

    assert(threads > 0 && threads <= POOL_THREADS);
    *out = NULL;
    if (!pool)
        return err_set(err, ERR_MEMORY, "内存不足");
    pool->name = name;
    pool->room = waiting;
    pool->last = &pool->first;
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->changed, NULL);
    if (start(pool, threads)) {
        *out = pool;
        return true;
    }
    pool_close(pool);
    return err_set(err, ERR_MEMORY, "开不了线程");
}

void pool_close(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->mutex);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->mutex);
    for (size_t i = 0; i < pool->thread_count; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->mutex);
    free(pool);
}

bool pool_add(struct pool *pool, struct pool_job *job)
{
    bool room;

    pthread_mutex_lock(&pool->mutex);
    room = pool->held < pool->thread_count + pool->room && !pool->stopping;
    if (room) {
        job->next = NULL;
        *pool->last = job;
        pool->last = &job->next;
        pool->held++;
        pthread_cond_signal(&pool->changed);
    }
    pthread_mutex_unlock(&pool->mutex);
    return room;
}
