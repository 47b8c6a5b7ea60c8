/* The inside of the sealer. Not for others. */
#ifndef TQ_WORK_SEALER_INT_H
#define TQ_WORK_SEALER_INT_H

#include "ledger/logbook.h"
#include "work/log_key.h"
#include "work/sealer.h"

struct sealer {
    struct city *city;
    struct sealer_options options;
    pthread_t thread;
    int64_t holder;     /* of the lease, at random */
    size_t trees;       /* 1, or 2 with the twin */

    /* the thread's own */
    struct logbook *book;
    struct log_keys keys;
    bool has_keys;
    bool holds;          /* the lease */
    bool mended;         /* the tiles were made anew because a root did not fit; once */
    uint64_t seen;       /* size of the newest checkpoint that was looked at */
    int64_t seen_us;     /* and when that was */
    int64_t stand_back_us; /* another process signs: not before then */

    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    bool stopping, rebuild;
    struct err rebuilt;
    struct sealer_known known;
    struct {
        struct text note;
        char key[SEALED_KEY + 1];
        uint64_t size;
    } published[LOGBOOK_TREES];
};

/* What a round reads first: the ledger's size and what was signed last, of one moment. */
struct sealer_view {
    uint64_t size;
    struct sealed last[LOGBOOK_TREES];
};

/*
 * Is what was signed last the beginning of the trees on the disk? true also where the trees have not come so far yet.
 * ERR_CORRUPT, with what does not fit.
 */
bool sealer_extends(const struct sealer *sealer, const struct sealer_view *view, struct err *err);

/* Signs the trees as they stand on the disk and moves the rows on. *signed_now false with no error: another process was faster. */
bool sealer_sign(struct sealer *sealer, const struct sealer_view *view, bool *signed_now, struct err *err);

/*
 * Beside the keys, before it is given out; also what another process signed with the same key, so that whichever of them is left
 * after the database was put back to an earlier day knows of it.
 */
bool sealer_remember(const struct sealer *sealer, const struct sealed last[LOGBOOK_TREES], struct err *err);

/* Lets another process sign at once. */
void sealer_leave(struct sealer *sealer);

/* Gives a note out: to readers and, as a file, beside the tiles. */
void sealer_publish(struct sealer *sealer, enum seal_digest digest, const struct sealed *sealed);

#endif
