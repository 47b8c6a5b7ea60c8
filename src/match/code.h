/* UTF-8 from outside, one character at a time: what is not UTF-8 (RFC 3629) is read as U+FFFD, a byte at a time. */
#ifndef TQ_MATCH_CODE_H
#define TQ_MATCH_CODE_H

#include <stddef.h>
#include <stdint.h>

enum { CODE_BAD = 0xfffd, CODE_MOST = 4 /* bytes of a character */ };

static inline uint32_t code_tail(const unsigned char *at, size_t len, size_t *step, unsigned more, uint32_t code,
                                 uint32_t least)
{
    if (len <= more)
        return CODE_BAD;
    for (unsigned i = 1; i <= more; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return CODE_BAD;
        code = code << 6 | (at[i] & 0x3f);
    }
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return CODE_BAD;
    *step = more + 1;
    return code;
}

/* The character at `at`, where `len` > 0 bytes are left; *step: how many bytes it takes. */
static inline uint32_t code_next(const char *text, size_t len, size_t *step)
{
    const unsigned char *at = (const unsigned char *)text;

    *step = 1;
    if (at[0] < 0x80)
        return at[0];
    if (at[0] >= 0xe0 && at[0] < 0xf0)
        return code_tail(at, len, step, 2, at[0] & 0x0f, 0x800);
    if (at[0] >= 0xc2 && at[0] < 0xe0)
        return code_tail(at, len, step, 1, at[0] & 0x1f, 0x80);
    if (at[0] >= 0xf0 && at[0] < 0xf5)
        return code_tail(at, len, step, 3, at[0] & 0x07, 0x10000);
    return CODE_BAD;
}

#endif
