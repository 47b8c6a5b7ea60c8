/* The other side of the wire, for tests: sockets, bytes, and answers taken apart. */
#ifndef TQ_TESTS_HTTP_CLIENT_H
#define TQ_TESTS_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "base/text.h"

enum { STATUSES_MOST = 128 };

/* The statuses of the answers in a stream of bytes, 1xx left out. */
struct statuses {
    int list[STATUSES_MOST];
    size_t count;
    size_t used;  /* bytes that belong to whole answers */
    bool garbled; /* something stands where an answer should */
};

int client_connect(unsigned port);
/* false when the peer has closed meanwhile. */
bool client_send(int fd, struct slice bytes);

/*
 * Appends what comes to `got` until the peer closes or nothing comes for quiet_ms. true: it closed. A reset counts as
 * closed.
 */
bool client_receive(int fd, struct text *got, int quiet_ms);

/* Takes answers apart by their Content-Length; `heads` says which of them answer a HEAD (a bit each). */
void client_statuses(struct slice stream, unsigned long heads, struct statuses *out);

/* Sends, and receives until `answers` answers are whole (ms at most each wait). The stream is in got. */
bool client_ask(int fd, struct slice request, size_t answers, struct text *got, int wait_ms);

/* The value of a header in the first answer, "" if none; and the bytes behind its empty line. */
struct slice client_header(struct slice stream, const char *name);
struct slice client_body(struct slice stream);

#endif
