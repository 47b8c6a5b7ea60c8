/*
 * Folded text into terms, in one pass:
 *
 *   轴承寿命      轴 轴承 承 承寿 寿 寿命 命     each character, and each pair of neighbours (Han, kana, hangul)
 *   bearings      bear                          Latin words by Porter2, without about a hundred function words
 *   3000 小时     3000h                         a number with its unit is one term, however the unit is written;
 *                                               the characters of a Chinese unit stay characters as well
 *   316L, PM2.5   316l, pm2.5
 *
 * A bare digit is no term (it numbers a list). A word longer than WORD_MOST is cut into pieces of that length.
 */
#ifndef TQ_MATCH_TOKEN_H
#define TQ_MATCH_TOKEN_H

#include "match/fold.h"

enum token_sort { TOKEN_CHAR, TOKEN_PAIR, TOKEN_WORD, TOKEN_NUMBER /* with its unit, or bare */ };

struct token {
    uint64_t term;
    uint32_t at, end; /* folded characters from..end */
    enum token_sort sort;
};

struct stemmer;

/* All that is needed to take text apart, kept by each thread for its next text. */
struct tokens {
    struct fold fold;
    struct token *list;
    size_t count, room;
    struct stemmer *stemmer;
    uint8_t *aside; /* a folded character: how a question is asked (subject.h) */
};

/* The calling thread's own; freed when the thread ends. */
struct tokens *tokens_mine(void);

/* Replaces list. ranges: keep the source bytes of each folded character. */
void tokens_read(struct tokens *tokens, struct match_str text, bool ranges);

/* Chinese function characters (的 了 和 ...): a pair with one of them carries no weight worth showing. */
bool token_is_function(uint32_t code);

/* 的 and 了: what stands on either side of them is two words. */
bool token_is_particle(uint32_t code);

#endif
