/* A rule's expressions over a table of its own, behind a lock of its own. */
#include "rules/rules_int.h"

struct machine {
    pthread_mutex_t lock;
    const struct rule *rule;
    struct store_eval *eval;
    struct eval_expression *applies, **conditions, **results;
};

enum { ROW = 1 };

static void columns_of(const struct rule *rule, struct eval_column *columns)
{
    for (size_t i = 0; i < rule->fact_count; i++)
        columns[i] = (struct eval_column){rule->facts[i].name, rule->facts[i].kind == FACT_CODE};
}

/* Which expression it was goes in front of what is wrong with it, unless it is known from the line already. */
static bool expression_make(struct machine *machine, const char *text, long line, const struct eval_parameter *parameters,
                            struct eval_expression **out, struct err *err)
{
    if (eval_prepare(machine->eval, slice_of(text), parameters, machine->rule->parameter_count, out, err))
        return true;
    err_line(err, line);
    return false;
}

static bool expressions_make(struct machine *machine, const struct eval_parameter *parameters, struct err *err)
{
    const struct rule *rule = machine->rule;
    bool ok = !rule->applies || expression_make(machine, rule->applies, rule->applies_line, parameters, &machine->applies, err);

    for (size_t i = 0; ok && i < rule->condition_count; i++)
        ok = expression_make(machine, rule->conditions[i].holds, rule->conditions[i].line, parameters,
                             &machine->conditions[i], err);
    for (size_t i = 0; ok && i < rule->result_count; i++)
        ok = expression_make(machine, rule->results[i].value, rule->results[i].line, parameters, &machine->results[i], err);
    return ok;
}

static bool fill(struct machine *machine, const struct calendar *calendar, struct arena *arena, struct err *err)
{
    const struct rule *rule = machine->rule;
    struct eval_column *columns = arena_zero(arena, rule->fact_count + 1, sizeof *columns);
    struct eval_parameter *parameters = arena_zero(arena, rule->parameter_count + 1, sizeof *parameters);

    columns_of(rule, columns);
    for (size_t i = 0; i < rule->parameter_count; i++)
        parameters[i] = (struct eval_parameter){rule->parameters[i].name, rule->parameters[i].value};
    return eval_open(columns, rule->fact_count, calendar, &machine->eval, err)
        && expressions_make(machine, parameters, err);
}

bool machine_make(const struct rule *rule, const struct calendar *calendar, struct machine **out, struct err *err)
{
    struct machine *machine = calloc(1, sizeof *machine);
    struct arena arena;
    bool ok;

    if (!machine)
        abort();
    machine->rule = rule;
    machine->conditions = calloc(rule->condition_count + 1, sizeof *machine->conditions);
    machine->results = calloc(rule->result_count + 1, sizeof *machine->results);
    if (!machine->conditions || !machine->results)
        abort();
    pthread_mutex_init(&machine->lock, NULL);
    arena_init(&arena);
    ok = fill(machine, calendar, &arena, err);
    arena_release(&arena);
    if (ok)
        *out = machine;
    else
        machine_free(machine);
    return ok;
}

void machine_free(struct machine *machine)
{
    if (!machine)
        return;
    eval_close(machine->eval);
    pthread_mutex_destroy(&machine->lock);
    free(machine->conditions);
    free(machine->results);
    free(machine);
}

void machine_lock(struct machine *machine)
{
    pthread_mutex_lock(&machine->lock);
}

void machine_unlock(struct machine *machine)
{
    pthread_mutex_unlock(&machine->lock);
}

bool machine_provisional(struct machine *machine)
{
    return eval_provisional(machine->eval);
}

struct store_eval *machine_eval(struct machine *machine)
{
    return machine->eval;
}

struct eval_expression *machine_applies(struct machine *machine)
{
    return machine->applies;
}

struct eval_expression *machine_condition(struct machine *machine, size_t index)
{
    return machine->conditions[index];
}

struct eval_expression *machine_result(struct machine *machine, size_t index)
{
    return machine->results[index];
}

void outcome_settle(struct outcome *outcome, size_t conditions)
{
    bool unknown = false;

    outcome->because = SIZE_MAX;
    for (size_t i = 0; i < conditions; i++) {
        unknown |= outcome->conditions[i] == TRUTH_UNKNOWN;
        if (outcome->conditions[i] == TRUTH_NO && outcome->because == SIZE_MAX)
            outcome->because = i;
    }
    if (outcome->applies == TRUTH_NO)
        outcome->verdict = RULE_NOT_APPLICABLE;
    else if (outcome->applies == TRUTH_UNKNOWN)
        outcome->verdict = RULE_UNKNOWN;
    else if (outcome->because != SIZE_MAX)
        outcome->verdict = RULE_NO;
    else
        outcome->verdict = unknown ? RULE_UNKNOWN : RULE_YES;
    if (outcome->verdict != RULE_NO)
        outcome->because = SIZE_MAX;
}

/* A text is neither true nor false. */
bool machine_verdict(struct machine *machine, const struct eval_value *facts, struct outcome *outcome, struct err *err)
{
    size_t count = machine->rule->condition_count;
    struct eval_value value;

    if (!eval_row(machine->eval, ROW, facts, err))
        return false;
    outcome->applies = TRUTH_YES;
    if (machine->applies) {
        if (!eval_ask(machine->applies, ROW, &value, err))
            return false;
        outcome->applies = eval_truth(&value);
    }
    for (size_t i = 0; i < count; i++) {
        if (!eval_ask(machine->conditions[i], ROW, &value, err))
            return false;
        outcome->conditions[i] = eval_truth(&value);
    }
    outcome_settle(outcome, count);
    return true;
}

bool result_fits(const struct rule *rule, size_t result, const struct eval_value *value, struct err *err)
{
    return !value->known || value->is_text == (rule->results[result].kind == FACT_CODE)
        || err_set(err, ERR_INVALID, "规则 %.40s 的结果 %.60s 不是它所说的那一种值", rule->id, rule->results[result].name);
}

bool machine_results(struct machine *machine, struct rule_said *said, struct arena *arena, struct err *err)
{
    const struct rule *rule = machine->rule;

    for (size_t i = 0; i < rule->result_count; i++) {
        struct eval_value *value = &said[i].value;

        said[i].result = &rule->results[i];
        if (!eval_ask(machine->results[i], ROW, value, err) || !result_fits(rule, i, value, err))
            return false;
        if (value->known && value->is_text)
            value->text = arena_copy(arena, value->text);
    }
    return true;
}
