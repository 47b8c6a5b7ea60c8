/*
 * What auditors looked at (查阅日志): the auditor reads everything, so what he reads is itself a line of the ledger (DESIGN §8).
 *
 * A leaf says who (pseudonym), what and which ("view.deal" and the deal's id), when: action "audit.view", no fields. One a person, object
 * and day at most (the day of the city, +08:00): the request id is SHA-256 over the three, which the ledger takes once; so neither
 * turning pages nor reloading floods the ledger, and nothing but the ledger keeps the log. The kind of the leaf is not that of the
 * record: it is no part of the record's own history, which the audited unit reads, as an audit may be unannounced (docs/audit.md).
 *
 * The line is written before the page goes out: what cannot be written down is not shown.
 */
#ifndef TQ_WORK_AUDIT_VIEW_H
#define TQ_WORK_AUDIT_VIEW_H

#include "base/arena.h"
#include "ledger/ledger.h"
#include "work/actor.h"

struct audit_viewing {
    const struct actor *actor;
    const char *what; /* "deal", "export", …: [a-z_], at most 24 */
    int64_t object;   /* 0: a list, or all of it */
    int64_t time_ms;
    char request_id[LEAF_REQUEST + 1]; /* audit_viewing_init fills it in */
};

void audit_viewing_init(struct audit_viewing *viewing, const struct actor *actor, const char *what, int64_t object, int64_t time_ms);

/* arg: struct audit_viewing. Nothing is written where the day's line is there. */
store_step audit_view_step;

struct audit_view {
    int64_t leaf, time_ms, object;
    char what[LEAF_WORD + 1];
    unsigned char actor[LEAF_ACTOR];
};

/*
 * Newest first, below leaf `before` (0: from the newest), at most `most`; pseudonym NULL: everybody's. *next: the leaf to go on
 * below, 0 at the end; a page of one's own may be short where others looked at much.
 */
bool audit_views_list(struct sql *sql, const unsigned char *pseudonym, int64_t before, struct audit_view *list, size_t most, size_t *count,
                      int64_t *next, struct err *err);

#endif
