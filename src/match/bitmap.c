#include "match/bitmap.h"

#include <stdlib.h>
#include <string.h>

struct bitmap *bitmap_new(uint32_t bits)
{
    struct bitmap *bitmap = calloc(1, sizeof *bitmap + bitmap_words(bits) * sizeof *bitmap->words);

    if (!bitmap)
        abort();
    atomic_init(&bitmap->holders, 1);
    bitmap->bits = bits;
    return bitmap;
}

struct bitmap *bitmap_copy(const struct bitmap *from, uint32_t bits)
{
    struct bitmap *copy = bitmap_new(bits);

    if (from) {
        memcpy(copy->words, from->words, bitmap_words(bits) * sizeof *copy->words);
        copy->set = from->set;
    }
    return copy;
}

struct bitmap *bitmap_hold(struct bitmap *bitmap)
{
    if (bitmap)
        atomic_fetch_add_explicit(&bitmap->holders, 1, memory_order_relaxed);
    return bitmap;
}

void bitmap_let_go(struct bitmap *bitmap)
{
    if (bitmap && atomic_fetch_sub_explicit(&bitmap->holders, 1, memory_order_acq_rel) == 1)
        free(bitmap);
}

void bitmap_put(struct bitmap *bitmap, uint32_t at)
{
    uint64_t bit = UINT64_C(1) << at % 64;

    bitmap->set += !(bitmap->words[at / 64] & bit);
    bitmap->words[at / 64] |= bit;
}
