#include "cases.h"

#include "base/text.h"
#include "file/formula.h"
#include "file/number.h"

static const char *const formulas[] = {
    "=1+1", "=cmd|' /C calc'!A0", "+SUM(A1)", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠a",
    " =1", "\"=1", "'=1", "''=1", "'\"  =1", "\u3000=1", "- 项目符号", "+86-931-1234567", "-5元", "--5", "-1e", "+", "-", "-5%%",
};

static const char *const plain[] = {
    "", "5", "-5", "+5", "-1.5", "-.5", "-12%", "+3.5e-2", "+86 931 1234567", "+8613800138000", "泵", "a=b", "a@b.cn",
    "'", "'泵'", " ", "'-5", "(=1)",
};

static void knows_what_a_spreadsheet_would_run(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(formulas); i++)
        if (!formula_like(slice_of(formulas[i])))
            fail_msg("not seen: %s", formulas[i]);
    for (size_t i = 0; i < COUNT(plain); i++)
        if (formula_like(slice_of(plain[i])))
            fail_msg("taken for a formula: %s", plain[i]);
}

static void guarding_and_unguarding_undo_each_other(void **state)
{
    static const char alphabet[] = "'\"= -+5a@\t%";
    uint64_t seed = 42;

    (void)state;
    for (int round = 0; round < 200000; round++) {
        char cell[9] = "'"; /* room for the guard */
        size_t len = random_next(&seed) % 7;
        struct slice bare = {cell + 1, len}, guarded;

        for (size_t i = 0; i < len; i++)
            cell[i + 1] = alphabet[random_next(&seed) % (sizeof alphabet - 1)];
        guarded = formula_like(bare) ? (struct slice){cell, len + 1} : bare;
        if (!slice_same(formula_unguard(guarded), bare))
            fail_msg("%s comes back changed", cell + 1);
    }
}

static void shows_numbers_without_float_noise(void **state)
{
    static const struct {
        double number;
        const char *shown;
    } cases[] = {
        {0.1 + 0.2, "0.3"}, {1.1 + 2.2, "3.3"}, {0, "0"}, {-0.0, "0"}, {1, "1"}, {-5, "-5"}, {1234567.89, "1234567.89"},
        {110105194912310021.0, "110105194912310000"}, {1e20, "100000000000000000000"}, {1e21, "1e+21"},
        {0.000001, "0.000001"}, {1e-10, "1e-10"}, {100, "100"}, {3.14159265358979312, "3.14159265358979"},
        {99999.999999999985, "100000"}, {13800138000.0, "13800138000"},
    };
    char buf[NUMBER_TEXT];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(number_show(cases[i].number, buf), cases[i].shown);
}

static void knows_numbers_that_survive_a_number_cell(void **state)
{
    static const char *const canonical[] = {"0", "5", "-5", "1.5", "13800138000", "0.001"};
    static const char *const text_only[] = {"", "05", "1.50", "+5", "1e3", "110105194912310021", "5%", "1,000", ".5", "-0",
                                            "1.", "5 ", "123456789012"};
    double number;

    (void)state;
    for (size_t i = 0; i < COUNT(canonical); i++)
        assert_true(number_is_canonical(slice_of(canonical[i]), &number));
    for (size_t i = 0; i < COUNT(text_only); i++)
        if (number_is_canonical(slice_of(text_only[i]), &number))
            fail_msg("%s", text_only[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_what_a_spreadsheet_would_run),
        cmocka_unit_test(guarding_and_unguarding_undo_each_other),
        cmocka_unit_test(shows_numbers_without_float_noise),
        cmocka_unit_test(knows_numbers_that_survive_a_number_cell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
