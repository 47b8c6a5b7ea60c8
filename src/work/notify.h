/*
 * The ledger is the outbox: this follower reads the leaves in their order and puts into each inbox what the leaf means to its owner
 * (work/inbox.h), with the follower's own place in the same transaction. Whatever is derived comes from the leaf and from the
 * versions that it made, so a leaf read twice gives the same messages, under the same ids.
 *
 *   notify_follow   reads on
 *
 * Who is told: those who act for the unit, but not whoever took the step; persons who are named with their number in a paper,
 * through the account that is tied to them; the registration agencies and, of what is late, the officers in whose scope the unit
 * lies, as far as may() lets them see the deal. The auditor is told nothing: he looks for himself.
 */
#ifndef TQ_WORK_NOTIFY_H
#define TQ_WORK_NOTIFY_H

#include "work/law.h"
#include "work/may.h"

/* *made: messages. */
bool notify_follow(struct store *store, size_t *made, bool *more, struct err *err);

#endif
