/* The arithmetic of public money: an account's sums, its breaker and room, shares of a loss, conversion into shares, what is attributed. */
#include "../base/cases.h"

#include "base/clock.h"
#include "base/money.h"
#include "work/lineage.h"
#include "work/pool.h"
#include "work/stake.h"

#define WAN INT64_C(1000000) /* 10,000 yuan in fen */

static struct record pool_of(int64_t leverage, int64_t breaker, const char *of)
{
    struct record pool = {.kind = &kind_pool};

    matter_set_number(&pool, POOL_LEVERAGE, leverage);
    matter_set_number(&pool, POOL_BREAKER, breaker);
    matter_set_text(&pool, POOL_BREAKER_OF, slice_of(of));
    return pool;
}

/* --- the account --- */

static void a_breaker_is_reached_at_its_line_and_not_a_fen_before(void **state)
{
    static const struct {
        int64_t covered, compensated, reserved, line;
        bool reached;
        int64_t room;
    } cases[] = {
        {10000 * WAN, 600 * WAN, 0, 600, true, 0},
        {10000 * WAN, 600 * WAN - 1, 0, 600, false, 1},
        {10000 * WAN, 500 * WAN, 100 * WAN, 600, true, 0},
        {10000 * WAN, 0, 600 * WAN - 1, 600, false, 1},
        {10001, 600, 0, 600, false, 0}, /* the line is 600.06: 600 is below it, and no whole fen more fits */
        {0, 0, 0, 600, false, 0},       /* nothing compensated is never too much */
        {0, 1, 0, 600, true, 0},
        {MONEY_MAX, 1, 0, 10000, false, MONEY_MAX - 1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct record pool = pool_of(10, cases[i].line, "covered");
        struct pool_sums sums = {{[POOL_COVERED] = cases[i].covered, [POOL_COMPENSATED] = cases[i].compensated, [POOL_RESERVED] = cases[i].reserved}};

        assert_int_equal(pool_breaker_reached(&pool, &sums), cases[i].reached);
        assert_true(pool_breaker_room(&pool, &sums) == cases[i].room);
    }
}

static void what_was_paid_in_is_a_base_that_compensation_does_not_lower(void **state)
{
    struct record pool = pool_of(10, 2000, "paid");
    struct pool_sums sums = {{[POOL_PAID_IN] = 1000, [POOL_RETURNED] = 100, [POOL_COMPENSATED] = 179}};

    (void)state;
    assert_true(pool_breaker_base(&pool, &sums) == 900);
    assert_false(pool_breaker_reached(&pool, &sums));
    sums.of[POOL_RESERVED] = 1;
    assert_true(pool_breaker_reached(&pool, &sums));
}

static void leverage_is_on_the_money_that_is_left(void **state)
{
    struct record pool = pool_of(10, 2000, "paid");
    struct pool_sums sums = {{[POOL_PAID_IN] = 2000 * WAN, [POOL_COMPENSATED] = 100 * WAN, [POOL_RECOVERED] = 1, [POOL_COVERED] = 19000 * WAN}};

    (void)state;
    assert_true(pool_capital(&sums) == 1900 * WAN + 1);
    assert_true(pool_cover_room(&pool, &sums) == 10);
    sums.of[POOL_COVERED] += 11;
    assert_true(pool_cover_room(&pool, &sums) == 0);
}

static void a_loss_is_shared_to_the_fen_and_what_comes_back_makes_all_even(void **state)
{
    struct record pool = {.kind = &kind_pool};
    int64_t parts[POOL_BEARERS], lacking[POOL_BEARERS], back[POOL_BEARERS], all = 0;

    (void)state;
    matter_set_number(&pool, POOL_SHARE, 4000);
    matter_set_number(&pool, POOL_BANK_SHARE, 4000);
    matter_set_number(&pool, POOL_GUARANTOR_SHARE, 2000);
    pool_split_loss(&pool, 10001, parts);
    assert_true(parts[0] == 4001 && parts[1] == 4000 && parts[2] == 2000);
    memcpy(lacking, parts, sizeof lacking);
    for (int64_t fen = 1; all < 10001; fen = fen * 3 % 97 + 1) { /* many small recoveries, no order of them gives anybody more than he bore */
        int64_t now = fen < 10001 - all ? fen : 10001 - all;

        pool_split_back(now, lacking, back);
        assert_true(back[0] + back[1] + back[2] == now);
        for (size_t b = 0; b < POOL_BEARERS; b++) {
            assert_true(back[b] >= 0 && back[b] <= lacking[b]);
            lacking[b] -= back[b];
        }
        all += now;
    }
    assert_true(!lacking[0] && !lacking[1] && !lacking[2]);
}

/* --- shares --- */

static void converting_leaves_no_fen_out(void **state)
{
    static const struct {
        struct stake_terms terms;
        struct stake_round round;
        int64_t valuation, shares, cost, rest, after;
        bool capped;
    } cases[] = {
        /* 80 yuan less a tenth is 72: 13,888 shares for 999,936 yuan */
        {{100 * WAN, 1000, 0, 0, 1000}, {1, 0, true, 400 * WAN, 8000 * WAN, 1000000}, 7200 * WAN, 13888, 99993600, 6400, 1063888, false},
        {{100 * WAN, 0, 0, 0, 1000}, {1, 0, true, 400 * WAN, 8000 * WAN, 1000000}, 8000 * WAN, 12500, 100 * WAN, 0, 1062500, false},
        {{100 * WAN, 0, 10000 * WAN, 0, 1000}, {1, 0, true, 400 * WAN, 8000 * WAN, 1000000}, 10000 * WAN, 10000, 100 * WAN, 0, 1060000, false},
        {{100 * WAN, 0, 0, 5000 * WAN, 1000}, {1, 0, true, 400 * WAN, 8000 * WAN, 1000000}, 5000 * WAN, 20000, 100 * WAN, 0, 1070000, false},
        /* ten per cent of all afterwards: 1/9 of 900 before it, no new shares in an appraisal */
        {{100 * WAN, 0, 0, 0, 1000}, {0, 0, false, 0, 900 * WAN, 900}, 900 * WAN, 100, 100 * WAN, 0, 1000, false},
        {{100 * WAN + 1, 0, 0, 0, 1000}, {0, 0, false, 0, 900 * WAN, 900}, 900 * WAN, 100, 100 * WAN, 1, 1000, false},
        {{101 * WAN, 0, 0, 0, 1000}, {0, 0, false, 0, 900 * WAN, 900}, 900 * WAN, 100, 100 * WAN, 1 * WAN, 1000, true},
        /* a third of a fen a share: a share's cost is rounded up, never the holder's loss of more than he gave */
        {{1, 0, 0, 0, 9999}, {0, 0, false, 0, 1, 3}, 1, 3, 1, 0, 6, false},
        {{99, 0, 0, 0, 1000}, {0, 0, false, 0, 100, 1}, 100, 0, 0, 99, 1, false},
    };
    struct stake_trial trial;
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(stake_convert(&cases[i].terms, &cases[i].round, &trial, &err));
        assert_true(trial.valuation == cases[i].valuation);
        assert_true(trial.shares == cases[i].shares);
        assert_true(trial.cost == cases[i].cost && trial.rest == cases[i].rest);
        assert_true(trial.cost + trial.rest == cases[i].terms.amount);
        assert_true(trial.after == cases[i].after);
        assert_int_equal(trial.capped, cases[i].capped);
    }
}

static void a_price_that_cannot_be_is_refused(void **state)
{
    const struct stake_terms terms = {MONEY_MAX, 9999, 0, 0, 9999};
    struct stake_trial trial;
    struct err err;

    (void)state;
    assert_false(stake_convert(&terms, &(struct stake_round){.valuation = 0, .shares = 1}, &trial, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_false(stake_convert(&terms, &(struct stake_round){.valuation = 1, .shares = STAKE_MOST_SHARES}, &trial, &err));
    assert_int_equal(err.code, ERR_INVALID);
}

static void rounds_of_one_day_count_together(void **state)
{
    static const struct stake_round rounds[] = {
        {1, 10, true, 400, 9000, 100}, {2, 20, true, 600, 9000, 100}, {3, 20, true, 400, 8000, 100}, {4, 20, false, 9000, 1, 100},
        {5, 30, true, 5000, 100, 100}, {6, 20, true, 1, 16000, 200},
    };
    size_t pick;
    int64_t raised;

    (void)state;
    stake_pick(rounds, 3, 1000, true, &pick, &raised);
    assert_true(pick == 2 && raised == 1000); /* exactly, by the lower price */
    stake_pick(rounds, 3, 1000, false, &pick, &raised);
    assert_true(pick == 1 && raised == 1000); /* by the first entered */
    stake_pick(rounds, 3, 1001, true, &pick, &raised);
    assert_true(pick == 2 && raised == 1000); /* a fen too little: the day on which most was raised, for the rule to say so */
    stake_pick(rounds, COUNT(rounds), 1000, true, &pick, &raised);
    assert_true(pick == 2 && raised == 1001); /* the first day that is enough, not the largest; one price twice: the smaller number */
    stake_pick(&rounds[3], 1, 0, true, &pick, &raised);
    assert_true(pick == 1); /* money that is not from outside is no round */
}

static void a_return_is_by_actual_days_half_up(void **state)
{
    (void)state;
    assert_true(stake_due(100 * WAN, 500, 0, 365) == 105 * WAN);
    assert_true(stake_due(100 * WAN, 500, 0, 0) == 100 * WAN);
    assert_true(stake_due(100 * WAN, 500, 10, 5) == 100 * WAN);
    assert_true(stake_due(365, 5000, 0, 1) == 366);  /* half a fen: up */
    assert_true(stake_due(364, 5000, 0, 1) == 364);  /* 0.4986 of one */
    assert_true(stake_due(MONEY_MAX, 10000, 0, 365) == 2 * MONEY_MAX);
}

/* --- the lineage --- */

static void shares_of_an_amount_add_up_to_it(void **state)
{
    static const int64_t shares[] = {3333, 3333, 3334, 0};
    struct moved_taken taken = {0};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        int64_t fen = moved_part(&taken, 100, shares[i]);

        taken.share += shares[i];
        taken.fen += fen;
    }
    assert_true(taken.fen == 100);
    taken = (struct moved_taken){.share = 5000, .fen = 51};
    assert_true(moved_part(&taken, 100, 50) == 0); /* never below 0 */
    taken = (struct moved_taken){0};
    assert_true(moved_part(&taken, MONEY_MAX, 10000) == MONEY_MAX);
}

static void a_loan_falls_to_what_was_paid_in_down_to_the_fen(void **state)
{
    (void)state;
    assert_int_equal(lineage_loan_part(10001, 0, 300, 900), 3333);
    assert_int_equal(lineage_loan_part(10001, 0, 600, 900), 6667);
    assert_int_equal(lineage_loan_part(10000, 4000, 900, 900), 6000); /* two fifths are proved elsewhere */
    assert_int_equal(lineage_loan_part(10000, 10000, 900, 900), 0);
    assert_int_equal(lineage_loan_part(10000, 0, 900, 0), 0);
    assert_int_equal(lineage_loan_part(INT64_C(100000000000000), 0, INT64_C(100000000000000), INT64_C(100000000000000)), INT64_C(100000000000000));
}

static void a_multiplier_is_an_exact_fraction(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    assert_true(slice_is(lineage_multiplier(700, 200, &arena), "7/2 = 3.50"));
    assert_true(slice_is(lineage_multiplier(2, 3, &arena), "2/3 = 0.66"));
    assert_true(slice_is(lineage_multiplier(0, 3, &arena), "0/1 = 0.00"));
    assert_true(slice_is(lineage_multiplier(5, 0, &arena), ""));
    arena_release(&arena);
}

static void one_document_has_one_key_however_it_is_typed(void **state)
{
    struct record a = {.kind = &kind_moved}, b;
    struct arena arena;

    (void)state;
    arena_init(&arena);
    matter_set_text(&a, MOVED_SORT, SLICE("loan"));
    matter_set_number(&a, MOVED_WHO, 7);
    matter_set_text(&a, MOVED_NUMBER, SLICE("借 2026-1 号"));
    b = a;
    matter_set_text(&b, MOVED_NUMBER, SLICE("借２０２６—1号"));
    assert_true(slice_same(moved_key(&a, &arena), moved_key(&b, &arena)));
    matter_set_text(&b, MOVED_SORT, SLICE("rnd"));
    assert_false(slice_same(moved_key(&a, &arena), moved_key(&b, &arena)));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_breaker_is_reached_at_its_line_and_not_a_fen_before),
        cmocka_unit_test(what_was_paid_in_is_a_base_that_compensation_does_not_lower),
        cmocka_unit_test(leverage_is_on_the_money_that_is_left),
        cmocka_unit_test(a_loss_is_shared_to_the_fen_and_what_comes_back_makes_all_even),
        cmocka_unit_test(converting_leaves_no_fen_out),
        cmocka_unit_test(a_price_that_cannot_be_is_refused),
        cmocka_unit_test(rounds_of_one_day_count_together),
        cmocka_unit_test(a_return_is_by_actual_days_half_up),
        cmocka_unit_test(shares_of_an_amount_add_up_to_it),
        cmocka_unit_test(a_loan_falls_to_what_was_paid_in_down_to_the_fen),
        cmocka_unit_test(a_multiplier_is_an_exact_fraction),
        cmocka_unit_test(one_document_has_one_key_however_it_is_typed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
