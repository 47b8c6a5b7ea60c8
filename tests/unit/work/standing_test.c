/* Where deals stand, the days ahead of them, and what the clock writes: over time that is passed in, on both engines. */
#include "deal_town.h"

#include "work/city_check.h"
#include "work/deal_int.h"
#include "work/standing.h"

static void follow(struct campus *campus)
{
    size_t changed;
    bool more = true;

    while (more)
        if (!standing_follow(campus->town.store, &campus->law, campus_ms(campus), &changed, &more, &campus->err))
            fail_msg("%s", campus->err.message);
}

static size_t tick(struct campus *campus)
{
    size_t told = 0;
    bool more;

    follow(campus);
    if (!standing_tick(campus->town.store, &campus->law, campus_ms(campus), 50, &told, &more, &campus->err))
        fail_msg("%s", campus->err.message);
    follow(campus);
    return told;
}

static void pier_is(struct campus *campus, const char *pier)
{
    struct deal_file file;
    struct deal_bridge bridge;

    campus_look(campus, &file, &bridge);
    if (!slice_is(file.deal.values[DEAL_PIER].text, pier))
        fail_msg("the list says %.*s, wanted %s", (int)file.deal.values[DEAL_PIER].text.len, file.deal.values[DEAL_PIER].text.at, pier);
}

static bool forgotten(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return standing_forget(sql, err);
}

/* As if holidays had been announced after the day was reckoned. */
static bool pulled_forward(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "UPDATE deal_due SET wake = wake - 16, day = day - 16 WHERE sort = 'notice'", SQL_NO_ARGS, err);
}

static int64_t due_leaves(struct campus *campus)
{
    return town_number(&campus->town, "SELECT count(*) FROM ledger WHERE action = 'deal.due'");
}

/* 2 March and 15 days are over with the 17th. */
static void a_notice_that_is_over_moves_the_deal_once(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_notice(&campus, "100万元");
    does(&campus, "notice", NULL);
    campus.today = campus_date(2026, 3, 17);
    assert_int_equal(tick(&campus), 0);
    pier_is(&campus, "notice");
    campus.today++;
    assert_int_equal(tick(&campus), 1);
    pier_is(&campus, "approve");
    assert_int_equal(tick(&campus), 0);
    assert_int_equal(due_leaves(&campus), 1);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM deal WHERE from_leaf = (SELECT leaf_index FROM ledger WHERE action = 'deal.due')"), 1);
    does(&campus, "approve", "minutes", "示例纪要", NULL);
    campus_close(&campus);
}

/* A second server, or a projection made anew, finds it done. */
static void what_was_told_is_not_told_again_after_a_rebuild(void **state)
{
    struct campus campus;
    struct sql *sql;
    struct city_counts counts;

    campus_open(&campus, state, gansu, "");
    campus_to_notice(&campus, "100万元");
    does(&campus, "notice", NULL);
    campus.today += 16;
    assert_int_equal(tick(&campus), 1);
    assert_true(store_write(campus.town.store, "", forgotten, NULL, &campus.err) == STORE_DONE);
    assert_int_equal(tick(&campus), 0);
    assert_int_equal(due_leaves(&campus), 1);
    assert_int_equal(town_number(&campus.town, "SELECT wake FROM deal_due WHERE sort = 'notice'"), 0);
    sql = town_look(&campus.town);
    if (!city_check(sql, NULL, &counts, &campus.err))
        fail_msg("%s", campus.err.message);
    store_read_end(campus.town.store, sql);
    campus_close(&campus);
}

static void an_instalment_is_told_of_before_and_when_it_is_late(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_receive(&campus, "100万元"); /* due on 2026-12-31 */
    follow(&campus);
    assert_int_equal(town_number(&campus.town, "SELECT wake FROM deal_due WHERE sort = 'instalment'"), campus_date(2026, 12, 28));
    campus.today = campus_date(2026, 12, 27);
    tick(&campus); /* of the licence to be filed nobody was told in time */
    assert_int_equal(tick(&campus), 1);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM ledger WHERE request_id LIKE 'due-%instalment%'"), 0);
    campus.today++;
    assert_int_equal(tick(&campus), 1);
    assert_int_equal(tick(&campus), 0);
    campus.today = campus_date(2027, 1, 1);
    assert_int_equal(tick(&campus), 1);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM ledger WHERE request_id LIKE 'due-%instalment%' AND kind = 'due'"), 2);
    pier_is(&campus, "receive");
    does(&campus, "receive", "voucher", "PZ-1", NULL); /* and no version came between */
    follow(&campus);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM deal_due WHERE sort = 'instalment'"), 0);
    campus_close(&campus);
}

/* R13-2: three months from the contract; R40: 36 months from the receipt. */
static void the_days_of_rules_are_deadlines(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_allot(&campus, "100万元");
    follow(&campus);
    assert_int_equal(town_number(&campus.town, "SELECT day FROM deal_due WHERE sort = 'licence'"), campus_date(2026, 6, 22));
    does(&campus, "allot", "team", "曾某（示例） 100% 主要贡献", "half", "1", NULL);
    follow(&campus);
    assert_int_equal(town_number(&campus.town, "SELECT day FROM deal_due WHERE sort = 'half_tax'"), campus_date(2029, 3, 22));
    campus_close(&campus);
}

/* Papers of old that come in, and a server that was away: what is long past is nobody's news; a notice that is over still moves the deal. */
static void what_is_long_past_when_first_seen_is_told_to_nobody(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_receive(&campus, "100万元");
    campus.today = campus_date(2027, 6, 1);
    tick(&campus);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM ledger WHERE request_id LIKE 'due-%instalment%'"), 0);
    campus_again(&campus);
    campus_to_notice(&campus, "100万元");
    does(&campus, "notice", NULL);
    campus.today += 100;
    assert_int_equal(tick(&campus), 1);
    pier_is(&campus, "approve");
    campus_close(&campus);
}

static void a_day_that_moved_is_not_told_of_as_late(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_notice(&campus, "100万元");
    does(&campus, "notice", NULL);
    follow(&campus);
    assert_true(store_write(campus.town.store, "", pulled_forward, NULL, &campus.err) == STORE_DONE);
    assert_int_equal(tick(&campus), 0); /* the row says today; the file says the 18th */
    assert_int_equal(town_number(&campus.town, "SELECT wake FROM deal_due WHERE sort = 'notice'"), campus_date(2026, 3, 18));
    campus_close(&campus);
}

static void a_desk_sees_with_whom_it_is_and_since_when(void **state)
{
    struct campus campus;
    struct stood stood[4];
    struct sql *sql;
    size_t count;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "100万元");
    does(&campus, "sign", "number", "HT-1", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    follow(&campus);
    sql = town_look(&campus.town);
    assert_true(standing_registrations(sql, 620000, 629999, stood, 4, &count, &campus.err));
    assert_int_equal(count, 1);
    assert_true(stood[0].deal == campus.deal && stood[0].pier == PIER_REGISTER && stood[0].turn == TURN_REGISTRAR);
    assert_int_equal(day_of_ms(stood[0].since_ms), campus.today);
    assert_true(standing_of_region(sql, 620102, 620102, stood, 4, &count, &campus.err) && count == 1);
    assert_true(standing_of_region(sql, 620200, 620299, stood, 4, &count, &campus.err) && count == 0);
    assert_true(standing_of_unit(sql, campus.unit, stood, 4, &count, &campus.err) && count == 1);
    store_read_end(campus.town.store, sql);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    follow(&campus);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM deal_stand WHERE turn = 'registrar'"), 0);
    campus_close(&campus);
}

/* Sixty-six instalments, the numbers against the days: the law's days stand, and the nearest of the others. */
static void instalments_crowd_out_no_day_of_the_law(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_sign(&campus, "66万元");
    does(&campus, "sign", "number", "HT-1", "payment", "instalments", NULL);
    for (int i = 66; i > 0; i--)
        does(&campus, "plan", "sort", "part", "due_on", campus_text(&campus, campus.today + 30 * i), "amount", "1万元", NULL);
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    does(&campus, "receive", "amount", "1万元", "voucher", "PZ-1", NULL);
    follow(&campus);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM deal_due WHERE sort = 'licence'"), 1);
    assert_int_equal(town_number(&campus.town, "SELECT min(day) FROM deal_due WHERE sort = 'instalment'"), campus.today + 60);
    campus_close(&campus);
}

/* 国家税务总局公告2018年第30号 §1: from each day on which money came in; the first of those in an award decides. */
static void the_first_money_of_an_award_counts(void **state)
{
    struct record receipts[3] = {0}, awards[2] = {0};
    struct deal_file file = {.count = {[KIND_RECEIPT] = 2, [KIND_AWARD] = 1}};
    static const char *const days[] = {"2026-02-16", "2021-03-14", "2026-05-27"};

    (void)state;
    file.papers[KIND_RECEIPT] = receipts;
    file.papers[KIND_AWARD] = awards;
    for (size_t i = 0; i < 3; i++) {
        receipts[i].values[RECEIPT_CAME_ON] = (struct value){.known = true, .text = slice_of(days[i])};
        receipts[i].values[RECEIPT_AMOUNT] = (struct value){.known = true, .number = 50};
    }
    awards[0].values[AWARD_INCOME] = (struct value){.known = true, .number = 100};
    awards[1].values[AWARD_INCOME] = (struct value){.known = true, .number = 50};
    assert_int_equal(reward_received(&file, false), campus_date(2021, 3, 14)); /* the older was entered later */
    file.count[KIND_RECEIPT] = 3;
    assert_int_equal(reward_received(&file, false), campus_date(2021, 3, 14));
    assert_int_equal(reward_received(&file, true), campus_date(2026, 5, 27));
    file.count[KIND_AWARD] = 2;
    assert_int_equal(reward_received(&file, false), campus_date(2026, 5, 27));
    file.count[KIND_AWARD] = 0;
    assert_int_equal(reward_received(&file, false), campus_date(2021, 3, 14));
}

/* R40: two receipts five years apart in one award: 36 months from the first. */
static void half_tax_counts_from_the_first_money_of_the_award(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_receive(&campus, "100万元");
    does(&campus, "receive", "amount", "40万元", "voucher", "PZ-1", NULL);
    campus.today = campus_date(2031, 3, 3);
    does(&campus, "receive", "amount", "60万元", "voucher", "PZ-2", NULL);
    does(&campus, "allot", "team", "曾某（示例） 100% 主要贡献", "half", "1", NULL);
    follow(&campus);
    assert_int_equal(town_number(&campus.town, "SELECT day FROM deal_due WHERE sort = 'half_tax'"), campus_date(2029, 3, 22));
    campus_close(&campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_notice_that_is_over_moves_the_deal_once),
        ON_BOTH(what_was_told_is_not_told_again_after_a_rebuild),
        ON_BOTH(an_instalment_is_told_of_before_and_when_it_is_late),
        ON_BOTH(the_days_of_rules_are_deadlines),
        ON_BOTH(what_is_long_past_when_first_seen_is_told_to_nobody),
        ON_BOTH(a_day_that_moved_is_not_told_of_as_late),
        ON_BOTH(a_desk_sees_with_whom_it_is_and_since_when),
        ON_BOTH(instalments_crowd_out_no_day_of_the_law),
        cmocka_unit_test(the_first_money_of_an_award_counts),
        ON_BOTH(half_tax_counts_from_the_first_money_of_the_award),
    };

    return run_places(tests);
}
