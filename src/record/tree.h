/*
 * Code trees: GB/T 4754-2017 industries, IPC sections to subclasses, administrative divisions (GB/T 2260), NSFC
 * disciplines, strategic emerging industries. Loaded once at start from codes/ and never changed after; so they may be
 * read from any thread.
 *
 *   trees_load      reads every tree
 *   tree_resolve    what a person typed (a code, a code with its letter, a name) as a node
 *   tree_search     nodes whose code begins with, or whose name holds, some words
 */
#ifndef TQ_RECORD_TREE_H
#define TQ_RECORD_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

struct tree_node {
    const char *code;    /* "266" */
    const char *name;    /* 专用化学产品制造 */
    const char *name_en; /* "" where there is none */
    const char *path;    /* "C/26/266": for subtree filters */
    int parent;          /* index, -1 at the root */
    int depth;           /* 0 at the root */
};

struct tree {
    const char *name; /* "gbt4754", "ipc", "division", "discipline", "sei" */
    const char *label;
    struct tree_node *nodes; /* ascending by code */
    size_t count;
};

/* dir holds NAME.tsv with a header line: code, parent, name, name_en. */
bool trees_load(const char *dir, struct err *err);
void trees_unload(void);

/*
 * What an English reader is shown: the node's own name, or where it has none its code in the nearest class that has one
 * ("3441, General-purpose machinery"). Memory from arena, or the tree's.
 */
const char *tree_english(const struct tree *tree, const struct tree_node *node, struct arena *arena);

/* NULL if there is no tree of that name. */
const struct tree *tree_get(const char *name);

/* By exact code; NULL if there is none. */
const struct tree_node *tree_find(const struct tree *tree, struct slice code);

/*
 * As people type it: "266", "C266", "C 266 专用化学产品制造", "专用化学产品制造"; for IPC also a full symbol, "B22F 9/24",
 * which resolves to its subclass. NULL: no such code or name.
 */
const struct tree_node *tree_resolve(const struct tree *tree, struct slice typed);

/* At most `most` nodes, codes first, then names, shallow before deep. Returns how many. */
size_t tree_search(const struct tree *tree, struct slice words, const struct tree_node **found, size_t most);

#endif
