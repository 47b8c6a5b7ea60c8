#include "work/restore.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "ledger/ledger.h"
#include "ledger/logbook.h"
#include "match/match.h"
#include "record/record.h"
#include "work/backup_int.h"

enum { CHUNK = 1 << 16 };

/* What a data folder may hold; what of it goes aside; the database last, since by it a folder counts as a city's. */
static const char *const aside_names[] = {"first-sign-in.txt", "uploads", ".ready", "tieqiao.db-shm", "tieqiao.db-wal", "tieqiao.db"};
static const char *const other_names[] = {"LOCK", "ctl.sock", "index", "lexicon.tsv", "embeddings", "log", "keys", ".restoring", ".restoring.part"};
static const char *const other_starts[] = {"replaced-", ".first-run-", ".made-"}; /* the latter two: ./start's */

struct restoring {
    const struct restore_request *request;
    struct restored *restored;
    char staging[BACKUP_PATH], copy[BACKUP_PATH]; /* .restoring.part, and tieqiao.db in it */
    const char *label;
};

static bool below(char path[BACKUP_PATH], const char *folder, const char *name)
{
    return snprintf(path, BACKUP_PATH, "%.3900s/%.190s", folder, name) < BACKUP_PATH;
}

static bool exists(const char *folder, const char *name)
{
    char path[BACKUP_PATH];
    struct stat found;

    return below(path, folder, name) && lstat(path, &found) == 0;
}

static bool moved(void *arg, int64_t done, int64_t total)
{
    const struct restoring *restoring = arg;
    const struct restore_request *request = restoring->request;

    return !request->moved || request->moved(request->arg, restoring->label, done, total);
}

/* --- what is asked for makes sense --- */

static bool is_database(int file)
{
    static const char magic[16] = "SQLite format 3";
    char head[16];

    return pread(file, head, sizeof head, 0) == (ssize_t)sizeof head && memcmp(head, magic, sizeof magic) == 0;
}

/* A file with its log beside it is no backup, but somebody's copy of a database that was in use. */
static bool file_open(const struct restore_request *request, int *file, struct stat *found, struct err *err)
{
    char log[BACKUP_PATH];
    bool ok = false;

    snprintf(log, sizeof log, "%.4000s-wal", request->file);
    *file = open(request->file, O_RDONLY | O_CLOEXEC);
    if (*file < 0 || fstat(*file, found) != 0)
        err_set(err, ERR_INVALID, "打不开 %s：%s", request->file, strerrordesc_np(errno));
    else if (!S_ISREG(found->st_mode) || !is_database(*file))
        err_set(err, ERR_INVALID, "%s 不是 tieqiao backup 做的备份", request->file);
    else if (access(log, F_OK) == 0) {
        err_set(err, ERR_INVALID, "%s 旁边有 %s：这是正在用的数据文件，不是备份", request->file, log);
        err_hint(err, "用 tieqiao backup 做一份备份；或者停下服务，复制整个数据文件夹");
    } else
        ok = true;
    if (!ok && *file >= 0)
        close(*file);
    return ok;
}

static bool is_known(const char *name)
{
    for (size_t i = 0; i < sizeof aside_names / sizeof *aside_names; i++)
        if (strcmp(name, aside_names[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++)
        if (strcmp(name, other_names[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof other_starts / sizeof *other_starts; i++)
        if (strncmp(name, other_starts[i], strlen(other_starts[i])) == 0)
            return true;
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool folder_fits(const struct restore_request *request, struct err *err)
{
    DIR *folder = opendir(request->data);
    const struct dirent *entry;
    bool ok = folder != NULL || err_set(err, ERR_IO, "打不开数据目录 %s：%s", request->data, strerrordesc_np(errno));

    while (ok && (entry = readdir(folder)) != NULL)
        if (!is_known(entry->d_name)) {
            err_set(err, ERR_INVALID, "%s 里有别的东西(%.60s)，不像数据目录", request->data, entry->d_name);
            ok = err_hint(err, "给一个空的目录：--data DIR");
        }
    if (folder)
        closedir(folder);
    if (ok && exists(request->data, "tieqiao.db") && !request->replace) {
        err_set(err, ERR_CONFLICT, "数据目录 %s 里已经有记录", request->data);
        ok = err_hint(err, "换一个空的目录；或加 --replace：现在的记录会移到其中的 replaced-… 文件夹，不删除");
    }
    return ok;
}

/* --- the copy --- */

static void folder_clear(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;

    while (folder && (entry = readdir(folder)) != NULL)
        unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        closedir(folder);
    rmdir(path);
}

static bool write_failed(const struct restoring *restoring, struct err *err)
{
    bool full = errno == ENOSPC || errno == EDQUOT;

    err_set(err, full ? ERR_FULL : ERR_IO, "数据目录 %s 写不进去：%s", restoring->request->data, strerrordesc_np(errno));
    return err_hint(err, full ? "腾出空间再来；数据目录还是原来的样子" : "数据目录还是原来的样子");
}

static bool write_all(int to, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t step = write(to, bytes, len);

        if (step < 0 && errno != EINTR)
            return false;
        bytes += step > 0 ? step : 0;
        len -= step > 0 ? (size_t)step : 0;
    }
    return true;
}

static bool bytes_copy(struct restoring *restoring, int from, int to, int64_t size, struct err *err)
{
    char bytes[CHUNK];
    int64_t done = 0;
    ssize_t step;

    while ((step = pread(from, bytes, sizeof bytes, done)) > 0) {
        if (!write_all(to, bytes, (size_t)step))
            return write_failed(restoring, err);
        done += step;
        if (!moved(restoring, done, size))
            return err_set(err, ERR_BUSY, "恢复没有做完就停下了，数据目录还是原来的样子");
    }
    if (step < 0 || done != size)
        return err_set(err, ERR_IO, "%s 读到一半就读不下去了", restoring->request->file);
    return fsync(to) == 0 || write_failed(restoring, err);
}

static bool file_copy(struct restoring *restoring, int from, int64_t size, struct err *err)
{
    int to;
    bool ok;

    folder_clear(restoring->staging);
    if (mkdir(restoring->staging, 0700) != 0)
        return write_failed(restoring, err);
    to = open(restoring->copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0)
        return write_failed(restoring, err);
    restoring->label = "恢复";
    ok = bytes_copy(restoring, from, to, size, err);
    close(to);
    return ok;
}

/* --- checked where it lies --- */

/* Before anything is brought up to date: an empty or a foreign database would become an empty city. */
static bool has_ledger(struct sql *sql, const char *file, struct err *err)
{
    static const char ours[] =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('schema_version', 'ledger', 'ledger_head')";
    int64_t tables = 0;
    bool found;

    if (!sql_one(sql, ours, SQL_NO_ARGS, &tables, &found, err))
        return false;
    return tables == 3 || err_set(err, ERR_INVALID, "%s 不是 tieqiao backup 做的备份", file);
}

static bool look(struct restoring *restoring, struct err *err)
{
    struct store *store;
    struct sql *sql;
    bool ok;

    restoring->label = "核对";
    if (!moved(restoring, 0, 1))
        return err_set(err, ERR_BUSY, "恢复没有做完就停下了，数据目录还是原来的样子");
    if (!store_look(restoring->copy, &store, err))
        return false;
    ok = store_read(store, &sql, err);
    if (ok) {
        ok = store_sound(sql, moved, restoring, err) && has_ledger(sql, restoring->request->file, err);
        store_read_end(store, sql);
    }
    store_close(store);
    return ok;
}

static bool sessions_end(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "DELETE FROM session", SQL_NO_ARGS, err);
}

static bool check(struct restoring *restoring, struct store *store, struct err *err)
{
    struct city_watch watch = {.moved = moved, .arg = restoring};
    struct sql *sql;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = city_check(sql, &watch, &restoring->restored->counts, err);
    store_read_end(store, sql);
    return ok;
}

/* Brings the schema up to date; after closing there is no log beside the file any more. */
static bool open_and_check(struct restoring *restoring, struct err *err)
{
    struct store_options options = {.migrate = true, .schema = restoring->request->schema};
    char url[BACKUP_PATH + 8];
    struct store *store;
    bool ok;

    ledger_attach(&options);
    record_start();
    snprintf(url, sizeof url, "sqlite:%s", restoring->staging);
    if (!store_open(url, &options, &store, err))
        return false;
    ok = store_write(store, "", sessions_end, NULL, err) == STORE_DONE && check(restoring, store, err);
    store_close(store);
    if (ok && exists(restoring->staging, "tieqiao.db-wal"))
        ok = err_set(err, ERR_IO, "备份的副本没有关好");
    return ok;
}

/* --- into its place --- */

static bool moving_failed(const char *what, struct err *err)
{
    err_set(err, ERR_IO, "移不动 %s：%s", what, strerrordesc_np(errno));
    return err_hint(err, "恢复已经开始，除去原因后再启动或再恢复一次，会接着做完");
}

static bool move_to(const char *from, const char *to, const char *name, struct err *err)
{
    char old[BACKUP_PATH], new[BACKUP_PATH];

    below(old, from, name);
    below(new, to, name);
    return rename(old, new) == 0 || errno == ENOENT || moving_failed(old, err);
}

static bool old_aside(const char *data, const char *old, struct err *err)
{
    if (mkdir(old, 0700) != 0 && errno != EEXIST)
        return moving_failed(old, err);
    for (size_t i = 0; i < sizeof aside_names / sizeof *aside_names; i++)
        if (!move_to(data, old, aside_names[i], err))
            return false;
    return folder_sync(old, err) && folder_sync(data, err);
}

/* What is made from the records: the index, and the ledger's trees with their last checkpoint. */
static bool index_drop(const char *data, struct err *err)
{
    char index[BACKUP_PATH];
    struct match_err problem;

    if (!logbook_remove(data, err))
        return false;
    below(index, data, "index");
    return !exists(data, "index") || match_remove(index, &problem)
        || err_set(err, ERR_IO, "清不掉匹配索引 %s：%s", index, problem.message);
}

/* ./start asks for this mark, and would bring in the example city without it. */
static bool ready_mark(const char *data, struct err *err)
{
    char path[BACKUP_PATH];
    int file;

    below(path, data, ".ready");
    file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return moving_failed(path, err);
    close(file);
    return true;
}

/* DATA/.restoring is there: goes on from wherever it was cut off. aside: "" or where the former records go. */
static bool finish(const char *data, const char *aside, struct err *err)
{
    char decided[BACKUP_PATH], old[BACKUP_PATH];

    below(decided, data, ".restoring");
    below(old, decided, "old");
    if (exists(decided, "tieqiao.db")
        && !(old_aside(data, old, err) && index_drop(data, err) && ready_mark(data, err)
             && move_to(decided, data, "tieqiao.db", err) && folder_sync(data, err)))
        return false;
    if (rmdir(old) != 0 && errno != ENOENT && rename(old, aside) != 0)
        return moving_failed(old, err);
    folder_clear(decided);
    return folder_sync(data, err);
}

static void aside_name(const char *data, int64_t now_ms, char out[BACKUP_PATH])
{
    char stamp[BACKUP_STAMP], name[32];

    do {
        backup_stamp(now_ms, stamp);
        snprintf(name, sizeof name, "replaced-%s", stamp);
        now_ms += 1000;
    } while (exists(data, name));
    below(out, data, name);
}

/* The renaming of the folder decides. */
static bool decide(struct restoring *restoring, struct err *err)
{
    const char *data = restoring->request->data;
    char decided[BACKUP_PATH];

    below(decided, data, ".restoring");
    aside_name(data, restoring->request->now_ms, restoring->restored->aside);
    if (!folder_sync(restoring->staging, err))
        return false;
    if (rename(restoring->staging, decided) != 0)
        return write_failed(restoring, err);
    if (!folder_sync(data, err) || !finish(data, restoring->restored->aside, err))
        return false;
    if (access(restoring->restored->aside, F_OK) != 0)
        restoring->restored->aside[0] = '\0';
    return true;
}

static bool put_back(struct restoring *restoring, struct err *err)
{
    struct stat found;
    bool ok;
    int file;

    if (!file_open(restoring->request, &file, &found, err))
        return false;
    ok = file_copy(restoring, file, found.st_size, err) && look(restoring, err) && open_and_check(restoring, err)
        && decide(restoring, err);
    close(file);
    return ok;
}

bool restore_run(const struct restore_request *request, struct restored *restored, struct err *err)
{
    struct restoring restoring = {.request = request, .restored = restored};
    bool ok;
    int lock;

    *restored = (struct restored){.aside = ""};
    if (strlen(request->data) > BACKUP_PATH / 2)
        return err_set(err, ERR_INVALID, "数据目录的路径太长");
    if (mkdir(request->data, 0700) != 0 && errno != EEXIST)
        return err_set(err, ERR_IO, "建不了数据目录 %s：%s", request->data, strerrordesc_np(errno));
    if (!folder_fits(request, err) || !store_claim(request->data, &lock, err))
        return false;
    below(restoring.staging, request->data, ".restoring.part");
    below(restoring.copy, restoring.staging, "tieqiao.db");
    ok = restore_settle(request->data, err) && folder_fits(request, err) && put_back(&restoring, err);
    folder_clear(restoring.staging);
    close(lock);
    return ok;
}

bool restore_settle(const char *data, struct err *err)
{
    char aside[BACKUP_PATH];
    struct stat decided;

    if (!exists(data, ".restoring"))
        return true;
    log_warn("restore: %s: was cut off, goes on", data);
    below(aside, data, ".restoring");
    if (stat(aside, &decided) != 0)
        return moving_failed(aside, err);
    aside_name(data, decided.st_mtime * 1000LL, aside);
    return finish(data, aside, err);
}
