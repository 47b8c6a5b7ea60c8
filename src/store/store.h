/*
 * The records' keeper: one API, two engines. "sqlite:DIR" (a folder with tieqiao.db and LOCK) or, all else, a PostgreSQL
 * URI ("postgresql://…") or conninfo ("host=… dbname=…").
 *
 *   store_open      opens, takes data/LOCK (SQLite), migrates (or refuses to)
 *   store_submit    queues a step for the single writer; its `done` runs after the batch is committed
 *   store_write     the same, and waits: never from a thread that serves sockets
 *   store_read      a snapshot for reading
 *
 * One writer thread a process. It takes up to 256 waiting steps (or 2 ms' worth), runs each in a savepoint,
 * commits once, then calls each `done`. SQLite: WAL, synchronous=FULL, BEGIN IMMEDIATE; all commits and
 * checkpoints are the writer's (the WAL-reset bug of SQLite < 3.51.3 needs two). PostgreSQL: READ COMMITTED,
 * `SELECT … FROM ledger_head FOR UPDATE` as the first statement, so index order is commit order over all
 * server processes; libpq pipeline mode.
 *
 * A step may run twice (a batch that failed is run again; a connection is lost): it does no I/O but SQL,
 * reads no clock, draws no random numbers except through the seeds passed in its argument, and leaves its argument
 * as it found it until it returns true for good.
 */
#ifndef TQ_STORE_STORE_H
#define TQ_STORE_STORE_H

#include "base/text.h"
#include "store/sql.h"

struct store;

enum store_outcome {
    STORE_DONE,
    STORE_REFUSED, /* the step returned false: nothing of it is there; err is the step's */
    STORE_UNKNOWN  /* the commit was cut off and asking by request id gave no answer: ask again later */
};

/* A step: runs on the writer inside a savepoint. false refuses it, with err. After an SQL error it can only be refused. */
typedef bool store_step(struct sql *sql, void *arg, struct err *err);

/* Numbers that belong to one batch; a refused step finds them put back. */
enum { STORE_SCRATCH = 64 };

/*
 * What the ledger adds to each transaction of the writer (ledger_attach fills it in; the store sees no ledger).
 */
struct store_hooks {
    /* First thing in a batch: locks the head of the ledger, fills the scratch. */
    bool (*begin)(struct sql *sql, void *scratch, struct err *err);
    /* Last thing before COMMIT: moves the head, reads back what was appended. false: nothing is committed. */
    bool (*end)(struct sql *sql, void *scratch, struct err *err);
    /* Was a step with this request id committed? Asked after a COMMIT whose answer was lost. */
    bool (*seen)(struct sql *sql, struct slice request_id, bool *seen, struct err *err);
};

struct store_options {
    bool migrate;        /* bring the schema up to date; otherwise an old schema is an error */
    bool existing;       /* the records must be there already: ERR_MISSING, and nothing is made, where there are none */
    const char *schema;  /* folder of migrations, NNNN-title.sql */
    struct store_hooks hooks;
    /*
     * Tests only, else NULL: true makes the named point fail. "commit": COMMIT is not sent and its answer lost;
     * "answer": COMMIT is done and its answer lost; "connect": a connection cannot be had; "full": no room on disk.
     */
    bool (*fault)(const char *point);
};

bool store_open(const char *url, const struct store_options *options, struct store **store, struct err *err);

/* Finishes what is queued, checkpoints, lets go. */
void store_close(struct store *store);

struct store_job {
    char request_id[65];  /* "" only for steps that write nothing into the ledger */
    store_step *step;
    void *arg;
    /* On the writer thread, after COMMIT: hand on, don't work. `err` is set unless STORE_DONE. */
    void (*done)(struct store_job *job, enum store_outcome outcome, const struct err *err);
    void *owner;          /* the caller's own */
    struct store_job *next; /* the queue's own */
    int64_t queued_us;
    bool refused;         /* the writer's own: */
    struct err refusal;
};

/* The job belongs to the store until `done`. false (ERR_BUSY, ERR_FULL): not queued, `done` will not run. */
bool store_submit(struct store *store, struct store_job *job, struct err *err);

enum store_outcome store_write(struct store *store, const char *request_id, store_step *step, void *arg,
                               struct err *err);

/*
 * A long work (import, rebuild): `slice` is called again and again, each call its own transaction of at most
 * about 20 ms of writer time (it looks at store_slice_over), until it sets *more false. Other writes go in between:
 * after each slice the waiting steps have their turn. Unlike a step, a slice is never run twice. When false comes
 * back all slices before the failed one are committed, the failed one is not; only with ERR_UNKNOWN is the last one
 * doubtful. So a work that is to go on afterwards keeps its place in the database, written by the slice itself.
 */
typedef bool store_slice(struct sql *sql, void *arg, bool *more, struct err *err);
bool store_long(struct store *store, store_slice *slice, void *arg, struct err *err);
bool store_slice_over(const struct sql *sql); /* true once this slice has used its 20 ms */

/*
 * A snapshot: everything read through it is of one moment, that of its first statement. Cheap: connections are
 * pooled, at most 64. Each thread takes its own; hold it for one request only. ERR_BUSY: none came free within 5 s.
 */
bool store_read(struct store *store, struct sql **sql, struct err *err);
void store_read_end(struct store *store, struct sql *sql);

/* For whoever would rather have no answer than wait: each question to a server is given up after most_us. */
bool store_read_within(struct store *store, int64_t most_us, struct sql **sql, struct err *err);

/*
 * A snapshot as a file: for backups. SQLite alone.
 *
 *   store_copies says whether; on PostgreSQL false and ERR_INVALID, with what to use there
 *   store_copy   writes all that `sql` (of store_read) shows into `file`, an empty one; true: it is on the disk. Writers
 *                go on and cannot hold it up; their log grows meanwhile. ERR_FULL: no room for it
 *   store_sound  everything in a snapshot holds together, by the engine's own checks: reads all of it. `moved` is asked now
 *                and then whether to go on; how far it is nobody knows
 *   store_look   opens such a file for store_read alone; nothing is made or changed beside it
 */
typedef bool store_moved(void *arg, int64_t done, int64_t total); /* false: leave off (ERR_BUSY) */
bool store_copies(const struct store *store, struct err *err);
bool store_copy(struct sql *sql, const char *file, store_moved *moved, void *arg, struct err *err);
bool store_sound(struct sql *sql, store_moved *moved, void *arg, struct err *err);
bool store_look(const char *file, struct store **store, struct err *err);

/* Takes DIR/LOCK without opening what is there, to put other files in its place. close(*lock) lets go. */
bool store_claim(const char *dir, int *lock, struct err *err);

/* For /readyz and load shedding. */
struct store_state {
    size_t queued;
    int64_t oldest_us; /* age of the oldest waiting step, µs */
    bool writable;     /* false: disk full or connection lost */
    bool connected;    /* false: the writer has no connection; noticed within seconds, without a write too */
};
struct store_state store_state(struct store *store);

/* The scratch of the writer's open batch; NULL on a reader. */
void *store_scratch(struct sql *sql);

/* "sqlite" or "postgresql". */
const char *store_engine(const struct store *store);

/* Adds which one it is: "SQLite tieqiao.db", "PostgreSQL 127.0.0.1:5432/tieqiao"; never a password. */
void store_describe(const struct store *store, struct text *out);

#endif
