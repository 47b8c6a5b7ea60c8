#include <stdlib.h>

#include "match/query.h"
#include "match/sort.h"
#include "match/subject.h"

/* The terms worth showing, ascending: words and pairs, but no pair with a function character. */
struct match_marks {
    uint64_t *terms;
    size_t count;
};

static bool is_showable(const struct tokens *tokens, const struct token *token)
{
    const uint32_t *code = tokens->fold.code;

    if (token->sort == TOKEN_PAIR)
        return !token_is_function(code[token->at]) && !token_is_function(code[token->at + 1]);
    return token->sort >= TOKEN_WORD;
}

static int by_term(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

static void add_terms(struct match_marks *marks, struct match_str text)
{
    struct tokens *tokens = tokens_mine();

    tokens_read(tokens, text, false);
    subject_keep(tokens);
    marks->terms = realloc(marks->terms, (marks->count + tokens->count + 1) * sizeof *marks->terms);
    if (!marks->terms)
        abort();
    for (size_t i = 0; i < tokens->count; i++)
        if (is_showable(tokens, &tokens->list[i]))
            marks->terms[marks->count++] = tokens->list[i].term;
}

struct match_marks *match_marks(const struct match_query *query)
{
    struct match_marks *marks = calloc(1, sizeof *marks);

    if (!marks)
        abort();
    add_terms(marks, query->title);
    add_terms(marks, query->text);
    if (marks->count)
        qsort(marks->terms, marks->count, sizeof *marks->terms, by_term);
    return marks;
}

void match_marks_end(struct match_marks *marks)
{
    if (marks)
        free(marks->terms);
    free(marks);
}

static bool is_marked(const struct match_marks *marks, uint64_t term)
{
    return marks->count && bsearch(&term, marks->terms, marks->count, sizeof *marks->terms, by_term) != NULL;
}

size_t match_mark(const struct match_marks *marks, struct match_str text, struct match_range *ranges, size_t most)
{
    struct tokens *tokens = tokens_mine();
    const struct fold *fold = &tokens->fold;
    size_t count = 0;

    tokens_read(tokens, text, true);
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->list[i];
        struct match_range range = {fold->from[token->at], fold->to[token->end - 1]};

        if (!is_showable(tokens, token) || !is_marked(marks, token->term))
            continue;
        if (count && range.from <= ranges[count - 1].to)
            ranges[count - 1].to = range.to > ranges[count - 1].to ? range.to : ranges[count - 1].to;
        else if (count < most)
            ranges[count++] = range;
        else
            break;
    }
    return count;
}
