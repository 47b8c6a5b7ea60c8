#include "base/clock.h"

#include <stdint.h>

enum { MS_A_DAY = 86400000, OFFSET_MS = 8 * 3600 * 1000 };

int64_t clock_ms(void)
{
    const char *fixed = getenv("TQ_CLOCK_MS");
    struct timespec now;

    if (fixed && *fixed)
        return strtoll(fixed, NULL, 10);
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_steady_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Days from civil, after the proleptic Gregorian calendar's 400-year cycle of 146,097 days. */
static int32_t days_from_civil(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

bool day_from_ymd(int year, int month, int day, int32_t *out)
{
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return false;
    *out = days_from_civil(year, month, day);
    return true;
}

void day_to_ymd(int32_t day, int *year, int *month, int *day_of_month)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int mp = (5 * day_of_year + 2) / 153;

    *day_of_month = day_of_year - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

char *day_show(int32_t day, char *buf)
{
    int year, month, of_month;

    day_to_ymd(day, &year, &month, &of_month);
    snprintf(buf, CLOCK_TEXT, "%04d-%02d-%02d", year, month, of_month);
    return buf;
}

int32_t day_of_ms(int64_t ms)
{
    int64_t local = ms + OFFSET_MS;

    return (int32_t)((local - (local < 0 ? MS_A_DAY - 1 : 0)) / MS_A_DAY);
}

struct moment {
    int year, month, day, hour, minute, second, ms;
};

static struct moment moment_of(int64_t ms)
{
    struct moment at;
    int32_t day = day_of_ms(ms);
    int rest = (int)(ms + OFFSET_MS - (int64_t)day * MS_A_DAY);

    day_to_ymd(day, &at.year, &at.month, &at.day);
    at.hour = rest / 3600000;
    at.minute = rest / 60000 % 60;
    at.second = rest / 1000 % 60;
    at.ms = rest % 1000;
    return at;
}

char *clock_show_minute(int64_t ms, char *buf)
{
    struct moment at = moment_of(ms);

    snprintf(buf, CLOCK_TEXT, "%04d-%02d-%02d %02d:%02d", at.year, at.month, at.day, at.hour, at.minute);
    return buf;
}

char *clock_show_day(int64_t ms, char *buf)
{
    struct moment at = moment_of(ms);

    snprintf(buf, CLOCK_TEXT, "%04d-%02d-%02d", at.year, at.month, at.day);
    return buf;
}

char *clock_show_iso(int64_t ms, char *buf)
{
    struct moment at = moment_of(ms);

    snprintf(buf, CLOCK_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d.%03d+08:00", at.year, at.month, at.day, at.hour,
             at.minute, at.second, at.ms);
    return buf;
}

/* Up to `most` digits; at least `least`. Returns how many were read, 0 if too few. */
static size_t digits(struct slice *text, size_t least, size_t most, int *out)
{
    size_t n = 0;
    int value = 0;

    while (n < most && n < text->len && text->at[n] >= '0' && text->at[n] <= '9')
        value = value * 10 + (text->at[n++] - '0');
    if (n < least)
        return 0;
    text->at += n;
    text->len -= n;
    *out = value;
    return n;
}

static bool mark(struct slice *text, const char *word)
{
    size_t len = strlen(word);

    if (text->len < len || memcmp(text->at, word, len) != 0)
        return false;
    text->at += len;
    text->len -= len;
    return true;
}

static bool parted(struct slice text, const char *first, const char *second, const char *last, int ymd[3])
{
    return digits(&text, 4, 4, &ymd[0]) && mark(&text, first) && digits(&text, 1, 2, &ymd[1]) && mark(&text, second)
           && digits(&text, 1, 2, &ymd[2]) && (mark(&text, last) || *last) && text.len == 0;
}

bool day_read(struct slice typed, char out[11])
{
    struct slice text = slice_trim(typed), compact = text;
    int ymd[3];
    int32_t day;

    if (!(parted(text, "-", "-", "", ymd) || parted(text, "/", "/", "", ymd) || parted(text, ".", ".", "", ymd)
          || parted(text, "年", "月", "日", ymd)
          || (text.len == 8 && digits(&compact, 4, 4, &ymd[0]) && digits(&compact, 2, 2, &ymd[1])
              && digits(&compact, 2, 2, &ymd[2]))))
        return false;
    if (!day_from_ymd(ymd[0], ymd[1], ymd[2], &day))
        return false;
    snprintf(out, 11, "%04u-%02u-%02u", (unsigned)ymd[0] % 10000, (unsigned)ymd[1] % 100, (unsigned)ymd[2] % 100);
    return true;
}

bool day_parse(struct slice text, int32_t *day)
{
    int ymd[3];

    return text.len == 10 && parted(text, "-", "-", "", ymd) && day_from_ymd(ymd[0], ymd[1], ymd[2], day);
}
