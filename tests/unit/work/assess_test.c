/*
 * Self-assessments over the rulebook as it stands below rules/: what stands in the way and how far off it is, scores that the experts
 * have still to give, the super-deduction replayed by year, and the deciding facts against an exhaustive search.
 */
#include "../base/cases.h"

#include "work/assess.h"

#include "base/clock.h"
#include "seal/seal.h"

enum { LANZHOU = 620100, FACTS = 64 };

static struct law law;
static struct arena arena;

static int32_t on(const char *text)
{
    int32_t day = 0;

    assert_true(day_parse(slice_of(text), &day));
    return day;
}

/* "staff=100 sales=6000万元" */
static size_t facts_of(const char *words, struct fact *facts)
{
    struct slice rest = slice_of(words), one, name;
    size_t count = 0;
    struct err err;

    while (slice_cut(&rest, ' ', &one)) {
        if (!one.len)
            continue;
        assert_true(slice_cut(&one, '=', &name));
        if (!rulebook_fact(law.book, name) || !rule_fact_read(rulebook_fact(law.book, name), one, &facts[count++], &err))
            fail_msg("%.*s", (int)name.len, name.at);
    }
    return count;
}

static struct assessment assessed(const char *rule, const char *words)
{
    struct fact facts[FACTS];
    size_t count = facts_of(words, facts);
    struct assessment out;
    struct err err;

    if (!assess_ask(&law, assess_find(slice_of(rule)), LANZHOU, on("2026-06-01"), facts, count, &arena, &out, &err))
        fail_msg("%s", err.message);
    return out;
}

static const struct assess_line *line_of(const struct assessment *assessment, const char *condition)
{
    for (size_t i = 0; i < assessment->rule->condition_count; i++)
        if (strcmp(assessment->lines[i].condition->name, condition) == 0)
            return &assessment->lines[i];
    fail_msg("%s", condition);
    return NULL;
}

static void assert_says(const struct assessment *assessment, const char *condition, const char *says)
{
    struct slice said = line_of(assessment, condition)->says;

    if (!slice_is(said, says))
        fail_msg("%s: %.*s", condition, (int)said.len, said.at);
}

/* --- what is asked --- */

static bool in_step(const struct assess_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->step_count; i++) {
        struct slice rest = slice_of(sheet->steps[i].facts), one;

        while (slice_cut(&rest, ' ', &one))
            if (slice_is(one, name))
                return true;
    }
    return false;
}

static void assert_asked(const struct assess_sheet *sheet, const char *id)
{
    const struct rule *rule = rule_find(law.book, id, LANZHOU, on("2026-06-01"));

    assert_non_null(rule);
    for (size_t i = 0; i < rule->fact_count; i++)
        if (!in_step(sheet, rule->facts[i].name) && strcmp(rule->facts[i].name, "today") != 0)
            fail_msg("%s asks for %s, which no step of %s does", id, rule->facts[i].name, sheet->rule);
}

static void every_fact_of_a_rule_is_asked_in_one_of_its_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < ASSESS_SHEETS; i++) {
        const struct assess_sheet *sheet = &assess_sheets[i];

        assert_ptr_equal(assess_find(slice_of(sheet->rule)), sheet);
        for (size_t s = 0; s < sheet->step_count; s++) {
            struct slice rest = slice_of(sheet->steps[s].facts), one;

            while (slice_cut(&rest, ' ', &one))
                assert_non_null(rulebook_fact(law.book, one));
        }
        if (!sheet->yearly)
            assert_asked(sheet, sheet->rule);
        for (size_t p = 0; p < sheet->part_count; p++)
            assert_asked(sheet, sheet->parts[p].rule);
    }
    assert_null(assess_find(SLICE("R03")));
}

/* --- how far off --- */

static const char firm[] =
    "resident_enterprise=yes registered_on=2020-03-01 core_ip=yes fields_supported=yes serious_accident=no staff=101 staff_tech=10 "
    "sales=6000万元 sales_2=3300万元 sales_3=3000万元 rd_spend=200万元 rd_spend_2=150万元 rd_spend_3=129.7万元 rd_abroad_three=0元 "
    "income_total=6000万元 income_hightech=3600万元";

static struct assessment of_firm(const char *scores)
{
    return assessed("R50", arena_print(&arena, "%s %s", firm, scores));
}

static void each_condition_says_what_is_missing_to_the_fen(void **state)
{
    struct assessment out = of_firm("points_ip=24 points_conversion=20 points_organisation=15 points_growth=11");

    (void)state;
    assert_int_equal(out.answer.verdict, RULE_NO);
    assert_says(&out, "tech_staff", "科技人员占 9.9%，不到 10%，少 1 人");
    assert_says(&out, "rd_share", "近三年研发费用占销售收入 3.9%，规定 4%，差 0.1 个百分点，即 12.3 万元");
    assert_says(&out, "score", "评分 70 分，须大于 70 分（70 分不通过）");
    assert_says(&out, "hightech_income", "");
    assert_int_equal(line_of(&out, "hightech_income")->holds, TRUTH_YES);
}

/* --- scores still open --- */

static const char passing[] =
    "resident_enterprise=yes registered_on=2020-03-01 core_ip=yes fields_supported=yes serious_accident=no staff=100 staff_tech=10 "
    "sales=5000万元 sales_2=0元 sales_3=0元 rd_spend=250万元 rd_spend_2=0元 rd_spend_3=0元 rd_abroad_three=0元 "
    "income_total=5000万元 income_hightech=3000万元";

static const struct {
    const char *why, *scores;
    enum rule_verdict verdict;
    bool spanned, certain;
} open_scores[] = {
    {"23–28 of rights, 25–30, 12–15 of growth and 11: 71 at least", "ip_class1=1 ip_class2=0 points_advanced=8 points_support=8 points_way=0 "
     "points_standard=0 conversions=15 years_counted=3 growth_assets=25% growth_sales=15% points_organisation=11", RULE_YES, true, true},
    {"a point less of organisation: 70 at least, so it hangs on the experts", "ip_class1=1 ip_class2=0 points_advanced=8 points_support=8 points_way=0 "
     "points_standard=0 conversions=15 years_counted=3 growth_assets=25% growth_sales=15% points_organisation=10", RULE_UNKNOWN, true, false},
    {"no right, one result in three years: 22 + 0 + 20 + 20 at most", "ip_class1=0 ip_class2=0 points_standard=0 conversions=1 years_counted=3 "
     "growth_assets=35% growth_sales=35% points_organisation=20", RULE_NO, true, true},
    {"a score of the firm's own stands in the place of a span", "points_ip=30 points_conversion=30 points_growth=0 points_organisation=10.5", RULE_YES, false, false},
    {"organisation is for nobody to estimate", "ip_class1=1 ip_class2=0 conversions=15 years_counted=3 growth_assets=0% growth_sales=0%",
     RULE_UNKNOWN, true, false},
};

static void a_score_left_open_lies_in_a_span(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(open_scores); i++) {
        struct assessment out = assessed("R50", arena_print(&arena, "%s %s", passing, open_scores[i].scores));

        if (out.answer.verdict != open_scores[i].verdict || out.spanned != open_scores[i].spanned || out.certain != open_scores[i].certain)
            fail_msg("%s: %s, spanned %d, certain %d", open_scores[i].why, rule_verdict_word(out.answer.verdict), out.spanned, out.certain);
    }
}

static void a_span_is_what_the_tables_give(void **state)
{
    struct assessment out = assessed("R50", "ip_class1=0 ip_class2=5 points_advanced=6.5 conversions=12 years_counted=3 growth_assets=5% growth_sales=0%");

    (void)state;
    assert_int_equal(out.span_count, 3);
    assert_int_equal(out.spans[0].low, 1150); /* 6.5 + 5 */
    assert_int_equal(out.spans[0].high, 2850); /* 6.5 + 8 + 6 + 6 + 2 */
    assert_int_equal(out.spans[1].low, 1900);
    assert_int_equal(out.spans[1].high, 2400);
    assert_int_equal(out.spans[2].low, 300);
    assert_int_equal(out.spans[2].high, 400);
}

static void a_score_above_its_most_is_told_and_spans_nothing(void **state)
{
    struct assessment out = assessed("R50", "ip_class1=1 ip_class2=0 points_advanced=8.01 conversions=12 years_counted=3 points_conversion=18");

    (void)state;
    assert_false(out.spans[0].known);
    assert_true(slice_is(out.spans[0].says, "技术先进程度最多 8 分"));
    assert_true(slice_is(out.spans[1].says, "得分不在年均项数的档里：19 分 至 24 分"));
    assert_true(out.spans[1].known && out.spans[1].low == 1800); /* what the firm says of itself stands */
}

static void without_a_fact_nothing_is_said_but_what_is_asked(void **state)
{
    struct assessment out = assessed("R50", "");

    (void)state;
    assert_int_equal(out.answer.verdict, RULE_UNKNOWN);
    assert_true(out.answer.ask_count > 10 && !out.spanned);
    assert_int_equal(assessed("R51", "").answer.verdict, RULE_UNKNOWN);
    assert_int_equal(assessed("R52", "").answer.verdict, RULE_UNKNOWN);
}

static void facts_with_which_nothing_can_be_computed_are_an_error(void **state)
{
    struct fact facts[FACTS];
    size_t count = facts_of("registered_on=2190-01-01", facts);
    struct assessment out;
    struct err err;

    (void)state;
    facts[0].value = 1000000;
    assert_false(assess_ask(&law, assess_find(SLICE("R50")), LANZHOU, on("2026-06-01"), facts, count, &arena, &out, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_false(assess_ask(&law, assess_find(SLICE("R50")), LANZHOU, on("2015-12-31"), facts, 0, &arena, &out, &err));
    assert_int_equal(err.code, ERR_MISSING);
}

/* --- the super-deduction --- */

static struct assess_year year_of(int32_t year, const char *words)
{
    struct fact facts[FACTS];
    size_t count = facts_of(words, facts);
    struct assess_year out;
    struct err err;

    if (!assess_year(&law, LANZHOU, year, facts, count, &arena, &out, &err))
        fail_msg("%s", err.message);
    return out;
}

static const struct {
    int32_t year;
    const char *industry;
    int64_t rate, extra; /* -1: not known */
} years[] = {
    {2018, "other", 7500, 75000000},       {2020, "manufacturing", 7500, 75000000}, {2021, "manufacturing", 10000, 100000000},
    {2021, "other", 7500, 75000000},       {2022, "manufacturing", 10000, 100000000}, {2022, "other", 7500, -1},
    {2023, "other", 10000, 100000000},     {2023, "ic", 12000, 120000000},          {2027, "machine_tool", 12000, 120000000},
    {2028, "machine_tool", 10000, 100000000}, {2021, "trade", 7500, -2},
};

static void each_year_is_reckoned_by_its_own_rate(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(years); i++) {
        struct assess_year out = year_of(years[i].year, arena_print(&arena, "rd_books=yes rd_industry=%s rd_first_five=100万元 rd_other=0元 rd_home=0元 "
                                                                    "rd_abroad=0元 rd_amortised=0元 tech_sme=no", years[i].industry));

        if (out.entitled != (years[i].extra != -2) || !out.rate.known || out.rate.number != years[i].rate
            || (years[i].extra >= 0 && (!out.extra.known || out.extra.number != years[i].extra)) || (years[i].extra == -1 && out.extra.known))
            fail_msg("%d %s: %lld, %lld", years[i].year, years[i].industry, (long long)out.rate.number, (long long)out.extra.number);
    }
}

static void papers_are_kept_ten_years_from_the_end_of_the_settlement(void **state)
{
    (void)state;
    assert_int_equal(year_of(2025, "").keep_until.number, on("2036-05-31"));
    assert_int_equal(year_of(2023, "settled_by=2024-02-29").keep_until.number, on("2034-02-28"));
}

static void the_last_quarter_is_asked_for_2022_alone(void **state)
{
    const struct assess_sheet *sheet = assess_find(SLICE("R46"));

    (void)state;
    for (int32_t year = ASSESS_FIRST_YEAR; year < 2030; year++) {
        const struct rule_fact **facts;
        bool quarter = false, spend = false;
        struct err err;
        size_t count;

        assert_true(assess_year_facts(&law, sheet, LANZHOU, year, &arena, &facts, &count, &err));
        for (size_t i = 0; i < count; i++) {
            assert_false(in_step(sheet, facts[i]->name));
            quarter |= strcmp(facts[i]->name, "rd_last_quarter") == 0;
            spend |= strcmp(facts[i]->name, "rd_first_five") == 0;
        }
        assert_true(spend);
        assert_int_equal(quarter, year == 2022);
    }
}

static void before_the_first_year_there_is_no_rate(void **state)
{
    struct assess_year out;
    struct err err;

    (void)state;
    assert_false(assess_year(&law, LANZHOU, ASSESS_FIRST_YEAR - 1, NULL, 0, &arena, &out, &err));
    assert_int_equal(err.code, ERR_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fact_of_a_rule_is_asked_in_one_of_its_steps),
        cmocka_unit_test(each_condition_says_what_is_missing_to_the_fen),
        cmocka_unit_test(a_score_left_open_lies_in_a_span),
        cmocka_unit_test(a_span_is_what_the_tables_give),
        cmocka_unit_test(a_score_above_its_most_is_told_and_spans_nothing),
        cmocka_unit_test(without_a_fact_nothing_is_said_but_what_is_asked),
        cmocka_unit_test(facts_with_which_nothing_can_be_computed_are_an_error),
        cmocka_unit_test(each_year_is_reckoned_by_its_own_rate),
        cmocka_unit_test(papers_are_kept_ten_years_from_the_end_of_the_settlement),
        cmocka_unit_test(the_last_quarter_is_asked_for_2022_alone),
        cmocka_unit_test(before_the_first_year_there_is_no_rate),
    };
    struct err err;
    int failed;

    arena_init(&arena);
    if (!seal_start(&err) || !law_open(TQ_SHARE, &law, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    law_close(&law);
    arena_release(&arena);
    return failed;
}
