/*
 * A snapshot as a file of its own. SQLite's page-wise copy begins anew whenever another connection writes, unless the
 * reader holds a transaction: then it stands still, and the copy ends after as many pages as the snapshot has.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/sqlite/sqlite_int.h"

enum { STEP_PAGES = 256, ASK_STEPS = 10000 /* of the engine: about a millisecond */, ASK_US = 100000 };

struct copying {
    struct sqlite_conn *from;
    const char *file;
    sqlite3 *to;
    store_moved *moved;
    void *arg;
};

static bool full(int64_t free_bytes, int64_t wanted, struct err *err)
{
    err_set(err, ERR_FULL, "放副本的磁盘空间不足");
    if (free_bytes < wanted)
        return err_hint(err, "还剩 %lld MiB，需要 %lld MiB", (long long)(free_bytes >> 20), (long long)(wanted >> 20) + 1);
    return err_hint(err, "腾出空间，或换一处");
}

/* The copy's trouble says nothing about the connection that is read. */
static bool copy_fails(const struct copying *copying, int code, struct err *err)
{
    log_error("sqlite: copy to %s: %s (%d)", copying->file, sqlite3_errstr(code), code);
    if ((code & 0xff) == SQLITE_FULL)
        return full(0, 0, err);
    if (sqlite_class(code) == ERR_CORRUPT)
        return err_set(err, ERR_CORRUPT, "正在服务的数据文件读不完整，请用 tieqiao check 核对");
    return err_set(err, ERR_IO, "读数据文件或写副本失败");
}

/* Alone with the file, and nothing to go back to: what fails is thrown away. No locks, which not every file system has. */
static bool target_open(struct copying *copying, struct err *err)
{
    int code = sqlite3_open_v2(copying->file, &copying->to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, "unix-none");

    if (code == SQLITE_OK)
        code = sqlite3_exec(copying->to, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF",
                            NULL, NULL, NULL);
    return code == SQLITE_OK || copy_fails(copying, code, err);
}

static bool pages_copy(struct copying *copying, struct err *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(copying->to, "main", copying->from->db, "main");
    bool heard = true;
    int code;

    if (!backup)
        return copy_fails(copying, sqlite3_errcode(copying->to), err);
    do {
        code = sqlite3_backup_step(backup, STEP_PAGES);
        if (code == SQLITE_OK && copying->moved)
            heard = copying->moved(copying->arg, sqlite3_backup_pagecount(backup) - sqlite3_backup_remaining(backup),
                                   sqlite3_backup_pagecount(backup));
    } while (code == SQLITE_OK && heard);
    sqlite3_backup_finish(backup);
    if (!heard)
        return err_set(err, ERR_BUSY, "副本没有做完就停下了");
    return code == SQLITE_DONE || copy_fails(copying, code, err);
}

/* Without the log's mark, so that whoever opens it to read makes no files beside it. */
static bool target_settle(struct copying *copying, struct err *err)
{
    int code = sqlite3_exec(copying->to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);

    return code == SQLITE_OK || copy_fails(copying, code, err);
}

/* On the disk; and out of memory, so that whoever reads it now reads what the disk has. */
static bool target_sync(const struct copying *copying, struct err *err)
{
    int file = open(copying->file, O_RDWR | O_CLOEXEC);
    bool ok = file >= 0 && fsync(file) == 0;

    if (!ok)
        err_set(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "副本写不到磁盘上：%s", strerrordesc_np(errno));
    else
        posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    if (file >= 0)
        close(file);
    return ok;
}

static bool has_room_for(struct sql *sql, const char *file, struct err *err)
{
    static const char size_text[] = "SELECT p.page_count * s.page_size FROM pragma_page_count() p, pragma_page_size() s";
    struct statvfs fs;
    int64_t size = 0, free_bytes;
    bool found;

    if (!sql_one(sql, size_text, SQL_NO_ARGS, &size, &found, err))
        return false;
    if (statvfs(file, &fs) != 0)
        return true; /* writing tells */
    free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
    return free_bytes >= size || full(free_bytes, size, err);
}

bool sqlite_copy(struct sql *sql, const char *file, store_moved *moved, void *arg, struct err *err)
{
    struct copying copying = {.from = sqlite_of(sql), .file = file, .moved = moved, .arg = arg};
    bool ok = has_room_for(sql, file, err) /* its statement has also begun the snapshot */
        && target_open(&copying, err) && pages_copy(&copying, err) && target_settle(&copying, err);

    if (sqlite3_close(copying.to) != SQLITE_OK && ok)
        ok = err_set(err, ERR_IO, "副本关不上");
    return ok && target_sync(&copying, err);
}

/* ---- reading such a file ---- */

bool sqlite_look(struct store *store, const char *file, struct err *err)
{
    struct sqlite_place *place = calloc(1, sizeof *place);

    if (!place || !(place->dir = strdup(file)) || !(place->file = strdup(file)))
        abort();
    place->lock = -1;
    place->vfs = "unix-none"; /* nobody writes it, and not every file system has locks */
    if (access(file, R_OK) == 0) {
        store->place = place;
        return true;
    }
    err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "打不开 %s：%s", file, strerrordesc_np(errno));
    sqlite_place_free(place);
    return false;
}

/* What is wrong, on one line. */
static bool unsound(struct slice what, struct err *err)
{
    err_set(err, ERR_CORRUPT, "数据文件不完整：%.*s", (int)(what.len > 200 ? 200 : what.len), what.at);
    for (char *at = err->message; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
    return false;
}

/* Each row that such a check gives is a complaint, but for `good`. */
static bool says_nothing(struct sql *sql, const char *statement, const char *good, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    if (!sql_rows(sql, statement, SQL_NO_ARGS, &rows, err))
        return false;
    while (ok && sql_next(&rows))
        ok = (good && slice_is(sql_slice(&rows, 0), good)) || unsound(sql_slice(&rows, 0), err);
    return sql_done(&rows, ok ? err : &later) && ok;
}

struct asking {
    store_moved *moved;
    void *arg;
    int64_t next_us;
    bool unheard;
};

/* Of how far these checks are the engine tells nothing. */
static int ask_on(void *arg)
{
    struct asking *asking = arg;
    int64_t now = clock_steady_us();

    if (now < asking->next_us)
        return 0;
    asking->next_us = now + ASK_US;
    asking->unheard = !asking->moved(asking->arg, 0, 1);
    return asking->unheard;
}

bool sqlite_sound(struct sql *sql, store_moved *moved, void *arg, struct err *err)
{
    struct asking asking = {.moved = moved, .arg = arg};
    sqlite3 *db = sqlite_of(sql)->db;
    bool ok;

    if (moved)
        sqlite3_progress_handler(db, ASK_STEPS, ask_on, &asking);
    ok = says_nothing(sql, "PRAGMA integrity_check(1)", "ok", err)
        && says_nothing(sql, "PRAGMA foreign_key_check", NULL, err);
    sqlite3_progress_handler(db, 0, NULL, NULL);
    return asking.unheard ? err_set(err, ERR_BUSY, "核对没有做完就停下了") : ok;
}
