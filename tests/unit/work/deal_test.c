/* The procedure: what each pier lets through, what each step refuses, and that nothing is skipped, lost or done twice. */
#include <pthread.h>

#include "deal_town.h"

#include "work/title_line.h"

/* --- no step is skipped --- */

/* Which steps may be taken where the deal stands, by reason: papers before the one they rest on are refused. */
static const struct {
    const char *at, *steps;
} open_steps[] = {
    {"title", "title notice state drop"},
    {"value", "title value state drop"},
    {"price", "title value price notice state drop"},
    {"notice", "title value price notice withdraw object state drop"},
    {"approve", "title value price notice withdraw object approve state drop"},
    {"sign", "title value price notice withdraw object sign state drop"},
    {"register", "notice withdraw object amend register plan receive cost allot file state"},
    {"receive", "notice withdraw object amend revoke plan receive cost allot file state"},
    {"allot", "notice withdraw object amend revoke plan receive cost allot file state"},
    {"tax", "notice withdraw object amend revoke plan receive cost allot file state"},
    {"close", "notice withdraw object amend revoke plan receive cost allot file state close"},
};

static bool listed(const char *words, const char *word)
{
    struct slice rest = slice_of(words), one;

    while (slice_cut(&rest, ' ', &one))
        if (slice_is(one, word))
            return true;
    return false;
}

static void try_all(struct campus *campus)
{
    const char *at = campus_at(campus), *steps = NULL;
    struct deal_file file;
    struct deal_bridge bridge;

    for (size_t i = 0; i < COUNT(open_steps); i++)
        if (strcmp(open_steps[i].at, at) == 0)
            steps = open_steps[i].steps;
    assert_non_null(steps);
    campus_look(campus, &file, &bridge);
    for (size_t i = 0; i < deal_step_count; i++) {
        const char *name = deal_steps[i].name;

        if (deal_step_fits(&deal_steps[i], &file, &bridge) != listed(steps, name))
            fail_msg("at %s %s is %s", at, name, listed(steps, name) ? "refused" : "open");
        if (!listed(steps, name))
            is_refused(campus, "", name, NULL);
    }
}

static void no_step_is_taken_before_its_pier(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    try_all(&campus);
    does(&campus, "title", NULL);
    try_all(&campus);
    does(&campus, "value", "technology", "成熟", "economy", "可观", "assessor", "示例评价人", "evidence", campus_evidence, NULL);
    try_all(&campus);
    does(&campus, "price", "way", "license", "price", "100万元", "buyer", "示例甲机械厂", "buyer_nature", "private", "ground", "集体决策", NULL);
    does(&campus, "notice", NULL);
    try_all(&campus);
    campus.today += 20;
    try_all(&campus);
    does(&campus, "approve", "minutes", "示例纪要", NULL);
    try_all(&campus);
    does(&campus, "sign", "number", "HT-1", NULL);
    try_all(&campus);
    does(&campus, "register", "point", "示例登记机构", NULL);
    does(&campus, "registered", "number", "2026620100000001", NULL);
    try_all(&campus);
    does(&campus, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", "100万元", NULL);
    does(&campus, "receive", "voucher", "PZ-1", NULL);
    try_all(&campus);
    does(&campus, "allot", "team", one_team, NULL);
    campus_pay(&campus, "PZ-9");
    try_all(&campus);
    does(&campus, "file", "sort", "cash", NULL);
    try_all(&campus);
    campus_close(&campus);
}

/* --- notices --- */

/* The day after the first on which the way is free, by hand from the calendar of 2026. */
static const struct {
    const char *why;
    int month, day, last_month, last_day;
    bool provisional;
} periods[] = {
    {"fifteen days after the first, which does not count", 3, 2, 3, 17, false},
    {"a Saturday moves it to Monday", 3, 6, 3, 23, false},
    {"a Sunday moves it to Monday", 3, 7, 3, 23, false},
    {"the National Day holiday moves it to the first working day after", 9, 18, 10, 8, false},
    {"a last day just before the holiday stays", 9, 15, 9, 30, false},
    {"next year's holidays are not announced yet", 12, 20, 1, 4, true},
};

static void a_notice_ends_with_its_last_day(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    for (size_t i = 0; i < COUNT(periods); i++) {
        struct deal_file file;
        struct deal_bridge bridge;
        int32_t last = campus_date(periods[i].last_month < periods[i].month ? 2027 : 2026, periods[i].last_month, periods[i].last_day);

        campus.today = campus_date(2026, periods[i].month, periods[i].day);
        campus_again(&campus);
        campus_to_notice(&campus, "100万元");
        does(&campus, "notice", NULL);
        campus_look(&campus, &file, &bridge);
        if (bridge.piers[PIER_NOTICE].due != last || bridge.piers[PIER_NOTICE].provisional != periods[i].provisional)
            fail_msg("%s: last day is %s", periods[i].why, campus_text(&campus, bridge.piers[PIER_NOTICE].due));
        campus.today = last;
        assert_string_equal(campus_at(&campus), "notice");
        is_refused(&campus, "公示期未满", "approve", "minutes", "示例纪要", NULL);
        campus.today = last + 1;
        assert_string_equal(campus_at(&campus), "approve");
        does(&campus, "approve", "minutes", "示例纪要", NULL);
        is_refused(&campus, "公示期内", "sign", "number", "HT-1", "signed_on", campus_text(&campus, last), NULL);
        does(&campus, "sign", "number", "HT-1", NULL);
    }
    campus_close(&campus);
}

static void an_objection_is_one_within_the_period(void **state)
{
    struct campus campus;
    int32_t last;

    campus_open(&campus, state, gansu, "");
    campus_to_notice(&campus, "100万元");
    does(&campus, "notice", NULL);
    last = campus_date(2026, 3, 17);
    is_refused(&campus, "还没有到", "object", "notice", "1", "objector", "示例同事", "text", "名称写得不全", "came_on", campus_text(&campus, last - 1), NULL);
    campus.today = last + 3;
    is_refused(&campus, "公示期满以后", "object", "notice", "1", "objector", "示例同事", "text", "名称写得不全", "came_on", campus_text(&campus, last + 1), NULL);
    is_refused(&campus, "早于公示首日", "object", "notice", "1", "objector", "示例同事", "text", "名称写得不全", "came_on", "2026-03-01", NULL);
    is_refused(&campus, "没有这个序号", "object", "notice", "2", "objector", "示例同事", "text", "名称写得不全", "came_on", campus_text(&campus, last), NULL);
    does(&campus, "object", "notice", "1", "objector", "示例同事", "text", "名称写得不全", "came_on", campus_text(&campus, last), NULL);
    assert_string_equal(campus_at(&campus), "notice");
    is_refused(&campus, "异议还没有处理", "approve", "minutes", "示例纪要", NULL);
    is_refused(&campus, "早于收到日期", "rule", "ruling", "属实", "upheld", "yes", "ruled_on", campus_text(&campus, last - 1), NULL);
    does(&campus, "rule", "ruling", "属实", "upheld", "yes", NULL);
    is_refused(&campus, "现在还不能", "rule", "ruling", "不属实", "upheld", "no", NULL);
    is_refused(&campus, "异议成立", "approve", "minutes", "示例纪要", NULL);
    does(&campus, "withdraw", "ended_why", "改正名称", NULL);
    is_refused(&campus, "已经撤回", "object", "notice", "1", "objector", "示例同事", "text", "又一条", "came_on", campus_text(&campus, last), NULL);
    does(&campus, "notice", NULL);
    assert_string_equal(campus_at(&campus), "notice");
    campus.today += 30;
    assert_string_equal(campus_at(&campus), "approve");
    campus_close(&campus);
}

static void what_stood_at_the_signing_stands(void **state)
{
    static const char *const longer[] = {"approvals", "院系\n校长办公会\n党委会", NULL};
    struct submission submission;
    struct campus campus;

    campus_open(&campus, state, gansu, "院系");
    campus_to_sign(&campus, "100万元");
    does(&campus, "sign", "number", "HT-1", NULL);
    is_refused(&campus, "不能再撤回", "withdraw", "ended_why", "想改价格", NULL);
    is_refused(&campus, "现在还不能", "drop", NULL);
    town_submission(&campus.town, &submission, &kind_party, NULL);
    submission.record.id = campus.unit;
    submission.record.ver = 1;
    assert_done(town_submit(&campus.town, NULL, &submission, longer, &campus.err), campus.err);
    assert_string_equal(campus_at(&campus), "register");
    campus_close(&campus);
}

/* --- what people state --- */

static const struct {
    const char *fact, *value, *says;
} statements[] = {
    {"reward_notice_first", "2020-01-01", "文书写明"}, /* no notice says it yet, and none but a notice may */
    {"market_notice_first", "2020-01-01", "文书写明"},
    {"pricing", "listing", "文书写明"},
    {"today", "2030-01-01", "文书写明"},
    {"appraised", "yes", "文书写明"},
    {"state_unit", "no", "文书写明"},
    {"no_such_fact", "yes", "没有这个事实"},
    {"NOT A NAME", "yes", "没有这个事实"},
    {"used_mainly", "maybe", ""},
    {"reward_years", "three", ""},
    {"gain", "-1", ""},
    {"register_waived", "maybe", "是或者否"},
    {"used_mainly", "yes", NULL},
    {"nonprofit_unit", "no", NULL},
};

static void what_a_paper_says_is_not_stated_otherwise(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_notice(&campus, "100万元");
    for (size_t i = 0; i < COUNT(statements); i++)
        if (statements[i].says)
            is_refused(&campus, statements[i].says, "state", "fact", statements[i].fact, "value", statements[i].value, "source", "declared", NULL);
        else
            does(&campus, "state", "fact", statements[i].fact, "value", statements[i].value, "source", "declared", NULL);
    campus_close(&campus);
}

static void each_notice_is_given_where_it_is_due(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    does(&campus, "notice", "sort", "title", "place", "unit", NULL);
    is_refused(&campus, "定价之后", "notice", "sort", "sale", "place", "unit", NULL);
    campus_to_notice(&campus, "100万元");
    campus_market(&campus);
    assert_string_equal(campus_at(&campus), "notice");
    does(&campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_close(&campus);
}

/* A value of the kind, for a fact that a rule asks for. */
static const char *some_value(struct campus *campus, const struct rule_fact *fact)
{
    switch (fact->kind) {
    case FACT_YES:
        return "yes";
    case FACT_DAY:
        return campus_text(campus, campus->today);
    case FACT_MONEY:
        return "1元";
    case FACT_SHARE:
        return "10%";
    case FACT_NUMBER:
    case FACT_POINTS:
        return "1";
    case FACT_CODE:
        break;
    }
    return fact->choices[0].code;
}

/* false: a rule asks for nothing more, and says no. What it asks for is stated, and must be what can be stated. */
static bool give_what_is_asked(struct campus *campus)
{
    struct deal_refusal refusal = campus->order.refusal;
    bool asked = false;

    for (size_t i = 0; i < refusal.count; i++)
        for (size_t a = 0; refusal.answers[i].verdict == RULE_UNKNOWN && a < refusal.answers[i].ask_count; a++) {
            const struct rule_fact *fact = refusal.answers[i].asks[a];

            does(campus, "state", "fact", fact->name, "value", some_value(campus, fact), "source", "declared", NULL);
            asked = true;
        }
    return asked;
}

static void does_asked(struct campus *campus, const char *name, ...)
{
    enum { ROUNDS = 20 };

    for (int i = 0; i < ROUNDS; i++) {
        va_list fields;

        va_start(fields, name);
        campus_fill(campus, name, fields);
        va_end(fields);
        if (campus_send(campus) == STORE_DONE)
            return;
        if (!give_what_is_asked(campus))
            break;
    }
    fail_msg("%s at %s: %s; %s", name, campus_at(campus), campus->err.message, campus->err.hint);
}

static const struct {
    const char *region, *way;
} ways[] = {{gansu, "license"}, {gansu, "assign"}, {gansu, "equity"}, {nation, "license"}, {nation, "equity"}, {zhejiang, "license"},
            {zhejiang, "assign"}, {zhejiang, "equity"}, {"110108", "license"}, {"110108", "assign"}, {"440106", "assign"}, {"320102", "license"}};

static void go_the_way(struct campus *campus, const char *way)
{
    does_asked(campus, "title", NULL);
    does_asked(campus, "value", "technology", "成熟", "economy", "可观", "assessor", "示例评价人", "evidence", campus_evidence, NULL);
    does_asked(campus, "price", "way", way, "price", "100万元", "buyer", "示例甲机械厂", "buyer_nature", "private", "ground", "集体决策", NULL);
    does_asked(campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_market(campus);
    campus->today += 20;
    does_asked(campus, "approve", "minutes", "示例纪要", NULL);
    does_asked(campus, "sign", "number", "HT-1", "results", "各归完成方", "risk", "合理分担", NULL);
    does_asked(campus, "register", "point", "示例登记机构", NULL);
    does_asked(campus, "registered", "number", "2026620100000001", NULL);
    does_asked(campus, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", "100万元", NULL);
    does_asked(campus, "receive", "voucher", "PZ-1", NULL);
    does_asked(campus, "allot", "team", "曾某（示例） 95% 主要贡献\n办某（示例） 5% 转移机构", NULL);
    does_asked(campus, "notice", "sort", "reward", "place", "unit", NULL);
    campus->today += 30;
    does_asked(campus, "pay", "voucher", "PZ-9", NULL);
    if (strcmp(way, "equity") == 0)
        does(campus, "state", "fact", "no_tax_relief", "value", "yes", "source", "declared", NULL);
    else
        does_asked(campus, "file", "sort", "cash", NULL);
    does_asked(campus, "close", NULL);
}

static void whatever_a_gate_asks_for_can_be_given(void **state)
{
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct campus campus;

        campus_open(&campus, state, ways[i].region, "");
        go_the_way(&campus, ways[i].way);
        campus_close(&campus);
        if (i + 1 < COUNT(ways))
            place_again(state);
    }
}

/* --- once, and one alone --- */

static void a_request_is_done_once(void **state)
{
    struct campus campus;
    struct deal_order first;
    int64_t leaves;

    campus_open(&campus, state, gansu, "");
    does(&campus, "title", NULL);
    first = campus.order;
    leaves = town_number(&campus.town, "SELECT next FROM ledger_head");
    for (int i = 0; i < 3; i++) {
        assert_done(campus_send(&campus), campus.err);
        assert_true(campus.order.repeated);
        assert_int_equal(campus.order.done_ver, first.done_ver);
    }
    assert_int_equal(town_number(&campus.town, "SELECT next FROM ledger_head"), leaves);
    campus.order.step = deal_step_find(SLICE("value"));
    assert_int_not_equal(campus_send(&campus), STORE_DONE);
    assert_int_equal(campus_open_deal(&campus, &campus.clerk, "", "open-1"), STORE_DONE);
    assert_int_equal(town_number(&campus.town, "SELECT next FROM ledger_head"), leaves);
    assert_int_not_equal(campus_open_deal(&campus, &campus.clerk, "", "open-2"), STORE_DONE);
    assert_int_equal(campus.err.code, ERR_CONFLICT);
    campus_close(&campus);
}

struct racer {
    struct store *store;
    struct deal_order order;
    enum store_outcome outcome;
    struct err err;
};

static void *race(void *arg)
{
    struct racer *racer = arg;

    racer->outcome = store_write(racer->store, racer->order.request_id, deal_step_run, &racer->order, &racer->err);
    return NULL;
}

static void of_eight_at_once_one_wins(void **state)
{
    enum { RACERS = 8 };
    static struct racer racers[RACERS];
    struct arena arenas[RACERS];
    pthread_t threads[RACERS];
    struct campus campus;
    int done = 0;

    campus_open(&campus, state, gansu, "");
    for (int i = 0; i < RACERS; i++) {
        is_prepared(&campus, "title", NULL);
        arena_init(&arenas[i]);
        racers[i] = (struct racer){.store = campus.town.store, .order = campus.order};
        racers[i].order.arena = &arenas[i];
    }
    for (int i = 0; i < RACERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    for (int i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        done += racers[i].outcome == STORE_DONE;
        if (racers[i].outcome != STORE_DONE && racers[i].err.code != ERR_CONFLICT)
            fail_msg("the loser is told %d %s", racers[i].err.code, racers[i].err.message);
        arena_release(&arenas[i]);
    }
    assert_int_equal(done, 1);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM title"), 1);
    campus_close(&campus);
}

/* More deals than are looked at in one go; an officer who works at the unit sees its region's beside its own. */
static void everybody_lists_all_that_he_may_see(void **state)
{
    enum { DEALS = 120, PAGE = 50 };
    static const char *const elsewhere[] = {"name", "示例丁学院", "side", "university", "nature", "institution", "region", "620105", NULL};
    struct record *list;
    struct campus campus;
    struct actor officer;
    int64_t account, before = 0, further;
    size_t count = 0, all = 0;
    struct sql *sql;

    campus_open(&campus, state, gansu, "");
    for (int i = 1; i < DEALS; i++)
        campus_again(&campus);
    account = town_account(&campus.town, "officer", campus_record(&campus, &kind_party, 0, elsewhere), town_password);
    town_grant(&campus.town, account, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102);
    town_grant(&campus.town, account, ROLE_MEMBER, SCOPE_ALL, 0);
    town_actor(&campus.town, account, &officer);
    list = arena_alloc(&campus.arena, PAGE * sizeof *list);
    sql = town_look(&campus.town);
    do {
        assert_true(deal_list(sql, &officer, &(struct deal_query){.before = before}, &campus.arena, list, PAGE, &count, &further, &campus.err));
        all += count;
        before = count ? list[count - 1].id : 0;
    } while (count == PAGE);
    assert_int_equal(all, DEALS);
    assert_true(deal_list(sql, &officer, &(struct deal_query){.owner = officer.party}, &campus.arena, list, PAGE, &count, &further, &campus.err));
    assert_int_equal(count, 0);
    store_read_end(campus.town.store, sql);
    campus_close(&campus);
}

static bool run_statement(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, arg, SQL_NO_ARGS, err);
}

/* More deals that he may not see than are looked at for a page; his own is behind them. */
static void a_list_gives_up_and_says_from_where_to_go_on(void **state)
{
    enum { OTHERS = DEAL_LOOKED + 100, PAGE = 50 };
    static const char *const abroad[] = {"name", "示例戊学院", "side", "university", "nature", "institution", "region", "330106", NULL};
    struct record *list;
    struct campus campus;
    struct actor officer;
    int64_t account, unit, further;
    struct sql *sql;
    size_t count;

    campus_open(&campus, state, gansu, "");
    unit = campus_record(&campus, &kind_party, 0, abroad);
    assert_done(store_write(campus.town.store, "", run_statement,
                            arena_print(&campus.arena,
                                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                                        "INSERT INTO deal (id, ver, from_leaf, valid_from, owner, author, status, natural_key, salts, title,"
                                        " achievement, pier, region, terms, papers) SELECT id + i, ver, from_leaf, valid_from, %lld, author,"
                                        " status, natural_key || i, salts, title, achievement, pier, '330106', terms, papers FROM deal, n",
                                        OTHERS, (long long)unit),
                            &campus.err), campus.err);
    account = town_account(&campus.town, "officer", campus.unit, town_password);
    town_grant(&campus.town, account, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102);
    town_actor(&campus.town, account, &officer);
    list = arena_alloc(&campus.arena, PAGE * sizeof *list);
    sql = town_look(&campus.town);
    assert_true(deal_list(sql, &officer, &(struct deal_query){0}, &campus.arena, list, PAGE, &count, &further, &campus.err));
    assert_int_equal(count, 0);
    assert_int_equal(further, campus.deal + OTHERS - DEAL_LOOKED + 1);
    assert_true(deal_list(sql, &officer, &(struct deal_query){.before = further}, &campus.arena, list, PAGE, &count, &further, &campus.err));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].id, campus.deal);
    assert_int_equal(further, 0);
    store_read_end(campus.town.store, sql);
    campus_close(&campus);
}

/* The achievement may have been another unit's, which agreed on titles in deals of its own. */
static void a_unit_reads_the_titles_of_its_own_deals(void **state)
{
    const struct record **titles;
    struct campus campus;
    struct sql *sql;
    size_t count;

    campus_open(&campus, state, gansu, "");
    campus_to_price(&campus);
    sql = town_look(&campus.town);
    assert_true(title_all(sql, campus.achievement, campus.unit, &campus.arena, &titles, &count, &campus.err));
    assert_int_equal(count, 1);
    assert_true(title_all(sql, campus.achievement, campus.unit + 1, &campus.arena, &titles, &count, &campus.err));
    assert_int_equal(count, 0);
    store_read_end(campus.town.store, sql);
    campus_close(&campus);
}

static void a_full_file_says_so(void **state)
{
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    campus_to_price(&campus);
    for (int i = 0; town_number(&campus.town, "SELECT count(*) FROM ruling") < RECORD_PAPERS; i++)
        does(&campus, "price", "way", "license", "price", i % 2 ? "1万元" : "2万元", "buyer", "示例甲机械厂", "buyer_nature", "private",
             "ground", "集体决策", NULL);
    is_refused(&campus, "200 份", "price", "price", "3万元", NULL);
    campus_close(&campus);
}

static void a_title_is_held_to_its_bounds(void **state)
{
    static const char *const titles[] = {"短", "带控制符\x01的名称", "带双向符\u202e的名称", "机密★ 某项目名称"};
    char *long_one = calloc(1, 1 << 20);
    struct campus campus;

    campus_open(&campus, state, gansu, "");
    memset(long_one, 'a', (1 << 20) - 1);
    for (size_t i = 0; i <= COUNT(titles); i++) {
        if (campus_open_deal(&campus, &campus.clerk, i < COUNT(titles) ? titles[i] : long_one, "") == STORE_DONE)
            fail_msg("title %zu is taken", i);
        assert_int_equal(campus.err.code, ERR_INVALID);
        assert_string_equal(campus.err.field, "title");
    }
    free(long_one);
    campus_close(&campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(no_step_is_taken_before_its_pier),
        ON_BOTH(a_notice_ends_with_its_last_day),
        ON_BOTH(an_objection_is_one_within_the_period),
        ON_BOTH(what_stood_at_the_signing_stands),
        ON_BOTH(what_a_paper_says_is_not_stated_otherwise),
        ON_BOTH(each_notice_is_given_where_it_is_due),
        ON_SQLITE(whatever_a_gate_asks_for_can_be_given),
        ON_BOTH(a_request_is_done_once),
        ON_BOTH(of_eight_at_once_one_wins),
        ON_BOTH(everybody_lists_all_that_he_may_see),
        ON_BOTH(a_list_gives_up_and_says_from_where_to_go_on),
        ON_BOTH(a_unit_reads_the_titles_of_its_own_deals),
        ON_BOTH(a_full_file_says_so),
        ON_BOTH(a_title_is_held_to_its_bounds),
    };

    return run_places(tests);
}
