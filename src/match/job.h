/*
 * One merge: which parts, what for, and how the result takes their place.
 *
 *   job_choose    under `writing`: takes the parts (and turns the log, when live parts go to a file)
 *   job_build     the new segment; needs no lock
 *   job_install   under `writing`: carries over what was deleted meanwhile, saves the manifest, shows the result
 *
 * A merge that stays in the files leaves behind only what was deleted before the log begins: whatever the log
 * deletes again at a replay must still be found. A job whose parts are gone (match_clear) is dropped.
 */
#ifndef TQ_MATCH_JOB_H
#define TQ_MATCH_JOB_H

#include "match/index_int.h"

struct job {
    struct match_snapshot *seen; /* as chosen; holds the parts */
    bool *taken;                 /* a part of seen */
    bool to_file, turned;        /* turned: the log was; everything older goes into the file */
    uint64_t number, log, applied;
    float pivots[MATCH_KINDS];
    struct segment *made;
};

enum effort {
    EFFORT_SMALL, /* what a commit can do by the way */
    EFFORT_USUAL,
    EFFORT_IDLE   /* nobody writes: two of a tier are united, not only four */
};

/* false: nothing to do, or (err set) the log could not be turned. */
bool job_choose(struct match_index *index, enum effort effort, struct job *job, struct match_err *err);
/* All live parts, however few, into a file. false: err MATCH_OK: there are none. No part may be busy. */
bool job_choose_live(struct match_index *index, struct job *job, struct match_err *err);
/* Turns the log and numbers a file for what a large commit brings. No part may be busy or live. */
bool job_choose_none(struct match_index *index, struct job *job, struct match_err *err);
bool job_build(struct match_index *index, struct job *job, struct match_err *err);
bool job_install(struct match_index *index, struct job *job, struct match_err *err);
void job_end(struct job *job); /* under `writing` */

/* The logs from this one to before the manifest's: nobody needs them any more. */
void logs_remove(const struct match_index *index, uint64_t from);

#endif
