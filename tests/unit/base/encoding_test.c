#include "base/encoding.h"

#include "cases.h"

/* "轴承寿命" in each. */
#define GB "\xD6\xE1\xB3\xD0\xCA\xD9\xC3\xFC"
#define LITTLE "\x74\x8F\x7F\x62\xFF\x5B\x7D\x54"
#define BIG "\x8F\x74\x62\x7F\x5B\xFF\x54\x7D"

static struct slice bytes(const char *at, size_t len)
{
    return (struct slice){at, len};
}

static void is_read_whatever_it_was_written_in(void **state)
{
    const struct slice cases[] = {
        SLICE("轴承寿命"), SLICE("\xEF\xBB\xBF轴承寿命"), SLICE(GB), SLICE("\x84\x31\x95\x33" GB),
        bytes("\xFF\xFE" LITTLE, 10), bytes("\xFE\xFF" BIG, 10),
    };
    struct arena arena;
    struct err err;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct slice text;

        assert_true(encoding_read(cases[i], &arena, &text, &err));
        assert_true(slice_is(text, "轴承寿命"));
    }
    arena_release(&arena);
}

static void what_is_no_text_is_refused(void **state)
{
    const struct slice cases[] = {
        bytes("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16), bytes("a\0b", 3), bytes("\xFF\xFE\x00\xD8\x41\x00", 6), SLICE("\xC0\xC1\xFF\xFF\xFF"),
        bytes("\xFF\xFE\x41", 3),
    };
    struct arena arena;
    struct slice text;
    struct err err;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_false(encoding_read(cases[i], &arena, &text, &err));
        assert_string_equal(err.message, "文件里的不是文字");
    }
    arena_release(&arena);
}

/* A few damaged bytes must not turn a whole page into other characters. */
static void damaged_utf8_is_no_other_encoding(void **state)
{
    struct arena arena;
    struct slice text;
    struct err err;

    (void)state;
    arena_init(&arena);
    assert_false(encoding_read(SLICE("离心泵轴承寿命要提到八千小时\xE5\x8D"), &arena, &text, &err));
    assert_string_equal(err.message, "第 15 个字不是有效的 UTF-8");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_read_whatever_it_was_written_in),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(damaged_utf8_is_no_other_encoding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
