#include "match/deadline.h"

#include <limits.h>

#include "base/clock.h"
#include "match/folded.h"

struct date {
    int year, month, day; /* month 0: none was said; day 0 likewise */
};

static const char *const year_ends[] = {"年底", "年内", "年末", NULL};
static const char *const by_words[] = {"之前", "以前", "前", "底", "末", "内", "截止", NULL};

static int days_in(int year, int month)
{
    int32_t day;

    for (int d = 31; d > 28; d--)
        if (day_from_ymd(year, month, d, &day))
            return d;
    return 28;
}

static int32_t to_day(int year, int month, int day)
{
    int32_t days;

    while (month > 12) {
        month -= 12;
        year++;
    }
    if (day > days_in(year, month))
        day = days_in(year, month);
    return day_from_ymd(year, month, day, &days) ? days : INT32_MIN;
}

/* A whole number of low..high followed by `unit`; returns where that ends, or i. */
static size_t read_unit(const struct fold *fold, size_t i, const char *unit, int low, int high, int *number)
{
    double value;
    size_t end = folded_number(fold, i, &value), n;

    n = end > i ? folded_at(fold, folded_space(fold, end), unit) : 0;
    if (n == 0 || value < low || value > high || value != (int)value)
        return i;
    *number = (int)value;
    return folded_space(fold, end) + n;
}

/* 2027年, 今年, 明年, 后年, or nothing (then this year). */
static size_t read_year(const struct fold *fold, size_t i, int this_year, int *year)
{
    size_t end = read_unit(fold, i, "年", 2000, 2199, year);

    if (end > i)
        return end;
    *year = this_year;
    if (folded_at(fold, i, "今年"))
        return i + 2;
    if (folded_at(fold, i, "明年") || folded_at(fold, i, "次年")) {
        *year = this_year + 1;
        return i + 2;
    }
    if (folded_at(fold, i, "后年")) {
        *year = this_year + 2;
        return i + 2;
    }
    return i;
}

/* 2027-06-30, 2027/6/30, 2027.6.30 */
static size_t read_figures(const struct fold *fold, size_t i, struct date *date)
{
    int parts[3] = {0}, part = 0;
    size_t at = i, digits = 0;

    for (; at < fold->count && part < 3; at++) {
        uint32_t code = fold->code[at];

        if (code - '0' < 10u && digits < 4) {
            parts[part] = parts[part] * 10 + (int)(code - '0');
            digits++;
        } else if ((code == '-' || code == '/' || code == '.') && digits && part < 2) {
            part++;
            digits = 0;
        } else {
            break;
        }
    }
    *date = (struct date){parts[0], parts[1], parts[2]};
    return part == 2 && digits && parts[0] >= 2000 && parts[0] < 2200 && parts[1] >= 1 && parts[1] <= 12
            && parts[2] >= 1 && parts[2] <= 31 ? at : i;
}

/* After a year: 年底, 内, 上半年, 一季度 ... as the last month meant; 0: nothing of the kind. */
static int month_in_words(const struct fold *fold, size_t i)
{
    static const char *const end[] = {"年底", "年末", "底", "末", "年内", "内", "年前", "前", NULL};
    static const char *const quarters[] = {"一季度", "二季度", "三季度", "四季度"};
    size_t from = folded_at(fold, i, "第") ? i + 1 : i;

    if (folded_at(fold, i, "上半年"))
        return 6;
    if (folded_at(fold, i, "下半年"))
        return 12;
    for (int q = 0; q < 4; q++)
        if (folded_at(fold, from, quarters[q]))
            return 3 * (q + 1);
    return folded_any(fold, i, end) ? 12 : 0;
}

/* 6月30日前, 6月底, 6月前 after a year; INT32_MIN: no deadline. */
static int32_t read_month(const struct fold *fold, size_t i, int year)
{
    int month, day;
    size_t end = read_unit(fold, i, "月", 1, 12, &month), after;

    if (end == i)
        return INT32_MIN;
    after = read_unit(fold, end, "日", 1, 31, &day);
    if (after > end)
        return folded_any(fold, after, by_words) ? to_day(year, month, day) : INT32_MIN;
    if (folded_at(fold, end, "底") || folded_at(fold, end, "末") || folded_at(fold, end, "内"))
        return to_day(year, month, 31);
    if (folded_any(fold, end, by_words)) /* before the month begins */
        return to_day(year, month, 1) - 1;
    return INT32_MIN;
}

/* 近三年内, 过去半年内: the past. */
static bool is_past(const struct fold *fold, size_t i)
{
    static const char *const before[] = {"近", "去", "往", "前", "来", NULL};

    return i && folded_any(fold, i - 1, before);
}

/* 三年内, 去年底: the word belongs to what stands before it. */
static bool belongs_before(const struct fold *fold, size_t i)
{
    double number;

    return is_past(fold, i) || (i && folded_number(fold, i - 1, &number) > i - 1);
}

static int32_t read_calendar(const struct fold *fold, size_t i, int this_year, int this_month)
{
    int year;
    struct date date;
    size_t end = read_figures(fold, i, &date);
    int32_t day;

    if (end > i)
        return folded_any(fold, end, by_words) ? to_day(date.year, date.month, date.day) : INT32_MIN;
    if (folded_at(fold, i, "本月底") || folded_at(fold, i, "月底前") || folded_at(fold, i, "本月内"))
        return belongs_before(fold, i) ? INT32_MIN : to_day(this_year, this_month, 31);
    end = read_year(fold, i, this_year, &year);
    if (end == i && folded_any(fold, i, year_ends))
        return belongs_before(fold, i) ? INT32_MIN : to_day(year, 12, 31);
    if (end == i)
        return read_month(fold, i, year);
    day = read_month(fold, end, year);
    if (day != INT32_MIN)
        return day;
    return month_in_words(fold, end) ? to_day(year, month_in_words(fold, end), 31) : INT32_MIN;
}

/* 三个月内, 半年内, 2年内, 90天内: from today on. */
static int32_t read_span(const struct fold *fold, size_t i, int32_t today)
{
    static const char *const inside[] = {"以内", "之内", "内", NULL};
    static const struct {
        const char *unit;
        int months, days;
    } units[] = {{"个月", 1, 0}, {"年", 12, 0}, {"天", 0, 1}, {"日", 0, 1}, {"周", 0, 7}, {"个工作日", 0, 1}};
    int year, month, day, count;

    day_to_ymd(today, &year, &month, &day);
    if (folded_at(fold, i, "半年") && folded_any(fold, i + 2, inside))
        return to_day(year, month + 6, day);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        size_t end = read_unit(fold, i, units[u].unit, 1, 400, &count);

        if (end == i || !folded_any(fold, end, inside))
            continue;
        return units[u].months ? to_day(year, month + units[u].months * count, day) : today + units[u].days * count;
    }
    return INT32_MIN;
}

/* In the middle of a number nothing begins. */
static bool goes_on(const struct fold *fold, size_t i)
{
    double number;
    uint32_t before = i ? fold->code[i - 1] : 0;

    return i && (before - '0' < 10u || before == '.' || before == '-' || before == '/'
                 || folded_number(fold, i - 1, &number) > i);
}

/* What a deadline can begin with; most characters need no closer look. */
static bool may_begin(uint32_t code)
{
    switch (code) {
    case 0x672c: /* 本 */
    case 0x6708: /* 月 */
    case 0x4eca: /* 今 */
    case 0x660e: /* 明 */
    case 0x6b21: /* 次 */
    case 0x540e: /* 后 */
    case 0x5e74: /* 年 */
    case 0x534a: /* 半 */
        return true;
    default:
        return code - '0' < 10u || folded_numeral(code) >= 0;
    }
}

int32_t deadline_find(const struct fold *fold, int32_t today)
{
    int year, month, day;

    day_to_ymd(today, &year, &month, &day);
    for (size_t i = 0; i < fold->count; i++) {
        int32_t found;

        if (!may_begin(fold->code[i]) || goes_on(fold, i))
            continue;
        found = read_calendar(fold, i, year, month);
        if (found == INT32_MIN && !is_past(fold, i))
            found = read_span(fold, i, today);
        if (found != INT32_MIN && found >= today)
            return found;
    }
    return INT32_MIN;
}
