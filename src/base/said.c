#include "base/said.h"

#include <assert.h>
#include <stdio.h>

#include "base/utf8.h"

/* --- one conversion --- */

struct conversion {
    int argument;   /* the n of %n$s, counted from 1; 0: the next one */
    bool zero;
    int width;
    int precision;  /* -1: none, -2: an argument says it */
    char length;    /* 'l', 'L' for ll, 'z', or 0 */
    char kind;      /* 's', 'c', 'd', 'u', 'x', 'X', '%' */
};

static int take_number(struct slice *rest)
{
    int number = 0;

    while (rest->len && rest->at[0] >= '0' && rest->at[0] <= '9' && number < 1000) {
        number = number * 10 + (rest->at[0] - '0');
        rest->at++;
        rest->len--;
    }
    return number;
}

static bool take(struct slice *rest, char c)
{
    if (!rest->len || rest->at[0] != c)
        return false;
    rest->at++;
    rest->len--;
    return true;
}

static void take_precision(struct slice *rest, struct conversion *out)
{
    out->precision = -1;
    if (take(rest, '.'))
        out->precision = take(rest, '*') ? -2 : take_number(rest);
}

static void take_length(struct slice *rest, struct conversion *out)
{
    if (take(rest, 'z'))
        out->length = 'z';
    else if (take(rest, 'l'))
        out->length = take(rest, 'l') ? 'L' : 'l';
}

/* *rest stands behind the '%' and then behind the conversion. */
static bool conversion_take(struct slice *rest, struct conversion *out)
{
    struct slice start = *rest;

    *out = (struct conversion){.argument = take_number(rest)};
    if (!out->argument || !take(rest, '$')) {
        *rest = start;
        out->argument = 0;
    }
    out->zero = take(rest, '0');
    out->width = take_number(rest);
    take_precision(rest, out);
    take_length(rest, out);
    if (!rest->len || !memchr("scduxX%", rest->at[0], 7))
        return false;
    out->kind = rest->at[0];
    return take(rest, out->kind);
}

/*
 * The text up to the next '%', and the conversion behind it. false at the end, where *rest is empty, or before what this file does
 * not know, where it is not.
 */
static bool next_conversion(struct slice *rest, struct slice *before, struct conversion *out)
{
    const char *mark = rest->len ? memchr(rest->at, '%', rest->len) : NULL;
    struct slice behind;

    *before = *rest;
    if (!mark) {
        *rest = SLICE("");
        return false;
    }
    before->len = (size_t)(mark - rest->at);
    rest->at += before->len;
    rest->len -= before->len;
    behind = (struct slice){rest->at + 1, rest->len - 1};
    if (!conversion_take(&behind, out))
        return false;
    *rest = behind;
    return true;
}

/* --- making --- */

struct making {
    char *text;
    size_t len, room; /* the last byte is for the NUL */
    va_list args;
};

static void add(struct making *making, struct slice piece)
{
    size_t left = making->room - making->len, len = piece.len < left ? piece.len : left;

    if (len)
        memcpy(making->text + making->len, piece.at, len);
    making->len += len;
}

static void add_number(struct making *making, const struct conversion *of, const char *digits)
{
    size_t len = strlen(digits), sign = digits[0] == '-' && of->zero;

    add(making, (struct slice){digits, sign});
    for (size_t i = len; i < (size_t)of->width; i++)
        add(making, of->zero ? SLICE("0") : SLICE(" "));
    add(making, (struct slice){digits + sign, len - sign});
}

static void add_signed(struct making *making, const struct conversion *of)
{
    long long number = of->length == 'L'   ? va_arg(making->args, long long)
                       : of->length == 'l' ? va_arg(making->args, long)
                       : of->length == 'z' ? (long long)va_arg(making->args, ssize_t)
                                           : va_arg(making->args, int);
    char digits[24];

    snprintf(digits, sizeof digits, "%lld", number);
    add_number(making, of, digits);
}

static void add_unsigned(struct making *making, const struct conversion *of)
{
    unsigned long long number = of->length == 'L'   ? va_arg(making->args, unsigned long long)
                                : of->length == 'l' ? va_arg(making->args, unsigned long)
                                : of->length == 'z' ? va_arg(making->args, size_t)
                                                    : va_arg(making->args, unsigned);
    char digits[24];

    if (of->kind == 'u')
        snprintf(digits, sizeof digits, "%llu", number);
    else if (of->kind == 'x')
        snprintf(digits, sizeof digits, "%llx", number);
    else
        snprintf(digits, sizeof digits, "%llX", number);
    add_number(making, of, digits);
}

/* Bytes that were cut in the middle of a character lose its first part too. */
static struct slice whole_characters(struct slice cut)
{
    size_t start = cut.len;

    while (start && ((unsigned char)cut.at[start - 1] & 0xc0) == 0x80)
        start--;
    if (start && (unsigned char)cut.at[start - 1] >= 0xc0
        && utf8_valid((struct slice){cut.at + start - 1, cut.len - start + 1}) == 0)
        cut.len = start - 1;
    return cut;
}

static void add_string(struct making *making, const struct conversion *of)
{
    int most = of->precision == -2 ? va_arg(making->args, int) : of->precision;
    const char *string = va_arg(making->args, const char *);
    size_t len = !string ? 0 : most < 0 ? strlen(string) : strnlen(string, (size_t)most);
    struct slice piece = {string, len};

    add(making, most >= 0 && len == (size_t)most ? whole_characters(piece) : piece);
}

static void add_argument(struct making *making, const struct conversion *of)
{
    char c;

    switch (of->kind) {
    case 's':
        add_string(making, of);
        break;
    case 'c':
        c = (char)va_arg(making->args, int);
        add(making, (struct slice){&c, 1});
        break;
    case 'd':
        add_signed(making, of);
        break;
    default:
        add_unsigned(making, of);
        break;
    }
}

void said_make(struct said *said, char *text, size_t size, const char *format, va_list args)
{
    struct making making = {.text = text, .room = size - 1};
    struct slice rest = slice_of(format), before;
    struct conversion conversion;
    size_t count = 0;

    *said = (struct said){.format = format};
    va_copy(making.args, args);
    while (next_conversion(&rest, &before, &conversion)) {
        size_t from;

        add(&making, before);
        if (conversion.kind == '%') {
            add(&making, SLICE("%"));
            continue;
        }
        assert(count < SAID_PIECES && !conversion.argument);
        from = making.len;
        add_argument(&making, &conversion);
        said->pieces[count++] = (struct said_piece){(uint16_t)from, (uint16_t)(making.len - from)};
    }
    assert(rest.len == 0); /* a conversion that this file does not know */
    add(&making, before);
    va_end(making.args);
    text[making.len == making.room ? whole_characters((struct slice){text, making.len}).len : making.len] = '\0';
}

void said_copy(char *text, size_t size, const char *from)
{
    struct slice kept = {from, strnlen(from, size)};

    if (kept.len == size)
        kept = whole_characters((struct slice){from, size - 1});
    memcpy(text, kept.at, kept.len);
    text[kept.len] = '\0';
}

/* --- in another language --- */

/* What arguments a format takes, in order; -1: not understood, or too many. */
static int arguments_of(struct slice format, struct conversion *arguments)
{
    struct slice before;
    int count = 0;

    while (next_conversion(&format, &before, &arguments[count])) {
        if (arguments[count].kind != '%' && ++count > SAID_PIECES)
            return -1;
    }
    return format.len ? -1 : count;
}

static char kind_of(const struct conversion *conversion)
{
    return conversion->kind == 's' || conversion->kind == 'c' ? conversion->kind : 'd';
}

bool said_fits(struct slice format, struct slice translation)
{
    struct conversion wanted[SAID_PIECES + 1], given[SAID_PIECES + 1];
    int count = arguments_of(format, wanted);
    unsigned seen = 0;

    if (count < 0 || arguments_of(translation, given) != count)
        return false;
    for (int i = 0; i < count; i++) {
        int n = given[i].argument ? given[i].argument - 1 : i;

        if (n >= count || kind_of(&given[i]) != kind_of(&wanted[n]))
            return false;
        seen |= 1u << n;
    }
    return seen == (1u << count) - 1;
}

struct saying {
    said_find *find;
    const void *catalogue;
    struct text *out;
};

static void say_word(const struct saying *saying, struct slice word)
{
    struct slice found = saying->find(saying->catalogue, word);

    text_add_slice(saying->out, found.at ? found : word);
}

static bool cut_list(struct slice *rest, struct slice *word)
{
    static const struct slice mark = {"、", 3};
    const char *at = rest->at ? memmem(rest->at, rest->len, mark.at, mark.len) : NULL;

    *word = *rest;
    if (!at) {
        rest->at = NULL;
        return word->at != NULL;
    }
    word->len = (size_t)(at - rest->at);
    rest->at = at + mark.len;
    rest->len -= word->len + mark.len;
    return true;
}

/* A word of ours; or, where the catalogue does not know the whole, several. */
static void say_words(const struct saying *saying, struct slice words)
{
    struct slice whole = saying->find(saying->catalogue, words), word;
    bool first = true;

    if (whole.at) {
        text_add_slice(saying->out, whole);
        return;
    }
    while (cut_list(&words, &word)) {
        if (!first)
            text_puts(saying->out, ", ");
        say_word(saying, word);
        first = false;
    }
}

/* What was given stays; a word of ours is said in the reader's language. Cut as the text was. */
static void say_argument(const struct saying *saying, const struct conversion *of, struct said_piece piece,
                         struct slice text)
{
    size_t from = piece.from < text.len ? piece.from : text.len;
    size_t len = piece.len < text.len - from ? piece.len : text.len - from;
    struct slice words = {text.at + from, len};

    if (of->kind == 's' && of->precision == -1)
        say_words(saying, words);
    else
        text_add_slice(saying->out, words);
}

void said_through(const struct said *said, struct slice text, said_find *find, const void *catalogue, struct text *out)
{
    const struct saying saying = {find, catalogue, out};
    struct slice format = slice_of(said->format), rest = format.at ? find(catalogue, format) : format, before;
    struct conversion arguments[SAID_PIECES + 1], conversion;
    int count = format.at ? arguments_of(format, arguments) : 0, next = 0;

    if (!rest.at && slice_is(format, "%s"))
        rest = format; /* nothing but a word of ours */
    if (!rest.at) {
        text_add_slice(out, text);
        return;
    }
    while (next_conversion(&rest, &before, &conversion)) {
        int n = conversion.kind == '%' ? -1 : conversion.argument ? conversion.argument - 1 : next++;

        text_add_slice(out, before);
        if (conversion.kind == '%')
            text_putc(out, '%');
        else if (n < count)
            say_argument(&saying, &arguments[n], said->pieces[n], text);
    }
    text_add_slice(out, before);
}
