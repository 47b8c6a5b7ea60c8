/*
 * Accounts and passwords from the command line, by the program itself. A first password is told once and noted down in
 * DATA/first-sign-in.txt (for its owner's eyes alone) as soon as it is in force: who is cut off loses none.
 *
 *   opening_start     what it is made of
 *   opening_account   an account with its roles; nothing where the login name is there already
 *   opening_password  a new first password for an account
 *   opening_order     any other order on an account
 *   opening_points    does the file of first passwords speak of this store?
 */
#ifndef TQ_CLI_OPENING_H
#define TQ_CLI_OPENING_H

#include "cli/task.h"
#include "work/account.h"

struct opening {
    const struct task *task;
    struct actor actor;
    char shared[PASSWORD_FIRST_TEXT]; /* one for all, which need not be changed; "": each his own, to be changed */
    bool silent;                      /* first passwords are noted down, not told */
    int notes;                        /* the file; -1 until the first */
    int64_t made, there;
};

/* shared: accounts to show the thing with. */
void opening_start(struct opening *opening, const struct task *task, bool shared);
void opening_end(struct opening *opening);

struct opened {
    struct slice login, name;
    int64_t party;  /* 0: none */
    int64_t person; /* the record of the person himself; 0: none */
    struct role_grant grants[ACTOR_GRANTS];
    size_t grant_count;
};
bool opening_account(struct opening *opening, const struct opened *opened, struct err *err);

bool opening_password(struct opening *opening, const struct account *account, struct err *err);

/* grant NULL where the step takes none. */
bool opening_order(struct opening *opening, store_step *step, const struct account *account, const struct role_grant *grant,
                   struct err *err);

/* ERR_MISSING: no such account. */
bool opening_find(struct opening *opening, struct slice login, struct account *account, struct err *err);

/* The organisation as people name it; *party 0 for "". ERR_INVALID: no such. */
bool opening_party(struct opening *opening, struct slice name, int64_t *party, struct err *err);

/* The person's own record, by name, within the organisation; *person 0 for "". ERR_INVALID: no such. */
bool opening_person(struct opening *opening, struct slice name, int64_t party, int64_t *person, struct err *err);

/* DATA/first-sign-in.txt, to be freed. */
char *opening_notes(const struct city *city);
bool opening_points(const struct city *city);

#endif
