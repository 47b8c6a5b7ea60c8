/* Every processor's version of the inner loops gives the plain one's answer; and sorting. */
#include "kit.h"

#include "match/kernel.h"
#include "match/sort.h"

enum { DOCS = 8192 };

static uint8_t impacts[DOCS];
static uint16_t offsets[DOCS];
static uint32_t sums[2][DOCS + 32];
static const size_t counts[] = {0, 1, 3, 7, 16, 31, 100, 1000, DOCS - 1, DOCS};

static void make_input(void)
{
    uint64_t seed = 17;

    for (size_t i = 0; i < DOCS; i++) {
        impacts[i] = (uint8_t)kit_below(&seed, 256);
        offsets[i] = (uint16_t)i;
    }
    for (size_t i = DOCS - 1; i; i--) {
        size_t j = kit_below(&seed, (unsigned)i);
        uint16_t other = offsets[j];

        offsets[j] = offsets[i];
        offsets[i] = other;
    }
    memset(sums, 0, sizeof sums);
}

/* Gaps of 0 to 255 as far as the sums reach. */
static void compare_gaps(const struct kernel *plain, const struct kernel *other, size_t count)
{
    static uint8_t pairs[2 * DOCS];
    static uint32_t wanted[DOCS + 32];
    uint64_t seed = count;
    size_t at = 0, n = 0;

    memcpy(wanted, sums[0], sizeof wanted);
    for (uint8_t gap; n < count && at + (gap = (uint8_t)kit_below(&seed, count < 100 ? 256 : 8)) < DOCS; n++) {
        at += gap;
        pairs[2 * n] = gap;
        pairs[2 * n + 1] = impacts[n];
        wanted[at] += 7777 * (uint32_t)impacts[n];
    }
    plain->add_gaps(sums[0], pairs, n, 7777);
    other->add_gaps(sums[1], pairs, n, 7777);
    assert_memory_equal(sums[0], wanted, sizeof wanted);
    assert_memory_equal(sums[1], wanted, sizeof wanted);
}

static void compare_all(const struct kernel *kernel, size_t count, uint32_t least)
{
    static uint16_t out[DOCS];
    size_t found = kernel->all_at_least(out, sums[0], count, least), n = 0;

    for (size_t i = 0; i < count; i++)
        if (sums[0][i] >= least)
            assert_true(n < found && out[n++] == i);
    assert_int_equal(n, found);
}

static void compare(const struct kernel *plain, const struct kernel *other, size_t count)
{
    make_input();
    plain->add_dense(sums[0], impacts, count, 12345);
    other->add_dense(sums[1], impacts, count, 12345);
    plain->add_sparse(sums[0], offsets, impacts, count, 4000000);
    other->add_sparse(sums[1], offsets, impacts, count, 4000000);
    assert_memory_equal(sums[0], sums[1], sizeof sums[0]);
    compare_gaps(plain, other, count);
    assert_int_equal(plain->count_nonzero(sums[0], count), other->count_nonzero(sums[1], count));
    for (uint32_t least = 1; least < 1100000000; least = least * 3 + 1)
        for (size_t from = 0; from < count; from += 1 + count / 7) {
            size_t found = plain->next_at_least(sums[0], count, from, least);

            assert_int_equal(found, other->next_at_least(sums[1], count, from, least));
            for (size_t i = from; i < found; i++)
                assert_true(sums[0][i] < least);
            assert_true(found == count || sums[0][found] >= least);
        }
    for (uint32_t least = 1; least < 1100000000; least = least * 3 + 1)
        compare_all(other, count, least);
}

static void all_processors_agree(void **state)
{
    const struct kernel *const *all = kernel_all();

    (void)state;
    for (size_t k = 0; all[k]; k++)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            compare(all[0], all[k], counts[c]);
}

/* --- vectors --- */

enum { ROWS = 37, DIMS_MOST = 512 };

static void fill(uint8_t *rows, int8_t *query, size_t dims, unsigned extreme)
{
    static const uint8_t row_ends[] = {0, 255, 0, 255}, query_ends[] = {128, 127, 127, 128};
    uint64_t seed = dims;

    for (size_t i = 0; i < ROWS * dims; i++)
        rows[i] = extreme < 4 ? row_ends[extreme] : (uint8_t)kit_below(&seed, 256);
    for (size_t d = 0; d < dims; d++)
        query[d] = (int8_t)(extreme < 4 ? query_ends[extreme] : kit_below(&seed, 256));
}

static void all_dots_are_the_sum(void **state)
{
    static uint8_t rows[ROWS * DIMS_MOST];
    static int8_t query[DIMS_MOST];
    const struct kernel *const *all = kernel_all();
    int32_t out[ROWS];

    (void)state;
    for (size_t dims = 64; dims <= DIMS_MOST; dims += 64)
        for (unsigned extreme = 0; extreme < 6; extreme++) {
            fill(rows, query, dims, extreme);
            for (size_t k = 0; all[k]; k++) {
                all[k]->dots(out, rows, ROWS, query, dots_off(query, dims), dims);
                for (size_t r = 0; r < ROWS; r++) {
                    int64_t sum = 0;

                    for (size_t d = 0; d < dims; d++)
                        sum += (int64_t)(rows[r * dims + d] - 128) * query[d];
                    assert_int_equal(out[r], sum);
                }
            }
        }
}

/* Not merely near: a model is the same whoever learned it. */
static void all_scaled_sums_have_the_same_bits(void **state)
{
    const struct kernel *const *all = kernel_all();
    float from[600], into[600], wanted[600];
    uint64_t seed = 5;

    (void)state;
    for (size_t count = 0; count <= 600; count += 1 + count / 3)
        for (size_t k = 0; all[k]; k++) {
            volatile float product; /* rounded by itself */

            for (size_t i = 0; i < count; i++) {
                from[i] = (float)(kit_random(&seed) % 1000003) / 7001;
                into[i] = (float)(kit_random(&seed) % 1000003) / 90001;
                product = 0.1234567F * from[i];
                wanted[i] = into[i] + product;
            }
            all[k]->add_scaled(into, from, 0.1234567F, count);
            assert_memory_equal(into, wanted, count * sizeof *into);
        }
}

static void all_mixed_scores_have_the_same_bits(void **state)
{
    enum { COUNT = 301 };
    const struct kernel *const *all = kernel_all();
    float scales[COUNT], plain[COUNT], scores[COUNT];
    uint32_t word_sums[COUNT];
    int32_t dots[COUNT];
    uint64_t seed = 11;

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        word_sums[i] = (uint32_t)kit_random(&seed) >> kit_below(&seed, 32);
        dots[i] = (int32_t)kit_below(&seed, 1 << 22) - (1 << 21);
        scales[i] = i % 7 ? 1 / (float)(1 + kit_below(&seed, 4000)) : 0;
    }
    for (size_t i = 0; i < COUNT; i++) {
        float likeness = (float)dots[i] * scales[i];
        volatile float words = 2.3e-8F * (float)word_sums[i], meaning = 0.07F * (likeness > 0 ? likeness : 0);

        plain[i] = words + meaning;
    }
    for (size_t k = 0; all[k]; k++) {
        all[k]->mix(scores, word_sums, dots, scales, COUNT, 2.3e-8F, 0.07F);
        assert_memory_equal(scores, plain, sizeof plain);
    }
}

static bool holds(const struct kernel_range *range, uint32_t from, uint32_t to)
{
    return to == 0 ? range->unsaid : to >= range->low && from <= range->low + range->span;
}

static void all_keep_what_lies_in_the_range(void **state)
{
    enum { COUNT = 301 };
    static const struct kernel_range regions[] = {{620000, 9999, false}, {620100, 99, true}, {620102, 0, true}, {610000, 9999, false}},
                                     spans[] = {{3, 252, true}, {0, 4, false}, {4, 2, true}, {9, 0, false}};
    const struct kernel *const *all = kernel_all();
    uint32_t region[COUNT], before[COUNT], kept[COUNT];
    uint8_t from[COUNT], to[COUNT];
    uint64_t seed = 13;

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        region[i] = kit_below(&seed, 5) ? 610000 + kit_below(&seed, 3) * 10000 + kit_below(&seed, 3) * 100 + kit_below(&seed, 4) : 0;
        to[i] = (uint8_t)kit_below(&seed, 10);
        from[i] = (uint8_t)(to[i] ? 1 + kit_below(&seed, to[i]) : 0);
        before[i] = kit_below(&seed, 3) ? 1 + kit_below(&seed, UINT32_MAX - 1) : 0;
    }
    for (size_t r = 0; r < sizeof regions / sizeof *regions; r++)
        for (size_t k = 0; all[k]; k++) {
            memcpy(kept, before, sizeof kept);
            all[k]->keep_regions(kept, region, COUNT, &regions[r]);
            for (size_t i = 0; i < COUNT; i++)
                assert_int_equal(kept[i], holds(&regions[r], region[i], region[i]) ? before[i] : 0);
            memcpy(kept, before, sizeof kept);
            all[k]->keep_spans(kept, from, to, COUNT, &spans[r]);
            for (size_t i = 0; i < COUNT; i++)
                assert_int_equal(kept[i], holds(&spans[r], from[i], to[i]) ? before[i] : 0);
        }
}

/* --- sorting --- */

/* Keys as terms have them; few; with one upper half; all the same. */
static uint64_t key_of(uint64_t *seed, unsigned sort)
{
    static const uint64_t masks[] = {UINT64_MAX, UINT64_C(0xf) << 60, 0xffffffff, 0};

    return kit_random(seed) & masks[sort];
}

static void items_are_sorted_and_those_alike_keep_their_order(void **state)
{
    struct arena arena;
    uint64_t seed = 9;

    (void)state;
    arena_init(&arena);
    for (size_t count = 0; count < 3000; count += 1 + count / 2)
        for (unsigned sort = 0; sort < 4; sort++) {
            struct sort_item *items = arena_alloc(&arena, (count + 1) * sizeof *items);

            for (size_t i = 0; i < count; i++)
                items[i] = (struct sort_item){key_of(&seed, sort), (uint32_t)i};
            sort_items(items, count, &arena);
            for (size_t i = 1; i < count; i++)
                assert_true(items[i - 1].key < items[i].key
                            || (items[i - 1].key == items[i].key && items[i - 1].value < items[i].value));
        }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_processors_agree),
        cmocka_unit_test(all_dots_are_the_sum),
        cmocka_unit_test(all_scaled_sums_have_the_same_bits),
        cmocka_unit_test(all_mixed_scores_have_the_same_bits),
        cmocka_unit_test(all_keep_what_lies_in_the_range),
        cmocka_unit_test(items_are_sorted_and_those_alike_keep_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
