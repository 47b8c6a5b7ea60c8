/* Finance products as documents show them. */
#ifndef TQ_WEB_FUNDING_H
#define TQ_WEB_FUNDING_H

#include "web/request.h"
#include "work/funding.h"

/* A product with what the rulebook says of it; facts: what was asked over. */
json_t *funding_line_json(struct request *request, const struct funding_line *line, const struct fact *facts, size_t count);

#endif
