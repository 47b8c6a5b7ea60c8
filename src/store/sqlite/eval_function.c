/* What an expression may call, as SQLite asks it. Each is given integers or NULL; whatever else is a mistake of the expression and an error. */
#include "base/clock.h"
#include "base/said.h"
#include "store/sqlite/eval_int.h"

enum { ARGUMENTS = 16 };

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

static void call(sqlite3_context *context, int count, sqlite3_value **values)
{
    const struct eval_callable *callable = sqlite3_user_data(context);
    const struct eval_function *function = eval_function_at(callable->index);
    int64_t given[ARGUMENTS], out;
    const char *why;

    if ((size_t)count < function->least || (size_t)count > function->most) {
        sqlite3_result_error(context, N_("least 和 most 要有 1 到 16 个数"), -1);
        return;
    }
    if (!take(context, count, values, given))
        return;
    why = eval_call(callable->index, callable->eval->calendar, given, (size_t)count, &callable->eval->provisional, &out);
    if (why)
        sqlite3_result_error(context, why, -1);
    else
        sqlite3_result_int64(context, out);
}

static void day(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *text = (const char *)sqlite3_value_text(values[0]);
    int32_t number;

    (void)count;
    if (text && day_parse(slice_of(text), &number))
        sqlite3_result_int(context, number);
    else
        sqlite3_result_error(context, N_("没有这一天"), -1);
}

/*
 * Those that ask the calendar are not called deterministic: they would be computed once for all rows, and which row hangs on
 * a year not announced would be lost.
 */
int eval_functions(struct store_eval *eval)
{
    int code = sqlite3_create_function_v2(eval->db, "day", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, day, NULL, NULL, NULL);
    const struct eval_function *function;

    for (size_t i = 0; code == SQLITE_OK && (function = eval_function_at(i)); i++) {
        eval->callables[i] = (struct eval_callable){eval, i};
        code = sqlite3_create_function_v2(eval->db, function->name, function->least == function->most ? (int)function->most : -1,
                                          SQLITE_UTF8 | (function->pure ? SQLITE_DETERMINISTIC : 0), &eval->callables[i], call, NULL, NULL,
                                          NULL);
    }
    return code;
}

bool eval_is_function(struct slice name)
{
    static const char *const others[] = {"day", "coalesce", "nullif", "iif"}; /* ours above, and SQLite's */
    const struct eval_function *function;

    for (size_t i = 0; (function = eval_function_at(i)); i++)
        if (slice_is(name, function->name))
            return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (slice_is(name, others[i]))
            return true;
    return false;
}
