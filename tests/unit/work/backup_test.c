/*
 * A backup is called one only after it was read back. Between the writing and the reading each of these tampers with it, in a
 * way of its own; each must be found, and nothing may stand under the backup's name.
 */
#include "city_people.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/log.h"
#include "work/backup.h"

/* A town, and a folder for its backups. */
struct kept {
    struct town town;
    char folder[64], file[128], older[128];
    void (*tamper)(const struct kept *kept, const char *part);
    bool tampered, stop;
};

static void kept_open(struct kept *kept, void **state)
{
    *kept = (struct kept){.folder = "/tmp/tq-kept-XXXXXX"};
    town_open(&kept->town, state);
    assert_non_null(mkdtemp(kept->folder));
    snprintf(kept->file, sizeof kept->file, "%s/city.db", kept->folder);
    snprintf(kept->older, sizeof kept->older, "%s/older.db", kept->folder);
}

static void kept_close(struct kept *kept)
{
    town_close(&kept->town);
    assert_true(place_shell("rm -r '%s'", kept->folder));
}

static bool moved(void *arg, const char *label, int64_t done, int64_t total)
{
    struct kept *kept = arg;
    char part[256];
    FILE *find;

    assert_true(done <= total);
    if (kept->stop)
        return false;
    if (!kept->tamper || kept->tampered || strcmp(label, "核对") != 0)
        return true;
    snprintf(part, sizeof part, "ls %s/.*.part", kept->folder);
    find = popen(part, "r");
    assert_non_null(find);
    assert_non_null(fgets(part, sizeof part, find));
    pclose(find);
    part[strcspn(part, "\n")] = '\0';
    kept->tamper(kept, part);
    kept->tampered = true;
    return true;
}

static bool back_up(struct kept *kept, const char *file, struct backup_made *made, struct err *err)
{
    struct backup_request request = {.target = file, .data = "/nonexistent", .now_ms = 1, .moved = moved, .arg = kept};

    return backup_make(kept->town.store, &request, made, err);
}

static void each_table_is_counted(void **state)
{
    struct sql_rows rows;
    struct town town;
    struct sql *sql;
    struct err err;
    size_t seen = 0;

    town_open(&town, state);
    sql = town_look(&town);
    assert_true(sql_rows(sql, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", SQL_NO_ARGS, &rows, &err));
    while (sql_next(&rows)) {
        struct slice table = sql_slice(&rows, 0);

        if (seen >= backup_table_count || !slice_is(table, backup_tables[seen].name))
            fail_msg("table %.*s: add it to backup_tables (work/backup.c), in order", (int)table.len, table.at);
        seen++;
    }
    assert_true(sql_done(&rows, &err));
    assert_int_equal(seen, backup_table_count);
    store_read_end(town.store, sql);
    town_close(&town);
}

static void it_holds_all_and_says_so(void **state)
{
    struct backup_made made;
    struct kept kept;
    struct err err;
    struct stat found;

    kept_open(&kept, state);
    town_party(&kept.town, "示例甲厂", "620102");
    town_account(&kept.town, "zhao", 0, town_password);
    if (!back_up(&kept, kept.file, &made, &err))
        fail_msg("%s", err.message);
    assert_string_equal(made.path, kept.file);
    assert_int_equal(made.counts.leaves, town_number(&kept.town, "SELECT count(*) FROM ledger"));
    assert_int_equal(made.counts.records, 1);
    assert_int_equal(stat(kept.file, &found), 0);
    assert_int_equal(made.bytes, found.st_size);
    assert_int_equal(found.st_mode & 0777, 0600);
    kept_close(&kept);
}

/* Bytes of a value: the pages hold together, the ledger does not. */
static void change_a_word(const struct kept *kept, const char *part)
{
    (void)kept;
    assert_true(place_shell("grep -q 示例甲厂 '%s' && sed -i 's/示例甲厂/示例乙厂/g' '%s'", part, part));
}

static void tear_pages(const struct kept *kept, const char *part)
{
    (void)kept;
    assert_true(place_shell("tr '\\0' '\\377' </dev/zero | dd of='%s' bs=4096 seek=3 count=4 conv=notrunc iflag=fullblock 2>/dev/null", part));
}

static void put_an_older_one(const struct kept *kept, const char *part)
{
    assert_true(place_shell("cp '%s' '%s'", kept->older, part));
}

static void cut_it(const struct kept *kept, const char *part)
{
    (void)kept;
    assert_int_equal(truncate(part, 20480), 0);
}

static void empty_it(const struct kept *kept, const char *part)
{
    (void)kept;
    assert_int_equal(truncate(part, 0), 0);
}

static void what_was_tampered_with_is_no_backup(void **state)
{
    static const struct {
        const char *name;
        void (*tamper)(const struct kept *kept, const char *part);
    } tamperings[] = {
        {"a word changed", change_a_word}, {"pages torn", tear_pages},  {"an older one", put_an_older_one},
        {"cut short", cut_it},             {"emptied", empty_it},
    };
    struct backup_made made;
    struct kept kept;
    struct err err;

    kept_open(&kept, state);
    assert_true(back_up(&kept, kept.older, &made, &err));
    town_party(&kept.town, "示例甲厂", "620102");
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
        kept.tamper = tamperings[i].tamper;
        kept.tampered = false;
        if (back_up(&kept, kept.file, &made, &err))
            fail_msg("%s: not found", tamperings[i].name);
        fprintf(stderr, "# %s: %s\n", tamperings[i].name, err.message);
        assert_true(kept.tampered);
        assert_true(place_shell("[ \"$(ls -A '%s')\" = older.db ]", kept.folder));
    }
    kept_close(&kept);
}

static void stopped_it_leaves_nothing(void **state)
{
    struct backup_made made;
    struct kept kept;
    struct err err;

    kept_open(&kept, state);
    kept.stop = true;
    assert_false(back_up(&kept, kept.file, &made, &err));
    assert_int_equal(err.code, ERR_BUSY);
    assert_true(place_shell("[ -z \"$(ls -A '%s')\" ]", kept.folder));
    kept_close(&kept);
}

static void postgresql_is_left_to_its_own_tools(void **state)
{
    struct backup_made made;
    struct kept kept;
    struct err err;

    kept_open(&kept, state);
    assert_false(back_up(&kept, kept.file, &made, &err));
    assert_non_null(strstr(err.hint, "pg_dump"));
    kept_close(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SQLITE(each_table_is_counted),
        ON_SQLITE(it_holds_all_and_says_so),
        ON_SQLITE(what_was_tampered_with_is_no_backup),
        ON_SQLITE(stopped_it_leaves_nothing),
        ON_PG(postgresql_is_left_to_its_own_tools),
    };

    log_set_level(LOG_LEVEL_ERROR);
    return run_places(tests);
}
