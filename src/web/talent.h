/* What the pages of talent show besides the matters' own: who answers a need; beside a case what was passed by, and where to go on. */
#ifndef TQ_WEB_TALENT_H
#define TQ_WEB_TALENT_H

#include "record/record.h"
#include "web/request.h"

/* Tasks of the desk beyond the matters: needs that wait for a manager, deals past a case of his organisation's. */
bool talent_tasks_add(struct request *request, json_t *tasks, struct err *err);

/* Beside a case and a post (struct matter_panel). */
struct matter_page;
bool post_panel_add(const struct matter_page *page, json_t *matter, struct err *err);
bool case_panel_add(const struct matter_page *page, json_t *matter, struct err *err);

/*
 * For a need's page: {manager: {name, phone, href} or null, sign_in, published, due, waited, late, taken, answered, confirmed, tested, take,
 * assign, propose, test}; null for any other record. The phone is for those signed in; without a manager the page says since how many working
 * days nobody has answered.
 */
json_t *care_of_record(struct request *request, const struct record *record);

#endif
