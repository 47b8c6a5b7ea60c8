/* Expressions in words, for those who read no SQL. */
#include "base/said.h"
#include "base/text.h"
#include "rules/rules_int.h"

enum { ARGUMENTS = 16 };

/* How a function reads: {0} … its arguments, {*} all of them; unit is put behind a bare number that is the second. */
static const struct function {
    const char *name, *words, *unit;
    bool is_day;
} functions[] = {
    {"share_ge", "{0} 达到 {1} 的 {2}", "", false},
    {"part", "{0} 的 {1}", "", false},
    {"part_up", "{0} 的 {1}（进到整数）", "", false},
    {"part_near", "{0} 的 {1}（四舍五入）", "", false},
    {"ratio", "{0} 乘 {1} 除以 {2}", "", false},
    {"day", "{0}", "", true},
    {"days_after", "{0} 之后 {1}", " 日", true},
    {"workdays_after", "{0} 之后 {1}", " 个工作日", true},
    {"months_after", "{0} 之后 {1}", " 个月", true},
    {"rolled", "{0}（遇休息日顺延）", "", true},
    {"workdays", "{0} 之后到 {1} 的工作日数", "", false},
    {"least", "（{*}）中最小的", "", false},
    {"most", "（{*}）中最大的", "", false},
    {"abs", "{0} 的绝对值", "", false},
    {"coalesce", "{0}（未知时取 {1}）", "", false},
    {"nullif", "{0}（等于 {1} 时算未知）", "", false},
    {"iif", "若 {0}，则 {1}，否则 {2}", "", false},
};

static const struct {
    const char *piece, *words, *of_days;
} pieces[] = {
    {"=", "是", "是"},         {"==", "是", "是"},         {"<>", "不是", "不是"}, {"!=", "不是", "不是"},
    {"<", "小于", "早于"},     {"<=", "不超过", "不晚于"}, {">", "大于", "晚于"},  {">=", "不少于", "不早于"},
    {"+", "加", "加"},         {"-", "减", "减"},          {"(", "（", "（"},      {")", "）", "）"},
    {",", "、", "、"},         {"and", "并且", "并且"},    {"or", "或者", "或者"}, {"not", "并非", "并非"},
    {"in", "属于", "属于"},    {"is", "是", "是"},         {"null", "未知", "未知"}, {"between", "介于", "介于"},
    {"case", "按情形（", "按情形（"}, {"when", "当", "当"}, {"then", "时为", "时为"}, {"else", "否则为", "否则为"},
    {"end", "）", "）"},
};

struct saying {
    const struct rule *rule;
    struct arena *arena;
    struct slice rest;
    enum fact_kind kind; /* of what was named last: its comparison and its figures read so */
};

static const char *words_until(struct saying *saying, const char *stops);

static const char *figure(struct saying *saying, enum fact_kind kind, int64_t number)
{
    struct eval_value value = {.known = true, .number = number};

    return rule_value_show(kind == FACT_CODE ? FACT_NUMBER : kind, NULL, 0, &value, saying->arena);
}

static const char *parameter_words(struct saying *saying, struct slice name)
{
    size_t at = rule_parameter_at(saying->rule, name);
    const struct rule_parameter *parameter = &saying->rule->parameters[at];

    if (at == SIZE_MAX)
        return arena_text(saying->arena, name);
    return arena_print(saying->arena, "%s %s%s%s", parameter->label, figure(saying, parameter->kind, parameter->value),
                       parameter->kind == FACT_NUMBER && *parameter->unit ? " " : "",
                       parameter->kind == FACT_NUMBER ? parameter->unit : "");
}

static const char *number_words(struct saying *saying, struct slice digits)
{
    int64_t value = 0;

    for (size_t i = 0; i < digits.len && value < EVAL_MOST; i++)
        value = value * 10 + (digits.at[i] - '0');
    return saying->kind == FACT_DAY ? arena_text(saying->arena, digits) : figure(saying, saying->kind, value);
}

static const char *code_words(struct saying *saying, struct slice code)
{
    for (size_t i = 0; i < saying->rule->fact_count; i++)
        for (size_t j = 0; j < saying->rule->facts[i].choice_count; j++)
            if (slice_is(code, saying->rule->facts[i].choices[j].code))
                return saying->rule->facts[i].choices[j].label;
    return arena_text(saying->arena, code);
}

static bool is_plain_number(const char *words)
{
    return strspn(words, "0123456789") == strlen(words);
}

static void put_argument(struct text *out, const struct function *function, const char *const *arguments, size_t at)
{
    text_puts(out, arguments[at]);
    if (at == 1 && is_plain_number(arguments[at]))
        text_puts(out, function->unit);
}

static const char *call_words(struct saying *saying, const struct function *function)
{
    const char *arguments[ARGUMENTS] = {NULL}, *made;
    size_t count = 0;
    struct text out;

    eval_token_next(&saying->rest); /* ( */
    do
        arguments[count++] = words_until(saying, ",)");
    while (count < ARGUMENTS && slice_is(eval_token_next(&saying->rest).text, ","));
    text_init(&out);
    for (const char *c = function->words; *c; c++) {
        size_t at = (size_t)(c[0] == '{' ? c[1] - '0' : ARGUMENTS);

        if (*c != '{') {
            text_putc(&out, *c);
            continue;
        }
        for (size_t i = 0; c[1] == '*' && i < count; i++)
            text_print(&out, "%s%s", i ? "、" : "", arguments[i]);
        if (c[1] != '*' && at < count)
            put_argument(&out, function, arguments, at);
        c += 2;
    }
    saying->kind = function->is_day ? FACT_DAY : saying->kind;
    made = arena_text(saying->arena, text_slice(&out));
    text_release(&out);
    return made;
}

static const struct function *function_of(struct slice name, struct slice rest)
{
    if (slice_is(eval_token_next(&rest).text, "("))
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
            if (slice_is(name, functions[i].name))
                return &functions[i];
    return NULL;
}

static const char *piece_words(struct saying *saying, struct slice piece)
{
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (strlen(pieces[i].piece) == piece.len && strncasecmp(pieces[i].piece, piece.at, piece.len) == 0)
            return saying->kind == FACT_DAY ? pieces[i].of_days : pieces[i].words;
    return arena_text(saying->arena, piece);
}

/* "X = 1" of a yes is "X：是". Takes both pieces. */
static const char *yes_words(struct saying *saying, const struct rule_fact *fact)
{
    struct slice ahead = saying->rest;
    struct eval_token mark = eval_token_next(&ahead), number = eval_token_next(&ahead);
    bool yes = slice_is(number.text, "1");

    if (fact->kind != FACT_YES || !slice_is(mark.text, "=") || (!yes && !slice_is(number.text, "0")))
        return fact->label;
    saying->rest = ahead;
    return arena_print(saying->arena, "%s：%s", fact->label, yes ? N_("是") : N_("否"));
}

static const char *name_words(struct saying *saying, struct slice name)
{
    const struct function *function = function_of(name, saying->rest);
    size_t fact = rule_fact_at(saying->rule, name);

    if (function)
        return call_words(saying, function);
    if (fact == SIZE_MAX)
        return piece_words(saying, name);
    saying->kind = saying->rule->facts[fact].kind;
    return yes_words(saying, &saying->rule->facts[fact]);
}

static const char *token_words(struct saying *saying, const struct eval_token *token)
{
    struct slice inner = {token->text.at + 1, token->text.len - 1};

    switch (token->kind) {
    case EVAL_NAME:
        return name_words(saying, token->text);
    case EVAL_PARAMETER:
        return parameter_words(saying, inner);
    case EVAL_NUMBER:
        return number_words(saying, token->text);
    case EVAL_TEXT:
        return code_words(saying, (struct slice){inner.at, inner.len - 1});
    default:
        return piece_words(saying, token->text);
    }
}

/* Up to a mark in `stops` that no bracket of its own encloses; that mark is left. */
static const char *words_until(struct saying *saying, const char *stops)
{
    struct text out;
    const char *made;
    int depth = 0;

    text_init(&out);
    for (;;) {
        struct slice before = saying->rest;
        struct eval_token token = eval_token_next(&saying->rest);

        if (token.kind == EVAL_END || token.kind == EVAL_BAD)
            break;
        if (depth == 0 && token.kind == EVAL_MARK && strchr(stops, token.text.at[0])) {
            saying->rest = before;
            break;
        }
        depth += slice_is(token.text, "(") - slice_is(token.text, ")");
        if (out.len)
            text_putc(&out, ' ');
        text_puts(&out, token_words(saying, &token));
    }
    made = arena_text(saying->arena, text_slice(&out));
    text_release(&out);
    return made;
}

const char *rule_words(const struct rule *rule, const char *expression, struct arena *arena)
{
    struct saying saying = {.rule = rule, .arena = arena, .rest = slice_of(expression), .kind = FACT_NUMBER};

    return words_until(&saying, "");
}
