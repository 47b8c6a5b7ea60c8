#include "work/reminder_int.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/steady.h"
#include "work/matter.h"
#include "work/news.h"
#include "work/notify.h"
#include "work/standing.h"

enum { TICK_MS = 300, RETRY_MS = 2000, CLOCK_US = 60000000, COMPLAIN_US = 60000000, TICKS_A_CALL = 50, DELIVER_MS = 1000, AWAY_MS = 5000 };

/* --- resting --- */

static bool rest(struct reminder *reminder, int64_t ms, bool woken_by_news)
{
    struct timespec until = steady_after(ms * 1000);
    bool going;

    pthread_mutex_lock(&reminder->mutex);
    while (ms > 0 && !reminder->stopping && !(woken_by_news && reminder->news))
        if (pthread_cond_timedwait(&reminder->changed, &reminder->mutex, &until) != 0)
            break;
    if (woken_by_news)
        reminder->news = false;
    going = !reminder->stopping;
    pthread_mutex_unlock(&reminder->mutex);
    return going;
}

static void tell_news(struct reminder *reminder)
{
    pthread_mutex_lock(&reminder->mutex);
    reminder->news = true;
    pthread_cond_broadcast(&reminder->changed);
    pthread_mutex_unlock(&reminder->mutex);
}

static void grumble(const char *who, const struct err *err, int64_t *told_us)
{
    if (*told_us && clock_steady_us() - *told_us < COMPLAIN_US)
        return;
    log_error("%s: %s", who, err->message);
    *told_us = clock_steady_us();
}

/* --- following --- */

/* Deals first: what the clock finds due is then followed like everything else. It looks once a minute, and when deals have moved. */
static bool follow_once(struct reminder *reminder, int64_t *clock_us, bool *more, struct err *err)
{
    struct store *store = reminder->city->store;
    const struct law *law = &reminder->city->law;
    size_t changed = 0, told = 0, late = 0, fresh = 0, made = 0;
    bool more_deals = false, more_due = false, more_late = false, more_leaves = false;

    if (!standing_follow(store, law, clock_ms(), &changed, &more_deals, err))
        return false;
    if (!more_deals && (changed || !*clock_us || clock_steady_us() - *clock_us > CLOCK_US)) {
        *clock_us = clock_steady_us();
        if (!standing_tick(store, law, clock_ms(), TICKS_A_CALL, &told, &more_due, err)
            || !matter_tick(store, clock_ms(), TICKS_A_CALL, &late, &more_late, err) || !news_tick(store, clock_ms(), &fresh, err))
            return false;
        *clock_us = more_due || more_late ? 0 : *clock_us;
    }
    if (!notify_follow(store, law, &made, &more_leaves, err))
        return false;
    if (made || fresh)
        tell_news(reminder);
    *more = more_deals || more_due || more_late || more_leaves || told || late;
    return true;
}

static void *follow_main(void *arg)
{
    struct reminder *reminder = arg;
    int64_t told_us = 0, clock_us = 0, pause = 0;
    bool more = false;
    struct err err;

    while (rest(reminder, pause, false)) {
        err_clear(&err);
        pause = TICK_MS;
        if (!follow_once(reminder, &clock_us, &more, &err)) {
            grumble("reminders", &err, &told_us);
            pause = RETRY_MS;
        } else if (more) {
            pause = 0;
        }
    }
    return NULL;
}

/* --- delivering --- */

static void *carry_main(void *arg)
{
    struct reminder *reminder = arg;
    int64_t told_us = 0, pause = 0;
    bool busy = false;
    struct err err;

    while (rest(reminder, pause, true)) {
        err_clear(&err);
        pause = DELIVER_MS;
        if (!deliver_round(reminder, &busy, &err)) {
            grumble("reminders: delivery", &err, &told_us);
            pause = AWAY_MS;
        } else if (busy) {
            pause = 0;
        }
    }
    return NULL;
}

/* --- beginning and end --- */

bool reminder_hooks(const struct reminder *reminder)
{
    return reminder && reminder->options.hook_url;
}

bool reminder_mails(const struct reminder *reminder)
{
    return reminder && reminder->options.smtp_url;
}

const char *reminder_site(const struct reminder *reminder)
{
    return reminder && reminder->options.site ? reminder->options.site : "";
}

static bool options_fit(const struct reminder_options *options, struct err *err)
{
    bool safe = false, site_safe;

    if (options->site && !post_address(options->site, &site_safe))
        return err_set(err, ERR_INVALID, "--site 要写本站对外的网址，以 https:// 或 http:// 开头");
    if (options->hook_url && (!post_address(options->hook_url, &safe) || !safe))
        return err_set(err, ERR_INVALID, "--notify-url 要以 https:// 开头")
               || err_hint(err, "提醒里有项目名称，路上不能被人看到；本机的服务可以用 http://127.0.0.1");
    if (options->hook_url && options->hook_secret.len < 16)
        return err_set(err, ERR_INVALID, "--notify-secret-file 的第一行至少要 16 个字符") || err_hint(err, "如 openssl rand -hex 32 的输出");
    if (options->smtp_url && !post_mail_server(options->smtp_url))
        return err_set(err, ERR_INVALID, "--smtp-url 要写 smtp://主机:587 或 smtps://主机:465");
    if (options->smtp_url && (!options->smtp_from || !post_mail_address(slice_of(options->smtp_from))))
        return err_set(err, ERR_INVALID, "--smtp-from 要写发信的邮箱地址");
    return true;
}

static struct reminder *reminder_new(struct city *city, const struct reminder_options *options)
{
    struct reminder *reminder = calloc(1, sizeof *reminder);

    if (!reminder)
        abort();
    reminder->city = city;
    reminder->options = *options;
    reminder->options.retry_ms = options->retry_ms ? options->retry_ms : 60000;
    reminder->post = post_new();
    reminder->holder = city->node.number + 1; /* on SQLite 1 again after a crash: nobody else can hold it */
    pthread_mutex_init(&reminder->mutex, NULL);
    steady_cond(&reminder->changed);
    return reminder;
}

bool reminder_start(struct city *city, const struct reminder_options *options, struct err *err)
{
    struct reminder *reminder;

    if (!options_fit(options, err))
        return false;
    reminder = reminder_new(city, options);
    city->reminder = reminder;
    reminder->following = pthread_create(&reminder->follower, NULL, follow_main, reminder) == 0;
    if (reminder->following && (options->hook_url || options->smtp_url))
        reminder->carrying = pthread_create(&reminder->carrier, NULL, carry_main, reminder) == 0;
    if (reminder->following && (reminder->carrying || (!options->hook_url && !options->smtp_url)))
        return true;
    reminder_stop(reminder);
    return err_set(err, ERR_MEMORY, "开不了提醒的线程");
}

void reminder_stop(struct reminder *reminder)
{
    if (!reminder)
        return;
    pthread_mutex_lock(&reminder->mutex);
    reminder->stopping = true;
    pthread_cond_broadcast(&reminder->changed);
    pthread_mutex_unlock(&reminder->mutex);
    post_stop(reminder->post);
    if (reminder->following)
        pthread_join(reminder->follower, NULL);
    if (reminder->carrying) {
        pthread_join(reminder->carrier, NULL);
        deliver_leave(reminder);
    }
    reminder->city->reminder = NULL;
    post_free(reminder->post);
    pthread_cond_destroy(&reminder->changed);
    pthread_mutex_destroy(&reminder->mutex);
    free(reminder);
}

/* --- for the operator, and the broom --- */

enum { DAY_MS = 86400000, FAILED_DAYS = 30, READ_DAYS = 180 };

bool reminder_known(struct sql *sql, int64_t now_ms, struct reminder_known *known, struct err *err)
{
    struct sql_rows rows;
    bool found;

    *known = (struct reminder_known){.waiting = 0};
    if (!sql_one(sql, "SELECT count(*) FROM delivery WHERE state = 0", SQL_NO_ARGS, &known->waiting, &found, err)
        || !sql_one(sql, "SELECT count(*) FROM delivery WHERE state = 2 AND made_ms > ?1",
                    SQL_ARGS(sql_int(now_ms - (int64_t)FAILED_DAYS * DAY_MS)), &known->failed, &found, err)
        || !sql_rows(sql, "SELECT made_ms, why FROM delivery WHERE state = 2 ORDER BY made_ms DESC LIMIT 1", SQL_NO_ARGS, &rows, err))
        return false;
    if (sql_next(&rows)) {
        struct slice why = sql_slice(&rows, 1);

        known->failed_ms = sql_number(&rows, 0);
        snprintf(known->why, sizeof known->why, "%.*s", (int)why.len, why.at);
    }
    return sql_done(&rows, err);
}

bool reminder_sweep(struct sql *sql, int64_t now_ms, struct err *err)
{
    return sql_put(sql, "DELETE FROM delivery WHERE made_ms < ?1 AND state <> 0", SQL_ARGS(sql_int(now_ms - (int64_t)FAILED_DAYS * DAY_MS)), err)
           && sql_put(sql, "DELETE FROM inbox WHERE read_ms < ?1", SQL_ARGS(sql_int(now_ms - (int64_t)READ_DAYS * DAY_MS)), err);
}
