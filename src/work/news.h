/*
 * The digest: once a day, from eight in the morning on, whoever acts for an organisation is told in one message how many records were
 * newly registered since the last digest that fit what the organisation has (work/fit.h, fairly or strongly). It follows from the ledger
 * and the lists of who fits; its place is a cursor, written with the messages. Whoever turned it down (work/wish.h) is not told.
 */
#ifndef TQ_WORK_NEWS_H
#define TQ_WORK_NEWS_H

#include "store/store.h"

/* *made: messages; 0 where today's digest was made already, or it is too early. */
bool news_tick(struct store *store, int64_t now_ms, size_t *made, struct err *err);

#endif
