#include "work/place.h"

#include <stdio.h>

#include "work/may.h"

static const struct tree_node *place_of(int64_t code)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%lld", (long long)code);
    return tree_find(tree_get("division"), slice_of(digits));
}

static int64_t scope_of(const struct actor *actor)
{
    for (size_t i = 0; i < actor->grant_count; i++)
        if (actor->grants[i].scope_kind == SCOPE_DIVISION)
            return actor->grants[i].scope;
    return 0;
}

bool place_home(struct sql *sql, int64_t owner, const struct actor *actor, const struct tree_node **home, struct err *err)
{
    int64_t code;

    if (!party_region(sql, owner, &code, err) || (!code && !party_region(sql, actor->party, &code, err)))
        return false;
    *home = place_of(code ? code : scope_of(actor));
    return true;
}

bool place_settle(struct sql *sql, const struct kind *kind, int64_t owner, const struct actor *actor, struct slice *typed,
                  struct err *err)
{
    const struct tree *divisions = tree_get("division");
    const struct tree_node *home;
    int field = kind_field(kind, "region");
    struct tree_meant meant;

    if (field < 0 || !typed[field].at)
        return true;
    tree_mean(divisions, typed[field], NULL, &meant);
    if (!meant.count)
        return true;
    if (!place_home(sql, owner, actor, &home, err))
        return false;
    tree_mean(divisions, typed[field], home, &meant);
    if (meant.node)
        typed[field] = slice_of(meant.node->code);
    return true;
}
