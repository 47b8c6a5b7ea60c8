/*
 * Time stamps from outside on our checkpoints (RFC 3161), where the operator names a server: with one, nobody can say that a history
 * was made up later, not even who holds the log's key. On a thread of its own, every so often and only when there is a newer
 * checkpoint; nothing waits for it. What is sent is a hash of the signed checkpoint. Replies stand in the table `stamp`.
 */
#ifndef TQ_WORK_STAMPER_H
#define TQ_WORK_STAMPER_H

#include "base/text.h"
#include "work/city.h"

struct stamper;

struct stamper_options {
    const char *url, *ca; /* ca: a file of trusted certificates, PEM; NULL: the stamp is kept, who verifies it must judge */
    int64_t every_ms;     /* 0: an hour */
};

bool stamper_start(struct city *city, const struct stamper_options *options, struct stamper **stamper, struct err *err);
/* Before sealer_stop; NULL is nothing. */
void stamper_stop(struct stamper *stamper);

struct stamped {
    int64_t time_ms; /* of whom stamped it; 0: none is there */
    uint64_t size;
    struct text note, reply; /* text_release both */
};
bool stamped_newest(struct sql *sql, struct stamped *stamped, struct err *err);

#endif
