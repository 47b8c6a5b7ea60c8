/*
 * What only one process at a time may have or do, by name and until when. Whoever has it renews it in time; whoever ends
 * without giving it back keeps others out until it runs out. Inside a step; times come from the processes' own clocks, so a lease
 * must outlast what these may differ by.
 */
#ifndef TQ_WORK_LEASE_H
#define TQ_WORK_LEASE_H

#include "store/store.h"

/* Takes it, or renews it. *held false: another holder has it. */
bool lease_hold(struct sql *sql, const char *name, int64_t holder, int64_t now_ms, int64_t until_ms, bool *held, struct err *err);

/* Gives it back; nothing where another has it. */
bool lease_drop(struct sql *sql, const char *name, int64_t holder, struct err *err);

#endif
