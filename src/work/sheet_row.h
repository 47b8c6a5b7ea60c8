/*
 * The rows of a table that somebody brings back (results of registration, a bank's decisions, states of patents) between being looked at
 * and being taken: read out of the table by its columns, shown, carried by the form as one text, read out of that again.
 */
#ifndef TQ_WORK_SHEET_ROW_H
#define TQ_WORK_SHEET_ROW_H

#include "base/arena.h"
#include "file/table.h"

enum { SHEET_CELLS = 12 };

struct sheet_row {
    long line;                       /* of the table */
    struct slice cells[SHEET_CELLS]; /* as they stand there, on one line and without tabs; "": none */
    struct err err;                  /* why it is not taken; ERR_NONE: it would be */
};

/* One sort of such tables; its rows begin with a struct sheet_row. */
struct sheet_sort {
    size_t cells; /* of a row */
    size_t size;  /* of a row, bytes */
    size_t most;  /* rows */
    bool (*says)(struct sheet_row *row); /* false: the row says nothing and is passed over */
};

/* Where a column of ours stands in the table. */
struct sheet_place {
    bool there;
    size_t at;
    struct slice unit; /* of bare numbers, as 万元; "" */
};

/* The bare number "120.5" in units of 万元 is "120.5万元"; what is none stays. */
struct slice sheet_number(struct slice cell, struct slice unit, struct arena *arena);

/* Into rows, room for sort->most. A row that cannot be read has its err. ERR_INVALID: too many rows. */
bool sheet_read(const struct sheet_sort *sort, struct table *table, const struct sheet_place *places, struct arena *arena, void *rows,
                size_t *count, struct err *err);
/* Those without an err as one text, a line each; and out of it. */
struct slice sheet_text(const struct sheet_sort *sort, const void *rows, size_t count, struct arena *arena);
bool sheet_text_read(const struct sheet_sort *sort, struct slice text, struct arena *arena, void *rows, size_t *count, struct err *err);

#endif
