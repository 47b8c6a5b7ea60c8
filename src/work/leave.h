/*
 * Leave under NDA as it stands: which organisations see the NDA fields of a record, and which records are open to an
 * organisation. It is given and ended by nda_grant_step and nda_end_step (work/account.h).
 */
#ifndef TQ_WORK_LEAVE_H
#define TQ_WORK_LEAVE_H

#include "record/kind.h"
#include "store/store.h"

enum { LEAVES_MOST = 100 };

struct leave {
    const struct kind *kind;
    int64_t object, party; /* the record, and who sees its NDA fields */
    int64_t leaf;          /* by which it was given: ledger_get says when and by whom */
};

struct leaves {
    struct leave list[LEAVES_MOST];
    size_t count;
    bool more;             /* there are others, older than these */
};

/* Newest first. Who may see them is the caller's to ask (ACT_NDA). */
bool leaves_of_record(struct sql *sql, const struct kind *kind, int64_t object, struct leaves *leaves, struct err *err);

/* Newest first, closed records too: what the actor sees of each is the caller's to ask. */
bool leaves_of_party(struct sql *sql, int64_t party, struct leaves *leaves, struct err *err);

#endif
