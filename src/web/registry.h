/*
 * The pages of a registration agency.
 * Document of the queue: {"registrations": {lines: [LINE], next, mine: there is something to be done by the reader, export, action,
 *   request_id, lane: {code, label} or null: narrowed to it, lanes: [{label, href, here}]}}
 * LINE: {href, title, unit, point, sent_on, lane: {code, label}, allowed, due, provisional, waited, late, with_unit, lacks, asked_on,
 *   contract, sort, amount, technical: null for who sees only how far it is, mine}
 * Of one: {"registration": {line: LINE, items: [{label, text}], checks: [{rule, title, verdict, says, href}], steps, form, refusal}}, the
 *   last three as of a deal (web/deal.h).
 * Of a sheet that came back: {"results": {name, lines: [{line, title, contract, number, result, amount, technical, decided_on, good,
 *   problem, hint}], good, bad, rows: of the good ones as one text, action, request_id}}
 */
#ifndef TQ_WEB_REGISTRY_H
#define TQ_WEB_REGISTRY_H

#include "web/request.h"
#include "work/registry.h"

json_t *registry_line_json(struct request *request, const struct registry_line *line);

/* {code, label} of its lane. */
json_t *registry_lane_json(bool full);

#endif
