/* Matters by their engine: who may, when it is late, who is told, and that two at once are told apart. A request to get in touch stands for all. */
#include "deal_town.h"

#include "work/inbox.h"
#include "work/matter_int.h"
#include "work/notify.h"

struct pair {
    struct campus campus;
    int64_t works, asker, officer, elsewhere, contact;
    struct actor buyer;
    struct matter_order order;
};

static void pair_open(struct pair *pair, void **state)
{
    static const char *const works[] = {"name", "示例甲机械厂", "side", "enterprise", "region", "620102", NULL};
    struct campus *campus = &pair->campus;

    campus_open(campus, state, "620102", "");
    pair->works = campus_record(campus, &kind_party, 0, works);
    pair->asker = town_account(&campus->town, "buyer", pair->works, town_password);
    town_grant(&campus->town, pair->asker, ROLE_MEMBER, SCOPE_ALL, 0);
    town_actor(&campus->town, pair->asker, &pair->buyer);
    pair->officer = town_account(&campus->town, "officer", 0, town_password);
    town_grant(&campus->town, pair->officer, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102);
    pair->elsewhere = town_account(&campus->town, "elsewhere", 0, town_password);
    town_grant(&campus->town, pair->elsewhere, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620200);
}

/* typed: name, text, …, NULL */
static enum store_outcome step(struct pair *pair, const struct actor *actor, const char *name, int64_t ver, const char *const *typed)
{
    struct campus *campus = &pair->campus;
    const struct matter_sort *sort = matter_sort_of(&kind_contact);
    const struct matter_step *of = matter_step_find(sort, slice_of(name));
    char request[24];

    matter_order_init(&pair->order, &campus->law, actor, sort, of, town_request(&campus->town, request));
    pair->order.time_ms = campus_ms(campus);
    pair->order.id = ver ? pair->contact : 0;
    pair->order.ver = ver;
    pair->order.arena = &campus->arena;
    for (size_t i = 0; typed[i]; i += 2)
        pair->order.typed[kind_field(matter_step_kind(sort, of), typed[i])] = slice_of(typed[i + 1]);
    err_clear(&campus->err);
    return store_write(campus->town.store, pair->order.request_id, matter_step_run, &pair->order, &campus->err);
}

static void ask(struct pair *pair)
{
    const char *about = arena_print(&pair->campus.arena, "%lld", (long long)pair->campus.achievement);
    const char *const typed[] = {"about_kind", "achievement", "about", about, "wants", "想谈轴承涂层的试用和价格。", "name", "示例张三",
                                 "phone", "0931-1234567", NULL};

    assert_done(step(pair, &pair->buyer, "ask", 0, typed), pair->campus.err);
    pair->contact = pair->order.done_id;
}

static const char *const accept[] = {"answerer", "示例王五", "answer_phone", "0931-7654321", "answer", "下周三谈", NULL};

static void told(struct pair *pair)
{
    struct campus *campus = &pair->campus;
    size_t count;
    bool more = true;

    while (more)
        if (!matter_tick(campus->town.store, campus_ms(campus), 50, &count, &more, &campus->err))
            fail_msg("%s", campus->err.message);
    more = true;
    while (more)
        if (!notify_follow(campus->town.store, &campus->law, &count, &more, &campus->err))
            fail_msg("%s", campus->err.message);
}

/* What the newest message of an account says; "" where there is none. */
static const char *newest(struct pair *pair, int64_t account, int64_t *count)
{
    struct campus *campus = &pair->campus;
    struct sql *sql = town_look(&campus->town);
    struct message list[20];
    size_t found;

    assert_true(inbox_list(sql, account, 0, &campus->arena, list, 20, &found, &campus->err));
    store_read_end(campus->town.store, sql);
    if (count)
        *count = (int64_t)found;
    return found ? arena_text(&campus->arena, message_say(&list[0], false, &campus->arena)) : "";
}

static void who_is_asked_hears_of_it_and_of_nothing_twice(void **state)
{
    struct pair pair;
    int64_t count;

    pair_open(&pair, state);
    ask(&pair);
    told(&pair);
    assert_string_equal(newest(&pair, pair.campus.account, NULL), "轮到您：对接请求 · 等待答复");
    assert_string_equal(newest(&pair, pair.asker, NULL), ""); /* who did it knows */
    assert_string_equal(newest(&pair, pair.officer, NULL), "");
    assert_done(step(&pair, &pair.campus.clerk, "accept", 1, accept), pair.campus.err);
    told(&pair);
    told(&pair);
    assert_string_equal(newest(&pair, pair.asker, &count), "轮到您：对接请求 · 已约谈");
    assert_int_equal(count, 1);
    campus_close(&pair.campus);
}

/* 2 March 2026 is a Monday: three working days end on Thursday. */
static void silence_is_late_on_the_fourth_working_day_once(void **state)
{
    struct pair pair;
    struct campus *campus = &pair.campus;
    int64_t count;

    pair_open(&pair, state);
    ask(&pair);
    campus->today += 3;
    told(&pair);
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM ledger WHERE action = 'contact.late'"), 0);
    campus->today += 1;
    told(&pair);
    told(&pair);
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM ledger WHERE action = 'contact.late'"), 1);
    assert_string_equal(newest(&pair, campus->account, NULL), "对接请求 · 等待答复，已过应办的日期");
    assert_string_equal(newest(&pair, pair.officer, &count), "对接请求 · 等待答复，已过应办的日期");
    assert_int_equal(count, 1);
    assert_string_equal(newest(&pair, pair.elsewhere, NULL), "");
    assert_done(step(&pair, &campus->clerk, "accept", 2, accept), campus->err);
    campus->today += 30;
    told(&pair);
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM ledger WHERE action = 'contact.late'"), 1);
    campus_close(campus);
}

static void what_waits_stands_on_the_right_desk(void **state)
{
    struct pair pair;
    struct record list[10];
    struct sql *sql;
    size_t count;

    pair_open(&pair, state);
    ask(&pair);
    sql = town_look(&pair.campus.town);
    if (!matter_waiting(sql, &pair.campus.clerk, &pair.campus.arena, list, 10, &count, &pair.campus.err))
        fail_msg("%s", pair.campus.err.message);
    assert_int_equal(count, 1);
    assert_true(list[0].id == pair.contact);
    assert_true(matter_waiting(sql, &pair.buyer, &pair.campus.arena, list, 10, &count, &pair.campus.err));
    assert_int_equal(count, 0);
    store_read_end(pair.campus.town.store, sql);
    campus_close(&pair.campus);
}

static void the_second_of_two_is_told_and_a_stranger_knows_nothing(void **state)
{
    static const char *const refuse[] = {"answerer", "示例王五", "refusal", "price", NULL}, *const none[] = {NULL};
    struct pair pair;
    struct actor stranger;

    pair_open(&pair, state);
    town_actor(&pair.campus.town, pair.elsewhere, &stranger);
    ask(&pair);
    assert_done(step(&pair, &pair.campus.clerk, "accept", 1, accept), pair.campus.err);
    assert_int_equal(step(&pair, &pair.campus.clerk, "refuse", 1, refuse), STORE_REFUSED);
    assert_int_equal(pair.campus.err.code, ERR_CONFLICT);
    assert_int_equal(pair.order.stands_ver, 2);
    assert_int_equal(step(&pair, &pair.campus.clerk, "refuse", 2, refuse), STORE_REFUSED);
    assert_string_equal(pair.campus.err.message, "现在还不能不谈");
    assert_int_equal(step(&pair, &stranger, "withdraw", 2, none), STORE_REFUSED);
    assert_int_equal(pair.campus.err.code, ERR_MISSING);
    campus_close(&pair.campus);
}

/* The second of two would be at no address. */
static void no_two_sorts_have_one_address(void **state)
{
    (void)state;
    for (size_t i = 0; i < matter_sort_count; i++) {
        if (kind_by_plural(matter_sorts[i]->kind->plural))
            fail_msg("%s is a list of records", matter_sorts[i]->kind->plural);
        for (size_t j = 0; j < i; j++)
            if (strcmp(matter_sorts[i]->kind->plural, matter_sorts[j]->kind->plural) == 0)
                fail_msg("%s and %s are both at /%s", matter_sorts[j]->kind->name, matter_sorts[i]->kind->name, matter_sorts[i]->kind->plural);
    }
}

/* Does SQLite go along the index of the side's own column? Numbers stand in for the parameters. */
static bool goes_by_its_index(struct pair *pair, const char *statement, const char *column, char plan[400])
{
    struct sql *sql = town_look(&pair->campus.town);
    const char *asked = arena_print(&pair->campus.arena, "EXPLAIN QUERY PLAN %s", statement), *by = arena_print(&pair->campus.arena, "(%s=?", column);
    bool waits = !strstr(statement, "?4");
    struct sql_arg args[] = {sql_int(1), sql_int(40), sql_text(SLICE("")), sql_int(40)};
    struct sql_rows rows;

    plan[0] = '\0';
    assert_true(sql_rows(sql, asked, args, waits ? 2 : 4, &rows, &pair->campus.err));
    while (sql_next(&rows)) {
        struct slice line = sql_slice(&rows, 3);

        snprintf(plan + strlen(plan), 400 - strlen(plan), "%.*s; ", (int)line.len, line.at);
    }
    assert_true(sql_done(&rows, &pair->campus.err));
    store_read_end(pair->campus.town.store, sql);
    return strstr(plan, "SEARCH") && strstr(plan, by);
}

static size_t sort_wrong(struct pair *pair, const struct matter_sort *sort)
{
    char plan[400];
    size_t wrong = 0;

    for (size_t side = 0; side < sort->side_count; side++)
        for (int mine = 0; mine < 2; mine++) {
            const char *text = mine ? matter_mine_text(sort, side) : matter_waiting_text(sort, side);
            const char *column = sort->sides[side].field < 0 ? "owner" : sort->kind->fields[sort->sides[side].field].name;

            if (!text || goes_by_its_index(pair, text, column, plan))
                continue;
            fprintf(stderr, "# %s.%s (%s): %s\n", sort->kind->name, column, mine ? "its list" : "what waits", plan);
            wrong++;
        }
    return wrong;
}

/* A desk asks all sorts: each along the indexes of its sides, none by walking its table. (PostgreSQL, whose indexes are the same, says
   nothing of how it would go before the tables are full.) */
static void each_list_goes_by_an_index(void **state)
{
    struct pair pair;
    size_t wrong = 0;

    pair_open(&pair, state);
    for (size_t i = 0; i < matter_sort_count; i++)
        wrong += sort_wrong(&pair, matter_sorts[i]);
    assert_int_equal(wrong, 0);
    campus_close(&pair.campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(who_is_asked_hears_of_it_and_of_nothing_twice),
        ON_BOTH(silence_is_late_on_the_fourth_working_day_once),
        ON_BOTH(what_waits_stands_on_the_right_desk),
        ON_SQLITE(each_list_goes_by_an_index),
        ON_BOTH(the_second_of_two_is_told_and_a_stranger_knows_nothing),
        cmocka_unit_test(no_two_sorts_have_one_address),
    };

    return run_places(tests);
}
