/*
 * One's own account: roles, a new password, where one is signed in.
 * Document: {"account": {name, login, roles, carry, error, password_hint, reminders, calendar (web/wish.h),
 *  sessions: [{started, seen, address, this, program, agent, end}]}}
 */
#include "base/json.h"
#include "base/log.h"
#include "base/utf8.h"
#include "web/accounts.h"
#include "web/carry.h"
#include "web/entry.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/wish.h"

static json_t *roles_json(struct request *request)
{
    json_t *roles = json_array();

    for (size_t i = 0; i < request->actor.grant_count; i++)
        json_array_append_new(roles, grant_json(request, &request->actor.grants[i]));
    return roles;
}

enum { AGENT_SHOWN = 40 };

/* agent: what a program calls itself. */
static json_t *sessions_json(struct request *request)
{
    struct session_line lines[SESSIONS_AN_ACCOUNT];
    json_t *sessions = json_array();
    struct err ignored;
    size_t count;

    if (!session_list(request->sql, &request->actor, &request->session, request->now_ms, request->arena, lines, &count,
                      &ignored))
        return sessions;
    for (size_t i = 0; i < count; i++) {
        json_t *line = json_object();

        json_object_set_new_nocheck(line, "started", json_integer(lines[i].made_ms));
        json_object_set_new_nocheck(line, "seen", json_integer(lines[i].used_ms));
        json_put(line, "address", lines[i].address);
        json_object_set_new_nocheck(line, "this", json_boolean(lines[i].current));
        json_object_set_new_nocheck(line, "program", json_boolean(lines[i].program));
        if (lines[i].program)
            json_put(line, "agent", utf8_head(lines[i].agent, AGENT_SHOWN));
        json_put(line, "end", slice_of(arena_print(request->arena, "/account/sessions?end=%s", lines[i].handle)));
        json_fill(line, "agent");
        json_array_append_new(sessions, line);
    }
    return sessions;
}

/* The page goes out without what cannot be read. */
static void reminders_add(struct request *request, struct slice token, json_t *account)
{
    struct err err = {0};
    json_t *wishes = wishes_json(request, &err), *feed = wishes ? feed_json(request, token, &err) : NULL;

    if (!feed)
        log_error("account page: %s", err.message);
    json_object_set_new_nocheck(account, "reminders", wishes ? wishes : json_null());
    json_object_set_new_nocheck(account, "calendar", feed ? feed : json_null());
}

json_t *own_account_document(struct request *request, struct slice error, struct slice token)
{
    json_t *document = json_object(), *account = json_object();

    json_put(account, "name", slice_of(request->actor.name));
    json_put(account, "login", slice_of(request->actor.login));
    json_object_set_new_nocheck(account, "roles", roles_json(request));
    json_object_set_new_nocheck(account, "sessions", sessions_json(request));
    if (!request->api)
        json_object_set_new_nocheck(account, "carry", carry_json(request));
    reminders_add(request, token, account);
    json_put(account, "password_hint",
             say(request, request->web->profile == PASSWORD_ASVS ? N_("至少 12 个字符，不限种类")
                                                                 : N_("至少 10 个字符，大写、小写、数字、符号至少三种")));
    if (error.len)
        json_put(account, "error", error);
    json_fill(account, "error");
    json_object_set_new_nocheck(document, "account", account);
    return document;
}

bool own_account_get(struct request *request, struct err *err)
{
    (void)err;
    return request_page(request, "account",
                        own_account_document(request, request->session.must_change ? say(request, N_("这是初始密码，请先换成自己的")) : SLICE(""), SLICE("")));
}

/* --- a new password --- */

struct change {
    struct sign_in sign_in;
    json_t *page; /* made beforehand: the snapshot is gone when the answer comes */
};

static bool go_on(struct request *request, const struct sign_in *sign_in, struct err *err)
{
    struct carry carry;

    if (carry_find(request, &carry))
        return carry_arrive(request, &carry, sign_in, err);
    flash_set(request, FLASH_PASSWORD);
    return request_see(request, "/desk");
}

static void changed(struct sign_in *sign_in, const struct err *err)
{
    struct request *request = sign_in->owner;
    struct change *change = (struct change *)((char *)sign_in - offsetof(struct change, sign_in));
    struct err problem = {0};
    bool ok = err == NULL;

    if (ok) {
        cookie_set(request, sign_in->session.token);
        json_decref(change->page);
        ok = go_on(request, sign_in, &problem);
    } else {
        problem = *err;
        if (err->code == ERR_BUSY || request->api) {
            json_decref(change->page);
        } else {
            json_put(json_object_get(change->page, "account"), "error", say_all(request, err));
            request->status = 422;
            ok = request_page(request, "account", change->page);
        }
    }
    request_finish(request, ok, &problem);
}

static bool differ(struct request *request, struct err *err)
{
    err_set(err, ERR_INVALID, "两遍新密码不一样");
    err_hint(err, "请把新密码再输一遍");
    err_field(err, "again");
    if (request->api)
        return false;
    request->status = 422;
    return request_page(request, "account", own_account_document(request, say_all(request, err), SLICE("")));
}

bool password_post(struct request *request, struct err *err)
{
    struct change *change = arena_zero(request->arena, 1, sizeof *change);
    struct http_exchange *exchange = request->exchange;
    struct slice fresh = request_value(request, "new");

    if (!slice_same(fresh, request_value(request, "again")))
        return differ(request, err);
    sign_in_init(&change->sign_in, request->web->city->store, request->web->profile, slice_of(request->actor.login),
                 request_value(request, "old"), http_cookie(exchange, request->web->secure ? "__Host-sid" : "sid"),
                 exchange->address, http_header(exchange, "User-Agent"), request->now_ms);
    change->page = own_account_document(request, SLICE(""), SLICE(""));
    change->sign_in.done = changed;
    change->sign_in.owner = request;
    request_keep(request);
    if (password_change_start(request->web->pool, &change->sign_in, fresh, &request->actor, err))
        return true;
    json_decref(change->page);
    *request->kept = false;
    return false;
}

/* --- ending a session --- */

static bool ended(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    (void)arg;
    (void)err;
    if (outcome != STORE_DONE)
        return false;
    flash_set(request, FLASH_SESSION_ENDED);
    return request_see(request, "/account");
}

bool sessions_post(struct request *request, struct err *err)
{
    struct session_ending *ending = arena_zero(request->arena, 1, sizeof *ending);

    if (!session_handle(request_value(request, "end"), ending->hash))
        return err_set(err, ERR_MISSING, "没有这个登录，或它已经退出") || err_hint(err, "请刷新账号页再看");
    ending->account = request->actor.account;
    return request_write(request, "", session_end_step, ending, ended, err);
}
