/* The bytes of a segment from its plan, into memory or a new file. */
#ifndef TQ_MATCH_WRITE_H
#define TQ_MATCH_WRITE_H

#include "match/plan.h"

/* A segment in memory. `number`: the log it is in. Never fails but for memory. */
struct segment *segment_in_memory(const struct plan *plan, uint64_t number, struct match_err *err);

/*
 * A segment as folder/name: written beside it, synced, renamed; the caller syncs the folder. The file's room is taken
 * before it is filled, so that a full disk is an error here and not a signal later.
 */
struct segment *segment_in_file(const struct plan *plan, int folder, const char *name, uint64_t number,
                                struct match_err *err);

#endif
