/* The accounts as administrators look at them: pages, narrowing, who gave which role, what happened. */
#include "city_people.h"

#include "work/directory.h"

static size_t page(struct town *town, struct directory_query *query, struct arena *arena, struct directory_line *lines, bool *more)
{
    struct sql *sql = town_look(town);
    struct err err;
    size_t count;

    if (!directory_page(sql, query, arena, lines, &count, more, &err))
        fail_msg("%s", err.message);
    store_read_end(town->store, sql);
    return count;
}

/* An account beside the real steps: no password to hash. */
static bool crowd_step(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *party = arg;
    char login[16];

    for (int64_t i = 0; i < 2 * DIRECTORY_PAGE; i++) {
        snprintf(login, sizeof login, "crowd%03d", (int)i);
        if (!sql_put(sql,
                     "INSERT INTO account (id, ver, from_leaf, valid_from, login, name, pseudonym, party, person, disabled, salts)"
                     " VALUES (?1, 1, 0, 0, ?2, '众人', ?3, ?4, 0, ?5, ?3)",
                     SQL_ARGS(sql_int(i + 1), sql_text(slice_of(login)), sql_bytes("0123456789abcdef", LEAF_ACTOR),
                              sql_int(*party), sql_int(i % 2)),
                     err))
            return false;
    }
    return true;
}

static void each_account_stands_on_one_page(void **state)
{
    struct directory_line lines[DIRECTORY_PAGE];
    struct directory_query query = {.words = SLICE("crowd"), .role = SLICE(""), .after = SLICE("")};
    struct town town;
    struct arena arena;
    struct err err;
    int64_t party;
    bool more;

    town_open(&town, state);
    arena_init(&arena);
    party = town_party(&town, "兰州某泵业", "620102");
    town_account(&town, "zhang.san", 0, town_password);
    assert_done(store_write(town.store, "", crowd_step, &party, &err), err);
    assert_int_equal(page(&town, &query, &arena, lines, &more), DIRECTORY_PAGE);
    assert_true(more);
    query.after = arena_copy(&arena, slice_of(lines[DIRECTORY_PAGE - 1].who.login));
    assert_int_equal(page(&town, &query, &arena, lines, &more), DIRECTORY_PAGE);
    assert_false(more); /* full to the brim, and nothing behind it */
    assert_string_equal(lines[0].who.login, "crowd050");
    query.after = arena_copy(&arena, slice_of(lines[DIRECTORY_PAGE - 1].who.login));
    assert_int_equal(page(&town, &query, &arena, lines, &more), 0);
    query = (struct directory_query){.party = party, .words = SLICE(""), .role = SLICE(""), .after = SLICE(""),
                                     .state = DIRECTORY_DISABLED};
    assert_int_equal(page(&town, &query, &arena, lines, &more), DIRECTORY_PAGE);
    assert_true(lines[0].disabled && !more);
    assert_true(slice_is(lines[0].party, "兰州某泵业"));
    arena_release(&arena);
    town_close(&town);
}

static void a_line_holds_all_roles_and_is_found_by_each(void **state)
{
    struct directory_line lines[DIRECTORY_PAGE];
    struct directory_query query = {.words = SLICE("三"), .role = SLICE("committee"), .after = SLICE("")};
    struct town town;
    struct arena arena;
    int64_t account;
    bool more;

    town_open(&town, state);
    arena_init(&arena);
    account = town_account(&town, "zhang.san", 0, town_password);
    town_account(&town, "other", 0, town_password);
    town_grant(&town, account, ROLE_COMMITTEE, SCOPE_ALL, 0);
    town_grant(&town, account, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102);
    assert_int_equal(page(&town, &query, &arena, lines, &more), 1);
    assert_int_equal(lines[0].who.account, account);
    assert_int_equal(lines[0].who.grant_count, 2);
    assert_int_equal(lines[0].who.grants[1].scope, 620102);
    query.role = SLICE("leader");
    assert_int_equal(page(&town, &query, &arena, lines, &more), 0);
    query = (struct directory_query){.words = SLICE("ZHANG"), .role = SLICE(""), .after = SLICE("")};
    assert_int_equal(page(&town, &query, &arena, lines, &more), 1); /* login names are lower case */
    arena_release(&arena);
    town_close(&town);
}

static void roles_and_events_say_who_did_it(void **state)
{
    struct directory_event events[DIRECTORY_PAGE];
    struct directory_role roles[ACTOR_GRANTS];
    struct account account;
    struct order order;
    struct actor admin;
    struct town town;
    struct sql *sql;
    struct err err;
    size_t count;
    bool more;
    int64_t id, keeper;

    town_open(&town, state);
    keeper = town_account(&town, "security", 0, town_password);
    town_grant(&town, keeper, ROLE_SECURITY_ADMIN, SCOPE_ALL, 0);
    town_actor(&town, keeper, &admin);
    id = town_account(&town, "li.si", 0, town_password);
    assert_done(town_grant_as(&town, &admin, role_grant_step, id, (struct role_grant){.role = ROLE_MANAGER}, &err), err);
    assert_done(town_grant_as(&town, &admin, role_grant_step, id, (struct role_grant){.role = ROLE_COMMITTEE}, &err), err);
    assert_done(town_grant_as(&town, NULL, role_revoke_step, id, (struct role_grant){.role = ROLE_MANAGER}, &err), err);
    town_order(&town, &order, &admin);
    order.account.id = id;
    assert_true(order_account(&order, SLICE("li.si2"), SLICE("张三"), 0, &err));
    assert_done(town_do(&town, account_edit_step, &order, &err), err);
    sql = town_look(&town);
    assert_true(account_get(sql, id, &account, &err));
    assert_true(directory_roles(sql, id, roles, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(roles[0].grant.role, ROLE_COMMITTEE);
    assert_memory_equal(roles[0].by, admin.pseudonym, LEAF_ACTOR);
    assert_true(directory_history(sql, &account, LEDGER_END, events, &count, &more, &err));
    assert_int_equal(count, 6);
    assert_false(more);
    assert_true(events[0].login && !events[0].name && !events[0].party);
    assert_string_equal(events[1].leaf.action, "account.revoke");
    assert_true(events[1].granted && events[1].grant.role == ROLE_MANAGER);
    assert_true(events[2].granted && events[2].grant.role == ROLE_COMMITTEE);
    assert_true(directory_history(sql, &account, events[4].leaf.index, events, &count, &more, &err));
    assert_int_equal(count, 1);
    assert_string_equal(events[0].leaf.action, "account.make");
    store_read_end(town.store, sql);
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(each_account_stands_on_one_page),
        ON_BOTH(a_line_holds_all_roles_and_is_found_by_each),
        ON_BOTH(roles_and_events_say_who_did_it),
    };

    return run_places(tests);
}
