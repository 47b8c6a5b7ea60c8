/* Looking for words in folded text. */
#ifndef TQ_MATCH_FOLDED_H
#define TQ_MATCH_FOLDED_H

#include "match/fold.h"

/* How many folded characters `word` (UTF-8, already folded) takes at i; 0: it is not there. */
size_t folded_at(const struct fold *fold, size_t i, const char *word);

/* The first of the words (NULL-terminated) that stands at i, likewise. */
size_t folded_any(const struct fold *fold, size_t i, const char *const *words);

/* Does one of the words begin in [from, to)? Returns where, or SIZE_MAX. */
size_t folded_find(const struct fold *fold, size_t from, size_t to, const char *const *words);

/* What ends a sentence, for folded_any. */
extern const char *const folded_sentence_ends[];

/* The value of a Chinese numeral (零 to 十, 两, 百, 千), or -1. */
int folded_numeral(uint32_t code);

/*
 * A number at i: 200, 1,500, 0.5, or Chinese numerals up to 千 (三, 十二, 两, 三百). Returns where it ends, or i.
 */
size_t folded_number(const struct fold *fold, size_t i, double *number);

/* i without the spaces that stand there. */
size_t folded_space(const struct fold *fold, size_t i);

#endif
