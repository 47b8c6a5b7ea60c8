/* Prepared statements of one connection, found by the address of their text. */
#ifndef TQ_STORE_CACHE_INT_H
#define TQ_STORE_CACHE_INT_H

#include <stddef.h>

struct cache_slot {
    const char *key; /* NULL: free */
    void *value;
};

struct cache {
    struct cache_slot *slots;
    size_t room, count; /* room is 0 or a power of two */
};

/* NULL if it is not there. */
void *cache_get(const struct cache *cache, const char *key);
void cache_put(struct cache *cache, const char *key, void *value);

/* Calls fn for each value, then frees the table. */
void cache_release(struct cache *cache, void (*fn)(void *value));

#endif
