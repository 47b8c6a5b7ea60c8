/*
 * The password pool: two threads and a queue of 64, because one Argon2id takes tens of milliseconds and hashing is the first
 * door for overloading a server. Beyond the queue: ERR_BUSY at once (503 with Retry-After).
 */
#ifndef TQ_WORK_PASSWORD_POOL_H
#define TQ_WORK_PASSWORD_POOL_H

#include "base/pool.h"
#include "seal/seal.h"
#include "work/password.h"

enum { PASSWORD_THREADS = 2, PASSWORD_QUEUE = 64, PASSWORD_RETRY_AFTER_S = 5 };

struct password_pool;

bool password_pool_open(struct password_pool **pool, struct err *err);

/* Finishes what is queued. */
void password_pool_close(struct password_pool *pool);

/* The job, which may hash and wait for the store, belongs to the pool until it runs. false (ERR_BUSY): not queued. */
bool password_pool_add(struct password_pool *pool, struct pool_job *job, struct err *err);

/* A hash that no password is known for: whoever checks against it spends the same time as with a real one. */
const char *password_pool_dummy(const struct password_pool *pool);

/* Hashing a password off the serving threads, for a new account or a reset. */
struct password_hashing {
    struct pool_job job;
    /* given */
    char password[PASSWORD_BYTES + 1];
    void (*done)(struct password_hashing *hashing, const struct err *err); /* err NULL: well; on a thread of the pool */
    void *owner;
    /* answered; the password is wiped before `done` */
    char hash[SEAL_PASSWORD];
};

bool password_hash_start(struct password_pool *pool, struct password_hashing *hashing, struct err *err);

/* The same at once, for the command line. */
bool password_hash_now(struct slice password, char hash[SEAL_PASSWORD], struct err *err);

/* Does the typed password belong to the hash? Normalises first. Always costs one hash. */
bool password_matches(struct slice typed, const char *hash);

#endif
