/* What documents say about the fields of a form, as text that file/reader.h hands over. */
#include "extracted.h"

#include "record/achievement.h"
#include "record/need.h"
#include "record/party.h"

static void quotes(size_t field, const char *quote, int page)
{
    const struct suggestion *suggestion = suggested(field);

    assert_non_null(suggestion);
    if (!slice_is(suggestion->quote, quote))
        fail_msg("field %zu quotes %.*s, not %s", field, (int)suggestion->quote.len, suggestion->quote.at, quote);
    assert_int_equal(suggestion->page, page);
}

/* ---- patents ----------------------------------------------------------------------------- */

static const char application[] =
    "(19)国家知识产权局\n(12)发明专利申请\n(10)申请公布号 CN 117151122 A\n(43)申请公布日 2023.12.01\n(21)申请号 202311234567.8\n"
    "(22)申请日 2023.09.22\n(71)申请人 示例大学\n地址 730000 甘肃省兰州市城关区示例路1号\n(72)发明人 张三 李四 欧阳某某\n"
    "王五\n(74)专利代理机构 示例代理 12345\n(51)Int.Cl.\nG06F 16/3329(2025.01)\nG06F 40/30(2020.01)\n(54)发明名称\n"
    "一种离心泵轴承的润滑方法\n(57)摘要\n本发明涉及轴承润滑技术领域，公开了一种离心泵轴承的润滑方法。所述方法包括注油。\n"
    "权利要求书2页 说明书10页 附图3页\nCN 117151122 A\n\f1.一种离心泵轴承的润滑方法，其特征在于，包括：\n注油步骤。\n"
    "2.根据权利要求1所述的方法。\n\f技术领域\n[0001] 本发明涉及轴承。\n";

static void a_patent_application_fills_a_disclosure(void **state)
{
    (void)state;
    read_as(&kind_achievement, application);
    is(ACHIEVEMENT_TITLE, "一种离心泵轴承的润滑方法");
    is(ACHIEVEMENT_ABSTRACT, "本发明涉及轴承润滑技术领域，公开了一种离心泵轴承的润滑方法。所述方法包括注油。");
    is(ACHIEVEMENT_RIGHTS, "发明专利 202311234567.8 2023-09-22 公开");
    is(ACHIEVEMENT_TEAM, "张三；李四；欧阳某某；王五");
    is(ACHIEVEMENT_IPC, "G06F 16/3329\nG06F 40/30");
    is(ACHIEVEMENT_USES, "轴承润滑");
    is(ACHIEVEMENT_DETAIL, "1.一种离心泵轴承的润滑方法，其特征在于，包括：\n注油步骤。");
    quotes(ACHIEVEMENT_TITLE, "一种离心泵轴承的润滑方法", 1);
    quotes(ACHIEVEMENT_RIGHTS, "(21)申请号 202311234567.8", 1);
    quotes(ACHIEVEMENT_DETAIL, "1.一种离心泵轴承的润滑方法，其特征在于，包括：", 2);
}

static void a_granted_patent_says_so(void **state)
{
    (void)state;
    read_as(&kind_achievement, "（12）实用新型专利\n（10）授权公告号 CN 210000000 U\n（45）授权公告日 2020.05.01\n（21）申请号 201921234567.8\n"
                               "（22）申请日 2019.08.01\n（54）实用新型名称\n一种水泵支架\n（57）摘要\n本实用新型公开了一种水泵支架,包括底座、立柱和抱箍。\n");
    is(ACHIEVEMENT_TITLE, "一种水泵支架");
    is(ACHIEVEMENT_RIGHTS, "实用新型 ZL201921234567.8 2019-08-01 授权");
}

static void interleaved_columns_do_no_harm(void **state)
{
    (void)state;
    read_as(&kind_achievement, "(12)发明专利申请\n(72)发明人 张三 李四\n(21)申请号 202311234567.8\n(51)Int.Cl.\n"
                               "(22)申请日 2023.09.22\tG06F 16/3329(2025.01) G06F 40/30(2020.01)\n(54)发明名称\n一种轴承寿命预测方法\n");
    is(ACHIEVEMENT_RIGHTS, "发明专利 202311234567.8 2023-09-22 公开");
    is(ACHIEVEMENT_IPC, "G06F 16/3329\nG06F 40/30");
    is(ACHIEVEMENT_TEAM, "张三；李四");
}

/* ---- papers ------------------------------------------------------------------------------ */

static void a_chinese_paper_fills_a_disclosure(void **state)
{
    (void)state;
    read_as(&kind_achievement, "第40卷第3期 示例学报 2024年3月\nDOI:10.1000/182\n高温轴承润滑脂的制备与性能研究\n张三1，李四2*，欧阳某某1\n"
                               "(1.示例大学 机械学院,甘肃 兰州 730000)\n摘 要：针对高温工况下润滑脂易流失的问题，制备了一种新的润滑脂。试验表明寿命提高1倍。\n"
                               "关键词：轴承；润滑脂；寿命\n中图分类号：TH117 文献标识码：A\n0 引言\n轴承是关键部件。\n");
    is(ACHIEVEMENT_TITLE, "高温轴承润滑脂的制备与性能研究");
    is(ACHIEVEMENT_TEAM, "张三；李四；欧阳某某");
    is(ACHIEVEMENT_ABSTRACT, "针对高温工况下润滑脂易流失的问题，制备了一种新的润滑脂。试验表明寿命提高1倍。");
    is(ACHIEVEMENT_KEYWORDS, "轴承；润滑脂；寿命");
}

static void an_english_paper_too(void **state)
{
    (void)state;
    read_as(&kind_achievement, "Electrochemical deposition of catalysts for hydrogenation\nSan Zhang1, Si Li2* and Wu Wang1\n"
                               "1 Example University, Lanzhou\nAbstract\nWe study the deposition of catalysts. It works well in practice.\n"
                               "Keywords: catalyst; hydrogenation; nickel\n1 Introduction\nText.\n");
    is(ACHIEVEMENT_TITLE, "Electrochemical deposition of catalysts for hydrogenation");
    is(ACHIEVEMENT_TEAM, "San Zhang；Si Li；Wu Wang");
    is(ACHIEVEMENT_ABSTRACT, "We study the deposition of catalysts. It works well in practice.");
    is(ACHIEVEMENT_KEYWORDS, "catalyst; hydrogenation; nickel");
}

/* ---- forms ------------------------------------------------------------------------------- */

static void a_two_column_table_fills_a_need(void **state)
{
    (void)state;
    read_as(&kind_need, "企业技术需求征集表\n需求名称\t离心泵轴承寿命提升\n联系人\t张三\t所属行业\t通用设备制造业\n"
                        "一、现状描述\t轴承寿命3000小时，\u2028每年更换两次，停机损失大。\n技术指标（必填）\t寿命8000小时\n"
                        "拟投入资金（万元）\t约200万元左右\n完成时间\t2026年12月31日前\n合作方式\t☑合作实施 □转让 ☑许可\n是否匿名\t☑是 □否\n");
    is(NEED_TITLE, "离心泵轴承寿命提升");
    is(NEED_CONTACT, "张三");
    is(NEED_NOW, "轴承寿命3000小时，\n每年更换两次，停机损失大。");
    is(NEED_GOAL, "寿命8000小时");
    is(NEED_BUDGET, "200万元");
    is(NEED_DUE, "2026-12-31");
    is(NEED_WAYS, "合作实施；许可");
    is(NEED_HIDDEN, "是");
}

static void labelled_paragraphs_fill_a_disclosure(void **state)
{
    (void)state;
    read_as(&kind_achievement, "科技成果披露表\n1. 成果名称：高温润滑脂\n二、成果简介\n本成果提供一种高温润滑脂,滴点高于300℃。\n已在两家企业试用,效果良好。\n"
                               "三、技术路线\n略。\n关 键 词：轴承 润滑 寿命\n技术成熟度：6级\n完成人：张三、李四\n价格意向:面议\n");
    is(ACHIEVEMENT_TITLE, "高温润滑脂");
    is(ACHIEVEMENT_ABSTRACT, "本成果提供一种高温润滑脂,滴点高于300℃。\n已在两家企业试用,效果良好。");
    is(ACHIEVEMENT_KEYWORDS, "轴承；润滑；寿命");
    is(ACHIEVEMENT_TRL, "6");
    is(ACHIEVEMENT_TEAM, "张三、李四");
    is(ACHIEVEMENT_PRICE, NULL);
    quotes(ACHIEVEMENT_ABSTRACT, "本成果提供一种高温润滑脂,滴点高于300℃。", 1);
}

static void other_kinds_are_filled_by_their_labels(void **state)
{
    (void)state;
    read_as(&kind_party, "企业名称：兰州示例泵业有限公司\n统一社会信用代码：91350100M000100Y43\n联系电话：0931-1234567\n");
    is(PARTY_NAME, "兰州示例泵业有限公司");
    is(PARTY_USCC, "91350100M000100Y43");
    is(PARTY_PHONE, "0931-1234567");
}

static void what_a_field_would_refuse_is_not_suggested(void **state)
{
    (void)state;
    read_as(&kind_party, "企业名称：兰州示例泵业有限公司\n统一社会信用代码：91350100M000100Y44\n联系电话：无\n");
    is(PARTY_USCC, NULL);
    is(PARTY_PHONE, NULL);
}

/* ---- prose ------------------------------------------------------------------------------- */

static void free_prose_fills_a_need(void **state)
{
    (void)state;
    read_as(&kind_need, "离心泵轴承寿命要从3000小时提到8000小时，预算200万元，2026年底前要样机。\n目前轴承平均三千小时即失效，依赖进口备件。"
                        "介质含砂，温度不超过120℃。技术成熟度至少6级。");
    is(NEED_TITLE, "离心泵轴承寿命要从3000小时提到8000小时");
    is(NEED_GOAL, "离心泵轴承寿命要从3000小时提到8000小时，预算200万元，2026年底前要样机。");
    is(NEED_NOW, "目前轴承平均三千小时即失效，依赖进口备件。");
    is(NEED_LIMITS, "介质含砂，温度不超过120℃。");
    is(NEED_BUDGET, "200万元");
    is(NEED_DUE, "2026-12-31");
    is(NEED_TRL, "6");
    quotes(NEED_NOW, "目前轴承平均三千小时即失效，依赖进口备件。", 1);
}

static void a_day_without_a_year_is_left_out(void **state)
{
    (void)state;
    read_as(&kind_need, "离心泵轴承寿命要提到8000小时，预算200万元，年底前要样机。");
    is(NEED_DUE, NULL);
    is(NEED_BUDGET, "200万元");
}

static void dates_are_found_as_people_write_them(void **state)
{
    static const struct {
        const char *text, *day;
    } cases[] = {
        {"期限：2026年6月30日前", "2026-06-30"}, {"期限：2026-6-30", "2026-06-30"}, {"期限：2026.06.30完成", "2026-06-30"},
        {"期限：2026年2月底", "2026-02-28"},     {"期限：2028年2月末", "2028-02-29"}, {"期限：2026年 12 月 1 日", "2026-12-01"},
        {"期限：2026年末", "2026-12-31"},        {"期限：2026年2月30日", NULL},       {"期限：一年", NULL},
        {"期限：202612345", NULL},               {"期限：2026/1/2", "2026-01-02"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        read_as(&kind_need, cases[i].text);
        is(NEED_DUE, cases[i].day);
    }
}

/* ---- whatever comes ---------------------------------------------------------------------- */

static void nothing_gives_nothing(void **state)
{
    (void)state;
    read_as(&kind_need, "");
    assert_int_equal(count, 0);
    read_as(&kind_achievement, "\n\f\n\t\n");
    assert_int_equal(count, 0);
}

static void a_long_abstract_ends_with_a_sentence(void **state)
{
    static char text[400000];
    const struct suggestion *abstract;
    size_t len = (size_t)snprintf(text, sizeof text, "成果简介：");

    (void)state;
    while (len < sizeof text - 100)
        len += (size_t)snprintf(text + len, sizeof text - len, "这是一个不短的句子。");
    read_as(&kind_achievement, text);
    abstract = suggested(ACHIEVEMENT_ABSTRACT);
    assert_non_null(abstract);
    assert_int_equal(abstract->typed.len, 5000 / 10 * strlen("这是一个不短的句子。"));
    assert_true(abstract->quote.len <= 200 * 3);
}

static int arena_setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

/* ---- cost -------------------------------------------------------------------------------- */

static double seconds_for(const struct kind *kind, struct slice text)
{
    struct timespec start, end;

    arena_reset(&arena);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    extract_fields(kind, text, &arena, found, &count);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    return (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
}

/* The quickest of several tries says what the work itself takes. */
static double least_seconds_for(const struct kind *kind, struct slice text)
{
    double least = seconds_for(kind, text);

    for (int i = 0; i < 4; i++) {
        double again = seconds_for(kind, text);

        least = again < least ? again : least;
    }
    return least;
}

/* Eight times the text takes about eight times as long: far from the 64 times of a square. */
static void a_hostile_text_stays_quick(void **state)
{
    static const char *const pieces[] = {"技术领域", "关键词:", "摘要：\n", "(57)摘要\n(54)", "【", "1.", "预算\t", "2023.", "\n\n",
                                         "成果名称】：】：", "—— ", "Abstract: ", "(((((", "万元", "示例有限公司"};
    enum { SIZE = 256 << 10 };
    char *text = malloc(SIZE);

    (void)state;
    assert_non_null(text);
    for (size_t p = 0; p < COUNT(pieces); p++) {
        size_t len = strlen(pieces[p]), size = SIZE / len * len;
        double small, large;

        for (size_t i = 0; i < size; i++)
            text[i] = pieces[p][i % len];
        small = least_seconds_for(&kind_achievement, (struct slice){text, size / 8 / len * len});
        large = least_seconds_for(&kind_achievement, (struct slice){text, size});
        if (large > 32 * small + 0.05)
            fail_msg("%s: %.3f s for an eighth, %.3f s for all", pieces[p], small, large);
    }
    free(text);
}

static int arena_teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_patent_application_fills_a_disclosure),
        cmocka_unit_test(a_granted_patent_says_so),
        cmocka_unit_test(interleaved_columns_do_no_harm),
        cmocka_unit_test(a_chinese_paper_fills_a_disclosure),
        cmocka_unit_test(an_english_paper_too),
        cmocka_unit_test(a_two_column_table_fills_a_need),
        cmocka_unit_test(labelled_paragraphs_fill_a_disclosure),
        cmocka_unit_test(other_kinds_are_filled_by_their_labels),
        cmocka_unit_test(what_a_field_would_refuse_is_not_suggested),
        cmocka_unit_test(free_prose_fills_a_need),
        cmocka_unit_test(a_day_without_a_year_is_left_out),
        cmocka_unit_test(dates_are_found_as_people_write_them),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(a_long_abstract_ends_with_a_sentence),
        cmocka_unit_test(a_hostile_text_stays_quick),
    };

    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
