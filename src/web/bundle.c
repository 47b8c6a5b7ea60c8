/*
 * The form that puts a bundle together for a need, out of what fits it, and what the bundle's own page shows besides: each part with its
 * answer, the gap that is closed, the policy.
 * Document of the form: {"bundle_form": {need: {name, href}, trl, columns: [{name, label, question, options: [{id, title, who, href,
 *   level, trl, short: by how many levels the result falls short of what the need asks}]}], action, request_id}}
 * Into a bundle's "matter": parts: [{href, sort, title, about, state, late, due, who, price, payer, days, terms, name, phone, refusal,
 *   why}], gap: {from, to} or null, policy: {name, href, amount} or null
 */
#include "web/bundle.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/achievement.h"
#include "record/choice.h"
#include "record/need.h"
#include "record/policy.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"
#include "work/bundle.h"
#include "work/fit.h"

enum { OPTIONS = 5 };

static const struct {
    enum column column;
    const char *field;
} picks[] = {
    {COLUMN_ACHIEVEMENT, "achievement"}, {COLUMN_PLACE, "place"}, {COLUMN_FINANCE, "finance"}, {COLUMN_POLICY, "policy"},
};

/* --- the form --- */

static void trl_put(struct request *request, const struct fit *fit, int64_t asked, json_t *option)
{
    struct record achievement;
    struct err ignored;
    int64_t has;

    if (fit->kind->id != KIND_ACHIEVEMENT || !record_get(request->sql, fit->kind, fit->other, request->arena, &achievement, &ignored)
        || !achievement.values[ACHIEVEMENT_TRL].known)
        return;
    has = achievement.values[ACHIEVEMENT_TRL].number;
    json_object_set_new_nocheck(option, "trl", json_integer(has));
    if (asked > has)
        json_object_set_new_nocheck(option, "short", json_integer(asked - has));
}

static json_t *column_json(struct request *request, const struct record *need, size_t at)
{
    const struct column_text *text = column_text(picks[at].column);
    json_t *column = json_object(), *options = json_array();
    struct fit fits[OPTIONS];
    size_t count = fit_list(request->sql, need, picks[at].column, request->arena, fits, OPTIONS);

    for (size_t i = 0; i < count; i++) {
        json_t *option = json_object();

        json_put_id(option, "id", fits[i].other);
        json_put(option, "title", fits[i].title);
        json_put(option, "who", fits[i].who);
        json_put(option, "href", slice_of(arena_print(request->arena, "/%s/%lld", fits[i].kind->plural, (long long)fits[i].other)));
        json_object_set_new_nocheck(option, "level", json_integer(fits[i].rating));
        trl_put(request, &fits[i], need->values[NEED_TRL].known ? need->values[NEED_TRL].number : 0, option);
        json_object_set_new_nocheck(option, "picked", json_boolean(i == 0 && picks[at].column == COLUMN_ACHIEVEMENT));
        json_fill(option, "trl short");
        json_array_append_new(options, option);
    }
    json_put(column, "name", slice_of(picks[at].field));
    json_put(column, "label", say(request, text->label));
    json_put(column, "question", say(request, text->question));
    json_object_set_new_nocheck(column, "options", options);
    return column;
}

static json_t *form_json(struct request *request, const struct record *need)
{
    json_t *form = json_object(), *link = json_object(), *columns = json_array();

    json_put(link, "name", need->values[NEED_TITLE].text);
    json_put(link, "href", slice_of(arena_print(request->arena, "/needs/%lld", (long long)need->id)));
    json_object_set_new_nocheck(form, "need", link);
    json_put_id(form, "id", need->id);
    if (need->values[NEED_TRL].known)
        json_object_set_new_nocheck(form, "trl", json_integer(need->values[NEED_TRL].number));
    for (size_t i = 0; i < sizeof picks / sizeof *picks; i++)
        json_array_append_new(columns, column_json(request, need, i));
    json_object_set_new_nocheck(form, "columns", columns);
    json_put(form, "request_id", request_fresh(request));
    json_fill(form, "trl");
    return form;
}

bool bundle_form_get(struct request *request, struct err *err)
{
    struct record need;
    struct object object;
    json_t *document;

    if (!record_get(request->sql, &kind_need, request->id, request->arena, &need, err)
        || !object_of(request->sql, &need, &request->actor, &object, err) || !may(&request->actor, ACT_SEE, &object, err))
        return false;
    document = json_object();
    json_object_set_new_nocheck(document, "bundle_form", form_json(request, &need));
    return request_page(request, "bundle_form", document);
}

/* --- on its page --- */

static void field_put(struct request *request, const struct record *part, size_t field, const char *name, json_t *out)
{
    json_t *view = part->values[field].known ? field_view(request, part, field) : NULL;

    if (view) {
        json_object_set_nocheck(out, name, request->api ? json_object_get(view, "value") : json_object_get(view, "text"));
        json_decref(view);
    }
}

static json_t *part_json(struct request *request, const struct record *part)
{
    const struct matter_state *state = matter_state_of(&sort_bundle_part, part);
    const struct choice *sort = choice_find(choice_list_get("bundle_part"), matter_text(part, PART_SORT));
    const struct kind *kind = matter_id_kind(&kind_bundle_part, PART_ABOUT, matter_text(part, PART_KIND));
    json_t *out = json_object();

    json_put(out, "href", slice_of(arena_print(request->arena, "/bundle-parts/%lld", (long long)part->id)));
    json_object_set_new_nocheck(out, "sort", sort ? label_json(sort->code, sort->label, sort->label_en) : json_null());
    json_put(out, "title", kind ? record_title(request->sql, kind, matter_number(part, PART_ABOUT), request->arena) : SLICE(""));
    if (kind)
        json_put(out, "about", slice_of(arena_print(request->arena, "/%s/%lld", kind->plural, (long long)matter_number(part, PART_ABOUT))));
    json_object_set_new_nocheck(out, "state", state ? label_json(state->code, state->label, state->label_en) : json_null());
    json_object_set_new_nocheck(out, "late", json_boolean(matter_late(part, day_of_ms(request->now_ms))));
    if (matter_known(part, MATTER_DUE))
        json_put(out, "due", matter_text(part, MATTER_DUE));
    json_put(out, "who", record_title(request->sql, &kind_party, part->owner, request->arena));
    field_put(request, part, PART_PRICE, "price", out);
    field_put(request, part, PART_PAYER, "payer", out);
    field_put(request, part, PART_DAYS, "days", out);
    field_put(request, part, PART_TERMS, "terms", out);
    field_put(request, part, PART_NAME, "name", out);
    field_put(request, part, PART_PHONE, "phone", out);
    field_put(request, part, PART_REFUSAL, "refusal", out);
    field_put(request, part, PART_REFUSAL_WHY, "why", out);
    json_fill(out, "about due price payer days terms name phone refusal why");
    return out;
}

static void gap_put(const struct record *bundle, json_t *matter)
{
    json_t *gap;

    if (!matter_known(bundle, BUNDLE_TRL_FROM) || matter_number(bundle, BUNDLE_TRL_TO) <= matter_number(bundle, BUNDLE_TRL_FROM))
        return;
    gap = json_object();
    json_object_set_new_nocheck(gap, "from", json_integer(matter_number(bundle, BUNDLE_TRL_FROM)));
    json_object_set_new_nocheck(gap, "to", json_integer(matter_number(bundle, BUNDLE_TRL_TO)));
    json_object_set_new_nocheck(matter, "gap", gap);
}

static void policy_put(struct request *request, const struct record *bundle, json_t *matter)
{
    struct record policy;
    struct err ignored;
    json_t *out;

    if (!matter_known(bundle, BUNDLE_POLICY)
        || !record_get(request->sql, &kind_policy, matter_number(bundle, BUNDLE_POLICY), request->arena, &policy, &ignored))
        return;
    out = json_object();
    json_put(out, "name", policy.values[POLICY_TITLE].text);
    json_put(out, "href", slice_of(arena_print(request->arena, "/policies/%lld", (long long)policy.id)));
    field_put(request, &policy, POLICY_AMOUNT, "amount", out);
    json_fill(out, "amount");
    json_object_set_new_nocheck(matter, "policy", out);
}

/* Who is no side of the bundle sees how far it is, and no answers. */
bool bundle_panel(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct request *request = page->request;
    json_t *parts = json_array();
    struct record *list;
    size_t count;

    json_object_set_new_nocheck(matter, "parts", parts);
    if (page->file.sight == SIGHT_ALL) {
        if (!bundle_parts(request->sql, page->file.matter.id, request->arena, &list, &count, err))
            return false;
        for (size_t i = 0; i < count; i++)
            json_array_append_new(parts, part_json(request, &list[i]));
        gap_put(&page->file.matter, matter);
        policy_put(request, &page->file.matter, matter);
    }
    json_fill(matter, "gap policy");
    return true;
}
