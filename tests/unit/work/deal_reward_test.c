/* The reward: each region's floor, what is deducted before it, and who among several gets what. */
#include "deal_town.h"

/* --- the reward --- */

/* Each region's least share of a million yuan, by its own text: 转化法 §45, Gansu, Zhejiang §37. */
static const struct {
    const char *region, *rate, *under, *team;
    int64_t reward;
} floors[] = {
    {gansu, "60%", "59.99%", one_team, 60000000},
    {nation, "50%", "49.99%", one_team, 50000000},
    {zhejiang, "70%", "69.99%", "曾某（示例） 95% 主要贡献\n办某（示例） 5% 转移机构", 70000000},
};

static void a_reward_keeps_the_floor_of_its_region(void **state)
{
    for (size_t i = 0; i < COUNT(floors); i++) {
        const struct record *award;
        struct campus campus;

        campus_open(&campus, state, floors[i].region, "");
        campus_to_allot(&campus, "100万元");
        is_refused(&campus, "低于法定", "allot", "team", floors[i].team, "rate", floors[i].under, NULL);
        is_refused(&campus, "奖酬比例不能是 0", "allot", "team", floors[i].team, "rate", "0%", NULL);
        is_refused(&campus, "合计 100.01%", "allot", "team", "曾某（示例） 60% 主要贡献\n彭某（示例） 40.01%", NULL);
        is_refused(&campus, "主要贡献人员合计", "allot", "team", "曾某（示例） 49.99% 主要贡献\n彭某（示例） 50.01%", NULL);
        does(&campus, "allot", "team", floors[i].team, NULL);
        award = campus_paper(&campus, KIND_AWARD, 1);
        assert_int_equal(award->values[AWARD_REWARD].number, floors[i].reward);
        campus_close(&campus);
        if (i + 1 < COUNT(floors))
            place_again(state);
    }
}

static void awards_follow_the_money(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_receive(&campus, "100万元");
    is_refused(&campus, "还没有待公示", "notice", "sort", "reward", "place", "unit", NULL);
    does(&campus, "receive", "amount", "40万元", "voucher", "PZ-1", NULL);
    does(&campus, "cost", "sort", "tax", "amount", "4万元", "voucher", "PZ-2", NULL);
    does(&campus, "allot", "team", one_team, NULL);
    assert_int_equal(campus_paper(&campus, KIND_AWARD, 1)->values[AWARD_NET].number, 36000000);
    is_refused(&campus, "公示", "pay", "voucher", "PZ-9", NULL);
    does(&campus, "notice", "sort", "reward", "place", "unit", NULL);
    does(&campus, "receive", "amount", "40万元", "voucher", "PZ-3", NULL);
    is_refused(&campus, "还没有发放", "allot", "team", one_team, NULL);
    campus.today += 30;
    is_refused(&campus, "15 个工作日", "pay", "voucher", "PZ-9", "paid_on", campus_text(&campus, campus.today - 20), NULL);
    does(&campus, "pay", "voucher", "PZ-9", NULL);
    is_refused(&campus, "现在还不能", "pay", "voucher", "PZ-9", NULL);
    does(&campus, "cost", "sort", "cost", "amount", "1万元", "voucher", "PZ-4", NULL);
    does(&campus, "allot", "team", one_team, NULL);
    assert_int_equal(campus_paper(&campus, KIND_AWARD, 2)->values[AWARD_INCOME].number, 40000000);
    assert_int_equal(campus_paper(&campus, KIND_AWARD, 2)->values[AWARD_NET].number, 39000000);
    is_refused(&campus, "公示", "pay", "voucher", "PZ-10", NULL);
    campus_pay(&campus, "PZ-10");
    is_refused(&campus, "没有待分配", "allot", "team", one_team, NULL);
    campus_close(&campus);
}

/* 转化法 §45 一（三）, Gansu's R21: a tenth of each year's profit, three years in a row; a loss is a year too. */
static void a_unit_that_works_it_itself_shares_its_profits(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_price(&campus);
    does(&campus, "price", "way", "self", "pricing", "", "price", "100万元", "ground", "学校集体决策", NULL);
    while (strcmp(campus_at(&campus), "approve") == 0)
        does(&campus, "approve", "minutes", "示例纪要", NULL);
    does(&campus, "sign", "number", "HT-1", "sort", "develop", "tree", "convert", NULL);
    does(&campus, "state", "fact", "register_waived", "value", "yes", "source", "declared", NULL);
    does(&campus, "state", "fact", "reward_years", "value", "3", "source", "declared", NULL);
    assert_string_equal(campus_at(&campus), "allot");
    is_refused(&campus, "没有扣除项", "cost", "sort", "tax", "amount", "1元", "voucher", "PZ-0", NULL);
    is_refused(&campus, "还没有过完", "profit", "year", "2026", "amount", "100万元", "source", "示例审计报告", "voucher", "PZ-1", NULL);
    for (int year = 2026; year < 2029; year++) {
        const char *loss = year == 2027 ? "0" : "100.01元";

        campus.today = campus_date(year + 1, 2, 1);
        does(&campus, "profit", "amount", loss, "source", "示例审计报告", "voucher", "PZ-1", NULL);
        is_refused(&campus, "不接着上一份", "profit", "year", "2026", "amount", "1元", "source", "示例审计报告", "voucher", "PZ-1", NULL);
        if (year == 2027)
            continue;
        is_refused(&campus, "还没有过完", "profit", "amount", "1元", "source", "示例审计报告", "voucher", "PZ-1", NULL);
        is_refused(&campus, "低于法定", "allot", "team", one_team, "rate", "9.99%", NULL);
        does(&campus, "allot", "team", one_team, NULL);
        assert_int_equal(campus_paper(&campus, KIND_AWARD, year == 2026 ? 1 : 2)->values[AWARD_REWARD].number, 1001);
        does(&campus, "notice", "sort", "reward", "place", "unit", NULL);
        campus.today += 30;
        does(&campus, "pay", "voucher", "PZ-9", NULL);
        assert_string_equal(campus_at(&campus), year == 2028 ? "tax" : "allot");
    }
    campus_close(&campus);
}

/* A cost that eats a receipt whole leaves nothing to share, and the deal goes on. */
static void what_costs_eat_whole_is_not_waited_for(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_allot(&campus, "100万元");
    does(&campus, "cost", "sort", "upkeep", "amount", "100万元", "voucher", "PZ-2", NULL);
    is_refused(&campus, "没有净收入", "allot", "team", one_team, NULL);
    assert_string_equal(campus_at(&campus), "tax");
    campus_close(&campus);
}

static void a_number_in_the_team_is_the_person_named(void **state)
{
    static const char *const person[] = {"name", "曾某（示例）", "calling", "科研人员", "skills", "轴承", NULL};
    struct campus campus;
    int64_t id;

    campus_open(&campus, state, gansu, "");
    campus_to_allot(&campus, "100万元");
    id = campus_record(&campus, &kind_person, campus.unit, person);
    is_refused(&campus, "没有编号 4611686018427387904 的人员", "allot", "team", "曾某（示例） 100% 主要贡献 #4611686018427387904", NULL);
    assert_string_equal(campus.err.field, "team");
    is_refused(&campus, "是曾某（示例），不是彭某（示例）", "allot", "team",
               arena_print(&campus.arena, "彭某（示例） 100%% 主要贡献 #%lld", (long long)id), NULL);
    does(&campus, "allot", "team", arena_print(&campus.arena, "曾某（示例） 100%% 主要贡献 #%lld", (long long)id), NULL);
    campus_close(&campus);
}

static void a_statement_that_has_run_out_says_nothing(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "100万元");
    does(&campus, "sign", "number", "HT-1", NULL);
    does(&campus, "state", "fact", "register_waived", "value", "yes", "source", "declared", "until",
         campus_text(&campus, campus.today), NULL);
    assert_string_equal(campus_at(&campus), "receive");
    campus.today++;
    assert_string_equal(campus_at(&campus), "register");
    campus_close(&campus);
}

/* Zhejiang's and Beijing's R24 say what may not be deducted; the nation's does not. */
static const struct {
    const char *region, *sort, *public_research, *says;
} costs_refused[] = {
    {zhejiang, "cost", "yes", "财政性资金"}, {"110108", "cost", "yes", "财政性资金"}, {"110108", "cost", "no", "没有列明其他直接成本"}};

static void each_region_says_what_is_deducted(void **state)
{
    for (size_t i = 0; i < COUNT(costs_refused); i++) {
        struct campus campus;

        campus_open(&campus, state, costs_refused[i].region, "");
        if (i)
            does(&campus, "state", "fact", "local_standard", "value", "yes", "source", "declared", NULL);
        campus_to_allot(&campus, "100万元");
        does(&campus, "cost", "sort", costs_refused[i].sort, "amount", "1万元", "voucher", "PZ-2", "public_research",
             costs_refused[i].public_research, NULL);
        is_refused(&campus, costs_refused[i].says, "allot", "team", one_team, "rate", "75%", NULL);
        campus_close(&campus);
        if (i + 1 < COUNT(costs_refused))
            place_again(state);
    }
}

/* Of one fen that was received under the nth contract, by the team's shares. */
static struct slice shares_of_a_fen(struct campus *campus, const char *team, size_t n)
{
    campus->today = campus_date(2026, 3, 2);
    campus_again(campus);
    campus_to_receive_with(campus, "100万元", arena_print(&campus->arena, "202662010000000%zu", n));
    does(campus, "receive", "amount", "0.01元", "voucher", "PZ-1", NULL);
    does(campus, "allot", "team", team, NULL);
    return campus_paper(campus, KIND_AWARD, 1)->values[AWARD_SHARES].text;
}

static void one_fen_among_three_goes_to_the_same_in_any_order(void **state)
{
    static const char *const teams[] = {"甲某（示例） 33.33% 主要贡献\n乙某（示例） 33.33% 主要贡献\n丙某（示例） 33.34% 主要贡献",
                                        "丙某（示例） 33.34% 主要贡献\n乙某（示例） 33.33% 主要贡献\n甲某（示例） 33.33% 主要贡献"};
    struct campus campus;
    int64_t even = 0;

    campus_open(&campus, state, gansu, "");
    for (size_t i = 0; i < COUNT(teams); i++) {
        struct slice shares = shares_of_a_fen(&campus, teams[i], i);

        assert_non_null(memmem(shares.at, shares.len, "丙某（示例） 1", strlen("丙某（示例） 1")));
        assert_non_null(memmem(shares.at, shares.len, "甲某（示例） 0", strlen("甲某（示例） 0")));
        even += (int64_t)shares.len;
    }
    assert_int_equal(even % 2, 0);
    campus_close(&campus);
}

static void two_of_equal_share_get_the_same_in_any_order(void **state)
{
    static const char *const teams[] = {"甲某（示例） 50% 主要贡献\n乙某（示例） 50% 主要贡献", "乙某（示例） 50% 主要贡献\n甲某（示例） 50% 主要贡献"};
    struct campus campus;
    bool first[2];

    campus_open(&campus, state, gansu, "");
    for (size_t i = 0; i < COUNT(teams); i++) {
        struct slice shares = shares_of_a_fen(&campus, teams[i], i);

        first[i] = memmem(shares.at, shares.len, "甲某（示例） 1", strlen("甲某（示例） 1")) != NULL;
    }
    assert_int_equal(first[0], first[1]);
    campus_close(&campus);
}

static void a_chief_leader_takes_equity_with_a_document_alone(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_price(&campus);
    does(&campus, "price", "way", "equity", "price", "100万元", "buyer", "示例甲机械厂", "buyer_nature", "private", "ground", "集体决策", NULL);
    does(&campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_market(&campus);
    campus.today += 20;
    does(&campus, "approve", "minutes", "示例纪要", NULL);
    does(&campus, "sign", "number", "HT-1", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    does(&campus, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", "100万元", NULL);
    does(&campus, "receive", "voucher", "PZ-1", NULL);
    is_refused(&campus, "正职领导", "allot", "team", "曾某（示例） 60% 主要贡献\n校某（示例） 40% 主要贡献 正职领导", NULL);
    does(&campus, "allot", "team", "曾某（示例） 60% 主要贡献\n校某（示例） 40% 主要贡献 正职领导 有文件", NULL);
    campus_close(&campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_reward_keeps_the_floor_of_its_region),
        ON_BOTH(awards_follow_the_money),
        ON_BOTH(a_unit_that_works_it_itself_shares_its_profits),
        ON_BOTH(what_costs_eat_whole_is_not_waited_for),
        ON_BOTH(a_number_in_the_team_is_the_person_named),
        ON_BOTH(a_statement_that_has_run_out_says_nothing),
        ON_BOTH(each_region_says_what_is_deducted),
        ON_BOTH(one_fen_among_three_goes_to_the_same_in_any_order),
        ON_BOTH(two_of_equal_share_get_the_same_in_any_order),
        ON_BOTH(a_chief_leader_takes_equity_with_a_document_alone),
    };

    return run_places(tests);
}
