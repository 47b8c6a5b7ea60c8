/*
 * Signing in and out. Document of the page: {"sign_in": {login, next, carry, error, examples}}
 */
#include "web/entry.h"

#include "base/json.h"
#include "web/carry.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"

enum { COOKIE_TEXT = 220, FIELD_MOST = 1024 };

/* Only paths of ours: "/…", not "//…" or "/\…" (open redirects). */
static struct slice next_of(const struct request *request)
{
    struct slice next = request_value(request, "next");

    if (next.len < 1 || next.len > 512 || next.at[0] != '/' || (next.len > 1 && (next.at[1] == '/' || next.at[1] == '\\')))
        return SLICE("/desk");
    for (size_t i = 0; i < next.len; i++)
        if ((unsigned char)next.at[i] <= ' ' || next.at[i] == '\\' || (unsigned char)next.at[i] >= 0x7f)
            return SLICE("/desk");
    return next;
}

bool entry_page(struct request *request, json_t *carry, const struct err *problem)
{
    json_t *document = json_object(), *form = json_object();

    json_put(form, "login", request_value(request, "login"));
    json_put(form, "next", json_is_null(carry) ? next_of(request) : json_member(carry, "next"));
    json_object_set_new_nocheck(form, "carry", carry);
    if (problem)
        json_put(form, "error", say_all(request, problem));
    json_fill(form, "error examples");
    json_object_set_new_nocheck(document, "sign_in", form);
    return request_page(request, "sign_in", document);
}

bool sign_in_get(struct request *request, struct err *err)
{
    (void)err;
    if (request->signed_in)
        return request_see(request, "/desk");
    return entry_page(request, json_null(), NULL);
}

void cookie_set(struct request *request, const char *token)
{
    bool secure = request->web->secure;
    char cookie[COOKIE_TEXT];

    snprintf(cookie, sizeof cookie, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", secure ? "__Host-sid" : "sid", token,
             secure ? "; Secure" : "", *token ? "" : "; Max-Age=0");
    http_reply_header(request->exchange, "Set-Cookie", slice_of(cookie));
}

/* With what stood in the box to its form; else to where the person wanted to go. */
static bool go_on(struct request *request, const struct sign_in *sign_in, struct err *err)
{
    struct carry carry;

    if (carry_find(request, &carry))
        return carry_arrive(request, &carry, sign_in, err);
    if (sign_in->must_change)
        return request_see(request, "/account");
    return request_see(request, "%s", arena_text(request->arena, next_of(request)));
}

/* Browsers keep no 401 for the way back, and this page may be the only place of what a person wrote. */
static bool wrong(struct request *request, const struct err *err)
{
    json_t *carry = carry_json(request);

    request->status = json_is_null(carry) ? 401 : 403;
    return entry_page(request, carry, err);
}

/* A token is no cookie: nothing sends it along unasked, and it is told this once. */
static bool give_token(struct request *request, const struct sign_in *sign_in, struct err *err)
{
    json_t *document;

    if (!request_look(request, err) || !actor_load(request->sql, sign_in->account, &request->actor, err))
        return false;
    document = json_object();
    json_put(document, "token", slice_of(sign_in->session.token));
    json_put(document, "token_type", SLICE("Bearer"));
    json_object_set_new_nocheck(document, "expires", json_integer(sign_in->session.now_ms + SESSION_LONGEST_MS));
    json_object_set_new_nocheck(document, "idle", json_integer(session_idle_ms(&request->actor)));
    json_object_set_new_nocheck(document, "must_change", json_boolean(sign_in->must_change));
    return request_page(request, NULL, document);
}

static void signed_in(struct sign_in *sign_in, const struct err *err)
{
    struct request *request = sign_in->owner;
    struct err problem = {0};
    bool ok = err == NULL;

    if (ok && request_is_api(request)) {
        ok = give_token(request, sign_in, &problem);
    } else if (ok) {
        cookie_set(request, sign_in->session.token);
        ok = go_on(request, sign_in, &problem);
    } else {
        problem = *err;
        if (err->code == ERR_SIGN_IN || err->code == ERR_INVALID || err->code == ERR_DENIED) {
            ok = !request->api && wrong(request, err);
        }
    }
    request_finish(request, ok, &problem);
}

bool sign_in_post(struct request *request, struct err *err)
{
    struct sign_in *sign_in = arena_zero(request->arena, 1, sizeof *sign_in);
    struct http_exchange *exchange = request->exchange;
    bool program = request_is_api(request);

    if (program && !request_members_fit(request, "login password", err))
        return false;
    sign_in_init(sign_in, request->web->city->store, request->web->profile, request_value(request, "login"),
                 request_value(request, "password"),
                 program ? SLICE("") : http_cookie(exchange, request->web->secure ? "__Host-sid" : "sid"),
                 exchange->address, http_header(exchange, "User-Agent"), request->now_ms);
    if (program)
        session_for_program(&sign_in->session);
    sign_in->done = signed_in;
    sign_in->owner = request;
    request_keep(request);
    if (sign_in_start(request->web->pool, sign_in, err))
        return true;
    *request->kept = false;
    return false;
}

static bool signed_out(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    (void)arg;
    (void)err;
    if (outcome != STORE_DONE)
        return false;
    if (request->program)
        return request_see(request, "/");
    cookie_set(request, "");
    http_reply_header(request->exchange, "Clear-Site-Data", SLICE("\"cache\""));
    flash_set(request, FLASH_SIGNED_OUT);
    return request_see(request, "/");
}

bool sign_out_post(struct request *request, struct err *err)
{
    struct session_ending *ending = arena_zero(request->arena, 1, sizeof *ending);

    ending->account = request->actor.account;
    memcpy(ending->hash, request->session.hash, sizeof ending->hash);
    return request_write(request, "", session_end_step, ending, signed_out, err);
}
