/* Ten years of transfers out of a university's own tables: deals with their papers, nothing made up, nothing twice. */
#include "import_place.h"

#include "base/clock.h"
#include "record/past.h"
#include "work/deal_int.h"
#include "work/registry.h"
#include "work/notify.h"

static const char parties[] = "单位名称,所属方,统一社会信用代码\n示例理工大学,高校,\n示例泵业有限公司,企业,\n";

#define HEAD "合同编号,合同名称,合同类别,转化方式,定价方式,受让方,签订日期,成交额（万元）,技术交易额(万元),支付方式,公示起止," \
             "审批文号,审批日期,登记编号,登记日期,成果名称,专利号,完成人,所属单位\n"

static const char contracts[] =
    HEAD
    "JS-2016-01,耐磨叶轮专利实施许可合同,专利实施许可,许可,协议,示例泵业有限公司,2016.5.9,１６０,150,分期付款,"
    "2016年4月1日至4月20日,校长办公会纪要〔2016〕3号,2016-04-25,20166201000123,2016/6/1,耐磨离心泵叶轮,ZL201310123456.7,曾某（示例）、贺某（示例）,示例理工大学\n"
    "JS-2017-02,闸板阀修复技术转让合同,技术转让合同,转让,,示例阀门厂,42830,30万元,,一次付清,,,,,,,,,示例理工大学\n"
    "合计,,,,,,,190,,,,,,,,,,,\n";

/* Rows that name nobody are the university's. */
static struct bench *university_open(void **state)
{
    struct bench *bench = bench_open(state);

    bench_bring_text(bench, &kind_party, parties);
    snprintf(bench->options.owner, sizeof bench->options.owner, "示例理工大学");
    return bench;
}

static void file_load(struct bench *bench, const char *number, struct deal_file *file)
{
    struct sql *sql;
    int64_t deal;
    bool found;

    assert_true(store_read(bench->store, &sql, &bench->err));
    assert_true(sql_one(sql, "SELECT deal FROM past_deal WHERE number = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_text(slice_of(number))),
                        &deal, &found, &bench->err));
    assert_true(found);
    assert_true(deal_load(sql, deal, day_of_ms(clock_ms()), &bench->arena, file, &bench->err));
    store_read_end(bench->store, sql);
}

static void papers_load(struct bench *bench, const char *number, struct deal_file *file, struct deal_bridge *bridge)
{
    struct law law = {0};

    file_load(bench, number, file);
    assert_true(deal_look(&law, file, bridge, &bench->err)); /* of a past deal no rule is asked where it stands */
}

static bool bend_step(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, arg, SQL_NO_ARGS, err);
}

/* Straight into the tables, past every gate. */
static void bend(struct bench *bench, char *statement)
{
    assert_int_equal(store_write(bench->store, "", bend_step, statement, &bench->err), STORE_DONE);
}

#define SHOWS(bench, record, field, text) assert_string_equal(bench_value(bench, record, field), text)

static void a_contract_becomes_a_deal(void **state)
{
    struct bench *bench = university_open(state);
    struct deal_bridge bridge;
    struct deal_file file;

    bench_bring_text(bench, &kind_past_deal, contracts);
    assert_int_equal(bench->tally.made, 2);
    papers_load(bench, "JS-2016-01", &file, &bridge);
    assert_true(deal_is_past(&file));
    SHOWS(bench, &file.deal, "way", "许可");
    SHOWS(bench, &file.deal, "pricing", "协议定价");
    SHOWS(bench, &file.deal, "price", "1500000.00");
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "amount", "1600000.00");
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "goods", "100000.00");
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "sort", "技术许可");
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "signed_on", "2016-05-09");
    SHOWS(bench, deal_newest(&file, KIND_NOTICE), "first_day", "2016-04-01");
    SHOWS(bench, deal_newest(&file, KIND_APPROVAL), "minutes", "校长办公会纪要〔2016〕3号");
    SHOWS(bench, deal_newest(&file, KIND_REGISTRATION), "number", "20166201000123");
    SHOWS(bench, deal_newest(&file, KIND_PAST_DEAL), "source_row", "2");
    SHOWS(bench, deal_newest(&file, KIND_PAST_DEAL), "notice_to", "2016-04-20");
    SHOWS(bench, &file.achievement, "title", "耐磨离心泵叶轮");
    SHOWS(bench, &file.achievement, "rights", "发明专利 ZL201310123456.7");
    assert_int_equal(file.achievement.status, RECORD_CLOSED); /* the unit's own to see */
    assert_int_equal(file.deal.values[DEAL_BUYER_PARTY].number != 0, 1);
    assert_int_equal(file.count[KIND_RULING], 0); /* no rule was asked then, none is said to have been */
    assert_int_equal(bridge.at, PIER_RECEIVE);
    assert_string_equal(arena_text(&bench->arena, file.deal.values[DEAL_PIER].text), "receive");
    bench_sound(bench);
    bench_close(bench);
}

static void what_is_missing_is_not_seen(void **state)
{
    struct bench *bench = university_open(state);
    struct deal_bridge bridge;
    struct deal_file file;

    bench_bring_text(bench, &kind_past_deal, contracts);
    assert_int_equal(bench->tally.remarked, 0); /* of a publish nothing is said any more */
    papers_load(bench, "JS-2017-02", &file, &bridge);
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "signed_on", "2017-04-05"); /* a day that lost its form */
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "goods", "");               /* nobody said so */
    SHOWS(bench, &file.achievement, "title", "闸板阀修复技术转让合同");
    for (int p = 0; p < PIER_COUNT; p++) {
        bool shown = p == PIER_SIGN, open = p == PIER_RECEIVE || p == PIER_CLOSE;

        assert_int_equal(bridge.piers[p].passed, shown);
        assert_int_equal(bridge.piers[p].unseen, !shown && !open);
    }
    assert_string_equal(bridge.piers[PIER_NOTICE].missing.message, "未见材料");
    assert_int_equal(bridge.at, PIER_RECEIVE);
    bench_close(bench);
}

static const char receipts[] =
    "合同编号,到账日期,金额（元）,付款方,凭证号\n"
    "JS-2016-01,2016年6月20日,\"１,000,000\",示例泵业有限公司,记-12\n"
    "js 2016 01,2017-01-05,600000,示例泵业有限公司,记-13\n"
    "JS-2017-02,2017-05-01,300000,示例阀门厂,记-14\n";

static const char rewards[] = "合同编号,分配日期,净收入,奖励总额(万元),人员与金额（万元）\nJS-2016-01,2017-03-01,1500000,80,曾某（示例） 50；贺某（示例）：30\n";

static void receipts_and_rewards_find_their_contract(void **state)
{
    struct bench *bench = university_open(state);
    struct deal_bridge bridge;
    struct deal_file file;
    struct record person;

    bench_bring_text(bench, &kind_person, "姓名,身份,所在单位,擅长领域\n曾某（示例）,科研人员,示例理工大学,流体机械\n");
    bench_bring_text(bench, &kind_past_deal, contracts);
    bench_bring_text(bench, &kind_past_receipt, receipts);
    assert_int_equal(bench->tally.made, 3);
    papers_load(bench, "JS-2016-01", &file, &bridge);
    assert_int_equal(papers_sum(&file, KIND_RECEIPT, RECEIPT_AMOUNT), 160000000);
    assert_int_equal(bridge.at, PIER_CLOSE);
    assert_true(bridge.piers[PIER_ALLOT].unseen);
    bench_bring_text(bench, &kind_past_award, rewards);
    papers_load(bench, "JS-2016-01", &file, &bridge);
    assert_true(bridge.piers[PIER_ALLOT].passed);
    assert_true(bench_find(bench, &kind_person, "曾某（示例）", &person));
    SHOWS(bench, deal_newest(&file, KIND_AWARD), "shares",
          arena_print(&bench->arena, "曾某（示例） 50000000 #%lld\n贺某（示例） 30000000", (long long)person.id));
    SHOWS(bench, deal_newest(&file, KIND_AWARD), "team",
          arena_print(&bench->arena, "曾某（示例） 62.5%% #%lld\n贺某（示例） 37.5%%", (long long)person.id));
    SHOWS(bench, deal_newest(&file, KIND_AWARD), "paid_on", "2017-03-01");
    assert_int_equal(receipts_here(&file), 0); /* dealt with in its time: today's allotment does not begin with it */
    bench_sound(bench);
    bench_close(bench);
}

static bool clerk_put(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *party = arg;
    static const char salt[] = "0123456789abcdef";

    return sql_put(sql,
                   "INSERT INTO account (id, ver, from_leaf, valid_from, login, name, pseudonym, party, person, disabled, salts)"
                   " VALUES (7, 1, 0, 0, 'clerk', '示例职员', ?2, ?1, 0, 0, ?2)", SQL_ARGS(sql_int(*party), sql_bytes(salt, 16)), err)
           && sql_put(sql, "INSERT INTO role_grant (account, role, scope_kind, scope, leaf, salts) VALUES (7, 'member', '', 0, 0, ?1)",
                      SQL_ARGS(sql_bytes(salt, 16)), err);
}

/* Ten years of receipts are no work for today. */
static void what_is_brought_in_is_nobodys_turn(void **state)
{
    struct bench *bench = university_open(state);
    struct record party;
    bool more = true;
    size_t made;

    assert_true(bench_find(bench, &kind_party, "示例理工大学", &party));
    assert_int_equal(store_write(bench->store, "", clerk_put, &party.id, &bench->err), STORE_DONE);
    bench_bring_text(bench, &kind_past_deal, contracts);
    bench_bring_text(bench, &kind_past_receipt, receipts);
    bench_bring_text(bench, &kind_past_award, rewards);
    while (more)
        assert_true(notify_follow(bench->store, &(struct law){0}, &made, &more, &bench->err));
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM inbox"), 0);
    bench_close(bench);
}

static void a_row_is_known_again(void **state)
{
    struct bench *bench = university_open(state);
    struct deal_bridge bridge;
    struct deal_file file;
    int64_t leaves;

    bench_bring_text(bench, &kind_past_deal, contracts);
    bench_bring_text(bench, &kind_past_receipt, receipts);
    bench_bring_text(bench, &kind_past_award, rewards);
    leaves = bench_count(bench, "SELECT count(*) FROM ledger");
    bench_bring_text(bench, &kind_past_deal, contracts);
    assert_int_equal(bench->tally.same, 2);
    bench_bring_text(bench, &kind_past_receipt, receipts);
    assert_int_equal(bench->tally.same, 3);
    bench_bring_text(bench, &kind_past_award, rewards);
    assert_int_equal(bench->tally.same, 1);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM ledger"), leaves);
    /* corrected: the contract's day, a receipt's sum */
    bench_bring_text(bench, &kind_past_deal, "合同编号,合同名称,签订日期,成交额,所属单位\nJS-2016-01,耐磨叶轮专利实施许可合同,2016-05-10,160万元,示例理工大学\n");
    assert_int_equal(bench->tally.changed, 1);
    bench_bring_text(bench, &kind_past_receipt, "合同编号,到账日期,金额,凭证号\nJS-2016-01,2017-01-05,500000,记-13\n");
    assert_int_equal(bench->tally.changed, 1);
    papers_load(bench, "JS-2016-01", &file, &bridge);
    assert_int_equal(file.count[KIND_CONTRACT], 1);
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "signed_on", "2016-05-10");
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "sort", "技术许可"); /* what the row does not say stays */
    assert_int_equal(deal_newest(&file, KIND_CONTRACT)->ver, 2);
    assert_false(registration_overtaken(&file, deal_newest(&file, KIND_REGISTRATION)));
    assert_int_equal(file.count[KIND_RECEIPT], 2);
    assert_int_equal(papers_sum(&file, KIND_RECEIPT, RECEIPT_AMOUNT), 150000000);
    assert_int_equal(bridge.at, PIER_RECEIVE);
    assert_string_equal(arena_text(&bench->arena, file.deal.values[DEAL_PIER].text), "receive");
    bench_sound(bench);
    bench_close(bench);
}

#define PRICED "合同编号,合同名称,签订日期,成交额（万元）,技术交易额（万元）,所属单位\n"

/* The price is of the technology alone, however often the rest of the amount is corrected. */
static void the_price_is_of_the_technology(void **state)
{
    struct bench *bench = university_open(state);
    struct deal_bridge bridge;
    struct deal_file file;

    bench_bring_text(bench, &kind_past_deal, PRICED "P-1,示例合同,2016-05-09,100,80,示例理工大学\nP-2,示例合同二,2016-05-09,50,,示例理工大学\n");
    papers_load(bench, "P-1", &file, &bridge);
    SHOWS(bench, &file.deal, "price", "800000.00");
    bench_bring_text(bench, &kind_past_deal, PRICED "P-1,示例合同,2016-05-09,120,80,示例理工大学\nP-2,示例合同二,2016-05-09,60,,示例理工大学\n");
    assert_int_equal(bench->tally.changed, 2);
    papers_load(bench, "P-1", &file, &bridge);
    SHOWS(bench, &file.deal, "price", "800000.00");
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "amount", "1200000.00");
    SHOWS(bench, deal_newest(&file, KIND_CONTRACT), "goods", "400000.00");
    papers_load(bench, "P-2", &file, &bridge);
    SHOWS(bench, &file.deal, "price", "600000.00");
    bench_close(bench);
}

#define REGISTERED "合同编号,合同名称,签订日期,成交额（万元）,登记机构,登记日期,登记编号,所属单位\n"

static size_t queue_length(struct bench *bench)
{
    struct registry_line *lines = arena_zero(&bench->arena, 4, sizeof *lines);
    struct law law = {0};
    struct sql *sql;
    size_t count;

    assert_true(store_read(bench->store, &sql, &bench->err));
    assert_true(registry_list(sql, &law, &bench->actor, day_of_ms(clock_ms()), 0, &bench->arena, lines, 4, &count, &bench->err));
    store_read_end(bench->store, sql);
    return count;
}

/* Where and when without a number: the row keeps it, and no agency is asked for a result of long ago. */
static void a_registration_has_a_number(void **state)
{
    struct bench *bench = university_open(state);
    struct deal_bridge bridge;
    struct deal_file file;

    bench_bring_text(bench, &kind_past_deal, REGISTERED "R-1,示例合同,2016-05-09,100,示例登记点,,,示例理工大学\n"
                                                        "R-2,示例合同二,2016-05-09,100,,2016-06-01,,示例理工大学\n");
    papers_load(bench, "R-2", &file, &bridge);
    assert_int_equal(file.count[KIND_REGISTRATION], 0);
    assert_true(bridge.piers[PIER_REGISTER].unseen);
    papers_load(bench, "R-1", &file, &bridge);
    assert_int_equal(file.count[KIND_REGISTRATION], 0);
    assert_int_equal(queue_length(bench), 0);
    bench_bring_text(bench, &kind_past_deal, REGISTERED "R-1,示例合同,2016-05-09,100,示例登记点,2016-06-01,20166201000123,示例理工大学\n");
    papers_load(bench, "R-1", &file, &bridge);
    SHOWS(bench, deal_newest(&file, KIND_REGISTRATION), "point", "示例登记点");
    SHOWS(bench, deal_newest(&file, KIND_REGISTRATION), "decided_on", "2016-06-01");
    assert_true(bridge.piers[PIER_REGISTER].passed);
    bench_sound(bench);
    assert_true(bench_check(bench, &kind_past_deal, bench_file(bench, "b.csv", REGISTERED "R-3,示例合同,2016-05-09,100,示例登记点,,,示例理工大学\n"
        "R-4,示例合同二,2016-05-09,100,,2016-06-01,,示例理工大学\n"), false));
    TELLS(bench, "提醒 2|写了登记机构或登记日期，没有登记编号，不算已登记\n");
    TELLS(bench, "提醒 3|写了登记机构或登记日期，没有登记编号，不算已登记\n");
    bend(bench, (char[]){"UPDATE registration SET result = NULL"}); /* as was imported before there was a number to ask for */
    assert_int_equal(queue_length(bench), 0);
    bench_close(bench);
}

/* Nobody pays for what the unit puts to use itself: the list says where it stands as the file does. */
static void own_use_waits_for_no_receipt(void **state)
{
    struct bench *bench = university_open(state);
    struct deal_file file;

    bench_bring_text(bench, &kind_past_deal, "合同编号,合同名称,转化方式,签订日期,成交额（万元）,所属单位\nZ-1,示例自用,自行投资实施,2016-05-09,100,示例理工大学\n");
    file_load(bench, "Z-1", &file);
    assert_string_equal(arena_text(&bench->arena, file.deal.values[DEAL_PIER].text), "close");
    bench_close(bench);
}

static void contracts_that_cannot_be(void **state)
{
    struct bench *bench = university_open(state);

    bench_bring_text(bench, &kind_past_deal, contracts);
    assert_true(bench_check(bench, &kind_past_deal, bench_file(bench, "b.csv",
        "合同编号,合同名称,合同类别,签订日期,成交额,有效期至,公示起止,登记编号,登记日期,统一社会信用代码\n"
        "A-1,示例合同一,技术许可,2099-01-01,100万元,,,,,\n"
        "A-2,示例合同二,技术许可,2016-01-05,100万元,2015-01-01,,,2015-12-31,\n"
        "A-3,示例合同三,不知何类,2016-01-05,壹佰万,,,,,\n"
        "A-4,示例合同四,技术许可,2016-01-05,100万元,,去年春天,20166201000123,,123\n"
        "A-5,示例合同五,技术许可,2016-01-05,100万元,,,S-9,,\n"
        "A-5,示例合同六,技术许可,2016-01-05,100万元,,,S-9,,\n"
        "A-6,,技术许可,,,,,,,\n"
        "A-7,示例合同七,技术许可,2018-03-10,80,,2018.3.5-2018.3.12,,,\n"), true));
    TELLS(bench, "行 2|签订日期|2099-01-01|签订日期还没有到|填今天或以前的日期\n");
    TELLS(bench, "行 3|有效期至|2015-01-01|有效期至早于签订日期|");
    TELLS(bench, "行 3|登记日期|2015-12-31|登记日期早于签订日期|");
    TELLS(bench, "行 4|合同类别|不知何类|合同类别“不知何类”不对|可填：技术开发、技术转让");
    TELLS(bench, "行 4|成交额|壹佰万|");
    TELLS(bench, "行 5|统一社会信用代码|123|");
    TELLS(bench, "行 7|合同编号|A-5|合同编号与第 6 行相同|");
    TELLS(bench, "行 8|合同名称||");
    TELLS(bench, "提醒 9|签订日期在公示期内\n公示不足 15 日（国发〔2016〕16号）\n成交额不足 100 元，表头是不是漏了“万元”");
    assert_int_equal(bench->tally.good, 2);
    bench_close(bench);
}

static void numbers_of_registration_stand_once(void **state)
{
    struct bench *bench = university_open(state);

    bench_bring_text(bench, &kind_past_deal, contracts);
    assert_true(bench_check(bench, &kind_past_deal, bench_file(bench, "b.csv",
        "合同编号,合同名称,签订日期,成交额,公示起止,登记编号\n"
        "A-4,示例合同四,2016-01-05,100万元,去年春天,20166201000123\n"
        "A-5,示例合同五,2016-01-05,100万元,,S-9\n"
        "A-6,示例合同六,2016-01-05,100万元,,S-9\n"), true));
    TELLS(bench, "行 2|公示起止|去年春天|公示起止看不出是哪天到哪天|");
    TELLS(bench, "行 2|登记编号|20166201000123|这个登记编号已经用在另一个项目的合同上|");
    TELLS(bench, "行 4|登记编号|S-9|登记编号与第 3 行相同|");
    assert_int_equal(bench->tally.good, 1);
    bench_close(bench);
}

static void receipts_that_cannot_be(void **state)
{
    struct bench *bench = university_open(state);

    bench_bring_text(bench, &kind_past_deal, contracts);
    assert_true(bench_check(bench, &kind_past_receipt, bench_file(bench, "b.csv",
        "合同编号,到账日期,金额（万元）,付款方,凭证号\n"
        "JS-2016-01,2016-06-20,100,示例泵业有限公司,记-1\n"
        "JS-2016-01,2016-07-20,61,示例泵业有限公司,记-2\n"
        "没有的,2016-07-20,1,示例泵业有限公司,记-3\n"
        "JS-2016-01,2099-07-20,1,示例泵业有限公司,记-4\n"
        "JS-2016-01,2016-08-20,1,示例泵业有限公司,记-1\n"
        "JS-2016-01,2016-01-20,1,示例泵业有限公司,\n"
        "JS-2016-01,2016-01-20,1,示例泵业有限公司,\n"
        "JS-2016-01,2016-01-20,0,示例泵业有限公司,记-9\n"), true));
    TELLS(bench, "行 3|金额（万元）|61万元|到这一笔为止到账 161 万元，高于合同成交额 160 万元|");
    TELLS(bench, "行 4|合同编号|没有的|没有这个编号的历史合同|先导入写有这份合同的“历史合同”表");
    TELLS(bench, "行 5|到账日期|2099-07-20|到账日期还没有到|");
    TELLS(bench, "行 6|合同编号|JS-2016-01|合同编号、凭证号与第 2 行相同|");
    TELLS(bench, "提醒 7|到账日期早于签订日期\n没有写凭证号");
    TELLS(bench, "行 8|");
    TELLS(bench, "行 9|金额（万元）|0");
    assert_int_equal(bench->tally.good, 2);
    bench_close(bench);
}

static void rewards_that_do_not_add_up(void **state)
{
    struct bench *bench = university_open(state);

    bench_bring_text(bench, &kind_past_deal, contracts);
    assert_true(bench_check(bench, &kind_past_award, bench_file(bench, "b.csv",
        "合同编号,分配日期,净收入,奖励总额,人员与金额\n"
        "JS-2016-01,2017-03-01,100,200,曾某（示例） 150；贺某（示例） 40\n"
        "JS-2016-01,2017-04-01,100,200,曾某（示例）若干\n"
        "JS-2016-01,2017-05-01,\"1,000\",200,\"曾某（示例） 150,贺某（示例） 50\"\n"), true));
    TELLS(bench, "行 2|人员与金额|曾某（示例） 150；贺某（示例） 40|各人合计 190 元，不等于奖励总额 200 元|");
    TELLS(bench, "行 3|人员与金额|曾某（示例）若干|“曾某（示例）若干”看不出是谁、多少|");
    TELLS(bench, "提醒 4|奖励总额高于已导入的到账");
    assert_int_equal(bench->tally.good, 1);
    bench_close(bench);
}

/* rules.md §0.2: no order of people changes a share. */
static void a_table_s_order_changes_no_share(void **state)
{
    static const char *const orders[] = {"曾某（示例） 1；贺某（示例） 1；鲁某（示例） 1", "鲁某（示例） 1；贺某（示例） 1；曾某（示例） 1"};
    struct bench *bench = university_open(state);
    struct deal_bridge bridge;
    struct deal_file file;

    bench_bring_text(bench, &kind_past_deal, contracts);
    for (size_t i = 0; i < 2; i++) {
        bench_bring_text(bench, &kind_past_award, arena_print(&bench->arena, "合同编号,分配日期,奖励总额,人员与金额\nJS-2016-01,2017-03-0%zu,3,%s\n", i + 1, orders[i]));
        papers_load(bench, "JS-2016-01", &file, &bridge);
        assert_non_null(strstr(bench_value(bench, deal_newest(&file, KIND_AWARD), "team"), "曾某（示例） 33.34%"));
    }
    bench_close(bench);
}

/* By it he sees what is his. */
static void a_number_is_the_person_named(void **state)
{
    struct bench *bench = university_open(state);
    struct record ours, theirs;

    bench_bring_text(bench, &kind_person, "姓名,身份,所在单位,擅长领域\n曾某（示例）,科研人员,示例理工大学,流体机械\n齐某（示例）,科研人员,示例泵业有限公司,水泵\n");
    bench_bring_text(bench, &kind_past_deal, contracts);
    assert_true(bench_find(bench, &kind_person, "曾某（示例）", &ours));
    assert_true(bench_find(bench, &kind_person, "齐某（示例）", &theirs));
    assert_true(bench_check(bench, &kind_past_award, bench_file(bench, "b.csv", arena_print(&bench->arena,
        "合同编号,分配日期,奖励总额,人员与金额\n"
        "JS-2016-01,2017-03-01,200,贺某（示例） 200 #%lld\n"
        "JS-2016-01,2017-04-01,200,齐某（示例） 200 #%lld\n"
        "JS-2016-01,2017-05-01,200,曾某（示例） 200 #7\n"
        "JS-2016-01,2017-06-01,200,曾某（示例） 200 #%lld\n", (long long)ours.id, (long long)theirs.id, (long long)ours.id)), true));
    TELLS(bench, arena_print(&bench->arena, "|编号 %lld 是曾某（示例），不是贺某（示例）|人员编号在人员页的地址里", (long long)ours.id));
    TELLS(bench, arena_print(&bench->arena, "|编号 %lld 的人员不是这个单位的|", (long long)theirs.id));
    TELLS(bench, "|没有编号 7 的人员|");
    assert_int_equal(bench->tally.good, 1);
    bench_bring_text(bench, &kind_past_award, rewards);
    bend(bench, (char[]){"UPDATE person SET name = '曾某某（示例）'"}); /* what the row kept is not asked again */
    bench_bring_text(bench, &kind_past_award, arena_print(&bench->arena,
        "合同编号,分配日期,奖励总额(万元),人员与金额,凭证号\nJS-2016-01,2017-03-01,80,\"曾某（示例） 500000.00 元 #%lld\n贺某（示例） 300000.00 元\",记-20\n",
        (long long)ours.id));
    assert_int_equal(bench->tally.changed, 1);
    bench_close(bench);
}

/* By its patent, whatever the row calls it; two contracts of one patent are of one achievement. */
static void an_achievement_is_found_by_patent_or_name(void **state)
{
    struct bench *bench = university_open(state);
    struct deal_file one, two, three;
    struct deal_bridge bridge;

    bench_bring_text(bench, &kind_achievement,
                     "成果名称,摘要,单位名称,知识产权\n耐磨离心泵叶轮及其修复,一种用于高含沙河水的离心泵过流部件及其修复工艺，寿命提高一倍。,示例理工大学,"
                     "发明专利 ZL201310123456.7 2013-03-01 有效\n");
    bench_bring_text(bench, &kind_past_deal,
                     "合同编号,合同名称,签订日期,成交额,成果名称,专利号,所属单位\n"
                     "A-1,示例许可合同,2016-01-05,100万元,叶轮,zl 2013 1 0123456.7,示例理工大学\n"
                     "A-2,示例许可合同,2017-01-05,100万元,滤波器装置,ZL201410000001.X,示例理工大学\n"
                     "A-3,示例许可合同,2018-01-05,100万元,滤波器,201410000001.X,示例理工大学\n");
    papers_load(bench, "A-1", &one, &bridge);
    papers_load(bench, "A-2", &two, &bridge);
    papers_load(bench, "A-3", &three, &bridge);
    SHOWS(bench, &one.achievement, "title", "耐磨离心泵叶轮及其修复");
    assert_int_equal(one.achievement.status, RECORD_OPEN);
    assert_int_equal(two.achievement.id, three.achievement.id);
    SHOWS(bench, &three.achievement, "title", "滤波器装置");
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM achievement WHERE to_leaf IS NULL"), 2);
    bench_close(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_contract_becomes_a_deal),
        ON_BOTH(what_is_missing_is_not_seen),
        ON_BOTH(receipts_and_rewards_find_their_contract),
        ON_BOTH(what_is_brought_in_is_nobodys_turn),
        ON_BOTH(a_row_is_known_again),
        ON_BOTH(the_price_is_of_the_technology),
        ON_BOTH(a_registration_has_a_number),
        ON_BOTH(own_use_waits_for_no_receipt),
        ON_BOTH(contracts_that_cannot_be),
        ON_BOTH(numbers_of_registration_stand_once),
        ON_BOTH(receipts_that_cannot_be),
        ON_BOTH(rewards_that_do_not_add_up),
        ON_BOTH(a_table_s_order_changes_no_share),
        ON_BOTH(a_number_is_the_person_named),
        ON_BOTH(an_achievement_is_found_by_patent_or_name),
    };

    return run_places(tests);
}
