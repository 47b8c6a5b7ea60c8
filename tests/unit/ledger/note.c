/* Signed notes, checkpoints and proofs as text: the specification's examples, our own back and forth, and every byte changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "ledger/note.h"

#define VKEY "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define NOTE \
    "This is an example message.\n\n" \
    "\xE2\x80\x94 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"

#define ORIGIN "example.com/behind-the-sofa"
#define BODY ORIGIN "\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
#define LINE "\xE2\x80\x94 " ORIGIN " Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"

static struct note_key key_of(const char *vkey)
{
    struct note_key key;
    struct err err;

    if (!note_key_read(slice_of(vkey), &key, &err))
        fail_msg("%s", err.message);
    return key;
}

static struct note_secret secret_of(const char *name, enum note_kind kind, unsigned char seed)
{
    struct note_secret secret;
    unsigned char bytes[SEAL_SECRET];
    struct err err;

    memset(bytes, seed, sizeof bytes);
    if (!note_secret_make(slice_of(name), kind, bytes, &secret, &err))
        fail_msg("%s", err.message);
    return secret;
}

static struct note note_of(struct slice bytes)
{
    struct note note;
    struct err err;

    if (!note_read(bytes, &note, &err))
        fail_msg("%s", err.message);
    return note;
}

/* --- the specification's --- */

static void the_example_of_signed_note_verifies(void **state)
{
    struct note_key key = key_of(VKEY);
    struct note note = note_of(SLICE(NOTE));
    struct text again;
    struct err err;

    (void)state;
    assert_string_equal(key.name, "example.com/foo");
    assert_int_equal(key.id, 0x530d903a);
    assert_true(slice_is(note.text, "This is an example message.\n"));
    assert_true(note_signed(&note, &key, NULL, &err));
    text_init(&again);
    note_key_write(&key, &again);
    assert_true(slice_is(text_slice(&again), VKEY));
    text_release(&again);
}

static void the_example_of_tlog_checkpoint_is_read(void **state)
{
    struct note note = note_of(SLICE(BODY "\n" LINE));
    struct checkpoint checkpoint;
    struct text again;
    struct err err;

    (void)state;
    assert_true(checkpoint_read(note.text, &checkpoint, &err));
    assert_string_equal(checkpoint.origin, ORIGIN);
    assert_int_equal(checkpoint.size, 20852163);
    text_init(&again);
    checkpoint_write(&checkpoint, &again);
    assert_true(slice_same(text_slice(&again), note.text));
    text_release(&again);
}

/* --- each kind of key, there and back --- */

static void each_kind_signs_and_is_read_again(void **state)
{
    static const enum note_kind kinds[] = {NOTE_ED25519, NOTE_COSIGNATURE, NOTE_SM2};
    struct text text;
    struct err err;

    (void)state;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct note_secret secret = secret_of("log.example/示例", kinds[k], 7), back;
        struct note_key key;
        struct note note;
        uint64_t time_s = 1;

        text_init(&text);
        note_key_write(&secret.key, &text);
        key = key_of(text.at);
        assert_memory_equal(&key, &secret.key, sizeof key);
        text_clear(&text);
        note_secret_write(&secret, &text);
        assert_true(note_secret_read(text_slice(&text), &back, &err));
        assert_memory_equal(&back, &secret, sizeof back);
        text_clear(&text);
        text_puts(&text, BODY "\n");
        assert_true(note_sign(SLICE(BODY), &back, 1679315147, &text, &err));
        note = note_of(text_slice(&text));
        assert_true(note_signed(&note, &key, &time_s, &err));
        assert_int_equal(time_s, kinds[k] == NOTE_COSIGNATURE ? 1679315147 : 0);
        text_release(&text);
    }
}

/* GM/T 0003.5-2012, annex A: the key, the message and the signature printed there. */
static void the_standard_s_sm2_signature_verifies(void **state)
{
    static const char secret_hex[] = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8",
        key_hex[] = "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13",
        signature_hex[] = "3046022100F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                          "022100B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
    unsigned char secret[SEAL_SECRET], key[SEAL_SM2_KEY], made[SEAL_SM2_KEY], signature[SEAL_SM2];
    struct err err;

    (void)state;
    assert_true(seal_unhex(slice_of(secret_hex), secret, sizeof secret) && seal_unhex(slice_of(key_hex), key, sizeof key)
                && seal_unhex(slice_of(signature_hex), signature, sizeof signature));
    assert_true(seal_sm2_key(secret, made, &err));
    assert_memory_equal(made, key, sizeof key);
    assert_true(seal_sm2_check(key, SLICE("message digest"), (struct slice){(char *)signature, sizeof signature}));
    assert_false(seal_sm2_check(key, SLICE("message digesT"), (struct slice){(char *)signature, sizeof signature}));
    memset(secret, 0, sizeof secret);
    assert_false(seal_sm2_key(secret, made, &err));
    memset(secret, 0xFF, sizeof secret);
    assert_false(seal_sm2_key(secret, made, &err));
}

/* --- what is refused --- */

static void no_byte_of_a_note_may_change(void **state)
{
    struct note_key key = key_of(VKEY);
    char bytes[] = NOTE;

    (void)state;
    for (size_t at = 0; at < sizeof bytes - 1; at++)
        for (unsigned bit = 0; bit < 8; bit++) {
            struct note note;
            struct err err;

            bytes[at] ^= (char)(1 << bit);
            if (note_read((struct slice){bytes, sizeof bytes - 1}, &note, &err) && note_signed(&note, &key, NULL, &err))
                fail_msg("byte %zu, bit %u: not noticed", at, bit);
            bytes[at] ^= (char)(1 << bit);
        }
}

/* Of a key of ours too, and of the two kinds that are none of the specification's example. */
static void no_bit_of_a_signature_may_change(void **state)
{
    struct err err;

    (void)state;
    for (int k = 0; k <= NOTE_SM2; k++) {
        struct note_secret secret = secret_of("log.example", (enum note_kind)k, 9);
        struct text text;
        size_t from;

        text_init(&text);
        text_puts(&text, BODY "\n");
        from = text.len;
        assert_true(note_sign(SLICE(BODY), &secret, 1679315147, &text, &err));
        for (size_t at = from; at < text.len; at++) {
            struct note note;

            text.at[at] ^= 1;
            if (note_read(text_slice(&text), &note, &err) && note_signed(&note, &secret.key, NULL, &err))
                fail_msg("kind %d, byte %zu: not noticed", k, at);
            text.at[at] ^= 1;
        }
        text_release(&text);
    }
}

static void bad_notes_are_told_by_name(void **state)
{
    static const struct { const char *bytes, *complaint; } bad[] = {
        {"", "没有空行"}, {"text", "没有空行"}, {"text\n\n", "没有签名"}, {BODY LINE, "没有空行"},
        {BODY "\n" "no dash\n", "不以“— ”开头"}, {BODY "\n" "\xE2\x80\x94 name\n", "不是 base64"},
        {BODY "\n" "\xE2\x80\x94 name AAAAAA==\n", "不是 base64"}, {BODY "\n" "\xE2\x80\x94 a+b AAAAAAAA\n", "钥匙的名字"},
        {BODY "\n" "\xE2\x80\x94 name AAAAAAAB=\n", "不是 base64"}, {BODY "\n" "\xE2\x80\x94 name AAAAAAA\n", "不是 base64"},
        {BODY "\n" "\xE2\x80\x94 name AAAAAAAA", "没有写完"}, {BODY "\t\n\n" LINE, "控制字符"}, {BODY "\xFF\n\n" LINE, "UTF-8"},
        {BODY "\n" LINE "\n", "没有签名"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct note note;
        struct err err;

        if (note_read(slice_of(bad[i].bytes), &note, &err))
            fail_msg("taken for a note: %zu", i);
        assert_int_equal(err.code, ERR_CORRUPT);
        if (!strstr(err.message, bad[i].complaint))
            fail_msg("%zu: wanted %s, got %s", i, bad[i].complaint, err.message);
    }
}

static void sixteen_signatures_are_taken_and_others_passed_over(void **state)
{
    struct note_secret secret = secret_of("log.example", NOTE_ED25519, 1), other;
    struct note note;
    struct text text;
    struct err err;

    (void)state;
    text_init(&text);
    text_puts(&text, BODY "\n");
    for (unsigned char seed = 2; seed < 18; seed++) {
        other = secret_of("log.example", seed % 2 ? NOTE_ED25519 : NOTE_SM2, seed); /* the same name, other ids */
        assert_true(note_sign(SLICE(BODY), &other, 0, &text, &err));
    }
    note = note_of(text_slice(&text));
    assert_int_equal(note.count, 16);
    assert_false(note_signed(&note, &secret.key, NULL, &err));
    assert_int_equal(err.code, ERR_MISSING);
    assert_non_null(strstr(err.message, "另一把钥匙"));
    assert_true(note_sign(SLICE(BODY), &secret, 0, &text, &err));
    note = note_of(text_slice(&text));
    assert_true(note_signed(&note, &secret.key, NULL, &err));
    other = secret_of("other.example", NOTE_ED25519, 1);
    assert_false(note_signed(&note, &other.key, NULL, &err));
    assert_non_null(strstr(err.message, "没有 other.example 的签名"));
    text_release(&text);
}

static void a_false_signature_spoils_a_true_one_of_the_same_key(void **state)
{
    struct note_secret secret = secret_of("log.example", NOTE_ED25519, 1);
    struct note note;
    struct text text;
    struct err err;

    (void)state;
    text_init(&text);
    text_puts(&text, BODY "\n");
    assert_true(note_sign(SLICE(BODY), &secret, 0, &text, &err));
    assert_true(note_sign(SLICE("another text\n"), &secret, 0, &text, &err));
    note = note_of(text_slice(&text));
    assert_false(note_signed(&note, &secret.key, NULL, &err));
    assert_int_equal(err.code, ERR_CORRUPT);
    text_release(&text);
}

static void bad_keys_are_refused(void **state)
{
    static const char *const bad[] = {
        "", "name", "name+530d903a", "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2l",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv",
        "exa mple.com+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "exa\xE3\x80\x80mple+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", ("PRIVATE+KEY+" VKEY),
    };
    struct note_secret secret;
    struct note_key key;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (note_key_read(slice_of(bad[i]), &key, &err) || err.code != ERR_INVALID)
            fail_msg("taken for a key: %s", bad[i]);
    assert_false(note_secret_read(SLICE(VKEY), &secret, &err));
    assert_false(note_secret_read(SLICE("PRIVATE+KEY+" VKEY), &secret, &err)); /* the id is another's */
}

static void bad_checkpoints_are_told_by_name(void **state)
{
    static const char root[] = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    static const struct { const char *format, *complaint; } bad[] = {
        {"o\n5\n", "三行"}, {"o\n5\n%s", "三行"}, {"\n5\n%s\n", "名字"}, {"o\n05\n%s\n", "条数"}, {"o\n-5\n%s\n", "条数"},
        {"o\n\n%s\n", "条数"}, {"o\n9223372036854775808\n%s\n", "条数"}, {"o\n18446744073709551621\n%s\n", "条数"}, {"o\n5 \n%s\n", "条数"},
        {"o\n5\nA%s\n", "根"}, {"o\n5\nAAAA\n", "根"}, {"o\n5\n%s\n\nmore\n", "空行"},
    };
    char text[200];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct checkpoint checkpoint;
        const char *mark = strstr(bad[i].format, "%s");
        struct err err;

        snprintf(text, sizeof text, "%.*s%s%s", (int)(mark ? mark - bad[i].format : 100), bad[i].format, mark ? root : "",
                 mark ? mark + 2 : "");
        if (checkpoint_read(slice_of(text), &checkpoint, &err) || !strstr(err.message, bad[i].complaint))
            fail_msg("%zu: wanted %s, got %s", i, bad[i].complaint, err.message);
    }
}

static void a_checkpoint_of_another_log_is_refused(void **state)
{
    struct note_secret secret = secret_of("other.example", NOTE_ED25519, 1);
    struct checkpoint checkpoint;
    struct text text;
    struct err err;

    (void)state;
    text_init(&text);
    text_puts(&text, BODY "\n");
    assert_true(note_sign(SLICE(BODY), &secret, 0, &text, &err));
    assert_false(checkpoint_open(text_slice(&text), &secret.key, &checkpoint, &err));
    assert_non_null(strstr(err.message, "另一个账本"));
    text_release(&text);
}

/* --- proofs as text --- */

static void a_proof_comes_back_as_it_was_written(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        struct proof_text proof = {.kind = (enum proof_kind)kind, .number = 73894, .proof = {.count = 3},
                                   .leaf_len = kind == PROOF_INCLUSION ? 80 : 0, .checkpoint = SLICE(BODY "\n" LINE)}, back;
        struct text text, again;
        struct err err;

        for (int i = 0; i < 3; i++)
            memset(proof.proof.hashes[i], i + 1, TREE_HASH);
        memset(proof.leaf, 42, proof.leaf_len);
        text_init(&text);
        text_init(&again);
        proof_text_write(&proof, &text);
        assert_true(proof_text_read(text_slice(&text), &back, &err));
        assert_true(back.kind == proof.kind && back.number == 73894 && back.proof.count == 3 && back.leaf_len == proof.leaf_len);
        assert_true(slice_is(back.checkpoint, BODY "\n" LINE));
        proof_text_write(&back, &again);
        assert_true(slice_same(text_slice(&text), text_slice(&again)));
        text_release(&text);
        text_release(&again);
    }
}

static void bad_proofs_are_told_by_name(void **state)
{
    static const struct { const char *bytes, *complaint; } bad[] = {
        {"", "第一行"}, {"old 5", "第一行"}, {"old 05\n\n", "第一行"}, {"c2sp.org/tlog-proof@v2\nindex 1\n\n", "第一行"},
        {"c2sp.org/tlog-proof@v1\n", "第一行"}, {"c2sp.org/tlog-proof@v1\nindex -1\n\n", "index"},
        {"c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\n", "extra"}, {"c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n", "散列值"},
        {"c2sp.org/tlog-proof@v1\nindex 1\n", "空行"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct proof_text proof;
        struct err err;

        if (proof_text_read(slice_of(bad[i].bytes), &proof, &err) || !strstr(err.message, bad[i].complaint))
            fail_msg("%zu: wanted %s, got %s", i, bad[i].complaint, err.message);
    }
}

static void base64_has_one_spelling(void **state)
{
    static const char *const bad[] = {"A", "AA", "AAA", "AA=", "AB==", "AAB=", "AA==\n", " AA==", "AA-_", "AA==AA==", "====", "AA\xBF\xBF", "\xBF\xBF\xBF\xBF"};
    unsigned char bytes[8];
    size_t len;

    (void)state;
    assert_true(seal_unbase64(SLICE("AQID"), bytes, sizeof bytes, &len) && len == 3 && bytes[2] == 3);
    assert_true(seal_unbase64(SLICE(""), bytes, sizeof bytes, &len) && len == 0);
    assert_false(seal_unbase64(SLICE("AQIDBAUGBwgJ"), bytes, sizeof bytes, &len));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (seal_unbase64(slice_of(bad[i]), bytes, sizeof bytes, &len))
            fail_msg("taken for base64: %s", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_signed_note_verifies),
        cmocka_unit_test(the_example_of_tlog_checkpoint_is_read),
        cmocka_unit_test(each_kind_signs_and_is_read_again),
        cmocka_unit_test(the_standard_s_sm2_signature_verifies),
        cmocka_unit_test(no_byte_of_a_note_may_change),
        cmocka_unit_test(no_bit_of_a_signature_may_change),
        cmocka_unit_test(bad_notes_are_told_by_name),
        cmocka_unit_test(sixteen_signatures_are_taken_and_others_passed_over),
        cmocka_unit_test(a_false_signature_spoils_a_true_one_of_the_same_key),
        cmocka_unit_test(bad_keys_are_refused),
        cmocka_unit_test(bad_checkpoints_are_told_by_name),
        cmocka_unit_test(a_checkpoint_of_another_log_is_refused),
        cmocka_unit_test(a_proof_comes_back_as_it_was_written),
        cmocka_unit_test(bad_proofs_are_told_by_name),
        cmocka_unit_test(base64_has_one_spelling),
    };
    struct err err;

    if (!seal_start(&err))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
