/* English words by Porter2 (libstemmer), each word's term remembered: a text has few different words. A thread each. */
#ifndef TQ_MATCH_STEM_H
#define TQ_MATCH_STEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stemmer;

struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *stemmer);

/* The term of a word of a-z; 0 for a function word (the, of, with ...). */
uint64_t stemmer_term(struct stemmer *stemmer, const char *word, size_t len);

#endif
