/* Leave under NDA on the pages: who has it on a record's, which records it opens on the desk of an organisation. */
#ifndef TQ_WEB_LEAVE_H
#define TQ_WEB_LEAVE_H

#include "web/request.h"

/* "parties": [{id, name, href, since, who, end, request_id}], newest first, and "more", into `nda`. For who may ACT_NDA. */
bool leave_parties_add(struct request *request, const struct kind *kind, int64_t record, json_t *nda, struct err *err);

/* "opened": {lines: [{href, title, kind, who, since}], more} into `desk`; null where nothing is open to him. */
bool leave_opened_add(struct request *request, json_t *desk, struct err *err);

#endif
