/* Argon2id by libsodium. */
#include <sodium.h>

#include "seal/seal.h"

enum { PASSES = 2, MEMORY = 19 << 20 };

_Static_assert(SEAL_PASSWORD >= crypto_pwhash_STRBYTES, "a PHC string fits");

bool seal_password_hash(struct slice password, char out[SEAL_PASSWORD], struct err *err)
{
    if (crypto_pwhash_str_alg(out, password.at, password.len, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0)
        return true;
    return err_set(err, ERR_MEMORY, "内存不足，暂时不能处理口令");
}

bool seal_password_check(struct slice password, const char *hash)
{
    return crypto_pwhash_str_verify(hash, password.at, password.len) == 0;
}
