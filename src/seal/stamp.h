/*
 * Time stamps from outside (RFC 3161): a server that others trust says that these bytes were there at that time. By OpenSSL's TS
 * functions; the hash is SHA-256.
 */
#ifndef TQ_SEAL_STAMP_H
#define TQ_SEAL_STAMP_H

#include "base/text.h"
#include "seal/seal.h"

/* A request (application/timestamp-query) over the message. nonce: drawn by the caller, below 2^63; asks for the certificate too. */
bool seal_stamp_ask(struct slice message, int64_t nonce, struct text *request, struct err *err);

/*
 * What a reply (application/timestamp-reply) says of the message: *time_ms, UTC. nonce -1: none is looked for. ca: a file of
 * certificates in PEM that are trusted; NULL: nobody is, and only what the reply says is looked at. ERR_CORRUPT: it is no reply, or
 * is not over this message, or nobody trusted signed it.
 */
bool seal_stamp_read(struct slice reply, struct slice message, int64_t nonce, const char *ca, int64_t *time_ms, struct err *err);

#endif
