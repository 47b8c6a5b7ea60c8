/*
 * A firm's consent that a bank may look at its asset pack (授权): what, for what, until when; withdrawn at any time and then closed at once.
 *
 * Each look of the bank is a line of the ledger before the page goes out (action "pack.open", kind "view.pack", object the consent's id),
 * shown to the firm; what the bank takes away is an entry of the consent (尽调包, record/finance.h) and stays listed after it ends.
 */
#ifndef TQ_WORK_CONSENT_H
#define TQ_WORK_CONSENT_H

#include "work/asset_pack.h"
#include "work/matter.h"

enum consent_side { CONSENT_FIRM, CONSENT_BY_BANK };
enum consent_state { CONSENT_GIVEN, CONSENT_EXPIRED, CONSENT_REVOKED };
enum { CONSENT_MONTHS = 24 /* the longest that one may be given for: 本平台约定 */ };

extern const struct matter_sort sort_consent;

/* In force on the day? */
bool consent_stands(const struct record *consent, int32_t today);
/* The newest that stands between the two; *found false: there is none. */
bool consent_between(struct sql *sql, int64_t firm, int64_t bank, int32_t today, struct arena *arena, struct record *consent, bool *found,
                     struct err *err);
/* ERR_CONFLICT that says what became of it, where it does not stand. */
bool consent_open(const struct record *consent, int32_t today, struct err *err);

/*
 * Takes the pack under the consent, for a loan or 0: an entry of the consent, written with the step. What is in it is read through the
 * step's own connection, so it is of one moment. What was taken already with the very same content (its day is part of it) is not kept
 * twice. *pack: its id.
 */
bool consent_take(struct matter_draft *draft, const struct record *consent, int64_t loan, int64_t *pack, struct err *err);

/* --- looking --- */

struct pack_opening {
    int64_t leaf, time_ms;
    unsigned char actor[LEAF_ACTOR];
    struct slice who; /* the account's name, where it is still there; "" */
    bool file;        /* it was taken out as a file */
};

struct pack_looking {
    const struct actor *actor;
    int64_t consent, time_ms;
    bool file;
    char request_id[LEAF_REQUEST + 1];
};
void pack_looking_init(struct pack_looking *looking, const struct actor *actor, int64_t consent, bool file, int64_t time_ms);
/* arg: struct pack_looking. ERR_CONFLICT: the consent no longer stands; then nothing is to be shown. */
store_step pack_look_step;

/* Newest first, at most `most`. */
bool pack_openings(struct sql *sql, const struct record *consent, struct arena *arena, struct pack_opening *list, size_t most, size_t *count,
                   struct err *err);

/* The statements; before any thread starts. */
void consent_start(void);

#endif
