/* How one is reminded, as the page of one's account shows it. */
#ifndef TQ_WEB_WISH_H
#define TQ_WEB_WISH_H

#include "web/request.h"

/* {hooks, mails, hook, english, address, confirmed}: what this server sends by, and what the account wishes; NULL: err. */
json_t *wishes_json(struct request *request, struct err *err);
/* {since, href}: since null: there is none; href: shown this once. token "": not now. NULL: err. */
json_t *feed_json(struct request *request, struct slice token, struct err *err);

/* --- account.c --- */

/* The page's document. token: of a calendar that was just made, "" : none was. */
json_t *own_account_document(struct request *request, struct slice error, struct slice token);

#endif
