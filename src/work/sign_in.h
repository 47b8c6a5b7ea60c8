/*
 * Signing in and changing one's own password, on the password pool: the caller's thread is free meanwhile (the web suspends
 * the exchange) and `done` hands the answer on.
 *
 * Five wrong passwords in a row lock the login name for 15 minutes, the next five for 30, and so on up to a day, whether or
 * not there is such an account. An unknown name, a disabled account and a wrong password get the same words after the same
 * work. Success and lock-out of an account are leaves (account.sign_in, account.lock): GB/T 22239-2019 8.1.4.3.
 */
#ifndef TQ_WORK_SIGN_IN_H
#define TQ_WORK_SIGN_IN_H

#include "work/account.h"
#include "work/password_pool.h"

enum { SIGN_IN_TRIES = 5, SIGN_IN_LOCK_MS = 15 * 60 * 1000, SIGN_IN_DAY_MS = 24 * 60 * 60 * 1000 };

struct sign_in {
    struct pool_job job; /* first: the pool's own */
    struct password_pool *pool;
    /* given */
    struct store *store;
    enum password_profile profile;
    char login[4 * LOGIN_TEXT], password[PASSWORD_BYTES + 2];
    char fresh[PASSWORD_BYTES + 2]; /* password_change_start: the new one */
    struct session_new session;     /* prepared: token, address, agent, time */
    const struct actor *actor;      /* password_change_start: whose */
    void (*done)(struct sign_in *sign_in, const struct err *err); /* on a thread of the pool; err NULL: signed in */
    void *owner;
    /* answered */
    int64_t account;
    bool must_change;               /* a first password, or one that has run out: only the page for a new one opens */
};

/* Fills in what is given; cookie, address, agent and time as session_prepare. Texts are copied, at their full length. */
void sign_in_init(struct sign_in *sign_in, struct store *store, enum password_profile profile, struct slice login,
                  struct slice password, struct slice cookie, struct slice address, struct slice agent, int64_t now_ms);

/* ERR_BUSY: `done` will not run. Passwords are wiped before `done`; the cookie is sign_in->session.token. */
bool sign_in_start(struct password_pool *pool, struct sign_in *sign_in, struct err *err);

/*
 * Changes the actor's own password: password is the present one, fresh the new one. Ends all the account's sessions and makes
 * a new one. The actor must live until `done`. ERR_SIGN_IN: the present one is wrong (counted like a failed sign-in);
 * ERR_INVALID with field "password": the new one will not do.
 */
bool password_change_start(struct password_pool *pool, struct sign_in *change, struct slice fresh,
                           const struct actor *actor, struct err *err);

#endif
