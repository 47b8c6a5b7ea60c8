/*
 * What everybody may harvest of the public achievements (web/oai.h, docs/open-data.md): a projection of the records, kept by a follower
 * of the ledger in tables of its own (schema/0031-open-data.sql).
 *
 *   harvest_follow   brings it on by a slice: one look where nothing public happened
 *   harvest_page     a page of it in the order of its stamps
 *   harvest_find     one record's place in it
 *
 * An item is there once its achievement was open to everybody, and stays: when the achievement is closed it is `gone`. What never was
 * open is not there. Its stamp moves only when what a visitor sees of it changed: a change of a hidden field is not told by it, a new
 * name of its owner is.
 *
 * Stamps are given when the follower writes, its turn to write having come, not when the record was written, and are the second after: who harvested until then and
 * asks for what came since misses nothing, however long an import took to commit. They rise in the order in which they are written and
 * none is given twice, so a page goes on behind the last stamp and neither loses nor repeats a record that did not change meanwhile. At
 * the very first, when nobody can have harvested, they are the times of the leaves.
 */
#ifndef TQ_WORK_HARVEST_H
#define TQ_WORK_HARVEST_H

#include "record/record.h"
#include "seal/seal.h"

/* Where one follower stands; all zero at first. */
struct harvest_place {
    _Atomic uint64_t seen; /* leaves looked at; what is told below is told in every snapshot taken after this was read */
    _Atomic int64_t writing_ms; /* since when it writes; 0: it does not */
    uint64_t kept;         /* the place that is written down */
    bool loaded, ready;
};

typedef int64_t harvest_clock(void); /* milliseconds, UTC */

/* One slice. *more: there is work left. Several servers may follow: nothing is done twice. */
bool harvest_follow(struct store *store, struct harvest_place *place, harvest_clock *clock, bool *more, struct err *err);

/*
 * Until when a snapshot that is taken after this tells everything: now_ms, or less while this process's follower writes. Whoever asks for what
 * came since then misses nothing that it writes. From any thread.
 */
int64_t harvest_until(const struct harvest_place *place, int64_t now_ms);

enum { HARVEST_SECOND = 1000000 };

struct harvest_item {
    int64_t id, stamp; /* µs, UTC */
    bool gone;
    struct slice sets; /* "ipc:F:F04\nside:university\n", the narrowest alone */
};

/* What a list is of. set "": all. */
struct harvest_range {
    int64_t from, before; /* stamps, [from, before) */
    struct slice set;
};

/* At most `most` items, which `items` has room for; texts in the arena. Those after a stamp: range->from = stamp + 1. */
bool harvest_page(struct sql *sql, const struct harvest_range *range, size_t most, struct arena *arena, struct harvest_item *items,
                  size_t *count, struct err *err);
bool harvest_count(struct sql *sql, const struct harvest_range *range, int64_t *count, struct err *err);
bool harvest_find(struct sql *sql, int64_t id, struct arena *arena, struct harvest_item *item, bool *found, struct err *err);

/* The set that comes next behind `after` ("" at first); "" at the end. One look along the index each. */
bool harvest_next_set(struct sql *sql, struct slice after, struct arena *arena, struct slice *set, struct err *err);

/* The least stamp; 0 where there is none. */
bool harvest_earliest(struct sql *sql, int64_t *stamp, struct err *err);

/* ready: everything that was there when the program first had this is in. key: for sealing what goes out and comes back. */
bool harvest_state(struct sql *sql, bool *ready, unsigned char key[SEAL_HASH], struct err *err);

/* When something last happened to a record of the kind, and by which leaf, which rises with each; 0, -1: not known. */
bool harvest_changed(struct sql *sql, const struct kind *kind, int64_t *at_ms, int64_t *leaf, struct err *err);

/* The statements that lists run by, for the test that looks at their plans; NULL behind the last. */
const char *harvest_statement(size_t i);

#endif
