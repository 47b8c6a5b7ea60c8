/*
 * The bytes of a request's head, strictly by RFC 9112: pure functions, no socket, no state but what is passed in.
 *
 *   head_scan     looks at bytes as they come: is the head whole, or already past saving?
 *   head_parse    reads a whole head; decides how the body is framed
 *   target_parse  the request target: one path, one spelling
 *   chunk_decode  takes the chunked coding off a body as it comes
 *
 * Each returns NULL, or why the gate refuses. After any refusal the connection is closed: where framing is in doubt,
 * the next byte's meaning is too.
 */
#ifndef TQ_WEB_HTTP_HEAD_INT_H
#define TQ_WEB_HTTP_HEAD_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/text.h"

enum {
    HEAD_TARGET_MOST = 8192,
    HEAD_LINE_MOST = HEAD_TARGET_MOST + 32, /* method, target, version */
    HEAD_FIELDS_MOST = 100,
    HEAD_FIELDS_BYTES = 16384,
    HEAD_MOST = HEAD_LINE_MOST + HEAD_FIELDS_BYTES + 8
};

/* An answer of the gate itself. This room sees no catalogue: it brings its English along. */
struct refusal {
    int status;
    const char *code; /* for programs */
    struct told {     /* for people; no quotes inside */
        const char *message, *hint; /* hint NULL: the message says what to do */
    } chinese, english;
};

struct http_field {
    struct slice name, value;
};

struct http_head {
    struct slice method, target, host;
    struct slice path, query; /* by target_parse */
    struct http_field fields[HEAD_FIELDS_MOST];
    size_t count;
    int minor; /* HTTP/1.minor */
    bool has_length, chunked, expects, keep_alive;
    uint64_t length; /* of the body, if has_length */
};

/* Set to zeros before a head's first byte. */
struct head_scan {
    size_t at;     /* bytes looked at */
    size_t line;   /* where the current line starts */
    size_t start;  /* where the request line starts: 0, or 2 after one empty line (RFC 9112 §2.2) */
    size_t fields; /* where the field lines start; 0: still in the request line */
    size_t whole;  /* length of the head with its empty line; 0: not whole yet */
    bool cr;       /* the last byte was CR */
};

/* `in` is everything that came so far; its earlier bytes are not looked at again. */
const struct refusal *head_scan(struct head_scan *scan, struct slice in);

/* `bytes` is a head that head_scan found whole, from its request line on. Slices point into it. */
const struct refusal *head_parse(struct slice bytes, struct http_head *head);

/* Fills path (memory from the arena) and query. */
const struct refusal *target_parse(struct http_head *head, struct arena *arena);

/* One field line without its CR LF; false if it is none. Also holds our own answers to the rule. */
bool field_parse(struct slice line, struct http_field *field);

bool slice_same_word(struct slice a, const char *word); /* ASCII case aside */

/* -1 if it is no hex digit. */
static inline int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum chunk_at {
    CHUNK_SIZE_FIRST,
    CHUNK_SIZE,
    CHUNK_SIZE_LF,
    CHUNK_DATA,
    CHUNK_DATA_CR,
    CHUNK_DATA_LF,
    CHUNK_END_CR,
    CHUNK_END_LF,
    CHUNK_DONE
};

/* Set to zeros before a body's first byte. */
struct chunk_state {
    enum chunk_at at;
    unsigned digits;
    uint64_t left; /* of the current chunk */
};

/* Appends to body at most up to `limit`; *used says how much of `in` belongs to this body. Done when at is CHUNK_DONE. */
const struct refusal *chunk_decode(struct chunk_state *state, struct slice in, size_t limit, struct text *body,
                                   size_t *used);

/* 413, also for an announced length. */
extern const struct refusal refuse_too_large;

#endif
