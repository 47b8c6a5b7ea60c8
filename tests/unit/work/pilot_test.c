/* The calendar's arithmetic held against hour by hour counting, halves of a year, what a sample may go through, medians. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/clock.h"
#include "work/pilot_job_int.h"
#include "work/pilot_report.h"

static int32_t date(int year, int month, int day)
{
    int32_t number;

    assert_true(day_from_ymd(year, month, day, &number));
    return number;
}

/* --- never more than there are --- */

static int64_t counted_peak(const struct slot *list, size_t count, int64_t first, int64_t last)
{
    int64_t most = 0;

    for (int64_t hour = first; hour < last; hour++) {
        int64_t held = 0;

        for (size_t i = 0; i < count; i++)
            held += hour >= list[i].first && hour < list[i].last ? list[i].stations : 0;
        most = held > most ? held : most;
    }
    return most;
}

static void the_peak_is_what_counting_each_hour_gives(void **state)
{
    unsigned seed = 20261128;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct slot list[12];
        size_t count = (size_t)(rand_r(&seed) % 13);
        int64_t first = rand_r(&seed) % 40, last = first + 1 + rand_r(&seed) % 30;

        for (size_t i = 0; i < count; i++) {
            list[i] = (struct slot){.first = rand_r(&seed) % 60, .stations = 1 + rand_r(&seed) % 3};
            list[i].last = list[i].first + 1 + rand_r(&seed) % 20;
        }
        if (slot_peak(list, count, first, last) != counted_peak(list, count, first, last))
            fail_msg("round %d: %lld, not %lld", round, (long long)slot_peak(list, count, first, last),
                     (long long)counted_peak(list, count, first, last));
    }
}

static void a_slot_that_ends_as_another_begins_shares_no_hour(void **state)
{
    static const struct slot list[] = {{.first = 8, .last = 12, .stations = 1}, {.first = 12, .last = 18, .stations = 1}};

    (void)state;
    assert_int_equal(slot_peak(list, 2, 8, 18), 1);
    assert_int_equal(slot_peak(list, 2, 11, 13), 1);
    assert_int_equal(slot_peak(list, 2, 18, 24), 0);
}

/* --- hours --- */

static void capability(struct record *record, int64_t opens, int64_t closes, int64_t stations, bool weekends)
{
    *record = (struct record){.kind = &kind_capability};
    matter_set_number(record, CAPABILITY_OPENS, opens);
    matter_set_number(record, CAPABILITY_CLOSES, closes);
    matter_set_number(record, CAPABILITY_STATIONS, stations);
    matter_set_number(record, CAPABILITY_WEEKENDS, weekends);
}

static void hours_are_those_in_which_it_is_open(void **state)
{
    struct calendar *calendar;
    struct record line;
    struct err err;
    int32_t monday = date(2026, 3, 2);
    struct slot over_night = {.first = slot_hour(monday, 16), .last = slot_hour(monday + 1, 10), .stations = 2};
    struct slot weekend = {.first = slot_hour(monday + 4, 8), .last = slot_hour(monday + 7, 18), .stations = 1};

    (void)state;
    assert_true(calendar_load(TQ_SHARE "/rules/calendar", &calendar, &err));
    capability(&line, 8, 18, 3, false);
    assert_int_equal(slot_open_hours(&line, calendar, monday, monday + 6), 5 * 10 * 3); /* Saturday and Sunday rest */
    assert_int_equal(slot_open_hours(&line, calendar, date(2026, 10, 1), date(2026, 10, 1)), 0); /* the National Day */
    assert_int_equal(slot_used_hours(&line, calendar, &over_night, monday, monday + 6), (2 + 2) * 2); /* the night is not counted */
    assert_int_equal(slot_used_hours(&line, calendar, &over_night, monday + 1, monday + 1), 2 * 2);
    assert_int_equal(slot_used_hours(&line, calendar, &weekend, monday, monday + 30), 10 + 10);
    capability(&line, 0, 24, 1, true);
    assert_int_equal(slot_open_hours(&line, calendar, monday, monday + 6), 7 * 24);
    assert_int_equal(slot_used_hours(&line, calendar, &over_night, monday, monday + 6), 18 * 2);
    calendar_free(calendar);
}

/* --- halves, samples, medians --- */

static void a_year_has_two_halves_and_no_day_between_them(void **state)
{
    int32_t from, until, second;

    (void)state;
    half_year(2026, 1, &from, &until);
    assert_int_equal(from, date(2026, 1, 1));
    assert_int_equal(until, date(2026, 6, 30));
    half_year(2026, 2, &second, &until);
    assert_int_equal(second, date(2026, 7, 1));
    assert_int_equal(until, date(2026, 12, 31));
}

static void a_sample_is_handled_while_it_is_here(void **state)
{
    static const struct {
        const char *last, *next;
        bool may;
    } cases[] = {
        {"", "received", true},          {"", "opened", false},          {"received", "received", false}, {"received", "opened", true},
        {"sealed", "opened", true},      {"opened", "destroyed", true},  {"stored", "returned", true},    {"returned", "opened", false},
        {"returned", "received", true},  {"destroyed", "received", false}, {"destroyed", "returned", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (custody_follows(slice_of(cases[i].last), slice_of(cases[i].next)) != cases[i].may)
            fail_msg("“%s” after “%s”", cases[i].next, cases[i].last);
}

static void what_is_free_and_held_follows_from_the_sums(void **state)
{
    const struct voucher_stand stand = {.amount = 10000, .reserved = 7000, .released = 2000, .spent = 4000, .expired = 500};

    (void)state;
    assert_int_equal(voucher_free(&stand), 10000 - 7000 + 2000 - 500);
    assert_int_equal(voucher_held(&stand), 7000 - 2000 - 4000);
}

static void the_median_is_one_of_the_numbers(void **state)
{
    int64_t none[1], odd[] = {9, 1, 5}, even[] = {4, 1, 3, 2};

    (void)state;
    assert_int_equal(lower_median(none, 0), -1);
    assert_int_equal(lower_median(odd, 3), 5);
    assert_int_equal(lower_median(even, 4), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_peak_is_what_counting_each_hour_gives),
        cmocka_unit_test(a_slot_that_ends_as_another_begins_shares_no_hour),
        cmocka_unit_test(hours_are_those_in_which_it_is_open),
        cmocka_unit_test(a_year_has_two_halves_and_no_day_between_them),
        cmocka_unit_test(a_sample_is_handled_while_it_is_here),
        cmocka_unit_test(what_is_free_and_held_follows_from_the_sums),
        cmocka_unit_test(the_median_is_one_of_the_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
