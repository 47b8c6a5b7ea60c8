#include "cases.h"

#include "base/calendar.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"

static struct calendar *calendar;

static int32_t on(const char *text)
{
    int32_t day;

    if (!day_parse(slice_of(text), &day))
        fail_msg("no day %s", text);
    return day;
}

static const char *shown(int32_t day)
{
    static char text[2][CLOCK_TEXT];
    static int turn;
    int year, month, of_month;

    turn = !turn;
    day_to_ymd(day, &year, &month, &of_month);
    snprintf(text[turn], CLOCK_TEXT, "%04d-%02d-%02d", year, month, of_month);
    return text[turn];
}

/* --- periods --- */

static const struct {
    const char *why, *from;
    enum calendar_unit unit;
    int32_t count;
    const char *end, *rolled;
    bool provisional, rolled_provisional;
} periods[] = {
    {"§201: the first day is not counted", "2026-03-02", CALENDAR_DAYS, 1, "2026-03-03", "2026-03-03"},
    {"a publicity's day 14", "2026-03-02", CALENDAR_DAYS, 14, "2026-03-16", "2026-03-16"},
    {"and its day 15", "2026-03-02", CALENDAR_DAYS, 15, "2026-03-17", "2026-03-17"},
    {"no period", "2026-03-02", CALENDAR_DAYS, 0, "2026-03-02", "2026-03-02"},
    {"less than none", "2026-03-02", CALENDAR_WORKDAYS, -3, "2026-03-02", "2026-03-02"},
    {"over a 29 February", "2024-02-20", CALENDAR_DAYS, 15, "2024-03-06", "2024-03-06"},
    {"and where there is none", "2025-02-20", CALENDAR_DAYS, 15, "2025-03-07", "2025-03-07"},

    {"§203: a Saturday moves to Monday", "2026-02-27", CALENDAR_DAYS, 15, "2026-03-14", "2026-03-16"},
    {"not one that is worked on", "2026-02-13", CALENDAR_DAYS, 15, "2026-02-28", "2026-02-28"},
    {"nor this one", "2026-09-25", CALENDAR_DAYS, 15, "2026-10-10", "2026-10-10"},
    {"National Day moves to its end", "2026-09-16", CALENDAR_DAYS, 15, "2026-10-01", "2026-10-08"},
    {"Spring Festival", "2026-01-31", CALENDAR_DAYS, 15, "2026-02-15", "2026-02-24"},
    {"Mid-Autumn on a Friday", "2026-09-10", CALENDAR_DAYS, 15, "2026-09-25", "2026-09-28"},
    {"the eve of 2024 was worked on", "2024-01-25", CALENDAR_DAYS, 15, "2024-02-09", "2024-02-09"},
    {"and that of 2025 was not", "2025-01-13", CALENDAR_DAYS, 15, "2025-01-28", "2025-02-05"},

    {"§202: the corresponding day", "2026-01-15", CALENDAR_MONTHS, 1, "2026-02-15", "2026-02-24"},
    {"there is none: the month's last", "2026-01-31", CALENDAR_MONTHS, 1, "2026-02-28", "2026-02-28"},
    {"of a leap year", "2024-01-31", CALENDAR_MONTHS, 1, "2024-02-29", "2024-02-29"},
    {"a month of 30", "2026-03-31", CALENDAR_MONTHS, 1, "2026-04-30", "2026-04-30"},
    {"a month's end is no rule of its own", "2026-02-28", CALENDAR_MONTHS, 1, "2026-03-28", "2026-03-30"},
    {"into the next year", "2025-12-15", CALENDAR_MONTHS, 1, "2026-01-15", "2026-01-15"},
    {"December to December", "2024-12-31", CALENDAR_MONTHS, 12, "2025-12-31", "2025-12-31"},
    {"36 months from a 29 February", "2024-02-29", CALENDAR_MONTHS, 36, "2027-02-28", "2027-03-01", false, true},
    {"48 months: there it is again", "2024-02-29", CALENDAR_MONTHS, 48, "2028-02-29", "2028-02-29", false, true},
    {"6 months that end on a Sunday", "2025-11-10", CALENDAR_MONTHS, 6, "2026-05-10", "2026-05-11"},
    {"and on a make-up Saturday", "2025-11-09", CALENDAR_MONTHS, 6, "2026-05-09", "2026-05-09"},

    {"15 working days over National Day", "2026-09-24", CALENDAR_WORKDAYS, 15, "2026-10-22", "2026-10-22"},
    {"over Spring Festival", "2026-02-09", CALENDAR_WORKDAYS, 15, "2026-03-06", "2026-03-06"},
    {"over that of 2025", "2025-01-24", CALENDAR_WORKDAYS, 15, "2025-02-20", "2025-02-20"},
    {"over none", "2026-03-02", CALENDAR_WORKDAYS, 15, "2026-03-23", "2026-03-23"},
    {"from a day of rest", "2026-10-03", CALENDAR_WORKDAYS, 1, "2026-10-08", "2026-10-08"},
    {"the 3rd is a make-up Saturday", "2026-10-07", CALENDAR_WORKDAYS, 3, "2026-10-10", "2026-10-10"},

    {"up to the last announced day", "2026-12-24", CALENDAR_WORKDAYS, 5, "2026-12-31", "2026-12-31"},
    {"one day further is provisional", "2026-12-24", CALENDAR_WORKDAYS, 6, "2027-01-01", "2027-01-01", true, true},
    {"10 working days into it", "2026-12-25", CALENDAR_WORKDAYS, 10, "2027-01-08", "2027-01-08", true, true},
    {"calendar days are certain", "2026-12-25", CALENDAR_DAYS, 10, "2027-01-04", "2027-01-04", false, true},
    {"a year before all files", "2023-12-28", CALENDAR_WORKDAYS, 2, "2024-01-02", "2024-01-02", true, false},
};

static void a_period_ends_where_the_civil_code_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(periods); i++) {
        bool provisional = false, rolled_provisional = false;
        int32_t end = calendar_after(calendar, on(periods[i].from), periods[i].unit, periods[i].count, &provisional);
        int32_t rolled = calendar_rolled(calendar, end, &rolled_provisional);

        if (end != on(periods[i].end) || rolled != on(periods[i].rolled))
            fail_msg("%s: ends %s, rolled %s", periods[i].why, shown(end), shown(rolled));
        if (provisional != periods[i].provisional || rolled_provisional != periods[i].rolled_provisional)
            fail_msg("%s: provisional %d, rolled %d", periods[i].why, provisional, rolled_provisional);
    }
}

static void what_is_provisional_stays_so(void **state)
{
    bool provisional = true;

    (void)state;
    calendar_after(calendar, on("2026-03-02"), CALENDAR_WORKDAYS, 5, &provisional);
    calendar_rolled(calendar, on("2026-03-14"), &provisional);
    calendar_workdays(calendar, on("2026-03-02"), on("2026-03-14"), &provisional);
    assert_true(provisional);
    assert_int_equal(calendar_rolled(calendar, on("2027-01-02"), NULL), on("2027-01-04"));
}

/* Counting to where a period ends gives its length back, and it ends on a working day. */
static void working_days_count_both_ways(void **state)
{
    (void)state;
    for (int32_t from = on("2024-01-01"); from <= on("2026-11-30"); from++)
        for (int32_t count = 1; count <= 20; count++) {
            int32_t end = calendar_after(calendar, from, CALENDAR_WORKDAYS, count, NULL);

            assert_true(calendar_works(calendar, end));
            assert_int_equal(calendar_workdays(calendar, from, end, NULL), count);
            assert_int_equal(calendar_workdays(calendar, from, end - 1, NULL), count - 1);
        }
    assert_int_equal(calendar_workdays(calendar, on("2026-03-06"), on("2026-03-06"), NULL), 0);
    assert_int_equal(calendar_workdays(calendar, on("2026-03-06"), on("2026-03-02"), NULL), 0);
}

static void no_count_and_no_day_is_too_large(void **state)
{
    static const int32_t days[] = {INT32_MIN, CALENDAR_FIRST, 0, CALENDAR_LAST, INT32_MAX};

    (void)state;
    assert_int_equal(on("1900-01-01"), CALENDAR_FIRST);
    assert_int_equal(on("2199-12-31"), CALENDAR_LAST);
    for (size_t i = 0; i < COUNT(days); i++) {
        for (int unit = CALENDAR_DAYS; unit <= CALENDAR_MONTHS; unit++) {
            assert_int_equal(calendar_after(calendar, days[i], unit, INT32_MAX, NULL), CALENDAR_LAST);
            assert_in_range(calendar_after(calendar, days[i], unit, INT32_MIN, NULL) - CALENDAR_FIRST, 0,
                            CALENDAR_LAST - CALENDAR_FIRST);
        }
        assert_in_range(calendar_rolled(calendar, days[i], NULL) - CALENDAR_FIRST, 0, CALENDAR_LAST - CALENDAR_FIRST);
        assert_false(calendar_works(calendar, days[i]) && calendar_announced(calendar, days[i]));
        assert_string_equal(calendar_why(calendar, days[i]), "");
    }
    assert_int_equal(calendar_after(calendar, CALENDAR_FIRST, CALENDAR_MONTHS, 3600, NULL), CALENDAR_LAST);
    assert_in_range(calendar_workdays(calendar, INT32_MIN, INT32_MAX, NULL), 78000, 78300);
}

/* --- what was announced --- */

/*
 * A check of the files that does not come from them: make-up workdays move days of rest and make none, so that a year works
 * on its days less its Saturdays and Sundays and the holidays of 全国年节及纪念日放假办法, 11 until 2024 and 13 since.
 */
static void a_year_works_as_many_days_as_the_law_leaves(void **state)
{
    (void)state;
    for (int year = 2024; year <= 2026; year++) {
        int32_t first, last, weekend = 0;

        assert_true(day_from_ymd(year, 1, 1, &first) && day_from_ymd(year, 12, 31, &last));
        for (int32_t day = first; day <= last; day++)
            weekend += (day + 4) % 7 == 0 || (day + 4) % 7 == 6;
        assert_int_equal(calendar_workdays(calendar, first - 1, last, NULL),
                         last - first + 1 - weekend - (year < 2025 ? 11 : 13));
        assert_true(calendar_announced(calendar, first) && calendar_announced(calendar, last));
    }
    assert_false(calendar_announced(calendar, on("2023-12-31")));
    assert_false(calendar_announced(calendar, on("2027-01-01")));
}

static void a_day_says_why(void **state)
{
    (void)state;
    assert_string_equal(calendar_why(calendar, on("2026-02-17")), "春节");
    assert_string_equal(calendar_why(calendar, on("2026-02-14")), "春节调休");
    assert_string_equal(calendar_why(calendar, on("2026-10-04")), "国庆节");
    assert_string_equal(calendar_why(calendar, on("2026-03-14")), "");
    assert_string_equal(calendar_why(calendar, on("2026-03-16")), "");
    assert_true(calendar_works(calendar, on("2026-02-14")));
    assert_false(calendar_works(calendar, on("2026-10-04")));
}

/* --- bad files --- */

static const struct {
    const char *name, *bytes;
    enum err_code code;
    long line;
    const char *says;
} bad[] = {
    {"2026.tsv", "2026-02-30\trest\t春节\n", ERR_INVALID, 1, "没有这一天"},
    {"2026.tsv", "# 通知\n\n2026/02/17\trest\t春节\n", ERR_INVALID, 3, "没有这一天"},
    {"2026.tsv", "2026-02-17\trest\t春节\n2026-02-17\trest\t春节\n", ERR_INVALID, 2, "写了两次"},
    {"2026.tsv", "2026-02-14\twork\t春节调休\n2026-02-14\trest\t春节\n", ERR_INVALID, 2, "写了两次"},
    {"2026.tsv", "2025-02-17\trest\t春节\n", ERR_INVALID, 1, "不在文件名所说的年份里"},
    {"2026.tsv", "2026-02-17\tholiday\t春节\n", ERR_INVALID, 1, "只能是 rest 或 work"},
    {"2026.tsv", "2026-02-17\tREST\t春节\n", ERR_INVALID, 1, "只能是 rest 或 work"},
    {"2026.tsv", "2026-02-17\trest\n", ERR_INVALID, 1, "不是三栏"},
    {"2026.tsv", "2026-02-17 rest 春节\n", ERR_INVALID, 1, "不是三栏"},
    {"2026.tsv", "2026-02-17\trest\t春节\t3\n", ERR_INVALID, 1, "不是三栏"},
    {"2026.tsv", "2026-02-17\trest\t \u3000\t\n", ERR_INVALID, 1, "不是三栏"},
    {"2026.tsv", "2026-02-17\trest\t # 春节\n", ERR_INVALID, 1, "不是三栏"},
    {"2026.tsv", "2026-02-17\trest\t\xff\n", ERR_INVALID, 1, "缘由"},
    {"2026.tsv", "2026-02-17\trest\t春\u200b节\n", ERR_INVALID, 1, "缘由"},
    {"2026.tsv", "2026-03-16\twork\t调休\n", ERR_INVALID, 1, "周一至周五本来就上班"},
    {"2026.txt", "2026-02-17\trest\t春节\n", ERR_MISSING, 0, "没有一年的节假日表"},
    {"20x6.tsv", "", ERR_MISSING, 0, "没有一年的节假日表"},
    {"1899.tsv", "", ERR_MISSING, 0, "没有一年的节假日表"},
};

/* Loads a folder that holds this one file. */
static bool load_one(const char *name, const char *bytes, size_t len, struct calendar **out, struct err *err)
{
    char folder[] = "/tmp/tq-calendar-XXXXXX", path[64];
    FILE *file;
    bool ok;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
    ok = calendar_load(folder, out, err);
    unlink(path);
    rmdir(folder);
    return ok;
}

static void a_bad_file_is_refused_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct calendar *read;
        struct err err;

        if (load_one(bad[i].name, bad[i].bytes, strlen(bad[i].bytes), &read, &err))
            fail_msg("read: %s", bad[i].bytes);
        assert_null(read);
        if (err.code != bad[i].code || err.line != bad[i].line || !strstr(err.message, bad[i].says))
            fail_msg("%s: %s (line %ld)", bad[i].bytes, err.message, err.line);
        if (err.code == ERR_INVALID)
            assert_non_null(strstr(err.message, bad[i].name));
    }
}

static void lines_end_as_people_s_editors_end_them(void **state)
{
    static const char bytes[] = "# 通知\r\n2027-02-06\trest\t春节 # 除夕\r\n\r\n  2027-02-05\trest\t春节前";
    struct calendar *read;
    struct err err;

    (void)state;
    assert_true(load_one("2027.tsv", bytes, sizeof bytes - 1, &read, &err));
    assert_string_equal(calendar_why(read, on("2027-02-06")), "春节");
    assert_string_equal(calendar_why(read, on("2027-02-05")), "春节前");
    assert_false(calendar_works(read, on("2027-02-05")));
    assert_false(calendar_announced(read, on("2026-02-05")));
    calendar_free(read);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    struct calendar *read;
    struct err err;
    uint64_t seed = 7;

    (void)state;
    for (int turn = 0; turn < 300; turn++) {
        char bytes[64];

        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)(random_next(&seed) & 0xff);
        bytes[0] = 'x'; /* no comment */
        assert_false(load_one("2026.tsv", bytes, sizeof bytes, &read, &err));
        assert_int_equal(err.code, ERR_INVALID);
    }
}

static void no_folder_is_said(void **state)
{
    struct calendar *read;
    struct err err;

    (void)state;
    assert_false(calendar_load("/nowhere/calendar", &read, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_non_null(strstr(err.message, "/nowhere/calendar"));
    calendar_free(NULL);
}

static int load(void **state)
{
    struct err err;

    (void)state;
    return calendar_load(TQ_CALENDAR, &calendar, &err) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    calendar_free(calendar);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_ends_where_the_civil_code_says),
        cmocka_unit_test(what_is_provisional_stays_so),
        cmocka_unit_test(working_days_count_both_ways),
        cmocka_unit_test(no_count_and_no_day_is_too_large),
        cmocka_unit_test(a_year_works_as_many_days_as_the_law_leaves),
        cmocka_unit_test(a_day_says_why),
        cmocka_unit_test(a_bad_file_is_refused_with_its_line),
        cmocka_unit_test(lines_end_as_people_s_editors_end_them),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(no_folder_is_said),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
