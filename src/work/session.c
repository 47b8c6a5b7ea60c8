#include "work/session.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/text.h"
#include "base/utf8.h"
#include "work/actor_int.h"

enum { IN_ACCOUNT, IN_CSRF, IN_MADE, IN_USED, IN_MUST_CHANGE, IN_ACTOR, IN_GRANT = IN_ACTOR + ACTOR_COLUMN_COUNT };

void session_hash(struct slice cookie, unsigned char hash[SEAL_HASH])
{
    seal_sha256(&cookie, 1, hash);
}

bool actor_is_staff(const struct actor *actor)
{
    static const unsigned outside = 1u << ROLE_MEMBER | 1u << ROLE_UNIT_ADMIN | 1u << ROLE_RESEARCHER | 1u << ROLE_MANAGER
                                    | 1u << ROLE_COMMITTEE;

    for (size_t i = 0; i < actor->grant_count; i++)
        if (!(outside >> actor->grants[i].role & 1))
            return true;
    return false;
}

/* --- finding --- */

static void take_session(struct session *session, const struct sql_rows *rows)
{
    struct slice csrf = sql_slice(rows, IN_CSRF);

    session->account = sql_number(rows, IN_ACCOUNT);
    session->made_ms = sql_number(rows, IN_MADE);
    session->used_ms = sql_number(rows, IN_USED);
    session->must_change = sql_number(rows, IN_MUST_CHANGE) != 0;
    session->program = csrf.len == 0;
    if (csrf.len < sizeof session->csrf)
        memcpy(session->csrf, csrf.at, csrf.len);
}

static bool read_rows(struct sql_rows *rows, struct actor *actor, struct session *session, struct err *err)
{
    while (sql_next(rows)) {
        if (!session->account) {
            take_session(session, rows);
            actor->account = session->account;
            actor_take_account(actor, rows, IN_ACTOR);
        }
        if (!sql_is_null(rows, IN_GRANT))
            actor_take_grant(actor, rows, IN_GRANT);
    }
    return sql_done(rows, err);
}

int64_t session_idle_ms(const struct actor *actor)
{
    return actor_is_staff(actor) ? SESSION_IDLE_STAFF_MS : SESSION_IDLE_MS;
}

static bool ran_out(const struct session *session, const struct actor *actor, int64_t now_ms)
{
#ifndef TQ_TEETH_SESSION_IDLE
    if (now_ms - session->used_ms >= session_idle_ms(actor))
        return true;
#endif
    return now_ms - session->made_ms >= SESSION_LONGEST_MS;
}

bool session_find(struct sql *sql, struct slice cookie, int64_t now_ms, struct actor *actor, struct session *session,
                  struct err *err)
{
    struct sql_rows rows;
    bool ok;

    *actor = (struct actor){0};
    *session = (struct session){0};
    if (cookie.len != SESSION_TOKEN_TEXT - 1) {
        session->ended = cookie.len > 0;
        return true;
    }
    session_hash(cookie, session->hash);
    ok = sql_rows(sql,
                  "SELECT s.account, s.csrf, s.made_ms, s.used_ms, s.must_change, " ACTOR_COLUMNS
                  ", g.role, g.scope_kind, g.scope FROM session s"
                  " JOIN account a ON a.id = s.account AND a.to_leaf IS NULL AND a.disabled = 0"
                  " LEFT JOIN role_grant g ON g.account = a.id AND g.ended_leaf IS NULL WHERE s.token = ?1",
                  SQL_ARGS(sql_bytes(session->hash, SEAL_HASH)), &rows, err)
         && read_rows(&rows, actor, session, err);
    if (ok && session->account && !ran_out(session, actor, now_ms))
        return true;
    *actor = (struct actor){0};
    *session = (struct session){.ended = true};
    return ok;
}

/* SQLite is asked for 32 at a time: it is no way to go. A server is asked for all at once, as each question is a journey. */
#define FIND_SEVERAL                                                                                                               \
    "SELECT s.account, s.csrf, s.made_ms, s.used_ms, s.must_change, " ACTOR_COLUMNS ", g.role, g.scope_kind, g.scope, s.token FROM session s"  \
    " JOIN account a ON a.id = s.account AND a.to_leaf IS NULL AND a.disabled = 0"                                                     \
    " LEFT JOIN role_grant g ON g.account = a.id AND g.ended_leaf IS NULL WHERE s.token "
static const char find_some[] =
    FIND_SEVERAL "IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
                 " ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)";
static const char find_all[] = FIND_SEVERAL "= ANY (CAST(?1 AS BYTEA[]))";
enum { IN_TOKEN = IN_GRANT + 3, SOME = 32 };

struct several {
    const unsigned char *const *hashes;
    size_t count;
    struct actor *actors;
    struct session *sessions;
};

/* One session may stand behind several. */
static void read_several(const struct sql_rows *rows, const struct several *some)
{
    struct slice token = sql_slice(rows, IN_TOKEN);

    for (size_t i = 0; i < some->count; i++) {
        if (token.len != SEAL_HASH || memcmp(token.at, some->hashes[i], SEAL_HASH) != 0)
            continue;
        if (!some->sessions[i].account) {
            take_session(&some->sessions[i], rows);
            some->actors[i].account = some->sessions[i].account;
            actor_take_account(&some->actors[i], rows, IN_ACTOR);
        }
        if (!sql_is_null(rows, IN_GRANT))
            actor_take_grant(&some->actors[i], rows, IN_GRANT);
    }
}

static bool ask_several(struct sql *sql, const char *statement, const struct sql_arg *args, size_t arg_count, const struct several *some, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, statement, args, arg_count, &rows, err))
        return false;
    while (sql_next(&rows))
        read_several(&rows, some);
    return sql_done(&rows, err);
}

static bool ask_some(struct sql *sql, const struct several *all, struct err *err)
{
    struct sql_arg args[SOME];

    for (size_t from = 0; from < all->count; from += SOME) {
        struct several some = {all->hashes + from, all->count - from < SOME ? all->count - from : SOME, all->actors + from, all->sessions + from};

        for (size_t i = 0; i < SOME; i++)
            args[i] = sql_bytes(some.hashes[i < some.count ? i : 0], SEAL_HASH);
        if (!ask_several(sql, find_some, args, SOME, &some, err))
            return false;
    }
    return true;
}

/* {"\\x0123…","\\x…"} */
static bool ask_all(struct sql *sql, const struct several *all, struct err *err)
{
    char hex[2 * SEAL_HASH + 1];
    struct text list;
    bool ok;

    text_init(&list);
    for (size_t i = 0; i < all->count; i++) {
        seal_hex(all->hashes[i], SEAL_HASH, hex);
        text_print(&list, "%s\"\\\\x%s\"", i ? "," : "{", hex);
    }
    text_putc(&list, '}');
    ok = ask_several(sql, find_all, SQL_ARGS(sql_text(text_slice(&list))), all, err);
    text_release(&list);
    return ok;
}

bool sessions_find(struct sql *sql, const unsigned char *const hashes[], size_t count, int64_t now_ms, struct actor actors[], struct err *err)
{
    struct several all = {hashes, count, actors, calloc(count + 1, sizeof(struct session))};
    bool ok;

    if (!all.sessions)
        abort();
    memset(actors, 0, count * sizeof *actors);
    ok = !count || (sql_locks_rows(sql) ? ask_all(sql, &all, err) : ask_some(sql, &all, err));
    for (size_t i = 0; ok && i < count; i++)
        if (all.sessions[i].must_change || (all.sessions[i].account && ran_out(&all.sessions[i], &actors[i], now_ms)))
            actors[i] = (struct actor){0};
    free(all.sessions);
    return ok;
}

bool session_csrf_fits(const struct session *session, struct slice typed)
{
    return session->account && !session->program && typed.len == SESSION_TOKEN_TEXT - 1
           && seal_same(typed.at, session->csrf, SESSION_TOKEN_TEXT - 1);
}

/* --- use --- */

struct touch {
    struct store_job job;
    unsigned char hash[SEAL_HASH];
    int64_t now_ms;
};

static bool touch_step(struct sql *sql, void *arg, struct err *err)
{
    const struct touch *touch = arg;

    return sql_put(sql, "UPDATE session SET used_ms = ?2 WHERE token = ?1 AND used_ms < ?2",
                   SQL_ARGS(sql_bytes(touch->hash, SEAL_HASH), sql_int(touch->now_ms)), err);
}

static void touched(struct store_job *job, enum store_outcome outcome, const struct err *err)
{
    if (outcome != STORE_DONE)
        log_warn("session: its last use was not noted: %s", err->message);
    free(job->owner);
}

void session_touch(struct store *store, const struct session *session, int64_t now_ms)
{
    struct touch *touch;
    struct err err;

    if (!session->account || now_ms - session->used_ms < SESSION_TOUCH_MS)
        return;
    touch = calloc(1, sizeof *touch);
    if (!touch)
        return;
    touch->job = (struct store_job){.step = touch_step, .arg = touch, .done = touched, .owner = touch};
    touch->now_ms = now_ms;
    memcpy(touch->hash, session->hash, SEAL_HASH);
    if (!store_submit(store, &touch->job, &err))
        free(touch);
}

/* --- making --- */

static void copy_clean(char *to, size_t size, struct slice from)
{
    size_t len = utf8_valid(from);

    if (len >= size)
        len = utf8_valid((struct slice){from.at, size - 1});
    for (size_t i = 0; i < len; i++)
        to[i] = from.at[i] == '\0' ? ' ' : from.at[i];
    to[len] = '\0';
}

static void draw(char text[SESSION_TOKEN_TEXT])
{
    unsigned char bytes[SEAL_TOKEN];

    seal_random(bytes, sizeof bytes);
    seal_hex(bytes, sizeof bytes, text);
    seal_wipe(bytes, sizeof bytes);
}

void session_prepare(struct session_new *made, struct slice cookie, struct slice address, struct slice agent,
                     int64_t now_ms)
{
    *made = (struct session_new){.now_ms = now_ms};
    draw(made->token);
    draw(made->csrf);
    copy_clean(made->address, sizeof made->address, address);
    copy_clean(made->agent, sizeof made->agent, agent);
    if (cookie.len)
        session_hash(cookie, made->old);
}

void session_for_program(struct session_new *made)
{
    made->csrf[0] = '\0';
}

/* What has run out, and the account's oldest sessions beyond the number it may have. */
static bool sweep(struct sql *sql, const struct session_new *made, struct err *err)
{
    int64_t oldest;
    bool found;

    if (!sql_put(sql, "DELETE FROM session WHERE made_ms <= ?1",
                 SQL_ARGS(sql_int(made->now_ms - SESSION_LONGEST_MS)), err)
        || !sql_one(sql, "SELECT made_ms FROM session WHERE account = ?1 ORDER BY made_ms DESC LIMIT 1 OFFSET ?2",
                    SQL_ARGS(sql_int(made->account), sql_int(SESSIONS_AN_ACCOUNT - 1)), &oldest, &found, err))
        return false;
    return !found
           || sql_put(sql, "DELETE FROM session WHERE account = ?1 AND made_ms <= ?2",
                      SQL_ARGS(sql_int(made->account), sql_int(oldest)), err);
}

bool session_make(struct sql *sql, const struct session_new *made, struct err *err)
{
    unsigned char hash[SEAL_HASH];

    session_hash(slice_of(made->token), hash);
    return sql_put(sql, "DELETE FROM session WHERE token = ?1", SQL_ARGS(sql_bytes(made->old, SEAL_HASH)), err)
           && sweep(sql, made, err)
           && sql_put(sql,
                      "INSERT INTO session (token, account, csrf, made_ms, used_ms, address, agent, must_change)"
                      " VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7)",
                      SQL_ARGS(sql_bytes(hash, SEAL_HASH), sql_int(made->account), sql_text(slice_of(made->csrf)),
                               sql_int(made->now_ms), sql_text(slice_of(made->address)), sql_text(slice_of(made->agent)),
                               sql_int(made->must_change)),
                      err);
}

/* --- ending --- */

bool session_end_step(struct sql *sql, void *arg, struct err *err)
{
    const struct session_ending *ending = arg;

    return sql_put(sql, "DELETE FROM session WHERE token = ?1 AND (CAST(?2 AS BIGINT) = 0 OR account = CAST(?2 AS BIGINT))",
                   SQL_ARGS(sql_bytes(ending->hash, SEAL_HASH), sql_int(ending->account)), err);
}

bool session_end_all(struct sql *sql, int64_t account, struct err *err)
{
    return sql_put(sql, "DELETE FROM session WHERE account = ?1", SQL_ARGS(sql_int(account)), err);
}

/* --- the list --- */

static void take_line(const struct sql_rows *rows, const struct session *session, struct arena *arena,
                      struct session_line *line)
{
    struct slice token = sql_slice(rows, 0);

    *line = (struct session_line){.made_ms = sql_number(rows, 1), .used_ms = sql_number(rows, 2),
                                  .address = arena_copy(arena, sql_slice(rows, 3)),
                                  .agent = arena_copy(arena, sql_slice(rows, 4)),
                                  .program = sql_slice(rows, 5).len == 0};
    if (token.len != SEAL_HASH)
        return;
    seal_hex(token.at, SEAL_HASH, line->handle);
    line->current = memcmp(token.at, session->hash, SEAL_HASH) == 0;
}

bool session_list(struct sql *sql, const struct actor *actor, const struct session *session, int64_t now_ms,
                  struct arena *arena, struct session_line *lines, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql,
                  "SELECT token, made_ms, used_ms, address, agent, csrf FROM session WHERE account = ?1 AND made_ms > ?2"
                  " AND used_ms > ?3 ORDER BY made_ms DESC, token",
                  SQL_ARGS(sql_int(session->account), sql_int(now_ms - SESSION_LONGEST_MS),
                           sql_int(now_ms - session_idle_ms(actor))),
                  &rows, err))
        return false;
    while (*count < SESSIONS_AN_ACCOUNT && sql_next(&rows))
        take_line(&rows, session, arena, &lines[(*count)++]);
    return sql_done(&rows, err);
}

bool session_handle(struct slice handle, unsigned char hash[SEAL_HASH])
{
    return handle.len == 2 * SEAL_HASH && seal_unhex(handle, hash, SEAL_HASH);
}
