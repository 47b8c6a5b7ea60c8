#include <stdlib.h>

#include "match/plan.h"
#include "match/score.h"

void plan_lists_release(struct plan_lists *lists)
{
    for (unsigned l = 0; l < LEVELS; l++)
        free(lists->entries[l]);
    memset(lists, 0, sizeof *lists);
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
    uint32_t term = 0, count = 0;

    while (list.at < list.end) {
        struct entry *entry = &to[count++];

        list.at = list_next(list.at, &term, &entry->tf, &entry->class_);
        entry->term = source->terms[term];
    }
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

static void bake(struct plan_lists *lists, float pivot)
{
    float norm[LEVELS];

    score_norms(lists->length, pivot, norm);
    for (uint32_t i = 0; i < lists->count[0]; i++)
        lists->entries[0][i].impact = (uint8_t)score_impact(lists->entries[0][i].tf, norm[0]);
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
