/* Who fits a record, as its page shows it: the best few of each column with their reasons, or why there is nobody. */
#ifndef TQ_WEB_FITS_H
#define TQ_WEB_FITS_H

#include "web/request.h"

/* {none, fresh (for a page), why, ask, edit, columns}: docs/pages.md. New reference. */
json_t *fits_json(struct request *request, const struct record *record, const struct object *object);

#endif
