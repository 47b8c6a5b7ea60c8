/*
 * Compiled without base/banned.h: libxlsxwriter's own headers name strncpy in macros that we never use, and a
 * poisoned name may not even be mentioned. Nothing banned is called here.
 */
#include "file/xlsx_write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/text.h"
#include "file/number.h"
#include "file/xlsx_int.h"

enum { ROWS_MOST = 1048576, CELL_MOST = 32767 };

struct xlsx_writer {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_row_t row;
};

bool xlsx_not_written(int code, struct err *err)
{
    err_set(err, ERR_IO, "写 .xlsx 时出错：%s", lxw_strerror((lxw_error)code));
    return err_hint(err, "请检查目录是否可写、磁盘是否有空间，再重新导出");
}

bool xlsx_not_closed(int code, struct err *err)
{
    if (errno != ENOSPC)
        return xlsx_not_written(code, err);
    return err_set(err, ERR_FULL, "磁盘已满，文件没有写完") || err_hint(err, "请腾出空间后重新导出");
}

static bool cell_refused(const struct xlsx_writer *writer, lxw_error code, size_t column, struct err *err)
{
    if (code != LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        return xlsx_not_written(code, err);
    err_set(err, ERR_TOO_LARGE, "第 %u 行第 %zu 列超过 Excel 单元格的上限 %d 字", writer->row + 1, column + 1, CELL_MOST);
    return err_hint(err, "请导出为 CSV 或 JSON Lines");
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* "_x0041_" in a text would be read as the letter A: then its first '_' is written as "_x005F_". */
static bool looks_escaped(const char *at, size_t len)
{
    return len >= 7 && at[0] == '_' && at[1] == 'x' && is_hex(at[2]) && is_hex(at[3]) && is_hex(at[4]) && is_hex(at[5])
        && at[6] == '_';
}

const char *xlsx_cell_text(struct arena *row, struct slice cell)
{
    struct text text;
    const char *copy;

    if (!memmem(cell.at, cell.len, "_x", 2))
        return arena_text(row, cell);
    text_init(&text);
    for (size_t i = 0; i < cell.len; i++) {
        if (looks_escaped(cell.at + i, cell.len - i))
            text_puts(&text, "_x005F");
        text_putc(&text, cell.at[i]);
    }
    copy = arena_text(row, text_slice(&text));
    text_release(&text);
    return copy;
}

static lxw_error cell_write(struct xlsx_writer *writer, size_t column, struct slice cell, struct arena *row)
{
    double number;

    if (cell.len == 0)
        return LXW_NO_ERROR;
    if (number_is_canonical(cell, &number))
        return worksheet_write_number(writer->sheet, writer->row, (lxw_col_t)column, number, NULL);
    return worksheet_write_string(writer->sheet, writer->row, (lxw_col_t)column, xlsx_cell_text(row, cell), NULL);
}

bool xlsx_write(struct xlsx_writer *writer, const struct slice *cells, size_t count, struct err *err)
{
    struct arena row;
    lxw_error code = LXW_NO_ERROR;

    if (writer->row >= ROWS_MOST) {
        err_set(err, ERR_TOO_LARGE, "超过 Excel 的 %d 行上限", ROWS_MOST);
        return err_hint(err, "请缩小范围，或导出为 CSV");
    }
    arena_init(&row);
    for (size_t i = 0; i < count && code == LXW_NO_ERROR; i++) {
        code = cell_write(writer, i, cells[i], &row);
        if (code != LXW_NO_ERROR)
            cell_refused(writer, code, i, err);
    }
    arena_release(&row);
    writer->row++;
    return code == LXW_NO_ERROR;
}

bool xlsx_sheet(struct xlsx_writer *writer, const char *name, struct err *err)
{
    writer->sheet = workbook_add_worksheet(writer->book, name);
    if (!writer->sheet)
        return err_set(err, ERR_IO, "无法建立 .xlsx 文件") || err_hint(err, "请检查目录是否可写、磁盘是否有空间，再重新导出");
    worksheet_freeze_panes(writer->sheet, 1, 0);
    writer->row = 0;
    return true;
}

bool xlsx_create(const char *path, const char *name, struct xlsx_writer **out, struct err *err)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    struct xlsx_writer *writer = calloc(1, sizeof *writer);

    *out = writer;
    if (writer)
        writer->book = workbook_new_opt(path, &options);
    if (!writer || !writer->book)
        return err_set(err, ERR_IO, "无法建立 .xlsx 文件") || err_hint(err, "请检查目录是否可写、磁盘是否有空间，再重新导出");
    return xlsx_sheet(writer, name, err);
}

bool xlsx_finish(struct xlsx_writer *writer, bool *opened, struct err *err)
{
    lxw_error code = workbook_close(writer->book);

    free(writer);
    *opened = code != LXW_ERROR_CREATING_XLSX_FILE;
    return code == LXW_NO_ERROR || xlsx_not_closed(code, err);
}

void xlsx_abandon(struct xlsx_writer *writer)
{
    if (writer && writer->book)
        lxw_workbook_free(writer->book);
    free(writer);
}
