#include "match/sort.h"

#include <string.h>

enum { SHORT = 512, BUCKETS = 256 };

static void insert_all(struct sort_item *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct sort_item item = items[i];
        size_t at = i;

        for (; at && items[at - 1].key > item.key; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* One stable counting pass by the byte at `shift`. */
static void spread(const struct sort_item *from, struct sort_item *to, size_t count, unsigned shift)
{
    size_t place[BUCKETS] = {0}, sum = 0;

    for (size_t i = 0; i < count; i++)
        place[from[i].key >> shift & 0xff]++;
    for (size_t b = 0; b < BUCKETS; b++) {
        size_t here = place[b];

        place[b] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        to[place[from[i].key >> shift & 0xff]++] = from[i];
}

/* By the bits from `from` on. */
static void spread_all(struct sort_item *items, struct sort_item *other, size_t count, unsigned from)
{
    for (unsigned shift = from; shift < 64; shift += 16) {
        spread(items, other, count, shift);
        spread(other, items, count, shift + 8);
    }
}

void sort_items(struct sort_item *items, size_t count, struct arena *arena)
{
    struct sort_item *other;

    if (count <= 16) {
        insert_all(items, count);
        return;
    }
    other = arena_alloc(arena, count * sizeof *other);
    if (count <= SHORT) {
        spread(items, other, count, 56);
        memcpy(items, other, count * sizeof *items);
        insert_all(items, count);
        return;
    }
    spread_all(items, other, count, 32);
    for (size_t i = 1; i < count; i++)
        if (items[i - 1].key > items[i].key) { /* two keys with one upper half: seldom */
            spread_all(items, other, count, 0);
            return;
        }
}
