/* Vectors: FIPS 180-2 B.1 (SHA-256 "abc"), RFC 4231 test case 2 with its key filled up to 32 bytes by zeros (the same MAC). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>

#include "seal/seal.h"

static void assert_hex(const unsigned char *hash, const char *expected)
{
    char hex[2 * SEAL_HASH + 1];

    seal_hex(hash, SEAL_HASH, hex);
    assert_string_equal(hex, expected);
}

static void sha256_of_parts(void **state)
{
    unsigned char hash[SEAL_HASH];

    (void)state;
    seal_sha256(NULL, 0, hash);
    assert_hex(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    seal_sha256((struct slice[]){SLICE("a"), SLICE(""), SLICE("bc")}, 3, hash);
    assert_hex(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void pieces_hash_as_the_whole(void **state)
{
    unsigned char hash[SEAL_HASH];
    struct seal_sum *sum = seal_sum_begin();

    (void)state;
    seal_sum_add(sum, SLICE("a"));
    seal_sum_add(sum, SLICE(""));
    seal_sum_add(sum, SLICE("bc"));
    seal_sum_end(sum, hash);
    assert_hex(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void *hash_in_thread(void *out)
{
    for (int i = 0; i < 1000; i++)
        seal_sha256((struct slice[]){SLICE("abc")}, 1, out);
    return NULL;
}

static void threads_hash_side_by_side(void **state)
{
    unsigned char hashes[4][SEAL_HASH];
    pthread_t threads[4];

    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hash_in_thread, hashes[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_hex(hashes[i], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

static void mac_of_rfc_4231(void **state)
{
    static const unsigned char key[SEAL_HASH] = "Jefe";
    unsigned char mac[SEAL_HASH];

    (void)state;
    seal_mac(key, SLICE("what do ya want for nothing?"), mac);
    assert_hex(mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void hex_there_and_back(void **state)
{
    unsigned char bytes[3];

    (void)state;
    assert_true(seal_unhex(SLICE("00fFa5"), bytes, 3));
    assert_memory_equal(bytes, "\x00\xff\xa5", 3);
    assert_false(seal_unhex(SLICE("00ff"), bytes, 3));
    assert_false(seal_unhex(SLICE("00ffg0"), bytes, 3));
    assert_false(seal_unhex(SLICE("00ff 0"), bytes, 3));
}

static void same_and_wipe(void **state)
{
    char secret[] = "secret";

    (void)state;
    assert_true(seal_same("abc", "abc", 3));
    assert_false(seal_same("abc", "abd", 3));
    assert_true(seal_same("", "", 0));
    seal_wipe(secret, sizeof secret);
    assert_memory_equal(secret, "\0\0\0\0\0\0", 7);
}

static void random_differs(void **state)
{
    unsigned char a[SEAL_TOKEN] = {0}, b[SEAL_TOKEN] = {0};

    (void)state;
    seal_random(a, sizeof a);
    seal_random(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

static void passwords_check(void **state)
{
    char hash[SEAL_PASSWORD], again[SEAL_PASSWORD];
    struct err err;

    (void)state;
    assert_true(seal_password_hash(SLICE("铁桥-2026"), hash, &err));
    assert_true(seal_password_hash(SLICE("铁桥-2026"), again, &err));
    assert_string_not_equal(hash, again);
    assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
    assert_true(seal_password_check(SLICE("铁桥-2026"), hash));
    assert_false(seal_password_check(SLICE("铁桥-2027"), hash));
    assert_false(seal_password_check(SLICE(""), hash));
    assert_false(seal_password_check(SLICE("铁桥-2026"), "no hash"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_of_parts),    cmocka_unit_test(pieces_hash_as_the_whole),    cmocka_unit_test(threads_hash_side_by_side),
        cmocka_unit_test(mac_of_rfc_4231),    cmocka_unit_test(hex_there_and_back),
        cmocka_unit_test(same_and_wipe),      cmocka_unit_test(random_differs),
        cmocka_unit_test(passwords_check),
    };
    struct err err;

    if (!seal_start(&err))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
