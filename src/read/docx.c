#include "read/docx.h"

#include "base/arena.h"
#include "read/markup.h"
#include "read/relation.h"

enum { NEST_MOST = 24 }; /* paragraphs in paragraphs (text boxes), tables in cells */

struct docx {
    struct out *out;
    struct text paragraphs[NEST_MOST], cells[NEST_MOST];
    int paragraph, cell;     /* how many are open */
    struct text row;
    int row_cells;
    int skipping;            /* depth inside an element that is left out */
    bool in_text;            /* inside w:t */
    bool page_broken;
    bool deep;
};

static const char *const left_out[] = {"Fallback", "del", "moveFrom", "pPrChange", "rPrChange", "instrText"};

static bool is_left_out(const char *name)
{
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (strcmp(name, left_out[i]) == 0)
            return true;
    return false;
}

static void push(struct docx *docx, struct text *stack, int *depth)
{
    if (*depth == NEST_MOST)
        docx->deep = true;
    else
        text_clear(&stack[(*depth)++]);
}

/* Spaces and line separators at either end say nothing. */
static struct slice trimmed(struct slice text)
{
    struct slice was;

    do {
        was = text = slice_trim(text);
        if (text.len >= 3 && memcmp(text.at, "\u2028", 3) == 0)
            text = (struct slice){text.at + 3, text.len - 3};
        if (text.len >= 3 && memcmp(text.at + text.len - 3, "\u2028", 3) == 0)
            text.len -= 3;
    } while (text.len != was.len);
    return text;
}

static void line_emit(struct docx *docx, struct slice line)
{
    if (docx->page_broken)
        out_putc(docx->out, '\f');
    docx->page_broken = false;
    out_add(docx->out, line);
    out_putc(docx->out, '\n');
}

static void paragraph_end(struct docx *docx)
{
    struct slice text;

    if (docx->paragraph == 0)
        return;
    text = trimmed(text_slice(&docx->paragraphs[--docx->paragraph]));
    if (text.len == 0)
        return;
    if (docx->cell > 0) {
        struct text *cell = &docx->cells[docx->cell - 1];

        if (cell->len > 0)
            text_puts(cell, "\u2028");
        text_add_slice(cell, text);
    } else {
        line_emit(docx, text);
    }
}

/* A cell of the outermost table goes into the row; a cell inside a cell joins that one's lines. */
static void cell_end(struct docx *docx)
{
    struct slice text;

    if (docx->cell == 0)
        return;
    text = trimmed(text_slice(&docx->cells[--docx->cell]));
    if (docx->cell > 0) {
        struct text *outer = &docx->cells[docx->cell - 1];

        if (outer->len > 0 && text.len > 0)
            text_puts(outer, "\u2028");
        text_add_slice(outer, text);
        return;
    }
    if (docx->row_cells++ > 0)
        text_putc(&docx->row, '\t');
    text_add_slice(&docx->row, text);
}

static void row_end(struct docx *docx)
{
    if (docx->cell > 0)
        return;
    if (slice_trim(text_slice(&docx->row)).len > 0)
        line_emit(docx, text_slice(&docx->row));
    text_clear(&docx->row);
    docx->row_cells = 0;
}

static void piece_add(struct docx *docx, const char *piece)
{
    if (docx->paragraph > 0)
        text_puts(&docx->paragraphs[docx->paragraph - 1], piece);
}

/* Word draws tick boxes as characters of Wingdings. */
static void symbol_add(struct docx *docx, const char *code)
{
    static const struct {
        const char *code, *text;
    } symbols[] = {{"F0FE", "☑"}, {"F052", "☑"}, {"F0FD", "☒"}, {"F0FC", "✓"}, {"F0A8", "☐"}, {"F06F", "☐"}, {"F0A3", "☐"}};

    for (size_t i = 0; code && i < sizeof symbols / sizeof *symbols; i++)
        if (strcasecmp(code, symbols[i].code) == 0)
            piece_add(docx, symbols[i].text);
}

static void mark_open(struct docx *docx, const char *name, const char **attributes)
{
    if (strcmp(name, "tab") == 0)
        piece_add(docx, " ");
    else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
        piece_add(docx, docx->cell > 0 ? "\u2028" : "\n");
    else if (strcmp(name, "noBreakHyphen") == 0)
        piece_add(docx, "-");
    else if (strcmp(name, "sym") == 0)
        symbol_add(docx, markup_attribute(attributes, "char"));
    else if (strcmp(name, "lastRenderedPageBreak") == 0)
        docx->page_broken = true;
}

static void on_open(void *arg, const char *name, const char **attributes)
{
    struct docx *docx = arg;

    if (docx->skipping > 0 || is_left_out(name))
        docx->skipping++;
    else if (strcmp(name, "p") == 0)
        push(docx, docx->paragraphs, &docx->paragraph);
    else if (strcmp(name, "tc") == 0)
        push(docx, docx->cells, &docx->cell);
    else if (strcmp(name, "t") == 0)
        docx->in_text = true;
    else
        mark_open(docx, name, attributes);
}

static void on_close(void *arg, const char *name)
{
    struct docx *docx = arg;

    if (docx->skipping > 0)
        docx->skipping--;
    else if (strcmp(name, "p") == 0)
        paragraph_end(docx);
    else if (strcmp(name, "tc") == 0)
        cell_end(docx);
    else if (strcmp(name, "tr") == 0)
        row_end(docx);
    else if (strcmp(name, "t") == 0)
        docx->in_text = false;
}

static void on_text(void *arg, struct slice text)
{
    struct docx *docx = arg;

    if (docx->in_text && docx->skipping == 0 && docx->paragraph > 0)
        text_add_slice(&docx->paragraphs[docx->paragraph - 1], text);
}

static enum reader_code verdict(void *arg)
{
    struct docx *docx = arg;

    return docx->deep ? READER_DEEP : READER_DONE;
}

static enum reader_code document_read(struct package *package, const char *part, struct out *out)
{
    static const struct markup markup = {on_open, on_close, on_text, verdict};
    struct docx docx = {.out = out};
    enum reader_code code = markup_read(package, part, &markup, &docx);

    for (int i = 0; i < NEST_MOST; i++) {
        text_release(&docx.paragraphs[i]);
        text_release(&docx.cells[i]);
    }
    text_release(&docx.row);
    if (code == READER_DONE && out->given == 0)
        code = READER_EMPTY;
    return code;
}

enum reader_code docx_read(struct slice bytes, struct out *out)
{
    struct package *package;
    struct arena arena;
    struct relation *relations = NULL;
    enum reader_code code = package_open(bytes, &package);
    const char *part;

    if (code != READER_DONE)
        return code;
    arena_init(&arena);
    code = relations_read(package, "", &arena, &relations);
    part = relation_of_type(relations, "officeDocument");
    if (code == READER_DONE)
        code = document_read(package, part ? part : "word/document.xml", out);
    arena_release(&arena);
    package_close(package);
    return code;
}
