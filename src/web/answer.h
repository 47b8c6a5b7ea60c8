/* How a request begins and ends: session, language, limits; document to JSON or page; errors to pages. */
#ifndef TQ_WEB_ANSWER_H
#define TQ_WEB_ANSWER_H

#include "web/request.h"

/* For http_start. context: struct web. */
http_handle web_handle;
http_limit web_limit;

/* Renders and sends, once. ok false: err is the answer. */
void answer_send(struct request *request, bool ok, struct err *err);

#endif
