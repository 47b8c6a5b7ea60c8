/* The queue of a registration agency, and one contract in it. */
#include "web/registry.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "record/choice.h"
#include "web/deal.h"
#include "web/export.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"

enum { PAGE_LINES = 50, SHEET_LINES = 500 };

json_t *registry_lane_json(bool full)
{
    return full ? label_json("full", N_("全面审核"), "Full check") : label_json("fast", N_("快速通道"), "Fast lane");
}

/* --- a line --- */

static struct slice words(const struct record *paper, size_t field)
{
    return paper->values[field].known ? paper->values[field].text : SLICE("");
}

static void day_put(json_t *out, const char *name, int32_t day)
{
    if (day)
        json_put_day(out, name, day);
}

static void fen_put(const struct request *request, json_t *out, const char *name, const struct value *value)
{
    char text[MONEY_TEXT];

    json_put(out, name, slice_of(request->english ? money_show_english(value->number, text) : money_show(value->number, text)));
}

/* What the price is, and what is asked for, is between the unit and the agency. */
static void inside_add(const struct request *request, const struct registry_line *line, json_t *out)
{
    const struct value *values = line->contract->values;
    const struct choice *sort = choice_find(choice_list_get("contract_sort"), values[CONTRACT_SORT].text);

    if (!line->sees_all)
        return;
    json_put(out, "contract", values[CONTRACT_NUMBER].text);
    json_object_set_new_nocheck(out, "sort", sort ? label_json(sort->code, sort->label, sort->label_en) : json_null());
    fen_put(request, out, "amount", &values[CONTRACT_AMOUNT]);
    fen_put(request, out, "technical", &values[CONTRACT_TECHNICAL]);
    if (line->with_unit) {
        json_put(out, "lacks", words(line->registration, REGISTRATION_LACKS));
        json_put(out, "asked_on", words(line->registration, REGISTRATION_ASKED_ON));
    }
}

json_t *registry_line_json(struct request *request, const struct registry_line *line)
{
    json_t *out = json_object();

    json_put(out, "href", slice_of(arena_print(request->arena, "/%s/%lld", line->mine ? "registrations" : "deals", (long long)line->file.deal.id)));
    json_put(out, "title", line->file.deal.values[DEAL_TITLE].text);
    json_put(out, "unit", record_title(request->sql, &kind_party, line->file.deal.owner, request->arena));
    json_put(out, "point", words(line->registration, REGISTRATION_POINT));
    json_put(out, "sent_on", words(line->registration, REGISTRATION_SENT_ON));
    json_object_set_new_nocheck(out, "lane", line->large ? registry_lane_json(line->full) : json_null());
    if (line->allowed)
        json_object_set_new_nocheck(out, "allowed", json_integer(line->allowed));
    day_put(out, "due", line->due);
    json_object_set_new_nocheck(out, "provisional", json_boolean(line->provisional));
    json_object_set_new_nocheck(out, "waited", json_integer(line->waited));
    json_object_set_new_nocheck(out, "late", json_boolean(line->late));
    json_object_set_new_nocheck(out, "with_unit", json_boolean(line->with_unit));
    json_object_set_new_nocheck(out, "mine", json_boolean(line->mine));
    inside_add(request, line, out);
    json_fill(out, "allowed due contract sort amount technical lacks asked_on");
    return out;
}

/* --- the queue --- */

/* By what the rule in force separates the lanes: of the first line that has any. */
static json_t *criterion_json(const struct request *request, const struct registry_line *lines, size_t count)
{
    char text[MONEY_TEXT];

    for (size_t i = 0; i < count; i++)
        if (lines[i].large)
            return json_string_nocheck(request->english ? money_show_english(lines[i].large, text) : money_show(lines[i].large, text));
    return json_null();
}

static json_t *lanes_json(const struct request *request, struct slice asked)
{
    static const char *const codes[] = {"", "fast", "full"};
    json_t *lanes = json_array();

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        json_t *lane = json_object();

        json_object_set_new_nocheck(lane, "label", i ? registry_lane_json(i == 2) : label_json("all", "全部", "All"));
        json_put(lane, "href", slice_of(arena_print(request->arena, "/registrations%s%s", i ? "?lane=" : "", codes[i])));
        json_object_set_new_nocheck(lane, "here", json_boolean(slice_is(asked, codes[i])));
        json_array_append_new(lanes, lane);
    }
    return lanes;
}

static json_t *queue_json(struct request *request, const struct registry_line *lines, size_t count)
{
    struct slice lane = request_value(request, "lane");
    json_t *queue = json_object(), *shown = json_array();
    bool mine = false;

    for (size_t i = 0; i < count && i < PAGE_LINES; i++) {
        mine = mine || lines[i].mine;
        if (!lane.len || slice_is(lane, lines[i].full ? "full" : "fast"))
            json_array_append_new(shown, registry_line_json(request, &lines[i]));
    }
    json_object_set_new_nocheck(queue, "lines", shown);
    json_object_set_new_nocheck(queue, "criterion", criterion_json(request, lines, count));
    json_object_set_new_nocheck(queue, "lanes", lanes_json(request, lane));
    json_object_set_new_nocheck(queue, "mine", json_boolean(mine));
    json_put(queue, "request_id", request_fresh(request));
    if (count > PAGE_LINES)
        json_put(queue, "next", slice_of(arena_print(request->arena, "/registrations?after=%lld%s%.*s", (long long)lines[PAGE_LINES - 1].registration->id,
                                                     lane.len ? "&lane=" : "", (int)lane.len, lane.at)));
    json_fill(queue, "next");
    return queue;
}

bool registrations_get(struct request *request, struct err *err)
{
    struct registry_line *lines = arena_alloc(request->arena, (PAGE_LINES + 1) * sizeof *lines);
    json_t *document;
    size_t count;

    if (!registry_list(request->sql, &request->web->city->law, &request->actor, day_of_ms(request->now_ms),
                       request_number(request, "after", 0), request->arena, lines, PAGE_LINES + 1, &count, err))
        return false;
    document = json_object();
    json_object_set_new_nocheck(document, "registrations", queue_json(request, lines, count));
    return request_page(request, "registrations", document);
}

bool registrations_export_get(struct request *request, struct err *err)
{
    struct registry_line *lines = arena_alloc(request->arena, SHEET_LINES * sizeof *lines);
    const struct law *law = &request->web->city->law;
    const char *path = export_path(request, TABLE_XLSX);
    size_t count;

    if (!request_look(request, err)
        || !registry_list(request->sql, law, &request->actor, day_of_ms(request->now_ms), 0, request->arena, lines, SHEET_LINES, &count, err))
        return false;
    if (!registry_sheet(request->sql, law, lines, count, request->arena, path, err)) {
        unlink(path); /* nothing half is left */
        return false;
    }
    return export_send(request, path, TABLE_XLSX, SLICE("registrations"));
}

/* --- one --- */

/* A line that is the reader's to register; the page as of its deal. */
static bool one_load(struct request *request, struct registry_line *line, struct deal_page *page, struct err *err)
{
    const struct law *law = &request->web->city->law;

    *page = (struct deal_page){.request = request, .door = "/registrations"};
    if (!registry_find(request->sql, law, &request->actor, day_of_ms(request->now_ms), request->id, request->arena, line, err)
        || !object_of(request->sql, &line->file.deal, &request->actor, &page->object, err)
        || !may(&request->actor, ACT_REGISTER, &page->object, err))
        return false;
    page->file = line->file;
    return deal_look(law, &page->file, &page->bridge, err);
}

/* Rule by rule, what the pre-check says of what was sent. */
static bool checks_json(const struct deal_page *page, json_t **checks, struct err *err)
{
    const struct law *law = &page->request->web->city->law;
    struct arena *arena = page->request->arena;
    struct answer *answers;
    struct fact *facts;
    size_t count, fact_count;

    if (!deal_facts(law, &page->file, arena, &facts, &fact_count, err)
        || !rule_gate(law->book, "register", page->file.region, page->file.today, facts, fact_count, arena, &answers, &count, err))
        return false;
    *checks = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *check = json_object();

        json_put(check, "rule", slice_of(answers[i].rule->id));
        json_put(check, "title", slice_of(answers[i].rule->title));
        json_put(check, "verdict", slice_of(rule_verdict_word(answers[i].verdict)));
        json_put(check, "says", answers[i].says);
        json_put(check, "href", slice_of(arena_print(arena, "/rules/%s?region=%d", answers[i].rule->id, (int)page->file.region)));
        json_array_append_new(*checks, check);
    }
    return true;
}

static json_t *items_json(struct request *request, const struct registry_line *line, struct err *err)
{
    struct registry_item items[REGISTRY_ITEMS];
    json_t *out;
    size_t count;

    if (!registry_items(request->sql, &request->web->city->law, line, request->arena, items, &count, err))
        return NULL;
    out = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *item = json_object();

        json_put(item, "label", slice_of(items[i].label));
        json_put(item, "text", items[i].text);
        json_array_append_new(out, item);
    }
    return out;
}

static bool one_page(struct deal_page *page, const struct registry_line *line, struct err *err)
{
    struct request *request = page->request;
    json_t *document, *out, *checks, *items = items_json(request, line, err);

    if (!items || !checks_json(page, &checks, err))
        return json_decref(items), false;
    document = json_object();
    out = json_object();
    json_object_set_new_nocheck(out, "line", registry_line_json(request, line));
    json_object_set_new_nocheck(out, "items", items);
    json_object_set_new_nocheck(out, "checks", checks);
    json_object_set_new_nocheck(out, "steps", deal_steps_json(page));
    json_object_set_new_nocheck(out, "form", deal_form_json(page));
    json_object_set_new_nocheck(out, "refusal", deal_refusal_json(page));
    json_object_set_new_nocheck(document, "registration", out);
    return request_page(request, "registration", document);
}

bool registration_get(struct request *request, struct err *err)
{
    struct slice asked = request_value(request, "step");
    struct registry_line line;
    struct deal_page page;

    if (!one_load(request, &line, &page, err))
        return false;
    page.step = deal_step_find(asked.len ? asked : SLICE("registered"));
    if (page.step && (!page.step->agency || !deal_step_fits(page.step, &page.file, &page.bridge)))
        page.step = NULL;
    if (page.step) {
        page.paper = deal_step_paper(page.step, &page.file, 0);
        deal_prefill(page.step, &page.file, page.paper, request->arena, page.typed);
    }
    return one_page(&page, &line, err);
}

static bool refused_page(struct request *request, const struct deal_order *order, struct err *err)
{
    struct err refusal = *err;
    struct registry_line line;
    struct deal_page page;

    if (!request_look(request, err) || !one_load(request, &line, &page, err))
        return false;
    page.step = order->step;
    page.paper = deal_step_paper(order->step, &page.file, order->paper);
    page.order = order;
    page.refused = &refusal;
    memcpy(page.typed, order->typed, sizeof page.typed);
    request->status = refusal.code == ERR_INVALID ? 422 : 409;
    return one_page(&page, &line, err);
}

static bool step_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct deal_order *order = arg;

    if (outcome == STORE_DONE) {
        flash_set(request, FLASH_STEP);
        return request->api ? request_changed(request, order->deal, order->done_ver) : request_see(request, "/registrations");
    }
    if (err->code != ERR_INVALID && err->code != ERR_CONFLICT)
        return false;
    return request->api ? deal_refused_program(request, order, err) : refused_page(request, order, err);
}

bool registration_post(struct request *request, struct err *err)
{
    return deal_step_post(request, step_then, err);
}
