/*
 * Which days are worked on, and when a period ends (民法典 §§200–204). A day is days since 1970-01-01 (base/clock.h).
 *
 *   calendar_load      reads FOLDER/YYYY.tsv: what 国务院办公厅 announced for the year, one line a day that is not as its
 *                      weekday says: "2026-02-14<TAB>work<TAB>春节调休", "2026-02-17<TAB>rest<TAB>春节"; '#' begins a comment
 *   calendar_after     the end of a period of calendar days, working days or months
 *   calendar_rolled    a last day that is a day of rest moves to the next working day (§203)
 *
 * The day on which a period begins is not counted (§201). A period of months ends on the corresponding day, or on the
 * month's last where there is none (§202). Saturday, Sunday and the announced holidays are days of rest. For a year not
 * yet announced Saturdays and Sundays rest and the fixed holidays are not known: what is reckoned across it is provisional
 * (暂算，待国办公布), said by *provisional, and reckoned anew once the year's file is there.
 * Two ends, two uses: who must act by a day is reminded of the earlier one (unrolled); what must be waited for is over after
 * the later one (rolled).
 */
#ifndef TQ_BASE_CALENDAR_H
#define TQ_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct calendar; /* read once at the start, shared by all threads, never changed */

enum calendar_unit { CALENDAR_DAYS, CALENDAR_WORKDAYS, CALENDAR_MONTHS };

/* ERR_INVALID names file and line: no such day, a day twice, a day of another year, a word that is neither rest nor work. */
bool calendar_load(const char *folder, struct calendar **calendar, struct err *err);
void calendar_free(struct calendar *calendar);

bool calendar_announced(const struct calendar *calendar, int32_t day); /* the day's year has a file */
bool calendar_works(const struct calendar *calendar, int32_t day);
const char *calendar_why(const struct calendar *calendar, int32_t day); /* "春节"; "" where the weekday says it */

/*
 * The last day of a period of `count` units that begins on `from`; count 0: `from` itself. Not rolled. *provisional (may be
 * NULL) is set to true where working days of a year that is not announced were counted, and otherwise left as it is.
 */
int32_t calendar_after(const struct calendar *calendar, int32_t from, enum calendar_unit unit, int32_t count,
                       bool *provisional);

/* §203: the next working day, or the day itself. */
int32_t calendar_rolled(const struct calendar *calendar, int32_t day, bool *provisional);

/* Working days after `from` up to and with `to`; 0 if to <= from. */
int32_t calendar_workdays(const struct calendar *calendar, int32_t from, int32_t to, bool *provisional);

#endif
