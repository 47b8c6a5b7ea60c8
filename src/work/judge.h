/*
 * How well the engine ranks, measured on a judged collection with its built-in settings. The index is made for the
 * purpose in a folder of its own and removed afterwards; no city is touched.
 *
 *   nDCG@k   the gain of a document is its score (the median where it was judged several times), scores below 0 count as 0;
 *            discount log2(rank + 1), linear gain (Järvelin & Kekäläinen 2002)
 *   MRR@k    1 / rank of the first document with a score above 0, 0 beyond k
 *   R@100    the share of the documents with a score above 0 among the first 100
 *
 * Over the queries that have a document with a score above 0. With `pool` only a query's judged documents are ranked, put
 * into a random order first, so that ties fall at random; the mean of JUDGE_SHUFFLES orders.
 */
#ifndef TQ_WORK_JUDGE_H
#define TQ_WORK_JUDGE_H

#include "match/match.h"
#include "work/judged.h"

enum { JUDGE_SHUFFLES = 20, JUDGE_DEPTH = 100 };

struct judge_watch {
    /* false: stop. label: "建索引", "排序" */
    bool (*moved)(void *arg, const char *label, int64_t done, int64_t total);
    void *arg;
};

struct judge_options {
    size_t k; /* of nDCG and MRR, at most JUDGE_DEPTH */
    bool pool;
    const char *lexicon; /* file of match_lexicon; NULL: none */
    bool words;      /* no dense model is learned: words alone */
    unsigned dims;   /* of the model; 0: the engine's own choice */
    const struct judge_watch *watch; /* or NULL */
};

struct judge_result {
    double ndcg, mrr, recall;
    size_t relevant; /* documents with a score above 0; 0: the query counts for nothing */
};

/* results: one for each query of the collection. */
bool judge_ranking(const struct judged *judged, const struct judge_options *options, struct judge_result *results,
                   struct err *err);

/* --- the rating --- */

struct judge_rating {
    struct match_rate_report report;
    size_t judgements, pairs, queries; /* queries: with a judgement */
    size_t fed;                        /* of the judgements those out of feedback */
    uint64_t until;                    /* of feedback: the leaves below this one */
    size_t repeated;                   /* pairs judged more than once */
    double apart;                      /* how many levels two judgements of one pair differ, on average over all twos */
};

/*
 * Learns the rating from the judgements of one or more collections, whose scores are the levels 1..4 (judged_files.levels), and says
 * how well it does on pairs and queries it has not seen. file: where the model goes, its head saying how many judgements came from
 * where; NULL: nowhere.
 */
bool judge_rating(const struct judged *lists, size_t count, const struct judge_options *options, const char *file,
                  struct judge_rating *rating, struct err *err);

/* The mean over the queries that count; relevant: how many these are. */
struct judge_result judge_mean(const struct judge_result *results, size_t count);

#endif
