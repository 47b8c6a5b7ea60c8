/*
 * The ledger's trees on the disk, made from the leaf table: DATA/log/tile/… of SHA-256 and, where the twin is on, DATA/log/sm3/tile/…
 * of SM3. A projection: thrown away, it comes again from the leaves, byte by byte the same.
 *
 * One thread holds it (work/sealer.h). Whoever reads tiles reads files (tiles.h).
 */
#ifndef TQ_LEDGER_LOGBOOK_H
#define TQ_LEDGER_LOGBOOK_H

#include "ledger/ledger.h"
#include "ledger/tiles.h"

enum { LOGBOOK_TREES = 2, LOGBOOK_PATH = 4096 };

struct logbook;

bool logbook_open(const char *data, bool twin, struct logbook **book, struct err *err);
void logbook_close(struct logbook *book);

/*
 * Reads leaves on, at most `limit` of them, up to `size`, the ledger's in this snapshot; *more: there are others. Where the files
 * are of another ledger (records were put back to an earlier day: they have more leaves, or their last is not that one) they begin
 * anew. After false: close it.
 */
bool logbook_follow(struct logbook *book, struct sql *sql, uint64_t size, size_t limit, bool *more, struct err *err);

/* Leaves that all trees have. */
uint64_t logbook_size(const struct logbook *book);

/* Root of the first `size` leaves, out of the files. */
bool logbook_root(const struct logbook *book, enum seal_digest digest, uint64_t size, unsigned char root[TREE_HASH],
                  struct err *err);

bool logbook_clear(struct logbook *book, struct err *err);

/* All of it away, checkpoints too, where nobody holds it. */
bool logbook_remove(const char *data, struct err *err);

/* DATA/log or DATA/log/sm3. */
void logbook_folder(const char *data, enum seal_digest digest, char path[LOGBOOK_PATH]);

#endif
