#include "match/kernel.h"

#include <stdbool.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

enum { DENSE_AHEAD = 4096 };

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

INLINE void gaps_body(uint32_t *sums, const uint8_t *pairs, size_t count, uint32_t weight)
{
    const uint8_t *end = pairs + 2 * count;

    for (; end - pairs >= 8; pairs += 8) {
        uint32_t a = weight * pairs[1], b = weight * pairs[3], c = weight * pairs[5], d = weight * pairs[7];

        *(sums += pairs[0]) += a;
        *(sums += pairs[2]) += b;
        *(sums += pairs[4]) += c;
        *(sums += pairs[6]) += d;
    }
    for (; pairs < end; pairs += 2)
        *(sums += pairs[0]) += weight * pairs[1];
}

INLINE void dense_body(uint32_t *restrict sums, const uint8_t *restrict impacts, size_t count, uint32_t weight)
{
    size_t i = 0;

    for (; i + 64 <= count; i += 64) {
        __builtin_prefetch(impacts + i + DENSE_AHEAD);
        for (size_t j = i; j < i + 64; j++)
            sums[j] += weight * impacts[j];
    }
    for (; i < count; i++)
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

INLINE size_t all_body(uint16_t *out, const uint32_t *sums, size_t count, uint32_t least)
{
    size_t found = 0, i = 0;

    for (; i + 16 <= count; i += 16) {
        uint32_t any = 0;

        for (size_t j = 0; j < 16; j++)
            any |= (uint32_t)(sums[i + j] >= least);
        for (size_t j = i; any && j < i + 16; j++) {
            out[found] = (uint16_t)j; /* at most j: there is room */
            found += sums[j] >= least;
        }
    }
    for (; i < count; i++) {
        out[found] = (uint16_t)i;
        found += sums[i] >= least;
    }
    return found;
}

INLINE void regions_body(uint32_t *restrict sums, const uint32_t *restrict regions, size_t count, struct kernel_range range)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t lies = regions[i] - range.low <= range.span, unsaid = (regions[i] == 0) & range.unsaid;

        sums[i] &= -(lies | unsaid);
    }
}

INLINE void spans_body(uint32_t *restrict sums, const uint8_t *restrict from, const uint8_t *restrict to, size_t count,
                       struct kernel_range range)
{
    uint8_t most = (uint8_t)(range.low + range.span);

    for (size_t i = 0; i < count; i++) {
        uint8_t lies = (to[i] >= (uint8_t)range.low) & (from[i] <= most) & (to[i] != 0), unsaid = (to[i] == 0) & range.unsaid;

        sums[i] &= -(uint32_t)(lies | unsaid);
    }
}

INLINE void scaled_body(float *sums, const float *from, float factor, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sums[i] += factor * from[i];
}

INLINE void mix_body(float *restrict scores, const uint32_t *restrict sums, const int32_t *restrict dots,
                     const float *restrict scales, size_t count, float a, float b)
{
    for (size_t i = 0; i < count; i++) {
        float likeness = (float)dots[i] * scales[i];

        scores[i] = a * (float)sums[i] + b * (likeness > 0 ? likeness : 0);
    }
}

/* --- vectors: rows hold 128 more than they mean, which the sum of the query takes off again --- */

int32_t dots_off(const int8_t *query, size_t dims)
{
    int32_t sum = 0;

    for (size_t d = 0; d < dims; d++)
        sum += query[d];
    return 128 * sum;
}

static void dots_plain(int32_t *out, const uint8_t *rows, size_t count, const int8_t *query, int32_t off, size_t dims)
{
    for (size_t i = 0; i < count; i++, rows += dims) {
        int32_t sum = 0;

        for (size_t d = 0; d < dims; d++)
            sum += rows[d] * query[d];
        out[i] = sum - off;
    }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void dots_avx2(int32_t *out, const uint8_t *rows, size_t count,
                                                      const int8_t *query, int32_t off, size_t dims)
{
    for (size_t i = 0; i < count; i++, rows += dims) {
        __m256i sum = _mm256_setzero_si256();
        __m128i half;

        for (size_t d = 0; d < dims; d += 16) {
            __m256i row = _mm256_cvtepu8_epi16(_mm_loadu_si128((const void *)(rows + d)));
            __m256i ask = _mm256_cvtepi8_epi16(_mm_loadu_si128((const void *)(query + d)));

            sum = _mm256_add_epi32(sum, _mm256_madd_epi16(row, ask));
        }
        half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
        half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4e));
        half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xb1));
        out[i] = _mm_cvtsi128_si32(half) - off;
    }
}

__attribute__((target("avx512f,avx512bw"))) static void dots_avx512(int32_t *out, const uint8_t *rows, size_t count,
                                                                    const int8_t *query, int32_t off, size_t dims)
{
    for (size_t i = 0; i < count; i++, rows += dims) {
        __m512i sum = _mm512_setzero_si512();

        for (size_t d = 0; d < dims; d += 32) {
            __m512i row = _mm512_cvtepu8_epi16(_mm256_loadu_si256((const void *)(rows + d)));
            __m512i ask = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const void *)(query + d)));

            sum = _mm512_add_epi32(sum, _mm512_madd_epi16(row, ask));
        }
        out[i] = _mm512_reduce_add_epi32(sum) - off;
    }
}

__attribute__((target("avx512f,avx512bw,avx512vnni"))) static void
dots_vnni(int32_t *out, const uint8_t *rows, size_t count, const int8_t *query, int32_t off, size_t dims)
{
    for (size_t i = 0; i < count; i++, rows += dims) {
        __m512i sum = _mm512_setzero_si512();

        for (size_t d = 0; d < dims; d += 64)
            sum = _mm512_dpbusd_epi32(sum, _mm512_loadu_si512(rows + d), _mm512_loadu_si512(query + d));
        out[i] = _mm512_reduce_add_epi32(sum) - off;
    }
}
#elif defined(__ARM_NEON)
static void dots_neon(int32_t *out, const uint8_t *rows, size_t count, const int8_t *query, int32_t off, size_t dims)
{
    const int8x16_t middle = vdupq_n_s8(-128);

    (void)off; /* rows are brought to what they mean */
    for (size_t i = 0; i < count; i++, rows += dims) {
        int32x4_t sum = vdupq_n_s32(0);

        for (size_t d = 0; d < dims; d += 16) {
            int8x16_t row = veorq_s8(vreinterpretq_s8_u8(vld1q_u8(rows + d)), middle), ask = vld1q_s8(query + d);

            sum = vpadalq_s16(sum, vmull_s8(vget_low_s8(row), vget_low_s8(ask)));
            sum = vpadalq_s16(sum, vmull_s8(vget_high_s8(row), vget_high_s8(ask)));
        }
        out[i] = vaddvq_s32(sum);
    }
}
#endif

#define KERNEL(suffix, target, dots)                                                                                  \
    target static void sparse_##suffix(uint32_t *sums, const uint16_t *offsets, const uint8_t *impacts, size_t count, \
                                       uint32_t weight)                                                               \
    {                                                                                                                 \
        sparse_body(sums, offsets, impacts, count, weight);                                                           \
    }                                                                                                                 \
    target static void gaps_##suffix(uint32_t *sums, const uint8_t *pairs, size_t count, uint32_t weight)             \
    {                                                                                                                 \
        gaps_body(sums, pairs, count, weight);                                                                        \
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
    target static size_t all_##suffix(uint16_t *out, const uint32_t *sums, size_t count, uint32_t least)              \
    {                                                                                                                 \
        return all_body(out, sums, count, least);                                                                     \
    }                                                                                                                 \
    target static void regions_##suffix(uint32_t *sums, const uint32_t *regions, size_t count, const struct kernel_range *range) \
    {                                                                                                                  \
        regions_body(sums, regions, count, *range);                                                                    \
    }                                                                                                                  \
    target static void spans_##suffix(uint32_t *sums, const uint8_t *from, const uint8_t *to, size_t count,           \
                                      const struct kernel_range *range)                                               \
    {                                                                                                                  \
        spans_body(sums, from, to, count, *range);                                                                     \
    }                                                                                                                  \
    target static void scaled_##suffix(float *sums, const float *from, float factor, size_t count)                    \
    {                                                                                                                 \
        scaled_body(sums, from, factor, count);                                                                       \
    }                                                                                                                 \
    target static void mix_##suffix(float *scores, const uint32_t *sums, const int32_t *dots, const float *scales,    \
                                    size_t count, float a, float b)                                                   \
    {                                                                                                                 \
        mix_body(scores, sums, dots, scales, count, a, b);                                                            \
    }                                                                                                                 \
    static const struct kernel kernel_##suffix = {#suffix, sparse_##suffix, gaps_##suffix, dense_##suffix, count_##suffix, \
                                                  dots, scaled_##suffix, mix_##suffix, next_##suffix, all_##suffix,              \
                                                  regions_##suffix, spans_##suffix};

KERNEL(plain, , dots_plain)
#if defined(__x86_64__)
KERNEL(avx2, __attribute__((target("avx2"))), dots_avx2)
KERNEL(avx512, __attribute__((target("avx512f,avx512bw"))), dots_avx512)
KERNEL(vnni, __attribute__((target("avx512f,avx512bw,avx512vnni"))), dots_vnni)
#elif defined(__ARM_NEON)
KERNEL(neon, , dots_neon)
#endif

const struct kernel *const *kernel_all(void)
{
#if defined(__x86_64__)
    static const struct kernel *const all[] = {&kernel_vnni, &kernel_avx512, &kernel_avx2, &kernel_plain, NULL};

    if (!__builtin_cpu_supports("avx2"))
        return all + 3;
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw"))
        return all + 2;
    return all + !__builtin_cpu_supports("avx512vnni");
#elif defined(__ARM_NEON)
    static const struct kernel *const all[] = {&kernel_neon, &kernel_plain, NULL};

    return all;
#else
    static const struct kernel *const all[] = {&kernel_plain, NULL};

    return all;
#endif
}

const struct kernel *kernel_best(void)
{
    return kernel_all()[0];
}
