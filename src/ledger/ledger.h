/*
 * The ledger: one line for everything that happens. Evidence, change feed, outbox and history are this one table.
 *
 *   ledger_append    adds a leaf inside the caller's open step; index order is commit order
 *   ledger_follow    reads on from where a follower stood; followers get leaf indexes, nothing else
 *   ledger_seen      was this request id committed?
 *
 * Verify-before-commit: before each COMMIT the batch's leaves are read back, re-hashed and held against what was
 * appended; if they differ nothing is committed. The head of the ledger is locked first in every batch and moved once
 * at its end, so an append costs two hashes and one INSERT.
 * What is built over the leaves after the COMMIT: the tree and its proofs (tree.h), its tiles on the disk (logbook.h), signed
 * checkpoints (note.h, sealed.h); work/sealer.h drives it, audit.h computes all of it again.
 */
#ifndef TQ_LEDGER_LEDGER_H
#define TQ_LEDGER_LEDGER_H

#include "ledger/leaf.h"
#include "store/store.h"

/*
 * Tables that are written without a leaf, each with its reason; a test fails on any other.
 * session, lease, job, staging, draft: short-lived; cursor: a follower's place; facet, facet_set, facet_tally, fit: rebuilt from the
 * records; deal_stand, deal_due, harvest_item, harvest_set, harvest_state, harvest_kind, indicator_row, indicator_sum: so too; indicator: the texts of definitions, which are the program's; inbox, delivery: made from the leaves, with what is read and sent of them; reminder, feed: how
 * an account wants to be told, which changes no record; checkpoint, stamp: what is signed over the leaves, and so cannot be one;
 * content, content_part: bytes of files by their hash, to which an attachment's leaf commits;
 * sign_in: failed attempts, for the lock-out; schema_version: the migrations' own.
 */
extern const char *const ledger_exempt[];
extern const size_t ledger_exempt_count;

/* Fills in options->hooks: a store that keeps a ledger is opened with these. */
void ledger_attach(struct store_options *options);

/*
 * Sets leaf->index. Asserts outside a step. ERR_CONFLICT if (request id, part) is there already: at once on SQLite, on
 * PostgreSQL perhaps only as the step's refusal. A step that should answer a repeated request asks ledger_request first;
 * nobody else can append between the two.
 */
bool ledger_append(struct sql *sql, struct leaf *leaf, struct err *err);

/* The leaf of a request (part 0), if there is one. */
bool ledger_request(struct sql *sql, struct slice request_id, struct leaf *leaf, bool *found, struct err *err);
bool ledger_seen(struct sql *sql, struct slice request_id, bool *seen, struct err *err);

/* One leaf by index; ERR_MISSING. */
bool ledger_get(struct sql *sql, uint64_t index, struct leaf *leaf, struct err *err);

/* How many leaves there are: the next index. */
bool ledger_size(struct sql *sql, uint64_t *size, struct err *err);

/*
 * Calls fn for each leaf from index `from` on, at most `limit`, in order. fn returning false stops, with its err. A damaged leaf
 * is logged and comes with what its row says (index, kind, object, version), all else blank: who follows makes a projection and
 * goes on; to complain is ledger_check's.
 */
typedef bool ledger_fn(const struct leaf *leaf, void *arg, struct err *err);
bool ledger_follow(struct sql *sql, uint64_t from, size_t limit, ledger_fn *fn, void *arg, struct err *err);

/*
 * The bytes of the leaves from index `from` on, at most `limit`, and what they hash to. ERR_CORRUPT: bytes that do not hash to what
 * stands beside them, or an index that is missing.
 */
typedef bool ledger_bytes_fn(uint64_t index, struct slice bytes, const unsigned char hash[LEAF_HASH], void *arg,
                             struct err *err);
bool ledger_bytes(struct sql *sql, uint64_t from, size_t limit, ledger_bytes_fn *fn, void *arg, struct err *err);

/* A follower's place: the next index it has not handled. 0 for a name never seen. Written inside the follower's own step. */
bool ledger_cursor(struct sql *sql, const char *name, uint64_t *next, struct err *err);
bool ledger_cursor_set(struct sql *sql, const char *name, uint64_t next, struct err *err);

/* The leaves of one object below index `before` (LEDGER_END: all), newest first, at most `limit`: its history. */
#define LEDGER_END ((uint64_t)INT64_MAX)
bool ledger_history(struct sql *sql, const char *kind, int64_t object, uint64_t before, size_t limit, ledger_fn *fn,
                    void *arg, struct err *err);

/*
 * Where the leaves of objects lie: indexes from `from` on and below `before`, ascending, at most `most`. Of one object (query NULL), or of
 * those whose ids `query`, a statement's text made once by ledger_among, finds by ?2.
 */
char *ledger_among(const char *ids); /* "SELECT id FROM … WHERE … = ?2"; never freed, before any thread starts */
bool ledger_where(struct sql *sql, const char *query, const char *kind, int64_t object, uint64_t from, uint64_t before, size_t most, uint64_t *indexes,
                  size_t *count, struct err *err);

/* Re-hashes every leaf against its stored hash and checks that indexes have no gap. ledger_check_each tells fn each of them. */
bool ledger_check(struct sql *sql, uint64_t *count, struct err *err);
bool ledger_check_each(struct sql *sql, ledger_bytes_fn *fn, void *arg, uint64_t *count, struct err *err);

#endif
