/*
 * The model by which records are also found in other words (docs/matching.md, "Meaning"): learned from the city's own public
 * texts, kept in DATA/index/model. Like the index it is a projection, and in no backup; unlike it, it stays when the index is
 * made anew.
 *
 *   meaning_learn   reads DATA/index beside whoever serves the city, holding nobody up, and leaves DATA/index/learned
 *   meaning_use     makes the open index take it over; the vectors then come in the background
 *   meaning_known   what there is
 */
#ifndef TQ_WORK_MEANING_H
#define TQ_WORK_MEANING_H

#include "work/city.h"

struct meaning_options {
    const char *data;
    unsigned dims;    /* a multiple of 64, at most 512; 0: 128, of few records 64 */
    unsigned threads; /* 0: 1 */
    int64_t now_ms;   /* kept in the model */
    bool (*moved)(void *arg, int64_t done, int64_t total); /* false: stop */
    void *arg;
};

/* Minutes and hundreds of megabytes for many records. Killed and called again, it goes on where it was. ERR_INVALID: too few. */
bool meaning_learn(const struct meaning_options *options, struct err *err);

/* ERR_MISSING: nothing has been learned. */
bool meaning_use(struct city *city, struct err *err);

struct meaning_known {
    bool there;
    int64_t documents, learned_ms; /* of the model */
    int64_t records, meant;        /* in the index; those that have their vector. Until all have, words alone decide */
    char spoilt[240];              /* why the model that lies there is not used; "": it is */
    int64_t pairs;                 /* of words that it translates with (work/lexicon.h) */
    char untranslated[240];        /* why the dictionary that lies there is not used; "": it is */
    char unread_words[240];        /* as the city has it */
    uint64_t failures;             /* of the index's background work, since it was opened */
};

/* city->index, where that is open; else DATA/index is read. false: there is no index, or none that can be read. */
bool meaning_known(const struct city *city, struct meaning_known *known);

#endif
