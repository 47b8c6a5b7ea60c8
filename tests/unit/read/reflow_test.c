#include "cases.h"

#include "read/reflow.h"

/* A line of type 10 points high, 16 from top to top. */
static struct reflow_line at(double left, double right, int row, const char *text)
{
    return (struct reflow_line){.text = slice_of(text), .left = left, .right = right, .top = 16.0 * row, .bottom = 16.0 * row + 10};
}

static void gives(const struct reflow_line *lines, size_t count, const char *paragraphs)
{
    struct text out;

    text_init(&out);
    reflow_page(lines, count, &out);
    assert_string_equal(text_slice(&out).at, paragraphs);
    text_release(&out);
}

static void chinese_lines_join_without_a_space(void **state)
{
    const struct reflow_line lines[] = {at(70, 500, 1, "本发明涉及一种轴承"), at(50, 500, 2, "及其润滑方法,采用"), at(50, 200, 3, "LSTM 预测寿命。"),
                                        at(70, 500, 4, "所述轴承")};

    (void)state;
    gives(lines, COUNT(lines), "本发明涉及一种轴承及其润滑方法,采用LSTM 预测寿命。\n所述轴承\n");
}

static void english_hyphens_are_undone(void **state)
{
    const struct reflow_line lines[] = {at(50, 500, 1, "we study hydro-"), at(50, 500, 2, "genation in the"), at(50, 300, 3, "reactor")};

    (void)state;
    gives(lines, COUNT(lines), "we study hydrogenation in the reactor\n");
}

static void short_lines_and_labels_stand_alone(void **state)
{
    const struct reflow_line lines[] = {at(50, 190, 1, "(21)申请号 2023"), at(50, 190, 2, "(22)申请日 2023.09.22"), at(50, 150, 3, "联系人：张三"),
                                        at(50, 120, 4, "短行"), at(50, 190, 5, "又一行")};

    (void)state;
    gives(lines, COUNT(lines), "(21)申请号 2023\n(22)申请日 2023.09.22\n联系人：张三\n短行\n又一行\n");
}

static void a_label_in_the_middle_of_a_sentence_is_no_label(void **state)
{
    const struct reflow_line lines[] = {at(50, 500, 1, "本公开涉及人工智能领域,该"), at(50, 500, 2, "方法包括：响应于用户的需求"), at(50, 200, 3, "得到结果。")};

    (void)state;
    gives(lines, COUNT(lines), "本公开涉及人工智能领域,该方法包括：响应于用户的需求得到结果。\n");
}

static void a_line_cut_short_by_a_long_word_goes_on(void **state)
{
    const struct reflow_line lines[] = {at(50, 420, 1, "综合采集趋势分析和广义回归神经网络,依据所采集的数据"), at(50, 500, 2, "(GeneralizedRegressionNeuralNetwork,GRNN)")};

    (void)state;
    gives(lines, COUNT(lines), "综合采集趋势分析和广义回归神经网络,依据所采集的数据(GeneralizedRegressionNeuralNetwork,GRNN)\n");
}

static void a_wider_gap_parts_paragraphs(void **state)
{
    const struct reflow_line lines[] = {at(50, 500, 1, "甲"), at(50, 500, 2, "乙"), at(50, 500, 4, "丙"), at(50, 500, 5, "丁")};

    (void)state;
    gives(lines, COUNT(lines), "甲乙\n丙丁\n");
}

static void pieces_on_one_level_are_label_and_value(void **state)
{
    const struct reflow_line lines[] = {at(50, 90, 1, "预算"), at(200, 260, 1, "200 万元"), at(50, 90, 2, "ab"), at(95, 120, 2, "cd")};

    (void)state;
    gives(lines, COUNT(lines), "预算\t200 万元\nab cd\n");
}

static void columns_do_not_run_into_each_other(void **state)
{
    const struct reflow_line lines[] = {at(50, 290, 1, "left one"), at(50, 290, 2, "left two"), at(310, 550, 1, "right one"), at(310, 550, 2, "right two")};

    (void)state;
    gives(lines, COUNT(lines), "left one left two\nright one right two\n");
}

static void an_empty_page_gives_nothing(void **state)
{
    (void)state;
    gives(NULL, 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_lines_join_without_a_space), cmocka_unit_test(english_hyphens_are_undone),
        cmocka_unit_test(short_lines_and_labels_stand_alone), cmocka_unit_test(a_wider_gap_parts_paragraphs),
        cmocka_unit_test(a_label_in_the_middle_of_a_sentence_is_no_label), cmocka_unit_test(a_line_cut_short_by_a_long_word_goes_on),
        cmocka_unit_test(pieces_on_one_level_are_label_and_value), cmocka_unit_test(columns_do_not_run_into_each_other),
        cmocka_unit_test(an_empty_page_gives_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
