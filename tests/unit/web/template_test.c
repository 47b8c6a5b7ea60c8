/* What the engine adds to Mustache: filters, translations, and what it refuses in a page. */
#include "../base/cases.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "web/template_int.h"

/* ---- a folder of its own for each test ---------------------------------------------------- */

static char folder[] = "/tmp/tieqiao-template-XXXXXX";
static struct arena arena;

static int folder_make(void **state)
{
    (void)state;
    arena_init(&arena);
    snprintf(folder, sizeof folder, "/tmp/tieqiao-template-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state)
{
    static const char *const names[] = {"page.html", "part.html", "en.po", "fr.po"};

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++)
        unlink(arena_print(&arena, "%s/%s", folder, names[i]));
    arena_release(&arena);
    return rmdir(folder);
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(arena_print(&arena, "%s/%s", folder, name), "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Renders page.html over a document in a language; the memory is the arena's. */
static const char *render(const char *document, const char *language)
{
    struct messages *messages = NULL;
    struct templates *templates = NULL;
    struct err err = {0};
    struct text out;
    json_t *json = json_read(slice_of(document), &err);
    struct template_view view = {json, language};
    const char *copy;

    text_init(&out);
    if (!json || !messages_open(folder, &messages, &err) || !templates_open(folder, messages, &templates, &err)
        || !template_render(templates, "page", &view, &out, &err))
        fail_msg("%s", err.message);
    copy = arena_text(&arena, text_slice(&out));
    text_release(&out);
    templates_close(templates);
    messages_close(messages);
    json_decref(json);
    return copy;
}

/* The complaint when the page is opened. */
static struct err complaint(void)
{
    struct messages *messages = NULL;
    struct templates *templates = NULL;
    struct err err = {0};

    if (messages_open(folder, &messages, &err) && templates_open(folder, messages, &templates, &err)) {
        templates_close(templates);
        messages_close(messages);
        fail_msg("opened without complaint");
    }
    messages_close(messages);
    return err;
}

/* ---- pages --------------------------------------------------------------------------------- */

static void a_page_refuses(void **state)
{
    static const struct {
        const char *page, *said;
        long line;
    } faults[] = {
        {"a\n{{{raw}}}", "不转义", 2},
        {"{{&raw}}", "不转义", 1},
        {"\n\n{{x|shout}}", "过滤器", 3},
        {"{{x|}}", "过滤器", 1},
        {"\n{{>nowhere}}", "没有模板 nowhere", 2},
        {"{{#a}}\n{{/b}}", "不一致", 2},
        {"{{#a}}", "没有结束", 1},
        {"{{/a}}", "多出", 1},
        {"x\n{{a", "没有结束", 2},
        {"{{}}", "没有名字", 1},
        {"{{a b}}", "名字写得不对", 1},
        {"{{a..b}}", "名字写得不对", 1},
        {"{{#a|yuan}}{{/a|yuan}}", "名字写得不对", 1},
        {"{{=x=}}", "分隔符", 1},
        {"<a href=\"{{url}}\">", "|link", 1},
        {"<img src=\"{{url|url}}\">", "|link", 1},
        {"<form action=\"{{url}}\">", "|link", 1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        struct err err;

        put("page.html", faults[i].page);
        err = complaint();
        if (!strstr(err.message, faults[i].said) || !strstr(err.message, "page"))
            fail_msg("%s: said %s", faults[i].page, err.message);
        assert_int_equal(err.line, faults[i].line);
    }
}

static void a_partial_is_found_by_name(void **state)
{
    (void)state;
    put("page.html", "<{{>part}}>");
    put("part.html", "{{name}}");
    assert_string_equal(render("{\"name\":\"铁桥\"}", "zh"), "<铁桥>");
}

static void a_page_that_includes_itself_ends_in_an_error(void **state)
{
    struct templates *templates;
    struct err err;
    struct text out;
    struct template_view view = {NULL, "zh"};

    (void)state;
    put("page.html", "a{{>page}}");
    assert_true(templates_open(folder, NULL, &templates, &err));
    text_init(&out);
    assert_false(template_render(templates, "page", &view, &out, &err));
    assert_non_null(strstr(err.message, "太深"));
    assert_false(template_render(templates, "none", &view, &out, &err));
    assert_int_equal(err.code, ERR_MISSING);
    text_release(&out);
    templates_close(templates);
}

static void a_stored_address_cannot_become_a_script(void **state)
{
    (void)state;
    put("page.html", "<a href=\"{{u|link}}\">");
    assert_string_equal(render("{\"u\":\"javascript:alert(1)\"}", "zh"), "<a href=\"\">");
    assert_string_equal(render("{\"u\":\"https://a.cn/?a=1&b=\\\"\"}", "zh"),
                        "<a href=\"https://a.cn/?a=1&amp;b=&quot;\">");
}

/* ---- filters ------------------------------------------------------------------------------- */

static const struct {
    const char *filter, *value, *zh, *en;
} filters[] = {
    {"yuan", "\"160000000\"", "160 万元", "CNY 1,600,000"},
    {"yuan", "\"15000000000\"", "1.5 亿元", "CNY 150,000,000"},
    {"yuan", "\"980050\"", "9,800.50 元", "CNY 9,800.50"},
    {"yuan", "5", "0.05 元", "CNY 0.05"},
    {"yuan", "\"-100\"", "-1 元", "-CNY 1"},
    {"plain", "\"160000000\"", "1600000.00", "1600000.00"},
    {"date", "1795363200000", "2026-11-23", "2026-11-23"},
    {"date", "\"2026-11-22\"", "2026-11-22", "2026-11-22"},
    {"minute", "1795363199999", "2026-11-22 23:59", "2026-11-22 23:59"},
    {"label", "{\"code\":\"license\",\"label\":\"许可\",\"label_en\":\"Licence\"}", "许可", "Licence"},
    {"label", "[{\"label\":\"许可\",\"label_en\":\"Licence\"},{\"label\":\"转让\"}]", "许可、转让", "Licence, 转让"},
    {"label", "\"许可\"", "许可", "许可"},
    {"label", "[]", "", ""},
    {"number", "1234567", "1,234,567", "1,234,567"},
    {"number", "-1234", "-1,234", "-1,234"},
    {"number", "-123", "-123", "-123"},
    {"number", "\"0\"", "0", "0"},
    {"level", "4", "强", "Strong"},
    {"level", "3", "较强", "Fair"},
    {"level", "2", "弱", "Weak"},
    {"level", "1", "无", "None"},
    {"percent", "3200", "32 %", "32 %"},
    {"percent", "1250", "12.5 %", "12.5 %"},
    {"percent", "1205", "12.05 %", "12.05 %"},
    {"percent", "-50", "-0.5 %", "-0.5 %"},
    {"size", "1023", "1,023 B", "1,023 B"},
    {"size", "1536", "1.5 KiB", "1.5 KiB"},
    {"size", "20971520", "20 MiB", "20 MiB"},
    {"url", "\"a b&铁/?\"", "a%20b%26%E9%93%81%2F%3F", "a%20b%26%E9%93%81%2F%3F"},
    {"link", "\"/needs/1?a=b\"", "/needs/1?a=b", "/needs/1?a=b"},
    {"link", "\"https://example.cn/\"", "https://example.cn/", "https://example.cn/"},
    {"yuan", "null", "", ""},
};

static void filters_show_values_in_both_languages(void **state)
{
    struct text out;

    (void)state;
    text_init(&out);
    for (size_t i = 0; i < COUNT(filters); i++) {
        json_t *value = json_loads(filters[i].value, JSON_DECODE_ANY, NULL);

        for (int english = 0; english < 2; english++) {
            const char *expected = english ? filters[i].en : filters[i].zh;

            text_clear(&out);
            text_puts(&out, "");
            assert_true(template_filter(filters[i].filter, value, english ? "en" : "zh", &out));
            if (!slice_is(text_slice(&out), expected))
                fail_msg("%s of %s: %s", filters[i].filter, filters[i].value, out.at);
        }
        json_decref(value);
    }
    text_release(&out);
}

static void filters_refuse_what_is_not_their_kind(void **state)
{
    static const struct {
        const char *filter, *value;
    } wrong[] = {
        {"yuan", "\"12.5\""},          {"yuan", "[1]"},        {"yuan", "1.5"},       {"date", "\"2026-13-01\""},
        {"minute", "{}"},              {"label", "1"},         {"label", "[1]"},      {"level", "5"},
        {"level", "0"},                {"percent", "\"x\""},   {"size", "-1"},        {"number", "true"},
        {"link", "\"javascript:x\""},  {"link", "\"//evil\""}, {"link", "\"/\\\\evil\""}, {"link", "\"data:text/html\""},
        {"link", "\"https:evil\""},    {"link", "\"https://a\\n\""}, {"link", "\"\""}, {"nosuch", "1"},
    };
    struct text out;

    (void)state;
    text_init(&out);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        json_t *value = json_loads(wrong[i].value, JSON_DECODE_ANY, NULL);

        assert_non_null(value);
        if (template_filter(wrong[i].filter, value, "zh", &out))
            fail_msg("%s took %s", wrong[i].filter, wrong[i].value);
        json_decref(value);
    }
    text_release(&out);
}

static void a_filtered_value_is_escaped_and_a_wrong_one_leaves_nothing(void **state)
{
    (void)state;
    put("page.html", "[{{a|label}}][{{b|yuan}}][{{none|date}}][{{a|url}}]");
    assert_string_equal(render("{\"a\":\"<b>\",\"b\":\"<i>\"}", "zh"), "[&lt;b&gt;][][][%3Cb%3E]");
}

/* ---- translation --------------------------------------------------------------------------- */

static const char po[] =
    "# a comment\n"
    "msgid \"\"\n"
    "msgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "\n"
    "#: pages/page.html:1\n"
    "msgid \"共 {{n|number}} 项\"\n"
    "msgstr \"{{n|number}} \"\n"
    "\"records\"\n"
    "\n"
    "#, fuzzy\n"
    "msgid \"猜的\"\n"
    "msgstr \"guessed\"\n"
    "\n"
    "msgid \"未译\"\n"
    "msgstr \"\"\n"
    "#~ msgid \"旧\"\n"
    "#~ msgstr \"old\"\n"
    "msgid \"引\\\"号\"\n"
    "msgstr \"a \\\"quote\\\"\"\n";

static void a_message_is_translated_with_its_tags(void **state)
{
    (void)state;
    put("en.po", po);
    put("page.html", "<p>{{#_}}共 {{n|number}} 项{{/_}}</p>{{#_}}猜的{{/_}}{{#_}}未译{{/_}}{{#_}}引\"号{{/_}}{{#_}}旧{{/_}}");
    assert_string_equal(render("{\"n\":12345}", "en"), "<p>12,345 records</p>猜的未译a \"quote\"旧");
    assert_string_equal(render("{\"n\":12345}", "zh"), "<p>共 12,345 项</p>猜的未译引\"号旧");
    assert_string_equal(render("{\"n\":12345}", "xx"), "<p>共 12,345 项</p>猜的未译引\"号旧");
}

static void a_message_over_several_lines_has_one_id(void **state)
{
    (void)state;
    put("en.po", "msgid \"one two\"\nmsgstr \"eins\"\n");
    put("page.html", "{{#_}}\n  one\n  two\n{{/_}}");
    assert_string_equal(render("{}", "en"), "eins");
}

static void a_translation_may_include_and_nest(void **state)
{
    (void)state;
    put("en.po", "msgid \"{{#a}}有 {{b}}{{/a}}{{>part}}\"\nmsgstr \"{{>part}}{{#a}}has {{b}}{{/a}}\"\n");
    put("part.html", "|");
    put("page.html", "{{#_}}{{#a}}有 {{b}}{{/a}}{{>part}}{{/_}}");
    assert_string_equal(render("{\"a\":{\"b\":\"<\"}}", "en"), "|has &lt;");
    assert_string_equal(render("{\"a\":{\"b\":\"<\"}}", "zh"), "有 &lt;|");
}

static void a_bad_translation_is_found_at_start(void **state)
{
    struct err err;

    (void)state;
    put("page.html", "\n{{#_}}价 {{p}}{{/_}}");
    put("en.po", "msgid \"价 {{p}}\"\nmsgstr \"price {{p\"\n");
    err = complaint();
    assert_non_null(strstr(err.message, "没有结束"));
    assert_non_null(strstr(err.hint, "第 2 行"));
}

static void a_broken_po_file_is_named_with_its_line(void **state)
{
    static const struct {
        const char *po, *said;
        long line;
    } faults[] = {
        {"msgid \"a\"\nmsgstr \"b\n", "引号", 2},
        {"msgid a\n", "引号", 1},
        {"msgid \"a\\q\"\n", "转义", 1},
        {"msgstr \"a\"\n", "msgid", 1},
        {"\nmsgctxt \"menu\"\n", "只认", 2},
        {"msgid_plural \"a\"\n", "只认", 1},
        {"\"loose\"\n", "只认", 1},
        {"msgid \"\xC0\xAF\"\n", "UTF-8", 0},
        {"#, c-format\nmsgid \"第 %d 行\"\nmsgstr \"line %s\"\n", "%", 2},
        {"#, c-format\nmsgid \"第 %d 行\"\nmsgstr \"line %d %d\"\n\nmsgid \"a\"\n", "%", 2},
        {"#, c-format\nmsgid \"a\"\nmsgstr \"%n\"\n#: b\n", "%", 2},
    };

    (void)state;
    put("page.html", "");
    for (size_t i = 0; i < COUNT(faults); i++) {
        struct err err;

        put("en.po", faults[i].po);
        err = complaint();
        if (!strstr(err.message, faults[i].said) || !strstr(err.message, "en.po"))
            fail_msg("%s: said %s", faults[i].po, err.message);
        assert_int_equal(err.line, faults[i].line);
    }
}

static void languages_are_told_apart(void **state)
{
    (void)state;
    put("en.po", "msgid \"桥\"\nmsgstr \"bridge\"\n");
    put("fr.po", "msgid \"桥\"\nmsgstr \"pont\"\n");
    put("page.html", "{{#_}}桥{{/_}}");
    assert_string_equal(render("{}", "en"), "bridge");
    assert_string_equal(render("{}", "fr"), "pont");
    assert_string_equal(render("{}", "zh"), "桥");
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_page_refuses),
        IN_A_FOLDER(a_partial_is_found_by_name),
        IN_A_FOLDER(a_page_that_includes_itself_ends_in_an_error),
        IN_A_FOLDER(a_stored_address_cannot_become_a_script),
        cmocka_unit_test(filters_show_values_in_both_languages),
        cmocka_unit_test(filters_refuse_what_is_not_their_kind),
        IN_A_FOLDER(a_filtered_value_is_escaped_and_a_wrong_one_leaves_nothing),
        IN_A_FOLDER(a_message_is_translated_with_its_tags),
        IN_A_FOLDER(a_message_over_several_lines_has_one_id),
        IN_A_FOLDER(a_translation_may_include_and_nest),
        IN_A_FOLDER(a_bad_translation_is_found_at_start),
        IN_A_FOLDER(a_broken_po_file_is_named_with_its_line),
        IN_A_FOLDER(languages_are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
