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

/* After a year: 年底, 内, 上半年, 一季度 ... as the last month meant; 0: nothing of the kind. *end: where it ends. */
static int month_in_words(const struct fold *fold, size_t i, size_t *end)
{
    static const char *const year_end[] = {"年底", "年末", "底", "末", "年内", "内", "年前", "前", NULL};
    static const struct {
        const char *words;
        int month;
    } parts[] = {{"上半年", 6}, {"下半年", 12}, {"一季度", 3}, {"二季度", 6}, {"三季度", 9}, {"四季度", 12}};
    size_t from = i + folded_at(fold, i, "第");

    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        *end = from + folded_at(fold, from, parts[p].words);
        if (*end > from)
            return parts[p].month;
    }
    *end = i + folded_any(fold, i, year_end);
    if (*end == i)
        return 0;
    *end += folded_any(fold, *end, by_words);
    return 12;
}

/* 6月30日前, 6月底, 6月前 after a year; INT32_MIN: no deadline. */
static int32_t read_month(const struct fold *fold, size_t i, int year, size_t *end)
{
    static const char *const month_end[] = {"底前", "底", "末", "内", NULL};
    int month, day;
    size_t named = read_unit(fold, i, "月", 1, 12, &month), after;

    if (named == i)
        return INT32_MIN;
    after = read_unit(fold, named, "日", 1, 31, &day);
    *end = after + folded_any(fold, after, by_words);
    if (after > named)
        return *end > after ? to_day(year, month, day) : INT32_MIN;
    *end = named + folded_any(fold, named, month_end);
    if (*end > named)
        return to_day(year, month, 31);
    *end = named + folded_any(fold, named, by_words);
    return *end > named ? to_day(year, month, 1) - 1 : INT32_MIN; /* before the month begins */
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

/* What is said by the calendar; *end: where it ends. */
static int32_t read_calendar(const struct fold *fold, size_t i, int this_year, int this_month, size_t *end)
{
    static const char *const month_ends[] = {"本月底前", "本月底", "月底前", "本月内", NULL};
    int year, month;
    struct date date;
    size_t after = read_figures(fold, i, &date);
    int32_t day;

    *end = after + folded_any(fold, after, by_words);
    if (after > i)
        return *end > after ? to_day(date.year, date.month, date.day) : INT32_MIN;
    *end = i + folded_any(fold, i, month_ends);
    if (*end > i)
        return belongs_before(fold, i) ? INT32_MIN : to_day(this_year, this_month, 31);
    after = read_year(fold, i, this_year, &year);
    *end = i + folded_any(fold, i, year_ends);
    if (after == i && *end > i) {
        *end += folded_any(fold, *end, by_words);
        return belongs_before(fold, i) ? INT32_MIN : to_day(year, 12, 31);
    }
    if (after == i)
        return read_month(fold, i, year, end);
    day = read_month(fold, after, year, end);
    if (day != INT32_MIN)
        return day;
    month = month_in_words(fold, after, end);
    return month ? to_day(year, month, 31) : INT32_MIN;
}

/* 三个月内, 半年内, 2年内, 90天内: from today on. *end: where it ends. */
static int32_t read_span(const struct fold *fold, size_t i, int32_t today, size_t *end)
{
    static const char *const inside[] = {"以内", "之内", "内", NULL};
    static const struct {
        const char *unit;
        int months, days;
    } units[] = {{"个月", 1, 0}, {"年", 12, 0}, {"天", 0, 1}, {"日", 0, 1}, {"周", 0, 7}, {"个工作日", 0, 1}};
    int year, month, day, count;

    day_to_ymd(today, &year, &month, &day);
    *end = i + 2 + folded_any(fold, i + 2, inside);
    if (folded_at(fold, i, "半年") && *end > i + 2)
        return to_day(year, month + 6, day);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        size_t after = read_unit(fold, i, units[u].unit, 1, 400, &count);

        *end = after + folded_any(fold, after, inside);
        if (after > i && *end > after)
            return units[u].months ? to_day(year, month + units[u].months * count, day)
                                   : today + units[u].days * count;
    }
    return INT32_MIN;
}

/* --- English --- */

static const char *const month_names[] = {"january", "february", "march",     "april",   "may",      "june",
                                          "july",    "august",   "september", "october", "november", "december"};

/* One to twelve, in words or figures; returns where it ends, or i. */
static size_t read_count(const struct fold *fold, size_t i, int *count)
{
    static const char *const words[] = {"one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
    double number;
    size_t end = folded_number(fold, i, &number);

    *count = (int)(number < 400 ? number : 0);
    for (int w = 0; w < 12 && end == i; w++) {
        *count = w + 1;
        end = i + folded_at(fold, i, words[w]);
    }
    return *count > 0 ? end : i;
}

/* within six months, within 90 days */
static int32_t read_within(const struct fold *fold, size_t i, int32_t today, size_t *end)
{
    static const struct {
        const char *unit;
        int months, days;
    } units[] = {{" month", 1, 0}, {" year", 12, 0}, {" week", 0, 7}, {" day", 0, 1}};
    int year, month, day, count;
    size_t from = i + folded_at(fold, i, "within "), after = read_count(fold, from, &count);

    if (from == i || after == from)
        return INT32_MIN;
    day_to_ymd(today, &year, &month, &day);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        *end = after + folded_at(fold, after, units[u].unit);
        if (*end == after)
            continue;
        *end += folded_at(fold, *end, "s");
        return units[u].months ? to_day(year, month + units[u].months * count, day) : today + units[u].days * count;
    }
    return INT32_MIN;
}

/* by the end of the year, by the end of 2027, by June 2027, before June */
static int32_t read_english(const struct fold *fold, size_t i, int32_t today, size_t *end)
{
    static const char *const begin[] = {"by the end of ", "before the end of ", "by end of ", "by ", "before ", NULL};
    static const char *const this_one[] = {"the year", "this year", "year end", "the year's end", NULL};
    int year, month, day, months = 12;
    size_t at = i + folded_any(fold, i, begin), after;
    double number;

    if (at == i)
        return read_within(fold, i, today, end);
    day_to_ymd(today, &year, &month, &day);
    *end = at + folded_any(fold, at, this_one);
    if (*end > at)
        return to_day(year, 12, 31);
    *end = at + folded_at(fold, at, "next year");
    if (*end > at)
        return to_day(year + 1, 12, 31);
    for (int m = 0; m < 12; m++) {
        after = at + folded_at(fold, at, month_names[m]);
        if (after > at) {
            months = m + 1;
            at = folded_space(fold, after);
            break;
        }
    }
    *end = folded_number(fold, at, &number);
    if (*end > at && number >= 2000 && number < 2200)
        return to_day((int)number, months, 31);
    *end = at;
    if (at == i + folded_any(fold, i, begin))
        return INT32_MIN;
    return to_day(months < month ? year + 1 : year, months, 31);
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
    case 'b': /* by, before */
    case 'w': /* within */
        return true;
    default:
        return code - '0' < 10u || folded_numeral(code) >= 0;
    }
}

static bool is_letter(uint32_t code)
{
    return code - 'a' < 26u;
}

static int32_t deadline_at(const struct fold *fold, size_t i, int32_t today, size_t *end)
{
    int year, month, day;
    int32_t found;

    if (is_letter(fold->code[i]))
        return i && is_letter(fold->code[i - 1]) ? INT32_MIN : read_english(fold, i, today, end);
    day_to_ymd(today, &year, &month, &day);
    found = read_calendar(fold, i, year, month, end);
    return found == INT32_MIN && !is_past(fold, i) ? read_span(fold, i, today, end) : found;
}

bool deadline_next(const struct fold *fold, int32_t today, size_t from, struct deadline *deadline)
{
    for (size_t i = from; i < fold->count; i++) {
        if (!may_begin(fold->code[i]) || goes_on(fold, i))
            continue;
        deadline->day = deadline_at(fold, i, today, &deadline->to);
        deadline->from = i;
        if (deadline->day != INT32_MIN)
            return true;
    }
    return false;
}

int32_t deadline_find(const struct fold *fold, int32_t today)
{
    struct deadline deadline = {.to = 0};

    while (deadline_next(fold, today, deadline.to, &deadline))
        if (deadline.day >= today)
            return deadline.day;
    return INT32_MIN;
}
