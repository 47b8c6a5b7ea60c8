/* Tables that are taken out as files: written beside the uploads, sent from the disk, gone once they are open. */
#ifndef TQ_WEB_EXPORT_H
#define TQ_WEB_EXPORT_H

#include "file/table.h"
#include "web/request.h"

/*
 * The table that a form brought as "file": it lies on the disk only while `read` reads it. name: what people call it. ERR_INVALID: none was
 * chosen, or it is no table.
 */
typedef bool table_read_fn(void *arg, struct table *table, struct err *err);
bool table_brought(struct request *request, struct slice *name, table_read_fn *read, void *arg, struct err *err);

/* Where such a file is to be written, in the request's arena. */
const char *export_path(struct request *request, enum table_form form);

/* The same for a file of another sort, with that ending. */
const char *export_place(struct request *request, const char *ending);

/*
 * Lays an uploaded table down where table_open can read it; NULL with err. The caller takes it away again: it lies on the disk only while
 * it is read.
 */
const char *export_lay(struct request *request, struct slice bytes, struct err *err);

/* Of a table in the making: whoever filled it (ok) leaves nothing half behind. Ends the writer, and answers with the file. */
bool export_table(struct request *request, const char *path, struct table_writer *writer, bool ok, const char *stem, struct err *err);

/* Answers with it, under the name `stem`, any characters, and the day. */
bool export_send(struct request *request, const char *path, enum table_form form, struct slice stem);
/* The same of any sort: its media type and ending; "{stem}-{day}.{ending}". */
bool export_file(struct request *request, const char *path, const char *type, const char *ending, struct slice stem);
/* A paper that was made there, or was not (ok): then nothing half is left. Its ending, "docx", says what it is. */
bool export_paper(struct request *request, bool ok, const char *path, const char *ending, struct slice stem);
/* The same under a name of its own. */
bool export_named(struct request *request, const char *path, const char *type, struct slice name);

#endif
