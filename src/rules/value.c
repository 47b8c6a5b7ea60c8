/* Values as people write and read them. */
#include "base/clock.h"
#include "base/money.h"
#include "base/said.h"
#include "rules/rules_int.h"

static bool number_read(struct slice typed, int64_t *out)
{
    bool minus = typed.len && typed.at[0] == '-';
    int64_t value = 0;

    if (typed.len == minus)
        return false;
    for (size_t i = minus; i < typed.len; i++) {
        if (typed.at[i] < '0' || typed.at[i] > '9' || value > EVAL_MOST)
            return false;
        value = value * 10 + (typed.at[i] - '0');
    }
    *out = minus ? -value : value;
    return value <= EVAL_MOST;
}

/* 12.5 with two places is 1250. */
static bool decimal_read(struct slice typed, int places, int64_t *out)
{
    int decimals = -1;
    int64_t value = 0;

    typed = slice_trim(typed);
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] == '.' && decimals < 0 && i > 0) {
            decimals = 0;
            continue;
        }
        if (typed.at[i] < '0' || typed.at[i] > '9' || value > 100000000 || (decimals >= 0 && ++decimals > places))
            return false;
        value = value * 10 + (typed.at[i] - '0');
    }
    for (int i = decimals < 0 ? 0 : decimals; i < places; i++)
        value *= 10;
    *out = value;
    return typed.len > 0 && decimals != 0;
}

/* 60%, 12.5%, 0.3‰: ten-thousandths. */
static bool share_read(struct slice typed, int64_t *out)
{
    bool mille = slice_ends(typed, "‰");

    if (!mille && !slice_ends(typed, "%"))
        return false;
    return decimal_read((struct slice){typed.at, typed.len - (mille ? strlen("‰") : 1)}, mille ? 1 : 2, out);
}

/* 70, 70.5, 70.5分: hundredths. */
static bool points_read(struct slice typed, int64_t *out)
{
    size_t unit = slice_ends(typed, "分") ? strlen("分") : 0;

    return decimal_read((struct slice){typed.at, typed.len - unit}, 2, out);
}

static bool yes_read(struct slice typed, int64_t *out)
{
    static const char *const words[][4] = {{"no", "否", "0", "false"}, {"yes", "是", "1", "true"}};

    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 4; j++)
            if (slice_is(typed, words[i][j])) {
                *out = (int64_t)i;
                return true;
            }
    return false;
}

static bool code_read(const struct rule_choice *choices, size_t count, struct slice typed, struct slice *out)
{
    if (!choices)
        *out = typed;
    for (size_t i = 0; i < count; i++)
        if (slice_is(typed, choices[i].code) || slice_is(typed, choices[i].label)) {
            *out = slice_of(choices[i].code);
            return true;
        }
    return !choices;
}

static bool day_typed(struct slice typed, int64_t *out)
{
    char plain[11];
    int32_t day;

    if (!day_read(typed, plain) || !day_parse(slice_of(plain), &day))
        return false;
    *out = day;
    return true;
}

bool figure_parse(enum fact_kind kind, const struct rule_choice *choices, size_t count, struct slice typed,
                struct eval_value *value, const char **why)
{
    static const char *const whys[] = {
        [FACT_NUMBER] = N_("要写一个整数"),
        [FACT_MONEY] = N_("要写一个金额，如 500万元、1600.50"),
        [FACT_SHARE] = N_("要写一个百分数，如 60%、12.5%"),
        [FACT_DAY] = N_("要写一个日期，如 2026-03-17"),
        [FACT_CODE] = N_("不是可选的值"),
        [FACT_YES] = N_("要写 是 或 否"),
        [FACT_POINTS] = N_("要写一个得分，如 7、7.5"),
    };
    struct err ignored;
    bool ok = false;

    typed = slice_trim(typed);
    *value = (struct eval_value){.known = true, .is_text = kind == FACT_CODE};
    if (!typed.len || slice_is(typed, "未知") || slice_is(typed, "unknown")) {
        value->known = false;
        return true;
    }
    switch (kind) {
    case FACT_NUMBER:
        ok = number_read(typed, &value->number);
        break;
    case FACT_MONEY:
        ok = money_read(typed, &value->number, &ignored);
        break;
    case FACT_SHARE:
        ok = share_read(typed, &value->number);
        break;
    case FACT_DAY:
        ok = day_typed(typed, &value->number);
        break;
    case FACT_CODE:
        ok = code_read(choices, count, typed, &value->text);
        break;
    case FACT_YES:
        ok = yes_read(typed, &value->number);
        break;
    case FACT_POINTS:
        ok = points_read(typed, &value->number);
        break;
    }
    *why = whys[kind];
    return ok;
}

bool figure_same(const struct eval_value *a, const struct eval_value *b)
{
    if (!a->known || !b->known)
        return a->known == b->known;
    return a->is_text == b->is_text && (a->is_text ? slice_same(a->text, b->text) : a->number == b->number);
}

bool rule_fact_read(const struct rule_fact *fact, struct slice typed, struct fact *out, struct err *err)
{
    struct eval_value value;
    const char *why;

    if (!figure_parse(fact->kind, fact->choices, fact->choice_count, typed, &value, &why)) {
        err_set(err, ERR_INVALID, "%s", why);
        return err_field(err, fact->name);
    }
    *out = (struct fact){.name = fact->name, .kind = fact->kind, .known = value.known, .value = value.number,
                         .code = value.text};
    return true;
}

/* 1250 is "12.5", 1200 "12". */
static const char *hundredths_show(int64_t number, const char *unit, struct arena *arena)
{
    char *text = arena_print(arena, "%s%lld.%02lld", number < 0 ? "-" : "", (long long)llabs(number) / 100,
                             (long long)llabs(number) % 100);
    size_t len = strlen(text);

    while (text[len - 1] == '0')
        len--;
    len -= text[len - 1] == '.';
    text[len] = '\0';
    return arena_print(arena, "%s%s", text, unit);
}

static const char *code_show(const struct rule_choice *choices, size_t count, struct slice code, struct arena *arena)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(code, choices[i].code))
            return choices[i].label;
    return arena_text(arena, code);
}

static const char *reckoned_day(int64_t day, struct arena *arena)
{
    char buf[CLOCK_TEXT];

    return arena_text(arena, slice_of(clock_show_day(day * 86400000, buf)));
}

const char *rule_value_show(enum fact_kind kind, const struct rule_choice *choices, size_t count,
                            const struct eval_value *value, struct arena *arena)
{
    char buf[MONEY_TEXT];

    if (!value->known)
        return N_("未知");
    if (value->is_text)
        return code_show(choices, count, value->text, arena);
    switch (kind) {
    case FACT_MONEY:
        return arena_text(arena, slice_of(money_show(value->number, buf)));
    case FACT_SHARE:
        return hundredths_show(value->number, "%", arena);
    case FACT_POINTS:
        return hundredths_show(value->number, " 分", arena);
    case FACT_DAY:
        return reckoned_day(value->number, arena);
    case FACT_YES:
        return value->number ? N_("是") : N_("否");
    case FACT_NUMBER:
    case FACT_CODE:
        break;
    }
    return arena_print(arena, "%lld", (long long)value->number);
}

const char *rule_verdict_word(enum rule_verdict verdict)
{
    static const char *const words[] = {"no", "yes", "unknown", "not applicable"};

    return words[verdict];
}

const char *rule_verdict_label(enum rule_verdict verdict)
{
    static const char *const labels[] = {N_("不符合"), N_("符合"), N_("还不能判断"), N_("不适用")};

    return labels[verdict];
}

const char *rule_source_label(enum rule_source source)
{
    static const char *const labels[] = {N_("原文已核对"), N_("二手来源"), N_("未核")};

    return labels[source];
}

const char *rule_kind_label(enum fact_kind kind)
{
    static const char *const labels[] = {N_("整数"), N_("金额"), N_("百分数"), N_("日期"), N_("选项"), N_("是否"), N_("得分")};

    return labels[kind];
}
