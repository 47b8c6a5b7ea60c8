/* What the files of the import share; not for others. */
#ifndef TQ_WORK_IMPORT_INT_H
#define TQ_WORK_IMPORT_INT_H

#include "base/text.h"
#include "file/table.h"
#include "work/digest_map.h"
#include "work/import.h"
#include "work/submit.h"

enum { IMPORT_PROBLEMS = FIELDS_MAX + 8, IMPORT_BAD_KEPT = 100000, NO_COLUMN = -1 };

/* --- a row as typed (import_row.c) --- */

struct problems {
    struct import_problem list[IMPORT_PROBLEMS];
    size_t count;
};

/* A complaint about what stands in a column (NO_COLUMN: about the row). */
void problem_add(struct problems *problems, const struct import_plan *plan, int column, struct slice value,
                 const struct err *err);

/* The first column that goes into the field, or into a part of it; NO_COLUMN. */
int plan_column_of(const struct import_plan *plan, size_t field);

struct typed_row {
    struct slice typed[FIELDS_MAX]; /* at NULL: not given */
    struct slice owner, id;
};

/* Puts the cells where the plan says, composes and fills. Complaints of what can't be composed go to problems. */
void row_type(const struct import_plan *plan, const struct table_row *row, struct arena *arena, struct typed_row *out,
              struct problems *problems);

/* Is it no record but a total, or a line about the table (填表人, 备注)? */
bool row_is_aside(const struct import_plan *plan, const struct table_row *row, struct arena *arena);

/* --- parties that rows name (import_party.c) --- */

struct party_entry {
    int64_t id;        /* 0: none such */
    int64_t region;    /* of one to be made */
    struct slice body; /* of one to be made: its packed values */
    bool fresh;        /* to be made by this import … */
    bool staged;       /* … and staged, before the first good row that needs it */
};

struct party_cache {
    struct digest_map names; /* by name as typed, and of fresh ones by natural key → index + 1 */
    struct party_entry **entries; /* in the arena: they stay where they are */
    size_t count, room;
    struct arena arena;
};

void party_cache_init(struct party_cache *cache);
void party_cache_release(struct party_cache *cache);

/* --- staged rows --- */

/* Bad rows, with what is wrong, stay to be mended when the job is done; so do the ids of records that a row left as they were. */
enum staged_sort { STAGED_ROW, STAGED_PARTY, STAGED_BAD, STAGED_SAME, STAGED_TWICE };

/* The request id of a row's leaf, of its job and seq. */
#define IMPORT_REQUEST LEAF_OWN_IMPORT "%lld-%lld"

struct staged {
    enum staged_sort sort;
    long line;
    int64_t object, ver, owner; /* ver 0: a new record */
    struct slice body;
};

/* Known values of a record, as bytes: for each its index, then eight bytes, or four of length and the text. */
struct slice values_pack(const struct record *record, const bool *given, struct arena *arena);
/* Sets record->values and given from the bytes; texts stay in them. false: not packed by values_pack. */
bool values_unpack(struct slice bytes, struct record *record, bool *given);

/* --- staging (import_stage.c): rows go to the writer in short steps, one on its way while the next fills --- */

struct stager;
bool stager_open(struct store *store, const struct import_request *request, struct stager **stager, struct err *err);
int64_t stager_job(const struct stager *stager);
/* Copies the row. May wait for the writer. */
bool stager_add(struct stager *stager, const struct staged *row, struct err *err);
/* Sends what is left and closes the job as checked, or as decided. `tally` as it stands goes with each step. */
bool stager_finish(struct stager *stager, bool decided, struct err *err);
void stager_free(struct stager *stager);
struct import_tally *stager_tally(struct stager *stager);

/* The job and all that is staged for it, whatever became of it (import_publish.c). */
bool import_forget(struct store *store, int64_t job, struct err *err);

/* --- checking (import_check.c) --- */

struct past_memory;

struct checker {
    struct store *store;
    const struct import_request *request;
    const struct import_watch *watch;
    struct stager *stager;
    struct import_tally *tally;
    struct sql *sql;         /* a snapshot, renewed now and then */
    size_t since;            /* rows since it was taken */
    struct party_cache parties;
    struct digest_map keys;  /* natural keys met in this file → line */
    struct arena arena;      /* of one row */
    int64_t now_ms;
    bool hopeless;           /* there are bad rows and nothing will be published: staging good ones would be for nothing */
    int shown;               /* rows told as judged */
    struct past_memory *past; /* what the file has said of past transfers so far; NULL: nothing */
};

/* A row on its way to being a record. */
struct candidate {
    const struct import_plan *plan;
    long line;
    struct typed_row typed;
    struct problems *problems;
    struct record record, prior; /* prior.id 0: a new record */
    struct party_entry *owner;   /* NULL: a party, or the record says whose it is */
    bool twice;                  /* another row of the file has said it */
};

/* Each false only where the database could not be asked. */
bool candidate_owner(struct checker *checker, struct candidate *candidate, struct err *err);
bool candidate_values(struct checker *checker, struct candidate *candidate, struct err *err);
/* Says so where the key was met before in this file; it is complained of at the column that names the record. */
void candidate_once(struct checker *checker, struct candidate *candidate, struct slice key, const char *label);
void candidate_complain(struct candidate *candidate, int column, struct slice value, const char *message, const char *hint);

/* A row of past transfers (past_check.c). */
bool past_check(struct checker *checker, struct candidate *candidate, struct err *err);
void past_forget(struct checker *checker);

/* A good row is staged, a bad one told and kept. false only where the import can't go on. */
bool checker_row(struct checker *checker, const struct table_row *row, struct err *err);
bool checker_bad(struct checker *checker, const struct table_row *row, const struct problems *problems,
                 enum staged_sort sort, struct err *err);

/*
 * A party by name, or code, or several names of which the first that is known counts; only the first 16 are looked up.
 * *entry has id 0 if there is none.
 */
bool party_find(struct checker *checker, struct slice name, struct party_entry **entry, struct err *err);

/* Stages a fresh party before the first row that needs it. */
bool party_stage(struct checker *checker, struct party_entry *entry, long line, struct err *err);

#endif
