#include "cases.h"

#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "base/pool.h"

enum { THREADS = 2, WAITING = 3, ALL = THREADS + WAITING };

struct held {
    struct pool_job job;
    sem_t *go;
    atomic_int *done;
};

static void hold(struct pool_job *job)
{
    struct held *held = (struct held *)job;

    sem_wait(held->go);
    atomic_fetch_add(held->done, 1);
}

static void it_takes_as_many_as_it_has_room_for_and_no_more(void **state)
{
    struct held jobs[2 * ALL + 1];
    atomic_int done = 0;
    struct pool *pool;
    struct err err;
    sem_t go;

    (void)state;
    sem_init(&go, 0, 0);
    assert_true(pool_open("test", THREADS, WAITING, &pool, &err));
    for (size_t i = 0; i < COUNT(jobs); i++)
        jobs[i] = (struct held){.job.work = hold, .go = &go, .done = &done};
    for (size_t i = 0; i < ALL; i++)
        assert_true(pool_add(pool, &jobs[i].job));
    assert_false(pool_add(pool, &jobs[ALL].job));
    sem_post(&go);
    while (!pool_add(pool, &jobs[ALL].job))
        sched_yield(); /* a place is free as soon as the job has ended */
    assert_false(pool_add(pool, &jobs[ALL + 1].job));
    for (size_t i = 0; i < ALL; i++)
        sem_post(&go);
    pool_close(pool);
    assert_int_equal(atomic_load(&done), ALL + 1); /* what was taken is done */
    sem_destroy(&go);
}

static void to_close_what_never_opened_is_nothing(void **state)
{
    (void)state;
    pool_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_takes_as_many_as_it_has_room_for_and_no_more),
        cmocka_unit_test(to_close_what_never_opened_is_nothing),
    };

    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
