/* What the files of learning share: see learn.c. */
#ifndef TQ_MATCH_LEARN_INT_H
#define TQ_MATCH_LEARN_INT_H

#include "match/match.h"
#include "match/model.h"

enum { LEARN_DF_LEAST = 3, LEARN_THREADS_MOST = 16 };

struct weight {
    uint32_t term; /* its number in the vocabulary */
    float weight;
};

struct row { /* a document: its weights, of length 1 */
    size_t from, to;
};

struct known { /* a term of the vocabulary */
    uint64_t term;
    uint32_t df;
    float idf;
};

struct learning {
    const struct match_snapshot *snapshot;
    const struct match_learn *how;
    unsigned dims, threads;
    size_t documents; /* at most so many are learned from */
    struct known *vocabulary; /* ascending by term */
    uint32_t terms;
    struct weight *weights;
    struct row *rows; /* ascending by the document's id, so that they do not depend on the parts of the index */
    size_t row_count, weight_count, weight_room;
    float *directions; /* terms x dims */
    float *sums;       /* terms x dims */
    uint64_t mark;     /* learn_mark */
};

/* Bytes of the directions. */
static inline uint64_t learn_size(const struct learning *learning)
{
    return (uint64_t)learning->terms * learning->dims * sizeof(float);
}

/* Zeroed memory; there is no going on without. */
void *learn_room(size_t count, size_t size);

/* The vocabulary and the documents' weights, from the snapshot. */
void learn_read(struct learning *learning);

/* A number for all that learning depends on: two that begin with the same end with the same model. */
uint64_t learn_mark(const struct learning *learning);

/* The fixed beginning. */
void learn_begin(struct learning *learning);

/* One round: brings the directions nearer to those that explain most. */
void learn_round(struct learning *learning);

#endif
