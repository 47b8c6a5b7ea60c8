/*
 * Vectors of an embedding service that the operator chose (tieqiao serve --embed), as one more signal of the match index. A thread
 * of its own follows the ledger behind the index: of each open record the public texts are sent, once, and the vector is kept in
 * DATA/embeddings and given to the index; a record that is asked for by its page or for the lists of who fits asks by its own.
 * Questions that people type are sent only where the operator said so (--embed-questions), and wait for it a moment at most.
 *
 * Nothing waits for the service: while it is away, slow, or says what is no answer, words and the city's own model decide. Never
 * sent: texts that are not public, closed records, who asks.
 *
 *   outside_start      from then on city->outside; a city without has NULL there
 *   outside_question   the vector of what somebody typed
 *   outside_known      how far it is, for the operator
 */
#ifndef TQ_WORK_OUTSIDE_H
#define TQ_WORK_OUTSIDE_H

#include "base/arena.h"
#include "work/city.h"

struct outside_options {
    const char *url, *model, *key; /* as embed/client.h */
    unsigned timeout_ms;           /* of a batch; 0: 30,000 */
    unsigned batch;                /* texts at once, at most 256; 0: 32 */
    bool questions;                /* send what people type, too */
    unsigned question_ms;          /* how long that may take; 0: 300 */
};

bool outside_start(struct city *city, const struct outside_options *options, struct err *err);
/* Before city_close; NULL is nothing. What is under way is left off at its next answer or time-out. */
void outside_stop(struct outside *outside);

/* Sets the query's vector, in arena; leaves it alone where there is none in time, or questions are not to be sent. */
void outside_question(struct outside *outside, struct slice text, struct arena *arena, struct match_query *query);

/* The name of the model that what people type is sent to, for those who type; NULL: it is sent nowhere. outside may be NULL. */
const char *outside_asks(const struct outside *outside);

struct outside_known {
    char model[64];
    int64_t vectors, waiting, refused; /* records: with their vector, still to be asked for, whose texts it would not have */
    bool questions;
    char why[200];    /* why it is left alone for now; "": it answers */
    int64_t wait_s;   /* until it is tried again */
};
void outside_known(struct outside *outside, struct outside_known *known);

#endif
