/* What old papers of a transfer say: contracts, minutes, notices, vouchers, sheets of shares, as text that file/reader.h hands over. */
#include "extracted.h"

#include "record/deal.h"
#include "record/past.h"

static const char contract[] =
    "合同编号：JS-2016-01\n技术转让（专利实施许可）合同\n项目名称：耐磨离心泵叶轮及其修复工艺\n受让方（甲方）：示例泵业有限公司（以下简称甲方）\n"
    "让与方（乙方）：示例理工大学\n签订地点：兰州市\n签订日期：2016 年 5 月 9 日\n有效期限：2016 年 5 月 9 日至 2021 年 5 月 8 日\n"
    "第一条 乙方许可甲方以普通许可的方式实施专利 ZL 2013 1 0123456.7。\n"
    "第五条 甲方向乙方支付使用费总额为人民币（大写）壹佰陆拾万元整（￥1,600,000.00元）。\n"
    "支付方式：分期支付。合同生效后十日内支付首付款 100 万元，余款于 2017 年 1 月 31 日前付清。\n"
    "第八条 后续改进的成果归完成改进的一方所有。\n第九条 技术风险由双方合理分担。\n第十条 任何一方违约的，应当赔偿对方损失。\n"
    "甲方（盖章）：\t乙方（盖章）：\n2016年5月9日\t2016年5月9日\n";

static void a_contract_fills_its_step(void **state)
{
    (void)state;
    read_as(&kind_contract, contract);
    is(CONTRACT_NUMBER, "JS-2016-01");
    is(CONTRACT_NAME, "耐磨离心泵叶轮及其修复工艺");
    is(CONTRACT_SORT, "技术许可");
    is(CONTRACT_SIGNED_ON, "2016-05-09");
    is(CONTRACT_UNTIL, "2021-05-08");
    is(CONTRACT_AMOUNT, "1600000.00元");
    is(CONTRACT_PAYMENT, "分期支付");
    is(CONTRACT_LICENCE, "普通许可");
    is(CONTRACT_RESULTS, "第八条 后续改进的成果归完成改进的一方所有。");
    is(CONTRACT_RISK, "第九条 技术风险由双方合理分担。");
    assert_true(slice_is(suggested(CONTRACT_AMOUNT)->quote, "第五条 甲方向乙方支付使用费总额为人民币（大写）壹佰陆拾万元整（￥1,600,000.00元）。"));
}

static void and_a_deal_of_the_past(void **state)
{
    (void)state;
    read_as(&kind_past_deal, contract);
    is(PAST_NUMBER, "JS-2016-01");
    is(PAST_DEAL_BUYER, "示例泵业有限公司");
    is(PAST_DEAL_WAY, "许可");
    is(PAST_DEAL_AMOUNT, "1600000.00元");
    is(PAST_DEAL_RIGHTS, "ZL 2013 1 0123456.7");
    is(PAST_DEAL_SIGNED_ON, "2016-05-09");
}

static void sums_that_differ_are_said_and_not_taken(void **state)
{
    const struct suggestion *suggestion;

    (void)state;
    read_as(&kind_contract, "技术转让合同\n转让费总额：人民币（大写）壹佰陆拾万元整（小写 150 万元）\n");
    suggestion = suggested(CONTRACT_AMOUNT);
    assert_non_null(suggestion);
    assert_int_equal(suggestion->typed.len, 0);
    assert_true(slice_is(suggestion->capital, "壹佰陆拾万元"));
    assert_true(slice_is(suggestion->capital_says, "160 万元"));
    assert_true(slice_is(suggestion->figure_says, "150 万元"));
}

static void capitals_are_read(void **state)
{
    static const char *const sums[][2] = {{"壹佰元整", "100.00元"}, {"拾万元整", "100000.00元"}, {"壹仟零伍万叁仟元整", "10053000.00元"},
        {"贰亿叁仟万元整", "230000000.00元"}, {"壹万贰仟叁佰肆拾伍元陆角柒分", "12345.67元"}, {"捌拾圆零伍分", "80.05元"}, {"壹亿零壹元整", "100000001.00元"},
        {"壹万零仟零佰零拾元", "10000.00元"}, {"叁万零仟伍佰零拾零元整", "30500.00元"}, {"壹拾万零仟零佰拾元", "100010.00元"}};

    (void)state;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        char text[200];

        snprintf(text, sizeof text, "电子回单\n付款人：示例厂\n大写金额 %s\n", sums[i][0]);
        read_as(&kind_receipt, text);
        is(RECEIPT_AMOUNT, sums[i][1]);
    }
}

static void minutes_fill_an_approval(void **state)
{
    (void)state;
    read_as(&kind_approval,
            "示例理工大学文件\n校办纪要〔2016〕3号\n校长办公会议纪要\n会议时间：2016年4月25日上午\n地点：行政楼 201\n"
            "会议审议了耐磨叶轮专利许可事项。会议同意以 160 万元的价格许可示例泵业有限公司实施该专利。曾某因与受让方有利害关系，回避了表决。\n");
    is(APPROVAL_MINUTES, "校办纪要〔2016〕3号");
    is(APPROVAL_BODY, "校长办公会");
    is(APPROVAL_DECIDED_ON, "2016-04-25");
    is(APPROVAL_PRICE, "160 万元");
    is(APPROVAL_DECISION, "同意");
    is(APPROVAL_CONFLICTS, "曾某因与受让方有利害关系，回避了表决。");
}

static void a_notice_fills_a_notice(void **state)
{
    (void)state;
    read_as(&kind_notice,
            "关于耐磨叶轮专利实施许可的公示\n成果名称：耐磨离心泵叶轮及其修复工艺\n拟交易价格：160万元\n转化方式：许可\n"
            "公示期：2016年4月1日至2016年4月20日\n公示期内如有异议，请向科技处书面提出，联系电话 0931-1234567。\n");
    is(NOTICE_NAME, "耐磨离心泵叶轮及其修复工艺");
    is(NOTICE_PRICE, "160万元");
    is(NOTICE_WAY, "许可");
    is(NOTICE_FIRST_DAY, "2016-04-01");
    is(NOTICE_CHANNEL, "公示期内如有异议，请向科技处书面提出，联系电话 0931-1234567。");
}

static void a_sheet_says_who_gets_what(void **state)
{
    (void)state;
    read_as(&kind_award, "成果转化收益分配表,,,\n分配日期,2017-03-01,,\n序号,姓名,金额（元）,签字\n1,曾某（示例）,\"500,000\",\n2,贺某（示例）,\"250,000\",\n合计,,\"750,000\",\n");
    is(AWARD_TEAM, "曾某（示例） 66.67%\n贺某（示例） 33.33%");
    is(AWARD_DECIDED_ON, "2017-03-01");
    read_as(&kind_award, "姓名\t金额（元）\n甲某\t250,000\n乙某\t250,000\n丙某\t250,000\n丁某\t3\n");
    is(AWARD_TEAM, "甲某 33.33%\n乙某 33.33%\n丙某 33.34%\n丁某 0%"); /* what rounding leaves goes by name, not to the first */
    read_as(&kind_title, "权属分割协议\n权利人\t份额\n示例理工大学\t30%\n曾某（示例）\t70%\n");
    is(TITLE_HOLDERS, "示例理工大学 30%\n曾某（示例） 70%");
}

static void what_no_paper_says_is_left_empty(void **state)
{
    (void)state;
    read_as(&kind_contract, "会议通知\n明天下午三点在二楼开会。\n");
    assert_int_equal(count, 0);
    read_as(&kind_past_deal, "");
    assert_int_equal(count, 0);
    read_as(&kind_award, "姓名\t金额\n");
    assert_int_equal(count, 0);
    read_as(&kind_receipt, "大写金额 玖玖玖亿亿亿亿亿亿元整\n");
    assert_int_equal(count, 0);
}

static int start(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_contract_fills_its_step),   cmocka_unit_test(and_a_deal_of_the_past),
        cmocka_unit_test(sums_that_differ_are_said_and_not_taken), cmocka_unit_test(capitals_are_read),
        cmocka_unit_test(minutes_fill_an_approval),    cmocka_unit_test(a_notice_fills_a_notice),
        cmocka_unit_test(a_sheet_says_who_gets_what),  cmocka_unit_test(what_no_paper_says_is_left_empty),
    };

    return cmocka_run_group_tests(tests, start, clear);
}
