/* One form of each sort of block, as PDF, XLSX and DOCX, read back by our own reader: figures, Chinese, hostile values, many rows. */
#include "cases.h"

#include "paper/paper.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/money.h"
#include "base/text.h"
#include "file/reader.h"
#include "paper/parts.h"
#include "paper/qr.h"

static const char *reader, *folder;

static const struct paper_cell facts[] = {{"成果名称", .width = 1}, {"成交额", "成交额（元）", .money = true}, {"登记编号"}};
static const struct paper_cell columns[] = {
    {"序号", .width = 6, .total = "合计"}, {"姓名", .width = 20}, {"金额", "金额（元）", .width = 16, .money = true, .total = "总额"}};
static const struct paper_block blocks[] = {
    {PAPER_HEADING, "一、公示内容"},
    {PAPER_TEXT, "根据有关规定，现将“{{成果名称}}”予以公示。"},
    {PAPER_TEXT, "这一段不该出现。", .when = "没有"},
    {PAPER_FACTS, .cells = facts, .count = COUNT(facts)},
    {PAPER_TABLE, "二、人员", .rows = "人员", .cells = columns, .count = COUNT(columns)},
    {PAPER_NOTE, "依据：{{文件}}"},
    {PAPER_SIGN, "示例理工大学\n2026年3月2日"},
};
static const struct paper_form letter = {"letter", "科技成果转化公示", "Sample", .letter = true, .blocks = blocks, .count = COUNT(blocks)},
                               across = {"across", "科技成果转化表", "Sample", .wide = true, .blocks = blocks, .count = COUNT(blocks)};

struct made {
    struct arena arena;
    struct paper_fill fill;
    char path[300];
    struct text text;
};

static void made_init(struct made *made, const char *name, struct slice title, int people)
{
    int64_t sum = 0;

    arena_init(&made->arena);
    text_init(&made->text);
    snprintf(made->path, sizeof made->path, "%s/%s", folder, name);
    fill_init(&made->fill, &made->arena);
    fill_put(&made->fill.values, "成果名称", title);
    fill_money(&made->fill.values, "成交额", 150000000);
    fill_put(&made->fill.values, "登记编号", SLICE("2026620100000001"));
    fill_put(&made->fill.values, "文件", SLICE("促进科技成果转化法 第十八条"));
    for (int i = 0; i < people; i++) {
        struct paper_values *row = fill_row(&made->fill, "人员");

        fill_print(row, "序号", "%d", i + 1);
        fill_print(row, "姓名", "示例人员%03d", i + 1);
        fill_money(row, "金额", 1000000 + i);
        sum += 1000000 + i;
    }
    fill_money(&made->fill.values, "总额", sum);
    made->fill.code = SLICE("deal 4611686018427387904 ver 8 leaf 210");
}

static void made_read(struct made *made, enum reader_form form)
{
    struct err err = {0};
    struct text bytes;
    FILE *file = fopen(made->path, "rbe");
    size_t len;

    assert_non_null(file);
    text_init(&bytes);
    while ((len = fread(text_reserve(&bytes, 1 << 16), 1, 1 << 16, file)) > 0)
        bytes.len += len;
    fclose(file);
    if (!reader_text(reader, text_slice(&bytes), form, 4 << 20, &made->text, &err))
        fail_msg("%s: %s", made->path, err.message);
    text_putc(&made->text, '\0');
    text_release(&bytes);
}

static void made_end(struct made *made)
{
    unlink(made->path);
    text_release(&made->text);
    arena_release(&made->arena);
}

static void holds(const struct made *made, const char *wanted)
{
    if (!strstr(made->text.at, wanted))
        fail_msg("%s lacks %s:\n%.3000s", made->path, wanted, made->text.at);
}

static int times(const char *text, const char *wanted)
{
    int count = 0;

    for (const char *at = text; (at = strstr(at, wanted)) != NULL; at += strlen(wanted))
        count++;
    return count;
}

static const char hostile[] = "<w:p>&amp;{{成交额}}=HYPERLINK(\"http://x\")</w:t> _x0041_ 涂层";

static void a_pdf_says_it_all(void **state)
{
    static const struct paper_form *const forms[] = {&letter, &across};

    (void)state;
    for (size_t i = 0; i < COUNT(forms); i++) {
        struct err err = {0};
        struct made made;

        made_init(&made, "one.pdf", SLICE("含沙介质耐磨轴承涂层"), 3);
        assert_true(paper_pdf(forms[i], &made.fill, made.path, &err));
        made_read(&made, READER_PDF);
        holds(&made, "1,500,000.00");
        holds(&made, "2026620100000001");
        holds(&made, "含沙介质耐磨轴承涂层");
        holds(&made, "示例人员003");
        holds(&made, "30,000.03");
        holds(&made, "依据：促进科技成果转化法 第十八条");
        holds(&made, "—1—");
        holds(&made, "deal 4611686018427387904 ver 8 leaf 210");
        assert_null(strstr(made.text.at, "不该出现"));
        made_end(&made);
    }
}

/* The head stands on each page, nobody is lost between pages, and the total is not alone on the last. */
static void a_table_goes_over_pages(void **state)
{
    (void)state;
    for (int people = 20; people <= 200; people += 9) {
        struct err err = {0};
        const char *last_page;
        struct made made;
        int pages;

        made_init(&made, "many.pdf", SLICE("含沙介质耐磨轴承涂层"), people);
        assert_true(paper_pdf(&letter, &made.fill, made.path, &err));
        made_read(&made, READER_PDF);
        pages = times(made.text.at, "\f") + 1;
        for (int i = 1; i <= people; i++) {
            char name[40];

            snprintf(name, sizeof name, "示例人员%03d", i);
            assert_int_equal(times(made.text.at, name), 1);
        }
        last_page = strrchr(made.text.at, '\f');
        if (last_page && strstr(last_page, "合计"))
            assert_true(strstr(last_page, "示例人员") != NULL);
        assert_true(times(made.text.at, "金额（元）") >= pages - 1);
        made_end(&made);
    }
}

static void what_is_hostile_is_text(void **state)
{
    struct err err = {0};
    struct made made;

    (void)state;
    made_init(&made, "hostile.pdf", slice_of(hostile), 1);
    assert_true(paper_pdf(&letter, &made.fill, made.path, &err));
    made_read(&made, READER_PDF);
    holds(&made, "<w:p>&amp;{{");
    made_end(&made);
    made_init(&made, "hostile.xlsx", slice_of(hostile), 1);
    assert_true(paper_xlsx(&letter, &made.fill, made.path, &err));
    made_read(&made, READER_XLSX);
    holds(&made, "<w:p>&amp;{{成交额}}=HYPERLINK");
    holds(&made, "_x0041_");
    made_end(&made);
}

static void a_name_longer_than_a_page_goes_on(void **state)
{
    struct err err = {0};
    struct text title;
    struct made made;

    (void)state;
    text_init(&title);
    for (int i = 0; i < 3000; i++)
        text_puts(&title, "超长");
    text_puts(&title, "到此为止");
    made_init(&made, "long.pdf", text_slice(&title), 2);
    assert_true(paper_pdf(&letter, &made.fill, made.path, &err));
    made_read(&made, READER_PDF);
    assert_int_equal(times(made.text.at, "到此为止"), 2); /* in the paragraph and in the box */
    assert_true(times(made.text.at, "\f") > 8);
    made_end(&made);
    text_release(&title);
}

static void a_sheet_keeps_figures_and_text_apart(void **state)
{
    struct err err = {0};
    struct made made;

    (void)state;
    made_init(&made, "one.xlsx", SLICE("=1+1"), 200);
    fill_money(&made.fill.values, "总额", MONEY_MAX);
    assert_true(paper_xlsx(&letter, &made.fill, made.path, &err));
    made_read(&made, READER_XLSX);
    holds(&made, "科技成果转化公示");
    holds(&made, "=1+1");
    holds(&made, "1500000");            /* a number */
    holds(&made, "2026620100000001");   /* text: a number would lose its last digits */
    holds(&made, "示例人员200");
    holds(&made, "10001.99");
    holds(&made, "1,000,000,000,000,000.00"); /* no number cell holds this to the fen */
    made_end(&made);
}

static void the_template_fills_itself(void **state)
{
    struct err err = {0};
    char template_path[300];
    struct made made;

    (void)state;
    made_init(&made, "one.docx", slice_of(hostile), 200);
    snprintf(template_path, sizeof template_path, "%s/template.docx", folder);
    assert_true(paper_template(&letter, template_path, &err));
    if (!paper_docx(template_path, &letter, &made.fill, made.path, &err))
        fail_msg("%s", err.message);
    made_read(&made, READER_DOCX);
    holds(&made, "<w:p>&amp;{{成交额}}=HYPERLINK(\"http://x\")</w:t> _x0041_ 涂层");
    holds(&made, "1,500,000.00");
    holds(&made, "200\t示例人员200\t10,001.99");
    holds(&made, "依据：促进科技成果转化法 第十八条");
    assert_null(strstr(made.text.at, "不该出现"));
    assert_int_equal(times(made.text.at, "{{"), 2); /* of the hostile title alone */
    made_end(&made);
    unlink(template_path);
}

static void file_write(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "wbe");

    assert_non_null(file);
    fputs(bytes, file);
    fclose(file);
}

static void a_broken_template_is_named(void **state)
{
    struct err err = {0};
    char template_path[300];
    struct made made;

    (void)state;
    made_init(&made, "none.docx", SLICE("示例"), 1);
    snprintf(template_path, sizeof template_path, "%s/broken.docx", folder);
    assert_false(paper_docx(template_path, &letter, &made.fill, made.path, &err));
    assert_int_equal(err.code, ERR_MISSING);
    file_write(template_path, "not a package");
    assert_false(paper_docx(template_path, &letter, &made.fill, made.path, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_non_null(strstr(err.message, "broken.docx"));
    assert_int_not_equal(access(made.path, F_OK), 0); /* nothing half is left */
    unlink(template_path);
    made_end(&made);
}

static void a_path_that_cannot_be_written_is_an_error(void **state)
{
    struct err err = {0};
    struct made made;

    (void)state;
    made_init(&made, "no/such/folder/x", SLICE("示例"), 1);
    assert_false(paper_pdf(&letter, &made.fill, made.path, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_false(paper_xlsx(&letter, &made.fill, made.path, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_false(paper_template(&letter, made.path, &err));
    assert_int_equal(err.code, ERR_IO);
    made_end(&made);
}

static void a_qr_code_has_its_three_corners(void **state)
{
    struct qr *qr = qr_make(SLICE("deal 1 ver 2 leaf 3"));
    int last;

    (void)state;
    assert_non_null(qr);
    last = qr_width(qr) - 1;
    assert_true(last + 1 >= 21 && (last + 1 - 17) % 4 == 0);
    assert_true(qr_black(qr, 0, 0) && qr_black(qr, last, 0) && qr_black(qr, 0, last) && qr_black(qr, 3, 3));
    assert_false(qr_black(qr, 1, 1) || qr_black(qr, 7, 7));
    qr_free(qr);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pdf_says_it_all),
        cmocka_unit_test(a_table_goes_over_pages),
        cmocka_unit_test(what_is_hostile_is_text),
        cmocka_unit_test(a_name_longer_than_a_page_goes_on),
        cmocka_unit_test(a_sheet_keeps_figures_and_text_apart),
        cmocka_unit_test(the_template_fills_itself),
        cmocka_unit_test(a_broken_template_is_named),
        cmocka_unit_test(a_path_that_cannot_be_written_is_an_error),
        cmocka_unit_test(a_qr_code_has_its_three_corners),
    };

    if (argc != 3) {
        fprintf(stderr, "file_test: needs tieqiao-read and a folder\n");
        return 2;
    }
    reader = argv[1];
    folder = argv[2];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
