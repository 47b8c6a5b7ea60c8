/*
 * A dense model: a direction for each term of a vocabulary, learned from an index's own documents (learn.c). A text's
 * vector is the sum of its terms' directions, each by idf x (1 + ln occurrences), brought to length 1 (latent semantic
 * analysis: Deerwester et al., JASIS 41, 1990). It is kept as whole numbers of 8 bits with one scale, so that comparing
 * two texts is an exact sum, the same on every processor.
 *
 * A model file:
 *
 *   struct model_head           64 bytes
 *   terms      u64 a term       ascending
 *   factors    f32 a term       idf x the scale of its numbers
 *   numbers    i8 x dims a term
 *
 * each part padded to 64 bytes, all under one checksum, which is also the model's id: a segment names the model that made
 * its vectors.
 */
#ifndef TQ_MATCH_MODEL_H
#define TQ_MATCH_MODEL_H

#include <stdatomic.h>

#include "match/match.h"

enum { MODEL_VERSION = 1, MODEL_DIMS_MOST = 512, MODEL_DIMS_STEP = 64 };

struct model_head {
    char magic[8];
    uint64_t sum;  /* of all that follows */
    uint32_t version, dims, terms, none;
    uint64_t documents; /* learned from */
    int64_t when;       /* as who learned it said, 0: not said */
    uint8_t rest[16];
};
_Static_assert(sizeof(struct model_head) == 64, "a line of the cache");

struct model {
    atomic_uint holders;
    uint8_t *base;
    size_t size;
    const struct model_head *head;
    const uint64_t *terms;
    const float *factors;
    const int8_t *numbers;
};

/* Maps folder/name and verifies all of it. NULL with MATCH_CORRUPT: cut, altered, or of another version. */
struct model *model_map(int folder, const char *name, struct match_err *err);
struct model *model_hold(struct model *model); /* NULL stays NULL */
void model_let_go(struct model *model);

/* 0: no model. */
static inline uint64_t model_id(const struct model *model)
{
    return model ? model->head->sum : 0;
}

static inline unsigned model_dims(const struct model *model)
{
    return model ? model->head->dims : 0;
}

/* The term's number in the model, or MODEL_NONE. */
#define MODEL_NONE UINT32_MAX
uint32_t model_term(const struct model *model, uint64_t term);

/* A text's vector in the making. */
struct blend {
    const struct model *model;
    float sums[MODEL_DIMS_MOST];
};

void blend_start(struct blend *blend, const struct model *model);

/* weight: 1 + ln(occurrences), or what stands for it; idf is the model's. */
void blend_add(struct blend *blend, uint32_t number, float weight);

float blend_length(const struct blend *blend);

/* dims numbers, each + 128, and the scale that brings them to length 1; 0: the text has no known term. */
float blend_end(const struct blend *blend, uint8_t *vector);

/* The weight of a term with so many half occurrences. */
float blend_weight(unsigned half_occurrences);

#endif
