/*
 * What a password must be, and the first password that an administrator hands out.
 *
 * Two profiles, because two rulebooks disagree: GB/T 22239-2019 (等保, 三级) asks for mixed characters and change every 90
 * days; ASVS 5.0 (6.2.5, 6.2.10) forbids both and asks for length. Both refuse what everybody tries first.
 */
#ifndef TQ_WORK_PASSWORD_H
#define TQ_WORK_PASSWORD_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

enum password_profile {
    PASSWORD_DENGBAO, /* ≥ 10 characters, 3 of 4 classes, 90 days, none of the last 5 */
    PASSWORD_ASVS     /* ≥ 12 characters, no classes, no end */
};

enum {
    PASSWORD_MOST = 128,      /* characters; nothing is ever cut off */
    PASSWORD_BYTES = 512,
    PASSWORDS_KEPT = 5,       /* the last ones, against using one again */
    PASSWORD_FIRST_TEXT = 20, /* a first password with its NUL */
    LOGIN_TEXT = 41           /* a login name with its NUL */
};

/* "dengbao", "asvs" */
bool password_profile_by_name(struct slice name, enum password_profile *profile);

/* false: err says what is missing, in words for the person at the form; err->field "password". */
bool password_fits(enum password_profile profile, struct slice login, struct slice password, struct err *err);

/* Has a password made then run out? */
bool password_expired(enum password_profile profile, int64_t made_ms, int64_t now_ms);

/*
 * The password as it is hashed: NFKC, so that it does not depend on the keyboard's input method. Memory from arena; wipe it.
 * ERR_INVALID: not UTF-8, or longer than may be.
 */
bool password_normal(struct slice typed, struct arena *arena, struct slice *out, struct err *err);

/* Random, easy to read out and type, fits both profiles: "k7mt-x2qf-9wne-hcv4". 79 bits. */
void password_first(char out[PASSWORD_FIRST_TEXT]);

/* A login name as stored: NFKC, lower case, [a-z0-9._-]{3,40}, first a letter or digit. */
bool login_normal(struct slice typed, char out[LOGIN_TEXT], struct err *err);

#endif
