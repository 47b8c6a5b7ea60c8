/*
 * A lexicon: phrases of one language and what they mean in the other, Chinese and English, both ways. A phrase is a sequence of
 * units: characters and stemmed words as token.h makes them, without function words; "solar cells" and "solar cell" are one.
 *
 *   lexicon_make.c   the text of pairs → the file that is mapped
 *   lexicon.c        the file, and looking phrases up
 *
 * A lexicon file:
 *
 *   struct lexicon_head         64 bytes
 *   keys       u64 a key        ascending: phrases, and what phrases begin with
 *   starts     u32 a key, one more: where its senses begin
 *   senses     struct sense
 *   terms      u64              of the senses
 *   bytes      UTF-8            of the senses, as people read them
 *
 * each part padded to 64 bytes, all under one checksum, which is also the lexicon's id.
 */
#ifndef TQ_MATCH_LEXICON_H
#define TQ_MATCH_LEXICON_H

#include <stdatomic.h>

#include "match/match.h"
#include "match/term.h"

enum { LEXICON_VERSION = 2, LEXICON_UNITS = 8, LEXICON_TERMS = 16 };
/* Of a phrase the heaviest so many count. A bound on what a question costs, and no choice: "bright" has 82, and were "bearing" cut at
   its first twelve, 轴承 would not be among them, as what weighs alike comes in the order of the file. */
enum { LEXICON_SENSES = 96 };
#define LEXICON_MAGIC "TQLEXIC1"
enum { LEXICON_SUMMED = 16 }; /* where what is under the checksum begins */

struct lexicon_head {
    char magic[8];
    uint64_t sum; /* of all that follows */
    uint32_t version, keys, senses, terms, bytes, pairs;
    uint64_t source; /* checksum of the texts it was made of */
    uint8_t rest[16];
};
_Static_assert(sizeof(struct lexicon_head) == 64, "a line of the cache");

struct sense {
    uint32_t terms, at;  /* where its terms and its bytes begin */
    uint8_t term_count, len;
    uint8_t share;       /* how much it counts among the senses of its phrase, in 255ths */
    uint8_t is_latin;    /* the language it is in */
};

struct lexicon {
    atomic_uint holders;
    uint8_t *base;
    size_t size;
    const struct lexicon_head *head;
    const uint64_t *keys;
    const uint32_t *starts;
    const struct sense *senses;
    const uint64_t *terms;
    const char *bytes;
};

/* The key of a phrase, unit by unit, from LEXICON_START on. */
#define LEXICON_START UINT64_C(0x6c657869636f6e31)
static inline uint64_t lexicon_key(uint64_t key, uint64_t unit)
{
    return term_mix(key * 3 ^ unit);
}

/* The number of a key, or LEXICON_NONE: no phrase is it or begins with it. */
#define LEXICON_NONE UINT32_MAX
uint32_t lexicon_find(const struct lexicon *lexicon, uint64_t key);

/* Bytes of a lexicon file. */
uint64_t lexicon_size(const struct lexicon_head *head);
/* Sets where the parts begin. */
void lexicon_parts(struct lexicon *lexicon);

/* Maps folder/name and verifies all of it. NULL with MATCH_CORRUPT: cut, altered, or of another version. */
struct lexicon *lexicon_map(int folder, const char *name, struct match_err *err);
struct lexicon *lexicon_hold(struct lexicon *lexicon); /* NULL stays NULL */
void lexicon_let_go(struct lexicon *lexicon);

/* 0: no lexicon. */
static inline uint64_t lexicon_id(const struct lexicon *lexicon)
{
    return lexicon ? lexicon->head->sum : 0;
}

/*
 * From texts (match_lexicon says their form) into folder/name, synced. *same: they are what the lexicon `now` was made of, and
 * nothing was written. MATCH_CORRUPT names the file and the line that is wrong.
 */
bool lexicon_make(const char *const *files, size_t count, const struct lexicon *now, int folder, const char *name, bool *same,
                  struct match_err *err);

#endif
