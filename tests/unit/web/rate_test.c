/* How often one caller may ask: bursts, refilling, callers and classes apart, a memory that does not grow, many threads. */
#include "../base/cases.h"

#include <pthread.h>
#include <stdatomic.h>

#include "seal/seal.h"
#include "web/http/http.h"
#include "web/rate.h"

enum { SECOND = 1000000, MINUTE = 60 * SECOND };

static struct rate *opened(const char *limits)
{
    struct rate_limit all[RATE_CLASSES] = {{0}};
    struct rate *rate = NULL;
    struct err err;

    if (!seal_start(&err) || !rate_limits_read(slice_of(limits), all, &err) || !rate_open(all, &rate, &err))
        fail_msg("%s", err.message);
    return rate;
}

static struct rate_caller address(uint64_t number)
{
    return (struct rate_caller){false, number};
}

/* How many of `tries` are let through at one moment. */
static int let_through(struct rate *rate, enum rate_class class, struct rate_caller caller, int64_t now_us, int tries)
{
    int64_t wait_us;
    int count = 0;

    for (int i = 0; i < tries; i++)
        count += rate_take(rate, class, caller, now_us, &wait_us);
    return count;
}

static void all_at_once_and_then_evenly(void **state)
{
    struct rate *rate = opened("sign-in=30/min");
    int64_t wait_us, now = 12345;

    (void)state;
    assert_int_equal(let_through(rate, RATE_SIGN_IN, address(7), now, 100), 30);
    assert_false(rate_take(rate, RATE_SIGN_IN, address(7), now, &wait_us));
    assert_int_equal(wait_us, 2 * SECOND);
    assert_false(rate_take(rate, RATE_SIGN_IN, address(7), now + 2 * SECOND - 1, &wait_us));
    assert_int_equal(wait_us, 1);
    assert_int_equal(let_through(rate, RATE_SIGN_IN, address(7), now + 2 * SECOND, 100), 1);
    assert_int_equal(let_through(rate, RATE_SIGN_IN, address(7), now + 2 * SECOND + MINUTE, 100), 30);
    assert_int_equal(let_through(rate, RATE_SIGN_IN, address(7), now + 1000 * (int64_t)MINUTE, 100), 30); /* and no more saved up */
    rate_close(rate);
}

static void refused_ones_cost_nothing(void **state)
{
    struct rate *rate = opened("box=2/s");

    (void)state;
    assert_int_equal(let_through(rate, RATE_BOX, address(7), SECOND, 100000), 2);
    assert_int_equal(let_through(rate, RATE_BOX, address(7), 2 * SECOND, 100000), 2);
    rate_close(rate);
}

static void callers_and_classes_do_not_disturb_each_other(void **state)
{
    struct rate *rate = opened("sign-in=3/min,box=5/min");

    (void)state;
    assert_int_equal(let_through(rate, RATE_SIGN_IN, address(7), 0, 10), 3);
    assert_int_equal(let_through(rate, RATE_SIGN_IN, address(8), 0, 10), 3);
    assert_int_equal(let_through(rate, RATE_BOX, address(7), 0, 10), 5);
    assert_int_equal(let_through(rate, RATE_BOX, (struct rate_caller){true, 7}, 0, 10), 5); /* the account of that number */
    assert_int_equal(let_through(rate, RATE_READ, address(7), 0, 1000), 1000);
    rate_close(rate);
}

/* A million strangers pass: each has its own burst, and whoever still waits mostly finds his bucket as he left it. */
static void a_crowd_finds_room(void **state)
{
    enum { CROWD = 1000000, WAITING = 1000 };
    struct rate *rate = opened("sign-in=2/min");
    int kept = 0;

    (void)state;
    for (uint64_t i = 0; i < CROWD; i++)
        assert_int_equal(let_through(rate, RATE_SIGN_IN, address(i + 1), (int64_t)i, 1), 1);
    for (uint64_t i = 0; i < WAITING; i++)
        assert_int_equal(let_through(rate, RATE_SIGN_IN, address(CROWD + 1 + i), 10 * MINUTE, 3), 2);
    for (uint64_t i = 0; i < WAITING; i++)
        kept += let_through(rate, RATE_SIGN_IN, address(CROWD + 1 + i), 10 * MINUTE + SECOND, 1) == 0;
    assert_int_equal(kept, WAITING);
    rate_close(rate);
}

static struct rate *shared;
static atomic_int passed;

static void *hammer(void *arg)
{
    (void)arg;
    for (int i = 0; i < 50000; i++)
        atomic_fetch_add(&passed, let_through(shared, RATE_SIGN_IN, address(7), SECOND, 1));
    return NULL;
}

static void many_threads_share_one_bucket(void **state)
{
    pthread_t threads[4];

    (void)state;
    shared = opened("sign-in=1000/min");
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hammer, NULL), 0);
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&passed), 1000);
    rate_close(shared);
}

static void limits_are_read_as_they_are_written(void **state)
{
    static const char *const wrong[] = {"sign-in", "sign-in=", "sign-in=10", "sign-in=10/day", "sign-in=0/min", "sign-in=-1/min",
                                        "login=10/min", "sign-in=9999999/min", "=10/min", "box=1/min,", "sign-in=10/min/s"};
    struct rate_limit limits[RATE_CLASSES];
    struct err err;

    (void)state;
    rate_limits_usual(limits);
    assert_true(limits[RATE_SIGN_IN].requests == 30 && limits[RATE_BOX].requests == 600 && limits[RATE_FILE].requests == 60);
    assert_true(!limits[RATE_READ].requests && !limits[RATE_WRITE].requests && !limits[RATE_NONE].requests);
    assert_true(rate_limits_read(SLICE("sign-in=10/h,box=off,read=5000/s"), limits, &err));
    assert_true(limits[RATE_SIGN_IN].requests == 10 && limits[RATE_SIGN_IN].every_us == 60 * (int64_t)MINUTE);
    assert_true(!limits[RATE_BOX].requests && limits[RATE_READ].requests == 5000 && limits[RATE_READ].every_us == SECOND);
    assert_int_equal(limits[RATE_FILE].requests, 60); /* what is not named stays */
    assert_true(rate_limits_read(SLICE("off,write=1/s"), limits, &err));
    assert_true(!limits[RATE_FILE].requests && limits[RATE_WRITE].requests == 1);
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (rate_limits_read(slice_of(wrong[i]), limits, &err) || err.code != ERR_INVALID || !err.hint[0])
            fail_msg("%s is taken", wrong[i]);
}

static void an_address_stands_for_its_household(void **state)
{
    (void)state;
    assert_true(http_address_block(SLICE("192.0.2.7")) != http_address_block(SLICE("192.0.2.8")));
    assert_true(http_address_block(SLICE("192.0.2.7")) == http_address_block(SLICE("::ffff:192.0.2.7")));
    assert_true(http_address_block(SLICE("2001:db8:1:2::1")) == http_address_block(SLICE("2001:db8:1:2:ffff:1:2:3")));
    assert_true(http_address_block(SLICE("2001:db8:1:2::1")) != http_address_block(SLICE("2001:db8:1:3::1")));
    assert_true(http_address_block(SLICE("127.0.0.1")) != http_address_block(SLICE("::1")));
    assert_int_equal(http_address_block(SLICE("unknown")), 0);
    assert_int_equal(http_address_block(SLICE("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_at_once_and_then_evenly),
        cmocka_unit_test(refused_ones_cost_nothing),
        cmocka_unit_test(callers_and_classes_do_not_disturb_each_other),
        cmocka_unit_test(a_crowd_finds_room),
        cmocka_unit_test(many_threads_share_one_bucket),
        cmocka_unit_test(limits_are_read_as_they_are_written),
        cmocka_unit_test(an_address_stands_for_its_household),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
