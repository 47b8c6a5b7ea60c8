/* Matters: a list, one, the form that begins one, a step taken. */
#include "web/matter.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/utf8.h"
#include "web/deal.h"
#include "web/error.h"
#include "web/flash.h"
#include "web/form_int.h"
#include "web/handlers.h"
#include "web/say.h"

enum { PAGE_MATTERS = 40, ABOUT_MOST = 60 };

/* --- the list --- */

static json_t *states_json(const struct request *request, const struct matter_sort *sort, struct slice asked)
{
    json_t *states = json_array();

    for (size_t i = 0; i <= sort->state_count; i++) {
        json_t *state = json_object();

        json_object_set_new_nocheck(state, "label", i ? label_json(sort->states[i - 1].code, sort->states[i - 1].label, sort->states[i - 1].label_en)
                                                      : label_json("", "全部", "All"));
        json_put(state, "href", slice_of(arena_print(request->arena, "/%s%s%s", sort->kind->plural, i ? "?state=" : "", i ? sort->states[i - 1].code : "")));
        json_object_set_new_nocheck(state, "here", json_boolean(i ? slice_is(asked, sort->states[i - 1].code) : !asked.len));
        json_array_append_new(states, state);
    }
    return states;
}

/* The forms by which one is begun; where it must say what it is about, it is begun from that page instead. */
static json_t *begin_json(const struct request *request, const struct matter_sort *sort)
{
    json_t *begin = json_array();

    for (size_t i = 0; request->actor.account && !sort->begins_at && i < sort->step_count; i++) {
        json_t *door;

        if (!(sort->steps[i].from & MATTER_NEW))
            continue;
        door = json_object();
        json_object_set_new_nocheck(door, "label", label_json(sort->steps[i].name, sort->steps[i].label, sort->steps[i].label_en));
        json_put(door, "href", slice_of(arena_print(request->arena, "/%s/new?step=%s", sort->kind->plural, sort->steps[i].name)));
        json_array_append_new(begin, door);
    }
    return begin;
}

static json_t *list_json(struct request *request, const struct matter_sort *sort, const struct record *list, size_t count, int64_t further)
{
    struct slice state = request_value(request, "state");
    json_t *matters = json_object();
    int64_t next = count > PAGE_MATTERS ? list[PAGE_MATTERS - 1].id : further;

    json_object_set_new_nocheck(matters, "kind", label_json(sort->kind->name, sort->kind->label, sort->kind->label_en));
    json_put(matters, "plural", slice_of(sort->kind->plural));
    json_put(matters, "about", say(request, sort->about));
    json_put(matters, "empty", say(request, sort->empty));
    json_object_set_new_nocheck(matters, "lines", matter_lines_json(request, sort, list, count < PAGE_MATTERS ? count : PAGE_MATTERS));
    json_object_set_new_nocheck(matters, "states", states_json(request, sort, state));
    json_object_set_new_nocheck(matters, "begin", begin_json(request, sort));
    if (sort->begins_at)
        json_put(matters, "begins_at", slice_of(sort->begins_at));
    json_object_set_new_nocheck(matters, "further", json_boolean(further != 0));
    if (next)
        json_put(matters, "next", slice_of(arena_print(request->arena, "/%s?%s%.*s%sbefore=%lld", sort->kind->plural, state.len ? "state=" : "",
                                                       (int)state.len, state.at ? state.at : "", state.len ? "&" : "", (long long)next)));
    json_fill(matters, "next begins_at");
    return matters;
}

/* Who is nobody yet is asked who he is, unless what is open is for all. */
static bool may_list(const struct request *request, const struct matter_sort *sort, struct err *err)
{
    if (request->actor.account || sort->open)
        return true;
    return err_set(err, ERR_SIGN_IN, "这一步需要登录") || err_hint(err, "登录后再试；没有账号请联系本单位管理员");
}

bool matters_get(struct request *request, struct err *err)
{
    const struct matter_sort *sort = matter_sort_of(request->kind);
    struct record *list = arena_alloc(request->arena, (PAGE_MATTERS + 1) * sizeof *list);
    struct slice state = request_value(request, "state");
    struct matter_query query = {.before = request_number(request, "before", 0)};
    json_t *document;
    int64_t further;
    size_t count;

    if (state.len) {
        const struct matter_state *asked = matter_state_find(sort, state);

        if (!asked)
            return err_set(err, ERR_INVALID, "没有这个状态") || err_hint(err, "从本页列出的状态里选") || err_field(err, "state");
        query.state = asked->code;
    }
    if (!may_list(request, sort, err)
        || !matter_list(request->sql, sort, &request->actor, &query, request->arena, list, PAGE_MATTERS + 1, &count, &further, err))
        return false;
    document = json_object();
    json_object_set_new_nocheck(document, "matters", list_json(request, sort, list, count, further));
    return request_page(request, "matters", document);
}

/* --- one --- */

static bool page_load(struct request *request, struct matter_page *page, struct err *err)
{
    *page = (struct matter_page){.request = request, .sort = matter_sort_of(request->kind)};
    return matter_load(request->sql, page->sort, request->id, &request->actor, day_of_ms(request->now_ms), request->arena, &page->file, err);
}

static bool page_send(struct matter_page *page, struct err *err)
{
    const char *template = "matter";
    json_t *document = matter_document(page, err);

    if (!document)
        return false;
    for (size_t i = 0; page->file.matter.ver && i < matter_panel_count; i++)
        if (matter_panels[i].sort == page->sort) {
            template = matter_panels[i].page;
            if (!matter_panels[i].add(page, json_object_get(document, "matter"), err)) {
                json_decref(document);
                return false;
            }
        }
    return request_page(page->request, template, document);
}

/* What stands in the form before anybody types: of an entry or the matter what is there, what the step fills in, what the address brings. */
static bool form_fill(struct matter_page *page, struct err *err)
{
    struct request *request = page->request;
    const struct kind *kind = matter_step_kind(page->sort, page->step);
    const struct record *from = page->entry ? page->entry : page->step->entry || !page->file.matter.ver ? NULL : &page->file.matter;
    struct matter_order *order = arena_alloc(request->arena, sizeof *order);
    struct matter_draft draft = {.order = order, .sql = request->sql, .sort = page->sort, .file = page->file.matter.ver ? &page->file : NULL,
                                 .was = page->file.matter, .matter = page->file.matter, .sides = page->file.sides,
                                 .today = day_of_ms(request->now_ms), .arena = request->arena};
    struct sheet sheet;

    matter_order_init(order, &request->web->city->law, &request->actor, page->sort, page->step, SLICE(""));
    draft.matter.kind = page->sort->kind;
    sheet_init(&sheet, request, kind);
    for (size_t i = 0; i < kind->count; i++) {
        if (!matter_step_field(page->sort, page->step, i))
            continue;
        if (from && from->values[i].known)
            page->typed[i] = sheet_value(&sheet, from, i);
        if (request_values(request, kind->fields[i].name).at)
            page->typed[i] = request_values(request, kind->fields[i].name);
    }
    return !page->step->fill || page->step->fill(&draft, page->typed, err);
}

/* The step that is asked for, or else the first that the actor may take and that is somebody's next. */
static const struct matter_step *step_open(const struct matter_page *page)
{
    struct slice asked = request_value(page->request, "step");
    const struct matter_step *step = asked.len ? matter_step_find(page->sort, asked) : NULL;

    for (size_t i = 0; !asked.len && !step && i < page->sort->step_count; i++)
        if (!page->sort->steps[i].aside && matter_step_fits(&page->file, &page->sort->steps[i]))
            step = &page->sort->steps[i];
    return step && matter_step_fits(&page->file, step) ? step : NULL;
}

bool matter_get(struct request *request, struct err *err)
{
    struct matter_page page;

    if (!page_load(request, &page, err))
        return false;
    page.step = step_open(&page);
    if (page.step) {
        page.entry = page.step->how == MATTER_AMEND ? matter_step_entry(&page.file, page.step, request_number(request, "entry", 0)) : NULL;
        if (!form_fill(&page, err))
            return false;
    }
    return page_send(&page, err);
}

/* --- the step that a form names --- */

static const struct matter_step *step_named(struct request *request, const struct matter_sort *sort, bool begins, struct err *err)
{
    struct slice name = request_value(request, "step");
    const struct matter_step *step = name.len ? matter_step_find(sort, name) : NULL;

    for (size_t i = 0; begins && !name.len && !step && i < sort->step_count; i++)
        if (sort->steps[i].from & MATTER_NEW)
            step = &sort->steps[i];
    if (step && (!begins || (step->from & MATTER_NEW)))
        return step;
    name = utf8_head(name, 40);
    err_set(err, ERR_INVALID, "没有“%.*s”这一步", (int)name.len, name.at ? name.at : "");
    err_hint(err, "step 写步骤的名字；页面上列出现在能办的");
    err_field(err, "step");
    return NULL;
}

bool matter_new(struct request *request, struct err *err)
{
    struct matter_page page = {.request = request, .sort = matter_sort_of(request->kind)};

    page.file.sort = page.sort;
    page.file.matter = (struct record){.kind = page.sort->kind, .owner = request->actor.party};
    page.step = step_named(request, page.sort, true, err);
    return page.step && form_fill(&page, err) && page_send(&page, err);
}

/* A misspelt member would be taken for one that is left as it was. */
static bool members_fit(struct request *request, const struct matter_sort *sort, const struct matter_step *step, struct err *err)
{
    const struct kind *kind = matter_step_kind(sort, step);
    const char *name;
    json_t *value;

    json_object_foreach(request->body, name, value) {
        int at = kind_field(kind, name);

        if (at >= 0 && matter_step_field(sort, step, (size_t)at) ? !form_value_fits(&kind->fields[at], value, err)
                                                                : !request_member_fits(name, value, "step ver entry request_id owner", err))
            return false;
    }
    return true;
}

/* A box that is not ticked says no; a browser sends nothing for it. */
static void typed_read(struct request *request, struct matter_order *order)
{
    const struct kind *kind = matter_step_kind(order->sort, order->step);

    for (size_t i = 0; i < kind->count; i++) {
        if (!matter_step_field(order->sort, order->step, i))
            continue;
        order->typed[i] = form_typed(request, &kind->fields[i]);
        if (!order->typed[i].at && !request->body)
            order->typed[i] = kind->fields[i].type == FIELD_YES       ? SLICE("0")
                              : kind->fields[i].type == FIELD_CHOICES ? SLICE("")
                                                                      : order->typed[i];
    }
}

static bool number_named(struct request *request, const char *name, int64_t *number, struct err *err)
{
    struct slice value = slice_trim(request_value(request, name));

    *number = 0;
    if (!value.len || ident_parse(value, number))
        return true;
    err_set(err, ERR_INVALID, "%s 不是一个编号", name);
    err_hint(err, "照页面上的编号写");
    return err_field(err, name);
}

/* --- those about a record --- */

bool matter_about_add(struct request *request, const struct matter_sort *sort, size_t field, int64_t id, json_t *lists, struct err *err)
{
    struct record *list = arena_alloc(request->arena, ABOUT_MOST * sizeof *list);
    json_t *out;
    size_t count;

    if (!matter_about(request->sql, sort, field, id, &request->actor, request->arena, list, ABOUT_MOST, &count, err))
        return false;
    if (!count)
        return true;
    out = json_object();
    json_object_set_new_nocheck(out, "kind", label_json(sort->kind->name, sort->kind->label, sort->kind->label_en));
    json_object_set_new_nocheck(out, "lines", matter_lines_json(request, sort, list, count));
    json_array_append_new(lists, out);
    return true;
}

/* --- taking it --- */

static int refused_status(const struct err *err)
{
    return err->code == ERR_INVALID ? 422 : 409;
}

static bool refused_program(struct request *request, const struct matter_order *order, const struct err *err)
{
    json_t *document = error_lines_json(request, err, &order->complaints);

    if (order->refusal.count)
        json_object_set_new_nocheck(document, "answers", answers_json(request, order->refusal.answers, order->refusal.count, NULL));
    if (order->stands_ver)
        json_object_set_new_nocheck(document, "ver", json_integer(order->stands_ver));
    request->status = refused_status(err);
    return request_page(request, NULL, document);
}

/* The page again, with what was typed and what stands in the way. */
static bool refused_page(struct request *request, const struct matter_order *order, struct err *err)
{
    struct err refusal = *err;
    struct matter_page page = {.request = request, .sort = order->sort};

    if (!request_look(request, err))
        return false;
    page.file.sort = order->sort;
    page.file.matter = (struct record){.kind = order->sort->kind, .owner = request->actor.party};
    if (order->id && !page_load(request, &page, err))
        return false;
    page.step = order->step;
    page.entry = order->id && order->step->how == MATTER_AMEND ? matter_step_entry(&page.file, order->step, order->entry) : NULL;
    page.order = order;
    page.refused = &refusal;
    memcpy(page.typed, order->typed, sizeof page.typed);
    request->status = refused_status(&refusal);
    return page_send(&page, err);
}

static bool step_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct matter_order *order = arg;

    if (outcome == STORE_DONE) {
        flash_set(request, order->id || order->done_within ? FLASH_STEP : FLASH_MATTER);
        if (order->done_within && !request->api)
            return request_see(request, "/%s/%lld%s", matter_id_kind(order->sort->kind, (size_t)order->sort->within, SLICE(""))->plural,
                               (long long)order->done_within, order->sort->within_path);
        return order->id ? request_changed(request, order->done_id, order->done_ver) : request_made(request, order->done_id, order->done_ver);
    }
    if (err->code != ERR_INVALID && err->code != ERR_CONFLICT)
        return false;
    return request->api ? refused_program(request, order, err) : refused_page(request, order, err);
}

static bool order_take(struct request *request, bool begins, struct err *err)
{
    const struct matter_sort *sort = matter_sort_of(request->kind);
    const struct matter_step *step = step_named(request, sort, begins, err);
    struct matter_order *order = arena_zero(request->arena, 1, sizeof *order);
    int64_t entry, owner;

    if (!step || !members_fit(request, sort, step, err) || !number_named(request, "entry", &entry, err)
        || !number_named(request, "owner", &owner, err))
        return false;
    matter_order_init(order, &request->web->city->law, &request->actor, sort, step, request_token(request));
    order->id = request->id;
    order->arena = request->arena;
    order->ver = request_number(request, "ver", 0);
    order->entry = entry;
    order->owner = owner;
    typed_read(request, order);
    if (!matter_bring_read(request, order, err))
        return step_then(request, order, STORE_REFUSED, err);
    return request_write(request, order->request_id, matter_step_run, order, step_then, err);
}

bool matter_begin_post(struct request *request, struct err *err)
{
    return order_take(request, true, err);
}

bool matter_step_post(struct request *request, struct err *err)
{
    return order_take(request, false, err);
}
