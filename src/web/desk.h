/* What desk.c and desk_task.c share. */
#ifndef TQ_WEB_DESK_H
#define TQ_WEB_DESK_H

#include "web/request.h"

/* Adds tasks [{text, href, due, late, basis, article, since}], more_tasks and imports to the desk. */
bool desk_tasks_add(struct request *request, json_t *desk, struct err *err);
/* Tasks in deals, by what he is. */
bool desk_deals_add(struct request *request, json_t *tasks, struct err *err);

#endif
