/*
 * Where each open deal stands, with whom, since when, and the days ahead of it: a projection of the records (tables deal_stand and
 * deal_due), kept by a follower, so that lists, desks, calendars and the clock need not read a deal's fifteen tables to know that
 * nothing is to be done. It lags the ledger by a fraction of a second; `tieqiao rebuild` makes it anew.
 *
 *   standing_follow   brings it up to the ledger
 *   standing_tick     writes what came due (leaf "deal.due"), at most `most` at a call
 *
 * What came due is one step with a request id made of the deal, what is due and its day: of two servers on one
 * database the second finds it done. Where time alone has moved the deal to another pier, the same step writes the deal's next
 * version, so that lists are right; else the leaf is of kind "due" and the deal keeps its version: nobody who has its form open is
 * told that somebody was faster. Time comes in as an argument.
 */
#ifndef TQ_WORK_STANDING_H
#define TQ_WORK_STANDING_H

#include "work/due.h"

/* *changed: deals whose rows were written; *more: the ledger has further leaves. */
bool standing_follow(struct store *store, const struct law *law, int64_t now_ms, size_t *changed, bool *more, struct err *err);

/* *told: leaves written; *more: there are others. */
bool standing_tick(struct store *store, const struct law *law, int64_t now_ms, size_t most, size_t *told, bool *more,
                   struct err *err);

/* Inside a step: forgets all; the follower begins again. */
bool standing_forget(struct sql *sql, struct err *err);

/* What a leaf "deal.due" says is due: out of its request id. false: it is none. */
struct due_told {
    const struct due_sort *sort;
    int64_t no;
    int32_t day;  /* the last day */
    bool late;    /* it has passed; else it is DUE_AHEAD days away */
};
bool due_told_read(const struct leaf *leaf, struct due_told *told);

/* --- read --- */

struct stood {
    int64_t deal, owner;
    enum pier pier;
    enum turn turn;
    int64_t since_ms;
    int32_t due;         /* 0: none */
};

/* Not waited for by time alone, the nearest deadline first, those without behind. */
bool standing_of_unit(struct sql *sql, int64_t owner, struct stood *list, size_t most, size_t *count, struct err *err);
/* Those that have stood longest first. Regions from..to, both included. */
bool standing_of_region(struct sql *sql, int64_t from, int64_t to, struct stood *list, size_t most, size_t *count, struct err *err);
/* The same of those that wait for a registration agency. */
bool standing_registrations(struct sql *sql, int64_t from, int64_t to, struct stood *list, size_t most, size_t *count, struct err *err);

struct due_row {
    int64_t deal, no;
    const struct due_sort *sort;
    int32_t day;
};
/* From that day on, the nearest first. owner 0: of regions from..to. */
bool standing_dues(struct sql *sql, int64_t owner, int64_t from, int64_t to, int32_t day, struct due_row *list, size_t most,
                   size_t *count, struct err *err);

const char *turn_code(enum turn turn);
const char *turn_label(enum turn turn); /* who it is, for people */

#endif
