/*
 * Which single fact decides, against an exhaustive search: over small rules made at random, and over the assessments as they stand.
 * A fact decides if, the other unknown facts staying unknown or all given some values, two values of it lead to two verdicts. Of real
 * rules the search tries every figure of the rule with its neighbours and what lies between; it may find no fact that is not asked
 * for, and where one fact alone is unknown just that one, or none.
 */
#include "kit.h"

enum { DOMAIN = 400, UNKNOWN = 3, FACTS = 40 };

struct domain {
    struct fact values[DOMAIN];
    size_t count;
};

struct hunt {
    struct kit *kit;
    const struct rule *rule;
    struct fact facts[FACTS];  /* in the rule's order */
    size_t open[UNKNOWN], open_count;
    struct domain domains[UNKNOWN];
    struct arena arena;
};

static void put_value(struct domain *domain, const struct rule_fact *of, int64_t value)
{
    for (size_t i = 0; i < domain->count; i++)
        if (domain->values[i].value == value)
            return;
    assert_true(domain->count < DOMAIN);
    domain->values[domain->count++] = (struct fact){.name = of->name, .kind = of->kind, .known = true, .value = value};
}

/* What cannot be computed (a base of 0) says nothing. */
static bool verdict_of(struct hunt *hunt, enum rule_verdict *verdict)
{
    struct answer answer;
    struct err ignored;
    bool ok = rule_ask(hunt->kit->book, hunt->rule, hunt->facts, hunt->rule->fact_count, &hunt->arena, &answer, &ignored);

    *verdict = answer.verdict;
    arena_reset(&hunt->arena);
    return ok;
}

static struct fact unknown_of(const struct rule_fact *of)
{
    return (struct fact){.name = of->name, .kind = of->kind};
}

/* Along one fact's axis, the others as they are. */
static bool axis_decides(struct hunt *hunt, size_t which, bool from_unknown)
{
    struct fact *fact = &hunt->facts[hunt->open[which]];
    enum rule_verdict first = RULE_UNKNOWN, verdict;
    bool any = from_unknown, differs = false;

    for (size_t i = 0; i < hunt->domains[which].count && !differs; i++) {
        *fact = hunt->domains[which].values[i];
        if (!verdict_of(hunt, &verdict))
            continue;
        differs = any && verdict != first;
        first = verdict;
        any = true;
    }
    return differs;
}

static void others_set(struct hunt *hunt, size_t which, size_t point)
{
    for (size_t i = 0; i < hunt->open_count; i++) {
        if (i == which)
            continue;
        hunt->facts[hunt->open[i]] = hunt->domains[i].values[point % hunt->domains[i].count];
        point /= hunt->domains[i].count;
    }
}

static void all_unknown(struct hunt *hunt)
{
    for (size_t i = 0; i < hunt->open_count; i++)
        hunt->facts[hunt->open[i]] = unknown_of(&hunt->rule->facts[hunt->open[i]]);
}

static bool decides(struct hunt *hunt, size_t which)
{
    bool found = axis_decides(hunt, which, true);
    size_t points = 1;

    for (size_t i = 0; i < hunt->open_count; i++)
        points *= i == which ? 1 : hunt->domains[i].count;
    for (size_t point = 0; hunt->open_count > 1 && point < points && !found; point++) {
        others_set(hunt, which, point);
        found = axis_decides(hunt, which, false);
    }
    all_unknown(hunt);
    return found;
}

/* exact: and nothing else is asked for. Returns whether there was anything to compare. */
static bool compare(struct hunt *hunt, bool exact, const char *about)
{
    bool asked[FACTS] = {false};
    struct answer answer;

    all_unknown(hunt);
    if (!rule_ask(hunt->kit->book, hunt->rule, hunt->facts, hunt->rule->fact_count, &hunt->kit->arena, &answer, &hunt->kit->err)
        || answer.verdict != RULE_UNKNOWN)
        return false;
    for (size_t i = 0; i < answer.ask_count; i++)
        asked[answer.asks[i] - hunt->rule->facts] = true;
    for (size_t i = 0; i < hunt->open_count; i++) {
        bool found = decides(hunt, i), was_asked = asked[hunt->open[i]];

        if ((found && !was_asked) || (exact && was_asked && !found))
            fail_msg("%s: %s %s and is %s", about, hunt->rule->facts[hunt->open[i]].name, found ? "decides" : "does not decide",
                     was_asked ? "asked for" : "not asked for");
        asked[hunt->open[i]] = false;
    }
    for (size_t i = 0; i < hunt->rule->fact_count; i++)
        assert_false(asked[i]); /* what is known */
    return true;
}

/* --- small rules --- */

static const char *atom(struct kit *kit, uint64_t *seed)
{
    static const char *const numbers[] = {"reward", "income"}, *const marks[] = {"<", "<=", ">", ">="};
    const char *a = numbers[random_next(seed) % 2], *mark = marks[random_next(seed) % 4];
    int figure = (int)(random_next(seed) % 6);

    switch (random_next(seed) % 5) {
    case 0:
        return arena_print(&kit->arena, "state_unit = %d", (int)(random_next(seed) % 2));
    case 1:
        return arena_print(&kit->arena, "%s = %d", a, figure);
    case 2:
        return arena_print(&kit->arena, "reward + income %s %d", mark, figure);
    default:
        return arena_print(&kit->arena, "%s %s %d", a, mark, figure);
    }
}

static const char *formula(struct kit *kit, uint64_t *seed, int depth)
{
    uint64_t choice = random_next(seed) % 5;

    if (depth == 0 || choice == 0)
        return atom(kit, seed);
    if (choice == 1)
        return arena_print(&kit->arena, "not (%s)", formula(kit, seed, depth - 1));
    return arena_print(&kit->arena, "(%s %s %s)", formula(kit, seed, depth - 1), choice == 2 ? "or" : "and", formula(kit, seed, depth - 1));
}

static const struct rule *small_rule(struct kit *kit, const char *first, const char *second)
{
    return kit_rule_of(kit, arena_print(&kit->arena, "rule: R\ntitle: t\nsummary: s\nregion: 100000\nvalid_from: 2020-01-01\nsource: checked\n"
        "articles: [{document: d, source: checked}]\nfacts: [reward, income, state_unit]\n"
        "conditions:\n  - {name: a, holds: \"%s\", says: x}\n  - {name: b, holds: \"%s\", says: x}\n"
        "results: {all: {kind: number, label: 和, value: reward + income + state_unit}}\n"
        "examples: [{name: n, given: {}, answer: unknown, why: w}]\n", first, second));
}

/* Each of the three known or not; all values that can matter are tried. */
static size_t small_compare(struct hunt *hunt, uint64_t *seed, const char *about)
{
    size_t compared = 0;

    for (unsigned unknown = 1; unknown < 8; unknown++) {
        hunt->open_count = 0;
        for (size_t i = 0; i < 3; i++) {
            const struct rule_fact *of = &hunt->rule->facts[i];

            hunt->facts[i] = (struct fact){.name = of->name, .kind = of->kind, .known = true,
                                           .value = (int64_t)(random_next(seed) % (of->kind == FACT_YES ? 2 : 6))};
            if (!(unknown >> i & 1))
                continue;
            hunt->domains[hunt->open_count].count = 0;
            for (int64_t value = 0; value < (of->kind == FACT_YES ? 2 : 14); value++)
                put_value(&hunt->domains[hunt->open_count], of, value);
            hunt->open[hunt->open_count++] = i;
        }
        compared += compare(hunt, true, about);
    }
    return compared;
}

static void small_rules_ask_for_what_decides_and_nothing_else(void **state)
{
    struct hunt *hunt = calloc(1, sizeof *hunt);
    struct kit *kit = *state;
    size_t compared = 0;
    uint64_t seed = 20260601;

    arena_init(&hunt->arena);
    for (int i = 0; i < 250; i++) {
        const char *first = formula(kit, &seed, 2), *second = formula(kit, &seed, 1);

        hunt->kit = kit;
        hunt->rule = small_rule(kit, first, second);
        compared += small_compare(hunt, &seed, arena_print(&kit->arena, "%s; %s", first, second));
    }
    print_message("# %zu questions of small rules compared\n", compared);
    assert_true(compared > 300);
    arena_release(&hunt->arena);
    free(hunt);
}

/* --- the assessments --- */

/* Every figure of the rule of this kind and its neighbours, what the examples give, and what lies far off. */
static void domain_of(struct hunt *hunt, size_t fact, struct domain *domain)
{
    const struct rule_fact *of = &hunt->rule->facts[fact];

    domain->count = 0;
    put_value(domain, of, 0);
    put_value(domain, of, 1);
    if (of->kind == FACT_YES)
        return;
    for (size_t i = 0; i < hunt->rule->parameter_count; i++)
        for (int64_t by = -1; hunt->rule->parameters[i].kind == of->kind && by <= 1; by++)
            put_value(domain, of, hunt->rule->parameters[i].value + by > 0 ? hunt->rule->parameters[i].value + by : 0);
    for (size_t i = 0; i < hunt->rule->fact_count; i++)
        if (hunt->facts[i].known && hunt->rule->facts[i].kind == of->kind)
            put_value(domain, of, hunt->facts[i].value);
    put_value(domain, of, of->kind == FACT_DAY ? 30000 : 1000000000000);
}

/* The facts of one of the rule's examples. */
static void example_take(struct hunt *hunt, size_t index)
{
    struct rule_example example;

    rule_example_read(hunt->rule, index, &hunt->kit->arena, &example);
    for (size_t i = 0; i < hunt->rule->fact_count; i++)
        hunt->facts[i] = unknown_of(&hunt->rule->facts[i]);
    for (size_t t = 0; t < example.typed_count; t++)
        for (size_t i = 0; i < hunt->rule->fact_count; i++)
            if (strcmp(hunt->rule->facts[i].name, example.typed[t].fact->name) == 0)
                assert_true(rule_fact_read(&hunt->rule->facts[i], slice_of(example.typed[t].value), &hunt->facts[i], &hunt->kit->err));
}

/* Unknown become what the example leaves open, and as many of its facts at random as there is room for. */
static bool open_at_random(struct hunt *hunt, uint64_t *seed, size_t most)
{
    hunt->open_count = 0;
    for (size_t i = 0; i < hunt->rule->fact_count; i++)
        if (!hunt->facts[i].known) {
            if (hunt->open_count == most)
                return false;
            hunt->open[hunt->open_count++] = i;
        }
    while (hunt->open_count < most) {
        size_t at = random_next(seed) % hunt->rule->fact_count;

        if (!hunt->facts[at].known)
            continue;
        hunt->facts[at].known = false;
        hunt->open[hunt->open_count++] = at;
    }
    for (size_t i = 0; i < hunt->open_count; i++)
        domain_of(hunt, hunt->open[i], &hunt->domains[i]);
    return true;
}

static size_t rule_compare(struct hunt *hunt, const char *id, size_t unknown, int rounds)
{
    uint64_t seed = 7 + unknown;
    size_t compared = 0;

    hunt->rule = rule_find(hunt->kit->book, id, REGION_NATION, day_of("2026-06-01"));
    assert_true(hunt->rule && hunt->rule->fact_count <= FACTS);
    for (int i = 0; i < rounds; i++) {
        size_t example = random_next(&seed) % hunt->rule->example_count;

        example_take(hunt, example);
        if (open_at_random(hunt, &seed, unknown))
            compared += compare(hunt, unknown == 1, arena_print(&hunt->kit->arena, "%s, example %zu", id, example));
    }
    return compared;
}

static void assessments_ask_for_whatever_decides(void **state)
{
    static const char *const ids[] = {"R50", "R50-1", "R50-2", "R50-3", "R51", "R52", "R47"};
    struct hunt *hunt = calloc(1, sizeof *hunt);
    struct kit *kit = *state;
    size_t compared = 0;

    hunt->kit = kit;
    arena_init(&hunt->arena);
    if (!rulebook_load(TQ_RULES, kit->calendar, &kit->book, &kit->err))
        fail_msg("%s", kit->err.message);
    for (size_t i = 0; i < COUNT(ids); i++) {
        compared += rule_compare(hunt, ids[i], 1, 60);
        if (strcmp(ids[i], "R47") != 0)
            compared += rule_compare(hunt, ids[i], 2, 8);
    }
    print_message("# %zu questions of assessments compared\n", compared);
    assert_true(compared > 60);
    arena_release(&hunt->arena);
    free(hunt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KIT(small_rules_ask_for_what_decides_and_nothing_else),
        WITH_KIT(assessments_ask_for_whatever_decides),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
