/*
 * Services for hire, guides, trials and try-first licences on pages: a provider's credit on a service's page, a scenario's trials on its
 * page, what the matters of this area show besides.
 */
#ifndef TQ_WEB_HIRE_H
#define TQ_WEB_HIRE_H

#include "web/matter.h"

/* For the page of a service of sort professional or broker: {orders, refused, withdrawn, broken_off, delivered, late, days_late, at_first,
   rated, good, bad, answered, working, overdue}: counts, no parties; else null. */
json_t *credit_of(struct request *request, const struct record *record);

/* For the page of a service, a scenario or an achievement: {trials: counts or null, lines: its matters that the reader may see,
   doors: [{label, hint, href}]}; null: nothing. */
json_t *hire_of(struct request *request, const struct record *record);

/* What the matters of this area show besides (struct matter_panel): {doors, promise: {open, late, days} or null, aims: [{no, name, sense,
   target, unit, value or null, met}], credit or null} as "hire". */
bool hire_panel_add(const struct matter_page *page, json_t *matter, struct err *err);

#endif
