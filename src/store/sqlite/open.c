/* The folder, its lock, connections and their settings, checkpoints. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/log.h"
#include "store/sqlite/sqlite_int.h"

enum {
    BUSY_MS = 5000,
    CHECKPOINT_PAGES = 4096,  /* 16 MiB of log: copy it back between two batches */
    RESTART_PAGES = 16384,    /* 64 MiB: wait a little for readers, so that the log starts over */
    RESTART_WAIT_MS = 50,
    HEAP_MIB = 512,
    ROOM_BYTES = 1 << 30
};

static char *join(const char *dir, const char *name)
{
    char *path = NULL;

    if (asprintf(&path, "%s/%s", dir, name) < 0)
        abort();
    return path;
}

static bool lock_refused(int fd, const char *dir, struct err *err)
{
    char pid[24] = "";
    ssize_t n = pread(fd, pid, sizeof pid - 1, 0);

    pid[n > 0 ? n : 0] = '\0';
    pid[strspn(pid, "0123456789")] = '\0';
    err_set(err, ERR_BUSY, "数据目录 %s 正被另一个进程(进程号 %s)使用", dir, *pid ? pid : N_("未知"));
    return err_hint(err, "若是正在服务的程序，可用 tieqiao stop 停掉它；若是别的命令，等它做完；或用 --data 换一个目录");
}

static bool lock_file(int fd)
{
#ifdef TQ_TEETH_STORE_LOCK
    return fd >= 0;
#else
    return flock(fd, LOCK_EX | LOCK_NB) == 0;
#endif
}

/* DIR/LOCK keeps a second process out: two writers on one file can meet SQLite's WAL-reset bug. */
static bool lock_take(const char *dir, int *lock, struct err *err)
{
    char *path = join(dir, "LOCK");
    bool ok = false;

    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*lock < 0)
        err_set(err, ERR_IO, "数据目录 %s 不能写入：%s", dir, strerror(errno));
    else if (!lock_file(*lock))
        lock_refused(*lock, dir, err);
    else if (ftruncate(*lock, 0) != 0 || dprintf(*lock, "%ld\n", (long)getpid()) < 0)
        /* A full disk must not keep people from reading: the pid is only a help. */
        ok = errno == ENOSPC || err_set(err, ERR_IO, "数据目录 %s 不能写入：%s", dir, strerror(errno));
    else
        ok = true;
    free(path);
    return ok;
}

bool store_claim(const char *dir, int *lock, struct err *err)
{
    if (lock_take(dir, lock, err))
        return true;
    if (*lock >= 0)
        close(*lock);
    *lock = -1;
    return false;
}

static bool nothing_there(const char *dir, struct err *err)
{
    err_set(err, ERR_MISSING, "数据目录 %s 里没有记录库", dir);
    return err_hint(err, "请核对 --data；要在那里新建一个，先运行 tieqiao init");
}

static bool not_made(const char *dir, struct err *err)
{
    err_set(err, ERR_IO, "不能建立数据目录 %s：%s", dir, strerror(errno));
    return err_hint(err, "换一个可写的目录：--data DIR");
}

void sqlite_place_free(struct sqlite_place *place)
{
    if (place->lock >= 0)
        close(place->lock);
    free(place->dir);
    free(place->file);
    free(place);
}

bool sqlite_open(struct store *store, const char *url, struct err *err)
{
    struct sqlite_place *place = calloc(1, sizeof *place);
    const char *dir = url + strlen("sqlite:");

    if (!place || !(place->dir = strdup(dir)))
        abort();
    place->file = join(dir, "tieqiao.db");
    place->lock = -1;
    sqlite3_hard_heap_limit64((sqlite3_int64)HEAP_MIB << 20);
    if (store->options.existing && access(place->file, F_OK) != 0)
        nothing_there(dir, err);
    else if (mkdir(dir, 0700) != 0 && errno != EEXIST)
        not_made(dir, err);
    else if (lock_take(dir, &place->lock, err)) {
        store->place = place;
        return true;
    }
    sqlite_place_free(place);
    return false;
}

void sqlite_close(struct store *store)
{
    sqlite_place_free(store->place);
}

void sqlite_describe(const struct store *store, struct text *out)
{
    (void)store;
    text_puts(out, "SQLite tieqiao.db"); /* the folder may be written in many ways */
}

static bool settle(struct sqlite_conn *conn, const char *pragma, struct err *err)
{
    int code = sqlite3_exec(conn->db, pragma, NULL, NULL, NULL);

    return code == SQLITE_OK || sqlite_fail(conn, code, pragma, err);
}

static const char *const settings[] = {
    "PRAGMA foreign_keys=ON",  "PRAGMA trusted_schema=OFF", "PRAGMA case_sensitive_like=ON",
    "PRAGMA mmap_size=0",      "PRAGMA cell_size_check=ON", "PRAGMA wal_autocheckpoint=0",
    "PRAGMA temp_store=MEMORY",
};

/* NORMAL loses acknowledged commits in a power cut; FULL lost none in 1,000. */
#ifdef TQ_TEETH_STORE_SYNC
#define SYNCHRONOUS "NORMAL"
#else
#define SYNCHRONOUS "FULL"
#endif
static const char *const writer_settings[] = {
    "PRAGMA journal_mode=WAL",
    ("PRAGMA synchronous=" SYNCHRONOUS),
    "PRAGMA fullfsync=ON",
    "PRAGMA cache_size=-16384",
    "PRAGMA journal_size_limit=67108864",
};

static bool set_all(struct sqlite_conn *conn, const char *const *list, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!settle(conn, list[i], err))
            return false;
    return true;
}

static bool harden(struct sqlite_conn *conn, bool writer, struct err *err)
{
    static const struct { int option, value; } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},   {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    };

    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        sqlite3_db_config(conn->db, switches[i].option, switches[i].value, NULL);
    if (!writer)
        sqlite3_db_config(conn->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_extended_result_codes(conn->db, 1);
    sqlite3_busy_timeout(conn->db, BUSY_MS);
    return set_all(conn, settings, sizeof settings / sizeof *settings, err)
        && (!writer || set_all(conn, writer_settings, sizeof writer_settings / sizeof *writer_settings, err));
}

static int log_grew(void *arg, sqlite3 *db, const char *name, int pages)
{
    (void)db, (void)name;
    ((struct sqlite_conn *)arg)->wal_pages = pages;
    return SQLITE_OK;
}

/* A new file is durable once its folder is. */
static void dir_sync(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        if (fsync(fd) != 0)
            log_warn("sqlite: fsync %s: %s", dir, strerror(errno));
        close(fd);
    }
}

bool sqlite_connect(struct store *store, bool writer, struct sql **sql, struct err *err)
{
    struct sqlite_place *place = store->place;
    struct sqlite_conn *conn = calloc(1, sizeof *conn);
    int flags = SQLITE_OPEN_NOMUTEX | (writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    int code;

    if (!conn)
        abort();
    code = sqlite3_open_v2(place->file, &conn->db, flags, place->vfs);
    if (code != SQLITE_OK)
        sqlite_fail(conn, code, place->file, err);
    else if (harden(conn, writer, err)) {
        conn->checkpoint_at = CHECKPOINT_PAGES;
        sqlite3_wal_hook(conn->db, log_grew, conn);
        if (writer)
            dir_sync(place->dir);
        *sql = &conn->sql;
        return true;
    }
    sqlite_disconnect(&conn->sql);
    return false;
}

void sqlite_disconnect(struct sql *sql)
{
    struct sqlite_conn *conn = sqlite_of(sql);

    cache_release(&conn->cache, sqlite_statement_free);
    sqlite3_close(conn->db);
    free(conn);
}

static bool quick_check(struct sqlite_conn *conn, struct err *err)
{
    static const char check[] = "PRAGMA quick_check(1)";
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(conn->db, check, -1, &stmt, NULL);
    bool ok = code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW
        && strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;

    sqlite3_finalize(stmt);
    return ok || sqlite_fail(conn, code == SQLITE_ROW ? SQLITE_CORRUPT : code, check, err);
}

/*
 * After a failed fsync the kernel may have forgotten what it could not write, while reading still shows it: a second
 * fsync would be no proof. So the log is copied into the file, by fresh writes and a fresh fsync, and started over.
 */
bool sqlite_examine(struct sql *sql, struct err *err)
{
    struct sqlite_conn *conn = sqlite_of(sql);
    int code;

    if (!quick_check(conn, err))
        return false;
    code = sqlite3_wal_checkpoint_v2(conn->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return code == SQLITE_OK || sqlite_fail(conn, code, "checkpoint", err);
}

/* Enough to begin writing again: a twentieth of the disk, or of a large one what a log and a checkpoint may take. */
bool sqlite_has_room(struct store *store)
{
    struct sqlite_place *place = store->place;
    struct statvfs fs;
    uint64_t twentieth, most;

    if (statvfs(place->dir, &fs) != 0)
        return false;
    twentieth = fs.f_blocks / 20;
    most = ROOM_BYTES / fs.f_frsize;
    return fs.f_bavail >= (twentieth < most ? twentieth : most);
}

void sqlite_tend(struct sql *sql, bool idle)
{
    struct sqlite_conn *conn = sqlite_of(sql);
    bool restart = conn->wal_pages >= RESTART_PAGES;
    int in_log = 0, copied = 0, code;

    if (conn->wal_pages == 0 || conn->lost || (!idle && conn->wal_pages < conn->checkpoint_at))
        return;
    sqlite3_busy_timeout(conn->db, RESTART_WAIT_MS);
    code = sqlite3_wal_checkpoint_v2(conn->db, NULL, restart ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                                     &in_log, &copied);
    sqlite3_busy_timeout(conn->db, BUSY_MS);
    if ((code & 0xff) == SQLITE_IOERR)
        conn->lost = true; /* what was committed is in the log; the next opening reads it */
    if (code == SQLITE_OK && in_log == copied) {
        conn->wal_pages = 0;
        conn->checkpoint_at = CHECKPOINT_PAGES;
    } else {
        conn->checkpoint_at = conn->wal_pages + CHECKPOINT_PAGES; /* a reader is in the way: later */
    }
}
