/*
 * libtqmatch: a match engine to embed. It holds documents with weighted texts and structured attributes, and answers a
 * long text (a need, an abstract) or a few words with the best documents of each kind, why, and what is missing.
 *
 *   match_open       opens or makes an index in a folder; what was put before is there again
 *   match_put        adds a document or replaces it; match_drop removes it; match_abandon takes back what is not committed
 *   match_commit     makes puts and drops visible together with the place they came from. A killed process loses no
 *                    commit; a loss of power may take the last ones, and match_applied then says an earlier place
 *   match_snapshot   a frozen view for searching; readers never wait for writers
 *   match_search     the best k of each kind, with parts and checks
 *   match_applied    up to which place the index has everything: where to go on after a crash
 *
 * The index is a projection: lose the folder and it can be built again from the records. Two calls may
 * write only from one thread at a time; any number of threads may read. No call touches a database, a network or
 * a clock. The header stands alone: no other header of the project is needed.
 *
 * Text: NFKC, traditional → simplified Chinese, case folded; Chinese as characters and character pairs, Latin words
 * stemmed (Porter2), numbers with their units kept. Ranking: BM25 family, k1 = 1.2, b = 0.75, over weighted fields,
 * query term frequency kept, the query's title looked at by itself and with the text; exact top k. A score is the
 * share, in per cent, of what a document would have that held every word of the query to saturation. Order: score
 * descending, then id ascending; that is part of the interface.
 *
 * Secrecy: each text has a level. The postings of a level are kept apart, and what a level holds touches neither the
 * filters, the scores, the word statistics nor the explanations of those who may not see it: idf and mean length come
 * from public text alone. For one who may not see a text, every byte of the answer is the same with and without it.
 */
#ifndef TQMATCH_H
#define TQMATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct match_str { /* UTF-8, not NUL-terminated, owned by the caller for the length of the call */
    const char *at;
    size_t len;
};

enum match_error { MATCH_OK, MATCH_BAD_INPUT, MATCH_IO, MATCH_FULL, MATCH_CORRUPT, MATCH_NO_MEMORY };

struct match_err {
    enum match_error code;
    char message[240]; /* English */
};

/* --- documents --- */

enum { MATCH_KINDS = 16, MATCH_TEXTS = 24, MATCH_CODES = 64, MATCH_QUERY_CHARS = 20000 };

/* How strongly a text speaks. Weights: title 2, keyword 1.5, text 1. A text has at most MATCH_TEXT_BYTES. */
enum { MATCH_TEXT_BYTES = 16 << 20 };
enum match_class { MATCH_TITLE, MATCH_KEYWORD, MATCH_TEXT, MATCH_CLASSES };

/* Levels as bits. Who sees PUBLIC is everybody. */
enum match_level { MATCH_PUBLIC = 1, MATCH_SIGNED_IN = 2, MATCH_NDA = 4, MATCH_OWN = 8 };

struct match_text {
    enum match_class class_;
    enum match_level level;
    struct match_str text;
};

/* A code of a classification as a path: "gbt4754" "C/26/266". A subtree is a prefix ending at '/' or the end. */
struct match_code {
    struct match_str tree, path;
};

/* Ways of working together, as bits (促进科技成果转化法 §16). */
enum match_way {
    MATCH_WAY_SELF = 1,    /* 自行投资实施 */
    MATCH_WAY_ASSIGN = 2,  /* 转让 */
    MATCH_WAY_LICENSE = 4, /* 许可 */
    MATCH_WAY_JOINT = 8,   /* 合作实施 */
    MATCH_WAY_EQUITY = 16, /* 作价投资 */
    MATCH_WAY_OTHER = 32
};

/* Attributes for filters and checks. Leave out what is not public: -1 or 0 mean "not said". */
struct match_facts {
    int trl_from, trl_to;  /* 1..9, 0: not said. An achievement has from == to; a service spans */
    int64_t amount;        /* fen: price idea, budget, most a loan gives; -1: not said */
    int32_t day;           /* days since 1970-01-01: deadline or closing day; INT32_MIN: not said */
    uint32_t ways;         /* bit set of enum match_way; 0: not said */
    uint32_t region;       /* administrative division, 620102; 0: not said */
    bool pays;             /* the amount is what this one can pay or lend, not what it costs: see MATCH_CHECK_BUDGET */
};

struct match_doc {
    int64_t id;     /* > 0, unique over all kinds */
    unsigned kind;  /* 0..MATCH_KINDS-1, the caller's own */
    int64_t owner;  /* who sees its NDA and OWN texts; 0: nobody */
    enum match_level level; /* least level that may know of the document at all; mostly MATCH_PUBLIC. No text of
                               the document is seen below it, whatever the text's own level says */
    const struct match_text *texts;
    size_t text_count;
    const struct match_code *codes;
    size_t code_count;
    struct match_facts facts;
};

struct match_index;
struct match_snapshot;

struct match_options {
    size_t live_documents; /* documents in the live part before it becomes a segment; 0: 4,096 */
    bool read_only;
    unsigned merge_threads; /* 0: merge inside match_commit (tests); 1: in the background */
};

bool match_open(const char *folder, const struct match_options *options, struct match_index **index,
                struct match_err *err);
void match_close(struct match_index *index);

/*
 * Removes the files of an index that nobody has open, so that match_open makes a new one: what to do after MATCH_CORRUPT,
 * before the caller follows its feed from the start. Other files in the folder stay.
 */
bool match_remove(const char *folder, struct match_err *err);

/* `leaf`: the caller's own place in its own feed, rising; what is put or dropped with match_commit belongs to it. */
bool match_put(struct match_index *index, const struct match_doc *doc, uint64_t leaf, struct match_err *err);
bool match_drop(struct match_index *index, int64_t id, uint64_t leaf, struct match_err *err);
/*
 * A commit of live_documents and more becomes a file at once, synced, without a log: the quickest way to many documents, each
 * written once. Until then it takes memory: 4 kB for a document of 150 words.
 */
bool match_commit(struct match_index *index, uint64_t applied, struct match_err *err);

/* Puts and drops since the last commit never were: for a caller that failed on the way and will begin again from there. */
void match_abandon(struct match_index *index);

/* The next place to apply: everything below it is in the index. 0 for a new index. After a loss of power it may be lower. */
uint64_t match_applied(const struct match_index *index);

/* Drops everything, durably; match_applied is 0 again. */
bool match_clear(struct match_index *index, struct match_err *err);

/* --- meaning --- */

/*
 * A dense model: what goes with what, learned from the documents themselves, so that a text also finds what says the same in
 * other words. match_learn reads a snapshot's public texts and writes a file; match_model makes an index use it (the file
 * is copied into the folder; NULL: none any more). Vectors are then made for all documents, in the background where there
 * is a worker; until all have theirs, words alone decide. match_stats says how far that is.
 *
 * The same documents give the same file, byte for byte, whatever the parts of the index, the order they came in and the
 * number of threads. After each round what there is so far is kept in FILE.part: learning that was stopped or killed goes on
 * from there when the documents are the same, and begins anew when they are not.
 *
 * MATCH_BAD_INPUT: too few documents or words for so many dimensions. MATCH_OK with false: `moved` stopped it.
 */
struct match_snapshot;
struct match_learn {
    unsigned dims;     /* a multiple of 64, at most 512; 0: 128 */
    size_t documents;  /* at most so many, taken evenly; 0: 200,000 */
    unsigned threads;  /* 0: 1 */
    int64_t when;      /* kept in the file for match_stats, in the caller's own unit; 0: not said */
    bool (*moved)(void *arg, unsigned done, unsigned total); /* NULL, or: rounds done; false: stop */
    void *arg;
};
bool match_learn(const struct match_snapshot *snapshot, const struct match_learn *how, const char *file,
                 struct match_err *err);
bool match_model(struct match_index *index, const char *file, struct match_err *err);

/* --- meaning from elsewhere --- */

/*
 * Vectors of a model that the caller asks (an embedding service, say): one more signal beside words and the index's own model,
 * for documents and queries that have one. The library asks nobody, and keeps them in memory alone: after match_open they are
 * given again. Only of public texts: whoever may see a document is ranked by its vector. Who replaces or drops a document gives
 * its vector anew, or takes it away.
 *
 * model: the caller's number for it, not 0. Vectors of another model, or of other dimensions, take the place of all that are there.
 * MATCH_BAD_INPUT, and nothing has changed: no dimensions or too many, a number that is none, a vector of zeros.
 */
enum { MATCH_VECTOR_DIMS = 4096 };
struct match_vector {
    int64_t id;
    const float *numbers; /* of any length; NULL: it has none any more */
};
bool match_vectors(struct match_index *index, uint64_t model, unsigned dims, const struct match_vector *list, size_t count,
                   struct match_err *err);

/* --- rating --- */

/*
 * How well a document fits a query, as transfer staff grade it, by an ordinal logistic model that a person can read:
 *
 *   P(level > l) = 1 / (1 + exp(threshold of l - sum)), the sum being weight x feature, added up
 *
 * The rating is the median level, the chance P(level >= 3). The engine has a model built in; another is learned from judged
 * pairs with match_rate_learn and put to use with match_rating. Its file is text: a line a feature with its weight and what
 * it means, and it may be edited. What a feature is says the file, and docs/matching.md.
 *
 * The last feature, "judged", is what was said of similar pairs, in levels above or below what the other features let expect;
 * for it the file also holds the judged pairs, texts included: who may read it reads them. The built-in model remembers none.
 */
enum { MATCH_FEATURES = 14, MATCH_LEVELS = 4, MATCH_RATE_BINS = 10 };

struct match_rated { /* one judgement */
    double features[MATCH_FEATURES];
    int level;             /* 1..4, enum match_rating */
    uint32_t pair, query;  /* the caller's numbers: all judgements of a pair fall into one fold; and of a query, where folds are by query */
    uint32_t doc;          /* as is query, an index into the texts where there are any */
};

/* What the judged queries and documents say. */
struct match_rate_text {
    struct match_str title, text;
};
struct match_rate_texts {
    const struct match_rate_text *queries, *docs;
    size_t query_count, doc_count;
};

/* How well ratings agree with judgements. */
struct match_rate_fit {
    size_t judgements;
    double mae;            /* mean absolute error in levels; the figure 1 / (1 + mae) is used as well */
    size_t table[MATCH_LEVELS][MATCH_LEVELS]; /* [judged - 1][rated - 1] */
    struct match_rate_bin {
        size_t judgements;
        double chance, said; /* mean chance, and the share that was judged fair or strong */
    } bins[MATCH_RATE_BINS]; /* chances 0 to 0.1, 0.1 to 0.2, ... */
};

struct match_rate_report {
    struct match_rate_fit by_pair, by_query; /* five folds each: rated by a model that has not seen them */
    struct match_rate_fit built_in;          /* the built-in model on all of them */
    double weight[MATCH_FEATURES], threshold[MATCH_LEVELS - 1]; /* learned from all */
    size_t remembered;                       /* pairs */
};

/* The features of one pair: query->only is the document. All 0: no hit. "judged" is what the index's own rating remembers. */
struct match_query;
bool match_rate_features(const struct match_snapshot *snapshot, const struct match_query *query,
                         double features[MATCH_FEATURES], struct match_err *err);

/*
 * Learns from judgements, the same from the same; the given "judged" is not looked at. texts: judged pairs are remembered by
 * them; NULL, or more than MATCH_RATE_REMEMBERED pairs: weights alone are learned. ridge: what keeps weights small, on features
 * of variance 1; 0: 1e-3. file: where the model goes, NULL: nowhere. Remembering takes up to 8 x pairs² bytes while it learns.
 * MATCH_BAD_INPUT: fewer than MATCH_RATED_LEAST judgements, a level that none has, numbers that are none, a text that
 * match_put would not take.
 */
enum { MATCH_RATED_LEAST = 40, MATCH_RATE_REMEMBERED = 8192 };
bool match_rate_learn(const struct match_rated *rated, size_t count, const struct match_rate_texts *texts, double ridge,
                      const char *file, struct match_rate_report *report, struct match_err *err);

/* The name of a feature and what it means, in English; NULL at MATCH_FEATURES. */
const char *match_feature(unsigned feature, const char **meaning);

/*
 * Makes an index rate with this model: the file is copied into its folder. NULL: the built-in one again. MATCH_CORRUPT: it is
 * no model of this version, cut, or has numbers out of range; nothing has changed then.
 */
bool match_rating(struct match_index *index, const char *file, struct match_err *err);

/* --- the other language --- */

/*
 * A lexicon of Chinese and English, so that a question in one language finds documents in the other: its words are looked for
 * by their translations too, of each word's those that the documents use. It is made of files of text (the pairs of all of them),
 * and kept in the folder; count 0: none any more. The same files again change nothing and cost little.
 *
 *   tieqiao lexicon 1
 *   # a comment
 *   太阳能电池<tab>solar cell
 *   轴承<tab>bearing<tab>9         perhaps with a weight, 1 to 255, beside the phrase's other translations; else 1
 *   end
 *
 * Phrases of at most 96 bytes; forms of an English word are one (cells, cell). MATCH_CORRUPT: no lexicon of this version, cut, or
 * a line that is none, which is named; nothing has changed then.
 */
bool match_lexicon(struct match_index *index, const char *const *files, size_t count, struct match_err *err);

/* --- the state --- */

struct match_stats {
    uint64_t documents, deleted, terms, postings, bytes, segments;
    uint64_t live_documents, log_bytes;
    uint64_t failed_merges;        /* a failed merge loses nothing: the parts it would have replaced serve on */
    struct match_err last_failure; /* of a merge; MATCH_OK: none */
    bool has_model;
    uint64_t model_documents;       /* that it was learned from */
    int64_t model_when;             /* as match_learn was told */
    uint64_t meant;                 /* documents that have their vector of this model; all of them: meaning counts */
    uint64_t vectors;               /* from elsewhere */
    uint64_t lexicon_pairs;         /* of the lexicon's text; 0: there is none */
    struct match_err lexicon_failure; /* why the lexicon in the folder is not used; MATCH_OK: it is, or there is none */
    struct match_err model_failure; /* why the model in the folder is not used; MATCH_OK: it is, or there is none */
};
void match_stats(const struct match_index *index, struct match_stats *stats);

/* --- asking --- */

struct match_snapshot *match_snapshot(struct match_index *index); /* never NULL */
void match_snapshot_end(struct match_snapshot *snapshot);

/* The same number as long as what it answers cannot have changed: documents, dense model, rating, lexicon, vectors. */
uint64_t match_version(const struct match_snapshot *snapshot);

/* What a free text says that can be checked, found by rules; see match_understand. */
struct match_ask {
    int trl_least;        /* 0: not said */
    int64_t budget;       /* fen, -1: not said */
    int32_t due;          /* days, INT32_MIN: not said */
    uint32_t ways;        /* 0: not said */
    uint32_t region;      /* 0: not said */
    const struct match_code *codes; /* fields asked for */
    size_t code_count;
};

/* Who asks. A party or a grant is of somebody who is signed in. */
struct match_asker {
    unsigned levels;         /* MATCH_PUBLIC, | MATCH_SIGNED_IN when signed in */
    int64_t party;           /* sees NDA and OWN texts of documents it owns; 0: none */
    const int64_t *granted;  /* ids whose NDA texts it may see, ascending */
    size_t granted_count;
    bool sees_all;           /* an auditor: every level of every document */
};

/* Hard conditions: a document that breaks one is not a hit. A document that does not say is kept unless `strict`. */
struct match_filter {
    struct match_code code;  /* subtree; tree.len 0: any */
    uint32_t region;         /* a province or city takes its districts: 620100 takes 620102; 0: any */
    int trl_from, trl_to;    /* 0: any */
    uint32_t ways;           /* any of these; 0: any */
    int64_t owner;           /* 0: any */
    bool strict;
};

struct match_query {
    struct match_str title;  /* what the asker calls it; counts twice. May be empty */
    struct match_str text;   /* at most MATCH_QUERY_CHARS characters */
    struct match_ask ask;    /* for the checks; does not change the text score */
    struct match_asker asker;
    struct match_filter filter;
    unsigned kinds;          /* bit set of the kinds wanted */
    size_t k;                /* of each kind, 1..1000 */
    int64_t without;         /* an id never to be a hit (the record asked from); 0: none */
    const float *vector;     /* of the caller's model, see match_vectors; NULL: none */
    unsigned vector_dims;
    uint64_t vector_model;
    int64_t vector_of;       /* without `vector`: that of this document; 0: none */
    int64_t only;            /* rank this one document only, for explaining a stored pair; 0: all */
};

/* Sets a query with everything "not said": public asker, all kinds, k = 10. */
void match_query_init(struct match_query *query);

enum { MATCH_PARTS = 12, MATCH_CHECKS = 6, MATCH_WORD = 48 };

struct match_part { /* one word's or idea's share of the score, largest first */
    char word[MATCH_WORD];     /* as it stands in the query, NUL-terminated; "" for the rest of all others;
                                  "perovskite → 钙钛矿": what it was looked for by in the other language */
    enum match_class class_;   /* where it weighed most */
    bool idea;                 /* from meaning: `word` has the query's words that are likest to the document */
    bool outside;              /* from the vectors of match_vectors; `word` is "" */
    float weight;
};

/*
 * FIELD   met: a path of two levels or more is shared; open: only the top level is; broken: one tree, nothing shared
 * TRL     met: the document's TRL reaches the one asked for
 * TIME    met: the document's day is not before the day asked for (a need still waits, a programme is still open)
 * BUDGET  met: what it costs is within the budget; for one that pays: it pays at least as much
 * REGION  met: one contains the other, or both are in one city
 * WAYS    met: one way in common
 * Always open where one side does not say; left out where neither does.
 */
enum match_check_kind { MATCH_CHECK_FIELD, MATCH_CHECK_TRL, MATCH_CHECK_TIME, MATCH_CHECK_BUDGET, MATCH_CHECK_REGION,
                        MATCH_CHECK_WAYS };
enum match_state { MATCH_MET, MATCH_OPEN, MATCH_BROKEN };

struct match_check {
    enum match_check_kind kind;
    enum match_state state;   /* open: one of the two sides does not say */
    int64_t wanted, has;      /* TRL, fen, day, region or ways; -1 or INT32_MIN: not said */
    bool pays;                /* MATCH_CHECK_BUDGET: as in match_facts */
    struct match_str tree, code; /* MATCH_CHECK_FIELD: the deepest shared path, lives as long as the hits */
};

/* 无 1, 弱 2, 较强 3, 强 4, as transfer staff use them */
enum match_rating { MATCH_NONE = 1, MATCH_WEAK = 2, MATCH_FAIR = 3, MATCH_STRONG = 4 };

struct match_hit {
    int64_t id;
    unsigned kind;
    float score;             /* the sum of the parts, within 1e-4 */
    enum match_rating rating;
    float chance;            /* probability that staff would say fair or strong */
    struct match_part parts[MATCH_PARTS];
    size_t part_count;       /* the part without a word, and not from outside, is the sum of all words not named */
    struct match_check checks[MATCH_CHECKS];
    size_t check_count;
};

struct match_list {
    struct match_hit *hits;
    size_t count;
    size_t total;            /* documents of the kind that share at least one word and pass the filter; at least count */
};

struct match_hits {
    struct match_list lists[MATCH_KINDS];
    void *memory; /* the library's own */
};

/* An empty query text gives no hits. Free with match_hits_release, also after false. */
bool match_search(const struct match_snapshot *snapshot, const struct match_query *query, struct match_hits *hits,
                  struct match_err *err);
void match_hits_release(struct match_hits *hits);

/*
 * What a need or an achievement says in its own words: "预算200万元", "年底前", "TRL 6以上", "许可", "兰州".
 * today: days since 1970-01-01. Fills ask (no codes). Deterministic.
 */
void match_understand(struct match_str text, int32_t today, struct match_ask *ask);

/* Ranges of `text` to light up: where words of the query stand, merged, ascending, byte offsets. Returns how many. */
struct match_range {
    size_t from, to;
};
struct match_marks; /* a query's words, and what they mean in the snapshot's lexicon, prepared once for many texts. NULL: without */
struct match_marks *match_marks(const struct match_snapshot *snapshot, const struct match_query *query);
size_t match_mark(const struct match_marks *marks, struct match_str text, struct match_range *ranges, size_t most);
void match_marks_end(struct match_marks *marks);

/* "报价 160 万元 ≤ 预算 200 万元": the check in words, language "zh" or "en"; NUL-terminated, cut to size. */
void match_check_words(const struct match_check *check, const char *language, char *out, size_t size);

#ifdef __cplusplus
}
#endif

#endif
