/*
 * The keys that the ledger's checkpoints are signed with, below DATA/keys, for this account's eyes alone (0700, files 0600):
 *
 *   log.key, log.pub        Ed25519: the private key, and the verifier key as it is told
 *   log-sm2.key, log-sm2.pub   the twin tree's, SM2
 *   signed                  what was signed last with them, tree by tree
 *
 * No backup holds them: who has a backup must not be able to sign in the log's name. `signed` lies with them and not with the
 * records, so that a log whose records were put back to an earlier day does not sign a second history: it stays silent until it
 * is begun anew under another name (tieqiao log new).
 */
#ifndef TQ_WORK_LOG_KEY_H
#define TQ_WORK_LOG_KEY_H

#include "ledger/note.h"

struct log_keys {
    struct note_secret secrets[2]; /* by digest; seal_wipe them */
    bool twin;
};

/* name "": one is made up. ERR_CONFLICT: there are keys. */
bool log_keys_make(const char *data, struct slice name, struct err *err);

/* The key of SM2 is made where it is wanted (twin) and not there. ERR_MISSING: there are no keys. ERR_DENIED: others can read them. */
bool log_keys_load(const char *data, bool twin, struct log_keys *keys, struct err *err);

/* The verifier key alone, of log.pub or log-sm2.pub. */
bool log_key_read(const char *data, enum note_kind kind, struct note_key *key, struct err *err);

/* Puts the keys aside, into DATA/keys/replaced-…, and makes others. */
bool log_keys_replace(const char *data, struct slice name, int64_t now_ms, struct err *err);

/* What these keys signed last of this tree; size 0: nothing. ERR_CORRUPT: the file cannot be read. */
bool log_signed(const char *data, const struct note_key *key, struct checkpoint *last, struct err *err);
/* Remembers it, for one tree or two. */
bool log_signed_put(const char *data, const struct checkpoint *checkpoints, size_t count, struct err *err);

#endif
