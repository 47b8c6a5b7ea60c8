/* Asking: verdicts, what decides, regions and days, many at once, examples and changes to the rule. */
#include "kit.h"

static const struct {
    const char *facts;
    enum rule_verdict verdict;
    const char *asks, *says;
} asked[] = {
    {"state_unit=是 pricing=协议定价 notice_first=2026-03-02 today=2026-03-17", RULE_NO, "", "未满 15 日，2026-03-17 之后签约"},
    {"state_unit=1 pricing=agreement notice_first=2026-03-02 today=2026年3月18日", RULE_YES, "", ""},
    {"state_unit=yes pricing=agreement today=2026-03-17", RULE_UNKNOWN, "notice_first", ""},
    {"state_unit=yes pricing=agreement", RULE_UNKNOWN, "notice_first today", ""},
    {"state_unit=no", RULE_NOT_APPLICABLE, "", ""},
    {"pricing=auction", RULE_NOT_APPLICABLE, "", ""},
    {"", RULE_UNKNOWN, "state_unit pricing notice_first today", ""},
    /* A condition is false, but the rule may not apply at all: not a no, and only whether it applies is asked. */
    {"pricing=agreement notice_first=2026-03-02 today=2026-03-17", RULE_UNKNOWN, "state_unit", ""},
    {"pricing=agreement notice_first=2026-03-02", RULE_UNKNOWN, "state_unit today", ""},
    {"state_unit=未知 pricing=agreement notice_first=2026-03-02 today=2026-03-18", RULE_UNKNOWN, "state_unit", ""},
};

static void verdicts_reasons_and_what_is_asked(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule = kit_rule_of(kit, kit_rule);

    for (size_t i = 0; i < COUNT(asked); i++) {
        struct answer answer = kit_ask(kit, rule, asked[i].facts);

        if (answer.verdict != asked[i].verdict || strcmp(kit_asks(kit, &answer), asked[i].asks) != 0
            || !slice_is(answer.says, asked[i].says))
            fail_msg("%s: %s, asks [%s], says %.*s", asked[i].facts, rule_verdict_word(answer.verdict),
                     kit_asks(kit, &answer), (int)answer.says.len, answer.says.at);
    }
}

/* Each line: a condition, what is known, and which facts decide. */
static const struct {
    const char *holds, *facts, *asks;
} deciding[] = {
    {"people > 10", "", "people"},
    {"people > 10 or income > 5", "", "people income"},
    {"people > 10 and income > 5", "people=11", "income"},
    {"people > 10 or income > 5", "people=1", "income"},
    {"people + income > 10", "", "people income"},
    {"people + income + reward > 1000", "", "people income reward"},
    {"share_ge(reward, income, 5000)", "", "income reward"},
    {"share_ge(reward, income, 5000)", "income=100", "reward"},
    {"share_ge(reward, income, 5000)", "reward=1", "income"},
    {"people > 10 or people <= 10 or income > 5", "", "people income"},
    {"people > 10 or people <= 10 or income > 5", "income=0", "people"},
    /* None decides alone: only combinations show that they matter. */
    {"(people = 3 and income = 7) or (people <> 3 and reward = 9)", "", "people income reward"},
    {"iif(people = 3, income, reward) > 7", "", "people income reward"},
    {"iif(people = 3, income, reward) > 7", "people=3", "income"},
    {"income > reward", "reward=123456789", "income"},
    {"people = 1 or income > reward", "reward=123456789 people=0", "income"},
    {"coalesce(people, 0) > reward", "", "reward"},
    {"people is null or income > 3", "people=2", "income"},
    {"income > 3 or (people is not null and reward > 1)", "", "income"},
    {"coalesce(people, income) > 3", "", "income"},
    {"coalesce(reward, people, income) > 3 and people < 7", "", "people income"},
    {"part(income, 0) = 0", "", "income"},
    {"people between 3 and 5 and not (income = 2)", "", "people income"},
};

static const struct rule *deciding_rule(struct kit *kit, const char *holds)
{
    char *text = kit_changed("rule: R\ntitle: t\nsummary: s\nregion: 100000\nvalid_from: 2020-01-01\nsource: checked\n"
                             "articles: [{document: d, source: checked}]\nfacts: [people, income, reward]\n"
                             "conditions: [{name: c, holds: \"HOLDS\", says: x}]\n"
                             "results: {all: {kind: number, label: 和, value: people + income + reward}}\n"
                             "examples: [{name: n, given: {}, answer: unknown, why: w}]\n",
                             "HOLDS", holds);
    const struct rule *rule = kit_rule_of(kit, text);

    free(text);
    return rule;
}

static void which_unknown_facts_decide(void **state)
{
    struct kit *kit = *state;

    for (size_t i = 0; i < COUNT(deciding); i++) {
        const struct rule *rule = deciding_rule(kit, deciding[i].holds);
        struct answer answer = kit_ask(kit, rule, deciding[i].facts);

        assert_int_equal(answer.verdict, RULE_UNKNOWN);
        if (strcmp(kit_asks(kit, &answer), deciding[i].asks) != 0)
            fail_msg("%s with %s asks [%s], not [%s]", deciding[i].holds, deciding[i].facts, kit_asks(kit, &answer),
                     deciding[i].asks);
    }
}

static void what_to_do_is_said_with_its_figures(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule = kit_rule_of(kit, kit_rule);

    assert_true(slice_is(kit_ask(kit, rule, asked[0].facts).hint, "等满 15 日"));
    assert_true(slice_is(kit_ask(kit, rule, asked[1].facts).hint, ""));
}

static void each_condition_says_what_stands_in_its_way_and_a_share_can_have_a_unit_of_its_own(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule = kit_rule_of(kit,
        "rule: R\ntitle: t\nsummary: s\nregion: 100000\nvalid_from: 2020-01-01\nsource: checked\n"
        "articles: [{document: d, source: checked}]\nparameters: {least: {label: 占比, value: 4%, source: checked}}\n"
        "facts: [people, share]\nconditions:\n  - {name: some, label: 人数, holds: people > 10, says: \"只有 {people} 人\", hint: 再招}\n"
        "  - {name: part, holds: share >= $least, says: \"占 {share}，差 {gap:个百分点}\", hint: \"到 {least}\"}\n"
        "results: {gap: {kind: share, label: 差, value: $least - share}}\n"
        "examples: [{name: n, given: {}, answer: unknown, why: w}]\n");
    struct fact facts[] = {{.name = "people", .kind = FACT_NUMBER, .known = true, .value = 3},
                           {.name = "share", .kind = FACT_SHARE, .known = true, .value = 390}};
    struct slice told, hint;
    struct answer answer;

    assert_string_equal(rule->conditions[0].label, "人数");
    assert_string_equal(rule->conditions[1].label, "");
    assert_true(rule_ask(kit->book, rule, facts, 2, &kit->arena, &answer, &kit->err));
    assert_true(rule_condition_tell(rule, &answer, 0, facts, 2, &kit->arena, &told, &hint, &kit->err));
    assert_true(slice_is(told, "只有 3 人") && slice_is(hint, "再招"));
    assert_true(rule_condition_tell(rule, &answer, 1, facts, 2, &kit->arena, &told, &hint, &kit->err));
    assert_true(slice_is(told, "占 3.9%，差 0.1 个百分点") && slice_is(hint, "到 4%"));
}

static void facts_of_another_kind_and_codes_that_are_none_are_refused(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule = kit_rule_of(kit, kit_rule);
    struct fact money = {.name = "state_unit", .kind = FACT_MONEY, .known = true, .value = 1};
    struct fact code = {.name = "pricing", .kind = FACT_CODE, .known = true, .code = SLICE("barter")};
    struct fact other = {.name = "unheard", .kind = FACT_CODE, .known = true, .code = SLICE("barter")};
    struct fact huge = {.name = "today", .kind = FACT_DAY, .known = true, .value = INT64_MAX};
    struct answer answer;

    assert_false(rule_ask(kit->book, rule, &money, 1, &kit->arena, &answer, &kit->err));
    assert_int_equal(kit->err.code, ERR_INVALID);
    assert_string_equal(kit->err.field, "state_unit");
    assert_false(rule_ask(kit->book, rule, &code, 1, &kit->arena, &answer, &kit->err));
    assert_string_equal(kit->err.field, "pricing");
    assert_false(rule_ask(kit->book, rule, &huge, 1, &kit->arena, &answer, &kit->err));
    assert_true(rule_ask(kit->book, rule, &other, 1, &kit->arena, &answer, &kit->err));
    assert_int_equal(answer.verdict, RULE_UNKNOWN);
}

static void what_cannot_be_computed_is_an_error_and_no_unknown(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule = deciding_rule(kit, "share_ge(reward, income, 5000)");
    struct fact facts[] = {{.name = "reward", .kind = FACT_MONEY, .known = true, .value = 1},
                           {.name = "income", .kind = FACT_MONEY, .known = true, .value = 0}};
    struct answer answer;

    assert_false(rule_ask(kit->book, rule, facts, 2, &kit->arena, &answer, &kit->err));
    assert_int_equal(kit->err.code, ERR_INVALID);
    assert_non_null(strstr(kit->err.message, "基数须大于 0"));
}

static void the_hash_is_of_the_facts_the_rule_asks_for(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule = kit_rule_of(kit, kit_rule);
    struct answer one = kit_ask(kit, rule, "state_unit=yes today=2026-03-17");
    struct answer same = kit_ask(kit, rule, "today=2026-03-17 people=4 state_unit=1");
    struct answer other = kit_ask(kit, rule, "state_unit=yes today=2026-03-18");
    struct slice told = SLICE("state_unit=1\npricing=?\nnotice_first=?\ntoday=20529\n");
    unsigned char hash[RULE_HASH];

    seal_sha256(&told, 1, hash);
    assert_memory_equal(one.facts_hash, hash, RULE_HASH);
    assert_memory_equal(one.facts_hash, same.facts_hash, RULE_HASH);
    assert_memory_not_equal(one.facts_hash, other.facts_hash, RULE_HASH);
}

/* --- regions, versions, gates --- */

static void put_version(struct kit *kit, const char *file, const char *id, const char *region, const char *more)
{
    char *named = kit_changed(kit_rule, "rule: R03", id), *placed = kit_changed(named, "region: 100000", region);
    char *whole = kit_changed(placed, "valid_from: 2015-10-01", more);

    kit_write(kit, file, whole);
    free(named);
    free(placed);
    free(whole);
}

static const char *found(struct kit *kit, const char *id, int32_t region, const char *day)
{
    const struct rule *rule = rule_find(kit->book, id, region, day_of(day));

    return rule ? strrchr(rule->file, '/') + 1 : "none";
}

static void the_nearest_region_in_force_is_found(void **state)
{
    struct kit *kit = *state;

    put_version(kit, "national/old.yaml", "rule: R20", "region: 100000", "valid_from: 2000-01-01\nvalid_until: 2015-09-30");
    put_version(kit, "national/new.yaml", "rule: R20", "region: 100000", "valid_from: 2015-10-01");
    put_version(kit, "gansu/gansu.yaml", "rule: R21", "region: 620000", "valid_from: 2016-06-01\noverrides: R20");
    put_version(kit, "gansu/lanzhou.yaml", "rule: R21", "region: 620100", "valid_from: 2020-01-01\noverrides: R21");
    if (!kit_load(kit))
        fail_msg("%s", kit->err.message);
    assert_string_equal(found(kit, "R20", 100000, "1999-12-31"), "none");
    assert_string_equal(found(kit, "R20", 100000, "2000-01-01"), "old.yaml");
    assert_string_equal(found(kit, "R20", 100000, "2015-09-30"), "old.yaml");
    assert_string_equal(found(kit, "R20", 100000, "2015-10-01"), "new.yaml");
    assert_string_equal(found(kit, "R20", 110108, "2026-01-01"), "new.yaml");
    assert_string_equal(found(kit, "R20", 620000, "2016-05-31"), "new.yaml");
    assert_string_equal(found(kit, "R20", 620000, "2016-06-01"), "gansu.yaml");
    assert_string_equal(found(kit, "R20", 620102, "2019-12-31"), "gansu.yaml");
    assert_string_equal(found(kit, "R20", 620102, "2020-01-01"), "lanzhou.yaml");
    assert_string_equal(found(kit, "R20", 620500, "2020-01-01"), "gansu.yaml");
    assert_string_equal(found(kit, "R21", 110000, "2020-01-01"), "none");
    assert_string_equal(found(kit, "R99", 100000, "2020-01-01"), "none");
}

static void versions_may_not_overlap_nor_stand_for_nothing(void **state)
{
    struct kit *kit = *state;

    put_version(kit, "national/a.yaml", "rule: R20", "region: 100000", "valid_from: 2000-01-01\nvalid_until: 2015-10-01");
    put_version(kit, "national/b.yaml", "rule: R20", "region: 100000", "valid_from: 2015-10-01");
    assert_false(kit_load(kit));
    assert_non_null(strstr(kit->err.message, "日期重叠"));
    assert_non_null(strstr(kit->err.message, "b.yaml"));
    put_version(kit, "national/b.yaml", "rule: R20", "region: 100000", "valid_from: 2015-10-02");
    assert_true(kit_load(kit));
    put_version(kit, "gansu/c.yaml", "rule: R21", "region: 620000", "valid_from: 2015-10-01\noverrides: R99");
    assert_false(kit_load(kit));
    assert_non_null(strstr(kit->err.message, "R99 没有在更大的地区里"));
    put_version(kit, "gansu/c.yaml", "rule: R21", "region: 620000", "valid_from: 2015-10-01\noverrides: R20");
    put_version(kit, "gansu/d.yaml", "rule: R22", "region: 620000", "valid_from: 2015-10-01\noverrides: R20");
    assert_false(kit_load(kit));
    assert_non_null(strstr(kit->err.message, "都取代 R20"));
}

static void at_a_gate_only_what_is_in_force_is_asked(void **state)
{
    struct kit *kit = *state;
    struct fact facts[] = {{.name = "state_unit", .kind = FACT_YES, .known = true, .value = 0, .until = 0},
                           {.name = "pricing", .kind = FACT_CODE, .known = true, .code = SLICE("agreement")}};
    struct answer *answers;
    size_t count;

    put_version(kit, "national/a.yaml", "rule: R20", "region: 100000", "valid_from: 2000-01-01");
    put_version(kit, "national/b.yaml", "rule: R3", "region: 100000", "valid_from: 2000-01-01");
    put_version(kit, "gansu/c.yaml", "rule: R21", "region: 620000", "valid_from: 2000-01-01\noverrides: R20");
    assert_true(kit_load(kit));
    assert_true(rule_gate(kit->book, "sign", 620102, day_of("2026-03-17"), facts, 2, &kit->arena, &answers, &count, &kit->err));
    assert_int_equal(count, 2);
    assert_string_equal(answers[0].rule->id, "R3");
    assert_string_equal(answers[1].rule->id, "R21");
    assert_int_equal(answers[0].verdict, RULE_NOT_APPLICABLE);
    assert_true(rule_gate(kit->book, "pay", 620102, day_of("2026-03-17"), facts, 2, &kit->arena, &answers, &count, &kit->err));
    assert_int_equal(count, 0);
    facts[0].until = day_of("2026-03-16");
    assert_true(rule_gate(kit->book, "sign", 620102, day_of("2026-03-17"), facts, 2, &kit->arena, &answers, &count, &kit->err));
    assert_int_equal(answers[0].verdict, RULE_UNKNOWN);
    facts[0].until = day_of("2026-03-17");
    assert_true(rule_gate(kit->book, "sign", 620102, day_of("2026-03-17"), facts, 2, &kit->arena, &answers, &count, &kit->err));
    assert_int_equal(answers[0].verdict, RULE_NOT_APPLICABLE);
}

/* --- authoring --- */

struct told {
    int count;
    char last[400];
};

static void keep_complaint(void *arg, const struct rule *rule, const char *example, long line, const char *complaint)
{
    struct told *told = arg;

    (void)rule;
    told->count++;
    snprintf(told->last, sizeof told->last, "%s@%ld: %s", example, line, complaint);
}

static void an_example_that_is_off_is_told_with_expected_and_found(void **state)
{
    static const struct {
        const char *from, *to, *complaint;
    } cases[] = {
        {"today: 2026-03-17}\n    answer: no\n    because: long_enough\n", "today: 2026-03-17}\n    answer: yes\n", "第 15 日@22: 应是 yes，得 no"},
        {"results: {earliest: 2026-03-17}", "results: {earliest: 2026-03-18}", "第 15 日@22: 结果 earliest 应是 2026-03-18，得 2026-03-17"},
        {"results: {earliest: 2026-03-17}", "results: {earliest: unknown}", "第 15 日@22: 结果 earliest 应是 未知，得 2026-03-17"},
        {"asks: [notice_first]", "asks: [today]", "不知道@32: 应问 [today]，得 [notice_first]"},
        {"asks: [notice_first]", "asks: []", "不知道@32: 应问 []，得 [notice_first]"},
    };
    struct kit *kit = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = kit_changed(kit_rule, cases[i].from, cases[i].to);
        const struct rule *rule = kit_rule_of(kit, text);
        struct told told = {0};
        size_t run = 0, failed = 0;

        free(text);
        rule_examples(kit->book, rule, keep_complaint, &told, &run, &failed);
        assert_int_equal(run, 3);
        assert_int_equal(failed, 1);
        assert_int_equal(told.count, 1);
        assert_string_equal(told.last, cases[i].complaint);
    }
}

static void keep_survivor(void *arg, const struct rule *rule, const struct rule_mutant *mutant)
{
    struct told *told = arg;

    (void)rule;
    told->count++;
    snprintf(told->last, sizeof told->last, "%s@%ld: %s to %s: %s", mutant->where, mutant->line, mutant->was, mutant->is,
             mutant->text);
}

static void a_change_that_no_example_notices_survives(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule = kit_rule_of(kit, kit_rule);
    struct told told = {0};
    size_t mutants = 0, caught = 0;
    char *text, *dated;

    /* = twice, 1 both ways, AND, > twice, 15 both ways; no example has a unit that is not the state's, so one lives. */
    rule_mutate(kit->book, rule, keep_survivor, &told, &mutants, &caught);
    assert_int_equal(mutants, 11);
    assert_int_equal(caught, 8);
    assert_string_equal(told.last, "valid_from@5: 2015-10-01 to 2015-10-02: 2015-10-02");
    text = kit_changed(kit_rule, "  - name: 不知道\n", "  - {name: 非, given: {state_unit: no}, answer: not applicable, why: 非}\n  - name: 不知道\n");
    dated = kit_changed(text, "examples:\n", "in_force: [{on: 2015-10-01, is: yes, why: 当日}, {on: 2015-09-30, is: no, why: 前一日}]\nexamples:\n");
    rule = kit_rule_of(kit, dated);
    free(text);
    free(dated);
    told = (struct told){0};
    mutants = caught = 0;
    rule_mutate(kit->book, rule, keep_survivor, &told, &mutants, &caught);
    assert_int_equal(mutants, 11);
    assert_int_equal(caught, 11);
}

static const struct {
    const char *expression, *words;
} worded[] = {
    {"state_unit = 1 and pricing = 'agreement'", "国家设立的单位：是 并且 定价方式 是 协议定价"},
    {"state_unit = 0 or not pricing in ('listing', 'auction')", "国家设立的单位：否 或者 并非 定价方式 属于 （ 挂牌 、 拍卖 ）"},
    {"today > days_after(notice_first, $days)", "当日 晚于 公示起始日 之后 公示天数 15 日"},
    {"today <= workdays_after(notice_first, 15)", "当日 不晚于 公示起始日 之后 15 个工作日"},
    {"today >= day('2026-01-01')", "当日 不早于 2026-01-01"},
    {"iif(state_unit = 1, today, notice_first) is null", "若 国家设立的单位：是，则 当日，否则 公示起始日 是 未知"},
    {"coalesce(today, notice_first) < $days", "当日（未知时取 公示起始日） 早于 公示天数 15 日"},
    {"case pricing when 'agreement' then $days else 0 end", "按情形（ 定价方式 当 协议定价 时为 公示天数 15 日 否则为 0 ）"},
    {"most(notice_first, today)", "（公示起始日、当日）中最大的"},
};

static void expressions_are_said_in_words(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule = kit_rule_of(kit, kit_rule);

    for (size_t i = 0; i < COUNT(worded); i++)
        assert_string_equal(rule_words(rule, worded[i].expression, &kit->arena), worded[i].words);
}

static void an_example_is_read_back_as_it_would_be_typed(void **state)
{
    struct kit *kit = *state;
    const struct rule *rule = kit_rule_of(kit, kit_rule);

    for (size_t i = 0; i < rule->example_count; i++) {
        const char *words = "";
        struct rule_example example;

        rule_example_read(rule, i, &kit->arena, &example);
        for (size_t j = 0; j < example.typed_count; j++)
            words = arena_print(&kit->arena, "%s%s%s=%s", words, j ? " " : "", example.typed[j].fact->name, example.typed[j].value);
        assert_int_equal(kit_ask(kit, rule, words).verdict, example.verdict);
        assert_true(example.given[0] && strcmp(example.given[0], "国家设立的单位：是") == 0);
    }
}

/* --- values --- */

static const struct {
    const char *fact, *typed;
    int64_t value; /* -1: refused */
    const char *shown;
} values[] = {
    {"share", "60%", 6000, "60%"},       {"share", "12.5%", 1250, "12.5%"},  {"share", "0.03%", 3, "0.03%"},
    {"share", "0.3‰", 3, "0.03%"},       {"share", "100.01%", 10001, "100.01%"}, {"share", "0.001%", -1, ""},
    {"share", "60", -1, ""},             {"share", "%", -1, ""},             {"share", "6.%", -1, ""},
    {"share", "-1%", -1, ""},            {"share", ".5%", -1, ""},           {"income", "500万元", 500000000, "500 万元"},
    {"income", "0.01", 1, "0.01 元"},    {"income", "-5", -1, ""},           {"income", "0.001", -1, ""},
    {"people", "-3", -3, "-3"},          {"people", "3.0", -1, ""},          {"people", "100000000000000001", -1, ""},
    {"people", "三", -1, ""},            {"today", "2024-02-29", 19782, "2024-02-29"}, {"today", "2026-02-29", -1, ""},
    {"score", "70", 7000, "70 分"},      {"score", "70.5", 7050, "70.5 分"},  {"score", "7.25分", 725, "7.25 分"},
    {"score", "0", 0, "0 分"},           {"score", "70.501", -1, ""},        {"score", "70 分", 7000, "70 分"},
    {"score", "-1", -1, ""},             {"score", "七", -1, ""},            {"score", "分", -1, ""},
    {"state_unit", "是", 1, "是"},       {"state_unit", "no", 0, "否"},      {"state_unit", "2", -1, ""},
};

static void values_are_read_and_shown(void **state)
{
    struct kit *kit = *state;

    kit_rule_of(kit, kit_rule);
    for (size_t i = 0; i < COUNT(values); i++) {
        const struct rule_fact *fact = rulebook_fact(kit->book, slice_of(values[i].fact));
        struct eval_value value = {.known = true};
        struct fact read;
        bool ok = rule_fact_read(fact, slice_of(values[i].typed), &read, &kit->err);

        if (ok != (values[i].value != -1 ))
            fail_msg("%s %s: %d", values[i].fact, values[i].typed, ok);
        if (!ok)
            continue;
        assert_true(read.known && read.value == values[i].value);
        value.number = read.value;
        assert_string_equal(rule_value_show(fact->kind, NULL, 0, &value, &kit->arena), values[i].shown);
    }
}

static void a_year_not_announced_makes_an_answer_provisional(void **state)
{
    struct kit *kit = *state;
    char *text = kit_changed(kit_rule, "holds: today > days_after", "holds: today > workdays_after");
    const struct rule *rule = kit_rule_of(kit, text);

    free(text);
    assert_true(kit_ask(kit, rule, "state_unit=1 pricing=agreement notice_first=2099-03-02 today=2099-03-17").provisional);
    assert_false(kit_ask(kit, rule, "state_unit=1 pricing=agreement notice_first=2026-03-02 today=2026-03-17").provisional);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KIT(verdicts_reasons_and_what_is_asked),
        WITH_KIT(which_unknown_facts_decide),
        WITH_KIT(what_to_do_is_said_with_its_figures),
        WITH_KIT(each_condition_says_what_stands_in_its_way_and_a_share_can_have_a_unit_of_its_own),
        WITH_KIT(facts_of_another_kind_and_codes_that_are_none_are_refused),
        WITH_KIT(what_cannot_be_computed_is_an_error_and_no_unknown),
        WITH_KIT(the_hash_is_of_the_facts_the_rule_asks_for),
        WITH_KIT(the_nearest_region_in_force_is_found),
        WITH_KIT(versions_may_not_overlap_nor_stand_for_nothing),
        WITH_KIT(at_a_gate_only_what_is_in_force_is_asked),
        WITH_KIT(an_example_that_is_off_is_told_with_expected_and_found),
        WITH_KIT(a_change_that_no_example_notices_survives),
        WITH_KIT(expressions_are_said_in_words),
        WITH_KIT(an_example_is_read_back_as_it_would_be_typed),
        WITH_KIT(values_are_read_and_shown),
        WITH_KIT(a_year_not_announced_makes_an_answer_provisional),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
