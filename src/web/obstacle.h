/*
 * What blocks a result, on its page and its deals' pages: [{obstacle: {code, label}, says, evidence: {name, href}, remedy, href}].
 * Document of the map: {"obstacles": {columns: [{code, label}], all: ROW, rows: [ROW], list: [{title, href, says, remedy, remedy_href}] or
 *   null, cell: {obstacle, field} or null}}, ROW: {field: {code, label} or null, achievements, cells: [{count, share: in per cent, href,
 *   heat: 0 to 4, here}]}
 */
#ifndef TQ_WEB_OBSTACLE_H
#define TQ_WEB_OBSTACLE_H

#include "web/request.h"

/* null where the reader is not told, [] where there is no sign. New reference. */
json_t *obstacles_of(struct request *request, const struct record *achievement);

/* "blocks" and, where there are any, "blocked": what blocks a result (web/obstacle.h); takes it over. */
void blocks_put(json_t *out, json_t *blocks);

#endif
