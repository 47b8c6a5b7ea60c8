/*
 * GET /benefits/desk: whom policies reach, policy by policy; ?policy=ID: the firms that are due. POST: notices to those that are ticked, for programs {"landing": {sent, passed}}.
 * GET /benefits/desk/export?policy=ID: its firms as a sheet.
 * Document: {"landing": {lines: [{policy, href, here, due, taken, told, open, refused, could, unknown, due_amount, taken_amount, rate, money_rate,
 *   from, until}], chosen: {policy, id, firms: [{id, name, href, amount, claim: {href, state} or null, tick}], open, more, export} or null,
 *   request_id}}
 */
#include <unistd.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/money.h"
#include "record/claim.h"
#include "web/export.h"
#include "web/fact.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "work/claim.h"
#include "work/landing.h"

enum { FIRMS_SHOWN = CLAIM_NOTICES };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

static bool may_look(struct request *request, struct err *err)
{
    return may_beyond(&request->actor, ACT_IMPORT_ANY, &kind_fact) || err_set(err, ERR_DENIED, "这一页是市、区县和园区工作人员用的")
           || err_hint(err, "企业看“能享受的政策”");
}

/* "37.5%"; null where nobody is due. */
static void rate_put(const struct request *request, json_t *out, const char *name, int64_t part, int64_t whole)
{
    int64_t tenths = whole ? money_share(1000, part, whole, MONEY_HALF_UP) : 0;

    if (whole)
        json_put(out, name, PUT(request, "%lld.%lld%%", (long long)tenths / 10, (long long)tenths % 10));
    json_fill(out, name);
}

static void count_put(json_t *out, const char *name, size_t count)
{
    json_object_set_new_nocheck(out, name, json_integer((json_int_t)count));
}

static json_t *line_json(const struct request *request, const struct landing *landing, int64_t chosen)
{
    json_t *out = json_object();

    json_put(out, "policy", landing->policy.values[POLICY_TITLE].text);
    json_put(out, "href", PUT(request, "/benefits/desk?policy=%lld#firms", (long long)landing->policy.id));
    json_object_set_new_nocheck(out, "here", json_boolean(landing->policy.id == chosen));
    count_put(out, "due", landing->due);
    count_put(out, "taken", landing->taken);
    count_put(out, "told", landing->told);
    count_put(out, "open", landing->open);
    count_put(out, "refused", landing->refused);
    count_put(out, "could", landing->could);
    count_put(out, "unknown", landing->unknown);
    fact_fen_put(request, out, "due_amount", landing->due_amount);
    fact_fen_put(request, out, "taken_amount", landing->taken_amount);
    rate_put(request, out, "rate", (int64_t)landing->taken, (int64_t)landing->due);
    rate_put(request, out, "money_rate", landing->taken_amount, landing->due_amount);
    if (landing->until) {
        json_put_day(out, "from", landing->from);
        json_put_day(out, "until", landing->until);
    }
    json_fill(out, "from until");
    return out;
}

static json_t *claim_json(const struct request *request, const struct landing_firm *firm)
{
    const struct matter_state *state = matter_state_find(matter_sort_of(&kind_claim), slice_of(firm->state));
    json_t *out;

    if (!firm->claim)
        return json_null();
    out = json_object();
    json_put(out, "href", PUT(request, "/claims/%lld", (long long)firm->claim));
    json_object_set_new_nocheck(out, "state", state ? label_json(state->code, state->label, state->label_en) : json_null());
    return out;
}

static json_t *firm_json(struct request *request, const struct landing_firm *firm)
{
    json_t *out = json_object();

    json_put_id(out, "id", firm->party);
    json_put(out, "name", record_title(request->sql, &kind_party, firm->party, request->arena));
    json_put(out, "href", PUT(request, "/benefits?party=%lld", (long long)firm->party));
    fact_fen_put(request, out, "amount", firm->amount);
    json_object_set_new_nocheck(out, "claim", claim_json(request, firm));
    json_object_set_new_nocheck(out, "tick", json_boolean(!firm->claim));
    return out;
}

static json_t *chosen_json(struct request *request, const struct landing *landing)
{
    json_t *out = json_object(), *firms = json_array();
    bool open = false;

    for (size_t i = 0; i < landing->firm_count && i < FIRMS_SHOWN; i++) {
        json_array_append_new(firms, firm_json(request, &landing->firms[i]));
        open = open || !landing->firms[i].claim;
    }
    json_put_id(out, "id", landing->policy.id);
    json_put(out, "policy", landing->policy.values[POLICY_TITLE].text);
    json_object_set_new_nocheck(out, "firms", firms);
    json_object_set_new_nocheck(out, "open", json_boolean(open));
    count_put(out, "more", landing->firm_count > FIRMS_SHOWN ? landing->firm_count - FIRMS_SHOWN : 0);
    json_put(out, "export", PUT(request, "/benefits/desk/export?policy=%lld", (long long)landing->policy.id));
    return out;
}

static bool find(struct request *request, int64_t policy, struct landing **list, size_t *count, struct err *err)
{
    return may_look(request, err) && request_look(request, err)
           && landing_find(request->sql, &request->web->city->law, &request->actor, day_of_ms(request->now_ms), policy, request->arena, list,
                           count, err);
}

bool landing_get(struct request *request, struct err *err)
{
    int64_t policy = request_number(request, "policy", 0);
    json_t *document, *out, *lines, *chosen = NULL;
    struct landing *list;
    size_t count;

    if (!find(request, policy, &list, &count, err))
        return false;
    document = json_object();
    out = json_object();
    lines = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(lines, line_json(request, &list[i], policy));
        if (list[i].policy.id == policy)
            chosen = chosen_json(request, &list[i]);
    }
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(out, "chosen", chosen ? chosen : json_null());
    json_put(out, "request_id", request_fresh(request));
    json_object_set_new_nocheck(document, "landing", out);
    return request_page(request, "landing", document);
}

/* --- notices --- */

static bool told_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct claim_batch *batch = arg;
    json_t *document, *out;

    (void)err;
    if (outcome != STORE_DONE)
        return false;
    if (!request->api) {
        flash_set(request, batch->passed ? FLASH_NOTICES_SOME : FLASH_NOTICES);
        return request_see(request, "/benefits/desk?policy=%.*s", (int)request_value(request, "policy").len, request_value(request, "policy").at);
    }
    document = json_object();
    out = json_object();
    count_put(out, "sent", batch->sent);
    count_put(out, "passed", batch->passed);
    json_object_set_new_nocheck(document, "landing", out);
    return request_page(request, "landing", document);
}

static bool order_fill(struct request *request, struct matter_order *order, struct slice policy, struct slice party, size_t at, struct err *err)
{
    const struct matter_sort *sort = matter_sort_of(&kind_claim);
    struct slice token = request_token(request);

    matter_order_init(order, &request->web->city->law, &request->actor, sort, matter_step_find(sort, SLICE("notify")),
                      PUT(request, "%.*s.%zu", (int)(token.len < 56 ? token.len : 56), token.at, at));
    order->time_ms = request->now_ms;
    order->arena = request->arena;
    order->typed[BENEFIT_POLICY] = policy;
    return ident_parse(party, &order->owner) || err_set(err, ERR_INVALID, "单位要写编号") || err_field(err, "party");
}

bool landing_post(struct request *request, struct err *err)
{
    struct claim_batch *batch = arena_zero(request->arena, 1, sizeof *batch);
    struct slice parties = request_values(request, "party"), policy = slice_trim(request_value(request, "policy")), one;

    if (!may_look(request, err) || !request_members_fit(request, "policy party request_id", err))
        return false;
    batch->orders = arena_alloc(request->arena, CLAIM_NOTICES * sizeof *batch->orders);
    while (parties.at && slice_cut(&parties, '\n', &one)) {
        if (!slice_trim(one).len)
            continue;
        if (batch->count == CLAIM_NOTICES)
            return err_set(err, ERR_INVALID, "一次最多通知 %d 家", CLAIM_NOTICES) || err_hint(err, "分几次发");
        if (!order_fill(request, &batch->orders[batch->count], policy, slice_trim(one), batch->count, err))
            return false;
        batch->count++;
    }
    if (!batch->count)
        return err_set(err, ERR_INVALID, "没有选要通知的企业") || err_hint(err, "勾上要通知的，再按“通知”") || err_field(err, "party");
    return request_write(request, request_token(request).at, claims_notify_step, batch, told_then, err);
}

/* --- as a sheet --- */

static bool firm_write(struct request *request, struct table_writer *writer, const struct landing_firm *firm, struct err *err)
{
    const struct matter_state *state = matter_state_find(matter_sort_of(&kind_claim), slice_of(firm->state));
    char fen[MONEY_TEXT];
    struct record party;
    struct slice cells[4];

    if (!record_get(request->sql, &kind_party, firm->party, request->arena, &party, err))
        return false;
    cells[0] = party.values[kind_party.title].text;
    cells[1] = party.values[kind_field(&kind_party, "uscc")].known ? party.values[kind_field(&kind_party, "uscc")].text : SLICE("");
    cells[2] = slice_of(money_show_plain(firm->amount, fen));
    cells[3] = state ? slice_of(state->label) : SLICE("应享未享");
    return table_write(writer, cells, err);
}

static bool sheet_write(struct request *request, const struct landing *landing, const char *path, struct err *err)
{
    static const struct slice columns[] = {{"单位名称", 12}, {"统一社会信用代码", 24}, {"应得金额（元）", 21}, {"状态", 6}};
    struct table_writer *writer;
    bool ok = true;

    if (!table_create_named(path, TABLE_XLSX, "应享企业", columns, 4, &writer, err))
        return false;
    for (size_t i = 0; ok && i < landing->firm_count; i++)
        ok = firm_write(request, writer, &landing->firms[i], err);
    return table_finish(writer, ok ? err : &(struct err){0}) && ok;
}

bool landing_export_get(struct request *request, struct err *err)
{
    int64_t policy = request_number(request, "policy", 0);
    const char *path = export_path(request, TABLE_XLSX);
    const struct landing *chosen = NULL;
    struct landing *list;
    size_t count;

    if (!find(request, policy, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (list[i].policy.id == policy)
            chosen = &list[i];
    if (!chosen)
        return record_missing(&kind_policy, err);
    if (!sheet_write(request, chosen, path, err)) {
        unlink(path); /* nothing half is left */
        return false;
    }
    return export_send(request, path, TABLE_XLSX, SLICE("policy-landing"));
}
