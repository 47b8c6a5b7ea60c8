#include "store_engines.h"

#include "ledger/ledger.h"
#include "seal/seal.h"

static struct leaf leaf_for(const char *request, int64_t object, uint8_t part)
{
    struct leaf leaf = {.time_ms = 1763841600000 + object, .action = "need.create", .kind = "need", .object = object,
                        .version = 1, .part = part};

    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", request);
    return leaf;
}

struct job {
    struct leaf leaf;
    bool refuse; /* after appending */
    uint64_t index;
};

static bool append(struct sql *sql, void *arg, struct err *err)
{
    struct job *job = arg;
    struct leaf leaf = job->leaf;

    if (!ledger_append(sql, &leaf, err))
        return false;
    job->index = leaf.index;
    return !job->refuse || err_set(err, ERR_DENIED, "不行");
}

static enum store_outcome append_one(struct store *store, const char *request, int64_t object, struct err *err)
{
    struct job job = {.leaf = leaf_for(request, object, 0)};

    return store_write(store, request, append, &job, err);
}

static void append_many(struct store *store, int count)
{
    for (int i = 0; i < count; i++) {
        char request[24];
        struct err err;

        snprintf(request, sizeof request, "r-%d", i);
        assert_int_equal(append_one(store, request, i % 3, &err), STORE_DONE);
    }
}

static struct sql *look(struct store *store)
{
    struct sql *sql;
    struct err err;

    if (!store_read(store, &sql, &err))
        fail_msg("%s", err.message);
    return sql;
}

static void assert_sound(struct store *store, uint64_t expected)
{
    struct sql *sql = look(store);
    uint64_t count;
    struct err err;

    if (!ledger_check(sql, &count, &err))
        fail_msg("%s", err.message);
    assert_int_equal(count, expected);
    store_read_end(store, sql);
}

static void a_leaf_comes_back(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    struct job job = {.leaf = leaf_for("abc", 7, 0)};
    struct leaf leaf;
    struct sql *sql;
    struct err err;
    uint64_t size;
    bool found;

    assert_int_equal(store_write(store, "abc", append, &job, &err), STORE_DONE);
    assert_int_equal(job.index, 0);
    sql = look(store);
    assert_true(ledger_size(sql, &size, &err));
    assert_int_equal(size, 1);
    assert_true(ledger_get(sql, 0, &leaf, &err));
    assert_memory_equal(&leaf, &job.leaf, sizeof leaf);
    assert_false(ledger_get(sql, 1, &leaf, &err));
    assert_int_equal(err.code, ERR_MISSING);
    assert_true(ledger_request(sql, SLICE("abc"), &leaf, &found, &err) && found);
    assert_int_equal(leaf.object, 7);
    assert_true(ledger_request(sql, SLICE("abd"), &leaf, &found, &err) && !found);
    assert_true(ledger_request(sql, SLICE(""), &leaf, &found, &err) && !found);
    assert_true(ledger_seen(sql, SLICE("abc"), &found, &err) && found);
    store_read_end(store, sql);
    store_close(store);
}

static void a_refused_step_leaves_no_gap(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    struct job refused = {.leaf = leaf_for("no", 1, 0), .refuse = true};
    struct err err;

    assert_int_equal(append_one(store, "first", 1, &err), STORE_DONE);
    assert_int_equal(store_write(store, "no", append, &refused, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_DENIED);
    assert_int_equal(append_one(store, "second", 1, &err), STORE_DONE);
    assert_sound(store, 2);
    store_close(store);
}

/* The same, but within one batch: queued while the writer is held up. */
struct holder {
    struct store_job job;
    struct job step;
    enum store_outcome outcome;
    struct err err;
};

static void keep_outcome(struct store_job *job, enum store_outcome outcome, const struct err *err)
{
    struct holder *holder = job->owner;

    holder->outcome = outcome;
    holder->err = *err;
}

static bool hold_up(struct sql *sql, void *arg, struct err *err)
{
    (void)sql, (void)arg, (void)err;
    usleep(100000);
    return true;
}

static void submit_all(struct store *store, struct holder *holders, size_t count)
{
    struct holder hold = {.job = {.step = hold_up, .done = keep_outcome, .owner = &hold}};
    struct err err;

    assert_true(store_submit(store, &hold.job, &err));
    usleep(20000);
    for (size_t i = 0; i < count; i++) {
        holders[i].job.step = append;
        holders[i].job.arg = &holders[i].step;
        holders[i].job.done = keep_outcome;
        holders[i].job.owner = &holders[i];
        snprintf(holders[i].job.request_id, sizeof holders[i].job.request_id, "%s", holders[i].step.leaf.request_id);
        assert_true(store_submit(store, &holders[i].job, &err));
    }
    assert_int_equal(store_write(store, "", hold_up, NULL, &err), STORE_DONE);
}

static void refusals_inside_a_batch(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    struct holder holders[40] = {0};

    for (int i = 0; i < 40; i++) {
        char request[16];

        snprintf(request, sizeof request, "r-%d", i);
        holders[i].step = (struct job){.leaf = leaf_for(request, i, 0), .refuse = i % 3 == 1};
    }
    submit_all(store, holders, 40);
    for (int i = 0, done = 0; i < 40; i++) {
        assert_int_equal(holders[i].outcome, i % 3 == 1 ? STORE_REFUSED : STORE_DONE);
        if (i % 3 != 1)
            assert_int_equal(holders[i].step.index, done++);
    }
    assert_sound(store, 27);
    store_close(store);
}

static void a_repeated_request_is_a_conflict(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    struct holder holders[6] = {0};
    static const char *const requests[] = {"a", "b", "a", "c", "b", "d"};
    struct err err;

    for (int i = 0; i < 6; i++)
        holders[i].step.leaf = leaf_for(requests[i], i, 0);
    submit_all(store, holders, 6);
    for (int i = 0; i < 6; i++) {
        bool again = i == 2 || i == 4;

        assert_int_equal(holders[i].outcome, again ? STORE_REFUSED : STORE_DONE);
        assert_int_equal(holders[i].err.code, again ? ERR_CONFLICT : ERR_NONE);
    }
    assert_int_equal(append_one(store, "c", 9, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_sound(store, 4);
    store_close(store);
}

static bool append_parts(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    for (uint8_t part = 0; part < 3; part++) {
        struct leaf leaf = leaf_for("parts", 5, part);

        if (!ledger_append(sql, &leaf, err))
            return false;
    }
    return true;
}

static void parts_and_empty_requests_may_repeat(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    struct err err;

    assert_int_equal(store_write(store, "parts", append_parts, NULL, &err), STORE_DONE);
    assert_int_equal(append_one(store, "", 5, &err), STORE_DONE);
    assert_int_equal(append_one(store, "", 5, &err), STORE_DONE);
    assert_sound(store, 5);
    store_close(store);
}

struct seen {
    uint64_t next;
    int count, most;
};

static bool count_leaf(const struct leaf *leaf, void *arg, struct err *err)
{
    struct seen *seen = arg;

    assert_int_equal(leaf->index, seen->next);
    seen->next++;
    return ++seen->count < seen->most || err_set(err, ERR_BUSY, "够了");
}

static void follow_from_where_one_stood(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    struct seen seen = {.next = 4, .most = 99};
    struct sql *sql;
    struct err err;

    append_many(store, 10);
    sql = look(store);
    assert_true(ledger_follow(sql, 4, 3, count_leaf, &seen, &err));
    assert_int_equal(seen.next, 7);
    assert_true(ledger_follow(sql, seen.next, 100, count_leaf, &seen, &err));
    assert_int_equal(seen.next, 10);
    assert_true(ledger_follow(sql, seen.next, 100, count_leaf, &seen, &err));
    assert_int_equal(seen.count, 6);
    seen = (struct seen){.next = 0, .most = 2};
    assert_false(ledger_follow(sql, 0, 100, count_leaf, &seen, &err));
    assert_int_equal(err.code, ERR_BUSY);
    assert_int_equal(seen.count, 2);
    store_read_end(store, sql);
    store_close(store);
}

static bool set_place(struct sql *sql, void *arg, struct err *err)
{
    return ledger_cursor_set(sql, "index", *(uint64_t *)arg, err);
}

static void a_place_is_kept(void **state)
{
    struct place *place = place_of(state);
    struct store *store = place_open(place, ledger_attach);
    uint64_t next = 17;
    struct sql *sql;
    struct err err;

    assert_int_equal(store_write(store, "", set_place, &next, &err), STORE_DONE);
    next = 18;
    assert_int_equal(store_write(store, "", set_place, &next, &err), STORE_DONE);
    store_close(store);
    store = place_open(place, ledger_attach);
    sql = look(store);
    assert_true(ledger_cursor(sql, "index", &next, &err));
    assert_int_equal(next, 18);
    assert_true(ledger_cursor(sql, "notify", &next, &err));
    assert_int_equal(next, 0);
    store_read_end(store, sql);
    store_close(store);
}

struct listed {
    uint64_t indexes[8];
    size_t count;
};

static bool list_leaf(const struct leaf *leaf, void *arg, struct err *err)
{
    struct listed *listed = arg;

    (void)err;
    assert_int_equal(leaf->object, 1);
    listed->indexes[listed->count++] = leaf->index;
    return true;
}

static void lists(struct sql *sql, const char *kind, uint64_t before, size_t limit, size_t count, const uint64_t *indexes)
{
    struct listed listed = {.count = 0};
    struct err err;

    assert_true(ledger_history(sql, kind, 1, before, limit, list_leaf, &listed, &err));
    assert_int_equal(listed.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(listed.indexes[i], indexes[i]);
}

static void history_of_one_object_begins_with_the_newest(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    struct sql *sql;

    append_many(store, 10); /* of object 1: leaves 1, 4 and 7 */
    sql = look(store);
    lists(sql, "need", LEDGER_END, 100, 3, (const uint64_t[]){7, 4, 1});
    lists(sql, "need", LEDGER_END, 2, 2, (const uint64_t[]){7, 4});
    lists(sql, "need", 4, 2, 1, (const uint64_t[]){1});
    lists(sql, "need", 1, 2, 0, NULL);
    lists(sql, "achievement", LEDGER_END, 100, 0, NULL);
    store_read_end(store, sql);
    store_close(store);
}

static void lies(struct sql *sql, const char *query, uint64_t from, uint64_t before, size_t most, size_t count, const uint64_t *wanted)
{
    uint64_t indexes[8];
    struct err err;
    size_t found;

    assert_true(ledger_where(sql, query, "need", 1, from, before, most, indexes, &found, &err));
    assert_int_equal(found, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(indexes[i], wanted[i]);
}

/* "cursor" stands for a table of records that name others. */
static void where_the_leaves_of_objects_lie(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    char *among = ledger_among("SELECT ?2 + next FROM cursor WHERE name = 'index'");
    uint64_t next = 1;
    struct sql *sql;
    struct err err;

    append_many(store, 10); /* of object 1: leaves 1, 4 and 7; of object 2: 2, 5 and 8 */
    assert_int_equal(store_write(store, "", set_place, &next, &err), STORE_DONE);
    sql = look(store);
    lies(sql, NULL, 0, LEDGER_END, 8, 3, (const uint64_t[]){1, 4, 7});
    lies(sql, NULL, 1, 7, 8, 2, (const uint64_t[]){1, 4});
    lies(sql, NULL, 2, LEDGER_END, 1, 1, (const uint64_t[]){4});
    lies(sql, NULL, 8, LEDGER_END, 8, 0, NULL);
    lies(sql, among, 0, LEDGER_END, 8, 3, (const uint64_t[]){2, 5, 8});
    lies(sql, among, 5, 8, 8, 1, (const uint64_t[]){5});
    store_read_end(store, sql);
    store_close(store);
    free(among);
}

static bool append_thousands(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    for (int i = 0; i < 20000; i++) {
        struct leaf leaf = leaf_for("", i, 0);

        snprintf(leaf.request_id, sizeof leaf.request_id, "q-%d", i);
        if (!ledger_append(sql, &leaf, err))
            return false;
    }
    return true;
}

/* How long 200 look-ups take, by request id or by index. */
static int64_t look_up_many(struct sql *sql, bool by_request)
{
    int64_t start = clock_steady_us();

    for (int i = 0; i < 20000; i += 100) {
        char request[24];
        struct leaf leaf;
        struct err err;
        bool found = true;

        snprintf(request, sizeof request, "q-%d", i);
        assert_true(by_request ? ledger_request(sql, slice_of(request), &leaf, &found, &err)
                               : ledger_get(sql, (uint64_t)i, &leaf, &err));
        assert_true(found);
        assert_int_equal(leaf.object, i);
    }
    return clock_steady_us() - start;
}

/* Looking through the whole ledger for each takes hundreds of times as long: the planner must see that the index
 * serves. The primary key's speed is the measure, so that a slow machine does not matter. */
static void requests_are_found_through_their_index(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    int64_t by_key = 0, by_request = 0;
    struct sql *sql;
    struct err err;

    assert_int_equal(store_write(store, "q-0", append_thousands, NULL, &err), STORE_DONE);
    sql = look(store);
    look_up_many(sql, true);
    for (int tries = 0; tries < 20; tries++) { /* a scan is hundreds of times slower, always; a busy machine only sometimes */
        by_key = look_up_many(sql, false);
        by_request = look_up_many(sql, true);
        if (by_request < 20 * by_key + 5000)
            break;
    }
    fprintf(stderr, "# 200 look-ups: %lld us by index, %lld us by request\n", (long long)by_key,
            (long long)by_request);
    assert_true(by_request < 20 * by_key + 5000);
    store_read_end(store, sql);
    store_close(store);
}

/* ---- what must be noticed ---- */

static bool tamper(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, arg, SQL_NO_ARGS, err);
}

/* One row to a tampering of the stored table, and the complaint it must earn. */
static void tampering_is_noticed(void **state)
{
    static const struct { const char *statement, *complaint; } tampers[] = {
        {"UPDATE ledger SET hash = (SELECT hash FROM ledger WHERE leaf_index = 0) WHERE leaf_index = 2",
         "第 2 条：账本条目与其散列值不符"},
        {"UPDATE ledger SET bytes = (SELECT bytes FROM ledger WHERE leaf_index = 1),"
         " hash = (SELECT hash FROM ledger WHERE leaf_index = 1) WHERE leaf_index = 2",
         "第 2 条的索引列与内容不符"},
        {"UPDATE ledger SET object = 99 WHERE leaf_index = 3", "第 3 条的索引列与内容不符"},
        {"UPDATE ledger SET time_ms = time_ms + 1 WHERE leaf_index = 3", "第 3 条的索引列与内容不符"},
        {"DELETE FROM ledger WHERE leaf_index = 1", "账本缺少第 1 条"},
        {"DELETE FROM ledger WHERE leaf_index = 4", "账本有 4 条，末尾记录却是 5"},
    };
    struct place *place = place_of(state);

    for (size_t i = 0; i < sizeof tampers / sizeof *tampers; i++) {
        void *fresh = NULL;
        struct store *store;
        struct sql *sql;
        struct err err;
        uint64_t count;

        assert_int_equal((place->pg ? place_pg : place_sqlite)(&fresh), 0);
        store = place_open(fresh, ledger_attach);
        append_many(store, 5);
        assert_int_equal(store_write(store, "", tamper, (void *)(uintptr_t)tampers[i].statement, &err), STORE_DONE);
        sql = look(store);
        assert_false(ledger_check(sql, &count, &err));
        assert_string_equal(err.message, tampers[i].complaint);
        store_read_end(store, sql);
        store_close(store);
        place_end(&fresh);
    }
}

struct followed {
    struct leaf leaves[8];
    size_t count;
};

static bool keep_leaf(const struct leaf *leaf, void *arg, struct err *err)
{
    struct followed *followed = arg;

    (void)err;
    followed->leaves[followed->count++] = *leaf;
    return true;
}

/* A projection can do without a leaf; it cannot wait until somebody has mended it. */
static void a_follower_is_told_of_a_damaged_leaf_what_its_row_says(void **state)
{
    static const char *const tampers[] = {
        "UPDATE ledger SET bytes = hash WHERE leaf_index = 2",
        "UPDATE ledger SET bytes = (SELECT bytes FROM ledger WHERE leaf_index = 1),"
        " hash = (SELECT hash FROM ledger WHERE leaf_index = 1) WHERE leaf_index = 2",
    };

    for (size_t i = 0; i < sizeof tampers / sizeof *tampers; i++) {
        struct followed followed = {.count = 0};
        struct place *place = place_of(state);
        void *fresh = NULL;
        struct store *store;
        struct sql *sql;
        struct err err;

        assert_int_equal((place->pg ? place_pg : place_sqlite)(&fresh), 0);
        store = place_open(fresh, ledger_attach);
        append_many(store, 5);
        assert_int_equal(store_write(store, "", tamper, (void *)(uintptr_t)tampers[i], &err), STORE_DONE);
        sql = look(store);
        assert_true(ledger_follow(sql, 1, 100, keep_leaf, &followed, &err));
        assert_int_equal(followed.count, 4);
        for (size_t n = 0; n < followed.count; n++) {
            assert_int_equal(followed.leaves[n].index, n + 1);
            assert_string_equal(followed.leaves[n].kind, "need");
            assert_int_equal(followed.leaves[n].object, (n + 1) % 3);
        }
        assert_string_equal(followed.leaves[1].request_id, "");
        store_read_end(store, sql);
        store_close(store);
        place_end(&fresh);
    }
}

static bool append_and_spoil(struct sql *sql, void *arg, struct err *err)
{
    return append(sql, arg, err)
        && sql_put(sql, "UPDATE ledger SET hash = bytes WHERE request_id = 'spoilt'", SQL_NO_ARGS, err);
}

static void a_spoilt_leaf_is_not_committed(void **state)
{
    struct store *store = place_open(place_of(state), ledger_attach);
    struct job job = {.leaf = leaf_for("spoilt", 1, 0)};
    struct err err;

    assert_int_equal(append_one(store, "before", 1, &err), STORE_DONE);
    assert_int_equal(store_write(store, "spoilt", append_and_spoil, &job, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CORRUPT);
    assert_int_equal(append_one(store, "after", 1, &err), STORE_DONE);
    assert_sound(store, 2);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_leaf_comes_back),
        ON_BOTH(a_refused_step_leaves_no_gap),
        ON_BOTH(refusals_inside_a_batch),
        ON_BOTH(a_repeated_request_is_a_conflict),
        ON_BOTH(parts_and_empty_requests_may_repeat),
        ON_BOTH(follow_from_where_one_stood),
        ON_BOTH(a_place_is_kept),
        ON_BOTH(history_of_one_object_begins_with_the_newest),
        ON_BOTH(where_the_leaves_of_objects_lie),
        ON_BOTH(requests_are_found_through_their_index),
        ON_BOTH(a_follower_is_told_of_a_damaged_leaf_what_its_row_says),
        ON_BOTH(tampering_is_noticed),
        ON_BOTH(a_spoilt_leaf_is_not_committed),
    };
    struct err err;

    if (!seal_start(&err))
        return 1;
    return run_places(tests);
}
