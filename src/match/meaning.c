#include "match/meaning.h"

#include "match/score.h"

float meaning_weight(const struct query_term *term)
{
    return blend_weight(4 * term->in_title + 2 * term->in_text) * (term->sort == TOKEN_NUMBER ? QUERY_NUMBER_SHARE : 1);
}

void meaning_ready(struct meaning *meaning, const struct match_snapshot *snapshot, const struct query *query)
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
    for (unsigned d = 0; d < meaning->dims; d++)
        meaning->query[d] = (int8_t)(vector[d] - 128);
}
