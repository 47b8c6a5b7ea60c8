#include "match/stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "match/term.h"

enum { CACHE = 16384, STOPS = 512 };

struct stemmer {
    struct sb_stemmer *porter;
    struct {
        uint64_t word, term;
    } cache[CACHE];
    uint64_t stops[STOPS];
};

static const char *const function_words[] = {
    "a",     "an",    "and",   "are",   "as",    "at",    "be",    "by",    "for",   "from",  "has",   "have",
    "he",    "in",    "is",    "it",    "its",   "of",    "on",    "or",    "that",  "the",   "to",    "was",
    "were",  "will",  "with",  "this",  "which", "these", "those", "there", "their", "they",  "can",   "may",
    "not",   "but",   "been",  "also",  "than",  "then",  "such",  "into",  "between", "what", "how",  "does",
    "do",    "any",   "some",  "i",     "we",    "you",   "your",  "our",   "who",   "whom",  "where", "when",
    "why",   "if",    "about", "would", "could", "should", "more", "most",  "other", "only",  "over",  "under",
    "no",    "nor",   "so",    "too",   "very",  "s",     "t",
};

static void remember_stops(struct stemmer *stemmer)
{
    for (size_t i = 0; i < sizeof function_words / sizeof *function_words; i++) {
        uint64_t hash = term_hash(function_words[i], strlen(function_words[i]));
        size_t at = hash % STOPS;

        while (stemmer->stops[at])
            at = (at + 1) % STOPS;
        stemmer->stops[at] = hash;
    }
}

struct stemmer *stemmer_new(void)
{
    struct stemmer *stemmer = calloc(1, sizeof *stemmer);

    if (!stemmer)
        abort();
    stemmer->porter = sb_stemmer_new("english", NULL);
    if (!stemmer->porter)
        abort();
    remember_stops(stemmer);
    return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
    if (stemmer)
        sb_stemmer_delete(stemmer->porter);
    free(stemmer);
}

static bool is_stop(const struct stemmer *stemmer, uint64_t hash)
{
    for (size_t at = hash % STOPS; stemmer->stops[at]; at = (at + 1) % STOPS)
        if (stemmer->stops[at] == hash)
            return true;
    return false;
}

static uint64_t stem(struct stemmer *stemmer, uint64_t hash, const char *word, size_t len)
{
    const sb_symbol *base;

    if (is_stop(stemmer, hash))
        return 0;
    base = sb_stemmer_stem(stemmer->porter, (const sb_symbol *)word, (int)len);
    if (!base)
        abort();
    return term_word(base, (size_t)sb_stemmer_length(stemmer->porter));
}

uint64_t stemmer_term(struct stemmer *stemmer, const char *word, size_t len)
{
    uint64_t hash = term_hash(word, len);
    size_t at = hash % CACHE;

    if (stemmer->cache[at].word != hash) {
        stemmer->cache[at].term = stem(stemmer, hash, word, len);
        stemmer->cache[at].word = hash;
    }
    return stemmer->cache[at].term;
}
