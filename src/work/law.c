#include "work/law.h"

#include <limits.h>

#include "seal/seal.h"

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

bool answer_number(const struct answer *answer, const char *name, int64_t *value)
{
    for (size_t i = 0; i < answer->rule->result_count; i++)
        if (strcmp(answer->rule->results[i].name, name) == 0 && answer->results[i].value.known) {
            *value = answer->results[i].value.number;
            return true;
        }
    return false;
}

void answer_line(const struct answer *answer, struct text *out)
{
    char version[17], facts[17];

    seal_hex(answer->rule->hash, 8, version);
    seal_hex(answer->facts_hash, 8, facts);
    text_print(out, "%s%s %s 版本 %s 事实 %s", out->len ? "\n" : "", answer->rule->id, rule_verdict_word(answer->verdict), version, facts);
}
