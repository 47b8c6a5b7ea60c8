/*
 * What the index keeps of a document: its facts, its codes, and for each level of secrecy the terms of its texts
 * with their weighted frequencies. Made once from the texts; the live log stores it, so that opening an index takes no
 * text apart again.
 *
 * Frequencies and lengths count half occurrences: a title weighs 4, a keyword 3, a text 2.
 */
#ifndef TQ_MATCH_GIST_H
#define TQ_MATCH_GIST_H

#include "base/arena.h"
#include "base/text.h"
#include "match/match.h"

enum { LEVELS = 4, TF_MOST = 255 }; /* levels 0..3: public, signed in, NDA, own */

struct gist_term {
    uint64_t term;
    uint8_t tf;     /* half occurrences, at most TF_MOST */
    uint8_t class_; /* enum match_class: where it weighed most */
};

struct gist_level {
    struct gist_term *terms; /* ascending by term */
    uint32_t count;
    uint32_t length;         /* half occurrences of all tokens */
};

struct gist {
    int64_t id, owner;
    unsigned kind;
    enum match_level level;
    struct match_facts facts;
    uint16_t titles; /* different pairs and words of the public titles */
    uint16_t code_count;
    struct match_code *codes;
    struct gist_level levels[LEVELS];
};

static inline unsigned level_number(enum match_level level)
{
    return (unsigned)__builtin_ctz((unsigned)level);
}

/* Memory from arena. false: something in doc is out of bounds. */
bool gist_make(const struct match_doc *doc, struct arena *arena, struct gist *gist, struct match_err *err);

/* As bytes for the log; gist_read takes them off *rest. false: they are no gist. */
void gist_write(const struct gist *gist, struct text *out);
bool gist_read(struct slice *rest, struct arena *arena, struct gist *gist);

#endif
