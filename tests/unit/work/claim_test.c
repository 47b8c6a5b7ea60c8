/* What policies give: found from what is known, granted unasked by verified facts alone, decided by the rule of the day of application. */
#include "fact_hall.h"

#include "base/money.h"
#include "record/claim.h"
#include "work/benefit.h"
#include "work/city_check.h"
#include "work/claim.h"

struct fair {
    struct hall *hall;
    int64_t policy;
    struct matter_order order;
    const char *day; /* of what is done */
};

static int64_t policy_put(struct hall *hall, const char *title, const char *rule)
{
    const char *typed[] = {"title", title, "gives", "按示例文件给予奖励或补助。", "basis", "示例〔2026〕1号", "rule", rule, NULL};
    struct submission submission;

    town_submission(&hall->town, &submission, &kind_policy, NULL);
    assert_done(town_submit(&hall->town, NULL, &submission, typed, &hall->err), hall->err);
    return submission.id;
}

static void fair_open(struct fair *fair, void **state, const char *rule)
{
    *fair = (struct fair){.hall = hall_open(state), .day = "2026-10-08"};
    fair->policy = policy_put(fair->hall, "首次入库奖励（示例）", rule);
}

static void listed(struct fair *fair, const char *name, const char *year, const char *value)
{
    assert_true(say(fair->hall, &fair->hall->officer, SAID("name", name, "year", year, "value", value, "source", "department", "issuer",
                                                           "示例科技局", "issued_on", "2026-06-01")));
}

static void declared(struct fair *fair, const char *name, const char *year, const char *value)
{
    assert_true(say(fair->hall, &fair->hall->member, SAID("name", name, "year", year, "value", value, "source", "declared")));
}

/* All that LZ03 asks for, as offices say it. */
static void all_listed(struct fair *fair)
{
    listed(fair, "tech_sme", "2025", "是");
    listed(fair, "tech_sme_first", "", "是");
    listed(fair, "staff", "", "80");
    listed(fair, "dishonest", "", "否");
    listed(fair, "tax_arrears", "", "否");
}

static struct benefit *benefits(struct fair *fair, size_t *count)
{
    struct hall *hall = fair->hall;
    struct sql *sql = town_look(&hall->town);
    struct benefit *list;

    if (!benefits_of(sql, &hall->law, hall->firm, date(fair->day), &hall->arena, &list, count, &hall->err))
        fail_msg("%s", hall->err.message);
    store_read_end(hall->town.store, sql);
    return list;
}

static void order_make(struct fair *fair, struct matter_order *order, const struct actor *actor, const char *name, int64_t owner, int64_t id)
{
    struct hall *hall = fair->hall;
    const struct matter_sort *sort = matter_sort_of(&kind_claim);

    matter_order_init(order, &hall->law, actor, sort, matter_step_find(sort, slice_of(name)), town_request(&hall->town, hall->request));
    order->time_ms = date(fair->day) * INT64_C(86400000) + 2 * INT64_C(3600000);
    order->id = id;
    order->owner = owner;
    order->arena = &hall->arena;
    if (!id)
        order->typed[BENEFIT_POLICY] = slice_of(arena_print(&hall->arena, "%lld", (long long)fair->policy));
}

/* typed: pairs, then NULL; the version is the one that stands. */
static bool does(struct fair *fair, const struct actor *actor, const char *name, int64_t id, const char *const *typed)
{
    struct hall *hall = fair->hall;
    struct record claim;
    struct sql *sql;

    order_make(fair, &fair->order, actor, name, actor == &hall->officer ? hall->firm : 0, id);
    if (id) {
        sql = town_look(&hall->town);
        assert_true(record_get(sql, &kind_claim, id, &hall->arena, &claim, &hall->err));
        fair->order.ver = claim.ver;
        store_read_end(hall->town.store, sql);
    }
    for (; *typed; typed += 2)
        fair->order.typed[kind_field(&kind_claim, typed[0])] = slice_of(typed[1]);
    err_clear(&hall->err);
    return store_write(hall->town.store, fair->order.request_id, matter_step_run, &fair->order, &hall->err) == STORE_DONE;
}

#define DONE(fair, actor, step, id, ...) \
    do { \
        if (!does(fair, actor, step, id, SAID(__VA_ARGS__))) \
            fail_msg("%s: %s %s", step, (fair)->hall->err.message, (fair)->hall->err.hint); \
    } while (0)
#define NOTHING NULL
#define PERSON "name", "示例王某", "phone", "0931-1234567", "payee", "示例银行兰州分行 62000000"

static struct record claim_now(struct fair *fair, int64_t id)
{
    struct sql *sql = town_look(&fair->hall->town);
    struct record claim;

    assert_true(record_get(sql, &kind_claim, id, &fair->hall->arena, &claim, &fair->hall->err));
    store_read_end(fair->hall->town.store, sql);
    return claim;
}

static void state_is(struct fair *fair, int64_t id, const char *state)
{
    struct record claim = claim_now(fair, id);

    if (!slice_is(claim.values[MATTER_STATE].text, state))
        fail_msg("it is %.*s, not %s", (int)claim.values[MATTER_STATE].text.len, claim.values[MATTER_STATE].text.at, state);
}

static void a_policy_finds_the_firm_as_facts_come_to_be_known(void **state)
{
    struct fair fair;
    struct benefit *list;
    size_t count;

    fair_open(&fair, state, "LZ03");
    list = benefits(&fair, &count);
    assert_int_equal(count, 1);
    assert_int_equal(list->answer.verdict, RULE_UNKNOWN);
    assert_int_equal(list->answer.ask_count, 5);
    assert_int_equal(list->until, date("2026-11-30"));
    declared(&fair, "tech_sme", "2025", "是");
    declared(&fair, "tech_sme_first", "", "是");
    declared(&fair, "staff", "", "80");
    declared(&fair, "dishonest", "", "否");
    list = benefits(&fair, &count);
    assert_int_equal(list->answer.ask_count, 1); /* one deciding fact is missing */
    assert_string_equal(list->answer.asks[0]->name, "tax_arrears");
    listed(&fair, "tax_arrears", "", "否");
    list = benefits(&fair, &count);
    assert_int_equal(list->answer.verdict, RULE_YES);
    assert_true(list->amount_known && list->amount == 2000000 && list->period == 0);
    assert_false(list->automatic);
    assert_int_equal(list->unverified_count, 4); /* what the firm alone says, and nothing else */
    all_listed(&fair);
    assert_true(benefits(&fair, &count)->automatic);
    /* Another office that says otherwise takes it back. */
    assert_true(say(fair.hall, &fair.hall->officer, SAID("name", "staff", "value", "90", "source", "department", "issuer", "示例统计局",
                                                         "issued_on", "2026-05-01")));
    list = benefits(&fair, &count);
    assert_int_equal(list->answer.verdict, RULE_YES);
    assert_false(list->automatic);
    assert_string_equal(list->unverified[0]->name, "staff");
    fair.day = "2026-12-01";
    list = benefits(&fair, &count);
    assert_true(list->closed && list->answer.verdict == RULE_NO);
    hall_close(fair.hall);
}

static void only_verified_facts_have_money_granted_unasked(void **state)
{
    struct fair fair;
    int64_t id;

    fair_open(&fair, state, "LZ03");
    declared(&fair, "tech_sme", "2025", "是");
    all_listed(&fair); /* in place of what was declared */
    assert_true(say(fair.hall, &fair.hall->officer, SAID("name", "staff", "value", "80", "source", "department", "issuer", "示例科技局", "issued_on",
                                                         "2026-06-01", "until", "2026-06-30")));
    declared(&fair, "staff", "", "80");
    assert_false(does(&fair, &fair.hall->officer, "notify", 0, SAID(NOTHING)));
    assert_non_null(strstr(fair.hall->err.hint, "职工总数"));
    listed(&fair, "staff", "", "80");
    assert_false(does(&fair, &fair.hall->elsewhere, "notify", 0, SAID(NOTHING)));
    DONE(&fair, &fair.hall->officer, "notify", 0, NOTHING);
    id = fair.order.done_id;
    assert_false(does(&fair, &fair.hall->officer, "notify", 0, SAID(NOTHING))); /* once a firm, a policy and a period */
    assert_int_equal(fair.hall->err.code, ERR_CONFLICT);
    assert_false(does(&fair, &fair.hall->member, "apply", 0, SAID(PERSON)));
    DONE(&fair, &fair.hall->member, "take", id, PERSON);
    DONE(&fair, &fair.hall->officer, "decide", id, NOTHING);
    state_is(&fair, id, "granted");
    assert_int_equal(claim_now(&fair, id).values[BENEFIT_AMOUNT].number, 2000000);
    assert_int_equal(town_number(&fair.hall->town, "SELECT count(*) FROM finding"), 1);
    assert_false(does(&fair, &fair.hall->officer, "pay", id, SAID("paid_on", "2026-10-09", "voucher", "示例-1")));
    fair.day = "2026-10-20";
    DONE(&fair, &fair.hall->officer, "pay", id, "paid_on", "2026-10-09", "voucher", "示例-1");
    state_is(&fair, id, "paid");
    hall_close(fair.hall);
}

static void what_was_sent_in_time_counts_after_the_window(void **state)
{
    struct fair fair;
    int64_t id;

    fair_open(&fair, state, "LZ03");
    all_listed(&fair);
    fair.day = "2026-11-30";
    DONE(&fair, &fair.hall->member, "apply", 0, PERSON);
    id = fair.order.done_id;
    fair.day = "2027-01-15"; /* the days of application are over, and so is the rule itself */
    DONE(&fair, &fair.hall->officer, "return", id, "lacks", "请补营业执照复印件");
    DONE(&fair, &fair.hall->member, "supply", id, "supplied", "已补");
    DONE(&fair, &fair.hall->officer, "accept", id, NOTHING);
    DONE(&fair, &fair.hall->officer, "decide", id, NOTHING);
    state_is(&fair, id, "granted");
    hall_close(fair.hall);
}

static void who_is_late_is_told_so(void **state)
{
    struct fair fair;

    fair_open(&fair, state, "LZ03");
    all_listed(&fair);
    fair.day = "2026-12-01";
    assert_false(does(&fair, &fair.hall->member, "apply", 0, SAID(PERSON)));
    assert_string_equal(fair.hall->err.message, "不在申报期内");
    fair.day = "2027-02-01";
    assert_false(does(&fair, &fair.hall->member, "apply", 0, SAID(PERSON)));
    assert_int_equal(fair.hall->err.code, ERR_MISSING); /* no rule is in force */
    assert_int_equal(town_number(&fair.hall->town, "SELECT count(*) FROM claim"), 0);
    hall_close(fair.hall);
}

static void a_no_carries_its_condition_and_may_be_objected_to(void **state)
{
    struct fair fair;
    struct record claim;
    int64_t id;

    fair_open(&fair, state, "LZ03");
    all_listed(&fair);
    listed(&fair, "staff", "", "501");
    assert_false(does(&fair, &fair.hall->member, "apply", 0, SAID(PERSON)));
    assert_string_equal(fair.hall->err.field, "dispute");
    DONE(&fair, &fair.hall->member, "apply", 0, PERSON, "dispute", "社保名单把分公司也算进来了");
    id = fair.order.done_id;
    DONE(&fair, &fair.hall->officer, "accept", id, NOTHING);
    DONE(&fair, &fair.hall->officer, "decide", id, NOTHING);
    state_is(&fair, id, "refused");
    claim = claim_now(&fair, id);
    assert_non_null(strstr(arena_text(&fair.hall->arena, claim.values[BENEFIT_REASON].text), "职工超过 500 人"));
    assert_false(claim.values[BENEFIT_AMOUNT].known);
    DONE(&fair, &fair.hall->member, "object", id, "objection", "分公司的人数应当除外，附社保清单");
    listed(&fair, "staff", "", "80"); /* the office mends its list */
    DONE(&fair, &fair.hall->officer, "review", id, "review", "已更正职工人数");
    state_is(&fair, id, "granted");
    assert_int_equal(town_number(&fair.hall->town, "SELECT count(*) FROM finding"), 2);
    hall_close(fair.hall);
}

static void an_objection_can_be_turned_down_and_a_grant_taken_back_before_it_is_paid(void **state)
{
    struct fair fair;
    int64_t id;

    fair_open(&fair, state, "LZ03");
    all_listed(&fair);
    DONE(&fair, &fair.hall->member, "apply", 0, PERSON);
    id = fair.order.done_id;
    DONE(&fair, &fair.hall->officer, "accept", id, NOTHING);
    DONE(&fair, &fair.hall->officer, "decide", id, NOTHING);
    DONE(&fair, &fair.hall->member, "object", id, "objection", "金额应当按两年算，附说明");
    assert_false(does(&fair, &fair.hall->officer, "uphold", id, SAID(NOTHING)));
    DONE(&fair, &fair.hall->officer, "uphold", id, "review", "办法只给一次");
    state_is(&fair, id, "granted"); /* what was granted stands */
    assert_int_equal(claim_now(&fair, id).values[BENEFIT_AMOUNT].number, 2000000);
    DONE(&fair, &fair.hall->officer, "dismiss", id, "reason", "核查发现材料不实");
    state_is(&fair, id, "refused");
    assert_false(claim_now(&fair, id).values[BENEFIT_AMOUNT].known);
    DONE(&fair, &fair.hall->member, "object", id, "objection", "材料是真实的，附原件扫描");
    DONE(&fair, &fair.hall->officer, "uphold", id, "review", "原件与存档不符"); /* the rule alone would grant it */
    state_is(&fair, id, "upheld");
    hall_close(fair.hall);
}

static void who_acts_for_the_firm_does_not_decide_for_the_office(void **state)
{
    struct fair fair;
    struct actor both;
    int64_t account, id;

    fair_open(&fair, state, "LZ03");
    all_listed(&fair);
    account = town_account(&fair.hall->town, "both", fair.hall->firm, town_password);
    town_grant(&fair.hall->town, account, ROLE_MEMBER, SCOPE_ALL, 0);
    town_grant(&fair.hall->town, account, ROLE_CITY_OFFICER, SCOPE_DIVISION, 620100);
    town_actor(&fair.hall->town, account, &both);
    DONE(&fair, &fair.hall->member, "apply", 0, PERSON);
    id = fair.order.done_id;
    assert_false(does(&fair, &both, "accept", id, SAID(NOTHING)));
    DONE(&fair, &fair.hall->officer, "accept", id, NOTHING);
    assert_false(does(&fair, &both, "decide", id, SAID(NOTHING)));
    assert_int_equal(fair.hall->err.code, ERR_DENIED);
    DONE(&fair, &fair.hall->officer, "decide", id, NOTHING);
    hall_close(fair.hall);
}

static void nobody_decides_over_what_is_unknown_or_contradicted(void **state)
{
    struct fair fair;
    int64_t id;

    fair_open(&fair, state, "LZ03");
    listed(&fair, "tech_sme", "2025", "是");
    listed(&fair, "tech_sme_first", "", "是");
    listed(&fair, "dishonest", "", "否");
    listed(&fair, "tax_arrears", "", "否");
    DONE(&fair, &fair.hall->member, "apply", 0, PERSON);
    id = fair.order.done_id;
    DONE(&fair, &fair.hall->officer, "accept", id, NOTHING);
    assert_false(does(&fair, &fair.hall->officer, "decide", id, SAID(NOTHING)));
    assert_string_equal(fair.hall->err.message, "还缺事实，不能决定：职工总数");
    listed(&fair, "staff", "", "80");
    assert_true(say(fair.hall, &fair.hall->officer, SAID("name", "staff", "value", "90", "source", "department", "issuer", "示例统计局",
                                                         "issued_on", "2026-07-01")));
    assert_false(does(&fair, &fair.hall->officer, "decide", id, SAID(NOTHING)));
    assert_string_equal(fair.hall->err.message, "两个部门给的“职工总数”不一致");
    assert_true(say(fair.hall, &fair.hall->officer, SAID("name", "staff", "value", "80", "source", "department", "issuer", "示例统计局",
                                                         "issued_on", "2026-07-02")));
    DONE(&fair, &fair.hall->officer, "decide", id, NOTHING);
    state_is(&fair, id, "granted");
    hall_close(fair.hall);
}

static void what_is_withdrawn_may_be_asked_for_again_in_time(void **state)
{
    struct fair fair;
    int64_t id;

    fair_open(&fair, state, "LZ03");
    all_listed(&fair);
    DONE(&fair, &fair.hall->member, "apply", 0, PERSON);
    id = fair.order.done_id;
    assert_false(does(&fair, &fair.hall->stranger, "withdraw", id, SAID(NOTHING)));
    DONE(&fair, &fair.hall->member, "withdraw", id, NOTHING);
    fair.day = "2026-12-01";
    assert_false(does(&fair, &fair.hall->member, "again", id, SAID(PERSON)));
    fair.day = "2026-11-01";
    DONE(&fair, &fair.hall->member, "again", id, PERSON);
    state_is(&fair, id, "applied");
    assert_int_equal(claim_now(&fair, id).values[BENEFIT_SENT_ON].known, 1);
    hall_close(fair.hall);
}

static void many_notices_pass_over_who_has_one(void **state)
{
    struct fair fair;
    struct matter_order *orders = calloc(2, sizeof *orders);
    struct claim_batch batch = {orders, 2, 0, 0};
    int64_t second;

    fair_open(&fair, state, "LZ03");
    second = town_party(&fair.hall->town, "兰州某阀门（示例）", "620103");
    all_listed(&fair);
    DONE(&fair, &fair.hall->member, "apply", 0, PERSON);
    for (size_t i = 0; i < 5; i++) {
        static const char *const said[][3] = {{"tech_sme", "2025", "是"}, {"tech_sme_first", "", "是"}, {"staff", "", "8"}, {"dishonest", "", "否"},
                                              {"tax_arrears", "", "否"}};

        assert_true(say_under(fair.hall, &fair.hall->officer, second, town_request(&fair.hall->town, fair.hall->request),
                              SAID("name", said[i][0], "year", said[i][1], "value", said[i][2], "source", "department", "issuer", "示例科技局",
                                   "issued_on", "2026-06-01")));
    }
    order_make(&fair, &orders[0], &fair.hall->officer, "notify", fair.hall->firm, 0);
    order_make(&fair, &orders[1], &fair.hall->officer, "notify", second, 0);
    assert_done(store_write(fair.hall->town.store, "many", claims_notify_step, &batch, &fair.hall->err), fair.hall->err);
    assert_int_equal(batch.sent, 1);
    assert_int_equal(batch.passed, 1);
    assert_int_equal(town_number(&fair.hall->town, "SELECT count(*) FROM claim WHERE to_leaf IS NULL AND state = 'notified'"), 1);
    assert_done(store_write(fair.hall->town.store, "many", claims_notify_step, &batch, &fair.hall->err), fair.hall->err);
    assert_int_equal(batch.sent, 0);
    free(orders);
    hall_close(fair.hall);
}

static void each_claim_has_its_leaves(void **state)
{
    struct fair fair;
    struct city_counts counts;
    struct sql *sql;

    fair_open(&fair, state, "LZ03");
    all_listed(&fair);
    DONE(&fair, &fair.hall->member, "apply", 0, PERSON);
    DONE(&fair, &fair.hall->officer, "accept", fair.order.done_id, NOTHING);
    DONE(&fair, &fair.hall->officer, "decide", fair.order.done_id, NOTHING);
    sql = town_look(&fair.hall->town);
    if (!city_check(sql, NULL, &counts, &fair.hall->err))
        fail_msg("%s", fair.hall->err.message);
    store_read_end(fair.hall->town.store, sql);
    hall_close(fair.hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_policy_finds_the_firm_as_facts_come_to_be_known), ON_BOTH(only_verified_facts_have_money_granted_unasked),
        ON_BOTH(what_was_sent_in_time_counts_after_the_window), ON_BOTH(who_is_late_is_told_so),
        ON_BOTH(a_no_carries_its_condition_and_may_be_objected_to), ON_BOTH(an_objection_can_be_turned_down_and_a_grant_taken_back_before_it_is_paid),
        ON_BOTH(who_acts_for_the_firm_does_not_decide_for_the_office), ON_BOTH(nobody_decides_over_what_is_unknown_or_contradicted),
        ON_BOTH(what_is_withdrawn_may_be_asked_for_again_in_time), ON_BOTH(many_notices_pass_over_who_has_one),
        ON_BOTH(each_claim_has_its_leaves),
    };

    return run_places(tests);
}
