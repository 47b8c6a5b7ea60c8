#include "work/sealer_int.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/steady.h"

enum { FOLLOW_LEAVES = 4096, TICK_MS = 200, RETRY_MS = 2000, EVERY_MS = 1000, STAND_BACK_US = 5000000, COMPLAIN_US = 60000000 };

/* --- given out --- */

void sealer_publish(struct sealer *sealer, enum seal_digest digest, const struct sealed *sealed)
{
    char folder[LOGBOOK_PATH];
    struct err err;

    logbook_folder(sealer->city->data, digest, folder);
    if (!tiles_file_put(folder, "checkpoint", text_slice(&sealed->note), &err))
        log_warn("sealer: %s", err.message);
    pthread_mutex_lock(&sealer->mutex);
    text_clear(&sealer->published[digest].note);
    text_add_slice(&sealer->published[digest].note, text_slice(&sealed->note));
    memcpy(sealer->published[digest].key, sealed->key, sizeof sealed->key);
    sealer->published[digest].size = sealed->size;
    if (digest == SEAL_SHA256) {
        sealer->known.sealed = sealed->size;
        sealer->known.sealed_ms = sealed->time_ms;
    }
    pthread_mutex_unlock(&sealer->mutex);
}

bool sealer_checkpoint(struct sealer *sealer, enum seal_digest digest, struct text *note, uint64_t *size)
{
    if (!sealer)
        return false;
    pthread_mutex_lock(&sealer->mutex);
    text_add_slice(note, text_slice(&sealer->published[digest].note));
    *size = sealer->published[digest].size;
    pthread_mutex_unlock(&sealer->mutex);
    return *size > 0;
}

bool sealer_keys(struct sealer *sealer, struct text *keys)
{
    if (!sealer)
        return false;
    pthread_mutex_lock(&sealer->mutex);
    for (size_t t = 0; t < sealer->trees; t++)
        if (sealer->published[t].size > 0)
            text_print(keys, "%s\n", sealer->published[t].key);
    pthread_mutex_unlock(&sealer->mutex);
    return keys->len > 0;
}

void sealer_known(struct sealer *sealer, struct sealer_known *known)
{
    pthread_mutex_lock(&sealer->mutex);
    *known = sealer->known;
    pthread_mutex_unlock(&sealer->mutex);
}

static void tell(struct sealer *sealer, const char *why)
{
    pthread_mutex_lock(&sealer->mutex);
    snprintf(sealer->known.why, sizeof sealer->known.why, "%s", why);
    sealer->known.leaves = sealer->book ? logbook_size(sealer->book) : 0;
    pthread_mutex_unlock(&sealer->mutex);
}

/* --- a round --- */

static void view_end(struct sealer_view *view)
{
    for (size_t t = 0; t < LOGBOOK_TREES; t++)
        text_release(&view->last[t].note);
}

static bool view_read(struct sealer *sealer, struct sql *sql, struct sealer_view *view, bool *more, struct err *err)
{
    if (!ledger_size(sql, &view->size, err))
        return false;
    for (size_t t = 0; t < sealer->trees; t++)
        if (!sealed_get(sql, (enum seal_digest)t, &view->last[t], err))
            return false;
    return logbook_follow(sealer->book, sql, view->size, FOLLOW_LEAVES, more, err);
}

static bool look(struct sealer *sealer, struct sealer_view *view, bool *more, struct err *err)
{
    struct sql *sql;
    bool ok;

    if (!store_read(sealer->city->store, &sql, err))
        return false;
    ok = view_read(sealer, sql, view, more, err);
    store_read_end(sealer->city->store, sql);
    return ok;
}

static bool keys_fit(const struct sealer *sealer, const struct sealer_view *view, struct err *err)
{
    struct text key;
    bool fit = true;

    text_init(&key);
    for (size_t t = 0; t < sealer->trees && fit; t++) {
        text_clear(&key);
        note_key_write(&sealer->keys.secrets[t].key, &key);
        fit = view->last[t].size == 0 || slice_is(text_slice(&key), view->last[t].key);
    }
    text_release(&key);
    return fit || err_set(err, ERR_CONFLICT, "这个账本的检查点是用另一把钥匙签的，这里不签")
           || err_hint(err, "几个服务程序要用同一把：把签的那台的 keys 文件夹复制过来(docs/ledger.md)");
}

/* What another process signed, or a former life of this one, as soon as the tiles for it are here. */
static bool take_over(struct sealer *sealer, const struct sealer_view *view, struct err *err)
{
    struct err other;

    if (view->last[SEAL_SHA256].size == sealer->published[SEAL_SHA256].size)
        return true;
    if (sealer->has_keys && keys_fit(sealer, view, &other) && !sealer_remember(sealer, view->last, err))
        return false;
    if (view->last[SEAL_SHA256].size != sealer->seen) {
        sealer->seen = view->last[SEAL_SHA256].size;
        sealer->seen_us = clock_steady_us();
    }
    for (size_t t = 0; t < sealer->trees; t++)
        if (view->last[t].size > 0 && view->last[t].size != sealer->published[t].size
            && view->last[t].size <= logbook_size(sealer->book))
            sealer_publish(sealer, (enum seal_digest)t, &view->last[t]);
    return true;
}

static bool is_due(const struct sealer *sealer, const struct sealer_view *view)
{
    int64_t now = clock_steady_us();

    return sealer->has_keys && logbook_size(sealer->book) > view->last[SEAL_SHA256].size && now >= sealer->stand_back_us
        && now - sealer->seen_us >= sealer->options.every_ms * 1000;
}

static bool seal_when_due(struct sealer *sealer, const struct sealer_view *view, struct err *err)
{
    bool signed_now = true;

    if (!is_due(sealer, view))
        return true;
    if (!keys_fit(sealer, view, err) || !sealer_extends(sealer, view, err) || !sealer_sign(sealer, view, &signed_now, err))
        return false;
    if (signed_now) {
        sealer->seen = logbook_size(sealer->book);
        sealer->seen_us = clock_steady_us();
        sealer->mended = false;
    } else {
        sealer->stand_back_us = clock_steady_us() + STAND_BACK_US;
    }
    return true;
}

/* Roots that do not fit: the tiles may be spoilt, so once they are made anew before the leaves are blamed. */
static bool doubted(struct sealer *sealer, struct err *err)
{
    if (err->code != ERR_CORRUPT || sealer->mended || !sealer->book)
        return false;
    log_warn("sealer: %s; tiles made anew", err->message);
    sealer->mended = true;
    return logbook_clear(sealer->book, err);
}

static bool settle(struct sealer *sealer, const struct sealer_view *view, bool *more, struct err *err)
{
    bool news = view->last[SEAL_SHA256].size != sealer->seen || is_due(sealer, view);

    if (*more || !news)
        return true;
    if (sealer_extends(sealer, view, err)) {
        return take_over(sealer, view, err) && seal_when_due(sealer, view, err);
    }
    if (!doubted(sealer, err))
        return false;
    *more = true;
    return true;
}

static bool round_once(struct sealer *sealer, bool *more, struct err *err)
{
    struct sealer_view view = {.size = 0};
    bool ok = sealer->book || logbook_open(sealer->city->data, sealer->trees > 1, &sealer->book, err);

    *more = false;
    ok = ok && look(sealer, &view, more, err);
    if (!ok && sealer->book) { /* what is in memory may differ from what is on the disk */
        logbook_close(sealer->book);
        sealer->book = NULL;
    }
    ok = ok && settle(sealer, &view, more, err);
    view_end(&view);
    return ok;
}

/* --- the thread --- */

/* Rests a moment; what was asked for meanwhile is said in *rebuild. false: it is over. */
static bool rest(struct sealer *sealer, int64_t ms, bool *rebuild)
{
    struct timespec until = steady_after(ms * 1000);
    bool going;

    pthread_mutex_lock(&sealer->mutex);
    while (ms > 0 && !sealer->stopping && !sealer->rebuild)
        if (pthread_cond_timedwait(&sealer->changed, &sealer->mutex, &until) != 0)
            break;
    *rebuild = sealer->rebuild;
    going = !sealer->stopping;
    pthread_mutex_unlock(&sealer->mutex);
    return going;
}

static void rebuilt(struct sealer *sealer, const struct err *err)
{
    pthread_mutex_lock(&sealer->mutex);
    sealer->rebuilt = *err;
    sealer->rebuild = false;
    pthread_cond_broadcast(&sealer->changed);
    pthread_mutex_unlock(&sealer->mutex);
}

static bool clear(struct sealer *sealer, struct err *err)
{
    return (sealer->book || logbook_open(sealer->city->data, sealer->trees > 1, &sealer->book, err))
        && logbook_clear(sealer->book, err);
}

static void complain(struct sealer *sealer, const struct err *err, int64_t *told_us)
{
    tell(sealer, err->message);
    if (*told_us && clock_steady_us() - *told_us < COMPLAIN_US)
        return;
    log_error("sealer: %s", err->message);
    *told_us = clock_steady_us();
}

static void *seal_main(void *arg)
{
    struct sealer *sealer = arg;
    int64_t told_us = 0, pause = 0;
    bool more = false, rebuilding = false, wanted;
    struct err err;

    while (rest(sealer, pause, &wanted)) {
        bool ok = true;

        err_clear(&err);
        if (wanted && !rebuilding)
            ok = rebuilding = clear(sealer, &err);
        ok = ok && round_once(sealer, &more, &err);
        if (ok)
            tell(sealer, sealer->has_keys ? "" : N_("这里没有签检查点的钥匙，由别的服务程序签；钥匙丢了就用 tieqiao log new 重新开始"));
        else
            complain(sealer, &err, &told_us);
        if (wanted && (!ok || !more)) {
            rebuilt(sealer, &err);
            rebuilding = false;
        }
        pause = !ok ? RETRY_MS : more ? 0 : TICK_MS;
    }
    err_set(&err, ERR_BUSY, "服务正在结束，下次启动接着做");
    rebuilt(sealer, &err);
    return NULL;
}

/* --- beginning and end --- */

bool sealer_keys_make(struct city *city, const char *name, bool *made, struct err *err)
{
    struct sealed last;
    struct sql *sql;
    bool ok;

    *made = false;
    if (!store_read(city->store, &sql, err))
        return false;
    ok = sealed_get(sql, SEAL_SHA256, &last, err);
    store_read_end(city->store, sql);
    text_release(&last.note);
    if (!ok || last.size > 0)
        return ok;
    *made = log_keys_make(city->data, slice_of(name ? name : ""), err);
    return *made || err->code == ERR_CONFLICT;
}

/* A city of before there were checkpoints gets its keys at the first start; one that others sign for gets none. */
static bool keys_take(struct sealer *sealer, struct err *err)
{
    const char *data = sealer->city->data;
    bool made;

    sealer->has_keys = log_keys_load(data, sealer->options.twin, &sealer->keys, err);
    if (sealer->has_keys)
        return true;
    if (err->code != ERR_MISSING || !sealer_keys_make(sealer->city, sealer->options.name, &made, err))
        return false;
    sealer->has_keys = made && log_keys_load(data, sealer->options.twin, &sealer->keys, err);
    return sealer->has_keys || !made;
}

static void sealer_free(struct sealer *sealer)
{
    logbook_close(sealer->book);
    for (size_t t = 0; t < LOGBOOK_TREES; t++)
        text_release(&sealer->published[t].note);
    seal_wipe(&sealer->keys, sizeof sealer->keys);
    pthread_cond_destroy(&sealer->changed);
    pthread_mutex_destroy(&sealer->mutex);
    free(sealer);
}

static struct sealer *sealer_new(struct city *city, const struct sealer_options *options)
{
    struct sealer *sealer = calloc(1, sizeof *sealer);

    if (!sealer)
        abort();
    sealer->city = city;
    sealer->options = *options;
    sealer->options.every_ms = options->every_ms ? options->every_ms : EVERY_MS;
    sealer->trees = options->twin ? 2 : 1;
    seal_random(&sealer->holder, sizeof sealer->holder);
    pthread_mutex_init(&sealer->mutex, NULL);
    steady_cond(&sealer->changed);
    for (size_t t = 0; t < LOGBOOK_TREES; t++)
        text_init(&sealer->published[t].note);
    return sealer;
}

bool sealer_start(struct city *city, const struct sealer_options *options, struct err *err)
{
    struct sealer *sealer = sealer_new(city, options);

    if (!keys_take(sealer, err)) {
        sealer_free(sealer);
        return false;
    }
    if (sealer->has_keys)
        snprintf(sealer->known.name, sizeof sealer->known.name, "%s", sealer->keys.secrets[SEAL_SHA256].key.name);
    if (pthread_create(&sealer->thread, NULL, seal_main, sealer) != 0) {
        sealer_free(sealer);
        return err_set(err, ERR_MEMORY, "开不了签检查点的线程");
    }
    city->sealer = sealer;
    return true;
}

void sealer_stop(struct sealer *sealer)
{
    if (!sealer)
        return;
    pthread_mutex_lock(&sealer->mutex);
    sealer->stopping = true;
    pthread_cond_broadcast(&sealer->changed);
    pthread_mutex_unlock(&sealer->mutex);
    pthread_join(sealer->thread, NULL);
    sealer_leave(sealer);
    sealer->city->sealer = NULL;
    sealer_free(sealer);
}

bool sealer_rebuild(struct sealer *sealer, struct err *err)
{
    pthread_mutex_lock(&sealer->mutex);
    sealer->rebuild = true;
    pthread_cond_broadcast(&sealer->changed);
    while (sealer->rebuild)
        pthread_cond_wait(&sealer->changed, &sealer->mutex);
    *err = sealer->rebuilt;
    pthread_mutex_unlock(&sealer->mutex);
    return err->code == ERR_NONE;
}

/* --- where nobody serves --- */

static bool follow_all(struct city *city, struct logbook *book, struct err *err)
{
    bool more = true, ok = logbook_clear(book, err);

    while (ok && more) {
        struct sql *sql;
        uint64_t size;

        if (!store_read(city->store, &sql, err))
            return false;
        ok = ledger_size(sql, &size, err) && logbook_follow(book, sql, size, FOLLOW_LEAVES, &more, err);
        store_read_end(city->store, sql);
    }
    return ok;
}

bool logbook_rebuild(struct city *city, struct err *err)
{
    char twin[LOGBOOK_PATH];
    struct logbook *book;
    bool ok;

    logbook_folder(city->data, SEAL_SM3, twin);
    if (!logbook_open(city->data, access(twin, F_OK) == 0, &book, err))
        return false;
    ok = follow_all(city, book, err);
    logbook_close(book);
    return ok;
}
