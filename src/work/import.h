/*
 * Bringing many records in from a table, so that it happens as a whole or not at all.
 *
 *   import_check      reads the table, checks every row, stages the good ones; writes no record
 *   import_publish    the decision, and then the records
 *   import_drop       throws a job away
 *   import_resume     at start: finishes what was decided, throws away what was cut off before
 *   import_sweep      hourly: throws away what nobody will come back to
 *
 * A job goes through: staging → checked → publishing → done, or is dropped. Until the decision is recorded nothing of it
 * can be seen. After it the rows are turned into records in slices of the writer's time (store_long), each slice moving
 * the job's place along with what it wrote; so while a publish runs, readers see part of it for moments, and a publish
 * that is cut off (kill -9, power) goes on from its place at the next start. Each record's leaf bears the request id
 * "import-JOB-ROW", so no row can ever be published twice.
 *
 * A row that names a record which is there already (same natural key, or its 平台编号) changes that record: the cells
 * that are filled replace, blank ones leave what is there. If that changes nothing, nothing is written. If somebody
 * changes it between check and publish, his change stands and the row is skipped.
 */
#ifndef TQ_WORK_IMPORT_H
#define TQ_WORK_IMPORT_H

#include "file/table.h"
#include "record/record.h"
#include "store/store.h"
#include "work/actor.h"
#include "work/import_plan.h"

enum import_exists { EXISTS_UPDATE, EXISTS_SKIP, EXISTS_ERROR };

enum { IMPORT_OWNER_TEXT = 400, IMPORT_FILE_TEXT = 200, IMPORT_DIGEST = 65 };

struct import_options {
    bool good_only;              /* publish the good rows though there are bad ones; otherwise all or nothing */
    enum import_exists exists;
    bool make_parties;           /* parties that are not there are made; for those who may ACT_IMPORT_ANY */
    char side[32];               /* which side they are on: a code of the choice list "side" */
    char owner[IMPORT_OWNER_TEXT]; /* of rows that name no owner: name or code; "": the actor's own party */
};

/* SHA-256 of a file's bytes, in hexadecimal: what rows of past transfers are kept with. */
bool import_digest(const char *path, char hex[IMPORT_DIGEST], struct err *err);

struct import_request {
    struct table *table;         /* opened by the caller, read to its end here */
    const char *file;            /* what people call it */
    const char *digest;          /* SHA-256 of its bytes in hexadecimal, kept with rows of past transfers; NULL: not kept */
    const struct import_plan *plan;
    const struct actor *actor;
    struct import_options options;
};

/* One thing wrong with one row. */
struct import_problem {
    int column;                  /* of the table, from 0; -1: the row as a whole */
    struct slice header, value;
    const struct field *lacking; /* whose label `header` is, where no column goes into it; else NULL */
    struct err err;              /* what is wrong, and what to do */
};

/* The same as it is kept, with its row's line: texts live where whoever keeps them says. */
struct import_fault {
    long line;
    struct slice column, value, message, hint;
    struct said said, advised;   /* what message and hint were made of; empty: they are kept as they are */
    const struct field *lacking;
};

struct import_tally {
    int64_t job;
    int64_t good, bad;           /* rows; good ones are staged or there already as they are */
    int64_t twice;               /* of the bad ones: another row of the file has said it; not kept with the job */
    int64_t fresh, changes;      /* of the good ones, as checked: will be a record, will change one; not kept either */
    int64_t remarked;            /* of the good ones: rows of past transfers with something odd, which is kept with them; not kept here */
    int64_t aside;               /* rows below the records that are none, and count as none: totals, who filled it in; not kept */
    int64_t parties;             /* to be made along with them */
    int64_t made, changed, same, skipped; /* records */
};

enum import_verdict { ROW_FRESH, ROW_CHANGES, ROW_SAME, ROW_SKIPPED, ROW_BAD, ROW_TWICE };

enum { IMPORT_SHOWN = 5 };

/* What one of the first IMPORT_SHOWN rows comes to. */
struct import_judged {
    long line;
    enum import_verdict verdict;
    struct slice title, owner;   /* as typed; the owner's name */
    const struct record *record; /* of a bad row what could be read of it */
    const bool *given;           /* one a field: the row says something about it */
};

enum import_phase { IMPORT_CHECKING, IMPORT_PUBLISHING };

/* What the caller is told while it waits; on the caller's own thread. Any may be NULL. */
struct import_watch {
    void *arg;
    void (*moved)(void *arg, enum import_phase phase, int64_t done, int64_t total);
    void (*bad)(void *arg, long line, const struct import_problem *problems, size_t count);
    void (*remarked)(void *arg, long line, struct slice remarks); /* one a line */
    void (*judged)(void *arg, const struct import_judged *row);
    bool (*stopped)(void *arg); /* true: give up; what is decided goes on at the next start */
};

/*
 * Reads and checks everything. true: tally->job is staged and, if it `publishes`, decided, where tally->bad is
 * 0 or good_only is set; otherwise it is left as checked, to be mended, dropped or published by import_publish.
 */
bool import_check(struct store *store, const struct import_request *request, const struct import_watch *watch,
                  bool publishes, struct import_tally *tally, struct err *err);

/* Decides a checked job (ERR_CONFLICT: it has bad rows and not `good_only`) and publishes it to the end. */
bool import_publish(struct store *store, int64_t job, bool good_only, const struct import_watch *watch,
                    struct import_tally *tally, struct err *err);

bool import_drop(struct store *store, int64_t job, struct err *err);

/*
 * Before anything is served. Decided jobs are published, all of them and first; those cut off earlier, and those done with
 * long ago, are forgotten. false: some could not be settled (err: of the first); the others were.
 */
bool import_resume(struct store *store, struct err *err);

/* Now and then, beside those at work: forgets jobs cut off or thrown away, and those left alone for a week. */
bool import_sweep(struct store *store, int64_t now_ms, struct err *err);

/* "staging", "checked", "publishing", "done", "settled" (done, and its bad rows dealt with), "dropped". ERR_MISSING. */
bool import_state(struct sql *sql, int64_t job, char state[16], struct import_tally *tally, struct err *err);

#endif
