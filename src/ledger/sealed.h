/*
 * What was signed last: one row a tree in the table `checkpoint`. A log must never sign two checkpoints of which one does not
 * extend the other, so who signs reads the row, sees that the tree he has begins with it, and moves the row on only if it is still
 * the one he read. The head of the ledger is locked in every batch, so of two processes one comes first and the other is refused.
 */
#ifndef TQ_LEDGER_SEALED_H
#define TQ_LEDGER_SEALED_H

#include "ledger/note.h"
#include "store/store.h"

enum { SEALED_KEY = NOTE_NAME + 200 };

struct sealed {
    uint64_t size; /* 0: nothing was signed */
    unsigned char root[TREE_HASH];
    char key[SEALED_KEY + 1]; /* as text, of who signed */
    struct text note;         /* text_release it */
    int64_t time_ms;
};

/* "sha256", "sm3" */
const char *sealed_tree(enum seal_digest digest);

bool sealed_get(struct sql *sql, enum seal_digest digest, struct sealed *sealed, struct err *err);

/* Inside a step. ERR_CONFLICT: it is no longer at `from`. */
bool sealed_move(struct sql *sql, enum seal_digest digest, const struct sealed *from, const struct sealed *to, struct err *err);

/* Nothing was ever signed: for a log that begins anew under another name. */
bool sealed_forget(struct sql *sql, struct err *err);

#endif
