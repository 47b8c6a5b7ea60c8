/* Deadlines in words: 2027年6月底前, 年底前, 三个月内, 2027-06-30前, 明年上半年, by the end of 2027, within six months. */
#ifndef TQ_MATCH_DEADLINE_H
#define TQ_MATCH_DEADLINE_H

#include "match/fold.h"

/* Folded characters from..to say a deadline. */
struct deadline {
    size_t from, to;
    int32_t day;
};

/* The next one that begins at `from` or later, passed or not. */
bool deadline_next(const struct fold *fold, int32_t today, size_t from, struct deadline *deadline);

/* The first deadline that has not passed, in days since 1970-01-01; INT32_MIN: none. */
int32_t deadline_find(const struct fold *fold, int32_t today);

#endif
