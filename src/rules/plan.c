/*
 * An expression compiled into steps, by SQLite's precedence: OR, AND, NOT, then = <> IS IN BETWEEN, then < <= > >=, then + -, then signs.
 * Whatever is written in a way that is not plainly one of these is not taken, and SQLite computes it.
 */
#include "rules/bulk_int.h"

#include <strings.h>

#include "base/clock.h"

/* What a piece comes to: a number, or the code of a fact, or a text to which a code is compared. */
struct operand {
    size_t at;                    /* step */
    const struct rule_fact *code; /* whose code it is */
    struct slice text;            /* at NULL: no text */
};

struct compiler {
    const struct rule *rule;
    struct plan *plan;
    struct slice rest;
    struct eval_token token;
    unsigned depth;
};

enum { DEPTH_MOST = 60 };

static void advance(struct compiler *compiler)
{
    compiler->token = eval_token_next(&compiler->rest);
}

static bool at_word(const struct compiler *compiler, const char *word)
{
    struct slice text = compiler->token.text;

    return compiler->token.kind == EVAL_NAME && text.len == strlen(word) && strncasecmp(text.at, word, text.len) == 0;
}

static bool at_mark(const struct compiler *compiler, const char *mark)
{
    return compiler->token.kind == EVAL_MARK && slice_is(compiler->token.text, mark);
}

static bool take_word(struct compiler *compiler, const char *word)
{
    bool there = at_word(compiler, word);

    if (there)
        advance(compiler);
    return there;
}

static bool take_mark(struct compiler *compiler, const char *mark)
{
    bool there = at_mark(compiler, mark);

    if (there)
        advance(compiler);
    return there;
}

/* --- steps --- */

static bool put(struct compiler *compiler, struct step step, struct operand *out)
{
    struct plan *plan = compiler->plan;

    if (plan->count == PLAN_STEPS)
        return false;
    plan->steps[plan->count] = step;
    *out = (struct operand){.at = plan->count++};
    return true;
}

static bool is_number(const struct operand *operand)
{
    return !operand->code && !operand->text.at;
}

static bool put_two(struct compiler *compiler, enum step_kind kind, const struct operand *a, const struct operand *b, struct operand *out)
{
    return is_number(a) && is_number(b)
           && put(compiler, (struct step){.kind = kind, .given = {a->at, b->at}, .count = 2}, out);
}

static bool put_one(struct compiler *compiler, enum step_kind kind, const struct operand *a, struct operand *out)
{
    return (kind == STEP_IS_NULL ? !a->text.at : is_number(a))
           && put(compiler, (struct step){.kind = kind, .given = {a->at}, .count = 1}, out);
}

static bool put_constant(struct compiler *compiler, bool known, int64_t value, struct operand *out)
{
    return put(compiler, (struct step){.kind = STEP_CONSTANT, .known = known, .value = value}, out);
}

/* A step of a fact is made once a rule. */
static bool put_fact(struct compiler *compiler, size_t fact, struct operand *out)
{
    struct plan *plan = compiler->plan;
    size_t at = 0;

    while (at < plan->count && (plan->steps[at].kind != STEP_FACT || plan->steps[at].which != fact))
        at++;
    if (at == plan->count && !put(compiler, (struct step){.kind = STEP_FACT, .which = fact}, out))
        return false;
    *out = (struct operand){.at = at, .code = compiler->rule->facts[fact].kind == FACT_CODE ? &compiler->rule->facts[fact] : NULL};
    return true;
}

/* --- equality, of numbers and of a code with a text --- */

/* The place of the text among the fact's choices, which is what stands in its column; -1: none of them. */
static int64_t choice_at(const struct rule_fact *fact, struct slice quoted)
{
    struct slice code = {quoted.at + 1, quoted.len - 2};

    for (size_t i = 0; i < fact->choice_count; i++)
        if (slice_is(code, fact->choices[i].code))
            return (int64_t)i;
    return -1;
}

static bool put_equal(struct compiler *compiler, struct operand a, struct operand b, bool different, struct operand *out)
{
    const struct operand *code = a.code ? &a : &b, *text = a.text.at ? &a : &b;
    struct operand place;

    if (is_number(&a) && is_number(&b))
        return put_two(compiler, different ? STEP_DIFFERENT : STEP_EQUAL, &a, &b, out);
    if (!code->code || !text->text.at || code == text || !put_constant(compiler, true, choice_at(code->code, text->text), &place))
        return false;
    return put(compiler, (struct step){.kind = different ? STEP_DIFFERENT : STEP_EQUAL, .given = {code->at, place.at}, .count = 2}, out);
}

/* --- the grammar --- */

static bool compile_or(struct compiler *compiler, struct operand *out);
static bool compile_sum(struct compiler *compiler, struct operand *out);

static bool compile_list(struct compiler *compiler, struct operand *list, size_t *count)
{
    *count = 0;
    if (!take_mark(compiler, "("))
        return false;
    do
        if (*count == STEP_ARGUMENTS || !compile_or(compiler, &list[(*count)++]))
            return false;
    while (take_mark(compiler, ","));
    return take_mark(compiler, ")");
}

static bool all_constant(const struct compiler *compiler, const struct operand *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (compiler->plan->steps[list[i].at].kind != STEP_CONSTANT)
            return false;
    return true;
}

/* SQLite computes what hangs on no fact once, ahead of all rows: its complaints would not be a row's. */
static bool put_call(struct compiler *compiler, size_t which, const struct operand *list, size_t count, struct operand *out)
{
    const struct eval_function *function = eval_function_at(which);
    struct step step = {.kind = STEP_CALL, .which = which, .count = count};

    if (count < function->least || count > function->most || all_constant(compiler, list, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!is_number(&list[i]))
            return false;
        step.given[i] = list[i].at;
    }
    return put(compiler, step, out);
}

static bool put_select(struct compiler *compiler, const struct operand *when, const struct operand *then, const struct operand *otherwise,
                       struct operand *out)
{
    return is_number(when) && is_number(then) && is_number(otherwise)
           && put(compiler, (struct step){.kind = STEP_SELECT, .given = {when->at, otherwise->at, then->at}, .count = 3}, out);
}

static bool put_coalesce(struct compiler *compiler, const struct operand *list, size_t count, struct operand *out)
{
    *out = list[count - 1];
    for (size_t i = count - 1; i-- > 0;)
        if (!put_two(compiler, STEP_COALESCE, &list[i], out, out))
            return false;
    return count > 1;
}

/* day('2026-01-01') */
static bool compile_day(struct compiler *compiler, struct operand *out)
{
    struct slice quoted;
    int32_t day;

    if (!take_mark(compiler, "(") || compiler->token.kind != EVAL_TEXT)
        return false;
    quoted = compiler->token.text;
    advance(compiler);
    return quoted.len == 12 && day_parse((struct slice){quoted.at + 1, 10}, &day) && take_mark(compiler, ")")
           && put_constant(compiler, true, day, out);
}

static bool compile_function(struct compiler *compiler, struct slice name, struct operand *out)
{
    struct operand list[STEP_ARGUMENTS];
    const struct eval_function *function;
    size_t count;

    if (slice_is(name, "day"))
        return compile_day(compiler, out);
    if (!compile_list(compiler, list, &count))
        return false;
    if (slice_is(name, "iif"))
        return count == 3 && put_select(compiler, &list[0], &list[1], &list[2], out);
    if (slice_is(name, "coalesce"))
        return put_coalesce(compiler, list, count, out);
    if (slice_is(name, "nullif"))
        return count == 2 && put_two(compiler, STEP_NULLIF, &list[0], &list[1], out);
    for (size_t i = 0; (function = eval_function_at(i)); i++)
        if (slice_is(name, function->name))
            return put_call(compiler, i, list, count, out);
    return false;
}

/* case [x] when … then … else … end: the last pair first, so that each falls back to the next. */
static bool compile_case(struct compiler *compiler, struct operand *out)
{
    struct operand of, when[STEP_ARGUMENTS], then[STEP_ARGUMENTS];
    bool compared = !at_word(compiler, "when");
    size_t count = 0;

    if (compared && !compile_or(compiler, &of))
        return false;
    for (; take_word(compiler, "when"); count++) {
        if (count == STEP_ARGUMENTS || !compile_or(compiler, &when[count]) || !take_word(compiler, "then")
            || !compile_or(compiler, &then[count])
            || (compared && !put_equal(compiler, of, when[count], false, &when[count])))
            return false;
    }
    if (!(take_word(compiler, "else") ? compile_or(compiler, out) : put_constant(compiler, false, 0, out)) || !take_word(compiler, "end"))
        return false;
    for (size_t i = count; i-- > 0;)
        if (!put_select(compiler, &when[i], &then[i], out, out))
            return false;
    return count > 0;
}

static bool compile_name(struct compiler *compiler, struct operand *out)
{
    struct slice name = compiler->token.text;
    size_t fact = rule_fact_at(compiler->rule, name);
    bool is_case = at_word(compiler, "case"), is_null = at_word(compiler, "null");

    advance(compiler);
    if (at_mark(compiler, "("))
        return compile_function(compiler, name, out);
    if (is_case)
        return compile_case(compiler, out);
    if (is_null)
        return put_constant(compiler, false, 0, out);
    return fact != SIZE_MAX && put_fact(compiler, fact, out);
}

static bool compile_number(struct compiler *compiler, struct operand *out)
{
    struct slice digits = compiler->token.text;
    int64_t value = 0;

    for (size_t i = 0; i < digits.len; i++)
        value = value * 10 + (digits.at[i] - '0');
    advance(compiler);
    return put_constant(compiler, true, value, out);
}

static bool compile_parameter(struct compiler *compiler, struct operand *out)
{
    struct slice name = compiler->token.text;
    size_t at = rule_parameter_at(compiler->rule, (struct slice){name.at + 1, name.len - 1});

    advance(compiler);
    return at != SIZE_MAX && put_constant(compiler, true, compiler->rule->parameters[at].value, out);
}

static bool compile_piece(struct compiler *compiler, struct operand *out)
{
    switch (compiler->token.kind) {
    case EVAL_NUMBER:
        return compile_number(compiler, out);
    case EVAL_PARAMETER:
        return compile_parameter(compiler, out);
    case EVAL_NAME:
        return compile_name(compiler, out);
    case EVAL_TEXT:
        *out = (struct operand){.text = compiler->token.text};
        advance(compiler);
        return true;
    case EVAL_MARK:
        return take_mark(compiler, "(") && compile_or(compiler, out) && take_mark(compiler, ")");
    case EVAL_END:
    case EVAL_BAD:
        break;
    }
    return false;
}

static bool compile_sign(struct compiler *compiler, struct operand *out)
{
    if (take_mark(compiler, "-"))
        return ++compiler->depth < DEPTH_MOST && compile_sign(compiler, out) && put_one(compiler, STEP_NEGATE, out, out);
    if (take_mark(compiler, "+"))
        return ++compiler->depth < DEPTH_MOST && compile_sign(compiler, out);
    return compile_piece(compiler, out);
}

static bool compile_sum(struct compiler *compiler, struct operand *out)
{
    if (!compile_sign(compiler, out))
        return false;
    for (;;) {
        enum step_kind kind = at_mark(compiler, "+") ? STEP_ADD : STEP_SUBTRACT;
        struct operand right;

        if (!take_mark(compiler, "+") && !take_mark(compiler, "-"))
            return true;
        if (!compile_sign(compiler, &right) || !put_two(compiler, kind, out, &right, out))
            return false;
    }
}

/* a > b is b < a. */
static bool compile_order(struct compiler *compiler, struct operand *out)
{
    static const struct {
        const char *mark;
        enum step_kind kind;
        bool swapped;
    } marks[] = {{"<", STEP_LESS, false}, {"<=", STEP_LESS_EQUAL, false}, {">", STEP_LESS, true}, {">=", STEP_LESS_EQUAL, true}};

    if (!compile_sum(compiler, out))
        return false;
    for (;;) {
        struct operand left = *out, right;
        size_t i = 0;

        while (i < 4 && !at_mark(compiler, marks[i].mark))
            i++;
        if (i == 4)
            return true;
        advance(compiler);
        if (!compile_sum(compiler, &right)
            || !put_two(compiler, marks[i].kind, marks[i].swapped ? &right : &left, marks[i].swapped ? &left : &right, out))
            return false;
    }
}

/* x in (a, b): as x = a or x = b, which is true, false and unknown in the same cases. */
static bool compile_in(struct compiler *compiler, struct operand of, struct operand *out)
{
    struct operand list[STEP_ARGUMENTS], same;
    size_t count;

    if (!compile_list(compiler, list, &count) || !put_equal(compiler, of, list[0], false, out))
        return false;
    for (size_t i = 1; i < count; i++)
        if (!put_equal(compiler, of, list[i], false, &same) || !put_two(compiler, STEP_OR, out, &same, out))
            return false;
    return true;
}

static bool compile_between(struct compiler *compiler, const struct operand *of, struct operand *out)
{
    struct operand low, high;

    return compile_order(compiler, &low) && take_word(compiler, "and") && compile_order(compiler, &high)
           && put_two(compiler, STEP_LESS_EQUAL, &low, of, &low) && put_two(compiler, STEP_LESS_EQUAL, of, &high, &high)
           && put_two(compiler, STEP_AND, &low, &high, out);
}

static bool compile_is(struct compiler *compiler, struct operand of, struct operand *out)
{
    bool negated = take_word(compiler, "not");

    return take_word(compiler, "null") && put_one(compiler, STEP_IS_NULL, &of, out)
           && (!negated || put_one(compiler, STEP_NOT, out, out));
}

static bool compile_within(struct compiler *compiler, struct operand of, struct operand *out)
{
    bool negated = take_word(compiler, "not");
    bool ok = take_word(compiler, "in") ? compile_in(compiler, of, out)
              : take_word(compiler, "between") ? compile_between(compiler, &of, out) : false;

    return ok && (!negated || put_one(compiler, STEP_NOT, out, out));
}

static bool compile_equality(struct compiler *compiler, struct operand *out)
{
    if (!compile_order(compiler, out))
        return false;
    for (;;) {
        bool different = at_mark(compiler, "<>") || at_mark(compiler, "!=");
        struct operand right;
        bool ok;

        if (different || at_mark(compiler, "=") || at_mark(compiler, "==")) {
            advance(compiler);
            ok = compile_order(compiler, &right) && put_equal(compiler, *out, right, different, out);
        } else if (take_word(compiler, "is")) {
            ok = compile_is(compiler, *out, out);
        } else if (at_word(compiler, "not") || at_word(compiler, "in") || at_word(compiler, "between")) {
            ok = compile_within(compiler, *out, out);
        } else {
            return true;
        }
        if (!ok)
            return false;
    }
}

static bool compile_not(struct compiler *compiler, struct operand *out)
{
    if (!take_word(compiler, "not"))
        return compile_equality(compiler, out);
    return ++compiler->depth < DEPTH_MOST && compile_not(compiler, out) && put_one(compiler, STEP_NOT, out, out);
}

static bool compile_and(struct compiler *compiler, struct operand *out)
{
    struct operand right;

    if (!compile_not(compiler, out))
        return false;
    while (take_word(compiler, "and"))
        if (!compile_not(compiler, &right) || !put_two(compiler, STEP_AND, out, &right, out))
            return false;
    return true;
}

static bool compile_or(struct compiler *compiler, struct operand *out)
{
    struct operand right;

    if (++compiler->depth > DEPTH_MOST || !compile_and(compiler, out))
        return false;
    while (take_word(compiler, "or"))
        if (!compile_and(compiler, &right) || !put_two(compiler, STEP_OR, out, &right, out))
            return false;
    compiler->depth--;
    return true;
}

static bool compile(const struct rule *rule, const char *expression, struct plan *plan, size_t *at)
{
    struct compiler compiler = {.rule = rule, .plan = plan, .rest = slice_of(expression)};
    struct operand out;

    advance(&compiler);
    if (!compile_or(&compiler, &out) || compiler.token.kind != EVAL_END || !is_number(&out))
        return false;
    *at = out.at;
    return true;
}

bool steps_make(const struct rule *rule, struct arena *arena, struct plan *plan)
{
    bool ok;

    *plan = (struct plan){.rule = rule, .steps = arena_zero(arena, PLAN_STEPS, sizeof *plan->steps), .applies = SIZE_MAX,
                          .conditions = arena_zero(arena, rule->condition_count + 1, sizeof *plan->conditions),
                          .results = arena_zero(arena, rule->result_count + 1, sizeof *plan->results)};
    ok = !rule->applies || compile(rule, rule->applies, plan, &plan->applies);
    for (size_t i = 0; ok && i < rule->condition_count; i++)
        ok = compile(rule, rule->conditions[i].holds, plan, &plan->conditions[i]);
    for (size_t i = 0; ok && i < rule->result_count; i++)
        ok = rule->results[i].kind == FACT_CODE || compile(rule, rule->results[i].value, plan, &plan->results[i]);
    return ok;
}
