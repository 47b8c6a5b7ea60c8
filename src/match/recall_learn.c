/*
 * The pulls: (K + lambda / judgements) pull = missed, by conjugate gradients (Hestenes & Stiefel 1952), each pair's equation
 * brought to the same size first. K is kept whole, so that a step is a pass over it; about thirty steps do.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/kernel.h"
#include "match/recall.h"

enum { STEPS_MOST = 100 };
#define LAMBDA 0.35F   /* what one judgement is off by itself, in squared levels, against what a kernel of 1 stands for */
#define LEFT_OVER 1e-4 /* of what there was to explain: done */

struct recall_lesson {
    const struct recall *recall;
    const struct kernel *kernel;
    size_t count;
    float *likeness; /* count x count */
    float *lambda;   /* a pair */
    float *left, *step, *moved;
};

static void *room(size_t count, size_t size)
{
    void *at = calloc(count + 1, size);

    if (!at)
        abort();
    return at;
}

/* Of each with each; rows of `count`. */
static float *likenesses(const struct recall_vector *vectors, size_t count, uint32_t terms)
{
    float *all = room(count * count, sizeof *all), *row = room(terms, sizeof *row);

    for (size_t i = 0; i < count; i++) {
        for (uint32_t t = 0; t < vectors[i].count; t++)
            row[vectors[i].numbers[t]] = vectors[i].weights[t];
        for (size_t j = 0; j <= i; j++)
            all[i * count + j] = all[j * count + i] = recall_dot(&vectors[j], row);
        for (uint32_t t = 0; t < vectors[i].count; t++)
            row[vectors[i].numbers[t]] = 0;
    }
    free(row);
    return all;
}

struct recall_lesson *recall_lesson(const struct recall *recall, const double *judgements)
{
    struct recall_lesson *lesson = room(1, sizeof *lesson);
    float *queries = likenesses(recall->queries, recall->query_count, recall->term_count);
    float *docs = likenesses(recall->docs, recall->doc_count, recall->term_count);
    size_t n = recall->pair_count;

    *lesson = (struct recall_lesson){.recall = recall, .kernel = kernel_best(), .count = n,
                                     .likeness = room(n * n, sizeof(float)), .lambda = room(n, sizeof(float)),
                                     .left = room(n, sizeof(float)), .step = room(n, sizeof(float)),
                                     .moved = room(n, sizeof(float))};
    for (size_t i = 0; i < n; i++) {
        const struct recall_pair *one = &recall->pairs[i];

        lesson->lambda[i] = LAMBDA / (float)judgements[i];
        for (size_t j = 0; j < n; j++) {
            float s = queries[one->query * recall->query_count + recall->pairs[j].query];

            lesson->likeness[i * n + j] = RECALL_STRICT * s * s * s * s + RECALL_NEAR * s
                                          + RECALL_BOTH * s * docs[one->doc * recall->doc_count + recall->pairs[j].doc];
        }
    }
    free(queries);
    free(docs);
    return lesson;
}

void recall_lesson_end(struct recall_lesson *lesson)
{
    if (!lesson)
        return;
    free(lesson->likeness);
    free(lesson->lambda);
    free(lesson->left);
    free(lesson->step);
    free(lesson->moved);
    free(lesson);
}

/* out = K x pulls, for all pairs. */
static void speak(const struct recall_lesson *lesson, const float *pulls, float *out)
{
    memset(out, 0, lesson->count * sizeof *out);
    for (size_t i = 0; i < lesson->count; i++)
        if (pulls[i] < 0 || pulls[i] > 0)
            lesson->kernel->add_scaled(out, lesson->likeness + i * lesson->count, pulls[i], lesson->count);
}

/* A pair's own equation weighs as much as any other's. */
static double size_of(const struct recall_lesson *lesson, size_t i)
{
    return (double)(lesson->likeness[i * lesson->count + i] + lesson->lambda[i]);
}

static double worth_of(const struct recall_lesson *lesson)
{
    double worth = 0;

    for (size_t i = 0; i < lesson->count; i++)
        worth += (double)lesson->left[i] * (double)lesson->left[i] / size_of(lesson, i);
    return worth;
}

/* One step along lesson->step; returns what is left to explain. */
static double go(struct recall_lesson *lesson, const bool *in, float *pulls, double worth)
{
    double bend = 0, far;

    speak(lesson, lesson->step, lesson->moved);
    for (size_t i = 0; i < lesson->count; i++) {
        lesson->moved[i] = in[i] ? lesson->moved[i] + lesson->lambda[i] * lesson->step[i] : 0;
        bend += (double)lesson->moved[i] * (double)lesson->step[i];
    }
    far = bend > 0 ? worth / bend : 0;
    for (size_t i = 0; i < lesson->count; i++) {
        pulls[i] += (float)(far * (double)lesson->step[i]);
        lesson->left[i] -= (float)(far * (double)lesson->moved[i]);
    }
    return worth_of(lesson);
}

void recall_learn(struct recall_lesson *lesson, const bool *in, const double *missed, float *pulls, float *said)
{
    double worth, first;

    memset(pulls, 0, lesson->count * sizeof *pulls);
    for (size_t i = 0; i < lesson->count; i++) {
        lesson->left[i] = in[i] ? (float)missed[i] : 0;
        lesson->step[i] = (float)((double)lesson->left[i] / size_of(lesson, i));
    }
    first = worth = worth_of(lesson);
    for (int step = 0; step < STEPS_MOST && worth > first * LEFT_OVER * LEFT_OVER; step++) {
        double next = go(lesson, in, pulls, worth);

        for (size_t i = 0; i < lesson->count; i++)
            lesson->step[i] = (float)((double)lesson->left[i] / size_of(lesson, i) + next / worth * (double)lesson->step[i]);
        worth = next;
    }
    speak(lesson, pulls, said);
}
