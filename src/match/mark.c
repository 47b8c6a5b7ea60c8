#include <stdlib.h>

#include "match/query.h"
#include "match/sort.h"
#include "match/subject.h"

/* The terms worth showing, of the query and of what the lexicon has for it: words and pairs, but no pair with a function character. */
struct match_marks {
    uint64_t *terms;
    size_t count;
};

static int by_term(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

static void make_room(struct match_marks *marks, size_t more)
{
    marks->terms = realloc(marks->terms, (marks->count + more + 1) * sizeof *marks->terms);
    if (!marks->terms)
        abort();
}

static bool is_showable(uint64_t term)
{
    uint32_t first, second;

    if (term_sort(term) == TERM_PAIR) {
        term_pair_codes(term, &first, &second);
        return !token_is_function(first) && !token_is_function(second);
    }
    return term_sort(term) == TERM_WORD;
}

static void add_translations(struct match_marks *marks, const struct match_snapshot *snapshot, struct bridge *bridge, struct arena *arena)
{
    const uint64_t *terms = bridge_render(bridge, snapshot, arena);

    make_room(marks, bridge->term_count);
    for (size_t t = 0; t < bridge->term_count; t++)
        if (is_showable(terms[t]))
            marks->terms[marks->count++] = terms[t];
}

static void add_terms(struct match_marks *marks, const struct match_snapshot *snapshot, struct match_str text)
{
    struct tokens *tokens = tokens_mine();
    struct bridge bridge = {.count = 0};
    struct arena arena;

    arena_init(&arena);
    tokens_read(tokens, text, true);
    subject_mark(tokens);
    if (snapshot && snapshot->lexicon)
        bridge_find(&bridge, snapshot, tokens, false, &arena);
    if (bridge.count)
        add_translations(marks, snapshot, &bridge, &arena);
    arena_release(&arena);
    subject_keep(tokens);
    make_room(marks, tokens->count);
    for (size_t i = 0; i < tokens->count; i++)
        if (is_showable(tokens->list[i].term))
            marks->terms[marks->count++] = tokens->list[i].term;
}

struct match_marks *match_marks(const struct match_snapshot *snapshot, const struct match_query *query)
{
    struct match_marks *marks = calloc(1, sizeof *marks);

    if (!marks)
        abort();
    add_terms(marks, snapshot, query->title);
    add_terms(marks, snapshot, query->text);
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

        if (!is_showable(token->term) || !is_marked(marks, token->term))
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
