/*
 * The manifest: which segment files make up the index, what is deleted from them, and where the live log begins.
 * Replaced as a whole (written beside, synced, renamed, folder synced), under a checksum. What it says is true at the
 * start of log `log`; the log brings it up to date.
 */
#ifndef TQ_MATCH_MANIFEST_H
#define TQ_MATCH_MANIFEST_H

#include "match/bitmap.h"
#include "match/match.h"

struct manifest_part {
    uint64_t number;
    struct bitmap *deleted; /* owned by who reads it; borrowed when it is written */
};

struct manifest {
    uint64_t log;      /* the first log to replay */
    uint64_t applied;  /* at its start */
    uint64_t next;     /* number of the next segment file */
    struct manifest_part *parts;
    size_t count;
};

void segment_name(uint64_t number, char name[32]);

bool manifest_write(int folder, const struct manifest *manifest, struct match_err *err);

/* *there false: no index has been here. Release what it read. */
bool manifest_read(int folder, struct manifest *manifest, bool *there, struct match_err *err);
void manifest_release(struct manifest *manifest);

#endif
