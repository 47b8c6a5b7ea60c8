/*
 * Everything about the ledger that can be computed again, computed again from the rows in one pass: each leaf's hash and columns, no
 * gap; the roots of the trees, held against what was signed; the tiles on the disk, held against the hashes. Reads one snapshot,
 * changes nothing.
 */
#ifndef TQ_LEDGER_AUDIT_H
#define TQ_LEDGER_AUDIT_H

#include "ledger/ledger.h"
#include "ledger/note.h"

/* Somebody says that the tree of so many leaves has this root. */
struct audit_mark {
    enum seal_digest digest;
    uint64_t size;
    unsigned char root[TREE_HASH];
    const char *said_by; /* for the complaint */
};

struct audit_request {
    const char *data; /* the folder whose tiles and checkpoints are held against the rows; NULL: rows alone */
    const struct audit_mark *marks; /* more to hold against the trees */
    size_t mark_count;
    bool (*moved)(void *arg, int64_t done, int64_t total); /* now and then; false: leave off (ERR_BUSY). NULL: nobody asks */
    void *arg;
};

struct audit_counts {
    uint64_t leaves;
    uint64_t sealed; /* leaves under the newest checkpoint; 0: nothing is signed */
    uint64_t tiles;  /* files that were compared */
};

/* ERR_CORRUPT names the first thing that does not fit. */
bool ledger_audit(struct sql *sql, const struct audit_request *request, struct audit_counts *counts, struct err *err);

#endif
