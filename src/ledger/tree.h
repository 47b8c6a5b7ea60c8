/*
 * The Merkle tree over the ledger's leaves: RFC 6962 §2.1, RFC 9162 §2.1, kept as the tiles of C2SP tlog-tiles. Arithmetic alone:
 * no database, no files.
 *
 *   tree_grow            adds leaf hashes one by one and knows the root: O(log n) memory
 *   tree_root            root of the first n leaves, from stored tiles
 *   tree_include         proof that a leaf is under a root; tree_included checks one
 *   tree_extend          proof that one tree is the beginning of another; tree_extended checks one
 *   tree_tile_add        makes the tiles out of leaf hashes
 *   tree_tile_path       where a tile lies
 *
 * Leaf hash H(0x00 || leaf), node hash H(0x01 || left || right), H by `digest`: SHA-256, or SM3 in the twin tree. A tile at
 * level l holds up to 256 hashes, each the root of 256^l leaves; the levels between are hashed from them, so that a proof in a
 * tree of n leaves reads O(log n) tiles of at most 8 KiB.
 *
 * Nothing here trusts a proof: every one that is not, bit by bit, the one that RFC 9162 §2.1.3.2 and §2.1.4.2 take is refused.
 */
#ifndef TQ_LEDGER_TREE_H
#define TQ_LEDGER_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "seal/seal.h"

enum { TREE_HASH = SEAL_HASH, TREE_TILE = 256, TREE_TILE_BITS = 8, TREE_LEVELS = 8, TREE_PROOF = 64, TREE_PATH = 64 };

/* Sizes and indexes are below 2^63. */
#define TREE_SIZE_MOST ((uint64_t)INT64_MAX)

void tree_leaf(enum seal_digest digest, struct slice leaf, unsigned char out[TREE_HASH]);
void tree_node(enum seal_digest digest, const unsigned char left[TREE_HASH], const unsigned char right[TREE_HASH],
               unsigned char out[TREE_HASH]);

/* Root over hashes that lie in memory: of leaves, or of anything else that is hashed already. Of none: H of nothing. */
void tree_hash(enum seal_digest digest, const unsigned char (*hashes)[TREE_HASH], size_t count, unsigned char out[TREE_HASH]);

/* --- growing --- */

/* The complete subtrees of which the tree is made, the widest first. */
struct tree_growth {
    enum seal_digest digest;
    uint64_t size;
    unsigned char peaks[64][TREE_HASH];
};

void tree_grow(struct tree_growth *growth, const unsigned char leaf_hash[TREE_HASH]);
void tree_grown(const struct tree_growth *growth, unsigned char out[TREE_HASH]);

/* --- from tiles --- */

/* Where a tile is asked for: the first `width` hashes of it, 1..256; a source may read the whole tile and give what is asked. */
typedef bool tree_fetch(void *arg, unsigned level, uint64_t index, unsigned width, unsigned char (*hashes)[TREE_HASH],
                       struct err *err);

struct tree_source {
    enum seal_digest digest;
    uint64_t size;   /* of the tree whose tiles are there */
    tree_fetch *read;
    void *arg;
    /* the tree's own: the tile last read of each level. Zero at first */
    struct tree_seen {
        uint64_t index;
        unsigned width; /* 0: none */
        unsigned char hashes[TREE_TILE][TREE_HASH];
    } seen[TREE_LEVELS];
};

/* How many of the 256 places of a tile are filled in a tree of so many leaves. */
unsigned tree_tile_width(uint64_t size, unsigned level, uint64_t index);

/*
 * "x001/x234/067.p/12" of C2SP tlog-tiles, as tiles and bundles of entries are named; width TREE_TILE: the full one, without ".p/".
 * A tile has its level before that: "0/x001/x234/067.p/12". Back again: any other spelling is refused.
 */
void tree_place_path(uint64_t index, unsigned width, char out[TREE_PATH]);
void tree_tile_path(unsigned level, uint64_t index, unsigned width, char out[TREE_PATH]);
bool tree_place_named(struct slice path, uint64_t *index, unsigned *width);
bool tree_tile_named(struct slice path, unsigned *level, uint64_t *index, unsigned *width);

/* --- making tiles --- */

typedef bool tree_emit(void *arg, unsigned level, uint64_t index, unsigned width, const unsigned char (*hashes)[TREE_HASH],
                       struct err *err);

/* Leaf hashes in, tiles out: full ones as soon as they are full. To go on from a size, fill `edge` with the partial tiles of it. */
struct tree_tiler {
    enum seal_digest digest;
    uint64_t size;
    tree_emit *emit;
    void *arg;
    unsigned char edge[TREE_LEVELS][TREE_TILE][TREE_HASH]; /* what is not full yet, of each level */
};

/* After false the tiler is spoilt. */
bool tree_tile_add(struct tree_tiler *tiler, const unsigned char leaf_hash[TREE_HASH], struct err *err);
/* Emits the partial tiles of the size that it has. */
bool tree_tile_end(struct tree_tiler *tiler, struct err *err);

/* --- proofs --- */

struct tree_proof {
    size_t count;
    unsigned char hashes[TREE_PROOF][TREE_HASH];
};

/* size ≤ source->size; index < size; 1 ≤ old ≤ size. Errors are the reader's, or ERR_INVALID. */
bool tree_root(struct tree_source *source, uint64_t size, unsigned char out[TREE_HASH], struct err *err);
bool tree_include(struct tree_source *source, uint64_t index, uint64_t size, struct tree_proof *proof, struct err *err);
bool tree_extend(struct tree_source *source, uint64_t old, uint64_t size, struct tree_proof *proof, struct err *err);

/* --- checking; ERR_CORRUPT says what does not hold --- */

/* Is the leaf with this hash number `index` of the `size` under root? */
bool tree_included(enum seal_digest digest, const unsigned char leaf_hash[TREE_HASH], uint64_t index, uint64_t size,
                   const unsigned char root[TREE_HASH], const struct tree_proof *proof, struct err *err);

/* Are the `old` leaves under old_root the first of the `size` under root? The empty tree begins every other, with an empty proof. */
bool tree_extended(enum seal_digest digest, uint64_t old, const unsigned char old_root[TREE_HASH], uint64_t size,
                   const unsigned char root[TREE_HASH], const struct tree_proof *proof, struct err *err);

#endif
