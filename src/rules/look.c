/* Expressions looked at piece by piece: checked for what SQLite would not mind. */
#include "base/clock.h"
#include "rules/rules_int.h"

struct look {
    const struct reading *reading;
    const struct rule *rule;
    bool *facts, *parameters; /* used by now */
    const char *where;
    long line;
    bool makes_code; /* the result of kind code: any text may come out */
};

static bool compares(struct slice mark)
{
    return slice_is(mark, "=") || slice_is(mark, "==") || slice_is(mark, "<>") || slice_is(mark, "!=");
}

static const struct rule_choice *choice_of(const struct rule_fact *fact, struct slice code)
{
    for (size_t i = 0; i < fact->choice_count; i++)
        if (slice_is(code, fact->choices[i].code))
            return &fact->choices[i];
    return NULL;
}

static bool code_known(const struct rule *rule, struct slice code)
{
    for (size_t i = 0; i < rule->fact_count; i++)
        if (choice_of(&rule->facts[i], code))
            return true;
    return false;
}

/* A text in quotes behind `before`, which stands behind `fact` (NULL: behind no fact of kind code). */
static bool text_ok(const struct look *look, struct slice quoted, const struct rule_fact *fact)
{
    struct slice code = {quoted.at + 1, quoted.len - 2};

    if (fact && !choice_of(fact, code))
        return reading_wrong(look->reading, look->line, "%s：%.60s 没有 %.*s 这个选项", look->where, fact->name,
                             (int)quoted.len, quoted.at);
    if (!fact && !look->makes_code && !code_known(look->rule, code))
        return reading_wrong(look->reading, look->line, "%s：%.*s 不是任何一个选项", look->where,
                             (int)quoted.len, quoted.at);
    return true;
}

static bool is_day(const struct eval_token *text)
{
    int32_t day;

    return text->text.len == 12 && day_parse((struct slice){text->text.at + 1, 10}, &day);
}

static bool number_ok(const struct look *look, const struct rule_fact *fact, const struct eval_token *token)
{
    if (fact->kind == FACT_CODE)
        return reading_wrong(look->reading, look->line, "%s：%.60s 是选项，要与单引号里的代码比", look->where, fact->name);
    if (fact->kind == FACT_YES && !slice_is(token->text, "0") && !slice_is(token->text, "1"))
        return reading_wrong(look->reading, look->line, "%s：%.60s 是“是否”，只能与 1（是）或 0（否）比", look->where, fact->name);
    return true;
}

static void mark_used(const struct look *look, const struct eval_token *token)
{
    size_t fact = token->kind == EVAL_NAME ? rule_fact_at(look->rule, token->text) : SIZE_MAX;
    size_t parameter = token->kind == EVAL_PARAMETER
        ? rule_parameter_at(look->rule, (struct slice){token->text.at + 1, token->text.len - 1}) : SIZE_MAX;

    if (fact != SIZE_MAX)
        look->facts[fact] = true;
    if (parameter != SIZE_MAX)
        look->parameters[parameter] = true;
}

/*
 * `pricing = 'listing'` and `pricing in ('listing', …)` are held to that fact's choices, other texts to the choices of all.
 * What is no piece at all is left to eval_prepare.
 */
static bool expression_look(const struct look *look, const char *expression)
{
    struct slice rest = slice_of(expression);
    const struct rule_fact *fact = NULL; /* of which what is read now may be the other side */
    struct eval_token before = {EVAL_END, {"", 0}};
    bool listed = false; /* behind IN */

    for (struct eval_token token = eval_token_next(&rest); token.kind != EVAL_END && token.kind != EVAL_BAD;
         before = token, token = eval_token_next(&rest)) {
        size_t at = token.kind == EVAL_NAME ? rule_fact_at(look->rule, token.text) : SIZE_MAX;
        bool of_fact = fact && (compares(before.text) || (listed && token.kind == EVAL_TEXT));

        mark_used(look, &token);
        if (token.kind == EVAL_TEXT && !is_day(&token) && !text_ok(look, token.text, of_fact && fact->kind == FACT_CODE ? fact : NULL))
            return false;
        if ((token.kind == EVAL_NUMBER || token.kind == EVAL_PARAMETER) && fact && compares(before.text)
            && !number_ok(look, fact, &token))
            return false;
        listed = (listed || slice_is(token.text, "in")) && !slice_is(token.text, ")");
        if (at != SIZE_MAX)
            fact = &look->rule->facts[at];
        else if (!listed && !compares(token.text) && !slice_is(token.text, "not"))
            fact = NULL;
    }
    return true;
}

/* {name} or {name:unit} in what is said or advised: a parameter, a fact or a result. */
static bool placeholders_ok(const struct look *look, const char *says)
{
    const char *open = says;

    while ((open = strchr(open, '{'))) {
        size_t len = strcspn(open, "}");
        struct slice name = {open + 1, strcspn(open, ":}") - 1};
        size_t parameter = rule_parameter_at(look->rule, name), fact = rule_fact_at(look->rule, name);

        if (!open[len] || (parameter == SIZE_MAX && fact == SIZE_MAX && rule_result_at(look->rule, name) == SIZE_MAX))
            return reading_wrong(look->reading, look->line, "%s：{%.*s} 不是参数、事实或结果", look->where,
                                 (int)(name.len < 40 ? name.len : 40), name.at);
        if (parameter != SIZE_MAX)
            look->parameters[parameter] = true;
        if (fact != SIZE_MAX)
            look->facts[fact] = true;
        open += len;
    }
    return true;
}

static bool parts_look(struct look *look)
{
    const struct rule *rule = look->rule;

    look->where = "applies";
    look->line = rule->applies_line;
    if (rule->applies && !expression_look(look, rule->applies))
        return false;
    for (size_t i = 0; i < rule->condition_count; i++) {
        look->where = rule->conditions[i].name;
        look->line = rule->conditions[i].line;
        if (!expression_look(look, rule->conditions[i].holds) || !placeholders_ok(look, rule->conditions[i].says)
            || !placeholders_ok(look, rule->conditions[i].hint))
            return false;
    }
    for (size_t i = 0; i < rule->result_count; i++) {
        look->where = rule->results[i].name;
        look->line = rule->results[i].line;
        look->makes_code = rule->results[i].kind == FACT_CODE;
        if (!expression_look(look, rule->results[i].value))
            return false;
    }
    return true;
}

static struct look look_of(const struct reading *reading, const struct rule *rule)
{
    return (struct look){.reading = reading, .rule = rule,
                         .facts = arena_zero(reading->arena, rule->fact_count + 1, sizeof(bool)),
                         .parameters = arena_zero(reading->arena, rule->parameter_count + 1, sizeof(bool))};
}

bool rule_codes_check(const struct reading *reading, const struct rule *rule)
{
    struct look look = look_of(reading, rule);

    return parts_look(&look);
}

bool rule_uses_check(const struct reading *reading, const struct rule *rule)
{
    struct look look = look_of(reading, rule);

    if (!parts_look(&look))
        return false;
    for (size_t i = 0; i < rule->fact_count; i++)
        if (!look.facts[i])
            return reading_wrong(reading, 1, "事实 %.60s 没有用到：用它，或从 facts 删去", rule->facts[i].name);
    for (size_t i = 0; i < rule->parameter_count; i++)
        if (!look.parameters[i])
            return reading_wrong(reading, rule->parameters[i].line, "参数 %.60s 没有用到：用它，或删去", rule->parameters[i].name);
    return true;
}
