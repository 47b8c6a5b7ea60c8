/*
 * The bad rows of an import as a table to mend and bring again: the columns as they came, and one more that says what is wrong. A
 * table that comes back with that column is read as if it were not there.
 */
#ifndef TQ_WORK_IMPORT_BAD_H
#define TQ_WORK_IMPORT_BAD_H

#include "file/table.h"
#include "store/store.h"

#define IMPORT_BAD_COLUMN "哪里不对"

/* To a new file at path; all that are kept (IMPORT_BAD_KEPT). ERR_MISSING: the job is not there any more. */
bool import_bad_write(struct store *store, int64_t job, const char *path, enum table_form form, struct err *err);

#endif
