/* Challenges from the problem to the rating, and what may not happen on the way: bids are sealed, each no has a reason, money is exact. */
#include "matter_steps.h"

#include "work/board_count.h"
#include "work/inbox.h"
#include "work/notify.h"

struct fair_ground {
    struct campus campus;      /* 示例丙学院: bids */
    int64_t works, institute;  /* whose problem it is; the other bidder */
    struct actor firm, officer, rival, auditor;
    int64_t challenge, bids[2];
    struct matter_order order;
};

static void ground_open(struct fair_ground *ground, void **state)
{
    static const char *const works[] = {"name", "示例甲机械厂", "side", "enterprise", "region", "620102", NULL};
    static const char *const institute[] = {"name", "示例乙研究所", "side", "institute", "region", "620102", NULL};
    struct campus *campus = &ground->campus;

    campus_open(campus, state, "620102", "");
    ground->works = campus_record(campus, &kind_party, 0, works);
    ground->institute = campus_record(campus, &kind_party, 0, institute);
    ground->firm = campus_person(campus, "firm", ground->works, ROLE_MEMBER);
    ground->rival = campus_person(campus, "rival", ground->institute, ROLE_MEMBER);
    ground->officer = campus_person(campus, "officer", 0, ROLE_CITY_OFFICER);
    ground->auditor = campus_person(campus, "auditor", 0, ROLE_AUDITOR);
}

static const char *number(struct fair_ground *ground, int64_t value)
{
    return campus_number(&ground->campus, value);
}

static void put(struct fair_ground *ground)
{
    IS(ground, &ground->firm, &sort_challenge, 0, "put",
       TYPED("subject", "含沙介质泵轴承寿命", "problem", "含沙介质里轴承三千小时就坏，停机一次两天。", "figures", "寿命 8000 小时", "amount", "300万元", "owner_share",
             "66.67%", "until_day", "2026-03-31", "finish_by", "2027-12-31", "who", "university；institute", "criteria", "指标 60，团队 40", "name", "示例张三",
             "phone", "0931-1234567"));
    ground->challenge = ground->order.done_id;
}

static void bid(struct fair_ground *ground, const struct actor *actor, int at, const char *price)
{
    IS(ground, actor, &sort_bid, 0, "bid",
       TYPED("challenge", number(ground, ground->challenge), "approach", "示例涂层路线，分三轮台架试验。", "figures", "寿命 8500 小时", "price", price, "months", "18",
             "team", "示例团队五人", "trl", "5", "evidence", "台架报告一份", "name", "示例王五", "phone", "0931-7654321"));
    ground->bids[at] = ground->order.done_id;
}

static void published(struct fair_ground *ground)
{
    put(ground);
    IS(ground, &ground->officer, &sort_challenge, ground->challenge, "publish", NULL);
}

static enum matter_sight sight(struct fair_ground *ground, const struct actor *actor, const struct matter_sort *sort, int64_t id)
{
    return campus_sight(&ground->campus, actor, sort, id);
}

static size_t listed(struct fair_ground *ground, const struct actor *actor)
{
    struct campus *campus = &ground->campus;
    struct sql *sql = town_look(&campus->town);
    struct record list[20];
    int64_t further;
    size_t count;

    assert_true(matter_list(sql, &sort_bid, actor, &(struct matter_query){0}, &campus->arena, list, 20, &count, &further, &campus->err));
    store_read_end(campus->town.store, sql);
    return count;
}

static int64_t told(struct fair_ground *ground)
{
    struct campus *campus = &ground->campus;
    size_t count;
    bool more = true;

    while (more)
        assert_true(notify_follow(campus->town.store, &campus->law, &count, &more, &campus->err));
    return town_number(&campus->town, "SELECT count(*) FROM inbox");
}

/* --- sealed --- */

static void a_bid_is_sealed_until_all_are_opened_together(void **state)
{
    struct fair_ground opened, *ground = &opened;
    const struct actor *others[] = {&opened.firm, &opened.officer, &opened.auditor, &opened.rival};
    int64_t messages;

    ground_open(ground, state);
    published(ground);
    messages = told(ground);
    bid(ground, &ground->campus.clerk, 0, "280万元");
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(sight(ground, others[i], &sort_bid, ground->bids[0]), SIGHT_NONE);
        assert_int_equal(listed(ground, others[i]), 0);
    }
    assert_int_equal(sight(ground, &ground->campus.clerk, &sort_bid, ground->bids[0]), SIGHT_ALL);
    assert_int_equal(told(ground) - messages, 0); /* who did it knows; nobody else hears of it */
    IS_NOT("没有这", ground, &ground->firm, &sort_bid, ground->bids[0], "decline", TYPED("score", "1", "reason", "不合适不合适"));
    bid(ground, &ground->rival, 1, "250万元");
    ground->campus.today = campus_date(2026, 3, 31);
    IS_NOT("截止日", ground, &ground->firm, &sort_challenge, ground->challenge, "open", NULL);
    assert_int_equal(sight(ground, &ground->firm, &sort_bid, ground->bids[1]), SIGHT_NONE);
    ground->campus.today++;
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "open", NULL);
    assert_int_equal(sight(ground, &ground->firm, &sort_bid, ground->bids[0]), SIGHT_ALL);
    assert_int_equal(sight(ground, &ground->firm, &sort_bid, ground->bids[1]), SIGHT_ALL);
    assert_int_equal(sight(ground, &ground->rival, &sort_bid, ground->bids[0]), SIGHT_NONE); /* bidders never see each other's */
    IS_NOT("不收揭榜书", ground, &ground->campus.clerk, &sort_bid, ground->bids[0], "change", TYPED("price", "100万元"));
    campus_close(&ground->campus);
}

static void who_may_bid_and_for_how_much(void **state)
{
    struct fair_ground opened, *ground = &opened;
    const char *const *offer;

    ground_open(ground, state);
    put(ground);
    offer = TYPED("challenge", number(ground, ground->challenge), "approach", "示例涂层路线，分三轮台架试验。", "figures", "寿命 8500 小时", "price", "300.01万元", "months",
                  "18", "team", "示例团队五人", "trl", "5", "evidence", "台架报告一份", "name", "示例王五", "phone", "0931-7654321");
    IS_NOT("没有这个编号", ground, &ground->rival, &sort_bid, 0, "bid", offer); /* not public yet */
    IS_NOT("由科技部门来办", ground, &ground->firm, &sort_challenge, ground->challenge, "publish", NULL);
    town_grant(&ground->campus.town, ground->firm.account, ROLE_CITY_OFFICER, SCOPE_ALL, 0);
    town_actor(&ground->campus.town, ground->firm.account, &ground->firm);
    IS_NOT("由科技部门来办", ground, &ground->firm, &sort_challenge, ground->challenge, "publish", NULL); /* whose problem it is does not check it */
    ground->campus.today = campus_date(2026, 3, 17);
    IS_NOT("不满 15 日", ground, &ground->officer, &sort_challenge, ground->challenge, "publish", NULL);
    ground->campus.today = campus_date(2026, 3, 2);
    IS(ground, &ground->officer, &sort_challenge, ground->challenge, "publish", NULL);
    IS_NOT("报价不能超过", ground, &ground->rival, &sort_bid, 0, "bid", offer);
    IS_NOT("本单位自己出的题", ground, &ground->firm, &sort_bid, 0, "bid", offer);
    bid(ground, &ground->rival, 0, "300万元");
    offer = TYPED("challenge", number(ground, ground->challenge), "approach", "示例涂层路线，分三轮台架试验。", "figures", "寿命 8500 小时", "price", "1元", "months", "18",
                  "team", "示例团队五人", "trl", "5", "evidence", "台架报告一份", "name", "示例王五", "phone", "0931-7654321");
    IS_NOT("已经递交", ground, &ground->rival, &sort_bid, 0, "bid", offer);
    IS(ground, &ground->rival, &sort_bid, ground->bids[0], "withdraw", NULL);
    IS(ground, &ground->rival, &sort_bid, 0, "bid", offer);
    campus_close(&ground->campus);
}

static void what_was_taken_back_in_time_is_never_opened(void **state)
{
    struct fair_ground opened, *ground = &opened;
    int64_t back;

    ground_open(ground, state);
    published(ground);
    bid(ground, &ground->rival, 0, "250万元");
    back = ground->bids[0];
    IS(ground, &ground->rival, &sort_bid, back, "withdraw", NULL);
    bid(ground, &ground->rival, 0, "260万元");
    bid(ground, &ground->campus.clerk, 1, "280万元");
    ground->campus.today = campus_date(2026, 4, 1);
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "open", NULL);
    assert_int_equal(sight(ground, &ground->firm, &sort_bid, back), SIGHT_NONE);
    assert_int_equal(sight(ground, &ground->auditor, &sort_bid, back), SIGHT_NONE);
    assert_int_equal(sight(ground, &ground->rival, &sort_bid, back), SIGHT_ALL);
    assert_int_equal(sight(ground, &ground->firm, &sort_bid, ground->bids[0]), SIGHT_ALL);
    campus_close(&ground->campus);
}

static void too_few_are_given_back_unopened(void **state)
{
    struct fair_ground opened, *ground = &opened;

    ground_open(ground, state);
    published(ground);
    bid(ground, &ground->rival, 0, "250万元");
    ground->campus.today = campus_date(2026, 4, 1);
    IS_NOT("不到 2 份", ground, &ground->firm, &sort_challenge, ground->challenge, "open", NULL);
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "extend", TYPED("until_day", "2026-04-20"));
    IS_NOT("还没有过", ground, &ground->firm, &sort_challenge, ground->challenge, "fail", TYPED("end_why", "只有一份揭榜书"));
    ground->campus.today = campus_date(2026, 4, 21);
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "fail", TYPED("end_why", "只有一份揭榜书"));
    assert_int_equal(sight(ground, &ground->firm, &sort_bid, ground->bids[0]), SIGHT_NONE);
    assert_int_equal(town_number(&ground->campus.town, "SELECT count(*) FROM bid WHERE state = 'unopened' AND to_leaf IS NULL"), 1);
    campus_close(&ground->campus);
}

/* --- the choice --- */

static void opened_with_two(struct fair_ground *ground)
{
    published(ground);
    bid(ground, &ground->campus.clerk, 0, "280万元");
    bid(ground, &ground->rival, 1, "250万元");
    ground->campus.today = campus_date(2026, 4, 1); /* a Wednesday */
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "open", NULL);
}

static void each_no_has_a_reason_and_objections_are_ruled_on(void **state)
{
    struct fair_ground opened, *ground = &opened;

    ground_open(ground, state);
    opened_with_two(ground);
    IS(ground, &ground->firm, &sort_bid, ground->bids[0], "propose", TYPED("score", "88", "reason", "指标和团队都好"));
    IS_NOT("还有 1 份", ground, &ground->firm, &sort_challenge, ground->challenge, "notice", TYPED("reasons", "指标最高"));
    IS(ground, &ground->firm, &sort_bid, ground->bids[1], "propose", TYPED("score", "80", "reason", "价格低一些"));
    IS_NOT("正好一份", ground, &ground->firm, &sort_challenge, ground->challenge, "notice", TYPED("reasons", "指标最高"));
    IS(ground, &ground->firm, &sort_bid, ground->bids[1], "undo", NULL);
    IS(ground, &ground->firm, &sort_bid, ground->bids[1], "decline", TYPED("score", "80", "reason", "承诺的寿命没有试验支持"));
    IS_NOT("不在公示期", ground, &ground->rival, &sort_bid, ground->bids[1], "object", TYPED("objection", "试验报告已经附了"));
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "notice", TYPED("reasons", "指标最高"));
    IS(ground, &ground->rival, &sort_bid, ground->bids[1], "object", TYPED("objection", "试验报告已经附了"));
    ground->campus.today = campus_date(2026, 4, 20);
    IS_NOT("没有处理", ground, &ground->firm, &sort_challenge, ground->challenge, "sign", TYPED("contract", "示例-1", "total", "280万元", "signed_on", "2026-04-20"));
    IS_NOT("没有成立的异议", ground, &ground->officer, &sort_challenge, ground->challenge, "reselect", NULL);
    IS(ground, &ground->officer, &sort_challenge, ground->challenge, "rule", TYPED("verdict", "upheld", "ruling", "报告确已附上，应当重评"));
    IS_NOT("异议成立", ground, &ground->firm, &sort_challenge, ground->challenge, "sign", TYPED("contract", "示例-1", "total", "280万元", "signed_on", "2026-04-20"));
    IS(ground, &ground->officer, &sort_challenge, ground->challenge, "reselect", NULL);
    IS(ground, &ground->firm, &sort_bid, ground->bids[1], "undo", NULL);
    IS(ground, &ground->firm, &sort_bid, ground->bids[1], "propose", TYPED("score", "90", "reason", "补看报告后最高"));
    IS(ground, &ground->firm, &sort_bid, ground->bids[0], "decline", TYPED("score", "88", "reason", "价格高三十万元"));
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "notice", TYPED("reasons", "重评后最高"));
    assert_int_equal(town_number(&ground->campus.town, "SELECT winner FROM challenge WHERE to_leaf IS NULL"), ground->institute);
    IS(ground, &ground->rival, &sort_challenge, ground->challenge, "give_up", TYPED("end_why", "试验台被占用，不能签"));
    assert_int_equal(town_number(&ground->campus.town, "SELECT count(*) FROM challenge WHERE to_leaf IS NULL AND state = 'opened' AND winner IS NULL"), 1);
    assert_int_equal(town_number(&ground->campus.town, "SELECT count(*) FROM bid WHERE to_leaf IS NULL AND state = 'submitted'"), 1);
    campus_close(&ground->campus);
}

static void none_of_them(void **state)
{
    struct fair_ground opened, *ground = &opened;

    ground_open(ground, state);
    opened_with_two(ground);
    IS(ground, &ground->firm, &sort_bid, ground->bids[0], "decline", TYPED("score", "40", "reason", "寿命没有达到"));
    IS_NOT("还有 1 份", ground, &ground->firm, &sort_challenge, ground->challenge, "none", TYPED("end_why", "都没有达到指标"));
    IS(ground, &ground->firm, &sort_bid, ground->bids[1], "decline", TYPED("score", "30", "reason", "寿命没有达到"));
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "none", TYPED("end_why", "都没有达到指标"));
    campus_close(&ground->campus);
}

/* --- the money --- */

static void contracted(struct fair_ground *ground)
{
    opened_with_two(ground);
    IS(ground, &ground->firm, &sort_bid, ground->bids[0], "decline", TYPED("score", "70", "reason", "价格高三十万元"));
    IS(ground, &ground->firm, &sort_bid, ground->bids[1], "propose", TYPED("score", "90", "reason", "指标和价格都好"));
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "notice", TYPED("reasons", "指标和价格都好"));
    ground->campus.today = campus_date(2026, 4, 9);
    IS_NOT("公示未满", ground, &ground->firm, &sort_challenge, ground->challenge, "sign",
           TYPED("contract", "示例-1", "total", "250万元", "signed_on", "2026-04-09"));
    ground->campus.today = campus_date(2026, 4, 15);
    IS_NOT("公示的中榜报价", ground, &ground->firm, &sort_challenge, ground->challenge, "sign",
           TYPED("contract", "示例-1", "total", "2500000.01元", "signed_on", "2026-04-15"));
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "sign", TYPED("contract", "示例-1", "total", "1000000.01元", "signed_on", "2026-04-15"));
}

static void mark(struct fair_ground *ground, const char *what, const char *share)
{
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "plan",
       TYPED("what", what, "by_day", "2026-12-31", "figures", "寿命 5000 小时", "share", share));
}

static void passes(struct fair_ground *ground, int64_t released, int64_t owner)
{
    static const char newest[] = "SELECT released FROM milestone WHERE to_leaf IS NULL AND outcome = 'passed' ORDER BY from_leaf DESC LIMIT 1";
    static const char of_owner[] = "SELECT of_owner FROM milestone WHERE to_leaf IS NULL AND outcome = 'passed' ORDER BY from_leaf DESC LIMIT 1";

    IS(ground, &ground->rival, &sort_challenge, ground->challenge, "show", TYPED("evidence", "台架报告，寿命 5200 小时"));
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "pass", TYPED("opinion", "达到", "payment", "示例凭证"));
    assert_int_equal(town_number(&ground->campus.town, newest), released);
    assert_int_equal(town_number(&ground->campus.town, of_owner), owner);
}

static void money_goes_out_by_share_to_the_fen_and_ends_with_a_rating(void **state)
{
    struct fair_ground opened, *ground = &opened;

    ground_open(ground, state);
    contracted(ground);
    mark(ground, "小试", "33.33%");
    mark(ground, "中试", "33.33%");
    IS_NOT("还剩 33.34%", ground, &ground->firm, &sort_challenge, ground->challenge, "plan",
           TYPED("what", "投用", "by_day", "2026-12-31", "figures", "寿命 8000 小时", "share", "33.35%"));
    IS(ground, &ground->rival, &sort_challenge, ground->challenge, "show", TYPED("evidence", "台架报告，寿命 5200 小时"));
    IS_NOT("合计还不是 100%", ground, &ground->firm, &sort_challenge, ground->challenge, "pass", TYPED("opinion", "达到", "payment", "示例凭证"));
    mark(ground, "投用", "33.34%");
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "miss", TYPED("opinion", "只有 4800 小时"));
    /* Of 1,000,000.01 yuan, the newest milestone first: 33.34 %, 66.67 %, and the last has the fen. The owner bears 66.67 % of all of it. */
    passes(ground, 33340000, 22227778);
    passes(ground, 33330000, 22221111);
    IS_NOT("不能请求验收", ground, &ground->rival, &sort_challenge, ground->challenge, "deliver", TYPED("delivery", "样机和报告"));
    passes(ground, 33330001, 22221111);
    assert_int_equal(town_number(&ground->campus.town, "SELECT released FROM challenge WHERE to_leaf IS NULL"), 100000001);
    assert_int_equal(town_number(&ground->campus.town, "SELECT sum(of_owner + of_public) FROM milestone WHERE to_leaf IS NULL"), 100000001);
    IS(ground, &ground->rival, &sort_challenge, ground->challenge, "deliver", TYPED("delivery", "样机和报告"));
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "reject", TYPED("reject_why", "缺现场数据"));
    IS(ground, &ground->rival, &sort_challenge, ground->challenge, "deliver", TYPED("delivery", "样机、报告和现场数据"));
    IS(ground, &ground->firm, &sort_challenge, ground->challenge, "accept", TYPED("score", "5", "review", "用得好"));
    campus_close(&ground->campus);
}

static void any_shares_add_up(void **state)
{
    unsigned seed = 20261128;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        int64_t total = 1 + rand_r(&seed) % 2000000000, share = rand_r(&seed) % 10001, passed = 0, out = 0, owner = 0;

        while (passed < 10000) {
            struct release release;

            passed += 1 + rand_r(&seed) % 4000;
            passed = passed > 10000 ? 10000 : passed;
            release = challenge_release(total, share, passed, out, owner);
            assert_true(release.of_owner >= 0 && release.of_public >= 0 && release.of_owner + release.of_public == release.released);
            out += release.released;
            owner += release.of_owner;
        }
        assert_int_equal(out, total);
        assert_int_equal(owner, total * share / 10000);
    }
}

/* --- alliances --- */

static void an_alliance_needs_the_seven_items_and_keeps_exact_books(void **state)
{
    struct fair_ground opened, *ground = &opened;
    int64_t alliance, membership;

    ground_open(ground, state);
    IS(ground, &ground->firm, &sort_alliance, 0, "form",
       TYPED("name", "示例泵阀创新联盟", "purpose", "一起攻关含沙介质泵的轴承和密封。", "from_day", "2026-03-02"));
    alliance = ground->order.done_id;
    IS_NOT("没有成员单位确认", ground, &ground->firm, &sort_alliance, alliance, "found", NULL);
    IS(ground, &ground->firm, &sort_membership, 0, "invite",
       TYPED("alliance", number(ground, alliance), "party", "示例乙研究所", "task", "承担台架试验"));
    membership = ground->order.done_id;
    IS_NOT("由成员单位来办", ground, &ground->firm, &sort_membership, membership, "join", TYPED("name", "示例王五", "phone", "0931-7654321"));
    assert_int_equal(sight(ground, &ground->rival, &sort_alliance, alliance), SIGHT_NONE);
    IS(ground, &ground->rival, &sort_membership, membership, "join", TYPED("name", "示例王五", "phone", "0931-7654321"));
    assert_int_equal(sight(ground, &ground->rival, &sort_alliance, alliance), SIGHT_ALL);
    IS(ground, &ground->firm, &sort_alliance, alliance, "agree",
       TYPED("terms", "form；tasks；funds；ip；benefits；risks", "agreement", "示例-联-1", "from_day", "2026-03-02"));
    IS_NOT("没有约定违约责任", ground, &ground->firm, &sort_alliance, alliance, "found", NULL);
    IS(ground, &ground->firm, &sort_alliance, alliance, "agree",
       TYPED("terms", "form；tasks；funds；ip；benefits；risks；breach", "agreement", "示例-联-1", "from_day", "2026-03-02"));
    IS(ground, &ground->firm, &sort_alliance, alliance, "found", NULL);
    IS(ground, &ground->firm, &sort_alliance, alliance, "money",
       TYPED("sort", "in", "party", "示例乙研究所", "amount", "100.01元", "purpose", "会费", "day", "2026-03-02", "number", "示例1"));
    IS_NOT("累计收入超过上限", ground, &ground->firm, &sort_alliance, alliance, "money",
           TYPED("sort", "in", "party", "示例乙研究所", "amount", "1000000000000000元", "purpose", "示例会费", "day", "2026-03-02", "number", "示例2"));
    IS_NOT("还有 100.01 元", ground, &ground->firm, &sort_alliance, alliance, "money",
           TYPED("sort", "out", "party", "示例乙研究所", "amount", "100.02元", "purpose", "试验", "day", "2026-03-02", "number", "示例2"));
    IS_NOT("不能结束", ground, &ground->firm, &sort_alliance, alliance, "end", TYPED("end_why", "协议到期"));
    IS(ground, &ground->firm, &sort_alliance, alliance, "money",
       TYPED("sort", "out", "party", "示例乙研究所", "amount", "100.01元", "purpose", "试验", "day", "2026-03-02", "number", "示例2"));
    assert_int_equal(town_number(&ground->campus.town, "SELECT balance FROM alliance_money WHERE to_leaf IS NULL ORDER BY no DESC LIMIT 1"), 0);
    IS_NOT("应当是 100%", ground, &ground->firm, &sort_alliance, alliance, "right", TYPED("what", "示例专利", "holders", "示例甲机械厂 60%\n示例乙研究所 39.99%"));
    IS(ground, &ground->firm, &sort_alliance, alliance, "right", TYPED("what", "示例专利", "holders", "示例甲机械厂 60%\n示例乙研究所 40%"));
    IS_NOT("成员单位", ground, &ground->rival, &sort_alliance, alliance, "project",
           TYPED("title", "示例轴承攻关", "tasks", "甲厂出样机，乙所试验", "lead_party", "示例丙学院", "from_day", "2026-03-02", "until_day", "2027-03-01"));
    IS(ground, &ground->rival, &sort_alliance, alliance, "project",
       TYPED("title", "示例轴承攻关", "tasks", "甲厂出样机，乙所试验", "lead_party", "示例乙研究所", "from_day", "2026-03-02", "until_day", "2027-03-01"));
    IS(ground, &ground->rival, &sort_alliance, alliance, "result",
       TYPED("title", "示例涂层工艺", "project_no", "1", "what", "耐磨涂层工艺规程", "holders", "示例甲机械厂 50%\n示例乙研究所 50%", "benefit", "按比例分"));
    IS(ground, &ground->rival, &sort_membership, membership, "leave", TYPED("why", "任务完成"));
    IS_NOT("由牵头单位来办", ground, &ground->rival, &sort_alliance, alliance, "project",
           TYPED("title", "示例轴承攻关二", "tasks", "甲厂出样机", "lead_party", "示例乙研究所", "from_day", "2026-03-02", "until_day", "2027-03-01"));
    IS(ground, &ground->firm, &sort_alliance, alliance, "end", TYPED("end_why", "协议到期"));
    campus_close(&ground->campus);
}

/* --- research --- */

static void the_clock_of_the_duty_runs_by_the_contract_alone(void **state)
{
    struct fair_ground opened, *ground = &opened;
    const char *achievement;
    int64_t programme, project;
    struct record record;
    struct sql *sql;

    ground_open(ground, state);
    IS(ground, &ground->firm, &sort_programme, 0, "set_up", TYPED("name", "示例重大专项", "about", "泵阀关键部件", "from_day", "2024-01-01"));
    programme = ground->order.done_id;
    IS(ground, &ground->campus.clerk, &sort_project, 0, "begin",
       TYPED("programme", number(ground, programme), "name", "示例轴承项目", "number", "示例-24-1", "public_money", "200万元", "leader", "示例曾某", "from_day", "2024-01-01",
             "until_day", "2026-01-31", "expected", "样机一台", "term_licence", "1"));
    project = ground->order.done_id;
    IS_NOT("现在还不能", ground, &ground->campus.clerk, &sort_project, project, "accepted", TYPED("accepted_on", "2026-02-10"));
    IS(ground, &ground->firm, &sort_project, project, "confirm", NULL);
    IS(ground, &ground->campus.clerk, &sort_project, project, "accepted", TYPED("accepted_on", "2026-02-10", "implement_by", "2027-02-10"));
    achievement = number(ground, ground->campus.achievement);
    IS_NOT("没有这条成果", ground, &ground->campus.clerk, &sort_project, project, "result", TYPED("achievement_no", "77", "role", "direct"));
    IS(ground, &ground->campus.clerk, &sort_project, project, "result",
       TYPED("achievement_no", arena_print(&ground->campus.arena, "http://127.0.0.1/achievements/%s", achievement), "role", "direct"));
    IS_NOT("已经记在", ground, &ground->campus.clerk, &sort_project, project, "result", TYPED("achievement_no", achievement, "role", "direct"));
    IS_NOT("还没有过", ground, &ground->firm, &sort_project, project, "license", TYPED("end_why", "许可他人"));
    IS(ground, &ground->campus.clerk, &sort_project, project, "report", TYPED("year", "2026", "protected", "1", "text", "已申请专利，还没有实施"));
    IS_NOT("已经报过", ground, &ground->campus.clerk, &sort_project, project, "report", TYPED("year", "2026", "protected", "1", "text", "已申请专利"));
    IS_NOT("还没有写已经实施", ground, &ground->firm, &sort_project, project, "fulfil", TYPED("end_why", "已转化"));
    sql = town_look(&ground->campus.town);
    assert_true(record_get(sql, &kind_project, project, &ground->campus.arena, &record, &ground->campus.err));
    store_read_end(ground->campus.town.store, sql);
    assert_false(project_overdue(&record, campus_date(2027, 2, 10)));
    assert_true(project_overdue(&record, campus_date(2027, 2, 11)));
    ground->campus.today = campus_date(2027, 2, 11);
    IS(ground, &ground->firm, &sort_project, project, "license", TYPED("end_why", "依合同许可他人"));
    campus_close(&ground->campus);
}

/* The number of rows on /research that count, and of those that wait for their funder. */
static void counted(struct fair_ground *ground, size_t confirmed, size_t waiting, int line)
{
    struct research_line *list = arena_alloc(&ground->campus.arena, RESEARCH_LINES * sizeof *list);
    struct sql *sql = town_look(&ground->campus.town);
    size_t count, yes = 0;

    assert_true(research_read(sql, 0, ground->campus.today, &ground->campus.arena, list, &count, &ground->campus.err));
    store_read_end(ground->campus.town.store, sql);
    for (size_t i = 0; i < count; i++)
        yes += list[i].confirmed;
    if (yes != confirmed || count - yes != waiting)
        fail_msg("line %d: %zu counted, %zu waiting", line, yes, count - yes);
}

#define COUNTED(confirmed, waiting) counted(ground, confirmed, waiting, __LINE__)

static void a_project_counts_once_its_funder_has_confirmed_it(void **state)
{
    struct fair_ground opened, *ground = &opened;
    const char *programme;
    int64_t project;

#define PROJECT(number, money) TYPED("programme", programme, "name", "示例轴承项目", "number", number, "public_money", money, "leader", "示例曾某", \
                                     "from_day", "2024-01-01", "until_day", "2027-01-31", "expected", "样机一台")
    ground_open(ground, state);
    IS(ground, &ground->firm, &sort_programme, 0, "set_up", TYPED("name", "示例重大专项", "about", "泵阀关键部件", "from_day", "2024-01-01"));
    programme = number(ground, ground->order.done_id);
    IS(ground, &ground->campus.clerk, &sort_project, 0, "begin", PROJECT("示例-24-1", "200万元"));
    project = ground->order.done_id;
    COUNTED(0, 1);
    IS_NOT("由资助单位来办", ground, &ground->campus.clerk, &sort_project, project, "confirm", NULL);
    IS(ground, &ground->firm, &sort_project, project, "send_back", TYPED("return_why", "财政资金与任务书不符"));
    COUNTED(0, 1);
    IS(ground, &ground->campus.clerk, &sort_project, project, "change", PROJECT("示例-24-1", "150万元"));
    IS(ground, &ground->firm, &sort_project, project, "confirm", NULL);
    COUNTED(1, 0);
    IS(ground, &ground->campus.clerk, &sort_project, project, "change", PROJECT("示例-24-1", "900万元"));
    COUNTED(0, 1); /* other money than was confirmed */
    IS(ground, &ground->campus.clerk, &sort_project, project, "stop", TYPED("end_why", "没有立项"));
    COUNTED(0, 0);
    IS(ground, &ground->firm, &sort_project, 0, "begin", PROJECT("示例-24-2", "100万元"));
    COUNTED(1, 0); /* one's own programme */
    campus_close(&ground->campus);
#undef PROJECT
}

static size_t told_late(struct fair_ground *ground)
{
    size_t told;
    bool more;

    assert_true(matter_tick(ground->campus.town.store, campus_ms(&ground->campus), 10, &told, &more, &ground->campus.err));
    return told;
}

static void a_day_that_was_moved_is_told_late_anew(void **state)
{
    struct fair_ground opened, *ground = &opened;
    const char *programme;
    int64_t project;

#define UNTIL(day) TYPED("programme", programme, "name", "示例轴承项目", "number", "示例-24-1", "public_money", "200万元", "leader", "示例曾某", \
                         "from_day", "2024-01-01", "until_day", day, "expected", "样机一台")
    ground_open(ground, state);
    IS(ground, &ground->firm, &sort_programme, 0, "set_up", TYPED("name", "示例重大专项", "about", "泵阀关键部件", "from_day", "2024-01-01"));
    programme = number(ground, ground->order.done_id);
    IS(ground, &ground->campus.clerk, &sort_project, 0, "begin", UNTIL("2026-06-30"));
    project = ground->order.done_id;
    IS(ground, &ground->firm, &sort_project, project, "confirm", NULL);
    ground->campus.today = campus_date(2026, 7, 1);
    assert_int_equal(told_late(ground), 1);
    IS(ground, &ground->campus.clerk, &sort_project, project, "change", UNTIL("2026-06-30"));
    assert_int_equal(told_late(ground), 0); /* the same day is told once */
    IS(ground, &ground->campus.clerk, &sort_project, project, "change", UNTIL("2026-09-30"));
    assert_int_equal(told_late(ground), 0);
    ground->campus.today = campus_date(2026, 10, 1);
    assert_int_equal(told_late(ground), 1);
    campus_close(&ground->campus);
#undef UNTIL
}

/* --- before a patent is filed --- */

static void what_is_not_filed_yet_is_seen_by_the_unit_alone(void **state)
{
    static const char *const inventor[] = {"name", "示例曾某", "calling", "researcher", "party", "示例丙学院", "skills", "耐磨涂层", NULL};
    struct fair_ground opened, *ground = &opened;
    int64_t prefiling;
    struct actor who;

    ground_open(ground, state);
    IS_NOT("由发明人提出", ground, &ground->campus.clerk, &sort_prefiling, 0, "ask", TYPED("subject", "示例涂层", "points", "含沙介质耐磨涂层的配方。", "shown", "无"));
    who = ground->campus.clerk;
    who.person = campus_record(&ground->campus, &kind_person, ground->campus.unit, inventor);
    IS(ground, &who, &sort_prefiling, 0, "ask", TYPED("subject", "示例涂层", "points", "含沙介质耐磨涂层的配方。", "shown", "无"));
    prefiling = ground->order.done_id;
    assert_int_equal(sight(ground, &ground->campus.clerk, &sort_prefiling, prefiling), SIGHT_ALL);
    assert_int_equal(sight(ground, &ground->firm, &sort_prefiling, prefiling), SIGHT_NONE);
    assert_int_equal(sight(ground, &ground->officer, &sort_prefiling, prefiling), SIGHT_LINE);
    assert_int_equal(town_number(&ground->campus.town, "SELECT count(*) FROM prefiling WHERE title = '申请前评估'"), 1); /* all that a line says */
    IS_NOT("发明人不能评估", ground, &who, &sort_prefiling, prefiling, "assess",
           TYPED("novelty", "检索三个库，没有相同的", "searcher", "示例检索员", "searched_on", "2026-03-02", "market", "泵厂有需求", "cost", "2万元"));
    IS(ground, &ground->campus.clerk, &sort_prefiling, prefiling, "assess",
       TYPED("novelty", "检索三个库，没有相同的", "searcher", "示例检索员", "searched_on", "2026-03-02", "market", "泵厂有需求", "cost", "2万元"));
    IS_NOT("写明条件", ground, &ground->campus.clerk, &sort_prefiling, prefiling, "decide", TYPED("decision", "waive", "decision_why", "单位不申请"));
    IS_NOT("发明人不能评估", ground, &who, &sort_prefiling, prefiling, "decide",
           TYPED("decision", "waive", "decision_why", "单位不申请", "waive_terms", "放弃给发明人本人")); /* to himself */
    IS(ground, &ground->campus.clerk, &sort_prefiling, prefiling, "decide", TYPED("decision", "file", "decision_why", "市场明确"));
    IS(ground, &ground->campus.clerk, &sort_prefiling, prefiling, "link", TYPED("achievement_no", "含沙介质耐磨轴承涂层"));
    IS(ground, &ground->campus.clerk, &sort_prefiling, prefiling, "filed", TYPED("filed_number", "202610000001", "filed_on", "2026-03-02"));
    campus_close(&ground->campus);
}

/* --- fairs --- */

/* What came of the meetings of the fair, of which there is one that both confirmed. */
static void counts(struct fair_ground *ground, int64_t fair, struct fair_figures want, int line)
{
    struct sql *sql = town_look(&ground->campus.town);
    struct fair_figures is;

    assert_true(fair_figures(sql, fair, &is, &ground->campus.err));
    store_read_end(ground->campus.town.store, sql);
    want.guests = is.guests;
    want.came = is.came;
    want.meetings = want.confirmed = 1;
    if (memcmp(&is, &want, sizeof is) != 0)
        fail_msg("line %d: agreed %lld, signed %lld %lld, received %lld, said %lld %lld %lld", line, (long long)is.agreed, (long long)is.signed_count,
                 (long long)is.signed_fen, (long long)is.received_fen, (long long)is.said_agreed, (long long)is.said_signed, (long long)is.said_fen);
}

static int64_t announced(struct fair_ground *ground, const struct actor *organiser, const char *day)
{
    IS(ground, organiser, &sort_fair, 0, "announce",
       TYPED("sort", "match", "name", "示例泵阀对接会", "day", day, "place", "示例厅", "theme", "泵阀", "contact", "示例张三", "phone", "0931-1234567"));
    return ground->order.done_id;
}

/* That one met 示例丙学院 there. */
static int64_t claimed(struct fair_ground *ground, const struct actor *one, int64_t fair, const char *day)
{
    IS(ground, one, &sort_meeting, 0, "claim", TYPED("fair", number(ground, fair), "other", "示例丙学院", "met_on", day, "about", "涂层试用"));
    return ground->order.done_id;
}

#define COUNTS(fair, ...) counts(ground, fair, (struct fair_figures){__VA_ARGS__}, __LINE__)

static void who_met_whom_is_confirmed_by_both_and_asked_again(void **state)
{
    struct fair_ground opened, *ground = &opened;
    int64_t fair, meeting;

    ground_open(ground, state);
    fair = announced(ground, &ground->firm, "2026-03-10");
    IS(ground, &ground->rival, &sort_fair_guest, 0, "register",
       TYPED("fair", number(ground, fair), "name", "示例王五", "phone", "0931-7654321", "brings", "带来涂层样品"));
    IS_NOT("还没有举办", ground, &ground->rival, &sort_meeting, 0, "claim",
           TYPED("fair", number(ground, fair), "other", "示例丙学院", "met_on", "2026-03-02", "about", "涂层试用"));
    ground->campus.today = campus_date(2026, 3, 11);
    meeting = claimed(ground, &ground->rival, fair, "2026-03-10");
    IS_NOT("现在还不能", ground, &ground->rival, &sort_meeting, meeting, "after_thirty", TYPED("stand", "talks"));
    IS(ground, &ground->campus.clerk, &sort_meeting, meeting, "confirm", NULL);
    assert_int_equal(town_number(&ground->campus.town, "SELECT count(*) FROM meeting WHERE to_leaf IS NULL AND due = '2026-04-09'"), 1);
    IS_NOT("意向不算成交", ground, &ground->rival, &sort_meeting, meeting, "after_thirty", TYPED("stand", "agreed", "signed", "50万元"));
    IS(ground, &ground->rival, &sort_meeting, meeting, "after_thirty", TYPED("stand", "agreed"));
    COUNTS(fair, .agreed = 0, .said_agreed = 1); /* one side's word */
    assert_int_equal(town_number(&ground->campus.town, "SELECT count(*) FROM meeting WHERE to_leaf IS NULL AND state = 'thirty_other'"), 1);
    IS_NOT("已经答过", ground, &ground->rival, &sort_meeting, meeting, "after_thirty", TYPED("stand", "agreed"));
    IS_NOT("现在问的是", ground, &ground->rival, &sort_meeting, meeting, "after_ninety", TYPED("stand", "talks"));
    IS(ground, &ground->campus.clerk, &sort_meeting, meeting, "after_thirty", TYPED("stand", "agreed"));
    COUNTS(fair, .agreed = 1);
    IS_NOT("不能超过合同金额", ground, &ground->rival, &sort_meeting, meeting, "after_ninety",
           TYPED("stand", "signed", "contract", "示例-9", "signed", "50万元", "received", "50.01万元"));
    IS(ground, &ground->rival, &sort_meeting, meeting, "after_ninety", TYPED("stand", "signed", "contract", "示例-9", "signed", "50万元", "received", "20万元"));
    COUNTS(fair, .said_signed = 1, .said_fen = 50000000);
    IS(ground, &ground->campus.clerk, &sort_meeting, meeting, "after_ninety",
       TYPED("stand", "signed", "contract", "示例-9", "signed", "50万元", "received", "10万元"));
    COUNTS(fair, .signed_count = 1, .signed_fen = 50000000, .received_fen = 10000000); /* of what was received, what both say */
    campus_close(&ground->campus);
}

/* Who never answers keeps the other waiting for nothing. */
static void one_who_is_silent_is_not_waited_for_twice(void **state)
{
    struct fair_ground opened, *ground = &opened;
    int64_t fair, meeting;

    ground_open(ground, state);
    fair = announced(ground, &ground->firm, "2026-03-10");
    ground->campus.today = campus_date(2026, 3, 11);
    meeting = claimed(ground, &ground->rival, fair, "2026-03-10");
    IS(ground, &ground->campus.clerk, &sort_meeting, meeting, "confirm", NULL);
    ground->campus.today = campus_date(2026, 4, 12);
    IS(ground, &ground->rival, &sort_meeting, meeting, "after_thirty", TYPED("stand", "talks"));
    ground->campus.today = campus_date(2026, 6, 8);
    IS(ground, &ground->rival, &sort_meeting, meeting, "after_ninety", TYPED("stand", "agreed"));
    COUNTS(fair, .said_agreed = 1);
    assert_int_equal(town_number(&ground->campus.town, "SELECT count(*) FROM meeting WHERE to_leaf IS NULL AND state = 'ninety_other' AND due = '2026-06-08'"), 1);
    IS(ground, &ground->campus.clerk, &sort_meeting, meeting, "after_ninety", TYPED("stand", "nothing"));
    COUNTS(fair, .said_agreed = 1); /* they differ */
    campus_close(&ground->campus);
}

/* What a deal of this house shows needs nobody's word, and its sum is the contract's. */
static void a_deal_of_this_house_shows_what_came_of_a_meeting(void **state)
{
    struct fair_ground opened, *ground = &opened;
    int64_t fair, meeting;

    ground_open(ground, state);
    fair = announced(ground, &ground->rival, "2026-03-01");
    meeting = claimed(ground, &ground->firm, fair, "2026-03-01");
    IS(ground, &ground->campus.clerk, &sort_meeting, meeting, "confirm", NULL);
    IS(ground, &ground->firm, &sort_meeting, meeting, "after_thirty", TYPED("stand", "signed", "contract", "HT-1", "signed", "70万元", "received", "60万元"));
    COUNTS(fair, .said_signed = 1, .said_fen = 70000000);
    campus_to_allot(&ground->campus, "100万元"); /* 示例甲机械厂 buys, by contract HT-1 */
    COUNTS(fair, .signed_count = 1, .signed_fen = 100000000, .received_fen = 100000000);
    campus_close(&ground->campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_bid_is_sealed_until_all_are_opened_together),
        ON_BOTH(what_was_taken_back_in_time_is_never_opened),
        ON_BOTH(who_may_bid_and_for_how_much),
        ON_BOTH(too_few_are_given_back_unopened),
        ON_BOTH(each_no_has_a_reason_and_objections_are_ruled_on),
        ON_BOTH(none_of_them),
        ON_BOTH(money_goes_out_by_share_to_the_fen_and_ends_with_a_rating),
        cmocka_unit_test(any_shares_add_up),
        ON_BOTH(an_alliance_needs_the_seven_items_and_keeps_exact_books),
        ON_BOTH(the_clock_of_the_duty_runs_by_the_contract_alone),
        ON_BOTH(a_project_counts_once_its_funder_has_confirmed_it),
        ON_BOTH(a_day_that_was_moved_is_told_late_anew),
        ON_BOTH(what_is_not_filed_yet_is_seen_by_the_unit_alone),
        ON_BOTH(who_met_whom_is_confirmed_by_both_and_asked_again),
        ON_BOTH(one_who_is_silent_is_not_waited_for_twice),
        ON_BOTH(a_deal_of_this_house_shows_what_came_of_a_meeting),
    };

    return run_places(tests);
}
