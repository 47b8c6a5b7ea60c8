/*
 * All plans with their figures, and the tasks that are watched closely (重点督办, R113), each with the leader who takes it.
 * Documents: {"plans": {lines: [{name, href, state, keeper: {name, href}, figures: [{label, number}]}], begin: href or null, more}},
 *   {"watched": {lines: [{title, href, leader, unit, state, by, percent, late, over}], open, late, more}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/steer.h"
#include "work/lineage.h"
#include "work/steer.h"

enum { PLANS_MOST = 30, WATCHED_MOST = 400 };

static json_t *state_json(const struct matter_sort *sort, const struct record *matter)
{
    const struct matter_state *state = matter_state_of(sort, matter);

    return state ? label_json(state->code, state->label, state->label_en) : json_null();
}

static bool plan_add(struct request *request, const struct record *plan, json_t *lines, struct err *err)
{
    json_t *line = json_object(), *keeper = json_object(), *figures = json_array();

    json_array_append_new(lines, line);
    json_put(line, "name", matter_text(plan, ACTION_NAME));
    json_put(line, "href", slice_of(arena_print(request->arena, "/actions/%lld", (long long)plan->id)));
    json_object_set_new_nocheck(line, "state", state_json(&sort_action, plan));
    json_put(keeper, "name", record_title(request->sql, &kind_party, plan->owner, request->arena));
    json_put(keeper, "href", slice_of(arena_print(request->arena, "/parties/%lld", (long long)plan->owner)));
    json_object_set_new_nocheck(line, "keeper", keeper);
    json_object_set_new_nocheck(line, "figures", figures);
    return steer_figures(request, plan, figures, err);
}

/* Officers, who leads, and the people of a public body. */
static bool may_begin(struct request *request, bool *begins, struct err *err)
{
    const struct actor *actor = &request->actor;

    *begins = actor_is_officer(actor) || actor_has_any(actor, STEER_LEADERS);
    return *begins || !acts_for(actor, actor->party) || public_body(request->sql, actor->party, request->arena, begins, err);
}

bool plans_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *plans = json_object(), *lines = json_array();
    struct record *list;
    size_t count = 0;
    bool begins = false, ok = plans_all(request->sql, PLANS_MOST + 1, request->arena, &list, &count, err) && may_begin(request, &begins, err);

    json_object_set_new_nocheck(document, "plans", plans);
    json_object_set_new_nocheck(plans, "lines", lines);
    if (begins)
        json_put(plans, "begin", SLICE("/actions/new?step=set_up"));
    json_fill(plans, "begin");
    json_object_set_new_nocheck(plans, "more", json_boolean(ok && count > PLANS_MOST));
    for (size_t i = 0; ok && i < count && i < PLANS_MOST; i++)
        ok = plan_add(request, &list[i], lines, err);
    if (ok)
        return request_page(request, "plans", document);
    json_decref(document);
    return false;
}

/* --- watched closely --- */

static void task_add(struct request *request, const struct record *task, int32_t today, json_t *lines)
{
    bool over = task->status == RECORD_CLOSED;
    json_t *line = json_object();

    json_put(line, "title", matter_text(task, TASK_WHAT));
    json_put(line, "href", slice_of(arena_print(request->arena, "/tasks/%lld", (long long)task->id)));
    json_put(line, "leader", matter_text(task, TASK_LEADER));
    json_put(line, "unit", record_title(request->sql, &kind_party, matter_number(task, TASK_UNIT), request->arena));
    json_object_set_new_nocheck(line, "state", state_json(&sort_task, task));
    json_put(line, "by", matter_text(task, TASK_BY));
    json_object_set_new_nocheck(line, "percent", json_integer(matter_number(task, TASK_PERCENT)));
    json_object_set_new_nocheck(line, "late", json_boolean(!over && matter_day(task, TASK_BY) < today));
    json_object_set_new_nocheck(line, "over", json_boolean(over));
    json_array_append_new(lines, line);
}

/* Those whose content he sees: a line alone names no leader. */
static bool watched_add(struct request *request, json_t *watched, struct err *err)
{
    int32_t today = day_of_ms(request->now_ms);
    json_t *lines = json_array();
    struct record *list;
    size_t count;
    int open = 0, late = 0;

    json_object_set_new_nocheck(watched, "lines", lines);
    if (!tasks_watched(request->sql, &request->actor, WATCHED_MOST + 1, request->arena, &list, &count, err))
        return false;
    json_object_set_new_nocheck(watched, "more", json_boolean(count > WATCHED_MOST));
    for (size_t i = 0; i < count && i < WATCHED_MOST; i++) {
        enum matter_sight sight;
        unsigned sides;

        if (!matter_sight(request->sql, &sort_task, &list[i], &request->actor, &sides, &sight, err))
            return false;
        if (sight != SIGHT_ALL)
            continue;
        task_add(request, &list[i], today, lines);
        open += list[i].status != RECORD_CLOSED;
        late += list[i].status != RECORD_CLOSED && matter_day(&list[i], TASK_BY) < today;
    }
    json_object_set_new_nocheck(watched, "open", json_integer(open));
    json_object_set_new_nocheck(watched, "late", json_integer(late));
    return true;
}

bool watched_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *watched = json_object();

    json_object_set_new_nocheck(document, "watched", watched);
    if (watched_add(request, watched, err))
        return request_page(request, "watched", document);
    json_decref(document);
    return false;
}
