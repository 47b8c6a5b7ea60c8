/*
 * What the city alone can do (独门绝技): its revealed comparative advantage by field (显示性比较优势, Balassa 1965): the field's share of the
 * city's count over its share of the nation's. 1 is the nation's mix. With its uncertainty: a 95 % interval of the logarithm, whose
 * variance is 1/x - 1/X + 1/n - 1/N (x, X: the city's count in the field and in all; n, N: the nation's), as of a ratio of two shares
 * (Katz et al. 1978). Fields of fewer than STRENGTH_LEAST here are not judged.
 *
 *   strength_sheet_read   a table of counts; every row is checked before any is written
 *   strength_sheet_take   all of it, in one transaction
 *   strength_list         the fields of one measure and year
 */
#ifndef TQ_WORK_STRENGTH_H
#define TQ_WORK_STRENGTH_H

#include "file/table.h"
#include "record/field_count.h"
#include "record/record.h"
#include "record/tree.h"
#include "work/actor.h"

enum { STRENGTH_ROWS = 5000, STRENGTH_WRONG = 20, STRENGTH_LEAST = 5 };

/* The classification by which a measure is counted: disciplines for papers, IPC for patents, GB/T 4754 for contracts and achievements. */
const struct tree *strength_tree(struct slice measure);

/* Officers of the city. ERR_DENIED. */
bool strength_may(const struct actor *actor, struct err *err);

struct strength_sheet {
    /* given */
    const struct actor *actor;
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms;
    struct arena *arena;
    /* read */
    struct record *rows;
    size_t count;
    struct err wrong[STRENGTH_WRONG]; /* each says its line */
    size_t wrong_count;
    /* answered */
    size_t written;
};

/* ERR_INVALID: a column is missing, there are too many rows, or `wrong` is not empty. Draws ids and salts: outside a step. */
bool strength_sheet_read(struct table *table, struct strength_sheet *sheet, struct err *err);
/* arg: struct strength_sheet. What is there already as it stands is left; other counts of the same field, year and measure are replaced. */
bool strength_sheet_take(struct sql *sql, void *arg, struct err *err);

enum strength_verdict { STRENGTH_AHEAD, STRENGTH_BEHIND, STRENGTH_OPEN /* 1 lies within the interval */, STRENGTH_FEW };

struct strength {
    struct slice code, source;
    int64_t here, nation;
    int64_t ratio, low, high;      /* hundredths; 0 where it is not judged */
    enum strength_verdict verdict;
};
/* The surest advantages first; texts in the arena. here, nation: of all fields. */
bool strength_list(struct sql *sql, struct slice measure, int64_t year, struct arena *arena, struct strength **list, size_t *count, int64_t *here,
                   int64_t *nation, struct err *err);

/* The years for which a measure has counts, newest first, at most `most`. */
bool strength_years(struct sql *sql, struct slice measure, int64_t *years, size_t most, size_t *count, struct err *err);

#endif
