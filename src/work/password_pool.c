#include "work/password_pool.h"

struct password_pool {
    struct pool *threads;
    char dummy[SEAL_PASSWORD];
};

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
    if (!dummy_make(pool, err) || !pool_open("passwords", PASSWORD_THREADS, PASSWORD_QUEUE, &pool->threads, err)) {
        password_pool_close(pool);
        return false;
    }
    *out = pool;
    return true;
}

void password_pool_close(struct password_pool *pool)
{
    if (pool)
        pool_close(pool->threads);
    free(pool);
}

bool password_pool_add(struct password_pool *pool, struct pool_job *job, struct err *err)
{
    if (pool_add(pool->threads, job))
        return true;
    err_set(err, ERR_BUSY, "登录的人太多，请稍后再试");
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
