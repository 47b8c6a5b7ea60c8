#include "work/law.h"

#include <limits.h>

bool law_open(const char *share, struct law *law, struct err *err)
{
    char rules[PATH_MAX], calendar[PATH_MAX];

    *law = (struct law){0};
    snprintf(rules, sizeof rules, "%s/rules", share);
    snprintf(calendar, sizeof calendar, "%s/rules/calendar", share);
    if (calendar_load(calendar, &law->calendar, err) && rulebook_load(rules, law->calendar, &law->book, err))
        return true;
    law_close(law);
    return false;
}

void law_close(struct law *law)
{
    rulebook_free(law->book);
    calendar_free(law->calendar);
    *law = (struct law){0};
}

bool rule_bars(const struct rule *rule, const char *condition)
{
    for (size_t i = 0; rule && i < rule->condition_count; i++)
        if (strcmp(rule->conditions[i].name, condition) == 0)
            return true;
    return false;
}
