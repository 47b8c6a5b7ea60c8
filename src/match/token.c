#include "match/token.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "match/stem.h"
#include "match/term.h"
#include "match/unit.h"

enum { WORD_MOST = 64, WORD_BYTES = 4 * (WORD_MOST + UNIT_MOST) };

enum sort { OTHER, CJK, WORD };

static pthread_key_t key;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;

static void tokens_free(void *at)
{
    struct tokens *tokens = at;

    fold_release(&tokens->fold);
    stemmer_free(tokens->stemmer);
    free(tokens->list);
    free(tokens->aside);
    free(tokens);
}

static void key_make(void)
{
    if (pthread_key_create(&key, tokens_free) != 0)
        abort();
}

struct tokens *tokens_mine(void)
{
    struct tokens *tokens;

    pthread_once(&key_once, key_make);
    tokens = pthread_getspecific(key);
    if (!tokens) {
        tokens = calloc(1, sizeof *tokens);
        if (!tokens || pthread_setspecific(key, tokens) != 0)
            abort();
        fold_init(&tokens->fold);
        tokens->stemmer = stemmer_new();
    }
    return tokens;
}

bool token_is_function(uint32_t code)
{
    static const uint32_t some[] = {
        0x7684, 0x4e86, 0x548c, 0x662f, 0x5728, 0x4e0e, 0x53ca, 0x5bf9, 0x4e3a, 0x7b49, 0x4e2d, 0x5c06, 0x4ee5,
        0x6709, 0x5176, 0x5e76, 0x4ece, 0x7531, 0x8be5, 0x4e5f, 0x800c, 0x6216, 0x4e8e, 0x5230, 0x88ab, 0x4f7f,
        0x6240, 0x8fd9, 0x90a3, 0x4e4b, 0x4e00, 0x4e0d,
    }; /* 的了和是在与及对为等中将以有其并从由该也而或于到被使所这那之一不 */

    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        if (some[i] == code)
            return true;
    return false;
}

bool token_is_particle(uint32_t code)
{
    return code == 0x7684 || code == 0x4e86; /* 的了 */
}

static enum sort code_sort(uint32_t code)
{
    if (code < 0x80)
        return (code - 'a' < 26u || code - '0' < 10u) ? WORD : OTHER;
    if ((code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf))
        return CJK;
    if ((code >= 0x3041 && code <= 0x30ff && code != 0x30fb) || (code >= 0xac00 && code <= 0xd7a3)
        || (code >= 0x20000 && code <= 0x3ffff))
        return CJK;
    return u_isalnum((UChar32)code) ? WORD : OTHER;
}

static void add(struct tokens *tokens, uint64_t term, size_t at, size_t end, enum token_sort sort)
{
    if (tokens->count == tokens->room) {
        tokens->room = tokens->room * 2 + 256;
        tokens->list = realloc(tokens->list, tokens->room * sizeof *tokens->list);
        if (!tokens->list)
            abort();
    }
    tokens->list[tokens->count++] = (struct token){term, (uint32_t)at, (uint32_t)end, sort};
}

static size_t utf8_append(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 63));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 63));
        out[2] = (char)(0x80 | (code & 63));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 63));
    out[2] = (char)(0x80 | (code >> 6 & 63));
    out[3] = (char)(0x80 | (code & 63));
    return 4;
}

/* A run of characters and its pairs; returns its end. */
static size_t read_cjk(struct tokens *tokens, size_t i)
{
    const struct fold *fold = &tokens->fold;
    uint32_t code = fold->code[i];

    for (;;) {
        uint32_t next = i + 1 < fold->count ? fold->code[i + 1] : 0;

        add(tokens, term_char(code), i, i + 1, TOKEN_CHAR);
        if (code_sort(next) != CJK)
            return i + 1;
        add(tokens, term_pair(code, next), i, i + 2, TOKEN_PAIR);
        code = next;
        i++;
    }
}

static bool is_digit(uint32_t code)
{
    return code - '0' < 10u;
}

/* 3.5 is one word, and so is pm2.5. */
static bool is_point(const struct fold *fold, size_t i)
{
    return fold->code[i] == '.' && i + 1 < fold->count && is_digit(fold->code[i + 1]) && is_digit(fold->code[i - 1]);
}

static size_t word_end(const struct fold *fold, size_t start)
{
    size_t i = start;

    while (i < fold->count && i - start < WORD_MOST
           && (code_sort(fold->code[i]) == WORD || (i > start && is_point(fold, i))))
        i++;
    return i;
}

static size_t number_end(const struct fold *fold, size_t start, size_t end)
{
    size_t i = start;

    while (i < end && (is_digit(fold->code[i]) || fold->code[i] == '.'))
        i++;
    return i;
}

static size_t put_codes(char *out, const struct fold *fold, size_t from, size_t to)
{
    size_t len = 0;

    for (; from < to; from++)
        len += utf8_append(out + len, fold->code[from]);
    return len;
}

static bool all_letters(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (word[i] < 'a' || word[i] > 'z')
            return false;
    return true;
}

/* A number and what unit follows, across one space. Returns where reading goes on. */
static size_t read_number(struct tokens *tokens, size_t start, size_t end)
{
    const struct fold *fold = &tokens->fold;
    char word[WORD_BYTES];
    size_t len = put_codes(word, fold, start, end), next = end, taken;
    const char *unit;

    if (next < fold->count && fold->code[next] == ' ')
        next++;
    unit = unit_read(fold->code + next, fold->count - next, &taken);
    if (unit) {
        size_t unit_len = strlen(unit);

        memcpy(word + len, unit, unit_len);
        add(tokens, term_word(word, len + unit_len), start, next + taken, TOKEN_NUMBER);
        return code_sort(fold->code[next]) == CJK ? end : next + taken;
    }
    if (len > 1)
        add(tokens, term_word(word, len), start, end, TOKEN_NUMBER);
    return end;
}

static size_t read_word(struct tokens *tokens, size_t start)
{
    const struct fold *fold = &tokens->fold;
    size_t end = word_end(fold, start), len;
    char word[WORD_BYTES];
    uint64_t term;

    if (number_end(fold, start, end) == end)
        return read_number(tokens, start, end);
    len = put_codes(word, fold, start, end);
    term = all_letters(word, len) ? stemmer_term(tokens->stemmer, word, len) : term_word(word, len);
    if (term)
        add(tokens, term, start, end, TOKEN_WORD);
    return end;
}

void tokens_read(struct tokens *tokens, struct match_str text, bool ranges)
{
    const struct fold *fold = &tokens->fold;
    size_t i = 0;

    fold_text(&tokens->fold, text, ranges);
    tokens->count = 0;
    while (i < fold->count) {
        switch (code_sort(fold->code[i])) {
        case CJK:
            i = read_cjk(tokens, i);
            break;
        case WORD:
            i = read_word(tokens, i);
            break;
        case OTHER:
            i++;
            break;
        }
    }
}
