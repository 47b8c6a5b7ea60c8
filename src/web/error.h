/*
 * The one shape in which a program is told that something was refused or failed, from every address (docs/trust.md):
 *
 *   {"code", "message", "hint", "field", "errors": [{"field", "label", "message", "hint", "value"}], "answers", "ver", "request_id"}
 *
 * What is not there is left out. ver: where somebody else changed the record meanwhile, the version to go on from, and errors
 * what he made of each field. code: what to branch on. message, hint, label: in the reader's language. field: the one it is
 * about; errors: each that is to be mended, "field" "" for the record as a whole. request_id: for a change, the id with which it
 * may be asked for again without being done twice; for all else, the number that stands in the diary.
 * answers: of a deal's step that rules stand against, what each of them says (deal_answers_json of web/deal.h).
 * The gate (web/http) answers in the same shape.
 */
#ifndef TQ_WEB_ERROR_H
#define TQ_WEB_ERROR_H

#include "record/check.h"
#include "web/request.h"

/* The whole document, for request_page. New reference. */
json_t *error_json(struct request *request, const struct err *err);
/* The same with one line a complaint; "errors" is left out where there are none. */
json_t *error_lines_json(struct request *request, const struct err *err, const struct complaints *complaints);
/* Of what was typed: so many places are to be mended. */
json_t *error_list_json(struct request *request, const struct complaints *complaints);

/* {"error": …} for pages/error.html. New reference. */
json_t *error_page_json(struct request *request, const struct err *err);

#endif
