/* What an expression may call. Each is given integers or NULL; whatever else is a mistake of the expression and an error. */
#include "base/clock.h"
#include "base/said.h"
#include "store/sqlite/eval_int.h"

enum { WHOLE = 10000, ARGUMENTS = 16, PERIOD_MOST = 40000 };

__extension__ typedef __int128 wide;

/* The arguments; false when there is nothing more to do: one is NULL (the result is) or no integer (an error). */
static bool take(sqlite3_context *context, int count, sqlite3_value **values, int64_t *arguments)
{
    for (int i = 0; i < count; i++) {
        int type = sqlite3_value_type(values[i]);

        if (type == SQLITE_NULL)
            return false;
        if (type != SQLITE_INTEGER) {
            sqlite3_result_error(context, N_("函数里只能用整数，不能用文字"), -1);
            return false;
        }
        arguments[i] = sqlite3_value_int64(values[i]);
    }
    return true;
}

static void refuse(sqlite3_context *context, const char *why)
{
    sqlite3_result_error(context, why, -1);
}

static void give(sqlite3_context *context, wide value)
{
    if (value > EVAL_MOST || value < -EVAL_MOST)
        refuse(context, N_("算出来的数太大"));
    else
        sqlite3_result_int64(context, (int64_t)value);
}

/* Factors are at most 92 × EVAL_MOST and 64 bits: their product fits 128. */
static void share_ge(sqlite3_context *context, int count, sqlite3_value **values)
{
    int64_t given[3];

    if (!take(context, count, values, given))
        return;
    if (given[1] <= 0)
        refuse(context, N_("比例的基数须大于 0"));
    else if (given[2] < 0)
        refuse(context, N_("比例不能是负数"));
    else
        sqlite3_result_int(context, (wide)given[0] * WHOLE >= (wide)given[1] * given[2]);
}

/* add: to the product, before it is cut down to the whole. */
static void part_of(sqlite3_context *context, int count, sqlite3_value **values, wide add)
{
    int64_t given[2];
    wide product, rest;

    if (!take(context, count, values, given))
        return;
    product = (wide)given[0] * given[1] + add;
    rest = product % WHOLE;
    give(context, product / WHOLE - (rest < 0)); /* C cuts towards 0 */
}

static void part(sqlite3_context *context, int count, sqlite3_value **values)
{
    part_of(context, count, values, 0);
}

static void part_up(sqlite3_context *context, int count, sqlite3_value **values)
{
    part_of(context, count, values, WHOLE - 1);
}

static void part_near(sqlite3_context *context, int count, sqlite3_value **values)
{
    part_of(context, count, values, WHOLE / 2);
}

static void ratio(sqlite3_context *context, int count, sqlite3_value **values)
{
    int64_t given[3];
    wide product;

    if (!take(context, count, values, given))
        return;
    if (given[2] <= 0) {
        refuse(context, N_("除数须大于 0"));
        return;
    }
    product = (wide)given[0] * given[1];
    give(context, product / given[2] - (product % given[2] < 0)); /* C cuts towards 0 */
}

static void day(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *text = (const char *)sqlite3_value_text(values[0]);
    int32_t number;

    (void)count;
    if (text && day_parse(slice_of(text), &number))
        sqlite3_result_int(context, number);
    else
        refuse(context, N_("没有这一天"));
}

/* Days as far as the calendar reckons: beyond it stops at the edge, which would be a wrong answer in silence. */
static bool is_day(sqlite3_context *context, int64_t number)
{
    if (number >= CALENDAR_FIRST && number <= CALENDAR_LAST)
        return true;
    refuse(context, N_("日期不在 1900 年至 2199 年之间"));
    return false;
}

static void after(sqlite3_context *context, sqlite3_value **values, enum calendar_unit unit)
{
    struct store_eval *eval = sqlite3_user_data(context);
    int64_t given[2];

    if (!take(context, 2, values, given) || !is_day(context, given[0]))
        return;
    if (given[1] < 0 || given[1] > (unit == CALENDAR_MONTHS ? PERIOD_MOST / 30 : PERIOD_MOST))
        refuse(context, N_("期间的长度不能是负数，也不能超过一百年"));
    else
        sqlite3_result_int(context, calendar_after(eval->calendar, (int32_t)given[0], unit, (int32_t)given[1],
                                                   &eval->provisional));
}

static void days_after(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    after(context, values, CALENDAR_DAYS);
}

static void workdays_after(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    after(context, values, CALENDAR_WORKDAYS);
}

static void months_after(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    after(context, values, CALENDAR_MONTHS);
}

static void rolled(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct store_eval *eval = sqlite3_user_data(context);
    int64_t given[1];

    if (take(context, count, values, given) && is_day(context, given[0]))
        sqlite3_result_int(context, calendar_rolled(eval->calendar, (int32_t)given[0], &eval->provisional));
}

static void workdays(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct store_eval *eval = sqlite3_user_data(context);
    int64_t given[2];

    if (take(context, count, values, given) && is_day(context, given[0]) && is_day(context, given[1]))
        sqlite3_result_int(context, calendar_workdays(eval->calendar, (int32_t)given[0], (int32_t)given[1],
                                                      &eval->provisional));
}

static void extreme(sqlite3_context *context, int count, sqlite3_value **values, bool most)
{
    int64_t given[ARGUMENTS], found;

    if (count < 1 || count > ARGUMENTS) {
        refuse(context, N_("least 和 most 要有 1 到 16 个数"));
        return;
    }
    if (!take(context, count, values, given))
        return;
    found = given[0];
    for (int i = 1; i < count; i++)
        if (most ? given[i] > found : given[i] < found)
            found = given[i];
    give(context, found);
}

static void least(sqlite3_context *context, int count, sqlite3_value **values)
{
    extreme(context, count, values, false);
}

static void most(sqlite3_context *context, int count, sqlite3_value **values)
{
    extreme(context, count, values, true);
}

/* SQLite's own makes 0.0 of a text. */
static void absolute(sqlite3_context *context, int count, sqlite3_value **values)
{
    int64_t given[1];

    if (take(context, count, values, given))
        give(context, given[0] < 0 ? -(wide)given[0] : given[0]);
}

/*
 * Those that ask the calendar are not called deterministic: they would be computed once for all rows, and which row hangs on
 * a year not announced would be lost.
 */
static const struct {
    const char *name;
    int arguments;
    bool pure;
    void (*run)(sqlite3_context *, int, sqlite3_value **); /* NULL: SQLite's */
} functions[] = {
    {"share_ge", 3, true, share_ge},
    {"part", 2, true, part},
    {"part_up", 2, true, part_up},
    {"part_near", 2, true, part_near},
    {"ratio", 3, true, ratio},
    {"day", 1, true, day},
    {"days_after", 2, false, days_after},
    {"workdays_after", 2, false, workdays_after},
    {"months_after", 2, false, months_after},
    {"rolled", 1, false, rolled},
    {"workdays", 2, false, workdays},
    {"least", -1, true, least},
    {"most", -1, true, most},
    {"abs", 1, true, absolute},
    {"coalesce", -1, true, NULL},
    {"nullif", 2, true, NULL},
    {"iif", 3, true, NULL},
};

int eval_functions(struct store_eval *eval)
{
    int code = SQLITE_OK;

    for (size_t i = 0; i < sizeof functions / sizeof *functions && code == SQLITE_OK; i++)
        if (functions[i].run)
            code = sqlite3_create_function_v2(eval->db, functions[i].name, functions[i].arguments,
                                              SQLITE_UTF8 | (functions[i].pure ? SQLITE_DETERMINISTIC : 0), eval,
                                              functions[i].run, NULL, NULL, NULL);
    return code;
}

bool eval_is_function(struct slice name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (slice_is(name, functions[i].name))
            return true;
    return false;
}
