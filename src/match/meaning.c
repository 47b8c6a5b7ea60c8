#include "match/meaning.h"

#include <stdlib.h>

#include "match/kernel.h"
#include "match/score.h"

/* Of so many half occurrences in a query, as a text's would be. */
static float weight_of(const struct query_term *term)
{
    return blend_weight(4 * term->in_title + 2 * term->in_text) * (term->sort == TOKEN_NUMBER ? QUERY_NUMBER_SHARE : 1);
}

static int heaviest_first(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a < b) - (a > b);
}

/* A mean length counts half occurrences (gist.h), twice as much again in titles: a quarter of it is about how many words there are. */
static void limits(struct meaning *meaning, const struct match_snapshot *snapshot, const struct query *query, struct arena *arena)
{
    uint32_t *weights = arena_alloc(arena, ((size_t)query->count + 1) * sizeof *weights);

    for (uint32_t t = 0; t < query->count; t++)
        weights[t] = query->terms[t].weight;
    qsort(weights, query->count, sizeof *weights, heaviest_first);
    for (unsigned k = 0; k < MATCH_KINDS; k++) {
        int64_t docs = snapshot->kind_docs[k], words = docs > 0 ? snapshot->kind_length[k] / docs / 4 : 0;
        uint64_t sum = 0;

        for (int64_t t = 0; t < words && t < query->count; t++)
            sum += weights[t];
        meaning->most[k] = query->whole ? 100 * MEANING_SHARE * (float)sum / (float)query->whole : 0;
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

void meaning_ready(struct meaning *meaning, const struct match_snapshot *snapshot, const struct query *query, struct arena *arena)
{
    uint8_t vector[MODEL_DIMS_MOST];
    struct blend blend;

    meaning->is_on = false;
    if (!snapshot->has_meaning)
        return;
    blend_start(&blend, snapshot->model);
    meaning->dims = snapshot->model->head->dims;
    meaning->ingredients = arena_alloc(arena, ((size_t)query->count + 1) * sizeof *meaning->ingredients);
    meaning->directions = arena_alloc(arena, ((size_t)query->count + 1) * meaning->dims);
    for (uint32_t t = 0; t < query->count; t++) {
        uint32_t number = model_term(snapshot->model, query->terms[t].term);
        float weight = weight_of(&query->terms[t]);

        if (number == MODEL_NONE)
            continue;
        blend_add(&blend, number, weight);
        add_ingredient(meaning, snapshot->model, t, number, weight);
    }
    meaning->scale = blend_end(&blend, vector);
    meaning->is_on = meaning->scale > 0;
    if (!meaning->is_on)
        return;
    limits(meaning, snapshot, query, arena);
    for (unsigned d = 0; d < meaning->dims; d++)
        meaning->query[d] = (int8_t)(vector[d] - 128);
    meaning->off = dots_off(meaning->query, meaning->dims);
}
