/* Asking: facts put into the rule's order, the machine run, the answer put together. */
#include "base/text.h"
#include "rules/rules_int.h"
#include "seal/seal.h"

/* --- facts in the rule's order --- */

static bool fact_place(const struct rule *rule, const struct fact *fact, struct eval_value *values, struct err *err)
{
    size_t at = rule_fact_at(rule, slice_of(fact->name));
    const struct rule_fact *asked = &rule->facts[at];
    const char *why;

    if (at == SIZE_MAX)
        return true;
    if (fact->kind != asked->kind) {
        err_set(err, ERR_INVALID, "%.*s 给的是%s，要的是%s", (int)strnlen(asked->label, 90), asked->label,
                rule_kind_label(fact->kind), rule_kind_label(asked->kind));
        return err_field(err, asked->name);
    }
    if (!fact->known)
        return true;
    values[at] = (struct eval_value){.known = true, .is_text = fact->kind == FACT_CODE, .number = fact->value,
                                     .text = fact->code};
    if (fact->kind == FACT_CODE && (!fact->code.len || !figure_parse(FACT_CODE, asked->choices, asked->choice_count, fact->code,
                                                                   &values[at], &why))) {
        err_set(err, ERR_INVALID, "%.*s 没有“%.*s”这个选项", (int)strnlen(asked->label, 90), asked->label,
                (int)(fact->code.len < 60 ? fact->code.len : 60), fact->code.at);
        return err_field(err, asked->name);
    }
    return true;
}

static bool facts_place(const struct rule *rule, const struct fact *facts, size_t count, struct eval_value *values,
                        struct err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!fact_place(rule, &facts[i], values, err))
            return false;
    return true;
}

static void facts_hash(const struct rule *rule, const struct eval_value *facts, unsigned char hash[RULE_HASH])
{
    struct text text;
    struct slice part;

    text_init(&text);
    for (size_t i = 0; i < rule->fact_count; i++) {
        text_print(&text, "%s=", rule->facts[i].name);
        if (!facts[i].known)
            text_putc(&text, '?');
        else if (facts[i].is_text)
            text_add_slice(&text, facts[i].text);
        else
            text_number(&text, facts[i].number);
        text_putc(&text, '\n');
    }
    part = text_slice(&text);
    seal_sha256(&part, 1, hash);
    text_release(&text);
}

/* --- what is said --- */

static const char *figure_of(const struct rule *rule, const struct eval_value *facts, const struct rule_said *results,
                             struct slice name, struct arena *arena)
{
    size_t parameter = rule_parameter_at(rule, name), result = rule_result_at(rule, name), fact = rule_fact_at(rule, name);

    if (parameter != SIZE_MAX) {
        struct eval_value value = {.known = true, .number = rule->parameters[parameter].value};

        return rule_value_show(rule->parameters[parameter].kind, NULL, 0, &value, arena);
    }
    if (result != SIZE_MAX)
        return rule_value_show(rule->results[result].kind, NULL, 0, &results[result].value, arena);
    return rule_value_show(rule->facts[fact].kind, rule->facts[fact].choices, rule->facts[fact].choice_count,
                           &facts[fact], arena);
}

/* "{gap:个百分点}": the bare figure of a share, and this unit in place of its own. */
static void figure_add(struct text *out, const char *figure, struct slice unit)
{
    text_add(out, figure, unit.len ? strcspn(figure, "%") : strlen(figure));
    if (unit.len)
        text_print(out, " %.*s", (int)unit.len - 1, unit.at + 1);
}

/* The loader has seen that each {name} is one of the rule's. */
static struct slice says(const struct rule *rule, const char *format, const struct eval_value *facts,
                         const struct rule_said *results, struct arena *arena)
{
    struct text out;
    struct slice made;

    text_init(&out);
    while (*format) {
        size_t plain = strcspn(format, "{"), len, name;

        text_add(&out, format, plain);
        format += plain;
        if (!*format)
            break;
        len = strcspn(format, "}");
        name = strcspn(format, ":}");
        figure_add(&out, figure_of(rule, facts, results, (struct slice){format + 1, name - 1}, arena),
                   (struct slice){format + name, len - name});
        format += len + 1;
    }
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

/* --- the answer --- */

static void asks_put(struct machine *machine, const struct rule *rule, const struct eval_value *facts,
                     const struct outcome *outcome, struct arena *arena, struct answer *answer)
{
    bool *deciding = arena_zero(arena, rule->fact_count + 1, sizeof *deciding);
    const struct rule_fact **asks = arena_zero(arena, rule->fact_count + 1, sizeof *asks);

    asks_find(machine, rule, facts, outcome, deciding, arena);
    for (size_t i = 0; i < rule->fact_count; i++)
        if (deciding[i])
            asks[answer->ask_count++] = &rule->facts[i];
    answer->asks = asks;
}

static void answer_put(struct machine *machine, const struct rule *rule, const struct eval_value *facts, bool with_asks,
                       const struct outcome *outcome, struct rule_said *results, struct arena *arena,
                       struct answer *answer)
{
    *answer = (struct answer){.rule = rule, .verdict = outcome->verdict, .applies = outcome->applies,
                              .conditions = outcome->conditions, .results = results, .says = {"", 0}, .hint = {"", 0}};
    answer->provisional = machine_provisional(machine);
    if (outcome->because != SIZE_MAX) {
        answer->because = &rule->conditions[outcome->because];
        answer->says = says(rule, answer->because->says, facts, results, arena);
        answer->hint = says(rule, answer->because->hint, facts, results, arena);
    }
    facts_hash(rule, facts, answer->facts_hash);
    if (outcome->verdict == RULE_UNKNOWN && with_asks)
        asks_put(machine, rule, facts, outcome, arena, answer);
}

bool ask_machine(struct machine *machine, const struct rule *rule, const struct eval_value *facts, bool with_asks,
                 struct arena *arena, struct answer *answer, struct err *err)
{
    struct rule_said *results = arena_zero(arena, rule->result_count + 1, sizeof *results);
    struct outcome outcome = {.conditions = arena_zero(arena, rule->condition_count + 1, sizeof *outcome.conditions)};

    machine_provisional(machine);
    if (!machine_verdict(machine, facts, &outcome, err) || !machine_results(machine, results, arena, err))
        return false;
    answer_put(machine, rule, facts, with_asks, &outcome, results, arena, answer);
    return true;
}

bool rule_ask(struct rulebook *book, const struct rule *rule, const struct fact *facts, size_t count,
              struct arena *arena, struct answer *answer, struct err *err)
{
    struct machine *machine = held_of(rule)->machine;
    struct eval_value *values = arena_zero(arena, rule->fact_count + 1, sizeof *values);
    bool ok;

    (void)book;
    if (!facts_place(rule, facts, count, values, err))
        return false;
    machine_lock(machine);
    ok = ask_machine(machine, rule, values, true, arena, answer, err);
    machine_unlock(machine);
    return ok;
}

bool rule_condition_tell(const struct rule *rule, const struct answer *answer, size_t condition, const struct fact *facts, size_t count,
                         struct arena *arena, struct slice *told, struct slice *hint, struct err *err)
{
    struct eval_value *values = arena_zero(arena, rule->fact_count + 1, sizeof *values);

    if (!facts_place(rule, facts, count, values, err))
        return false;
    *told = says(rule, rule->conditions[condition].says, values, answer->results, arena);
    *hint = says(rule, rule->conditions[condition].hint, values, answer->results, arena);
    return true;
}

/* --- at a gate --- */

static bool stands_at(const struct rule *rule, const char *gate)
{
    for (size_t i = 0; i < rule->gate_count; i++)
        if (strcmp(rule->gates[i], gate) == 0)
            return true;
    return false;
}

static const struct fact *still_relied_on(const struct fact *facts, size_t count, int32_t as_of, struct arena *arena)
{
    struct fact *kept = arena_zero(arena, count + 1, sizeof *kept);

    for (size_t i = 0; i < count; i++) {
        kept[i] = facts[i];
        kept[i].known = facts[i].known && (!facts[i].until || facts[i].until >= as_of);
    }
    return kept;
}

bool rule_gate(struct rulebook *book, const char *gate, int32_t region, int32_t as_of, const struct fact *facts,
               size_t count, struct arena *arena, struct answer **answers, size_t *answer_count, struct err *err)
{
    const struct fact *kept = still_relied_on(facts, count, as_of, arena);

    *answers = arena_zero(arena, book->count + 1, sizeof **answers);
    *answer_count = 0;
    for (size_t i = 0; i < book->count; i++) {
        const struct rule *rule = &book->rules[i]->rule;

        if (!stands_at(rule, gate) || rule_find(book, rule->id, region, as_of) != rule)
            continue;
        if (!rule_ask(book, rule, kept, count, arena, &(*answers)[*answer_count], err))
            return false;
        ++*answer_count;
    }
    return true;
}
