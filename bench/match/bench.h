/* What the measuring programs share. */
#ifndef TQ_BENCH_MATCH_BENCH_H
#define TQ_BENCH_MATCH_BENCH_H

#include <time.h>

#include "match/match.h"

/* Ends the program with the message when `good` is false. */
void bench_must(bool good, const struct match_err *err);

/* Of a clock: CLOCK_MONOTONIC, CLOCK_THREAD_CPUTIME_ID … */
double bench_seconds(clockid_t clock);

/* Waits until the background has united what it unites in a pause, and made all vectors. */
void bench_settle(const struct match_index *index);

/* Sorts; the value that the share lies at or below. */
double bench_quantile(double *values, size_t count, double share);

#endif
