/*
 * The leaf: what the ledger keeps of one change, in its final byte format (version 1).
 *
 *   offset  size  field
 *   0       2     "TQ"
 *   2       1     format version, 1
 *   3       8     index, big-endian, from 0
 *   11      8     time, UTC ms, big-endian
 *   19      16    actor pseudonym: random bytes of the account; all zero for the program itself
 *   35      1+n   action, ASCII [a-z_.-], 1 ≤ n ≤ 32   (length byte, then the bytes)
 *   .       1+n   object kind, the same, n ≤ 32
 *   .       8     object id, big-endian
 *   .       4     object version, big-endian
 *   .       1+n   request id, printable ASCII without space, n ≤ 64
 *   .       1     part: 0, 1, 2 … where one request writes several leaves
 *   .       32    commitment root over the changed fields
 *
 * The leaf hash is SHA-256(0x00 || leaf), as in RFC 6962 §2.1. No personal data and no business secret stands in a leaf.
 *
 * Commitment of one field: SHA-256("tq-field-1" 0x00 || salt(16) || name length(1) || name || value).
 * value: 0x00 for unknown; 0x01 || int64 big-endian; 0x02 || UTF-8 bytes. The root is the RFC 6962 tree hash
 * (leaf prefix 0x00, node prefix 0x01) over the commitments of the changed fields in the order of the kind's field table;
 * of no fields, SHA-256 of nothing.
 */
#ifndef TQ_LEDGER_LEAF_H
#define TQ_LEDGER_LEAF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

enum {
    LEAF_MAX = 1024, LEAF_ACTOR = 16, LEAF_WORD = 32, LEAF_REQUEST = 64, LEAF_HASH = 32, LEAF_SALT = 16
};

struct leaf {
    uint64_t index; /* given by ledger_append */
    int64_t time_ms;
    unsigned char actor[LEAF_ACTOR];
    char action[LEAF_WORD + 1];
    char kind[LEAF_WORD + 1];
    int64_t object;
    uint32_t version;
    char request_id[LEAF_REQUEST + 1];
    uint8_t part;
    unsigned char root[LEAF_HASH];
};

/* Canonical bytes; returns their number, at most LEAF_MAX. Asserts on words too long or out of alphabet. */
size_t leaf_write(const struct leaf *leaf, unsigned char out[LEAF_MAX]);

/* Back again; refuses anything leaf_write would not have written. */
bool leaf_read(struct slice bytes, struct leaf *leaf, struct err *err);

/*
 * Request ids that the program makes by itself, out of what the leaf is about, so that it is written once. All of them begin with one
 * of these, and no client's may (web/request.h): who took such an id first would keep the leaf out of the ledger.
 */
#define LEAF_OWN_DUE "due-"       /* what came due: work/standing_tick.c */
#define LEAF_OWN_VIEW "view-"     /* what auditors looked at: work/audit_view.c */
#define LEAF_OWN_IMPORT "import-" /* a row of an import: work/import_int.h */

/* With which of them it begins; NULL: with none. */
const char *leaf_request_own(struct slice request_id);

void leaf_hash(struct slice bytes, unsigned char out[LEAF_HASH]);

struct leaf_field {
    const char *name;
    bool known, is_number;
    int64_t number;
    struct slice text;
    unsigned char salt[LEAF_SALT];
};

void leaf_commit(const struct leaf_field *field, unsigned char out[LEAF_HASH]);
/* RFC 6962 tree hash (node prefix 0x01) over hashes that are already leaf commitments. */
void leaf_root(const unsigned char (*commitments)[LEAF_HASH], size_t count, unsigned char out[LEAF_HASH]);

#endif
