/* Worked examples: what a file says of its rule, held against what the rule says. */
#include "base/clock.h"
#include "base/money.h"
#include "base/text.h"
#include "rules/rules_int.h"

static void verdict_held(const struct example *example, const struct answer *answer, struct text *complaint)
{
    if (answer->verdict != example->verdict)
        text_print(complaint, "应是 %s，得 %s", rule_verdict_word(example->verdict), rule_verdict_word(answer->verdict));
    else if (example->because && strcmp(answer->because->name, example->because) != 0)
        text_print(complaint, "应是因为 %s，得 %s", example->because, answer->because->name);
}

static bool is_asked(const struct answer *answer, const struct rule_fact *fact)
{
    for (size_t i = 0; i < answer->ask_count; i++)
        if (answer->asks[i] == fact)
            return true;
    return false;
}

/* As sets: the order in which a file lists them says nothing. */
static void asks_held(const struct rule *rule, const struct example *example, const struct answer *answer,
                      struct text *complaint)
{
    bool same = answer->ask_count == example->ask_count;

    for (size_t i = 0; i < example->ask_count; i++)
        same &= is_asked(answer, &rule->facts[example->asks[i]]);
    if (!example->says_asks || same || answer->verdict != RULE_UNKNOWN)
        return;
    text_print(complaint, "%s应问 [", complaint->len ? "；" : "");
    for (size_t i = 0; i < example->ask_count; i++)
        text_print(complaint, "%s%s", i ? ", " : "", rule->facts[example->asks[i]].name);
    text_puts(complaint, "]，得 [");
    for (size_t i = 0; i < answer->ask_count; i++)
        text_print(complaint, "%s%s", i ? ", " : "", answer->asks[i]->name);
    text_puts(complaint, "]");
}

static void results_held(const struct rule *rule, const struct example *example, const struct answer *answer,
                         struct arena *arena, struct text *complaint)
{
    for (size_t i = 0; i < example->result_count; i++) {
        const struct expected *expected = &example->results[i];
        const struct rule_result *result = &rule->results[expected->result];
        const struct eval_value *found = &answer->results[expected->result].value;

        if (!figure_same(found, &expected->value))
            text_print(complaint, "%s结果 %s 应是 %s，得 %s", complaint->len ? "；" : "", result->name,
                       rule_value_show(result->kind, NULL, 0, &expected->value, arena),
                       rule_value_show(result->kind, NULL, 0, found, arena));
    }
}

static const struct eval_value *facts_of(const struct rule *rule, const struct example *example, struct arena *arena)
{
    struct eval_value *facts = arena_zero(arena, rule->fact_count + 1, sizeof *facts);

    for (size_t i = 0; i < example->given_count; i++)
        facts[example->given[i].fact] = example->given[i].value;
    return facts;
}

const char *example_run(struct machine *machine, const struct rule *rule, const struct example *example,
                        struct arena *arena)
{
    struct answer answer;
    struct text complaint;
    const char *made;
    struct err err;

    text_init(&complaint);
    if (ask_machine(machine, rule, facts_of(rule, example, arena), example->says_asks, arena, &answer, &err)) {
        verdict_held(example, &answer, &complaint);
        asks_held(rule, example, &answer, &complaint);
        results_held(rule, example, &answer, arena, &complaint);
    } else {
        text_print(&complaint, "%s%s%s", err.message, *err.hint ? "；" : "", err.hint);
    }
    made = arena_text(arena, text_slice(&complaint));
    text_release(&complaint);
    return made;
}

const struct dated *dated_fails(const struct rule *rule, const struct held *held)
{
    for (size_t i = 0; i < held->dated_count; i++) {
        const struct dated *dated = &held->dated[i];

        if (dated->in_force != (rule->valid_from <= dated->on && dated->on <= rule->valid_until))
            return dated;
    }
    return NULL;
}

static void dates_held(const struct rule *rule, const struct held *held, rule_complain *complain, void *arg, size_t *failed)
{
    const struct dated *dated = dated_fails(rule, held);
    char complaint[CLOCK_TEXT + 64], day[CLOCK_TEXT];

    if (!dated)
        return;
    ++*failed;
    snprintf(complaint, sizeof complaint, "%s %s", day_show(dated->on, day), dated->in_force ? "应当有效，而不在有效期内" : "应当无效，而在有效期内");
    complain(arg, rule, "in_force", dated->line, complaint);
}

void rule_examples(struct rulebook *book, const struct rule *rule, rule_complain *complain, void *arg, size_t *run,
                   size_t *failed)
{
    const struct held *held = held_of(rule);
    struct arena arena;

    (void)book;
    arena_init(&arena);
    dates_held(rule, held, complain, arg, failed);
    machine_lock(held->machine);
    for (size_t i = 0; i < rule->example_count; i++) {
        const char *complaint = example_run(held->machine, rule, &held->examples[i], &arena);

        ++*run;
        if (*complaint) {
            ++*failed;
            complain(arg, rule, held->examples[i].name, held->examples[i].line, complaint);
        }
        arena_reset(&arena);
    }
    machine_unlock(held->machine);
    arena_release(&arena);
}

/* --- as people read them --- */

static const char *line_of(const char *label, const char *value, struct arena *arena)
{
    return arena_print(arena, "%s：%s", label, value);
}

static const char *typed_value(const struct rule_fact *fact, const struct eval_value *value, struct arena *arena)
{
    char buf[MONEY_TEXT];

    if (fact->kind == FACT_CODE)
        return arena_text(arena, value->text);
    if (fact->kind == FACT_MONEY)
        return arena_text(arena, slice_of(money_show_plain(value->number, buf)));
    if (fact->kind == FACT_YES)
        return value->number ? "yes" : "no";
    return rule_value_show(fact->kind, NULL, 0, value, arena);
}

void rule_example_read(const struct rule *rule, size_t index, struct arena *arena, struct rule_example *out)
{
    const struct example *example = &held_of(rule)->examples[index];

    *out = (struct rule_example){.name = example->name, .why = example->why, .verdict = example->verdict,
                                 .because = example->because ? example->because : ""};
    out->given = arena_zero(arena, example->given_count + 1, sizeof *out->given);
    out->results = arena_zero(arena, example->result_count + 1, sizeof *out->results);
    out->asks = arena_zero(arena, example->ask_count + 1, sizeof *out->asks);
    out->typed = arena_zero(arena, example->given_count + 1, sizeof *out->typed);
    for (size_t i = 0; i < example->given_count; i++) {
        const struct rule_fact *fact = &rule->facts[example->given[i].fact];
        const struct eval_value *value = &example->given[i].value;

        out->given[i] = line_of(fact->label, rule_value_show(fact->kind, fact->choices, fact->choice_count, value, arena), arena);
        if (value->known)
            out->typed[out->typed_count++] = (struct rule_typed){fact, typed_value(fact, value, arena)};
    }
    for (size_t i = 0; i < example->result_count; i++) {
        const struct rule_result *result = &rule->results[example->results[i].result];

        out->results[i] = line_of(result->label, rule_value_show(result->kind, NULL, 0, &example->results[i].value, arena), arena);
    }
    for (size_t i = 0; i < example->ask_count; i++)
        out->asks[i] = rule->facts[example->asks[i]].label;
}
