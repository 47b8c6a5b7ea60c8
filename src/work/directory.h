/*
 * The accounts as those look at them who keep them or audit them. Reading alone; who may is the caller's to ask (may.h).
 *
 *   directory_page       a page of the list, by login name
 *   directory_roles      the roles of one, each with who gave it and when
 *   directory_history    what happened to one, by whom, newest first, out of the ledger
 *   directory_signed_in  when somebody last signed in to it
 *
 * A page of the list runs along an index and reads no more than it returns, but where it is searched or narrowed: then it
 * looks through the accounts from `after` on until the page is full.
 */
#ifndef TQ_WORK_DIRECTORY_H
#define TQ_WORK_DIRECTORY_H

#include "work/account.h"

enum { DIRECTORY_PAGE = 50, DIRECTORY_WORDS = 100 };

enum directory_state { DIRECTORY_ANY, DIRECTORY_ENABLED, DIRECTORY_DISABLED };

struct directory_query {
    int64_t party;              /* the accounts of this one; 0: all */
    struct slice words;         /* part of a login name, a name or an organisation's name; "": any */
    struct slice role;          /* a role's name; "": any */
    enum directory_state state;
    struct slice after;         /* login name of the last line before this page; "": from the first */
};

struct directory_line {
    struct actor who;           /* account, login, name, party, roles */
    struct slice party;         /* its name; "": none */
    bool disabled;
};

/* lines: room for DIRECTORY_PAGE. *more: there are others behind them. Texts from arena. */
bool directory_page(struct sql *sql, const struct directory_query *query, struct arena *arena, struct directory_line *lines,
                    size_t *count, bool *more, struct err *err);

struct directory_role {
    struct role_grant grant;
    int64_t given_ms;
    unsigned char by[LEAF_ACTOR]; /* pseudonym; all zero: the program itself, from the command line */
};

/* As they are now, the oldest first. roles: room for ACTOR_GRANTS. */
bool directory_roles(struct sql *sql, int64_t account, struct directory_role *roles, size_t *count, struct err *err);

/* *ms 0: never. */
bool directory_signed_in(struct sql *sql, int64_t account, int64_t *ms, struct err *err);

struct directory_event {
    struct leaf leaf;
    bool oneself;               /* done with the account itself */
    bool granted;               /* account.grant, account.revoke: `grant` says which */
    struct role_grant grant;
    bool login, name, party;    /* account.edit: what changed */
};

/* Those with leaves below `before` (LEDGER_END: all). events: room for DIRECTORY_PAGE. */
bool directory_history(struct sql *sql, const struct account *account, uint64_t before, struct directory_event *events,
                       size_t *count, bool *more, struct err *err);

#endif
