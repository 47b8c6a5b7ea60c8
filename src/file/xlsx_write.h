/* A new .xlsx, row by row in constant memory. Text stays text; canonical numbers become number cells. */
#ifndef TQ_FILE_XLSX_WRITE_H
#define TQ_FILE_XLSX_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"

struct xlsx_writer;

/* name: of the first sheet; NULL: Excel's own. */
bool xlsx_create(const char *path, const char *name, struct xlsx_writer **writer, struct err *err);
/* The rows that follow stand on a further sheet. A name has 31 characters at most, none of []:*?/\. */
bool xlsx_sheet(struct xlsx_writer *writer, const char *name, struct err *err);
bool xlsx_write(struct xlsx_writer *writer, const struct slice *cells, size_t count, struct err *err);
/* Finishes and closes; the writer is gone either way. Only here the file is opened: *opened says whether that went well. */
bool xlsx_finish(struct xlsx_writer *writer, bool *opened, struct err *err);
/* Lets go without having touched the file. */
void xlsx_abandon(struct xlsx_writer *writer);

#endif
