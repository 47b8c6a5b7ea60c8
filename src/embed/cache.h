/*
 * Vectors that have been paid for, kept in a file: DATA/embeddings/<name of the model>. By the hash of the text, so that a text
 * that comes again, or an index that is made anew, asks nobody. Records are added at the end and never changed; each is under a
 * checksum, and a torn end is cut off when the file is opened. Losing the file costs asking again, and no more.
 *
 *   struct cache_head         16 bytes
 *   records: the hash, the scale, a checksum, and dims numbers of 8 bits
 *
 * One writer; a call at a time (the caller's lock).
 */
#ifndef TQ_EMBED_CACHE_H
#define TQ_EMBED_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { EMBED_HASH = 32 };

struct embed_cache;

/* Opens or makes the file. One of other content is put aside as PATH.old. ERR_IO, ERR_FULL. */
bool embed_cache_open(const char *path, struct embed_cache **cache, struct err *err);
void embed_cache_close(struct embed_cache *cache);

/* 0: it holds nothing yet. */
unsigned embed_cache_dims(const struct embed_cache *cache);
size_t embed_cache_count(const struct embed_cache *cache);

/* numbers: room for embed_cache_dims of them; they come out of length 1. */
bool embed_cache_find(const struct embed_cache *cache, const unsigned char hash[EMBED_HASH], float *numbers);

/* false: the disk; the vector can be used all the same. dims: as the first one's. */
bool embed_cache_add(struct embed_cache *cache, const unsigned char hash[EMBED_HASH], const float *numbers, unsigned dims,
                     struct err *err);

#endif
