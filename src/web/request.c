#include "web/request.h"

#include <stdarg.h>

#include "base/ident.h"
#include "base/json.h"
#include "record/choice.h"
#include "seal/seal.h"
#include "web/answer.h"
#include "web/route.h"
#include "work/reminder.h"

bool request_is_api(const struct request *request)
{
    return request->path.len != request->exchange->path.len;
}

bool request_page(struct request *request, const char *page, json_t *document)
{
    json_decref(request->document);
    request->document = document;
    request->page = page;
    if (!request->status)
        request->status = 200;
    return true;
}

static bool told_where(struct request *request, const char *href, int status, json_t *document)
{
    json_put(document, "href", slice_of(href));
    request_page(request, NULL, document);
    request->status = status;
    return true;
}

static bool see(struct request *request, const char *path)
{
    http_reply_header(request->exchange, "Location", slice_of(path));
    request->status = 303;
    request->page = NULL;
    return true;
}

bool request_see(struct request *request, const char *format, ...)
{
    va_list args;
    char *path;

    va_start(args, format);
    path = arena_vprint(request->arena, format, args);
    va_end(args);
    return request->api ? told_where(request, path, 200, json_object()) : see(request, path);
}

/* What is made or changed lies below the first part of the path: /needs/123; where a route has no part that varies, below it: /audit/samples/123. */
static const char *thing_path(struct request *request, int64_t id)
{
    struct slice rest = {request->path.at + 1, request->path.len - 1}, first = SLICE("");

    if (!strchr(request->route->path, ':'))
        return arena_print(request->arena, "%s/%lld", request->route->path, (long long)id);
    slice_cut(&rest, '/', &first);
    return arena_print(request->arena, "/%.*s/%lld", (int)first.len, first.at, (long long)id);
}

static bool thing_told(struct request *request, int status, int64_t id, int64_t ver)
{
    const char *path = thing_path(request, id);
    json_t *document;

    if (!request->api)
        return see(request, path);
    path = arena_print(request->arena, "/api/v1%s", path);
    document = json_object();
    json_put_id(document, "id", id);
    if (ver)
        json_object_set_new_nocheck(document, "ver", json_integer(ver));
    if (status == 201)
        http_reply_header(request->exchange, "Location", slice_of(path));
    return told_where(request, path, status, document);
}

bool request_made(struct request *request, int64_t id, int64_t ver)
{
    return thing_told(request, 201, id, ver);
}

bool request_changed(struct request *request, int64_t id, int64_t ver)
{
    return thing_told(request, 200, id, ver);
}

/* --- values --- */

static struct slice body_value(const struct request *request, const char *name)
{
    const json_t *member = request->body ? json_object_get(request->body, name) : NULL;
    char *digits;

    if (json_is_string(member))
        return (struct slice){json_string_value(member), json_string_length(member)};
    if (json_is_integer(member)) {
        digits = arena_print(request->arena, "%lld", (long long)json_integer_value(member));
        return slice_of(digits);
    }
    if (json_is_boolean(member))
        return json_is_true(member) ? SLICE("1") : SLICE("0");
    return json_is_null(member) ? SLICE("") : (struct slice){0};
}

struct slice request_value(const struct request *request, const char *name)
{
    struct slice value = form_value(&request->form, name);

    if (!value.at)
        value = body_value(request, name);
    if (!value.at)
        value = form_value(&request->query, name);
    return value.at ? value : (struct slice){"", 0};
}

static struct slice body_values(const struct request *request, const char *name)
{
    const json_t *array = request->body ? json_object_get(request->body, name) : NULL;
    struct slice joined;
    struct text text;
    const json_t *item;
    size_t i;

    if (!json_is_array(array))
        return body_value(request, name);
    text_init(&text);
    json_array_foreach(array, i, item) {
        struct slice code = json_is_object(item) ? json_member(item, "code")
                            : json_is_string(item)
                                ? (struct slice){json_string_value(item), json_string_length(item)}
                                : SLICE("");

        if (text.len)
            text_putc(&text, '\n');
        text_add_slice(&text, code);
    }
    joined = arena_copy(request->arena, text_slice(&text));
    text_release(&text);
    return joined;
}

struct slice request_values(const struct request *request, const char *name)
{
    const struct form *form = request->form.count ? &request->form : &request->query;
    struct slice joined = {0};
    struct text text;
    bool found = false;

    if (request->body)
        return body_values(request, name);
    text_init(&text);
    for (size_t i = 0; i < form->count; i++) {
        if (!slice_is(form->parts[i].name, name) || form->parts[i].file)
            continue;
        if (text.len)
            text_putc(&text, '\n');
        text_add_slice(&text, form->parts[i].value);
        found = true;
    }
    if (found)
        joined = arena_copy(request->arena, text_slice(&text));
    text_release(&text);
    return joined;
}

bool request_member_fits(const char *name, const json_t *value, const char *names, struct err *err)
{
    struct slice rest = slice_of(names), one;
    bool known = false;

    while (!known && slice_cut(&rest, ' ', &one))
        known = slice_is(one, name);
    if (known && (json_is_string(value) || json_is_integer(value) || json_is_null(value)))
        return true;
    err_set(err, ERR_INVALID, known ? "字段“%.60s”的值写法不对" : "没有叫“%.60s”的字段", name);
    err_hint(err, known ? "写成文字或整数" : "可用的字段见 /api/v1/openapi.json");
    return err_field(err, name);
}

bool request_members_fit(const struct request *request, const char *names, struct err *err)
{
    const char *name;
    json_t *value;

    json_object_foreach(request->body, name, value)
        if (!request_member_fits(name, value, names, err))
            return false;
    return true;
}

int64_t request_number(const struct request *request, const char *name, int64_t otherwise)
{
    struct slice value = request_value(request, name);
    int64_t number;

    return ident_parse(value, &number) ? number : otherwise;
}

struct slice request_fresh(struct request *request)
{
    unsigned char bytes[16];
    char *hex = arena_alloc(request->arena, 2 * sizeof bytes + 1);

    seal_random(bytes, sizeof bytes);
    seal_hex(bytes, sizeof bytes, hex);
    return slice_of(hex);
}

static struct slice token_given(const struct request *request)
{
    struct slice given = request_value(request, "request_id");

    return given.len ? given : http_header(request->exchange, "Idempotency-Key");
}

static bool token_fits(struct slice given)
{
    bool fits = given.len >= 8 && given.len <= LEAF_REQUEST;

    for (size_t i = 0; fits && i < given.len; i++)
        fits = given.at[i] > ' ' && given.at[i] < 0x7f;
    return fits && !leaf_request_own(given);
}

bool request_token_fits(const struct request *request, struct err *err)
{
    struct slice given = token_given(request);
    const char *own;

    if (!given.len || token_fits(given))
        return true;
    own = leaf_request_own(given);
    if (own) {
        err_set(err, ERR_INVALID, "以“%s”开头的请求号只由程序自己用，没有执行", own);
        err_hint(err, "换一个开头不同的请求号再提交");
    } else {
        err_set(err, ERR_INVALID, "请求号不合格式，没有执行");
        err_hint(err, "8 到 %d 个 ASCII 字符，不含空格", LEAF_REQUEST);
    }
    return err_field(err, "request_id");
}

struct slice request_token(struct request *request)
{
    struct slice given = token_given(request);

    if (!request->token.len)
        request->token = token_fits(given) ? arena_copy(request->arena, given) : request_fresh(request);
    return request->token;
}

const char *request_site(struct request *request)
{
    const char *site = reminder_site(request->web->city->reminder);
    struct slice host = http_header(request->exchange, "Host");

    return *site ? site : arena_print(request->arena, "%s://%.*s", request->web->secure ? "https" : "http", (int)host.len, host.at);
}

const char *request_here(struct request *request)
{
    return arena_text(request->arena, request->exchange->path);
}

json_t *label_json(const char *code, const char *label, const char *label_en)
{
    json_t *object = json_object();

    json_object_set_new_nocheck(object, "code", json_string_nocheck(code));
    json_object_set_new_nocheck(object, "label", json_string_nocheck(label));
    if (label_en && *label_en)
        json_object_set_new_nocheck(object, "label_en", json_string_nocheck(label_en));
    return object;
}

json_t *code_label_json(const char *list, struct slice code)
{
    const struct choice *choice = code.len ? choice_find(choice_list_get(list), code) : NULL;

    return choice ? label_json(choice->code, choice->label, choice->label_en) : json_null();
}

/* --- writes --- */

struct pending {
    struct store_job job;
    struct request *request;
    request_then *then;
    void *arg;
};

void request_look_end(struct request *request)
{
    if (request->sql)
        store_read_end(request->web->city->store, request->sql);
    request->sql = NULL;
}

void request_keep(struct request *request)
{
    request_look_end(request);
    *request->kept = true;
}

bool request_look(struct request *request, struct err *err)
{
    return request->sql || store_read(request->web->city->store, &request->sql, err);
}

void request_finish(struct request *request, bool ok, struct err *err)
{
    answer_send(request, ok, err);
}

static void written(struct store_job *job, enum store_outcome outcome, const struct err *err)
{
    struct pending *pending = job->owner;
    struct request *request = pending->request;
    struct err problem = {0};
    bool ok = outcome == STORE_DONE;

    if (!ok)
        problem = *err;
    if (ok)
        city_nudge(request->web->city);
    if (pending->then)
        ok = pending->then(request, pending->arg, outcome, &problem);
    request_finish(request, ok, &problem);
}

bool request_write(struct request *request, const char *request_id, store_step *step, void *arg, request_then *then,
                   struct err *err)
{
    struct pending *pending = arena_zero(request->arena, 1, sizeof *pending);

    *pending = (struct pending){.request = request, .then = then, .arg = arg};
    pending->job = (struct store_job){.step = step, .arg = arg, .done = written, .owner = pending};
    snprintf(pending->job.request_id, sizeof pending->job.request_id, "%s", request_id);
    request_keep(request);
    if (store_submit(request->web->city->store, &pending->job, err))
        return true;
    *request->kept = false;
    return false;
}
