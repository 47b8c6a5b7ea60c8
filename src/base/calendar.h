/*
 * Which days are worked on, and when a period ends (民法典 §§200–204). A day is days since 1970-01-01 (base/clock.h).
 *
 *   calendar_load      reads FOLDER/YYYY.tsv: what 国务院办公厅 announced for the year, a line for each day of a holiday (its
 *                      Saturdays and Sundays too, as in the notice) and each weekend day that is worked on instead:
 *                      "2026-02-14<TAB>work<TAB>春节调休", "2026-02-17<TAB>rest<TAB>春节"; '#' begins a comment
 *   calendar_after     the end of a period of calendar days, working days or months
 *   calendar_rolled    a last day that is a day of rest moves to the next working day (§203)
 *
 * The day on which a period begins is not counted (§201). A period of months ends on the corresponding day, or on the
 * month's last where there is none (§202). Saturday, Sunday and the announced holidays are days of rest. For a year not
 * yet announced Saturdays and Sundays rest and the fixed holidays are not known: what is reckoned across it is provisional
 * (暂算，待国办公布), said by *provisional, and reckoned anew once the year's file is there.
 * Two ends, two uses: who must act by a day is reminded of the earlier one (unrolled); what must be waited for is over after
 * the later one (rolled).
 *
 * Days are those of base/clock.h, CALENDAR_FIRST to CALENDAR_LAST. One from outside, or a period that would end outside,
 * stops at the edge: no count, however large, overflows or takes long.
 */
#ifndef TQ_BASE_CALENDAR_H
#define TQ_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct calendar; /* read once at the start, shared by all threads, never changed */

enum calendar_unit { CALENDAR_DAYS, CALENDAR_WORKDAYS, CALENDAR_MONTHS };

enum { CALENDAR_FIRST = -25567 /* 1900-01-01 */, CALENDAR_LAST = 84005 /* 2199-12-31 */ };

/*
 * Other files than YYYY.tsv are left alone; at least one year must be there. ERR_INVALID names file and line: no such day, a
 * day twice, a day of another year, a word that is neither rest nor work, work on a Monday to Friday, no reason. ERR_IO,
 * ERR_MISSING: no folder, no year.
 */
bool calendar_load(const char *folder, struct calendar **calendar, struct err *err);
void calendar_free(struct calendar *calendar);

bool calendar_announced(const struct calendar *calendar, int32_t day); /* the day's year has a file */
bool calendar_works(const struct calendar *calendar, int32_t day);
const char *calendar_why(const struct calendar *calendar, int32_t day); /* "春节"; "" where no notice names the day */

/*
 * The last day of a period of `count` units that begins on `from`; count 0 or less: `from` itself. Not rolled. *provisional
 * (may be NULL) is set to true where working days of a year that is not announced were counted, and otherwise left as it is.
 */
int32_t calendar_after(const struct calendar *calendar, int32_t from, enum calendar_unit unit, int32_t count,
                       bool *provisional);

/* §203: the next working day, or the day itself. */
int32_t calendar_rolled(const struct calendar *calendar, int32_t day, bool *provisional);

/* Working days after `from` up to and with `to`; 0 if to <= from. */
int32_t calendar_workdays(const struct calendar *calendar, int32_t from, int32_t to, bool *provisional);

#endif
