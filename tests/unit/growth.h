/*
 * How the time for a text grows with the text: eight times as much takes about eight times as long, far from the 64 times of
 * a square. CPU time of the quickest of several tries: on a machine that others slow down only that says what the work takes.
 */
#ifndef TQ_TESTS_GROWTH_H
#define TQ_TESTS_GROWTH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

enum { GROWTH_TRIES = 5 };

typedef void growth_work(const char *text, size_t len);

static inline double growth_seconds(growth_work *work, const char *text, size_t len)
{
    double least = 0;

    for (int i = 0; i < GROWTH_TRIES; i++) {
        struct timespec start, end;
        double took;

        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
        work(text, len);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        took = (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
        least = i && least < took ? least : took;
    }
    return least;
}

/* small: an eighth of the text and like the whole; large: the whole. */
static inline void assert_grows_linearly(growth_work *work, const char *small, size_t small_len, const char *large,
                                         size_t large_len)
{
    double few = growth_seconds(work, small, small_len), many = growth_seconds(work, large, large_len);

    if (many > 32 * few + 0.05)
        fail_msg("%zu bytes take %.3f s, %zu bytes %.3f s", small_len, few, large_len, many);
}

#endif
