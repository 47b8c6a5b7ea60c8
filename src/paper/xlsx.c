/* A paper as a sheet: labels in the first column, values beside them, tables below. */
#include "paper/paper.h"

#include <assert.h>

#include "file/sheet_write.h"

enum { COLUMNS_MOST = 16, NARROW = 18 };

struct sheeter {
    const struct paper_form *form;
    const struct paper_fill *fill;
    struct arena *arena;
    struct sheet_writer *sheet;
    unsigned columns;
};

/* As many columns as the widest table, each as wide as its table's; four where there is none. */
static unsigned widths_of(const struct paper_form *form, int widths[COLUMNS_MOST])
{
    unsigned columns = 4;

    for (unsigned i = 0; i < COLUMNS_MOST; i++)
        widths[i] = NARROW;
    for (size_t b = 0; b < form->count; b++) {
        const struct paper_block *block = &form->blocks[b];

        if (block->sort != PAPER_TABLE)
            continue;
        columns = block->count > columns ? (unsigned)block->count : columns;
        for (size_t i = 0; i < block->count && i < COLUMNS_MOST; i++)
            widths[i] = block->cells[i].width + 4;
    }
    return columns < COLUMNS_MOST ? columns : COLUMNS_MOST;
}

static bool whole_row(struct sheeter *sheeter, struct slice text, enum sheet_style style, struct err *err)
{
    struct sheet_cell cell = {.text = text, .style = style, .span = sheeter->columns};

    return text.len == 0 || sheet_row(sheeter->sheet, &cell, 1, err);
}

static struct sheet_cell cell_of(const struct paper_value *value, enum sheet_style style, unsigned span)
{
    struct sheet_cell cell = {.text = value ? value->text : SLICE(""), .style = style, .span = span};

    if (value && value->money) {
        cell.money = true;
        cell.fen = value->fen;
    }
    return cell;
}

static bool facts_write(struct sheeter *sheeter, const struct paper_block *block, struct err *err)
{
    for (size_t i = 0; i < block->count; i++) {
        const struct paper_cell *cell = &block->cells[i];
        struct sheet_cell pair[2] = {
            {.text = slice_of(paper_label(cell)), .style = SHEET_HEAD, .span = 1},
            cell_of(fill_find(sheeter->fill, NULL, slice_of(cell->name)), SHEET_CELL, sheeter->columns - 1)};

        if (!sheet_row(sheeter->sheet, pair, 2, err))
            return false;
    }
    return true;
}

static bool head_write(struct sheeter *sheeter, const struct paper_block *block, struct err *err)
{
    struct sheet_cell cells[COLUMNS_MOST];

    for (size_t i = 0; i < block->count; i++)
        cells[i] = (struct sheet_cell){.text = slice_of(paper_label(&block->cells[i])), .style = SHEET_HEAD, .span = 1};
    return sheet_row(sheeter->sheet, cells, block->count, err) && sheet_repeat(sheeter->sheet, err);
}

static bool total_write(struct sheeter *sheeter, const struct paper_block *block, struct err *err)
{
    struct sheet_cell cells[COLUMNS_MOST];

    for (size_t i = 0; i < block->count; i++) {
        const char *total = block->cells[i].total;

        cells[i] = i == 0 ? (struct sheet_cell){.text = slice_of(total), .style = SHEET_HEAD, .span = 1}
                          : cell_of(total ? fill_find(sheeter->fill, NULL, slice_of(total)) : NULL, SHEET_CELL, 1);
    }
    return sheet_row(sheeter->sheet, cells, block->count, err);
}

static bool table_write_out(struct sheeter *sheeter, const struct paper_block *block, struct err *err)
{
    const struct paper_list *list = fill_list(sheeter->fill, slice_of(block->rows));
    struct sheet_cell cells[COLUMNS_MOST];

    assert(block->count <= COLUMNS_MOST);
    if (!head_write(sheeter, block, err))
        return false;
    for (size_t r = 0; list && r < list->count; r++) {
        for (size_t i = 0; i < block->count; i++)
            cells[i] = cell_of(fill_find(sheeter->fill, list->rows[r], slice_of(block->cells[i].name)), SHEET_CELL, 1);
        if (!sheet_row(sheeter->sheet, cells, block->count, err))
            return false;
    }
    return !block->cells[0].total || total_write(sheeter, block, err);
}

static bool block_write(struct sheeter *sheeter, const struct paper_block *block, struct err *err)
{
    struct slice text = block->text ? paper_expand(block->text, sheeter->fill, NULL, sheeter->arena) : SLICE("");

    if (!paper_stands(block, sheeter->fill))
        return true;
    switch (block->sort) {
    case PAPER_FACTS:
        return whole_row(sheeter, text, SHEET_TEXT, err) && facts_write(sheeter, block, err);
    case PAPER_TABLE:
        return whole_row(sheeter, text, SHEET_TEXT, err) && table_write_out(sheeter, block, err);
    case PAPER_NOTE:
    case PAPER_HEADING:
    case PAPER_TEXT:
    case PAPER_SIGN:
        break;
    }
    return whole_row(sheeter, text, block->sort == PAPER_SIGN ? SHEET_SIGN : block->sort == PAPER_NOTE ? SHEET_NOTE : SHEET_TEXT, err);
}

bool paper_xlsx(const struct paper_form *form, const struct paper_fill *fill, const char *path, struct err *err)
{
    struct arena arena;
    struct sheeter sheeter = {.form = form, .fill = fill, .arena = &arena};
    int widths[COLUMNS_MOST];
    bool ok;

    arena_init(&arena);
    sheeter.columns = widths_of(form, widths);
    ok = sheet_create(path, form->wide, widths, sheeter.columns, &sheeter.sheet, err)
         && whole_row(&sheeter, slice_of(form->title), SHEET_TITLE, err);
    for (size_t i = 0; ok && i < form->count; i++)
        ok = block_write(&sheeter, &form->blocks[i], err);
    arena_release(&arena);
    return sheet_finish(sheeter.sheet, ok, err) && ok;
}
