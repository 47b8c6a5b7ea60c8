/* Compiled without base/banned.h, for the reason that xlsx_write.c gives. */
#include "file/sheet_write.h"

#include <stdlib.h>
#include <xlsxwriter.h>

#include "file/xlsx_int.h"

enum { PAPER_A4 = 9, COLUMNS_MOST = 32 };

/* Beyond 2^53 a number cell would not hold every fen. */
static const int64_t EXACT_MOST = INT64_C(9007199254740992);

struct sheet_writer {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *styles[SHEET_STYLES], *money;
    int widths[COLUMNS_MOST];
    lxw_row_t row;
};

static lxw_format *style_make(lxw_workbook *book, double size, bool bold, bool ruled, uint8_t align)
{
    lxw_format *format = workbook_add_format(book);

    format_set_font_name(format, bold ? "黑体" : "宋体");
    format_set_font_size(format, size);
    format_set_text_wrap(format);
    format_set_align(format, align);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (ruled)
        format_set_border(format, LXW_BORDER_THIN);
    return format;
}

static void styles_make(struct sheet_writer *writer)
{
    lxw_workbook *book = writer->book;

    writer->styles[SHEET_TITLE] = style_make(book, 18, true, false, LXW_ALIGN_CENTER);
    writer->styles[SHEET_HEAD] = style_make(book, 11, true, true, LXW_ALIGN_CENTER);
    writer->styles[SHEET_CELL] = style_make(book, 11, false, true, LXW_ALIGN_LEFT);
    writer->styles[SHEET_TEXT] = style_make(book, 12, false, false, LXW_ALIGN_LEFT);
    writer->styles[SHEET_SIGN] = style_make(book, 12, false, false, LXW_ALIGN_RIGHT);
    writer->styles[SHEET_NOTE] = style_make(book, 9, false, false, LXW_ALIGN_LEFT);
    writer->money = style_make(book, 11, false, true, LXW_ALIGN_RIGHT);
    format_set_num_format(writer->money, "#,##0.00");
}

bool sheet_create(const char *path, bool wide, const int *widths, unsigned columns, struct sheet_writer **out, struct err *err)
{
    struct sheet_writer *writer = calloc(1, sizeof *writer);

    *out = writer;
    if (writer)
        writer->book = workbook_new(path);
    if (writer && writer->book)
        writer->sheet = workbook_add_worksheet(writer->book, NULL);
    if (!writer || !writer->sheet || columns > COLUMNS_MOST)
        return err_set(err, ERR_IO, "无法建立 .xlsx 文件") || err_hint(err, "请检查目录是否可写、磁盘是否有空间，再重新导出");
    styles_make(writer);
    worksheet_set_paper(writer->sheet, PAPER_A4);
    worksheet_fit_to_pages(writer->sheet, 1, 0);
    worksheet_set_footer(writer->sheet, "&C— &P —");
    if (wide)
        worksheet_set_landscape(writer->sheet);
    for (unsigned i = 0; i < columns; i++) {
        writer->widths[i] = widths[i];
        worksheet_set_column(writer->sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
    }
    return true;
}

static lxw_error cell_write(struct sheet_writer *writer, const struct sheet_cell *cell, lxw_col_t column, struct arena *row)
{
    lxw_col_t last = (lxw_col_t)(column + cell->span - 1);
    bool number = cell->money && cell->fen < EXACT_MOST;
    lxw_format *format = cell->money ? writer->money : writer->styles[cell->style];
    lxw_error code = LXW_NO_ERROR;

    if (last > column)
        code = worksheet_merge_range(writer->sheet, writer->row, column, writer->row, last, "", format);
    if (code == LXW_NO_ERROR && number)
        return worksheet_write_number(writer->sheet, writer->row, column, (double)cell->fen / 100, format);
    if (code == LXW_NO_ERROR && cell->text.len == 0)
        return worksheet_write_blank(writer->sheet, writer->row, column, format);
    return code ? code : worksheet_write_string(writer->sheet, writer->row, column, xlsx_cell_text(row, cell->text), format);
}

/* A Chinese character is two wide, three bytes long; Excel itself makes no merged cell higher. */
static unsigned lines_of(const struct sheet_writer *writer, const struct sheet_cell *cell, unsigned column)
{
    unsigned width = 0, lines = 1, used = 0;

    for (unsigned i = 0; i < cell->span; i++)
        width += (unsigned)writer->widths[column + i];
    for (size_t i = 0; i < cell->text.len; i++) {
        unsigned char c = (unsigned char)cell->text.at[i];

        used += c < 0x80 ? 1 : c >= 0xC0 ? 2 : 0;
        if (c == '\n' || used > width) {
            lines++;
            used = c == '\n' ? 0 : 2;
        }
    }
    return lines;
}

bool sheet_row(struct sheet_writer *writer, const struct sheet_cell *cells, size_t count, struct err *err)
{
    struct arena row;
    lxw_error code = LXW_NO_ERROR;
    unsigned column = 0, lines = 1;
    bool title = count > 0 && cells[0].style == SHEET_TITLE;

    arena_init(&row);
    for (size_t i = 0; i < count && code == LXW_NO_ERROR; i++) {
        unsigned needs = lines_of(writer, &cells[i], column);

        lines = needs > lines ? needs : lines;
        code = cell_write(writer, &cells[i], (lxw_col_t)column, &row);
        column += cells[i].span;
    }
    arena_release(&row);
    worksheet_set_row(writer->sheet, writer->row, (lines < 25 ? lines : 25) * (title ? 27.0 : 16.5) + 4, NULL);
    writer->row++;
    return code == LXW_NO_ERROR || xlsx_not_written(code, err);
}

bool sheet_repeat(struct sheet_writer *writer, struct err *err)
{
    lxw_error code = worksheet_repeat_rows(writer->sheet, writer->row - 1, writer->row - 1);

    return code == LXW_NO_ERROR || xlsx_not_written(code, err);
}

bool sheet_finish(struct sheet_writer *writer, bool keep, struct err *err)
{
    lxw_error code = LXW_NO_ERROR;

    if (writer && writer->book && keep)
        code = workbook_close(writer->book);
    else if (writer && writer->book)
        lxw_workbook_free(writer->book);
    free(writer);
    return code == LXW_NO_ERROR || xlsx_not_closed(code, err);
}
