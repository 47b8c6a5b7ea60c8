/* What people call a node, and which node they mean. */
#include "record/tree.h"

#include <ctype.h>
#include <strings.h>

#include "base/text.h"
#include "base/utf8.h"

enum { BEARERS = 64 };

/* How a name was met: a whole name counts for more than a shortened one, "海南区" is no 海南省. */
enum borne { NOT_BORNE, BORNE_SHORT, BORNE_WHOLE };

static const struct tree_node *parent_of(const struct tree *tree, const struct tree_node *node)
{
    return node->parent < 0 ? NULL : &tree->nodes[node->parent];
}

static bool ends_with(struct slice text, const char *end)
{
    size_t len = strlen(end);

    return len && len <= text.len && memcmp(text.at + text.len - len, end, len) == 0;
}

/* Length of the mark at the end that people put between the names of a path: "甘肃 兰州", "兰州市/城关区", "甘肃，兰州". */
static size_t mark_at_end(struct slice text)
{
    static const char *const marks[] = {" ", "\t", "\u3000", "/", "-", ",", "，", "、", "·", "—", ">"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ends_with(text, marks[i]))
            return strlen(marks[i]);
    return 0;
}

static enum borne borne_by(const struct tree *tree, const struct tree_node *node, struct slice text);

/* What stands before a name: nothing, or a node above it. */
static bool stands_below(const struct tree *tree, const struct tree_node *node, struct slice before)
{
    struct slice rest = before;

    for (size_t len; (len = mark_at_end(rest)) > 0;)
        rest.len -= len;
    if (rest.len == 0)
        return true;
    for (const struct tree_node *up = parent_of(tree, node); up; up = parent_of(tree, up))
        if (borne_by(tree, up, rest))
            return true;
    return false;
}

/* Is text the node's name, alone or at the end of a path: "城关区", "城关", "兰州市城关区", "甘肃 兰州 城关"? */
static enum borne borne_by(const struct tree *tree, const struct tree_node *node, struct slice text)
{
    const char *const names[] = {node->name, node->short_name};

    if (text.len && text.len == strlen(node->name_en) && strncasecmp(node->name_en, text.at, text.len) == 0)
        return BORNE_WHOLE;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ends_with(text, names[i]) && stands_below(tree, node, (struct slice){text.at, text.len - strlen(names[i])}))
            return i == 0 ? BORNE_WHOLE : BORNE_SHORT;
    return NOT_BORNE;
}

struct bearers {
    const struct tree_node *nodes[BEARERS]; /* ascending by code */
    size_t count;
};

static void bearers_find(const struct tree *tree, struct slice name, struct bearers *found)
{
    enum borne best = BORNE_SHORT;

    found->count = 0;
    for (size_t i = 0; i < tree->count; i++) {
        enum borne borne = borne_by(tree, &tree->nodes[i], name);

        if (borne < best)
            continue;
        if (borne > best)
            found->count = 0;
        best = borne;
        if (found->count < BEARERS)
            found->nodes[found->count++] = &tree->nodes[i];
    }
}

/* How many levels two nodes have in common, counted from the root. */
static int levels_shared(const struct tree *tree, const struct tree_node *a, const struct tree_node *b)
{
    while (a != b) {
        const struct tree_node **deeper = a->depth >= b->depth ? &a : &b;

        *deeper = parent_of(tree, *deeper);
        if (!*deeper)
            return 0;
    }
    return a->depth + 1;
}

/*
 * The one that holds all others ("临夏": the prefecture, not its town), or the only one at the root: nobody writes a
 * province's name for a county.
 */
static const struct tree_node *topmost(const struct tree *tree, const struct bearers *found)
{
    const struct tree_node *top = NULL;
    size_t below = 0;

    for (size_t i = 0; i < found->count; i++)
        if (!top || found->nodes[i]->depth < top->depth)
            top = found->nodes[i];
    for (size_t i = 0; i < found->count; i++) {
        if (found->nodes[i] != top && top->depth == 0 && found->nodes[i]->depth == 0)
            return NULL;
        below += levels_shared(tree, found->nodes[i], top) == top->depth + 1;
    }
    return top && (top->depth == 0 || below == found->count) ? top : NULL;
}

/* The one nearest to home, unless several are as near, or none is near at all. */
static const struct tree_node *nearest(const struct tree *tree, const struct bearers *found, const struct tree_node *home)
{
    const struct tree_node *near = NULL;
    int most = 0;

    for (size_t i = 0; home && i < found->count; i++) {
        int shared = levels_shared(tree, found->nodes[i], home);

        if (shared == most)
            near = NULL;
        if (shared > most) {
            most = shared;
            near = found->nodes[i];
        }
    }
    return near;
}

static void meant_by_name(const struct tree *tree, struct slice name, const struct tree_node *home, struct tree_meant *meant)
{
    struct bearers found;

    bearers_find(tree, name, &found);
    meant->node = topmost(tree, &found);
    if (!meant->node)
        meant->node = nearest(tree, &found, home);
    for (size_t i = 0; !meant->node && i < found.count && i < TREE_ALIKE; i++)
        meant->alike[meant->count++] = found.nodes[i];
}

/* --- showing --- */

static bool is_ipc(const struct tree *tree)
{
    return strcmp(tree->name, "ipc") == 0;
}

const struct tree_node *tree_named(const struct tree *tree, const struct tree_node *node, bool english)
{
    while (node->parent >= 0 && !*(english ? node->name_en : node->name))
        node = parent_of(tree, node);
    return node;
}

const char *tree_english(const struct tree *tree, const struct tree_node *node, struct arena *arena)
{
    const struct tree_node *class = tree_named(tree, node, true);

    if (class == node)
        return *node->name_en ? node->name_en : node->code;
    return *class->name_en ? arena_print(arena, "%s, %s", node->code, class->name_en) : node->code;
}

const char *tree_chinese(const struct tree *tree, const struct tree_node *node, struct arena *arena)
{
    const struct tree_node *class = tree_named(tree, node, false);

    return class == node ? node->name : arena_print(arena, "%s（%s）", node->code, class->name);
}

/* Between a province and its counties, where there is no city: GB/T 2260 has a node, and people have no name for it. */
static bool is_filler(const struct tree_node *node)
{
    return node->depth == 1 && !*node->short_name;
}

/* "兰州市城关区"; where the name says it by itself, by itself: "兰州新区", "白银区". A city's only county may be named as it is. */
static const char *place_name(const struct tree *tree, const struct tree_node *node, struct arena *arena)
{
    const struct tree_node *up = parent_of(tree, node);

    while (up && is_filler(up))
        up = parent_of(tree, up);
    if (!up || (node->depth < 2 && !is_filler(node)))
        return node->name;
    if (strncmp(node->name, up->short_name, strlen(up->short_name)) == 0 && strcmp(node->name, up->name) != 0)
        return node->name;
    return arena_print(arena, "%s%s", up->name, node->name);
}

static const char *full_name(const struct tree *tree, const struct tree_node *node, struct arena *arena)
{
    return strcmp(tree->name, "division") == 0 ? place_name(tree, node, arena) : tree_named(tree, node, false)->name;
}

/* The IPC's English titles run on with cross-references and are in capitals: the first title will do, in small letters. */
static struct slice ipc_title(const struct tree_node *node)
{
    return slice_trim((struct slice){node->name_en, strcspn(node->name_en, ";(")});
}

static const char *ipc_words(const struct tree_node *node, struct arena *arena)
{
    char *words = arena_text(arena, ipc_title(node));

    for (char *at = words; *at; at++)
        if (at > words)
            *at = (char)tolower((unsigned char)*at);
    return words;
}

static const char *label_english(const struct tree *tree, const struct tree_node *node, struct slice code,
                                 struct arena *arena)
{
    const char *words = is_ipc(tree) ? ipc_words(node, arena) : node->name_en;

    if (!*words || strcmp(tree->name, "division") == 0)
        return tree_english(tree, node, arena);
    return arena_print(arena, "%.*s %s", (int)code.len, code.at, words);
}

const char *tree_label(const struct tree *tree, struct slice code, bool english, struct arena *arena)
{
    const struct tree_node *node = tree_resolve(tree, code);

    if (!node)
        return arena_text(arena, code);
    if (english)
        return label_english(tree, node, code, arena);
    if (strcmp(tree->name, "division") == 0)
        return place_name(tree, node, arena);
    return arena_print(arena, *node->name ? "%.*s %s" : "%.*s（%s）", (int)code.len, code.at, full_name(tree, node, arena));
}

/* --- reading --- */

/* The run of letters and digits at the start, upper-cased. */
static struct slice code_part(struct slice typed, char *buf, size_t size)
{
    size_t n = 0;

    while (n < typed.len && n + 1 < size && isalnum((unsigned char)typed.at[n])) {
        buf[n] = (char)toupper((unsigned char)typed.at[n]);
        n++;
    }
    buf[n] = '\0';
    return (struct slice){buf, n};
}

static bool ends_with_title(struct slice text, struct slice title)
{
    return title.len && title.len <= text.len
           && strncasecmp(text.at + text.len - title.len, title.at, title.len) == 0;
}

/*
 * After a code: nothing, the rest of an IPC symbol, or a name, the node's own or, as tree_label writes it, that of the
 * nearest class that has one. Anything else may be a second code.
 */
static bool rest_fits(const struct tree *tree, const struct tree_node *node, struct slice rest)
{
    struct slice name = slice_trim(rest);

    if (name.len == 0)
        return true;
    if (is_ipc(tree))
        return ends_with_title(name, ipc_title(node)) || (!memchr(name.at, ',', name.len) && !memchr(name.at, ';', name.len));
    if (*name.at == ',')
        name = slice_trim((struct slice){name.at + 1, name.len - 1});
    return borne_by(tree, node, name) || borne_by(tree, tree_named(tree, node, true), name);
}

void tree_mean(const struct tree *tree, struct slice typed, const struct tree_node *home, struct tree_meant *meant)
{
    char buf[24];
    struct slice text = slice_trim(typed), code = code_part(text, buf, sizeof buf);
    struct slice rest = {text.at + code.len, text.len - code.len};
    const struct tree_node *node = code.len ? tree_find(tree, code) : NULL;

    *meant = (struct tree_meant){.count = 0};
    if (!node && code.len > 1 && isalpha((unsigned char)code.at[0]) && strcmp(tree->name, "gbt4754") == 0)
        node = tree_find(tree, (struct slice){code.at + 1, code.len - 1});
    if (!node && code.len >= 4 && is_ipc(tree))
        node = tree_find(tree, (struct slice){code.at, 4});
    if (node && rest_fits(tree, node, rest))
        meant->node = node;
    else if (text.len)
        meant_by_name(tree, text, home, meant);
}

const struct tree_node *tree_resolve(const struct tree *tree, struct slice typed)
{
    struct tree_meant meant;

    tree_mean(tree, typed, NULL, &meant);
    return meant.node;
}

static bool refuse_alike(const struct tree *tree, const struct tree_meant *meant, struct slice typed, const char *label,
                         struct err *err)
{
    struct arena arena;
    struct text names;

    arena_init(&arena);
    text_init(&names);
    for (size_t i = 0; i < meant->count; i++)
        text_print(&names, "%s%s %s", i ? "、" : "", meant->alike[i]->code, full_name(tree, meant->alike[i], &arena));
    err_set(err, ERR_INVALID, "%s里叫“%.*s”的不止一个", label, (int)utf8_head(typed, 30).len, typed.at);
    err_hint(err, "请写全名或代码：%.*s", (int)names.len, names.at);
    text_release(&names);
    arena_release(&arena);
    return false;
}

const struct tree_node *tree_read(const struct tree *tree, struct slice typed, const struct tree_node *home,
                                  const char *label, struct err *err)
{
    struct slice text = slice_trim(typed);
    struct tree_meant meant;

    tree_mean(tree, text, home, &meant);
    if (meant.node)
        return meant.node;
    if (meant.count)
        refuse_alike(tree, &meant, text, label, err);
    else {
        err_set(err, ERR_INVALID, "%s“%.*s”不对", label, (int)utf8_head(text, 30).len, text.at);
        err_hint(err, "填“%s”中的代码或名称", tree->label);
    }
    return NULL;
}
