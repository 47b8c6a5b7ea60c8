/* What the files of the engine of matters share, and the sorts that there are. */
#ifndef TQ_WORK_MATTER_INT_H
#define TQ_WORK_MATTER_INT_H

#include "work/matter.h"

/* Sorts that no other header names. */
extern const struct matter_sort sort_contact, sort_claim, sort_bundle, sort_bundle_part;

/* The statements of matter.c and matter_tick.c; matter_start calls them. */
void matter_entries_start(void);
void matter_tick_start(void);

/* The statements of a sort's lists, for the test that looks at how they are run: what waits, what is one's own. */
const char *matter_waiting_text(const struct matter_sort *sort, size_t side); /* NULL: the side is found another way */
const char *matter_mine_text(const struct matter_sort *sort, size_t side);

/* Does the actor act for the party as this side of it? Who is there as a researcher alone does where the sort lets him. */
bool matter_acts_for(const struct matter_sort *sort, size_t side, const struct actor *actor, int64_t party);

/* The matter is in the state from today on; due 0: no day. */
void matter_state_set(const struct matter_sort *sort, struct record *matter, int state, int32_t today, int32_t due, struct arena *arena);

/* The file that the step brings becomes its entry's (matter_bring.c). */
bool matter_bring(struct matter_draft *draft, struct err *err);

/* The number of the next entry of the kind. ERR_CONFLICT where there is no room for one. */
bool matter_next_number(struct sql *sql, const struct kind *kind, int64_t matter, int64_t *number, struct err *err);

/* The matter as an object of may(). */
bool matter_object(struct sql *sql, const struct matter_sort *sort, const struct record *matter, struct object *object, struct err *err);

#endif
