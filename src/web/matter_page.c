/* A matter's document: where it stands, who takes part, what can be done, its entries and its history. */
#include "web/matter.h"

#include "base/clock.h"
#include "base/json.h"
#include "web/deal.h"
#include "web/desk.h"
#include "web/form_int.h"
#include "web/say.h"
#include "web/view.h"

enum { HISTORY_LINES = 40, TASKS_MOST = 30, CONTACTS_MOST = 10 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

/* --- where it stands --- */

static json_t *state_json(const struct matter_sort *sort, const struct record *matter)
{
    const struct matter_state *state = matter_state_of(sort, matter);

    return state ? label_json(state->code, state->label, state->label_en) : json_null();
}

static struct slice path_of(const struct request *request, const struct matter_sort *sort, int64_t id)
{
    return PUT(request, "/%s/%lld", sort->kind->plural, (long long)id);
}

static bool is_private(const struct matter_sort *sort, const struct matter_side *side)
{
    return side->field >= 0 && sort->kind->fields[side->field].level != LEVEL_PUBLIC;
}

/* Who sees a matter only because it is open is not told of those whose field is not for everybody. */
static bool is_stranger(struct request *request, const struct matter_sort *sort, const struct record *matter)
{
    bool keeps = sort->open_title != 0;
    enum matter_sight sight;
    struct err ignored;
    unsigned sides;

    for (size_t i = 0; i < sort->side_count; i++)
        keeps |= is_private(sort, &sort->sides[i]);
    return keeps && matter->ver && sort->open && sort->open(matter)
           && (!matter_sight(request->sql, sort, matter, &request->actor, &sides, &sight, &ignored) || sight == SIGHT_OPEN);
}

/* A firm that hides in its need is called what the need calls it, without an address. */
static struct matter_veil veil_of(struct request *request, const struct matter_sort *sort, const struct record *matter)
{
    struct matter_veil veil;
    struct err ignored;

    veil.unknown = !matter_veils(request->sql, sort, matter, &request->actor, request->arena, &veil.party, &veil.alias, &ignored);
    veil.stranger = is_stranger(request, sort, matter);
    return veil;
}

static bool is_veiled(const struct matter_veil *veil, int64_t party)
{
    return veil->unknown || (party && party == veil->party);
}

/* Name of the party or the person of a side; "" for officers. */
static struct slice side_name(struct request *request, const struct matter_side *side, const struct record *matter, const struct kind **kind, int64_t *id)
{
    *kind = &kind_party;
    *id = 0;
    if (matter_side_roles(side) || side->field == SIDE_JOINED)
        return SLICE("");
    if (side->field == SIDE_OWNER)
        *id = matter->owner;
    else
        *id = matter_number(matter, (size_t)side->field);
    if (side->field >= 0 && matter->kind->fields[side->field].type == FIELD_PERSON)
        *kind = &kind_person;
    return *id ? record_title(request->sql, *kind, *id, request->arena) : SLICE("");
}

/* What it is called to the reader. */
static struct slice title_shown(const struct matter_sort *sort, const struct record *matter, const struct matter_veil *veil)
{
    return matter_text(matter, veil->stranger && sort->open_title ? (size_t)sort->open_title : MATTER_TITLE);
}

static json_t *sides_json(struct request *request, const struct matter_sort *sort, const struct record *matter, const struct matter_veil *veil,
                          unsigned mine)
{
    json_t *sides = json_array();

    for (size_t i = 0; i < sort->side_count; i++) {
        const struct matter_side *side = &sort->sides[i];
        const struct kind *kind;
        struct slice name;
        json_t *out;
        int64_t id;
        bool veiled;

        if (veil->stranger && is_private(sort, side))
            continue;
        out = json_object();
        name = side_name(request, side, matter, &kind, &id);
        veiled = id && kind == &kind_party && is_veiled(veil, id);
        json_object_set_new_nocheck(out, "label", label_json(side->name, side->label, side->label_en));
        json_put(out, "name", veiled ? veil->alias : name);
        if (name.len && !veiled)
            json_put(out, "href", PUT(request, "/%s/%lld", kind->plural, (long long)id));
        json_object_set_new_nocheck(out, "mine", json_boolean((mine & SIDE(i)) != 0));
        json_fill(out, "href");
        json_array_append_new(sides, out);
    }
    return sides;
}

static void days_put(const struct request *request, const struct record *matter, json_t *out)
{
    json_put(out, "since", matter_text(matter, MATTER_SINCE));
    if (matter_known(matter, MATTER_DUE))
        json_put(out, "due", matter_text(matter, MATTER_DUE));
    json_object_set_new_nocheck(out, "late", json_boolean(matter_late(matter, day_of_ms(request->now_ms))));
    json_fill(out, "due");
}

json_t *matter_line_json(struct request *request, const struct matter_sort *sort, const struct record *matter)
{
    struct matter_veil veil = veil_of(request, sort, matter);
    json_t *line = json_object();

    json_put(line, "href", path_of(request, sort, matter->id));
    json_put(line, "title", title_shown(sort, matter, &veil));
    json_object_set_new_nocheck(line, "state", state_json(sort, matter));
    days_put(request, matter, line);
    json_object_set_new_nocheck(line, "sides", sides_json(request, sort, matter, &veil, 0));
    return line;
}

json_t *matter_lines_json(struct request *request, const struct matter_sort *sort, const struct record *list, size_t count)
{
    json_t *lines = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(lines, matter_line_json(request, sort, &list[i]));
    return lines;
}

/* A side that nobody takes has no turn. */
static json_t *turn_json(const struct matter_sort *sort, const struct matter_state *state, const struct record *matter)
{
    json_t *turn = json_array();

    for (size_t i = 0; i < sort->side_count; i++)
        if ((state->turn & SIDE(i)) && (sort->sides[i].field < 0 || matter_known(matter, (size_t)sort->sides[i].field)))
            json_array_append_new(turn, label_json(sort->sides[i].name, sort->sides[i].label, sort->sides[i].label_en));
    return turn;
}

static void stand_put(const struct matter_page *page, json_t *out)
{
    const struct matter_state *state = matter_state_of(page->sort, &page->file.matter);

    json_object_set_new_nocheck(out, "state", state_json(page->sort, &page->file.matter));
    days_put(page->request, &page->file.matter, out);
    if (state) {
        json_object_set_new_nocheck(out, "turn", turn_json(page->sort, state, &page->file.matter));
        json_put(out, "limit", say(page->request, state->limit));
    }
    json_object_set_new_nocheck(out, "over", json_boolean(state && state->over));
    json_fill(out, "turn limit");
}

/* --- what it holds --- */

struct slice matter_title_of(struct request *request, const struct kind *kind, int64_t id)
{
    const struct matter_sort *sort = matter_sort_of(kind);
    enum matter_sight sight = SIGHT_NONE;
    struct record record;
    struct object object;
    struct err ignored;
    unsigned sides;

    if (!record_get(request->sql, kind, id, request->arena, &record, &ignored))
        return SLICE("");
    if (sort)
        return matter_sight(request->sql, sort, &record, &request->actor, &sides, &sight, &ignored) ? matter_title_at(sort, &record, sight) : SLICE("");
    if ((!kind_is_listed(kind) && kind->id != KIND_DEAL) || !object_of(request->sql, &record, &request->actor, &object, &ignored)
        || !may(&request->actor, ACT_SEE, &object, &ignored) || !may_see_field(&request->actor, &object, &record, kind->title))
        return SLICE("");
    return record.values[kind->title].text;
}

/* A record by its title, and where it is; false: the reader may not know of it. */
static bool named_put(struct request *request, const struct kind *kind, int64_t id, json_t *out)
{
    struct slice title = matter_title_of(request, kind, id);

    if (!title.len)
        return false;
    json_put(out, "text", title);
    if (kind_is_listed(kind) || kind->id == KIND_DEAL || matter_sort_of(kind))
        json_put(out, "href", PUT(request, "/%s/%lld", kind->plural, (long long)id));
    return true;
}

static void id_view(struct request *request, const struct record *record, size_t index, json_t *view)
{
    const struct kind *kind = matter_id_kind(record->kind, index, index ? matter_text(record, index - 1) : SLICE(""));

    if (kind && !request->api)
        named_put(request, kind, record->values[index].number, view);
}

/* An indicator by its name, where it is counted. */
static void indicator_view(struct request *request, struct slice code, json_t *view)
{
    const struct indicator *indicator = request->api ? NULL : indicator_find(request->web->city->indicators, code);

    if (!indicator)
        return;
    json_put(view, "text", slice_of(request->english ? indicator->title_en : indicator->title));
    json_put(view, "href", PUT(request, "/indicators/%s", indicator->code));
}

/* The name of a kind, in front of the number that it goes with: as people call it. */
static void kind_view(struct request *request, const struct record *record, size_t index, json_t *view)
{
    bool names = index + 1 < record->kind->count && record->kind->fields[index + 1].type == FIELD_ID && record->kind->fields[index].type == FIELD_LINE;
    const struct kind *kind = names && !request->api ? kind_stored(arena_text(request->arena, matter_text(record, index))) : NULL;

    if (kind)
        json_put(view, "text", slice_of(request->english ? kind->label_en : kind->label));
}

static json_t *values_json(const struct matter_page *page, const struct record *record, size_t from)
{
    json_t *fields = json_array();

    for (size_t i = from; i < record->kind->count; i++) {
        json_t *view = matter_sees(page->sort, page->file.sides, page->file.sight, record->kind, i) ? field_view(page->request, record, i) : NULL;

        if (view && record->kind->fields[i].type == FIELD_PARTY && is_veiled(&page->veil, record->values[i].number)) {
            json_decref(view);
            view = NULL;
        }
        if (!view)
            continue;
        json_object_set_new_nocheck(view, "level", json_null()); /* it is for the sides: who they are stands above */
        if (record->kind->fields[i].type == FIELD_ID)
            id_view(page->request, record, i, view);
        kind_view(page->request, record, i, view);
        if (matter_names_indicator(record->kind, i))
            indicator_view(page->request, matter_text(record, i), view);
        json_array_append_new(fields, view);
    }
    return fields;
}

/* Steps that write in this very entry: of several milestones each has its own. */
static json_t *amends_json(const struct matter_page *page, const struct record *entry)
{
    const struct matter_sort *sort = page->sort;
    json_t *amends = json_array();

    for (size_t i = 0; i < sort->step_count; i++) {
        const struct matter_step *step = &sort->steps[i];
        json_t *line;

        if (step->how != MATTER_AMEND || step->entry != entry->kind || !matter_step_fits(&page->file, step) || !matter_step_entry(&page->file, step, entry->id))
            continue;
        line = json_object();
        json_object_set_new_nocheck(line, "label", label_json(step->name, step->label, step->label_en));
        json_put(line, "href", PUT(page->request, "/%s/%lld?step=%s&entry=%lld#step", sort->kind->plural, (long long)page->file.matter.id, step->name,
                                   (long long)entry->id));
        json_array_append_new(amends, line);
    }
    return amends;
}

static json_t *kept_json(const struct matter_page *page, const struct record *entry)
{
    struct slice digest, name, media;
    int64_t size;
    json_t *file;

    if (page->file.sight != SIGHT_ALL || !matter_kept(entry, &digest, &name, &media, &size))
        return json_null();
    file = json_object();
    json_put(file, "href", slice_of(matter_kept_href(page->request, page->sort, page->file.matter.id, entry)));
    json_put(file, "name", name);
    json_object_set_new_nocheck(file, "kib", json_integer((size + 1023) / 1024));
    return file;
}

static json_t *item_json(const struct matter_page *page, const struct record *entry)
{
    json_t *item = json_object();

    json_put_id(item, "id", entry->id);
    json_object_set_new_nocheck(item, "no", json_integer(matter_number(entry, ENTRY_NO)));
    json_object_set_new_nocheck(item, "at", json_integer(entry->valid_from));
    json_object_set_new_nocheck(item, "leaf", json_integer(entry->from_leaf));
    json_object_set_new_nocheck(item, "fields", values_json(page, entry, ENTRY_OWN));
    json_object_set_new_nocheck(item, "amends", amends_json(page, entry));
    json_object_set_new_nocheck(item, "file", kept_json(page, entry));
    return item;
}

/* Of entries of which nothing is for everybody, not even how many there are is told. */
static bool has_public(const struct kind *kind)
{
    for (size_t i = ENTRY_OWN; i < kind->count; i++)
        if (kind->fields[i].level == LEVEL_PUBLIC)
            return true;
    return false;
}

/* Who sees the line alone, or what is open, sees of entries what is for everybody. */
static json_t *entries_json(const struct matter_page *page)
{
    json_t *entries = json_array();

    for (size_t k = 0; k < page->sort->entry_count; k++) {
        const struct kind *kind = page->sort->entries[k];
        json_t *sort, *items;

        if (!page->file.counts[k] || page->file.sight == SIGHT_LINE || (page->file.sight == SIGHT_OPEN && !has_public(kind)))
            continue;
        sort = json_object();
        items = json_array();
        for (size_t i = page->file.counts[k]; i-- > 0;)
            json_array_append_new(items, item_json(page, &page->file.entries[k][i]));
        json_object_set_new_nocheck(sort, "kind", label_json(kind->name, kind->label, kind->label_en));
        json_object_set_new_nocheck(sort, "count", json_integer((json_int_t)page->file.counts[k]));
        json_object_set_new_nocheck(sort, "items", items);
        json_object_set_new_nocheck(sort, "folded", json_false()); /* a panel that shows them another way folds them (web/consult_panel.c) */
        json_array_append_new(entries, sort);
    }
    return entries;
}

/* --- what can be done --- */

static json_t *steps_json(const struct matter_page *page)
{
    json_t *steps = json_array();

    for (size_t i = 0; page->file.matter.ver && i < page->sort->step_count; i++) {
        const struct matter_step *step = &page->sort->steps[i];
        json_t *line;

        if (!matter_step_fits(&page->file, step))
            continue;
        line = json_object();
        json_object_set_new_nocheck(line, "label", label_json(step->name, step->label, step->label_en));
        json_put(line, "does", say(page->request, step->does));
        json_put(line, "href", PUT(page->request, "/%s/%lld?step=%s#step", page->sort->kind->plural, (long long)page->file.matter.id, step->name));
        json_object_set_new_nocheck(line, "here", json_boolean(step == page->step));
        json_array_append_new(steps, line);
    }
    return steps;
}

static void error_add(const struct matter_page *page, const struct field *field, json_t *made)
{
    const struct complaints *complaints = page->order ? &page->order->complaints : NULL;

    for (size_t i = 0; complaints && i < complaints->count; i++)
        if (complaints->list[i].field == field) {
            json_put(made, "error", say_all(page->request, &complaints->list[i].err));
            return;
        }
    if (page->refused && strcmp(page->refused->field, field->name) == 0)
        json_put(made, "error", say_all(page->request, page->refused));
}

/* What came with the page that led here: shown, and sent on. */
static json_t *given_json(const struct matter_page *page, const struct kind *kind, size_t index)
{
    struct request *request = page->request;
    struct slice typed = page->typed[index], before = index ? page->typed[index - 1] : SLICE("");
    const struct kind *of = kind->fields[index].type == FIELD_ID ? matter_id_kind(kind, index, before) : NULL;
    json_t *out = json_object();
    int64_t id = 0;

    json_put(out, "name", slice_of(kind->fields[index].name));
    json_put(out, "value", typed);
    if (of)
        id = strtoll(arena_text(request->arena, typed), NULL, 10);
    if (of && id && named_put(request, of, id, out))
        json_object_set_new_nocheck(out, "label", label_json(of->name, of->label, of->label_en));
    error_add(page, &kind->fields[index], out);
    json_fill(out, "label text href error");
    return out;
}

static void form_fields(const struct matter_page *page, json_t *form)
{
    const struct kind *kind = matter_step_kind(page->sort, page->step);
    json_t *given = json_array(), *fields = json_array(), *more = json_array();
    struct sheet sheet;

    sheet_init(&sheet, page->request, kind);
    memcpy(sheet.typed, page->typed, sizeof sheet.typed);
    for (size_t i = 0; i < kind->count; i++) {
        json_t *made;

        if (!matter_step_field(page->sort, page->step, i))
            continue;
        made = matter_pick(page, &sheet, i);
        if (!made && matter_step_given(page->sort, page->step, i)) {
            json_array_append_new(given, given_json(page, kind, i));
            continue;
        }
        if (!made)
            made = field_form(&sheet, i);
        json_object_set_new_nocheck(made, "level", json_null());
        error_add(page, &kind->fields[i], made);
        json_array_append_new(matter_step_seldom(page->sort, page->step, i) && !sheet_holds(&sheet, i) && json_is_null(json_object_get(made, "error"))
                                  ? more : fields, made);
    }
    json_object_set_new_nocheck(form, "given", given);
    json_object_set_new_nocheck(form, "fields", fields);
    json_object_set_new_nocheck(form, "folded", json_boolean(json_array_size(more) > 0));
    json_object_set_new_nocheck(form, "more", more);
}

static json_t *form_json(const struct matter_page *page)
{
    struct request *request = page->request;
    const struct matter_step *step = page->step;
    json_t *form;

    if (!step)
        return json_null();
    form = json_object();
    json_put(form, "step", slice_of(step->name));
    json_object_set_new_nocheck(form, "label", label_json(step->name, step->label, step->label_en));
    json_put(form, "does", say(request, step->does));
    if (step->brings)
        json_put(form, "action", PUT(request, "/%s/%lld/files", page->sort->kind->plural, (long long)page->file.matter.id));
    else
        json_put(form, "action", page->file.matter.ver ? path_of(request, page->sort, page->file.matter.id) : PUT(request, "/%s", page->sort->kind->plural));
    json_object_set_new_nocheck(form, "brings", json_boolean(step->brings));
    json_put(form, "request_id", request_fresh(request));
    json_object_set_new_nocheck(form, "ver", json_integer(page->file.matter.ver));
    if (page->entry) {
        json_put_id(form, "entry", page->entry->id);
        json_object_set_new_nocheck(form, "no", json_integer(matter_number(page->entry, ENTRY_NO)));
    }
    form_fields(page, form);
    json_fill(form, "entry no");
    return form;
}

static json_t *refusal_json(const struct matter_page *page)
{
    json_t *out;

    if (!page->refused)
        return json_null();
    out = json_object();
    json_put(out, "message", say_message(page->request, page->refused));
    json_put(out, "hint", say_hint(page->request, page->refused));
    json_object_set_new_nocheck(out, "ruled", json_boolean(page->order && page->order->refusal.count > 0));
    json_object_set_new_nocheck(out, "answers", page->order ? answers_json(page->request, page->order->refusal.answers, page->order->refusal.count, NULL)
                                                            : json_array());
    return out;
}

/* --- what was done --- */

struct history {
    const struct matter_page *page;
    json_t *lines;
};

/* A record that another sort's step wrote bears the name of that step. */
static const struct matter_step *step_of(const struct matter_sort *sort, const char *action)
{
    const char *name = strchr(action, '.');
    const struct matter_step *step = name ? matter_step_find(sort, slice_of(name + 1)) : NULL;

    for (size_t i = 0; name && !step && i < matter_sort_count; i++)
        step = matter_step_find(matter_sorts[i], slice_of(name + 1));
    return step;
}

json_t *matter_leaf_label(const struct matter_sort *sort, const char *action)
{
    const struct matter_step *step = step_of(sort, action);

    return step ? label_json(step->name, step->label, step->label_en) : label_json(action, action_label(action, false), action_label(action, true));
}

/* Who acts for a firm that hides is not named either: his name would tell which it is. What cannot be looked up is not told. */
static struct slice who_acted(const struct matter_page *page, const unsigned char *pseudonym)
{
    struct request *request = page->request;
    struct err ignored;
    int64_t party = 0;
    bool found;

    if ((page->veil.unknown || page->veil.party)
        && (!sql_one(request->sql, "SELECT party FROM account WHERE pseudonym = ?1 AND to_leaf IS NULL AND party IS NOT NULL",
                     SQL_ARGS(sql_bytes(pseudonym, LEAF_ACTOR)), &party, &found, &ignored)
            || (found && is_veiled(&page->veil, party))))
        return SLICE("");
    return actor_name(request->sql, pseudonym, request->arena);
}

static bool history_line(const struct leaf *leaf, void *arg, struct err *err)
{
    struct history *history = arg;
    const struct matter_page *page = history->page;
    json_t *line = json_object();

    (void)err;
    json_object_set_new_nocheck(line, "label", matter_leaf_label(page->sort, leaf->action));
    json_object_set_new_nocheck(line, "at", json_integer(leaf->time_ms));
    json_object_set_new_nocheck(line, "leaf", json_integer((json_int_t)leaf->index));
    json_object_set_new_nocheck(line, "ver", json_integer(leaf->version));
    if (page->file.sight == SIGHT_ALL)
        json_put(line, "who", who_acted(page, leaf->actor));
    json_fill(line, "who");
    json_array_append_new(history->lines, line);
    return true;
}

static bool history_add(const struct matter_page *page, json_t *out, struct err *err)
{
    struct history history = {page, json_array()};

    json_object_set_new_nocheck(out, "history", history.lines);
    return !page->file.matter.ver || (page->file.sight == SIGHT_OPEN && page->sort->open_title) /* what was published of it is an extract: its course is not */
           || ledger_history(page->request->sql, page->sort->kind->name, page->file.matter.id, LEDGER_END, HISTORY_LINES, history_line, &history, err);
}

/* --- the document --- */

json_t *matter_document(struct matter_page *page, struct err *err)
{
    const struct record *matter = &page->file.matter;
    const struct kind *kind = page->sort->kind;
    json_t *document = json_object(), *out = json_object();

    page->veil = veil_of(page->request, page->sort, matter);
    json_object_set_new_nocheck(document, "matter", out);
    json_put_id(out, "id", matter->id);
    json_object_set_new_nocheck(out, "ver", json_integer(matter->ver));
    json_object_set_new_nocheck(out, "kind", label_json(kind->name, kind->label, kind->label_en));
    json_put(out, "plural", slice_of(kind->plural));
    json_put(out, "title", matter->ver ? title_shown(page->sort, matter, &page->veil) : say(page->request, page->step->label));
    json_object_set_new_nocheck(out, "new", json_boolean(!matter->ver));
    json_object_set_new_nocheck(out, "line", json_boolean(matter->ver && page->file.sight == SIGHT_LINE));
    stand_put(page, out);
    json_object_set_new_nocheck(out, "sides", matter->ver ? sides_json(page->request, page->sort, matter, &page->veil, page->file.sides) : json_array());
    json_object_set_new_nocheck(out, "fields", matter->ver ? values_json(page, matter, MATTER_OWN) : json_array());
    json_object_set_new_nocheck(out, "entries", matter->ver ? entries_json(page) : json_array());
    json_object_set_new_nocheck(out, "form", form_json(page));
    json_object_set_new_nocheck(out, "steps", steps_json(page));
    json_object_set_new_nocheck(out, "refusal", refusal_json(page));
    if (!page->request->api)
        json_object_set_new_nocheck(out, "events", matter_events_json(page));
    if (history_add(page, out, err))
        return document;
    json_decref(document);
    return NULL;
}

/* --- on the desk --- */

static json_t *task_json(struct request *request, const struct matter_sort *sort, const struct record *matter)
{
    const struct matter_state *state = matter_state_of(sort, matter);
    struct slice title = matter_text(matter, MATTER_TITLE);
    json_t *task = json_object();

    json_put(task, "text", PUT(request, request->english ? "%s, %s: %.*s" : "%s · %s：%.*s", request->english ? sort->kind->label_en : sort->kind->label,
                               request->english ? state->label_en : state->label, (int)title.len, title.at));
    json_put(task, "href", path_of(request, sort, matter->id));
    if (matter_known(matter, MATTER_DUE))
        json_put(task, "due", matter_text(matter, MATTER_DUE));
    json_object_set_new_nocheck(task, "late", json_boolean(matter_late(matter, day_of_ms(request->now_ms))));
    if (state->limit)
        json_put(task, "basis", say(request, state->limit));
    json_fill(task, "due basis article since");
    return task;
}

bool matter_tasks_add(struct request *request, json_t *tasks, struct err *err)
{
    struct record *list = arena_alloc(request->arena, TASKS_MOST * sizeof *list);
    size_t count;

    if (!matter_waiting(request->sql, &request->actor, request->arena, list, TASKS_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct matter_sort *sort = matter_sort_of(list[i].kind);

        if (matter_state_of(sort, &list[i]))
            json_array_append_new(tasks, task_json(request, sort, &list[i]));
    }
    return true;
}

/* --- on a record's page --- */

json_t *contacts_of(struct request *request, const struct record *record)
{
    const struct matter_sort *sort = matter_sort_of(&kind_contact);
    struct record *list = arena_alloc(request->arena, CONTACTS_MOST * sizeof *list);
    bool asks = request->actor.party && acts_for(&request->actor, request->actor.party) && record->owner && record->owner != request->actor.party
                && record->status == RECORD_OPEN && record->kind->id != KIND_PARTY && record->kind->id != KIND_POLICY;
    bool bundles = record->kind->id == KIND_NEED && record->status == RECORD_OPEN
                   && (acts_for(&request->actor, record->owner) || actor_has(&request->actor, ROLE_MANAGER) || actor_is_officer(&request->actor));
    json_t *out;
    struct err ignored;
    size_t count = 0;

    if (!request->actor.account
        || !matter_about(request->sql, sort, CONTACT_ABOUT, record->id, &request->actor, request->arena, list, CONTACTS_MOST, &count, &ignored)
        || (!asks && !bundles && !count))
        return json_null();
    out = json_object();
    json_object_set_new_nocheck(out, "lines", matter_lines_json(request, sort, list, count));
    if (asks)
        json_put(out, "begin", PUT(request, "/contacts/new?about_kind=%s&about=%lld", record->kind->name, (long long)record->id));
    if (bundles)
        json_put(out, "bundle", PUT(request, "/needs/%lld/bundle", (long long)record->id));
    json_fill(out, "begin bundle");
    return out;
}
