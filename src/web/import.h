/* Imports on other pages than their own, and what import.c and import_job.c share. */
#ifndef TQ_WEB_IMPORT_H
#define TQ_WEB_IMPORT_H

#include "web/request.h"
#include "work/import_job.h"
#include "work/upload.h"

/* One as the database keeps it, and the upload behind it where this process has it. */
struct import_kept {
    struct import_job job;
    int64_t upload;           /* 0: none */
    enum upload_state state;
    const char *href;
};

enum { IMPORTS_MOST = 20 };

/* The person's own, newest first; at most IMPORTS_MOST. Returns how many. */
size_t imports_kept(struct request *request, struct import_kept *kept, size_t most);

/*
 * The person's imports as lines, those that are worked on, could not be read or were never checked first; at most `most`. Each
 * {file, href, kind, state, at, good, added, changed, bad, percent}; good while it waits, percent while it is worked on, else null.
 */
json_t *import_lines(struct request *request, const struct import_kept *kept, size_t count, size_t most);

/* 0 to 100. */
int import_percent(int64_t done, int64_t total);

json_t *import_state_json(enum upload_state state);

/* The first of the faults, and where all bad rows are to be had; null where there are none. */
json_t *import_problems(struct request *request, const struct upload_look *look);

/* While it waits: import_preview.html. problem: why what the person has just said can't be done; NULL. */
bool import_preview_page(struct request *request, const struct upload_look *look, const struct err *problem);

/* The page of an import whose upload is not (or no longer) here. ERR_MISSING. */
bool import_kept_page(struct request *request, struct err *err);

/* How it stands: import_job.html. */
bool import_job_page(struct request *request, const struct upload_look *look);

/* do=drop: the person is done with it. */
bool import_let_go(struct request *request, struct err *err);

#endif
