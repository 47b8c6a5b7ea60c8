/*
 * What the procedure, the simulator and the pages of rules are run by: the rulebook and the calendar, read once from
 * SHARE/rules and shared by all threads.
 */
#ifndef TQ_WORK_LAW_H
#define TQ_WORK_LAW_H

#include "base/calendar.h"
#include "base/text.h"
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

/* A result of that name. false: the rule has none, or it is not known; *value stays. */
bool answer_number(const struct answer *answer, const char *name, int64_t *value);

/* As what a rule said is kept with a decision, a line each: "R13-1 no 版本 8344ecf7557dc833 事实 2d53cd7bf23bac7b". */
void answer_line(const struct answer *answer, struct text *out);

#endif
