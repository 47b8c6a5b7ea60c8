/* Rows of tables that are brought back. */
#include "work/sheet_row.h"

#include <assert.h>
#include <stdlib.h>

#include "base/text.h"

static struct sheet_row *row_at(const struct sheet_sort *sort, const void *rows, size_t at)
{
    return (struct sheet_row *)((char *)rows + at * sort->size);
}

static bool too_many(const struct sheet_sort *sort, struct err *err)
{
    err_set(err, ERR_INVALID, "表里的行太多，一次最多 %zu 行", sort->most);
    return err_hint(err, "把表分成几份再传");
}

static struct sheet_row *row_next(const struct sheet_sort *sort, void *rows, size_t count)
{
    struct sheet_row *row = row_at(sort, rows, count);

    assert(sort->cells <= SHEET_CELLS && sort->size >= sizeof *row);
    memset(row, 0, sort->size);
    for (size_t c = 0; c < sort->cells; c++)
        row->cells[c] = SLICE("");
    return row;
}

struct slice sheet_number(struct slice cell, struct slice unit, struct arena *arena)
{
    for (size_t i = 0; i < cell.len; i++)
        if ((cell.at[i] < '0' || cell.at[i] > '9') && cell.at[i] != '.' && cell.at[i] != ',')
            return cell;
    return cell.len && unit.len ? slice_of(arena_print(arena, "%.*s%.*s", (int)cell.len, cell.at, (int)unit.len, unit.at)) : cell;
}

/* A cell typed with Alt+Enter would be two rows where rows are parted by line breaks. */
static struct slice one_line(struct slice cell, struct arena *arena)
{
    char *line = arena_text(arena, cell);

    for (size_t i = 0; i < cell.len; i++)
        if ((unsigned char)line[i] < 0x20)
            line[i] = ' ';
    return slice_trim((struct slice){line, cell.len});
}

bool sheet_read(const struct sheet_sort *sort, struct table *table, const struct sheet_place *places, struct arena *arena, void *rows,
                size_t *count, struct err *err)
{
    struct table_row row;
    enum table_step step;

    *count = 0;
    while ((step = table_next(table, &row, err)) == TABLE_ROW || step == TABLE_BAD_ROW) {
        struct sheet_row *into;

        if (*count == sort->most)
            return too_many(sort, err);
        into = row_next(sort, rows, *count);
        into->line = step == TABLE_ROW ? row.line : err->line;
        if (step == TABLE_BAD_ROW)
            into->err = *err;
        for (size_t c = 0; step == TABLE_ROW && c < sort->cells; c++)
            if (places[c].there && places[c].at < row.count)
                into->cells[c] = sheet_number(one_line(row.cells[places[c].at], arena), places[c].unit, arena);
        *count += step == TABLE_BAD_ROW || sort->says(into);
        err_clear(err);
    }
    return step == TABLE_END;
}

struct slice sheet_text(const struct sheet_sort *sort, const void *rows, size_t count, struct arena *arena)
{
    struct text out;
    struct slice made;

    text_init(&out);
    for (size_t i = 0; i < count; i++) {
        const struct sheet_row *row = row_at(sort, rows, i);

        if (row->err.code)
            continue;
        text_print(&out, "%ld", row->line);
        for (size_t c = 0; c < sort->cells; c++) {
            text_puts(&out, "\t");
            text_add_slice(&out, row->cells[c]);
        }
        text_puts(&out, "\n");
    }
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

bool sheet_text_read(const struct sheet_sort *sort, struct slice text, struct arena *arena, void *rows, size_t *count, struct err *err)
{
    struct slice line, cell;

    for (*count = 0; slice_cut(&text, '\n', &line);) {
        struct sheet_row *row;

        if (!slice_trim(line).len)
            continue;
        if (*count == sort->most)
            return too_many(sort, err);
        row = row_next(sort, rows, *count);
        row->line = slice_cut(&line, '\t', &cell) ? strtol(arena_text(arena, cell), NULL, 10) : 0;
        for (size_t c = 0; c < sort->cells; c++)
            row->cells[c] = slice_cut(&line, '\t', &cell) ? slice_trim(cell) : SLICE("");
        *count += sort->says(row);
    }
    return true;
}
