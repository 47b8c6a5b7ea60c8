/* Finance products as documents show them. */
#ifndef TQ_WEB_FUNDING_H
#define TQ_WEB_FUNDING_H

#include "web/request.h"
#include "work/funding.h"

/* What the rules of the products ask for, as a form of this look; what was typed into it is not kept. */
enum { FUNDING_ASKS = 16 };
struct funding_asking {
    const struct rule_fact *list[FUNDING_ASKS];
    size_t count;
    struct err problem; /* of something typed that cannot be read; code 0: none */
};

/* Adds what the query says to the facts that want already has; typed: room for FUNDING_ASKS more behind those. */
bool funding_typed_read(struct request *request, struct funding_want *want, struct fact *typed, struct funding_asking *asking, struct err *err);
/* [{name, label, hint, select, value, options: [{value, label, selected}], error}]: the amount, what was typed, what decides the lines. */
json_t *funding_asks_json(struct request *request, struct funding_asking *asking, const struct funding_line *lines, size_t count);

/* A product with what the rulebook says of it; facts: what was asked over; the caller owns *out, set whatever comes. */
bool funding_line_json(struct request *request, const struct funding_line *line, const struct fact *facts, size_t count, json_t **out, struct err *err);

#endif
