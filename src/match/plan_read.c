#include <stdlib.h>

#include "match/plan.h"
#include "match/score.h"

_Static_assert(RUNS == 3, "run_at");
enum { KNOWN_TF = 32 };

void plan_lists_release(struct plan_lists *lists)
{
    for (unsigned l = 0; l < LEVELS; l++)
        free(lists->entries[l]);
    free(lists->spare);
    memset(lists, 0, sizeof *lists);
}

/* How far the entries ascend from `from` on. */
static uint32_t stretch_end(const struct entry *entries, uint32_t from, uint32_t count)
{
    uint32_t end = from + 1;

    while (end < count && entries[end - 1].term <= entries[end].term)
        end++;
    return end;
}

/* Entries of one run that come from several runs of a source: as many stretches, each ascending, are merged one into the other. */
static void merge_stretches(struct entry *entries, uint32_t count, struct entry *spare)
{
    uint32_t middle = count ? stretch_end(entries, 0, count) : 0;

    for (uint32_t end; middle < count; middle = end) {
        uint32_t left = middle, right, to;

        end = to = stretch_end(entries, middle, count);
        right = end - middle;
        memcpy(spare, entries + middle, right * sizeof *entries);
        while (right)
            entries[--to] = left && entries[left - 1].term > spare[right - 1].term ? entries[--left] : spare[--right];
    }
}

static unsigned run_at(const struct plan *plan, uint32_t term)
{
    return (term >= plan->run_ends[0]) + (term >= plan->run_ends[1]);
}

static void sort_entries(const struct plan *plan, struct plan_lists *lists, struct entry *entries, uint32_t count)
{
    uint32_t place[RUNS + 1] = {0};

    if (count > lists->spare_room) {
        lists->spare_room = count * 2;
        lists->spare = realloc(lists->spare, (size_t)lists->spare_room * sizeof(struct entry));
        if (!lists->spare)
            abort();
    }
    memcpy(lists->spare, entries, count * sizeof *entries);
    for (uint32_t i = 0; i < count; i++)
        place[run_at(plan, entries[i].term) + 1]++;
    for (unsigned run = 0; run < RUNS; run++)
        place[run + 1] += place[run];
    for (uint32_t i = 0; i < count; i++)
        entries[place[run_at(plan, lists->spare[i].term)]++] = lists->spare[i];
    for (unsigned run = 0; run < RUNS; run++) /* each place is now its run's end */
        merge_stretches(entries + (run ? place[run - 1] : 0), place[run] - (run ? place[run - 1] : 0), lists->spare);
}

static struct entry *room_for(struct plan_lists *lists, unsigned level, uint32_t count)
{
    if (count > lists->room[level]) {
        lists->room[level] = count * 2;
        lists->entries[level] = realloc(lists->entries[level], (size_t)lists->room[level] * sizeof(struct entry));
        if (!lists->entries[level])
            abort();
    }
    return lists->entries[level];
}

static void read_gist(const struct plan_doc *doc, unsigned level, struct plan_lists *lists)
{
    const struct gist_level *from = &doc->gist->levels[level];
    struct entry *to = room_for(lists, level, from->count);

    for (uint32_t i = 0; i < from->count; i++)
        to[i] = (struct entry){doc->numbers[level][i], from->terms[i].tf, from->terms[i].class_, 0};
    lists->count[level] = from->count;
    lists->length[level] = from->length;
}

static void read_source(const struct plan *plan, const struct plan_doc *doc, unsigned level, struct plan_lists *lists)
{
    const struct plan_source *source = &plan->sources[doc->source];
    struct list list = segment_list(source->segment, level, doc->doc);
    struct entry *to = room_for(lists, level, (uint32_t)(list.end - list.at));
    uint32_t term = 0, last = 0, count = 0;
    bool ascends = true;

    while (list.at < list.end) {
        struct entry *entry = &to[count++];

        list.at = list_next(list.at, &term, &entry->tf, &entry->class_);
        entry->term = source->terms[term];
        ascends &= entry->term >= last;
        last = entry->term;
    }
    if (!ascends)
        sort_entries(plan, lists, to, count);
    lists->count[level] = count;
    lists->length[level] = list.length;
}

/* The rise of each entry of a hidden level over the levels below it. All lists ascend by term. */
static void bake_hidden(struct plan_lists *lists, unsigned level, const float norm[LEVELS])
{
    uint32_t at[LEVELS] = {0};

    for (uint32_t i = 0; i < lists->count[level]; i++) {
        struct entry *entry = &lists->entries[level][i];
        unsigned tf[LEVELS] = {0}, total[LEVELS];

        for (unsigned l = 0; l < level; l++) {
            while (at[l] < lists->count[l] && lists->entries[l][at[l]].term < entry->term)
                at[l]++;
            if (at[l] < lists->count[l] && lists->entries[l][at[l]].term == entry->term)
                tf[l] = lists->entries[l][at[l]].tf;
        }
        tf[level] = entry->tf;
        score_nest(tf, norm, total);
        entry->impact = (uint8_t)(total[level] - total[level - 1]);
    }
}

/* Most frequencies are few: each of those is worked out once a document. */
static void bake_public(struct plan_lists *lists, float norm)
{
    uint8_t known[KNOWN_TF] = {0};

    for (uint32_t i = 0; i < lists->count[0]; i++) {
        struct entry *entry = &lists->entries[0][i];
        uint8_t tf = entry->tf;

        if (tf >= KNOWN_TF) {
            entry->impact = (uint8_t)score_impact(tf, norm);
            continue;
        }
        if (known[tf] == 0)
            known[tf] = (uint8_t)score_impact(tf, norm);
        entry->impact = known[tf];
    }
}

static void bake(struct plan_lists *lists, float pivot)
{
    float norm[LEVELS];

    score_norms(lists->length, pivot, norm);
    bake_public(lists, norm[0]);
    for (unsigned l = 1; l < LEVELS; l++)
        if (lists->count[l])
            bake_hidden(lists, l, norm);
}

void plan_read(const struct plan *plan, const struct plan_doc *doc, struct plan_lists *lists)
{
    for (unsigned l = 0; l < LEVELS; l++) {
        if (doc->gist)
            read_gist(doc, l, lists);
        else
            read_source(plan, doc, l, lists);
    }
    bake(lists, plan->pivots[doc->kind]);
}
