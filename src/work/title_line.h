/*
 * Who held what share, and since when: the line of titles (权属时间线), in two times. An agreement holds from the day it names
 * (约定生效日) until the day from which one written later holds; it is known from the day on which it was written into the
 * ledger. So "who held it on the day of signing" has an answer for each day on which somebody may have asked: a correction with an
 * earlier day changes what was, not what was known. 国科发区〔2020〕128号 asks for the change of titles to be kept.
 */
#ifndef TQ_WORK_TITLE_LINE_H
#define TQ_WORK_TITLE_LINE_H

#include "record/paper.h"
#include "record/record.h"

struct title_span {
    const struct record *title;
    int32_t from, until; /* days; until: the first on which it holds no more; 0: it still holds */
};

/*
 * The titles of an achievement, in all deals of that unit, in the order in which they were written; in the arena. Those of another
 * unit, that had the achievement before or has it now, are its own: who may read the one's papers may not read the other's.
 */
bool title_all(struct sql *sql, int64_t achievement, int64_t owner, struct arena *arena, const struct record ***titles,
               size_t *count, struct err *err);

/* The line as it was known on the day `known`, earliest first; room for `count` spans. Answers how many there are. */
size_t title_line(const struct record *const *titles, size_t count, int32_t known, struct title_span *spans);

/* The one that held on a day; NULL: none did yet. */
const struct title_span *title_on(const struct title_span *spans, size_t count, int32_t day);

#endif
