/*
 * A plan as a tree, from an action downwards: {nodes: [{depth, name, href, sort, state, unit: {name, href} or null, until, late, all, done,
 *   open, overdue: tasks of it and of what is under it, targets: [{name, year, href, said: null where the figure is not known, reached (indicator.h),
 *   unit, source, article, note, changes: [{on, from, to, why}]}]}], figures: [{label, number}], more: there are further ones}
 * What is not known is said, not left out: no unit, no figure, no day.
 */
#include "base/clock.h"
#include "base/json.h"
#include "record/choice.h"
#include "web/indicator.h"
#include "web/say.h"
#include "web/steer.h"
#include "work/plan_tree.h"

enum { UNITS_MOST = 40 /* names that are kept while the tree is written */ };

struct tree_work {
    struct request *request;
    struct plan_tree tree;
    struct indicator_reached *reached;
    int32_t today;
    struct unit { int64_t id; struct slice name; } units[UNITS_MOST];
    size_t unit_count;
};

/* Few units answer for many actions: each is asked for once. */
static struct slice unit_name(struct tree_work *work, int64_t id)
{
    size_t i = 0;

    while (i < work->unit_count && work->units[i].id != id)
        i++;
    if (i == work->unit_count) {
        i = i < UNITS_MOST ? work->unit_count++ : UNITS_MOST - 1;
        work->units[i] = (struct unit){id, record_title(work->request->sql, &kind_party, id, work->request->arena)};
    }
    return work->units[i].name;
}

static json_t *unit_json(struct tree_work *work, const struct record *record, size_t field)
{
    int64_t id = matter_number(record, field);
    json_t *unit;

    if (!id)
        return json_null();
    unit = json_object();
    json_put(unit, "name", unit_name(work, id));
    json_put(unit, "href", slice_of(arena_print(work->request->arena, "/parties/%lld", (long long)id)));
    return unit;
}

static void changes_add(const struct plan_tree *tree, const struct record *target, json_t *changes)
{
    for (size_t i = 0; i < tree->change_count; i++) {
        const struct record *entry = &tree->changes[i];
        json_t *change;

        if (matter_number(entry, ENTRY_MATTER) != target->id)
            continue;
        change = json_object();
        json_put(change, "on", matter_text(entry, ENTRY_ON));
        json_put(change, "from", matter_text(entry, RESET_FROM));
        json_put(change, "to", matter_text(entry, RESET_TO));
        json_put(change, "why", matter_text(entry, RESET_WHY));
        json_array_append_new(changes, change);
    }
}

static bool target_add(struct tree_work *work, const struct record *target, json_t *targets, struct err *err)
{
    struct request *request = work->request;
    struct slice said = target_said(target, request->english, request->arena);
    json_t *out = json_object(), *changes = json_array();

    json_array_append_new(targets, out);
    json_put(out, "name", matter_text(target, TARGET_NAME));
    json_object_set_new_nocheck(out, "year", json_integer(matter_number(target, TARGET_YEAR)));
    json_put(out, "href", slice_of(arena_print(request->arena, "/targets/%lld", (long long)target->id)));
    if (said.len)
        json_put(out, "said", said);
    json_object_set_new_nocheck(out, "unit", unit_json(work, target, TARGET_UNIT));
    json_put(out, "source", matter_text(target, TARGET_SOURCE));
    json_put(out, "article", matter_text(target, TARGET_ARTICLE));
    json_put(out, "note", matter_text(target, TARGET_NOTE));
    json_object_set_new_nocheck(out, "dropped", json_boolean(target->status == RECORD_CLOSED));
    json_object_set_new_nocheck(out, "changes", changes);
    json_fill(out, "said");
    changes_add(&work->tree, target, changes);
    return indicator_reached_put(work->reached, target, out, err);
}

static bool node_add(struct tree_work *work, const struct plan_node *node, json_t *nodes, struct err *err)
{
    struct request *request = work->request;
    const struct record *action = &node->action;
    const struct matter_state *state = matter_state_of(&sort_action, action);
    const struct choice *sort = choice_find(choice_list_get("action_sort"), matter_text(action, ACTION_SORT));
    json_t *out = json_object(), *targets = json_array();

    json_array_append_new(nodes, out);
    json_object_set_new_nocheck(out, "depth", json_integer(node->depth));
    json_put(out, "name", matter_text(action, ACTION_NAME));
    json_put(out, "href", slice_of(arena_print(request->arena, "/actions/%lld", (long long)action->id)));
    json_object_set_new_nocheck(out, "sort", sort ? label_json(sort->code, sort->label, sort->label_en) : json_null());
    json_object_set_new_nocheck(out, "state", state ? label_json(state->code, state->label, state->label_en) : json_null());
    json_object_set_new_nocheck(out, "unit", unit_json(work, action, ACTION_UNIT));
    if (matter_known(action, ACTION_UNTIL))
        json_put(out, "until", matter_text(action, ACTION_UNTIL));
    json_object_set_new_nocheck(out, "late", json_boolean(action->status != RECORD_CLOSED && matter_late(action, work->today)));
    json_object_set_new_nocheck(out, "all", json_integer(node->all.all));
    json_object_set_new_nocheck(out, "done", json_integer(node->all.done));
    json_object_set_new_nocheck(out, "open", json_integer(node->all.all - node->all.done - node->all.dropped));
    json_object_set_new_nocheck(out, "overdue", json_integer(node->all.late));
    json_object_set_new_nocheck(out, "targets", targets);
    json_fill(out, "until");
    for (size_t i = 0; i < node->target_count; i++)
        if (!target_add(work, &node->targets[i], targets, err))
            return false;
    return true;
}

bool steer_figures(struct request *request, const struct record *action, json_t *figures, struct err *err)
{
    struct plan_figures counted;

    if (!plan_figures(request->sql, action->id, day_of_ms(request->now_ms), &counted, err))
        return false;
    steer_figure(request, figures, N_("行动已完成"), counted.done);
    steer_figure(request, figures, N_("行动推进中"), counted.open);
    steer_figure(request, figures, N_("行动已超期"), counted.late);
    steer_figure(request, figures, N_("没有责任单位"), counted.unowned);
    steer_figure(request, figures, N_("目标"), counted.targets);
    steer_figure(request, figures, N_("没有目标数"), counted.unknown);
    steer_figure(request, figures, N_("任务"), counted.tasks.all);
    steer_figure(request, figures, N_("任务已销号"), counted.tasks.done);
    steer_figure(request, figures, N_("任务已超期"), counted.tasks.late);
    return true;
}

json_t *steer_tree(struct request *request, const struct record *action, struct err *err)
{
    struct tree_work work = {.request = request, .reached = indicator_reached_new(request), .today = day_of_ms(request->now_ms)};
    json_t *tree = json_object(), *nodes = json_array(), *figures = json_array();
    bool ok = plan_tree_read(request->sql, action, work.today, request->arena, &work.tree, err) && steer_figures(request, action, figures, err);

    json_object_set_new_nocheck(tree, "nodes", nodes);
    json_object_set_new_nocheck(tree, "figures", figures);
    json_object_set_new_nocheck(tree, "more", json_boolean(work.tree.more));
    for (size_t i = 0; ok && i < work.tree.count; i++)
        ok = node_add(&work, &work.tree.nodes[i], nodes, err);
    if (ok)
        return tree;
    json_decref(tree);
    return NULL;
}
