#include "work/password_pool.h"

#include <pthread.h>

struct password_pool {
    pthread_t threads[PASSWORD_THREADS];
    size_t thread_count;
    char dummy[SEAL_PASSWORD];
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    struct pool_job *first, **last;
    size_t queued;
    bool stopping;
};

static struct pool_job *take(struct password_pool *pool)
{
    struct pool_job *job;

    pthread_mutex_lock(&pool->mutex);
    while (!pool->first && !pool->stopping)
        pthread_cond_wait(&pool->changed, &pool->mutex);
    job = pool->first;
    if (job) {
        pool->first = job->next;
        if (!pool->first)
            pool->last = &pool->first;
        pool->queued--;
    }
    pthread_mutex_unlock(&pool->mutex);
    return job;
}

static void *work(void *arg)
{
    struct password_pool *pool = arg;
    struct pool_job *job;

    while ((job = take(pool)))
        job->work(job);
    return NULL;
}

static bool dummy_make(struct password_pool *pool, struct err *err)
{
    unsigned char random[SEAL_TOKEN];

    seal_random(random, sizeof random);
    return seal_password_hash((struct slice){(const char *)random, sizeof random}, pool->dummy, err);
}

bool password_pool_open(struct password_pool **out, struct err *err)
{
    struct password_pool *pool = calloc(1, sizeof *pool);

    *out = NULL;
    if (!pool)
        return err_set(err, ERR_MEMORY, "内存不足");
    pool->last = &pool->first;
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->changed, NULL);
    if (!dummy_make(pool, err)) {
        password_pool_close(pool);
        return false;
    }
    for (size_t i = 0; i < PASSWORD_THREADS; i++) {
        if (pthread_create(&pool->threads[i], NULL, work, pool) != 0) {
            password_pool_close(pool);
            return err_set(err, ERR_IO, "开不了校验密码的线程");
        }
        pool->thread_count++;
    }
    *out = pool;
    return true;
}

void password_pool_close(struct password_pool *pool)
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

bool password_pool_add(struct password_pool *pool, struct pool_job *job, struct err *err)
{
    bool room;

    pthread_mutex_lock(&pool->mutex);
    room = pool->queued < PASSWORD_QUEUE && !pool->stopping;
    if (room) {
        job->next = NULL;
        *pool->last = job;
        pool->last = &job->next;
        pool->queued++;
        pthread_cond_signal(&pool->changed);
    }
    pthread_mutex_unlock(&pool->mutex);
    if (room)
        return true;
    err_set(err, ERR_BUSY, "登录的人太多,请稍后再试");
    return err_hint(err, "%d 秒后再试", PASSWORD_RETRY_AFTER_S);
}

const char *password_pool_dummy(const struct password_pool *pool)
{
    return pool->dummy;
}

bool password_hash_now(struct slice password, char hash[SEAL_PASSWORD], struct err *err)
{
    struct arena arena;
    struct slice normal;
    bool ok;

    arena_init(&arena);
    ok = password_normal(password, &arena, &normal, err) && seal_password_hash(normal, hash, err);
    if (ok)
        seal_wipe((char *)normal.at, normal.len);
    arena_release(&arena);
    return ok;
}

bool password_matches(struct slice typed, const char *hash)
{
    struct arena arena;
    struct slice normal;
    struct err ignored;
    bool valid, same;

    arena_init(&arena);
    valid = password_normal(typed, &arena, &normal, &ignored);
    same = seal_password_check(valid ? normal : SLICE("?"), hash);
    if (valid)
        seal_wipe((char *)normal.at, normal.len);
    arena_release(&arena);
    return valid && same;
}

static void hash_work(struct pool_job *job)
{
    struct password_hashing *hashing = (struct password_hashing *)job;
    struct err err;
    bool ok = password_hash_now(slice_of(hashing->password), hashing->hash, &err);

    seal_wipe(hashing->password, sizeof hashing->password);
    hashing->done(hashing, ok ? NULL : &err);
}

bool password_hash_start(struct password_pool *pool, struct password_hashing *hashing, struct err *err)
{
    hashing->job.work = hash_work;
    return password_pool_add(pool, &hashing->job, err);
}
