#include "cases.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "base/utf8.h"

static void a_text_grows_and_stays_terminated(void **state)
{
    struct text text;

    (void)state;
    text_init(&text);
    assert_int_equal(text_slice(&text).len, 0);
    for (int i = 0; i < 10000; i++) {
        text_putc(&text, (char)('a' + i % 26));
        assert_int_equal(text.at[text.len], 0);
    }
    assert_int_equal(text.len, 10000);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(text.at[i], 'a' + i % 26);
    text_release(&text);
}

static void a_text_keeps_nul_bytes_and_prints(void **state)
{
    struct text text;
    char *mine;

    (void)state;
    text_init(&text);
    text_add(&text, "a\0b", 3);
    text_print(&text, "%d-%s", 42, "x");
    text_number(&text, INT64_MIN);
    text_add_slice(&text, SLICE("!"));
    assert_int_equal(text.len, 3 + 4 + 20 + 1);
    assert_memory_equal(text.at, "a\0b42-x-9223372036854775808!", text.len);
    text_clear(&text);
    assert_int_equal(text.len, 0);
    text_puts(&text, "again");
    mine = text_detach(&text);
    assert_string_equal(mine, "again");
    assert_null(text.at);
    free(mine);
}

static void an_arena_hands_out_apart_and_aligned(void **state)
{
    struct arena arena;
    unsigned char *last = NULL;

    (void)state;
    arena_init(&arena);
    for (size_t size = 1; size < 3000; size += 7) {
        unsigned char *at = arena_alloc(&arena, size);

        assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
        memset(at, 0xAB, size);
        assert_ptr_not_equal(at, last);
        last = at;
    }
    assert_true(arena.used >= 3000);
    arena_reset(&arena);
    assert_int_equal(arena.used, 0);
    last = arena_zero(&arena, 100, 16);
    for (int i = 0; i < 1600; i++)
        assert_int_equal(last[i], 0);
    arena_release(&arena);
}

static void an_arena_copies_and_prints(void **state)
{
    struct arena arena;
    char typed[] = "铁桥 rest";
    struct slice copy;

    (void)state;
    arena_init(&arena);
    copy = arena_copy(&arena, (struct slice){typed, 6});
    memset(typed, 'x', sizeof typed);
    assert_string_equal(copy.at, "铁桥");
    assert_int_equal(copy.len, 6);
    assert_string_equal(arena_text(&arena, SLICE("")), "");
    assert_string_equal(arena_print(&arena, "%s-%05d", "k", 7), "k-00007");
    assert_int_equal(strlen(arena_print(&arena, "%9000d", 1)), 9000);
    arena_release(&arena);
}

static void a_slice_is_trimmed_of_wide_spaces_too(void **state)
{
    (void)state;
    assert_true(slice_is(slice_trim(SLICE(" \t　铁 桥　\r\n")), "铁 桥"));
    assert_int_equal(slice_trim(SLICE(" 　 ")).len, 0);
    assert_int_equal(slice_trim(SLICE("")).len, 0);
}

static void a_slice_is_cut_into_pieces(void **state)
{
    struct slice rest = SLICE("a,,b"), piece;
    const char *const expected[] = {"a", "", "b"};
    size_t n = 0;

    (void)state;
    while (slice_cut(&rest, ',', &piece))
        assert_true(n < 3 && slice_is(piece, expected[n++]));
    assert_int_equal(n, 3);
}

static void an_err_carries_all_it_was_told(void **state)
{
    struct err err;

    (void)state;
    assert_false(err_set(&err, ERR_INVALID, "第 %d 行", 3));
    assert_false(err_field(&err, "price"));
    assert_false(err_line(&err, 3));
    assert_false(err_hint(&err, "改为 %s", "数字"));
    assert_string_equal(err.message, "第 3 行");
    assert_string_equal(err.field, "price");
    assert_string_equal(err.hint, "改为 数字");
    assert_int_equal(err.line, 3);
    assert_false(err_set(&err, ERR_BUSY, "忙"));
    assert_string_equal(err.field, "");
    assert_string_equal(err.hint, "");
}

static void an_err_is_never_cut_within_a_character(void **state)
{
    struct err err;
    char long_text[1000];

    (void)state;
    for (size_t shift = 0; shift < 3; shift++) {
        memcpy(long_text, "abc", 3);
        for (size_t i = 0; i < 300; i++)
            memcpy(long_text + shift + 3 * i, "厂", 4);
        err_set(&err, ERR_INVALID, "%s", long_text);
        err_hint(&err, "%.61s。", long_text);
        err_field(&err, long_text);
        assert_int_equal(utf8_valid(slice_of(err.message)), strlen(err.message));
        assert_int_equal(utf8_valid(slice_of(err.hint)), strlen(err.hint));
        assert_int_equal(utf8_valid(slice_of(err.field)), strlen(err.field));
        assert_true(strlen(err.message) > sizeof err.message - 4);
        assert_non_null(strstr(err.hint, "厂。"));
    }
}

static void every_err_code_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int a = 0; a < ERR_CODE_COUNT; a++) {
        assert_non_null(err_name((enum err_code)a));
        for (int b = 0; b < a; b++)
            assert_string_not_equal(err_name((enum err_code)a), err_name((enum err_code)b));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows_and_stays_terminated),
        cmocka_unit_test(a_text_keeps_nul_bytes_and_prints),
        cmocka_unit_test(an_arena_hands_out_apart_and_aligned),
        cmocka_unit_test(an_arena_copies_and_prints),
        cmocka_unit_test(a_slice_is_trimmed_of_wide_spaces_too),
        cmocka_unit_test(a_slice_is_cut_into_pieces),
        cmocka_unit_test(an_err_carries_all_it_was_told),
        cmocka_unit_test(an_err_is_never_cut_within_a_character),
        cmocka_unit_test(every_err_code_has_a_name_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
