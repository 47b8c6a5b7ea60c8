#include "cases.h"

#include "base/text.h"
#include "base/utf8.h"

static const struct {
    const char *bytes;
    size_t bad_at;
} broken[] = {
    {"\xC0\xAF", 0},                   /* overlong */
    {"\xC1\xBF", 0},
    {"\xE0\x9F\xBF", 0},
    {"\xF0\x8F\xBF\xBF", 0},
    {"\xED\xA0\x80", 0},               /* surrogate */
    {"\xED\xBF\xBF", 0},
    {"\xF4\x90\x80\x80", 0},           /* above U+10FFFF */
    {"\xF5\x80\x80\x80", 0},
    {"\xF8\x88\x80\x80\x80", 0},       /* five bytes */
    {"\xFF", 0},
    {"\x80", 0},
    {"ab\xE4\xB8", 2},                 /* cut */
    {"\xE9\x93\x81\xE4\xB8", 3},
    {"12345678\xF0\x9F\x98", 8},
    {"1234567890\xE4" "a", 10},
};

static void finds_the_first_byte_that_is_not_utf8(void **state)
{
    static const char *const fine[] = {"", "a", "铁桥", "𠮷野家", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80",
                                       "abcdefgh 铁桥 abcdefgh"};

    (void)state;
    for (size_t i = 0; i < COUNT(broken); i++)
        assert_int_equal(utf8_valid(slice_of(broken[i].bytes)), broken[i].bad_at);
    for (size_t i = 0; i < COUNT(fine); i++)
        assert_int_equal(utf8_valid(slice_of(fine[i])), strlen(fine[i]));
}

static void every_code_point_goes_out_and_comes_back(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        char bytes[4];
        uint32_t again;
        size_t len;

        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        len = utf8_put(code, bytes);
        if (utf8_valid((struct slice){bytes, len}) != len || utf8_next(bytes, &again) != len || again != code)
            fail_msg("U+%04X", code);
    }
}

static void counts_and_cuts_by_character(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(SLICE("a铁𠮷")), 3);
    assert_true(slice_is(utf8_head(SLICE("a铁𠮷b"), 3), "a铁𠮷"));
    assert_true(slice_is(utf8_head(SLICE("a铁"), 9), "a铁"));
    assert_int_equal(utf8_head(SLICE("铁"), 0).len, 0);
}

static const struct {
    const char *text;
    bool prose, name;
    const char *said;
} typed[] = {
    {"兰州铁桥", true, true, NULL},
    {"第一行\r\n\t第二行", true, false, "换行"},
    {"〇㙓𫖯", true, true, NULL},
    {"a\x01", false, false, "控制字符"},
    {"a\x7F", false, false, "控制字符"},
    {"a\xC2\x85", false, false, "控制字符"},
    {"abc\xE2\x80\xAE" "def", false, false, "方向"},   /* U+202E */
    {"\xE2\x81\xA6", false, false, "方向"},            /* U+2066 */
    {"\xE2\x81\xA9", false, false, "方向"},            /* U+2069 */
    {"\xF3\xA0\x81\x81", false, false, "标签"},        /* U+E0041 */
    {"铁\xE2\x80\x8B桥", true, false, "零宽"},         /* U+200B */
    {"\xEF\xBB\xBF铁", true, false, "零宽"},           /* U+FEFF */
    {"\xC0\xAF", false, false, "UTF-8"},
};

static void keeps_out_what_must_not_come_in(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(typed); i++) {
        struct err err = {0};
        bool prose = utf8_check(slice_of(typed[i].text), false, &err);
        bool name = utf8_check(slice_of(typed[i].text), true, &err);

        if (prose != typed[i].prose || name != typed[i].name)
            fail_msg("case %zu: prose %d, name %d", i, prose, name);
        if (typed[i].said && !strstr(err.message, typed[i].said))
            fail_msg("case %zu: said %s", i, err.message);
    }
}

static void names_the_character_that_offends(void **state)
{
    struct err err = {0};

    (void)state;
    assert_false(utf8_check((struct slice){"铁桥\0", 7}, false, &err));
    assert_non_null(strstr(err.message, "第 3 个字"));
}

static void allows_eight_marks_on_a_base_and_no_more(void **state)
{
    struct text text;
    struct err err = {0};

    (void)state;
    text_init(&text);
    for (int round = 0; round < 2; round++) {
        text_puts(&text, "e");
        for (int i = 0; i < 8; i++)
            text_puts(&text, "\xCC\x81");
    }
    assert_true(utf8_check(text_slice(&text), false, &err));
    text_puts(&text, "\xCC\x81");
    assert_false(utf8_check(text_slice(&text), false, &err));
    assert_non_null(strstr(err.message, "附加符号"));
    text_release(&text);
}

static void a_document_is_cleaned_of_what_nobody_sees(void **state)
{
    struct arena arena;
    struct slice text;
    struct err err;

    (void)state;
    arena_init(&arena);
    text = utf8_clean(SLICE("一\x01页\x7F\xC2\x85\t\f\xE2\x80\xAE二\n"), &arena);
    assert_true(slice_is(text, "一页\t\f二\n"));
    assert_true(utf8_check(utf8_one_page(text, &arena), false, &err));
    assert_true(slice_is(utf8_one_page(text, &arena), "一页\t\n二\n"));
    arena_release(&arena);
}

static void normalises_width_and_ligatures(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    assert_true(slice_is(utf8_nfkc(SLICE("①５ｋｍ"), &arena), "15km"));
    assert_true(slice_is(utf8_nfkc(SLICE("plain"), &arena), "plain"));
    assert_true(slice_is(utf8_nfkc(SLICE(""), &arena), ""));
    assert_true(slice_is(utf8_nfkc(SLICE("𠮷"), &arena), "𠮷"));
    /* U+FDFA grows eighteenfold: the second, larger try */
    assert_int_equal(utf8_count(utf8_nfkc(SLICE("ﷺﷺﷺ"), &arena)), 54);
    arena_release(&arena);
}

static void names_are_compared_by_letters_digits_and_characters(void **state)
{
    static const char *const cases[][2] = {
        {"含沙介质 轴承", "含沙介质轴承"}, {"Hello, World-2", "helloworld2"}, {"预算(万元)*", "预算万元"},
        {"《泵》、“阀”…", "泵阀"},        {"\xC2\xA0x\xE2\x80\x8B", "\xC2\xA0x"}, {"Ünïcode", "Ünïcode"}, {" -_/ ", ""}, {"", ""},
    };
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(arena_text(&arena, utf8_key(slice_of(cases[i][0]), &arena)), cases[i][1]);
    arena_release(&arena);
}

static void orders_places_by_pinyin(void **state)
{
    static const char *const places[] = {"安徽", "北京", "重庆", "兰州", "上海", "天水", "浙江"};
    struct arena arena;
    struct slice last = SLICE("");

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT(places); i++) {
        struct slice key = utf8_sort_key(slice_of(places[i]), &arena);

        assert_true(strcmp(last.at, key.at) < 0);
        assert_int_equal(strlen(key.at), key.len);
        last = key;
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_first_byte_that_is_not_utf8),
        cmocka_unit_test(every_code_point_goes_out_and_comes_back),
        cmocka_unit_test(counts_and_cuts_by_character),
        cmocka_unit_test(keeps_out_what_must_not_come_in),
        cmocka_unit_test(names_the_character_that_offends),
        cmocka_unit_test(allows_eight_marks_on_a_base_and_no_more),
        cmocka_unit_test(a_document_is_cleaned_of_what_nobody_sees),
        cmocka_unit_test(normalises_width_and_ligatures),
        cmocka_unit_test(names_are_compared_by_letters_digits_and_characters),
        cmocka_unit_test(orders_places_by_pinyin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
