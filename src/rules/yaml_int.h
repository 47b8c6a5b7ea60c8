/*
 * As much of YAML as a rule needs, and no more: scalars, lists, maps. Refused: anchors and aliases, tags, a key twice, keys that
 * are no plain words, several documents, more than 8 levels, more than 1 MiB.
 */
#ifndef TQ_RULES_YAML_INT_H
#define TQ_RULES_YAML_INT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    long line;                       /* where it begins; of a map's member, its key */
    const char *key;                 /* of a map's member */
    struct slice text;               /* scalar, NUL-terminated */
    const struct node *first, *next; /* members */
    size_t count;
};

struct reading;
bool yaml_read(const struct reading *reading, struct slice bytes, const struct node **root);

/* NULL: the map has no such key. */
const struct node *node_at(const struct node *map, const char *key);

#endif
