/*
 * Signatures, and the base64 that they travel in.
 *
 *   Ed25519 (RFC 8032) by libsodium: signatures that are not canonical, and keys of small order, are refused
 *   SM2 (GB/T 32918.2, curve of GB/T 32918.5) over SM3 by OpenSSL, with the user id 1234567812345678 of GB/T 35276; the signature
 *   is DER, a SEQUENCE of r and s as GB/T 35276 has it
 */
#ifndef TQ_SEAL_SIGN_H
#define TQ_SEAL_SIGN_H

#include "base/text.h"
#include "seal/seal.h"

enum { SEAL_SECRET = 32, SEAL_ED25519_KEY = 32, SEAL_ED25519 = 64, SEAL_SM2_KEY = 65, SEAL_SM2 = 72 };

void seal_ed25519_key(const unsigned char secret[SEAL_SECRET], unsigned char key[SEAL_ED25519_KEY]);
void seal_ed25519_sign(const unsigned char secret[SEAL_SECRET], struct slice message, unsigned char out[SEAL_ED25519]);
bool seal_ed25519_check(const unsigned char key[SEAL_ED25519_KEY], struct slice message, struct slice signature);

/* key: 0x04, x, y. ERR_INVALID: the secret is no number between 1 and the curve's order less 2. */
bool seal_sm2_key(const unsigned char secret[SEAL_SECRET], unsigned char key[SEAL_SM2_KEY], struct err *err);
bool seal_sm2_sign(const unsigned char secret[SEAL_SECRET], struct slice message, unsigned char out[SEAL_SM2], size_t *len,
                   struct err *err);
bool seal_sm2_check(const unsigned char key[SEAL_SM2_KEY], struct slice message, struct slice signature);

/* RFC 4648 §4, with its padding. Back again: one spelling alone, at most `most` bytes. */
void seal_base64(const void *bytes, size_t len, struct text *out);
bool seal_unbase64(struct slice text, void *out, size_t most, size_t *len);

#endif
