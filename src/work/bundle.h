/* Bundles for needs (一揽子方案): sorts of matters; what their page shows besides. Fields: record/bundle.h. */
#ifndef TQ_WORK_BUNDLE_H
#define TQ_WORK_BUNDLE_H

#include "record/bundle.h"
#include "work/matter.h"

extern const struct matter_sort sort_bundle, sort_bundle_part;

/* The statement of bundle_parts; matter_start calls it. */
void bundle_start(void);

/* The parts of a bundle, in the order in which they were asked; list in the arena. Whether the actor may see them is not asked. */
bool bundle_parts(struct sql *sql, int64_t bundle, struct arena *arena, struct record **list, size_t *count, struct err *err);

#endif
