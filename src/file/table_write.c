/* Writing tables: CSV for spreadsheets (byte order mark, CRLF), XLSX, JSON Lines. */
#include <assert.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/json.h"
#include "file/formula.h"
#include "file/table.h"
#include "file/xlsx_write.h"

struct table_writer {
    enum table_form form;
    char *path;
    struct arena memory;
    struct slice *columns;
    size_t count;
    bool opened;               /* the file is ours: what stood there is gone anyway */
    FILE *file;                /* CSV and JSON Lines */
    struct text line;
    struct xlsx_writer *book;  /* XLSX */
};

static bool write_failed(int number, struct err *err)
{
    bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;

    err_set(err, full ? ERR_FULL : ERR_IO, full ? "磁盘已满，文件没有写完" : "写文件时出错：%s", strerrordesc_np(number));
    return err_hint(err, full ? "请腾出空间后重新导出" : "请检查目录是否可写，再重新导出");
}

/* ---- CSV --------------------------------------------------------------------------------- */

static bool needs_quotes(struct slice cell)
{
    for (size_t i = 0; i < cell.len; i++)
        if (memchr("\",;\t\r\n", cell.at[i], 6))
            return true;
    return cell.len > 0 && (cell.at[0] == ' ' || cell.at[cell.len - 1] == ' ');
}

static void quoted_add(struct text *line, struct slice cell)
{
    const char *end = cell.at + cell.len;

    text_putc(line, '"');
    for (const char *at = cell.at; at < end; at++) {
        if (*at == '"')
            text_putc(line, '"');
        text_putc(line, *at);
    }
    text_putc(line, '"');
}

static void csv_cell_add(struct text *line, struct slice cell)
{
    struct text guarded;

    if (!formula_like(cell) && !needs_quotes(cell)) {
        text_add_slice(line, cell);
        return;
    }
    text_init(&guarded);
#ifndef TQ_TEETH_FORMULA
    if (formula_like(cell))
        text_putc(&guarded, '\'');
#endif
    text_add_slice(&guarded, cell);
    if (needs_quotes(cell))
        quoted_add(line, text_slice(&guarded));
    else
        text_add_slice(line, text_slice(&guarded));
    text_release(&guarded);
}

static void csv_line(struct table_writer *writer, const struct slice *cells)
{
    for (size_t i = 0; i < writer->count; i++) {
        if (i > 0)
            text_putc(&writer->line, ',');
        csv_cell_add(&writer->line, cells[i]);
    }
    text_puts(&writer->line, "\r\n");
}

/* ---- JSON Lines -------------------------------------------------------------------------- */

static bool jsonl_line(struct table_writer *writer, const struct slice *cells, struct err *err)
{
    json_t *object = json_object();

    if (!object)
        return err_set(err, ERR_MEMORY, "内存不足");
    for (size_t i = 0; i < writer->count; i++)
        json_put(object, writer->columns[i].at, cells[i]);
    json_write(object, &writer->line);
    text_putc(&writer->line, '\n');
    json_decref(object);
    return true;
}

static bool line_flush(struct table_writer *writer, struct err *err)
{
    size_t len = writer->line.len, written = len ? fwrite(writer->line.at, 1, len, writer->file) : 0;

    text_clear(&writer->line);
    return written == len || write_failed(errno, err);
}

/* ---- create, write, finish --------------------------------------------------------------- */

static void columns_copy(struct table_writer *writer, const struct slice *columns, size_t count)
{
    writer->columns = arena_zero(&writer->memory, count, sizeof *columns);
    writer->count = count;
    for (size_t i = 0; i < count; i++)
        writer->columns[i] = arena_copy(&writer->memory, columns[i]);
}

static void writer_free(struct table_writer *writer)
{
    text_release(&writer->line);
    arena_release(&writer->memory);
    free(writer);
}

/*
 * A file half written is removed: better none than one that looks whole. Devices and pipes stay, and what could not be
 * opened: it is somebody's whole file.
 */
static void half_remove(const struct table_writer *writer)
{
    struct stat info;

    if (writer->opened && lstat(writer->path, &info) == 0 && S_ISREG(info.st_mode))
        unlink(writer->path);
}

static void writer_abandon(struct table_writer *writer)
{
    if (writer->file)
        fclose(writer->file);
    xlsx_abandon(writer->book);
    half_remove(writer);
    writer_free(writer);
}

static bool header_write(struct table_writer *writer, const char *name, struct err *err)
{
    if (writer->form == TABLE_XLSX)
        return xlsx_create(writer->path, name, &writer->book, err)
            && xlsx_write(writer->book, writer->columns, writer->count, err);
    writer->file = fopen(writer->path, "wbe");
    if (!writer->file)
        return write_failed(errno, err);
    writer->opened = true;
    if (writer->form == TABLE_CSV) {
        text_puts(&writer->line, "\uFEFF");
        csv_line(writer, writer->columns);
    }
    return line_flush(writer, err);
}

bool table_create(const char *path, enum table_form form, const struct slice *columns, size_t count,
                  struct table_writer **out, struct err *err)
{
    return table_create_named(path, form, NULL, columns, count, out, err);
}

bool table_sheet(struct table_writer *writer, const char *name, const struct slice *columns, size_t count, struct err *err)
{
    assert(writer->form == TABLE_XLSX);
    columns_copy(writer, columns, count);
    return xlsx_sheet(writer->book, name, err) && xlsx_write(writer->book, writer->columns, writer->count, err);
}

bool table_create_named(const char *path, enum table_form form, const char *name, const struct slice *columns, size_t count,
                        struct table_writer **out, struct err *err)
{
    struct table_writer *writer = calloc(1, sizeof *writer);

    *out = NULL;
    if (!writer)
        return err_set(err, ERR_MEMORY, "内存不足");
    writer->form = form;
    arena_init(&writer->memory);
    text_init(&writer->line);
    writer->path = arena_text(&writer->memory, slice_of(path));
    columns_copy(writer, columns, count);
    if (!header_write(writer, name, err)) {
        writer_abandon(writer);
        return false;
    }
    *out = writer;
    return true;
}

bool table_write(struct table_writer *writer, const struct slice *cells, struct err *err)
{
    switch (writer->form) {
    case TABLE_CSV:
        csv_line(writer, cells);
        return line_flush(writer, err);
    case TABLE_JSONL:
        return jsonl_line(writer, cells, err) && line_flush(writer, err);
    default:
        return xlsx_write(writer->book, cells, writer->count, err);
    }
}

static bool text_finish(struct table_writer *writer, struct err *err)
{
    bool flushed = fflush(writer->file) == 0 && !ferror(writer->file);
    int number = errno;
    bool closed = fclose(writer->file) == 0;

    writer->file = NULL;
    return (flushed && closed) || write_failed(flushed ? errno : number, err);
}

bool table_finish(struct table_writer *writer, struct err *err)
{
    bool done = writer->form == TABLE_XLSX ? xlsx_finish(writer->book, &writer->opened, err) : text_finish(writer, err);

    if (!done)
        half_remove(writer);
    writer_free(writer);
    return done;
}
