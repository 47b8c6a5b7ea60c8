/*
 * What the procedure, the simulator and the pages of rules are run by: the rulebook and the calendar, read once from
 * SHARE/rules and shared by all threads.
 */
#ifndef TQ_WORK_LAW_H
#define TQ_WORK_LAW_H

#include "base/calendar.h"
#include "rules/rules.h"

struct law {
    struct rulebook *book;
    struct calendar *calendar;
};

/* ERR_INVALID: a file of rules or of a year is wrong; it says which and where. */
bool law_open(const char *share, struct law *law, struct err *err);
void law_close(struct law *law);

/* Has the rule a condition of that name? So R24 of a region says what it lets nobody deduct: "no_public", "no_other". */
bool rule_bars(const struct rule *rule, const char *condition);

#endif
