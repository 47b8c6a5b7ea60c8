#include "cases.h"

#include <pthread.h>

#include "base/ident.h"

static const struct {
    const char *typed, *code;
} good[] = {
    {"91350100M000100Y43", "91350100M000100Y43"},
    {"91440300708461136T", "91440300708461136T"},
    {"914403001922038216", "914403001922038216"},
    {"91110000600037341L", "91110000600037341L"},
    {"91350100m000100y43", "91350100M000100Y43"},
    {" 91350100M000100Y43\n", "91350100M000100Y43"},
    {"９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"},
};

static void accepts_and_normalises_true_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        struct err err = {0};
        char out[19] = "";

        if (!ident_uscc(slice_of(good[i].typed), out, &err))
            fail_msg("%s refused: %s", good[i].typed, err.message);
        assert_string_equal(out, good[i].code);
    }
}

static const struct {
    const char *typed, *said;
} bad[] = {
    {"", "填了 0 位"},
    {"91350100M000100Y4", "填了 17 位"},
    {"91350100M000100Y430", "填了 19 位"},
    {"91350100M000100Y44", "校验位"},
    {"91350100M000100O43", "I、O、Z、S、V"},
    {"91350100I000100Y43", "I、O、Z、S、V"},
    {"91350100Z000100Y43", "I、O、Z、S、V"},
    {"91350100s000100Y43", "I、O、Z、S、V"},
    {"91350100V000100Y43", "I、O、Z、S、V"},
    {"91350100M0001О0Y43", "数字和大写字母"}, /* Cyrillic О, U+041E */
    {"91350100M000100 Y4", "第 16 位"},
    {"91350100M00010-Y43", "第 15 位"},
    {"91350100M000100Y\xC0\xAF", "UTF-8"},
};

static void refuses_false_codes_and_says_why(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct err err = {0};
        char out[19];

        if (ident_uscc(slice_of(bad[i].typed), out, &err))
            fail_msg("%s accepted", bad[i].typed);
        if (!strstr(err.message, bad[i].said))
            fail_msg("%s: said %s", bad[i].typed, err.message);
    }
}

static const char set[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* The check digit by the book, apart from the code under test. */
static char check_of(const char *code)
{
    static const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    int sum = 0;

    for (int i = 0; i < 17; i++)
        sum += (int)(strchr(set, code[i]) - set) * weights[i];
    return set[(31 - sum % 31) % 31];
}

static void refuses_a_right_check_digit_over_a_wrong_part(void **state)
{
    static const struct {
        const char *code, *said;
    } parts[] = {
        {"91350100M000100Y5", "组织机构代码"}, /* position 17 of a true code moved by one */
        {"913501A0M000100Y4", "行政区划"},
        {"B1350100M000100Y4", "登记管理部门"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(parts); i++) {
        struct err err = {0};
        char code[19] = "", out[19];

        memcpy(code, parts[i].code, 17);
        code[17] = check_of(code);
        assert_false(ident_uscc(slice_of(code), out, &err));
        if (!strstr(err.message, parts[i].said))
            fail_msg("%s: said %s", code, err.message);
    }
}

static void catches_every_single_error_and_swap(void **state)
{
    struct err err;
    char out[19];

    (void)state;
    for (int at = 0; at < 18; at++) {
        for (const char *c = set; *c; c++) {
            char code[19] = "91350100M000100Y43";

            if (code[at] == *c)
                continue;
            code[at] = *c;
            assert_false(ident_uscc(slice_of(code), out, &err));
        }
    }
    for (int at = 0; at < 17; at++) {
        char code[19] = "91350100M000100Y43", kept = code[at];

        code[at] = code[at + 1];
        code[at + 1] = kept;
        if (code[at] != code[at + 1])
            assert_false(ident_uscc(slice_of(code), out, &err));
    }
}

static void ids_rise_even_when_the_clock_falls_back(void **state)
{
    int64_t now = INT64_C(1795376947000), last = 0;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t id = ident_next(now - (i % 3) * 1000);

        assert_true(id > last);
        last = id;
    }
}

enum { THREADS = 4, IDS = 20000 };

static void *draw(void *into)
{
    int64_t *ids = into;

    for (int i = 0; i < IDS; i++)
        ids[i] = ident_next(INT64_C(1795376950000));
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static void threads_never_share_an_id(void **state)
{
    static int64_t ids[THREADS * IDS];
    pthread_t threads[THREADS];

    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, draw, ids + (ptrdiff_t)i * IDS), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    qsort(ids, COUNT(ids), sizeof *ids, by_value);
    for (size_t i = 1; i < COUNT(ids); i++)
        assert_true(ids[i] > ids[i - 1]);
}

static void the_node_is_part_of_the_id(void **state)
{
    int64_t now = INT64_C(1795376990000);

    (void)state;
    ident_node(1023);
    assert_int_equal(ident_next(now) >> 12 & 1023, 1023);
    ident_node(0);
    assert_int_equal(ident_next(now) >> 12 & 1023, 0);
    assert_int_equal(ident_next(now) >> 22, now - INT64_C(1577836800000));
}

static void parses_ids_and_nothing_else(void **state)
{
    static const char *const no[] = {"", "0", "01", "-1", "+1", " 1", "1 ", "1a", "9223372036854775808",
                                     "99999999999999999999"};
    int64_t id = 5;

    (void)state;
    assert_true(ident_parse(SLICE("9223372036854775807"), &id));
    assert_int_equal(id, INT64_MAX);
    assert_true(ident_parse(SLICE("1"), &id));
    for (size_t i = 0; i < COUNT(no); i++)
        if (ident_parse(slice_of(no[i]), &id))
            fail_msg("'%s' parsed", no[i]);
    assert_int_equal(id, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_and_normalises_true_codes),
        cmocka_unit_test(refuses_false_codes_and_says_why),
        cmocka_unit_test(refuses_a_right_check_digit_over_a_wrong_part),
        cmocka_unit_test(catches_every_single_error_and_swap),
        cmocka_unit_test(ids_rise_even_when_the_clock_falls_back),
        cmocka_unit_test(threads_never_share_an_id),
        cmocka_unit_test(the_node_is_part_of_the_id),
        cmocka_unit_test(parses_ids_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
