/*
 * From the printed page to the form: patents typeset as PDF here, read by tieqiao-read, and asked for title, abstract,
 * number, day and inventors. With the corpus of real patents at hand (argument 2) their texts are used; else two
 * invented ones. How many came back letter for letter is printed and must not fall.
 */
#include "cases.h"

#include <jansson.h>
#include <pango/pangocairo.h>
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>

#include "base/text.h"
#include "base/utf8.h"
#include "file/reader.h"
#include "record/achievement.h"
#include "record/extract.h"

static const char *program, *corpus;

/* cairo 1.16 loses 768 bytes a PDF: for the leak check at the end. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so\n";
}

struct patent {
    struct slice title, abstract;
};

static const struct patent invented[] = {
    {SLICE("一种离心泵轴承的润滑方法"),
     SLICE("本发明涉及轴承润滑技术领域，尤其涉及一种离心泵轴承的润滑方法。所述方法包括：检测轴承温度，根据温度与转速确定注油量，按注油量注入润滑脂；"
           "采用LSTM网络预测剩余寿命，并在剩余寿命低于阈值时报警。本发明能够延长轴承寿命，减少停机损失，适用于含砂介质工况。")},
    {SLICE("基于图神经网络的油气管网泄漏检测系统及方法"),
     SLICE("本发明公开了一种基于图神经网络的油气管网泄漏检测系统及方法，属于管道监测技术领域。系统包括压力传感器、边缘网关和检测服务器；检测服务器把管网建成图，"
           "以压力序列为节点特征，输出每一管段的泄漏概率。与现有技术相比，误报率明显降低。")},
};

/* ---- setting ----------------------------------------------------------------------------- */

struct page {
    cairo_t *cairo;
    double y;
};

static void set(struct page *page, double size, double indent, const char *text, int len)
{
    PangoLayout *layout = pango_cairo_create_layout(page->cairo);
    PangoFontDescription *font = pango_font_description_from_string("Noto Serif CJK SC");
    int width, height;

    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, 460 * PANGO_SCALE);
    pango_layout_set_indent(layout, (int)(indent * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, 1.3f);
    pango_layout_set_text(layout, text, len);
    cairo_move_to(page->cairo, 65, page->y);
    pango_cairo_show_layout(page->cairo, layout);
    pango_layout_get_pixel_size(layout, &width, &height);
    page->y += height + size * 0.6;
    pango_font_description_free(font);
    g_object_unref(layout);
}

static cairo_status_t keep(void *bytes, const unsigned char *at, unsigned int len)
{
    text_add(bytes, at, len);
    return CAIRO_STATUS_SUCCESS;
}

static void front_set(struct page *page, const struct patent *patent)
{
    static const char *const above[] = {"(19)国家知识产权局", "(12)发明专利申请", "(10)申请公布号 CN 117000001 A", "(21)申请号 202310123456.7",
                                        "(22)申请日 2023.01.29", "(71)申请人 示例大学", "地址 730000 甘肃省兰州市示例路1号",
                                        "(72)发明人 张三 李四 王五", "(51)Int.Cl.", "G06F 16/3329(2025.01)"};

    for (size_t i = 0; i < COUNT(above); i++)
        set(page, 11, 0, above[i], -1);
    set(page, 11, 0, "(54)发明名称", -1);
    set(page, 13, 0, patent->title.at, (int)patent->title.len);
    set(page, 11, 0, "(57)摘要", -1);
    set(page, 11, 22, patent->abstract.at, (int)patent->abstract.len);
    set(page, 11, 0, "权利要求书1页 说明书5页 附图2页", -1);
}

static void typeset(const struct patent *patent, struct text *pdf)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, pdf, 595, 842);
    struct page page = {.cairo = cairo_create(surface), .y = 50};

    front_set(&page, patent);
    cairo_show_page(page.cairo);
    page.y = 50;
    set(&page, 11, 0, "CN 117000001 A  权利要求书  1/1 页", -1);
    set(&page, 11, 22, "1.一种方法，其特征在于，包括：步骤一，采集数据；步骤二，处理所述数据，得到结果；步骤三，依据所述结果输出控制量，直到满足预设的停止条件为止。", -1);
    set(&page, 11, 22, "2.根据权利要求1所述的方法，其特征在于，所述数据为压力数据。", -1);
    cairo_destroy(page.cairo);
    cairo_surface_destroy(surface);
}

/* ---- reading back ------------------------------------------------------------------------ */

struct score {
    int patents, titles, abstracts, rights, teams, claims;
};

static bool is(const struct suggestion *found, size_t count, size_t field, struct slice typed)
{
    for (size_t i = 0; i < count; i++)
        if (found[i].field == field)
            return slice_same(found[i].typed, typed);
    return false;
}

static void patent_check(const struct patent *patent, struct score *score)
{
    struct suggestion found[FIELDS_MAX];
    struct text pdf, text;
    struct arena arena;
    struct err err;
    size_t count;

    text_init(&pdf);
    text_init(&text);
    arena_init(&arena);
    typeset(patent, &pdf);
    if (!reader_text(program, text_slice(&pdf), READER_PDF, 1 << 20, &text, &err))
        fail_msg("%s", err.message);
    extract_fields(&kind_achievement, text_slice(&text), &arena, found, &count);
    score->patents++;
    score->titles += is(found, count, ACHIEVEMENT_TITLE, patent->title);
    score->abstracts += is(found, count, ACHIEVEMENT_ABSTRACT, patent->abstract);
    score->rights += is(found, count, ACHIEVEMENT_RIGHTS, SLICE("发明专利 202310123456.7 2023-01-29 公开"));
    score->teams += is(found, count, ACHIEVEMENT_TEAM, SLICE("张三；李四；王五"));
    score->claims += is(found, count, ACHIEVEMENT_DETAIL, SLICE("1.一种方法，其特征在于，包括：步骤一，采集数据；步骤二，处理所述数据，得到结果；"
                                                                "步骤三，依据所述结果输出控制量，直到满足预设的停止条件为止。"));
    if (getenv("TQ_SHOW") && !is(found, count, ACHIEVEMENT_ABSTRACT, patent->abstract))
        print_message("%s\n----\n%.*s\n", text.at, (int)patent->abstract.len, patent->abstract.at);
    arena_release(&arena);
    text_release(&text);
    text_release(&pdf);
}

/* ---- the corpus -------------------------------------------------------------------------- */

/* "Title: ...\nKeywords: ...\nAbstract: ..." or "title [SEP] keywords [SEP] abstract" */
static bool patent_parse(struct slice text, struct patent *patent)
{
    const char *title = text.at, *end = strstr(title, " [SEP] "), *abstract = end ? strstr(end + 7, " [SEP] ") : NULL;

    if (abstract) {
        abstract += 7;
    } else {
        if (strncmp(title, "Title: ", 7) != 0 || !(abstract = strstr(title, "\nAbstract: ")))
            return false;
        title += 7;
        end = strchr(title, '\n');
        abstract += 11;
    }
    patent->title = slice_trim((struct slice){title, (size_t)(end - title)});
    patent->abstract = slice_trim(slice_of(abstract));
    return true;
}

static void corpus_check(FILE *file, struct score *score)
{
    char *line = NULL;
    size_t room = 0;

    while (getline(&line, &room, file) > 0) {
        json_t *record = json_loads(line, 0, NULL);
        const char *text = json_string_value(json_object_get(record, "text"));
        struct patent patent;

        if (text && patent_parse(slice_of(text), &patent))
            patent_check(&patent, score);
        json_decref(record);
    }
    free(line);
}

static void score_judge(const char *what, const struct score *score)
{
    print_message("%s: of %d patents, back letter for letter: %d titles, %d abstracts, %d rights, %d teams, %d claims\n", what,
                  score->patents, score->titles, score->abstracts, score->rights, score->teams, score->claims);
    assert_true(score->patents > 0);
    assert_true(score->titles * 100 >= score->patents * 95);
    assert_true(score->abstracts * 100 >= score->patents * 95);
    assert_int_equal(score->rights, score->patents);
    assert_int_equal(score->teams, score->patents);
    assert_int_equal(score->claims, score->patents);
}

static void invented_patents_come_back(void **state)
{
    struct score score = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(invented); i++)
        patent_check(&invented[i], &score);
    score_judge("invented", &score);
    assert_int_equal(score.abstracts, score.patents);
}

static void real_patents_come_back(void **state)
{
    struct score score = {0};
    FILE *file = fopen(corpus, "re");

    (void)state;
    if (!file) {
        print_message("the corpus is not here: %s\n", corpus);
        return;
    }
    corpus_check(file, &score);
    fclose(file);
    score_judge("real", &score);
}

/* Fonts are kept until the end by those who drew with them. */
static int fonts_release(void **state)
{
    (void)state;
    pango_cairo_font_map_set_default(NULL);
    cairo_debug_reset_static_data();
    FcFini();
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invented_patents_come_back),
        cmocka_unit_test(real_patents_come_back),
    };

    if (argc != 3)
        return 2;
    program = argv[1];
    corpus = argv[2];
    return cmocka_run_group_tests(tests, NULL, fonts_release);
}
