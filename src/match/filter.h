/* Hard conditions on a document's facts, asked for each document of a window before any of them competes. */
#ifndef TQ_MATCH_FILTER_H
#define TQ_MATCH_FILTER_H

#include "base/arena.h"
#include "match/kernel.h"
#include "match/segment.h"

struct filter {
    const struct match_filter *want;
    const struct segment *segment;
    uint8_t *lists; /* a list of codes (facts.h): may documents stay that have it? NULL: any field will do */
    bool active;
    struct kernel_range regions, trl;
};

void filter_ready(struct filter *filter, const struct match_filter *want, const struct segment *segment,
                  struct arena *arena);
bool filter_takes(const struct filter *filter, const struct kernel *kernel, uint32_t doc);
/* Takes the sums of those away that break it: sums[i] is that of document first + i. */
void filter_mask(const struct filter *filter, const struct kernel *kernel, uint32_t first, uint32_t count, uint32_t *sums);

/* path is wanted or lies below it. */
bool path_is_under(struct match_str path, struct match_str wanted);
/* One division contains the other's place: a province or city takes its districts. */
bool region_contains(uint32_t whole, uint32_t part);

#endif
