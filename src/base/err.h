/*
 * What went wrong, for the caller to branch on and for a person to read.
 *
 * Fallible functions return bool and take `struct err *` last. On false the err is set:
 * code, message (what happened), field or line (where), hint (what to do). Messages are in
 * Chinese, the program's source language, and hold no internals; said and advised are what they were made of, so that
 * a page can say them in the reader's language (base/said.h, which has the rules for formats; web/say.h).
 */
#ifndef TQ_BASE_ERR_H
#define TQ_BASE_ERR_H

#include <stdbool.h>

#include "base/said.h"

enum err_code {
    ERR_NONE,
    ERR_INVALID,     /* what was given is wrong: 422 (400 for framing) */
    ERR_MISSING,     /* no such thing, or not for you to know: 404 */
    ERR_DENIED,      /* signed in, yet not allowed: 403 */
    ERR_SIGN_IN,     /* who are you: 401 */
    ERR_CONFLICT,    /* somebody else was faster, or it is there already: 409 */
    ERR_TOO_LARGE,   /* 413 */
    ERR_BUSY,        /* too much at once, try again: 503 */
    ERR_UNKNOWN,     /* the outcome of a commit is not known: ask again with the same request id */
    ERR_IO,          /* disk or network */
    ERR_FULL,        /* disk full: 507 */
    ERR_CORRUPT,     /* stored bytes are not what they should be */
    ERR_MEMORY,
    ERR_CODE_COUNT
};

struct err {
    enum err_code code;
    char message[400];
    char field[64];  /* form field or column, "" if none */
    long line;       /* line of a file, 0 if none */
    char hint[240];  /* what to do, "" if none */
    struct said said, advised; /* how message and hint were made */
};

/* Sets code and message, clears the rest. Always returns false, so `return err_set(...)` reads well. */
bool err_set(struct err *err, enum err_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Adds to an err already set; each returns false. */
bool err_hint(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool err_because(struct err *err, const struct err *why); /* why's message is the hint */
bool err_field(struct err *err, const char *field);
bool err_line(struct err *err, long line);

void err_clear(struct err *err);

/* "invalid", "missing", ...: the code as the API names it. */
const char *err_name(enum err_code code);

#endif
