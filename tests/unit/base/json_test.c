#include "cases.h"

#include "base/json.h"

static const struct {
    const char *name, *text;
} refused[] = {
    {"nothing", ""},
    {"blank", "  "},
    {"bare word", "tieqiao"},
    {"duplicate key", "{\"a\":1,\"a\":2}"},
    {"duplicate key by escape", "{\"a\":1,\"\\u0061\":2}"},
    {"trailing bytes", "{} {}"},
    {"trailing comma", "[1,]"},
    {"byte order mark", "\xEF\xBB\xBF{}"},
    {"comment", "{} // x"},
    {"NaN", "[NaN]"},
    {"infinity by exponent", "[1e400]"},
    {"integer of 30 digits", "[123456789012345678901234567890]"},
    {"escaped NUL", "[\"\\u0000\"]"},
    {"lone surrogate", "[\"\\ud800\"]"},
    {"bad UTF-8", "[\"\xC0\xAF\"]"},
    {"raw line end in a string", "[\"a\nb\"]"},
    {"cut", "{\"a\":"},
};

static void refuses_what_is_not_strict_json(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct err err = {0};
        json_t *json = json_read(slice_of(refused[i].text), &err);

        if (json)
            fail_msg("%s was taken", refused[i].name);
        assert_int_equal(err.code, ERR_INVALID);
        assert_true(err.message[0] != 0);
    }
}

static void refuses_a_raw_nul_byte(void **state)
{
    struct err err = {0};

    (void)state;
    assert_null(json_read((struct slice){"[1]\0", 4}, &err));
    assert_null(json_read((struct slice){"[\"a\0b\"]", 7}, &err));
}

static json_t *nested(int depth, struct err *err)
{
    struct text text;
    json_t *json;

    text_init(&text);
    for (int i = 0; i < depth; i++)
        text_putc(&text, '[');
    for (int i = 0; i < depth; i++)
        text_putc(&text, ']');
    json = json_read(text_slice(&text), err);
    text_release(&text);
    return json;
}

static void nests_sixty_four_deep_and_no_deeper(void **state)
{
    struct err err = {0};
    json_t *json = nested(64, &err);

    (void)state;
    assert_non_null(json);
    json_decref(json);
    assert_null(nested(65, &err));
    assert_non_null(strstr(err.message, "64"));
    assert_null(nested(100000, &err));
}

static void no_more_values_than_asked_for_are_taken(void **state)
{
    struct err err = {0};
    json_t *json = json_read_most(SLICE("[1,{\"a,[{\":\",,[\"},3]"), 5, &err);

    (void)state;
    assert_non_null(json);
    json_decref(json);
    assert_null(json_read_most(SLICE("[[],[],[]]"), 5, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

static void brackets_within_strings_are_no_depth(void **state)
{
    struct err err = {0};
    struct text text;
    json_t *json;

    (void)state;
    text_init(&text);
    text_puts(&text, "[\"\\\"");
    for (int i = 0; i < 200; i++)
        text_putc(&text, '[');
    text_puts(&text, "\"]");
    json = json_read(text_slice(&text), &err);
    assert_non_null(json);
    json_decref(json);
    text_release(&text);
}

static void names_the_line_of_a_fault(void **state)
{
    struct err err = {0};

    (void)state;
    assert_null(json_read(SLICE("{\n\"a\": 1,\n]"), &err));
    assert_int_equal(err.line, 3);
}

/* In Chinese alone, whatever the library says. */
static void says_what_is_wrong_and_where_in_the_file(void **state)
{
    static const struct {
        const char *text, *said;
    } faults[] = {
        {"{\"a\":", "第 7 行第 5 列附近不是有效的 JSON：没有写完"},
        {"{\"a\":1}\n{}", "第 8 行第 1 列附近不是有效的 JSON：后面多出了内容"},
        {"{\"a\":1,\"a\":2}", "同一个对象里有两个相同的名字"},
        {"[\"\xC0\xAF\"]", "有不是 UTF-8 的字节"},
        {"[\"\\u0000\"]", "含有空字符"},
        {"[1e400]", "数字太大"},
        {"[1,]", "第 7 行第 4 列附近不是有效的 JSON：写法不对"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct err err = {0};

        assert_null(json_read_line(slice_of(faults[i].text), 7, &err));
        if (!strstr(err.message, faults[i].said))
            fail_msg("%s: said %s", faults[i].text, err.message);
        for (const char *at = err.message; *at; at++)
            assert_false((*at >= 'a' && *at <= 'z'));
        assert_true(err.hint[0] && err.line >= 7);
    }
}

static void writes_compactly_in_the_order_given(void **state)
{
    struct err err = {0};
    struct text text;
    json_t *json = json_read(SLICE("{ \"b\": \"铁桥\", \"a\": [1, true, null] }"), &err);

    (void)state;
    assert_non_null(json);
    json_put(json, "c", SLICE("x\"y"));
    json_put_id(json, "id", INT64_MAX);
    text_init(&text);
    json_write(json, &text);
    assert_string_equal(text.at,
                        "{\"b\":\"铁桥\",\"a\":[1,true,null],\"c\":\"x\\\"y\",\"id\":\"9223372036854775807\"}");
    assert_true(slice_is(json_member(json, "b"), "铁桥"));
    assert_true(slice_is(json_member(json, "a"), ""));
    assert_true(slice_is(json_member(json, "none"), ""));
    json_decref(json);
    text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_is_not_strict_json),
        cmocka_unit_test(refuses_a_raw_nul_byte),
        cmocka_unit_test(nests_sixty_four_deep_and_no_deeper),
        cmocka_unit_test(no_more_values_than_asked_for_are_taken),
        cmocka_unit_test(brackets_within_strings_are_no_depth),
        cmocka_unit_test(names_the_line_of_a_fault),
        cmocka_unit_test(says_what_is_wrong_and_where_in_the_file),
        cmocka_unit_test(writes_compactly_in_the_order_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
