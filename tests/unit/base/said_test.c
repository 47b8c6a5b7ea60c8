/* Sentences: as printf would make them, and in another language with the same arguments. */
#include "cases.h"

#include "base/err.h"
#include "base/utf8.h"

/* --- a catalogue of two columns --- */

struct entry {
    const char *zh, *en;
};

static struct slice find(const void *catalogue, struct slice text)
{
    for (const struct entry *entry = catalogue; entry && entry->zh; entry++)
        if (slice_is(text, entry->zh))
            return slice_of(entry->en);
    return (struct slice){0};
}

static void is_said(const struct err *err, const struct entry *catalogue, const char *message, const char *hint)
{
    struct text out;

    text_init(&out);
    said_through(&err->said, slice_of(err->message), find, catalogue, &out);
    text_putc(&out, '|');
    said_through(&err->advised, slice_of(err->hint), find, catalogue, &out);
    if (strncmp(out.at, message, strlen(message)) != 0 || strcmp(out.at + strlen(message) + 1, hint) != 0)
        fail_msg("said \"%s\"", out.at);
    text_release(&out);
}

/* --- in Chinese --- */

__attribute__((format(printf, 2, 3))) static void as_printf_says(size_t size, const char *format, ...)
{
    char ours[512], theirs[512];
    struct said said;
    va_list args;

    va_start(args, format);
    said_make(&said, ours, size, format, args);
    va_end(args);
    va_start(args, format);
    vsnprintf(theirs, size, format, args);
    va_end(args);
    assert_string_equal(ours, theirs);
    assert_ptr_equal(said.format, format);
}

static void a_sentence_is_what_printf_makes_of_it(void **state)
{
    (void)state;
    as_printf_says(512, "没有参数");
    as_printf_says(512, "100%% 是 %s", "字");
    as_printf_says(512, "%d %d %ld %lld %zu", 0, -17, -1L, INT64_MIN + 0LL, SIZE_MAX);
    as_printf_says(512, "%u %lu %llu %c", 4000000000u, 5ul, ~0ull, 'x');
    as_printf_says(512, "%04d|%04d|%4d|%04X|%x|%02X", 7, -7, 7, 0x202Eu, 255u, 0x1234u);
    as_printf_says(512, "“%.*s”和“%.3s”和“%s”", 4, "abcdef", "abcdef", "");
    as_printf_says(8, "%s", "abcdefghijkl");
    as_printf_says(1, "%s", "abcdefghijkl");
    as_printf_says(12, "%d行%s", 123, "abcdefghijkl");
}

static void what_is_cut_is_cut_between_characters(void **state)
{
    struct err err;
    char endless[900];

    (void)state;
    err_set(&err, ERR_INVALID, "没有“%.*s”", 7, "轴承寿命");
    assert_string_equal(err.message, "没有“轴承”");
    err_set(&err, ERR_INVALID, "没有“%.6s”", "轴承寿命");
    assert_string_equal(err.message, "没有“轴承”");
    for (size_t i = 0; i + 3 < sizeof endless; i += 3)
        memcpy(endless + i, "轴", 4);
    for (int shift = 0; shift < 4; shift++) {
        err_set(&err, ERR_INVALID, "%.*s%s", shift, "abc", endless);
        assert_true(strlen(err.message) > sizeof err.message - 4);
        assert_int_equal(utf8_valid(slice_of(err.message)), strlen(err.message));
    }
}

/* --- in another language --- */

static const struct entry english[] = {
    {"%s有 %lld 个字", "%s has %lld characters"},
    {"需要 %lld 到 %lld 个字", "%2$lld at most, %1$lld at least"},
    {"没有找到单位“%.*s”", "No organisation called “%.*s”"},
    {"可填：%s", "One of: %s"},
    {"请稍后再试", "Please try again later"},
    {"增长 %d%%", "%d%% more"},
    {"需求名称", "Title"},
    {"转让", "Assignment"},
    {"许可", "Licence"},
    {"坏的 %s", "broken %s %s %n %"},
    {NULL, NULL},
};

static void a_sentence_is_said_with_the_same_arguments(void **state)
{
    struct err err;

    (void)state;
    err_set(&err, ERR_INVALID, "%s有 %lld 个字", "需求名称", 1LL);
    err_hint(&err, "需要 %lld 到 %lld 个字", 4LL, 200LL);
    is_said(&err, english, "Title has 1 characters", "200 at most, 4 at least");
    err_set(&err, ERR_INVALID, "增长 %d%%", 7);
    is_said(&err, english, "7% more", "");
}

static void what_was_given_is_not_translated_and_our_words_are(void **state)
{
    struct err err;

    (void)state;
    err_set(&err, ERR_INVALID, "没有找到单位“%.*s”", 6, "转让");
    err_hint(&err, "可填：%s", "转让、许可、其他");
    is_said(&err, english, "No organisation called “转让”", "One of: Assignment, Licence, 其他");
    err_set(&err, ERR_INVALID, "%s", "请稍后再试");
    is_said(&err, english, "Please try again later", "");
}

static void what_has_no_translation_stays_chinese(void **state)
{
    struct err err;

    (void)state;
    err_set(&err, ERR_INVALID, "第 %d 行", 3);
    is_said(&err, english, "第 3 行", "");
    is_said(&err, NULL, "第 3 行", "");
    err_clear(&err);
    is_said(&err, english, "", "");
}

static void a_broken_translation_does_no_harm(void **state)
{
    struct err err;

    (void)state;
    err_set(&err, ERR_INVALID, "坏的 %s", "许可");
    is_said(&err, english, "broken Licence  ", "");
}

static void a_cut_argument_is_cut_in_the_translation_too(void **state)
{
    struct entry catalogue[] = {{"%s%s", "%2$s, %1$s"}, {NULL, NULL}};
    char endless[900];
    struct err err;
    struct text out;

    (void)state;
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    err_set(&err, ERR_INVALID, "%s%s", endless, "gone");
    text_init(&out);
    said_through(&err.said, slice_of(err.message), find, catalogue, &out);
    assert_int_equal(out.len, sizeof err.message - 1 + 2);
    assert_memory_equal(out.at, ", xx", 4);
    text_release(&out);
}

static const struct {
    const char *format, *translation;
    bool fits;
} pairs[] = {
    {"没有", "None", true},
    {"第 %ld 行", "line %ld", true},
    {"第 %ld 行", "line %d", true}, /* digits are digits: they are text by then */
    {"第 %ld 行", "line %s", false},
    {"第 %ld 行", "line", false},
    {"没有", "None %s", false},
    {"没有", "%n", false},
    {"没有", "100 %", false},
    {"没有", "100%%", true},
    {"%s有 %zu 个", "%2$zu of %1$s", true},
    {"%s有 %zu 个", "%1$s of %1$s", false},
    {"%s有 %zu 个", "%2$s of %1$zu", false},
    {"%s有 %zu 个", "%3$zu of %1$s", false},
    {"“%.*s”", "“%s”", true},
    {"“%.60s”", "“%.60s”", true},
    {"%c", "%s", false},
    {"%d%d%d%d%d%d", "%d%d%d%d%d%d", true},
    {"%d%d%d%d%d%d%d", "%d%d%d%d%d%d%d", false}, /* more than a sentence may have */
};

static void a_translation_fits_or_does_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (said_fits(slice_of(pairs[i].format), slice_of(pairs[i].translation)) != pairs[i].fits)
            fail_msg("%s / %s", pairs[i].format, pairs[i].translation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_is_what_printf_makes_of_it),
        cmocka_unit_test(what_is_cut_is_cut_between_characters),
        cmocka_unit_test(a_sentence_is_said_with_the_same_arguments),
        cmocka_unit_test(what_was_given_is_not_translated_and_our_words_are),
        cmocka_unit_test(what_has_no_translation_stays_chinese),
        cmocka_unit_test(a_broken_translation_does_no_harm),
        cmocka_unit_test(a_cut_argument_is_cut_in_the_translation_too),
        cmocka_unit_test(a_translation_fits_or_does_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
