#include "work/join.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ident.h"
#include "base/json.h"

enum { BATCH = 256, HEAD_MOST = 256 };

struct item {
    int64_t id;
    struct text line;
    bool failed;
    struct err err;
};

struct join {
    struct city *city;
    const struct join_request *request;
    struct join_tally *tally;
    struct match_snapshot *snapshot;
    int file; /* -1: none */
    int64_t last, total;
    struct item items[BATCH];
    size_t count;
    atomic_size_t next;
};

/* --- which records --- */

#define OPEN_AFTER(table) \
    "SELECT id FROM " table " WHERE to_leaf IS NULL AND status = 0 AND id > ?1 ORDER BY id LIMIT ?2"
#define OPEN_COUNT(table) "SELECT count(*) FROM " table " WHERE to_leaf IS NULL AND status = 0"

static const struct {
    const char *after, *count;
} texts[KIND_COUNT] = {
    [KIND_PARTY] = {OPEN_AFTER("party"), OPEN_COUNT("party")},
    [KIND_PERSON] = {OPEN_AFTER("person"), OPEN_COUNT("person")},
    [KIND_ACHIEVEMENT] = {OPEN_AFTER("achievement"), OPEN_COUNT("achievement")},
    [KIND_NEED] = {OPEN_AFTER("need"), OPEN_COUNT("need")},
    [KIND_SCENARIO] = {OPEN_AFTER("scenario"), OPEN_COUNT("scenario")},
    [KIND_SERVICE] = {OPEN_AFTER("service"), OPEN_COUNT("service")},
    [KIND_POLICY] = {OPEN_AFTER("policy"), OPEN_COUNT("policy")},
};

static bool count_all(struct join *join, struct err *err)
{
    struct sql *sql;
    bool ok, found;

    if (!store_read(join->city->store, &sql, err))
        return false;
    ok = sql_one(sql, texts[join->request->from->id].count, SQL_NO_ARGS, &join->total, &found, err);
    store_read_end(join->city->store, sql);
    return ok;
}

static bool batch_read(struct join *join, struct err *err)
{
    struct sql_rows rows;
    struct sql *sql;
    bool ok;

    join->count = 0;
    if (!store_read(join->city->store, &sql, err))
        return false;
    ok = sql_rows(sql, texts[join->request->from->id].after, SQL_ARGS(sql_int(join->last), sql_int(BATCH)), &rows, err);
    if (ok) {
        while (join->count < BATCH && sql_next(&rows))
            join->items[join->count++].id = sql_number(&rows, 0);
        ok = sql_done(&rows, err);
    }
    store_read_end(join->city->store, sql);
    return ok;
}

/* --- one record --- */

static void line_write(int64_t id, const struct match_list *list, struct text *line)
{
    text_print(line, "{\"id\":\"%lld\",\"hits\":[", (long long)id);
    for (size_t h = 0; h < list->count; h++) {
        const struct match_hit *hit = &list->hits[h];

        text_print(line, "%s{\"id\":\"%lld\",\"score\":%.4f,\"level\":%d,\"chance\":%.4f}", h ? "," : "", (long long)hit->id,
                   (double)hit->score, (int)hit->rating, (double)hit->chance);
    }
    text_puts(line, "]}\n");
}

static bool match_item(const struct join *join, struct sql *sql, struct item *item, struct arena *arena)
{
    struct record record;
    struct match_query query;
    struct match_hits hits;
    struct match_err why;
    bool ok;

    if (!record_get(sql, join->request->from, item->id, arena, &record, &item->err))
        return item->err.code == ERR_MISSING; /* gone since the page was read: no line */
    column_query(&record, arena, &query);
    query.k = join->request->k;
    query.kinds = 1u << join->request->to;
    ok = match_search(join->snapshot, &query, &hits, &why)
         || err_set(&item->err, ERR_IO, "匹配引擎：%s", why.message);
    if (ok)
        line_write(item->id, &hits.lists[join->request->to], &item->line);
    match_hits_release(&hits);
    return ok;
}

static void *batch_work(void *arg)
{
    struct join *join = arg;
    struct arena arena;
    struct sql *sql = NULL;
    size_t i;

    arena_init(&arena);
    while ((i = atomic_fetch_add(&join->next, 1)) < join->count) {
        struct item *item = &join->items[i];

        item->failed = !sql && !store_read(join->city->store, &sql, &item->err);
        item->failed = item->failed || !match_item(join, sql, item, &arena);
        arena_reset(&arena);
    }
    if (sql)
        store_read_end(join->city->store, sql);
    arena_release(&arena);
    return NULL;
}

/* Where a thread cannot be had, the others do its share. */
static void batch_match(struct join *join)
{
    pthread_t threads[JOIN_THREADS];
    unsigned started = 0;

    atomic_store(&join->next, 0);
    for (size_t i = 0; i < join->count; i++)
        text_init(&join->items[i].line);
    while (started + 1 < join->request->threads && pthread_create(&threads[started], NULL, batch_work, join) == 0)
        started++;
    batch_work(join);
    while (started)
        pthread_join(threads[--started], NULL);
}

/* --- the file --- */

static bool write_failed(const struct join *join, struct err *err)
{
    bool full = errno == ENOSPC || errno == EDQUOT;

    err_set(err, full ? ERR_FULL : ERR_IO, "写不了 %s：%s", join->request->path, strerror(errno));
    return err_hint(err, full ? "请腾出空间，再运行一次会接着做" : "请检查目录是否可写");
}

static bool write_all(const struct join *join, struct slice bytes, struct err *err)
{
    while (bytes.len) {
        ssize_t done = write(join->file, bytes.at, bytes.len);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return write_failed(join, err);
        bytes.at += done;
        bytes.len -= (size_t)done;
    }
    return true;
}

static size_t head_write(const struct join *join, char head[HEAD_MOST])
{
    return (size_t)snprintf(head, HEAD_MOST, "{\"join\":\"%s %s\",\"k\":%zu,\"index\":\"%016llx\"}\n",
                            join->request->from->name, column_text(join->request->to)->name, join->request->k,
                            (unsigned long long)match_version(join->snapshot));
}

/* The whole lines of what is there: where they end, how many there are, and the last one's id. */
static bool lines_read(struct join *join, FILE *file, off_t *end, struct err *err)
{
    static const char start[] = "{\"id\":\"";
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    while ((len = getline(&line, &room, file)) > 0 && line[len - 1] == '\n') {
        char *stop;
        long long id;

        if (strncmp(line, start, strlen(start)) != 0)
            break;
        id = strtoll(line + strlen(start), &stop, 10);
        if (*stop != '"' || id <= join->last || len < 3 || strcmp(line + len - 3, "]}\n") != 0)
            break; /* no line of ours: it and what follows are done again */
        join->last = id;
        join->tally->kept++;
        *end += len;
    }
    free(line);
    return !ferror(file) || write_failed(join, err);
}

/* *end: how much of the file stands. */
static bool file_look(struct join *join, FILE *file, off_t *end, struct err *err)
{
    static const char start[] = "{\"join\":";
    char wanted[HEAD_MOST], head[HEAD_MOST];
    size_t len = head_write(join, wanted);

    *end = 0;
    if (!fgets(head, sizeof head, file))
        return true;
    if (strcmp(head, wanted) == 0) {
        *end = (off_t)len;
        return lines_read(join, file, end, err);
    }
    if (strncmp(head, start, strlen(start)) != 0)
        return err_set(err, ERR_CONFLICT, "已经有 %s，它不是 match --all 写的", join->request->path)
               || err_hint(err, "换一个文件名");
    join->tally->anew = true;
    return true;
}

static bool file_open(struct join *join, struct err *err)
{
    char head[HEAD_MOST];
    struct stat state;
    off_t end = 0;
    FILE *old;
    bool ok = true;

    join->file = open(join->request->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (join->file < 0 || fstat(join->file, &state) != 0)
        return write_failed(join, err);
    if (flock(join->file, LOCK_EX | LOCK_NB) != 0)
        return err_set(err, ERR_BUSY, "另一次 match --all 正在写 %s", join->request->path)
               || err_hint(err, "等它做完，或换一个文件名");
    old = fopen(join->request->path, "re");
    if (old) {
        ok = file_look(join, old, &end, err);
        fclose(old);
    }
    if (!ok)
        return false;
    if ((end < state.st_size && ftruncate(join->file, end) != 0) || lseek(join->file, end, SEEK_SET) < 0)
        return write_failed(join, err);
    return end > 0 || write_all(join, (struct slice){head, head_write(join, head)}, err);
}

static bool batch_put(struct join *join, struct err *err)
{
    struct text all;
    bool ok = true;

    text_init(&all);
    for (size_t i = 0; ok && i < join->count; i++) {
        struct item *item = &join->items[i];

        if (item->failed) {
            *err = item->err;
            ok = false;
        } else if (item->line.len) {
            join->tally->records++;
            if (join->file >= 0)
                text_add(&all, item->line.at, item->line.len);
            else
                ok = join->request->line(join->request->arg, (struct slice){item->line.at, item->line.len - 1})
                     || err_set(err, ERR_BUSY, "没有做完就停下了");
        }
    }
    if (join->file >= 0 && !write_all(join, text_slice(&all), ok ? err : &(struct err){0}))
        ok = false;
    text_release(&all);
    for (size_t i = 0; i < join->count; i++)
        text_release(&join->items[i].line);
    return ok;
}

/* --- the whole --- */

static bool batches(struct join *join, struct err *err)
{
    const struct join_request *request = join->request;

    do {
        if (!batch_read(join, err))
            return false;
        batch_match(join);
        if (!batch_put(join, err))
            return false;
        if (join->count)
            join->last = join->items[join->count - 1].id;
        if (!request->moved(request->arg, join->tally->kept + join->tally->records, join->total))
            return err_set(err, ERR_BUSY, "没有做完就停下了") || err_hint(err, "再运行一次会接着做");
    } while (join->count == BATCH);
    return join->file < 0 || fsync(join->file) == 0 || write_failed(join, err);
}

bool join_run(struct city *city, const struct join_request *request, struct join_tally *tally, struct err *err)
{
    struct join *join = calloc(1, sizeof *join);
    bool ok;

    if (!join)
        abort();
    *tally = (struct join_tally){0};
    join->city = city;
    join->request = request;
    join->tally = tally;
    join->file = -1;
    join->snapshot = match_snapshot(city->index);
    ok = count_all(join, err) && (!request->path || file_open(join, err)) && batches(join, err);
    match_snapshot_end(join->snapshot);
    if (join->file >= 0)
        close(join->file);
    free(join);
    return ok;
}
