/* The commission by the contract, and what of a receipt was paid for technology, to the fen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "work/talent_int.h"

static int64_t commission(const char *basis, int64_t rate, int64_t amount, const char *payer, int64_t deal_amount)
{
    struct record matter = {.kind = &kind_case_work};
    struct err err;
    int64_t fen = -1;

    matter_set_text(&matter, CASE_BASIS, slice_of(basis));
    matter_set_text(&matter, CASE_PAYER, slice_of(payer));
    matter_set_number(&matter, CASE_RATE, rate);
    matter_set_number(&matter, CASE_AMOUNT, amount);
    matter_set_number(&matter, CASE_DEAL_AMOUNT, deal_amount);
    assert_true(case_commission(NULL, &matter, &fen, &err)); /* no receipts are asked for: nothing is read */
    return fen;
}

static void a_commission_is_rounded_once_half_up(void **state)
{
    (void)state;
    assert_int_equal(commission("contract", 300, 0, "client", 160000000), 4800000);
    assert_int_equal(commission("contract", 300, 0, "client", 10050), 302); /* 3.015 yuan */
    assert_int_equal(commission("contract", 300, 0, "both", 10050), 151);     /* 1.5075 yuan */
    assert_int_equal(commission("contract", 100, 0, "client", 49), 0);
    assert_int_equal(commission("contract", 100, 0, "client", 50), 1);
    assert_int_equal(commission("fixed", 0, 1000001, "client", 0), 1000001);
    assert_int_equal(commission("fixed", 0, 1000001, "both", 0), 500001);
    assert_int_equal(commission("contract", 10000, 0, "client", INT64_C(100000000000000000)), INT64_C(100000000000000000));
}

/* However a sum comes in, the technical parts add up to that of the whole, and none is negative. */
static void technical_parts_sum_to_the_fen(void **state)
{
    unsigned seed = 94;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        int64_t amount = 1 + rand_r(&seed) % 1000000, technical = rand_r(&seed) % (amount + 1), sum = 0, before = 0, parts = 0;

        for (int i = 0; i < 12; i++) {
            int64_t part;

            sum += 1 + rand_r(&seed) % 100000;
            part = talent_technical(sum, technical, amount) - before;
            assert_true(part >= 0);
            before += part;
            parts += part;
        }
        assert_int_equal(parts, talent_technical(sum, technical, amount));
        assert_true((__int128)parts * amount <= (__int128)sum * technical && (__int128)(parts + 1) * amount > (__int128)sum * technical);
    }
    assert_int_equal(talent_technical(100, 50, 0), 0);
    assert_int_equal(talent_technical(100, 200, 100), 0); /* a contract that contradicts itself pays nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commission_is_rounded_once_half_up),
        cmocka_unit_test(technical_parts_sum_to_the_fen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
