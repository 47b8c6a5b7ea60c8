/*
 * HTTP/1.1 behind one seam: a small epoll server with a strict parser of its own (docs/decisions/0002-http-server.md).
 *
 *   http_start    listens; http_stop finishes what is under way
 *   http_answer   answers an exchange, exactly once, from any thread
 *   http_stream_begin   answers with a stream instead: a head now, bytes for as long as both sides like
 *   http_header, http_cookie, form_*      read the request
 *
 * Socket threads only read and write sockets. A complete request is queued to a bounded pool of workers, where
 * `handle` runs; what is urgent has a queue and a worker of its own. `handle` answers at once with http_answer, or keeps the
 * exchange and answers later from any thread (a write answers from the store's `done`). After http_answer the exchange is no longer the caller's to touch.
 *
 * The gate refuses doubtful framing with 400 and closes: Content-Length with Transfer-Encoding, two Content-Lengths, two
 * Hosts or none, a space before a colon, bare LF or CR, folded lines, NUL, unknown transfer codings, chunk extensions
 * and trailers; 404 for a path with a second spelling (dot segments, //, encoded slash, backslash, controls); 414 (URI
 * > 8 KiB), 431 (headers > 16 KiB or > 100), 405/501 for methods other than GET HEAD POST PUT DELETE, 413 before the
 * body where its announced length is over the route's limit, 408 and a close over the header (10 s) and body (less than
 * 1 KiB/s over 10 s) deadlines, a reset over the write deadline (the peer took less than 1 KiB/s over 30 s). A queue too long or too old is answered
 * 503 with Retry-After, before queueing. What the gate answers is JSON, {"code","message","hint","request_id"}, the shape of every
 * error of the program (web/error.h).
 * docs/trust.md lists each rule with the file in tests/bad that proves it.
 *
 * Date, Content-Length and Connection are this room's; every other answer header is the caller's.
 * Cost: a connection at rest holds about 150 bytes, one with a request under way about 40 KiB, one with a stream its ring (16 KiB);
 * once warm, a request allocates nothing beyond what its handler asks for.
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
    struct slice path;    /* decoded, one spelling only, valid UTF-8; begins with '/' */
    struct slice query;   /* raw, after '?' */
    struct slice body;
    struct slice address; /* the client's, as text; through a trusted proxy, the one it names */
    int64_t arrived_us;   /* when its last byte came, by clock_steady_us */
    /* answer */
    int status;
    struct text reply;          /* the body, empty at first; left out for HEAD, 204 and 304 */
    struct slice reply_type;    /* Content-Type; default text/html; charset=utf-8 */
    struct slice reply_headers; /* further header lines, each "Name: value\r\n"; checked for CR LF inside values */
    const char *reply_file;     /* instead of reply: send this file (exports); NULL. 404 if it cannot be read */
    bool reply_file_once;       /* made for this answer: its name is removed as soon as it is open, however it ends */
    void *server;               /* the room's own; the options' context at first */
    void *user;                 /* the handler's own, kept over an asynchronous write */
};

typedef void http_handle(struct http_exchange *exchange, void *context);

/* Asked once the headers are in, on a socket thread: the most bytes of body this method and path takes; 0: none. */
typedef size_t http_limit(const char *method, struct slice path, void *context);

/* Asked on a socket thread: is this for those who watch over the machine? Those have a queue and a worker of their own. */
typedef bool http_urgent(struct slice path, void *context);

struct http_options {
    const char *address;       /* "127.0.0.1" */
    unsigned port;             /* 0: any; http_port tells */
    unsigned socket_threads;   /* 1 or 2 */
    unsigned workers;
    unsigned queue;            /* most waiting requests, e.g. 1024 */
    int64_t queue_age_us;      /* oldest waiting request beyond which new ones get 503, e.g. 1 s */
    unsigned connections;      /* most open sockets */
    const char *trusted_proxy; /* address whose X-Forwarded-For is believed (its last hop); NULL: none */
    http_handle *handle;
    http_limit *limit;
    http_urgent *urgent;       /* NULL: nothing is */
    void *context;
    /* 0 takes the usual value, given behind each; tests shorten them. */
    int64_t header_us;         /* from a request's first byte to its last header: 10 s */
    int64_t body_us, write_us; /* over which the least rate must be kept, time and again: 10 s, 30 s */
    int64_t idle_us;           /* a connection at rest: 75 s, longer than nginx keeps its own */
    int64_t stop_us;           /* http_stop's patience: 5 s */
    size_t least_rate;         /* bytes a second: 1024 */
    size_t bodies;             /* bytes of bodies held at once, over which 503: 256 MiB */
    size_t stream_room;        /* bytes that wait for one reader of a stream, a power of two: 16 KiB */
};

/* What went by, since the start. */
struct http_counts {
    uint64_t requests; /* queued to the workers */
    uint64_t refused;  /* by the gate, deadlines included */
    uint64_t busy;     /* 503: queue, connections or bodies full */
    unsigned open;     /* connections now */
    unsigned streams;  /* of them, with a stream */
};

bool http_start(const struct http_options *options, struct http_server **server, struct err *err);
unsigned http_port(const struct http_server *server);
struct http_counts http_count(const struct http_server *server);
/* Stops accepting, waits for answers under way (5 s at most), frees the server. */
void http_stop(struct http_server *server);

/* Exactly once for each exchange. From any thread. */
void http_answer(struct http_exchange *exchange);

/*
 * --- an answer that goes on (server-sent events) ---
 *
 *   http_stream_begin  in place of http_answer: the head goes out (status, reply_type, reply_headers) and behind it what stands in reply;
 *                      there is no length, the end of the connection is the end of the answer, for HTTP/1.0 too. The exchange is no
 *                      longer the caller's. NULL: it is answered already, there is nothing to send: a HEAD, or headers unfit to be sent
 *   http_stream_send   all of the bytes, or none: false where the reader has left, or has not taken enough of what came before
 *   http_stream_end    exactly once. What was sent still goes out; `cut`: it does not, the connection is reset now
 *
 * Threads. Whoever holds the stream calls these from one thread at a time, any thread; none of them ever waits. The bytes lie in a ring
 * with one writer, the holder, and one reader, the connection's socket thread: no lock. What does not fit is not kept: memory a
 * reader is bounded, and it is for the holder to cut him off. A socket thread that finds the ring empty goes on with others; a send wakes it.
 *
 * Deadlines. A stream that has nothing to send may rest for ever. Where bytes wait and the reader takes none of them for write_us, he
 * is reset, at the latest after twice that; so a holder who sends a few bytes now and then (a comment) finds out who is gone. What a
 * reader sends into the stream is read and thrown away; that he shuts his side ends it.
 *
 * http_stop sends what lies in the rings and ends all streams; like exchanges they must be ended by their holders all the same, before
 * it or within its patience.
 */
struct http_stream;

struct http_stream *http_stream_begin(struct http_exchange *exchange);
bool http_stream_send(struct http_stream *stream, struct slice bytes);
size_t http_stream_room(const struct http_stream *stream); /* that could be sent now */
bool http_stream_gone(const struct http_stream *stream);   /* the connection is closed: end it */
void http_stream_end(struct http_stream *stream, bool cut);

/* First value of a request header, "" if none. */
struct slice http_header(const struct http_exchange *exchange, const char *name);
struct slice http_cookie(const struct http_exchange *exchange, const char *name);

/* Adds a header line to the answer; asserts on CR, LF or NUL in it. The value is copied. */
void http_reply_header(struct http_exchange *exchange, const char *name, struct slice value);

/*
 * What stands for one client: an IPv4 address whole (also where it is written as IPv6), of an IPv6 address the /64 that one
 * household or firm has. 0 where the text is no address.
 */
uint64_t http_address_block(struct slice address);

/*
 * --- forms: names and values of a query or a body ---
 * Names, texts and file names are valid UTF-8 without NUL; a text's line ends are one '\n' each; a file's bytes are as they
 * came. Slices live in the arena or in the body. err names the field. At most 1,000 parts.
 */

struct form_part {
    struct slice name, value;
    struct slice filename; /* "" unless a file; without directories, no controls, at most 255 bytes */
    struct slice type;     /* a file's Content-Type as given, "" if none */
    bool file;             /* has a file name, be it empty (no file chosen) */
};

struct form {
    struct form_part *parts;
    size_t count;
};

/* application/x-www-form-urlencoded, strict percent decoding: a broken %XX is refused. */
bool form_urlencoded(struct slice text, struct arena *arena, struct form *form, struct err *err);
/* multipart/form-data with that boundary (RFC 7578; file names by RFC 8187 too). */
bool form_multipart(struct slice body, struct slice boundary, struct arena *arena, struct form *form, struct err *err);
/* By the exchange's Content-Type, one of the two. No body, no parts. */
bool form_body(struct http_exchange *exchange, struct form *form, struct err *err);
/* First part of that name; an empty slice (at NULL) if there is none. */
struct slice form_value(const struct form *form, const char *name);
/* First file of that name, NULL if there is none or none was chosen. */
const struct form_part *form_file(const struct form *form, const char *name);

#endif
