#include "store/cache_int.h"

#include <assert.h>
#include <stdint.h>

static struct cache_slot *find(const struct cache *cache, const char *key)
{
    size_t at = (size_t)(((uintptr_t)key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (cache->room - 1);

    while (cache->slots[at].key && cache->slots[at].key != key)
        at = (at + 1) & (cache->room - 1);
    return &cache->slots[at];
}

void *cache_get(const struct cache *cache, const char *key)
{
    return cache->room ? find(cache, key)->value : NULL;
}

static void grow(struct cache *cache)
{
    struct cache larger = {.room = cache->room ? cache->room * 2 : 64, .count = cache->count};

    larger.slots = calloc(larger.room, sizeof *larger.slots);
    if (!larger.slots)
        abort();
    for (size_t i = 0; i < cache->room; i++)
        if (cache->slots[i].key)
            *find(&larger, cache->slots[i].key) = cache->slots[i];
    free(cache->slots);
    *cache = larger;
}

void cache_put(struct cache *cache, const char *key, void *value)
{
    struct cache_slot *slot;

    if (cache->count * 2 >= cache->room)
        grow(cache);
    slot = find(cache, key);
    assert(!slot->key);
    *slot = (struct cache_slot){key, value};
    cache->count++;
}

void cache_release(struct cache *cache, void (*fn)(void *value))
{
    for (size_t i = 0; i < cache->room; i++)
        if (cache->slots[i].key)
            fn(cache->slots[i].value);
    free(cache->slots);
    *cache = (struct cache){0};
}
