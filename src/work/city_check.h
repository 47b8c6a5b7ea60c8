/*
 * Holds everything a city keeps against its ledger: no gap between the leaves, each leaf re-hashed, each version of each record
 * re-hashed against the leaf that made it, no leaf without its version, accounts and grants likewise, the files that attachments name hashed again, the trees against the signed
 * checkpoints. For tieqiao check, for backups, and for the tests that kill a server. Reads one snapshot; changes nothing; costs two reads a version, and one of each file.
 */
#ifndef TQ_WORK_CITY_CHECK_H
#define TQ_WORK_CITY_CHECK_H

#include "ledger/audit.h"
#include "store/store.h"
#include "work/attachment.h"

struct city_counts {
    uint64_t leaves;
    int64_t records, versions; /* of the seven kinds */
    int64_t people;            /* rows about accounts, passwords, grants and leave under NDA */
    int64_t feedback;          /* versions of it */
    int64_t samples;           /* draws of auditors */
    struct attachment_counts attachments;
};

/* Told now and then; NULL: nobody asks. false: leave off (ERR_BUSY). */
struct city_watch {
    bool (*moved)(void *arg, int64_t done, int64_t total);
    void *arg;
    const char *data; /* the city's folder: its tiles and checkpoints too, and what its keys remember; NULL: records alone */
};

/* The ledger by itself: leaves, trees, tiles, checkpoints. */
bool log_check(struct sql *sql, const struct city_watch *watch, struct audit_counts *counts, struct err *err);

/* ERR_CORRUPT names the first thing that does not fit. */
bool city_check(struct sql *sql, const struct city_watch *watch, struct city_counts *counts, struct err *err);

#endif
