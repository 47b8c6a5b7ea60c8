/* Letters about deals between two who were introduced in a case that does not name them (跳单). */
#include "work/deal_int.h"
#include "work/notify_int.h"
#include "work/talent.h"

enum { CASES_MOST = 20 };

static bool case_told(const struct telling *telling, int64_t id, struct err *err)
{
    struct telling apart = {.round = telling->round, .leaf = telling->leaf, .object = id};
    struct note note = {.sort = "bypass"};
    bool passed;

    if (!record_get(apart.round->sql, &kind_case_work, id, &apart.round->arena, &apart.deal, err)
        || !case_passed(apart.round->sql, apart.round->law, &apart.deal, (int64_t)telling->leaf->index, &passed, err))
        return false;
    if (!passed)
        return true;
    note.about = arena_print(&apart.round->arena, "case_work.%.*s", (int)matter_text(&apart.deal, MATTER_STATE).len, matter_text(&apart.deal, MATTER_STATE).at);
    for (size_t i = 0; i < sort_case_work.side_count; i++)
        if (!side_told(&apart, &note, &sort_case_work.sides[i], err))
            return false;
    return scope_told(&apart, &note, err);
}

/* A deal says with whom it is in the version that names another buyer than the one before. */
static bool deal_passes(const struct telling *telling, struct err *err)
{
    const struct leaf *leaf = telling->leaf;
    int64_t cases[CASES_MOST];
    struct record deal, before = {0};
    size_t count;

    if (!record_version(telling->round->sql, &kind_deal, leaf->object, leaf->version, &telling->round->arena, &deal, err)
        || (leaf->version > 1
            && !record_version(telling->round->sql, &kind_deal, leaf->object, (int64_t)leaf->version - 1, &telling->round->arena, &before, err)))
        return false;
    if (slice_same(paper_text(&deal, DEAL_BUYER), paper_text(&before, DEAL_BUYER))
        && paper_number(&deal, DEAL_BUYER_PARTY) == paper_number(&before, DEAL_BUYER_PARTY))
        return true;
    if (!case_of_deal(telling->round->sql, leaf->object, cases, CASES_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!case_told(telling, cases[i], err))
            return false;
    return true;
}

/* An introduction that was confirmed, or a case that was signed, may be late: the deal is there already. */
static bool matter_passed(const struct telling *telling, struct err *err)
{
    const struct leaf *leaf = telling->leaf;
    bool introduction = strcmp(leaf->kind, kind_introduction.name) == 0, moved;
    struct telling apart = {.round = telling->round, .leaf = leaf};

    if (!record_version(apart.round->sql, introduction ? &kind_introduction : &kind_case_work, leaf->object, leaf->version, &apart.round->arena,
                        &apart.deal, err)
        || !matter_moved(&apart, &moved, err))
        return false;
    if (!moved || !slice_is(matter_text(&apart.deal, MATTER_STATE), introduction ? "confirmed" : "signed"))
        return true;
    return case_told(telling, introduction ? matter_number(&apart.deal, INTRODUCTION_CASE) : leaf->object, err);
}

/* Told before what the leaf means otherwise, of which everybody reads on his desk: it says one thing to a person. */
bool passing_told(const struct telling *telling, struct err *err)
{
    const struct leaf *leaf = telling->leaf;

    if (strcmp(leaf->kind, kind_deal.name) == 0)
        return deal_passes(telling, err);
    return (strcmp(leaf->kind, kind_introduction.name) != 0 && strcmp(leaf->kind, kind_case_work.name) != 0) || matter_passed(telling, err);
}
