/*
 * Asking an embedding service for vectors, over the protocol that most of them speak: POST {url}/embeddings with {"model", "input":
 * [texts]}, answered by {"data": [{"index", "embedding": [numbers]}]}. libcurl does the network; this says what is taken for an
 * answer: one vector a text, all of one length, finite numbers, not all 0, within a bound of bytes and time. No redirect is
 * followed, so a text and the key go to the address that the operator wrote and to no other.
 *
 * Any number of threads may ask at once.
 */
#ifndef TQ_EMBED_CLIENT_H
#define TQ_EMBED_CLIENT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/slice.h"

enum { EMBED_DIMS = 4096, EMBED_BATCH = 256 };

struct embed_options {
    const char *url;     /* "https://host/v1" */
    const char *model;
    const char *key;     /* the bearer's; NULL or "": none */
};

struct embed_client;

/* The strings are copied. ERR_INVALID: no address of http or https, or a key that would go over the open net in clear. */
bool embed_client_new(const struct embed_options *options, struct embed_client **client, struct err *err);
/* From then on whatever is under way ends within a second, EMBED_AWAY. */
void embed_client_stop(struct embed_client *client);
void embed_client_free(struct embed_client *client);

enum embed_outcome {
    EMBED_DONE,
    EMBED_AWAY,   /* not there, slow, busy, or what it says is no answer: ask again later */
    EMBED_REFUSED /* it will not have these texts (400, 413, 422) */
};

struct embed_answer {
    float *numbers; /* texts x dims; free it */
    unsigned dims;
    unsigned wait_s;    /* EMBED_AWAY: how long it asks to be left alone; 0: it does not say */
    char why[200];      /* unless EMBED_DONE: in Chinese, for the operator; no text and no key in it */
};

/* 1..EMBED_BATCH texts, within so many milliseconds. */
enum embed_outcome embed_ask(struct embed_client *client, const struct slice *texts, size_t count, unsigned timeout_ms,
                             struct embed_answer *answer);

#endif
