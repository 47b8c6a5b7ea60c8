#include "work/city.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/steady.h"
#include "base/text.h"
#include "ledger/ledger.h"
#include "record/record.h"
#include "record/tree.h"
#include "work/fit.h"
#include "work/import.h"
#include "work/index.h"
#include "work/lexicon.h"
#include "work/loan.h"
#include "work/matter.h"
#include "work/pilot.h"
#include "work/refacet.h"
#include "work/restore.h"
#include "work/standing.h"

enum { INDEX_LEAVES = 500, FIT_LEAVES = 8, FIT_PATIENCE_US = 1000000, TICK_MS = 200, RETRY_MS = 1000, PROGRESS_US = 2000000 };

static char *joined(const char *folder, const char *name)
{
    struct text path;

    text_init(&path);
    text_print(&path, "%s/%s", folder, name);
    return text_detach(&path);
}

static bool folder_make(const char *path, struct err *err)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return true;
    err_set(err, ERR_IO, "建不了数据目录 %s：%s", path, strerror(errno));
    return err_hint(err, "换一个可写的目录：--data DIR");
}

/* --- the follower thread --- */

static void nap(struct city *city, int64_t ms)
{
    struct timespec until = steady_after(ms * 1000);

    pthread_mutex_lock(&city->mutex);
    while (!city->nudged && !city->stopping)
        if (pthread_cond_timedwait(&city->changed, &city->mutex, &until) != 0)
            break;
    city->nudged = false;
    pthread_mutex_unlock(&city->mutex);
}

static bool stopping(struct city *city)
{
    bool stop;

    pthread_mutex_lock(&city->mutex);
    stop = city->stopping;
    pthread_mutex_unlock(&city->mutex);
    return stop;
}

/* Where the followers stand; who asked for a rebuild meanwhile has set both to 0, and so they stay. */
static void tell(struct city *city, uint64_t indexed, uint64_t fitted)
{
    pthread_mutex_lock(&city->mutex);
    if (!city->rebuild) {
        city->indexed = indexed;
        city->fitted = fitted;
    }
    pthread_cond_broadcast(&city->changed);
    pthread_mutex_unlock(&city->mutex);
}

static bool forget(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "DELETE FROM fit", SQL_NO_ARGS, err) && ledger_cursor_set(sql, "fit", 0, err) && standing_forget(sql, err)
           && indicator_forget(sql, err);
}

static bool drop_all(struct city *city, struct err *err)
{
    struct match_err problem;

    err_clear(err);
    if (!match_clear(city->index, &problem))
        return err_set(err, ERR_IO, "清不掉匹配索引：%s", problem.message);
    return store_write(city->store, "", forget, NULL, err) == STORE_DONE;
}

/* Before a round: where it begins, after a rebuild if one was asked for. */
static void round_begin(struct city *city, uint64_t *indexed, uint64_t *fitted)
{
    struct err err;

    pthread_mutex_lock(&city->mutex);
    if (city->rebuild) {
        pthread_mutex_unlock(&city->mutex);
        drop_all(city, &err);
        pthread_mutex_lock(&city->mutex);
        city->rebuilt = err;
        city->rebuild = false;
        pthread_cond_broadcast(&city->changed);
    }
    *indexed = city->indexed;
    *fitted = city->fitted;
    pthread_mutex_unlock(&city->mutex);
}

/* Lists of who fits cost the writer a hundred rows a record: while people's own writes wait, they do, for a second at most. */
static bool people_wait(struct city *city)
{
    int64_t now = clock_steady_us();

    if (store_state(city->store).queued > 0 && now - city->fit_us < FIT_PATIENCE_US)
        return true;
    city->fit_us = now;
    return false;
}

/* One round of the followers; the index goes first, the lists take what time is left. */
static bool follow_once(struct city *city, bool *more, struct err *err)
{
    uint64_t indexed, fitted;
    bool more_index = false, more_fit = false, more_facets = false, more_harvest = false, more_lines = false, ok;

    round_begin(city, &indexed, &fitted);
    ok = index_follow(city, INDEX_LEAVES, &indexed, &more_index, err)
         && harvest_follow(city->store, &city->harvest, clock_ms, &more_harvest, err);
    if (ok && !more_index && !people_wait(city))
        ok = fit_follow(city, FIT_LEAVES, indexed, &fitted, &more_fit, err) && refacet(city->store, &more_facets, err);
    if (ok)
        tell(city, indexed, fitted);
    ok = ok && indicator_follow(city->store, city->indicators, city->law.calendar, clock_ms(), &more_lines, err);
    *more = more_index || more_fit || more_facets || more_harvest || more_lines;
    return ok;
}

static void *follow(void *arg)
{
    struct city *city = arg;
    struct err err;
    bool more;

    while (!stopping(city)) {
        node_keep(&city->node, clock_ms());
        if (follow_once(city, &more, &err)) {
            if (!more)
                nap(city, TICK_MS);
            continue;
        }
        log_error("follower: %s", err.message);
        nap(city, RETRY_MS);
    }
    return NULL;
}

static bool follower_start(struct city *city, struct err *err)
{
    if (pthread_create(&city->follower, NULL, follow, city) != 0)
        return err_set(err, ERR_MEMORY, "开不了索引线程");
    city->following = true;
    return true;
}

void city_nudge(struct city *city)
{
    pthread_mutex_lock(&city->mutex);
    city->nudged = true;
    city->rung++;
    pthread_cond_broadcast(&city->changed);
    pthread_mutex_unlock(&city->mutex);
}

void city_ring(struct city *city)
{
    pthread_mutex_lock(&city->mutex);
    city->rung++;
    pthread_cond_broadcast(&city->changed);
    pthread_mutex_unlock(&city->mutex);
}

uint64_t city_await(struct city *city, uint64_t seen, int64_t most_ms)
{
    struct timespec until = steady_after(most_ms * 1000);

    pthread_mutex_lock(&city->mutex);
    while (city->rung == seen)
        if (pthread_cond_timedwait(&city->changed, &city->mutex, &until) != 0)
            break;
    seen = city->rung;
    pthread_mutex_unlock(&city->mutex);
    return seen;
}

/* most_us 0: however long it takes. */
static bool ledger_now(struct city *city, int64_t most_us, uint64_t *size)
{
    struct err ignored;
    struct sql *sql;
    bool ok;

    if (!store_read_within(city->store, most_us, &sql, &ignored))
        return false;
    ok = ledger_size(sql, size, &ignored);
    store_read_end(city->store, sql);
    return ok;
}

bool city_progress(struct city *city, uint64_t *size, uint64_t *indexed, uint64_t *fitted)
{
    pthread_mutex_lock(&city->mutex);
    *indexed = city->indexed;
    *fitted = city->fitted;
    pthread_mutex_unlock(&city->mutex);
    return ledger_now(city, PROGRESS_US, size);
}

bool city_settled(struct city *city, bool fit, int64_t most_ms)
{
    int64_t until = clock_steady_us() + most_ms * 1000;
    uint64_t size;
    bool done;

    if (!ledger_now(city, 0, &size))
        return false;
    for (;;) {
        pthread_mutex_lock(&city->mutex);
        done = city->indexed >= size && (!fit || city->fitted >= size);
        pthread_mutex_unlock(&city->mutex);
        if (done || clock_steady_us() > until)
            return done;
        city_nudge(city);
        nanosleep(&(struct timespec){0, 2000000}, NULL);
    }
}

/* --- opening and closing --- */

/* A torn index is thrown away and made anew from the records: it is a projection, nothing is lost with it. */
static bool index_open(struct city *city, struct err *err)
{
    struct match_options options = {.merge_threads = 1};
    struct match_err problem;
    char *folder = joined(city->data, "index");
    bool ok = match_open(folder, &options, &city->index, &problem);

    if (!ok && problem.code == MATCH_CORRUPT) {
        log_warn("index: %s; made anew from the records", problem.message);
        ok = match_remove(folder, &problem) && match_open(folder, &options, &city->index, &problem);
    }
    if (ok)
        lexicon_bring(city);
    if (ok)
        index_mark_read(city); /* `indexed` stays 0 until the follower has seen whether the index is of these records */
    else
        ok = err_set(err, ERR_IO, "打不开匹配索引 %s：%s", folder, problem.message)
             || err_hint(err, "索引可以重建：停下服务，删去这个文件夹，再启动");
    free(folder);
    return ok;
}

static bool store_start(struct city *city, const struct city_options *options, struct err *err)
{
    char *schema = joined(city->share, "schema"), *url = joined("sqlite:", city->data);
    struct store_options with = {.migrate = !options->as_is, .schema = schema,
                                 .existing = options->existing || options->as_is};
    bool ok;

    ledger_attach(&with);
    memmove(url + 7, url + 8, strlen(url + 8) + 1); /* "sqlite:/" + path -> "sqlite:" + path */
    ok = store_open(options->url ? options->url : url, &with, &city->store, err);
    free(schema);
    free(url);
    return ok;
}

/* A restore that was cut off is ended before the records are opened. */
static bool place_settle(const char *data, struct err *err)
{
    char *cut_off = joined(data, ".restoring");
    bool ok = true;
    int lock;

    if (access(cut_off, F_OK) == 0) {
        ok = store_claim(data, &lock, err);
        if (ok) {
            ok = restore_settle(data, err);
            close(lock);
        }
    }
    free(cut_off);
    return ok;
}

/*
 * Server processes on one PostgreSQL, and commands beside them, need ids of their own. A server that cannot write just now
 * still serves its readers; the follower goes on trying.
 */
static bool node_start(struct city *city, const struct city_options *options, struct err *err)
{
    if (!options->url || options->as_is
        || node_take(&city->node, city->store, options->follow ? NODE_LEASE_MS : NODE_DAY_MS, clock_ms(), err))
        return true;
    if (!options->follow || err->code == ERR_BUSY)
        return false;
    log_error("node: no number yet: %s", err->message);
    return true;
}

static bool trees_start(const struct city *city, struct err *err)
{
    char *codes = joined(city->share, "codes");
    bool ok = trees_load(codes, err);

    free(codes);
    return ok;
}

static struct city *city_new(const struct city_options *options)
{
    struct city *city = calloc(1, sizeof *city);

    if (!city)
        abort();
    city->data = strdup(options->data);
    city->share = strdup(options->share);
    pthread_mutex_init(&city->mutex, NULL);
    steady_cond(&city->changed);
    return city;
}

/* What was decided before a crash is finished. If it can't be (disk full), reading goes on and the next start tries again. */
static bool imports_resume(struct city *city)
{
    struct err err;

    if (!import_resume(city->store, &err))
        log_error("import: not finished: %s", err.message);
    return true;
}

bool city_open(const struct city_options *options, struct city **out, struct err *err)
{
    struct city *city = city_new(options);

    *out = NULL;
    record_start();
    matter_start();
    finance_start();
    pilot_start();
    /* The folder comes after the records: where these must be there and are not, nothing is made. */
    if (place_settle(options->data, err) && trees_start(city, err) && law_open(city->share, &city->law, err)
        && indicators_open(city->share, &city->indicators, err)
        && store_start(city, options, err) && node_start(city, options, err)
        && (options->as_is || folder_make(options->data, err))
        && (!options->follow || (imports_resume(city) && index_open(city, err) && follower_start(city, err)))) {
        *out = city;
        return true;
    }
    city_close(city);
    return false;
}

void city_close(struct city *city)
{
    if (!city)
        return;
    if (city->following) {
        pthread_mutex_lock(&city->mutex);
        city->stopping = true;
        pthread_cond_broadcast(&city->changed);
        pthread_mutex_unlock(&city->mutex);
        pthread_join(city->follower, NULL);
        fit_leave(city);
    }
    node_leave(&city->node);
    if (city->index)
        match_close(city->index);
    if (city->store)
        store_close(city->store);
    pthread_cond_destroy(&city->changed);
    pthread_mutex_destroy(&city->mutex);
    law_close(&city->law);
    indicators_close(city->indicators);
    free(city->data);
    free(city->share);
    free(city);
}

bool city_rebuild(struct city *city, struct err *err)
{
    pthread_mutex_lock(&city->mutex);
    city->rebuild = city->nudged = true;
    city->indexed = city->fitted = 0;
    pthread_cond_broadcast(&city->changed);
    while (city->rebuild)
        pthread_cond_wait(&city->changed, &city->mutex);
    *err = city->rebuilt;
    pthread_mutex_unlock(&city->mutex);
    return err->code == ERR_NONE;
}
