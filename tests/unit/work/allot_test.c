#include "../base/cases.h"

#include "work/allot.h"

#include "base/money.h"

/* --- net income --- */

static const struct allot_terms nation = {.reward_floor = 5000, .main_floor = 5000};

static const struct {
    const char *why;
    int64_t income;
    struct allot_cost costs[3];
    size_t count;
    bool refused;          /* are public funds refused as a cost? */
    int64_t net;           /* -1: not accepted */
    long line;
    const char *says;
} nets[] = {
    {"nothing to take off", 10000, {{0}}, 0, false, 10000, 0, NULL},
    {"taxes and a fee", 10000, {{DEDUCT_TAX, 600, false}, {DEDUCT_APPRAISAL, 400, false}}, 2, false, 9000, 0, NULL},
    {"all of it", 10000, {{DEDUCT_COST, 10000, false}}, 1, false, 0, 0, NULL},
    {"one fen more", 10000, {{DEDUCT_COST, 10001, false}}, 1, false, -1, 1, "超过了收入"},
    {"two that do not overflow", 10000, {{DEDUCT_COST, 1, false}, {DEDUCT_TAX, INT64_MAX, false}}, 2, false, -1, 2, "超过了收入"},
    {"nothing as a deduction", 10000, {{DEDUCT_COST, 0, false}}, 1, false, -1, 1, "大于 0"},
    {"less than nothing", 10000, {{DEDUCT_TAX, 1, false}, {DEDUCT_BROKER, -1, false}}, 2, false, -1, 2, "中介佣金的金额要大于 0"},
    {"not on the list", 10000, {{DEDUCT_COUNT, 5, false}}, 1, false, -1, 1, "不在净收入可以扣除的项目里"},
    {"public money, where the text says nothing", 10000, {{DEDUCT_COST, 5, true}}, 1, false, 9995, 0, NULL},
    {"and where it refuses it", 10000, {{DEDUCT_COST, 5, true}}, 1, true, -1, 1, "财政性资金"},
    {"no income", 0, {{0}}, 0, false, -1, 0, "收入要大于 0"},
    {"a negative one", -1, {{0}}, 0, false, -1, 0, "收入要大于 0"},
    {"too much", MONEY_MAX + 1, {{0}}, 0, false, -1, 0, "收入要大于 0"},
    {"too many", 10000, {{0}}, ALLOT_DEDUCTIONS + 1, false, -1, 0, "最多 64 项"},
};

static void net_income_takes_off_what_is_on_the_list(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(nets); i++) {
        struct allot_terms terms = {.public_research_refused = nets[i].refused};
        struct err err = {.code = ERR_NONE};
        int64_t net = -1;
        bool ok = allot_net(nets[i].income, nets[i].costs, nets[i].count, &terms, &net, &err);

        if (net != nets[i].net || ok != (net >= 0))
            fail_msg("%s: %lld %s", nets[i].why, (long long)net, err.message);
        if (!ok && (err.code != ERR_INVALID || err.line != nets[i].line || !strstr(err.message, nets[i].says)))
            fail_msg("%s: %s (line %ld)", nets[i].why, err.message, err.line);
    }
}

/* --- shares --- */

static const struct {
    const char *why;
    int64_t net;
    struct allot_terms terms;
    struct allot_person people[4];
    size_t count;
    int64_t reward, unit;
    int64_t shares[4];
} fine[] = {
    {"the floor of the nation", 100, {.reward_floor = 5000}, {{.id = 1, .weight = 10000}}, 1, 50, 50, {50}},
    {"goes up to the fen", 101, {.reward_floor = 5000}, {{.id = 1, .weight = 10000}}, 1, 51, 50, {51}},
    {"Gansu's 60 %", 101, {.reward_floor = 6000}, {{.id = 1, .weight = 10000}}, 1, 61, 40, {61}},
    {"70 %", 101, {.reward_floor = 7000}, {{.id = 1, .weight = 10000}}, 1, 71, 30, {71}},
    {"5 % of the profit of 1 fen", 1, {.reward_floor = 500}, {{.id = 1, .weight = 10000}}, 1, 1, 0, {1}},
    {"more is agreed", 10000, {.reward_floor = 5000, .reward_agreed = 8000}, {{.id = 1, .weight = 10000}}, 1, 8000, 2000, {8000}},
    {"the floor itself is agreed", 101, {.reward_floor = 5000, .reward_agreed = 5000}, {{.id = 1, .weight = 10000}}, 1, 51, 50, {51}},
    {"what is agreed is not rounded up", 101, {.reward_floor = 5000, .reward_agreed = 5100}, {{.id = 1, .weight = 10000}}, 1, 52, 49, {52}},
    {"but never under the floor", 1, {.reward_floor = 1000, .reward_agreed = 2000}, {{.id = 1, .weight = 10000}}, 1, 1, 0, {1}},
    {"all of it", 101, {.reward_floor = 5000, .reward_agreed = 10000}, {{.id = 1, .weight = 10000}}, 1, 101, 0, {101}},

    {"1 fen among 3: the larger remainder", 2, {.reward_floor = 5000},
     {{.id = 1, .weight = 3333}, {.id = 2, .weight = 3334}, {.id = 3, .weight = 3333}}, 3, 1, 1, {0, 1, 0}},
    {"100 fen among 3", 200, {.reward_floor = 5000},
     {{.id = 1, .weight = 3333}, {.id = 2, .weight = 3333}, {.id = 3, .weight = 3334}}, 3, 100, 100, {33, 33, 34}},
    {"equal remainders: the larger weight", 2, {.reward_floor = 5000, .reward_agreed = 10000},
     {{.id = 1, .weight = 2500}, {.id = 2, .weight = 7500}}, 2, 2, 0, {0, 2}},
    {"equal weights: the smaller id", 2, {.reward_floor = 5000},
     {{.id = 9, .weight = 2500}, {.id = 7, .weight = 2500}, {.id = 8, .weight = 2500}, {.id = 6, .weight = 2500}}, 4, 1, 1, {0, 0, 0, 1}},
    {"who has no weight gets nothing", 7, {.reward_floor = 5000},
     {{.id = 1, .weight = 0}, {.id = 2, .weight = 5000}, {.id = 3, .weight = 5000}}, 3, 4, 3, {0, 2, 2}},
    {"the largest amount", MONEY_MAX, {.reward_floor = 7000},
     {{.id = 1, .weight = 1}, {.id = 2, .weight = 9999}}, 2, MONEY_MAX / 10 * 7, MONEY_MAX / 10 * 3,
     {MONEY_MAX / 100000 * 7, MONEY_MAX / 100000 * 7 * 9999}},

    {"the main contributors' floor exactly", 20000, {.reward_floor = 5000, .main_floor = 5000},
     {{.id = 1, .weight = 5000, .main = true}, {.id = 2, .weight = 5000}}, 2, 10000, 10000, {5000, 5000}},
    {"not lost to rounding: 5 of 9 fen", 18, {.reward_floor = 5000, .main_floor = 5000},
     {{.id = 2, .weight = 5000, .main = true}, {.id = 1, .weight = 5000}}, 2, 9, 9, {5, 4}},
    {"two of them, 4 of 7 fen", 14, {.reward_floor = 5000, .main_floor = 5000},
     {{.id = 4, .weight = 2500, .main = true}, {.id = 3, .weight = 2500, .main = true}, {.id = 1, .weight = 5000}}, 3, 7, 7, {2, 2, 3}},
    {"reached by rounding alone", 2, {.reward_floor = 5000, .main_floor = 5000},
     {{.id = 1, .weight = 4000, .main = true}, {.id = 2, .weight = 3000}, {.id = 3, .weight = 3000}}, 3, 1, 1, {1, 0, 0}},
    {"Zhejiang: 70 % and 5 %", 1000, {.reward_floor = 7000, .main_floor = 7000, .agency_floor = 500},
     {{.id = 1, .weight = 7000, .main = true}, {.id = 2, .weight = 2500}, {.id = 3, .weight = 500, .agency = true}}, 3, 700, 300, {490, 175, 35}},
    {"where both are rounded down", 10, {.reward_floor = 7000, .main_floor = 7000, .agency_floor = 500},
     {{.id = 3, .weight = 7000, .main = true}, {.id = 2, .weight = 2500}, {.id = 1, .weight = 500, .agency = true}}, 3, 7, 3, {5, 1, 1}},
    {"a main contributor who is of the agency is main", 1000, {.reward_floor = 5000, .main_floor = 5000},
     {{.id = 1, .weight = 5000, .main = true, .agency = true}, {.id = 2, .weight = 5000}}, 2, 500, 500, {250, 250}},

    {"a chief leader takes money", 100, {.reward_floor = 5000}, {{.id = 1, .weight = 10000, .leader = LEADER_CHIEF}}, 1, 50, 50, {50}},
    {"another leader takes equity", 100, {.reward_floor = 5000, .equity = true},
     {{.id = 1, .weight = 10000, .leader = LEADER_OTHER}}, 1, 50, 50, {50}},
    {"a chief leader with a document takes equity", 100, {.reward_floor = 5000, .equity = true},
     {{.id = 1, .weight = 10000, .leader = LEADER_CHIEF, .equity_document = true}}, 1, 50, 50, {50}},
    {"a chief leader without a share stands in nobody's way", 100, {.reward_floor = 5000, .equity = true},
     {{.id = 1, .weight = 10000}, {.id = 2, .leader = LEADER_CHIEF}}, 2, 50, 50, {50, 0}},
};

static void each_gets_the_share_that_the_terms_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fine); i++) {
        struct allotment out;
        struct err err;

        if (!allot(fine[i].net, &fine[i].terms, fine[i].people, fine[i].count, &out, &err))
            fail_msg("%s: %s", fine[i].why, err.message);
        if (out.reward != fine[i].reward || out.unit != fine[i].unit || out.net != fine[i].net || out.count != fine[i].count)
            fail_msg("%s: reward %lld, unit %lld", fine[i].why, (long long)out.reward, (long long)out.unit);
        for (size_t p = 0; p < fine[i].count; p++)
            if (out.shares[p].fen != fine[i].shares[p] || out.shares[p].id != fine[i].people[p].id)
                fail_msg("%s: share %zu is %lld", fine[i].why, p + 1, (long long)out.shares[p].fen);
        assert_int_equal(out.refusal, ALLOT_FINE);
    }
}

static const struct {
    const char *why;
    int64_t net;
    struct allot_terms terms;
    struct allot_person people[3];
    size_t count;
    enum allot_refusal refusal;
    const char *says;
} refused[] = {
    {"100.01 %", 100, {.reward_floor = 5000}, {{.id = 1, .weight = 5000}, {.id = 2, .weight = 5001}}, 2, ALLOT_WEIGHTS, "100.01%"},
    {"99.99 %", 100, {.reward_floor = 5000}, {{.id = 1, .weight = 5000}, {.id = 2, .weight = 4999}}, 2, ALLOT_WEIGHTS, "99.99%"},
    {"a weight below 0", 100, {.reward_floor = 5000}, {{.id = 1, .weight = 10001}, {.id = 2, .weight = -1}}, 2, ALLOT_WEIGHTS, "第 1 位"},
    {"a weight below 0, first", 100, {.reward_floor = 5000}, {{.id = 1, .weight = -1}, {.id = 2, .weight = 10000}}, 2, ALLOT_WEIGHTS, "第 1 位"},
    {"nobody", 100, {.reward_floor = 5000}, {{0}}, 0, ALLOT_TEAM, "还没有写团队成员"},
    {"somebody twice", 100, {.reward_floor = 5000}, {{.id = 5, .weight = 5000}, {.id = 5, .weight = 5000}}, 2, ALLOT_TEAM, "第 2 位成员与第 1 位是同一人"},
    {"no net income", 0, {.reward_floor = 5000}, {{.id = 1, .weight = 10000}}, 1, ALLOT_NO_INCOME, "没有净收入"},
    {"a loss", -5, {.reward_floor = 5000}, {{.id = 1, .weight = 10000}}, 1, ALLOT_NO_INCOME, "没有净收入"},
    {"too much", MONEY_MAX + 1, {.reward_floor = 5000}, {{.id = 1, .weight = 10000}}, 1, ALLOT_NO_INCOME, "没有净收入"},
    {"agreed under the floor", 100, {.reward_floor = 6000, .reward_agreed = 5999}, {{.id = 1, .weight = 10000}}, 1, ALLOT_BELOW_FLOOR, "59.99% 低于法定的 60.00%"},
    {"agreed above all", 100, {.reward_floor = 6000, .reward_agreed = 10001}, {{.id = 1, .weight = 10000}}, 1, ALLOT_TERMS, "0 到 100%"},
    {"a floor above all", 100, {.reward_floor = 10001}, {{.id = 1, .weight = 10000}}, 1, ALLOT_TERMS, "0 到 100%"},
    {"a floor below nothing", 100, {.main_floor = -1}, {{.id = 1, .weight = 10000}}, 1, ALLOT_TERMS, "0 到 100%"},
    {"no main contributor", 100, {.reward_floor = 5000, .main_floor = 5000}, {{.id = 1, .weight = 10000}}, 1, ALLOT_MAIN_FLOOR, "主要贡献人员合计 0.00 元"},
    {"their floor, one fen short", 20000, {.reward_floor = 5000, .main_floor = 5000},
     {{.id = 1, .weight = 4999, .main = true}, {.id = 2, .weight = 5001}}, 2, ALLOT_MAIN_FLOOR, "主要贡献人员合计 49.99 元，低于奖励总额的法定份额 50.00 元"},
    {"the agency's floor", 20000, {.reward_floor = 5000, .agency_floor = 500},
     {{.id = 1, .weight = 9501}, {.id = 2, .weight = 499, .agency = true}}, 2, ALLOT_AGENCY_FLOOR, "4.99 元，低于奖励总额的法定份额 5.00 元"},
    {"a main contributor is not counted for the agency", 20000, {.reward_floor = 5000, .main_floor = 5000, .agency_floor = 500},
     {{.id = 1, .weight = 9500, .main = true}, {.id = 2, .weight = 500, .main = true, .agency = true}}, 2, ALLOT_AGENCY_FLOOR, "合计 0.00 元"},
    {"two floors above one fen", 1, {.reward_floor = 5000, .main_floor = 7000, .agency_floor = 500},
     {{.id = 1, .weight = 9000, .main = true}, {.id = 2, .weight = 1000, .agency = true}}, 2, ALLOT_MAIN_FLOOR, "低于奖励总额的法定份额"},
    {"a chief leader's equity", 100, {.reward_floor = 5000, .equity = true},
     {{.id = 1, .weight = 9999}, {.id = 2, .weight = 1, .leader = LEADER_CHIEF}}, 2, ALLOT_CHIEF_EQUITY, "第 2 位成员是正职领导"},
};

static void what_the_law_refuses_is_refused_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct allotment out;
        struct err err;

        if (allot(refused[i].net, &refused[i].terms, refused[i].people, refused[i].count, &out, &err))
            fail_msg("%s: accepted", refused[i].why);
        if (out.refusal != refused[i].refusal || err.code != ERR_INVALID || !strstr(err.message, refused[i].says))
            fail_msg("%s: %d %s", refused[i].why, out.refusal, err.message);
    }
}

static void two_hundred_are_the_most(void **state)
{
    struct allot_person people[ALLOT_PEOPLE + 1];
    struct allotment out;
    struct err err;

    (void)state;
    for (int i = 0; i <= ALLOT_PEOPLE; i++)
        people[i] = (struct allot_person){.id = i + 1, .weight = 50, .main = true};
    assert_true(allot(1000003, &nation, people, ALLOT_PEOPLE, &out, &err));
    people[0].weight = people[ALLOT_PEOPLE].weight = 25;
    assert_false(allot(1000003, &nation, people, ALLOT_PEOPLE + 1, &out, &err));
    assert_int_equal(out.refusal, ALLOT_TEAM);
    assert_non_null(strstr(err.message, "最多 200 人，这里有 201 人"));
}

/* --- a million random cases --- */

struct drawn {
    int64_t net;
    struct allot_terms terms;
    struct allot_person people[ALLOT_PEOPLE];
    size_t count;
};

static uint64_t seed = 20260301;

static int64_t drawn_below(int64_t most)
{
    return (int64_t)(random_next(&seed) % (uint64_t)most);
}

static int64_t drawn_of(const int64_t *values, size_t count)
{
    return values[drawn_below((int64_t)count)];
}

/* Weights that sum to the whole: what is left is cut again and again, now and then into equal parts. */
static void draw_weights(struct drawn *drawn)
{
    int64_t left = ALLOT_WHOLE;
    bool equal = drawn_below(4) == 0;

    for (size_t i = 0; i < drawn->count; i++) {
        int64_t rest = (int64_t)(drawn->count - i), part = equal ? left / rest : drawn_below(2 * left / rest + 1);

        if (part > left || rest == 1)
            part = left;
        drawn->people[i].weight = (int32_t)part;
        left -= part;
    }
}

static void draw(struct drawn *drawn)
{
    static const int64_t floors[] = {0, 500, 1000, 5000, 6000, 7000, 10000}, mains[] = {0, 5000, 7000}, agencies[] = {0, 0, 500};
    int64_t above;

    drawn->net = 1 + drawn_below(drawn_below(3) ? drawn_below(2) ? MONEY_MAX : 100000000 : 30);
    drawn->terms = (struct allot_terms){.reward_floor = drawn_of(floors, COUNT(floors)),
                                        .main_floor = drawn_of(mains, COUNT(mains)),
                                        .agency_floor = drawn_of(agencies, COUNT(agencies))};
    above = ALLOT_WHOLE - drawn->terms.reward_floor;
    drawn->terms.reward_agreed = drawn_below(3) ? drawn->terms.reward_floor + drawn_below(above + 1) : 0;
    drawn->count = 1 + (size_t)drawn_below(drawn_below(50) ? 12 : ALLOT_PEOPLE);
    for (size_t i = 0; i < drawn->count; i++)
        drawn->people[i] = (struct allot_person){.id = (int64_t)i * 977 % 1009 + 1, .main = drawn_below(3) > 0,
                                                 .agency = drawn_below(3) == 0};
    draw_weights(drawn);
}

static void shuffle(struct drawn *drawn)
{
    for (size_t i = drawn->count; i > 1; i--) {
        size_t j = (size_t)drawn_below((int64_t)i);
        struct allot_person kept = drawn->people[i - 1];

        drawn->people[i - 1] = drawn->people[j];
        drawn->people[j] = kept;
    }
}

/* Is it `least` of `total`, at the smallest: one fen less would be under the share? */
static bool is_least(int64_t least, int64_t total, int64_t share)
{
    __int128 due = (__int128)total * share;

    return (__int128)least * ALLOT_WHOLE >= due && (__int128)(least - 1) * ALLOT_WHOLE < due;
}

static int64_t share_of(const struct allotment *out, int64_t id)
{
    for (size_t i = 0; i < out->count; i++)
        if (out->shares[i].id == id)
            return out->shares[i].fen;
    return -1;
}

/* Plain largest remainder, the slow way: a person gets one fen more if fewer come before than fens are left. */
static int64_t share_plainly(const struct drawn *drawn, int64_t reward, size_t who)
{
    const struct allot_person *me = &drawn->people[who];
    int64_t left = reward, before = 0, mine = (int64_t)((__int128)reward * me->weight % ALLOT_WHOLE);

    for (size_t i = 0; i < drawn->count; i++) {
        const struct allot_person *other = &drawn->people[i];
        int64_t rest = (int64_t)((__int128)reward * other->weight % ALLOT_WHOLE);

        left -= (int64_t)((__int128)reward * other->weight / ALLOT_WHOLE);
        before += rest > mine || (rest == mine && other->weight > me->weight)
            || (rest == mine && other->weight == me->weight && other->id < me->id);
    }
    return (int64_t)((__int128)reward * me->weight / ALLOT_WHOLE) + (before < left);
}

/* Sums exact, floors kept, everybody's share as plainly where that keeps the floors, and within a fen a head of it elsewhere. */
static void check_sums(const struct drawn *drawn, const struct allotment *out)
{
    int64_t sum = 0, main = 0, agency = 0, plain_main = 0, plain_agency = 0, plain[ALLOT_PEOPLE];
    bool plainly;

    for (size_t i = 0; i < drawn->count; i++) {
        bool of_agency = drawn->people[i].agency && !drawn->people[i].main;

        plain[i] = share_plainly(drawn, out->reward, i);
        sum += out->shares[i].fen;
        main += drawn->people[i].main ? out->shares[i].fen : 0;
        agency += of_agency ? out->shares[i].fen : 0;
        plain_main += drawn->people[i].main ? plain[i] : 0;
        plain_agency += of_agency ? plain[i] : 0;
    }
    assert_true(sum == out->reward && out->reward + out->unit == out->net && out->net == drawn->net && out->unit >= 0);
    assert_true(is_least(out->floor, out->net, drawn->terms.reward_floor) && out->reward >= out->floor);
    assert_true(is_least(out->main_least, out->reward, drawn->terms.main_floor) && main >= out->main_least);
    assert_true(is_least(out->agency_least, out->reward, drawn->terms.agency_floor) && agency >= out->agency_least);
    assert_true(main == out->main_total && agency == out->agency_total);
    plainly = plain_main >= out->main_least && plain_agency >= out->agency_least;
    for (size_t i = 0; i < drawn->count; i++)
        assert_true(out->shares[i].fen >= 0 && llabs(out->shares[i].fen - plain[i]) <= (plainly ? 0 : (int64_t)drawn->count));
}

/* A group's weights do not reach its floor, or the floors of both are more than the few fen there are. */
static void check_refusal(const struct drawn *drawn, const struct allotment *out)
{
    int64_t main = 0, agency = 0;

    assert_true(out->refusal == ALLOT_MAIN_FLOOR || out->refusal == ALLOT_AGENCY_FLOOR);
    for (size_t i = 0; i < drawn->count; i++) {
        main += drawn->people[i].main ? drawn->people[i].weight : 0;
        agency += drawn->people[i].agency && !drawn->people[i].main ? drawn->people[i].weight : 0;
    }
    if (out->main_least + out->agency_least <= out->reward)
        assert_true(out->refusal == ALLOT_MAIN_FLOOR ? main < drawn->terms.main_floor : agency < drawn->terms.agency_floor);
}

static void no_random_case_breaks_the_sums_the_floors_or_the_order(void **state)
{
    struct drawn drawn;
    struct allotment out, again;
    struct err err;
    int shared = 0, refusals = 0;

    (void)state;
    while (shared < TQ_CASES) {
        bool ok;

        draw(&drawn);
        ok = allot(drawn.net, &drawn.terms, drawn.people, drawn.count, &out, &err);
        if (ok)
            check_sums(&drawn, &out);
        else
            check_refusal(&drawn, &out);
        shuffle(&drawn);
        assert_int_equal(allot(drawn.net, &drawn.terms, drawn.people, drawn.count, &again, &err), ok);
        for (size_t p = 0; ok && p < drawn.count; p++)
            assert_int_equal(share_of(&again, out.shares[p].id), out.shares[p].fen);
        shared += ok;
        refusals += !ok;
    }
    print_message("# %d random cases shared out, %d more rightly refused\n", shared, refusals);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(net_income_takes_off_what_is_on_the_list),
        cmocka_unit_test(each_gets_the_share_that_the_terms_say),
        cmocka_unit_test(what_the_law_refuses_is_refused_in_words),
        cmocka_unit_test(two_hundred_are_the_most),
        cmocka_unit_test(no_random_case_breaks_the_sums_the_floors_or_the_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
