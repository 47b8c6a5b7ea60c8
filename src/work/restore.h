/*
 * Putting a backup (work/backup.h) into a data folder that nobody serves.
 *
 *   restore_run      copies the file in, checks it there in full, and only then moves it to its place. Before that the
 *                    folder is as it was; from then on the restore is brought to its end even if it is cut off
 *   restore_settle   what city_open does about a restore that was cut off: ends it
 *
 *   DATA/.restoring.part/    the copy, while it is being made and checked; worth nothing
 *   DATA/.restoring/         decided: tieqiao.db is the new one until it is moved out, old/ takes what was there
 */
#ifndef TQ_WORK_RESTORE_H
#define TQ_WORK_RESTORE_H

#include "work/backup.h"

struct restore_request {
    const char *file, *data;
    const char *schema;  /* folder of migrations: a backup of an older version is brought up to date */
    bool replace;        /* the folder has records: move them aside */
    int64_t now_ms;
    backup_moved *moved;
    void *arg;
};

struct restored {
    struct city_counts counts;
    char aside[BACKUP_PATH]; /* where the former records lie now; "" if there were none */
};

/*
 * Takes DATA/LOCK meanwhile; ERR_BUSY if the folder is served. Sessions do not come back: who had signed out stays signed
 * out, and everybody signs in anew. The match index is removed, to be made from the records.
 */
bool restore_run(const struct restore_request *request, struct restored *restored, struct err *err);

/* true with nothing done where no restore was cut off. */
bool restore_settle(const char *data, struct err *err);

#endif
