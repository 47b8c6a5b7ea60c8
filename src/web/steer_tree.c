/*
 * A plan as a tree, from an action downwards: {nodes: [{depth, name, href, sort, state, unit: {name, href} or null, until, late, all, done,
 *   open, overdue: tasks of it and of what is under it, targets: [{name, year, href, said: null where the figure is not known, unit, source,
 *   article, note, changes: [{on, from, to, why}]}]}], figures: [{label, number}], more: there are further ones}
 * What is not known is said, not left out: no unit, no figure, no day.
 */
#include "base/clock.h"
#include "base/json.h"
#include "record/choice.h"
#include "web/say.h"
#include "web/steer.h"
#include "work/steer.h"

enum { NODES_MOST = 300, CHILDREN_MOST = 100, TARGETS_MOST = 60, CHANGES_MOST = 20 };

struct branch {
    struct record action;
    int depth, parent;      /* parent: its place among the nodes; -1 */
    struct task_tally own, all;
    struct record *targets;
    size_t target_count;
};

struct tree_work {
    struct request *request;
    struct branch *nodes;
    int count;
    bool more;
    int32_t today;
};

static bool gather(struct tree_work *work, const struct record *action, int parent, struct err *err)
{
    struct branch *node = &work->nodes[work->count];
    struct request *request = work->request;
    struct record *under;
    size_t count;
    int here = work->count;

    *node = (struct branch){.action = *action, .parent = parent, .depth = parent < 0 ? 1 : work->nodes[parent].depth + 1};
    work->count++;
    if (!task_tally(request->sql, &kind_action, action->id, work->today, &node->own, err)
        || !targets_of(request->sql, action->id, TARGETS_MOST, request->arena, &node->targets, &node->target_count, err)
        || !actions_under(request->sql, action->id, CHILDREN_MOST, request->arena, &under, &count, err))
        return false;
    node->all = node->own;
    for (size_t i = 0; i < count; i++) {
        if (work->count == NODES_MOST) {
            work->more = true;
            return true;
        }
        if (!gather(work, &under[i], here, err))
            return false;
    }
    return true;
}

/* From the last upwards: what is below stands behind. */
static void sum_up(struct tree_work *work)
{
    for (int i = work->count; --i > 0;) {
        struct task_tally *to = &work->nodes[work->nodes[i].parent].all;
        const struct task_tally *from = &work->nodes[i].all;

        to->all += from->all;
        to->done += from->done;
        to->late += from->late;
        to->dropped += from->dropped;
    }
}

static json_t *unit_json(struct request *request, const struct record *record, size_t field)
{
    int64_t id = matter_number(record, field);
    json_t *unit;

    if (!id)
        return json_null();
    unit = json_object();
    json_put(unit, "name", record_title(request->sql, &kind_party, id, request->arena));
    json_put(unit, "href", slice_of(arena_print(request->arena, "/parties/%lld", (long long)id)));
    return unit;
}

static bool changes_add(struct request *request, const struct record *target, json_t *changes, struct err *err)
{
    struct record *list;
    size_t count;

    if (!matter_entries(request->sql, &kind_target_change, target->id, CHANGES_MOST, request->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        json_t *change = json_object();

        json_put(change, "on", matter_text(&list[i], ENTRY_ON));
        json_put(change, "from", matter_text(&list[i], RESET_FROM));
        json_put(change, "to", matter_text(&list[i], RESET_TO));
        json_put(change, "why", matter_text(&list[i], RESET_WHY));
        json_array_append_new(changes, change);
    }
    return true;
}

static bool target_add(struct request *request, const struct record *target, json_t *targets, struct err *err)
{
    struct slice said = target_said(target, request->english, request->arena);
    json_t *out = json_object(), *changes = json_array();

    json_array_append_new(targets, out);
    json_put(out, "name", matter_text(target, TARGET_NAME));
    json_object_set_new_nocheck(out, "year", json_integer(matter_number(target, TARGET_YEAR)));
    json_put(out, "href", slice_of(arena_print(request->arena, "/targets/%lld", (long long)target->id)));
    if (said.len)
        json_put(out, "said", said);
    json_object_set_new_nocheck(out, "unit", unit_json(request, target, TARGET_UNIT));
    json_put(out, "source", matter_text(target, TARGET_SOURCE));
    json_put(out, "article", matter_text(target, TARGET_ARTICLE));
    json_put(out, "note", matter_text(target, TARGET_NOTE));
    json_object_set_new_nocheck(out, "dropped", json_boolean(target->status == RECORD_CLOSED));
    json_object_set_new_nocheck(out, "changes", changes);
    json_fill(out, "said");
    return changes_add(request, target, changes, err);
}

static bool node_add(const struct tree_work *work, const struct branch *node, json_t *nodes, struct err *err)
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
    json_object_set_new_nocheck(out, "unit", unit_json(request, action, ACTION_UNIT));
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
        if (!target_add(request, &node->targets[i], targets, err))
            return false;
    return true;
}

static void figures_add(const struct tree_work *work, json_t *figures)
{
    int64_t done = 0, open = 0, late = 0, unowned = 0, targets = 0, unknown = 0;

    for (int i = 0; i < work->count; i++) {
        const struct branch *node = &work->nodes[i];
        bool lives = node->action.status != RECORD_CLOSED;

        open += lives;
        done += slice_is(matter_text(&node->action, MATTER_STATE), sort_action.states[ACTION_DONE].code);
        late += lives && matter_late(&node->action, work->today);
        unowned += lives && !matter_known(&node->action, ACTION_UNIT);
        for (size_t t = 0; t < node->target_count; t++) {
            targets += node->targets[t].status != RECORD_CLOSED;
            unknown += node->targets[t].status != RECORD_CLOSED && !target_said(&node->targets[t], false, work->request->arena).len;
        }
    }
    steer_figure(work->request, figures, N_("行动已完成"), done);
    steer_figure(work->request, figures, N_("行动推进中"), open);
    steer_figure(work->request, figures, N_("行动已超期"), late);
    steer_figure(work->request, figures, N_("没有责任单位"), unowned);
    steer_figure(work->request, figures, N_("目标"), targets);
    steer_figure(work->request, figures, N_("没有目标数"), unknown);
    steer_figure(work->request, figures, N_("任务"), work->nodes[0].all.all);
    steer_figure(work->request, figures, N_("任务已销号"), work->nodes[0].all.done);
    steer_figure(work->request, figures, N_("任务已超期"), work->nodes[0].all.late);
}

static bool work_up(struct tree_work *work, struct request *request, const struct record *action, json_t *figures, struct err *err)
{
    *work = (struct tree_work){.request = request, .nodes = arena_alloc(request->arena, NODES_MOST * sizeof *work->nodes), .today = day_of_ms(request->now_ms)};
    if (!gather(work, action, -1, err))
        return false;
    sum_up(work);
    figures_add(work, figures);
    return true;
}

bool steer_figures(struct request *request, const struct record *action, json_t *figures, struct err *err)
{
    struct tree_work work;

    return work_up(&work, request, action, figures, err);
}

json_t *steer_tree(struct request *request, const struct record *action, struct err *err)
{
    struct tree_work work;
    json_t *tree = json_object(), *nodes = json_array(), *figures = json_array();
    bool ok = work_up(&work, request, action, figures, err);

    json_object_set_new_nocheck(tree, "nodes", nodes);
    json_object_set_new_nocheck(tree, "figures", figures);
    json_object_set_new_nocheck(tree, "more", json_boolean(work.more));
    for (int i = 0; ok && i < work.count; i++)
        ok = node_add(&work, &work.nodes[i], nodes, err);
    if (ok)
        return tree;
    json_decref(tree);
    return NULL;
}
