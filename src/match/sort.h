/*
 * Sorting 64-bit keys with a value, ascending and stable, in linear time whatever the keys: short lists by insertion
 * after one spreading by the top bits (terms are evenly spread), long ones by radix, four passes or, where two keys
 * have one upper half, twelve.
 */
#ifndef TQ_MATCH_SORT_H
#define TQ_MATCH_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct sort_item {
    uint64_t key;
    uint32_t value;
};

/* Scratch from arena, as much again as the items. */
void sort_items(struct sort_item *items, size_t count, struct arena *arena);

#endif
