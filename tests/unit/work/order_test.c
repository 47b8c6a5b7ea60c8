/* A request id stands for one order: asked again it was done before, another order under it is refused. */
#include "city_people.h"

static void make(struct town *town, struct order *order, const char *login)
{
    struct err err;

    town_order(town, order, NULL);
    assert_true(order_account(order, slice_of(login), SLICE("李四"), 0, &err));
    snprintf(order->hash, sizeof order->hash, "%s", town_hash(town_password));
}

/* The order again, or another one, under the request id of `first`. */
static enum store_outcome again(struct town *town, const struct order *first, store_step *step, struct order *order,
                                struct err *err)
{
    snprintf(order->request_id, sizeof order->request_id, "%s", first->request_id);
    return town_do(town, step, order, err);
}

static void assert_is_another(struct town *town, const struct order *first, store_step *step, struct order order)
{
    struct err err;

    assert_int_equal(again(town, first, step, &order, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_non_null(strstr(err.message, "请求号"));
}

static void leave_for_another_party_is_another_order(void **state)
{
    struct order first, other;
    struct actor owner;
    struct town town;
    struct err err;
    int64_t account, theirs;

    town_open(&town, state);
    account = town_account(&town, "owner", town_party(&town, "兰州某泵业", "620102"), town_password);
    theirs = town_party(&town, "兰州某石化", "620104");
    town_grant(&town, account, ROLE_MEMBER, SCOPE_ALL, 0);
    town_actor(&town, account, &owner);
    town_order(&town, &first, &owner);
    first.kind = &kind_achievement;
    first.object = town_achievement(&town, &owner);
    first.party = theirs;
    assert_done(town_do(&town, nda_grant_step, &first, &err), err);
    other = first;
    assert_done(again(&town, &first, nda_grant_step, &other, &err), err);
    assert_true(other.repeated);
    assert_is_another(&town, &first, nda_end_step, first);
    other.party = town_party(&town, "兰州某阀业", "620104");
    assert_is_another(&town, &first, nda_grant_step, other);
    town_order(&town, &other, &owner);
    other.kind = first.kind;
    other.object = first.object;
    other.party = theirs;
    assert_done(town_do(&town, nda_end_step, &other, &err), err);
    assert_done(town_do(&town, nda_end_step, &other, &err), err);
    assert_true(other.repeated);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM ledger WHERE kind = 'nda'"), 2);
    town_close(&town);
}

static void another_role_is_another_order(void **state)
{
    struct order first, other, ended;
    struct town town;
    struct err err;

    town_open(&town, state);
    town_order(&town, &first, NULL);
    first.account.id = town_account(&town, "li.si", 0, town_password);
    first.grant = (struct role_grant){.role = ROLE_CITY_OFFICER, .scope_kind = SCOPE_DIVISION, .scope = 620100};
    assert_done(town_do(&town, role_grant_step, &first, &err), err);
    other = first;
    assert_done(again(&town, &first, role_grant_step, &other, &err), err);
    assert_true(other.repeated);
    assert_is_another(&town, &first, role_revoke_step, first);
    other.grant.scope = 620200;
    assert_is_another(&town, &first, role_grant_step, other);
    other.grant = (struct role_grant){.role = ROLE_MANAGER};
    assert_is_another(&town, &first, role_grant_step, other);
    town_order(&town, &ended, NULL);
    ended.account.id = first.account.id;
    ended.grant = first.grant;
    assert_done(town_do(&town, role_revoke_step, &ended, &err), err);
    assert_done(town_do(&town, role_revoke_step, &ended, &err), err);
    assert_true(ended.repeated);
    assert_is_another(&town, &ended, role_revoke_step, other);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM role_grant"), 1);
    town_close(&town);
}

static void another_account_is_another_order(void **state)
{
    struct order first, other;
    struct town town;
    struct err err;

    town_open(&town, state);
    make(&town, &first, "li.si");
    assert_done(town_do(&town, account_make_step, &first, &err), err);
    make(&town, &other, "wang.wu");
    assert_is_another(&town, &first, account_make_step, other);
    town_order(&town, &other, NULL);
    other.account = first.account;
    assert_is_another(&town, &first, account_disable_step, other);
    assert_done(town_do(&town, account_disable_step, &other, &err), err);
    assert_is_another(&town, &other, account_enable_step, other);
    first = other;
    town_order(&town, &other, NULL);
    other.account = first.account;
    assert_true(order_account(&other, SLICE("li.si2"), SLICE("李四"), 0, &err));
    assert_done(town_do(&town, account_edit_step, &other, &err), err);
    assert_done(town_do(&town, account_edit_step, &other, &err), err);
    assert_true(other.repeated);
    first = other;
    assert_true(order_account(&other, SLICE("li.si3"), SLICE("李四"), 0, &err));
    assert_is_another(&town, &first, account_edit_step, other);
    town_close(&town);
}

static void other_first_roles_are_another_order(void **state)
{
    const struct role_grant manager = {.role = ROLE_MANAGER}, committee = {.role = ROLE_COMMITTEE};
    struct order first, other;
    struct town town;
    struct err err;

    town_open(&town, state);
    make(&town, &first, "li.si");
    assert_true(order_first(&first, &manager, &err));
    assert_done(town_do(&town, account_make_step, &first, &err), err);
    make(&town, &other, "li.si");
    assert_is_another(&town, &first, account_make_step, other);
    assert_true(order_first(&other, &committee, &err));
    assert_is_another(&town, &first, account_make_step, other);
    other.first[0] = manager;
    assert_done(again(&town, &first, account_make_step, &other, &err), err);
    assert_true(other.repeated);
    town_close(&town);
}

static void an_order_whose_leaf_is_damaged_is_not_called_done(void **state)
{
    struct order order;
    struct town town;
    struct err err;

    town_open(&town, state);
    make(&town, &order, "li.si");
    assert_done(town_do(&town, account_make_step, &order, &err), err);
    assert_int_equal(store_write(town.store, "", town_spoil_leaf, order.request_id, &err), STORE_DONE);
    assert_int_equal(town_do(&town, account_make_step, &order, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CORRUPT);
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(leave_for_another_party_is_another_order),
        ON_BOTH(another_role_is_another_order),
        ON_BOTH(another_account_is_another_order),
        ON_BOTH(other_first_roles_are_another_order),
        ON_BOTH(an_order_whose_leaf_is_damaged_is_not_called_done),
    };

    return run_places(tests);
}
