#include "ledger/tree.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

_Static_assert((int)TREE_LEVELS * (int)TREE_TILE_BITS >= 63, "every index has its tile");

/* --- hashes --- */

void tree_leaf(enum seal_digest digest, struct slice leaf, unsigned char out[TREE_HASH])
{
    seal_digest(digest, (struct slice[]){{"\x00", 1}, leaf}, 2, out);
}

void tree_node(enum seal_digest digest, const unsigned char left[TREE_HASH], const unsigned char right[TREE_HASH],
               unsigned char out[TREE_HASH])
{
    seal_digest(digest, (struct slice[]){{"\x01", 1}, {(const char *)left, TREE_HASH}, {(const char *)right, TREE_HASH}}, 3,
                out);
}

/* The largest power of two smaller than count, which is 2 or more: where RFC 6962 splits. */
static uint64_t split_of(uint64_t count)
{
    return UINT64_C(1) << (63 - __builtin_clzll(count - 1));
}

void tree_hash(enum seal_digest digest, const unsigned char (*hashes)[TREE_HASH], size_t count, unsigned char out[TREE_HASH])
{
    unsigned char left[TREE_HASH], right[TREE_HASH];
    size_t split;

    if (count == 0) {
        seal_digest(digest, NULL, 0, out);
        return;
    }
    if (count == 1) {
        memcpy(out, hashes[0], TREE_HASH);
        return;
    }
    split = (size_t)split_of(count);
    tree_hash(digest, hashes, split, left);
    tree_hash(digest, hashes + split, count - split, right);
    tree_node(digest, left, right, out);
}

/* --- growing --- */

static unsigned peak_count(const struct tree_growth *growth)
{
    return (unsigned)__builtin_popcountll(growth->size);
}

/* Two peaks of one height become one: as often as the size has ones at its end. */
void tree_grow(struct tree_growth *growth, const unsigned char leaf_hash[TREE_HASH])
{
    unsigned top = peak_count(growth);

    assert(growth->size < TREE_SIZE_MOST);
    memcpy(growth->peaks[top], leaf_hash, TREE_HASH);
    for (uint64_t rest = growth->size; rest & 1; rest >>= 1, top--)
        tree_node(growth->digest, growth->peaks[top - 1], growth->peaks[top], growth->peaks[top - 1]);
    growth->size++;
}

void tree_grown(const struct tree_growth *growth, unsigned char out[TREE_HASH])
{
    unsigned top = peak_count(growth);

    if (top == 0) {
        seal_digest(growth->digest, NULL, 0, out);
        return;
    }
    memcpy(out, growth->peaks[--top], TREE_HASH);
    while (top-- > 0)
        tree_node(growth->digest, growth->peaks[top], out, out);
}

/* --- where a tile lies --- */

unsigned tree_tile_width(uint64_t size, unsigned level, uint64_t index)
{
    uint64_t hashes = size >> (TREE_TILE_BITS * level), before;

    if (index > UINT64_MAX >> TREE_TILE_BITS)
        return 0;
    before = index << TREE_TILE_BITS;
    if (hashes <= before)
        return 0;
    return hashes - before < TREE_TILE ? (unsigned)(hashes - before) : TREE_TILE;
}

void tree_place_path(uint64_t index, unsigned width, char out[TREE_PATH])
{
    uint64_t over = 1;
    size_t len = 0;

    while (index / over >= 1000)
        over *= 1000;
    for (; over > 1; over /= 1000)
        len += (size_t)snprintf(out + len, TREE_PATH - len, "x%03u/", (unsigned)(index / over % 1000));
    len += (size_t)snprintf(out + len, TREE_PATH - len, "%03u", (unsigned)(index % 1000));
    if (width < TREE_TILE)
        snprintf(out + len, TREE_PATH - len, ".p/%u", width);
}

void tree_tile_path(unsigned level, uint64_t index, unsigned width, char out[TREE_PATH])
{
    char place[TREE_PATH];

    tree_place_path(index, width, place);
    snprintf(out, TREE_PATH, "%u/%.60s", level, place);
}

/* Digits at the beginning of *rest, at most `most` of them. */
static bool digits_take(struct slice *rest, size_t most, uint64_t *number)
{
    size_t n = 0;

    for (*number = 0; n < rest->len && n < most && rest->at[n] >= '0' && rest->at[n] <= '9'; n++)
        *number = *number * 10 + (uint64_t)(rest->at[n] - '0');
    *rest = (struct slice){rest->at + n, rest->len - n};
    return n > 0;
}

/* Loosely: what it makes of the path is spelt again and held against it. */
static void place_guess(struct slice path, uint64_t *index, unsigned *width)
{
    uint64_t part = 0, partial = TREE_TILE;

    *index = 0;
    while (path.len > 0) {
        if (*path.at == 'x' || *path.at == '/') {
            path = (struct slice){path.at + 1, path.len - 1};
        } else if (*path.at == '.' && path.len > 3) {
            path = (struct slice){path.at + 3, path.len - 3};
            digits_take(&path, 3, &partial);
            break;
        } else if (!digits_take(&path, 3, &part) || *index > TREE_SIZE_MOST / 1000) {
            break;
        } else {
            *index = *index * 1000 + part;
        }
    }
    *width = partial > 0 && partial < TREE_TILE ? (unsigned)partial : TREE_TILE;
}

bool tree_place_named(struct slice path, uint64_t *index, unsigned *width)
{
    char again[TREE_PATH];

    place_guess(path, index, width);
    tree_place_path(*index, *width, again);
    return slice_is(path, again);
}

bool tree_tile_named(struct slice path, unsigned *level, uint64_t *index, unsigned *width)
{
    if (path.len < 3 || path.at[0] < '0' || path.at[0] >= '0' + TREE_LEVELS || path.at[1] != '/')
        return false;
    *level = (unsigned)(path.at[0] - '0');
    return tree_place_named((struct slice){path.at + 2, path.len - 2}, index, width);
}

/* --- making tiles --- */

bool tree_tile_add(struct tree_tiler *tiler, const unsigned char leaf_hash[TREE_HASH], struct err *err)
{
    unsigned char hash[TREE_HASH];
    uint64_t place = tiler->size;

    assert(tiler->size < TREE_SIZE_MOST);
    memcpy(hash, leaf_hash, TREE_HASH);
    for (unsigned level = 0; level < TREE_LEVELS; level++, place /= TREE_TILE) {
        const unsigned char (*edge)[TREE_HASH] = (const unsigned char(*)[TREE_HASH])tiler->edge[level];

        memcpy(tiler->edge[level][place % TREE_TILE], hash, TREE_HASH);
        if (place % TREE_TILE < TREE_TILE - 1)
            break;
        if (!tiler->emit(tiler->arg, level, place / TREE_TILE, TREE_TILE, edge, err))
            return false;
        tree_hash(tiler->digest, edge, TREE_TILE, hash);
    }
    tiler->size++;
    return true;
}

bool tree_tile_end(struct tree_tiler *tiler, struct err *err)
{
    for (unsigned level = 0; level < TREE_LEVELS; level++) {
        uint64_t index = tiler->size >> (TREE_TILE_BITS * level) >> TREE_TILE_BITS;
        unsigned width = tree_tile_width(tiler->size, level, index);

        if (width > 0
            && !tiler->emit(tiler->arg, level, index, width, (const unsigned char(*)[TREE_HASH])tiler->edge[level], err))
            return false;
    }
    return true;
}

/* --- from tiles --- */

/* The tile, as wide as the source's tree has it, in the place of its level. */
static const unsigned char (*tile_of(struct tree_source *source, unsigned level, uint64_t index, struct err *err))[TREE_HASH]
{
    struct tree_seen *seen = &source->seen[level];
    unsigned width = tree_tile_width(source->size, level, index);

    if (seen->width != width || seen->index != index || width == 0) {
        seen->width = 0;
        if (width == 0) {
            err_set(err, ERR_INVALID, "%llu 条的树没有第 %u 层的第 %llu 块", (unsigned long long)source->size, level,
                    (unsigned long long)index);
            return NULL;
        }
        if (!source->read(source->arg, level, index, width, seen->hashes, err))
            return NULL;
        seen->width = width;
        seen->index = index;
    }
    return (const unsigned char(*)[TREE_HASH])seen->hashes;
}

/* Root of the complete subtree over leaves index * 2^height … */
static bool node_of(struct tree_source *source, unsigned height, uint64_t index, unsigned char out[TREE_HASH], struct err *err)
{
    unsigned level = height / TREE_TILE_BITS, within = height % TREE_TILE_BITS;
    uint64_t first = index << within;
    const unsigned char (*hashes)[TREE_HASH] = tile_of(source, level, first / TREE_TILE, err);

    if (!hashes)
        return false;
    assert(first % TREE_TILE + (UINT64_C(1) << within) <= source->seen[level].width);
    tree_hash(source->digest, hashes + first % TREE_TILE, (size_t)1 << within, out);
    return true;
}

/* MTH(D[from : from + count]); from is a multiple of the least power of two that is not below count. */
static bool range_of(struct tree_source *source, uint64_t from, uint64_t count, unsigned char out[TREE_HASH], struct err *err)
{
    unsigned char left[TREE_HASH], right[TREE_HASH];
    unsigned height = (unsigned)__builtin_ctzll(count);
    uint64_t split;

    if (count == UINT64_C(1) << height)
        return node_of(source, height, from >> height, out, err);
    split = split_of(count);
    if (!range_of(source, from, split, left, err) || !range_of(source, from + split, count - split, right, err))
        return false;
    tree_node(source->digest, left, right, out);
    return true;
}

static bool size_fits(const struct tree_source *source, uint64_t size, struct err *err)
{
    return (size <= source->size && size <= TREE_SIZE_MOST)
        || err_set(err, ERR_INVALID, "树只有 %llu 条，问的是 %llu 条", (unsigned long long)source->size,
                   (unsigned long long)size);
}

bool tree_root(struct tree_source *source, uint64_t size, unsigned char out[TREE_HASH], struct err *err)
{
    if (!size_fits(source, size, err))
        return false;
    if (size > 0)
        return range_of(source, 0, size, out, err);
    tree_hash(source->digest, NULL, 0, out);
    return true;
}

/* Proofs are gathered from the root down and stand the other way round. */
static void proof_turn(struct tree_proof *proof)
{
    unsigned char kept[TREE_HASH];

    for (size_t i = 0, j = proof->count; i + 1 < j; i++, j--) {
        memcpy(kept, proof->hashes[i], TREE_HASH);
        memcpy(proof->hashes[i], proof->hashes[j - 1], TREE_HASH);
        memcpy(proof->hashes[j - 1], kept, TREE_HASH);
    }
}

static bool proof_add(struct tree_source *source, uint64_t from, uint64_t count, struct tree_proof *proof, struct err *err)
{
    assert(proof->count < TREE_PROOF);
    return range_of(source, from, count, proof->hashes[proof->count++], err);
}

/* PATH(m, D[n]) of RFC 6962 §2.1.1. */
bool tree_include(struct tree_source *source, uint64_t index, uint64_t size, struct tree_proof *proof, struct err *err)
{
    uint64_t from = 0, count = size;

    proof->count = 0;
    if (!size_fits(source, size, err))
        return false;
    if (index >= size)
        return err_set(err, ERR_INVALID, "%llu 条的树没有第 %llu 条", (unsigned long long)size, (unsigned long long)index);
    while (count > 1) {
        uint64_t split = split_of(count);
        bool left = index - from < split;

        if (!proof_add(source, left ? from + split : from, left ? count - split : split, proof, err))
            return false;
        from += left ? 0 : split;
        count = left ? split : count - split;
    }
    proof_turn(proof);
    return true;
}

/* SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2. */
bool tree_extend(struct tree_source *source, uint64_t old, uint64_t size, struct tree_proof *proof, struct err *err)
{
    uint64_t from = 0, count = size;

    proof->count = 0;
    if (!size_fits(source, size, err))
        return false;
    if (old == 0 || old > size)
        return err_set(err, ERR_INVALID, "从 %llu 条到 %llu 条没有一致性证明", (unsigned long long)old,
                       (unsigned long long)size);
    while (old - from < count) {
        uint64_t split = split_of(count);
        bool left = old - from <= split;

        if (!proof_add(source, left ? from + split : from, left ? count - split : split, proof, err))
            return false;
        from += left ? 0 : split;
        count = left ? split : count - split;
    }
    if (from > 0 && !proof_add(source, from, count, proof, err)) /* else it is the old root itself, which who checks knows */
        return false;
    proof_turn(proof);
    return true;
}

/* --- checking --- */

static bool hash_same(const unsigned char a[TREE_HASH], const unsigned char b[TREE_HASH])
{
    return memcmp(a, b, TREE_HASH) == 0;
}

/*
 * The way from a node up to the root, RFC 9162 §2.1.3.2: at each step the node's sibling stands left or right of it; where the
 * node is the last of an incomplete level, levels without a sibling are skipped.
 */
struct way {
    uint64_t node, last;
};

/* Is the next sibling on the left? Moves up to the node's parent. */
static bool way_up(struct way *way)
{
    bool left = (way->node & 1) || way->node == way->last;

    while (left && !(way->node & 1) && way->node > 0) {
        way->node >>= 1;
        way->last >>= 1;
    }
    way->node >>= 1;
    way->last >>= 1;
    return left;
}

bool tree_included(enum seal_digest digest, const unsigned char leaf_hash[TREE_HASH], uint64_t index, uint64_t size,
                   const unsigned char root[TREE_HASH], const struct tree_proof *proof, struct err *err)
{
    struct way way = {index, size - 1};
    unsigned char hash[TREE_HASH];

    if (index >= size)
        return err_set(err, ERR_CORRUPT, "序号 %llu 不在 %llu 条之内", (unsigned long long)index, (unsigned long long)size);
    memcpy(hash, leaf_hash, TREE_HASH);
    for (size_t i = 0; i < proof->count; i++) {
        if (way.last == 0)
            return err_set(err, ERR_CORRUPT, "包含证明太长：%zu 个散列值", proof->count);
        if (way_up(&way))
            tree_node(digest, proof->hashes[i], hash, hash);
        else
            tree_node(digest, hash, proof->hashes[i], hash);
    }
    if (way.last != 0)
        return err_set(err, ERR_CORRUPT, "包含证明太短：%zu 个散列值", proof->count);
    return hash_same(hash, root) || err_set(err, ERR_CORRUPT, "包含证明算不出根：条目、序号、证明或根被改过");
}

/* RFC 9162 §2.1.4.2, 1 ≤ old < size. */
static bool extended_by(enum seal_digest digest, uint64_t old, const unsigned char old_root[TREE_HASH], uint64_t size,
                        const unsigned char root[TREE_HASH], const struct tree_proof *proof, struct err *err)
{
    struct way way = {old - 1, size - 1};
    unsigned char before[TREE_HASH], after[TREE_HASH];
    bool whole = (old & (old - 1)) == 0; /* one subtree: the old root begins the proof unsaid */

    while (way.node & 1) {
        way.node >>= 1;
        way.last >>= 1;
    }
    if (proof->count == 0)
        return err_set(err, ERR_CORRUPT, "一致性证明太短：%zu 个散列值", proof->count);
    memcpy(before, whole ? old_root : proof->hashes[0], TREE_HASH);
    memcpy(after, before, TREE_HASH);
    for (size_t i = whole ? 0 : 1; i < proof->count; i++) {
        if (way.last == 0)
            return err_set(err, ERR_CORRUPT, "一致性证明太长：%zu 个散列值", proof->count);
        if (way_up(&way)) {
            tree_node(digest, proof->hashes[i], before, before);
            tree_node(digest, proof->hashes[i], after, after);
        } else {
            tree_node(digest, after, proof->hashes[i], after);
        }
    }
    if (way.last != 0)
        return err_set(err, ERR_CORRUPT, "一致性证明太短：%zu 个散列值", proof->count);
    if (!hash_same(before, old_root))
        return err_set(err, ERR_CORRUPT, "一致性证明算不出旧的根");
    return hash_same(after, root) || err_set(err, ERR_CORRUPT, "一致性证明算不出新的根");
}

bool tree_extended(enum seal_digest digest, uint64_t old, const unsigned char old_root[TREE_HASH], uint64_t size,
                   const unsigned char root[TREE_HASH], const struct tree_proof *proof, struct err *err)
{
    unsigned char empty[TREE_HASH];

    tree_hash(digest, NULL, 0, empty);
    if (old > size)
        return err_set(err, ERR_CORRUPT, "账本退回去了：从 %llu 条变成 %llu 条", (unsigned long long)old,
                       (unsigned long long)size);
    if ((old == 0 || old == size) && proof->count > 0)
        return err_set(err, ERR_CORRUPT, "一致性证明太长：%zu 个散列值", proof->count);
    if (old == 0)
        return hash_same(old_root, empty) || err_set(err, ERR_CORRUPT, "空树的根不对");
    if (old == size)
        return hash_same(old_root, root) || err_set(err, ERR_CORRUPT, "同样 %llu 条，根却不同", (unsigned long long)size);
    return extended_by(digest, old, old_root, size, root, proof, err);
}
