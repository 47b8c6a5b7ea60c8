/*
 * Inside of an index. One writer at a time holds `writing`: a commit while it applies, a merge while it takes its
 * sources and while it puts its result in their place. `showing` guards nothing but the pointer to the newest
 * snapshot, so a reader waits for no work.
 *
 *   apply.c   a batch of puts and drops → a new live part, a new snapshot
 *   merge.c   which parts to unite, and how the result takes their place
 *   index.c   the folder, the log, the calls of match.h
 *   index_model.c   the model, the rating and the lexicon that the folder holds
 */
#ifndef TQ_MATCH_INDEX_INT_H
#define TQ_MATCH_INDEX_INT_H

#include <pthread.h>

#include "match/log.h"
#include "match/plan.h"
#include "match/snapshot.h"

struct op { /* a put, or a drop (gist NULL) */
    int64_t id;
    const struct gist *gist;
};

struct ops {
    struct arena arena; /* the gists */
    struct op *list;
    size_t count, room;
};

struct match_index {
    int folder, lock;           /* lock -1: read only */
    struct match_options options;
    pthread_mutex_t writing, showing;
    struct match_snapshot *newest;
    struct ops pending;
    struct text body;           /* of the commit being logged */
    struct log log;
    struct rate_model rating;   /* what the snapshots shown from now on rate with, */
    struct recall *recall;      /* and what it remembers; NULL: nothing */
    struct lexicon *lexicon;    /* that they translate with; NULL: none */
    struct outside *outside;    /* vectors that the caller gave; NULL: none */
    uint64_t log_base;          /* the manifest's log */
    uint64_t base_applied;      /* what was applied where it begins */
    uint64_t next_number;
    bool opening;               /* replaying: nothing is written */

    pthread_t worker;           /* merges in the background */
    pthread_cond_t wanted;      /* there may be work */
    pthread_cond_t eased;       /* a job is done */
    bool has_worker, stop;
    uint64_t failed_merges;
    struct match_err last_failure, model_failure, lexicon_failure;
    unsigned holdoff;           /* commits to wait after a failed merge before the next try to write a file */
};

/* The newest snapshot is replaced by this one, whose count is handed over. */
void index_show(struct match_index *index, struct match_snapshot *snapshot);

/* Applies ops (the last one of an id counts) under `writing`; the log is not touched. */
bool index_apply(struct match_index *index, struct ops *ops, uint64_t applied, struct match_err *err);
/* The same for so many that they become a file at once, durably: no log is needed, and each document is written once. */
bool index_apply_to_file(struct match_index *index, struct ops *ops, uint64_t applied, struct match_err *err);

void ops_add(struct ops *ops, int64_t id, const struct gist *gist);
void ops_clear(struct ops *ops);

bool index_may_write(const struct match_index *index, struct match_err *err);

/* Before the parts are opened. Without its model an index goes on by words alone; who asks (match_stats) learns why. */
void index_open_model(struct match_index *index);
/* One that cannot be read leaves the built-in one in place; match_stats says why. */
void index_open_rating(struct match_index *index);
/* One that cannot be read is left aside. */
void index_open_lexicon(struct match_index *index);

/* The manifest of what the newest snapshot holds in files. */
bool index_save(struct match_index *index, const struct match_snapshot *snapshot, uint64_t log, uint64_t applied,
                struct match_err *err);

/* What merging a commit does itself: small things, or everything when there is no worker. Under `writing`. */
void merge_inline(struct match_index *index);
/* Waits until the worker has nothing in hand. */
void merge_await(struct match_index *index);
/* Waits a moment where the worker has fallen far behind, so that no search has hundreds of parts to go through. */
void merge_wait(struct match_index *index);
/* The worker's life. */
void *merge_worker(void *index);

#endif
