/*
 * Tables from any bytes, as a file: CSV in both encodings or JSON Lines, chosen as people's files are, by their bytes.
 * Whatever is said, each cell is valid UTF-8 within its limits, lines rise, and what ended stays ended.
 */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "file/table.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void row_check(const struct table *table, const struct table_row *row, long last_line)
{
    MUST(row->line >= last_line && row->count <= 1000 && row->count <= table_columns(table));
    for (size_t i = 0; i < row->count; i++)
        MUST(row->cells[i].len <= 1 << 20 && utf8_valid(row->cells[i]) == row->cells[i].len);
}

static void table_check(struct table *table)
{
    struct table_row row;
    struct err err;
    enum table_step step;
    long line = 0;

    for (size_t i = 0; i < table_columns(table); i++)
        MUST(utf8_valid(table_column(table, i)) == table_column(table, i).len);
    while ((step = table_next(table, &row, &err)) == TABLE_ROW || step == TABLE_BAD_ROW) {
        if (step == TABLE_ROW)
            row_check(table, &row, line);
        else
            MUST(err.code != ERR_NONE && err.message[0] && err.line >= line);
        line = row.line;
    }
    MUST(step == TABLE_END || (err.code != ERR_NONE && err.message[0]));
    MUST(table_next(table, &row, &err) == step);
    table_close(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {NULL, "a.csv", "a.jsonl"};
    int file = memfd_create("fuzz", 0);
    char path[64];
    struct table *table;
    struct err err;

    MUST(file >= 0 && write(file, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (table_open(path, names[i], &table, &err))
            table_check(table);
        else
            MUST(err.code != ERR_NONE && err.message[0]);
    close(file);
    return 0;
}
