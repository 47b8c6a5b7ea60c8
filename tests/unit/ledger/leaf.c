/* The bytes here were put together by hand from the table in leaf.h; hashes and roots were computed by another program
 * (Python's hashlib); the roots of 0, 1, 7 and 8 leaves are those of the certificate-transparency reference tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/leaf.h"
#include "seal/seal.h"

static const char golden[] =
    "5451" "01" "0000000000000102" "0000019aad26ea00" "000102030405060708090a0b0c0d0e0f"
    "0b" "6e6565642e637265617465" "04" "6e656564" "001997b6b9f6ff9d" "00000003" "05" "7265712d31" "02"
    "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f";

static struct leaf sample(void)
{
    struct leaf leaf = {.index = 258, .time_ms = 1763841600000, .action = "need.create", .kind = "need",
                        .object = 7203685477580701, .version = 3, .request_id = "req-1", .part = 2};

    for (unsigned i = 0; i < LEAF_ACTOR; i++)
        leaf.actor[i] = (unsigned char)i;
    for (unsigned i = 0; i < LEAF_HASH; i++)
        leaf.root[i] = (unsigned char)(32 + i);
    return leaf;
}

static void assert_hex(const unsigned char *bytes, size_t len, const char *expected)
{
    char hex[2 * LEAF_MAX + 1];

    seal_hex(bytes, len, hex);
    assert_string_equal(hex, expected);
}

static void golden_bytes(void **state)
{
    struct leaf leaf = sample(), back;
    unsigned char bytes[LEAF_MAX], hash[LEAF_HASH];
    size_t len = leaf_write(&leaf, bytes);
    struct slice written = {(const char *)bytes, len};
    struct err err;

    (void)state;
    assert_int_equal(len, 103);
    assert_hex(bytes, len, golden);
    leaf_hash(written, hash);
    assert_hex(hash, LEAF_HASH, "b5ee9a266de142ad9412ba326dcf9d7a5c315e9d5568884d3633f56aa28976f7");
    assert_true(leaf_read(written, &back, &err));
    assert_memory_equal(&leaf, &back, sizeof leaf);
}

static void extremes_come_back(void **state)
{
    struct leaf leaf = {.index = UINT64_MAX, .time_ms = INT64_MIN, .object = -1, .version = UINT32_MAX, .part = 255};
    struct leaf back;
    unsigned char bytes[LEAF_MAX];
    struct err err;
    size_t len;

    (void)state;
    memset(leaf.action, 'z', LEAF_WORD);
    memset(leaf.kind, '_', LEAF_WORD);
    memset(leaf.request_id, '~', LEAF_REQUEST);
    len = leaf_write(&leaf, bytes);
    assert_true(len <= LEAF_MAX);
    assert_true(leaf_read((struct slice){(const char *)bytes, len}, &back, &err));
    assert_memory_equal(&leaf, &back, sizeof leaf);
}

/* Whatever is read must be what would be written: so no two byte strings mean the same leaf. */
static void assert_refused_or_own(const unsigned char *bytes, size_t len)
{
    unsigned char again[LEAF_MAX];
    struct leaf leaf;
    struct err err;

    if (!leaf_read((struct slice){(const char *)bytes, len}, &leaf, &err)) {
        assert_int_equal(err.code, ERR_CORRUPT);
        return;
    }
    assert_int_equal(leaf_write(&leaf, again), len);
    assert_memory_equal(again, bytes, len);
}

static void one_byte_tampers(void **state)
{
    struct leaf leaf = sample();
    unsigned char bytes[LEAF_MAX];
    size_t len = leaf_write(&leaf, bytes);

    (void)state;
    for (size_t at = 0; at < len; at++) {
        unsigned char kept = bytes[at];

        for (unsigned value = 0; value < 256; value++) {
            bytes[at] = (unsigned char)value;
            assert_refused_or_own(bytes, len);
        }
        bytes[at] = kept;
    }
}

static void named_tampers_are_refused(void **state)
{
    static const struct { const char *what; size_t at; unsigned char value; } tampers[] = {
        {"magic", 0, 't'},         {"format version", 2, 2},      {"action length 0", 35, 0},
        {"action too long", 35, 33}, {"action in capitals", 36, 'N'}, {"NUL in action", 37, 0},
        {"kind with a space", 48, ' '}, {"request id longer", 64, 6}, {"request id with a control", 65, 7},
        {"request id with a high byte", 65, 0xe9},
    };
    struct leaf leaf = sample(), back;
    unsigned char bytes[LEAF_MAX];
    size_t len = leaf_write(&leaf, bytes);
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof tampers / sizeof *tampers; i++) {
        unsigned char kept = bytes[tampers[i].at];

        bytes[tampers[i].at] = tampers[i].value;
        if (leaf_read((struct slice){(const char *)bytes, len}, &back, &err))
            fail_msg("read although tampered: %s", tampers[i].what);
        bytes[tampers[i].at] = kept;
    }
}

static void every_length_but_one_is_refused(void **state)
{
    struct leaf leaf = sample(), back;
    unsigned char bytes[LEAF_MAX] = {0};
    size_t len = leaf_write(&leaf, bytes);
    struct err err;

    (void)state;
    for (size_t cut = 0; cut <= len + 8; cut++)
        assert_int_equal(leaf_read((struct slice){(const char *)bytes, cut}, &back, &err), cut == len);
}

static void roots_of_rfc_6962(void **state)
{
    static const struct { const char *at; size_t len; } inputs[] = {
        {"", 0}, {"\x00", 1}, {"\x10", 1}, {"\x20\x21", 2}, {"\x30\x31", 2}, {"\x40\x41\x42\x43", 4},
        {"\x50\x51\x52\x53\x54\x55\x56\x57", 8}, {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16},
    };
    unsigned char hashes[8][LEAF_HASH], root[LEAF_HASH];

    (void)state;
    for (size_t i = 0; i < 8; i++)
        leaf_hash((struct slice){inputs[i].at, inputs[i].len}, hashes[i]);
    leaf_root(NULL, 0, root);
    assert_hex(root, LEAF_HASH, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    leaf_root(hashes, 1, root);
    assert_hex(root, LEAF_HASH, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    leaf_root(hashes, 7, root);
    assert_hex(root, LEAF_HASH, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
    leaf_root(hashes, 8, root);
    assert_hex(root, LEAF_HASH, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

static void commitments(void **state)
{
    static const struct { struct leaf_field field; const char *hash; } cases[] = {
        {{"title", true, false, 0, {"离心泵", 9}, {0}}, "62bf4532b569fb5e63d577103cbed70490fb62b5ee84fa296dcd961444996a4b"},
        {{"budget", true, true, 200000000, {0}, {0}}, "ec43818f1dfbdea298809b4e6424caca6c2d7ad60e7c1cb4719f776967dd20e6"},
        {{"budget", true, true, -1, {0}, {0}}, "4c30d60fcde298871935230904cd5f9e8a5a95729bde0b2f84827b42db869534"},
        {{"budget", false, true, 0, {0}, {0}}, "eb8d638716dc4b269969eb658a3749f1ed426518cb9aa6744ebbb7d21017dabb"},
        {{"title", true, false, 0, {"", 0}, {0}}, "a02beec0c261845cf311c1b9fe42a46606a48af4a8d7172b16162dba41b110c6"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct leaf_field field = cases[i].field;
        unsigned char hash[LEAF_HASH];

        for (unsigned k = 0; k < LEAF_SALT; k++)
            field.salt[k] = (unsigned char)k;
        leaf_commit(&field, hash);
        assert_hex(hash, LEAF_HASH, cases[i].hash);
    }
}

static void own_request_ids(void **state)
{
    (void)state;
    assert_string_equal(leaf_request_own(SLICE("due-1-pay.0-2026-05-01-late")), LEAF_OWN_DUE);
    assert_string_equal(leaf_request_own(SLICE("view-")), LEAF_OWN_VIEW);
    assert_string_equal(leaf_request_own(SLICE("import-1-1")), LEAF_OWN_IMPORT);
    assert_null(leaf_request_own(SLICE("due")));
    assert_null(leaf_request_own(SLICE("overdue-1")));
    assert_null(leaf_request_own((struct slice){NULL, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_bytes),
        cmocka_unit_test(extremes_come_back),
        cmocka_unit_test(one_byte_tampers),
        cmocka_unit_test(named_tampers_are_refused),
        cmocka_unit_test(every_length_but_one_is_refused),
        cmocka_unit_test(roots_of_rfc_6962),
        cmocka_unit_test(commitments),
        cmocka_unit_test(own_request_ids),
    };
    struct err err;

    if (!seal_start(&err))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
