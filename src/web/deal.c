/* Deals: the list, one, a step taken, one begun. */
#include "web/deal.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/utf8.h"
#include "web/drop.h"
#include "web/error.h"
#include "web/flash.h"
#include "web/form_int.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"

enum { PAGE_DEALS = 40 };

/* --- the list --- */

json_t *deal_line_json(struct request *request, const struct record *deal)
{
    json_t *line = json_object();

    json_put(line, "href", slice_of(arena_print(request->arena, "/deals/%lld", (long long)deal->id)));
    json_put(line, "title", deal->values[DEAL_TITLE].text);
    json_put(line, "unit", record_title(request->sql, &kind_party, deal->owner, request->arena));
    json_object_set_new_nocheck(line, "pier", code_label_json("pier", deal->values[DEAL_PIER].text));
    json_object_set_new_nocheck(line, "past", json_boolean(deal->values[DEAL_PAST].number != 0));
    json_object_set_new_nocheck(line, "at", json_integer(deal->valid_from));
    return line;
}

bool deals_get(struct request *request, struct err *err)
{
    struct record *list = arena_alloc(request->arena, (PAGE_DEALS + 1) * sizeof *list);
    json_t *document = json_object(), *deals = json_object(), *lines = json_array();
    struct deal_query query = {.past = request_number(request, "past", 0) != 0, .before = request_number(request, "before", 0)};
    int64_t further, next;
    bool past = query.past;
    size_t count;

    if (!deal_list(request->sql, &request->actor, &query, request->arena, list, PAGE_DEALS + 1, &count, &further, err)) {
        json_decref(document);
        json_decref(deals);
        json_decref(lines);
        return false;
    }
    for (size_t i = 0; i < count && i < PAGE_DEALS; i++)
        json_array_append_new(lines, deal_line_json(request, &list[i]));
    json_object_set_new_nocheck(deals, "past", json_boolean(past));
    json_object_set_new_nocheck(deals, "lines", lines);
    json_object_set_new_nocheck(deals, "further", json_boolean(further != 0));
    next = count > PAGE_DEALS ? list[PAGE_DEALS - 1].id : further;
    if (next)
        json_put(deals, "next", slice_of(arena_print(request->arena, "/deals?%sbefore=%lld", past ? "past=1&" : "", (long long)next)));
    json_fill(deals, "next");
    json_object_set_new_nocheck(document, "deals", deals);
    return request_page(request, "deals", document);
}

/* --- one --- */

bool deal_page_load(struct request *request, struct deal_page *page, struct err *err)
{
    *page = (struct deal_page){.request = request};
    return deal_load(request->sql, request->id, day_of_ms(request->now_ms), request->arena, &page->file, err)
           && object_of(request->sql, &page->file.deal, &request->actor, &page->object, err)
           && may(&request->actor, ACT_SEE, &page->object, err)
           && deal_look(&request->web->city->law, &page->file, &page->bridge, err);
}

/* The step asked for, or else the one that leads on, where the actor may take it. */
static void open_form(struct deal_page *page)
{
    struct request *request = page->request;
    struct slice asked = request_value(request, "step");
    const struct deal_step *step = asked.len ? deal_step_find(asked) : deal_next_step(&page->file, &page->bridge);
    struct err ignored;

    if (!step || !deal_step_fits(step, &page->file, &page->bridge) || !deal_step_may(step, &request->actor, &page->object, &ignored))
        return;
    page->step = step;
    page->paper = deal_step_paper(step, &page->file, request_number(request, "paper", 0));
    if (strcmp(step->name, "state") == 0)
        page->typed[STATEMENT_FACT] = request_value(request, "fact");
    if (strcmp(step->name, "sign") == 0)
        page->typed[CONTRACT_TREE] = request_values(request, "tree");
    deal_prefill(step, &page->file, page->paper, request->arena, page->typed);
}

bool deal_get(struct request *request, struct err *err)
{
    struct deal_page page;

    if (!deal_page_load(request, &page, err))
        return false;
    open_form(&page);
    return request_page(request, "deal", deal_document(&page));
}

/* --- a step --- */

static int refused_status(const struct err *err)
{
    return err->code == ERR_INVALID ? 422 : err->code == ERR_TOO_LARGE ? 413 : 409;
}

static bool tells_what_to_mend(const struct err *err)
{
    return err->code == ERR_INVALID || err->code == ERR_CONFLICT || err->code == ERR_TOO_LARGE;
}

bool deal_takes_files(const struct deal_step *step)
{
    return step->how == STEP_ADD || step->how == STEP_AMEND;
}

int deal_digest_field(const struct deal_step *step)
{
    const struct kind *kind = deal_step_kind(step);

    for (size_t i = 0; i < kind->count; i++)
        if (kind->fields[i].type == FIELD_DIGEST && deal_step_field(step, i))
            return (int)i;
    return -1;
}

bool deal_step_let(struct request *request, const struct deal_step *step, struct err *err)
{
    struct object object;
    struct record deal;

    return request_look(request, err) && record_get(request->sql, &kind_deal, request->id, request->arena, &deal, err)
           && object_of(request->sql, &deal, &request->actor, &object, err)
           && (step ? deal_step_may(step, &request->actor, &object, err)
                    : may(&request->actor, ACT_SEE, &object, err) && may(&request->actor, ACT_STEP, &object, err));
}

/* The page again, with what was typed and what stands in the way. No page can keep a file that was chosen. */
static bool refused_page(struct request *request, const struct deal_order *order, struct err *err)
{
    struct err refusal = *err;
    struct deal_page page;

    if (!request_look(request, err) || !deal_page_load(request, &page, err))
        return false;
    page.step = order->step;
    page.paper = deal_step_paper(order->step, &page.file, order->paper);
    page.order = order;
    page.refused = &refusal;
    memcpy(page.typed, order->typed, sizeof page.typed);
    if (order->files.count && deal_digest_field(order->step) >= 0)
        page.typed[deal_digest_field(order->step)] = SLICE("");
    request->status = refused_status(&refusal);
    return request_page(request, "deal", deal_document(&page));
}

bool deal_refused(struct request *request, struct err *err)
{
    struct err refusal = *err;
    struct deal_page page;

    if (request->api || !tells_what_to_mend(err) || !request_look(request, err) || !deal_page_load(request, &page, err))
        return false;
    open_form(&page);
    page.refused = &refusal;
    request->status = refused_status(&refusal);
    return request_page(request, "deal", deal_document(&page));
}

/* A program is told each field that is to be mended, and each rule that does not say yes with the facts it lacks. */
bool deal_refused_program(struct request *request, const struct deal_order *order, const struct err *err)
{
    json_t *document = error_lines_json(request, err, &order->complaints);

    if (order->refusal.count)
        json_object_set_new_nocheck(document, "answers", deal_answers_json(request, order));
    if (order->stands_ver)
        json_object_set_new_nocheck(document, "ver", json_integer(order->stands_ver));
    request->status = refused_status(err);
    return request_page(request, NULL, document);
}

static bool step_refused(struct request *request, const struct deal_order *order, struct err *err)
{
    if (!tells_what_to_mend(err))
        return false;
    return request->api ? deal_refused_program(request, order, err) : refused_page(request, order, err);
}

static bool step_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct deal_order *order = arg;

    if (outcome == STORE_DONE) {
        flash_set(request, FLASH_STEP);
        return request_changed(request, order->deal, order->done_ver);
    }
    return step_refused(request, order, err);
}

/* The first file is the one whose digest the step asks for. */
static bool digest_fill(struct deal_order *order, struct err *err)
{
    int at = deal_digest_field(order->step);
    struct slice typed = at < 0 ? SLICE("") : slice_trim(order->typed[at]), digest = slice_of(order->files.files[0].digest);

    if (at < 0)
        return true;
    if (typed.len && (typed.len != digest.len || strncasecmp(typed.at, digest.at, digest.len) != 0)) {
        err_set(err, ERR_INVALID, "填的 SHA-256 与选的文件不符");
        err_hint(err, "选了文件就不用填；填的是别的文件的，请选那个文件");
        return err_field(err, deal_step_kind(order->step)->fields[at].name);
    }
    order->typed[at] = digest;
    return true;
}

static bool step_files(struct request *request, struct deal_order *order, struct err *err)
{
    const char *sort = attachment_sort(slice_of(deal_step_kind(order->step)->name));

    if (!deal_takes_files(order->step))
        return true;
    return deal_files_read(request, sort, &order->files, err) && deal_kept_take(request, sort, &order->files, err)
           && (!order->files.count || digest_fill(order, err));
}

/* A box that is not ticked says no; a browser sends nothing for it. */
static void typed_read(struct request *request, struct deal_order *order)
{
    const struct kind *kind = deal_step_kind(order->step);

    for (size_t i = 0; i < kind->count; i++) {
        if (!deal_step_field(order->step, i))
            continue;
        order->typed[i] = form_typed(request, &kind->fields[i]);
        if (!order->typed[i].at && !request->body)
            order->typed[i] = kind->fields[i].type == FIELD_YES       ? SLICE("0")
                              : kind->fields[i].type == FIELD_CHOICES ? SLICE("")
                                                                      : order->typed[i];
    }
}

static const struct deal_step *step_named(struct request *request, struct err *err)
{
    struct slice name = request_value(request, "step");
    const struct deal_step *step = deal_step_find(name);

    if (step)
        return step;
    name = utf8_head(name, 40);
    err_set(err, ERR_INVALID, "没有“%.*s”这一步", (int)name.len, name.at ? name.at : "");
    err_hint(err, "step 写步骤的名字，如 notice；本页列出现在能办的");
    err_field(err, "step");
    return NULL;
}

/* A misspelt member would be taken for one that is left as it was. */
static bool members_fit(struct request *request, const struct deal_step *step, struct err *err)
{
    const struct kind *kind = deal_step_kind(step);
    const char *name;
    json_t *value;

    json_object_foreach(request->body, name, value) {
        int at = kind_field(kind, name);

        if (at >= 0 && deal_step_field(step, (size_t)at) ? !form_value_fits(&kind->fields[at], value, err)
                                                         : !request_member_fits(name, value, "step ver paper request_id", err))
            return false;
    }
    return true;
}

/* The paper that is meant: none said is the newest, but a slip of the pen is none. */
static bool paper_meant(struct request *request, int64_t *paper, struct err *err)
{
    struct slice value = slice_trim(request_value(request, "paper"));

    *paper = 0;
    if (!value.len || ident_parse(value, paper))
        return true;
    err_set(err, ERR_INVALID, "paper 不是文书的编号");
    err_hint(err, "写本页文书的编号；不写的是最新的一份");
    return err_field(err, "paper");
}

bool deal_step_post(struct request *request, request_then *then, struct err *err)
{
    const struct deal_step *step = step_named(request, err);
    struct deal_order *order = arena_zero(request->arena, 1, sizeof *order);
    int64_t paper;

    if (!step || !deal_step_let(request, step, err) || !members_fit(request, step, err) || !paper_meant(request, &paper, err))
        return false;
    deal_order_init(order, &request->web->city->law, &request->actor, step, request_token(request));
    order->deal = request->id;
    order->arena = request->arena;
    order->ver = request_number(request, "ver", 0);
    order->paper = paper;
    typed_read(request, order);
    if (!step_files(request, order, err))
        return step_refused(request, order, err);
    if (order->files.count && !deal_files_keep(request, &order->files, err))
        return false;
    return request_write(request, order->request_id, deal_step_run, order, then, err);
}

bool deal_post(struct request *request, struct err *err)
{
    const struct deal_step *step;

    if (!drop_asked(request))
        return deal_step_post(request, step_then, err);
    step = step_named(request, err);
    return step && deal_read(request, step, err);
}

/* --- beginning one --- */

static bool opened_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct deal_opening *opening = arg;

    (void)err;
    if (outcome != STORE_DONE)
        return false;
    flash_set(request, FLASH_DEAL);
    return request_made(request, opening->id, 1);
}

bool deals_post(struct request *request, struct err *err)
{
    struct deal_opening *opening = arena_zero(request->arena, 1, sizeof *opening);

    if (!request_members_fit(request, "achievement title request_id", err))
        return false;
    deal_opening_init(opening, &request->actor, request_token(request));
    opening->title = request_value(request, "title");
    if (!ident_parse(slice_trim(request_value(request, "achievement")), &opening->achievement)) {
        err_set(err, ERR_INVALID, "没有说转化哪一项成果");
        err_hint(err, "achievement 写成果的编号");
        return err_field(err, "achievement");
    }
    return request_write(request, opening->request_id, deal_open_step, opening, opened_then, err);
}

/* --- on an achievement's page --- */

json_t *deals_of_achievement(struct request *request, const struct record *achievement)
{
    enum { SHOWN = 10 };
    struct object object = {.kind = &kind_deal, .owner = achievement->owner};
    json_t *out, *lines = json_array();
    struct err ignored;
    int64_t ids[SHOWN];
    size_t count = 0;

    if (request->actor.account && !deal_of_achievement(request->sql, achievement->id, 0, ids, SHOWN, &count, &ignored))
        count = 0;
    for (size_t i = 0; i < count; i++) {
        struct record deal;
        struct object seen; /* of each: a deal stays its unit's where the achievement has gone to another */

        if (record_get(request->sql, &kind_deal, ids[i], request->arena, &deal, &ignored)
            && object_of(request->sql, &deal, &request->actor, &seen, &ignored)
            && may(&request->actor, ACT_SEE, &seen, &ignored))
            json_array_append_new(lines, deal_line_json(request, &deal));
    }
    out = json_object();
    json_object_set_new_nocheck(out, "lines", lines);
    if (may(&request->actor, ACT_CREATE, &object, &ignored) && achievement->status == RECORD_OPEN) {
        json_put_id(out, "achievement", achievement->id);
        json_put(out, "request_id", request_fresh(request));
    }
    json_fill(out, "achievement request_id");
    if (json_array_size(lines) || json_is_string(json_object_get(out, "achievement")))
        return out;
    json_decref(out);
    return json_null();
}
