/*
 * What came of an opinion in figures, on its page: [{code, title, href: null where no definition counts it, days, since, was, is: words, null where the
 *   indicator is not for the reader, better, worse, same}]
 * And on an indicator's page what is to move it: [{kind, title, href, state, from: {title, href} or null: what a task comes from}]
 */
#include "web/effect.h"

#include "base/clock.h"
#include "base/json.h"
#include "web/indicator_int.h"
#include "web/matter.h"
#include "work/steer.h"

enum { MOVES_MOST = 60 };

/* The figures themselves are for who may see the indicator of the whole, and of few to nobody else, as on its own page. */
static json_t *effect_json(const struct request *request, const struct effect *effect)
{
    const struct indicator *indicator = effect->indicator;
    struct figure was = effect->was, is = effect->is;
    json_t *out = json_object();
    char day[CLOCK_TEXT];

    json_put(out, "code", effect->code);
    json_put(out, "title", indicator ? indicator_title(request, indicator) : effect->code);
    json_put(out, "since", arena_copy(request->arena, slice_of(day_show(effect->since, day))));
    json_object_set_new_nocheck(out, "days", json_integer(effect->since - effect->before));
    json_object_set_new_nocheck(out, "held", json_boolean(indicator && indicator->held));
    if (indicator && (indicator->open || indicator_over(&request->actor, 0))) {
        indicator_keep(&request->actor, 0, indicator, &was);
        indicator_keep(&request->actor, 0, indicator, &is);
        json_put(out, "href", slice_of(arena_print(request->arena, "/indicators/%s", indicator->code)));
        json_put(out, "was", indicator_said(request, indicator, &was));
        json_put(out, "is", indicator_said(request, indicator, &is));
        json_object_set_new_nocheck(out, "shown", json_true());
    }
    json_object_set_new_nocheck(out, "defined", json_boolean(indicator != NULL));
    json_object_set_new_nocheck(out, "better", json_boolean(effect->better));
    json_object_set_new_nocheck(out, "worse", json_boolean(effect->worse));
    json_object_set_new_nocheck(out, "same", json_boolean(indicator && !effect->better && !effect->worse));
    json_fill(out, "href was is shown");
    return out;
}

bool effects_add(struct request *request, const struct record *opinion, json_t *list, struct err *err)
{
    struct effect effects[EFFECTS_MOST];
    size_t count;

    if (!effects_find(request->sql, request->web->city->indicators, opinion, &request->actor, day_of_ms(request->now_ms), request->arena, effects, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, effect_json(request, &effects[i]));
    return true;
}

/* --- the other way --- */

static json_t *named_json(struct request *request, const struct kind *kind, int64_t id)
{
    struct slice title = matter_title_of(request, kind, id);
    json_t *out;

    if (!title.len)
        return json_null();
    out = json_object();
    json_put(out, "title", title);
    json_put(out, "href", slice_of(arena_print(request->arena, "/%s/%lld", kind->plural, (long long)id)));
    return out;
}

static bool move_add(struct request *request, const struct matter_sort *sort, const struct record *matter, json_t *list, struct err *err)
{
    const struct kind *source = sort == &sort_task ? task_source(matter_text(matter, TASK_KIND), request->arena) : NULL;
    const struct matter_state *state = matter_state_of(sort, matter);
    enum matter_sight sight;
    unsigned sides;
    json_t *out;

    if (!matter_sight(request->sql, sort, matter, &request->actor, &sides, &sight, err))
        return false;
    if (sight == SIGHT_NONE)
        return true;
    out = json_object();
    json_array_append_new(list, out);
    json_object_set_new_nocheck(out, "kind", label_json(sort->kind->name, sort->kind->label, sort->kind->label_en));
    json_put(out, "title", matter_title_at(sort, matter, sight));
    json_put(out, "href", slice_of(arena_print(request->arena, "/%s/%lld", sort->kind->plural, (long long)matter->id)));
    json_object_set_new_nocheck(out, "state", state ? label_json(state->code, state->label, state->label_en) : json_null());
    json_object_set_new_nocheck(out, "from", source ? named_json(request, source, matter_number(matter, TASK_ABOUT)) : json_null());
    return true;
}

bool moves_add(struct request *request, struct slice code, json_t *list, struct err *err)
{
    struct record *tasks, *opinions;
    size_t task_count, opinion_count;

    if (!indicator_tasks(request->sql, code, MOVES_MOST, request->arena, &tasks, &task_count, err)
        || !effect_opinions(request->sql, code, MOVES_MOST, request->arena, &opinions, &opinion_count, err))
        return false;
    for (size_t i = 0; i < task_count; i++)
        if (!move_add(request, &sort_task, &tasks[i], list, err))
            return false;
    for (size_t i = 0; i < opinion_count; i++)
        if (!move_add(request, &sort_opinion, &opinions[i], list, err))
            return false;
    return true;
}
