/*
 * Pages of consultations besides their matters.
 * A session's panel: "consult": {doors: [{label, hint, href}], figures: [{label, number}], map: {spoken, blank, href} or null, topics: [{no, name,
 *   opinions, href}], seats: [{name, href, tier, opinions}],
 *   lines: opinions, more: the map's page has them all}
 * An opinion's panel: "opinion": {doors, session: {title, href}, topic, lead: {no, href, subject} or null, group: lines merged into it, similar:
 *   [{line, share, chance, merge, cosign: hrefs or null}], assists: lines of matters, grouped,
 *   alike, assisted: is there any of them, lists: the tasks that come of it, as steer.c has them, ratings:
 *   to the unit in charge the sums {satisfied, basically, unsatisfied}, or null}
 * A remark's panel: "remark": {live: the meeting's page, doors, lists: tasks that come of it}
 * A line of an opinion: {href, no, subject, member, topic, obstacle, pillar, concerns, state, due, late, lead, key}
 * GET /consultations/:id/map?obstacle=&pillar=&concerns=&topic=: "consult_map": {title, href, spoken, blank, cells, export, rows: [{obstacle, cells:
 *   [{pillar, opinions, visits, href, sides: [{side, short, count, href}]}]}], narrow, narrowed: [labels], all, lines, more: the sheet has them all}
 * GET /deeds?person=ID: "deeds": {name, export, counts: [{label, number}], lines: [{sort, day, title, what, state, href}]}
 */
#ifndef TQ_WEB_CONSULT_H
#define TQ_WEB_CONSULT_H

#include "web/matter.h"
#include "work/consult.h"

bool consult_session_panel(const struct matter_page *page, json_t *matter, struct err *err);
bool consult_opinion_panel(const struct matter_page *page, json_t *matter, struct err *err);
bool consult_remark_panel(const struct matter_page *page, json_t *matter, struct err *err);

/* A line of an opinion; new reference. */
json_t *opinion_line_json(struct request *request, const struct record *opinion);

/* May he see what lies in the session? ERR_MISSING or ERR_DENIED. */
bool consult_look(struct request *request, int64_t id, struct matter_file *session, struct err *err);

#endif
