/*
 * A judged collection: documents, queries, and what people said of pairs of them. What `tieqiao eval` measures on.
 *
 *   corpus   JSON Lines: _id, title, text       (title or text may be missing; keywords, facts: judged_facts.h)
 *   queries  JSON Lines: _id, text              (and title where there is one; keywords, facts)
 *   qrels    three columns parted by tabs under a header line: query, document, score; further ones are passed over, but for
 *            "source", which says "feedback" of what a city's people said of their own pairs (feedback_export.h)
 *
 * The layout is that of BEIR (Thakur et al., NeurIPS 2021). Ids are strings or whole numbers. Other members are passed over.
 * A pair judged several times keeps all its scores. Judgements of a query that is not among the queries are passed over and
 * counted: people take a part of the queries. What else does not fit together is an error with its line: an id twice, a
 * document that is not in the corpus, a score that is no number, an id to keep that is no query's.
 */
#ifndef TQ_WORK_JUDGED_H
#define TQ_WORK_JUDGED_H

#include "base/arena.h"
#include "base/err.h"
#include "work/judged_facts.h"

struct judged_text {
    struct slice name, title, text;
    const struct judged_facts *facts; /* what else is said of it; NULL: nothing */
};

struct judged_pair {
    size_t query, doc;
    size_t first, count; /* of its scores, ascending */
};

struct judged_query {
    struct judged_text said;
    size_t first, count; /* of its pairs */
};

struct judged {
    struct arena arena;
    struct judged_text *docs;
    struct judged_query *queries;
    struct judged_pair *pairs; /* by query, then document */
    double *scores;
    size_t doc_count, query_count, pair_count, score_count;
    size_t passed; /* judgements of queries that are not there */
    size_t fed;    /* judgements out of feedback */
    uint64_t until; /* of feedback: the ledger's leaves below this one are in it; 0: not said */
};

struct judged_files {
    const char *corpus, *queries, *qrels;
    const char *only; /* ids of queries, one a line: the others are left out; NULL: all */
    const char *about; /* of feedback: the file that says how far it goes; NULL: none */
    bool levels;      /* the scores are levels: 1, 2, 3 or 4, and nothing else */
};

/* On false there is nothing to release; err names file and line. */
bool judged_read(struct judged *judged, const struct judged_files *files, struct err *err);
void judged_release(struct judged *judged);

/* The median of a pair's scores: the mean of the two middle ones where they are even in number. */
double judged_median(const struct judged *judged, const struct judged_pair *pair);

#endif
