/*
 * A draw as it is kept: what was meant, how it was taken, out of which checkpoint, and what came out. Written once, with a leaf
 * (action "audit.sample", kind "audit_sample") that commits to all of it; never changed. Numbers run 1, 2, 3 … over all auditors,
 * without a gap: who draws until he likes what he gets leaves every one of his draws.
 *
 *   audit_sample_prepare  reads the population as it stood under the newest checkpoint; outside the writer
 *   audit_sample_step     gives the number, draws, writes: inside the writer, quick
 *   audit_sample_again    opens one: reads the population of its checkpoint once more, draws once more, and says whether all is the same
 *
 * The scope of the auditor who drew is kept with it ("all", or "party:ID" and "division:CODE" parted by blanks), as his population
 * hung on it. Another opens a draw only where he may see as much (audit_sample_open_to).
 */
#ifndef TQ_WORK_AUDIT_SAMPLE_H
#define TQ_WORK_AUDIT_SAMPLE_H

#include "ledger/sealed.h"
#include "work/audit_draw.h"
#include "work/audit_flag.h"

enum { AUDIT_SCOPE = 300, AUDIT_SALTS = 15, AUDIT_BOUNDS = 200 };

struct audit_sample {
    int64_t id, leaf, made_at, number, account;
    char filter[AUDIT_FILTER];
    enum audit_method method;
    int64_t size;               /* wanted; of WHOLE the population */
    char bounds[AUDIT_BOUNDS];  /* fen, parted by blanks */
    char scope[AUDIT_SCOPE];
    char origin[NOTE_NAME + 1]; /* the checkpoint: whose log, how many leaves, its root, its day */
    uint64_t until;
    unsigned char root[TREE_HASH];
    int32_t day;
    int64_t population;
    char total[44];
    unsigned char digest[SEAL_HASH];
    struct slice picks;         /* ids, a line each, rising; "" of WHOLE */
    unsigned char salts[AUDIT_SALTS][LEAF_SALT];
};

/* The newest checkpoint of the log; ERR_MISSING: nothing is signed yet. */
struct audit_signed {
    char origin[NOTE_NAME + 1];
    uint64_t until;
    unsigned char root[TREE_HASH];
    int64_t time_ms;
};
bool audit_checkpoint(struct sql *sql, struct audit_signed *now, struct err *err);

/* What an auditor's grants let him see of deals. */
void audit_scope_of(const struct actor *actor, char scope[AUDIT_SCOPE]);

struct audit_order {
    /* given: sample.filter (as audit_filter_read takes it), method, bounds; size, or else rate (万分比 of the population) */
    const struct actor *actor;
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms, rate;
    struct audit_sample sample; /* prepared, then done */
    /* of the order */
    struct arena *arena;
    struct audit_item *items;
    size_t count;
    bool repeated;
};

/* Draws id and salts. */
void audit_order_init(struct audit_order *order, const struct actor *actor, struct slice request_id, struct arena *arena);

/* ERR_INVALID names the field: method, size, rate, bounds; an empty population; ERR_MISSING: no checkpoint. */
bool audit_sample_prepare(struct sql *sql, const struct law *law, struct audit_order *order, struct err *err);

/* arg: struct audit_order. */
store_step audit_sample_step;

/* Newest first, below `before` (0: from the newest); those that the actor may open, whoever drew. */
bool audit_samples_list(struct sql *sql, const struct actor *actor, int64_t before, struct arena *arena, struct audit_sample *list,
                        size_t most, size_t *count, struct err *err);
/* ERR_MISSING. Picks in the arena. */
bool audit_sample_get(struct sql *sql, int64_t id, struct arena *arena, struct audit_sample *sample, struct err *err);

/* May the actor open it? His own scope must be as wide. */
bool audit_sample_open_to(const struct audit_sample *sample, const struct actor *actor);

/*
 * The book of its checkpoint in its scope, flags found (release it), and the population's places in it, of which picked[i] are
 * in the sample: as drawn once more. *same: the population and the picks are those that were written down.
 */
struct audit_drawn {
    struct audit_book book;
    struct audit_filter filter;
    size_t *population; /* places in book.deals */
    size_t count, picked_count;
    bool *picked;
    bool same;
};
bool audit_sample_again(struct sql *sql, const struct law *law, const struct audit_sample *sample, struct arena *arena,
                        struct audit_drawn *drawn, struct err *err);

/* fsck: every row against its leaf, numbers without a gap, no leaf without its row. */
bool audit_samples_check(struct sql *sql, int64_t *count, struct err *err);

#endif
