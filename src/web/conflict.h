/*
 * Two people changed one record, and the second is told what the first made of it: beside his own values, which stay as he
 * typed them. What he did not touch takes the newest value, so that saving again undoes nobody's change.
 *
 *   conflict_find      after a submission was refused: has the record gone on, and what differs
 *   conflict_merge     the sheet goes on from the newest version
 *   conflict_view      what stands beside a field of it
 *   conflict_json      the same for programs, in the shape of an error
 */
#ifndef TQ_WEB_CONFLICT_H
#define TQ_WEB_CONFLICT_H

#include "web/form.h"

struct conflict {
    struct record now;              /* the newest version */
    struct object object;           /* as it is now: what the actor may see of it */
    struct differing {
        bool there;                 /* others changed it since, to something else than what was sent, and the actor sees it */
        bool untouched;             /* the sender left it as he had seen it */
        int64_t ver, at_ms, author; /* the version that gave it its newest value, when, by which account; ver 0: long ago */
    } fields[FIELDS_MAX];
    size_t count;                   /* fields that are there */
    bool names;                     /* the actor may know who made a change */
};

/*
 * *found false: the version sent is still the newest one, something else stood in the way. Reads a few rows, and on the
 * writer's thread: only who lost a race comes here.
 */
bool conflict_find(struct request *request, const struct submission *submission, struct conflict *conflict, bool *found,
                   struct err *err);

/* The conflict must outlive the sheet. */
void conflict_merge(struct sheet *sheet, const struct conflict *conflict);

/* {text | list | lines | link (web/view.h), empty, who, at, untouched}; NULL: nothing to say of this field. */
json_t *conflict_view(struct request *request, const struct conflict *conflict, size_t field);

/* err is what the submission was refused with. New reference. */
json_t *conflict_json(struct request *request, const struct conflict *conflict, const struct sheet *sheet,
                      const struct err *err);

#endif
