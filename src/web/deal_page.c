/* A deal's document: the bridge, what is to be done, the papers of the file. */
#include "web/deal.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/choice.h"
#include "web/obstacle.h"
#include "web/say.h"
#include "web/view.h"
#include "work/deal_flag.h"

/* --- the bridge --- */

static struct slice turn_text(const struct deal_page *page, const struct pier_state *state)
{
    static const char *const turns[] = {
        [TURN_UNIT] = N_("单位成果转化部门"), [TURN_TEAM] = N_("完成人"),        [TURN_BODY] = N_("审批机构"),
        [TURN_BUYER] = N_("受让方"),          [TURN_REGISTRAR] = N_("登记机构"), [TURN_CLOCK] = N_("等期满"),
    };

    return state->turn == TURN_BODY && state->body.len ? say(page->request, arena_text(page->request->arena, state->body)) : say(page->request, turns[state->turn]);
}

static const char *state_word(const struct deal_page *page, int pier)
{
    const struct pier_state *state = &page->bridge.piers[pier];

    return state->skipped ? "skipped" : state->unseen ? "missing" : state->passed ? "done" : pier == page->bridge.at ? "now" : "next";
}

static json_t *pier_json(const struct deal_page *page, int pier)
{
    const struct pier_state *state = &page->bridge.piers[pier];
    const struct choice *choice = choice_find(choice_list_get("pier"), slice_of(pier_code((enum pier)pier)));
    json_t *out = json_object(), *is = json_object();
    char day[CLOCK_TEXT];

    json_object_set_new_nocheck(out, "label", label_json(choice->code, choice->label, choice->label_en));
    json_put(out, "state", slice_of(state_word(page, pier)));
    json_object_set_new_nocheck(is, state_word(page, pier), json_true());
    json_object_set_new_nocheck(out, "is", is);
    json_put(out, "turn", turn_text(page, state));
    if (state->missing.code) {
        json_put(out, "missing", say_message(page->request, &state->missing));
        json_put(out, "hint", say_hint(page->request, &state->missing));
    }
    if (state->due)
        json_put(out, "due", slice_of(day_show(state->due, day)));
    json_object_set_new_nocheck(out, "provisional", json_boolean(state->provisional));
    json_put(out, "article", say(page->request, state->article));
    json_fill(out, "missing hint due");
    return out;
}

static void bridge_add(const struct deal_page *page, json_t *deal)
{
    json_t *piers = json_array();

    for (int p = 0; p < PIER_COUNT; p++)
        json_array_append_new(piers, pier_json(page, p));
    json_object_set_new_nocheck(deal, "piers", piers);
    if (page->bridge.at < PIER_COUNT && page->file.deal.status == RECORD_OPEN)
        json_object_set_new_nocheck(deal, "now", pier_json(page, page->bridge.at));
}

json_t *deal_steps_json(const struct deal_page *page)
{
    json_t *steps = json_array();
    struct err ignored;

    for (size_t i = 0; i < deal_step_count; i++) {
        const struct deal_step *step = &deal_steps[i];
        json_t *line;

        if ((page->door && !step->agency) || !deal_step_fits(step, &page->file, &page->bridge)
            || !deal_step_may(step, &page->request->actor, &page->object, &ignored))
            continue;
        line = json_object();
        json_object_set_new_nocheck(line, "label", label_json(step->name, step->label, step->label_en));
        json_put(line, "does", say(page->request, step->does));
        json_put(line, "href", slice_of(arena_print(page->request->arena, "%s/%lld?step=%s#step", page->door ? page->door : "/deals",
                                                    (long long)page->file.deal.id, step->name)));
        json_object_set_new_nocheck(line, "here", json_boolean(step == page->step));
        json_array_append_new(steps, line);
    }
    return steps;
}

/* --- papers --- */

/* From the digest in a paper to the file that has it. */
static void file_link(const struct deal_page *page, const struct value *digest, json_t *view)
{
    const struct record *list = page->file.papers[KIND_ATTACHMENT];

    for (size_t i = 0; i < page->file.count[KIND_ATTACHMENT]; i++)
        if (!list[i].values[ATTACHMENT_WITHDRAWN_ON].known && slice_same(list[i].values[ATTACHMENT_DIGEST].text, digest->text))
            json_put(view, "href", slice_of(arena_print(page->request->arena, "/deals/%lld/files/%lld", (long long)page->file.deal.id,
                                                        (long long)list[i].values[PAPER_NO].number)));
}

static json_t *values_json(const struct deal_page *page, const struct record *record, size_t from)
{
    enum level sees = may_level(&page->request->actor, &page->object);
    json_t *fields = json_array();

    for (size_t i = from; i < record->kind->count; i++) {
        bool own = record->kind->id == KIND_DEAL && (i == DEAL_TERMS || i == DEAL_PAPERS) && !page->request->api; /* the program's counters */
        json_t *view = own || record->kind->fields[i].level > sees ? NULL : field_view(page->request, record, i);

        if (view && sees >= LEVEL_OWN && record->kind->fields[i].type == FIELD_DIGEST)
            file_link(page, &record->values[i], view);
        if (view)
            json_array_append_new(fields, view);
    }
    return fields;
}

static json_t *item_json(const struct deal_page *page, const struct record *paper)
{
    json_t *item = json_object();

    json_put_id(item, "id", paper->id);
    json_object_set_new_nocheck(item, "no", json_integer(paper->values[PAPER_NO].number));
    json_object_set_new_nocheck(item, "ver", json_integer(paper->ver));
    json_object_set_new_nocheck(item, "at", json_integer(paper->valid_from));
    json_object_set_new_nocheck(item, "leaf", json_integer(paper->from_leaf));
    json_object_set_new_nocheck(item, "fields", values_json(page, paper, PAPER_OWN));
    if (paper->kind->id == KIND_CONTRACT)
        json_object_set_new_nocheck(item, "silent", deal_silent_json(page->request, paper));
    json_fill(item, "silent");
    return item;
}

static json_t *papers_json(const struct deal_page *page)
{
    enum level sees = may_level(&page->request->actor, &page->object);
    json_t *papers = json_array();

    for (size_t k = KIND_DEAL + 1; k < KIND_ALL; k++) {
        const struct kind *kind = kind_get((enum kind_id)k);
        json_t *sort, *items;

        if (k == KIND_ATTACHMENT || !page->file.count[k] || (sees < LEVEL_OWN && k != KIND_NOTICE))
            continue;
        sort = json_object();
        items = json_array();
        for (size_t i = page->file.count[k]; i-- > 0;)
            json_array_append_new(items, item_json(page, &page->file.papers[k][i]));
        json_object_set_new_nocheck(sort, "kind", label_json(kind->name, kind->label, kind->label_en));
        json_object_set_new_nocheck(sort, "count", json_integer((json_int_t)page->file.count[k]));
        json_object_set_new_nocheck(sort, "items", items);
        json_array_append_new(papers, sort);
    }
    return papers;
}

/* --- what a revocation leaves to be looked at --- */

static json_t *flags_json(const struct deal_page *page)
{
    struct deal_flag list[FLAGS_MOST];
    size_t count = deal_flags(&page->file, list);
    json_t *flags, *lines;

    if (!count || may_level(&page->request->actor, &page->object) < LEVEL_OWN)
        return json_null();
    flags = json_object();
    lines = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *line = json_object();
        char day[CLOCK_TEXT];

        json_put(line, "what", say(page->request, list[i].what));
        json_put(line, "article", say(page->request, list[i].article));
        json_put(line, "number", list[i].number);
        json_put(line, "day", slice_of(day_show(list[i].day, day)));
        json_array_append_new(lines, line);
    }
    json_object_set_new_nocheck(flags, "lines", lines);
    return flags;
}

/* --- what stands in the way --- */

json_t *deal_refusal_json(const struct deal_page *page)
{
    json_t *out;

    if (!page->refused)
        return json_null();
    out = json_object();
    json_put(out, "message", say_message(page->request, page->refused));
    json_put(out, "hint", say_hint(page->request, page->refused));
    json_object_set_new_nocheck(out, "ruled", json_boolean(page->order && page->order->refusal.count > 0));
    json_object_set_new_nocheck(out, "answers", page->order ? deal_answers_json(page->request, page->order) : json_array());
    return out;
}

/* --- the document --- */

static json_t *link_json(const struct deal_page *page, const struct record *record)
{
    json_t *link = json_object();

    json_put(link, "name", record->values[record->kind->title].text);
    json_put(link, "href", slice_of(arena_print(page->request->arena, "/%s/%lld", record->kind->plural, (long long)record->id)));
    return link;
}

/* For auditors alone: where its red flags stand. */
static void audit_add(const struct deal_page *page, json_t *out)
{
    static const struct object desk = {.kind = NULL};
    struct err ignored;

    if (may(&page->request->actor, ACT_AUDIT, &desk, &ignored))
        json_put(out, "audit", slice_of(arena_print(page->request->arena, "/audit/deals/%lld", (long long)page->file.deal.id)));
    json_fill(out, "audit");
}

json_t *deal_document(struct deal_page *page)
{
    const struct record *deal = &page->file.deal;
    json_t *document = json_object(), *out = json_object();

    json_put_id(out, "id", deal->id);
    json_object_set_new_nocheck(out, "ver", json_integer(deal->ver));
    json_put(out, "title", deal->values[DEAL_TITLE].text);
    json_object_set_new_nocheck(out, "unit", link_json(page, &page->file.unit));
    json_object_set_new_nocheck(out, "achievement", link_json(page, &page->file.achievement));
    json_object_set_new_nocheck(out, "past", json_boolean(deal->values[DEAL_PAST].number != 0));
    json_object_set_new_nocheck(out, "ended", json_boolean(deal->status == RECORD_CLOSED));
    bridge_add(page, out);
    json_object_set_new_nocheck(out, "form", deal_form_json(page));
    json_object_set_new_nocheck(out, "steps", deal_steps_json(page));
    json_object_set_new_nocheck(out, "terms", values_json(page, deal, DEAL_PIER));
    json_object_set_new_nocheck(out, "papers", papers_json(page));
    json_object_set_new_nocheck(out, "files", deal_files_json(page));
    json_object_set_new_nocheck(out, "paperwork", deal_paperwork_json(page));
    audit_add(page, out);
    json_object_set_new_nocheck(out, "flags", flags_json(page));
    json_object_set_new_nocheck(out, "refusal", deal_refusal_json(page));
    blocks_put(out, obstacles_of(page->request, &page->file.achievement));
    json_fill(out, "now");
    json_object_set_new_nocheck(document, "deal", out);
    return document;
}
