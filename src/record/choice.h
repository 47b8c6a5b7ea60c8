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
    const char *within; /* code of the broader one it belongs to; NULL: of none */
};

struct choice_list {
    const char *name;
    const struct choice *choices;
    size_t count;
    const struct choice *broader; /* what several choices are together: lists are narrowed by it, no form offers it */
    size_t broader_count;
};

/* NULL if there is no list of that name. */
const struct choice_list *choice_list_get(const char *name);

/* A broader one by its code; NULL if there is none. */
const struct choice *choice_broader(const struct choice_list *list, struct slice code);

/* By code, Chinese label or English label (ASCII case ignored); NULL if none fits. */
const struct choice *choice_find(const struct choice_list *list, struct slice typed);

#endif
