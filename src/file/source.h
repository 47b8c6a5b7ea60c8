/*
 * The bytes of somebody else's file as a stream of UTF-8, in little memory.
 *
 *   source_open     takes a descriptor, settles the encoding from the first MiB
 *   source_peek     the text decoded so far, without taking it
 *   source_step     the next stretch of text, or the bytes that are no text
 *   source_restart  from the first byte again (regular files only)
 *
 * The encoding is settled once: a byte order mark; else UTF-8 if the first MiB is (or if a few bytes of it are
 * damaged: then they are reported, not taken for another encoding); else GB18030. After that a bad byte is a bad
 * byte, never a reason to guess again.
 */
#ifndef TQ_FILE_SOURCE_H
#define TQ_FILE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

enum source_encoding { SOURCE_UTF8, SOURCE_GB18030 };

enum source_step {
    SOURCE_TEXT,  /* *piece is valid UTF-8, alive until the next call */
    SOURCE_BAD,   /* *piece holds the bytes that are no character of the encoding, 1 to 4 */
    SOURCE_END,
    SOURCE_FAILED /* err is set */
};

struct source;

/* Borrows the descriptor. `wait_ms` > 0: give up when no byte comes for so long (a pipe); 0: a regular file. */
bool source_open(int fd, int wait_ms, struct source **source, struct err *err);
void source_close(struct source *source);

enum source_encoding source_encoding(const struct source *source);

/* The first bytes as they are in the file (byte order mark included), up to 1 MiB. Before the first step only. */
struct slice source_head(const struct source *source);

/* Settles UTF-8 whatever the bytes say: for forms that know no other encoding. Before the first step only. */
void source_force_utf8(struct source *source);

/* The first stretch of good text, at most 1 MiB of the file; empty if the file begins with bad bytes. */
struct slice source_peek(struct source *source);

enum source_step source_step(struct source *source, struct slice *piece, struct err *err);

/* Bytes taken from the descriptor so far. */
int64_t source_done(const struct source *source);

bool source_restart(struct source *source, struct err *err);

#endif
