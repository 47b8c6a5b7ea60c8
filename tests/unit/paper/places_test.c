/* Places in a Word template: found across runs, filled, repeated; what is wrong with a template is named. */
#include "cases.h"

#include "paper/places.h"

#include "base/text.h"

#define P(runs) "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr>" runs "</w:p>"
#define T(text) "<w:r><w:rPr><w:b/></w:rPr><w:t>" text "</w:t></w:r>"
#define TC(runs) "<w:tc>" P(runs) "</w:tc>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define DOC(body) "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>" body "</w:body></w:document>"

static const struct paper_cell columns[] = {{"姓名", .width = 10}, {"金额", .width = 10, .money = true}};
static const struct paper_block blocks[] = {{PAPER_TABLE, .rows = "人员", .cells = columns, .count = 2}, {PAPER_NOTE, "{{空着的}}", .when = "备注"}};
static const struct paper_form form = {"sample", "示例", "Sample", .blocks = blocks, .count = 2};

static void sample(struct arena *arena, struct paper_fill *fill)
{
    fill_init(fill, arena);
    fill_put(&fill->values, "成果名称", SLICE("<轴承> & “涂层”"));
    fill_put(&fill->values, "两行", SLICE("甲\n乙"));
    fill_put(&fill->values, "没有", SLICE(""));
    fill_put(&fill->values, "怪字", SLICE("a\x01\xEF\xBF\xBE"
                                          "b"));
    for (int i = 0; i < 2; i++) {
        struct paper_values *row = fill_row(fill, "人员");

        fill_put(row, "姓名", i ? SLICE("乙某") : SLICE("甲某"));
        fill_money(row, "金额", i ? 100 : 123456789);
    }
}

/* What is left when the marks of formatting are taken out, paragraphs parted by '|', rows by '/'. */
static void plain(struct slice xml, struct text *out)
{
    for (size_t i = 0; i < xml.len; i++) {
        if (xml.at[i] != '<') {
            text_putc(out, xml.at[i]);
            continue;
        }
        if (xml.len - i > 5 && memcmp(xml.at + i, "</w:p>", 6) == 0)
            text_putc(out, '|');
        if (xml.len - i > 6 && memcmp(xml.at + i, "</w:tr>", 7) == 0)
            text_putc(out, '/');
        if (xml.len - i > 6 && memcmp(xml.at + i, "<w:br/>", 7) == 0)
            text_putc(out, '~');
        while (xml.at[i] != '>')
            i++;
    }
}

static const struct {
    const char *why, *xml, *made;
} good[] = {
    {"one run", DOC(P(T("名称：{{成果名称}}。"))), "名称：&lt;轴承&gt; &amp; “涂层”。|"},
    {"cut into runs as Word does", DOC(P(T("名称：{") T("{成果") T("名称") T("}}。"))), "名称：&lt;轴承&gt; &amp; “涂层”。|"},
    {"two in a run, one over three", DOC(P(T("{{姓名}}{{成果名称}}{{") T("两") T("行}}！"))), "&lt;轴承&gt; &amp; “涂层”甲~乙！|"},
    {"full-width braces and blanks", DOC(P(T("｛｛ 两行 ｝｝"))), "甲~乙|"},
    {"characters that XML forbids", DOC(P(T("{{怪字}}"))), "ab|"},
    {"a brace that opens no place", DOC(P(T("{a} {{ b")) P(T("c }}"))), "{a} {{ b|c }}|"},
    {"what a form knows and nobody filled", DOC(P(T("[{{空着的}}]"))), "[]|"},
    {"a row for each", DOC("<w:tbl>" TR(TC(T("头"))) TR(TC(T("{{#人员}}{{姓") T("名}}")) TC(T("{{金额}}{{/人员}}"))) TR(TC(T("尾"))) "</w:tbl>"),
     "头|/甲某|1,234,567.89|/乙某|1.00|/尾|/"},
    {"paragraphs, their marks alone", DOC(P(T("前")) P(T("{{#人员}}")) P(T("{{姓名}}")) P(T("{{金额}}")) P(T("{{/人员}}")) P(T("后"))),
     "前|甲某|1,234,567.89|乙某|1.00|后|"},
    {"a paragraph that holds both marks", DOC(P(T("{{＃人员}}{{姓名}}；{{／人员}}"))), "甲某；|乙某；|"},
    {"kept where there is a value", DOC(P(T("{{#两行}}有{{/两行}}")) P(T("{{#没有}}无{{/没有}}")) P(T("完"))), "有|完|"},
    {"text boxes lie in paragraphs", DOC(P("<w:r><w:pict>" P(T("{{两行}}")) "</w:pict></w:r>" T("外{{成果名称}}"))), "甲~乙|外&lt;轴承&gt; &amp; “涂层”|"},
    {"an empty run", DOC("<w:p/>" P("<w:r><w:t/></w:r>" T("{{两行}}"))), "甲~乙|"},
    {"values of a row stand before those of all", DOC(P(T("{{#人员}}{{成果名称}}{{/人员}}"))), "&lt;轴承&gt; &amp; “涂层”|&lt;轴承&gt; &amp; “涂层”|"},
};

static void places_are_filled(void **state)
{
    struct paper_fill fill;
    struct arena arena;

    (void)state;
    arena_init(&arena);
    sample(&arena, &fill);
    for (size_t i = 0; i < COUNT(good); i++) {
        struct err err = {0};
        struct text made, seen;

        text_init(&made);
        text_init(&seen);
        if (!places_fill("document.xml", slice_of(good[i].xml), &form, &fill, &made, &err))
            fail_msg("%s: %s", good[i].why, err.message);
        plain(text_slice(&made), &seen);
        if (!slice_is(text_slice(&seen), good[i].made))
            fail_msg("%s: %s", good[i].why, seen.at);
        text_release(&seen);
        text_release(&made);
    }
    arena_release(&arena);
}

static const struct {
    const char *why, *xml, *says;
} bad[] = {
    {"a name that no form knows", DOC(P(T("{{成交而}}"))), "{{成交而}} 不认得"},
    {"a section left open", DOC(P(T("{{#人员}}{{姓名}}"))), "没有结尾"},
    {"a section that was never opened", DOC(P(T("{{/人员}}"))), "没有开头"},
    {"closed by another name", DOC(P(T("{{#人员}}")) P(T("{{/两行}}"))), "没有开头"},
    {"a section in a section", DOC(P(T("{{#人员}}")) P(T("{{#两行}}{{/两行}}")) P(T("{{/人员}}"))), "写在另一节里面"},
    {"two in one row", DOC("<w:tbl>" TR(TC(T("{{#人员}}{{/人员}}")) TC(T("{{#两行}}{{/两行}}"))) "</w:tbl>"), "同一行或同一段"},
    {"half in a table", DOC(P(T("{{#人员}}")) "<w:tbl>" TR(TC(T("{{/人员}}"))) "</w:tbl>"), "一个在表格外"},
    {"no XML", "PK\x03\x04", "不是完好的 Word 正文"},
    {"cut short", "<w:document xmlns:w=\"w\"><w:body><w:p>", "不是完好的 Word 正文"},
    {"entities of its own", "<!DOCTYPE a [<!ENTITY b \"c\">]><w:document xmlns:w=\"w\"/>", "不是完好的 Word 正文"},
    {"empty", "", "不是完好的 Word 正文"},
};

static void what_is_wrong_is_named(void **state)
{
    struct paper_fill fill;
    struct arena arena;

    (void)state;
    arena_init(&arena);
    sample(&arena, &fill);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct err err = {0};
        struct text made;

        text_init(&made);
        if (places_fill("document.xml", slice_of(bad[i].xml), &form, &fill, &made, &err))
            fail_msg("%s: it was taken", bad[i].why);
        if (err.code != ERR_INVALID || !strstr(err.message, bad[i].says))
            fail_msg("%s: %s", bad[i].why, err.message);
        assert_int_equal(made.len, 0);
        text_release(&made);
    }
    arena_release(&arena);
}

/* Paragraphs nested beyond any document are refused, not followed. */
static void nesting_has_an_end(void **state)
{
    struct paper_fill fill;
    struct arena arena;
    struct text xml, made;
    struct err err = {0};

    (void)state;
    arena_init(&arena);
    sample(&arena, &fill);
    text_init(&xml);
    text_init(&made);
    text_puts(&xml, "<w:document xmlns:w=\"w\">");
    for (int i = 0; i < 1000; i++)
        text_puts(&xml, "<w:p><w:tr>");
    for (int i = 0; i < 1000; i++)
        text_puts(&xml, "</w:tr></w:p>");
    text_puts(&xml, "</w:document>");
    assert_false(places_fill("document.xml", text_slice(&xml), &form, &fill, &made, &err));
    text_release(&made);
    text_release(&xml);
    arena_release(&arena);
}

/* A template whose bytes were changed is filled or refused; nothing worse (run with sanitizers by ./check). */
static void a_damaged_template_does_no_harm(void **state)
{
    const char *whole = good[7].xml; /* a table with a section over runs */
    uint64_t random = 20261128;
    struct paper_fill fill;
    struct arena arena;
    int taken = 0;

    (void)state;
    arena_init(&arena);
    sample(&arena, &fill);
    for (int i = 0; i < 20000; i++) {
        struct err err = {0};
        struct text xml, made;

        text_init(&xml);
        text_init(&made);
        text_puts(&xml, whole);
        for (int changes = 1 + (int)(random_next(&random) % 3); changes > 0; changes--)
            xml.at[random_next(&random) % xml.len] = "{}#/<>a\xE4"[random_next(&random) % 8];
        taken += places_fill("document.xml", text_slice(&xml), &form, &fill, &made, &err);
        assert_true(made.len > 0 || err.code == ERR_INVALID);
        text_release(&made);
        text_release(&xml);
    }
    assert_true(taken > 100 && taken < 19900);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_filled),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(a_damaged_template_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
