/* Bytes into files and out of them, whole or not at all. What failed is in errno. */
#ifndef TQ_MATCH_BYTES_H
#define TQ_MATCH_BYTES_H

#include "match/match.h"

bool bytes_write(int file, const void *bytes, uint64_t len);

/* false: also where the file ends before. */
bool bytes_read(int file, void *bytes, uint64_t len);

/*
 * Folder/name mapped for reading, of at least `least` bytes: MATCH_CORRUPT where it is shorter. Unmap with munmap.
 */
bool bytes_map(int folder, const char *name, size_t least, uint8_t **base, size_t *size, struct match_err *err);

/*
 * Head and rest as the file `path`: written beside it as "path.new", then renamed. durable: synced before it has its name. On false
 * err is set and what stood there stands.
 */
bool bytes_file(const char *path, struct match_str head, const void *rest, uint64_t size, bool durable, struct match_err *err);

#endif
