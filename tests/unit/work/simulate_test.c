/* The simulator over the rulebook as it stands below rules/: what the law gives for a place and a way, and what follows. */
#include "../base/cases.h"

#include "work/simulate.h"

#include "base/calendar.h"
#include "base/clock.h"
#include "seal/seal.h"

enum { YUAN = 100, GANSU = 620000, LANZHOU = 620100, BEIJING = 110000, ZHEJIANG = 330000, SHANGHAI = 310000 };

static struct calendar *calendar;
static struct rulebook *book;
static struct arena arena;

static int32_t on(const char *text)
{
    int32_t day = 0;

    assert_true(day_parse(slice_of(text), &day));
    return day;
}

static struct simulate_law law_of(int32_t region, enum simulate_way way, bool local, const char *day)
{
    struct simulate_place place = {region, on(day), local};
    struct simulate_law law;
    struct err err;

    if (!simulate_law(book, &place, way, &arena, &law, &err))
        fail_msg("%s", err.message);
    return law;
}

/* --- the law --- */

static const struct {
    const char *why;
    int32_t region;
    enum simulate_way way;
    bool local;
    int64_t reward, main, agency, costs, counted;
    int32_t text; /* whose */
} places[] = {
    {"the nation's half", REGION_NATION, SIMULATE_ASSIGN, false, 5000, 5000, 0, 0, 5000, REGION_NATION},
    {"of shares too", REGION_NATION, SIMULATE_EQUITY, false, 5000, 5000, 0, 0, 0, REGION_NATION},
    {"5 % of profits, without the relief", REGION_NATION, SIMULATE_SELF, false, 500, 5000, 0, 0, 0, REGION_NATION},
    {"Gansu's 60 %", GANSU, SIMULATE_LICENSE, false, 6000, 5000, 0, 0, 5000, GANSU},
    {"holds in Lanzhou", LANZHOU, SIMULATE_EQUITY, false, 6000, 5000, 0, 0, 0, GANSU},
    {"and 10 % of profits", GANSU, SIMULATE_JOINT, false, 1000, 5000, 0, 0, 0, GANSU},
    {"Beijing lets one adopt 70 %", BEIJING, SIMULATE_ASSIGN, true, 7000, 5000, 0, 3, 5000, BEIJING},
    {"and leaves the nation's half", BEIJING, SIMULATE_ASSIGN, false, 5000, 5000, 0, 3, 5000, BEIJING},
    {"Zhejiang demands 70 %, 70 % and 5 %", ZHEJIANG, SIMULATE_ASSIGN, false, 7000, 7000, 500, 1, 5000, ZHEJIANG},
    {"not of profits", ZHEJIANG, SIMULATE_SELF, false, 500, 7000, 500, 0, 0, ZHEJIANG},
    {"unless adopted", ZHEJIANG, SIMULATE_SELF, true, 1000, 7000, 500, 0, 0, ZHEJIANG},
    {"a region without a text in the book", SHANGHAI, SIMULATE_ASSIGN, true, 5000, 5000, 0, 0, 5000, REGION_NATION},
};

static void the_law_of_a_place_comes_out_of_the_rulebook(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(places); i++) {
        struct simulate_law law = law_of(places[i].region, places[i].way, places[i].local, "2026-11-28");
        const struct law_figure *figures = law.figures;

        if (figures[LAW_REWARD].value != places[i].reward || figures[LAW_MAIN].value != places[i].main
            || figures[LAW_AGENCY].value != places[i].agency || figures[LAW_COSTS].value != places[i].costs
            || figures[LAW_COUNTED].value != places[i].counted || law.region != places[i].text)
            fail_msg("%s: %lld, %lld, %lld, %lld, %lld, %d", places[i].why, (long long)figures[LAW_REWARD].value,
                     (long long)figures[LAW_MAIN].value, (long long)figures[LAW_AGENCY].value,
                     (long long)figures[LAW_COSTS].value, (long long)figures[LAW_COUNTED].value, law.region);
        assert_true(*figures[LAW_REWARD].rule && *figures[LAW_REWARD].basis);
        assert_int_equal(law.scale.count, 7);
    }
}

static void figures_are_of_their_day(void **state)
{
    (void)state;
    assert_int_equal(law_of(GANSU, SIMULATE_ASSIGN, false, "2022-07-01").figures[LAW_REWARD].value, 6000);
    assert_non_null(strstr(law_of(REGION_NATION, SIMULATE_ASSIGN, false, "2025-12-31").figures[LAW_VAT_FREE].basis, "36号"));
    assert_non_null(strstr(law_of(REGION_NATION, SIMULATE_ASSIGN, false, "2026-01-01").figures[LAW_VAT_FREE].basis, "第10号"));
    assert_int_equal(law_of(REGION_NATION, SIMULATE_ASSIGN, false, "2027-12-31").figures[LAW_VAT_FREE].value, 1);
    assert_int_equal(law_of(REGION_NATION, SIMULATE_ASSIGN, false, "2028-01-01").figures[LAW_VAT_FREE].value, 0);
}

static void a_day_before_the_law_is_said(void **state)
{
    struct simulate_place place = {REGION_NATION, on("2010-01-01"), false};
    struct simulate_law law;
    struct err err;

    (void)state;
    assert_false(simulate_law(book, &place, SIMULATE_ASSIGN, &arena, &law, &err));
    assert_int_equal(err.code, ERR_CORRUPT);
}

/* --- an answer --- */

/* 甲 main, of 60 %, who earns 160,000 besides; 乙 the rest. */
static struct simulate_question question_of(enum simulate_way way, int64_t amount)
{
    return (struct simulate_question){
        .amount = amount, .way = way,
        .people = {{.id = 1, .weight = 6000, .main = true}, {.id = 2, .weight = 4000}},
        .incomes = {160000 * YUAN, 0}, .count = 2,
    };
}

static struct simulated answer_to(const struct simulate_question *question, const struct simulate_law *law)
{
    struct simulated out = {.lawful = false};
    struct err err;

    if (!simulate(question, law, &out, &err))
        fail_msg("%s", err.message);
    return out;
}

static void a_cash_reward_is_shared_and_taxed_both_ways(void **state)
{
    struct simulate_law law = law_of(GANSU, SIMULATE_ASSIGN, false, "2026-11-28");
    struct simulate_question question = question_of(SIMULATE_ASSIGN, 1000000 * YUAN);
    struct simulated out;

    (void)state;
    question.costs[question.cost_count++] = (struct allot_cost){DEDUCT_TAX, 200000 * YUAN, false};
    out = answer_to(&question, &law);
    assert_true(out.lawful);
    assert_int_equal(out.deducted, 200000 * YUAN);
    assert_int_equal(out.allotment.reward, 480000 * YUAN);
    assert_int_equal(out.allotment.shares[0].fen, 288000 * YUAN);
    /* 甲: 100,000 taxable before (7,480); 388,000 in full, 244,000 at half */
    assert_int_equal(out.whole[0].year, 6508000);    /* 388,000 × 25 % − 31,920 */
    assert_int_equal(out.relieved[0].year, 3188000); /* 244,000 × 20 % − 16,920 */
    assert_int_equal(out.whole[0].tax, 6508000 - 748000);
    assert_int_equal(out.relieved[0].left, 288000 * YUAN - (3188000 - 748000));
    /* 乙: 192,000 of which 60,000 are free; at half 36,000 are left, at 3 % */
    assert_int_equal(out.relieved[1].tax, 108000);
    assert_int_equal(out.corporate.exempt, 800000 * YUAN);
    assert_int_equal(out.stamp, 30000);
    assert_int_equal(out.vat, 5660377);
}

static void equity_is_taxed_when_it_is_sold(void **state)
{
    struct simulate_law law = law_of(GANSU, SIMULATE_EQUITY, false, "2026-11-28");
    struct simulate_question question = question_of(SIMULATE_EQUITY, 1000000 * YUAN);
    struct simulated out = answer_to(&question, &law);

    (void)state;
    assert_int_equal(out.allotment.shares[0].fen, 360000 * YUAN);
    assert_int_equal(out.later[0], 72000 * YUAN);
    assert_int_equal(out.corporate.full + out.stamp + out.vat, 0);
}

static void profits_get_no_relief(void **state)
{
    struct simulate_law law = law_of(GANSU, SIMULATE_SELF, false, "2026-11-28");
    struct simulate_question question = question_of(SIMULATE_SELF, 1000000 * YUAN);
    struct simulated out = answer_to(&question, &law);

    (void)state;
    assert_int_equal(out.allotment.reward, 100000 * YUAN);
    assert_int_equal(out.whole[0].tax, out.relieved[0].tax);
}

/* 转化法 §45 一（三）: three years at least; Beijing's own standard five (条例 §12). */
static void profits_are_drawn_from_for_years(void **state)
{
    (void)state;
    assert_int_equal(law_of(GANSU, SIMULATE_SELF, false, "2026-11-28").figures[LAW_YEARS].value, 3);
    assert_int_equal(law_of(BEIJING, SIMULATE_JOINT, true, "2026-11-28").figures[LAW_YEARS].value, 5);
    assert_int_equal(law_of(BEIJING, SIMULATE_JOINT, false, "2026-11-28").figures[LAW_YEARS].value, 3);
    assert_int_equal(law_of(GANSU, SIMULATE_ASSIGN, false, "2026-11-28").figures[LAW_YEARS].value, 0);
}

static void beijing_lists_what_is_deducted(void **state)
{
    struct simulate_law law = law_of(BEIJING, SIMULATE_ASSIGN, false, "2026-11-28");
    struct simulate_question question = question_of(SIMULATE_ASSIGN, 1000000 * YUAN);
    struct simulated out;
    struct err err;

    (void)state;
    question.costs[question.cost_count++] = (struct allot_cost){DEDUCT_COST, 1, false};
    assert_false(simulate(&question, &law, &out, &err));
    assert_string_equal(err.field, "costs");
    question.costs[0].sort = DEDUCT_APPRAISAL;
    assert_true(simulate(&question, &law, &out, &err));
}

static const struct {
    const char *why;
    int32_t region, agreed;
    enum simulate_way way;
    bool agency, chief;
    enum allot_refusal refusal;
    const char *rule, *says;
} forbidden[] = {
    {"under the region's floor", GANSU, 5999, SIMULATE_ASSIGN, false, false, ALLOT_BELOW_FLOOR, "R21", "59.99% 低于法定的 60.00%"},
    {"main contributors under 70 %", ZHEJIANG, 0, SIMULATE_ASSIGN, false, false, ALLOT_MAIN_FLOOR, "R23", "主要贡献人员合计"},
    {"a chief leader's shares", GANSU, 0, SIMULATE_EQUITY, false, true, ALLOT_CHIEF_EQUITY, "R27", "正职领导"},
};

static void what_the_law_forbids_is_answered_with_its_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(forbidden); i++) {
        struct simulate_law law = law_of(forbidden[i].region, forbidden[i].way, false, "2026-11-28");
        struct simulate_question question = question_of(forbidden[i].way, 1000000 * YUAN);
        struct simulated out;

        question.agreed = forbidden[i].agreed;
        question.people[1].leader = forbidden[i].chief ? LEADER_CHIEF : LEADER_NONE;
        out = answer_to(&question, &law);
        if (out.lawful || out.allotment.refusal != forbidden[i].refusal || strcmp(out.against.rule, forbidden[i].rule) != 0
            || !strstr(out.why.message, forbidden[i].says) || !*out.against.basis)
            fail_msg("%s: %d, %s, %s", forbidden[i].why, out.allotment.refusal, out.against.rule, out.why.message);
    }
}

/* 浙江 §37: their 5 % are due where they took part. */
static void the_agency_gets_its_part_where_it_took_part(void **state)
{
    struct simulate_law law = law_of(ZHEJIANG, SIMULATE_ASSIGN, false, "2026-11-28");
    struct simulate_question question = question_of(SIMULATE_ASSIGN, 1000000 * YUAN);
    struct simulated out;

    (void)state;
    question.people[0].weight = 9600;
    question.people[1].weight = 400;
    assert_true(answer_to(&question, &law).lawful);
    question.people[1].agency = true;
    out = answer_to(&question, &law);
    assert_int_equal(out.allotment.refusal, ALLOT_AGENCY_FLOOR);
    assert_string_equal(out.against.rule, "R23");
}

static void a_slip_names_its_field(void **state)
{
    struct simulate_law law = law_of(ZHEJIANG, SIMULATE_ASSIGN, false, "2026-11-28");
    struct simulate_question question = question_of(SIMULATE_ASSIGN, 0);
    struct simulated out;
    struct err err;

    (void)state;
    assert_false(simulate(&question, &law, &out, &err));
    assert_string_equal(err.field, "amount");
    question.amount = 1000000 * YUAN;
    question.costs[question.cost_count++] = (struct allot_cost){DEDUCT_COST, 1, true};
    assert_false(simulate(&question, &law, &out, &err));
    assert_string_equal(err.field, "costs");
    assert_int_equal(err.line, 1);
    question.cost_count = 0;
    question.people[0].weight = 6001;
    assert_false(simulate(&question, &law, &out, &err));
    assert_string_equal(err.field, "team");
    question.people[0].weight = 6000;
    question.agreed = 10001;
    assert_false(simulate(&question, &law, &out, &err));
    assert_string_equal(err.field, "agreed");
}

static int open_book(void **state)
{
    struct err err;

    (void)state;
    arena_init(&arena);
    if (seal_start(&err) && calendar_load(TQ_RULES "/calendar", &calendar, &err) && rulebook_load(TQ_RULES, calendar, &book, &err))
        return 0;
    fprintf(stderr, "%s\n", err.message);
    return -1;
}

static int close_book(void **state)
{
    (void)state;
    rulebook_free(book);
    calendar_free(calendar);
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_law_of_a_place_comes_out_of_the_rulebook),
        cmocka_unit_test(figures_are_of_their_day),
        cmocka_unit_test(a_day_before_the_law_is_said),
        cmocka_unit_test(a_cash_reward_is_shared_and_taxed_both_ways),
        cmocka_unit_test(equity_is_taxed_when_it_is_sold),
        cmocka_unit_test(profits_get_no_relief),
        cmocka_unit_test(profits_are_drawn_from_for_years),
        cmocka_unit_test(beijing_lists_what_is_deducted),
        cmocka_unit_test(what_the_law_forbids_is_answered_with_its_text),
        cmocka_unit_test(the_agency_gets_its_part_where_it_took_part),
        cmocka_unit_test(a_slip_names_its_field),
    };

    return cmocka_run_group_tests(tests, open_book, close_book);
}
