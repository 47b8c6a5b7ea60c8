#include "work/stamper.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/steady.h"
#include "post/post.h"
#include "seal/stamp.h"
#include "work/sealer.h"

enum { EVERY_MS = 60 * 60 * 1000, LOOK_MS = 1000, RETRY_MS = 60 * 1000, TIMEOUT_MS = 20000, REPLY_MOST = 1 << 18 };

struct stamper {
    struct city *city;
    struct stamper_options options;
    struct post *post;
    pthread_t thread;
    pthread_mutex_t mutex; /* guards stopping */
    pthread_cond_t changed;
    bool stopping;
};

static const char stamp_newest[] = "SELECT stamped_ms, size, note, reply FROM stamp ORDER BY stamped_ms DESC LIMIT 1";
static const char stamp_put[] =
    "INSERT INTO stamp (stamped_ms, size, note, reply) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (stamped_ms) DO NOTHING";

bool stamped_newest(struct sql *sql, struct stamped *stamped, struct err *err)
{
    struct sql_rows rows;

    *stamped = (struct stamped){.time_ms = 0};
    text_init(&stamped->note);
    text_init(&stamped->reply);
    if (!sql_rows(sql, stamp_newest, SQL_NO_ARGS, &rows, err))
        return false;
    if (sql_next(&rows)) {
        stamped->time_ms = sql_number(&rows, 0);
        stamped->size = (uint64_t)sql_number(&rows, 1);
        text_add_slice(&stamped->note, sql_slice(&rows, 2));
        text_add_slice(&stamped->reply, sql_slice(&rows, 3));
    }
    return sql_done(&rows, err);
}

/* --- one stamp --- */

static bool put_step(struct sql *sql, void *arg, struct err *err)
{
    const struct stamped *stamped = arg;

    return sql_put(sql, stamp_put,
                   SQL_ARGS(sql_int(stamped->time_ms), sql_int((int64_t)stamped->size), sql_text(text_slice(&stamped->note)),
                            sql_bytes(stamped->reply.at, stamped->reply.len)),
                   err);
}

static bool ask(struct stamper *stamper, const struct text *query, struct stamped *stamped, struct err *err)
{
    const struct post_question question = {.url = stamper->options.url, .type = "application/timestamp-query",
                                           .accept = "application/timestamp-reply", .body = text_slice(query),
                                           .timeout_ms = TIMEOUT_MS, .most = REPLY_MOST};
    struct post_answer answer;
    bool ok = post_ask(stamper->post, &question, &answer) && answer.status == 200;

    if (ok)
        text_add_slice(&stamped->reply, text_slice(&answer.body));
    text_release(&answer.body);
    return ok || err_set(err, ERR_IO, "时间戳服务不通：%.150s", answer.why);
}

static bool stamp(struct stamper *stamper, struct stamped *stamped, struct err *err)
{
    struct text query;
    uint64_t nonce;
    bool ok;

    seal_random(&nonce, sizeof nonce);
    nonce >>= 1;
    text_init(&query);
    ok = seal_stamp_ask(text_slice(&stamped->note), (int64_t)nonce, &query, err) && ask(stamper, &query, stamped, err)
         && seal_stamp_read(text_slice(&stamped->reply), text_slice(&stamped->note), (int64_t)nonce, stamper->options.ca,
                            &stamped->time_ms, err)
         && store_write(stamper->city->store, "", put_step, stamped, err) == STORE_DONE;
    text_release(&query);
    return ok;
}

/* Another process may have asked meanwhile: the table knows. */
static bool is_due(struct stamper *stamper, uint64_t size, bool *due, struct err *err)
{
    struct stamped last;
    struct sql *sql;
    bool ok;

    if (!store_read(stamper->city->store, &sql, err))
        return false;
    ok = stamped_newest(sql, &last, err);
    store_read_end(stamper->city->store, sql);
    *due = size > 0 && size != last.size && clock_ms() - last.time_ms >= stamper->options.every_ms;
    text_release(&last.note);
    text_release(&last.reply);
    return ok;
}

static bool stamp_when_due(struct stamper *stamper, struct err *err)
{
    struct stamped next = {.time_ms = 0};
    bool due = false, ok = true;

    text_init(&next.note);
    text_init(&next.reply);
    if (sealer_checkpoint(stamper->city->sealer, SEAL_SHA256, &next.note, &next.size))
        ok = is_due(stamper, next.size, &due, err) && (!due || stamp(stamper, &next, err));
    if (ok && due)
        log_info("stamp: checkpoint of %llu leaves", (unsigned long long)next.size);
    text_release(&next.note);
    text_release(&next.reply);
    return ok;
}

/* --- the thread --- */

static bool rest(struct stamper *stamper, int64_t ms)
{
    struct timespec until = steady_after(ms * 1000);
    bool going;

    pthread_mutex_lock(&stamper->mutex);
    while (!stamper->stopping && pthread_cond_timedwait(&stamper->changed, &stamper->mutex, &until) == 0)
        continue;
    going = !stamper->stopping;
    pthread_mutex_unlock(&stamper->mutex);
    return going;
}

static void *stamp_main(void *arg)
{
    struct stamper *stamper = arg;
    int64_t pause = LOOK_MS;
    struct err err;

    while (rest(stamper, pause)) {
        pause = LOOK_MS;
        if (stamp_when_due(stamper, &err))
            continue;
        log_warn("stamp: %s", err.message);
        pause = stamper->options.every_ms < RETRY_MS ? LOOK_MS : RETRY_MS;
    }
    return NULL;
}

static void stamper_free(struct stamper *stamper)
{
    post_free(stamper->post);
    pthread_cond_destroy(&stamper->changed);
    pthread_mutex_destroy(&stamper->mutex);
    free(stamper);
}

bool stamper_start(struct city *city, const struct stamper_options *options, struct stamper **out, struct err *err)
{
    struct stamper *stamper;
    bool safe;

    if (!post_address(options->url, &safe))
        return err_set(err, ERR_INVALID, "时间戳服务的地址要以 https:// 或 http:// 开头：%s", options->url);
    stamper = calloc(1, sizeof *stamper);
    if (!stamper)
        abort();
    stamper->city = city;
    stamper->options = *options;
    stamper->options.every_ms = options->every_ms ? options->every_ms : EVERY_MS;
    stamper->post = post_new();
    pthread_mutex_init(&stamper->mutex, NULL);
    steady_cond(&stamper->changed);
    if (pthread_create(&stamper->thread, NULL, stamp_main, stamper) != 0) {
        stamper_free(stamper);
        return err_set(err, ERR_MEMORY, "开不了时间戳的线程");
    }
    *out = stamper;
    return true;
}

void stamper_stop(struct stamper *stamper)
{
    if (!stamper)
        return;
    pthread_mutex_lock(&stamper->mutex);
    stamper->stopping = true;
    pthread_cond_broadcast(&stamper->changed);
    pthread_mutex_unlock(&stamper->mutex);
    post_stop(stamper->post);
    pthread_join(stamper->thread, NULL);
    stamper_free(stamper);
}
