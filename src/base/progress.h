/* A bar on the terminal, a line every second elsewhere; nothing when quiet. Writes to stderr. */
#ifndef TQ_BASE_PROGRESS_H
#define TQ_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    const char *label;
    int64_t total, done, shown_us, start_us;
    bool quiet, terminal;
};

void progress_start(struct progress *progress, const char *label, int64_t total);
void progress_step(struct progress *progress, int64_t done);
void progress_end(struct progress *progress);

#endif
