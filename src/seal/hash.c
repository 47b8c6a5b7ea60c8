/* SHA-256 and SM3 by OpenSSL (the former three times as fast as libsodium's: it uses the processor's instructions), the rest by libsodium. */
#include <assert.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>

#include "seal/seal.h"

static EVP_MD *sha256, *sm3;
static pthread_key_t context_key;

static void context_free(void *context)
{
    EVP_MD_CTX_free(context);
}

bool seal_start(struct err *err)
{
    if (sha256)
        return true;
    if (sodium_init() < 0)
        return err_set(err, ERR_IO, "密码库 libsodium 不能启动");
    if (pthread_key_create(&context_key, context_free) != 0)
        return err_set(err, ERR_MEMORY, "内存不足");
    sm3 = EVP_MD_fetch(NULL, "SM3", NULL);
    if (!sm3)
        return err_set(err, ERR_IO, "密码库 OpenSSL 没有 SM3");
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    return sha256 || err_set(err, ERR_IO, "密码库 OpenSSL 没有 SHA-256");
}

/* One context a thread: making one costs more than a hash. */
static EVP_MD_CTX *context(void)
{
    EVP_MD_CTX *mine;

    assert(sha256); /* seal_start comes first */
    mine = pthread_getspecific(context_key);
    if (!mine) {
        mine = EVP_MD_CTX_new();
        if (!mine || pthread_setspecific(context_key, mine) != 0)
            abort();
    }
    return mine;
}

void seal_random(void *out, size_t len)
{
    randombytes_buf(out, len);
}

void seal_digest(enum seal_digest digest, const struct slice *parts, size_t count, unsigned char out[SEAL_HASH])
{
    EVP_MD_CTX *mine = context();
    bool ok = EVP_DigestInit_ex2(mine, digest == SEAL_SM3 ? sm3 : sha256, NULL) == 1;

    for (size_t i = 0; i < count && ok; i++)
        ok = EVP_DigestUpdate(mine, parts[i].at, parts[i].len) == 1;
    if (!ok || EVP_DigestFinal_ex(mine, out, NULL) != 1)
        abort(); /* only out of memory; a wrong hash must not get out */
}

void seal_sha256(const struct slice *parts, size_t count, unsigned char out[SEAL_HASH])
{
    seal_digest(SEAL_SHA256, parts, count, out);
}

struct seal_sum *seal_sum_begin(void)
{
    EVP_MD_CTX *sum = EVP_MD_CTX_new();

    if (!sum || EVP_DigestInit_ex2(sum, sha256, NULL) != 1)
        abort();
    return (struct seal_sum *)sum;
}

void seal_sum_add(struct seal_sum *sum, struct slice piece)
{
    if (EVP_DigestUpdate((EVP_MD_CTX *)sum, piece.at, piece.len) != 1)
        abort();
}

void seal_sum_end(struct seal_sum *sum, unsigned char out[SEAL_HASH])
{
    if (EVP_DigestFinal_ex((EVP_MD_CTX *)sum, out, NULL) != 1)
        abort();
    EVP_MD_CTX_free((EVP_MD_CTX *)sum);
}

void seal_mac(const unsigned char key[SEAL_HASH], struct slice message, unsigned char out[SEAL_HASH])
{
    _Static_assert(crypto_auth_hmacsha256_BYTES == SEAL_HASH && crypto_auth_hmacsha256_KEYBYTES == SEAL_HASH, "");

    crypto_auth_hmacsha256(out, (const unsigned char *)message.at, message.len, key);
}

void seal_hmac(struct slice key, struct slice message, unsigned char out[SEAL_HASH])
{
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.at, key.len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)message.at, message.len);
    crypto_auth_hmacsha256_final(&state, out);
    seal_wipe(&state, sizeof state);
}

bool seal_same(const void *a, const void *b, size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}

void seal_wipe(void *at, size_t len)
{
    sodium_memzero(at, len);
}

void seal_hex(const void *bytes, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *from = bytes;

    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[from[i] >> 4];
        out[2 * i + 1] = digits[from[i] & 15];
    }
    out[2 * len] = '\0';
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool seal_unhex(struct slice hex, void *out, size_t len)
{
    unsigned char *to = out;

    if (hex.len != 2 * len)
        return false;
    for (size_t i = 0; i < len; i++) {
        int high = nibble(hex.at[2 * i]), low = nibble(hex.at[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        to[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}
