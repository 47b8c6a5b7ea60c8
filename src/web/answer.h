/* How a request begins and ends: session, language, limits; document to JSON or page; errors to pages. */
#ifndef TQ_WEB_ANSWER_H
#define TQ_WEB_ANSWER_H

#include "web/request.h"

/* For http_start. context: struct web. */
http_handle web_handle;
http_limit web_limit;
http_urgent web_urgent;

/* Renders and sends, once. ok false: err is the answer. */
void answer_send(struct request *request, bool ok, struct err *err);

/* After a handler: sends, unless it has kept the request, which may be gone by then. */
void answer_end(struct request *request, bool kept, bool ok, struct err *err);

#endif
