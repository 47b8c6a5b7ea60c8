#include "match/meaning.h"

#include <stdlib.h>

#include "match/score.h"

float meaning_weight(const struct query_term *term)
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

void meaning_ready(struct meaning *meaning, const struct match_snapshot *snapshot, const struct query *query, struct arena *arena)
{
    uint8_t vector[MODEL_DIMS_MOST];
    struct blend blend;

    meaning->is_on = false;
    if (!snapshot->has_meaning)
        return;
    blend_start(&blend, snapshot->model);
    for (uint32_t t = 0; t < query->count; t++) {
        uint32_t number = model_term(snapshot->model, query->terms[t].term);

        if (number != MODEL_NONE)
            blend_add(&blend, number, meaning_weight(&query->terms[t]));
    }
    meaning->dims = snapshot->model->head->dims;
    meaning->scale = blend_end(&blend, vector);
    meaning->is_on = meaning->scale > 0;
    limits(meaning, snapshot, query, arena);
    for (unsigned d = 0; d < meaning->dims; d++)
        meaning->query[d] = (int8_t)(vector[d] - 128);
}
