#include "work/digest_map.h"

#include <assert.h>
#include <stdlib.h>

#include "seal/seal.h"

enum { ROOM_FIRST = 1024 };

static struct digest_entry *room_new(size_t room)
{
    struct digest_entry *entries = calloc(room, sizeof *entries);

    if (!entries)
        abort();
    return entries;
}

void digest_map_init(struct digest_map *map)
{
    *map = (struct digest_map){.entries = room_new(ROOM_FIRST), .room = ROOM_FIRST};
}

void digest_map_release(struct digest_map *map)
{
    free(map->entries);
    *map = (struct digest_map){0};
}

static struct digest_entry entry_of(struct slice key)
{
    unsigned char hash[SEAL_HASH];
    struct digest_entry entry = {.number = 0};

    seal_sha256(&key, 1, hash);
    memcpy(entry.digest, hash, sizeof entry.digest);
    return entry;
}

/* Where the entry is, or the free place where it belongs. */
static struct digest_entry *entry_at(const struct digest_map *map, const struct digest_entry *wanted)
{
    size_t at = wanted->digest[0] & (map->room - 1);

    while (map->entries[at].number
           && memcmp(map->entries[at].digest, wanted->digest, sizeof wanted->digest) != 0)
        at = (at + 1) & (map->room - 1);
    return &map->entries[at];
}

static void grow(struct digest_map *map)
{
    struct digest_map larger = {.entries = room_new(map->room * 2), .count = map->count, .room = map->room * 2};

    for (size_t i = 0; i < map->room; i++)
        if (map->entries[i].number)
            *entry_at(&larger, &map->entries[i]) = map->entries[i];
    free(map->entries);
    *map = larger;
}

uint32_t digest_map_get(const struct digest_map *map, struct slice key)
{
    struct digest_entry wanted = entry_of(key);

    return entry_at(map, &wanted)->number;
}

bool digest_map_add(struct digest_map *map, struct slice key, uint32_t *number)
{
    struct digest_entry wanted = entry_of(key), *place;

    assert(*number > 0);
    if (map->count * 2 >= map->room)
        grow(map);
    place = entry_at(map, &wanted);
    if (place->number) {
        *number = place->number;
        return false;
    }
    wanted.number = *number;
    *place = wanted;
    map->count++;
    return true;
}
