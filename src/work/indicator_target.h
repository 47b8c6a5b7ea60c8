/*
 * Targets beside the figures that they are for: those of a year, of which plan and of which place each is, and how far a figure has come.
 * Their records: record/steer.h.
 */
#ifndef TQ_WORK_INDICATOR_TARGET_H
#define TQ_WORK_INDICATOR_TARGET_H

#include "record/record.h"
#include "record/steer.h"
#include "work/indicator.h"

struct indicator_target {
    struct record record; /* of kind_target */
    int64_t plan;         /* what its action leads up to; 0: it hangs on none */
    bool running;         /* that plan is under way */
    int64_t region;       /* the division of whoever set it; 0: not known */
};

/* The statements, before any thread starts; steer_start calls it. */
void indicator_target_start(void);

/*
 * Those of a year that stood at the end of a day (INDICATOR_NOW: now), at most INDICATOR_TARGETS; *more: there are others. Those of a plan
 * that is under way come first, of these the newest plan's: it is the one in hand.
 */
enum { INDICATOR_TARGETS = 400 };
bool indicator_targets_of(struct sql *sql, int64_t year, int32_t as_of, struct arena *arena, struct indicator_target **list, size_t *count, bool *more,
                          struct err *err);

/* Of a target as a record: its plan and its place. */
bool indicator_target_place(struct sql *sql, const struct record *record, struct indicator_target *target, struct err *err);

/* Whose figure it is: what a city, a province or nobody known sets is for all, what a district sets for that district alone. */
int64_t indicator_target_region(const struct indicator_target *target);

/*
 * What is to be asked for it: its year up to `limit`, the last day that can be counted; a total (累计) from the beginning on. false: its
 * year has not begun on that day.
 */
bool indicator_target_ask(const struct indicator *indicator, const struct indicator_target *target, int32_t limit, int32_t as_of, struct figure_ask *ask);

/* What a figure of its year alone is held against, in the figure's unit. false: it counts something else, or from the beginning on. */
bool indicator_target_level(const struct indicator *indicator, const struct record *target, int64_t *level);

struct indicator_reach {
    bool known;      /* the figure and the target are, and count the same */
    bool met;
    int64_t share;   /* 万分比 of the target, rounded down; -1: it is nought */
};
void indicator_target_reach(const struct indicator *indicator, const struct record *target, const struct figure *figure, struct indicator_reach *reach);

#endif
