#include "file/table.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "file/csv.h"
#include "file/form.h"
#include "file/formula.h"
#include "file/jsonl.h"
#include "file/reader_job.h"
#include "file/source.h"

enum { XLSX_TEXT_MOST = 256 << 20 };

static const char *reader_program;

void table_reader(const char *program)
{
    reader_program = program;
}

struct table {
    enum table_form form;
    int fd;
    int64_t size;
    struct source *source;
    struct slice rest;      /* of the source's last piece */
    struct csv csv;
    struct jsonl jsonl;
    struct arena memory;    /* the header */
    struct arena row;       /* JSON Lines: the cells of one row */
    struct reader_job job;  /* XLSX */
    bool rest_of_book;
    struct slice *names;
    size_t count;
    struct slice *cells;
    enum table_step last;   /* TABLE_END and TABLE_BROKEN are for good */
    struct err broken;
};

/* ---- CSV --------------------------------------------------------------------------------- */

static const char *encoding_name(const struct table *table)
{
    return source_encoding(table->source) == SOURCE_UTF8 ? "UTF-8" : "GB18030";
}

/* A sheet is whole only if its reader says so. */
static enum csv_step csv_end(struct table *table, struct err *err)
{
    if (reader_runs(&table->job) && !reader_finish(&table->job, READER_XLSX, &table->rest_of_book, err)) {
        table->csv.flaw = *err;
        return CSV_BROKEN;
    }
    return csv_finish(&table->csv);
}

static enum csv_step csv_next(struct table *table, struct err *err)
{
    struct slice piece;
    enum csv_step step;

    for (;;) {
        step = csv_feed(&table->csv, &table->rest);
        if (step != CSV_MORE)
            return step;
        switch (source_step(table->source, &piece, err)) {
        case SOURCE_TEXT:
            table->rest = piece;
            break;
        case SOURCE_BAD:
            csv_bad(&table->csv, piece, encoding_name(table));
            break;
        case SOURCE_END:
            return csv_end(table, err);
        case SOURCE_FAILED:
            table->csv.flaw = *err;
            return CSV_BROKEN;
        }
    }
}

static bool header_repeats(const struct table *table, struct err *err)
{
    for (size_t i = 0; i < table->count; i++)
        for (size_t j = i + 1; j < table->count && table->names[i].len > 0; j++)
            if (slice_same(table->names[i], table->names[j])) {
                err_set(err, ERR_INVALID, "表头第 %zu 列和第 %zu 列同名“%.*s”", i + 1, j + 1,
                        (int)(table->names[i].len < 120 ? table->names[i].len : 120), table->names[i].at);
                err_hint(err, "请给其中一列改名，或删去一列");
                return !err_line(err, table->csv.row_line);
            }
    return false;
}

/* Of a header of two rows the second names what the first spans. */
static void header_add(struct table *table)
{
    for (size_t i = 0; i < table->csv.count; i++) {
        struct slice name = slice_trim(formula_unguard(csv_cell(&table->csv, i)));

        if (name.len == 0)
            continue;
        table->names[i] = arena_copy(&table->memory, name);
        table->count = i >= table->count ? i + 1 : table->count;
    }
}

static void header_start(struct table *table)
{
    table->names = arena_alloc(&table->memory, CSV_COLUMNS_MOST * sizeof *table->names);
    for (size_t i = 0; i < CSV_COLUMNS_MOST; i++)
        table->names[i] = SLICE("");
}

static bool not_opened(int number, struct err *err)
{
    err_set(err, number == ENOENT ? ERR_MISSING : ERR_IO, "文件打不开：%s", strerrordesc_np(number));
    return err_hint(err, "请检查路径和读取权限");
}

static bool is_empty(struct err *err)
{
    err_set(err, ERR_INVALID, "文件是空的，没有表头");
    return err_hint(err, "第一行写列名，第二行起每行一条记录");
}

static bool csv_open(struct table *table, struct err *err)
{
    struct slice head = source_peek(table->source);
    bool sheet = table->form == TABLE_XLSX;
    struct csv_shape shape = csv_sniff(head, sheet ? "," : ",;\t");

    csv_init(&table->csv, shape.delimiter);
    table->csv.by_record = sheet;
    if (shape.skip > 0) {
        struct err ignored;

        source_step(table->source, &table->rest, &ignored); /* the text just peeked at */
        table->rest.at += shape.skip;
        table->rest.len -= shape.skip;
        table->csv.line = 2;
    }
    header_start(table);
    for (size_t i = 0; i < shape.header + shape.header_rows; i++) {
        enum csv_step step = csv_next(table, err);

        if (step == CSV_MORE)
            return is_empty(err);
        if (step == CSV_BROKEN || (i >= shape.header && table->csv.flaw.code != ERR_NONE)) {
            *err = table->csv.flaw;
            return false;
        }
        if (i >= shape.header)
            header_add(table);
    }
    if (sheet && shape.columns > table->count) /* what stands below no header is a column all the same */
        table->count = shape.columns < CSV_COLUMNS_MOST ? shape.columns : CSV_COLUMNS_MOST;
    return !header_repeats(table, err);
}

/* The reader gets the file as it is open here, from its first byte; from now on the source is the reader's CSV. */
static bool xlsx_open(struct table *table, struct err *err)
{
    source_close(table->source);
    table->source = NULL;
    if (!reader_program)
        return err_set(err, ERR_IO, "文件读取程序没有装好") || err_hint(err, "请联系管理员检查 tieqiao-read");
    if (lseek(table->fd, 0, SEEK_SET) < 0)
        return not_opened(errno, err);
    if (!reader_start(reader_program, table->fd, READER_XLSX, XLSX_TEXT_MOST, &table->job, err)
        || !source_open(table->job.text, READER_SILENCE_MS, &table->source, err))
        return false;
    source_force_utf8(table->source);
    return csv_open(table, err);
}

static bool row_is_wide(const struct table *table, size_t *count, struct err *err)
{
    while (*count > table->count && slice_trim(table->cells[*count - 1]).len == 0)
        --*count;
    if (table->form == TABLE_XLSX && *count > table->count) /* a stray cell beside the table */
        *count = table->count;
    if (*count <= table->count)
        return false;
    err_set(err, ERR_INVALID, "第 %ld 行有 %zu 列，表头只有 %zu 列", table->csv.row_line, *count, table->count);
    err_hint(err, "内容里有逗号的，要用引号括起来；或给表头补上列名");
    return !err_line(err, table->csv.row_line);
}

/* The flaw's column by name, where the header knows it. */
static void flaw_give(const struct table *table, struct err *err)
{
    size_t column = table->csv.flaw_column;

    *err = table->csv.flaw;
    if (column > 0 && column <= table->count && table->names[column - 1].len < sizeof err->field)
        err_field(err, table->names[column - 1].at);
}

static enum table_step csv_row(struct table *table, struct table_row *row, struct err *err)
{
    enum csv_step step = csv_next(table, err);

    if (step == CSV_MORE)
        return TABLE_END;
    row->line = table->csv.row_line;
    if (step == CSV_BROKEN || table->csv.flaw.code != ERR_NONE) {
        flaw_give(table, err);
        return step == CSV_BROKEN ? TABLE_BROKEN : TABLE_BAD_ROW;
    }
    row->count = table->csv.count;
    for (size_t i = 0; i < row->count; i++) {
        struct slice cell = csv_cell(&table->csv, i);

        table->cells[i] = table->form == TABLE_CSV ? formula_unguard(cell) : cell;
    }
    return row_is_wide(table, &row->count, err) ? TABLE_BAD_ROW : TABLE_ROW;
}

/* ---- JSON Lines -------------------------------------------------------------------------- */

static bool names_add(struct table *table, const json_t *object, struct err *err)
{
    const char *name;
    json_t *value;

    json_object_foreach ((json_t *)object, name, value) {
        size_t i = 0;

        while (i < table->count && !slice_is(table->names[i], name))
            i++;
        if (i == CSV_COLUMNS_MOST)
            return err_set(err, ERR_TOO_LARGE, "前 100 行里的成员超过 %d 个", CSV_COLUMNS_MOST)
                   || err_hint(err, "请去掉不需要的成员");
        if (i == table->count)
            table->names[table->count++] = arena_copy(&table->memory, slice_of(name));
    }
    return true;
}

/* The union of the first rows' members; bad rows are told when their turn comes. */
static bool jsonl_header(struct table *table, struct err *err)
{
    for (int i = 0; i < JSONL_HEADER_ROWS; i++) {
        enum jsonl_step step = jsonl_next(&table->jsonl, table->source, &table->rest, err);
        struct err bad;
        json_t *object;
        bool added;

        if (step == JSONL_FAILED)
            return false;
        if (step == JSONL_END)
            return i > 0 || is_empty(err);
        object = jsonl_object(&table->jsonl, &bad);
        added = !object || names_add(table, object, err);
        json_decref(object);
        if (!added)
            return err_line(err, table->jsonl.row_line);
    }
    return true;
}

static bool jsonl_open(struct table *table, struct err *err)
{
    jsonl_init(&table->jsonl);
    table->names = arena_zero(&table->memory, CSV_COLUMNS_MOST, sizeof *table->names);
    source_force_utf8(table->source);
    if (!jsonl_header(table, err))
        return false;
    jsonl_release(&table->jsonl);
    jsonl_init(&table->jsonl);
    table->rest = SLICE("");
    return source_restart(table->source, err);
}

static enum table_step jsonl_row(struct table *table, struct table_row *row, struct err *err)
{
    enum jsonl_step step = jsonl_next(&table->jsonl, table->source, &table->rest, err);
    json_t *object;
    bool read;

    if (step != JSONL_LINE)
        return step == JSONL_END ? TABLE_END : TABLE_BROKEN;
    row->line = table->jsonl.row_line;
    row->count = table->count;
    object = jsonl_object(&table->jsonl, err);
    if (!object)
        return TABLE_BAD_ROW;
    arena_reset(&table->row);
    read = jsonl_cells(&table->jsonl, object, table->names, table->count, &table->row, table->cells, err);
    json_decref(object);
    return read ? TABLE_ROW : TABLE_BAD_ROW;
}

/* ---- open, next, close ------------------------------------------------------------------- */

static bool file_open(struct table *table, const char *path, struct err *err)
{
    struct stat info;

    table->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (table->fd < 0)
        return not_opened(errno, err);
    if (fstat(table->fd, &info) != 0 || !S_ISREG(info.st_mode))
        return err_set(err, ERR_INVALID, "不是普通文件") || err_hint(err, "请给出一个表格文件，不是目录或设备");
    table->size = info.st_size;
    return source_open(table->fd, 0, &table->source, err);
}

static bool form_open(struct table *table, const char *name, struct err *err)
{
    if (table->size == 0)
        return is_empty(err);
    if (!form_sniff(source_head(table->source), name, &table->form, err))
        return false;
    switch (table->form) {
    case TABLE_CSV:
        return csv_open(table, err);
    case TABLE_JSONL:
        return jsonl_open(table, err);
    default:
        return xlsx_open(table, err);
    }
}

bool table_open(const char *path, const char *name, struct table **out, struct err *err)
{
    struct table *table = calloc(1, sizeof *table);

    *out = NULL;
    if (!table)
        return err_set(err, ERR_MEMORY, "内存不足");
    table->fd = -1;
    reader_none(&table->job);
    table->rest = SLICE("");
    arena_init(&table->memory);
    arena_init(&table->row);
    table->cells = arena_zero(&table->memory, CSV_COLUMNS_MOST, sizeof *table->cells);
    if (!file_open(table, path, err) || !form_open(table, name, err)) {
        table_close(table);
        return false;
    }
    *out = table;
    return true;
}

void table_close(struct table *table)
{
    if (!table)
        return;
    reader_stop(&table->job);
    csv_release(&table->csv);
    jsonl_release(&table->jsonl);
    source_close(table->source);
    arena_release(&table->row);
    arena_release(&table->memory);
    if (table->fd >= 0)
        close(table->fd);
    free(table);
}

enum table_form table_form(const struct table *table)
{
    return table->form;
}

const char *table_encoding(const struct table *table)
{
    return encoding_name(table);
}

size_t table_columns(const struct table *table)
{
    return table->count;
}

struct slice table_column(const struct table *table, size_t index)
{
    return table->names[index];
}

enum table_step table_next(struct table *table, struct table_row *row, struct err *err)
{
    *row = (struct table_row){.cells = table->cells};
    if (table->last == TABLE_BROKEN)
        *err = table->broken;
    if (table->last == TABLE_BROKEN || table->last == TABLE_END)
        return table->last;
    table->last = table->form == TABLE_JSONL ? jsonl_row(table, row, err) : csv_row(table, row, err);
    if (table->last == TABLE_BROKEN)
        table->broken = *err;
    return table->last;
}

bool table_rest(const struct table *table)
{
    return table->rest_of_book;
}

void table_progress(const struct table *table, int64_t *done, int64_t *total)
{
    *done = source_done(table->source);
    *total = table->size;
    if (table->form == TABLE_XLSX && table->last != TABLE_END)
        *done = *done / 4 < *total ? *done / 4 : *total - 1; /* the text is a few times the packed file */
}
