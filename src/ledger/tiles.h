/*
 * The tiles of one tree as files below a folder, in the layout of C2SP tlog-tiles: tile/0/x001/x234/067, tile/0/000.p/12 …
 * A projection of the leaf table: it can be thrown away and made again.
 *
 *   tiles_open    goes on from what is there; what a crash may have spoilt is read again first, and dropped if it does not fit
 *   tiles_add     one more leaf hash
 *   tiles_flush   the partial tiles of the size reached, and the size: now it may be read
 *   tiles_read    a tile, from any thread and any process: files appear whole
 *
 * Nothing is forced to the disk meanwhile (a commit of the writer's would wait for it); the file `size` says whether the last
 * writer ended well, and if it did not every tile is held against those above it: about half a second a million leaves.
 */
#ifndef TQ_LEDGER_TILES_H
#define TQ_LEDGER_TILES_H

#include "ledger/tree.h"

struct tiles;

/* Makes the folder. One writer a folder at a time; who opens sees to that. */
bool tiles_open(const char *folder, enum seal_digest digest, struct tiles **tiles, struct err *err);
void tiles_close(struct tiles *tiles);

uint64_t tiles_size(const struct tiles *tiles);

/* After false: close. What is on the disk is looked at anew by the next tiles_open. */
bool tiles_add(struct tiles *tiles, const unsigned char leaf_hash[TREE_HASH], struct err *err);
bool tiles_flush(struct tiles *tiles, struct err *err);

/* All files away, from the beginning. */
bool tiles_clear(struct tiles *tiles, struct err *err);

/* ERR_MISSING: there is none so wide. The first hashes of a wider one do as well. */
bool tiles_read(const char *folder, unsigned level, uint64_t index, unsigned width, unsigned char (*hashes)[TREE_HASH],
                struct err *err);
/* The same for a tree_source, whose arg is the folder. */
tree_fetch tiles_source;

/* A folder and all that is in it; it need not be there. */
bool tiles_remove(const char *path, struct err *err);

/* What the file `size` says; 0 where there is none. */
uint64_t tiles_size_told(const char *folder);

/* A file below the folder, whole or as it was before. Folders on the way are made, for this account's eyes alone. */
bool tiles_file_put(const char *folder, const char *name, struct slice bytes, struct err *err);

#endif
