/* Where a backup goes, and how it gets its name. Not for others. */
#ifndef TQ_WORK_BACKUP_INT_H
#define TQ_WORK_BACKUP_INT_H

#include "work/backup.h"

struct backup_place {
    char folder[BACKUP_PATH]; /* whole, without links */
    char name[256];
    char part[BACKUP_PATH];   /* beside it while it is made: ".NAME.XXXXXX.part" */
    bool many;                /* the folder was given: the name is of our making */
};

/* Says what is wrong with the target before any work is done. */
bool backup_place_find(const struct backup_request *request, struct backup_place *place, struct err *err);

/* An empty file beside the place. Parts that a killed backup left there more than a day ago are removed. */
bool backup_part_make(struct backup_place *place, struct err *err);
void backup_part_drop(const struct backup_place *place);
/* Gives it its name, durably; never over another file. */
bool backup_part_publish(const struct backup_place *place, struct err *err);

/* All but the newest `keep` of the backups in the folder go, this one never. Returns how many went. */
int backup_rotate(const struct backup_place *place, int keep);

/* "20261122-194705" */
enum { BACKUP_STAMP = 16 };
void backup_stamp(int64_t ms, char out[BACKUP_STAMP]);

/* What is in the folder is there after a loss of power. */
bool folder_sync(const char *path, struct err *err);

#endif
