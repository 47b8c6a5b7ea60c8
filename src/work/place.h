/*
 * Places by a name that several bear: there is a 城关区 in Lanzhou and one in Lhasa. Which one was meant, the path says that
 * is written beside it (record/tree.h); where none is, it is the one nearest to home; and where that does not settle it the
 * name is refused, with all of them named.
 *
 *   place_home     where the organisation is whose record it is; else whoever writes, else the region he is in charge of
 *   place_settle   a record's place, as typed, by its home; before the field table reads it
 */
#ifndef TQ_WORK_PLACE_H
#define TQ_WORK_PLACE_H

#include "record/kind.h"
#include "record/tree.h"
#include "work/actor.h"

/* owner: a party, 0: not known. *home NULL: nowhere that is known. */
bool place_home(struct sql *sql, int64_t owner, const struct actor *actor, const struct tree_node **home, struct err *err);

/* typed: one a field of the kind. Asks the database only where a name is borne by several. */
bool place_settle(struct sql *sql, const struct kind *kind, int64_t owner, const struct actor *actor, struct slice *typed,
                  struct err *err);

#endif
