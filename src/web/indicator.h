/* What other pages show of indicators: the figure that has been reached, beside the target it is for. The pages themselves: indicator.c. */
#ifndef TQ_WEB_INDICATOR_H
#define TQ_WEB_INDICATOR_H

#include "record/record.h"
#include "web/request.h"
#include "work/indicator_target.h"

/*
 * For one page: figures that several targets ask for are computed once. In the request's arena. After so many different ones the others'
 * targets are left without: their own pages have them.
 */
struct indicator_reached;
struct indicator_reached *indicator_reached_new(struct request *request);

/* How far the target has come, and in words; *found false: where "reached" below is null. */
bool indicator_reached_find(struct indicator_reached *reached, const struct record *target, struct indicator_reach *reach, struct slice *said, bool *found,
                            struct err *err);

/*
 * "reached" of a target's object: {said, href, share: 万分比 of the target, met} or null, where no definition counts it, its year has not
 * begun, it was dropped, or the reader does not see that figure.
 */
bool indicator_reached_put(struct indicator_reached *reached, const struct record *target, json_t *out, struct err *err);

#endif
