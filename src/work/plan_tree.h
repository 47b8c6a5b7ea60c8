/*
 * A plan from an action downwards, with its targets and the tasks of both. A few questions, however large it is; no more than `most` of each
 * are read, and memory is taken for those that there are.
 */
#ifndef TQ_WORK_PLAN_TREE_H
#define TQ_WORK_PLAN_TREE_H

#include "work/steer.h"

struct plan_node {
    struct record action;
    int depth, parent;          /* 1: the top; its parent's place among the nodes, -1 */
    struct task_tally all;      /* tasks of it, of its targets, and of what is under it */
    struct record *targets;
    size_t target_count;
};

struct plan_tree {
    struct plan_node *nodes;    /* each in front of what is under it */
    size_t count;
    struct record *changes;     /* of all targets, by target, the oldest first */
    size_t change_count;
    bool more;                  /* there are further ones */
};

/* Before any thread starts; steer_start calls it. */
void plan_tree_start(void);

bool plan_tree_read(struct sql *sql, const struct record *top, int32_t today, struct arena *arena, struct plan_tree *tree, struct err *err);

/* The whole of it counted, with one question. */
struct plan_figures {
    int64_t done, open, late, unowned;   /* actions */
    int64_t targets, unknown;            /* of those that stand, without a figure */
    struct task_tally tasks;
};
bool plan_figures(struct sql *sql, int64_t action, int32_t today, struct plan_figures *figures, struct err *err);

#endif
