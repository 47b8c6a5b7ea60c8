#include "../base/cases.h"

#include "work/tax.h"

#include "base/money.h"

enum { YUAN = 100 };

/* 个人所得税法, 个人所得税税率表一（综合所得适用）; 减除费用六万元. */
static const struct tax_scale scale = {
    .brackets = {{0, 300}, {36000 * YUAN, 1000}, {144000 * YUAN, 2000}, {300000 * YUAN, 2500}, {420000 * YUAN, 3000},
                 {660000 * YUAN, 3500}, {960000 * YUAN, 4500}},
    .count = 7,
    .allowance = 60000 * YUAN,
};

/* 速算扣除数 of the same table, which the law prints beside the rates: another way to the same tax. */
static const struct {
    int64_t above, quick;
    int32_t rate;
} quick[] = {{0, 0, 3}, {36000, 2520, 10}, {144000, 16920, 20}, {300000, 31920, 25}, {420000, 52920, 30}, {660000, 85920, 35}, {960000, 181920, 45}};

static int64_t tax_quickly(int64_t taxable)
{
    size_t i = COUNT(quick);

    while (i > 1 && taxable <= quick[i - 1].above * YUAN)
        i--;
    return (taxable * quick[i - 1].rate + 50) / 100 - quick[i - 1].quick * YUAN;
}

static const struct {
    const char *why;
    int64_t income, deducted, tax; /* yuan; tax: fen */
} years[] = {
    {"nothing earned", 0, 0, 0},
    {"the allowance itself", 60000, 0, 0},
    {"one yuan more: 3 fen", 60001, 0, 3},
    {"the first bracket's end", 96000, 0, 108000},
    {"one yuan into the second", 96001, 0, 108010},
    {"the second's end: 144,000 × 10 % − 2,520", 204000, 0, 1188000},
    {"with deductions", 204000, 144000, 0},
    {"deductions above the income", 50000, 144000, 0},
    {"960,000 × 35 % − 85,920", 1020000, 0, 25008000},
    {"a million above it: 1,960,000 × 45 % − 181,920", 2020000, 0, 70008000},
};

static void a_year_is_taxed_by_its_brackets(void **state)
{
    struct err err;
    int64_t tax;

    (void)state;
    assert_true(tax_scale_check(&scale, &err));
    for (size_t i = 0; i < COUNT(years); i++) {
        struct tax_person person = {years[i].income * YUAN, years[i].deducted * YUAN};

        assert_true(tax_year(&scale, &person, &tax, &err));
        if (tax != years[i].tax)
            fail_msg("%s: %lld", years[i].why, (long long)tax);
    }
}

static void brackets_and_quick_deductions_agree(void **state)
{
    uint64_t seed = 58;
    struct err err;

    (void)state;
    for (int i = 0; i < 200000; i++) {
        int64_t taxable = (int64_t)(random_next(&seed) % (i % 2 ? 200000000 : 20000000)), tax;
        struct tax_person person = {taxable + scale.allowance, 0};

        assert_true(tax_year(&scale, &person, &tax, &err));
        assert_int_equal(tax, tax_quickly(taxable));
    }
}

static const struct {
    const char *why;
    int64_t reward, income; /* fen */
    int32_t share;
    struct tax_rewarded out;
} rewards[] = {
    {"100,000 beside 160,000, halved: 50,000 more to tax, of which 44,000 at 10 % and 6,000 at 20 %", 10000000, 16000000, 5000,
     {.counted = 5000000, .before = 748000, .year = 1308000, .tax = 560000, .left = 9440000, .top = 2000}},
    {"and whole: 44,000 at 10 %, 56,000 at 20 %", 10000000, 16000000, 10000,
     {.counted = 10000000, .before = 748000, .year = 2308000, .tax = 1560000, .left = 8440000, .top = 2000}},
    {"below the allowance: nothing", 10000000, 0, 5000, {.counted = 5000000, .left = 10000000}},
    {"the allowance is used up first", 10000000, 0, 10000,
     {.counted = 10000000, .year = 148000, .tax = 148000, .left = 9852000, .top = 1000}},
    {"half of one fen is counted and rounds up for the eye, the tax of it is nothing", 1, 6000000, 5000,
     {.counted = 1, .left = 1, .top = 300}},
    {"33 fen: 16.5 at 3 % are 0.495", 33, 6000000, 5000, {.counted = 17, .left = 33, .top = 300}},
    {"34 fen: 17 at 3 % are 0.51", 34, 6000000, 5000, {.counted = 17, .year = 1, .tax = 1, .left = 33, .top = 300}},
    {"no reward", 0, 16000000, 5000, {.before = 748000, .year = 748000, .top = 1000}},
    {"the largest", MONEY_MAX, 0, 10000,
     {.counted = MONEY_MAX, .year = MONEY_MAX / 100 * 45 - 2700000 - 18192000, .tax = MONEY_MAX / 100 * 45 - 2700000 - 18192000,
      .left = MONEY_MAX / 100 * 55 + 2700000 + 18192000, .top = 4500}},
};

static void a_reward_costs_what_it_adds_to_the_year(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rewards); i++) {
        struct tax_person person = {.income = rewards[i].income};
        struct tax_rewarded out, want = rewards[i].out;
        struct err err;

        assert_true(tax_reward(&scale, &person, rewards[i].reward, rewards[i].share, &out, &err));
        if (out.counted != want.counted || out.before != want.before || out.year != want.year || out.tax != want.tax
            || out.left != want.left || out.top != want.top)
            fail_msg("%s: counted %lld, before %lld, year %lld, tax %lld, top %d", rewards[i].why, (long long)out.counted,
                     (long long)out.before, (long long)out.year, (long long)out.tax, out.top);
    }
}

static const struct {
    const char *why;
    int64_t proceeds, basis, fees, tax;
} equities[] = {
    {"20 % of the gain", 100000, 20000, 5000, 15000},
    {"nothing gained", 25000, 20000, 5000, 0},
    {"a loss", 100, 20000, 5000, 0},
    {"2 fen are 0.4", 2, 0, 0, 0},
    {"3 fen are 0.6", 3, 0, 0, 1},
};

static void shares_are_taxed_when_they_are_transferred(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(equities); i++) {
        struct err err;
        int64_t tax;

        assert_true(tax_equity(equities[i].proceeds, equities[i].basis, equities[i].fees, 2000, &tax, &err));
        if (tax != equities[i].tax)
            fail_msg("%s: %lld", equities[i].why, (long long)tax);
    }
}

#define MILLIONS_5 INT64_C(500000000) /* 500万元 in fen */

static const struct {
    const char *why;
    int64_t income, earlier, exempt, above, tax, full;
} transfers[] = {
    {"5 million exactly", MILLIONS_5, 0, MILLIONS_5, 0, 0, 125000000},
    {"one fen more: half of it at 25 % is 0.125", MILLIONS_5 + 1, 0, MILLIONS_5, 1, 0, 125000000},
    {"four fen more: 0.5, up", MILLIONS_5 + 4, 0, MILLIONS_5, 4, 1, 125000001},
    {"8 million: 3 million halved", 800000000, 0, MILLIONS_5, 300000000, 37500000, 200000000},
    {"the year had used it up", 800000000, MILLIONS_5, 0, 800000000, 100000000, 200000000},
    {"and had more than that", 100000000, 900000000, 0, 100000000, 12500000, 25000000},
    {"part of it was left", 300000000, 400000000, 100000000, 200000000, 25000000, 75000000},
    {"nothing", 0, 0, 0, 0, 0, 0},
};

static void the_first_five_million_of_a_year_are_exempt_and_the_rest_is_halved(void **state)
{
    static const struct tax_transfer_law law = {MILLIONS_5, 5000, 2500};

    (void)state;
    for (size_t i = 0; i < COUNT(transfers); i++) {
        struct tax_transferred out;
        struct err err;

        assert_true(tax_transfer(transfers[i].income, transfers[i].earlier, &law, &out, &err));
        if (out.exempt != transfers[i].exempt || out.above != transfers[i].above || out.tax != transfers[i].tax
            || out.full != transfers[i].full)
            fail_msg("%s: exempt %lld, above %lld, tax %lld, full %lld", transfers[i].why, (long long)out.exempt,
                     (long long)out.above, (long long)out.tax, (long long)out.full);
    }
}

static void stamp_duty_and_value_added_tax_are_to_the_fen(void **state)
{
    struct err err;
    int64_t tax;

    (void)state;
    assert_true(tax_stamp(100000000, 3, &tax, &err) && tax == 30000);
    assert_true(tax_stamp(1666, 3, &tax, &err) && tax == 0); /* 0.4998 */
    assert_true(tax_stamp(1667, 3, &tax, &err) && tax == 1); /* 0.5001 */
    assert_true(tax_vat(10600, 600, &tax, &err) && tax == 600);
    assert_true(tax_vat(100, 600, &tax, &err) && tax == 6); /* 5.66 */
    assert_true(tax_vat(10600, 0, &tax, &err) && tax == 0);
}

static void what_no_law_says_is_refused(void **state)
{
    static const struct tax_scale bad[] = {
        {.count = 0},
        {.brackets = {{1, 300}}, .count = 1},
        {.brackets = {{0, 300}, {100, 1000}, {100, 2000}}, .count = 3},
        {.brackets = {{0, 300}, {100, 10001}}, .count = 2},
        {.brackets = {{0, -1}}, .count = 1},
        {.brackets = {{0, 300}}, .count = TAX_BRACKETS + 1},
        {.brackets = {{0, 300}}, .count = 1, .allowance = -1},
    };
    struct tax_person person = {0};
    struct tax_rewarded rewarded;
    struct tax_transferred transferred;
    struct err err;
    int64_t tax;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(tax_scale_check(&bad[i], &err));
    assert_false(tax_reward(&scale, &person, -1, 5000, &rewarded, &err));
    assert_false(tax_reward(&scale, &person, MONEY_MAX + 1, 5000, &rewarded, &err));
    assert_false(tax_reward(&scale, &person, 100, 10001, &rewarded, &err));
    person.income = -1;
    assert_false(tax_reward(&scale, &person, 100, 5000, &rewarded, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_false(tax_equity(100, -1, 0, 2000, &tax, &err));
    assert_false(tax_equity(100, 0, 0, -1, &tax, &err));
    assert_false(tax_transfer(-1, 0, &(struct tax_transfer_law){MILLIONS_5, 5000, 2500}, &transferred, &err));
    assert_false(tax_transfer(1, 0, &(struct tax_transfer_law){MILLIONS_5, 5000, 25000}, &transferred, &err));
    assert_false(tax_stamp(INT64_MIN, 3, &tax, &err));
    assert_false(tax_vat(100, 10001, &tax, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_is_taxed_by_its_brackets),
        cmocka_unit_test(brackets_and_quick_deductions_agree),
        cmocka_unit_test(a_reward_costs_what_it_adds_to_the_year),
        cmocka_unit_test(shares_are_taxed_when_they_are_transferred),
        cmocka_unit_test(the_first_five_million_of_a_year_are_exempt_and_the_rest_is_halved),
        cmocka_unit_test(stamp_duty_and_value_added_tax_are_to_the_fen),
        cmocka_unit_test(what_no_law_says_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
