#include "base/clock.h"
#include "record/extract_int.h"

bool text_starts(struct slice text, const char *prefix)
{
    size_t len = strlen(prefix);

    return text.len >= len && memcmp(text.at, prefix, len) == 0;
}

long text_find(struct slice text, const char *part)
{
    const char *at = text.len ? memmem(text.at, text.len, part, strlen(part)) : NULL;

    return at ? at - text.at : -1;
}

struct slice text_from(struct slice text, size_t offset)
{
    return (struct slice){text.at + offset, text.len - offset};
}

bool text_holds_any(struct slice text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_find(text, parts[i]) >= 0)
            return true;
    return false;
}

/* ---- sentences --------------------------------------------------------------------------- */

static size_t sentence_mark(struct slice text)
{
    static const char *const marks[] = {"。", "！", "？", "；", "\n", "\u2028", "; ", ". "};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text_starts(text, marks[i]))
            return strlen(marks[i]);
    return 0;
}

bool sentence_cut(struct slice *rest, struct slice *sentence)
{
    for (size_t i = 0; i < rest->len; i++) {
        size_t mark = sentence_mark(text_from(*rest, i));

        if (mark == 0)
            continue;
        *sentence = slice_trim((struct slice){rest->at, i + mark});
        *rest = text_from(*rest, i + mark);
        return true;
    }
    *sentence = slice_trim(*rest);
    *rest = text_from(*rest, rest->len);
    return sentence->len > 0;
}

/* ---- days -------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_cut(struct slice *rest, size_t most, int *number)
{
    size_t n = 0;

    *number = 0;
    while (n < rest->len && n < most && is_digit(rest->at[n]))
        *number = *number * 10 + (rest->at[n++] - '0');
    *rest = text_from(*rest, n);
    return n;
}

static void space_skip(struct slice *rest)
{
    while (rest->len > 0 && *rest->at == ' ')
        *rest = text_from(*rest, 1);
}

static bool mark_skip(struct slice *rest, const char *a, const char *b)
{
    space_skip(rest);
    for (int i = 0; i < 2; i++) {
        const char *mark = i ? b : a;

        if (mark && text_starts(*rest, mark)) {
            *rest = text_from(*rest, strlen(mark));
            space_skip(rest);
            return true;
        }
    }
    return false;
}

static bool is_end_of(struct slice rest)
{
    return text_starts(rest, "底") || text_starts(rest, "末");
}

static void day_write(int32_t day, char out[11])
{
    int year, month, day_of_month;

    day_to_ymd(day, &year, &month, &day_of_month);
    snprintf(out, 11, "%04u-%02u-%02u", (unsigned)year % 10000u, (unsigned)month % 100u, (unsigned)day_of_month % 100u);
}

static bool month_end(int year, int month, char out[11])
{
    int32_t next;

    if (!day_from_ymd(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1, &next))
        return false;
    day_write(next - 1, out);
    return true;
}

/* At a four-digit year: 2026年12月31日, 2026-12-31, 2026.12.31, 2026年12月底, 2026年底. */
static bool date_read(struct slice rest, char out[11])
{
    int year, month, day;
    int32_t number;
    const char *part = NULL;

    if (digits_cut(&rest, 4, &year) != 4 || year < 1900 || year > 2198)
        return false;
    if (mark_skip(&rest, "年", NULL)) {
        if (is_end_of(rest))
            return month_end(year, 12, out);
    } else if (rest.len > 0 && strchr("-./", *rest.at) && *rest.at) {
        part = *rest.at == '-' ? "-" : *rest.at == '.' ? "." : "/";
        rest = text_from(rest, 1);
    } else {
        return false;
    }
    if (digits_cut(&rest, 2, &month) == 0 || month < 1 || month > 12)
        return false;
    if (!mark_skip(&rest, part ? part : "月", "月"))
        return false;
    if (is_end_of(rest))
        return month_end(year, month, out);
    if (digits_cut(&rest, 2, &day) == 0 || !day_from_ymd(year, month, day, &number))
        return false;
    day_write(number, out);
    return true;
}

bool date_scan(struct slice text, char out[11])
{
    for (size_t i = 0; i + 4 <= text.len; i++)
        if (is_digit(text.at[i]) && (i == 0 || !is_digit(text.at[i - 1])) && date_read(text_from(text, i), out))
            return true;
    return false;
}

/* ---- amounts and numbers ----------------------------------------------------------------- */

static size_t amount_unit(struct slice text)
{
    static const char *const units[] = {"亿元", "万元", "元", "亿", "万"};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (text_starts(text, units[i]))
            return strlen(units[i]);
    return 0;
}

bool amount_scan(struct slice text, struct slice *amount)
{
    bool found = false;

    for (size_t i = 0; i < text.len; i++) {
        size_t n = i, unit;

        if (!is_digit(text.at[i]) || (i > 0 && (is_digit(text.at[i - 1]) || text.at[i - 1] == '.' || text.at[i - 1] == ',')))
            continue;
        while (n < text.len && (is_digit(text.at[n]) || text.at[n] == '.' || text.at[n] == ','))
            n++;
        while (n < text.len && text.at[n] == ' ')
            n++;
        unit = amount_unit(text_from(text, n));
        if (unit > 0) {
            *amount = (struct slice){text.at + i, n + unit - i};
            found = true;
        }
    }
    return found;
}

bool number_scan(struct slice text, struct slice *number)
{
    size_t i = 0, n;

    while (i < text.len && !is_digit(text.at[i]))
        i++;
    for (n = i; n < text.len && is_digit(text.at[n]);)
        n++;
    *number = (struct slice){text.at + i, n - i};
    return n > i;
}

/* ---- IPC --------------------------------------------------------------------------------- */

/* "G06F 16/33", "G06F16/3329" at the start of the text; its length, 0 if there is none. */
static size_t ipc_length(struct slice text)
{
    size_t n = 4, digits = 0;

    if (text.len < 7 || text.at[0] < 'A' || text.at[0] > 'H' || !is_digit(text.at[1]) || !is_digit(text.at[2])
        || text.at[3] < 'A' || text.at[3] > 'Z')
        return 0;
    while (n < text.len && text.at[n] == ' ')
        n++;
    for (; n < text.len && is_digit(text.at[n]); n++)
        digits++;
    if (digits < 1 || digits > 4 || n >= text.len || text.at[n] != '/')
        return 0;
    for (n++, digits = 0; n < text.len && is_digit(text.at[n]); n++)
        digits++;
    return digits >= 2 && digits <= 6 ? n : 0;
}

bool ipc_cut(struct slice *rest, struct slice *symbol)
{
    for (size_t i = 0; i < rest->len; i++) {
        size_t len = ipc_length(text_from(*rest, i));

        if (len == 0)
            continue;
        *symbol = (struct slice){rest->at + i, len};
        *rest = text_from(*rest, i + len);
        return true;
    }
    return false;
}
