/* What the files that turn leaves into messages share. */
#ifndef TQ_WORK_NOTIFY_INT_H
#define TQ_WORK_NOTIFY_INT_H

#include "ledger/ledger.h"
#include "work/inbox.h"
#include "work/matter.h"
#include "work/notify.h"

enum { NOTES_MOST = 4 };

struct row {
    int64_t account, object, made_ms;
    uint64_t leaf;
    const struct message_sort *sort;
    char about[64];
    int32_t day;
};

struct round {
    struct sql *sql;
    const struct law *law;
    struct arena arena;
    uint64_t from, next;
    struct row *rows;
    size_t count, room;
};

/* What one leaf means, before it is known to whom. */
struct note {
    const char *sort, *about;
    unsigned to;
    int32_t day;
};

struct telling {
    struct round *round;
    const struct leaf *leaf;
    struct record deal;     /* or the matter, as the leaf made it */
    int64_t object, party;  /* TO_PARTY */
    struct note notes[NOTES_MOST];
    size_t count;
};

/* Who stands for a side of the matter telling->deal; and the officers in whose scope it lies. */
bool side_told(struct telling *telling, const struct note *note, const struct matter_side *side, struct err *err);
bool scope_told(struct telling *telling, const struct note *note, struct err *err);

/* Did this leaf begin the matter, or bring it into another state? */
bool matter_moved(const struct telling *telling, bool *moved, struct err *err);

/* Of a deal that passes a case by (notify_case.c). */
bool passing_told(const struct telling *telling, struct err *err);

#endif
