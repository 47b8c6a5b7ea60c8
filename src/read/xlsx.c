#include "read/xlsx.h"

#include "base/arena.h"
#include "file/csv.h"
#include "read/markup.h"
#include "read/relation.h"
#include "read/xlsx_look.h"
#include "read/xlsx_style.h"
#include "read/xlsx_text.h"

enum { SHEETS_MOST = 256, ROWS_MOST = 1048576, COLUMNS_MOST = 16384, LINE_MOST = 17 << 20 };

struct workbook {
    struct arena *arena;
    struct styles styles;
    struct shared shared;
    const char *sheets[SHEETS_MOST]; /* relation ids of the visible sheets, in order */
    size_t sheet_count;
};

/* ---- a sheet ----------------------------------------------------------------------------- */

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_YES };

struct sheet {
    const struct workbook *book;
    struct out *out;
    long row, emitted;        /* the row being read; rows written so far */
    long column;              /* of the cell being read, from 1 */
    long filled;              /* columns of this row already in `line` */
    struct text line;         /* the CSV record of the row */
    struct text raw, shown;   /* the cell as it stands in the file, and as people see it */
    enum cell_type type;
    size_t style;
    int phonetic;
    bool in_value;
    bool broken, too_long;
};

/* "AB12" -> 28; 0 if it is no reference. */
static long column_of(const char *reference)
{
    long column = 0;

    for (; reference && *reference >= 'A' && *reference <= 'Z' && column <= COLUMNS_MOST; reference++)
        column = column * 26 + (*reference - 'A' + 1);
    return column <= COLUMNS_MOST ? column : 0;
}

static void row_begin(struct sheet *sheet, const char *number)
{
    long row = number ? strtol(number, NULL, 10) : sheet->row + 1;

    if (row <= sheet->row || row > ROWS_MOST)
        sheet->broken = true;
    else
        sheet->row = row;
    sheet->column = sheet->filled = 0;
    text_clear(&sheet->line);
}

static void row_end(struct sheet *sheet)
{
    if (sheet->line.len == 0)
        return;
    for (; sheet->emitted < sheet->row - 1; sheet->emitted++)
        out_add(sheet->out, SLICE("\r\n"));
    out_add(sheet->out, text_slice(&sheet->line));
    out_add(sheet->out, SLICE("\r\n"));
    sheet->emitted = sheet->row;
}

static enum cell_type type_of(const char *type)
{
    if (!type || strcmp(type, "n") == 0)
        return CELL_NUMBER;
    if (strcmp(type, "s") == 0)
        return CELL_SHARED;
    return strcmp(type, "b") == 0 ? CELL_YES : CELL_TEXT; /* inlineStr, str, d, e */
}

static void cell_begin(struct sheet *sheet, const char **attributes)
{
    const char *reference = markup_attribute(attributes, "r"), *style = markup_attribute(attributes, "s");
    long column = reference ? column_of(reference) : sheet->column + 1;

    if (column <= sheet->column || column > COLUMNS_MOST)
        sheet->broken = true;
    else
        sheet->column = column;
    sheet->type = type_of(markup_attribute(attributes, "t"));
    sheet->style = style ? (size_t)strtoul(style, NULL, 10) : 0;
    text_clear(&sheet->raw);
}

static void cell_show(struct sheet *sheet)
{
    const struct workbook *book = sheet->book;
    struct slice raw = text_slice(&sheet->raw);

    text_clear(&sheet->shown);
    if (raw.len == 0)
        return;
    switch (sheet->type) {
    case CELL_NUMBER:
        style_show(&book->styles, sheet->style, raw, &sheet->shown);
        break;
    case CELL_SHARED:
        text_add_slice(&sheet->shown, shared_get(&book->shared, strtoul(sheet->raw.at, NULL, 10)));
        break;
    case CELL_TEXT:
        unescaped_add(&sheet->shown, raw);
        break;
    case CELL_YES:
        text_puts(&sheet->shown, slice_is(raw, "1") ? "true" : "false");
        break;
    }
}

static bool needs_quotes(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (memchr("\",\r\n", text.at[i], 4))
            return true;
    return text.at[0] == ' ';
}

/* Blanks that somebody left in the last column of the sheet make no table of 16,384 columns. */
static bool is_far_blank(const struct sheet *sheet, struct slice text)
{
    return sheet->column > CSV_COLUMNS_MOST && slice_trim(text).len == 0;
}

static void cell_end(struct sheet *sheet)
{
    struct slice text;

    cell_show(sheet);
    text = text_slice(&sheet->shown);
    sheet->too_long = sheet->too_long || sheet->line.len + text.len > LINE_MOST;
    if (text.len == 0 || sheet->broken || sheet->too_long || is_far_blank(sheet, text))
        return;
    for (; sheet->filled < sheet->column - 1; sheet->filled++)
        text_putc(&sheet->line, ',');
    if (!needs_quotes(text)) {
        text_add_slice(&sheet->line, text);
        return;
    }
    text_putc(&sheet->line, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            text_putc(&sheet->line, '"');
        text_putc(&sheet->line, text.at[i]);
    }
    text_putc(&sheet->line, '"');
}

static void sheet_open(void *arg, const char *name, const char **attributes)
{
    struct sheet *sheet = arg;

    if (strcmp(name, "row") == 0)
        row_begin(sheet, markup_attribute(attributes, "r"));
    else if (strcmp(name, "c") == 0)
        cell_begin(sheet, attributes);
    else if (strcmp(name, "rPh") == 0)
        sheet->phonetic++;
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        sheet->in_value = true;
}

static void sheet_close(void *arg, const char *name)
{
    struct sheet *sheet = arg;

    if (strcmp(name, "row") == 0)
        row_end(sheet);
    else if (strcmp(name, "c") == 0)
        cell_end(sheet);
    else if (strcmp(name, "rPh") == 0)
        sheet->phonetic--;
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        sheet->in_value = false;
}

static void sheet_text(void *arg, struct slice text)
{
    struct sheet *sheet = arg;

    if (sheet->in_value && sheet->phonetic == 0)
        text_add_slice(&sheet->raw, text);
}

static enum reader_code sheet_verdict(void *arg)
{
    struct sheet *sheet = arg;

    if (sheet->broken)
        return READER_BROKEN;
    return sheet->out->full || sheet->too_long ? READER_LONG : READER_DONE;
}

static enum reader_code sheet_read(struct package *package, const char *part, const struct workbook *book,
                                   struct out *out)
{
    static const struct markup markup = {sheet_open, sheet_close, sheet_text, sheet_verdict};
    struct sheet sheet = {.book = book, .out = out};
    enum reader_code code = markup_read(package, part, &markup, &sheet);

    text_release(&sheet.line);
    text_release(&sheet.raw);
    text_release(&sheet.shown);
    return code;
}

/* ---- the workbook ------------------------------------------------------------------------ */

static void book_open(void *arg, const char *name, const char **attributes)
{
    struct workbook *book = arg;
    const char *id = markup_attribute(attributes, "id"), *state = markup_attribute(attributes, "state"),
               *epoch = markup_attribute(attributes, "date1904");

    if (strcmp(name, "workbookPr") == 0 && epoch)
        book->styles.from_1904 = strcmp(epoch, "1") == 0 || strcmp(epoch, "true") == 0;
    if (strcmp(name, "sheet") == 0 && id && (!state || strcmp(state, "visible") == 0) && book->sheet_count < SHEETS_MOST)
        book->sheets[book->sheet_count++] = arena_text(book->arena, slice_of(id));
}

static void book_close(void *arg, const char *name)
{
    (void)arg;
    (void)name;
}

static void book_text(void *arg, struct slice text)
{
    (void)arg;
    (void)text;
}

/* Styles and strings are parts of their own; a workbook may have neither. */
static enum reader_code aids_read(struct package *package, const struct relation *relations, struct workbook *book)
{
    const char *styles = relation_of_type(relations, "styles"), *strings = relation_of_type(relations, "sharedStrings");
    enum reader_code code = READER_DONE;

    if (styles)
        code = styles_read(package, styles, book->arena, &book->styles);
    if (strings && code == READER_DONE)
        code = shared_read(package, strings, &book->shared);
    return code;
}

/* The part of the i-th visible sheet; NULL where it is no sheet of cells. */
static const char *sheet_part(const struct relation *relations, const struct workbook *book, size_t i)
{
    const struct relation *sheet = relation_by_id(relations, book->sheets[i]);

    return sheet && strcmp(sheet->type, "worksheet") == 0 ? sheet->part : NULL;
}

/* Of those that hold a table the first; *rest: there are others. NULL: none does. */
static const char *table_find(struct package *package, const struct relation *relations, const struct workbook *book, bool *rest)
{
    const char *found = NULL;

    *rest = false;
    for (size_t i = 0; i < book->sheet_count && !*rest; i++) {
        const char *part = sheet_part(relations, book, i);

        if (!part || !sheet_is_table(package, part))
            continue;
        *rest = found != NULL;
        found = found ? found : part;
    }
    return found;
}

static enum reader_code one_sheet_read(struct package *package, const char *part, const struct workbook *book, struct out *out)
{
    enum reader_code code = sheet_read(package, part, book, out);

    return code == READER_DONE && out->full ? READER_LONG : code;
}

static enum reader_code best_sheet_read(struct package *package, const struct relation *relations,
                                        const struct workbook *book, struct out *out)
{
    bool rest;
    const char *table = table_find(package, relations, book, &rest);
    enum reader_code code;

    if (table) {
        code = one_sheet_read(package, table, book, out);
        return code == READER_DONE && rest ? READER_REST : code;
    }
    for (size_t i = 0; i < book->sheet_count; i++) {
        const char *part = sheet_part(relations, book, i);

        code = part ? one_sheet_read(package, part, book, out) : READER_DONE;
        if (code != READER_DONE || out->given > 0)
            return code;
    }
    return READER_EMPTY;
}

static enum reader_code workbook_read(struct package *package, struct workbook *book, struct out *out)
{
    static const struct markup markup = {book_open, book_close, book_text, NULL};
    struct relation *relations = NULL;
    enum reader_code code = relations_read(package, "", book->arena, &relations);
    const char *part = relation_of_type(relations, "officeDocument");

    part = part ? part : "xl/workbook.xml";
    if (code == READER_DONE)
        code = markup_read(package, part, &markup, book);
    if (code == READER_DONE)
        code = relations_read(package, part, book->arena, &relations);
    if (code == READER_DONE)
        code = aids_read(package, relations, book);
    return code == READER_DONE ? best_sheet_read(package, relations, book, out) : code;
}

enum reader_code xlsx_read(struct slice bytes, struct out *out)
{
    struct package *package;
    struct arena arena;
    struct workbook book = {.arena = &arena};
    enum reader_code code = package_open(bytes, &package);

    if (code != READER_DONE)
        return code;
    arena_init(&arena);
    shared_init(&book.shared);
    code = workbook_read(package, &book, out);
    shared_release(&book.shared);
    arena_release(&arena);
    package_close(package);
    return code;
}
