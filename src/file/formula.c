#include "file/formula.h"

static bool starts(struct slice text, const char *prefix)
{
    size_t len = strlen(prefix);

    return text.len >= len && memcmp(text.at, prefix, len) == 0;
}

static struct slice skip(struct slice text, size_t len)
{
    return (struct slice){text.at + len, text.len - len};
}

/* Spaces and quotes that a spreadsheet, or a program on the way to it, may drop. */
static struct slice without_wrapping(struct slice text)
{
    static const char *const wrappings[] = {" ", "'", "\"", "\u3000", "\u00A0", "\uFEFF"};
    bool found = true;

    while (found) {
        found = false;
        for (size_t i = 0; i < sizeof wrappings / sizeof *wrappings; i++)
            if (starts(text, wrappings[i])) {
                text = skip(text, strlen(wrappings[i]));
                found = true;
            }
    }
    return text;
}

static size_t digits(struct slice text)
{
    size_t n = 0;

    while (n < text.len && text.at[n] >= '0' && text.at[n] <= '9')
        n++;
    return n;
}

/* What follows the sign: 5, 3.5, .5, 1e-3, 12% */
static bool number_is_plain(struct slice text)
{
    size_t whole = digits(text), part = 0;

    text = skip(text, whole);
    if (starts(text, ".")) {
        part = digits(skip(text, 1));
        text = skip(text, 1 + part);
    }
    if (whole + part == 0)
        return false;
    if (starts(text, "e") || starts(text, "E")) {
        text = skip(text, 1);
        if (starts(text, "+") || starts(text, "-"))
            text = skip(text, 1);
        if (digits(text) == 0)
            return false;
        text = skip(text, digits(text));
    }
    return text.len == 0 || slice_is(text, "%");
}

/* Behind a +: digits in groups parted by single spaces, as in +86 931 1234567. */
static bool phone_is_plain(struct slice text)
{
    while (digits(text) > 0) {
        text = skip(text, digits(text));
        if (text.len == 0)
            return true;
        if (!starts(text, " "))
            return false;
        text = skip(text, 1);
    }
    return false;
}

bool formula_like(struct slice cell)
{
    static const char *const wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    struct slice text = without_wrapping(cell);

    if (text.len == 0)
        return false;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (starts(text, wide[i]))
            return true;
    switch (text.at[0]) {
    case '=': case '@': case '\t': case '\r': case '\n':
        return true;
    case '-':
        return !number_is_plain(skip(text, 1));
    case '+':
        return !number_is_plain(skip(text, 1)) && !phone_is_plain(skip(text, 1));
    default:
        return false;
    }
}

struct slice formula_unguard(struct slice cell)
{
    return cell.len > 0 && cell.at[0] == '\'' && formula_like(skip(cell, 1)) ? skip(cell, 1) : cell;
}
