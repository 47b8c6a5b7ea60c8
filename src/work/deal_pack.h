/*
 * The evidence pack (尽职证据包) of a deal: one ZIP that a stranger checks without us (docs/pack.md has the format, tieqiao-verify
 * reads it). In it: every version of the deal and of every paper in its file with the salts of its fields, the leaves that commit
 * to them, the proof of each under one signed checkpoint; a PDF for people, with the list of what speaks for those who decided
 * (国发〔2016〕16号（十）；科学技术进步法第九十七条); and how to check all of it.
 *
 *   deal_pack_last    the last leaf it holds: a checkpoint must lie behind it
 *   deal_pack_checkpoint   the newest checkpoint, waited for a moment
 *   deal_pack_write   makes it
 *
 * The pack says what was written, and when it stood in the ledger. It does not say that it was true, nor that nothing was written
 * after its last version.
 */
#ifndef TQ_WORK_DEAL_PACK_H
#define TQ_WORK_DEAL_PACK_H

#include "base/text.h"
#include "work/city.h"
#include "work/deal.h"

enum {
    PACK_MOST = 64 << 20,       /* records in it, as JSON: more than a deal of all the papers that one may have comes to */
    PACK_FILES_MOST = 1 << 30   /* and attachments */
};

struct deal_pack {
    /* given */
    struct sql *sql; /* a snapshot: all is of one moment */
    const struct law *law;
    const struct deal_file *file;
    struct arena *arena;
    const char *data, *share; /* the city's folder; the program's */
    struct slice note;        /* the signed checkpoint, of whose tree the tiles lie in `data` */
    struct slice key;         /* the log's verifier key, one line */
    int64_t time_ms;
    bool files;               /* with the attachments themselves */
};

/* The last leaf of the deal and of its papers as the file has them. */
uint64_t deal_pack_last(const struct deal_file *file);

/*
 * The newest signed checkpoint behind leaf `last`, and the verifier key, a line; waits up to three seconds where the city seals, since
 * what was written last is signed about a second later. ERR_BUSY: there is none yet; ERR_MISSING: nothing was ever signed.
 */
bool deal_pack_checkpoint(struct city *city, struct sql *sql, uint64_t last, struct text *note, struct text *key, struct err *err);

/*
 * At path; files whose names begin with `work_path` are written beside it and removed on the way. ERR_CONFLICT: the checkpoint does not cover the last leaf; ERR_TOO_LARGE.
 * false may leave something at path.
 */
bool deal_pack_write(struct deal_pack *pack, const char *path, const char *work_path, struct err *err);

#endif
