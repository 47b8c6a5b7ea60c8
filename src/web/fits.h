/* Who fits a record, as its page shows it: the best few of each column with their reasons, or why there is nobody. */
#ifndef TQ_WEB_FITS_H
#define TQ_WEB_FITS_H

#include "web/request.h"

/*
 * "fits": {none, fresh (for a page), why, ask, edit, feedback, columns} into the document: docs/pages.md. What the reader's own side
 * has refused stands behind the others, in `seen` of its column.
 */
bool fits_add(struct request *request, const struct record *record, const struct object *object, json_t *document,
              struct err *err);

#endif
