#include "match/reach.h"

#include <stdlib.h>

enum { SEES_SIGNED_IN = 1, SEES_NDA = 2, SEES_OWN = 3 };

static int by_doc(const void *left, const void *right)
{
    const struct reach_doc *a = left, *b = right;

    if (a->doc != b->doc)
        return a->doc < b->doc ? -1 : 1;
    return a->level > b->level ? -1 : a->level < b->level;
}

static uint32_t first_of(const struct segment *segment, int64_t owner)
{
    uint32_t low = 0, high = segment->secret_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (segment->secrets[middle].owner < owner)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void take_own(struct reach *reach, int64_t party, const struct segment *segment, uint32_t first)
{
    for (uint32_t s = first; s < segment->secret_count && segment->secrets[s].owner == party; s++)
        reach->docs[reach->count++] = (struct reach_doc){segment->secrets[s].doc, SEES_OWN};
}

static void take_granted(struct reach *reach, const struct match_asker *asker, const struct segment *segment)
{
    for (size_t g = 0; g < asker->granted_count; g++) {
        uint32_t doc = segment_doc(segment, asker->granted[g]);

        if (doc != NO_DOC)
            reach->docs[reach->count++] = (struct reach_doc){doc, SEES_NDA};
    }
}

/* A document that is owned and granted stands once, as owned. */
static void unite(struct reach *reach)
{
    size_t kept = 0;

    if (reach->count)
        qsort(reach->docs, reach->count, sizeof *reach->docs, by_doc);
    for (size_t i = 0; i < reach->count; i++)
        if (kept == 0 || reach->docs[kept - 1].doc != reach->docs[i].doc)
            reach->docs[kept++] = reach->docs[i];
    reach->count = kept;
}

void reach_ready(struct reach *reach, const struct match_asker *asker, const struct segment *segment,
                 struct arena *arena)
{
    bool signed_in = (asker->levels & MATCH_SIGNED_IN) || asker->party > 0 || asker->granted_count;
    uint32_t first = first_of(segment, asker->party), own = 0;
    size_t granted = segment->secret_count ? asker->granted_count : 0;

    *reach = (struct reach){.base = signed_in ? SEES_SIGNED_IN : 0};
#ifdef TQ_TEETH_MATCH_LEVEL
    reach->base = SEES_OWN;
#endif
    if (asker->sees_all) {
        reach->base = SEES_OWN;
        return;
    }
    for (uint32_t s = first; asker->party > 0 && s < segment->secret_count; s++, own++)
        if (segment->secrets[s].owner != asker->party)
            break;
    if (own + granted == 0)
        return;
    reach->docs = arena_alloc(arena, (own + granted) * sizeof *reach->docs);
    if (own)
        take_own(reach, asker->party, segment, first);
    if (granted)
        take_granted(reach, asker, segment);
    unite(reach);
}

unsigned reach_of(const struct reach *reach, uint32_t doc)
{
    size_t low = 0, high = reach->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (reach->docs[middle].doc < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low < reach->count && reach->docs[low].doc == doc ? reach->docs[low].level : reach->base;
}
