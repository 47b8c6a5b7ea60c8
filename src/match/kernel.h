/*
 * The inner loops: adding one term's block to the window's sums, counting and finding sums, comparing vectors. Whole
 * numbers, or sums in one order, so each processor's version gives the same answer; the fastest that this machine has is
 * chosen once.
 */
#ifndef TQ_MATCH_KERNEL_H
#define TQ_MATCH_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kernel_range { /* from low, span more */
    uint32_t low, span;
    bool unsaid; /* 0 may be, too */
};

struct kernel {
    const char *name;
    /* sums[offsets[i]] += weight * impacts[i] */
    void (*add_sparse)(uint32_t *sums, const uint16_t *offsets, const uint8_t *impacts, size_t count, uint32_t weight);
    /* pairs of gap and impact: at each sums[gap added up] += weight * impact */
    void (*add_gaps)(uint32_t *sums, const uint8_t *pairs, size_t count, uint32_t weight);
    /* sums[i] += weight * impacts[i] */
    void (*add_dense)(uint32_t *sums, const uint8_t *impacts, size_t count, uint32_t weight);
    size_t (*count_nonzero)(const uint32_t *sums, size_t count);
    /* out[i] = sum over d of (rows[i * dims + d] - 128) * query[d]; dims a multiple of 64; off: dots_off(query, dims) */
    void (*dots)(int32_t *out, const uint8_t *rows, size_t count, const int8_t *query, int32_t off, size_t dims);
    /* sums[i] += factor * from[i], the product rounded before it is added */
    void (*add_scaled)(float *sums, const float *from, float factor, size_t count);
    /* scores[i] = a * sums[i] + b * max(dots[i] * scales[i], 0), each step rounded to single precision */
    void (*mix)(float *scores, const uint32_t *sums, const int32_t *dots, const float *scales, size_t count, float a, float b);
    /* The next i >= from with sums[i] >= least, or count. least > 0; sums are readable to the next multiple of 16. */
    size_t (*next_at_least)(const uint32_t *sums, size_t count, size_t from, uint32_t least);
    /* All of them at once, for where there are many: out has room for count, at most 2^16; returns how many. least > 0. */
    size_t (*all_at_least)(uint16_t *out, const uint32_t *sums, size_t count, uint32_t least);
    /* sums[i] = 0 unless range holds regions[i] */
    void (*keep_regions)(uint32_t *sums, const uint32_t *regions, size_t count, const struct kernel_range *range);
    /* sums[i] = 0 unless to[i] >= low and from[i] <= low + span, or to[i] is 0 and may be */
    void (*keep_spans)(uint32_t *sums, const uint8_t *from, const uint8_t *to, size_t count, const struct kernel_range *range);
};

/* 128 x the sum of the query's numbers, which `dots` takes off again: rows hold 128 more than they mean. */
int32_t dots_off(const int8_t *query, size_t dims);

const struct kernel *kernel_best(void);
/* All that run here, the fastest first, plain last, ended by NULL: for the test that they agree. */
const struct kernel *const *kernel_all(void);

#endif
