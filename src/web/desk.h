/* What desk.c and desk_task.c share. */
#ifndef TQ_WEB_DESK_H
#define TQ_WEB_DESK_H

#include "web/request.h"

/* Adds tasks [{text, href, due, late, basis}], more_tasks and imports to the desk. */
bool desk_tasks_add(struct request *request, json_t *desk, struct err *err);
/* Tasks of the deals of his unit, where he takes their steps. */
bool desk_deals_add(struct request *request, json_t *tasks, struct err *err);

#endif
