/*
 * The ledger is the outbox: this follower reads the leaves in their order and puts into each inbox what the leaf means to its owner
 * (work/inbox.h), with the follower's own place in the same transaction. Whatever is derived comes from the leaf and from the
 * versions that it made, so a leaf read twice gives the same messages, under the same ids.
 *
 *   notify_follow   reads on
 *
 * Who is told: of a deal the unit's members, of a matter all who stand for its sides, but not whoever took the step; persons who are named with their number in a paper,
 * through the account that is tied to them; the registration agencies and, of what is late, the officers in whose scope the unit
 * lies, as far as may() lets them see the deal. The auditor is told nothing: he looks for himself.
 *
 * Of a matter its sides are told when it moves. What passes a matter by moves nothing in it: a deal between two who were introduced in a
 * case that does not name it (跳单) is told by the leaf that shows it, that of the deal, of the introduction or of the case.
 */
#ifndef TQ_WORK_NOTIFY_H
#define TQ_WORK_NOTIFY_H

#include "work/law.h"
#include "work/may.h"

/* *made: messages. */
bool notify_follow(struct store *store, const struct law *law, size_t *made, bool *more, struct err *err);

#endif
