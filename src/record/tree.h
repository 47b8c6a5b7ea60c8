/*
 * Code trees: GB/T 4754-2017 industries, IPC sections to subclasses, administrative divisions (GB/T 2260), NSFC
 * disciplines, strategic emerging industries. Loaded once at start from codes/ and never changed after; so they may be
 * read from any thread.
 *
 *   trees_load      reads every tree
 *   tree_search     nodes whose code begins with, or whose name holds, some words
 *   tree_resolve    what a person typed (a code, a code with its letter, a name, a path of names) as a node
 *   tree_read       the same with a home to go by where several bear the name, and with what is wrong
 *   tree_label      a code in words, as people read it and can type it again
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
    const char *name;    /* 专用化学产品制造; "" where there is none: of the IPC below its classes */
    const char *name_en; /* "" where there is none */
    const char *short_name; /* of a place, as people say it: 兰州, 城关; "" where there is none */
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

/* dir holds NAME.tsv with a header line: code, parent, name, name_en and, of places, short. */
bool trees_load(const char *dir, struct err *err);
void trees_unload(void);

/* The node itself or the nearest above it that has a name in the language; a root where none has. */
const struct tree_node *tree_named(const struct tree *tree, const struct tree_node *node, bool english);

/*
 * The node's own name, or where it has none its code with the nearest class that has one: "3441, General-purpose machinery",
 * "F04D（液体变容式机械）". Memory from arena, or the tree's.
 */
const char *tree_english(const struct tree *tree, const struct tree_node *node, struct arena *arena);
const char *tree_chinese(const struct tree *tree, const struct tree_node *node, struct arena *arena);

/*
 * What people read for a stored code: its name with the code before it, of a place its whole name alone ("兰州市城关区"). What
 * tree_resolve takes back. An unknown code as it is.
 */
const char *tree_label(const struct tree *tree, struct slice code, bool english, struct arena *arena);

/* NULL if there is no tree of that name. */
const struct tree *tree_get(const char *name);

/* By exact code; NULL if there is none. */
const struct tree_node *tree_find(const struct tree *tree, struct slice code);

/*
 * As people type it: "266", "C266", "C 266 专用化学产品制造", "专用化学产品制造"; for IPC also a full symbol, "B22F 9/24",
 * which resolves to its subclass. A name may stand at the end of a path, "兰州市城关区", "甘肃 兰州 城关". Of several nodes of
 * one name it is the one that holds all others; NULL where none does, and for no such code or name.
 */
const struct tree_node *tree_resolve(const struct tree *tree, struct slice typed);

/*
 * The same, and of several nodes of one name the one nearest to `home` (NULL: nowhere). NULL with err set: no such code or name,
 * or several, each named there with its code. label: what the value is of, "所在地".
 */
const struct tree_node *tree_read(const struct tree *tree, struct slice typed, const struct tree_node *home,
                                  const char *label, struct err *err);

enum { TREE_ALIKE = 5 };

struct tree_meant {
    const struct tree_node *node;              /* NULL: none, or several */
    const struct tree_node *alike[TREE_ALIKE]; /* the first of several, by code */
    size_t count;
};

void tree_mean(const struct tree *tree, struct slice typed, const struct tree_node *home, struct tree_meant *meant);

/* At most `most` nodes, codes first, then names, shallow before deep. Returns how many. */
size_t tree_search(const struct tree *tree, struct slice words, const struct tree_node **found, size_t most);

#endif
