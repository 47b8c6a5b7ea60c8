#include "seal/sign.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <sodium.h>

/* --- Ed25519 --- */

_Static_assert(crypto_sign_SEEDBYTES == SEAL_SECRET && crypto_sign_PUBLICKEYBYTES == SEAL_ED25519_KEY
                   && crypto_sign_BYTES == SEAL_ED25519,
               "as libsodium has them");

void seal_ed25519_key(const unsigned char secret[SEAL_SECRET], unsigned char key[SEAL_ED25519_KEY])
{
    unsigned char both[crypto_sign_SECRETKEYBYTES];

    crypto_sign_seed_keypair(key, both, secret);
    seal_wipe(both, sizeof both);
}

void seal_ed25519_sign(const unsigned char secret[SEAL_SECRET], struct slice message, unsigned char out[SEAL_ED25519])
{
    unsigned char key[SEAL_ED25519_KEY], both[crypto_sign_SECRETKEYBYTES];

    crypto_sign_seed_keypair(key, both, secret);
    crypto_sign_detached(out, NULL, (const unsigned char *)message.at, message.len, both);
    seal_wipe(both, sizeof both);
}

bool seal_ed25519_check(const unsigned char key[SEAL_ED25519_KEY], struct slice message, struct slice signature)
{
    return signature.len == SEAL_ED25519
        && crypto_sign_verify_detached((const unsigned char *)signature.at, (const unsigned char *)message.at, message.len,
                                       key) == 0;
}

/* --- SM2 --- */

static const char user_id[] = "1234567812345678";

static bool sm2_failed(struct err *err)
{
    return err_set(err, ERR_MEMORY, "密码库 OpenSSL 做不了 SM2");
}

/* The point that belongs to the number; out of range: ERR_INVALID. */
static bool point_of(const EC_GROUP *group, const BIGNUM *number, unsigned char key[SEAL_SM2_KEY], struct err *err)
{
    EC_POINT *point = EC_POINT_new(group);
    BIGNUM *most = BN_dup(EC_GROUP_get0_order(group));
    bool ok = point && most && BN_sub_word(most, 1) == 1;

    if (ok && (BN_is_zero(number) || BN_cmp(number, most) >= 0))
        ok = err_set(err, ERR_INVALID, "SM2 私钥超出范围");
    else if (!ok || EC_POINT_mul(group, point, number, NULL, NULL, NULL) != 1
             || EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, key, SEAL_SM2_KEY, NULL) != SEAL_SM2_KEY)
        ok = sm2_failed(err);
    BN_free(most);
    EC_POINT_free(point);
    return ok;
}

bool seal_sm2_key(const unsigned char secret[SEAL_SECRET], unsigned char key[SEAL_SM2_KEY], struct err *err)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_sm2);
    BIGNUM *number = BN_bin2bn(secret, SEAL_SECRET, NULL);
    bool ok = group && number ? point_of(group, number, key, err) : sm2_failed(err);

    BN_clear_free(number);
    EC_GROUP_free(group);
    return ok;
}

/* secret NULL: a key that only checks. */
static OSSL_PARAM *params_of(const unsigned char *key, const BIGNUM *secret)
{
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    OSSL_PARAM *params = NULL;

    if (build && OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) == 1
        && OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, key, SEAL_SM2_KEY) == 1
        && (!secret || OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, secret) == 1))
        params = OSSL_PARAM_BLD_to_param(build);
    OSSL_PARAM_BLD_free(build);
    return params;
}

static EVP_PKEY *sm2_pair(const unsigned char *key, const unsigned char *secret)
{
    BIGNUM *number = secret ? BN_bin2bn(secret, SEAL_SECRET, NULL) : NULL;
    OSSL_PARAM *params = params_of(key, number);
    EVP_PKEY_CTX *making = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
    EVP_PKEY *pair = NULL;

    if (params && making && EVP_PKEY_fromdata_init(making) == 1)
        EVP_PKEY_fromdata(making, &pair, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params);
    EVP_PKEY_CTX_free(making);
    OSSL_PARAM_free(params);
    BN_clear_free(number);
    return pair;
}

/* What signing and checking share: the pair, and a context that knows whose signature it is. */
struct sm2 {
    EVP_PKEY *pair;
    EVP_PKEY_CTX *with;
    EVP_MD_CTX *context;
};

static bool sm2_begin(struct sm2 *sm2, const unsigned char *key, const unsigned char *secret)
{
    sm2->pair = sm2_pair(key, secret);
    sm2->with = sm2->pair ? EVP_PKEY_CTX_new(sm2->pair, NULL) : NULL;
    sm2->context = EVP_MD_CTX_new();
    if (!sm2->with || !sm2->context || EVP_PKEY_CTX_set1_id(sm2->with, user_id, sizeof user_id - 1) != 1)
        return false;
    EVP_MD_CTX_set_pkey_ctx(sm2->context, sm2->with);
    return true;
}

static void sm2_end(struct sm2 *sm2)
{
    EVP_MD_CTX_free(sm2->context);
    EVP_PKEY_CTX_free(sm2->with);
    EVP_PKEY_free(sm2->pair);
}

bool seal_sm2_sign(const unsigned char secret[SEAL_SECRET], struct slice message, unsigned char out[SEAL_SM2], size_t *len,
                   struct err *err)
{
    unsigned char key[SEAL_SM2_KEY];
    struct sm2 sm2;
    bool ok;

    *len = SEAL_SM2;
    if (!seal_sm2_key(secret, key, err))
        return false;
    ok = sm2_begin(&sm2, key, secret) && EVP_DigestSignInit(sm2.context, NULL, EVP_sm3(), NULL, sm2.pair) == 1
         && EVP_DigestSign(sm2.context, out, len, (const unsigned char *)message.at, message.len) == 1;
    sm2_end(&sm2);
    return ok || sm2_failed(err);
}

bool seal_sm2_check(const unsigned char key[SEAL_SM2_KEY], struct slice message, struct slice signature)
{
    struct sm2 sm2;
    bool ok = sm2_begin(&sm2, key, NULL) && EVP_DigestVerifyInit(sm2.context, NULL, EVP_sm3(), NULL, sm2.pair) == 1
              && EVP_DigestVerify(sm2.context, (const unsigned char *)signature.at, signature.len,
                                  (const unsigned char *)message.at, message.len) == 1;

    sm2_end(&sm2);
    return ok;
}

/* --- base64 --- */

void seal_base64(const void *bytes, size_t len, struct text *out)
{
    size_t room = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);

    sodium_bin2base64(text_reserve(out, room), room, bytes, len, sodium_base64_VARIANT_ORIGINAL);
    out->len += room - 1; /* without its NUL, which text keeps anyway */
}

/* libsodium 1.0.18 takes some bytes above 0x7F for "/": a second spelling. */
static bool is_ascii(struct slice text)
{
#ifdef TQ_TEETH_SEAL_BASE64
    return true;
#endif
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] > 0x7F)
            return false;
    return true;
}

bool seal_unbase64(struct slice text, void *out, size_t most, size_t *len)
{
    const char *end;

    return is_ascii(text)
        && sodium_base642bin(out, most, text.at, text.len, NULL, len, &end, sodium_base64_VARIANT_ORIGINAL) == 0
        && end == text.at + text.len;
}
