/*
 * The follower that builds the ledger's trees on the disk (ledger/logbook.h) and signs checkpoints over them, on a thread of its
 * own: at most once a second, only when the ledger has grown, never inside anybody's write. A write waits for none of it.
 *
 *   sealer_start        from then on city->sealer
 *   sealer_checkpoint   the newest signed note whose tiles lie here
 *   sealer_rebuild      the tiles anew, from the leaves
 *   sealer_known        how it stands, for the operator
 *
 * On PostgreSQL each server process builds its own tiles; one of them signs (the lease "log seal"), the others take what it signed
 * out of the table. Before anything is signed the tree at hand is held against what was signed last, as the table says and as
 * DATA/keys/signed does: a history that does not begin with that is never signed, and the diary and tieqiao status say so.
 */
#ifndef TQ_WORK_SEALER_H
#define TQ_WORK_SEALER_H

#include "base/text.h"
#include "ledger/sealed.h"
#include "work/city.h"

struct sealer;

struct sealer_options {
    bool twin;           /* an SM3 tree beside, signed with SM2 */
    const char *name;    /* of the log, where its keys are still to be made; NULL: one is made up */
    int64_t every_ms;    /* between two checkpoints; 0: 1000 */
};

bool sealer_start(struct city *city, const struct sealer_options *options, struct err *err);
/* Before city_close; NULL is nothing. */
void sealer_stop(struct sealer *sealer);

/* Keys for a log that has signed nothing yet, unless they are there. name NULL: one is made up. */
bool sealer_keys_make(struct city *city, const char *name, bool *made, struct err *err);

/* Adds the signed note; false: nothing is signed yet, or no such tree. sealer may be NULL. */
bool sealer_checkpoint(struct sealer *sealer, enum seal_digest digest, struct text *note, uint64_t *size);

/* Adds the verifier keys of the checkpoints given out, one a line, the twin's last; false: none yet. */
bool sealer_keys(struct sealer *sealer, struct text *keys);

/* Returns when the tiles have all leaves again. */
bool sealer_rebuild(struct sealer *sealer, struct err *err);

struct sealer_known {
    uint64_t leaves, sealed; /* built into tiles; under the newest checkpoint */
    int64_t sealed_ms;        /* when that was signed */
    char name[NOTE_NAME + 1]; /* "" : there is no key here, others sign */
    char why[300];            /* why nothing is signed; "": all is well */
};
void sealer_known(struct sealer *sealer, struct sealer_known *known);

/* The tiles anew where nobody serves. */
bool logbook_rebuild(struct city *city, struct err *err);

#endif
