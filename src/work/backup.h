/*
 * A backup of a city whose records are in SQLite: one file that holds all records, accounts and the ledger as they stood at
 * one moment. Not in it: the match index (it is made from the records), tables that somebody has uploaded and not yet
 * imported, and the list of first passwords.
 *
 *   backup_make   copies a snapshot beside its place, reads it back from the disk, holds it against the source and the
 *                 ledger, and only then gives it its name: a broken or killed backup leaves nothing under that name
 *
 * Writers go on meanwhile. work/restore.h puts a backup back.
 */
#ifndef TQ_WORK_BACKUP_H
#define TQ_WORK_BACKUP_H

#include "work/city_check.h"

enum { BACKUP_PATH = 4096 };

/* On the calling thread; `label` is for people. false: leave off (ERR_BUSY). */
typedef bool backup_moved(void *arg, const char *label, int64_t done, int64_t total);

struct backup_request {
    const char *target;  /* a folder, which gets tieqiao-YYYYMMDD-HHMMSS.db (+08:00), or a file that is not there yet */
    const char *data;    /* the city's own folder: no backup goes into it */
    int keep;            /* > 0, in a folder: so many backups stay, the oldest go */
    int64_t now_ms;
    backup_moved *moved; /* NULL: nobody asks */
    void *arg;
};

struct backup_made {
    char path[BACKUP_PATH];
    int64_t bytes;
    struct city_counts counts;
    int dropped;         /* older ones deleted */
    bool same_disk;      /* as the data folder: lost together with it */
};

/* ERR_INVALID: the target will not do, or the records are in PostgreSQL; ERR_FULL; ERR_CORRUPT: what was read back is wrong. */
bool backup_make(struct store *store, const struct backup_request *request, struct backup_made *made, struct err *err);

/* One statement a table, for holding a copy against its source. A test holds the list against the schema. */
struct backup_table {
    const char *name, *count;
};
extern const struct backup_table backup_tables[];
extern const size_t backup_table_count;

#endif
