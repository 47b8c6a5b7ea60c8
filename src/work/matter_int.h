/* What the files of the engine of matters share, and the sorts that there are. */
#ifndef TQ_WORK_MATTER_INT_H
#define TQ_WORK_MATTER_INT_H

#include "work/matter.h"

extern const struct matter_sort sort_contact;
/* policy */
extern const struct matter_sort sort_claim;
/* finance */ /* in work/consent.h and work/loan.h: pages of their own name them */
/* fund */
/* talent: work/talent.h */
/* pilot */
/* talent */
#include "work/talent.h"
/* pilot: work/pilot.h */
/* service: work/hire.h, work/first_use.h */
/* board */
/* view */
extern const struct matter_sort sort_bundle, sort_bundle_part;

/* The statements of matter.c and matter_tick.c; matter_start calls them. */
void matter_entries_start(void);
void matter_tick_start(void);

/* The statements of a sort's lists, for the test that looks at how they are run: what waits, what is one's own. */
const char *matter_waiting_text(const struct matter_sort *sort, size_t side); /* NULL: the side is found another way */
const char *matter_mine_text(const struct matter_sort *sort, size_t side);

/* The matter as an object of may(). */
bool matter_object(struct sql *sql, const struct matter_sort *sort, const struct record *matter, struct object *object, struct err *err);

#endif
