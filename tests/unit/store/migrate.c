#include "store_engines.h"

#include <sys/stat.h>

#include "store/migration_int.h"

/* ---- a statement at a time ---- */

static const struct engine plain_engine = {.bigint = "NUMBER", .text = "WORDS", .bytes = "RAW", .table_end = " TIGHT"};

static void assert_statement(struct slice *rest, const char *expected)
{
    struct text out;
    struct err err;

    text_init(&out);
    if (!migration_statement(rest, &plain_engine, &out, &err))
        fail_msg("%s", err.message);
    assert_true(slice_is(slice_trim(text_slice(&out)), expected));
    text_release(&out);
}

static void statements_are_cut_and_spelt(void **state)
{
    struct slice rest = SLICE("-- a comment; with TEXT\n"
                              "CREATE TABLE a (\n  x BIGINT, -- not TEXT;\n  y TEXT, z BYTES, texts BIGINT\n);\n"
                              "INSERT INTO a VALUES (1, 'TEXT; BIGINT'';\n', 2);  \n"
                              "CREATE INDEX a_x ON a (x); CREATE INDEX a_y ON a (y);\n\n");
    struct text out;
    struct err err;

    (void)state;
    assert_statement(&rest, "CREATE TABLE a (\n  x NUMBER, \n  y WORDS, z RAW, texts NUMBER\n) TIGHT");
    assert_statement(&rest, "INSERT INTO a VALUES (1, 'TEXT; BIGINT'';\n', 2)");
    assert_statement(&rest, "CREATE INDEX a_x ON a (x); CREATE INDEX a_y ON a (y)"); /* parted at line ends only */
    text_init(&out);
    assert_false(migration_statement(&rest, &plain_engine, &out, &err));
    assert_int_equal(err.code, ERR_NONE);
    text_release(&out);
}

static void assert_broken(const char *body, const char *complaint)
{
    struct slice rest = slice_of(body);
    struct text out;
    struct err err;

    text_init(&out);
    assert_false(migration_statement(&rest, &plain_engine, &out, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_non_null(strstr(err.message, complaint));
    text_release(&out);
}

static void foreign_types_and_lost_semicolons(void **state)
{
    (void)state;
    assert_broken("CREATE TABLE a (x INTEGER);\n", "不能写 INTEGER");
    assert_broken("CREATE TABLE a (x boolean);\n", "不能写 boolean");
    assert_broken("CREATE TABLE a (x TEXT COLLATE \"zh\");\n", "不能写 COLLATE");
    assert_broken("CREATE TABLE a (x BIGINT)\n", "没有以分号结束");
}

/* ---- whole folders ---- */

struct folder {
    char dir[64];
};

static void folder_make(struct folder *folder)
{
    snprintf(folder->dir, sizeof folder->dir, "/tmp/tq-schema-XXXXXX");
    assert_non_null(mkdtemp(folder->dir));
}

static void folder_write(const struct folder *folder, const char *name, const char *body)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder->dir, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(body, file);
    fclose(file);
}

static void folder_remove(const struct folder *folder)
{
    place_shell("rm -rf '%s'", folder->dir);
}

static bool try_open(struct place *place, const struct folder *folder, bool migrate, struct err *err)
{
    struct store_options options = {.migrate = migrate, .schema = folder->dir};
    struct store *store;

    if (!store_open(place->url, &options, &store, err))
        return false;
    store_close(store);
    return true;
}

static void assert_opens(struct place *place, const struct folder *folder, bool migrate)
{
    struct err err;

    if (!try_open(place, folder, migrate, &err))
        fail_msg("%s", err.message);
}

static void assert_refuses(struct place *place, const struct folder *folder, bool migrate, const char *complaint)
{
    struct err err;

    assert_false(try_open(place, folder, migrate, &err));
    if (!strstr(err.message, complaint))
        fail_msg("%s", err.message);
}

static const char first[] = "CREATE TABLE a (id BIGINT NOT NULL PRIMARY KEY);\n";

static void forward_and_never_changed(void **state)
{
    struct place *place = place_of(state);
    struct folder folder;

    folder_make(&folder);
    folder_write(&folder, "0001-first.sql", first);
    assert_opens(place, &folder, true);
    assert_opens(place, &folder, false);
    folder_write(&folder, "0002-second.sql", "ALTER TABLE a ADD COLUMN name TEXT;\n");
    assert_refuses(place, &folder, false, "数据库的结构是旧的(0001，应为 0002)");
    assert_opens(place, &folder, true);
    assert_opens(place, &folder, true);
    folder_write(&folder, "0001-first.sql", "CREATE TABLE a (id BIGINT NOT NULL PRIMARY KEY); \n");
    assert_refuses(place, &folder, true, "0001-first.sql 在使用之后被改动过");
    folder_write(&folder, "0001-first.sql", first);
    place_shell("rm '%s/0002-second.sql'", folder.dir);
    assert_refuses(place, &folder, true, "数据库的结构(0002)比本程序(0001)新");
    folder_remove(&folder);
}

/* The second statement fails: the first is not there afterwards, and once mended the whole goes through. */
static void a_migration_is_all_or_nothing(void **state)
{
    struct place *place = place_of(state);
    struct folder folder;

    folder_make(&folder);
    folder_write(&folder, "0001-first.sql", "CREATE TABLE a (id BIGINT);\nINSERT INTO nowhere VALUES (1);\n");
    assert_refuses(place, &folder, true, "0001-first.sql 第 2 条语句");
    folder_write(&folder, "0001-first.sql", first);
    assert_opens(place, &folder, true);
    folder_remove(&folder);
}

static void numbers_without_gap(void **state)
{
    struct place *place = place_of(state);
    struct folder folder;

    folder_make(&folder);
    assert_refuses(place, &folder, true, "没有库结构文件");
    folder_write(&folder, "README", "not a migration");
    folder_write(&folder, "0002-second.sql", first);
    assert_refuses(place, &folder, true, "缺少或重复 0001");
    folder_write(&folder, "0001-a.sql", first);
    folder_write(&folder, "0001-b.sql", first);
    assert_refuses(place, &folder, true, "缺少或重复 0002");
    folder_remove(&folder);
    assert_refuses(place, &folder, true, "读不到库结构目录");
}

static bool try_existing(struct place *place, const struct folder *folder, struct err *err)
{
    struct store_options options = {.migrate = true, .existing = true, .schema = folder->dir};
    struct store *store;

    if (!store_open(place->url, &options, &store, err))
        return false;
    store_close(store);
    return true;
}

static void where_records_must_be_none_are_made(void **state)
{
    struct place *place = place_of(state);
    struct folder folder;
    struct err err;

    folder_make(&folder);
    folder_write(&folder, "0001-first.sql", first);
    for (int i = 0; i < 2; i++) {
        assert_false(try_existing(place, &folder, &err));
        assert_int_equal(err.code, ERR_MISSING);
        assert_non_null(strstr(err.hint, "tieqiao init"));
    }
    assert_true(place->pg || place_shell("[ -z \"$(ls -A '%s')\" ]", place->dir));
    assert_opens(place, &folder, true);
    folder_write(&folder, "0002-second.sql", "ALTER TABLE a ADD COLUMN name TEXT;\n");
    assert_true(try_existing(place, &folder, &err)); /* old ones are brought up to date */
    folder_remove(&folder);
}

static void a_migration_may_take_its_time(void **state)
{
    struct folder folder;

    folder_make(&folder);
    folder_write(&folder, "0001-first.sql",
                 "CREATE TABLE a (x BIGINT);\n"
                 "INSERT INTO a VALUES (1 / CASE WHEN current_setting('statement_timeout') = '0' THEN 1 ELSE 0 END);\n");
    assert_opens(place_of(state), &folder, true);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_are_cut_and_spelt),
        cmocka_unit_test(foreign_types_and_lost_semicolons),
        ON_BOTH(forward_and_never_changed),
        ON_BOTH(a_migration_is_all_or_nothing),
        ON_BOTH(numbers_without_gap),
        ON_BOTH(where_records_must_be_none_are_made),
        ON_PG(a_migration_may_take_its_time),
    };

    return run_places(tests);
}
