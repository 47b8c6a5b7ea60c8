/* A snapshot as a file: of one moment whatever is written meanwhile, whole or refused. */
#include "store_engines.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "base/log.h"

static const char thing_count[] = "SELECT count(*) FROM thing";
static const char halves[] = "SELECT count(*) FROM thing a WHERE NOT EXISTS (SELECT 1 FROM thing b WHERE b.id = -a.id)";

/* Two rows that belong together, of some bulk. */
static bool pair_step(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *id = arg;
    char bulk[2048];

    for (int64_t sign = -1; sign <= 1; sign += 2) {
        snprintf(bulk, sizeof bulk, "%lld%2000s", (long long)(sign * *id), "x");
        if (!sql_put(sql, "INSERT INTO thing (id, name) VALUES (?1, ?2)",
                     SQL_ARGS(sql_int(sign * *id), sql_text(slice_of(bulk))), err))
            return false;
    }
    return true;
}

static void put_pairs(struct store *store, int64_t from, int64_t count)
{
    struct err err;

    for (int64_t id = from; id < from + count; id++)
        if (store_write(store, "", pair_step, &id, &err) != STORE_DONE)
            fail_msg("%s", err.message);
}

static int64_t ask(struct sql *sql, const char *statement)
{
    int64_t number = -1;
    struct err err;
    bool found;

    if (!sql_one(sql, statement, SQL_NO_ARGS, &number, &found, &err))
        fail_msg("%s", err.message);
    return number;
}

static int64_t ask_file(const char *file, const char *statement)
{
    struct store *store;
    struct sql *sql = NULL;
    struct err err;
    int64_t number;

    if (!store_look(file, &store, &err) || !store_read(store, &sql, &err) || !store_sound(sql, NULL, NULL, &err))
        fail_msg("%s", err.message);
    number = ask(sql, statement);
    store_read_end(store, sql);
    store_close(store);
    return number;
}

/* Where the copy goes: beside the folder, or in `folder`. */
static const char *target(const struct place *place, const char *folder)
{
    static char path[128];
    int file;

    snprintf(path, sizeof path, "%s/copy", folder ? folder : place->dir);
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    close(file);
    return path;
}

/* At each step of the copy others write, so that no copy that starts over at every write would ever end. */
struct crowd {
    struct store *store;
    int64_t next, steps;
    void (*meanwhile)(struct crowd *crowd);
    const char *folder;
};

static void write_on(struct crowd *crowd)
{
    put_pairs(crowd->store, crowd->next++, 1);
}

static bool moved(void *arg, int64_t done, int64_t total)
{
    struct crowd *crowd = arg;

    assert_true(done > 0 && done < total);
    crowd->steps++;
    crowd->meanwhile(crowd);
    return crowd->steps < 10000;
}

static bool copy_in_a_crowd(struct store *store, struct crowd *crowd, const char *file, int64_t *then, struct err *err)
{
    struct sql *sql;
    bool ok;

    assert_true(store_read(store, &sql, err));
    *then = ask(sql, thing_count);
    ok = store_copy(sql, file, moved, crowd, err);
    assert_int_equal(ask(sql, thing_count), *then);
    store_read_end(store, sql);
    return ok;
}

static void a_copy_is_of_one_moment_though_others_write(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct crowd crowd = {.store = store, .next = 1000000, .meanwhile = write_on};
    const char *file = target(place_of(state), NULL);
    int64_t then;
    struct err err;

    put_pairs(store, 1, 1000);
    if (!copy_in_a_crowd(store, &crowd, file, &then, &err))
        fail_msg("%s", err.message);
    assert_true(crowd.steps > 2);
    assert_int_equal(then, 2000);
    assert_int_equal(ask_file(file, thing_count), then);
    assert_int_equal(ask_file(file, halves), 0);
    put_pairs(store, 2000000, 1);
    store_close(store);
}

static void nothing_is_made_beside_a_copy_that_is_read(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    char folder[] = "/tmp/tq-copy-XXXXXX";
    struct crowd crowd = {.store = store, .next = 1000, .meanwhile = write_on};
    const char *file;
    int64_t then;
    struct err err;

    put_pairs(store, 1, 1);
    assert_non_null(mkdtemp(folder));
    file = target(place_of(state), folder);
    assert_true(copy_in_a_crowd(store, &crowd, file, &then, &err));
    store_close(store);
    assert_int_equal(ask_file(file, thing_count), 2);
    assert_true(place_shell("[ \"$(ls -A '%s')\" = copy ]", folder));
    assert_true(place_shell("rm -r '%s'", folder));
}

static void who_listens_may_stop_it(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct crowd crowd = {.store = store, .next = 1000000, .meanwhile = write_on, .steps = 10000};
    int64_t then;
    struct err err;

    put_pairs(store, 1, 1000);
    assert_false(copy_in_a_crowd(store, &crowd, target(place_of(state), NULL), &then, &err));
    assert_int_equal(err.code, ERR_BUSY);
    store_close(store);
}

static bool not_heard(void *arg, int64_t done, int64_t total)
{
    assert_true(done < total);
    ++*(int *)arg;
    return false;
}

static void a_check_may_be_stopped_too(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct sql *sql;
    struct err err;
    int asked = 0;

    put_pairs(store, 1, 1000);
    assert_true(store_read(store, &sql, &err));
    assert_false(store_sound(sql, not_heard, &asked, &err));
    assert_int_equal(err.code, ERR_BUSY);
    assert_int_equal(asked, 1);
    store_read_end(store, sql);
    assert_true(store_read(store, &sql, &err));
    assert_true(store_sound(sql, NULL, NULL, &err));
    store_read_end(store, sql);
    store_close(store);
}

static void fill_up(struct crowd *crowd)
{
    place_shell("head -c 100M /dev/zero > '%s/ballast' 2>/dev/null", crowd->folder);
}

static void stand_still(struct crowd *crowd)
{
    (void)crowd;
}

/* Before it starts, and when others take the room while it goes on; the store itself is none the worse. */
static void a_full_disk_is_told(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    char folder[] = "/tmp/tq-copy-XXXXXX";
    struct crowd crowd = {.store = store, .meanwhile = fill_up, .folder = folder};
    int64_t then;
    struct err err;

    put_pairs(store, 1, 1000);
    assert_non_null(mkdtemp(folder));
    if (mount("tmpfs", folder, "tmpfs", 0, "size=24m") == 0) {
        crowd.meanwhile = stand_still;
        assert_true(copy_in_a_crowd(store, &crowd, target(place_of(state), folder), &then, &err));
        assert_true(place_shell("rm '%s/copy'; head -c 20000000 /dev/zero > '%s/ballast'", folder, folder));
        assert_false(copy_in_a_crowd(store, &crowd, target(place_of(state), folder), &then, &err));
        assert_int_equal(err.code, ERR_FULL);
        assert_non_null(strstr(err.hint, "还剩 "));
        assert_true(place_shell("rm '%s/copy' '%s/ballast'", folder, folder));
        crowd.meanwhile = fill_up;
        crowd.steps = 0;
        assert_false(copy_in_a_crowd(store, &crowd, target(place_of(state), folder), &then, &err));
        assert_int_equal(err.code, ERR_FULL);
        assert_true(crowd.steps > 0);
        assert_int_equal(umount(folder), 0);
    } else {
        fprintf(stderr, "# a_full_disk_is_told left out: cannot mount a small tmpfs here\n");
    }
    put_pairs(store, 5000, 1);
    store_close(store);
    rmdir(folder);
}

static void a_spoilt_file_is_not_sound(void **state)
{
    struct store *store = place_open(place_of(state), NULL), *look;
    struct crowd crowd = {.store = store, .meanwhile = stand_still};
    const char *file = target(place_of(state), NULL);
    struct sql *sql;
    int64_t then;
    struct err err;

    put_pairs(store, 1, 1000);
    assert_true(copy_in_a_crowd(store, &crowd, file, &then, &err));
    store_close(store);
    assert_true(place_shell("head -c 40000 /dev/zero | dd of='%s' bs=1 seek=1000000 conv=notrunc 2>/dev/null", file));
    assert_true(store_look(file, &look, &err));
    assert_true(store_read(look, &sql, &err));
    assert_false(store_sound(sql, NULL, NULL, &err));
    assert_int_equal(err.code, ERR_CORRUPT);
    store_read_end(look, sql);
    store_close(look);
}

static void postgresql_has_its_own_tools(void **state)
{
    struct store *store = place_open(place_of(state), NULL);
    struct sql *sql;
    struct err err;

    assert_true(store_read(store, &sql, &err));
    assert_false(store_copy(sql, "/tmp/never", NULL, NULL, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_non_null(strstr(err.hint, "pg_dump"));
    store_read_end(store, sql);
    store_close(store);
}

static void a_claimed_folder_is_opened_by_nobody(void **state)
{
    struct place *place = place_of(state);
    struct store_options options = place_options(NULL);
    struct store *store;
    struct err err;
    int lock, second;

    assert_true(store_claim(place->dir, &lock, &err));
    assert_false(store_open(place->url, &options, &store, &err));
    assert_int_equal(err.code, ERR_BUSY);
    assert_false(store_claim(place->dir, &second, &err));
    close(lock);
    store_close(place_open(place, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SQLITE(a_copy_is_of_one_moment_though_others_write),
        ON_SQLITE(nothing_is_made_beside_a_copy_that_is_read),
        ON_SQLITE(who_listens_may_stop_it),
        ON_SQLITE(a_check_may_be_stopped_too),
        ON_SQLITE(a_full_disk_is_told),
        ON_SQLITE(a_spoilt_file_is_not_sound),
        ON_SQLITE(a_claimed_folder_is_opened_by_nobody),
        ON_PG(postgresql_has_its_own_tools),
    };

    log_set_level(LOG_LEVEL_ERROR);
    return run_places(tests);
}
