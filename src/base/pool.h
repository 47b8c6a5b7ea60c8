/*
 * A few threads behind a bounded queue: for work that takes too long for those who serve (a password's hash, a hostile file, a
 * list of a million rows). Who serves adds a job and goes on; when the queue is full the answer is "busy" at once.
 *
 *   pool_open, pool_close    a pool of its own for each sort of work, so that none waits for another
 *   pool_add                 queues a job, oldest first
 */
#ifndef TQ_BASE_POOL_H
#define TQ_BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct pool;

struct pool_job {
    void (*work)(struct pool_job *job); /* on a thread of the pool; the job is its own to end */
    struct pool_job *next;              /* the queue's own */
};

enum { POOL_THREADS = 16 }; /* at most */

/* waiting: how many jobs may wait while each thread has one. name: of the threads, at most 15 bytes. */
bool pool_open(const char *name, size_t threads, size_t waiting, struct pool **pool, struct err *err);

/* Finishes what is queued. NULL: nothing to close. */
void pool_close(struct pool *pool);

/* The job belongs to the pool until `work` runs. false: the queue is full, or the pool closes; the job was not taken. */
bool pool_add(struct pool *pool, struct pool_job *job);

#endif
