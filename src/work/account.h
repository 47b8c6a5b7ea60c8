/*
 * Accounts, roles and leave under NDA. Each change is a step that asks may(), writes its leaf and ends what it must end, all
 * in one transaction. The values lie in row versions with their salts, so that people_check can re-hash them.
 *
 *   order_init           an order by somebody: request id, time, id, pseudonym and salts drawn, outside the step
 *   account_make_step    a new account with its first password
 *   …                    one step a verb, below
 *   people_check         fsck: re-hashes accounts, passwords, grants and leaves under NDA against the ledger
 *
 * Leaves: kind "account" (object: the account; version: the account's own) and kind "nda" (object: the record).
 *
 * Three administrators (三权分立: system, security, audit) and the auditor each have an account of their own: no second role
 * beside these, no organisation. Nobody gives a role to himself. An organisation's administrator keeps the accounts of his
 * own, as far as they hold no higher role than he may give (role_of_unit).
 */
#ifndef TQ_WORK_ACCOUNT_H
#define TQ_WORK_ACCOUNT_H

#include "seal/seal.h"
#include "work/may.h"
#include "work/password.h"
#include "work/session.h"

enum { ACCOUNT_FIELDS = 6, ORDER_SALTS = ACCOUNT_FIELDS + 1, GRANT_FIELDS = 3 };

struct account {
    int64_t id, ver, from_leaf;
    char login[LOGIN_TEXT];
    char name[ACTOR_NAME];
    unsigned char pseudonym[LEAF_ACTOR];
    int64_t party, person; /* 0: none */
    bool disabled;
    unsigned char salts[ACCOUNT_FIELDS][LEAF_SALT]; /* login, name, pseudonym, party, person, disabled */
};

/* The current version. ERR_MISSING. */
bool account_get(struct sql *sql, int64_t id, struct account *account, struct err *err);

/* *found false: no such login (normalised before). */
bool account_by_login(struct sql *sql, struct slice login, struct account *account, bool *found, struct err *err);

/* A version of the past or the present one. ERR_MISSING. */
bool account_version(struct sql *sql, int64_t id, int64_t ver, struct account *account, struct err *err);

/* What may() is asked about the account with. */
bool account_object(struct sql *sql, const struct account *account, struct object *object, struct err *err);

struct order {
    /* given */
    const struct actor *actor;
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms;
    struct account account;    /* id: whose, or drawn for a new one; account_make, account_edit: its values; account_edit:
                                  ver that the person saw, 0 where that does not matter */
    struct role_grant first[ACTOR_GRANTS]; /* account_make: the roles it begins with, by order_first */
    size_t first_count;
    struct role_grant grant;   /* role_grant, role_revoke */
    char hash[SEAL_PASSWORD];  /* account_make, account_password: by password_hash_start */
    bool given;                /* the password was handed out: to be changed at the first sign-in */
    int64_t seen_leaf;         /* account_password: the password that was checked; 0: an administrator's reset */
    const struct session_new *session; /* account_password by the person: the session that replaces all others; or NULL */
    const struct kind *kind;   /* nda_grant, nda_end: the record's kind, */
    int64_t object, party;     /* its id, and who gets leave */
    unsigned char salts[ORDER_SALTS][LEAF_SALT], first_salts[ACTOR_GRANTS][GRANT_FIELDS][LEAF_SALT];
    /* answered */
    bool repeated;             /* the request id was done before */
};

void order_init(struct order *order, const struct actor *actor, struct slice request_id);

/* Login name, name and organisation as typed into order->account. false: err with its field. */
bool order_account(struct order *order, struct slice login, struct slice name, int64_t party, struct err *err);

/* Adds a role to those a new account begins with; one that is there already is not there twice. ERR_CONFLICT: too many. */
bool order_first(struct order *order, const struct role_grant *grant, struct err *err);

/*
 * Roles as people write them: a role's name or label, and its scope: "", a division's code ("620102", "620102 城关区") or an
 * organisation. ERR_INVALID, field "role" or "scope".
 */
bool grant_read(struct sql *sql, struct slice role, struct slice scope, struct role_grant *grant, struct err *err);
/* Several, as the list of accounts writes them: "member,county_officer@620102". grants: room for ACTOR_GRANTS. */
bool grants_read(struct sql *sql, struct slice words, struct role_grant *grants, size_t *count, struct err *err);

/* arg: struct order. By whoever may ACT_ACCOUNTS on the account, unless said. */
store_step account_make_step;     /* account.login, name, party, person; hash, given; first */
store_step account_edit_step;     /* account.id and login, name, party, person as they shall be */
store_step account_disable_step;  /* ends its sessions */
store_step account_enable_step;
store_step account_password_step; /* also by the person; ends all sessions of the account */
store_step role_grant_step;       /* ends the account's sessions: new rights, new token */
store_step role_revoke_step;
store_step nda_grant_step;        /* by whoever may ACT_NDA on the record */
store_step nda_end_step;

/* The newest password; *leaf names it. ERR_MISSING. */
struct password_kept {
    char hash[SEAL_PASSWORD];
    int64_t leaf, made_ms;
    bool given;
};

/* The last ones, newest first, at most PASSWORDS_KEPT. */
bool account_passwords(struct sql *sql, int64_t account, struct password_kept *kept, size_t *count, struct err *err);

/* *count: rows held against their leaves. ERR_CORRUPT names the first that differs. */
bool people_check(struct sql *sql, int64_t *count, struct err *err);

#endif
