/* Many rules over many sets of facts: the table, and the blocks. */
#include "rules/bulk_int.h"

#include <stdlib.h>

struct column {
    const struct rule_fact *fact;
    int64_t *values;       /* of a code, its place among the fact's choices */
    unsigned char *states;
};

struct fact_table {
    struct column *columns;
    size_t count;            /* of columns */
    size_t rows, rows_room;
    int64_t *ids;
    size_t *places, place_count; /* names of facts to columns: open addressing, a power of two; SIZE_MAX is empty */
};

static void *grown(void *old, size_t count, size_t size)
{
    void *made = realloc(old, count * size);

    if (!made)
        abort();
    return made;
}

/* --- columns by name --- */

static size_t place_of(const struct fact_table *table, struct slice name)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 1099511628211u;
    for (size_t at = (size_t)hash & (table->place_count - 1);; at = (at + 1) & (table->place_count - 1))
        if (table->places[at] == SIZE_MAX || slice_is(name, table->columns[table->places[at]].fact->name))
            return at;
}

static size_t column_of(const struct fact_table *table, const char *name)
{
    return table->places[place_of(table, slice_of(name))];
}

static void places_make(struct fact_table *table, size_t most)
{
    for (table->place_count = 16; table->place_count < 2 * most;)
        table->place_count *= 2;
    table->places = grown(NULL, table->place_count, sizeof *table->places);
    for (size_t i = 0; i < table->place_count; i++)
        table->places[i] = SIZE_MAX;
}

struct fact_table *fact_table_new(const struct rule *const *rules, size_t count)
{
    struct fact_table *table = calloc(1, sizeof *table);
    size_t most = 1;

    if (!table)
        abort();
    for (size_t r = 0; r < count; r++)
        most += rules[r]->fact_count;
    places_make(table, most);
    table->columns = grown(NULL, most, sizeof *table->columns);
    for (size_t r = 0; r < count; r++)
        for (size_t f = 0; f < rules[r]->fact_count; f++) {
            size_t at = place_of(table, slice_of(rules[r]->facts[f].name));

            if (table->places[at] != SIZE_MAX)
                continue;
            table->columns[table->count] = (struct column){.fact = &rules[r]->facts[f]};
            table->places[at] = table->count++;
        }
    return table;
}

void fact_table_free(struct fact_table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->count; i++) {
        free(table->columns[i].values);
        free(table->columns[i].states);
    }
    free(table->columns);
    free(table->places);
    free(table->ids);
    free(table);
}

size_t fact_table_rows(const struct fact_table *table)
{
    return table->rows;
}

/* --- rows --- */

static void room_for_row(struct fact_table *table)
{
    if (table->rows < table->rows_room)
        return;
    table->rows_room = table->rows_room ? 2 * table->rows_room : 1024;
    table->ids = grown(table->ids, table->rows_room, sizeof *table->ids);
    for (size_t i = 0; i < table->count; i++) {
        struct column *column = &table->columns[i];

        column->values = grown(column->values, table->rows_room, sizeof *column->values);
        column->states = grown(column->states, table->rows_room, sizeof *column->states);
    }
}

static bool code_place(const struct rule_fact *fact, struct slice code, int64_t *place)
{
    for (size_t i = 0; i < fact->choice_count; i++)
        if (slice_is(code, fact->choices[i].code) || slice_is(code, fact->choices[i].label)) {
            *place = (int64_t)i;
            return true;
        }
    return false;
}

static bool cell_value(const struct rule_fact *asked, const struct fact *fact, int64_t *value, struct err *err)
{
    if (fact->kind != asked->kind)
        err_set(err, ERR_INVALID, "%.*s 给的是%s，要的是%s", (int)strnlen(asked->label, 90), asked->label, rule_kind_label(fact->kind),
                rule_kind_label(asked->kind));
    else if (fact->known && fact->kind == FACT_CODE && !code_place(asked, fact->code, value))
        err_set(err, ERR_INVALID, "%.*s 没有“%.*s”这个选项", (int)strnlen(asked->label, 90), asked->label,
                (int)(fact->code.len < 60 ? fact->code.len : 60), fact->code.at);
    else if (fact->known && fact->kind != FACT_CODE && (fact->value > EVAL_MOST || fact->value < -EVAL_MOST))
        err_set(err, ERR_INVALID, "数太大，不能超过 10 的 17 次方");
    else
        return true;
    return err_field(err, asked->name);
}

bool fact_table_add(struct fact_table *table, int64_t id, const struct fact *facts, size_t count, struct err *err)
{
    room_for_row(table);
    table->ids[table->rows] = id;
    for (size_t i = 0; i < table->count; i++) {
        table->columns[i].values[table->rows] = 0;
        table->columns[i].states[table->rows] = 0;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = column_of(table, facts[i].name);
        int64_t value = facts[i].value;

        if (at == SIZE_MAX)
            continue;
        if (!cell_value(table->columns[at].fact, &facts[i], &value, err))
            return false;
        if (facts[i].known) {
            table->columns[at].values[table->rows] = value;
            table->columns[at].states[table->rows] = LANE_KNOWN;
        }
    }
    table->rows++;
    return true;
}

/* --- a rule over a block --- */

/* A rule made ready: its steps, where it is compiled, and what a block of it comes to. */
struct ready {
    struct plan plan;
    bool compiled;
    size_t *columns;           /* of the rule's facts */
    unsigned char *verdicts, *applies, **conditions, **known;
    int64_t **results;
    bool *provisional, *wrong;
};

struct bulk {
    struct rulebook *book;
    const struct fact_table *table;
    struct arena arena, row; /* of all; of what SQLite is asked of one row */
};

static void ready_make(struct bulk *bulk, const struct rule *rule, struct ready *ready)
{
    struct arena *arena = &bulk->arena;

    *ready = (struct ready){.plan = {.rule = rule}};
    ready->compiled = steps_make(rule, arena, &ready->plan);
    ready->columns = arena_alloc(arena, (rule->fact_count + 1) * sizeof *ready->columns);
    for (size_t i = 0; i < rule->fact_count; i++)
        ready->columns[i] = column_of(bulk->table, rule->facts[i].name);
    ready->verdicts = arena_alloc(arena, RULE_BLOCK);
    ready->applies = arena_alloc(arena, RULE_BLOCK);
    ready->conditions = arena_alloc(arena, (rule->condition_count + 1) * sizeof *ready->conditions);
    for (size_t i = 0; i < rule->condition_count; i++)
        ready->conditions[i] = arena_alloc(arena, RULE_BLOCK);
    ready->results = arena_alloc(arena, (rule->result_count + 1) * sizeof *ready->results);
    ready->known = arena_alloc(arena, (rule->result_count + 1) * sizeof *ready->known);
    for (size_t i = 0; i < rule->result_count; i++) {
        ready->results[i] = arena_alloc(arena, RULE_BLOCK * sizeof **ready->results);
        ready->known[i] = arena_alloc(arena, RULE_BLOCK);
    }
    ready->provisional = arena_alloc(arena, RULE_BLOCK * sizeof *ready->provisional);
    ready->wrong = arena_alloc(arena, RULE_BLOCK * sizeof *ready->wrong);
}

static bool columns_there(const struct ready *ready, struct err *err)
{
    for (size_t i = 0; i < ready->plan.rule->fact_count; i++)
        if (ready->columns[i] == SIZE_MAX)
            return err_set(err, ERR_INVALID, "事实表里没有 %.60s 这一列", ready->plan.rule->facts[i].name);
    return true;
}

/* --- what SQLite says of one row --- */

static void row_facts(const struct bulk *bulk, const struct ready *ready, size_t row, struct eval_value *values)
{
    for (size_t i = 0; i < ready->plan.rule->fact_count; i++) {
        const struct column *column = &bulk->table->columns[ready->columns[i]];
        bool is_text = column->fact->kind == FACT_CODE;

        values[i] = (struct eval_value){.known = column->states[row], .is_text = is_text, .number = column->values[row]};
        if (values[i].known && is_text)
            values[i].text = slice_of(column->fact->choices[column->values[row]].code);
    }
}

static void row_clear(struct ready *ready, size_t at)
{
    const struct rule *rule = ready->plan.rule;

    ready->verdicts[at] = RULE_UNKNOWN;
    ready->applies[at] = TRUTH_UNKNOWN;
    for (size_t i = 0; i < rule->condition_count; i++)
        ready->conditions[i][at] = TRUTH_UNKNOWN;
    for (size_t i = 0; i < rule->result_count; i++) {
        ready->results[i][at] = 0;
        ready->known[i][at] = 0;
    }
    ready->provisional[at] = false;
}

static void row_take(struct ready *ready, size_t at, const struct answer *answer)
{
    const struct rule *rule = ready->plan.rule;

    ready->verdicts[at] = (unsigned char)answer->verdict;
    ready->applies[at] = (unsigned char)answer->applies;
    for (size_t i = 0; i < rule->condition_count; i++)
        ready->conditions[i][at] = (unsigned char)answer->conditions[i];
    for (size_t i = 0; i < rule->result_count; i++) {
        const struct eval_value *value = &answer->results[i].value;

        ready->known[i][at] = value->known && !value->is_text;
        ready->results[i][at] = ready->known[i][at] ? value->number : 0;
    }
    ready->provisional[at] = answer->provisional;
}

static void row_ask(struct bulk *bulk, struct ready *ready, size_t row, size_t at)
{
    const struct rule *rule = ready->plan.rule;
    struct machine *machine = held_of(rule)->machine;
    struct eval_value *values = arena_zero(&bulk->row, rule->fact_count + 1, sizeof *values);
    struct answer answer;
    struct err why;

    row_facts(bulk, ready, row, values);
    machine_lock(machine);
    ready->wrong[at] = !ask_machine(machine, rule, values, false, &bulk->row, &answer, &why);
    machine_unlock(machine);
    if (ready->wrong[at])
        row_clear(ready, at);
    else
        row_take(ready, at, &answer);
    arena_reset(&bulk->row);
}

/* --- what the steps say of a block --- */

static void lanes_place(const struct bulk *bulk, struct ready *ready, struct lanes *lanes, const struct lanes *room, size_t from)
{
    for (size_t i = 0; i < ready->plan.count; i++) {
        const struct step *step = &ready->plan.steps[i];

        lanes[i] = room[i];
        if (step->kind == STEP_FACT) {
            const struct column *column = &bulk->table->columns[ready->columns[step->which]];

            lanes[i] = (struct lanes){column->values + from, column->states + from};
        }
    }
}

static void truths(struct lanes lanes, unsigned char *out, unsigned char *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = (unsigned char)(!(lanes.states[i] & LANE_KNOWN) ? TRUTH_UNKNOWN : lanes.values[i] ? TRUTH_YES : TRUTH_NO);
        marks[i] |= lanes.states[i];
    }
}

static void numbers(struct lanes lanes, int64_t *out, unsigned char *known, unsigned char *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = lanes.values[i];
        known[i] = lanes.states[i] & LANE_KNOWN;
        marks[i] |= lanes.states[i];
    }
}

/* As outcome_settle says it: of the conditions only whether one is false and one unknown matters here. */
static void verdicts(struct ready *ready, size_t count)
{
    unsigned char any_no[RULE_BLOCK] = {0}, any_unknown[RULE_BLOCK] = {0};

    for (size_t c = 0; c < ready->plan.rule->condition_count; c++)
        for (size_t i = 0; i < count; i++) {
            any_no[i] |= ready->conditions[c][i] == TRUTH_NO;
            any_unknown[i] |= ready->conditions[c][i] == TRUTH_UNKNOWN;
        }
    for (size_t i = 0; i < count; i++)
        ready->verdicts[i] = (unsigned char)(ready->applies[i] == TRUTH_NO ? RULE_NOT_APPLICABLE
                                             : ready->applies[i] == TRUTH_UNKNOWN ? RULE_UNKNOWN
                                             : any_no[i] ? RULE_NO : any_unknown[i] ? RULE_UNKNOWN : RULE_YES);
}

static void block_collect(struct ready *ready, const struct lanes *lanes, unsigned char *marks, size_t count)
{
    const struct rule *rule = ready->plan.rule;

    if (rule->applies)
        truths(lanes[ready->plan.applies], ready->applies, marks, count);
    else
        memset(ready->applies, TRUTH_YES, count);
    for (size_t i = 0; i < rule->condition_count; i++)
        truths(lanes[ready->plan.conditions[i]], ready->conditions[i], marks, count);
    for (size_t i = 0; i < rule->result_count; i++) {
        if (rule->results[i].kind != FACT_CODE) {
            numbers(lanes[ready->plan.results[i]], ready->results[i], ready->known[i], marks, count);
            continue;
        }
        memset(ready->results[i], 0, count * sizeof *ready->results[i]);
        memset(ready->known[i], 0, count);
    }
    verdicts(ready, count);
}

static void block_run(struct bulk *bulk, struct ready *ready, const struct lanes *room, size_t from, size_t count)
{
    unsigned char marks[RULE_BLOCK] = {0};
    struct lanes lanes[PLAN_STEPS];

    if (ready->compiled) {
        lanes_place(bulk, ready, lanes, room, from);
        steps_run(&ready->plan, bulk->book->calendar, lanes, count);
        block_collect(ready, lanes, marks, count);
    }
    for (size_t i = 0; i < count; i++) {
        ready->wrong[i] = false;
        ready->provisional[i] = marks[i] & LANE_PROVISIONAL;
        if (!ready->compiled || (marks[i] & LANE_WRONG))
            row_ask(bulk, ready, from + i, i);
    }
}

static bool block_tell(const struct bulk *bulk, const struct ready *ready, size_t from, size_t count, rule_emit *emit, void *arg,
                       struct err *err)
{
    struct rule_rows rows = {.rule = ready->plan.rule, .from = from, .count = count, .ids = bulk->table->ids + from,
                             .verdicts = ready->verdicts, .applies = ready->applies,
                             .conditions = (const unsigned char *const *)ready->conditions,
                             .results = (const int64_t *const *)ready->results, .known = (const unsigned char *const *)ready->known,
                             .provisional = ready->provisional, .wrong = ready->wrong};

    return emit(arg, &rows, err);
}

static struct lanes *room_make(struct bulk *bulk, const struct ready *ready, size_t count)
{
    struct lanes *room;
    size_t most = 0;

    for (size_t i = 0; i < count; i++)
        most = ready[i].plan.count > most ? ready[i].plan.count : most;
    room = arena_alloc(&bulk->arena, (most + 1) * sizeof *room);
    for (size_t i = 0; i < most; i++)
        room[i] = (struct lanes){arena_alloc(&bulk->arena, RULE_BLOCK * sizeof *room->values), arena_alloc(&bulk->arena, RULE_BLOCK)};
    return room;
}

bool rule_ask_all(struct rulebook *book, const struct rule *const *rules, size_t count, const struct fact_table *table, rule_emit *emit,
                  void *arg, struct err *err)
{
    struct bulk bulk = {.book = book, .table = table};
    struct ready *ready;
    struct lanes *room;
    bool ok = true;

    arena_init(&bulk.arena);
    arena_init(&bulk.row);
    ready = arena_alloc(&bulk.arena, (count + 1) * sizeof *ready);
    for (size_t i = 0; ok && i < count; i++) {
        ready_make(&bulk, rules[i], &ready[i]);
        ok = columns_there(&ready[i], err);
    }
    room = ok ? room_make(&bulk, ready, count) : NULL;
    for (size_t from = 0; ok && from < table->rows; from += RULE_BLOCK) {
        size_t rows = table->rows - from < RULE_BLOCK ? table->rows - from : RULE_BLOCK;

        for (size_t i = 0; ok && i < count; i++) {
            block_run(&bulk, &ready[i], room, from, rows);
            ok = block_tell(&bulk, &ready[i], from, rows, emit, arg, err);
        }
    }
    arena_release(&bulk.row);
    arena_release(&bulk.arena);
    return ok;
}
