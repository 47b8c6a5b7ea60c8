/* The number of a process among those on one database: no two that live have the same. */
#include "city_people.h"

#include "base/ident.h"
#include "work/node.h"

static const int64_t noon = INT64_C(1782000000000);

static void take(struct node *node, struct town *town, int64_t now_ms)
{
    struct err err;

    if (!node_take(node, town->store, NODE_LEASE_MS, now_ms, &err))
        fail_msg("%s", err.message);
    assert_in_range(node->number, 1, NODE_MOST);
}

static void two_have_numbers_of_their_own(void **state)
{
    struct node nodes[40];
    struct town town;

    town_open(&town, state);
    for (size_t i = 0; i < 40; i++) {
        take(&nodes[i], &town, noon);
        assert_int_equal(ident_next(noon) >> 12 & 1023, nodes[i].number);
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(nodes[i].number, nodes[j].number);
    }
    assert_int_equal(town_number(&town, "SELECT count(*) FROM lease"), 40);
    for (size_t i = 0; i < 40; i++)
        node_leave(&nodes[i]);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM lease"), 0);
    ident_node(0);
    town_close(&town);
}

static void it_is_renewed_while_serving(void **state)
{
    struct town town;
    struct node node;
    unsigned number;

    town_open(&town, state);
    take(&node, &town, noon);
    number = node.number;
    node_keep(&node, noon + NODE_RENEW_MS - 1);
    assert_int_equal(town_number(&town, "SELECT until_ms FROM lease"), noon + NODE_LEASE_MS);
    node_keep(&node, noon + NODE_RENEW_MS);
    assert_int_equal(town_number(&town, "SELECT until_ms FROM lease"), noon + NODE_RENEW_MS + NODE_LEASE_MS);
    assert_int_equal(node.number, number);
    node_leave(&node);
    ident_node(0);
    town_close(&town);
}

/* Everybody else has one; only the one that ran out is left. */
static bool crowd_step(struct sql *sql, void *arg, struct err *err)
{
    const struct node *node = arg;
    char name[16];

    for (unsigned i = 1; i <= NODE_MOST; i++) {
        snprintf(name, sizeof name, "node %u", i);
        if (i != node->number
            && !sql_put(sql, "INSERT INTO lease (name, holder, until_ms) VALUES (?1, 7, ?2)",
                        SQL_ARGS(sql_text(slice_of(name)), sql_int(noon + 10 * NODE_LEASE_MS)), err))
            return false;
    }
    return true;
}

static void who_sleeps_too_long_loses_it_to_another_and_finds_out(void **state)
{
    struct node sleeper, other, late;
    struct town town;
    struct err err;
    unsigned number;

    town_open(&town, state);
    take(&sleeper, &town, noon);
    number = sleeper.number;
    assert_done(store_write(town.store, "", crowd_step, &sleeper, &err), err);
    assert_false(node_take(&other, town.store, NODE_LEASE_MS, noon + NODE_LEASE_MS, &err)); /* to the last moment it is his */
    assert_int_equal(err.code, ERR_BUSY);
    take(&other, &town, noon + NODE_LEASE_MS + 1);
    assert_int_equal(other.number, number);
    node_keep(&sleeper, noon + NODE_LEASE_MS + 2); /* all are taken: it keeps looking */
    assert_int_equal(sleeper.number, number);
    node_leave(&other);
    take(&late, &town, noon + NODE_LEASE_MS + 3);
    assert_int_equal(late.number, number);
    node_keep(&sleeper, noon + 20 * NODE_LEASE_MS); /* the others' have run out too, late's as well */
    assert_in_range(sleeper.number, 1, NODE_MOST);
    node_leave(&sleeper);
    ident_node(0);
    town_close(&town);
}

static void what_is_anothers_is_not_given_back(void **state)
{
    struct node sleeper, other;
    struct town town;
    struct err err;

    town_open(&town, state);
    take(&sleeper, &town, noon);
    assert_done(store_write(town.store, "", crowd_step, &sleeper, &err), err);
    take(&other, &town, noon + NODE_LEASE_MS + 1);
    node_leave(&sleeper);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM lease"), NODE_MOST);
    ident_node(0);
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(two_have_numbers_of_their_own),
        ON_BOTH(it_is_renewed_while_serving),
        ON_BOTH(who_sleeps_too_long_loses_it_to_another_and_finds_out),
        ON_BOTH(what_is_anothers_is_not_given_back),
    };

    return run_places(tests);
}
