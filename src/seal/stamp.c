#include "seal/stamp.h"

#include <openssl/err.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

/* --- asking --- */

static bool imprint_set(TS_REQ *request, struct slice message)
{
    unsigned char hash[SEAL_HASH];
    X509_ALGOR *algorithm = X509_ALGOR_new();
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    bool ok;

    seal_sha256(&message, 1, hash);
    ok = algorithm && imprint && X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1
         && TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 && TS_MSG_IMPRINT_set_msg(imprint, hash, SEAL_HASH) == 1
         && TS_REQ_set_msg_imprint(request, imprint) == 1;
    TS_MSG_IMPRINT_free(imprint);
    X509_ALGOR_free(algorithm);
    return ok;
}

static bool nonce_set(TS_REQ *request, int64_t nonce)
{
    ASN1_INTEGER *number = ASN1_INTEGER_new();
    bool ok = number && ASN1_INTEGER_set_int64(number, nonce) == 1 && TS_REQ_set_nonce(request, number) == 1;

    ASN1_INTEGER_free(number);
    return ok;
}

bool seal_stamp_ask(struct slice message, int64_t nonce, struct text *out, struct err *err)
{
    TS_REQ *request = TS_REQ_new();
    unsigned char *bytes = NULL;
    int len = -1;

    if (request && TS_REQ_set_version(request, 1) == 1 && imprint_set(request, message) && nonce_set(request, nonce)
        && TS_REQ_set_cert_req(request, 1) == 1)
        len = i2d_TS_REQ(request, &bytes);
    if (len > 0)
        text_add(out, bytes, (size_t)len);
    OPENSSL_free(bytes);
    TS_REQ_free(request);
    return len > 0 || err_set(err, ERR_MEMORY, "密码库 OpenSSL 做不了时间戳的请求");
}

/* --- reading --- */

static bool no_stamp(struct err *err, const char *why)
{
    ERR_clear_error();
    return err_set(err, ERR_CORRUPT, "时间戳：%s", why);
}

static TS_RESP *reply_of(struct slice bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    TS_RESP *reply = d2i_TS_RESP(NULL, &at, (long)bytes.len);

    if (reply && at != (const unsigned char *)bytes.at + bytes.len) {
        TS_RESP_free(reply);
        reply = NULL;
    }
    return reply;
}

static bool time_of(TS_TST_INFO *info, int64_t *time_ms)
{
    struct tm tm;

    if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &tm) != 1)
        return false;
    *time_ms = (int64_t)timegm(&tm) * 1000;
    return true;
}

/* Of the message, and the answer to this very question. */
static bool info_fits(TS_TST_INFO *info, struct slice message, int64_t nonce, struct err *err)
{
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    ASN1_OCTET_STRING *said = TS_MSG_IMPRINT_get_msg(imprint);
    const ASN1_INTEGER *number = TS_TST_INFO_get_nonce(info);
    unsigned char hash[SEAL_HASH];
    int64_t value;

    seal_sha256(&message, 1, hash);
    if (OBJ_obj2nid(TS_MSG_IMPRINT_get_algo(imprint)->algorithm) != NID_sha256 || ASN1_STRING_length(said) != SEAL_HASH
        || memcmp(ASN1_STRING_get0_data(said), hash, SEAL_HASH) != 0)
        return no_stamp(err, N_("不是盖在这份内容上的"));
    return nonce < 0 || (number && ASN1_INTEGER_get_int64(&value, number) == 1 && value == nonce)
        || no_stamp(err, N_("答的不是这一次的请求"));
}

/* Signed by a certificate for time stamps that the file of trusted ones leads to; as of then: it may have run out since. */
static bool trusted(TS_RESP *reply, const char *ca, int64_t time_ms, struct err *err)
{
    X509_STORE *store = X509_STORE_new();
    TS_VERIFY_CTX *with = TS_VERIFY_CTX_new();
    bool ok = false;

    if (!store || !with || X509_STORE_load_file(store, ca) != 1) {
        X509_STORE_free(store);
        TS_VERIFY_CTX_free(with);
        ERR_clear_error();
        return err_set(err, ERR_INVALID, "信任的时间戳证书 %s 读不了", ca);
    }
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), time_ms / 1000);
    TS_VERIFY_CTX_set_flags(with, TS_VFY_SIGNATURE | TS_VFY_VERSION);
    TS_VERIFY_CTX_set_store(with, store); /* the context's own from here */
    ok = TS_RESP_verify_token(with, TS_RESP_get_token(reply)) == 1;
    TS_VERIFY_CTX_free(with);
    return ok || no_stamp(err, N_("不是信任的时间戳服务签的"));
}

bool seal_stamp_read(struct slice bytes, struct slice message, int64_t nonce, const char *ca, int64_t *time_ms, struct err *err)
{
    TS_RESP *reply = reply_of(bytes);
    TS_TST_INFO *info;
    bool ok;

    if (!reply)
        return no_stamp(err, N_("应答读不懂"));
    info = TS_RESP_get_tst_info(reply);
    if (!info)
        ok = no_stamp(err, N_("时间戳服务没有给"));
    else
        ok = info_fits(info, message, nonce, err) && (time_of(info, time_ms) || no_stamp(err, N_("里面的时间读不懂")))
             && (!ca || trusted(reply, ca, *time_ms, err));
    TS_RESP_free(reply);
    return ok;
}
