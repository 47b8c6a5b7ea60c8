/* The Merkle tree: the vectors of RFC 6962, every proof up to 300 leaves, and every bit of them turned over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "ledger/tree.h"

enum { LEAVES = 300, MANY = 70000 };

static unsigned char leaves[MANY][TREE_HASH], roots[LEAVES + 1][TREE_HASH];
static unsigned reads;

/* Whole subtrees over the leaves of the table: what tiles would hold. */
static bool read_made(void *arg, unsigned level, uint64_t index, unsigned width, unsigned char (*hashes)[TREE_HASH],
                      struct err *err)
{
    const struct tree_source *source = arg;
    size_t each = (size_t)1 << (TREE_TILE_BITS * level);

    (void)err;
    reads++;
    for (unsigned i = 0; i < width; i++) {
        size_t first = ((size_t)index * TREE_TILE + i) * each;

        assert_true(first + each <= source->size);
        tree_hash(source->digest, (const unsigned char(*)[TREE_HASH])leaves + first, each, hashes[i]);
    }
    return true;
}

static void source_of(struct tree_source *source, uint64_t size)
{
    *source = (struct tree_source){.size = size, .read = read_made, .arg = source};
}

static void assert_hex(const unsigned char *hash, const char *expected)
{
    char hex[2 * TREE_HASH + 1];

    seal_hex(hash, TREE_HASH, hex);
    assert_string_equal(hex, expected);
}

/* --- the RFC's --- */

static void vectors_of_rfc_6962(void **state)
{
    static const struct { const char *at; size_t len; } inputs[] = {
        {"", 0}, {"\x00", 1}, {"\x10", 1}, {"\x20\x21", 2}, {"\x30\x31", 2}, {"\x40\x41\x42\x43", 4},
        {"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
    };
    static const char *const expected[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    };
    struct tree_growth growth = {.size = 0};
    unsigned char hash[TREE_HASH];

    (void)state;
    for (size_t n = 0; n <= 7; n++) {
        tree_grown(&growth, hash);
        assert_hex(hash, expected[n]);
        if (n < 7) {
            tree_leaf(SEAL_SHA256, (struct slice){inputs[n].at, inputs[n].len}, hash);
            tree_grow(&growth, hash);
        }
    }
}

/* GB/T 32905-2016, A.1; and the twin tree's two kinds of node. */
static void the_twin_hashes_by_sm3(void **state)
{
    unsigned char hash[TREE_HASH], by_hand[TREE_HASH];
    const struct slice abc = SLICE("abc");

    (void)state;
    seal_digest(SEAL_SM3, &abc, 1, hash);
    assert_hex(hash, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    tree_leaf(SEAL_SM3, abc, hash);
    seal_digest(SEAL_SM3, (const struct slice[]){{"\x00", 1}, abc}, 2, by_hand);
    assert_memory_equal(hash, by_hand, TREE_HASH);
    tree_node(SEAL_SM3, hash, by_hand, hash);
    seal_digest(SEAL_SM3, (const struct slice[]){{"\x01", 1}, {(char *)by_hand, 32}, {(char *)by_hand, 32}}, 3, by_hand);
    assert_memory_equal(hash, by_hand, TREE_HASH);
}

/* --- all proofs up to 300 leaves --- */

/* In trees of these sizes every bit is turned, in the others one bit of each hash. */
static bool thorough(uint64_t size)
{
    return size <= 32 || size == 257;
}

struct claim {
    uint64_t index, size; /* or old, size */
    unsigned char first[TREE_HASH], root[TREE_HASH];
    struct tree_proof proof;
};

typedef bool claim_holds(const struct claim *claim, struct err *err);

static bool included(const struct claim *claim, struct err *err)
{
    return tree_included(SEAL_SHA256, claim->first, claim->index, claim->size, claim->root, &claim->proof, err);
}

static bool extended(const struct claim *claim, struct err *err)
{
    return tree_extended(SEAL_SHA256, claim->index, claim->first, claim->size, claim->root, &claim->proof, err);
}

static void assert_refused(const struct claim *claim, claim_holds *holds, const char *what)
{
    struct err err;

    if (holds(claim, &err))
        fail_msg("%s changed and not noticed: %llu of %llu", what, (unsigned long long)claim->index,
                 (unsigned long long)claim->size);
    assert_int_equal(err.code, ERR_CORRUPT);
}

static void turn_bits(struct claim *claim, claim_holds *holds, unsigned char hash[TREE_HASH], const char *what)
{
    unsigned step = thorough(claim->size) ? 1 : 8 * TREE_HASH;

    for (unsigned bit = step == 1 ? 0 : (unsigned)(claim->index * 31 + claim->size) % step; bit < 8 * TREE_HASH; bit += step) {
        hash[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_refused(claim, holds, what);
        hash[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
}

/* The index is bound by the way up. */
static void turn_index(struct claim *claim, claim_holds *holds)
{
    uint64_t kept = claim->index;

    for (unsigned bit = 0; bit < 64; bit++) {
        claim->index = kept ^ UINT64_C(1) << bit;
        assert_refused(claim, holds, "index");
    }
    claim->index = kept;
}

/* A proof too long, too short, or with two hashes in each other's place. */
static void cut_and_swap(struct claim *claim, claim_holds *holds)
{
    struct tree_proof kept = claim->proof;

    memcpy(claim->proof.hashes[kept.count], claim->root, TREE_HASH);
    claim->proof.count++;
    assert_refused(claim, holds, "length");
    if (kept.count > 0) {
        claim->proof = kept;
        claim->proof.count--;
        assert_refused(claim, holds, "length");
    }
    for (size_t i = 1; i < kept.count; i++) {
        claim->proof = kept;
        memcpy(claim->proof.hashes[i - 1], kept.hashes[i], TREE_HASH);
        memcpy(claim->proof.hashes[i], kept.hashes[i - 1], TREE_HASH);
        assert_refused(claim, holds, "order");
    }
    claim->proof = kept;
}

static void tamper(struct claim *claim, claim_holds *holds)
{
    for (size_t i = 0; i < claim->proof.count; i++)
        turn_bits(claim, holds, claim->proof.hashes[i], "proof");
    turn_bits(claim, holds, claim->first, "leaf or old root");
    turn_bits(claim, holds, claim->root, "root");
    cut_and_swap(claim, holds);
}

static void every_leaf_is_proved_and_no_other(void **state)
{
    struct tree_source source;
    struct claim claim;
    struct err err;

    (void)state;
    for (claim.size = 1; claim.size <= LEAVES; claim.size++) {
        source_of(&source, claim.size);
        for (claim.index = 0; claim.index < claim.size; claim.index++) {
            assert_true(tree_include(&source, claim.index, claim.size, &claim.proof, &err));
            memcpy(claim.first, leaves[claim.index], TREE_HASH);
            memcpy(claim.root, roots[claim.size], TREE_HASH);
            assert_true(included(&claim, &err));
            tamper(&claim, included);
            turn_index(&claim, included);
        }
        assert_false(tree_include(&source, claim.size, claim.size, &claim.proof, &err));
    }
}

static void every_tree_extends_those_before(void **state)
{
    struct tree_source source;
    struct claim claim;
    struct err err;

    (void)state;
    for (claim.size = 1; claim.size <= LEAVES; claim.size++) {
        source_of(&source, claim.size);
        for (claim.index = 1; claim.index <= claim.size; claim.index++) {
            assert_true(tree_extend(&source, claim.index, claim.size, &claim.proof, &err));
            memcpy(claim.first, roots[claim.index], TREE_HASH);
            memcpy(claim.root, roots[claim.size], TREE_HASH);
            assert_true(extended(&claim, &err));
            tamper(&claim, extended);
        }
        assert_false(tree_extend(&source, claim.size + 1, claim.size, &claim.proof, &err));
    }
}

/*
 * A size is bound by the checkpoint's signature and by the root, not by the way up: RFC 9162 takes the proof of leaf 0 of 6 for
 * one of 7. What the way does tell is refused, and the true root of the other size always is.
 */
static void another_size_has_another_root(void **state)
{
    struct tree_source source;
    struct claim claim;
    struct err err;

    (void)state;
    for (uint64_t size = 1; size <= LEAVES; size++) {
        source_of(&source, size);
        for (claim.index = 0; claim.index < size; claim.index++) {
            assert_true(tree_include(&source, claim.index, size, &claim.proof, &err));
            memcpy(claim.first, leaves[claim.index], TREE_HASH);
            for (unsigned bit = 0; bit < 9; bit++) {
                claim.size = size ^ (UINT64_C(1) << bit);
                if (claim.size > LEAVES)
                    continue;
                memcpy(claim.root, roots[claim.size], TREE_HASH);
                assert_refused(&claim, included, "size");
            }
        }
    }
}

static void the_empty_tree_begins_every_other(void **state)
{
    struct claim claim = {.index = 0, .size = 7};
    struct err err;

    (void)state;
    memcpy(claim.first, roots[0], TREE_HASH);
    memcpy(claim.root, roots[7], TREE_HASH);
    assert_true(extended(&claim, &err));
    claim.first[0] ^= 1;
    assert_refused(&claim, extended, "empty root");
    claim.first[0] ^= 1;
    claim.proof.count = 1;
    assert_refused(&claim, extended, "length");
}

static void going_back_is_told_from_a_fork(void **state)
{
    struct claim claim = {.index = 8, .size = 7};
    struct err err;

    (void)state;
    memcpy(claim.first, roots[8], TREE_HASH);
    memcpy(claim.root, roots[7], TREE_HASH);
    assert_false(extended(&claim, &err));
    assert_non_null(strstr(err.message, "退回去了"));
    claim.index = 7;
    assert_false(extended(&claim, &err));
    assert_non_null(strstr(err.message, "根却不同"));
}

/* --- larger trees, by tiles of several levels --- */

static void a_proof_reads_few_tiles(void **state)
{
    struct tree_source source;
    struct tree_growth growth = {.size = 0};
    unsigned char root[TREE_HASH], again[TREE_HASH];
    struct claim claim = {.size = MANY};
    struct err err;

    (void)state;
    for (size_t i = 0; i < MANY; i++)
        tree_grow(&growth, leaves[i]);
    tree_grown(&growth, root);
    source_of(&source, MANY);
    assert_true(tree_root(&source, MANY, again, &err));
    assert_memory_equal(root, again, TREE_HASH);
    memcpy(claim.root, root, TREE_HASH);
    for (claim.index = 1; claim.index < MANY; claim.index += 6999) {
        source_of(&source, MANY);
        reads = 0;
        assert_true(tree_include(&source, claim.index, MANY, &claim.proof, &err));
        assert_true(reads <= 6);
        memcpy(claim.first, leaves[claim.index], TREE_HASH);
        assert_true(included(&claim, &err));
        source_of(&source, MANY);
        reads = 0;
        assert_true(tree_root(&source, claim.index, claim.first, &err));
        assert_true(tree_extend(&source, claim.index, MANY, &claim.proof, &err));
        assert_true(reads <= 12);
        assert_true(extended(&claim, &err));
    }
}

/* C2SP tlog-tiles: 70,000 leaves are 273 full tiles and one of 112, one full of level 1 and one of 17, and one of level 2. */
static void widths_of_the_specification(void **state)
{
    (void)state;
    assert_int_equal(tree_tile_width(70000, 0, 272), 256);
    assert_int_equal(tree_tile_width(70000, 0, 273), 112);
    assert_int_equal(tree_tile_width(70000, 0, 274), 0);
    assert_int_equal(tree_tile_width(70000, 1, 0), 256);
    assert_int_equal(tree_tile_width(70000, 1, 1), 17);
    assert_int_equal(tree_tile_width(70000, 2, 0), 1);
    assert_int_equal(tree_tile_width(70000, 3, 0), 0);
    assert_int_equal(tree_tile_width(256, 1, 0), 1);
    assert_int_equal(tree_tile_width(TREE_SIZE_MOST, 7, UINT64_MAX), 0);
}

static void a_place_has_one_spelling(void **state)
{
    static const struct { uint64_t index; unsigned width; const char *path; } places[] = {
        {0, 256, "000"}, {999, 256, "999"}, {1000, 256, "x001/000"}, {1234067, 256, "x001/x234/067"},
        {273, 112, "273.p/112"}, {1234067, 1, "x001/x234/067.p/1"}, {INT64_MAX, 255, "x009/x223/x372/x036/x854/x775/807.p/255"},
    };
    static const char *const wrong[] = {"", "0", "00", "0000", "x000/001", "x001/1", "x001", "001/002", "x001/x002", "067.p/0", "067.p/256",
        "067.p/01", "067.p/", "067.p", "067.q/1", "067.p/1x", "/067", "067/", "x001//067", "-01", "X001/067",
        "x999/x999/x999/x999/x999/x999/999", "067.p/1/2", "067 "};
    uint64_t index;
    unsigned width, level;

    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char path[TREE_PATH], tile[TREE_PATH];

        tree_place_path(places[i].index, places[i].width, path);
        assert_string_equal(path, places[i].path);
        assert_true(tree_place_named(slice_of(path), &index, &width));
        assert_true(index == places[i].index && width == places[i].width);
        tree_tile_path(3, places[i].index, places[i].width, tile);
        assert_true(tree_tile_named(slice_of(tile), &level, &index, &width));
        assert_true(level == 3 && index == places[i].index && width == places[i].width);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (tree_place_named(slice_of(wrong[i]), &index, &width))
            fail_msg("taken for a place: %s", wrong[i]);
    assert_false(tree_tile_named(SLICE("8/000"), &level, &index, &width));
    assert_false(tree_tile_named(SLICE("00/000"), &level, &index, &width));
}

/* --- a reader that fails --- */

static bool read_nothing(void *arg, unsigned level, uint64_t index, unsigned width, unsigned char (*hashes)[TREE_HASH],
                         struct err *err)
{
    (void)arg, (void)level, (void)index, (void)width, (void)hashes;
    return err_set(err, ERR_IO, "没有这一块");
}

static void a_reader_that_fails_fails_the_proof(void **state)
{
    struct tree_source source = {.size = 300, .read = read_nothing};
    unsigned char root[TREE_HASH];
    struct tree_proof proof;
    struct err err;

    (void)state;
    assert_false(tree_root(&source, 300, root, &err));
    assert_false(tree_include(&source, 7, 300, &proof, &err));
    assert_false(tree_extend(&source, 7, 300, &proof, &err));
    assert_int_equal(err.code, ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_rfc_6962),
        cmocka_unit_test(the_twin_hashes_by_sm3),
        cmocka_unit_test(every_leaf_is_proved_and_no_other),
        cmocka_unit_test(every_tree_extends_those_before),
        cmocka_unit_test(another_size_has_another_root),
        cmocka_unit_test(the_empty_tree_begins_every_other),
        cmocka_unit_test(going_back_is_told_from_a_fork),
        cmocka_unit_test(a_proof_reads_few_tiles),
        cmocka_unit_test(widths_of_the_specification),
        cmocka_unit_test(a_place_has_one_spelling),
        cmocka_unit_test(a_reader_that_fails_fails_the_proof),
    };
    struct tree_growth growth = {.size = 0};
    struct err err;

    if (!seal_start(&err))
        return 1;
    for (uint64_t i = 0; i < MANY; i++)
        tree_leaf(SEAL_SHA256, (struct slice){(const char *)&i, sizeof i}, leaves[i]);
    for (size_t i = 0; i <= LEAVES; i++) {
        tree_grown(&growth, roots[i]);
        tree_grow(&growth, leaves[i]);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
