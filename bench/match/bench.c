#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

void bench_must(bool good, const struct match_err *err)
{
    if (good)
        return;
    fprintf(stderr, "%s\n", err->message);
    exit(1);
}

double bench_seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void bench_settle(const struct match_index *index)
{
    struct match_stats before, after;

    do {
        match_stats(index, &before);
        nanosleep(&(struct timespec){1, 0}, NULL);
        match_stats(index, &after);
    } while (before.segments != after.segments || before.bytes != after.bytes || (after.has_model && after.meant < after.documents));
}

static int ascending(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

double bench_quantile(double *values, size_t count, double share)
{
    size_t at = (size_t)(share * (double)count);

    qsort(values, count, sizeof *values, ascending);
    return count ? values[at < count ? at : count - 1] : 0;
}
