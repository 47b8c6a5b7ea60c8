/* Expressions over facts: what is refused, three values, no arithmetic that lies. */
#include "../base/cases.h"

#include "base/clock.h"
#include "store/eval.h"

static const struct eval_column columns[] = {
    {"amount", false}, {"base", false}, {"started", false}, {"today", false}, {"pricing", true}, {"state_unit", false}};
static const struct eval_parameter parameters[] = {{"least_part", 5000}, {"days", 15}};

enum { AMOUNT, BASE, STARTED, TODAY, PRICING, STATE_UNIT };

static struct calendar *calendar;

static int open_eval(void **state)
{
    struct store_eval *eval = NULL;
    struct err err;

    if (!eval_open(columns, COUNT(columns), calendar, &eval, &err))
        return -1;
    *state = eval;
    return 0;
}

static int close_eval(void **state)
{
    eval_close(*state);
    return 0;
}

static struct eval_value number(int64_t value)
{
    return (struct eval_value){.known = true, .number = value};
}

static struct eval_value word(const char *value)
{
    return (struct eval_value){.known = true, .is_text = true, .text = slice_of(value)};
}

static int64_t day_of(const char *text)
{
    int32_t day;

    assert_true(day_parse(slice_of(text), &day));
    return day;
}

static bool ask(struct store_eval *eval, const char *expression, const struct eval_value *facts, struct eval_value *value,
                struct err *err)
{
    struct eval_expression *prepared;

    return eval_prepare(eval, slice_of(expression), parameters, COUNT(parameters), &prepared, err)
        && eval_row(eval, 1, facts, err) && eval_ask(prepared, 1, value, err);
}

static const char *const refused[] = {
    "",
    "   ",
    "1; select 2",
    "1;",
    "amount > 1, 2",
    "amount > 1) , (2",
    "(select 1)",
    "exists (select 1)",
    "amount in fact",
    "amount in (select amount)",
    "amount -- base",
    "amount /* base */",
    "pricing = \"listing\"",
    "pricing = `listing`",
    "[pricing] = 'listing'",
    "amount / 2",
    "amount % 2",
    "amount * 2",
    "amount || 'x'",
    "amount << 2",
    "amount & 1",
    "~amount",
    "1.5 < amount",
    "1e3 < amount",
    "0x10 < amount",
    "amount > 100000000000000001",
    "random() > 0",
    "count(amount)",
    "max(amount, 1)",
    "sum(amount)",
    "load_extension('x')",
    "printf('%s', amount)",
    "rowid = 1",
    "oid = 1",
    "\"0\" = 1",
    "row = 1",
    "unheard = 1",
    "Amount = 1",
    "fact.amount = 1",
    "amount = $unheard",
    "amount = ?",
    "amount = ?1",
    "amount = :row",
    "amount = @days",
    "amount = $",
    "amount as base",
    "amount base",
    "amount from fact",
    "amount collate nocase",
    "cast(amount as text)",
    "pricing like 'a%'",
    "pricing glob 'a*'",
    "amount isnull",
    "share_ge(amount, base)",
    "part(amount)",
    "ratio(amount, base)",
    "day(started)",
    "day('2026-02-29')",
    "day('2026-3-1')",
    "day('now')",
    "amount(1)",
    "'no end",
    "amount = 1)",
    "(amount = 1",
    "amount =",
    "x'00'",
    "amount over ()",
    "current_timestamp",
    "raise(abort, 'x')",
    "amount = 1\\",
    "amount ＞ 1",
    "amount -> 1",
    "-- amount",
};

static void refuses_what_is_no_single_expression_over_facts(void **state)
{
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct eval_expression *prepared;
        struct err err = {0};

        if (eval_prepare(*state, slice_of(refused[i]), parameters, COUNT(parameters), &prepared, &err))
            fail_msg("%s is let through", refused[i]);
        assert_int_equal(err.code, ERR_INVALID);
        assert_true(err.message[0]);
    }
}

static void refuses_nul_and_length_and_too_many_sums(void **state)
{
    static char sums[200], lengthy[EVAL_LENGTH + 8];
    struct eval_expression *prepared;
    struct err err;

    assert_false(eval_prepare(*state, (struct slice){"amount\0= 1", 10}, NULL, 0, &prepared, &err));
    assert_false(eval_prepare(*state, (struct slice){"pricing = 'a\0b'", 15}, NULL, 0, &prepared, &err));
    memset(lengthy, ' ', EVAL_LENGTH + 1);
    lengthy[0] = '1';
    assert_false(eval_prepare(*state, slice_of(lengthy), NULL, 0, &prepared, &err));
    for (int i = 0; i <= EVAL_SUMS; i++)
        memcpy(sums + 2 * i, "1+", 3);
    sums[2 * EVAL_SUMS + 1] = '\0';
    assert_true(eval_prepare(*state, slice_of(sums), NULL, 0, &prepared, &err));
    memcpy(sums + 2 * EVAL_SUMS + 1, "+1", 3);
    assert_false(eval_prepare(*state, slice_of(sums), NULL, 0, &prepared, &err));
}

static void refuses_columns_that_no_expression_could_name(void **state)
{
    static const char *const names[] = {"", "Amount", "1a", "a-b", "select", "and", "rowid", "oid", "day", "a b", "金额", "a;b"};
    struct store_eval *eval;
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct eval_column column = {names[i], false};

        if (eval_open(&column, 1, calendar, &eval, &err))
            fail_msg("%s is let through", names[i]);
        assert_int_equal(err.code, ERR_INVALID);
    }
    assert_false(eval_open((struct eval_column[]){{"a", false}, {"a", true}}, 2, calendar, &eval, &err));
}

static const struct {
    const char *expression;
    int64_t amount, base; /* -1: unknown */
    const char *answer;
} answers[] = {
    {"amount > 10", 11, -1, "1"},
    {"amount > 10", 10, -1, "0"},
    {"amount > 10", -1, -1, "?"},
    {"amount > 10 and base > 10", 5, -1, "0"},
    {"amount > 10 and base > 10", 11, -1, "?"},
    {"amount > 10 or base > 10", 11, -1, "1"},
    {"amount > 10 OR base > 10", 1, -1, "?"},
    {"not (amount > 10)", -1, -1, "?"},
    {"amount is null", -1, -1, "1"},
    {"amount between 1 and 3", 3, -1, "1"},
    {"amount in (1, 3)", 2, -1, "0"},
    {"case when amount > 10 then 1 else 2 end", -1, -1, "2"},
    {"coalesce(amount, 7)", -1, -1, "7"},
    {"share_ge(amount, base, $least_part)", 50, 100, "1"},
    {"share_ge(amount, base, $least_part)", 49, 100, "0"},
    {"share_ge(amount, base, $least_part)", -1, 100, "?"},
    {"share_ge(amount, base, $least_part)", 49, -1, "?"},
    {"share_ge(amount, base, 10000)", 99999999999999999, 100000000000000000, "0"},
    {"share_ge(amount, base, 10000)", 100000000000000000, 100000000000000000, "1"},
    {"part(amount, 3333)", 3, -1, "0"},
    {"part_up(amount, 3333)", 3, -1, "1"},
    {"part_up(amount, 5000)", 4, -1, "2"},
    {"part_near(amount, 4999)", 1, -1, "0"},
    {"part_near(amount, 5000)", 1, -1, "1"},
    {"part_near(amount, 10000)", 100000000000000000, -1, "100000000000000000"},
    {"part_near(0 - amount, 5000)", 1, -1, "0"},
    {"part(0 - amount, 3333)", 3, -1, "-1"},
    {"part_up(0 - amount, 3333)", 3, -1, "0"},
    {"part(amount, 10000)", 100000000000000000, -1, "100000000000000000"},
    {"ratio(amount, 2, 3)", 5, -1, "3"},
    {"ratio(amount, 10000, base)", 39, 1000, "390"},
    {"ratio(amount, 10000, base)", 100000000000000000, 100000000000000000, "10000"},
    {"ratio(0 - amount, 2, 3)", 5, -1, "-4"},
    {"ratio(amount, 2, base)", 5, -1, "?"},
    {"least(amount, base)", 3, 5, "3"},
    {"most(amount, base)", 3, 5, "5"},
    {"least(amount, base)", 3, -1, "?"},
    {"abs(0 - amount)", 3, -1, "3"},
    {"nullif(amount, 3)", 3, -1, "?"},
    {"iif(base > 0, share_ge(amount, base, 5000), 0)", 3, 0, "0"},
    {"amount + base - $days", 20, 5, "10"},
};

static void answers_in_three_values(void **state)
{
    for (size_t i = 0; i < COUNT(answers); i++) {
        struct eval_value facts[COUNT(columns)] = {0}, value;
        char found[32] = "?";
        struct err err;

        if (answers[i].amount >= 0)
            facts[AMOUNT] = number(answers[i].amount);
        if (answers[i].base >= 0)
            facts[BASE] = number(answers[i].base);
        if (!ask(*state, answers[i].expression, facts, &value, &err))
            fail_msg("%s: %s", answers[i].expression, err.message);
        if (value.known)
            snprintf(found, sizeof found, "%lld", (long long)value.number);
        if (strcmp(found, answers[i].answer) != 0)
            fail_msg("%s is %s, not %s", answers[i].expression, found, answers[i].answer);
    }
}

static const struct {
    const char *expression;
    int64_t amount, base;
} errors[] = {
    {"share_ge(amount, base, 5000)", 1, 0},
    {"base > 0 and share_ge(amount, base, 5000)", 1, 0},
    {"share_ge(amount, 0 - base, 5000)", 1, 1},
    {"share_ge(amount, base, 0 - 1)", 1, 1},
    {"part(amount, base)", 100000000000000000, 10001},
    {"part_up(amount, base)", 100000000000000000, 100000000000000000},
    {"ratio(amount, 10000, base)", 1, 0},
    {"ratio(amount, 2, 0 - base)", 1, 1},
    {"ratio(amount, 10000, base)", 100000000000000000, 1},
    {"most(amount + amount, base)", 100000000000000000, 1},
    {"days_after(amount, base)", 100000000000, 1},
    {"days_after(amount, 0 - base)", 20000, 1},
    {"days_after(amount, base)", 20000, 1000000},
    {"months_after(amount, base)", 20000, 2000},
    {"rolled(base)", 1, 1000000},
    {"workdays(amount, base)", 20000, 1000000},
    {"abs(pricing)", 1, 1},
    {"share_ge(pricing, 1, 1)", 1, 1},
};

static void a_base_of_zero_and_what_is_too_large_are_errors_and_not_unknown(void **state)
{
    for (size_t i = 0; i < COUNT(errors); i++) {
        struct eval_value facts[COUNT(columns)] = {number(errors[i].amount), number(errors[i].base)}, value;
        struct err err = {0};

        facts[PRICING] = word("listing");
        if (ask(*state, errors[i].expression, facts, &value, &err))
            fail_msg("%s of %lld, %lld has a value", errors[i].expression, (long long)errors[i].amount,
                     (long long)errors[i].base);
        assert_int_equal(err.code, ERR_INVALID);
        assert_non_null(strstr(err.hint, errors[i].expression));
    }
}

static void no_number_is_so_large_that_a_sum_becomes_a_float(void **state)
{
    struct eval_value facts[COUNT(columns)] = {number(EVAL_MOST + 1)}, value;
    struct err err;

    assert_false(eval_row(*state, 1, facts, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_string_equal(err.field, "amount");
    facts[AMOUNT] = number(-EVAL_MOST);
    assert_true(ask(*state, "amount + amount + amount - 1", facts, &value, &err));
    assert_true(value.number == -3 * EVAL_MOST - 1);
}

static void words_and_days(void **state)
{
    struct eval_value facts[COUNT(columns)] = {0}, value;
    struct err err;

    facts[PRICING] = word("it's");
    facts[STARTED] = number(day_of("2026-03-02"));
    assert_true(ask(*state, "pricing = 'it''s' and pricing <> 'listing'", facts, &value, &err));
    assert_int_equal(eval_truth(&value), TRUTH_YES);
    assert_true(ask(*state, "pricing", facts, &value, &err));
    assert_true(value.is_text && slice_is(value.text, "it's"));
    assert_true(ask(*state, "days_after(started, $days) = day('2026-03-17')", facts, &value, &err));
    assert_int_equal(eval_truth(&value), TRUTH_YES);
    assert_true(ask(*state, "months_after(day('2024-08-31'), 6) = day('2025-02-28')", facts, &value, &err));
    assert_int_equal(eval_truth(&value), TRUTH_YES);
}

static void says_where_a_year_is_not_announced(void **state)
{
    struct eval_value facts[COUNT(columns)] = {0}, value;
    struct err err;

    facts[STARTED] = number(day_of("2099-03-02"));
    eval_provisional(*state);
    assert_true(ask(*state, "workdays_after(started, 5)", facts, &value, &err));
    assert_true(eval_provisional(*state));
    assert_false(eval_provisional(*state));
    facts[STARTED] = number(day_of("2026-03-02"));
    assert_true(ask(*state, "workdays_after(started, 5)", facts, &value, &err));
    assert_false(eval_provisional(*state));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_is_no_single_expression_over_facts),
        cmocka_unit_test(refuses_nul_and_length_and_too_many_sums),
        cmocka_unit_test(refuses_columns_that_no_expression_could_name),
        cmocka_unit_test(answers_in_three_values),
        cmocka_unit_test(a_base_of_zero_and_what_is_too_large_are_errors_and_not_unknown),
        cmocka_unit_test(no_number_is_so_large_that_a_sum_becomes_a_float),
        cmocka_unit_test(words_and_days),
        cmocka_unit_test(says_where_a_year_is_not_announced),
    };
    struct CMUnitTest each[COUNT(tests)];
    struct err err;

    if (!calendar_load(TQ_CALENDAR, &calendar, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    for (size_t i = 0; i < COUNT(tests); i++) {
        each[i] = tests[i];
        each[i].setup_func = open_eval;
        each[i].teardown_func = close_eval;
    }
    return _cmocka_run_group_tests("eval", each, COUNT(each), NULL, NULL);
}
