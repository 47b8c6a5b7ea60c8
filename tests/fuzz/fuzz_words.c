/*
 * Any bytes as the text of a query: taken apart into terms, lit up in another text, understood. Terms stand in order within
 * the folded text, marks rise and lie within the text. A NUL parts the query from the text.
 */
#include <stdint.h>

#include "base/slice.h"
#include "match/token.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

enum { RANGES = 16, TODAY = 20000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_tokens(struct match_str text)
{
    struct tokens *tokens = tokens_mine();
    uint32_t last = 0;

    tokens_read(tokens, text, true);
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->list[i];

        MUST(token->at < token->end && token->end <= tokens->fold.count && token->at >= last);
        MUST(tokens->fold.from[token->at] < tokens->fold.to[token->end - 1] && tokens->fold.to[token->end - 1] <= text.len);
        last = token->at;
    }
}

static void check_marks(struct match_str query_text, struct match_str text)
{
    struct match_range ranges[RANGES];
    struct match_query query;
    struct match_marks *marks;
    size_t count, end = 0;

    match_query_init(&query);
    query.text = query_text;
    marks = match_marks(NULL, &query);
    count = match_mark(marks, text, ranges, RANGES);
    MUST(count <= RANGES);
    for (size_t i = 0; i < count; i++) {
        MUST(ranges[i].from < ranges[i].to && ranges[i].to <= text.len && (i == 0 || ranges[i].from > end));
        end = ranges[i].to;
    }
    match_marks_end(marks);
}

static void check_ask(struct match_str text)
{
    struct match_ask ask;

    match_understand(text, TODAY, &ask);
    MUST(ask.trl_least >= 0 && ask.trl_least <= 9 && ask.budget >= -1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
    size_t first = nul ? (size_t)(nul - data) : size;
    struct match_str query = {(const char *)data, first},
                     text = {(const char *)data + (nul ? first + 1 : 0), nul ? size - first - 1 : size};

    check_tokens(query);
    check_tokens(text);
    check_marks(query, text);
    check_ask(query);
    return 0;
}
