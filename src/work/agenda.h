/*
 * The days ahead of what a person may see: of his unit's deals where he takes their steps, of the deals in an officer's or a
 * registration agency's scope, and by when his own rewards are to be paid. A day and a name, nothing of what stands in papers.
 */
#ifndef TQ_WORK_AGENDA_H
#define TQ_WORK_AGENDA_H

#include "work/due.h"

enum { AGENDA_MOST = 300, AGENDA_PAST_DAYS = 60 };

struct agenda_day {
    int64_t deal, no;
    const struct due_sort *sort;
    int32_t day;
    int64_t since_ms;      /* when the deal came to be as it is */
    struct slice title;    /* of the deal */
    const char *path;      /* where it is dealt with: a local one */
};

/* From AGENDA_PAST_DAYS before today on, in no order, each deal, sort and number once. In the arena. */
bool agenda_of(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, struct arena *arena,
               struct agenda_day *list, size_t *count, struct err *err);

/* The divisions that a grant reaches, as from..to; false: it reaches none by division. */
bool scope_range(const struct role_grant *grant, int64_t *from, int64_t *to);

#endif
