/* What goes out to be typed over there, and the rows in which numbers and results come back. */
#include "work/registry.h"

#include <assert.h>

#include "work/deal_int.h"
#include "work/deal_paper_int.h"

/* --- out --- */

bool registry_items(struct sql *sql, const struct law *law, const struct registry_line *line, struct arena *arena,
                    struct registry_item items[REGISTRY_ITEMS], size_t *count, struct err *err)
{
    struct deal_paper_work work = {.sql = sql, .law = law, .file = &line->file, .arena = arena};
    const struct deal_paper *paper = deal_paper_find(SLICE("registration"));

    *count = 0;
    if (!deal_paper_fill(paper, &work, err))
        return false;
    for (size_t b = 0; b < paper->form->count; b++)
        for (size_t c = 0; c < paper->form->blocks[b].count; c++) {
            const struct paper_cell *cell = &paper->form->blocks[b].cells[c];
            const struct paper_value *value = fill_find(&work.fill, NULL, slice_of(cell->name));

            assert(*count < REGISTRY_ITEMS);
            items[(*count)++] = (struct registry_item){paper_label(cell), value ? value->text : SLICE("")};
        }
    return true;
}

/* Behind what is to be typed: what comes back. */
static const char *const result_labels[] = {"结果", "结果日期", "认定的成交额（元）", "认定的技术交易额（元）"};
enum { RESULT_LABELS = sizeof result_labels / sizeof *result_labels, SHEET_COLUMNS = 1 + REGISTRY_ITEMS + RESULT_LABELS };

static bool sheet_begin(const char *path, const struct registry_item *items, size_t count, struct table_writer **writer, struct err *err)
{
    struct slice columns[SHEET_COLUMNS] = {SLICE("项目编号")};
    size_t n = 1;

    for (size_t i = 0; i < count; i++)
        columns[n++] = slice_of(items[i].label);
    for (size_t i = 0; i < RESULT_LABELS; i++)
        columns[n++] = slice_of(result_labels[i]);
    return table_create(path, TABLE_XLSX, columns, n, writer, err);
}

static bool sheet_row(struct table_writer *writer, const struct registry_line *line, const struct registry_item *items, size_t count,
                      struct arena *arena, struct err *err)
{
    struct slice cells[SHEET_COLUMNS];
    size_t n = 0;

    cells[n++] = slice_of(arena_print(arena, "%lld", (long long)line->file.deal.id));
    for (size_t i = 0; i < count; i++)
        cells[n++] = items[i].text;
    for (size_t i = 0; i < RESULT_LABELS; i++)
        cells[n++] = SLICE("");
    return table_write(writer, cells, err);
}

bool registry_sheet(struct sql *sql, const struct law *law, const struct registry_line *lines, size_t count, struct arena *arena,
                    const char *path, struct err *err)
{
    struct registry_item items[REGISTRY_ITEMS];
    struct table_writer *writer = NULL;
    bool ok = true;
    struct err later;
    size_t n;

    for (size_t i = 0; ok && i < count; i++)
        if (lines[i].mine)
            ok = registry_items(sql, law, &lines[i], arena, items, &n, err) && (writer || sheet_begin(path, items, n, &writer, err))
                 && sheet_row(writer, &lines[i], items, n, arena, err);
    if (ok && !writer)
        return err_set(err, ERR_CONFLICT, "队列里没有等待登记的合同") || err_hint(err, "有单位提交之后再取");
    return (!writer || table_finish(writer, ok ? err : &later)) && ok;
}

/* --- in --- */

/* As agencies and the national system call them; the first that a sheet has is taken. */
static const struct {
    enum registry_column column;
    const char *names; /* parted by bars */
} headers[] = {
    {REGISTRY_DEAL, "项目编号|deal"},
    {REGISTRY_CONTRACT, "合同编号|contract"},
    {REGISTRY_NUMBER, "合同登记编号|登记编号|登记号|认定登记编号|number"},
    {REGISTRY_RESULT, "结果|登记结果|认定结果|result"},
    {REGISTRY_DAY, "结果日期|登记日期|认定日期|decided_on"},
    {REGISTRY_AMOUNT, "认定的成交额|认定成交额|合同成交额|成交额|amount"},
    {REGISTRY_TECHNICAL, "认定的技术交易额|认定技术交易额|技术交易额|technical"},
};

/* "成交额（万元）" is "成交额" in units of 万元. */
static struct slice header_name(struct slice header, struct slice *unit)
{
    static const char *const units[] = {"（万元）", "(万元)", "（元）", "(元)"};

    *unit = SLICE("");
    header = slice_trim(header);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t len = strlen(units[i]);

        if (header.len > len && memcmp(header.at + header.len - len, units[i], len) == 0) {
            *unit = i < 2 ? SLICE("万元") : SLICE("元");
            return slice_trim((struct slice){header.at, header.len - len});
        }
    }
    return header;
}

static void column_place(const struct table *table, const char *names, struct sheet_place *placed)
{
    struct slice rest = slice_of(names), name, unit;

    while (!placed->there && slice_cut(&rest, '|', &name))
        for (size_t i = 0; i < table_columns(table) && !placed->there; i++)
            if (slice_same(header_name(table_column(table, i), &unit), name))
                *placed = (struct sheet_place){true, i, unit};
}

static bool columns_place(const struct table *table, struct sheet_place placed[REGISTRY_COLUMNS], struct err *err)
{
    memset(placed, 0, REGISTRY_COLUMNS * sizeof *placed);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        column_place(table, headers[i].names, &placed[headers[i].column]);
    if (!placed[REGISTRY_DEAL].there && !placed[REGISTRY_CONTRACT].there)
        err_set(err, ERR_INVALID, "表里没有“项目编号”，也没有“合同编号”");
    else if (!placed[REGISTRY_NUMBER].there && !placed[REGISTRY_RESULT].there)
        err_set(err, ERR_INVALID, "表里没有“登记编号”，也没有“结果”");
    else
        return true;
    return err_hint(err, "可以用本页导出的表，填上登记编号和结果再传回来");
}

/* An empty sheet's row is none, and a number without a result is that of a registration. */
static bool row_says(struct sheet_row *row)
{
    struct slice *cells = row->cells;

    if (!cells[REGISTRY_NUMBER].len && !cells[REGISTRY_RESULT].len)
        return false;
    if (!cells[REGISTRY_RESULT].len)
        cells[REGISTRY_RESULT] = SLICE("registered");
    return true;
}

const struct sheet_sort sheet_registry = {REGISTRY_COLUMNS, sizeof(struct registry_row), REGISTRY_ROWS, row_says};

bool registry_read(struct table *table, struct arena *arena, struct registry_row *rows, size_t *count, struct err *err)
{
    struct sheet_place placed[REGISTRY_COLUMNS];

    *count = 0;
    return columns_place(table, placed, err) && sheet_read(&sheet_registry, table, placed, arena, rows, count, err);
}
