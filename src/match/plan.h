/*
 * What a new segment will hold: new documents, the documents of older segments that it replaces, and the documents
 * elsewhere that are gone by it. plan_make unites their terms and codes; segment_write (write.h) makes the bytes.
 */
#ifndef TQ_MATCH_PLAN_H
#define TQ_MATCH_PLAN_H

#include "match/bitmap.h"
#include "match/model.h"
#include "match/segment.h"

struct plan_source { /* a segment to be merged away */
    const struct segment *segment;
    const struct bitmap *purge; /* documents to leave behind */
    uint32_t *terms, *codes;    /* its numbers → the plan's; filled by plan_make */
};

struct plan_gone { /* a document elsewhere whose words no longer count */
    const struct segment *segment;
    uint32_t doc;
};

struct plan_doc {
    struct doc_row row; /* forward and codes are the writer's to fill */
    unsigned kind;
    const struct gist *gist;    /* NULL: it comes from a source */
    uint32_t *numbers[LEVELS];  /* of a gist's terms */
    uint32_t source, doc;
};

struct plan {
    struct arena *arena;
    const struct gist *const *gists;
    size_t gist_count;
    const struct plan_gone *gone;
    size_t gone_count;
    struct plan_source *sources;
    size_t source_count;
    float pivots[MATCH_KINDS];
    const struct model *model; /* makes the vectors; NULL: there are none */

    struct plan_doc *docs; /* ascending by kind, then id */
    uint64_t *terms;
    int32_t *df;
    uint32_t *directory; /* of the runs, one after the other */
    uint32_t run_ends[RUNS], shifts[RUNS]; /* as in segment_meta */
    struct match_code *codes;
    uint32_t doc_count, term_count, code_count, directory_size;
    int64_t public_docs, latin_docs, kind_docs[MATCH_KINDS], kind_length[MATCH_KINDS];
};

/* The members down to the model are given; all memory from arena. */
void plan_make(struct plan *plan);

/* A document's entries at each level with their impacts; the entries live in the lists, to be used again. */
struct plan_lists {
    struct entry *entries[LEVELS], *spare; /* ascending by term */
    uint32_t spare_room, count[LEVELS], room[LEVELS], length[LEVELS];
};
void plan_lists_release(struct plan_lists *lists);
void plan_read(const struct plan *plan, const struct plan_doc *doc, struct plan_lists *lists);

/* The plan's number of a document's i-th code. */
uint32_t plan_code(const struct plan *plan, const struct plan_doc *doc, unsigned i);

#endif
