/*
 * How near the comparison of vectors comes to what the memory gives.
 *
 *   match_dense [documents] [rounds]
 *
 * In turns, one thread: reading an array of documents x 128 bytes with the widest loads there are, and comparing every document
 * of it with a query. Gigabytes a second, the median of the rounds, and the median of the rounds' ratios. Each kernel that runs here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "match/kernel.h"

enum { DIMS = 128, AT_ONCE = 256, ROUNDS_MOST = 101, WIDE = 64 };

typedef uint64_t wide __attribute__((vector_size(WIDE)));

static volatile uint64_t kept; /* so that no work is left out */

#if defined(__x86_64__)
__attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#endif
static uint64_t read_all(const uint8_t *rows, size_t bytes)
{
    const wide *at = (const wide *)(const void *)rows, *end = at + bytes / WIDE;
    wide sums[4] = {{0}};
    uint64_t sum = 0;

    for (; at < end; at += 4) /* four apart, so that no add waits for the one before */
        for (int i = 0; i < 4; i++)
            sums[i] += at[i];
    for (int i = 0; i < 4; i++)
        for (size_t w = 0; w < WIDE / sizeof(uint64_t); w++)
            sum += sums[i][w];
    return sum;
}

static void compare_all(const struct kernel *kernel, const uint8_t *rows, size_t documents, const int8_t *query)
{
    int32_t dots[AT_ONCE], off = dots_off(query, DIMS);

    for (size_t first = 0; first < documents; first += AT_ONCE) {
        kernel->dots(dots, rows + first * DIMS, documents - first < AT_ONCE ? documents - first : AT_ONCE, query, off, DIMS);
        kept += (uint64_t)dots[0];
    }
}

static void measure(const struct kernel *kernel, const uint8_t *rows, size_t documents, const int8_t *query, size_t rounds)
{
    double reads[ROUNDS_MOST], compares[ROUNDS_MOST], ratios[ROUNDS_MOST], bytes = (double)documents * DIMS;

    for (size_t r = 0; r < rounds; r++) {
        double start = bench_seconds(CLOCK_THREAD_CPUTIME_ID), middle;

        kept += read_all(rows, documents * DIMS);
        middle = bench_seconds(CLOCK_THREAD_CPUTIME_ID);
        compare_all(kernel, rows, documents, query);
        reads[r] = bytes / (middle - start) / 1e9;
        compares[r] = bytes / (bench_seconds(CLOCK_THREAD_CPUTIME_ID) - middle) / 1e9;
        ratios[r] = compares[r] / reads[r];
    }
    printf("%-8s %zu documents: read %.1f GB/s, compared %.1f GB/s, %.0f %% of it\n", kernel->name, documents,
           bench_quantile(reads, rounds, 0.5), bench_quantile(compares, rounds, 0.5), 100 * bench_quantile(ratios, rounds, 0.5));
}

int main(int argc, char **argv)
{
    size_t documents = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000, rounds = argc > 2 ? strtoull(argv[2], NULL, 10) : 21;
    int8_t query[DIMS];
    uint8_t *rows;

    if (documents % AT_ONCE)
        documents += AT_ONCE - documents % AT_ONCE;
    if (rounds < 1 || rounds > ROUNDS_MOST || !(rows = aligned_alloc(WIDE, documents * DIMS))) {
        fprintf(stderr, "usage: match_dense [documents] [rounds, at most %d]\n", ROUNDS_MOST);
        return 2;
    }
    for (size_t i = 0; i < documents * DIMS; i++)
        rows[i] = (uint8_t)(i * 2654435761U >> 24);
    for (int d = 0; d < DIMS; d++)
        query[d] = (int8_t)(d * 37);
    for (const struct kernel *const *kernel = kernel_all(); *kernel; kernel++)
        measure(*kernel, rows, documents, query, rounds);
    free(rows);
    return 0;
}
