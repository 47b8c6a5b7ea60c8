/* Every processor's version of the inner loops gives the plain one's answer. */
#include "kit.h"

#include "match/kernel.h"

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

static void compare(const struct kernel *plain, const struct kernel *other, size_t count)
{
    make_input();
    plain->add_dense(sums[0], impacts, count, 12345);
    other->add_dense(sums[1], impacts, count, 12345);
    plain->add_sparse(sums[0], offsets, impacts, count, 4000000);
    other->add_sparse(sums[1], offsets, impacts, count, 4000000);
    assert_memory_equal(sums[0], sums[1], sizeof sums[0]);
    assert_int_equal(plain->count_nonzero(sums[0], count), other->count_nonzero(sums[1], count));
    for (uint32_t least = 1; least < 1100000000; least = least * 3 + 1)
        for (size_t from = 0; from < count; from += 1 + count / 7) {
            size_t found = plain->next_at_least(sums[0], count, from, least);

            assert_int_equal(found, other->next_at_least(sums[1], count, from, least));
            for (size_t i = from; i < found; i++)
                assert_true(sums[0][i] < least);
            assert_true(found == count || sums[0][found] >= least);
        }
}

static void all_processors_agree(void **state)
{
    const struct kernel *const *all = kernel_all();

    (void)state;
    for (size_t k = 0; all[k]; k++)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            compare(all[0], all[k], counts[c]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_processors_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
