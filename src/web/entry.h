/* The page of the sign-in, and the session's cookie. */
#ifndef TQ_WEB_ENTRY_H
#define TQ_WEB_ENTRY_H

#include "web/request.h"

/* Takes `carry` over (web/carry.h; json_null(): nothing is carried). problem: what to say above the form, or NULL. */
bool entry_page(struct request *request, json_t *carry, const struct err *problem);

/* Sets the cookie; an empty token takes it away. */
void cookie_set(struct request *request, const char *token);

#endif
