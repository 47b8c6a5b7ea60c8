/*
 * tieqiao-verify: what an auditor checks the ledger with, who trusts neither the server nor its database. Reads files, downloads
 * nothing, writes nothing.
 *
 *   verify_checkpoint   signed by the log, and by these witnesses
 *   verify_proof        a leaf is under a checkpoint, or a checkpoint extends an older one
 *   verify_tiles        a folder of tiles (and of entries, where they are there) is the tree of its checkpoint, all of it
 *   verify_fields       values and salts are those that a leaf commits to
 *   verify_stamp        a time stamp from outside (RFC 3161) is over this checkpoint
 *   verify_pack         an evidence pack (docs/pack.md): every version of a deal and of its papers, all of them, under one checkpoint
 *
 * Each says in one sentence what holds (added to `said`), or is false with what does not; a pack says a line of each paper, and
 * goes on after one that does not hold.
 */
#ifndef TQ_VERIFY_VERIFY_H
#define TQ_VERIFY_VERIFY_H

#include "base/json.h"
#include "ledger/note.h"

enum { VERIFY_KEYS = 16, VERIFY_FILE = 1 << 24 };

/* The words of the call. */
struct wanted {
    struct note_key key; /* the log's */
    struct note_key witnesses[VERIFY_KEYS];
    size_t witness_count;
    const char *leaf, *hash, *old, *reply, *ca; /* NULL: not given */
    bool has_key;
    bool english, show; /* in which language; of a pack, with the values */
};

typedef bool verify_file(const struct wanted *wanted, const char *path, struct text *said, struct err *err);

verify_file verify_checkpoint, verify_proof, verify_tiles, verify_fields, verify_stamp, verify_pack;

/* All of a file, at most VERIFY_FILE bytes. ERR_IO, ERR_TOO_LARGE. */
bool verify_read(const char *path, struct text *out, struct err *err);

/* Reads a checkpoint and sees to its signatures. */
bool verify_signed(const struct wanted *wanted, struct slice note, struct checkpoint *checkpoint, struct text *said,
                   struct err *err);

/* A field's "number"; false: it has none, or it is not written as one. */
bool verify_number(const json_t *field, int64_t *number);
/* The root over fields as `fields` takes them; *blanks: how many were blanked. */
bool verify_fields_root(const json_t *fields, unsigned char root[LEAF_HASH], size_t *blanks, struct err *err);
/* The leaf that stands in base64 as the member "leaf". */
bool verify_leaf_take(const json_t *document, unsigned char bytes[LEAF_MAX], size_t *len, struct leaf *leaf, struct err *err);

/* Why it does not hold, in the language that was asked for. */
const char *verify_why(const struct wanted *wanted, struct err *err);

enum seal_digest verify_digest(const struct wanted *wanted);

#endif
