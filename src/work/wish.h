/*
 * How an account wants to be told beside the inbox, and the calendar that it reads without signing in. Neither changes a record, so
 * neither has a leaf.
 *
 *   wish_get        what is wished; all off where nothing was
 *   wish_save_step  a new address is sent a code; letters go there only after it was typed
 *   feed_make_step  a calendar's address; one an account, the one before it no longer works
 */
#ifndef TQ_WORK_WISH_H
#define TQ_WORK_WISH_H

#include "base/arena.h"
#include "seal/seal.h"
#include "store/store.h"

enum { WISH_CODE = 8 /* digits */, WISH_TRIES = 5, WISH_ADDRESS = 121, FEED_TOKEN = 2 * SEAL_TOKEN };

struct wish {
    bool hook, mail;             /* mail: an address that is confirmed */
    bool english;
    bool digest;                 /* of what is newly registered and fits; unless it was turned down */
    char address[WISH_ADDRESS];  /* "" : none */
    bool confirmed;              /* of the address */
    char code[WISH_CODE + 1];    /* for who sends it: while it is not confirmed */
};
bool wish_get(struct sql *sql, int64_t account, struct wish *wish, struct err *err);

/* --- steps; none writes a leaf: request id "" --- */

struct wish_saving {
    int64_t account, now_ms;
    bool hook, english, digest;
    char address[WISH_ADDRESS];
    char code[WISH_CODE + 1];    /* drawn before */
};
/* Draws the code. ERR_INVALID: no address that we send to. */
bool wish_prepare(struct wish_saving *saving, struct slice address, struct err *err);
store_step wish_save_step;       /* arg: struct wish_saving */

struct wish_confirming {
    int64_t account;
    struct slice typed;
    bool confirmed;              /* answered; false: another code, or too many tries */
};
store_step wish_confirm_step;

struct feed_making {
    int64_t account, now_ms;
    bool english;
    char token[FEED_TOKEN + 1];  /* for the address, once; the table has its hash */
    unsigned char hash[SEAL_HASH];
};
void feed_prepare(struct feed_making *making); /* draws the token */
store_step feed_make_step;       /* arg: struct feed_making */
store_step feed_end_step;        /* arg: int64_t, the account */

/* *account 0: no such calendar. */
bool feed_find(struct sql *sql, struct slice token, int64_t *account, bool *english, struct err *err);
/* Since when the account has one; 0: it has none. */
bool feed_since(struct sql *sql, int64_t account, int64_t *made_ms, struct err *err);

#endif
