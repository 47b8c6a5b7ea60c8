#include "web/answer.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "web/accounts.h"
#include "web/aside.h"
#include "web/asset.h"
#include "web/audit.h"
#include "web/carry.h"
#include "web/error.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/live.h"
#include "web/route.h"
#include "work/inbox.h"
#include "work/outside.h"
#include "work/sealer.h"

/* --- sending --- */

static const char security_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; connect-src 'self'";

/*
 * What a browser may keep. A page that answers a form is kept for the way back: without that, a reader who opens an answer
 * of the box and returns meets "confirm resubmission", and a half-mended form is lost, or what a visitor wrote who is asked
 * to sign in. Signing out clears it.
 */
static struct slice keeping(const struct request *request)
{
    bool posted = strcmp(request->exchange->method, "POST") == 0 && !request->api && request->page;
    struct carry carry;

    if (request->keep)
        return slice_of(request->keep);
    if (posted && (strcmp(request->page, "results") == 0 || strcmp(request->page, "form") == 0
                   || (strcmp(request->page, "sign_in") == 0 && carry_find(request, &carry))))
        return SLICE("private, no-cache");
    return SLICE("no-store");
}

static void security_headers(struct request *request)
{
    struct http_exchange *exchange = request->exchange;

    http_reply_header(exchange, "Content-Security-Policy", slice_of(security_policy));
    http_reply_header(exchange, "X-Content-Type-Options", SLICE("nosniff"));
    http_reply_header(exchange, "Referrer-Policy", SLICE("same-origin"));
    http_reply_header(exchange, "Cross-Origin-Opener-Policy", SLICE("same-origin"));
    if (request->web->secure)
        http_reply_header(exchange, "Strict-Transport-Security", SLICE("max-age=31536000; includeSubDomains"));
    if (!exchange->reply_file || exchange->reply_file_once)
        http_reply_header(exchange, "Cache-Control", keeping(request));
}

static int status_of(enum err_code code)
{
    static const int statuses[ERR_CODE_COUNT] = {
        [ERR_NONE] = 503,    [ERR_INVALID] = 422, [ERR_MISSING] = 404, [ERR_DENIED] = 403, [ERR_SIGN_IN] = 401,
        [ERR_CONFLICT] = 409, [ERR_TOO_LARGE] = 413, [ERR_BUSY] = 503,  [ERR_UNKNOWN] = 503, [ERR_IO] = 503,
        [ERR_FULL] = 507,    [ERR_CORRUPT] = 503, [ERR_MEMORY] = 503,
    };

    return statuses[code];
}

/* What failed inside is for the log; people get what they can do. */
static void outward(struct request *request, struct err *err)
{
    if (err->code != ERR_IO && err->code != ERR_CORRUPT && err->code != ERR_MEMORY && err->code != ERR_NONE)
        return;
    log_error("%s %s, request %s: %s: %s", request->exchange->method, request->route ? request->route->path : "?",
              request_token(request).at, err_name(err->code), err->message);
    err_set(err, ERR_IO, "系统暂时办不了这件事");
    err_hint(err, "没有写入任何内容，请稍后再试；若一直如此，请告诉平台管理员");
}

static void make_error(struct request *request, struct err *err)
{
    outward(request, err);
    if (request->status < 400)
        request->status = status_of(err->code);
    if (request->status != 429 && (err->code == ERR_BUSY || err->code == ERR_UNKNOWN || err->code == ERR_IO))
        http_reply_header(request->exchange, "Retry-After", SLICE("2"));
    if (request->status == 401 && request->api)
        http_reply_header(request->exchange, "WWW-Authenticate", SLICE("Bearer"));
    request_page(request, "error", request->api ? error_json(request, err) : error_page_json(request, err));
}

/* This page in the other language, with all that stands in its address. Answers of forms have no address of their own. */
static struct slice other_language(const struct request *request)
{
    bool get = strcmp(request->exchange->method, "GET") == 0;
    struct slice path = get ? request->path : SLICE("/"), rest = get ? request->exchange->query : SLICE(""), pair, made;
    struct text href;

    text_init(&href);
    text_add_slice(&href, path);
    text_print(&href, "?lang=%s", request->english ? "zh" : "en");
    while (slice_cut(&rest, '&', &pair))
        if (pair.len && !(pair.len >= 5 && memcmp(pair.at, "lang=", 5) == 0)) {
            text_putc(&href, '&');
            text_add_slice(&href, pair);
        }
    made = arena_copy(request->arena, text_slice(&href));
    text_release(&href);
    return made;
}

/* The newest signed checkpoint, for the foot of each page; NULL: none. */
static json_t *ledger_json(const struct request *request)
{
    struct sealer *sealer = request->web->city->sealer;
    struct sealer_known known = {.sealed = 0};
    json_t *ledger;

    if (sealer)
        sealer_known(sealer, &known);
    if (known.sealed == 0)
        return json_null();
    ledger = json_object();
    json_object_set_new_nocheck(ledger, "size", json_integer((json_int_t)known.sealed));
    json_object_set_new_nocheck(ledger, "at", json_integer(known.sealed_ms));
    return ledger;
}

/* What draws charts comes from a package (scripts/lib.sh): where it is not there, pages do with their tables. */
static void charts_put(const struct request *request, json_t *page)
{
    struct slice bytes;
    const char *type, *tag;

    if (asset_find(request->web->assets, SLICE("vendor/echarts.js"), &bytes, &type, &tag))
        json_put(page, "charts", slice_of(arena_print(request->arena, "/assets/vendor/echarts.js?v=%.16s", tag + 1)));
}

static json_t *page_json(const struct request *request)
{
    json_t *page = json_object(), *here = json_object(), *other = json_object(), *flash = flash_take(request);
    const char *asks = outside_asks(request->web->city->outside);
    struct slice first = request->path, segment;

    if (first.len > 1) {
        first = (struct slice){first.at + 1, first.len - 1};
        slice_cut(&first, '/', &segment);
        json_object_set_new_nocheck(here, arena_text(request->arena, segment), json_true());
    }
    json_put(page, "lang", request->english ? SLICE("en") : SLICE("zh-CN"));
    json_put(page, "csrf", slice_of(request->session.csrf));
    json_put(page, "build", slice_of(request->web->build));
    json_object_set_new_nocheck(page, "here", here);
    json_put(other, "lang", request->english ? SLICE("zh-CN") : SLICE("en"));
    json_put(other, "label", request->english ? SLICE("中文") : SLICE("English"));
    json_put(other, "href", other_language(request));
    json_object_set_new_nocheck(page, "other", other);
    json_object_set_new_nocheck(page, "demo", json_boolean(request->web->demo));
    if (asks)
        json_put(page, "asks", slice_of(asks));
    if (flash)
        json_object_set_new_nocheck(page, "flash", flash);
    json_object_set_new_nocheck(page, "ledger", ledger_json(request));
    charts_put(request, page);
    json_fill(page, "asks flash charts");
    return page;
}

static void unread_put(const struct request *request, json_t *me)
{
    char count[24];

    if (!request->unread)
        return json_fill(me, "unread");
    snprintf(count, sizeof count, request->unread < INBOX_UNREAD_MOST ? "%lld" : "%lld+", (long long)request->unread - (request->unread == INBOX_UNREAD_MOST));
    json_put(me, "unread", slice_of(count));
}

static void render(struct request *request)
{
    struct template_view view = {request->document, request->english ? "en" : "zh"};
    struct err err;

    json_object_set_new_nocheck(request->document, "page", page_json(request));
    if (request->signed_in) {
        json_t *me = json_object();

        json_put_id(me, "id", request->actor.account);
        json_put(me, "name", slice_of(request->actor.name));
        json_object_set_new_nocheck(me, "accounts", json_boolean(accounts_open(request)));
        unread_put(request, me);
        json_object_set_new_nocheck(request->document, "me", me);
    }
    json_fill(request->document, "me");
    if (template_render(request->web->templates, request->page, &view, &request->exchange->reply, &err))
        return;
    log_error("template %s: %s", request->page, err.message);
    text_clear(&request->exchange->reply);
    text_puts(&request->exchange->reply, "503");
    request->status = 503;
}

static void send_document(struct request *request)
{
    if (request->api) {
        request->exchange->reply_type = SLICE("application/json; charset=utf-8");
        json_write(request->document, &request->exchange->reply);
        return;
    }
    render(request);
}

/* A proxy must not gather what is to arrive at once. */
static void begin_stream(struct request *request)
{
    struct live *live = request->web->live; /* behind the head the request is gone */
    struct live_reader *reader = request->reader;

    request->exchange->reply_type = SLICE("text/event-stream; charset=utf-8");
    http_reply_header(request->exchange, "X-Accel-Buffering", SLICE("no"));
    live_begin(live, reader, http_stream_begin(request->exchange));
}

static void no_stream(struct request *request)
{
    if (!request->reader)
        return;
    live_leave(request->web->live, request->reader);
    request->reader = NULL;
    text_clear(&request->exchange->reply);
}

void answer_send(struct request *request, bool ok, struct err *err)
{
    struct http_exchange *exchange = request->exchange;

    request_look_end(request);
    if (!ok) {
        no_stream(request);
        make_error(request, err);
    }
    if (request->document && (request->page || request->api))
        send_document(request);
    json_decref(request->document);
    json_decref(request->body);
    exchange->status = request->status ? request->status : 200;
    security_headers(request);
    if (request->reader)
        begin_stream(request);
    else
        http_answer(exchange);
}

/* --- beginning --- */

static bool is_api(struct slice *path)
{
    static const char prefix[] = "/api/v1";
    size_t len = sizeof prefix - 1;

    if (path->len <= len || memcmp(path->at, prefix, len) != 0 || path->at[len] != '/')
        return false;
    path->at += len;
    path->len -= len;
    return true;
}

/* Enough that a form sent to a wrong address is told so, and not that it is too large. */
enum { STRAY_BODY = 16 << 10 };

size_t web_limit(const char *method, struct slice path, void *context)
{
    const struct kind *kind;
    const struct route *route;
    const char *allowed;
    int64_t id;

    (void)context;
    is_api(&path);
    route = route_find(method, path, &kind, &id, &allowed);
    return route ? route->body : STRAY_BODY;
}

bool web_urgent(struct slice path, void *context)
{
    (void)context;
    return slice_is(path, "/healthz") || slice_is(path, "/readyz");
}

/* Before anything can fail: what fails is told in the reader's language. */
static bool read_query(struct request *request, struct err *err)
{
    struct slice asked;

    request->english = slice_is(http_cookie(request->exchange, "lang"), "en");
    if (!form_urlencoded(request->exchange->query, request->arena, &request->query, err))
        return false;
    asked = form_value(&request->query, "lang");
    if (slice_is(asked, "en") || slice_is(asked, "zh")) {
        request->english = slice_is(asked, "en");
        http_reply_header(request->exchange, "Set-Cookie",
                          request->english ? SLICE("lang=en; Path=/; Max-Age=31536000; SameSite=Lax")
                                           : SLICE("lang=zh; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
    return true;
}

static bool has_type(const struct request *request, const char *type)
{
    struct slice given = http_header(request->exchange, "Content-Type"), name = SLICE("");

    slice_cut(&given, ';', &name);
    name = slice_trim(name);
    return name.len == strlen(type) && strncasecmp(name.at, type, name.len) == 0;
}

static bool is_json(const struct request *request)
{
    return has_type(request, "application/json");
}

static bool is_form(const struct request *request)
{
    return has_type(request, "application/x-www-form-urlencoded") || has_type(request, "multipart/form-data");
}

/* Only files are large; a route that takes them takes no larger JSON for it. */
enum { TEXT_BODY = 1 << 20 };

static bool too_long(const struct request *request, struct err *err)
{
    if (has_type(request, "multipart/form-data") || request->exchange->body.len <= TEXT_BODY)
        return false;
    err_set(err, ERR_TOO_LARGE, "提交的内容超过 1 MiB");
    err_hint(err, "把内容写短一些；文件用 multipart/form-data 提交");
    return true;
}

static bool read_body(struct request *request, struct err *err)
{
    if (request->exchange->body.len == 0)
        return true;
    if (too_long(request, err))
        return false;
    request->status = 400; /* what cannot be read at all; taken back when it can */
    if (!is_json(request) && !is_form(request)) {
        request->status = 415;
        err_set(err, ERR_INVALID, "这个地址不接受这种类型的内容");
        return err_hint(err, "用 application/json、application/x-www-form-urlencoded 或 multipart/form-data 提交");
    }
    if (!is_json(request)) {
        if (!form_body(request->exchange, &request->form, err))
            return false;
    } else {
        request->body = json_read(request->exchange->body, err);
        if (!request->body)
            return false;
        if (!json_is_object(request->body))
            return err_set(err, ERR_INVALID, "请求的 JSON 应是一个对象") || err_hint(err, "写成 {\"字段\": \"值\"}");
    }
    request->status = 0;
    return true;
}

/* "Bearer TOKEN": a program's, under /api/v1 alone. */
static bool brings_token(const struct request *request, struct slice *token)
{
    struct slice given = http_header(request->exchange, "Authorization"), scheme = SLICE("");

    if (!request_is_api(request) || !slice_cut(&given, ' ', &scheme) || scheme.len != 6
        || strncasecmp(scheme.at, "Bearer", 6) != 0)
        return false;
    *token = slice_trim(given);
    return true;
}

/* What a person's page may do as a visitor, a program is told: it would take half an answer for the whole. */
static bool token_ended(const struct request *request, struct err *err)
{
    if (request->route->handle == sign_in_post)
        return true;
    err_set(err, ERR_SIGN_IN, "这个令牌不对，或者已经失效");
    return err_hint(err, "用 POST /api/v1/sign-in 再取一个");
}

static bool find_session(struct request *request, struct err *err)
{
    struct slice token = http_cookie(request->exchange, request->web->secure ? "__Host-sid" : "sid");

    request->program = brings_token(request, &token);
    if (!token.len && !request->program)
        return true;
    if (!session_find(request->sql, token, request->now_ms, &request->actor, &request->session, err))
        return false;
#ifndef TQ_TEETH_PROGRAM_SESSION
    if (request->session.program != request->program) {
        request->actor = (struct actor){0};
        request->session = (struct session){.ended = true};
    }
#endif
    request->signed_in = request->session.account != 0;
    if (request->program && !request->signed_in)
        return token_ended(request, err);
    if (request->signed_in)
        session_touch(request->web->city->store, &request->session, request->now_ms);
    return !request->signed_in || request_is_api(request) || inbox_unread(request->sql, request->actor.account, &request->unread, err);
}

/* Signing in costs us a hash, whoever is signed in already: it is the address that counts. */
static struct rate_caller caller_of(const struct request *request, enum rate_class class)
{
    if (request->signed_in && class != RATE_SIGN_IN)
        return (struct rate_caller){true, (uint64_t)request->session.account};
    return (struct rate_caller){false, http_address_block(request->exchange->address)};
}

static bool within_rate(struct request *request, enum rate_class class, struct err *err)
{
    int64_t wait_us, seconds;

    if (rate_take(request->web->rate, class, caller_of(request, class), clock_steady_us(), &wait_us))
        return true;
#ifdef TQ_TEETH_RATE
    return true;
#endif
    seconds = (wait_us + 999999) / 1000000;
    request->status = 429;
    http_reply_header(request->exchange, "Retry-After", slice_of(arena_print(request->arena, "%lld", (long long)seconds)));
    err_set(err, ERR_BUSY, "短时间里请求太多，请 %lld 秒后再试", (long long)seconds);
    return err_hint(err, "同一个账号、同一个地址在一段时间里的次数有限；程序请按 Retry-After 等候");
}

/* A file costs more than a text, wherever it comes. */
static bool file_within_rate(struct request *request, struct err *err)
{
    bool brings = form_file(&request->form, "file") || form_file(&request->form, "old");

    return request->route->rate == RATE_FILE || !brings || within_rate(request, RATE_FILE, err);
}

/* A form from elsewhere is refused: by what the browser says, and by the session's own token. */
static bool check_origin(struct request *request, struct err *err)
{
    struct slice site = http_header(request->exchange, "Sec-Fetch-Site"), token;

    if (strcmp(request->exchange->method, "POST") != 0)
        return true;
    if (slice_is(site, "cross-site") || slice_is(site, "same-site"))
        return err_set(err, ERR_DENIED, "这个请求来自别的网站，没有执行") || err_hint(err, "请从本站的页面上提交");
    if (!request->signed_in || request->route->who == WHO_ANY || request->program)
        return true;
    token = http_header(request->exchange, "X-CSRF-Token");
    if (!token.len)
        token = form_value(&request->form, "csrf");
#ifndef TQ_TEETH_CSRF
    if (!session_csrf_fits(&request->session, token)) {
        err_set(err, ERR_DENIED, "页面已过期，没有执行");
        return err_hint(err, request->api ? "请在 X-CSRF-Token 里带上这次登录的令牌" : "请返回上一页，刷新后再提交");
    }
#endif
    return true;
}

/* A first password opens only the page on which it is changed. */
static bool path_for_password(struct slice path)
{
    return slice_is(path, "/account") || slice_is(path, "/account/password") || slice_is(path, "/sign-out");
}

static bool prepare(struct request *request, struct err *err)
{
    if (request->route->who == WHO_NOBODY)
        return true;
    if (!store_read(request->web->city->store, &request->sql, err) || !find_session(request, err)
        || !within_rate(request, request->route->rate, err) || !read_body(request, err)
        || !file_within_rate(request, err) || !check_origin(request, err))
        return false;
    if (strcmp(request->exchange->method, "POST") == 0 && !request_token_fits(request, err))
        return false;
    if (request->signed_in && request->session.must_change && !path_for_password(request->path))
        return err_set(err, ERR_DENIED, "请先换掉初始密码") || err_hint(err, "在账号页换成自己的密码后再继续");
    if (request->route->who == WHO_SIGNED_IN && !request->signed_in) {
        err_set(err, ERR_SIGN_IN, "这一步需要登录");
        return err_hint(err, request->api ? "用 POST /api/v1/sign-in 取得令牌，写在 Authorization: Bearer 后面" : "登录后会回到这里");
    }
    return true;
}

/* Is that media type among those of an Accept header? Its weight and parameters do not matter here. */
static bool accepts(struct slice accept, const char *type)
{
    struct slice part, name = SLICE("");

    while (slice_cut(&accept, ',', &part)) {
        slice_cut(&part, ';', &name);
        name = slice_trim(name);
        if (name.len == strlen(type) && strncasecmp(name.at, type, name.len) == 0)
            return true;
    }
    return false;
}

/* Programs ask for JSON and not for pages; every browser asks for pages. */
static bool wants_json(const struct request *request)
{
    struct slice accept = http_header(request->exchange, "Accept");

    return accepts(accept, "application/json") && !accepts(accept, "text/html");
}

static bool route_request(struct request *request, struct err *err)
{
    const char *allowed;

    request->route = route_find(request->exchange->method, request->path, &request->kind, &request->id, &allowed);
    if (request->route && (!request_is_api(request) || request->route->api))
        return true;
    if (!request->route && allowed) {
        http_reply_header(request->exchange, "Allow", slice_of(allowed));
        request->status = 405;
        return err_set(err, ERR_INVALID, "这个地址不接受 %s", request->exchange->method)
               || err_hint(err, "可用的方法：%s", allowed);
    }
    err_set(err, ERR_MISSING, "没有这个页面");
    return err_hint(err, "请检查地址，或从首页找起");
}

/* A browser asked to sign in goes to the sign-in page and comes back. */
static bool to_sign_in(struct request *request, struct err *err)
{
    struct carry carry;

    if (err->code == ERR_DENIED && request->session.must_change && !request->api)
        return carry_find(request, &carry) ? own_account_get(request, err) : request_see(request, "/account");
    return err->code == ERR_SIGN_IN && !request->api && strcmp(request->exchange->method, "GET") == 0
           && request_see(request, "/sign-in?next=%s", request_here(request));
}

void answer_end(struct request *request, bool kept, bool ok, struct err *err)
{
    if (ok && kept)
        return; /* it may have been answered by now, and the request gone with its arena */
    if (ok) {
        enum audit_seen seen = audit_seen(request, err);

        if (seen == SEEN_LATER)
            return; /* as above */
        ok = seen == SEEN_ON;
    }
    if (!ok)
        ok = to_sign_in(request, err);
    answer_send(request, ok, err);
}

static bool handle(struct request *request, struct err *err)
{
    return aside_wanted(request) ? aside_handle(request, err) : request->route->handle(request, err);
}

void web_handle(struct http_exchange *exchange, void *context)
{
    struct request *request = arena_zero(&exchange->arena, 1, sizeof *request);
    struct err err = {0};
    bool kept = false, ok;

    *request = (struct request){.exchange = exchange, .web = context, .arena = &exchange->arena,
                                .path = exchange->path, .now_ms = clock_ms(), .kept = &kept};
    request->api = is_api(&request->path) || wants_json(request);
    ok = read_query(request, &err) && route_request(request, &err) && prepare(request, &err) && handle(request, &err);
    answer_end(request, kept, ok, &err);
}
