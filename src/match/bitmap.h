/* A set of documents of one segment, immutable once shared, counted by its holders. NULL is the empty set. */
#ifndef TQ_MATCH_BITMAP_H
#define TQ_MATCH_BITMAP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bitmap {
    atomic_uint holders;
    uint32_t bits, set; /* room, and how many are in */
    uint64_t words[];
};

struct bitmap *bitmap_new(uint32_t bits);
struct bitmap *bitmap_copy(const struct bitmap *from, uint32_t bits); /* from may be NULL */
struct bitmap *bitmap_hold(struct bitmap *bitmap);
void bitmap_let_go(struct bitmap *bitmap);
void bitmap_put(struct bitmap *bitmap, uint32_t at);

static inline size_t bitmap_words(uint32_t bits)
{
    return bits / 64 + (bits % 64 != 0);
}

static inline bool bitmap_has(const struct bitmap *bitmap, uint32_t at)
{
    return bitmap && (bitmap->words[at / 64] >> at % 64 & 1);
}

static inline uint32_t bitmap_count(const struct bitmap *bitmap)
{
    return bitmap ? bitmap->set : 0;
}

#endif
