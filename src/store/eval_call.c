/* The functions of expressions, on whole numbers that are all known: for SQLite's statements and for whoever computes many rows at once. */
#include "base/said.h"
#include "store/eval.h"

enum { WHOLE = 10000, ARGUMENTS = 16, PERIOD_MOST = 40000 };

__extension__ typedef __int128 wide;

struct call {
    const struct calendar *calendar;
    const int64_t *given;
    size_t count;
    bool *provisional;
};

static const char *give(wide value, int64_t *out)
{
    if (value > EVAL_MOST || value < -EVAL_MOST)
        return N_("算出来的数太大");
    *out = (int64_t)value;
    return NULL;
}

/* Factors are at most 92 × EVAL_MOST and 64 bits: their product fits 128. */
static const char *share_ge(const struct call *call, int64_t *out)
{
    const int64_t *given = call->given;

    if (given[1] <= 0)
        return N_("比例的基数须大于 0");
    if (given[2] < 0)
        return N_("比例不能是负数");
    *out = (wide)given[0] * WHOLE >= (wide)given[1] * given[2];
    return NULL;
}

/* Down, also below 0, where C cuts towards it; add: to the product, before it is cut down to the whole. */
static const char *part_of(const struct call *call, int add, int64_t *out)
{
    int64_t small;
    wide product;

    if (!__builtin_mul_overflow(call->given[0], call->given[1], &small) && !__builtin_add_overflow(small, add, &small))
        return give(small / WHOLE - (small % WHOLE < 0), out); /* what is nearly always so, and many times as quick */
    product = (wide)call->given[0] * call->given[1] + add;
    return give(product / WHOLE - (product % WHOLE < 0), out);
}

static const char *part(const struct call *call, int64_t *out)
{
    return part_of(call, 0, out);
}

static const char *part_up(const struct call *call, int64_t *out)
{
    return part_of(call, WHOLE - 1, out);
}

static const char *part_near(const struct call *call, int64_t *out)
{
    return part_of(call, WHOLE / 2, out);
}

static const char *ratio(const struct call *call, int64_t *out)
{
    wide product = (wide)call->given[0] * call->given[1];

    if (call->given[2] <= 0)
        return N_("除数须大于 0");
    return give(product / call->given[2] - (product % call->given[2] < 0), out); /* down, also below 0 */
}

/* Days as far as the calendar reckons: beyond it stops at the edge, which would be a wrong answer in silence. */
static const char *day_wrong(int64_t number)
{
    return number >= CALENDAR_FIRST && number <= CALENDAR_LAST ? NULL : N_("日期不在 1900 年至 2199 年之间");
}

static const char *after(const struct call *call, enum calendar_unit unit, int64_t *out)
{
    const int64_t *given = call->given;

    if (day_wrong(given[0]))
        return day_wrong(given[0]);
    if (given[1] < 0 || given[1] > (unit == CALENDAR_MONTHS ? PERIOD_MOST / 30 : PERIOD_MOST))
        return N_("期间的长度不能是负数，也不能超过一百年");
    *out = calendar_after(call->calendar, (int32_t)given[0], unit, (int32_t)given[1], call->provisional);
    return NULL;
}

static const char *days_after(const struct call *call, int64_t *out)
{
    return after(call, CALENDAR_DAYS, out);
}

static const char *workdays_after(const struct call *call, int64_t *out)
{
    return after(call, CALENDAR_WORKDAYS, out);
}

static const char *months_after(const struct call *call, int64_t *out)
{
    return after(call, CALENDAR_MONTHS, out);
}

static const char *rolled(const struct call *call, int64_t *out)
{
    if (day_wrong(call->given[0]))
        return day_wrong(call->given[0]);
    *out = calendar_rolled(call->calendar, (int32_t)call->given[0], call->provisional);
    return NULL;
}

static const char *workdays(const struct call *call, int64_t *out)
{
    for (int i = 0; i < 2; i++)
        if (day_wrong(call->given[i]))
            return day_wrong(call->given[i]);
    *out = calendar_workdays(call->calendar, (int32_t)call->given[0], (int32_t)call->given[1], call->provisional);
    return NULL;
}

static const char *least(const struct call *call, int64_t *out)
{
    int64_t found = call->given[0];

    for (size_t i = 1; i < call->count; i++)
        found = call->given[i] < found ? call->given[i] : found;
    return give(found, out);
}

static const char *most(const struct call *call, int64_t *out)
{
    int64_t found = call->given[0];

    for (size_t i = 1; i < call->count; i++)
        found = call->given[i] > found ? call->given[i] : found;
    return give(found, out);
}

static const char *absolute(const struct call *call, int64_t *out)
{
    return give(call->given[0] < 0 ? -(wide)call->given[0] : call->given[0], out);
}

static const struct {
    struct eval_function function;
    const char *(*run)(const struct call *call, int64_t *out);
} functions[] = {
    {{"share_ge", 3, 3, true}, share_ge},
    {{"part", 2, 2, true}, part},
    {{"part_up", 2, 2, true}, part_up},
    {{"part_near", 2, 2, true}, part_near},
    {{"ratio", 3, 3, true}, ratio},
    {{"days_after", 2, 2, false}, days_after},
    {{"workdays_after", 2, 2, false}, workdays_after},
    {{"months_after", 2, 2, false}, months_after},
    {{"rolled", 1, 1, false}, rolled},
    {{"workdays", 2, 2, false}, workdays},
    {{"least", 1, ARGUMENTS, true}, least},
    {{"most", 1, ARGUMENTS, true}, most},
    {{"abs", 1, 1, true}, absolute},
};

const struct eval_function *eval_function_at(size_t index)
{
    return index < sizeof functions / sizeof *functions ? &functions[index].function : NULL;
}

const char *eval_call(size_t index, const struct calendar *calendar, const int64_t *given, size_t count, bool *provisional, int64_t *out)
{
    return functions[index].run(&(struct call){calendar, given, count, provisional}, out);
}
