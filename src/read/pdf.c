/* glib's headers define names that base/banned.h poisons; nothing banned is called here. */
#include "read/pdf.h"

#include <poppler.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "read/reflow.h"

enum { PAGES_MOST = 2000, LINES_MOST = 20000 };

/* ---- lines of a page --------------------------------------------------------------------- */

struct page_text {
    const char *text;
    const PopplerRectangle *boxes; /* one a character of text */
    size_t box_count;
    struct reflow_line *lines;
    size_t count;
    struct text clean;             /* the lines' bytes: controls dropped, trimmed */
};

static bool is_space(uint32_t code)
{
    return code == ' ' || code == 0xA0 || code == 0x3000 || code == '\t';
}

static void box_join(struct reflow_line *line, const PopplerRectangle *box, bool first)
{
    line->left = first ? box->x1 : MIN(line->left, box->x1);
    line->right = first ? box->x2 : MAX(line->right, box->x2);
    line->top = first ? box->y1 : MIN(line->top, box->y1);
    line->bottom = first ? box->y2 : MAX(line->bottom, box->y2);
}

/* One line from text[*at] on; *box is the index of its first character's box. The text of the line is an offset so far. */
static void line_take(struct page_text *page, size_t *at, size_t *box)
{
    struct reflow_line line = {0};
    size_t start = page->clean.len, end = start;
    bool first = true;

    while (page->text[*at] && page->text[*at] != '\n') {
        uint32_t code;
        size_t len = utf8_next(page->text + *at, &code);

        if (code >= 0x20 && code != 0xAD && (!is_space(code) || page->clean.len > start)) {
            text_add(&page->clean, page->text + *at, len);
            if (!is_space(code)) {
                end = page->clean.len;
                if (*box < page->box_count)
                    box_join(&line, &page->boxes[*box], first);
                first = false;
            }
        }
        *at += len;
        ++*box;
    }
    page->clean.len = end;
    line.text = (struct slice){NULL, end - start};
    if (end > start && page->count < LINES_MOST)
        page->lines[page->count++] = line;
}

static void lines_find(struct page_text *page)
{
    size_t at = 0, box = 0, start = 0;

    while (page->text[at]) {
        line_take(page, &at, &box);
        if (page->text[at] == '\n') {
            at++;
            box++;
        }
    }
    for (size_t i = 0; i < page->count; i++) { /* the bytes lie still now */
        page->lines[i].text.at = page->clean.at + start;
        start += page->lines[i].text.len;
    }
}

static void page_read(PopplerPage *page, struct text *out)
{
    char *text = poppler_page_get_text(page);
    PopplerRectangle *boxes = NULL;
    guint count = 0;
    struct page_text lines = {.text = text};

    if (text && utf8_valid(slice_of(text)) == strlen(text) && poppler_page_get_text_layout(page, &boxes, &count)) {
        lines.boxes = boxes;
        lines.box_count = count;
        lines.lines = calloc(LINES_MOST, sizeof *lines.lines);
        if (!lines.lines)
            abort();
        lines_find(&lines);
        reflow_page(lines.lines, lines.count, out);
    }
    free(lines.lines);
    text_release(&lines.clean);
    g_free(boxes);
    g_free(text);
}

/* ---- the document ------------------------------------------------------------------------ */

static enum reader_code document_read(PopplerDocument *document, struct out *out)
{
    int pages = poppler_document_get_n_pages(document);
    bool any = false;
    struct text text;

    text_init(&text);
    for (int i = 0; i < pages && i < PAGES_MOST && !out->full; i++) {
        PopplerPage *page = poppler_document_get_page(document, i);

        if (i > 0)
            out_putc(out, '\f');
        if (!page)
            continue;
        text_clear(&text);
        page_read(page, &text);
        any = any || text.len > 0;
        out_add(out, text_slice(&text));
        g_object_unref(page);
    }
    text_release(&text);
    return any ? READER_DONE : READER_EMPTY;
}

static PopplerDocument *document_open(struct slice pdf, enum reader_code *code)
{
    GBytes *bytes = g_bytes_new_static(pdf.at, pdf.len);
    GError *error = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &error);

    *code = READER_BROKEN;
    if (error && error->domain == POPPLER_ERROR && error->code == POPPLER_ERROR_ENCRYPTED)
        *code = READER_PASSWORD;
    g_clear_error(&error);
    g_bytes_unref(bytes);
    return document;
}

enum reader_code pdf_read(struct slice bytes, struct out *out)
{
    enum reader_code code;
    PopplerDocument *document = document_open(bytes, &code);

    if (!document)
        return code;
    code = document_read(document, out);
    g_object_unref(document);
    return code;
}

/*
 * A one-page document with one word, never closed: poppler keeps its tables and the list of character maps as long as
 * any document is open, and would look for them again, on a disk then locked away.
 */
void pdf_warm(void)
{
    static const char pdf[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 30>>stream\nBT /F 9 Tf 9 9 Td (warm) Tj ET\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    static PopplerDocument *kept;
    enum reader_code code;
    struct out nowhere;

    kept = document_open((struct slice){pdf, sizeof pdf - 1}, &code);
    out_init(&nowhere, -1, 1000);
    if (kept)
        (void)document_read(kept, &nowhere);
    out_release(&nowhere);
}
