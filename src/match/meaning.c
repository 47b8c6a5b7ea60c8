#include "match/meaning.h"

#include <stdlib.h>

#include "match/kernel.h"
#include "match/score.h"

static int heaviest_first(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a < b) - (a > b);
}

/* A mean length counts half occurrences (gist.h), twice as much again in titles: a quarter of it is about how many words there are. */
static void take_reach(struct meaning *meaning, const struct match_snapshot *snapshot, const struct query *query, struct arena *arena)
{
    uint32_t *weights = arena_alloc(arena, ((size_t)query->count + 1) * sizeof *weights);

    for (uint32_t t = 0; t < query->count; t++)
        weights[t] = term_is_own(&query->terms[t]) ? query->terms[t].weight : 0;
    qsort(weights, query->count, sizeof *weights, heaviest_first);
    for (unsigned k = 0; k < MATCH_KINDS; k++) {
        int64_t docs = snapshot->kind_docs[k], words = docs > 0 ? snapshot->kind_length[k] / docs / 4 : 0;
        uint64_t sum = 0;

        for (int64_t t = 0; t < words && t < query->count; t++)
            sum += weights[t];
        meaning->reach[k] = query->whole ? (float)sum / (float)query->whole : 0;
    }
}

static void add_ingredient(struct meaning *meaning, const struct model *model, uint32_t term, uint32_t number, float weight)
{
    const int8_t *numbers = model->numbers + (size_t)number * meaning->dims;
    uint8_t *to = meaning->directions + (size_t)meaning->count * meaning->dims;

    for (unsigned d = 0; d < meaning->dims; d++)
        to[d] = (uint8_t)(numbers[d] + 128);
    meaning->ingredients[meaning->count++] = (struct ingredient){term, weight * model->factors[number]};
}

/* The directions of the query's own terms, or of its translations', added up. */
static void blend_terms(struct meaning *meaning, const struct model *model, const struct query *query, bool own, struct blend *blend)
{
    blend_start(blend, model);
    for (uint32_t t = 0; t < query->count; t++) {
        const struct query_term *term = &query->terms[t];
        uint32_t number;

        if (term_is_own(term) != own || term->said <= 0 || (number = model_term(model, term->term)) == MODEL_NONE)
            continue;
        blend_add(blend, number, term->said);
        add_ingredient(meaning, model, t, number, term->said);
    }
}

/*
 * The translations beside the query's own words, made as long as these: a document in the query's language is as like it as it
 * was, and one in the other language as like it as it is to the translation. *longer: how much the sum is longer than one of them.
 */
static void blend_translated(struct meaning *meaning, const struct model *model, const struct query *query, struct blend *blend,
                             float *longer)
{
    struct blend other;
    float own = blend_length(blend), factor;

    *longer = 1;
    blend_terms(meaning, model, query, false, &other);
    factor = blend_length(&other);
    if (factor <= 0)
        return;
    factor = own > 0 ? own / factor : 1;
    for (unsigned d = 0; d < meaning->dims; d++)
        blend->sums[d] += factor * other.sums[d];
    if (own > 0)
        *longer = blend_length(blend) / own;
}

void meaning_ready(struct meaning *meaning, const struct match_snapshot *snapshot, const struct query *query, struct arena *arena)
{
    uint8_t vector[MODEL_DIMS_MOST];
    struct blend blend;
    float longer = 1;

    meaning->is_on = false;
    if (snapshot->has_meaning || snapshot->outside)
        take_reach(meaning, snapshot, query, arena);
    if (!snapshot->has_meaning)
        return;
    meaning->dims = snapshot->model->head->dims;
    meaning->ingredients = arena_alloc(arena, ((size_t)query->count + 1) * sizeof *meaning->ingredients);
    meaning->directions = arena_alloc(arena, ((size_t)query->count + 1) * meaning->dims);
    blend_terms(meaning, snapshot->model, query, true, &blend);
    if (query->own < query->count)
        blend_translated(meaning, snapshot->model, query, &blend, &longer);
    meaning->scale = blend_end(&blend, vector) * longer;
    meaning->is_on = meaning->scale > 0;
    if (!meaning->is_on)
        return;
    for (unsigned k = 0; k < MATCH_KINDS; k++)
        meaning->most[k] = 100 * MEANING_SHARE * meaning->reach[k];
    for (unsigned d = 0; d < meaning->dims; d++)
        meaning->query[d] = (int8_t)(vector[d] - 128);
    meaning->off = dots_off(meaning->query, meaning->dims);
}
