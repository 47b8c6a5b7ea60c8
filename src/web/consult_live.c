/*
 * The meeting as it goes on: the running order, what is said as it is noted, what was put in, and, for who notes, the forms beside it. The
 * page is brought up to date by the events of the session's room (web/live.h, assets/js/meeting.js); without a script it is loaded again.
 * GET /consultations/:id/live: "consult_live": {title, href, state, events: where they come from, or null, agenda: [{no, what, speaker, minutes, topic,
 *   count}], items: [{no, sort, speaker, text, agenda, opinion: {no, subject, href} or null, fixes, at, href}] newest first, drafts: the same, or null,
 *   begun: how many opinions, minutes: {docx, pdf} or null, forms: [{step, label, does, leaders, sorts: [label], request_id}], session: its number, speakers: [name]}
 * GET /consultations/:id/minutes/:file: minutes.docx or minutes.pdf (work/consult_minutes.h).
 */
#include "web/consult.h"

#include "base/json.h"
#include "ledger/ledger.h"
#include "record/choice.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/consult_minutes.h"

enum { ITEMS_MOST = 200 /* what was said before stands in the minutes */ };

struct meeting {
    struct request *request;
    struct matter_file session;
};

static json_t *opinion_named(const struct meeting *meeting, int64_t no)
{
    struct slice subject;
    struct err ignored;
    int64_t id;
    json_t *out;

    if (!no || !consult_opinion_numbered(meeting->request->sql, meeting->session.matter.id, no, meeting->request->arena, &id, &subject, &ignored) || !id)
        return json_null();
    out = json_object();
    json_object_set_new_nocheck(out, "no", json_integer(no));
    json_put(out, "subject", subject);
    json_put(out, "href", slice_of(arena_print(meeting->request->arena, "/opinions/%lld", (long long)id)));
    return out;
}

static json_t *item_json(const struct meeting *meeting, const struct record *remark)
{
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "no", json_integer(matter_number(remark, REMARK_NO)));
    json_object_set_new_nocheck(out, "sort", code_label_json("remark_sort", matter_text(remark, REMARK_SORT)));
    json_put(out, "speaker", matter_text(remark, REMARK_SPEAKER));
    json_put(out, "text", matter_text(remark, REMARK_TEXT));
    json_object_set_new_nocheck(out, "agenda", json_integer(matter_number(remark, REMARK_AGENDA)));
    json_object_set_new_nocheck(out, "opinion", opinion_named(meeting, matter_number(remark, REMARK_OPINION)));
    json_object_set_new_nocheck(out, "fixes", json_integer(matter_number(remark, REMARK_FIXES)));
    json_put_id(out, "at", matter_known(remark, REMARK_SHOWN_MS) ? matter_number(remark, REMARK_SHOWN_MS) : remark->valid_from);
    json_put(out, "href", slice_of(arena_print(meeting->request->arena, "/remarks/%lld", (long long)remark->id)));
    return out;
}

static bool list_add(const struct meeting *meeting, bool drafts, json_t *out, struct err *err)
{
    json_t *items = json_array();
    struct record *list;
    size_t count;

    json_object_set_new_nocheck(out, drafts ? "drafts" : "items", items);
    if (!consult_remarks(meeting->request->sql, meeting->session.matter.id, drafts, ITEMS_MOST, meeting->request->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(items, item_json(meeting, &list[i]));
    return true;
}

/* The newest first: who looks up from his papers sees what was said last. */
static bool items_add(const struct meeting *meeting, bool secretary, json_t *out, struct err *err)
{
    return list_add(meeting, false, out, err) && (!secretary || list_add(meeting, true, out, err));
}

static json_t *agenda_json(const struct meeting *meeting)
{
    json_t *agenda = json_array();

    for (size_t i = 0; i < meeting->session.counts[3]; i++) {
        const struct record *item = &meeting->session.entries[3][i];
        json_t *out = json_object();

        json_object_set_new_nocheck(out, "no", json_integer(matter_number(item, ENTRY_NO)));
        json_put(out, "what", matter_text(item, AGENDA_WHAT));
        json_put(out, "speaker", record_title(meeting->request->sql, &kind_person, matter_number(item, AGENDA_SPEAKER), meeting->request->arena));
        json_object_set_new_nocheck(out, "minutes", json_integer(matter_number(item, AGENDA_MINUTES)));
        json_array_append_new(agenda, out);
    }
    return agenda;
}

static json_t *speakers_json(const struct meeting *meeting)
{
    json_t *speakers = json_array();

    for (size_t i = 0; i < meeting->session.counts[1]; i++) {
        struct slice name = record_title(meeting->request->sql, &kind_person, matter_number(&meeting->session.entries[1][i], SEAT_PERSON), meeting->request->arena);

        json_array_append_new(speakers, json_stringn_nocheck(name.at, name.len));
    }
    return speakers;
}

/* One form for what members say, one for what a leader says. */
static json_t *form_json(const struct meeting *meeting, const char *name, bool leaders)
{
    const struct matter_step *step = matter_step_find(&sort_remark, slice_of(name));
    const struct choice_list *list = choice_list_get("remark_sort");
    json_t *form = json_object(), *sorts = json_array();

    for (size_t i = 0; i < list->count; i++)
        if ((i >= 2) == leaders)
            json_array_append_new(sorts, label_json(list->choices[i].code, list->choices[i].label, list->choices[i].label_en));
    json_object_set_new_nocheck(form, "step", json_string(name));
    json_object_set_new_nocheck(form, "label", label_json(step->name, step->label, step->label_en));
    json_put(form, "does", say(meeting->request, step->does));
    json_object_set_new_nocheck(form, "leaders", json_boolean(leaders));
    json_object_set_new_nocheck(form, "sorts", sorts);
    json_put(form, "request_id", request_fresh(meeting->request));
    return form;
}

static json_t *forms_json(const struct meeting *meeting, bool secretary, bool office)
{
    const struct record *session = &meeting->session.matter;
    json_t *forms = json_array();

    if (!consultation_is(session, CONSULT_LIVE) && !consultation_is(session, CONSULT_FOLLOWING))
        return forms;
    if (secretary || office)
        json_array_append_new(forms, form_json(meeting, "enter", false));
    if (secretary)
        json_array_append_new(forms, form_json(meeting, "note", true));
    return forms;
}

static json_t *minutes_json(const struct meeting *meeting)
{
    const struct record *session = &meeting->session.matter;
    long long id = (long long)session->id;
    json_t *out;

    if (!consultation_is(session, CONSULT_LIVE) && !consultation_is(session, CONSULT_FOLLOWING) && !consultation_is(session, CONSULT_CLOSED))
        return json_null();
    out = json_object();
    json_put(out, "docx", slice_of(arena_print(meeting->request->arena, "/consultations/%lld/minutes/minutes.docx", id)));
    json_put(out, "pdf", slice_of(arena_print(meeting->request->arena, "/consultations/%lld/minutes/minutes.pdf", id)));
    return out;
}

static void events_add(const struct meeting *meeting, json_t *out)
{
    struct err ignored;
    uint64_t size;

    if (!meeting->request->api && ledger_size(meeting->request->sql, &size, &ignored) && size)
        json_put(out, "events", slice_of(arena_print(meeting->request->arena, "/api/v1/consultations/%lld/events?since=%llu",
                                                     (long long)meeting->session.matter.id, (unsigned long long)size - 1)));
}

bool consult_live_get(struct request *request, struct err *err)
{
    struct meeting meeting = {.request = request};
    const struct matter_state *state;
    json_t *document, *out;
    struct object place = {.kind = &kind_consultation, .id = request->id};
    bool secretary, office;
    int begun;

    if (!consult_look(request, request->id, &meeting.session, err) || !party_region(request->sql, meeting.session.matter.owner, &place.region, err)
        || !consult_opinion_count(request->sql, request->id, &begun, err))
        return false;
    place.owner = meeting.session.matter.owner;
    secretary = role_over(&request->actor, ROLE_BIT(ROLE_SECRETARY), &place);
    office = role_over(&request->actor, ROLE_BIT(ROLE_CPPCC_OFFICE), &place);
    document = json_object();
    out = json_object();
    json_object_set_new_nocheck(document, "consult_live", out);
    if (!items_add(&meeting, secretary, out, err)) {
        json_decref(document);
        return false;
    }
    state = matter_state_of(&sort_consultation, &meeting.session.matter);
    json_put(out, "title", matter_text(&meeting.session.matter, MATTER_TITLE));
    json_put(out, "href", slice_of(arena_print(request->arena, "/consultations/%lld", (long long)request->id)));
    json_put_id(out, "session", request->id);
    json_object_set_new_nocheck(out, "state", label_json(state->code, state->label, state->label_en));
    json_object_set_new_nocheck(out, "agenda", agenda_json(&meeting));
    json_object_set_new_nocheck(out, "begun", json_integer(begun));
    json_object_set_new_nocheck(out, "minutes", minutes_json(&meeting));
    json_object_set_new_nocheck(out, "forms", forms_json(&meeting, secretary, office));
    json_object_set_new_nocheck(out, "speakers", speakers_json(&meeting));
    events_add(&meeting, out);
    json_fill(out, "events drafts");
    return request_page(request, "consult_live", document);
}

/* Set aside (web/aside.h). */
bool consult_minutes_get(struct request *request, struct err *err)
{
    bool docx = slice_ends(request->path, "/minutes.docx");
    struct matter_file session;
    const char *path;

    if (!docx && !slice_ends(request->path, "/minutes.pdf"))
        return err_set(err, ERR_MISSING, "没有这个文件") || err_hint(err, "纪要有 minutes.docx 和 minutes.pdf 两种");
    if (!request_look(request, err) || !consult_look(request, request->id, &session, err))
        return false;
    path = export_place(request, docx ? "docx" : "pdf");
    return export_paper(request, consult_minutes(request->sql, &session, docx, path, err), path, docx ? "docx" : "pdf", SLICE("协商座谈纪要"));
}
