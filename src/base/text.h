/* A growing byte string, always NUL-terminated after its first byte. Owner: whoever called text_init. */
#ifndef TQ_BASE_TEXT_H
#define TQ_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct text {
    char *at;
    size_t len, room;
};

void text_init(struct text *text);
void text_release(struct text *text);
void text_clear(struct text *text); /* keeps the memory */

void text_add(struct text *text, const void *bytes, size_t len);
void text_add_slice(struct text *text, struct slice slice);
void text_puts(struct text *text, const char *string);
void text_putc(struct text *text, char c);
void text_print(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_number(struct text *text, int64_t number);

/* Room for `len` more bytes; returns where they go. The caller adds to len what it wrote. */
char *text_reserve(struct text *text, size_t len);

static inline struct slice text_slice(const struct text *text)
{
    return (struct slice){text->at ? text->at : "", text->len};
}

/* Hands the bytes over (free them with free) and leaves the text empty. */
char *text_detach(struct text *text);

#endif
