/*
 * Sessions: who is behind a cookie or, for a program, behind the token that it brings itself (Authorization: Bearer). Either
 * is 256 random bits as hex; the database keeps its SHA-256 only. A program's session has no token against forged forms: no
 * browser sends it along unasked. So it is worth nothing as a cookie, and a cookie nothing as a program's token: who reads a
 * session asks `program`.
 *
 *   session_find       one statement: session, account and roles; runs on every page
 *   sessions_find      the same for several that stay: who keeps a stream open is asked for again and again (web/live.h)
 *   session_touch      queues "used just now", at most once a minute a session, and waits for nothing
 *   session_make       a new session inside a step; the token it replaces dies in the same step (fixation)
 *   session_end_step   ends one, by its cookie or from the list; session_end_all all of an account
 *
 * A session ends after 15 minutes without use for staff roles and 30 minutes for others, 8 hours after it was made at the
 * latest, when its account is disabled, when its roles change, and when its password is changed (ASVS 5.0 7.3, 7.4).
 */
#ifndef TQ_WORK_SESSION_H
#define TQ_WORK_SESSION_H

#include "base/arena.h"
#include "seal/seal.h"
#include "work/actor.h"

enum {
    SESSION_TOKEN_TEXT = 2 * SEAL_TOKEN + 1, /* the cookie's value with its NUL */
    SESSION_IDLE_STAFF_MS = 15 * 60 * 1000,
    SESSION_IDLE_MS = 30 * 60 * 1000,
    SESSION_LONGEST_MS = 8 * 60 * 60 * 1000,
    SESSION_TOUCH_MS = 60 * 1000,
    SESSIONS_AN_ACCOUNT = 10, /* a further sign-in ends the oldest */
    SESSION_ADDRESS = 64, SESSION_AGENT = 200
};

struct session {
    unsigned char hash[SEAL_HASH]; /* of the cookie */
    int64_t account;               /* 0: a visitor */
    char csrf[SESSION_TOKEN_TEXT]; /* what forms must bring back; "" for a visitor and for a program */
    int64_t made_ms, used_ms;
    bool program;                  /* made by session_for_program */
    bool must_change;              /* only the page for a new password is open to this session */
    bool ended;                    /* a cookie came, yet no session stands behind it (any more) */
};

/*
 * Always fills actor and session; a visitor's where there is no cookie or no session behind it. false: the database failed.
 */
bool session_find(struct sql *sql, struct slice cookie, int64_t now_ms, struct actor *actor, struct session *session,
                  struct err *err);

/* By their hashes. Of one that has ended (or is open to a new password alone) the actor's account is 0. */
bool sessions_find(struct sql *sql, const unsigned char *const hashes[], size_t count, int64_t now_ms, struct actor actors[], struct err *err);

/* Does `typed` equal the session's token against forged forms? In constant time; false for a visitor. */
bool session_csrf_fits(const struct session *session, struct slice typed);

/* The sessions of staff end sooner. */
bool actor_is_staff(const struct actor *actor);
int64_t session_idle_ms(const struct actor *actor);

/* After the page was read: remembers the use when the last one noted is a minute old. Never fails, never waits. */
void session_touch(struct store *store, const struct session *session, int64_t now_ms);

/* --- making --- */

struct session_new {
    int64_t account;
    char token[SESSION_TOKEN_TEXT]; /* for the cookie, once */
    char csrf[SESSION_TOKEN_TEXT];
    int64_t now_ms;
    char address[SESSION_ADDRESS], agent[SESSION_AGENT];
    bool must_change;
    unsigned char old[SEAL_HASH]; /* the session it replaces; all zero: none */
};

/* Draws the tokens: outside the step. `cookie`: what the browser sent along, "" if nothing. */
void session_prepare(struct session_new *made, struct slice cookie, struct slice address, struct slice agent,
                     int64_t now_ms);
/* After that: it shall be a program's. */
void session_for_program(struct session_new *made);

/* Inside a step. Also sweeps what has run out. */
bool session_make(struct sql *sql, const struct session_new *made, struct err *err);

/* --- ending --- */

struct session_ending {
    int64_t account; /* whose; 0: whoever's it is (the cookie itself is proof) */
    unsigned char hash[SEAL_HASH];
};

/* arg: struct session_ending. Ending what has ended already is no error. Writes no leaf: request id "". */
store_step session_end_step;

bool session_end_all(struct sql *sql, int64_t account, struct err *err);

void session_hash(struct slice cookie, unsigned char hash[SEAL_HASH]);

/* --- a person's own list --- */

struct session_line {
    char handle[2 * SEAL_HASH + 1]; /* names the session in a form; of no use as a cookie */
    int64_t made_ms, used_ms;
    struct slice address, agent;
    bool current, program;
};

/* Newest first; memory from arena. At most SESSIONS_AN_ACCOUNT lines. */
bool session_list(struct sql *sql, const struct actor *actor, const struct session *session, int64_t now_ms,
                  struct arena *arena, struct session_line *lines, size_t *count, struct err *err);

/* A handle from the list back again; false: not one. */
bool session_handle(struct slice handle, unsigned char hash[SEAL_HASH]);

#endif
