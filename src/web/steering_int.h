/* What the pages of the steering desk share: steering.c, steering_lead.c, steering_file.c. */
#ifndef TQ_WEB_STEERING_INT_H
#define TQ_WEB_STEERING_INT_H

#include "web/indicator_int.h"
#include "work/steering.h"

/* Adds "districts": figures of this year and red items, each district; of a city officer. Else null. */
bool steering_districts_put(struct request *request, const struct steering *steering, json_t *out, struct err *err);
/* Adds "landing": the share of claims that was paid. Of the bureau and of who leads. Else null. */
bool steering_landing_put(struct request *request, const struct steering *steering, json_t *out, struct err *err);
/* Adds "promises" and "targets"; of who leads. Else null. */
bool steering_promises_put(struct request *request, json_t *out, struct err *err);

#endif
