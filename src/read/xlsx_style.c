#include "read/xlsx_style.h"

#include <math.h>

#include "base/clock.h"
#include "file/number.h"
#include "read/markup.h"

enum { FORMATS_MOST = 4096, STYLES_MOST = 65536, DAYS_MOST = 2958465 /* 9999-12-31 */ };

/* ---- format codes ------------------------------------------------------------------------ */

/* Formats that every workbook has without naming them; 27–36 and 50–58 are the Chinese ones. */
static struct style style_built_in(long id)
{
    bool day = (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58;
    bool time = (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56;

    if (day)
        return (struct style){.kind = STYLE_DAY};
    if (time)
        return (struct style){.kind = STYLE_TIME};
    if (id == 22)
        return (struct style){.kind = STYLE_MINUTE};
    if (id == 9 || id == 10)
        return (struct style){.kind = STYLE_PERCENT};
    return (struct style){.kind = STYLE_PLAIN};
}

/* The next letter that means something: not quoted, escaped, padding or in brackets ([Red], [$-804]); 0 at the end. */
static char letter_next(struct slice *code)
{
    while (code->len > 0) {
        char c = *code->at, close = c == '"' ? '"' : c == '[' ? ']' : '\0';
        size_t step = 1;

        if (c == '\\' || c == '_' || c == '*') {
            step = code->len > 1 ? 2 : 1;
        } else if (close) {
            const char *end = memchr(code->at + 1, close, code->len - 1);

            step = end ? (size_t)(end - code->at) + 1 : code->len;
            c = c == '[' && step == 3 && strchr("hHmMsS", code->at[1]) ? code->at[1] : '\0'; /* [h]:mm counts hours */
        }
        code->at += step;
        code->len -= step;
        if (c && c != '\\' && c != '_' && c != '*')
            return c;
    }
    return '\0';
}

struct style style_of_code(struct slice code)
{
    bool day = false, time = false, percent = false, general = false;
    int zeros = 0;
    bool only_zeros = code.len > 0;

    for (char c; (c = letter_next(&code)) != '\0' && c != ';';) {
        general = general || c == 'G' || c == 'g';
        day = day || c == 'y' || c == 'Y' || c == 'd' || c == 'D' || c == 'e';
        time = time || c == 'h' || c == 'H' || c == 's' || c == 'S';
        percent = percent || c == '%';
        zeros += c == '0';
        only_zeros = only_zeros && c == '0';
    }
    if (general)
        return (struct style){.kind = STYLE_PLAIN};
    if (day || time)
        return (struct style){.kind = !time ? STYLE_DAY : day ? STYLE_MINUTE : STYLE_TIME};
    if (percent)
        return (struct style){.kind = STYLE_PERCENT};
    if (only_zeros && zeros > 1 && zeros < 19)
        return (struct style){.kind = STYLE_PADDED, .width = zeros};
    return (struct style){.kind = STYLE_PLAIN};
}

/* ---- the styles part --------------------------------------------------------------------- */

struct loading {
    struct arena *arena;
    struct styles *styles;
    bool in_cells;                /* inside cellXfs: the list that cells point into */
    size_t format_count;
    struct {
        long id;
        struct style style;
    } *formats;
};

static long number_of(const char *text)
{
    return text ? strtol(text, NULL, 10) : 0;
}

static struct style style_by_format(const struct loading *loading, long id)
{
    for (size_t i = 0; i < loading->format_count; i++)
        if (loading->formats[i].id == id)
            return loading->formats[i].style;
    return style_built_in(id);
}

static void on_open(void *arg, const char *name, const char **attributes)
{
    struct loading *loading = arg;
    const char *code = markup_attribute(attributes, "formatCode");

    if (strcmp(name, "cellXfs") == 0) {
        loading->in_cells = true;
    } else if (strcmp(name, "numFmt") == 0 && code && loading->format_count < FORMATS_MOST) {
        loading->formats[loading->format_count].id = number_of(markup_attribute(attributes, "numFmtId"));
        loading->formats[loading->format_count++].style = style_of_code(slice_of(code));
    } else if (strcmp(name, "xf") == 0 && loading->in_cells && loading->styles->count < STYLES_MOST) {
        loading->styles->list[loading->styles->count++] =
            style_by_format(loading, number_of(markup_attribute(attributes, "numFmtId")));
    }
}

static void on_close(void *arg, const char *name)
{
    struct loading *loading = arg;

    if (strcmp(name, "cellXfs") == 0)
        loading->in_cells = false;
}

static void on_text(void *arg, struct slice text)
{
    (void)arg;
    (void)text;
}

enum reader_code styles_read(struct package *package, const char *part, struct arena *arena, struct styles *styles)
{
    static const struct markup markup = {on_open, on_close, on_text, NULL};
    struct loading loading = {.arena = arena, .styles = styles};

    styles->count = 0;
    styles->list = arena_zero(arena, STYLES_MOST, sizeof *styles->list);
    loading.formats = arena_zero(arena, FORMATS_MOST, sizeof *loading.formats);
    return markup_read(package, part, &markup, &loading);
}

/* ---- showing ----------------------------------------------------------------------------- */

/*
 * Serial 1 is 1900-01-01 and serial 60 the 29th of February 1900, which never was (Lotus counted it): so from 61 on
 * the count starts a day earlier. In the 1904 system 0 is 1904-01-01.
 */
static bool day_of_serial(const struct styles *styles, long serial, struct text *out)
{
    int32_t start;
    int year, month, day;

    if (serial < (styles->from_1904 ? 0 : 1) || serial > DAYS_MOST || (serial == 60 && !styles->from_1904))
        return false;
    if (styles->from_1904)
        day_from_ymd(1904, 1, 1, &start);
    else
        day_from_ymd(1900, 1, 1, &start);
    if (!styles->from_1904)
        start -= serial > 60 ? 2 : 1;
    day_to_ymd(start + (int32_t)serial, &year, &month, &day);
    text_print(out, "%04d-%02d-%02d", year, month, day);
    return true;
}

static bool moment_show(const struct styles *styles, enum style_kind kind, double serial, struct text *out)
{
    double whole = floor(serial);
    long minutes = lround((serial - whole) * 1440), day;

    if (!(serial >= 0 && serial <= DAYS_MOST))
        return false;
    if (kind == STYLE_TIME && whole == 0) {
        minutes = minutes > 1439 ? 1439 : minutes;
        text_print(out, "%02ld:%02ld", minutes / 60, minutes % 60);
        return true;
    }
    day = (long)whole + minutes / 1440;
    minutes %= 1440;
    if (!day_of_serial(styles, day, out))
        return false;
    if (kind != STYLE_DAY && minutes > 0)
        text_print(out, " %02ld:%02ld", minutes / 60, minutes % 60);
    return true;
}

static bool styled_show(const struct styles *styles, struct style style, double number, struct text *out)
{
    char shown[NUMBER_TEXT];

    switch (style.kind) {
    case STYLE_DAY:
    case STYLE_MINUTE:
    case STYLE_TIME:
        return moment_show(styles, style.kind, number, out);
    case STYLE_PERCENT:
        text_print(out, "%s%%", number_show(number * 100, shown));
        return true;
    case STYLE_PADDED:
        if (number < 0 || number > 1e15 || number != floor(number))
            return false;
        text_print(out, "%0*lld", style.width, (long long)number);
        return true;
    default:
        return false;
    }
}

void style_show(const struct styles *styles, size_t index, struct slice text, struct text *out)
{
    struct style style = index < styles->count ? styles->list[index] : (struct style){.kind = STYLE_PLAIN};
    char copy[64], shown[NUMBER_TEXT], *end;
    double number;

    if (text.len == 0 || text.len >= sizeof copy) {
        text_add_slice(out, text);
        return;
    }
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    number = strtod(copy, &end);
    if (*end != '\0' || !isfinite(number))
        text_add_slice(out, text);
    else if (!styled_show(styles, style, number, out))
        text_puts(out, number_show(number, shown));
}
