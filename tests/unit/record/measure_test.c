/* Targets and readings: decimals in millionths, and nothing that is not one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/trial.h"

static void decimals_are_read_exactly(void **state)
{
    static const struct {
        const char *typed;
        int64_t millionths;
    } good[] = {{"0", 0},
                {"8,000", INT64_C(8000000000)},
                {"7999.999999", INT64_C(7999999999)},
                {" -0.35 ", -350000},
                {"0.000001", 1},
                {"-0.000001", -1},
                {"999999999999.999999", INT64_C(999999999999999999)}};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t read = 0;

        assert_true(measure_read(slice_of(good[i].typed), &read));
        assert_int_equal(read, good[i].millionths);
    }
}

static void what_is_no_decimal_is_refused(void **state)
{
    static const char *const bad[] = {"", " ", "-", ".5", "5.", "1.2.3", "八千", "1e3", "0.0000001", "1000000000000", "12h", ",5", "--1", "1 000"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t read;

        assert_false(measure_read(slice_of(bad[i]), &read));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(decimals_are_read_exactly), cmocka_unit_test(what_is_no_decimal_is_refused)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
