/*
 * The days of a deal: what time alone brings about (a notice is over) and what must not be missed (an instalment, a reward, a
 * filing). Read from the papers of its file and from the days that rules reckon: a deadline of the law comes from the result of
 * its rule, named in one line of due_sorts.
 *
 *   deal_dues   all of a file
 *   due_wake    the day on which somebody is to be told
 */
#ifndef TQ_WORK_DUE_H
#define TQ_WORK_DUE_H

#include "work/deal.h"

enum {
    DUES_MOST = 64,
    DUE_AHEAD = 3,  /* days before, that a deadline is told of */
    DUE_STALE = 60  /* days past: what is longer past when it is first seen, as in papers of old, is told to nobody */
};

enum due_tells { DUE_TELLS_REGISTRAR = 1 /* who must act */, DUE_TELLS_TEAM = 2 /* whose money it is, once it is late */ };

struct due_sort {
    const char *name;              /* in tables, leaves' request ids and calendars: never another */
    const char *label, *label_en;  /* what is to be done, or what is waited for */
    const char *rule, *result;     /* of the rulebook; NULL: the papers say it, with their `article` */
    const char *article;           /* where no rule says it; "" */
    bool waits;                    /* waited for: told on the day after; else told DUE_AHEAD days before and again once it is late */
    unsigned tells;                /* beside the unit: bits of enum due_tells */
    bool (*open)(const struct deal_file *file, const struct deal_bridge *bridge); /* NULL: papers say it; else: is it still to be done? */
};

extern const struct due_sort due_sorts[];
extern const size_t due_sort_count;
const struct due_sort *due_sort_find(struct slice name);

struct due {
    const struct due_sort *sort;
    int64_t no;              /* of the paper that it hangs on; 0: the deal's */
    int32_t day;             /* the last day */
    bool provisional;
    const struct rule *rule; /* in force for the deal; NULL */
};

/* Of an open deal; a closed one has none. In no order. Where instalments are too many, the last of them are left out. */
bool deal_dues(const struct law *law, const struct deal_file *file, const struct deal_bridge *bridge, struct arena *arena,
               struct due dues[DUES_MOST], size_t *count, struct err *err);

/*
 * When to tell next, after what was told on `told` (0: nothing yet), seen on `today`; 0: never. A deadline that is nearer than
 * DUE_AHEAD when it is first seen is told of only once it is late: who wrote it down knows it.
 */
int32_t due_wake(const struct due_sort *sort, int32_t day, int32_t told, int32_t today);

/* Why: the rule's first article, or the sort's own. In the arena. */
struct slice due_article(const struct due_sort *sort, const struct rule *rule, struct arena *arena);

#endif
