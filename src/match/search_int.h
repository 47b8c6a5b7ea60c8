/*
 * Inside of a search.
 *
 *   search.c   the query's way through the parts, the lists
 *   scan.c     one part: windows, sums, what is masked out, who is compared
 *   top.c      the best k of a kind
 *   hit.c      one hit: parts, checks, rating
 */
#ifndef TQ_MATCH_SEARCH_INT_H
#define TQ_MATCH_SEARCH_INT_H

#include "match/kernel.h"
#include "match/meaning.h"
#include "match/query.h"
#include "match/reach.h"
#include "match/recall.h"
#include "match/words.h"

/* A document that competes. */
struct rival {
    float score, meaning, outside; /* the latter two: their parts of the score */
    uint32_t sum, part, doc;
    int64_t id;
};

/* The best k so far, the worst of them at the root; and the k largest sums, each of another document, the least at the root. */
struct top {
    struct rival *heap;
    uint32_t *sums;
    size_t count, sum_count, k, total;
};

/* A document whose likeness may still bring it among the best. */
struct candidate {
    uint32_t doc, sum;
};
enum { CANDIDATES = 2 * WINDOW_DOCS };

struct search {
    const struct match_snapshot *snapshot;
    const struct match_query *asked;
    struct arena *arena;
    const struct kernel *kernel;
    struct query query;
    struct meaning meaning;
    struct nearness nearness;
    struct lookup *lookups; /* a part */
    struct words words;
    struct recalled recalled;
    uint32_t *sums;         /* of one window, WINDOW_DOCS of them */
    struct candidate *candidates; /* of one kind in one part, room for CANDIDATES and a window; NULL without meaning */
    uint16_t *offsets;            /* of those of one window */
    struct top tops[MATCH_KINDS];
    struct run *runs;       /* room for the parts of one hit: a mention each, and a term each */
    uint8_t *counted;
    double *features;       /* of the newest hit, for training; NULL: nobody wants them */
};

size_t runs_size(const struct query *query);

float search_score(const struct search *search, uint32_t sum);
/* false: it is not among the best so far. */
bool top_offer(struct top *top, const struct rival *rival);
/* By words alone: the least sum that may still enter; two sums can round to one score, hence the slack. */
uint32_t top_least(const struct top *top);
/* Takes a document's sum among the k largest, once a document; true: the k-th largest has risen. top_least_sum: the least it takes. */
bool top_note(struct top *top, uint32_t sum);
uint32_t top_least_sum(const struct top *top);
/* Best first. */
void top_sort(struct top *top);

void scan_part(struct search *search, uint32_t part);
/* Ranks the one document asked for. */
void scan_only(struct search *search, int64_t id);

/* Asks for what hit_fill will read, so that the waits of many hits overlap. */
void hit_prefetch(const struct search *search, const struct rival *rival);
/* memory: that of the hits. */
void hit_fill(struct search *search, const struct rival *rival, struct match_hit *hit, struct arena *memory);

#endif
