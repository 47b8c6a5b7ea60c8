/* The leaves of accounts, shared by the steps that write them and the check that re-hashes them. */
#ifndef TQ_WORK_ACCOUNT_INT_H
#define TQ_WORK_ACCOUNT_INT_H

#include "work/account.h"

/* Root over what differs from prior (NULL: all six); returns how many that is. */
size_t account_root(const struct account *account, const struct account *prior, unsigned char root[LEAF_HASH]);

void password_root(struct slice hash, const unsigned char *salt, unsigned char root[LEAF_HASH]);

/* salts: role, scope_kind, scope */
void grant_root(const struct role_grant *grant, const unsigned char (*salts)[LEAF_SALT], unsigned char root[LEAF_HASH]);

/* salts: kind, object, party */
void nda_root(struct slice kind, int64_t object, int64_t party, const unsigned char (*salts)[LEAF_SALT],
              unsigned char root[LEAF_HASH]);

#define ACCOUNT_COLUMNS "id, ver, from_leaf, login, name, pseudonym, party, person, disabled, salts"
void account_take(struct account *account, const struct sql_rows *rows);

/* --- what every step begins with --- */

/* ERR_CONFLICT: the request id stands for another order. Returns false. */
bool order_taken(struct err *err);

/*
 * Was this very order done before under its request id? order_taken: the id stands for another order (somebody else's, another
 * action, another thing, another party or role), which must not be told "done" and dropped.
 */
bool order_done(struct sql *sql, struct order *order, const char *action, bool *done, struct err *err);

/* May the order's actor do this to `account`, as it is? And put one where `account` is to be? */
bool order_manages(struct sql *sql, const struct order *order, const struct account *account, struct err *err);
bool order_places(struct sql *sql, const struct order *order, const struct account *account, struct err *err);

/* The roles a new account begins with, behind its own leaves: as if each were granted. */
bool order_grant_first(struct sql *sql, const struct order *order, struct err *err);

/* ERR_DENIED, "不能" and what, where the actor's own account is concerned. */
bool order_not_oneself(const struct order *order, const char *what, struct err *err);

/* The leaf of an order, of kind "nda" or "account" as the action says. */
bool order_append(struct sql *sql, const struct order *order, const char *action, uint8_t part, int64_t version,
                  const unsigned char root[LEAF_HASH], int64_t *index, struct err *err);

/* 0 is there too: no party. */
bool account_party_there(struct sql *sql, int64_t party, struct err *err);

/* ERR_CONFLICT: administrators and the auditor stand alone. */
bool account_refuse_alone(struct err *err);

#endif
