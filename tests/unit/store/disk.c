/*
 * A disk that fails at the n-th write or sync, for n = 1, 2, 3 …, under the real engine: a file system of SQLite's own
 * kind (a VFS) that passes everything on until told otherwise. After each failure: what was acknowledged is there, what
 * was refused is not, and the store writes again.
 */
#include "store_engines.h"

#include <sqlite3.h>
#include <stdatomic.h>

#include "base/log.h"

/* ---- the disk ---- */

enum ill { ILL_NOT, ILL_WRITE, ILL_SYNC, ILL_FULL };

static struct {
    enum ill ill;
    int after; /* operations of that kind that still go well */
    atomic_int met, syncs;
} disk;

struct disk_file {
    sqlite3_file base; /* first */
    sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct disk_file *)file)->real;
}

static bool falls_ill(enum ill kind)
{
    if (disk.ill != kind || disk.after-- > 0)
        return false;
    disk.ill = ILL_NOT; /* once */
    atomic_fetch_add(&disk.met, 1);
    return true;
}

static int disk_write(sqlite3_file *file, const void *at, int len, sqlite3_int64 where)
{
    if (falls_ill(ILL_FULL))
        return SQLITE_FULL;
    if (falls_ill(ILL_WRITE)) { /* half of it arrives */
        real_of(file)->pMethods->xWrite(real_of(file), at, len / 2, where);
        return SQLITE_IOERR_WRITE;
    }
    return real_of(file)->pMethods->xWrite(real_of(file), at, len, where);
}

/* The bytes may well have arrived: that is what makes it hard. */
static int disk_sync(sqlite3_file *file, int flags)
{
    int code = real_of(file)->pMethods->xSync(real_of(file), flags);

    atomic_fetch_add(&disk.syncs, 1);
    return falls_ill(ILL_SYNC) ? SQLITE_IOERR_FSYNC : code;
}

static int disk_close(sqlite3_file *file)
{
    int code = real_of(file)->pMethods->xClose(real_of(file));

    free(real_of(file));
    return code;
}

#define PASS(name, parameters, arguments) \
    static int disk_##name parameters { return real_of(file)->pMethods->name arguments; }

PASS(xRead, (sqlite3_file *file, void *at, int len, sqlite3_int64 where), (real_of(file), at, len, where))
PASS(xTruncate, (sqlite3_file *file, sqlite3_int64 size), (real_of(file), size))
PASS(xFileSize, (sqlite3_file *file, sqlite3_int64 *size), (real_of(file), size))
PASS(xLock, (sqlite3_file *file, int level), (real_of(file), level))
PASS(xUnlock, (sqlite3_file *file, int level), (real_of(file), level))
PASS(xCheckReservedLock, (sqlite3_file *file, int *out), (real_of(file), out))
PASS(xFileControl, (sqlite3_file *file, int op, void *arg), (real_of(file), op, arg))
PASS(xSectorSize, (sqlite3_file *file), (real_of(file)))
PASS(xDeviceCharacteristics, (sqlite3_file *file), (real_of(file)))
PASS(xShmMap, (sqlite3_file *file, int page, int size, int extend, void volatile **out),
     (real_of(file), page, size, extend, out))
PASS(xShmLock, (sqlite3_file *file, int offset, int n, int flags), (real_of(file), offset, n, flags))
PASS(xShmUnmap, (sqlite3_file *file, int delete), (real_of(file), delete))

static void disk_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static const sqlite3_io_methods disk_methods = {
    .iVersion = 2,
    .xClose = disk_close,
    .xRead = disk_xRead,
    .xWrite = disk_write,
    .xTruncate = disk_xTruncate,
    .xSync = disk_sync,
    .xFileSize = disk_xFileSize,
    .xLock = disk_xLock,
    .xUnlock = disk_xUnlock,
    .xCheckReservedLock = disk_xCheckReservedLock,
    .xFileControl = disk_xFileControl,
    .xSectorSize = disk_xSectorSize,
    .xDeviceCharacteristics = disk_xDeviceCharacteristics,
    .xShmMap = disk_xShmMap,
    .xShmLock = disk_xShmLock,
    .xShmBarrier = disk_shm_barrier,
    .xShmUnmap = disk_xShmUnmap,
};

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    struct disk_file *made = (struct disk_file *)file;
    int code;

    (void)vfs;
    made->base.pMethods = NULL;
    made->real = calloc(1, (size_t)real_vfs->szOsFile);
    code = made->real ? real_vfs->xOpen(real_vfs, name, made->real, flags, out_flags) : SQLITE_NOMEM;
    if (code == SQLITE_OK)
        made->base.pMethods = &disk_methods;
    else
        free(made->real);
    return code;
}

static void disk_register(void)
{
    static sqlite3_vfs vfs;

    real_vfs = sqlite3_vfs_find(NULL);
    vfs = *real_vfs;
    vfs.zName = "ill";
    vfs.szOsFile = sizeof(struct disk_file);
    vfs.xOpen = disk_open;
    vfs.pNext = NULL;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
        abort();
}

/* ---- what is written ---- */

struct work {
    int64_t id;
    char request[24];
};

static bool work_step(struct sql *sql, void *arg, struct err *err)
{
    const struct work *work = arg;

    return sql_put(sql, "INSERT INTO thing (id, name) VALUES (?1, ?2)",
                   SQL_ARGS(sql_int(work->id), sql_text(slice_of(work->request))), err)
        && sql_put(sql, "INSERT INTO request (id) VALUES (?1)", SQL_ARGS(sql_text(slice_of(work->request))), err);
}

static bool request_seen(struct sql *sql, struct slice request_id, bool *seen, struct err *err)
{
    int64_t one;

    return sql_one(sql, "SELECT 1 FROM request WHERE id = ?1", SQL_ARGS(sql_text(request_id)), &one, seen, err);
}

static int64_t count_of(struct store *store, const char *statement)
{
    int64_t number = -1;
    struct sql *sql;
    struct err err;
    bool found;

    if (!store_read(store, &sql, &err) || !sql_one(sql, statement, SQL_NO_ARGS, &number, &found, &err))
        fail_msg("%s", err.message);
    store_read_end(store, sql);
    return number;
}

static void wait_writable(struct store *store)
{
    for (int i = 0; i < 200 && !store_state(store).writable; i++)
        usleep(20000);
    assert_true(store_state(store).writable);
}

/* Five writes on a disk that falls ill at its n-th operation. Returns whether it did. */
static bool falls_ill_at(struct place *place, enum ill ill, int n, bool may_refuse)
{
    struct store_options options = place_options(NULL);
    int64_t before, done = 0;
    struct store *store;

    options.hooks.seen = request_seen;
    store = place_open_with(place, &options);
    before = count_of(store, "SELECT count(*) FROM thing");
    disk.after = n;
    atomic_store(&disk.met, 0);
    disk.ill = ill;
    for (int i = 0; i < 5; i++) {
        struct work work = {.id = n * 100 + i + 1};
        enum store_outcome outcome;
        struct err err;

        snprintf(work.request, sizeof work.request, "%d.%d", n, i);
        wait_writable(store);
        outcome = store_write(store, work.request, work_step, &work, &err);
        if (outcome != STORE_DONE && (!may_refuse || err.code != ERR_FULL))
            fail_msg("operation %d, write %d: %d %s", n, i, (int)outcome, err.message);
        done += outcome == STORE_DONE;
    }
    disk.ill = ILL_NOT;
    assert_int_equal(count_of(store, "SELECT count(*) FROM thing") - before, done);
    assert_int_equal(count_of(store, "SELECT count(*) FROM request") - before, done);
    store_close(store);
    return atomic_load(&disk.met) > 0;
}

static void every_operation_fails_once(struct place *place, enum ill ill, const char *what)
{
    int n = 0;

    while (falls_ill_at(place, ill, n, ill == ILL_FULL))
        n++;
    fprintf(stderr, "# %s: each of %d operations failed once\n", what, n);
    assert_true(n >= 5);
}

static void every_write_fails_once(void **state)
{
    every_operation_fails_once(place_of(state), ILL_WRITE, "write");
}

static void every_sync_fails_once(void **state)
{
    every_operation_fails_once(place_of(state), ILL_SYNC, "sync");
}

static void every_write_finds_the_disk_full_once(void **state)
{
    every_operation_fails_once(place_of(state), ILL_FULL, "disk full");
}

/* Acknowledged is durable: between asking and answering the log was synced. */
static void each_answer_waits_for_a_sync(void **state)
{
    struct store *store = place_open(place_of(state), NULL);

    for (int i = 0; i < 20; i++) {
        struct work work = {.id = i};
        int before = atomic_load(&disk.syncs);
        struct err err;

        snprintf(work.request, sizeof work.request, "%d", i);
        assert_int_equal(store_write(store, work.request, work_step, &work, &err), STORE_DONE);
        assert_true(atomic_load(&disk.syncs) > before);
    }
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SQLITE(each_answer_waits_for_a_sync),
        ON_SQLITE(every_write_fails_once),
        ON_SQLITE(every_sync_fails_once),
        ON_SQLITE(every_write_finds_the_disk_full_once),
    };

    log_set_level(LOG_LEVEL_ERROR);
    disk_register();
    return run_places(tests);
}
