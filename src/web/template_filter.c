/* Filters: a value of the document as people read it. One function each, one table at the end. */
#include "base/clock.h"
#include "base/ident.h"
#include "base/money.h"
#include "web/template_int.h"

/* Whole numbers travel as JSON integers (ms, counts) or as strings (fen). */
static bool number_of(const json_t *value, int64_t *number)
{
    struct slice text;
    bool negative;

    if (json_is_integer(value)) {
        *number = json_integer_value(value);
        return true;
    }
    if (!json_is_string(value))
        return false;
    text = (struct slice){json_string_value(value), json_string_length(value)};
    *number = 0;
    if (slice_is(text, "0"))
        return true;
    negative = text.len && text.at[0] == '-';
    if (!ident_parse((struct slice){text.at + negative, text.len - negative}, number))
        return false;
    *number = negative ? -*number : *number;
    return true;
}

static void put_grouped(int64_t number, struct text *out)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)number);

    for (int i = 0; i < len; i++) {
        if (i > (number < 0) && (len - i) % 3 == 0)
            text_putc(out, ',');
        text_putc(out, digits[i]);
    }
}

/* 160 万元; in English the sum in yuan, as units of ten thousand are not read there. */
static bool write_yuan(const json_t *value, bool english, struct text *out)
{
    char buf[MONEY_TEXT];
    int64_t fen;

    if (!number_of(value, &fen))
        return false;
    text_puts(out, english ? money_show_english(fen, buf) : money_show(fen, buf));
    return true;
}

static bool write_amount(const json_t *value, bool english, struct text *out)
{
    char buf[MONEY_TEXT];
    int64_t fen;

    (void)english;
    if (!number_of(value, &fen))
        return false;
    text_puts(out, money_show_plain(fen, buf));
    return true;
}

/* Days are stored as text already; moments are ms. */
static bool write_day(const json_t *value, bool english, struct text *out)
{
    char buf[CLOCK_TEXT];
    int32_t day;
    int64_t ms;

    (void)english;
    if (json_is_string(value) && day_parse(slice_of(json_string_value(value)), &day)) {
        text_puts(out, json_string_value(value));
        return true;
    }
    if (!number_of(value, &ms))
        return false;
    text_puts(out, clock_show_day(ms, buf));
    return true;
}

static bool write_minute(const json_t *value, bool english, struct text *out)
{
    char buf[CLOCK_TEXT];
    int64_t ms;

    (void)english;
    if (!number_of(value, &ms))
        return false;
    text_puts(out, clock_show_minute(ms, buf));
    return true;
}

static bool write_one_label(const json_t *value, bool english, struct text *out)
{
    const json_t *label = english ? json_object_get(value, "label_en") : NULL;

    if (!json_is_string(label))
        label = json_is_string(value) ? value : json_object_get(value, "label");
    if (!json_is_string(label))
        return false;
    text_add(out, json_string_value(label), json_string_length(label));
    return true;
}

static bool write_label(const json_t *value, bool english, struct text *out)
{
    if (!json_is_array(value))
        return write_one_label(value, english, out);
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (i)
            text_puts(out, english ? ", " : "、");
        if (!write_one_label(json_array_get(value, i), english, out))
            return false;
    }
    return true;
}

static bool write_number(const json_t *value, bool english, struct text *out)
{
    int64_t number;

    (void)english;
    if (!number_of(value, &number))
        return false;
    put_grouped(number, out);
    return true;
}

/* The four levels that staff use. */
static bool write_level(const json_t *value, bool english, struct text *out)
{
    static const char *const levels[][2] = {{"无", "None"}, {"弱", "Weak"}, {"较强", "Fair"}, {"强", "Strong"}};
    int64_t level;

    if (!number_of(value, &level) || level < 1 || level > 4)
        return false;
    text_puts(out, levels[level - 1][english]);
    return true;
}

static bool write_percent(const json_t *value, bool english, struct text *out)
{
    int64_t parts;
    int rest;

    (void)english;
    if (!number_of(value, &parts))
        return false;
    if (parts < 0)
        text_putc(out, '-');
    put_grouped(parts < 0 ? -(parts / 100) : parts / 100, out);
    rest = (int)(parts % 100 < 0 ? -(parts % 100) : parts % 100);
    if (rest)
        text_print(out, rest % 10 ? ".%02d" : ".%d", rest % 10 ? rest : rest / 10);
    text_puts(out, " %");
    return true;
}

static bool write_size(const json_t *value, bool english, struct text *out)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB"};
    int64_t bytes, tenths;
    size_t unit = 0;

    (void)english;
    if (!number_of(value, &bytes) || bytes < 0)
        return false;
    for (tenths = bytes > INT64_MAX / 10 ? INT64_MAX : bytes * 10; tenths >= 10240 && unit < 3; unit++)
        tenths /= 1024;
    put_grouped(tenths / 10, out);
    if (unit && tenths < 100)
        text_print(out, ".%d", (int)(tenths % 10));
    text_print(out, " %s", units[unit]);
    return true;
}

static bool stays_in_url(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c));
}

static bool write_url(const json_t *value, bool english, struct text *out)
{
    const char *text = json_string_value(value);

    (void)english;
    if (json_is_integer(value)) {
        text_number(out, json_integer_value(value));
        return true;
    }
    for (size_t i = 0; i < json_string_length(value); i++) {
        unsigned char c = (unsigned char)text[i];

        if (stays_in_url(c))
            text_putc(out, (char)c);
        else
            text_print(out, "%%%02X", c);
    }
    return json_is_string(value);
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* A path of ours begins with one slash: two slashes, or a slash and a backslash, are another host. */
static bool write_link(const json_t *value, bool english, struct text *out)
{
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    bool ours = (text[0] == '/' && text[1] != '/' && text[1] != '\\') || text[0] == '#' || text[0] == '?';
    bool known = ours || begins(text, "https://") || begins(text, "http://");

    (void)english;
#ifndef TQ_TEETH_LINK
    if (!known)
        return false;
#else
    (void)known;
#endif
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20)
            return false;
    text_puts(out, text);
    return true;
}

static const struct filter filters[] = {
    {"date", write_day},       {"label", write_label}, {"level", write_level}, {"link", write_link},
    {"minute", write_minute},  {"number", write_number}, {"percent", write_percent}, {"plain", write_amount},
    {"size", write_size},      {"url", write_url},     {"yuan", write_yuan},
};

const struct filter *filter_get(struct slice name)
{
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        if (slice_is(name, filters[i].name))
            return &filters[i];
    return NULL;
}

bool template_filter(const char *name, const json_t *value, const char *language, struct text *out)
{
    const struct filter *filter = filter_get(slice_of(name));

    if (!filter)
        return false;
    return !value || json_is_null(value) || filter->write(value, language && strcmp(language, "en") == 0, out);
}
