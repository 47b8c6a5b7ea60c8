#include "work/upload_int.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/log.h"
#include "base/steady.h"
#include "base/utf8.h"
#include "record/past.h"
#include "work/sweep.h"

enum { TIDY_S = 3600, IDLE_MS = 7 * 86400000, OWNER_CHARS = 130 };

/* --- the thread: checking and running --- */

static void moved(void *arg, enum import_phase phase, int64_t done, int64_t total)
{
    struct upload *upload = arg;

    pthread_mutex_lock(&upload->of->mutex);
    upload->phase = phase;
    upload->done = done;
    upload->total = total;
    pthread_mutex_unlock(&upload->of->mutex);
}

static void bad(void *arg, long line, const struct import_problem *problems, size_t count)
{
    struct upload *upload = arg;

    pthread_mutex_lock(&upload->of->mutex);
    for (size_t i = 0; i < count && upload->problem_count < UPLOAD_PROBLEMS; i++)
        upload->problems[upload->problem_count++] = (struct import_fault){
            .line = line, .column = arena_copy(&upload->arena, problems[i].header),
            .value = arena_copy(&upload->arena, problems[i].value),
            .message = arena_copy(&upload->arena, slice_of(problems[i].err.message)),
            .hint = arena_copy(&upload->arena, slice_of(problems[i].err.hint)), .said = problems[i].err.said,
            .advised = problems[i].err.advised, .lacking = problems[i].lacking};
    pthread_mutex_unlock(&upload->of->mutex);
}

static void judged(void *arg, const struct import_judged *judged)
{
    struct upload *upload = arg;
    struct upload_row *row = &upload->rows[upload->row_count++];
    const struct kind *kind = judged->record->kind;

    *row = (struct upload_row){.line = judged->line, .verdict = judged->verdict,
                               .title = arena_copy(&upload->arena, judged->title),
                               .owner = arena_copy(&upload->arena, judged->owner)};
    for (size_t i = 0; i < kind->count; i++)
        if (i != kind->title && (kind_typed(kind, i) || i == PAST_REMARKS) && judged->record->values[i].known && judged->given[i]
            && upload->plan.fills[i].from == FILL_NOTHING) /* what stands in for a column is told once, above */
            row->values[row->count++] = (struct upload_value){
                &kind->fields[i],
                arena_copy(&upload->arena, field_show(&kind->fields[i], &judged->record->values[i], &upload->arena))};
}

static bool stopped(void *arg)
{
    struct upload *upload = arg;
    bool stop;

    pthread_mutex_lock(&upload->of->mutex);
    stop = upload->of->stopping;
    pthread_mutex_unlock(&upload->of->mutex);
    return stop;
}

/* Headers, the plan they suggest, and the first rows, once. */
static bool first_look(struct upload *upload, struct err *err)
{
    struct table *table;
    struct table_row row;
    struct slice *headers;
    size_t columns;

    if (!table_open(upload->path, upload->name, &table, err))
        return false;
    columns = table_columns(table);
    if (columns > UPLOAD_COLUMNS) {
        table_close(table);
        return err_set(err, ERR_TOO_LARGE, "表有 %zu 列，超过 %d 列", columns, UPLOAD_COLUMNS)
               || err_hint(err, "请删去不导入的列，或用命令行 tieqiao import");
    }
    headers = arena_zero(&upload->arena, columns + 1, sizeof *headers);
    for (size_t i = 0; i < columns; i++)
        headers[i] = arena_copy(&upload->arena, table_column(table, i));
    import_plan_make(upload->kind, headers, columns, &upload->arena, &upload->plan);
    upload->encoding = arena_text(&upload->arena, slice_of(table_encoding(table)));
    while (upload->samples < UPLOAD_SAMPLE && table_next(table, &row, err) == TABLE_ROW) {
        for (size_t i = 0; i < columns && i < row.count; i++)
            upload->sample[upload->samples][i] = arena_copy(&upload->arena, row.cells[i]);
        upload->samples++;
    }
    table_close(table);
    return true;
}

static bool check(struct upload *upload, bool decide, struct err *err)
{
    struct import_watch watch = {.arg = upload, .moved = moved, .bad = bad, .judged = judged, .stopped = stopped};
    char digest[IMPORT_DIGEST];
    struct import_request request = {.file = upload->name, .digest = kind_is_past(upload->kind) ? digest : NULL, .plan = &upload->plan, .actor = &upload->actor,
                                     .options = upload->options};
    bool ok;

    if ((request.digest && !import_digest(upload->path, digest, err))
        || !table_open(upload->path, upload->name, &request.table, err))
        return false;
    ok = import_check(upload->of->city->store, &request, &watch, decide, &upload->tally, err);
    upload->rest = table_rest(request.table);
    table_close(request.table);
    return ok;
}

static bool run(struct upload *upload, struct err *err)
{
    struct import_watch watch = {.arg = upload, .moved = moved, .stopped = stopped};
    int64_t twice;
    bool ok;

    if (!check(upload, true, err))
        return false;
    twice = upload->tally.twice;
    if (upload->tally.bad && !upload->options.good_only)
        return true;
    ok = import_publish(upload->of->city->store, upload->tally.job, upload->options.good_only, &watch, &upload->tally, err);
    upload->tally.twice = twice;
    return ok;
}

static enum upload_state outcome(const struct upload *upload, enum wanted wanted, bool ok)
{
    if (!ok)
        return UPLOAD_BROKEN;
    if (wanted == WANT_CHECK || !import_plan_named(&upload->plan))
        return UPLOAD_CHECKED;
    return upload->tally.bad && !upload->options.good_only ? UPLOAD_REFUSED : UPLOAD_DONE;
}

/* Without a column that names the records it only shows its columns: the person says which it is. */
static bool check_or_run(struct upload *upload, enum wanted wanted, struct err *err)
{
    if (!import_plan_named(&upload->plan))
        return true;
    return wanted == WANT_CHECK ? check(upload, false, err) : run(upload, err);
}

static void work(struct upload *upload, enum wanted wanted)
{
    struct err err = {0}, ignored;
    bool ok = upload->plan.kind || first_look(upload, &err);

    if (ok && upload->tally.job)
        import_drop(upload->of->city->store, upload->tally.job, &ignored);
    upload->tally = (struct import_tally){0};
    ok = ok && check_or_run(upload, wanted, &err);
    pthread_mutex_lock(&upload->of->mutex);
    upload->state = outcome(upload, wanted, ok);
    upload->touched_ms = clock_ms();
    upload->err = err;
    pthread_mutex_unlock(&upload->of->mutex);
    city_nudge(upload->of->city);
}

static struct upload *next_wanted(struct uploads *uploads, enum wanted *wanted)
{
    for (size_t i = 0; i < uploads->count; i++)
        if (uploads->list[i]->wanted != WANT_NOTHING) {
            *wanted = uploads->list[i]->wanted;
            uploads->list[i]->wanted = WANT_NOTHING;
            uploads->list[i]->problem_count = uploads->list[i]->row_count = 0;
            return uploads->list[i];
        }
    return NULL;
}

static void drop_now(struct uploads *uploads, int64_t job)
{
    struct err err;

    if (!import_drop(uploads->city->store, job, &err))
        log_warn("import %lld: not dropped: %s", (long long)job, err.message);
}

/* Sleeps until something is wanted, or it is time to tidy: then true. Under the mutex. */
static bool wait_long(struct uploads *uploads)
{
    if (pthread_cond_timedwait(&uploads->changed, &uploads->mutex, &uploads->tidy_at) != ETIMEDOUT)
        return false;
    uploads->tidy_at.tv_sec += TIDY_S;
    return true;
}

static void *serve_uploads(void *arg)
{
    struct uploads *uploads = arg;

    pthread_mutex_lock(&uploads->mutex);
    while (!uploads->stopping) {
        enum wanted wanted;
        struct upload *upload = next_wanted(uploads, &wanted);
        int64_t job = !upload && uploads->dropped_count ? uploads->dropped[--uploads->dropped_count] : 0;

        if (!upload && !job && !wait_long(uploads))
            continue;
        pthread_mutex_unlock(&uploads->mutex);
        if (upload)
            work(upload, wanted);
        else if (job)
            drop_now(uploads, job);
        else
            uploads_tidy(uploads, clock_ms());
        pthread_mutex_lock(&uploads->mutex);
    }
    pthread_mutex_unlock(&uploads->mutex);
    return NULL;
}

/* --- opening and closing --- */

static void upload_free(struct upload *upload)
{
    if (upload->path)
        unlink(upload->path);
    free(upload->path);
    free(upload->name);
    arena_release(&upload->arena);
    free(upload);
}

/*
 * What a killed server left, files half checked and lists half taken out, with people's data in them. The city is open with
 * its index, so that nobody else is at work in this folder.
 */
static void folder_empty(const char *folder)
{
    DIR *open = opendir(folder);
    struct dirent *entry;

    while (open && (entry = readdir(open)) != NULL)
        if (entry->d_name[0] != '.' && unlinkat(dirfd(open), entry->d_name, 0) != 0)
            log_warn("uploads: %s/%s: %s", folder, entry->d_name, strerror(errno));
    if (open)
        closedir(open);
}

bool uploads_open(struct city *city, struct uploads **out, struct err *err)
{
    struct uploads *uploads = calloc(1, sizeof *uploads);

    if (!uploads || asprintf(&uploads->folder, "%s/uploads", city->data) < 0)
        abort();
    uploads->city = city;
    *out = uploads;
    pthread_mutex_init(&uploads->mutex, NULL);
    steady_cond(&uploads->changed);
    clock_gettime(CLOCK_MONOTONIC, &uploads->tidy_at);
    uploads->tidy_at.tv_sec += TIDY_S;
    if (mkdir(uploads->folder, 0700) != 0 && errno != EEXIST)
        return err_set(err, ERR_IO, "建不了 %s：%s", uploads->folder, strerror(errno));
    folder_empty(uploads->folder);
    if (pthread_create(&uploads->thread, NULL, serve_uploads, uploads) != 0)
        return err_set(err, ERR_MEMORY, "开不了导入线程");
    return true;
}

void uploads_close(struct uploads *uploads)
{
    if (!uploads)
        return;
    pthread_mutex_lock(&uploads->mutex);
    uploads->stopping = true;
    pthread_cond_broadcast(&uploads->changed);
    pthread_mutex_unlock(&uploads->mutex);
    if (uploads->thread)
        pthread_join(uploads->thread, NULL);
    for (size_t i = 0; i < uploads->count; i++)
        upload_free(uploads->list[i]);
    pthread_cond_destroy(&uploads->changed);
    pthread_mutex_destroy(&uploads->mutex);
    free(uploads->folder);
    free(uploads);
}

/* --- taking --- */

/* Under the mutex. */
static void forget(struct uploads *uploads, size_t i)
{
    upload_free(uploads->list[i]);
    memmove(&uploads->list[i], &uploads->list[i + 1], (uploads->count - i - 1) * sizeof *uploads->list);
    uploads->count--;
}

/* Under the mutex. */
static void drop_later(struct uploads *uploads, int64_t job)
{
    if (!job || uploads->dropped_count == UPLOADS_KEPT)
        return;
    uploads->dropped[uploads->dropped_count++] = job;
    pthread_cond_broadcast(&uploads->changed);
}

/* What was staged for it goes with it; what was imported keeps its bad rows. Under the mutex. */
static void let_go(struct uploads *uploads, size_t i)
{
    int64_t job = uploads->list[i]->state == UPLOAD_DONE ? 0 : uploads->list[i]->tally.job;

    forget(uploads, i);
    drop_later(uploads, job);
}

/* Room for one more: the oldest of one's own that nobody works on goes, never somebody else's. Under the mutex. */
static bool make_room(struct uploads *uploads, int64_t account)
{
    size_t own = 0, oldest = SIZE_MAX;

    for (size_t i = 0; i < uploads->count; i++)
        if (uploads->list[i]->actor.account == account) {
            own++;
            if (oldest == SIZE_MAX && upload_at_rest(uploads->list[i]))
                oldest = i;
        }
    if (own < UPLOADS_OWN && uploads->count < UPLOADS_KEPT)
        return true;
    if (oldest == SIZE_MAX)
        return false;
    let_go(uploads, oldest);
    return true;
}

void uploads_tidy(struct uploads *uploads, int64_t now_ms)
{
    struct err err;

    pthread_mutex_lock(&uploads->mutex);
    for (size_t i = uploads->count; i-- > 0;)
        if (upload_at_rest(uploads->list[i]) && uploads->list[i]->touched_ms <= now_ms - IDLE_MS)
            let_go(uploads, i);
    pthread_mutex_unlock(&uploads->mutex);
    if (!sweep(uploads->city->store, now_ms, &err))
        log_error("sweep: %s", err.message);
}

void upload_drop(struct uploads *uploads, int64_t id, int64_t account, int64_t job)
{
    pthread_mutex_lock(&uploads->mutex);
    for (size_t i = 0; i < uploads->count; i++)
        if (uploads->list[i]->id == id && uploads->list[i]->actor.account == account && upload_at_rest(uploads->list[i])) {
            forget(uploads, i);
            break;
        }
    drop_later(uploads, job);
    pthread_mutex_unlock(&uploads->mutex);
}

static bool keep_bytes(struct upload *upload, struct slice bytes, struct err *err)
{
    FILE *file = fopen(upload->path, "wxe");
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "存不下上传的文件：%s", strerror(errno));
    ok = fwrite(bytes.at, 1, bytes.len, file) == bytes.len;
    ok = fclose(file) == 0 && ok;
    return ok || err_set(err, ERR_FULL, "磁盘空间不足，文件没有存下") || err_hint(err, "请告诉平台管理员腾出空间，再传一次");
}

static struct upload *upload_new(struct uploads *uploads, const struct actor *actor, const struct kind *kind,
                                 struct slice name)
{
    struct upload *upload = calloc(1, sizeof *upload);

    if (!upload)
        abort();
    upload->made_ms = upload->touched_ms = clock_ms();
    upload->id = ident_next(upload->made_ms);
    upload->actor = *actor;
    upload->kind = kind;
    upload->of = uploads;
    upload->state = UPLOAD_CHECKING;
    upload->wanted = WANT_CHECK;
    arena_init(&upload->arena);
    upload->problems = arena_zero(&upload->arena, UPLOAD_PROBLEMS, sizeof *upload->problems);
    if (asprintf(&upload->path, "%s/%lld", uploads->folder, (long long)upload->id) < 0
        || asprintf(&upload->name, "%.*s", (int)name.len, name.at) < 0)
        abort();
    return upload;
}

bool upload_take(struct uploads *uploads, const struct actor *actor, const struct kind *kind, struct slice name,
                 struct slice bytes, int64_t *id, struct err *err)
{
    struct upload *upload = upload_new(uploads, actor, kind, name);
    bool ok;

    *id = 0;
    upload->size = (int64_t)bytes.len;
    if (!keep_bytes(upload, bytes, err)) {
        upload_free(upload);
        return false;
    }
    pthread_mutex_lock(&uploads->mutex);
    ok = make_room(uploads, actor->account);
    if (ok) {
        uploads->list[uploads->count++] = upload;
        *id = upload->id;
        pthread_cond_broadcast(&uploads->changed);
    }
    pthread_mutex_unlock(&uploads->mutex);
    if (ok)
        return true;
    upload_free(upload);
    return err_set(err, ERR_BUSY, "同时导入的文件太多，请稍后再试");
}

static bool take_wish(struct upload *upload, const struct upload_wish *wish, struct err *err)
{
    for (size_t i = 0; wish->targets && i < wish->count && i < upload->plan.count; i++)
        if (!import_plan_set(&upload->plan, i, wish->targets[i], err))
            return false;
    if (upload->plan.kind)
        import_plan_settle(&upload->plan);
    upload->options.good_only = wish->good_only;
    snprintf(upload->options.owner, sizeof upload->options.owner, "%.*s",
             (int)utf8_head(wish->owner, OWNER_CHARS).len, wish->owner.at);
    return true;
}

static bool want(struct uploads *uploads, int64_t id, int64_t account, const struct upload_wish *wish, enum wanted wanted,
                 struct err *err)
{
    struct upload *upload;
    bool ok;

    pthread_mutex_lock(&uploads->mutex);
    upload = upload_find(uploads, id, account);
    if (!upload)
        ok = upload_missing(err);
    else if (!upload_at_rest(upload) || upload->state == UPLOAD_DONE)
        ok = err_set(err, ERR_CONFLICT, "这次导入已经在进行或已经完成") || err_hint(err, "请打开这次导入的页面看结果");
    else
        ok = take_wish(upload, wish, err);
    if (ok) {
        upload->wanted = wanted;
        upload->touched_ms = clock_ms();
        upload->state = wanted == WANT_CHECK ? UPLOAD_CHECKING : UPLOAD_RUNNING;
        upload->phase = IMPORT_CHECKING;
        upload->done = upload->total = 0;
        pthread_cond_broadcast(&uploads->changed);
    }
    pthread_mutex_unlock(&uploads->mutex);
    return ok;
}

bool upload_check(struct uploads *uploads, int64_t id, int64_t account, const struct upload_wish *wish, struct err *err)
{
    return want(uploads, id, account, wish, WANT_CHECK, err);
}

bool upload_run(struct uploads *uploads, int64_t id, int64_t account, const struct upload_wish *wish, struct err *err)
{
    return want(uploads, id, account, wish, WANT_RUN, err);
}
