/* What tieqiao-read hands over: text on standard output, at most so many bytes. */
#ifndef TQ_READ_OUT_H
#define TQ_READ_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "base/text.h"

struct out {
    int fd;
    size_t most;    /* bytes in all */
    size_t given;   /* bytes taken so far */
    bool full;      /* something did not fit; nothing more is taken */
    struct text held;
};

void out_init(struct out *out, int fd, size_t most);
void out_release(struct out *out);

/* Takes the text, cut between characters where it no longer fits. */
void out_add(struct out *out, struct slice text);
void out_putc(struct out *out, char c);
/* Writes what is held; false if nobody reads any more. */
bool out_flush(struct out *out);

#endif
