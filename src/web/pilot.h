/* Pages of pilot platforms and spaces besides their matters: the calendar, figures, doors on other pages. */
#ifndef TQ_WEB_PILOT_H
#define TQ_WEB_PILOT_H

#include "web/matter.h"

/* For a record's page: {lines: capabilities or jobs about it, doors: [{label, hint, href}]}; null: nothing. */
json_t *pilot_of(struct request *request, const struct record *record);

/* What the matters of this area show besides (struct matter_panel): {doors, balance, vouchers, spent, export} as "pilot". */
bool pilot_panel_add(const struct matter_page *page, json_t *matter, struct err *err);

/* {label, hint, href}, into the list. */
void pilot_door(const struct request *request, json_t *doors, const char *label, const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
