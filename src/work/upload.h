/*
 * Files that people bring through the page: kept in a folder while they are looked at, checked and imported by one thread
 * beside the server's own, so that a page never waits for a table. Known to this process only; what is decided is the
 * import's own to finish (work/import.h), also after a crash.
 *
 *   upload_take      keeps the bytes and queues the first check, with the columns as the headers tell
 *   upload_check     queues another check, with the columns as the person says
 *   upload_run       queues check and import in one
 *   upload_look      how it stands, copied out
 *   upload_drop      forgets it
 */
#ifndef TQ_WORK_UPLOAD_H
#define TQ_WORK_UPLOAD_H

#include "work/city.h"
#include "work/import.h"
#include "work/may.h"

enum { UPLOADS_KEPT = 64, UPLOADS_OWN = 8, UPLOAD_SAMPLE = 5, UPLOAD_PROBLEMS = 500, UPLOAD_COLUMNS = 200 };

enum upload_state {
    UPLOAD_CHECKING,
    UPLOAD_CHECKED,  /* waits for the person; nothing is checked yet where no column says what a record is called */
    UPLOAD_RUNNING,
    UPLOAD_DONE,
    UPLOAD_REFUSED,  /* bad rows, and all or nothing was asked: nothing was imported */
    UPLOAD_BROKEN    /* the file can't be read, or the import failed: err says why */
};

struct uploads;

/* DATA/uploads is emptied first: nothing in it is of use to anybody but the server that put it there. */
bool uploads_open(struct city *city, struct uploads **uploads, struct err *err);
void uploads_close(struct uploads *uploads);

/* Once an hour by the thread itself: uploads that nobody came back to for a week go, and what else is over (work/sweep.h). */
void uploads_tidy(struct uploads *uploads, int64_t now_ms);

/*
 * *id: 0 on false. The bytes are written to DATA/uploads under a name of our own. Of an account's UPLOADS_OWN the oldest that
 * nobody works on makes room for it, and what was staged for that one goes. ERR_BUSY: too many at once.
 */
bool upload_take(struct uploads *uploads, const struct actor *actor, const struct kind *kind, struct slice name,
                 struct slice bytes, int64_t *id, struct err *err);

/* What the person says of his table. */
struct upload_wish {
    const struct slice *targets; /* one a column, "title", "owner" … or "" (work/import_plan.h); NULL: as before */
    size_t count;
    struct slice owner;          /* of rows that name none: name or code; "": the account's own party */
    bool good_only;              /* of a run */
};

bool upload_check(struct uploads *uploads, int64_t id, int64_t account, const struct upload_wish *wish, struct err *err);
bool upload_run(struct uploads *uploads, int64_t id, int64_t account, const struct upload_wish *wish, struct err *err);

/* One of the first rows, as it will be (struct import_judged). */
struct upload_value {
    const struct field *field;
    struct slice shown;
};

struct upload_row {
    long line;
    enum import_verdict verdict;
    struct slice title, owner;
    struct upload_value values[FIELDS_MAX];
    size_t count;
};

struct upload_look {
    int64_t id, made_ms;
    const struct kind *kind;
    struct slice name, encoding;
    int64_t size;
    enum upload_state state;
    enum import_phase phase;               /* under way: bytes of the file, or rows */
    int64_t done, total;
    struct import_tally tally;
    size_t columns;
    struct slice headers[UPLOAD_COLUMNS];
    const char *targets[UPLOAD_COLUMNS];
    bool filled[FIELDS_MAX];               /* no column, and yet something stands in for it (struct import_fill) */
    bool named;                            /* see import_plan_named */
    bool rest;                             /* the workbook holds further tables, which were not read */
    struct slice owner;                    /* as wished */
    size_t samples;
    struct slice sample[UPLOAD_SAMPLE][UPLOAD_COLUMNS];
    struct upload_row rows[IMPORT_SHOWN];
    size_t row_count;
    struct import_fault *problems;
    size_t problem_count;                  /* kept; tally.bad counts rows */
    struct err err;                        /* UPLOAD_BROKEN */
};

/* ERR_MISSING: no such upload of this account, or forgotten since. Memory from arena. */
bool upload_look(struct uploads *uploads, int64_t id, int64_t account, struct arena *arena, struct upload_look *look,
                 struct err *err);

/*
 * Forgets the upload `id` of this account (0: there is none) and sweeps away, by and by, what is staged for the job, which is
 * thrown away already (work/import_job.h; 0: none). One that is being worked on stays.
 */
void upload_drop(struct uploads *uploads, int64_t id, int64_t account, int64_t job);

/* The account's upload that made this job, if this process has it and nobody works on it. */
bool upload_of_job(struct uploads *uploads, int64_t job, int64_t account, int64_t *id, enum upload_state *state);

/* The account's uploads, newest first; ids only. */
size_t upload_list(struct uploads *uploads, int64_t account, int64_t *ids, size_t most);

#endif
