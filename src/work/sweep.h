/* What is kept for a while only: a served city lets go of it once an hour, whether or not anybody is there. */
#ifndef TQ_WORK_SWEEP_H
#define TQ_WORK_SWEEP_H

#include "store/store.h"

enum { DRAFT_DAYS = 180 }; /* a draft, from when it was last saved */

/* Drafts, jobs of imports that nobody will come back to, and files whose upload was cut off. (Sessions and failed sign-ins go as new ones come.) */
bool sweep(struct store *store, int64_t now_ms, struct err *err);

#endif
