/* Handing messages to the gateway and to the mail server, one at a time. */
#include "work/reminder_int.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "seal/seal.h"
#include "work/inbox.h"
#include "work/lease.h"
#include "work/wish.h"

enum { ROUND_MOST = 20, LEASE_MS = 15000, TIMEOUT_MS = 8000 /* well within the lease */, ANSWER_MOST = 1 << 16, LONGEST_MS = 3600000, DAY_MS = 86400000 };
enum { STATE_WAITS, STATE_DONE, STATE_GIVEN_UP };

static const char lease_name[] = "reminders";

struct parcel {
    int64_t account, leaf, tries, made_ms; /* leaf -1: the code for an address */
    bool mail;
    /* what becomes of it */
    int64_t now_ms, holder, state, next_ms;
    bool held;                             /* the lease is still ours */
    char why[200];
};

struct words {
    struct arena arena;
    struct wish wish;
    struct actor actor;
    char id[MESSAGE_ID];
    struct slice title, text;
    const char *link;
    int64_t at_ms;
};

/* --- what it says --- */

static const char *link_to(const struct reminder *reminder, const char *path, struct arena *arena)
{
    return arena_print(arena, "%s%s", reminder_site(reminder), path);
}

static void words_code(const struct reminder *reminder, const struct parcel *parcel, struct words *words)
{
    bool english = words->wish.english;

    snprintf(words->id, sizeof words->id, "address-%lld-%lld", (long long)parcel->account, (long long)parcel->made_ms);
    words->title = english ? SLICE("Tieqiao: confirm your address") : SLICE("铁桥：确认邮箱地址");
    words->text = slice_of(arena_print(&words->arena, english ? "The code is %s. Type it on your account's page." : "验证码是 %s，请填在账号页上。", words->wish.code));
    words->link = link_to(reminder, "/account", &words->arena);
}

static bool words_message(const struct reminder *reminder, struct sql *sql, const struct parcel *parcel, struct words *words, struct err *err)
{
    bool english = words->wish.english;
    struct message message;
    struct slice title, says;

    if (!inbox_get(sql, parcel->account, (uint64_t)parcel->leaf, &words->arena, &message, err)
        || !message_title(sql, &words->actor, &message, &words->arena, &title, err))
        return false;
    says = message_say(&message, english, &words->arena);
    message_id(&message, words->id);
    words->title = english ? SLICE("Tieqiao: something waits for you") : SLICE("铁桥：有一件事轮到您");
    if (title.len)
        words->text = slice_of(arena_print(&words->arena, english ? "“%.*s”: %.*s. Sign in to see it." : "“%.*s”：%.*s，登录查看。", (int)title.len,
                                           title.at, (int)says.len, says.at));
    else
        words->text = slice_of(arena_print(&words->arena, english ? "%.*s. Sign in to see it." : "%.*s，登录查看。", (int)says.len, says.at));
    words->link = link_to(reminder, message_path(&message, &words->arena), &words->arena);
    return true;
}

/* false, with err; is_gone() says whether it is so for good. */
static bool words_find(const struct reminder *reminder, const struct parcel *parcel, struct words *words, struct err *err)
{
    struct sql *sql;
    bool ok;

    if (!store_read(reminder->city->store, &sql, err))
        return false;
    words->at_ms = parcel->made_ms;
    ok = actor_load(sql, parcel->account, &words->actor, err) && wish_get(sql, parcel->account, &words->wish, err);
    if (ok && parcel->leaf < 0)
        words_code(reminder, parcel, words);
    else
        ok = ok && words_message(reminder, sql, parcel, words, err);
    store_read_end(reminder->city->store, sql);
    return ok;
}

/* --- the two ways --- */

static void hook_body(const struct words *words, struct text *body)
{
    json_t *json = json_object();
    char at[CLOCK_TEXT];

    json_put(json, "id", slice_of(words->id));
    json_put(json, "to", slice_of(words->actor.login));
    json_put(json, "title", words->title);
    json_put(json, "text", words->text);
    json_put(json, "link", slice_of(words->link));
    json_put(json, "at", slice_of(clock_show_iso(words->at_ms, at)));
    json_write(json, body);
    json_decref(json);
}

static bool hook_send(const struct reminder *reminder, const struct words *words, char why[200])
{
    struct post_question question = {.url = reminder->options.hook_url, .type = "application/json; charset=utf-8", .timeout_ms = TIMEOUT_MS,
                                     .most = ANSWER_MOST};
    unsigned char mac[SEAL_HASH];
    char hex[2 * SEAL_HASH + 1], header[40 + sizeof hex];
    struct post_answer answer;
    struct text body;
    bool ok;

    text_init(&body);
    hook_body(words, &body);
    seal_hmac(reminder->options.hook_secret, text_slice(&body), mac);
    seal_hex(mac, sizeof mac, hex);
    snprintf(header, sizeof header, "X-Tieqiao-Signature: sha256=%s", hex);
    question.body = text_slice(&body);
    question.more = header;
    ok = post_ask(reminder->post, &question, &answer) && answer.status >= 200 && answer.status < 300;
    snprintf(why, 200, "%s", answer.why);
    text_release(&answer.body);
    text_release(&body);
    return ok;
}

static bool mail_send(const struct reminder *reminder, const struct words *words, bool *refused, char why[200])
{
    const struct reminder_options *options = &reminder->options;
    struct post_letter letter = {.url = options->smtp_url, .user = options->smtp_user, .password = options->smtp_password,
                                 .from = options->smtp_from, .to = words->wish.address, .subject = words->title.at, .id = words->id,
                                 .time_ms = words->at_ms, .timeout_ms = TIMEOUT_MS};
    struct text text;
    bool ok;

    text_init(&text);
    text_add_slice(&text, words->text);
    text_print(&text, "\n%s\n", words->link);
    letter.text = text_slice(&text);
    ok = post_mail(reminder->post, &letter, refused, why);
    text_release(&text);
    return ok;
}

static int64_t later(const struct reminder *reminder, const struct parcel *parcel)
{
    int64_t wait = reminder->options.retry_ms;

    for (int64_t i = 0; i < parcel->tries && wait < LONGEST_MS; i++)
        wait *= 2;
    return parcel->now_ms + (wait < LONGEST_MS ? wait : LONGEST_MS);
}

/* The letter with a code goes to an address that is not confirmed yet; all else only to one that is. */
static bool wanted(const struct parcel *parcel, const struct words *words)
{
    if (parcel->leaf < 0)
        return words->wish.address[0] && words->wish.code[0];
    return parcel->mail ? words->wish.mail : words->wish.hook;
}

static void put_off(const struct reminder *reminder, struct parcel *parcel, bool refused)
{
    parcel->tries++;
    parcel->next_ms = later(reminder, parcel);
    parcel->state = refused || parcel->tries >= REMINDER_TRIES ? STATE_GIVEN_UP : STATE_WAITS;
}

/* The message, or the account, is there no more. Of a database that does not answer nothing follows. */
static bool is_gone(const struct err *err)
{
    return err->code == ERR_MISSING || err->code == ERR_SIGN_IN;
}

/* Sets what becomes of it. *away: nobody is there to take anything now. */
static void parcel_send(const struct reminder *reminder, struct parcel *parcel, bool *away)
{
    struct words words = {.at_ms = 0};
    struct err err;
    bool refused = false;

    *away = false;
    parcel->state = STATE_GIVEN_UP;
    arena_init(&words.arena);
    if (parcel->now_ms - parcel->made_ms > (int64_t)REMINDER_DAYS * DAY_MS) {
        snprintf(parcel->why, sizeof parcel->why, "%d 天没有送到", REMINDER_DAYS);
    } else if (!words_find(reminder, parcel, &words, &err)) {
        snprintf(parcel->why, sizeof parcel->why, "%.150s", err.message);
        if (!is_gone(&err))
            put_off(reminder, parcel, false);
    } else if (!wanted(parcel, &words)) {
        parcel->state = STATE_DONE; /* it was wished for, and no longer is */
    } else if (parcel->mail ? mail_send(reminder, &words, &refused, parcel->why) : hook_send(reminder, &words, parcel->why)) {
        parcel->state = STATE_DONE;
    } else {
        *away = true;
        put_off(reminder, parcel, refused);
    }
    arena_release(&words.arena);
}

/* --- the table --- */

/* Only the one that was sent: a code that was asked for meanwhile stands in its row, and is still to go. */
static bool parcel_mark(struct sql *sql, void *arg, struct err *err)
{
    struct parcel *parcel = arg;

    return sql_put(sql,
                   "UPDATE delivery SET state = ?4, tries = ?5, next_ms = ?6, why = ?7 WHERE account = ?1 AND leaf = ?2 AND channel = ?3"
                   " AND made_ms = ?8",
                   SQL_ARGS(sql_int(parcel->account), sql_int(parcel->leaf), sql_text(slice_of(parcel->mail ? "mail" : "hook")),
                            sql_int(parcel->state), sql_int(parcel->tries), sql_int(parcel->next_ms),
                            sql_text(slice_of(parcel->state == STATE_DONE ? "" : parcel->why)), sql_int(parcel->made_ms)),
                   err)
           && lease_hold(sql, lease_name, parcel->holder, parcel->now_ms, parcel->now_ms + LEASE_MS, &parcel->held, err);
}

static bool parcels_read(const struct reminder *reminder, int64_t now_ms, struct parcel *list, size_t *count, struct err *err)
{
    struct sql_rows rows;
    struct sql *sql;
    bool ok;

    *count = 0;
    if (!store_read(reminder->city->store, &sql, err))
        return false;
    ok = sql_rows(sql,
                  "SELECT account, leaf, channel, tries, made_ms FROM delivery WHERE state = 0 AND next_ms <= ?1"
                  " AND ((channel = 'hook' AND CAST(?2 AS BIGINT) = 1) OR (channel = 'mail' AND CAST(?3 AS BIGINT) = 1))"
                  " ORDER BY next_ms, leaf, account LIMIT ?4",
                  SQL_ARGS(sql_int(now_ms), sql_int(reminder_hooks(reminder)), sql_int(reminder_mails(reminder)), sql_int(ROUND_MOST)), &rows, err);
    while (ok && *count < ROUND_MOST && sql_next(&rows))
        list[(*count)++] = (struct parcel){.account = sql_number(&rows, 0), .leaf = sql_number(&rows, 1), .tries = sql_number(&rows, 3),
                                           .made_ms = sql_number(&rows, 4), .mail = slice_is(sql_slice(&rows, 2), "mail"),
                                           .holder = reminder->holder};
    ok = ok && sql_done(&rows, err);
    store_read_end(reminder->city->store, sql);
    return ok;
}

struct holding {
    int64_t holder, now_ms;
    bool held;
};

static bool hold_step(struct sql *sql, void *arg, struct err *err)
{
    struct holding *holding = arg;

    return lease_hold(sql, lease_name, holding->holder, holding->now_ms, holding->now_ms + LEASE_MS, &holding->held, err);
}

static bool going(struct reminder *reminder)
{
    bool on;

    pthread_mutex_lock(&reminder->mutex);
    on = !reminder->stopping;
    pthread_mutex_unlock(&reminder->mutex);
    return on;
}

/* One that failed holds up those of its own way until the next round, and by then it waits. */
static bool parcels_send(struct reminder *reminder, struct parcel *list, size_t count, struct err *err)
{
    bool away[2] = {false, false};

    for (size_t i = 0; i < count && going(reminder); i++) {
        struct parcel *parcel = &list[i];

        if (away[parcel->mail])
            continue;
        parcel->now_ms = clock_ms();
        parcel_send(reminder, parcel, &away[parcel->mail]);
        if (!going(reminder) && parcel->state == STATE_WAITS)
            return true; /* cut off by our own end: it is no failure */
        if (parcel->state != STATE_DONE)
            log_warn("reminders: %s to account %lld: %s%s", parcel->mail ? "mail" : "web hook", (long long)parcel->account, parcel->why,
                     parcel->state == STATE_GIVEN_UP ? "; given up" : "");
        if (store_write(reminder->city->store, "", parcel_mark, parcel, err) != STORE_DONE)
            return false;
        if (!parcel->held)
            return true; /* we were away too long: another process goes on */
    }
    return true;
}

bool deliver_round(struct reminder *reminder, bool *busy, struct err *err)
{
    struct holding holding = {.holder = reminder->holder, .now_ms = clock_ms()};
    struct parcel list[ROUND_MOST];
    size_t count;

    *busy = false;
    if (!parcels_read(reminder, holding.now_ms, list, &count, err))
        return false;
    if (!count)
        return true;
    if (store_write(reminder->city->store, "", hold_step, &holding, err) != STORE_DONE)
        return false;
    if (!holding.held)
        return true; /* another process delivers */
    if (!parcels_read(reminder, clock_ms(), list, &count, err) || !parcels_send(reminder, list, count, err))
        return false;
    *busy = count == ROUND_MOST;
    return true;
}

static bool leave_step(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *holder = arg;

    return lease_drop(sql, lease_name, *holder, err);
}

void deliver_leave(struct reminder *reminder)
{
    struct err ignored;

    store_write(reminder->city->store, "", leave_step, &reminder->holder, &ignored);
}
