/* A Word file is a ZIP package of parts. A template is read whole, and what was made of it written whole. */
#ifndef TQ_PAPER_PARTS_H
#define TQ_PAPER_PARTS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

enum { PARTS_MOST = 400, PARTS_BYTES_MOST = 16 << 20 /* inflated, all together */ };

struct part {
    const char *name;
    struct slice bytes;
    const char *path; /* NULL; or the file whose bytes they are, of which bytes.len is the length: written as they are, not deflated */
};

struct parts {
    struct part list[PARTS_MOST];
    size_t count;
};

/* Names and bytes in the arena. ERR_MISSING: no such file; ERR_INVALID: no package, or one too large. */
bool parts_read(const char *path, struct arena *arena, struct parts *parts, struct err *err);
/* The same parts give the same bytes: no clock goes in. */
bool parts_write(const struct parts *parts, const char *path, struct err *err);

#endif
