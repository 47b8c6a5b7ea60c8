/*
 * Other people's tables: CSV (UTF-8, UTF-8 with BOM, GB18030), XLSX, JSON Lines, read row by row with little memory.
 *
 *   table_open      sniffs form, encoding and delimiter; reads the header row
 *   table_next      the next row; a bad row is told apart from a bad file
 *   table_close
 *
 * A row's cells are UTF-8 text. Rows keep the line of the file they began on (1 is the header), columns count from 1.
 * XLSX is read by the locked-up reader process (file/reader.h), which hands over CSV.
 * Rows of .xlsx keep the row number of their sheet. Rows above the header that hold a title only are passed over.
 * Of a sheet, cells below no header make a column without a name where one of the first rows has them.
 * Limits: 16 MiB a row refused, 1,000 columns, 1 MiB a cell, 2^31 rows; a file beyond them is a clear error.
 */
#ifndef TQ_FILE_TABLE_H
#define TQ_FILE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

enum table_form { TABLE_CSV, TABLE_XLSX, TABLE_JSONL };

struct table;

struct table_row {
    long line;           /* where the row begins in the file */
    size_t count;        /* cells; fewer than the header's is allowed, the rest are empty */
    struct slice *cells; /* live until the next table_next */
};

/* The path of tieqiao-read, kept, not copied; once at start. Without it .xlsx is refused. */
void table_reader(const char *program);

/* The path is opened read-only; `name` (may be NULL) is what people call the file, for messages and its extension. */
bool table_open(const char *path, const char *name, struct table **table, struct err *err);
void table_close(struct table *table);

enum table_form table_form(const struct table *table);
const char *table_encoding(const struct table *table); /* "UTF-8" or "GB18030" */

/* The header: for JSON Lines the union of the first 100 rows' members, in order of appearance. */
size_t table_columns(const struct table *table);
struct slice table_column(const struct table *table, size_t index);

enum table_step {
    TABLE_ROW,
    TABLE_BAD_ROW, /* this row can't be read (bad bytes, too many cells): err says where; go on with the next */
    TABLE_END,
    TABLE_BROKEN   /* the file can't be read on (unclosed quote, cut, a bomb): err says where */
};
enum table_step table_next(struct table *table, struct table_row *row, struct err *err);

/* At TABLE_END: does the workbook hold further tables, on sheets that were not read? */
bool table_rest(const struct table *table);

/* Bytes read and bytes in all, for progress (.xlsx: a guess that never overshoots). */
void table_progress(const struct table *table, int64_t *done, int64_t *total);

/* Writing: the same three forms. Cells that a spreadsheet would take for a formula get a leading apostrophe. */
struct table_writer;
bool table_create(const char *path, enum table_form form, const struct slice *columns, size_t count,
                  struct table_writer **writer, struct err *err);
/* The same; of .xlsx the first sheet is called so. */
bool table_create_named(const char *path, enum table_form form, const char *name, const struct slice *columns, size_t count,
                        struct table_writer **writer, struct err *err);
/* Of .xlsx alone: a further sheet with a header of its own, on which the rows that follow stand. */
bool table_sheet(struct table_writer *writer, const char *name, const struct slice *columns, size_t count, struct err *err);
bool table_write(struct table_writer *writer, const struct slice *cells, struct err *err);
/* Finishes and closes; the writer is gone either way. */
bool table_finish(struct table_writer *writer, struct err *err);

#endif
