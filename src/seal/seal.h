/*
 * Hashes, random bytes, passwords: the only room that sees libsodium and OpenSSL.
 * seal_start once before any thread.
 */
#ifndef TQ_SEAL_SEAL_H
#define TQ_SEAL_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

enum { SEAL_HASH = 32, SEAL_SALT = 16, SEAL_TOKEN = 32, SEAL_PASSWORD = 128 };

bool seal_start(struct err *err);

void seal_random(void *out, size_t len);

/* SHA-256 of the parts one after another. */
void seal_sha256(const struct slice *parts, size_t count, unsigned char out[SEAL_HASH]);

/* The same by either of the ledger's two hashes: SM3 is GB/T 32905-2016, of 32 bytes too. */
enum seal_digest { SEAL_SHA256, SEAL_SM3 };
void seal_digest(enum seal_digest digest, const struct slice *parts, size_t count, unsigned char out[SEAL_HASH]);

/* SHA-256 of what comes piece by piece: begin, add …, end, which frees it. */
struct seal_sum;
struct seal_sum *seal_sum_begin(void);
void seal_sum_add(struct seal_sum *sum, struct slice piece);
void seal_sum_end(struct seal_sum *sum, unsigned char out[SEAL_HASH]);

/* HMAC-SHA-256. */
void seal_mac(const unsigned char key[SEAL_HASH], struct slice message, unsigned char out[SEAL_HASH]);

/* The same with a key of any length. */
void seal_hmac(struct slice key, struct slice message, unsigned char out[SEAL_HASH]);

/* Equal, in time that does not depend on where they differ. */
bool seal_same(const void *a, const void *b, size_t len);

/* Overwrites a secret. */
void seal_wipe(void *at, size_t len);

/* Lower-case hex; out has 2 * len + 1 bytes. */
void seal_hex(const void *bytes, size_t len, char *out);
bool seal_unhex(struct slice hex, void *out, size_t len);

/*
 * Argon2id, m = 19 MiB, t = 2, p = 1 (RFC 9106; OWASP's least). 21–58 ms each: call from the password pool only.
 * out: a PHC string with its NUL.
 */
bool seal_password_hash(struct slice password, char out[SEAL_PASSWORD], struct err *err);
bool seal_password_check(struct slice password, const char *hash);

#endif
