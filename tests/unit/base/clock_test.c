#include "cases.h"

#include "base/clock.h"

static const struct {
    const char *typed, *day;
} days[] = {
    {"2026-11-22", "2026-11-22"},
    {"2026/11/22", "2026-11-22"},
    {"2026.11.22", "2026-11-22"},
    {"20261122", "2026-11-22"},
    {"2026年11月22日", "2026-11-22"},
    {"2026年11月22", "2026-11-22"},
    {"2026-1-2", "2026-01-02"},
    {"2026年1月2日", "2026-01-02"},
    {" 2024-02-29 ", "2024-02-29"},
    {"1900-01-01", "1900-01-01"},
    {"2199-12-31", "2199-12-31"},
};

static const char *const no_days[] = {
    "", "2024-02-30", "2023-02-29", "1900-02-29", "0000-00-00", "2026-13-01", "2026-00-10", "2026-04-31", "9999-01-01",
    "1899-12-31", "2026-11", "2026-11-22x", "2026-11/22", "26-11-22", "20260230", "202611220",
    "2026-11-22 24:00", "２０２６-11-22", "-2026-11-22", "45617",
};

static void reads_a_day_as_people_write_it(void **state)
{
    char out[11];

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        if (!day_read(slice_of(days[i].typed), out))
            fail_msg("%s refused", days[i].typed);
        assert_string_equal(out, days[i].day);
    }
    for (size_t i = 0; i < COUNT(no_days); i++)
        if (day_read(slice_of(no_days[i]), out))
            fail_msg("%s read as %s", no_days[i], out);
}

static void days_count_on_without_gaps(void **state)
{
    int32_t first, last;

    (void)state;
    assert_true(day_from_ymd(1900, 1, 1, &first));
    assert_true(day_from_ymd(2199, 12, 31, &last));
    assert_int_equal(last - first + 1, 300 * 365 + 73); /* 73 leap years: 1900 and 2100 are none */
    for (int32_t day = first; day <= last; day++) {
        int year, month, of_month;
        int32_t again;

        day_to_ymd(day, &year, &month, &of_month);
        assert_true(day_from_ymd(year, month, of_month, &again));
        assert_int_equal(again, day);
    }
}

static void the_day_turns_at_midnight_in_china(void **state)
{
    char buf[CLOCK_TEXT];
    int64_t midnight = INT64_C(1795363200000); /* 2026-11-23 00:00 +08:00 */

    (void)state;
    assert_string_equal(clock_show_minute(midnight, buf), "2026-11-23 00:00");
    assert_string_equal(clock_show_minute(midnight - 1, buf), "2026-11-22 23:59");
    assert_string_equal(clock_show_day(midnight - 1, buf), "2026-11-22");
    assert_string_equal(clock_show_iso(midnight - 1, buf), "2026-11-22T23:59:59.999+08:00");
    assert_string_equal(clock_show_day(-8 * 3600 * 1000 - 1, buf), "1969-12-31");
    assert_int_equal(day_of_ms(midnight) - day_of_ms(midnight - 1), 1);
}

static void only_the_stored_form_parses(void **state)
{
    int32_t day;

    (void)state;
    assert_true(day_parse(SLICE("1970-01-01"), &day));
    assert_int_equal(day, 0);
    assert_false(day_parse(SLICE("1970-1-01"), &day));
    assert_false(day_parse(SLICE("1970/01/01"), &day));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_day_as_people_write_it),
        cmocka_unit_test(days_count_on_without_gaps),
        cmocka_unit_test(the_day_turns_at_midnight_in_china),
        cmocka_unit_test(only_the_stored_form_parses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
