/*
 * Drafts: a sheet put aside, for its account alone. Not a record yet: no leaf, no version, not searched. DRAFTS_MOST an account;
 * each goes DRAFT_DAYS after it was last saved (work/sweep.h).
 */
#ifndef TQ_WEB_DRAFT_H
#define TQ_WEB_DRAFT_H

#include "web/form.h"

enum { DRAFTS_MOST = 100 };

/*
 * Stores the sheet (checking nothing but text and secret marks) and answers with the draft's page; with the form and 409 where
 * there are too many. The sheet lives in the request's arena.
 */
bool draft_save(struct request *request, const struct sheet *sheet, struct err *err);

/* After publishing: the draft has done its work. On the writer thread; queues only. */
void draft_forget(struct request *request, int64_t draft);

/* The account's drafts for its desk: [{href, title, kind, saved, discard}]. */
json_t *draft_list(struct request *request);

#endif
