#include <limits.h>

#include "match/filter.h"
#include "match/hit.h"

static struct match_check *add(struct match_hit *hit, enum match_check_kind kind, int64_t wanted, int64_t has)
{
    struct match_check *check = &hit->checks[hit->check_count++];

    *check = (struct match_check){.kind = kind, .state = MATCH_OPEN, .wanted = wanted, .has = has};
    return check;
}

/* A code or a set of bits as one side of a check. */
static int64_t said(uint32_t value)
{
    return value ? (int64_t)value : -1;
}

static enum match_state met_if(bool met)
{
    return met ? MATCH_MET : MATCH_BROKEN;
}

/* --- fields --- */

static bool same_tree(struct match_str a, struct match_str b)
{
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

/* Length of the path that both lie under, in whole steps; *steps: how many. */
static size_t shared_path(struct match_str a, struct match_str b, unsigned *steps)
{
    size_t shared = 0, i = 0;

    *steps = 0;
    for (;; i++) {
        bool a_ends = i == a.len || a.at[i] == '/', b_ends = i == b.len || b.at[i] == '/';

        if (a_ends && b_ends && i > shared) {
            shared = i;
            ++*steps;
        }
        if (i == a.len || i == b.len || a.at[i] != b.at[i])
            return shared;
    }
}

struct shared {
    struct match_code code; /* the asker's, cut to what is shared */
    unsigned steps;
    bool one_tree;
};

static void compare_codes(struct match_code wanted, struct match_code has, struct shared *best)
{
    unsigned steps;
    size_t len;

    if (!same_tree(wanted.tree, has.tree))
        return;
    best->one_tree = true;
    len = shared_path(wanted.path, has.path, &steps);
    if (steps > best->steps)
        *best = (struct shared){{wanted.tree, {wanted.path.at, len}}, steps, true};
}

static struct match_str copy(struct match_str str, struct arena *memory)
{
    return (struct match_str){arena_text(memory, (struct slice){str.at ? str.at : "", str.len}), str.len};
}

static void check_field(const struct match_ask *ask, const struct segment *segment, const struct doc_row *row,
                        struct match_hit *hit, struct arena *memory)
{
    struct shared best = {0};
    struct match_check *check;

    if (ask->code_count == 0 && row->code_count == 0)
        return;
    for (size_t a = 0; a < ask->code_count; a++)
        for (unsigned c = 0; c < row->code_count; c++)
            compare_codes(ask->codes[a], segment_code(segment, segment->doc_codes[row->codes + c]), &best);
    check = add(hit, MATCH_CHECK_FIELD, ask->code_count ? 1 : -1, row->code_count ? 1 : -1);
    if (best.one_tree)
        check->state = best.steps >= 2 ? MATCH_MET : best.steps == 1 ? MATCH_OPEN : MATCH_BROKEN;
    check->tree = copy(best.code.tree, memory);
    check->code = copy(best.code.path, memory);
}

/* --- the others --- */

static void check_trl(const struct match_ask *ask, const struct doc_row *row, struct match_hit *hit)
{
    int has = row->trl_to > row->trl_from ? row->trl_to : row->trl_from;
    struct match_check *check;

    if (!ask->trl_least && !has)
        return;
    check = add(hit, MATCH_CHECK_TRL, ask->trl_least ? ask->trl_least : -1, has ? has : -1);
    if (ask->trl_least && has)
        check->state = met_if(has >= ask->trl_least);
}

static void check_time(const struct match_ask *ask, const struct doc_row *row, struct match_hit *hit)
{
    struct match_check *check;

    if (ask->due == INT32_MIN && row->day == INT32_MIN)
        return;
    check = add(hit, MATCH_CHECK_TIME, ask->due, row->day);
    if (ask->due != INT32_MIN && row->day != INT32_MIN)
        check->state = met_if(row->day >= ask->due);
}

static void check_budget(const struct match_ask *ask, const struct doc_row *row, struct match_hit *hit)
{
    struct match_check *check;

    if (ask->budget < 0 && row->amount < 0)
        return;
    check = add(hit, MATCH_CHECK_BUDGET, ask->budget, row->amount);
    check->pays = row->pays;
    if (ask->budget >= 0 && row->amount >= 0)
        check->state = met_if(row->pays ? row->amount >= ask->budget : row->amount <= ask->budget);
}

static bool same_city(uint32_t a, uint32_t b)
{
    return a % 10000 && a / 100 == b / 100;
}

static void check_region(const struct match_ask *ask, const struct doc_row *row, struct match_hit *hit)
{
    struct match_check *check;

    if (!ask->region && !row->region)
        return;
    check = add(hit, MATCH_CHECK_REGION, said(ask->region), said(row->region));
    if (ask->region && row->region)
        check->state = met_if(region_contains(ask->region, row->region) || region_contains(row->region, ask->region)
                              || same_city(ask->region, row->region));
}

static void check_ways(const struct match_ask *ask, const struct doc_row *row, struct match_hit *hit)
{
    struct match_check *check;

    if (!ask->ways && !row->ways)
        return;
    check = add(hit, MATCH_CHECK_WAYS, said(ask->ways), said(row->ways));
    if (ask->ways && row->ways)
        check->state = met_if(ask->ways & row->ways);
}

void checks_fill(const struct match_ask *ask, const struct segment *segment, const struct doc_row *row,
                 struct match_hit *hit, struct arena *memory)
{
    check_field(ask, segment, row, hit, memory);
    check_trl(ask, row, hit);
    check_time(ask, row, hit);
    check_budget(ask, row, hit);
    check_region(ask, row, hit);
    check_ways(ask, row, hit);
}
