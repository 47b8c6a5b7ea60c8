/*
 * Which unknown facts decide. A verdict is unknown; a fact decides if there are two values of it (unknown being one) that
 * give two verdicts while the other unknown facts stay unknown or are all given some values. Values that matter are few:
 *   yes: both. code: those that the rule names and one that it does not.
 *   number, money, share, day: 0, the rule's parameters and numbers and the known facts of that kind, each with its
 *   neighbours, one that is larger than all, and what a sum's figures leave for it beside the known facts in it.
 * A fact whose every mention says what holds without it (coalesce(paid, today), paid is null) is never asked for: without
 * it the rule has an answer.
 * First each fact by itself, the others unknown: exact, and nearly always enough. What is not found so is looked for in all
 * combinations of the unknown facts that what is unknown needs, if they are no more than GRID; beyond that all of
 * these facts are asked: too many rather than too few.
 */
#include "base/clock.h"
#include "rules/rules_int.h"

enum { GRID = 1024, VALUES = 192 };

struct candidates {
    struct eval_value values[VALUES];
    size_t count;
};

struct search {
    struct machine *machine;
    const struct rule *rule;
    struct eval_value *facts; /* tried */
    struct outcome outcome;
    const struct outcome *from;
    bool *deciding;
    size_t *open; /* unknown facts that what is unknown needs */
    size_t open_count;
    struct candidates *candidates; /* of each of those */
    struct arena *arena;
};

/* --- values that matter --- */

static void add(struct candidates *candidates, struct eval_value value)
{
    for (size_t i = 0; i < candidates->count; i++)
        if (figure_same(&candidates->values[i], &value))
            return;
    if (candidates->count < VALUES)
        candidates->values[candidates->count++] = value;
}

static void add_near(struct candidates *candidates, int64_t number)
{
    for (int64_t by = -1; by <= 1; by++)
        add(candidates, (struct eval_value){.known = true, .number = number + by});
}

static void add_constants(struct candidates *candidates, const char *expression)
{
    struct slice rest = slice_of(expression);

    for (struct eval_token token = eval_token_next(&rest); token.kind != EVAL_END && token.kind != EVAL_BAD;
         token = eval_token_next(&rest)) {
        int64_t number = 0;
        int32_t day;

        if (token.kind == EVAL_TEXT && token.text.len == 12 && day_parse((struct slice){token.text.at + 1, 10}, &day))
            add_near(candidates, day);
        if (token.kind != EVAL_NUMBER)
            continue;
        for (size_t i = 0; i < token.text.len; i++)
            number = number * 10 + (token.text.at[i] - '0');
        add_near(candidates, number);
    }
}

static void add_expressions(struct candidates *candidates, const struct rule *rule)
{
    if (rule->applies)
        add_constants(candidates, rule->applies);
    for (size_t i = 0; i < rule->condition_count; i++)
        add_constants(candidates, rule->conditions[i].holds);
}

static bool names(const char *expression, struct slice piece)
{
    struct slice rest = slice_of(expression);
    struct eval_token token;

    do {
        token = eval_token_next(&rest);
        if (slice_same(token.text, piece))
            return true;
    } while (token.kind != EVAL_END && token.kind != EVAL_BAD);
    return false;
}

/* Is the piece a number or a parameter, and which figure? */
static bool figure_of(const struct rule *rule, const struct eval_token *token, int64_t *figure)
{
    size_t at = token->kind == EVAL_PARAMETER ? rule_parameter_at(rule, (struct slice){token->text.at + 1, token->text.len - 1}) : SIZE_MAX;

    if (at != SIZE_MAX)
        *figure = rule->parameters[at].value;
    else if (token->kind == EVAL_NUMBER)
        *figure = strtoll(token->text.at, NULL, 10);
    return at != SIZE_MAX || token->kind == EVAL_NUMBER;
}

/* What a sum leaves for the fact: the expression's figures less, or beside, the known facts that stand in it. */
static void add_rest(const struct search *search, const struct rule_fact *fact, const char *expression, struct candidates *candidates)
{
    const struct rule *rule = search->rule;
    struct slice rest = slice_of(expression);
    int64_t known = 0, figure;

    if (!names(expression, slice_of(fact->name)) || (!names(expression, SLICE("+")) && !names(expression, SLICE("-"))))
        return;
    for (size_t i = 0; i < rule->fact_count; i++)
        if (search->facts[i].known && !search->facts[i].is_text && names(expression, slice_of(rule->facts[i].name)))
            known += search->facts[i].number;
    for (struct eval_token token = eval_token_next(&rest); known && token.kind != EVAL_END && token.kind != EVAL_BAD;
         token = eval_token_next(&rest))
        if (figure_of(rule, &token, &figure)) {
            add_near(candidates, figure - known);
            add_near(candidates, figure + known);
        }
}

/* None that such a fact can be: there is no negative money. */
static void leave_negative(struct candidates *candidates)
{
    size_t kept = 0;

    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->values[i].number >= 0)
            candidates->values[kept++] = candidates->values[i];
    candidates->count = kept;
}

static void numbers_of(const struct search *search, const struct rule_fact *fact, struct candidates *candidates)
{
    const struct rule *rule = search->rule;
    enum fact_kind kind = fact->kind;
    int64_t largest = kind == FACT_DAY ? CALENDAR_LAST - 40000 : kind == FACT_SHARE ? 10000 : EVAL_MOST / 100000;

    add(candidates, (struct eval_value){.known = true, .number = 0});
    add(candidates, (struct eval_value){.known = true, .number = largest});
    for (size_t i = 0; i < rule->fact_count; i++)
        if (search->facts[i].known && rule->facts[i].kind == kind)
            add_near(candidates, search->facts[i].number);
    for (size_t i = 0; i < rule->parameter_count; i++)
        add_near(candidates, rule->parameters[i].value);
    add_expressions(candidates, rule);
    for (size_t i = 0; i < rule->condition_count; i++)
        add_rest(search, fact, rule->conditions[i].holds, candidates);
    if (kind == FACT_MONEY || kind == FACT_SHARE || kind == FACT_POINTS)
        leave_negative(candidates);
}

static bool is_word(struct slice piece, const char *word)
{
    return piece.len == strlen(word) && strncasecmp(piece.at, word, piece.len) == 0;
}

/* Behind a name: does what follows take care of its being unknown? in_coalesce: it is one of a coalesce's arguments. */
static bool takes_care(struct slice rest, bool in_coalesce)
{
    struct eval_token next = eval_token_next(&rest), after;

    if (in_coalesce && slice_is(next.text, ","))
        return true;
    if (!is_word(next.text, "is"))
        return false;
    after = eval_token_next(&rest);
    if (is_word(after.text, "not"))
        after = eval_token_next(&rest);
    return is_word(after.text, "null");
}

/* Is the fact named where its being unknown would make something unknown? */
static bool needs(const char *expression, struct slice fact)
{
    bool coalesce[EVAL_LENGTH / 2] = {false}; /* of each bracket that is open: is it a coalesce's */
    struct slice rest = slice_of(expression);
    struct eval_token before = {EVAL_END, {"", 0}};
    size_t depth = 0;

    for (struct eval_token token = eval_token_next(&rest); token.kind != EVAL_END && token.kind != EVAL_BAD;
         before = token, token = eval_token_next(&rest)) {
        bool whole = slice_is(before.text, "(") || slice_is(before.text, ",");

        if (slice_is(token.text, "(") && depth + 1 < sizeof coalesce / sizeof *coalesce)
            coalesce[++depth] = slice_is(before.text, "coalesce");
        else if (slice_is(token.text, ")") && depth)
            depth--;
        else if (slice_same(token.text, fact) && !takes_care(rest, whole && coalesce[depth]))
            return true;
    }
    return false;
}

static bool rule_names(const struct rule *rule, struct slice piece)
{
    bool found = rule->applies && names(rule->applies, piece);

    for (size_t i = 0; i < rule->condition_count && !found; i++)
        found = names(rule->conditions[i].holds, piece);
    return found;
}

static void codes_of(const struct search *search, const struct rule_fact *fact, struct candidates *candidates)
{
    bool other = false;

    for (size_t i = 0; i < fact->choice_count; i++) {
        const char *code = fact->choices[i].code;
        bool named = rule_names(search->rule, slice_of(arena_print(search->arena, "'%s'", code)));

        if (named || !other)
            add(candidates, (struct eval_value){.known = true, .is_text = true, .text = slice_of(code)});
        other |= !named;
    }
}

static void candidates_of(const struct search *search, size_t fact, struct candidates *candidates)
{
    enum fact_kind kind = search->rule->facts[fact].kind;

    if (kind == FACT_CODE) {
        codes_of(search, &search->rule->facts[fact], candidates);
    } else if (kind == FACT_YES) {
        add(candidates, (struct eval_value){.known = true, .number = 0});
        add(candidates, (struct eval_value){.known = true, .number = 1});
    } else {
        numbers_of(search, &search->rule->facts[fact], candidates);
    }
}

/* --- trying them --- */

/* The facts needed by an expression that is unknown and matters: with a condition false, only whether the rule applies. */
static void open_find(struct search *search, const struct eval_value *facts)
{
    const struct rule *rule = search->rule;
    bool decided = false;

    for (size_t i = 0; i < rule->condition_count; i++)
        decided |= search->from->conditions[i] == TRUTH_NO;
    for (size_t i = 0; i < rule->fact_count; i++) {
        struct slice name = slice_of(rule->facts[i].name);
        bool stands = search->from->applies == TRUTH_UNKNOWN && needs(rule->applies, name);

        for (size_t j = 0; j < rule->condition_count && !decided; j++)
            stands |= search->from->conditions[j] == TRUTH_UNKNOWN && needs(rule->conditions[j].holds, name);
        if (stands && !facts[i].known)
            search->open[search->open_count++] = i;
    }
}

/* A value with which nothing can be computed (a base of 0) says nothing: then false. */
static bool verdict_of(struct search *search, enum rule_verdict *verdict)
{
    struct err ignored;

    if (!machine_verdict(search->machine, search->facts, &search->outcome, &ignored))
        return false;
    *verdict = search->outcome.verdict;
    return true;
}

static bool decides_alone(struct search *search, size_t at)
{
    const struct candidates *candidates = &search->candidates[at];
    struct eval_value *fact = &search->facts[search->open[at]];
    bool found = false;

    for (size_t i = 0; i < candidates->count && !found; i++) {
        enum rule_verdict verdict;

        *fact = candidates->values[i];
        found = verdict_of(search, &verdict) && verdict != RULE_UNKNOWN;
    }
    *fact = (struct eval_value){0};
    return found;
}

static size_t grid_size(const struct search *search)
{
    size_t size = 1;

    for (size_t i = 0; i < search->open_count && size <= GRID; i++)
        size *= search->candidates[i].count;
    return size;
}

/* Point number `point` of the grid, as the facts to be tried. */
static void point_set(struct search *search, size_t point)
{
    for (size_t i = 0; i < search->open_count; i++) {
        search->facts[search->open[i]] = search->candidates[i].values[point % search->candidates[i].count];
        point /= search->candidates[i].count;
    }
}

enum { NO_VERDICT = RULE_NOT_APPLICABLE + 1 };

/* Do two points of the line that begins at `first` and runs along a fact's axis differ in their verdict? */
static bool line_differs(const unsigned char *verdicts, size_t first, size_t stride, size_t count)
{
    unsigned char seen = NO_VERDICT;

    for (size_t i = 0; i < count; i++) {
        unsigned char verdict = verdicts[first + i * stride];

        if (verdict == NO_VERDICT)
            continue;
        if (seen != NO_VERDICT && verdict != seen)
            return true;
        seen = verdict;
    }
    return false;
}

static bool axis_differs(const unsigned char *verdicts, size_t size, size_t stride, size_t count)
{
    bool differs = false;

    for (size_t point = 0; point < size && !differs; point++)
        differs = point / stride % count == 0 && line_differs(verdicts, point, stride, count);
    return differs;
}

static void grid_search(struct search *search, size_t size)
{
    unsigned char *verdicts = arena_alloc(search->arena, size);
    size_t stride = 1;

    for (size_t point = 0; point < size; point++) {
        enum rule_verdict verdict;

        point_set(search, point);
        verdicts[point] = verdict_of(search, &verdict) ? (unsigned char)verdict : NO_VERDICT;
    }
    for (size_t i = 0; i < search->open_count; i++) {
        search->deciding[search->open[i]] |= axis_differs(verdicts, size, stride, search->candidates[i].count);
        stride *= search->candidates[i].count;
    }
}

void asks_find(struct machine *machine, const struct rule *rule, const struct eval_value *facts,
               const struct outcome *outcome, bool *deciding, struct arena *arena)
{
    struct search search = {.machine = machine, .rule = rule, .from = outcome, .deciding = deciding, .arena = arena};
    size_t found = 0, size;

    search.facts = arena_zero(arena, rule->fact_count + 1, sizeof *search.facts);
    search.open = arena_zero(arena, rule->fact_count + 1, sizeof *search.open);
    search.outcome.conditions = arena_zero(arena, rule->condition_count + 1, sizeof *search.outcome.conditions);
    memcpy(search.facts, facts, rule->fact_count * sizeof *facts);
    open_find(&search, facts);
    search.candidates = arena_zero(arena, search.open_count + 1, sizeof *search.candidates);
    for (size_t i = 0; i < search.open_count; i++) {
        candidates_of(&search, search.open[i], &search.candidates[i]);
        deciding[search.open[i]] = decides_alone(&search, i);
        found += deciding[search.open[i]];
    }
    size = grid_size(&search);
    if (found < search.open_count && size <= GRID)
        grid_search(&search, size);
    for (size_t i = 0; found < search.open_count && size > GRID && i < search.open_count; i++)
        deciding[search.open[i]] = true;
}
