/*
 * The helper: tieqiao-read --serve stands by on a socket (standard input), warm, and forks two processes for each
 * document: one that locks itself up and reads, one that waits for it, tells how it ended, and ends it when nobody
 * wants it any more. It ends itself when the other end of the socket is closed.
 */
#ifndef TQ_READ_SERVE_H
#define TQ_READ_SERVE_H

#include <stddef.h>

/* Reads the document on standard input to standard output; the exit status. */
typedef int serve_read(const char *form, size_t most);

int serve(serve_read *read);

#endif
