/* What upload.c and upload_look.c share; not for others. */
#ifndef TQ_WORK_UPLOAD_INT_H
#define TQ_WORK_UPLOAD_INT_H

#include <pthread.h>

#include "work/upload.h"

enum wanted { WANT_NOTHING, WANT_CHECK, WANT_RUN };

/* One file. `mutex` of the uploads guards all of it but what only the thread touches while it works: plan and arena. */
struct upload {
    int64_t id, made_ms, touched_ms, size;
    struct actor actor;
    const struct kind *kind;
    char *path, *name;
    enum upload_state state;
    enum wanted wanted;
    struct import_options options;   /* owner and good_only, as wished */
    enum import_phase phase;
    int64_t done, total;
    struct import_tally tally;
    struct arena arena;              /* headers, sample, plan, problems */
    struct import_plan plan;
    const char *encoding;
    bool rest;                       /* the workbook holds further tables */
    size_t samples;
    struct slice sample[UPLOAD_SAMPLE][UPLOAD_COLUMNS];
    struct import_fault *problems;
    size_t problem_count;
    struct upload_row rows[IMPORT_SHOWN];
    size_t row_count;
    struct err err;
    struct uploads *of;
};

struct uploads {
    struct city *city;
    char *folder;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    pthread_t thread;
    bool stopping;
    struct upload *list[UPLOADS_KEPT]; /* newest last */
    size_t count;
    int64_t dropped[UPLOADS_KEPT]; /* jobs to be dropped; what finds no room is swept when a week is over */
    size_t dropped_count;
    struct timespec tidy_at;       /* the thread's own */
};

/* All under the mutex. */
struct upload *upload_find(struct uploads *uploads, int64_t id, int64_t account);
bool upload_at_rest(const struct upload *upload);

/* Says so; false. */
bool upload_missing(struct err *err);

#endif
