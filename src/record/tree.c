#include "record/tree.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"

static struct tree trees[] = {
    {.name = "gbt4754", .label = N_("国民经济行业分类 GB/T 4754-2017")},
    {.name = "ipc", .label = N_("国际专利分类 IPC")},
    {.name = "division", .label = N_("行政区划 GB/T 2260")},
    {.name = "discipline", .label = N_("国家自然科学基金学科")},
    {.name = "sei", .label = N_("战略性新兴产业分类(2018)")},
};

enum { TREE_COUNT = sizeof trees / sizeof *trees, FILE_MOST = 4 << 20 };

static struct arena memory;

static bool file_read(const char *path, struct slice *out, struct err *err)
{
    FILE *file = fopen(path, "re");
    char *bytes;
    size_t len;

    if (!file)
        return err_set(err, ERR_IO, "打不开代码表 %s：%s", path, strerror(errno));
    bytes = arena_alloc(&memory, FILE_MOST);
    len = fread(bytes, 1, FILE_MOST, file);
    fclose(file);
    *out = (struct slice){bytes, len};
    return len < FILE_MOST || err_set(err, ERR_TOO_LARGE, "代码表太大：%s", path);
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct tree_node *)a)->code, ((const struct tree_node *)b)->code);
}

const struct tree_node *tree_find(const struct tree *tree, struct slice code)
{
    size_t low = 0, high = tree->count;

    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = strncmp(tree->nodes[mid].code, code.at, code.len);

        if (order == 0 && tree->nodes[mid].code[code.len] != '\0')
            order = 1;
        if (order == 0)
            return &tree->nodes[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* A node's path needs its parent's: worked out from the root down, by need. */
static void node_place(struct tree *tree, struct tree_node *node)
{
    struct tree_node *parent;

    if (node->path)
        return;
    if (node->parent < 0) {
        node->path = node->code;
        return;
    }
    parent = &tree->nodes[node->parent];
    node_place(tree, parent);
    node->depth = parent->depth + 1;
    node->path = arena_print(&memory, "%s/%s", parent->path, node->code);
}

static bool link_parents(struct tree *tree, const struct slice *parents, struct err *err)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct tree_node *parent = parents[i].len ? tree_find(tree, parents[i]) : NULL;

        if (parents[i].len && !parent)
            return err_set(err, ERR_CORRUPT, "代码表 %s:%s 的上级 %.*s 不存在", tree->name, tree->nodes[i].code,
                           (int)parents[i].len, parents[i].at);
        tree->nodes[i].parent = parent ? (int)(parent - tree->nodes) : -1;
    }
    for (size_t i = 0; i < tree->count; i++)
        node_place(tree, &tree->nodes[i]);
    return true;
}

/* Sorting moves the nodes, so each line's parent is kept beside its node until all are in order. */
struct line {
    struct tree_node node;
    struct slice parent;
};

static bool line_read(struct slice text, struct line *line)
{
    struct slice code, parent, name, name_en = SLICE(""), short_name = SLICE("");

    if (!slice_cut(&text, '\t', &code) || !slice_cut(&text, '\t', &parent) || !slice_cut(&text, '\t', &name)
        || code.len == 0)
        return false;
    slice_cut(&text, '\t', &name_en);
    slice_cut(&text, '\t', &short_name);
    line->node = (struct tree_node){.code = arena_text(&memory, code), .name = arena_text(&memory, name),
                                    .name_en = arena_text(&memory, slice_trim(name_en)),
                                    .short_name = arena_text(&memory, slice_trim(short_name)), .parent = -1};
    line->parent = parent;
    return true;
}

static bool tree_load(struct tree *tree, const char *dir, struct err *err)
{
    struct slice rest, text;
    struct line *lines;
    struct slice *parents;
    size_t room = 1, n = 0;

    if (!file_read(arena_print(&memory, "%s/%s.tsv", dir, tree->name), &rest, err))
        return false;
    for (size_t i = 0; i < rest.len; i++)
        room += rest.at[i] == '\n';
    lines = arena_zero(&memory, room, sizeof *lines);
    slice_cut(&rest, '\n', &text); /* the header */
    while (slice_cut(&rest, '\n', &text))
        if (text.len && !line_read(text, &lines[n++]))
            return err_set(err, ERR_CORRUPT, "代码表 %s 第 %zu 行不完整", tree->name, n + 1);
    qsort(lines, n, sizeof *lines, by_code);
    tree->nodes = arena_zero(&memory, n + 1, sizeof *tree->nodes);
    parents = arena_zero(&memory, n + 1, sizeof *parents);
    for (size_t i = 0; i < n; i++) {
        tree->nodes[i] = lines[i].node;
        parents[i] = lines[i].parent;
    }
    tree->count = n;
    return link_parents(tree, parents, err);
}

bool trees_load(const char *dir, struct err *err)
{
    arena_release(&memory);
    for (size_t i = 0; i < TREE_COUNT; i++)
        if (!tree_load(&trees[i], dir, err))
            return false;
    return true;
}

void trees_unload(void)
{
    for (size_t i = 0; i < TREE_COUNT; i++)
        trees[i].count = 0;
    arena_release(&memory);
}

const struct tree *tree_get(const char *name)
{
    for (size_t i = 0; i < TREE_COUNT; i++)
        if (strcmp(trees[i].name, name) == 0)
            return &trees[i];
    return NULL;
}

static bool holds(const char *text, struct slice words)
{
    return words.len <= strlen(text) && memmem(text, strlen(text), words.at, words.len) != NULL;
}

static bool holds_fold(const char *text, struct slice words)
{
    size_t len = strlen(text);

    for (size_t i = 0; words.len && i + words.len <= len; i++)
        if (strncasecmp(text + i, words.at, words.len) == 0)
            return true;
    return false;
}

/* "兰州市城关": no node holds that, and yet it says which is meant. */
static size_t search_path(const struct tree *tree, struct slice text, const struct tree_node **found, size_t most)
{
    struct tree_meant meant;
    size_t n = 0;

    tree_mean(tree, text, NULL, &meant);
    if (meant.node && most)
        found[n++] = meant.node;
    for (size_t i = 0; i < meant.count && n < most; i++)
        found[n++] = meant.alike[i];
    return n;
}

size_t tree_search(const struct tree *tree, struct slice words, const struct tree_node **found, size_t most)
{
    struct slice text = slice_trim(words);
    size_t n = 0;

    if (text.len == 0) {
        for (size_t i = 0; i < tree->count && n < most; i++)
            if (tree->nodes[i].parent < 0)
                found[n++] = &tree->nodes[i];
        return n;
    }
    for (size_t i = 0; i < tree->count && n < most; i++)
        if (strncasecmp(tree->nodes[i].code, text.at, text.len) == 0)
            found[n++] = &tree->nodes[i];
    for (int depth = 0; depth < 6; depth++)
        for (size_t i = 0; i < tree->count && n < most; i++) {
            const struct tree_node *node = &tree->nodes[i];

            if (node->depth == depth && strncasecmp(node->code, text.at, text.len) != 0
                && (holds(node->name, text) || holds_fold(node->name_en, text)))
                found[n++] = node;
        }
    return n ? n : search_path(tree, text, found, most);
}
