/* The pieces of an expression, for the evaluator's guard and for those who read rules. */
#include "store/eval.h"

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Capital letters too, so that AND may be written; names of facts have none. */
static bool in_name(char c)
{
    return is_small(c) || is_digit(c) || c == '_' || (c >= 'A' && c <= 'Z');
}

static size_t name_length(struct slice text, size_t from)
{
    while (from < text.len && in_name(text.at[from]))
        from++;
    return from;
}

/* 12a, 1.5 and 1e9 are no numbers here. */
static size_t number_length(struct slice text)
{
    size_t len = 0;

    while (len < text.len && is_digit(text.at[len]))
        len++;
    return len < text.len && (in_name(text.at[len]) || text.at[len] == '.') ? 0 : len;
}

/* 'it''s' with its quotes; 0: no end. */
static size_t text_length(struct slice text)
{
    for (size_t i = 1; i < text.len; i++) {
        if (text.at[i] == '\0')
            return 0;
        if (text.at[i] != '\'')
            continue;
        if (i + 1 == text.len || text.at[i + 1] != '\'')
            return i + 1;
        i++;
    }
    return 0;
}

static size_t mark_length(struct slice text)
{
    static const char *const two[] = {"<=", ">=", "==", "<>", "!="};

    if (text.len > 1 && memcmp(text.at, "--", 2) == 0)
        return 0;
    for (size_t i = 0; i < sizeof two / sizeof *two; i++)
        if (text.len > 1 && memcmp(text.at, two[i], 2) == 0)
            return 2;
    return text.at[0] != '\0' && strchr("+-(),<>=", text.at[0]) ? 1 : 0;
}

struct eval_token eval_token_next(struct slice *rest)
{
    struct eval_token token = {EVAL_END, {rest->at, 0}};

    while (rest->len && (rest->at[0] == ' ' || rest->at[0] == '\n' || rest->at[0] == '\t' || rest->at[0] == '\r'))
        *rest = (struct slice){rest->at + 1, rest->len - 1};
    if (!rest->len)
        return token;
    token.text.at = rest->at;
    if (is_digit(rest->at[0])) {
        token = (struct eval_token){EVAL_NUMBER, {rest->at, number_length(*rest)}};
    } else if (rest->at[0] == '\'') {
        token = (struct eval_token){EVAL_TEXT, {rest->at, text_length(*rest)}};
    } else if (rest->at[0] == '$') {
        token = (struct eval_token){EVAL_PARAMETER, {rest->at, name_length(*rest, 1)}};
        token.text.len -= token.text.len == 1;
    } else if (in_name(rest->at[0])) {
        token = (struct eval_token){EVAL_NAME, {rest->at, name_length(*rest, 0)}};
    } else {
        token = (struct eval_token){EVAL_MARK, {rest->at, mark_length(*rest)}};
    }
    if (token.text.len == 0)
        return (struct eval_token){EVAL_BAD, *rest};
    *rest = (struct slice){rest->at + token.text.len, rest->len - token.text.len};
    return token;
}
