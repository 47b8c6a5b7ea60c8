/* A plan as a tree, and counted. */
#include "work/plan_tree.h"

#include "base/clock.h"
#include "base/text.h"
#include "work/steer_int.h"

enum { NODES_MOST = 300, TARGETS_MOST = 1500, CHANGES_MOST = 1000 };

/* What is under the action ?1, itself too. */
#define BRANCH                                                       \
    "WITH RECURSIVE branch (id) AS (SELECT CAST(?1 AS BIGINT) UNION" \
    " SELECT action.id FROM action JOIN branch ON action.parent = branch.id WHERE action.to_leaf IS NULL)"
#define IN_BRANCH "(" BRANCH " SELECT id FROM branch)"
#define OF_TARGETS "(" BRANCH " SELECT target.id FROM target JOIN branch ON target.action = branch.id WHERE target.to_leaf IS NULL)"
/* Where the tasks come from: at which action they are counted, and what they name. */
#define SOURCES                                            \
    ", origin (at, source, sort) AS (SELECT id, id, 'action' FROM branch UNION ALL" \
    " SELECT target.action, target.id, 'target' FROM target JOIN branch ON target.action = branch.id WHERE target.to_leaf IS NULL)"
#define HOW_MANY(what) "CAST(coalesce(sum(CASE WHEN " what " THEN 1 ELSE 0 END), 0) AS BIGINT)"
#define TASKS                                                                                                                           \
    "count(*) AS tasks, " HOW_MANY("task.state = 'closed'") " AS closed, " HOW_MANY("task.status = 0 AND task.by_day < ?2") " AS overdue, " \
    HOW_MANY("task.state = 'dropped'") " AS dropped"
#define OF_SOURCES "origin JOIN task ON task.about = origin.source AND task.about_kind = origin.sort AND task.to_leaf IS NULL"

/* A list of the tree: how many there are, and those. */
struct part {
    const struct kind *kind;
    const char *where, *order;
    size_t most;
    char *count, *rows;
};
enum { ACTIONS, TARGETS, CHANGES, PARTS };
static struct part parts[PARTS] = {
    [ACTIONS] = {&kind_action, "id IN " IN_BRANCH " AND to_leaf IS NULL", "id", NODES_MOST, NULL, NULL},
    [TARGETS] = {&kind_target, "action IN " IN_BRANCH " AND to_leaf IS NULL", "action, id", TARGETS_MOST, NULL, NULL},
    [CHANGES] = {&kind_target_change, "matter IN " OF_TARGETS " AND to_leaf IS NULL", "matter, no", CHANGES_MOST, NULL, NULL},
};

void plan_tree_start(void)
{
    for (size_t i = 0; i < PARTS; i++) {
        struct text text;

        text_init(&text);
        text_print(&text, "SELECT count(*) FROM %s WHERE %s", parts[i].kind->name, parts[i].where);
        parts[i].count = text_detach(&text);
        text_init(&text);
        text_print(&text, "%s ORDER BY %s LIMIT ?2", parts[i].where, parts[i].order);
        parts[i].rows = record_select(parts[i].kind, text.at);
        text_release(&text);
    }
}

static bool part_read(struct sql *sql, const struct part *part, int64_t top, struct arena *arena, struct record **list, size_t *count, bool *more,
                      struct err *err)
{
    int64_t all;
    size_t most;
    bool there;

    if (!sql_one(sql, part->count, SQL_ARGS(sql_int(top)), &all, &there, err))
        return false;
    most = all < (int64_t)part->most ? (size_t)all : part->most;
    *more |= all > (int64_t)part->most;
    *count = 0;
    *list = arena_alloc(arena, (most ? most : 1) * sizeof **list);
    return !most || record_rows(sql, part->kind, part->rows, SQL_ARGS(sql_int(top), sql_int((int64_t)most)), most, arena, *list, count, err);
}

/* --- the tree --- */

struct heap {
    struct record *actions, *targets;
    size_t action_count, target_count;
};

/* Its targets lie side by side. */
static void targets_give(struct plan_node *node, const struct heap *heap)
{
    size_t first = 0;

    while (first < heap->target_count && matter_number(&heap->targets[first], TARGET_ACTION) != node->action.id)
        first++;
    node->targets = heap->targets + first;
    while (first + node->target_count < heap->target_count && matter_number(&heap->targets[first + node->target_count], TARGET_ACTION) == node->action.id)
        node->target_count++;
}

static void place(struct plan_tree *tree, const struct heap *heap, const struct record *action, int parent)
{
    int here = (int)tree->count;
    struct plan_node *node = &tree->nodes[tree->count++];

    *node = (struct plan_node){.action = *action, .parent = parent, .depth = parent < 0 ? 1 : tree->nodes[parent].depth + 1};
    targets_give(node, heap);
    for (size_t i = 0; i < heap->action_count && tree->count < heap->action_count; i++)
        if (matter_number(&heap->actions[i], ACTION_PARENT) == action->id)
            place(tree, heap, &heap->actions[i], here);
}

static void tally_add(struct task_tally *to, const struct task_tally *from)
{
    to->all += from->all;
    to->done += from->done;
    to->late += from->late;
    to->dropped += from->dropped;
}

static bool tallies_read(struct sql *sql, int64_t top, int32_t today, struct plan_tree *tree, struct err *err)
{
    static const char statement[] = BRANCH SOURCES " SELECT origin.at, " TASKS " FROM " OF_SOURCES " GROUP BY origin.at";
    char day[CLOCK_TEXT];
    struct sql_rows rows;

    if (!sql_rows(sql, statement, SQL_ARGS(sql_int(top), sql_text(slice_of(day_show(today, day)))), &rows, err))
        return false;
    while (sql_next(&rows)) {
        size_t i = 0;

        while (i < tree->count && tree->nodes[i].action.id != sql_number(&rows, 0))
            i++;
        if (i < tree->count)
            tree->nodes[i].all = (struct task_tally){sql_number(&rows, 1), sql_number(&rows, 2), sql_number(&rows, 3), sql_number(&rows, 4)};
    }
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = tree->count; --i > 0;) /* from the last upwards: what is below stands behind */
        tally_add(&tree->nodes[tree->nodes[i].parent].all, &tree->nodes[i].all);
    return true;
}

bool plan_tree_read(struct sql *sql, const struct record *top, int32_t today, struct arena *arena, struct plan_tree *tree, struct err *err)
{
    struct heap heap = {0};

    *tree = (struct plan_tree){0};
    if (!part_read(sql, &parts[ACTIONS], top->id, arena, &heap.actions, &heap.action_count, &tree->more, err)
        || !part_read(sql, &parts[TARGETS], top->id, arena, &heap.targets, &heap.target_count, &tree->more, err)
        || !part_read(sql, &parts[CHANGES], top->id, arena, &tree->changes, &tree->change_count, &tree->more, err))
        return false;
    tree->nodes = arena_alloc(arena, (heap.action_count + 1) * sizeof *tree->nodes);
    place(tree, &heap, top, -1);
    return tallies_read(sql, top->id, today, tree, err);
}

/* --- counted --- */

bool plan_figures(struct sql *sql, int64_t action, int32_t today, struct plan_figures *figures, struct err *err)
{
    static const char statement[] =
        BRANCH SOURCES " SELECT * FROM (SELECT " HOW_MANY("state = 'done'") " AS done, " HOW_MANY("status = 0") " AS standing, "
        HOW_MANY("status = 0 AND due < ?2") " AS late, " HOW_MANY("status = 0 AND unit IS NULL") " AS unowned"
        " FROM branch JOIN action ON action.id = branch.id AND action.to_leaf IS NULL) AS a,"
        " (SELECT count(*) AS targets, " HOW_MANY("number IS NULL AND money IS NULL AND share IS NULL") " AS unknown"
        " FROM branch JOIN target ON target.action = branch.id AND target.to_leaf IS NULL AND target.status = 0) AS b,"
        " (SELECT " TASKS " FROM " OF_SOURCES ") AS c";
    char day[CLOCK_TEXT];
    struct sql_rows rows;

    *figures = (struct plan_figures){0};
    if (!sql_rows(sql, statement, SQL_ARGS(sql_int(action), sql_text(slice_of(day_show(today, day)))), &rows, err))
        return false;
    if (sql_next(&rows))
        *figures = (struct plan_figures){sql_number(&rows, 0), sql_number(&rows, 1), sql_number(&rows, 2), sql_number(&rows, 3), sql_number(&rows, 4),
                                         sql_number(&rows, 5),
                                         {sql_number(&rows, 6), sql_number(&rows, 7), sql_number(&rows, 8), sql_number(&rows, 9)}};
    return sql_done(&rows, err);
}
