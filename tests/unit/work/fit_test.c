/* The followers of a running city: a record comes into the index and into others' lists of who fits, and stays there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/ident.h"
#include "seal/seal.h"
#include "work/city.h"
#include "work/fit.h"
#include "work/submit.h"

enum { WAIT_MS = 60000, NEEDS = 12 };

struct running {
    char folder[64];
    struct city *city;
    struct actor program;
    int64_t maker, user; /* one's own records are no partners */
    unsigned requests;
};

static int64_t submit(struct running *running, const struct kind *kind, int64_t owner, const char *const *typed)
{
    struct submission submission;
    struct complaints complaints = {.count = 0};
    struct slice values[FIELDS_MAX] = {{0}};
    struct arena arena;
    struct sql *sql;
    struct err err;
    char id[24];

    snprintf(id, sizeof id, "request-%u", ++running->requests);
    arena_init(&arena);
    submit_init(&submission, kind, &running->program, slice_of(id));
    submission.record.owner = owner;
    for (size_t i = 0; typed[i]; i += 2)
        values[kind_field(kind, typed[i])] = slice_of(typed[i + 1]);
    assert_true(store_read(running->city->store, &sql, &err));
    if (!submit_check(sql, &submission, values, &arena, &complaints, &err))
        fail_msg("%s", complaints.count ? complaints.list[0].err.message : err.message);
    store_read_end(running->city->store, sql);
    if (store_write(running->city->store, id, submit_step, &submission, &err) != STORE_DONE)
        fail_msg("%s", err.message);
    arena_release(&arena);
    return submission.id;
}

static int64_t need(struct running *running, int number)
{
    char title[80];
    const char *typed[] = {"title", title, "now", "离心泵轴承在含沙黄河水里三千小时就磨坏,停机更换损失大。", NULL};

    snprintf(title, sizeof title, "第%d号泵站含沙水离心泵轴承磨损", number);
    return submit(running, &kind_need, running->user, typed);
}

static int64_t achievement(struct running *running)
{
    static const char *const typed[] = {"title", "含沙介质离心泵自润滑轴承涂层", "abstract",
                                        "用于含沙黄河水的离心泵轴承,磨损率降到四分之一,连续运行九千小时。", NULL};

    return submit(running, &kind_achievement, running->maker, typed);
}

static void city_start(struct running *running)
{
    static const char *const maker[] = {"name", "示例泵业研究所", "side", "institute", NULL};
    static const char *const user[] = {"name", "示例提灌管理处", "side", "user", NULL};
    struct city_options options = {.data = running->folder, .share = TQ_SOURCE, .follow = true};
    struct err err;

    if (!city_open(&options, &running->city, &err))
        fail_msg("%s", err.message);
    actor_program(&running->program);
    if (running->maker)
        return;
    running->maker = submit(running, &kind_party, 0, maker);
    running->user = submit(running, &kind_party, 0, user);
}

static int start(void **state)
{
    struct running *running = calloc(1, sizeof *running);
    struct err err;

    if (!running || !seal_start(&err))
        return -1;
    snprintf(running->folder, sizeof running->folder, "/tmp/tq-fit-XXXXXX");
    if (!mkdtemp(running->folder))
        return -1;
    *state = running;
    city_start(running);
    return 0;
}

static int finish(void **state)
{
    struct running *running = *state;
    char command[96];

    city_close(running->city);
    snprintf(command, sizeof command, "rm -rf %s", running->folder);
    free(running);
    return system(command);
}

static size_t partners(struct running *running, const struct kind *kind, int64_t id, enum column column,
                       int64_t *first)
{
    struct fit fits[FIT_KEPT];
    struct record record;
    struct arena arena;
    struct sql *sql;
    struct err err;
    size_t n;

    arena_init(&arena);
    assert_true(store_read(running->city->store, &sql, &err));
    assert_true(record_get(sql, kind, id, &arena, &record, &err));
    n = fit_list(sql, &record, column, &arena, fits, FIT_KEPT);
    store_read_end(running->city->store, sql);
    *first = n ? fits[0].other : 0;
    arena_release(&arena);
    return n;
}

static void a_new_record_finds_its_partners_and_they_find_it(void **state)
{
    struct running *running = *state;
    int64_t wanted = need(running, 0), has = achievement(running), first;

    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(partners(running, &kind_achievement, has, COLUMN_NEED, &first), 1);
    assert_int_equal(first, wanted);
    assert_int_equal(partners(running, &kind_need, wanted, COLUMN_ACHIEVEMENT, &first), 1);
    assert_int_equal(first, has);
}

/* How long until `has` lists one more need than before; nobody hurries the followers on. */
static int64_t listed_after_us(struct running *running, int64_t has, size_t wanted)
{
    int64_t start = clock_steady_us(), first;

    while (partners(running, &kind_achievement, has, COLUMN_NEED, &first) < wanted) {
        assert_true(clock_steady_us() - start < WAIT_MS * INT64_C(1000));
        nanosleep(&(struct timespec){0, 5000000}, NULL);
    }
    return clock_steady_us() - start;
}

/* The quickest of five: others use the machine too. */
static void a_new_record_is_on_the_other_sides_lists_within_a_second(void **state)
{
    struct running *running = *state;
    int64_t has = achievement(running), best = INT64_MAX;

    assert_true(city_settled(running->city, true, WAIT_MS));
    for (int i = 0; i < 5; i++) {
        int64_t wanted = need(running, i), took = listed_after_us(running, has, (size_t)i + 1), first;

        best = took < best ? took : best;
        assert_int_equal(partners(running, &kind_need, wanted, COLUMN_ACHIEVEMENT, &first), 1);
        assert_int_equal(first, has);
    }
    assert_true(best < 1000000);
}

static void later_records_take_nobody_off_a_list_that_has_room(void **state)
{
    struct running *running = *state;
    int64_t has = achievement(running), first;

    for (int i = 0; i < NEEDS; i++)
        need(running, i);
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(partners(running, &kind_achievement, has, COLUMN_NEED, &first), FIT_KEPT);
}

/* Twelve needs say nearly the same: which is first may hang on what was known when each came, so the rebuilt are compared. */
static int64_t first_when_rebuilt(struct running *running, int64_t has)
{
    int64_t first;
    struct err err;

    assert_true(city_rebuild(running->city, &err));
    city_close(running->city);
    city_start(running);
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(partners(running, &kind_achievement, has, COLUMN_NEED, &first), FIT_KEPT);
    return first;
}

static void a_rebuilt_city_has_the_same_partners(void **state)
{
    struct running *running = *state;
    int64_t has = achievement(running), first;

    for (int i = 0; i < NEEDS; i++)
        need(running, i);
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(partners(running, &kind_achievement, has, COLUMN_NEED, &first), FIT_KEPT);
    first = first_when_rebuilt(running, has);
    assert_int_equal(first_when_rebuilt(running, has), first);
}

static uint64_t documents(const struct running *running)
{
    struct match_stats stats;

    match_stats(running->city->index, &stats);
    return stats.documents;
}

static void a_rebuild_counts_as_done_when_everything_is_there_again(void **state)
{
    struct running *running = *state;
    int64_t has = achievement(running), first;
    struct err err;

    for (int i = 0; i < NEEDS; i++)
        need(running, i);
    assert_true(city_settled(running->city, true, WAIT_MS));
    for (int i = 0; i < 5; i++) {
        assert_true(city_rebuild(running->city, &err));
        assert_true(city_settled(running->city, true, WAIT_MS));
        assert_int_equal(documents(running), NEEDS + 3);
        assert_int_equal(partners(running, &kind_achievement, has, COLUMN_NEED, &first), FIT_KEPT);
    }
}

/* The second one comes while the follower reads what the first one made it forget, each time a little later. */
static void a_rebuild_in_the_middle_of_a_rebuild_loses_nothing(void **state)
{
    struct running *running = *state;
    struct err err;

    for (int i = 0; i < 5 * NEEDS; i++)
        need(running, i);
    for (int i = 0; i < 40; i++) {
        assert_true(city_rebuild(running->city, &err));
        nanosleep(&(struct timespec){0, i * 100000}, NULL);
        assert_true(city_rebuild(running->city, &err));
        assert_true(city_settled(running->city, false, WAIT_MS));
        assert_int_equal(documents(running), 5 * NEEDS + 2);
    }
}

static bool damage(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *leaf = arg;

    return sql_put(sql, "UPDATE ledger SET bytes = hash WHERE leaf_index = ?1", SQL_ARGS(sql_int(*leaf)), err);
}

/* The fourth leaf is of a need: the need itself is sound, and is found; so are all that came after it. */
static void a_damaged_leaf_holds_up_nobody(void **state)
{
    struct running *running = *state;
    int64_t leaf = 3, has = achievement(running), first;
    struct err err;

    for (int i = 0; i < NEEDS; i++)
        need(running, i);
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(store_write(running->city->store, "", damage, &leaf, &err), STORE_DONE);
    assert_true(city_rebuild(running->city, &err));
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(documents(running), NEEDS + 3);
    assert_int_equal(partners(running, &kind_achievement, has, COLUMN_NEED, &first), FIT_KEPT);
}

static bool lose(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *id = arg;

    return sql_put(sql, "DELETE FROM need WHERE id = ?1", SQL_ARGS(sql_int(*id)), err);
}

static void a_lost_record_holds_up_nobody(void **state)
{
    struct running *running = *state;
    int64_t lost = need(running, 0), wanted = need(running, 1), has = achievement(running), first;
    struct err err;

    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(store_write(running->city->store, "", lose, &lost, &err), STORE_DONE);
    assert_true(city_rebuild(running->city, &err));
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(documents(running), 4);
    assert_int_equal(partners(running, &kind_achievement, has, COLUMN_NEED, &first), 1);
    assert_int_equal(first, wanted);
}

static void shell(const struct running *running, const char *command)
{
    char whole[320];

    snprintf(whole, sizeof whole, "cd %s && %s", running->folder, command);
    assert_int_equal(system(whole), 0);
}

/* The records of an earlier day stand under an index of today. */
static void go_back(struct running *running)
{
    need(running, 0);
    assert_true(city_settled(running->city, true, WAIT_MS));
    city_close(running->city);
    shell(running, "mkdir earlier && cp tieqiao.db* earlier");
    city_start(running);
    for (int i = 1; i < NEEDS; i++)
        need(running, i);
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(documents(running), NEEDS + 2);
    city_close(running->city);
    shell(running, "rm tieqiao.db* && cp earlier/* .");
}

static void an_index_beyond_the_ledger_is_made_anew(void **state)
{
    struct running *running = *state;
    int64_t has, first;

    go_back(running);
    city_start(running);
    has = achievement(running);
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(documents(running), 4);
    assert_int_equal(partners(running, &kind_achievement, has, COLUMN_NEED, &first), 1);
}

static void an_index_of_other_records_is_made_anew(void **state)
{
    struct running *running = *state;
    struct city_options unfollowed = {.data = running->folder, .share = TQ_SOURCE};
    int64_t has, first;
    struct err err;

    go_back(running);
    assert_true(city_open(&unfollowed, &running->city, &err));
    has = achievement(running);
    for (int i = 0; i < 2 * NEEDS; i++)
        need(running, 100 + i);
    city_close(running->city);
    city_start(running);
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(documents(running), 2 * NEEDS + 4);
    assert_int_equal(partners(running, &kind_achievement, has, COLUMN_NEED, &first), FIT_KEPT);
}

/* As when a standby takes over that had not yet heard of the last commit. */
static bool lose_the_last(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *id = arg;

    return sql_put(sql, "DELETE FROM ledger WHERE object = ?1", SQL_ARGS(sql_int(*id)), err)
           && sql_put(sql, "DELETE FROM facet WHERE id = ?1", SQL_ARGS(sql_int(*id)), err)
           && sql_put(sql, "UPDATE ledger_head SET next = next - 1", SQL_NO_ARGS, err) && lose(sql, arg, err);
}

static bool need_is_found(struct running *running, int64_t id)
{
    struct match_snapshot *snapshot = match_snapshot(running->city->index);
    struct match_query query;
    struct match_hits hits;
    struct match_err err;
    bool found;

    match_query_init(&query);
    query.text = (struct match_str){"离心泵", strlen("离心泵")};
    query.kinds = 1u << COLUMN_NEED;
    query.only = id;
    assert_true(match_search(snapshot, &query, &hits, &err));
    found = hits.lists[COLUMN_NEED].count == 1;
    match_hits_release(&hits);
    match_snapshot_end(snapshot);
    return found;
}

static void what_a_failover_lost_leaves_the_index_too(void **state)
{
    struct running *running = *state;
    int64_t lost, wanted;
    struct err err;

    lost = need(running, 1);
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(store_write(running->city->store, "", lose_the_last, &lost, &err), STORE_DONE);
    wanted = need(running, 2);
    need(running, 3);
    assert_true(city_settled(running->city, false, WAIT_MS));
    assert_true(need_is_found(running, wanted));
    assert_false(need_is_found(running, lost));
}

static bool forget_sets(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "DELETE FROM facet_set", SQL_NO_ARGS, err)
           && sql_put(sql, "INSERT INTO cursor (name, next) VALUES ('facet', 0)", SQL_NO_ARGS, err);
}

static int64_t number_of(struct running *running, const char *statement)
{
    struct sql *sql;
    struct err err;
    int64_t number = -1;
    bool found;

    assert_true(store_read(running->city->store, &sql, &err));
    assert_true(sql_one(sql, statement, SQL_NO_ARGS, &number, &found, &err));
    store_read_end(running->city->store, sql);
    return number;
}

/* What a migration leaves to do is done beside everything else. */
static void facets_of_an_earlier_release_are_filled_in(void **state)
{
    struct running *running = *state;
    int64_t all;
    struct err err;

    for (int i = 0; i < 5 * NEEDS; i++)
        need(running, i);
    all = number_of(running, "SELECT sum(length(pairs)) FROM facet_set");
    assert_int_equal(store_write(running->city->store, "", forget_sets, NULL, &err), STORE_DONE);
    city_nudge(running->city);
    for (int64_t until = clock_steady_us() + WAIT_MS * 1000; clock_steady_us() < until;)
        if (number_of(running, "SELECT count(*) FROM cursor WHERE name = 'facet'") == 0)
            break;
    assert_int_equal(number_of(running, "SELECT sum(length(pairs)) FROM facet_set"), all);
}

/* Flips a byte in the middle of every file of the index. */
static void tear_index(const struct running *running)
{
    char command[240];

    snprintf(command, sizeof command,
             "for f in %s/index/*; do s=$(stat -c %%s $f); [ $s -lt 8 ] || printf X | dd of=$f bs=1 seek=$((s / 2)) conv=notrunc"
             " 2>/dev/null; done", running->folder);
    assert_int_equal(system(command), 0);
}

static void a_torn_index_is_made_anew(void **state)
{
    struct running *running = *state;
    int64_t wanted = need(running, 0), has = achievement(running), first;

    assert_true(city_settled(running->city, true, WAIT_MS));
    city_close(running->city);
    tear_index(running);
    city_start(running);
    assert_true(city_settled(running->city, true, WAIT_MS));
    assert_int_equal(partners(running, &kind_need, wanted, COLUMN_ACHIEVEMENT, &first), 1);
    assert_int_equal(first, has);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_record_finds_its_partners_and_they_find_it, start, finish),
        cmocka_unit_test_setup_teardown(a_new_record_is_on_the_other_sides_lists_within_a_second, start, finish),
        cmocka_unit_test_setup_teardown(later_records_take_nobody_off_a_list_that_has_room, start, finish),
        cmocka_unit_test_setup_teardown(a_rebuilt_city_has_the_same_partners, start, finish),
        cmocka_unit_test_setup_teardown(a_rebuild_counts_as_done_when_everything_is_there_again, start, finish),
        cmocka_unit_test_setup_teardown(a_rebuild_in_the_middle_of_a_rebuild_loses_nothing, start, finish),
        cmocka_unit_test_setup_teardown(a_damaged_leaf_holds_up_nobody, start, finish),
        cmocka_unit_test_setup_teardown(a_lost_record_holds_up_nobody, start, finish),
        cmocka_unit_test_setup_teardown(an_index_beyond_the_ledger_is_made_anew, start, finish),
        cmocka_unit_test_setup_teardown(an_index_of_other_records_is_made_anew, start, finish),
        cmocka_unit_test_setup_teardown(what_a_failover_lost_leaves_the_index_too, start, finish),
        cmocka_unit_test_setup_teardown(facets_of_an_earlier_release_are_filled_in, start, finish),
        cmocka_unit_test_setup_teardown(a_torn_index_is_made_anew, start, finish),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
