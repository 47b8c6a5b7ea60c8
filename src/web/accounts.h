/* What the pages of accounts share, and what other pages show of them. */
#ifndef TQ_WEB_ACCOUNTS_H
#define TQ_WEB_ACCOUNTS_H

#include "web/request.h"
#include "work/account.h"

/* A role with what it reaches: {role: {code, label}, scope: a division's code, an organisation's name or null}. */
json_t *grant_json(struct request *request, const struct role_grant *grant);

/* Are there accounts that he keeps or audits? */
bool accounts_open(const struct request *request);

/* Whose accounts the actor may do that with: *party 0: everybody's, else his own organisation's. ERR_DENIED. */
bool accounts_whose(const struct request *request, enum action action, int64_t *party, struct err *err);

/* The account of the path, if the actor may do that with it. */
bool account_seek(struct request *request, enum action action, struct account *account, struct err *err);

/* The roles that he may give: [{code, label, selected}]. chosen: a name, "" for none. */
json_t *role_options(const struct request *request, struct slice chosen);

/*
 * {"holder": …}, pages/holder.html, and {"account_new": …}, pages/account_new.html, with what was typed where the request
 * brings it. NULL with err.
 */
json_t *holder_document(struct request *request, const struct account *account, struct err *err);
json_t *account_new_document(struct request *request, int64_t party);

/* {"first": …} for pages/first_password.html. password "": it was shown before. */
json_t *first_password_document(struct request *request, const struct account *account, const char *password, bool made);

/* Says in either of the first two what is to be mended. */
void account_wrong(struct request *request, json_t *document, const struct err *err);

/* The rows of roles on the form of a new account. */
enum { ROLE_ROWS = 3 };
struct role_row {
    struct slice role, scope;
};
/* What was typed in them; empty where nothing was. */
void role_rows(const struct request *request, struct role_row rows[ROLE_ROWS]);

#endif
