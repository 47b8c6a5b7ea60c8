/*
 * Which facts decide, by brute force: over small random rules of facts of yes and no, every assignment is tried. A fact that is not known
 * is asked for where two values of it, unknown being one, lead to two verdicts while the other unknown facts stay unknown, or two known
 * values of it while these are all given some values; and no other is. (Without iif and case, which take their other side where the
 * condition is not known: such an expression is not unknown although a fact is.)
 */
#include "kit.h"

enum { FACTS = 4, RULES = 120, UNKNOWN = 2 };

static const char *const names[FACTS] = {"y0", "y1", "y2", "y3"};

static unsigned draw(uint64_t *seed, unsigned below)
{
    return (unsigned)(random_next(seed) % below);
}

static void truth(uint64_t *seed, struct text *out, unsigned depth)
{
    unsigned way = depth ? draw(seed, 6) : 0;

    if (way == 1 || way == 2 || way == 5) {
        text_puts(out, "(");
        truth(seed, out, depth - 1);
        text_puts(out, way == 2 ? " or " : " and ");
        truth(seed, out, depth - 1);
        text_puts(out, ")");
    } else if (way == 3) {
        text_puts(out, "not ");
        truth(seed, out, depth - 1);
    } else {
        text_print(out, "y%u = %u", draw(seed, FACTS), draw(seed, 2));
    }
}

static char *random_rule(uint64_t *seed, unsigned serial)
{
    struct text out;

    text_init(&out);
    text_print(&out, "rule: A%u\ntitle: 随机\nsummary: 随机\nregion: 100000\nvalid_from: 2015-10-01\nsource: unverified\n"
               "articles:\n  - {document: 无, source: unverified}\nfacts: [y0, y1, y2, y3]\napplies: \"", serial);
    truth(seed, &out, 1);
    text_puts(&out, "\"\nconditions:\n");
    for (unsigned i = 0; i < 3; i++) {
        text_print(&out, "  - name: c%u\n    says: 不行\n    holds: \"", i);
        truth(seed, &out, 2);
        text_puts(&out, "\"\n");
    }
    /* Every fact is used somewhere; what is known of this one is never asked for. */
    text_puts(&out, "  - {name: all, says: 不行, holds: \"coalesce(y0, y1, y2, y3) is not null or y0 is null\"}\n"
                    "examples:\n  - {name: 空, answer: unknown, why: 随机}\n");
    return text_detach(&out);
}

static enum rule_verdict verdict_of(struct kit *kit, const struct rule *rule, const unsigned values[FACTS], struct answer *answer)
{
    struct fact facts[FACTS];

    for (size_t i = 0; i < FACTS; i++)
        facts[i] = (struct fact){.name = names[i], .kind = FACT_YES, .known = values[i] != UNKNOWN, .value = values[i] == 1};
    assert_true(rule_ask(kit->book, rule, facts, FACTS, &kit->arena, answer, &kit->err));
    return answer->verdict;
}

/* Do two of the first `most` values of the fact lead to two verdicts, the others being as they are? */
static bool matters(struct kit *kit, const struct rule *rule, const unsigned values[FACTS], size_t fact, unsigned most)
{
    enum rule_verdict first = RULE_NO;
    struct answer answer;
    unsigned tried[FACTS];

    memcpy(tried, values, sizeof tried);
    for (unsigned v = 0; v < most; v++) {
        enum rule_verdict verdict;

        tried[fact] = v;
        verdict = verdict_of(kit, rule, tried, &answer);
        if (v && verdict != first)
            return true;
        first = verdict;
    }
    return false;
}

/* With the others unknown as they are, or all of them given some values. */
static bool decides(struct kit *kit, const struct rule *rule, const unsigned values[FACTS], size_t fact)
{
    if (matters(kit, rule, values, fact, 3))
        return true;
    for (unsigned all = 0; all < 1u << FACTS; all++) {
        unsigned tried[FACTS];

        for (size_t i = 0; i < FACTS; i++)
            tried[i] = values[i] == UNKNOWN && i != fact ? all >> i & 1 : values[i];
        if (matters(kit, rule, tried, fact, 2))
            return true;
    }
    return false;
}

static bool is_asked(const struct answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->ask_count; i++)
        if (strcmp(answer->asks[i]->name, name) == 0)
            return true;
    return false;
}

/* Every one of the 81 states of knowledge about four facts. */
static size_t rule_try(struct kit *kit, const struct rule *rule)
{
    size_t unknown = 0;

    for (unsigned state = 0; state < 81; state++) {
        unsigned values[FACTS] = {state % 3, state / 3 % 3, state / 9 % 3, state / 27};
        struct answer answer;

        if (verdict_of(kit, rule, values, &answer) != RULE_UNKNOWN)
            continue;
        unknown++;
        for (size_t i = 0; i < FACTS; i++)
            if (is_asked(&answer, names[i]) != (values[i] == UNKNOWN && decides(kit, rule, values, i)))
                fail_msg("%s: state %u: %s is %sasked for", rule->id, state, names[i], is_asked(&answer, names[i]) ? "" : "not ");
        arena_reset(&kit->arena);
    }
    return unknown;
}

static void what_is_asked_for_is_what_decides(void **state)
{
    struct kit *kit = *state;
    uint64_t seed = 620100;
    size_t unknown = 0;

    kit_write(kit, "facts/yes.yaml", "y0: {kind: yes, label: 甲}\ny1: {kind: yes, label: 乙}\ny2: {kind: yes, label: 丙}\ny3: {kind: yes, label: 丁}\n");
    for (unsigned i = 0; i < RULES; i++) {
        char name[40], *text = random_rule(&seed, i);

        snprintf(name, sizeof name, "national/A%u.yaml", i);
        kit_write(kit, name, text);
        free(text);
    }
    if (!kit_load(kit))
        fail_msg("%s", kit->err.message);
    for (size_t i = 0; i < rulebook_count(kit->book); i++)
        unknown += rule_try(kit, rulebook_at(kit->book, i));
    assert_true(unknown > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WITH_KIT(what_is_asked_for_is_what_decides)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
