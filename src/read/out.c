#include "read/out.h"

#include <errno.h>
#include <unistd.h>

enum { HOLD = 64 << 10 };

void out_init(struct out *out, int fd, size_t most)
{
    *out = (struct out){.fd = fd, .most = most};
    text_init(&out->held);
}

void out_release(struct out *out)
{
    text_release(&out->held);
}

bool out_flush(struct out *out)
{
    size_t at = 0;

    while (at < out->held.len) {
        ssize_t n = write(out->fd, out->held.at + at, out->held.len - at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        at += (size_t)n;
    }
    text_clear(&out->held);
    return true;
}

/* The longest part of at most `room` bytes that ends between two characters. */
static size_t fitting(struct slice text, size_t room)
{
    size_t len = room;

    if (text.len <= room)
        return text.len;
    while (len > 0 && ((unsigned char)text.at[len] & 0xC0) == 0x80)
        len--;
    return len;
}

void out_add(struct out *out, struct slice text)
{
    size_t len = out->full ? 0 : fitting(text, out->most - out->given);

    out->full = out->full || len < text.len;
    out->given += len;
    text_add(&out->held, text.at, len);
    if (out->held.len >= HOLD && !out_flush(out))
        out->full = true;
}

void out_putc(struct out *out, char c)
{
    out_add(out, (struct slice){&c, 1});
}
