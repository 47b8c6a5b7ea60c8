#include "match/words.h"

#include "match/score.h"

void words_init(struct words *words, const struct query *query, struct arena *arena)
{
    *words = (struct words){
        .impact = arena_zero(arena, query->count + 1, 1),
        .class_ = arena_zero(arena, query->count + 1, 1),
        .tf = arena_zero(arena, LEVELS * ((size_t)query->count + 1), 1),
        .held = arena_alloc(arena, ((size_t)query->count + 1) * sizeof *words->held),
    };
}

static void forget(struct words *words, uint32_t terms)
{
    for (uint32_t h = 0; h < words->held_count; h++) {
        uint32_t t = words->held[h];

        words->impact[t] = words->class_[t] = 0;
        for (size_t l = 0; l < LEVELS; l++)
            words->tf[l * terms + t] = 0;
    }
    words->held_count = 0;
    words->sum = 0;
}

/* Those first held at this level, in the order of the query's terms, whatever their numbers in the segment. */
static void order_held(struct words *words, uint32_t terms, uint32_t before, unsigned level)
{
    for (uint32_t t = 0; t < terms && before < words->held_count; t++)
        if (words->impact[t] == level + 1)
            words->held[before++] = t;
}

/* Both sides ascend by the segment's numbers. */
static void read_level(struct words *words, uint32_t terms, const struct lookup *lookup, struct list list,
                       unsigned level)
{
    uint32_t i = 0, term = 0, before = words->held_count;
    uint8_t *tfs = words->tf + (size_t)level * terms;

    while (list.at < list.end) {
        const uint8_t *more;

        list.at = list_pass(list.at, &term, &more);
        if (!(lookup->sieve[term % LOOKUP_SIEVE / 64] >> term % 64 & 1))
            continue;
        while (i < lookup->count && lookup->numbers[i] < term)
            i++;
        if (i == lookup->count)
            break;
        if (lookup->numbers[i] == term) {
            uint32_t t = lookup->terms[i];

            if (words->impact[t] == 0) {
                words->held_count++;
                words->impact[t] = (uint8_t)(level + 1);
            }
            list_more(more, &tfs[t], &words->class_[t]);
        }
    }
    order_held(words, terms, before, level);
}

static void weigh_public(struct words *words, const struct query *query, float norm)
{
    for (uint32_t h = 0; h < words->held_count; h++) {
        uint32_t t = words->held[h];

        words->impact[t] = (uint8_t)score_impact(words->tf[t], norm);
        words->sum += (uint64_t)query->terms[t].weight * words->impact[t];
    }
}

static void weigh_nested(struct words *words, const struct query *query, const float norm[LEVELS], unsigned level)
{
    for (uint32_t h = 0; h < words->held_count; h++) {
        uint32_t t = words->held[h];
        unsigned tf[LEVELS], total[LEVELS];

        for (size_t l = 0; l < LEVELS; l++)
            tf[l] = words->tf[l * query->count + t];
        score_nest(tf, norm, total);
        words->impact[t] = (uint8_t)total[level];
        words->sum += (uint64_t)query->terms[t].weight * total[level];
    }
}

void words_read(struct words *words, const struct query *query, const struct lookup *lookup,
                const struct segment *segment, uint32_t doc, unsigned level, float pivot)
{
    uint32_t length[LEVELS] = {0};
    float norm[LEVELS];

    forget(words, query->count);
    for (unsigned l = 0; l <= level; l++) {
        struct list list = segment_list(segment, l, doc);

        length[l] = list.length;
        read_level(words, query->count, lookup, list, l);
    }
    score_norms(length, pivot, norm);
    if (level == 0)
        weigh_public(words, query, norm[0]);
    else
        weigh_nested(words, query, norm, level);
}
