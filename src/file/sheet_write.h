/* A new .xlsx that is printed: A4, cells in styles, over one or several columns. All text stays text, be it "=1+1". */
#ifndef TQ_FILE_SHEET_WRITE_H
#define TQ_FILE_SHEET_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct sheet_writer;

enum sheet_style { SHEET_TITLE, SHEET_HEAD, SHEET_CELL, SHEET_TEXT, SHEET_SIGN, SHEET_NOTE, SHEET_STYLES };

struct sheet_cell {
    struct slice text;
    bool money;     /* a number cell of fen / 100 with two decimals; text where it has more digits than a number keeps */
    int64_t fen;
    enum sheet_style style;
    unsigned span;  /* columns, from 1 */
};

/* widths in characters; wide: printed across the page. The writer is made even on false, for sheet_finish. */
bool sheet_create(const char *path, bool wide, const int *widths, unsigned columns, struct sheet_writer **writer,
                  struct err *err);
bool sheet_row(struct sheet_writer *writer, const struct sheet_cell *cells, size_t count, struct err *err);
/* The row just written stands at the head of each printed page; the last one so marked wins. */
bool sheet_repeat(struct sheet_writer *writer, struct err *err);
/* keep: writes the file. The writer is gone either way; err is left alone where not kept. */
bool sheet_finish(struct sheet_writer *writer, bool keep, struct err *err);

#endif
