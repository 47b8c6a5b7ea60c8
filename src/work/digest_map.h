/*
 * A map from byte strings to numbers that keeps only a 96-bit piece of each key's SHA-256: 16 bytes an entry whatever
 * the keys are, and no keys that somebody could choose to make it slow. A million rows' keys take 32 MiB.
 */
#ifndef TQ_WORK_DIGEST_MAP_H
#define TQ_WORK_DIGEST_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct digest_entry {
    uint32_t digest[3];
    uint32_t number; /* 0: a free place */
};

struct digest_map {
    struct digest_entry *entries;
    size_t count, room; /* room: a power of two */
};

void digest_map_init(struct digest_map *map);
void digest_map_release(struct digest_map *map);

/* The number of a key; 0 if it is not there. */
uint32_t digest_map_get(const struct digest_map *map, struct slice key);

/* Adds the key with a number above 0. false, and *number is the one it has: it was there already. */
bool digest_map_add(struct digest_map *map, struct slice key, uint32_t *number);

#endif
