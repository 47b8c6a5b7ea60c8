/*
 * Time is UTC milliseconds since 1970, shown at +08:00. Steps of work/ read no clock: the time is passed in.
 * TQ_CLOCK_MS in the environment fixes the clock for tests.
 */
#ifndef TQ_BASE_CLOCK_H
#define TQ_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

int64_t clock_ms(void);      /* wall clock, UTC milliseconds */
int64_t clock_steady_us(void); /* monotonic microseconds, for durations only */

enum { CLOCK_TEXT = 40 };

/* "2026-11-22 19:47" and "2026-11-22", both at +08:00; buf has CLOCK_TEXT bytes. Return buf. */
char *clock_show_minute(int64_t ms, char *buf);
char *clock_show_day(int64_t ms, char *buf);
/* "2026-11-22T19:47:05.123+08:00" */
char *clock_show_iso(int64_t ms, char *buf);

/* Days since 1970-01-01 of a calendar day; false if there is no such day. Years 1900 to 2199. */
bool day_from_ymd(int year, int month, int day, int32_t *out);
void day_to_ymd(int32_t day, int *year, int *month, int *day_of_month);
int32_t day_of_ms(int64_t ms); /* the calendar day at +08:00 */
char *day_show(int32_t day, char *buf); /* "2026-11-22"; buf has CLOCK_TEXT bytes; returns it */

/*
 * Reads a day as people write it: 2026-11-22, 2026/11/22, 2026.11.22, 20261122, 2026年11月22日 (one or two
 * digits for month and day). Writes "YYYY-MM-DD" and a NUL to out (11 bytes). false: no such day.
 */
bool day_read(struct slice typed, char out[11]);
/* "YYYY-MM-DD" only. */
bool day_parse(struct slice text, int32_t *day);

#endif
