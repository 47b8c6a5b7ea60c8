#include "store_engines.h"

static const char thing_add[] = "INSERT INTO thing (id, name, raw, amount) VALUES (?1, ?2, ?3, ?4)";
static const char thing_get[] = "SELECT id, name, raw, amount FROM thing WHERE id = ?1";
static const char thing_all[] = "SELECT id, name FROM thing ORDER BY id";
static const char part_add[] = "INSERT INTO part (id, thing) VALUES (?1, ?2)";

static enum store_outcome write_step(struct store *store, store_step *step, void *arg, struct err *err)
{
    return store_write(store, "", step, arg, err);
}

static void write_or_fail(struct store *store, store_step *step, void *arg)
{
    struct err err;

    if (write_step(store, step, arg, &err) != STORE_DONE)
        fail_msg("%s", err.message);
}

static struct sql *look(struct store *store)
{
    struct sql *sql;
    struct err err;

    if (!store_read(store, &sql, &err))
        fail_msg("%s", err.message);
    return sql;
}

static int64_t number_of(struct store *store, const char *statement)
{
    struct sql *sql = look(store);
    int64_t number = -1;
    struct err err;
    bool found;

    if (!sql_one(sql, statement, SQL_NO_ARGS, &number, &found, &err) || !found)
        fail_msg("%s", err.message);
    store_read_end(store, sql);
    return number;
}

#define CHINESE "统一社会信用代码 𠮷 \U0001F309"

static bool put_all_types(struct sql *sql, void *arg, struct err *err)
{
    static const unsigned char raw[] = {0, 1, 0xff, 0x27, 0x5c, 0};

    (void)arg;
    return sql_put(sql, thing_add, SQL_ARGS(sql_int(INT64_MIN + 1), sql_text(SLICE(CHINESE)),
                                            sql_bytes(raw, sizeof raw), sql_int(INT64_MAX)), err)
        && sql_put(sql, thing_add, SQL_ARGS(sql_int(2), sql_null(), sql_null(), sql_null()), err)
        && sql_put(sql, thing_add, SQL_ARGS(sql_int(3), sql_text(SLICE("")), sql_bytes("", 0), sql_int(0)), err);
}

static void types_come_back(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct sql_rows rows;
    struct sql *sql;
    struct err err;

    write_or_fail(store, put_all_types, NULL);
    sql = look(store);
    assert_true(sql_rows(sql, thing_get, SQL_ARGS(sql_int(INT64_MIN + 1)), &rows, &err));
    assert_true(sql_next(&rows));
    assert_int_equal(sql_number(&rows, 0), INT64_MIN + 1);
    assert_true(slice_is(sql_slice(&rows, 1), CHINESE));
    assert_true(slice_same(sql_slice(&rows, 2), (struct slice){"\0\1\xff'\\\0", 6}));
    assert_int_equal(sql_number(&rows, 3), INT64_MAX);
    assert_false(sql_is_null(&rows, 1));
    assert_false(sql_next(&rows));
    assert_true(sql_done(&rows, &err));
    store_read_end(store, sql);
    store_close(store);
}

static void null_is_not_empty(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct sql_rows rows;
    struct sql *sql;
    struct err err;

    write_or_fail(store, put_all_types, NULL);
    sql = look(store);
    for (int64_t id = 2; id <= 3; id++) {
        assert_true(sql_rows(sql, thing_get, SQL_ARGS(sql_int(id)), &rows, &err));
        assert_true(sql_next(&rows));
        for (int column = 1; column <= 3; column++)
            assert_int_equal(sql_is_null(&rows, column), id == 2);
        assert_int_equal(sql_slice(&rows, 1).len, 0);
        assert_int_equal(sql_slice(&rows, 2).len, 0);
        assert_int_equal(sql_number(&rows, 3), 0);
        assert_true(sql_done(&rows, &err));
    }
    store_read_end(store, sql);
    store_close(store);
}

static void engines_count_alike(void **state)
{
    struct store *store = place_open(place_of(state), NULL);

    write_or_fail(store, put_all_types, NULL);
    assert_int_equal(number_of(store, "SELECT count(*) FROM thing"), 3);
    assert_int_equal(number_of(store, "SELECT sum(id) FROM thing WHERE id > 0"), 5);
    assert_int_equal(number_of(store, "SELECT coalesce(sum(amount), 0) FROM thing WHERE id = 2"), 0);
    assert_int_equal(number_of(store, "SELECT length(name) FROM thing WHERE amount > 0"), 12);
    assert_int_equal(number_of(store, "SELECT CASE WHEN 'Abc' LIKE 'a%' THEN 1 ELSE 0 END"), 0);
    assert_int_equal(number_of(store, "SELECT count(*) FILTER (WHERE name IS NOT NULL) FROM thing"), 2);
    store_close(store);
}

static bool put_names(struct sql *sql, void *arg, struct err *err)
{
    static const char *const names[] = {"浙江", "a", "B", "北京", "上海"};

    (void)arg;
    for (int i = 0; i < 5; i++)
        if (!sql_put(sql, thing_add, SQL_ARGS(sql_int(i), sql_text(slice_of(names[i])), sql_null(), sql_null()), err))
            return false;
    return true;
}

/* Binary order on both, whatever collation the database was made with. */
static void text_sorts_by_bytes(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    static const char *const sorted[] = {"B", "a", "上海", "北京", "浙江"};
    struct sql_rows rows;
    struct sql *sql;
    struct err err;

    write_or_fail(store, put_names, NULL);
    sql = look(store);
    assert_true(sql_rows(sql, "SELECT name FROM thing ORDER BY name", SQL_NO_ARGS, &rows, &err));
    for (int i = 0; i < 5; i++) {
        assert_true(sql_next(&rows));
        assert_true(slice_is(sql_slice(&rows, 0), sorted[i]));
    }
    assert_true(sql_done(&rows, &err));
    store_read_end(store, sql);
    store_close(store);
}

static bool upsert(struct sql *sql, void *arg, struct err *err)
{
    int64_t *seen = arg, changed;
    bool found;

    return put_names(sql, NULL, err)
        && sql_count(sql, "UPDATE thing SET amount = 5 WHERE id < 3", SQL_NO_ARGS, &seen[0], err)
        && sql_count(sql, "DELETE FROM thing WHERE id = 4", SQL_NO_ARGS, &seen[1], err)
        && sql_count(sql, "DELETE FROM thing WHERE id = 4", SQL_NO_ARGS, &seen[2], err)
        && sql_one(sql, "INSERT INTO thing (id, name) VALUES (9, 'B') ON CONFLICT (name) DO UPDATE SET amount = 6"
                        " RETURNING id", SQL_NO_ARGS, &seen[3], &found, err) && found
        && sql_count(sql, "INSERT INTO thing (id, name) VALUES (9, 'B') ON CONFLICT DO NOTHING", SQL_NO_ARGS,
                     &changed, err) && changed == 0;
}

static void changes_are_counted(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    int64_t seen[4] = {-1, -1, -1, -1};

    write_or_fail(store, upsert, seen);
    assert_int_equal(seen[0], 3);
    assert_int_equal(seen[1], 1);
    assert_int_equal(seen[2], 0);
    assert_int_equal(seen[3], 2);
    assert_int_equal(number_of(store, "SELECT amount FROM thing WHERE id = 2"), 6);
    store_close(store);
}

/* A statement being read is used again underneath itself. */
static void rows_nest(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct sql *sql;
    struct err err;
    struct sql_rows outer, inner;
    int pairs = 0;

    write_or_fail(store, put_names, NULL);
    sql = look(store);
    assert_true(sql_rows(sql, thing_all, SQL_NO_ARGS, &outer, &err));
    while (sql_next(&outer)) {
        assert_true(sql_rows(sql, thing_all, SQL_NO_ARGS, &inner, &err));
        while (sql_next(&inner))
            pairs++;
        assert_true(sql_done(&inner, &err));
    }
    assert_true(sql_done(&outer, &err));
    assert_int_equal(pairs, 25);
    store_read_end(store, sql);
    store_close(store);
}

static bool put_one(struct sql *sql, void *arg, struct err *err)
{
    int64_t id = *(int64_t *)arg;

    return sql_put(sql, thing_add, SQL_ARGS(sql_int(id), sql_null(), sql_null(), sql_null()), err);
}

static void a_snapshot_stands_still(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    int64_t id = 1, count = 0;
    struct sql *sql = look(store);
    struct err err;
    bool found;

    assert_true(sql_one(sql, "SELECT count(*) FROM thing", SQL_NO_ARGS, &count, &found, &err));
    assert_int_equal(count, 0);
    write_or_fail(store, put_one, &id);
    assert_true(sql_one(sql, "SELECT count(*) FROM thing", SQL_NO_ARGS, &count, &found, &err));
    assert_int_equal(count, 0);
    store_read_end(store, sql);
    assert_int_equal(number_of(store, "SELECT count(*) FROM thing"), 1);
    store_close(store);
}

/* ---- errors ---- */

struct bad {
    const char *what;
    const char *statement;
    struct sql_arg args[4];
    size_t count;
    enum err_code code;
};

static const struct bad bads[] = {
    {"primary key twice", thing_add, {{SQL_INT, 0, {0, 0}}, {0}, {0}, {0}}, 4, ERR_CONFLICT},
    {"unique name twice", thing_add, {{SQL_INT, 77, {0, 0}}, {SQL_TEXT, 0, {"a", 1}}, {0}, {0}}, 4, ERR_CONFLICT},
    {"check fails", thing_add, {{SQL_INT, 77, {0, 0}}, {0}, {0}, {SQL_INT, -1, {0, 0}}}, 4, ERR_INVALID},
    {"not null", part_add, {{SQL_INT, 1, {0, 0}}, {0}}, 2, ERR_INVALID},
    {"no such thing", part_add, {{SQL_INT, 1, {0, 0}}, {SQL_INT, 12345, {0, 0}}}, 2, ERR_INVALID},
    {"text for a number", thing_add, {{SQL_INT, 77, {0, 0}}, {0}, {0}, {SQL_TEXT, 0, {"ab", 2}}}, 4, ERR_INVALID},
    {"a NUL in text", thing_add, {{SQL_INT, 77, {0, 0}}, {SQL_TEXT, 0, {"a\0b", 3}}, {0}, {0}}, 4, ERR_INVALID},
    {"no such table", "INSERT INTO nothing (id) VALUES (1)", {{0}}, 0, ERR_IO},
    {"no such column, quoted", "UPDATE thing SET amount = \"nosuch\"", {{0}}, 0, ERR_IO},
};

static bool put_bad(struct sql *sql, void *arg, struct err *err)
{
    const struct bad *bad = arg;
    int64_t id = 55;

    return put_one(sql, &id, err) && sql_put(sql, bad->statement, bad->args, bad->count, err);
}

/* The same, but the step takes no notice of the error: it is refused all the same. */
static bool put_bad_and_go_on(struct sql *sql, void *arg, struct err *err)
{
    struct err ignored;

    (void)err;
    put_bad(sql, arg, &ignored);
    return true;
}

static void errors_have_one_code_on_both(void **state)
{
    struct store *store = place_open(place_of(state), NULL);

    write_or_fail(store, put_names, NULL);
    for (size_t i = 0; i < 2 * (sizeof bads / sizeof *bads); i++) {
        const struct bad *bad = &bads[i / 2];
        struct err err;

        if (write_step(store, i % 2 ? put_bad_and_go_on : put_bad, (void *)(uintptr_t)bad, &err) != STORE_REFUSED)
            fail_msg("not refused: %s", bad->what);
        if (err.code != bad->code)
            fail_msg("%s: %s (%s)", bad->what, err_name(err.code), err.message);
        assert_int_equal(number_of(store, "SELECT count(*) FROM thing"), 5);
    }
    store_close(store);
}

static void a_failed_read_spoils_the_snapshot_only(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct sql *sql = look(store);
    int64_t number;
    struct err err;
    bool found;

    assert_false(sql_one(sql, "SELECT nothing FROM thing", SQL_NO_ARGS, &number, &found, &err));
    assert_false(sql_one(sql, "SELECT count(*) FROM thing", SQL_NO_ARGS, &number, &found, &err));
    store_read_end(store, sql);
    assert_int_equal(number_of(store, "SELECT count(*) FROM thing"), 0);
    store_close(store);
}

static void readers_cannot_write(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct sql *sql = look(store);
    struct err err;
    int64_t changed;

    assert_false(sql_count(sql, "DELETE FROM thing", SQL_NO_ARGS, &changed, &err));
    store_read_end(store, sql);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(types_come_back),
        ON_BOTH(null_is_not_empty),
        ON_BOTH(engines_count_alike),
        ON_BOTH(text_sorts_by_bytes),
        ON_BOTH(changes_are_counted),
        ON_BOTH(rows_nest),
        ON_BOTH(a_snapshot_stands_still),
        ON_BOTH(errors_have_one_code_on_both),
        ON_BOTH(a_failed_read_spoils_the_snapshot_only),
        ON_BOTH(readers_cannot_write),
    };

    return run_places(tests);
}
