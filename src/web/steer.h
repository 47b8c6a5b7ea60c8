/* What the pages of tasks, plans, joint meetings and reforms show besides a matter's own: steer.c says its shape. */
#ifndef TQ_WEB_STEER_H
#define TQ_WEB_STEER_H

#include "web/matter.h"

bool steer_panel(const struct matter_page *page, json_t *matter, struct err *err);

/*
 * The tasks that come from a record, as far as the reader may see them: a line of `lists` ({kind, lines}); none: none is added. For the
 * page of whatever a task may come from (task_source).
 */
bool steer_tasks_add(struct request *request, const struct record *source, json_t *lists, struct err *err);

/* A plan as a tree (steer_tree.c): {nodes: […], figures: […]}; new reference, NULL with err. */
json_t *steer_tree(struct request *request, const struct record *action, struct err *err);
/* Its figures alone, into `figures`. */
bool steer_figures(struct request *request, const struct record *action, json_t *figures, struct err *err);
/* The way down to an action: [{name, href}], the plan first, without the action itself. */
json_t *steer_path(struct request *request, const struct record *action);
/* {label, number} */
void steer_figure(const struct request *request, json_t *figures, const char *label, int64_t number);

#endif
