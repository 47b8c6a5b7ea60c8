/*
 * HTTP/1.1 behind one seam: the only room that sees microhttpd.h.
 *
 * Socket threads only read and write sockets. A complete request is suspended and queued to a bounded pool of workers,
 * where `handle` runs. It answers at once with http_answer, or keeps the exchange and answers later from any thread
 * (a write answers from the store's `done`). Each exchange is answered exactly once.
 *
 * The gate refuses doubtful framing with 400 and closes: Content-Length with Transfer-Encoding, two Content-Lengths, two
 * Hosts or none, a space before a colon, unknown transfer codings, NUL or CR in a value; 414 (URI > 8 KiB),
 * 431 (headers > 16 KiB or > 100), 405/501 for methods other than GET HEAD POST PUT DELETE, 413 before the body where its announced
 * length is over the route's limit. A watchdog closes sockets over the header (10 s), body-rate (1 KiB/s after 10 s)
 * and write (30 s) deadlines. A queue too long or too old is answered 503 with Retry-After, before queueing.
 */
#ifndef TQ_WEB_HTTP_HTTP_H
#define TQ_WEB_HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/text.h"

struct http_server;

/* One request and its answer. The arena lives until the answer is sent. */
struct http_exchange {
    struct arena arena;
    /* request */
    char method[8];
    struct slice path;    /* decoded, normalised; begins with '/' */
    struct slice query;   /* raw, after '?' */
    struct slice body;
    struct slice address; /* the client's, as text; through a trusted proxy, the one it names */
    int64_t arrived_us;
    /* answer */
    int status;
    struct text reply;          /* the body; moved out when sent */
    struct slice reply_type;    /* Content-Type; default text/html; charset=utf-8 */
    struct slice reply_headers; /* further header lines, each "Name: value\r\n"; checked for CR LF inside values */
    const char *reply_file;     /* instead of reply: send this file (assets, exports); NULL */
    void *server;               /* the room's own */
    void *user;                 /* the handler's own, kept over an asynchronous write */
};

typedef void http_handle(struct http_exchange *exchange, void *context);

/* Asked once the headers are in, on a socket thread: the most bytes of body this method and path takes; 0: none. */
typedef size_t http_limit(const char *method, struct slice path, void *context);

struct http_options {
    const char *address;       /* "127.0.0.1" */
    unsigned port;             /* 0: any; http_port tells */
    unsigned socket_threads;   /* 1 or 2 */
    unsigned workers;
    unsigned queue;            /* most waiting requests, e.g. 1024 */
    int64_t queue_age_us;      /* oldest waiting request beyond which new ones get 503, e.g. 1 s */
    unsigned connections;      /* most open sockets */
    const char *trusted_proxy; /* address whose X-Forwarded-For is believed; NULL: none */
    http_handle *handle;
    http_limit *limit;
    void *context;
};

bool http_start(const struct http_options *options, struct http_server **server, struct err *err);
unsigned http_port(const struct http_server *server);
/* Stops accepting, waits for answers under way (5 s at most). */
void http_stop(struct http_server *server);

/* Exactly once for each exchange. From any thread. */
void http_answer(struct http_exchange *exchange);

/* First value of a request header, "" if none. */
struct slice http_header(const struct http_exchange *exchange, const char *name);
struct slice http_cookie(const struct http_exchange *exchange, const char *name);

/* Adds a header line to the answer; asserts on CR or LF in it. */
void http_reply_header(struct http_exchange *exchange, const char *name, struct slice value);

/* --- form.c: names and values of a query or a body --- */

struct form_part {
    struct slice name, value;
    struct slice filename; /* "" unless a file */
    struct slice type;
};

struct form {
    struct form_part *parts;
    size_t count;
};

/* application/x-www-form-urlencoded, strict percent decoding; ≤ 1,000 parts. */
bool form_urlencoded(struct slice text, struct arena *arena, struct form *form, struct err *err);
/* By the exchange's Content-Type: urlencoded or multipart/form-data (RFC 7578; file names by RFC 5987/8187 too). */
bool form_body(struct http_exchange *exchange, struct form *form, struct err *err);
/* First part of that name; an empty slice (at NULL) if there is none. */
struct slice form_value(const struct form *form, const char *name);
const struct form_part *form_file(const struct form *form, const char *name);

#endif
