/* The mixed documents that speed is measured on: needs, achievement titles, Chinese abstracts, NSF and SBIR awards. */
#ifndef TQ_BENCH_MATCH_CORPUS_H
#define TQ_BENCH_MATCH_CORPUS_H

#include <jansson.h>
#include <stddef.h>

#include "match/match.h"

enum { CORPUS_KINDS = 7 };

struct corpus_doc {
    const char *title, *text;
    unsigned kind;
};

struct corpus {
    struct corpus_doc *docs;
    size_t count;
    const char **needs; /* bodies of the needs: the queries */
    size_t need_count;
    json_t *all;
};

/* data: ../shared/data. Ends the program when a file is missing. */
void corpus_read(struct corpus *corpus, const char *data);
void corpus_release(struct corpus *corpus);

/* Document i (any i) as the index takes it: past the real ones, the text is two halves of two of them. buf: scratch. */
struct corpus_made {
    struct match_doc doc;
    struct match_text texts[2];
    struct match_code codes[1];
    char title[512], text[16384];
};
void corpus_make(const struct corpus *corpus, size_t i, struct corpus_made *made);

/* Puts the first `count`, 512 a commit. */
void corpus_put(struct match_index *index, const struct corpus *corpus, size_t count);

/* At most `chars` characters of a text. */
struct match_str corpus_head(const char *text, size_t chars);

#endif
