/*
 * All records of a kind against all of another: for each open record of one, the best k of the other, by public texts alone,
 * as "who fits this" sees them (fit.h keeps the standing form of it). One frozen view of the index serves the whole.
 *
 * The outcome is JSON Lines. The first line says what it is and of which index; then one line a record, by id:
 *
 *   {"join": "need achievement", "k": 10, "index": "0123456789abcdef"}
 *   {"id": "…", "hits": [{"id": "…", "score": 12.3456, "level": 3, "chance": 0.4567}, …]}
 *
 * A file left by a run that was cut off is gone on with after its last whole line, if the index and what is asked are the
 * same; otherwise it is begun anew. A file that is something else is not touched.
 */
#ifndef TQ_WORK_JOIN_H
#define TQ_WORK_JOIN_H

#include "work/city.h"
#include "work/column.h"

enum { JOIN_MOST = 100, JOIN_THREADS = 16 };

struct join_request {
    const struct kind *from;
    enum column to;
    size_t k;          /* 1..JOIN_MOST */
    unsigned threads;  /* 1..JOIN_THREADS */
    const char *path;  /* the file; NULL: lines are told alone */
    bool (*line)(void *arg, struct slice line);                 /* where there is no file: each line, without its end */
    bool (*moved)(void *arg, int64_t done, int64_t total);      /* false: leave off (ERR_BUSY) */
    void *arg;
};

struct join_tally {
    int64_t records, kept; /* matched now; found in the file */
    bool anew;             /* the file was of another index or another question */
};

bool join_run(struct city *city, const struct join_request *request, struct join_tally *tally, struct err *err);

#endif
