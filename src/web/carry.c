#include "web/carry.h"

#include "base/json.h"
#include "base/utf8.h"
#include "web/entry.h"
#include "web/form.h"
#include "web/handlers.h"
#include "web/route.h"

static const struct kind *form_at(struct slice path)
{
    const struct kind *kind;
    const char *allowed;
    int64_t id;
    const struct route *route = path.at ? route_find("POST", path, &kind, &id, &allowed) : NULL;

    return route && route->handle == form_prefill ? kind : NULL;
}

/* Of the posted form alone: an address may name no text that a person then takes for his own. */
bool carry_find(const struct request *request, struct carry *carry)
{
    *carry = (struct carry){.text = form_value(&request->form, "q"), .next = form_value(&request->form, "next")};
    if (request->route->handle == form_prefill)
        carry->next = request->path;
    carry->kind = form_at(carry->next);
    return carry->kind && slice_trim(carry->text).len;
}

static json_t *carried(const struct carry *carry)
{
    json_t *json = json_object();

    json_put(json, "text", carry->text);
    json_object_set_new_nocheck(json, "count", json_integer((json_int_t)utf8_count(carry->text)));
    json_put(json, "next", carry->next);
    json_object_set_new_nocheck(json, "kind", label_json(carry->kind->name, carry->kind->label, carry->kind->label_en));
    return json;
}

json_t *carry_json(const struct request *request)
{
    struct carry carry;

    return carry_find(request, &carry) ? carried(&carry) : json_null();
}

bool carry_ask(struct request *request, struct slice text, struct err *err)
{
    struct carry carry = {text, request->path, request->kind};

    if (request->api)
        return err_set(err, ERR_SIGN_IN, "这一步需要登录，没有执行");
    if (slice_trim(text).len == 0)
        return request_see(request, "/sign-in?next=%s", request_here(request));
    if (utf8_count(text) > MATCH_QUERY_CHARS) {
        err_set(err, ERR_INVALID, "文字有 %zu 个字，超过了 %d 个字", utf8_count(text), MATCH_QUERY_CHARS);
        return err_hint(err, "请先登录，再发布这么长的内容");
    }
    return entry_page(request, carried(&carry), NULL);
}

/* The request goes on as the person who has just come in. */
static bool come_in(struct request *request, const struct sign_in *sign_in, struct err *err)
{
    request->session = (struct session){.account = sign_in->account, .must_change = sign_in->must_change};
    memcpy(request->session.csrf, sign_in->session.csrf, sizeof request->session.csrf);
    request->signed_in = true;
    return store_read(request->web->city->store, &request->sql, err)
           && actor_load(request->sql, sign_in->account, &request->actor, err);
}

bool carry_arrive(struct request *request, const struct carry *carry, const struct sign_in *sign_in, struct err *err)
{
    if (!come_in(request, sign_in, err))
        return false;
    if (sign_in->must_change)
        return own_account_get(request, err);
    request->path = carry->next;
    request->kind = carry->kind;
    return prefill_page(request, carry->text, SLICE(""), err);
}
