/*
 * A plan as a table (tieqiao plan FILE): its actions and their targets, a row each, one below the other. Whole or not at all: a row that is
 * wrong is named. What is there already, an action of its name or a target of its indicator and year, is left as it is.
 *
 *   plan_sheet_read   the rows, in the arena; columns by their header, docs/steer.md
 *   plan_sheet_step   writes them as the steps of matters do (store_step; arg: struct plan_sheet)
 */
#ifndef TQ_WORK_PLAN_SHEET_H
#define TQ_WORK_PLAN_SHEET_H

#include "file/table.h"
#include "work/steer.h"

enum { PLAN_ROWS = 400 };

struct plan_row {
    long line;
    bool target;
    struct slice code, under;   /* its own code within the table, and whose it is below */
    struct slice party;         /* who keeps it, by name */
    struct matter_order order;
    int64_t id;                 /* what it has become, or was already */
};

struct plan_sheet {
    /* given */
    const struct law *law;
    const struct actor *actor;
    int64_t time_ms;
    struct arena *arena;
    /* read */
    struct plan_row *rows;
    size_t count;
    char request_id[LEAF_REQUEST + 1];
    /* written */
    size_t actions, targets, kept;
};

bool plan_sheet_read(struct plan_sheet *sheet, struct table *table, struct err *err);
store_step plan_sheet_step;

#endif
