/* A piece of somebody else's bytes: not owned, not NUL-terminated. */
#ifndef TQ_BASE_SLICE_H
#define TQ_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *at;
    size_t len;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

static inline struct slice slice_of(const char *text)
{
    return (struct slice){text, text ? strlen(text) : 0};
}

static inline bool slice_is(struct slice a, const char *text)
{
    size_t len = strlen(text);

    return a.len == len && (len == 0 || memcmp(a.at, text, len) == 0);
}

static inline bool slice_same(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool slice_ends(struct slice a, const char *text)
{
    size_t len = strlen(text);

    return a.len >= len && memcmp(a.at + a.len - len, text, len) == 0;
}

/* Without ASCII white space (and U+3000) at either end. */
struct slice slice_trim(struct slice text);

/* Cuts the next piece off *rest at `mark`; false when nothing is left. "a,,b" gives three pieces. */
bool slice_cut(struct slice *rest, char mark, struct slice *piece);

#endif
