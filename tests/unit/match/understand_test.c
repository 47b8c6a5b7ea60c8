/* What texts say in their own words: a table. Today is 2026-11-22. */
#include "kit.h"

#include <limits.h>

#include "base/clock.h"

enum { SILENT = INT32_MIN };

static int32_t today(void)
{
    int32_t day;

    assert_true(day_from_ymd(2026, 11, 22, &day));
    return day;
}

static struct match_ask understand(const char *text)
{
    struct match_ask ask;

    match_understand(kit_str(text), today(), &ask);
    return ask;
}

static void budgets(void **state)
{
    static const struct {
        const char *text;
        int64_t yuan; /* -1: not said */
    } cases[] = {
        {"预算200万元", 2000000},
        {"预算 200 万元,年底前要样机", 2000000},
        {"预算200-300万", 3000000},
        {"预算二百万元", 2000000},
        {"投入经费不超过0.5亿", 50000000},
        {"预算1,500,000元", 1500000},
        {"经费50～80万元", 800000},
        {"100万元以内", 1000000},
        {"费用控制在三十万以内", 300000},
        {"拟投入3千万元", 30000000},
        {"预算１２０万元", 1200000},
        {"预算從200萬元提到300萬元", 2000000},
        {"a budget of 2 million yuan", 2000000},
        {"转让费报价 80 万元", 800000},
        {"预算200万人民币", 2000000},
        {"公司2018年度实现销售收入2002万元", -1},
        {"年产值5亿元", -1},
        {"循环寿命不超过200万次", -1},
        {"预算待定。销售额200万元", -1},
        {"不超过3000小时", -1},
        {"", -1},
    };

    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        int64_t budget = understand(cases[c].text).budget;

        if (budget != (cases[c].yuan < 0 ? -1 : cases[c].yuan * 100))
            fail_msg("%s: %lld fen", cases[c].text, (long long)budget);
    }
}

static void deadlines(void **state)
{
    static const struct {
        const char *text, *day;
    } cases[] = {
        {"年底前要样机", "2026-12-31"},
        {"今年年底前", "2026-12-31"},
        {"明年年底前完成", "2027-12-31"},
        {"年内完成", "2026-12-31"},
        {"2027年6月底前", "2027-06-30"},
        {"2027年6月30日前", "2027-06-30"},
        {"2027年2月底前", "2027-02-28"},
        {"2027年6月前", "2027-05-31"},
        {"明年3月底前", "2027-03-31"},
        {"2027-06-30前交付", "2027-06-30"},
        {"2027/6/30之前", "2027-06-30"},
        {"2027年底前", "2027-12-31"},
        {"2027年上半年", "2027-06-30"},
        {"2027年第一季度", "2027-03-31"},
        {"三个月内", "2027-02-22"},
        {"3个月内", "2027-02-22"},
        {"半年内", "2027-05-22"},
        {"一年内实现", "2027-11-22"},
        {"2年内", "2028-11-22"},
        {"90天内", "2027-02-20"},
        {"月底前", "2026-11-30"},
        {"本月底前", "2026-11-30"},
        {"公司自2011年成立以来", ""},
        {"2016年底前已通过验收", ""},
        {"近三年内获奖", ""},
        {"去年底验收", ""},
        {"2018年度实现收入", ""},
        {"寿命8000小时", ""},
        {"2027年", ""},
        {"by the end of the year", "2026-12-31"},
        {"a prototype by the end of 2027", "2027-12-31"},
        {"By June 2027 we want", "2027-06-30"},
        {"before March", "2027-03-31"},
        {"within six months", "2027-05-22"},
        {"within 90 days", "2027-02-20"},
        {"by next year", "2027-12-31"},
        {"by the end of 2019", ""},
        {"a standby pump", ""},
        {"by hand, within a pipe", ""},
        {"", ""},
    };

    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        int32_t due = understand(cases[c].text).due, expected = SILENT;

        if (cases[c].day[0])
            assert_true(day_parse((struct slice){cases[c].day, 10}, &expected));
        if (due != expected)
            fail_msg("%s: day %d, not %d", cases[c].text, (int)due, (int)expected);
    }
}

static void maturity_ways_and_region(void **state)
{
    static const struct {
        const char *text;
        int trl;
        uint32_t ways, region;
    } cases[] = {
        {"TRL 6以上", 6, 0, 0},
        {"trl≥7", 7, 0, 0},
        {"成熟度6级", 6, 0, 0},
        {"技术成熟度达到五级", 5, 0, 0},
        {"技术就绪度不低于 8 级", 8, 0, 0},
        {"TRL 6-8", 6, 0, 0},
        {"成熟度高。需要3台", 0, 0, 0},
        {"CTRL 5", 0, 0, 0},
        {"可许可或转让", 0, MATCH_WAY_LICENSE | MATCH_WAY_ASSIGN, 0},
        {"希望合作开发,也可作价入股", 0, MATCH_WAY_JOINT | MATCH_WAY_EQUITY, 0},
        {"不转让", 0, 0, 0},
        {"有生产许可证", 0, 0, 0},
        {"行政许可事项", 0, 0, 0},
        {"合作社", 0, 0, 0},
        {"licence or equity", 0, MATCH_WAY_LICENSE | MATCH_WAY_EQUITY, 0},
        {"兰州某石化企业", 0, 0, 620100},
        {"甘肃省兰州市西固区", 0, 0, 620104},
        {"兰州新区", 0, 0, 620171},
        {"甘肃", 0, 0, 620000},
        {"蘭州", 0, 0, 620100},
        {"敦煌壁画", 0, 0, 620982},
        {"白银有色", 0, 0, 0},
        {"完成县级任务", 0, 0, 0},
        {"合作完成", 0, 0, 0},
        {"静宁县苹果", 0, 0, 620826},
        {"陕西西安", 0, 0, 610000},
    };

    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct match_ask ask = understand(cases[c].text);

        if (ask.trl_least != cases[c].trl || ask.ways != cases[c].ways || ask.region != cases[c].region)
            fail_msg("%s: trl %d ways %u region %u", cases[c].text, ask.trl_least, ask.ways, ask.region);
    }
}

static void the_example_of_the_front_page_is_understood(void **state)
{
    struct match_ask ask = understand("离心泵轴承寿命要从3000小时提到8000小时,预算200万元,年底前要样机");
    int32_t due;

    (void)state;
    assert_true(day_parse(SLICE("2026-12-31"), &due));
    assert_int_equal(ask.budget, 200000000);
    assert_int_equal(ask.due, due);
    assert_int_equal(ask.trl_least, 0);
    assert_int_equal(ask.code_count, 0);
}

/* Any bytes at all: no crash, nothing absurd. */
static void noise_says_nothing_absurd(void **state)
{
    static const char *const pieces[] = {"预算", "万元", "年", "底前", "9999999999", "亿", "TRL", "三", "十", "-", "2027",
                                         "月", "日前", "\xff", "千千千千", ".", "个月内", " ", "兰州", "许可"};
    uint64_t seed = 3;
    char text[400];

    (void)state;
    for (int n = 0; n < 20000; n++) {
        size_t len = 0;
        struct match_ask ask;

        for (unsigned p = 0; p < 12; p++)
            len += (size_t)snprintf(text + len, sizeof text - len, "%s",
                                    pieces[kit_below(&seed, sizeof pieces / sizeof *pieces)]);
        ask = understand(text);
        assert_true(ask.budget >= -1);
        assert_in_range(ask.trl_least, 0, 9);
        assert_true(ask.due == SILENT || ask.due >= today());
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(budgets),
        cmocka_unit_test(deadlines),
        cmocka_unit_test(maturity_ways_and_region),
        cmocka_unit_test(the_example_of_the_front_page_is_understood),
        cmocka_unit_test(noise_says_nothing_absurd),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
