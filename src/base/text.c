#include "base/text.h"

#include <stdarg.h>

void text_init(struct text *text)
{
    text->at = NULL;
    text->len = text->room = 0;
}

void text_release(struct text *text)
{
    free(text->at);
    text_init(text);
}

void text_clear(struct text *text)
{
    text->len = 0;
    if (text->at)
        text->at[0] = '\0';
}

char *text_reserve(struct text *text, size_t len)
{
    size_t need;

    if (__builtin_add_overflow(text->len, len, &need) || need + 1 == 0)
        abort();
    if (need + 1 > text->room) {
        size_t room = text->room ? text->room : 64;

        while (room < need + 1)
            room = room > need / 2 ? need + need / 2 + 64 : room * 2;
        text->at = realloc(text->at, room);
        if (!text->at)
            abort();
        text->room = room;
    }
    text->at[need] = '\0';
    return text->at + text->len;
}

void text_add(struct text *text, const void *bytes, size_t len)
{
    char *to = text_reserve(text, len);

    if (len)
        memcpy(to, bytes, len);
    text->len += len;
}

void text_add_slice(struct text *text, struct slice slice)
{
    text_add(text, slice.at, slice.len);
}

void text_puts(struct text *text, const char *string)
{
    text_add(text, string, strlen(string));
}

void text_putc(struct text *text, char c)
{
    text_add(text, &c, 1);
}

void text_print(struct text *text, const char *format, ...)
{
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len <= 0)
        return;
    va_start(args, format);
    vsnprintf(text_reserve(text, (size_t)len), (size_t)len + 1, format, args);
    va_end(args);
    text->len += (size_t)len;
}

void text_number(struct text *text, int64_t number)
{
    text_print(text, "%lld", (long long)number);
}

char *text_detach(struct text *text)
{
    char *at;

    text_reserve(text, 0); /* so that an empty text too is a string */
    at = text->at;
    text_init(text);
    return at;
}
