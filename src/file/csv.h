/*
 * CSV (RFC 4180) as it is met: fed with stretches of UTF-8 text, gives one record at a time.
 *
 *   csv_init, csv_release
 *   csv_feed      takes text until a record is whole
 *   csv_bad       the bytes here are no text: the record is flawed
 *   csv_finish    the text has ended: the last record, or an unclosed quote
 *   csv_cell      a cell of the record
 *   csv_sniff     delimiter and header row of an unknown file
 *
 * Read generously where the meaning is certain: CRLF, LF and CR in one file, spaces before an opening quote and
 * behind a closing one, a quote inside an unquoted cell. Records whose cells are all blank are passed over.
 * What is uncertain flaws the record (csv->flaw says where and why); reading goes on with the next one.
 * Memory: one record. A cell or record beyond its limit is not kept.
 */
#ifndef TQ_FILE_CSV_H
#define TQ_FILE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"
#include "base/text.h"

enum { CSV_COLUMNS_MOST = 1000, CSV_CELL_MOST = 1 << 20, CSV_ROW_MOST = 16 << 20 };

enum csv_state { CSV_CELL_START, CSV_PLAIN, CSV_QUOTED, CSV_CLOSED };

struct csv {
    char delimiter;
    enum csv_state state;
    bool open;            /* a record has begun */
    bool after_cr;        /* the last byte was a CR: an LF now belongs to it */
    bool mute;            /* the cell is beyond a limit and not kept */
    bool spaces;          /* the cell holds only spaces so far: a quote opens it, as in: a, "b" */
    bool stop[256];       /* bytes that end a run of plain text */
    bool by_record;       /* lines are counted by records: row numbers of a sheet */
    long line;            /* the line of the file being read, from 1 */
    long row_line;        /* where the record began */
    long quote_line;      /* where the newest quote was opened */
    size_t quote_column;
    size_t columns;       /* cells met, kept or not */
    size_t count;         /* cells kept */
    size_t cell_start;
    struct text text;     /* the cells, one after another */
    size_t ends[CSV_COLUMNS_MOST];
    struct err flaw;      /* ERR_NONE: the record is good */
    size_t flaw_column;   /* 0: the record as a whole */
};

enum csv_step {
    CSV_MORE,    /* the text is used up, the record is not whole */
    CSV_RECORD,
    CSV_BROKEN   /* a quote without its partner: flaw says where it was opened */
};

void csv_init(struct csv *csv, char delimiter);
void csv_release(struct csv *csv);

/* Takes from the front of *input. */
enum csv_step csv_feed(struct csv *csv, struct slice *input);
void csv_bad(struct csv *csv, struct slice bytes, const char *encoding);
enum csv_step csv_finish(struct csv *csv);

/* Valid until the next csv_feed. */
struct slice csv_cell(const struct csv *csv, size_t index);

struct csv_shape {
    char delimiter;
    size_t skip;        /* bytes before the first record: a line "sep=;" */
    size_t header;      /* records above the header row: a title, "填报单位：..." */
    size_t columns;     /* of the widest of the first records */
    size_t header_rows; /* 1, or 2 where cells are merged: the second names the parts of the first */
};

/* Looks at the first text of a file; `delimiters` are those to choose from, the likeliest first. */
struct csv_shape csv_sniff(struct slice head, const char *delimiters);

#endif
