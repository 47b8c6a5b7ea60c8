/* Accounts, roles, leave under NDA: who may change them, what each change writes, and that nothing is written without a leaf. */
#include "city_people.h"

static int64_t leaves(struct town *town)
{
    return town_number(town, "SELECT next FROM ledger_head");
}

static enum store_outcome grant(struct town *town, const struct actor *actor, int64_t account, enum role role,
                                struct err *err)
{
    return town_grant_as(town, actor, role_grant_step, account, (struct role_grant){.role = role}, err);
}

static void security_admin(struct town *town, struct actor *actor)
{
    int64_t account = town_account(town, "security", 0, town_password);

    town_grant(town, account, ROLE_SECURITY_ADMIN, SCOPE_ALL, 0);
    town_actor(town, account, actor);
}

static void check_people(struct town *town, int64_t rows)
{
    struct sql *sql = town_look(town);
    int64_t count;
    struct err err;

    if (!people_check(sql, &count, &err))
        fail_msg("%s", err.message);
    assert_int_equal(count, rows);
    store_read_end(town->store, sql);
}

static void make(struct town *town, struct order *order, const struct actor *actor, const char *login)
{
    struct err err;

    town_order(town, order, actor);
    assert_true(order_account(order, slice_of(login), SLICE("李四"), 0, &err));
    snprintf(order->hash, sizeof order->hash, "%s", town_hash(town_password));
    order->given = true;
}

static void the_security_administrator_makes_accounts_and_nobody_else(void **state)
{
    struct actor admin, member, visitor = {0};
    struct order order;
    struct town town;
    struct err err;

    town_open(&town, state);
    security_admin(&town, &admin);
    town_actor(&town, town_account(&town, "member", 0, town_password), &member);
    make(&town, &order, &admin, "li.si");
    assert_done(town_do(&town, account_make_step, &order, &err), err);
    make(&town, &order, &member, "wang.wu");
    assert_int_equal(town_do(&town, account_make_step, &order, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_DENIED);
    make(&town, &order, &visitor, "wang.wu");
    assert_int_equal(town_do(&town, account_make_step, &order, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_SIGN_IN);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM account"), 3);
    town_close(&town);
}

static void an_account_is_made_once_a_request(void **state)
{
    struct order order, again;
    struct actor admin;
    struct town town;
    struct err err;
    int64_t before;

    town_open(&town, state);
    security_admin(&town, &admin);
    make(&town, &order, &admin, "li.si");
    make(&town, &again, &admin, "li.si");
    snprintf(again.request_id, sizeof again.request_id, "%s", order.request_id);
    assert_done(town_do(&town, account_make_step, &order, &err), err);
    before = leaves(&town);
    assert_done(town_do(&town, account_make_step, &again, &err), err);
    assert_true(again.repeated);
    assert_int_equal(again.account.id, order.account.id);
    assert_int_equal(leaves(&town), before);
    again.actor = &town.program; /* another's request id */
    assert_int_equal(town_do(&town, account_make_step, &again, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    town_close(&town);
}

static void a_login_belongs_to_one(void **state)
{
    struct order order;
    struct town town;
    struct err err;
    int64_t before;

    town_open(&town, state);
    town_account(&town, "li.si", 0, town_password);
    before = leaves(&town);
    make(&town, &order, NULL, "LI.SI");
    assert_int_equal(town_do(&town, account_make_step, &order, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_string_equal(err.field, "login");
    assert_int_equal(leaves(&town), before);
    town_close(&town);
}

static void names_hold_nothing_unseen(void **state)
{
    static const char *const names[] = {"", "  ", "张\xe2\x80\x8b三", "张\xe2\x80\xae三", "张\n三", "张\xff"};
    struct order order;
    struct town town;
    struct err err;

    town_open(&town, state);
    town_order(&town, &order, NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_false(order_account(&order, SLICE("li.si"), slice_of(names[i]), 0, &err));
        assert_string_equal(err.field, "name");
    }
    assert_true(order_account(&order, SLICE("li.si"), SLICE("𫖯先生"), 0, &err));
    town_close(&town);
}

static void edits_disabling_and_enabling_are_versions(void **state)
{
    struct order order;
    struct town town;
    struct err err;
    int64_t id, before;

    town_open(&town, state);
    id = town_account(&town, "li.si", 0, town_password);
    before = leaves(&town);
    town_order(&town, &order, NULL);
    order.account.id = id;
    assert_true(order_account(&order, SLICE("li.si2"), SLICE("李四"), 0, &err));
    assert_done(town_do(&town, account_edit_step, &order, &err), err);
    town_order(&town, &order, NULL);
    order.account.id = id;
    assert_done(town_do(&town, account_disable_step, &order, &err), err);
    town_order(&town, &order, NULL);
    order.account.id = id;
    assert_done(town_do(&town, account_disable_step, &order, &err), err); /* twice is no change, no leaf */
    town_order(&town, &order, NULL);
    order.account.id = id;
    assert_done(town_do(&town, account_enable_step, &order, &err), err);
    assert_int_equal(leaves(&town), before + 3);
    assert_int_equal(town_number(&town, "SELECT ver FROM account WHERE to_leaf IS NULL"), 4);
    check_people(&town, 5);
    town_close(&town);
}

static const enum role administrators[] = {ROLE_SYSTEM_ADMIN, ROLE_SECURITY_ADMIN, ROLE_AUDIT_ADMIN, ROLE_AUDITOR};

static void administrators_stand_alone(void **state)
{
    struct town town;
    struct err err;
    char login[24];

    town_open(&town, state);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < ROLE_COUNT; j++) {
            struct role_grant other = {.role = (enum role)j};
            int64_t account;

            if (other.role == administrators[i])
                continue;
            if (other.role == ROLE_COUNTY_OFFICER || other.role == ROLE_PARK_OFFICER)
                other = (struct role_grant){other.role, SCOPE_DIVISION, 620102};
            snprintf(login, sizeof login, "a-%zu-%zu", i, j);
            account = town_account(&town, login, 0, town_password);
            assert_done(grant(&town, NULL, account, administrators[i], &err), err);
            assert_int_equal(town_grant_as(&town, NULL, role_grant_step, account, other, &err), STORE_REFUSED);
            assert_int_equal(err.code, ERR_CONFLICT);
        }
    assert_int_equal(town_number(&town, "SELECT max(n) FROM (SELECT count(*) AS n FROM role_grant GROUP BY account) x"), 1);
    town_close(&town);
}

static void whoever_has_a_role_or_an_organisation_becomes_no_administrator(void **state)
{
    struct order order;
    struct town town;
    struct err err;
    int64_t party, manager, member, admin;

    town_open(&town, state);
    party = town_party(&town, "兰州某泵业", "620102");
    manager = town_account(&town, "manager", 0, town_password);
    member = town_account(&town, "member", party, town_password);
    town_grant(&town, manager, ROLE_MANAGER, SCOPE_ALL, 0);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(grant(&town, NULL, manager, administrators[i], &err), STORE_REFUSED);
        assert_int_equal(grant(&town, NULL, member, administrators[i], &err), STORE_REFUSED);
    }
    admin = town_account(&town, "admin", 0, town_password);
    town_grant(&town, admin, ROLE_SYSTEM_ADMIN, SCOPE_ALL, 0);
    town_order(&town, &order, NULL);
    order.account.id = admin;
    assert_true(order_account(&order, SLICE("admin"), SLICE("李四"), party, &err));
    assert_int_equal(town_do(&town, account_edit_step, &order, &err), STORE_REFUSED);
    town_close(&town);
}

/* The step refuses before the index can; the index is there for a step that would forget. */
static bool two_admins(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql,
                   "INSERT INTO role_grant (account, role, scope_kind, scope, leaf, salts)"
                   " VALUES (7, 'system_admin', '', 0, 1, ?1), (7, 'audit_admin', '', 0, 2, ?1)",
                   SQL_ARGS(sql_bytes("salts", 5)), err);
}

static void the_database_itself_keeps_administrators_apart(void **state)
{
    struct town town;
    struct err err;

    town_open(&town, state);
    assert_int_equal(store_write(town.store, "", two_admins, NULL, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    town_close(&town);
}

static void nobody_rights_himself(void **state)
{
    struct order order;
    struct actor admin;
    struct town town;
    struct err err;

    town_open(&town, state);
    security_admin(&town, &admin);
    assert_int_equal(grant(&town, &admin, admin.account, ROLE_CITY_OFFICER, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_DENIED);
    town_order(&town, &order, &admin);
    order.account.id = admin.account;
    assert_int_equal(town_do(&town, account_disable_step, &order, &err), STORE_REFUSED);
    town_order(&town, &order, &admin); /* one's own password only by the present one */
    order.account.id = admin.account;
    snprintf(order.hash, sizeof order.hash, "%s", town_hash(town_password));
    assert_int_equal(town_do(&town, account_password_step, &order, &err), STORE_REFUSED);
    town_close(&town);
}

/* --- an organisation's administrator --- */

struct unit {
    struct town town;
    struct actor admin;
    int64_t ours, theirs, member, other;
};

static void unit_open(struct unit *unit, void **state)
{
    struct town *town = &unit->town;
    int64_t account;

    town_open(town, state);
    unit->ours = town_party(town, "兰州某泵业", "620102");
    unit->theirs = town_party(town, "兰州某石化", "620104");
    account = town_account(town, "unit.admin", unit->ours, town_password);
    town_grant(town, account, ROLE_UNIT_ADMIN, SCOPE_ALL, 0);
    town_actor(town, account, &unit->admin);
    unit->member = town_account(town, "member", unit->ours, town_password);
    unit->other = town_account(town, "other", unit->theirs, town_password);
}

static enum store_outcome make_in(struct unit *unit, const char *login, int64_t party, enum role role, struct err *err)
{
    struct order order;

    town_order(&unit->town, &order, &unit->admin);
    assert_true(order_account(&order, slice_of(login), SLICE("李四"), party, err));
    assert_true(order_first(&order, &(struct role_grant){.role = role}, err));
    snprintf(order.hash, sizeof order.hash, "%s", town_hash(town_password));
    return town_do(&unit->town, account_make_step, &order, err);
}

static void an_organisations_administrator_makes_its_members_and_nobody_else(void **state)
{
    static const enum role his[] = {ROLE_MEMBER, ROLE_RESEARCHER, ROLE_MANAGER};
    struct unit unit;
    struct err err;
    char login[16];

    unit_open(&unit, state);
    for (enum role role = 0; role < ROLE_COUNT; role++) {
        bool may_give = role == his[0] || role == his[1] || role == his[2];

        snprintf(login, sizeof login, "new-%d", (int)role);
        assert_int_equal(make_in(&unit, login, unit.ours, role, &err), may_give ? STORE_DONE : STORE_REFUSED);
        assert_true(may_give || err.code == ERR_DENIED);
        assert_int_equal(grant(&unit.town, &unit.admin, unit.member, role, &err), may_give ? STORE_DONE : STORE_REFUSED);
    }
    assert_int_equal(make_in(&unit, "theirs", unit.theirs, ROLE_MEMBER, &err), STORE_REFUSED);
    assert_int_equal(make_in(&unit, "nobodys", 0, ROLE_MANAGER, &err), STORE_REFUSED);
    check_people(&unit.town, 3 * 2 + 1 + 3 * 3 + 3);
    town_close(&unit.town);
}

static enum store_outcome by_admin(struct unit *unit, store_step *step, int64_t account, struct err *err)
{
    struct order order;

    town_order(&unit->town, &order, &unit->admin);
    order.account.id = account;
    snprintf(order.hash, sizeof order.hash, "%s", town_hash(town_password));
    return town_do(&unit->town, step, &order, err);
}

static void what_is_not_in_his_organisation_is_not_there_for_him(void **state)
{
    store_step *const steps[] = {account_disable_step, account_enable_step, account_password_step};
    struct unit unit;
    struct err err;

    unit_open(&unit, state);
    for (size_t i = 0; i < 3; i++) {
        assert_done(by_admin(&unit, steps[i], unit.member, &err), err);
        assert_int_equal(by_admin(&unit, steps[i], unit.other, &err), STORE_REFUSED);
        assert_int_equal(err.code, ERR_MISSING);
    }
    assert_int_equal(grant(&unit.town, &unit.admin, unit.other, ROLE_MEMBER, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_MISSING);
    town_close(&unit.town);
}

/* Who sets a password can sign in with it. */
static void a_higher_account_of_his_organisation_is_not_his_to_touch(void **state)
{
    store_step *const steps[] = {account_disable_step, account_password_step};
    struct unit unit;
    struct err err;

    unit_open(&unit, state);
    town_grant(&unit.town, unit.member, ROLE_MEMBER, SCOPE_ALL, 0);
    town_grant(&unit.town, unit.member, ROLE_CITY_OFFICER, SCOPE_ALL, 0);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(by_admin(&unit, steps[i], unit.member, &err), STORE_REFUSED);
        assert_int_equal(err.code, ERR_DENIED);
    }
    assert_int_equal(town_grant_as(&unit.town, &unit.admin, role_revoke_step, unit.member,
                                   (struct role_grant){.role = ROLE_MEMBER}, &err),
                     STORE_REFUSED);
    assert_int_equal(err.code, ERR_DENIED);
    town_close(&unit.town);
}

static void he_moves_nobody_in_or_out(void **state)
{
    struct unit unit;
    struct order order;
    struct err err;
    struct {
        int64_t account, to;
    } moves[] = {{0, 0}, {0, 0}, {0, 0}};

    unit_open(&unit, state);
    moves[0].account = moves[1].account = unit.member;
    moves[1].to = unit.theirs;
    moves[2].account = unit.other;
    moves[2].to = unit.ours;
    for (size_t i = 0; i < 3; i++) {
        town_order(&unit.town, &order, &unit.admin);
        order.account.id = moves[i].account;
        assert_true(order_account(&order, SLICE("moved"), SLICE("李四"), moves[i].to, &err));
        assert_int_equal(town_do(&unit.town, account_edit_step, &order, &err), STORE_REFUSED);
    }
    town_order(&unit.town, &order, &unit.admin);
    order.account.id = unit.member;
    assert_true(order_account(&order, SLICE("renamed"), SLICE("李四"), unit.ours, &err));
    assert_done(town_do(&unit.town, account_edit_step, &order, &err), err);
    town_close(&unit.town);
}

/* --- roles that an account begins with --- */

static void an_account_begins_with_its_roles_or_is_not_made(void **state)
{
    static const struct role_grant roles[] = {{ROLE_MANAGER, SCOPE_ALL, 0}, {ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102}};
    struct order order;
    struct actor actor;
    struct town town;
    struct err err;
    int64_t before;

    town_open(&town, state);
    make(&town, &order, NULL, "li.si");
    for (size_t i = 0; i < 4; i++)
        assert_true(order_first(&order, &roles[i % 2], &err));
    assert_int_equal(order.first_count, 2);
    assert_done(town_do(&town, account_make_step, &order, &err), err);
    town_actor(&town, order.account.id, &actor);
    assert_int_equal(actor.grant_count, 2);
    assert_int_equal(actor.grants[1].scope, 620102);
    assert_int_equal(leaves(&town), 4);
    check_people(&town, 4);
    before = leaves(&town);
    make(&town, &order, NULL, "wang.wu");
    assert_true(order_first(&order, &roles[0], &err));
    assert_true(order_first(&order, &(struct role_grant){.role = ROLE_AUDITOR}, &err)); /* stands alone */
    assert_int_equal(town_do(&town, account_make_step, &order, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_int_equal(leaves(&town), before);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM account"), 1);
    town_close(&town);
}

static void an_edit_of_what_was_changed_meanwhile_is_refused(void **state)
{
    struct order order;
    struct town town;
    struct err err;
    int64_t id;

    town_open(&town, state);
    id = town_account(&town, "li.si", 0, town_password);
    for (int i = 0; i < 2; i++) {
        town_order(&town, &order, NULL);
        order.account.id = id;
        order.account.ver = 1;
        assert_true(order_account(&order, i ? SLICE("li.si3") : SLICE("li.si2"), SLICE("李四"), 0, &err));
        assert_int_equal(town_do(&town, account_edit_step, &order, &err), i ? STORE_REFUSED : STORE_DONE);
    }
    assert_int_equal(err.code, ERR_CONFLICT);
    town_close(&town);
}

static void roles_are_read_as_people_write_them(void **state)
{
    struct role_grant grants[ACTOR_GRANTS];
    struct town town;
    struct sql *sql;
    struct err err;
    int64_t party;
    size_t count;

    town_open(&town, state);
    party = town_party(&town, "兰州某园区", "620102");
    sql = town_look(&town);
    assert_true(grants_read(sql, SLICE("member, 技术经理人,county_officer@620102 城关区,park_officer@兰州某园区"), grants, &count, &err));
    assert_int_equal(count, 4);
    assert_int_equal(grants[1].role, ROLE_MANAGER);
    assert_true(grants[2].scope_kind == SCOPE_DIVISION && grants[2].scope == 620102);
    assert_true(grants[3].scope_kind == SCOPE_PARTY && grants[3].scope == party);
    assert_true(grants_read(sql, SLICE(""), grants, &count, &err) && count == 0);
    assert_false(grants_read(sql, SLICE("owner"), grants, &count, &err));
    assert_string_equal(err.field, "role");
    assert_false(grants_read(sql, SLICE("park_officer@没有的园区"), grants, &count, &err));
    assert_string_equal(err.field, "scope");
    assert_false(grants_read(sql, SLICE("member,member,member,member,member,member,member,member,member"), grants, &count, &err));
    store_read_end(town.store, sql);
    town_close(&town);
}

static void scopes_fit_their_roles(void **state)
{
    static const struct {
        struct role_grant grant;
        bool fits;
    } cases[] = {
        {{ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102}, true},  {{ROLE_COUNTY_OFFICER, SCOPE_ALL, 0}, false},
        {{ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 0}, false},      {{ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 62}, false},
        {{ROLE_PARK_OFFICER, SCOPE_ALL, 0}, false},             {{ROLE_PARK_OFFICER, SCOPE_PARTY, 4711}, false},
        {{ROLE_CITY_OFFICER, SCOPE_DIVISION, 620100}, true},    {{ROLE_CITY_OFFICER, SCOPE_ALL, 5}, false},
        {{ROLE_CITY_OFFICER, SCOPE_ALL, 0}, true},              {{ROLE_MEMBER, SCOPE_ALL, 0}, false}, /* no organisation */
        {{ROLE_RESEARCHER, SCOPE_DIVISION, 620102}, false},     {{ROLE_READER_TAX, SCOPE_ALL, 0}, true},
    };
    struct town town;
    struct err err;
    int64_t account;

    town_open(&town, state);
    account = town_account(&town, "officer", 0, town_password);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum store_outcome outcome = town_grant_as(&town, NULL, role_grant_step, account, cases[i].grant, &err);

        if ((outcome == STORE_DONE) != cases[i].fits)
            fail_msg("case %zu: %s", i, err.message);
    }
    town_close(&town);
}

static void a_ninth_role_is_refused(void **state)
{
    struct town town;
    struct err err;
    int64_t account;

    town_open(&town, state);
    account = town_account(&town, "busy", 0, town_password);
    for (int64_t i = 0; i < ACTOR_GRANTS; i++)
        town_grant(&town, account, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102 + i);
    assert_int_equal(grant(&town, NULL, account, ROLE_MANAGER, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    town_close(&town);
}

static void a_role_is_granted_revoked_and_granted_again(void **state)
{
    const struct role_grant manager = {.role = ROLE_MANAGER};
    struct actor actor;
    struct town town;
    struct err err;
    int64_t account, before;

    town_open(&town, state);
    account = town_account(&town, "li.si", 0, town_password);
    before = leaves(&town);
    town_grant(&town, account, ROLE_MANAGER, SCOPE_ALL, 0);
    town_grant(&town, account, ROLE_MANAGER, SCOPE_ALL, 0); /* has it already: no leaf */
    assert_done(town_grant_as(&town, NULL, role_revoke_step, account, manager, &err), err);
    town_actor(&town, account, &actor);
    assert_int_equal(actor.grant_count, 0);
    assert_int_equal(town_grant_as(&town, NULL, role_revoke_step, account, manager, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_MISSING);
    town_grant(&town, account, ROLE_MANAGER, SCOPE_ALL, 0);
    town_actor(&town, account, &actor);
    assert_int_equal(actor.grant_count, 1);
    assert_int_equal(leaves(&town), before + 3);
    check_people(&town, 2 + 3);
    town_close(&town);
}

static bool break_scope(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "UPDATE role_grant SET scope_kind = 'hidden-by-a-later-program'", SQL_NO_ARGS, err);
}

static void a_scope_that_nobody_knows_grants_nothing(void **state)
{
    struct town town;
    struct err err;

    town_open(&town, state);
    town_grant(&town, town_account(&town, "li.si", 0, town_password), ROLE_CITY_OFFICER, SCOPE_ALL, 0);
    assert_int_equal(store_write(town.store, "", break_scope, NULL, &err), STORE_REFUSED); /* the schema knows three */
    town_close(&town);
}

static void disabled_accounts_are_nobody(void **state)
{
    struct order order;
    struct actor actor;
    struct town town;
    struct sql *sql;
    struct err err;
    int64_t account;

    town_open(&town, state);
    account = town_account(&town, "li.si", 0, town_password);
    town_order(&town, &order, NULL);
    order.account.id = account;
    assert_done(town_do(&town, account_disable_step, &order, &err), err);
    sql = town_look(&town);
    assert_false(actor_load(sql, account, &actor, &err));
    assert_int_equal(err.code, ERR_SIGN_IN);
    store_read_end(town.store, sql);
    assert_int_equal(grant(&town, NULL, account, ROLE_MANAGER, &err), STORE_REFUSED);
    town_close(&town);
}

/* --- leave under NDA --- */

static enum store_outcome leave(struct town *town, const struct actor *actor, store_step *step, int64_t object,
                                int64_t party, struct err *err)
{
    struct order order;

    town_order(town, &order, actor);
    order.kind = &kind_achievement;
    order.object = object;
    order.party = party;
    return town_do(town, step, &order, err);
}

static void the_owner_alone_gives_leave(void **state)
{
    struct actor owner, other;
    struct town town;
    struct err err;
    int64_t ours, theirs, account, object;

    town_open(&town, state);
    ours = town_party(&town, "兰州某泵业", "620102");
    theirs = town_party(&town, "兰州某石化", "620104");
    account = town_account(&town, "owner", ours, town_password);
    town_grant(&town, account, ROLE_MEMBER, SCOPE_ALL, 0);
    town_actor(&town, account, &owner);
    account = town_account(&town, "other", theirs, town_password);
    town_grant(&town, account, ROLE_MEMBER, SCOPE_ALL, 0);
    town_actor(&town, account, &other);
    object = town_achievement(&town, &owner);
    assert_int_equal(leave(&town, &other, nda_grant_step, object, theirs, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_DENIED);
    assert_done(leave(&town, &owner, nda_grant_step, object, theirs, &err), err);
    assert_done(leave(&town, &owner, nda_grant_step, object, theirs, &err), err);
    assert_int_equal(leave(&town, &owner, nda_grant_step, object, ours, &err), STORE_REFUSED);
    assert_int_equal(leave(&town, &owner, nda_grant_step, object, 4711, &err), STORE_REFUSED);
    assert_done(leave(&town, &owner, nda_end_step, object, theirs, &err), err);
    assert_int_equal(leave(&town, &owner, nda_end_step, object, theirs, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_MISSING);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM ledger WHERE kind = 'nda'"), 2);
    check_people(&town, 2 * 2 + 2 + 2);
    town_close(&town);
}

/* --- tampering --- */

static const struct tampering {
    const char *statement, *complaint;
} tamperings[] = {
    {"UPDATE account SET login = 'mallory' WHERE login = 'li.si'", "account：编号"},
    {"UPDATE account SET party = 99 WHERE login = 'li.si'", "account：编号"},
    {"UPDATE account SET disabled = 1 WHERE login = 'li.si'", "account：编号"},
    {"UPDATE account SET pseudonym = (SELECT salt FROM password ORDER BY leaf LIMIT 1) WHERE login = 'li.si'", "account：编号"},
    {"UPDATE password SET hash = (SELECT max(hash) FROM password)", "account：编号"},
    {"UPDATE role_grant SET role = 'city_officer'", "account：编号"},
    {"UPDATE role_grant SET scope = 620100", "account：编号"},
    {"UPDATE role_grant SET role = 'owner'", "不认识的角色"},
    {"UPDATE role_grant SET ended_leaf = leaf", "account：编号"},
    {"UPDATE role_grant SET salts = (SELECT pseudonym FROM account WHERE login = 'li.si')", "盐值"},
    {"UPDATE nda SET party = 99", "nda：编号"},
    {"UPDATE nda SET leaf = 0", "编号"},
};

/* Tampers, looks, and is refused, so that nothing of it stays. */
static bool tamper_step(struct sql *sql, void *arg, struct err *err)
{
    const struct tampering *tampering = arg;
    int64_t count;

    return sql_put(sql, tampering->statement, SQL_NO_ARGS, err) && people_check(sql, &count, err);
}

static void each_tampering_is_named(void **state)
{
    struct actor owner;
    struct town town;
    struct err err;
    int64_t account;

    town_open(&town, state);
    account = town_account(&town, "li.si", town_party(&town, "兰州某泵业", "620102"), town_password);
    town_account(&town, "wang.wu", 0, "Marsh-lantern-52");
    town_grant(&town, account, ROLE_MEMBER, SCOPE_ALL, 0);
    town_actor(&town, account, &owner);
    assert_done(leave(&town, &owner, nda_grant_step, town_achievement(&town, &owner), town_party(&town, "兰州某石化", "620104"),
                      &err),
                err);
    check_people(&town, 2 + 2 + 1 + 1);
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
        enum store_outcome outcome = store_write(town.store, "", tamper_step, (void *)&tamperings[i], &err);

        if (outcome != STORE_REFUSED || err.code != ERR_CORRUPT || !strstr(err.message, tamperings[i].complaint))
            fail_msg("%s: %s", tamperings[i].statement, outcome == STORE_DONE ? "not noticed" : err.message);
    }
    check_people(&town, 2 + 2 + 1 + 1);
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_security_administrator_makes_accounts_and_nobody_else),
        ON_BOTH(an_account_is_made_once_a_request),
        ON_BOTH(a_login_belongs_to_one),
        ON_SQLITE(names_hold_nothing_unseen),
        ON_BOTH(edits_disabling_and_enabling_are_versions),
        ON_SQLITE(administrators_stand_alone),
        ON_BOTH(whoever_has_a_role_or_an_organisation_becomes_no_administrator),
        ON_BOTH(the_database_itself_keeps_administrators_apart),
        ON_BOTH(nobody_rights_himself),
        ON_BOTH(an_organisations_administrator_makes_its_members_and_nobody_else),
        ON_BOTH(what_is_not_in_his_organisation_is_not_there_for_him),
        ON_BOTH(a_higher_account_of_his_organisation_is_not_his_to_touch),
        ON_BOTH(he_moves_nobody_in_or_out),
        ON_BOTH(an_account_begins_with_its_roles_or_is_not_made),
        ON_BOTH(an_edit_of_what_was_changed_meanwhile_is_refused),
        ON_BOTH(roles_are_read_as_people_write_them),
        ON_BOTH(scopes_fit_their_roles),
        ON_BOTH(a_ninth_role_is_refused),
        ON_BOTH(a_role_is_granted_revoked_and_granted_again),
        ON_BOTH(a_scope_that_nobody_knows_grants_nothing),
        ON_BOTH(disabled_accounts_are_nobody),
        ON_BOTH(the_owner_alone_gives_leave),
        ON_BOTH(each_tampering_is_named),
    };

    return run_places(tests);
}
