/*
 * tieqiao-verify: what an auditor checks the ledger with, who trusts neither the server nor its database. Reads files, downloads
 * nothing, writes nothing.
 *
 *   verify_checkpoint   signed by the log, and by these witnesses
 *   verify_proof        a leaf is under a checkpoint, or a checkpoint extends an older one
 *   verify_tiles        a folder of tiles (and of entries, where they are there) is the tree of its checkpoint, all of it
 *   verify_fields       values and salts are those that a leaf commits to
 *   verify_stamp        a time stamp from outside (RFC 3161) is over this checkpoint
 *
 * Each says in one sentence what holds (added to `said`), or is false with what does not.
 */
#ifndef TQ_VERIFY_VERIFY_H
#define TQ_VERIFY_VERIFY_H

#include "ledger/note.h"

enum { VERIFY_KEYS = 16, VERIFY_FILE = 1 << 24 };

/* The words of the call. */
struct wanted {
    struct note_key key; /* the log's */
    struct note_key witnesses[VERIFY_KEYS];
    size_t witness_count;
    const char *leaf, *hash, *old, *reply, *ca; /* NULL: not given */
};

typedef bool verify_file(const struct wanted *wanted, const char *path, struct text *said, struct err *err);

verify_file verify_checkpoint, verify_proof, verify_tiles, verify_fields, verify_stamp;

/* All of a file, at most VERIFY_FILE bytes. ERR_IO, ERR_TOO_LARGE. */
bool verify_read(const char *path, struct text *out, struct err *err);

/* Reads a checkpoint and sees to its signatures. */
bool verify_signed(const struct wanted *wanted, struct slice note, struct checkpoint *checkpoint, struct text *said,
                   struct err *err);

enum seal_digest verify_digest(const struct wanted *wanted);

#endif
