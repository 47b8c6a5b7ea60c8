/*
 * Feedback on the pages: what became of a record's pairs as the reader may know it, and the form to say it with.
 *
 * One line of it: {who, mine, outcome, reason, note, person, shared, at, leaf, ver}; reason null unless it was refused, note and
 * person null but for the voice itself and the auditor (work/feedback.h).
 */
#ifndef TQ_WEB_FEEDBACK_H
#define TQ_WEB_FEEDBACK_H

#include "web/request.h"
#include "work/feedback.h"

/* The record's feedback, read once for a page. */
struct feedback_shelf {
    const struct record *record;
    struct feedback *list;
    size_t count;
    bool open; /* somebody who may have something to say or to see */
};

bool feedback_open(struct request *request, const struct record *record, struct feedback_shelf *shelf, struct err *err);

/* Does the reader know of any? Where he does not, the page must not even say that there is some. */
bool feedback_known(struct request *request, const struct feedback_shelf *shelf);

/* Has the reader's own organisation or office refused this partner? What has been looked at goes behind the others. */
bool feedback_refused(struct request *request, const struct feedback_shelf *shelf, const struct kind *kind, int64_t other);

/*
 * {anchor, action, other, ver, request_id, choices, may_share, shared, note, said, others} for the partner's card; action null where
 * the reader has no voice. JSON null: he neither says nor sees anything of the pair. New reference.
 */
json_t *feedback_of_card(struct request *request, const struct feedback_shelf *shelf, const struct kind *kind, int64_t other);

/* What the other sides let the record's organisation know lately, newest first: [{text, href, at}]. New reference. */
json_t *feedback_heard(struct request *request, const struct feedback_shelf *shelf);

#endif
