/* The session's cookie. */
#ifndef TQ_WEB_ENTRY_H
#define TQ_WEB_ENTRY_H

#include "web/request.h"

/* Sets it; an empty token takes it away. */
void cookie_set(struct request *request, const char *token);

#endif
