/*
 * "steer" of a matter: {doors: [{label, hint, href}], figures: [{label, number | yuan}], path: [{name, href}] to an action from its plan,
 *   tree: {nodes} of an action (steer_tree.c) or null, reached: of a target (indicator.h), changes: of a target [{on, from, to, why, source}],
 *   lists: [{kind: {code, label, label_en}, lines: lines of matters that the reader may see}]}
 */
#include "web/steer.h"

#include "base/json.h"
#include "web/indicator.h"
#include "web/pilot.h"
#include "web/say.h"
#include "work/steer.h"

enum { LINES_MOST = 60, PATH_MOST = 8 };

struct panel {
    const struct matter_page *page;
    struct request *request;
    const struct record *matter;
    json_t *doors, *figures, *lists;
};

void steer_figure(const struct request *request, json_t *figures, const char *label, int64_t number)
{
    json_t *out = json_object();

    json_put(out, "label", say(request, label));
    json_object_set_new_nocheck(out, "number", json_integer(number));
    json_fill(out, "yuan");
    json_array_append_new(figures, out);
}

static void money(const struct panel *panel, const char *label, int64_t fen)
{
    json_t *out = json_object();

    json_put(out, "label", say(panel->request, label));
    json_put_id(out, "yuan", fen);
    json_fill(out, "number");
    json_array_append_new(panel->figures, out);
}

bool steer_tasks_add(struct request *request, const struct record *source, json_t *lists, struct err *err)
{
    return matter_about_add(request, &sort_task, TASK_ABOUT, source->id, lists, err);
}

static bool is_open(const struct panel *panel)
{
    return panel->matter->status != RECORD_CLOSED;
}

/* To whoever takes part; behind the address stands the matter's id. */
static void door(const struct panel *panel, const char *label, const char *hint, const char *address)
{
    pilot_door(panel->request, panel->doors, label, hint, "%s%lld", address, (long long)panel->matter->id);
}

static void task_door(const struct panel *panel)
{
    if (is_open(panel) && panel->page->file.sides)
        pilot_door(panel->request, panel->doors, N_("派任务"), N_("写明交付什么、谁来办、哪天办完"), "/tasks/new?about_kind=%s&about=%lld",
                   panel->matter->kind->name, (long long)panel->matter->id);
}

static bool tasks(const struct panel *panel, struct err *err)
{
    task_door(panel);
    return steer_tasks_add(panel->request, panel->matter, panel->lists, err);
}

/* --- by the code of an indicator --- */

/* Of those that were found, what the reader may see; none: no line is added. */
static bool seen_add(const struct panel *panel, const struct matter_sort *sort, struct record *found, size_t count, json_t *label, struct err *err)
{
    struct request *request = panel->request;
    size_t kept = 0;
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "kind", label);
    for (size_t i = 0; i < count; i++) {
        enum matter_sight sight;
        unsigned sides;

        if (!matter_sight(request->sql, sort, &found[i], &request->actor, &sides, &sight, err)) {
            json_decref(out);
            return false;
        }
        if (sight != SIGHT_NONE && found[i].id != panel->matter->id)
            found[kept++] = found[i];
    }
    json_object_set_new_nocheck(out, "lines", matter_lines_json(request, sort, found, kept));
    if (kept)
        json_array_append(panel->lists, out);
    json_decref(out);
    return true;
}

static bool same_indicator(const struct panel *panel, struct slice code, bool targets, struct err *err)
{
    struct request *request = panel->request;
    struct record *found;
    size_t count;

    if (!code.len)
        return true;
    if (targets)
        return indicator_targets(request->sql, code, LINES_MOST, request->arena, &found, &count, err)
               && seen_add(panel, &sort_target, found, count, label_json("targets", "这个指标的目标", "Targets of this indicator"), err);
    return indicator_tasks(request->sql, code, LINES_MOST, request->arena, &found, &count, err)
           && seen_add(panel, &sort_task, found, count, label_json("moves", "为这个指标办的任务", "Tasks that are to move this indicator"), err);
}

/* --- a task --- */

static bool task_fill(const struct panel *panel, struct err *err)
{
    const struct record *task = panel->matter;
    unsigned asks = SIDE(TASK_ASSIGNER_SIDE) | SIDE(TASK_UNIT_SIDE) | SIDE(TASK_OFFICE_SIDE);

    if (panel->page->file.sight != SIGHT_ALL)
        return true;
    if (is_open(panel) && (panel->page->file.sides & asks))
        door(panel, N_("请单位协办"), N_("写明请他们做什么；对方三个工作日内答复"), "/task-parts/new?task=");
    if (matter_known(task, TASK_PERCENT))
        steer_figure(panel->request, panel->figures, N_("办到百分之几"), matter_number(task, TASK_PERCENT));
    if (matter_known(task, TASK_MONEY)) {
        money(panel, N_("给的财政资金"), matter_number(task, TASK_MONEY));
        money(panel, N_("已用"), matter_number(task, TASK_SPENT));
        money(panel, N_("还剩"), matter_number(task, TASK_MONEY) - matter_number(task, TASK_SPENT));
    }
    return matter_about_add(panel->request, &sort_task_part, PART_OF_TASK, task->id, panel->lists, err)
           && same_indicator(panel, matter_text(task, TASK_INDICATOR), true, err);
}

/* --- an action --- */

json_t *steer_path(struct request *request, const struct record *action)
{
    int64_t parent = matter_number(action, ACTION_PARENT);
    json_t *path = json_array();

    for (int i = 0; parent && i < PATH_MOST; i++) {
        struct record above;
        struct err ignored;
        json_t *step;

        if (!record_get(request->sql, &kind_action, parent, request->arena, &above, &ignored))
            break;
        step = json_object();
        json_put(step, "name", matter_text(&above, ACTION_NAME));
        json_put(step, "href", slice_of(arena_print(request->arena, "/actions/%lld", (long long)parent)));
        json_array_insert_new(path, 0, step);
        parent = matter_number(&above, ACTION_PARENT);
    }
    return path;
}

static bool action_fill(const struct panel *panel, json_t *out, struct err *err)
{
    bool keeps = (panel->page->file.sides & ~SIDE(1)) != 0; /* the unit does, and does not write the plan */
    json_t *tree = steer_tree(panel->request, panel->matter, err);

    if (!tree)
        return false;
    json_object_set_new_nocheck(out, "path", steer_path(panel->request, panel->matter));
    json_array_extend(panel->figures, json_object_get(tree, "figures"));
    json_object_set_new_nocheck(out, "tree", tree);
    if (is_open(panel) && keeps) {
        door(panel, N_("加下一级"), N_("行动、举措，责任单位没有定的先空着"), "/actions/new?parent=");
        door(panel, N_("定目标"), N_("哪个指标、哪一年、多少；数还不知道的先空着"), "/targets/new?action=");
    }
    return tasks(panel, err);
}

/* --- a target --- */

static bool target_fill(const struct panel *panel, json_t *out, json_t *changes, struct err *err)
{
    const struct matter_file *file = &panel->page->file;

    for (size_t i = 0; i < file->counts[0]; i++) {
        const struct record *entry = &file->entries[0][i];
        json_t *change = json_object();

        json_put(change, "on", matter_text(entry, ENTRY_ON));
        json_put(change, "from", matter_text(entry, RESET_FROM));
        json_put(change, "to", matter_text(entry, RESET_TO));
        json_put(change, "why", matter_text(entry, RESET_WHY));
        json_array_append_new(changes, change);
    }
    return indicator_reached_put(indicator_reached_new(panel->request), panel->matter, out, err) && tasks(panel, err)
           && same_indicator(panel, matter_text(panel->matter, TARGET_INDICATOR), false, err)
           && same_indicator(panel, matter_text(panel->matter, TARGET_INDICATOR), true, err);
}

/* --- a joint meeting --- */

static bool mechanism_fill(const struct panel *panel, struct err *err)
{
    struct task_tally tally;

    if (panel->page->file.sight != SIGHT_ALL)
        return true;
    if (!task_tally(panel->request->sql, &kind_mechanism, panel->matter->id, panel->page->file.today, &tally, err))
        return false;
    steer_figure(panel->request, panel->figures, N_("清单上的任务"), tally.all);
    steer_figure(panel->request, panel->figures, N_("已销号"), tally.done);
    steer_figure(panel->request, panel->figures, N_("在办"), tally.all - tally.done - tally.dropped);
    steer_figure(panel->request, panel->figures, N_("已超期"), tally.late);
    return tasks(panel, err);
}

bool steer_panel(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct panel panel = {page, page->request, &page->file.matter, json_array(), json_array(), json_array()};
    json_t *out = json_object(), *changes = json_array();
    bool ok;

    json_object_set_new_nocheck(out, "doors", panel.doors);
    json_object_set_new_nocheck(out, "figures", panel.figures);
    json_object_set_new_nocheck(out, "lists", panel.lists);
    json_object_set_new_nocheck(out, "changes", changes);
    json_object_set_new_nocheck(out, "path", json_array());
    json_object_set_new_nocheck(matter, "steer", out);
    ok = page->sort == &sort_task        ? task_fill(&panel, err)
         : page->sort == &sort_action    ? action_fill(&panel, out, err)
         : page->sort == &sort_target    ? target_fill(&panel, out, changes, err)
         : page->sort == &sort_mechanism ? mechanism_fill(&panel, err)
                                         : tasks(&panel, err);
    json_fill(out, "tree reached");
    return ok;
}
