/* What is known about a firm: who may say it, whom of several one believes, what contradicts, what expired, what a year is. */
#include "fact_hall.h"

#include "work/city_check.h"

static bool alter(struct hall *hall, enum fact_verb verb, const struct actor *actor, int64_t id, int64_t ver)
{
    err_clear(&hall->err);
    fact_order_init(&hall->order, verb, actor, 0, town_request(&hall->town, hall->request));
    hall->order.id = id;
    hall->order.ver = ver;
    return store_write(hall->town.store, hall->order.request_id, fact_step, &hall->order, &hall->err) == STORE_DONE;
}

static void look(struct hall *hall, const char *day)
{
    struct sql *sql = town_look(&hall->town);

    assert_true(facts_stated(sql, &hall->law, hall->firm, date(day), &hall->arena, &hall->stated, &hall->count, &hall->err));
    store_read_end(hall->town.store, sql);
}

static void a_firm_says_and_a_department_is_believed(void **state)
{
    struct hall *hall = hall_open(state);
    const struct fact *fact;

    assert_true(say(hall, &hall->member, SAID("name", "rd_spend", "year", "2025", "value", "500万元", "source", "declared")));
    fact = known(hall, "2026-11-28", "rd_spend");
    assert_int_equal(fact->value, 500000000);
    assert_int_equal(fact->source, FACT_DECLARED);
    assert_int_equal(fact->doubt, FACT_AGREED);
    assert_true(say(hall, &hall->officer, SAID("name", "研发费用", "year", "2025", "value", "4,800,000", "source", "department",
                                               "issuer", "示例税务局", "issued_on", "2026-06-10", "list", "清单.xlsx")));
    fact = known(hall, "2026-11-28", "rd_spend");
    assert_int_equal(fact->value, 480000000);
    assert_int_equal(fact->source, FACT_DEPARTMENT);
    assert_int_equal(fact->doubt, FACT_DISPUTED);
    assert_int_equal(known(hall, "2026-11-28", "today")->value, date("2026-11-28"));
    look(hall, "2026-11-28");
    assert_int_equal(hall->count, 2);
    assert_true(hall->stated[0].best && !hall->stated[1].best);
    assert_int_equal(hall->stated[0].trust, FACT_LISTED);
    hall_close(hall);
}

static void two_departments_that_differ_are_a_contradiction(void **state)
{
    struct hall *hall = hall_open(state);

    assert_true(say(hall, &hall->officer, SAID("name", "rd_spend", "year", "2025", "value", "480万元", "source", "department", "issuer",
                                               "示例税务局", "issued_on", "2026-06-10")));
    assert_true(say(hall, &hall->officer, SAID("name", "rd_spend", "year", "2025", "value", "470万元", "source", "department", "issuer",
                                               "示例统计局", "issued_on", "2026-07-01")));
    assert_int_equal(known(hall, "2026-11-28", "rd_spend")->doubt, FACT_CONTRADICTED);
    assert_int_equal(known(hall, "2026-11-28", "rd_spend")->value, 470000000); /* the newer */
    /* The same office's next list takes the place of its last one, and the two agree. */
    assert_true(say(hall, &hall->officer, SAID("name", "rd_spend", "year", "2025", "value", "480万元", "source", "department", "issuer",
                                               "示例统计局", "issued_on", "2026-08-01")));
    assert_int_equal(known(hall, "2026-11-28", "rd_spend")->doubt, FACT_AGREED);
    look(hall, "2026-11-28");
    assert_int_equal(hall->count, 2);
    hall_close(hall);
}

static void the_same_said_again_writes_nothing(void **state)
{
    static const char *const typed[] = {"name", "rd_spend", "year", "2025", "value", "500万元", "source", "declared", NULL};
    static const char *const spelt[] = {"name", "研发费用", "year", "2025", "value", "5,000,000.00", "source", "declared", NULL};
    static const char *const more[] = {"name", "rd_spend", "year", "2025", "value", "501万元", "source", "declared", NULL};
    struct hall *hall = hall_open(state);
    int64_t before;

    assert_true(say_under(hall, &hall->member, hall->firm, SLICE("once"), typed));
    before = town_number(&hall->town, "SELECT next FROM ledger_head");
    assert_true(say(hall, &hall->member, spelt));
    assert_false(hall->order.changed);
    assert_true(say_under(hall, &hall->member, hall->firm, SLICE("once"), typed));
    assert_true(hall->order.repeated);
    assert_false(say_under(hall, &hall->member, hall->firm, SLICE("once"), more));
    assert_int_equal(hall->err.code, ERR_CONFLICT);
    assert_int_equal(town_number(&hall->town, "SELECT next FROM ledger_head"), before);
    hall_close(hall);
}

static void a_year_is_asked_for_by_how_long_ago_it_was(void **state)
{
    static const char *const years[][2] = {{"2023", "300万元"}, {"2024", "400万元"}, {"2025", "500万元"}};
    struct hall *hall = hall_open(state);

    for (size_t i = 0; i < 3; i++)
        assert_true(say(hall, &hall->member, SAID("name", "rd_spend", "year", years[i][0], "value", years[i][1], "source", "declared")));
    assert_int_equal(known(hall, "2026-01-01", "rd_spend")->value, 500000000);
    assert_int_equal(known(hall, "2026-12-31", "rd_spend_2")->value, 400000000);
    assert_int_equal(known(hall, "2026-12-31", "rd_spend_3")->value, 300000000);
    assert_null(known(hall, "2027-01-01", "rd_spend"));
    assert_int_equal(known(hall, "2027-01-01", "rd_spend_2")->value, 500000000);
    hall_close(hall);
}

static void a_certificate_counts_once_it_is_confirmed(void **state)
{
    struct hall *hall = hall_open(state);
    struct actor both;
    int64_t id;

    assert_true(say(hall, &hall->member, SAID("name", "rd_subsidy", "year", "2025", "value", "20万元", "source", "certificate", "issuer",
                                              "示例科技局", "number", "示例-2025-001", "issued_on", "2025-12-01", "until", "2026-12-01")));
    id = hall->order.done_id;
    assert_int_equal(known(hall, "2026-11-28", "rd_subsidy")->source, FACT_DECLARED);
    assert_false(alter(hall, FACT_CONFIRM, &hall->member, id, 1));
    assert_int_equal(hall->err.code, ERR_DENIED);
    assert_false(alter(hall, FACT_CONFIRM, &hall->elsewhere, id, 1));
    both = hall->member;
    town_grant(&hall->town, both.account, ROLE_CITY_OFFICER, SCOPE_ALL, 0);
    town_actor(&hall->town, both.account, &both);
    assert_false(alter(hall, FACT_CONFIRM, &both, id, 1)); /* an officer who speaks for the firm does not vouch for it */
    assert_non_null(strstr(hall->err.message, "不能自己核对"));
    assert_false(alter(hall, FACT_CONFIRM, &hall->officer, id, 2));
    assert_int_equal(hall->err.code, ERR_CONFLICT);
    assert_true(alter(hall, FACT_CONFIRM, &hall->officer, id, 1));
    assert_int_equal(known(hall, "2026-11-28", "rd_subsidy")->source, FACT_CERTIFICATE);
    /* Its last day is a day on which it counts. */
    assert_non_null(known(hall, "2026-12-01", "rd_subsidy"));
    assert_null(known(hall, "2026-12-02", "rd_subsidy"));
    /* Another amount under the number has to be confirmed again. */
    assert_true(say(hall, &hall->member, SAID("name", "rd_subsidy", "year", "2025", "value", "30万元", "source", "certificate", "issuer",
                                              "示例科技局", "number", "示例-2025-001", "issued_on", "2025-12-01", "until", "2026-12-01")));
    assert_int_equal(known(hall, "2026-11-28", "rd_subsidy")->source, FACT_DECLARED);
    hall_close(hall);
}

static void a_withdrawn_fact_is_gone_and_may_come_again(void **state)
{
    static const char *const typed[] = {"name", "rd_spend", "year", "2025", "value", "500万元", "source", "declared", NULL};
    struct hall *hall = hall_open(state);
    int64_t id;

    assert_true(say(hall, &hall->member, typed));
    id = hall->order.done_id;
    assert_false(alter(hall, FACT_WITHDRAW, &hall->officer, id, 1));
    assert_true(alter(hall, FACT_WITHDRAW, &hall->member, id, 1));
    assert_null(known(hall, "2026-11-28", "rd_spend"));
    assert_true(say(hall, &hall->member, typed));
    assert_int_equal(hall->order.done_id, id);
    assert_int_equal(hall->order.done_ver, 3);
    assert_non_null(known(hall, "2026-11-28", "rd_spend"));
    hall_close(hall);
}

static void what_is_not_for_one_to_say_is_refused(void **state)
{
    static const char *const declared[] = {"name", "rd_spend", "year", "2025", "value", "500万元", "source", "declared", NULL};
    static const char *const listed[] = {"name", "rd_spend", "year", "2025", "value", "500万元", "source", "department", "issuer",
                                         "示例税务局", "issued_on", "2026-06-10", NULL};
    struct hall *hall = hall_open(state);
    struct sql *sql;

    assert_false(say(hall, &hall->stranger, declared));
    assert_false(say(hall, &hall->officer, declared));
    assert_false(say(hall, &hall->member, listed));
    assert_false(say(hall, &hall->elsewhere, listed));
    assert_int_equal(hall->err.code, ERR_DENIED);
    assert_true(say(hall, &hall->officer, listed));
    sql = town_look(&hall->town);
    assert_true(facts_seen(sql, &hall->member, hall->firm, &hall->err) && facts_seen(sql, &hall->officer, hall->firm, &hall->err)
                && facts_seen(sql, &hall->auditor, hall->firm, &hall->err));
    assert_false(facts_seen(sql, &hall->stranger, hall->firm, &hall->err) || facts_seen(sql, &hall->elsewhere, hall->firm, &hall->err));
    store_read_end(hall->town.store, sql);
    hall_close(hall);
}

static void what_is_wrong_is_told_beside_its_field(void **state)
{
    static const struct {
        const char *field, *typed[14];
    } wrong[] = {
        {"name", {"name", "运气", "value", "1", "source", "declared"}},
        {"name", {"name", "today", "value", "2026-01-01", "source", "declared"}},
        {"name", {"name", "rd_spend_2", "value", "1", "source", "declared", "year", "2024"}},
        {"year", {"name", "rd_spend", "value", "1", "source", "declared"}},
        {"year", {"name", "state_unit", "value", "是", "source", "declared", "year", "2024"}},
        {"value", {"name", "rd_spend", "value", "很多", "source", "declared", "year", "2024"}},
        {"value", {"name", "rd_spend", "value", "未知", "source", "declared", "year", "2024"}},
        {"value", {"name", "rd_spend", "source", "declared", "year", "2024"}},
        {"number", {"name", "state_unit", "value", "是", "source", "certificate", "issuer", "示例局"}},
        {"issuer", {"name", "state_unit", "value", "是", "source", "certificate", "number", "1"}},
        {"issued_on", {"name", "state_unit", "value", "是", "source", "department", "issuer", "示例局"}},
        {"issued_on", {"name", "state_unit", "value", "是", "source", "department", "issuer", "示例局", "issued_on", "2199-01-01"}},
        {"until", {"name", "state_unit", "value", "是", "source", "department", "issuer", "示例局", "issued_on", "2026-02-01", "until",
                   "2026-01-31"}},
        {"source", {"name", "state_unit", "value", "是", "source", "梦见"}},
    };
    struct hall *hall = hall_open(state);

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(say(hall, &hall->member, wrong[i].typed));
        assert_int_equal(hall->complaints.count, 1);
        assert_string_equal(hall->complaints.list[0].field->name, wrong[i].field);
    }
    hall_close(hall);
}

static void a_batch_is_taken_whole_or_not_at_all(void **state)
{
    struct hall *hall = hall_open(state);
    struct fact_order orders[2];
    struct fact_batch batch = {orders, 2, 0};
    int64_t parties[] = {hall->firm, hall->other}; /* the second is not in the officer's city */
    struct slice fields[FACT_FIELD_COUNT] = {[FACT_NAME] = SLICE("rd_spend"), [FACT_FOR_YEAR] = SLICE("2025"), [FACT_VALUE] = SLICE("1"),
                                             [FACT_FROM] = SLICE("department"), [FACT_ISSUER] = SLICE("示例税务局"),
                                             [FACT_ISSUED_ON] = SLICE("2026-06-10")};

    for (size_t i = 0; i < 2; i++) {
        fact_order_init(&orders[i], FACT_STATE, &hall->officer, parties[i], SLICE("list-1"));
        orders[i].part = (uint8_t)i;
        assert_true(fact_check(&orders[i], &hall->law, fields, &hall->arena, &hall->complaints));
    }
    assert_int_not_equal(store_write(hall->town.store, "list-1", facts_step, &batch, &hall->err), STORE_DONE);
    assert_int_equal(town_number(&hall->town, "SELECT count(*) FROM fact"), 0);
    orders[1].record.owner = hall->firm;
    orders[1].record.values[FACT_FOR_YEAR].number = 2024;
    assert_int_equal(store_write(hall->town.store, "list-1", facts_step, &batch, &hall->err), STORE_DONE);
    assert_int_equal(batch.written, 2);
    assert_int_equal(store_write(hall->town.store, "list-2", facts_step, &batch, &hall->err), STORE_DONE);
    assert_int_equal(batch.written, 0);
    hall_close(hall);
}

static void the_city_check_reads_facts(void **state)
{
    struct hall *hall = hall_open(state);
    struct city_counts counts;
    struct sql *sql;

    assert_true(say(hall, &hall->member, SAID("name", "rd_spend", "year", "2025", "value", "1", "source", "declared")));
    assert_true(alter(hall, FACT_WITHDRAW, &hall->member, hall->order.done_id, 1));
    sql = town_look(&hall->town);
    if (!city_check(sql, NULL, &counts, &hall->err))
        fail_msg("%s", hall->err.message);
    store_read_end(hall->town.store, sql);
    hall_close(hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_firm_says_and_a_department_is_believed), ON_BOTH(two_departments_that_differ_are_a_contradiction),
        ON_BOTH(the_same_said_again_writes_nothing), ON_BOTH(a_year_is_asked_for_by_how_long_ago_it_was),
        ON_BOTH(a_certificate_counts_once_it_is_confirmed), ON_BOTH(a_withdrawn_fact_is_gone_and_may_come_again),
        ON_BOTH(what_is_not_for_one_to_say_is_refused), ON_BOTH(what_is_wrong_is_told_beside_its_field),
        ON_BOTH(a_batch_is_taken_whole_or_not_at_all), ON_BOTH(the_city_check_reads_facts),
    };

    return run_places(tests);
}
