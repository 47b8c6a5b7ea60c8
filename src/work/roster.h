/*
 * The accounts as lines, by login name: who it is, where, with which roles, disabled or not. What `tieqiao account list` prints
 * is what `tieqiao account load` takes.
 */
#ifndef TQ_WORK_ROSTER_H
#define TQ_WORK_ROSTER_H

#include "base/text.h"
#include "work/account.h"

/* As long as the call lasts. roles: "member,county_officer@620102,park_officer@the organisation's name". */
struct roster_line {
    struct slice login, name, party;
    struct text roles;
    bool disabled;
};

typedef bool roster_fn(void *arg, const struct roster_line *line); /* false: leave off, which is no failure */
bool roster_each(struct sql *sql, roster_fn *fn, void *arg, struct err *err);

#endif
