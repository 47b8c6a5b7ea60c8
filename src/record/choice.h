/*
 * Choice lists: short closed vocabularies, each a code (stored) and a label (shown).
 * Long ones, with a hierarchy, are code trees: record/tree.h.
 */
#ifndef TQ_RECORD_CHOICE_H
#define TQ_RECORD_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct choice {
    const char *code, *label, *label_en;
};

struct choice_list {
    const char *name;
    const struct choice *choices;
    size_t count;
};

/* NULL if there is no list of that name. */
const struct choice_list *choice_list_get(const char *name);

/* By code, Chinese label or English label (ASCII case ignored); NULL if none fits. */
const struct choice *choice_find(const struct choice_list *list, struct slice typed);

#endif
