#include "match/kernel.h"

#include <stdbool.h>

#define INLINE static inline __attribute__((always_inline))

INLINE void sparse_body(uint32_t *sums, const uint16_t *offsets, const uint8_t *impacts, size_t count, uint32_t weight)
{
    size_t i = 0;

    for (; i + 4 <= count; i += 4) {
        uint32_t a = weight * impacts[i], b = weight * impacts[i + 1];
        uint32_t c = weight * impacts[i + 2], d = weight * impacts[i + 3];

        sums[offsets[i]] += a;
        sums[offsets[i + 1]] += b;
        sums[offsets[i + 2]] += c;
        sums[offsets[i + 3]] += d;
    }
    for (; i < count; i++)
        sums[offsets[i]] += weight * impacts[i];
}

INLINE void dense_body(uint32_t *restrict sums, const uint8_t *restrict impacts, size_t count, uint32_t weight)
{
    for (size_t i = 0; i < count; i++)
        sums[i] += weight * impacts[i];
}

INLINE size_t count_body(const uint32_t *sums, size_t count)
{
    uint32_t nonzero = 0;

    for (size_t i = 0; i < count; i++)
        nonzero += sums[i] != 0;
    return nonzero;
}

INLINE size_t next_body(const uint32_t *sums, size_t count, size_t from, uint32_t least)
{
    size_t i = from;

    for (; i < count && i % 16; i++)
        if (sums[i] >= least)
            return i;
    for (; i < count; i += 16) {
        uint32_t any = 0;

        for (size_t j = 0; j < 16; j++)
            any |= (uint32_t)(sums[i + j] >= least);
        for (size_t j = i; any && j < count && j < i + 16; j++)
            if (sums[j] >= least)
                return j;
    }
    return count;
}

#define KERNEL(suffix, target)                                                                                        \
    target static void sparse_##suffix(uint32_t *sums, const uint16_t *offsets, const uint8_t *impacts, size_t count, \
                                       uint32_t weight)                                                               \
    {                                                                                                                 \
        sparse_body(sums, offsets, impacts, count, weight);                                                           \
    }                                                                                                                 \
    target static void dense_##suffix(uint32_t *sums, const uint8_t *impacts, size_t count, uint32_t weight)          \
    {                                                                                                                 \
        dense_body(sums, impacts, count, weight);                                                                     \
    }                                                                                                                 \
    target static size_t count_##suffix(const uint32_t *sums, size_t count)                                           \
    {                                                                                                                 \
        return count_body(sums, count);                                                                               \
    }                                                                                                                 \
    target static size_t next_##suffix(const uint32_t *sums, size_t count, size_t from, uint32_t least)               \
    {                                                                                                                 \
        return next_body(sums, count, from, least);                                                                   \
    }                                                                                                                 \
    static const struct kernel kernel_##suffix = {#suffix, sparse_##suffix, dense_##suffix, count_##suffix,           \
                                                  next_##suffix};

KERNEL(plain, )
#if defined(__x86_64__)
KERNEL(avx2, __attribute__((target("avx2"))))
KERNEL(avx512, __attribute__((target("avx512f,avx512bw"))))
#endif

const struct kernel *const *kernel_all(void)
{
#if defined(__x86_64__)
    static const struct kernel *const all[3][4] = {
        {&kernel_plain, NULL},
        {&kernel_plain, &kernel_avx2, NULL},
        {&kernel_plain, &kernel_avx2, &kernel_avx512, NULL},
    };

    if (!__builtin_cpu_supports("avx2"))
        return all[0];
    return all[__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") ? 2 : 1];
#else
    static const struct kernel *const all[] = {&kernel_plain, NULL};

    return all;
#endif
}

const struct kernel *kernel_best(void)
{
    const struct kernel *const *all = kernel_all();

    while (all[1])
        all++;
    return *all;
}
