/* An index made of a judged collection, for measuring or learning on it; in a folder of its own that judging_close removes. */
#ifndef TQ_WORK_JUDGE_INT_H
#define TQ_WORK_JUDGE_INT_H

#include "base/text.h"
#include "match/match.h"
#include "work/judge.h"

struct judging {
    const struct judged *judged;
    const struct judge_options *options;
    struct text place; /* the folder */
    struct match_index *index;
    struct match_snapshot *snapshot;
    uint64_t random;
};

/* Document d of the collection has the id d + 1. On false there is nothing to close. */
bool judging_open(struct judging *judging, const struct judged *judged, const struct judge_options *options,
                  struct err *err);
void judging_close(struct judging *judging);

/* What the query asks of the engine. */
void judging_ask(const struct judged_query *query, struct match_query *asked);

/* Tells now and then how far it is; false: stop. */
bool judging_told(const struct judging *judging, const char *label, size_t done, size_t total, struct err *err);

/* Always false. */
bool judging_failed(const struct match_err *why, struct err *err);

#endif
