/*
 * JSON Lines: one object a line, read strictly by base/json.h.
 *
 * A member is a cell: a string as it is, a number as its literal text, true and false by name, null as nothing,
 * an array of these as items, each followed by '\n'. An object inside an object is refused. Cells take the order of
 * the names given to jsonl_cells; a member that is none of them flaws the row.
 */
#ifndef TQ_FILE_JSONL_H
#define TQ_FILE_JSONL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/json.h"
#include "file/source.h"

enum { JSONL_LINE_MOST = 16 << 20, JSONL_CELL_MOST = 1 << 20, JSONL_HEADER_ROWS = 100 };

struct jsonl {
    long line;         /* of the line being read, from 1 */
    long row_line;     /* of the line last given */
    struct text text;  /* the line */
    bool mute;         /* too long: not kept */
    struct err flaw;   /* ERR_NONE: the line can be parsed */
};

enum jsonl_step { JSONL_LINE, JSONL_END, JSONL_FAILED };

void jsonl_init(struct jsonl *jsonl);
void jsonl_release(struct jsonl *jsonl);

/* The next line that is not blank; `rest` keeps what is left of the source's last piece, at first empty. */
enum jsonl_step jsonl_next(struct jsonl *jsonl, struct source *source, struct slice *rest, struct err *err);

/* The line as an object: a new reference, or NULL with err (line set). */
json_t *jsonl_object(const struct jsonl *jsonl, struct err *err);

/* The members of the line's object in the order of `names`; cells[count], memory from arena. */
bool jsonl_cells(const struct jsonl *jsonl, const json_t *object, const struct slice *names, size_t count,
                 struct arena *arena, struct slice *cells, struct err *err);

#endif
