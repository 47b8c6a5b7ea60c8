/* The Word template of a form, to start from: the form's blocks with {{places}} in them (ECMA-376, the least of it). */
#include "paper/paper.h"

#include <unistd.h>

#include "base/text.h"
#include "paper/parts.h"
#include "paper/places.h"

/* Widths are in twentieths of a point, sizes in half points. */
enum { TEXT_NARROW = 8844 /* 156 mm */, TEXT_WIDE = 12756 /* 225 mm */ };

struct face {
    const char *font; /* of Chinese */
    int size;
    bool bold;
};

static const struct face song = {"仿宋", 24}, song_letter = {"仿宋", 32}, hei = {"黑体", 24}, hei_letter = {"黑体", 32},
                         title_face = {"方正小标宋简体", 44}, cell = {"仿宋", 21}, cell_dense = {"仿宋", 18}, small = {"仿宋", 18};

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static void run_put(struct text *out, const struct face *face, const char *text)
{
    text_print(out, "<w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"%s\"/>%s<w:sz w:val=\"%d\"/>"
               "<w:szCs w:val=\"%d\"/></w:rPr><w:t xml:space=\"preserve\">", face->font, face->bold ? "<w:b/>" : "", face->size, face->size);
    places_escape(out, slice_of(text));
    text_puts(out, "</w:t></w:r>");
}

/* how: the paragraph's properties, as XML. */
static void paragraph_put(struct text *out, const struct face *face, const char *how, const char *text)
{
    text_print(out, "<w:p><w:pPr>%s</w:pPr>", how);
    run_put(out, face, text);
    text_puts(out, "</w:p>");
}

/* --- tables --- */

struct column {
    int width, span;
};

static void table_open(struct text *out, const struct column *columns, size_t count)
{
    static const char *const sides[] = {"top", "left", "bottom", "right", "insideH", "insideV"};

    text_puts(out, "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        text_print(out, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>", sides[i]);
    text_puts(out, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < count; i++)
        text_print(out, "<w:gridCol w:w=\"%d\"/>", columns[i].width);
    text_puts(out, "</w:tblGrid>");
}

static void row_open(struct text *out, bool dense, bool head)
{
    text_print(out, "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"%d\"/>%s</w:trPr>", dense ? 280 : 420, head ? "<w:tblHeader/>" : "");
}

static void cell_put(struct text *out, bool dense, struct column column, const char *align, const char *text)
{
    char how[80];

    text_print(out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/><w:gridSpan w:val=\"%d\"/><w:vAlign w:val=\"center\"/></w:tcPr>",
               column.width, column.span);
    snprintf(how, sizeof how, "<w:jc w:val=\"%s\"/>", align);
    paragraph_put(out, dense ? &cell_dense : &cell, how, text);
    text_puts(out, "</w:tc>");
}

static const char *place(struct arena *arena, const char *name)
{
    return name ? arena_print(arena, "{{%s}}", name) : "";
}

static void facts_put(struct text *out, bool dense, const struct paper_block *block, int width, struct arena *arena)
{
    int label = width * 19 / 100, half = width / 2 - label;
    const struct column columns[] = {{label, 1}, {half, 1}, {label, 1}, {half, 1}};

    table_open(out, columns, 4);
    for (size_t i = 0; i < block->count; i++) {
        const struct paper_cell *cells = block->cells;
        bool pair = !cells[i].width && i + 1 < block->count && !cells[i + 1].width;

        row_open(out, dense, false);
        cell_put(out, dense, columns[0], "center", paper_label(&cells[i]));
        cell_put(out, dense, pair ? columns[1] : (struct column){width - label, 3}, "left", place(arena, cells[i].name));
        if (pair) {
            i++;
            cell_put(out, dense, columns[2], "center", paper_label(&cells[i]));
            cell_put(out, dense, columns[3], "left", place(arena, cells[i].name));
        }
        text_puts(out, "</w:tr>");
    }
    text_puts(out, "</w:tbl>");
}

static const char *row_text(const struct paper_block *block, size_t i, struct arena *arena)
{
    const char *open = i == 0 ? arena_print(arena, "{{#%s}}", block->rows) : "";
    const char *close = i + 1 == block->count ? arena_print(arena, "{{/%s}}", block->rows) : "";

    return arena_print(arena, "%s{{%s}}%s", open, block->cells[i].name, close);
}

static void table_put(struct text *out, bool dense, const struct paper_block *block, int width, struct arena *arena)
{
    struct column *columns = arena_zero(arena, block->count, sizeof *columns);
    int sum = 0;

    for (size_t i = 0; i < block->count; i++)
        sum += block->cells[i].width;
    for (size_t i = 0; i < block->count; i++)
        columns[i] = (struct column){width * block->cells[i].width / sum, 1};
    table_open(out, columns, block->count);
    row_open(out, dense, true);
    for (size_t i = 0; i < block->count; i++)
        cell_put(out, dense, columns[i], "center", paper_label(&block->cells[i]));
    text_puts(out, "</w:tr>");
    row_open(out, dense, false);
    for (size_t i = 0; i < block->count; i++)
        cell_put(out, dense, columns[i], block->cells[i].money ? "right" : "left", row_text(block, i, arena));
    text_puts(out, "</w:tr>");
    if (block->cells[0].total) {
        row_open(out, dense, false);
        for (size_t i = 0; i < block->count; i++)
            cell_put(out, dense, columns[i], i ? "right" : "center", i ? place(arena, block->cells[i].total) : block->cells[0].total);
        text_puts(out, "</w:tr>");
    }
    text_puts(out, "</w:tbl>");
}

/* --- the parts --- */

static void block_put(struct text *out, const struct paper_form *form, const struct paper_block *block, struct arena *arena)
{
    const char *text = block->when ? arena_print(arena, "{{#%s}}%s{{/%s}}", block->when, block->text, block->when) : block->text;
    const char *indent = form->letter ? "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>" : "<w:ind w:firstLineChars=\"200\" w:firstLine=\"480\"/>";
    int width = form->wide ? TEXT_WIDE : TEXT_NARROW;

    switch (block->sort) {
    case PAPER_TEXT:
        paragraph_put(out, form->letter ? &song_letter : &song, indent, text);
        return;
    case PAPER_NOTE:
        paragraph_put(out, &small, "", text);
        return;
    case PAPER_SIGN:
        paragraph_put(out, form->letter ? &song_letter : &song, "<w:ind w:rightChars=\"400\" w:right=\"960\"/><w:jc w:val=\"right\"/>", text);
        return;
    case PAPER_HEADING:
    case PAPER_FACTS:
    case PAPER_TABLE:
        if (text)
            paragraph_put(out, form->letter ? &hei_letter : &hei, form->letter ? "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>" : "<w:keepNext/>", text);
        if (block->sort == PAPER_FACTS)
            facts_put(out, form->dense, block, width, arena);
        if (block->sort == PAPER_TABLE)
            table_put(out, form->dense, block, width, arena);
        return;
    }
}

/* Two tables that touch would be one. */
static bool needs_gap(const struct paper_form *form, size_t i)
{
    return (form->blocks[i].sort == PAPER_FACTS || form->blocks[i].sort == PAPER_TABLE)
        && (i + 1 == form->count || !form->blocks[i + 1].text);
}

static void document_put(struct text *out, const struct paper_form *form, struct arena *arena)
{
    text_puts(out, HEAD "<w:document " W " " R "><w:body>");
    paragraph_put(out, &small, "<w:jc w:val=\"right\"/>", "{{二维码}}");
    paragraph_put(out, &title_face, "<w:spacing w:after=\"240\"/><w:jc w:val=\"center\"/>", form->title);
    for (size_t i = 0; i < form->count; i++) {
        block_put(out, form, &form->blocks[i], arena);
        if (needs_gap(form, i))
            text_puts(out, "<w:p/>");
    }
    text_print(out, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/>%s</w:sectPr></w:body></w:document>",
               form->wide ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1588\" w:right=\"2041\" w:bottom=\"1474\" w:left=\"2041\" w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/>"
                          : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/>");
}

static const char content_types[] = HEAD
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>"
    "</Types>";

static const char relations[] = HEAD
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

static const char document_relations[] = HEAD
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId2\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/></Relationships>";

static const char styles[] = HEAD
    "<w:styles " W "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋\"/>"
    "<w:sz w:val=\"24\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style></w:styles>";

static const char footer[] = HEAD
    "<w:ftr " W "><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r><w:fldSimple w:instr=\" PAGE \">"
    "<w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>";

bool paper_template(const struct paper_form *form, const char *path, struct err *err)
{
    struct text document;
    struct arena arena;
    struct parts *parts;
    bool ok;

    arena_init(&arena);
    text_init(&document);
    document_put(&document, form, &arena);
    parts = arena_zero(&arena, 1, sizeof *parts);
    parts->count = 6;
    parts->list[0] = (struct part){"[Content_Types].xml", slice_of(content_types)};
    parts->list[1] = (struct part){"_rels/.rels", slice_of(relations)};
    parts->list[2] = (struct part){"word/document.xml", text_slice(&document)};
    parts->list[3] = (struct part){"word/_rels/document.xml.rels", slice_of(document_relations)};
    parts->list[4] = (struct part){"word/styles.xml", slice_of(styles)};
    parts->list[5] = (struct part){"word/footer1.xml", slice_of(footer)};
    ok = parts_write(parts, path, err);
    text_release(&document);
    arena_release(&arena);
    return ok;
}

bool paper_word(const struct paper_form *form, const struct paper_fill *fill, const char *path, struct err *err)
{
    const char *template = arena_print(fill->values.arena, "%s.template", path);
    bool ok = paper_template(form, template, err) && paper_docx(template, form, fill, path, err);

    unlink(template);
    return ok;
}
