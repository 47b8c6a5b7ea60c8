/*
 * Are the examples sharp? One piece of the rule is changed at a time and its examples are run again; a change that none
 * of them fails on is one that a slip of the pen could make unseen.
 */
#include "base/clock.h"
#include "rules/rules_int.h"

struct mutation {
    const struct held *held;
    const struct calendar *calendar;
    struct rule changed; /* the rule with one text or figure changed */
    struct rule_condition *conditions;
    struct rule_result *results;
    struct rule_parameter *parameters;
    struct rule_mutant mutant;
    rule_survive *survive;
    void *arg;
    size_t *mutants, *caught;
    struct arena *arena; /* of one change */
};

/* What cannot even be computed is caught. */
static bool is_caught(struct mutation *mutation)
{
    const struct held *held = mutation->held;
    struct machine *machine;
    bool caught = false;
    struct err err;

    if (!machine_make(&mutation->changed, mutation->calendar, &machine, &err))
        return true;
    for (size_t i = 0; i < held->rule.example_count && !caught; i++)
        caught = *example_run(machine, &mutation->changed, &held->examples[i], mutation->arena);
    machine_free(machine);
    return caught;
}

static void try_mutant(struct mutation *mutation)
{
    ++*mutation->mutants;
    if (is_caught(mutation))
        ++*mutation->caught;
    else
        mutation->survive(mutation->arg, &mutation->held->rule, &mutation->mutant);
    arena_reset(mutation->arena);
}

/* --- expressions --- */

/* An expression of the changed rule, where it stands there, and the piece of it to be changed. */
struct place {
    const char **slot;
    const char *text;
    struct slice piece;
};

static void try_text(struct mutation *mutation, const struct place *place, const char *is)
{
    int before = (int)(place->piece.at - place->text);

    mutation->mutant.was = arena_text(mutation->arena, place->piece);
    mutation->mutant.is = is;
    mutation->mutant.text = arena_print(mutation->arena, "%.*s%s%s", before, place->text, is,
                                        place->piece.at + place->piece.len);
    *place->slot = mutation->mutant.text;
    try_mutant(mutation);
    *place->slot = place->text;
}

/* Its boundary, then its contrary. */
static void try_mark(struct mutation *mutation, const struct place *place)
{
    static const char *const others[][3] = {
        {"<", "<=", ">="}, {"<=", "<", ">"}, {">", ">=", "<="}, {">=", ">", "<"},
        {"=", "<>", NULL}, {"==", "<>", NULL}, {"<>", "=", NULL}, {"!=", "=", NULL},
    };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (size_t j = 1; j < 3 && slice_is(place->piece, others[i][0]); j++)
            if (others[i][j])
                try_text(mutation, place, others[i][j]);
}

static void try_number(struct mutation *mutation, const struct place *place)
{
    int64_t number = 0;

    for (size_t i = 0; i < place->piece.len; i++)
        number = number * 10 + (place->piece.at[i] - '0');
    try_text(mutation, place, arena_print(mutation->arena, "%lld", (long long)number + 1));
    try_text(mutation, place, number ? arena_print(mutation->arena, "%lld", (long long)number - 1) : "(-1)");
}

static void try_day(struct mutation *mutation, const struct place *place)
{
    int32_t day;

    if (place->piece.len != 12 || !day_parse((struct slice){place->piece.at + 1, 10}, &day))
        return;
    for (int by = -1; by <= 1; by += 2) {
        char buf[CLOCK_TEXT];

        clock_show_day((int64_t)(day + by) * 86400000, buf);
        try_text(mutation, place, arena_print(mutation->arena, "'%s'", buf));
    }
}

/* The AND of BETWEEN joins nothing. */
static void try_word(struct mutation *mutation, const struct place *place, bool *between)
{
    char word[8] = "";

    if (place->piece.len < sizeof word)
        memcpy(word, place->piece.at, place->piece.len);
    if (place->piece.len == 7 && strncasecmp(place->piece.at, "between", 7) == 0) {
        *between = true;
    } else if (strcasecmp(word, "and") == 0) {
        if (!*between)
            try_text(mutation, place, "or");
        *between = false;
    } else if (strcasecmp(word, "or") == 0) {
        try_text(mutation, place, "and");
    } else if (strcasecmp(word, "not") == 0) {
        try_text(mutation, place, "");
    }
}

static void expression_mutate(struct mutation *mutation, const char **slot, const char *where, long line)
{
    const char *text = *slot;
    struct slice rest = slice_of(text);
    bool between = false;

    for (struct eval_token token = eval_token_next(&rest); token.kind != EVAL_END; token = eval_token_next(&rest)) {
        struct place place = {slot, text, token.text};

        mutation->mutant = (struct rule_mutant){.where = where, .line = line};
        if (token.kind == EVAL_MARK)
            try_mark(mutation, &place);
        else if (token.kind == EVAL_NUMBER)
            try_number(mutation, &place);
        else if (token.kind == EVAL_TEXT)
            try_day(mutation, &place);
        else if (token.kind == EVAL_NAME)
            try_word(mutation, &place, &between);
    }
}

/* --- parameters --- */

static bool uses(const char *expression, const char *parameter)
{
    struct slice rest = slice_of(expression ? expression : "");

    for (struct eval_token token = eval_token_next(&rest); token.kind != EVAL_END && token.kind != EVAL_BAD;
         token = eval_token_next(&rest))
        if (token.kind == EVAL_PARAMETER && slice_is((struct slice){token.text.at + 1, token.text.len - 1}, parameter))
            return true;
    return false;
}

/* One that is only said to people changes no answer. */
static bool is_reckoned_with(const struct rule *rule, const char *parameter)
{
    bool found = uses(rule->applies, parameter);

    for (size_t i = 0; i < rule->condition_count && !found; i++)
        found = uses(rule->conditions[i].holds, parameter);
    for (size_t i = 0; i < rule->result_count && !found; i++)
        found = uses(rule->results[i].value, parameter);
    return found;
}

static const char *figure(struct mutation *mutation, const struct rule_parameter *parameter, int64_t number)
{
    struct eval_value value = {.known = true, .number = number};

    return rule_value_show(parameter->kind, NULL, 0, &value, mutation->arena);
}

static void parameter_mutate(struct mutation *mutation, struct rule_parameter *parameter)
{
    int64_t was = parameter->value;

    for (int by = -1; by <= 1; by += 2) {
        mutation->mutant = (struct rule_mutant){.where = parameter->name, .line = parameter->line};
        mutation->mutant.was = figure(mutation, parameter, was);
        mutation->mutant.text = mutation->mutant.is = figure(mutation, parameter, was + by);
        parameter->value = was + by;
        try_mutant(mutation);
        parameter->value = was;
    }
}

/* --- dates of validity --- */

static const char *day_text(struct mutation *mutation, int32_t day)
{
    return day_show(day, arena_alloc(mutation->arena, CLOCK_TEXT));
}

/* No end known is no date. */
static void validity_mutate(struct mutation *mutation, int32_t *day, const char *where, long line)
{
    int32_t was = *day;

    for (int by = -1; was != INT32_MAX && by <= 1; by += 2) {
        *day = was + by;
        mutation->mutant = (struct rule_mutant){.line = line, .where = where, .was = day_text(mutation, was), .is = day_text(mutation, *day),
                                                .text = day_text(mutation, *day)};
        ++*mutation->mutants;
        if (dated_fails(&mutation->changed, mutation->held))
            ++*mutation->caught;
        else
            mutation->survive(mutation->arg, &mutation->held->rule, &mutation->mutant);
        arena_reset(mutation->arena);
    }
    *day = was;
}

/* --- all of them --- */

static void *copy_of(const void *from, size_t count, size_t size)
{
    void *copy = calloc(count + 1, size);

    if (!copy)
        abort();
    if (count)
        memcpy(copy, from, count * size);
    return copy;
}

static void all_mutate(struct mutation *mutation)
{
    struct rule *rule = &mutation->changed;

    if (rule->applies)
        expression_mutate(mutation, &rule->applies, "applies", rule->applies_line);
    for (size_t i = 0; i < rule->condition_count; i++)
        expression_mutate(mutation, &mutation->conditions[i].holds, rule->conditions[i].name, rule->conditions[i].line);
    for (size_t i = 0; i < rule->result_count; i++)
        expression_mutate(mutation, &mutation->results[i].value, rule->results[i].name, rule->results[i].line);
    for (size_t i = 0; i < rule->parameter_count; i++)
        if (is_reckoned_with(rule, rule->parameters[i].name))
            parameter_mutate(mutation, &mutation->parameters[i]);
    validity_mutate(mutation, &rule->valid_from, "valid_from", mutation->held->from_line);
    validity_mutate(mutation, &rule->valid_until, "valid_until", mutation->held->until_line);
}

void rule_mutate(struct rulebook *book, const struct rule *rule, rule_survive *survive, void *arg, size_t *mutants,
                 size_t *caught)
{
    struct arena arena;
    struct mutation mutation = {.held = held_of(rule), .calendar = book->calendar, .changed = *rule, .survive = survive,
                                .arg = arg, .mutants = mutants, .caught = caught, .arena = &arena};

    arena_init(&arena);
    mutation.conditions = copy_of(rule->conditions, rule->condition_count, sizeof *rule->conditions);
    mutation.results = copy_of(rule->results, rule->result_count, sizeof *rule->results);
    mutation.parameters = copy_of(rule->parameters, rule->parameter_count, sizeof *rule->parameters);
    mutation.changed.conditions = mutation.conditions;
    mutation.changed.results = mutation.results;
    mutation.changed.parameters = mutation.parameters;
    all_mutate(&mutation);
    free(mutation.conditions);
    free(mutation.results);
    free(mutation.parameters);
    arena_release(&arena);
}
