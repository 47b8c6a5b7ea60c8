/*
 * What became of an import, as the database keeps it for a week or so (work/import.h): for its owner's desk and for the page
 * that tells of it, on whichever server and after whatever restart.
 *
 *   import_job_list     an account's imports, newest first
 *   import_job_get      one of them
 *   import_job_bad      its bad rows that are kept
 *   import_job_settle   its owner is done with it: one that waits is thrown away, bad rows are forgotten
 */
#ifndef TQ_WORK_IMPORT_JOB_H
#define TQ_WORK_IMPORT_JOB_H

#include "work/import.h"

enum import_job_state {
    JOB_CHECKED,    /* waits for the person; has written nothing */
    JOB_PUBLISHING,
    JOB_DONE
};

struct import_job {
    int64_t id, made_ms;
    int64_t decided_ms;       /* 0: not yet */
    const struct kind *kind;
    struct slice file;
    enum import_job_state state;
    int64_t done, total;      /* rows published, of those staged */
    struct import_tally tally;
    int64_t bad_left;         /* bad rows that wait to be mended: of a finished job those not settled yet */
};

/* Neither those still being read nor those thrown away. Texts from arena. */
bool import_job_list(struct sql *sql, int64_t account, struct arena *arena, struct import_job *jobs, size_t most,
                     size_t *count, struct err *err);

/* ERR_MISSING: none of this account's. */
bool import_job_get(struct sql *sql, int64_t id, int64_t account, struct arena *arena, struct import_job *job,
                    struct err *err);

/* One fault a line, in the order of the rows; at most `most`. */
bool import_job_bad(struct sql *sql, int64_t id, struct arena *arena, struct import_fault *faults, size_t most,
                    size_t *count, struct err *err);

/* Its rows that another row of the file had said already. */
bool import_job_twice(struct sql *sql, int64_t id, int64_t *rows, struct err *err);

enum import_list { LIST_ADDED, LIST_CHANGED, LIST_SAME };

enum { LIST_PAGE = 50 };

/*
 * Which records it made, changed or left as they were, in the order of the rows, LIST_PAGE a page. `*after`: 0 at first, then
 * what was left there; 0 again behind the last. A page may hold fewer: it is made of a few thousand rows at most.
 */
bool import_job_records(struct sql *sql, const struct import_job *job, enum import_list list, int64_t *after, int64_t *ids,
                        size_t *count, struct err *err);

struct import_settling {
    int64_t job, account;
};

/* arg: struct import_settling. What is staged for it is swept by import_drop, or when a week is over. */
store_step import_job_settle;

#endif
