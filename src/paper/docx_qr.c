#include "paper/docx_qr.h"

#include <cairo.h>

#include "base/text.h"
#include "paper/qr.h"

enum { SQUARE = 4 /* pixels */, QUIET = 4 /* squares */ };

#define SIDE "720000" /* 20 mm in English metric units */
#define OOXML "http://schemas.openxmlformats.org/"

static const char drawing_xml[] =
    "</w:t><w:drawing><wp:inline xmlns:wp=\"" OOXML "drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
    "<wp:extent cx=\"" SIDE "\" cy=\"" SIDE "\"/><wp:docPr id=\"9001\" name=\"QR\"/><a:graphic xmlns:a=\"" OOXML "drawingml/2006/main\">"
    "<a:graphicData uri=\"" OOXML "drawingml/2006/picture\"><pic:pic xmlns:pic=\"" OOXML "drawingml/2006/picture\"><pic:nvPicPr>"
    "<pic:cNvPr id=\"0\" name=\"qr.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
    "<a:blip xmlns:r=\"" OOXML "officeDocument/2006/relationships\" r:embed=\"rIdTieqiaoQr\"/><a:stretch><a:fillRect/></a:stretch>"
    "</pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"" SIDE "\" cy=\"" SIDE "\"/></a:xfrm>"
    "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    "<w:t xml:space=\"preserve\">";

static cairo_status_t on_png(void *arg, const unsigned char *bytes, unsigned len)
{
    text_add(arg, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

static struct slice png_of(const struct qr *qr, struct arena *arena)
{
    int side = (qr_width(qr) + 2 * QUIET) * SQUARE;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cairo = cairo_create(surface);
    struct slice png;
    struct text out;

    text_init(&out);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (int y = 0; y < qr_width(qr); y++)
        for (int x = 0; x < qr_width(qr); x++)
            if (qr_black(qr, x, y))
                cairo_rectangle(cairo, (x + QUIET) * SQUARE, (y + QUIET) * SQUARE, SQUARE, SQUARE);
    cairo_fill(cairo);
    cairo_surface_write_to_png_stream(surface, on_png, &out);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    png = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return png;
}

static struct part *part_named(struct parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(parts->list[i].name, name) == 0)
            return &parts->list[i];
    return NULL;
}

/* Puts `what` before `mark`, the close of the part's outermost element; false: it is not there. */
static bool put_before(struct part *part, const char *mark, const char *what, struct arena *arena)
{
    const char *at = part ? memmem(part->bytes.at, part->bytes.len, mark, strlen(mark)) : NULL;
    struct text out;

    if (!at)
        return false;
    text_init(&out);
    text_add(&out, part->bytes.at, (size_t)(at - part->bytes.at));
    text_puts(&out, what);
    text_add(&out, at, part->bytes.len - (size_t)(at - part->bytes.at));
    part->bytes = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return true;
}

void docx_qr_add(struct parts *parts, struct slice code, struct arena *arena, struct slice *drawing)
{
    struct part *types = part_named(parts, "[Content_Types].xml");
    struct qr *qr = code.len && parts->count < PARTS_MOST ? qr_make(code) : NULL;

    *drawing = SLICE("");
    if (!qr)
        return;
    if (put_before(part_named(parts, "word/_rels/document.xml.rels"), "</Relationships>",
                   "<Relationship Id=\"rIdTieqiaoQr\" Type=\"" OOXML "officeDocument/2006/relationships/image\" Target=\"media/tieqiao-qr.png\"/>", arena)
        && put_before(types, "</Types>", "<Override PartName=\"/word/media/tieqiao-qr.png\" ContentType=\"image/png\"/>", arena)) {
        parts->list[parts->count++] = (struct part){"word/media/tieqiao-qr.png", png_of(qr, arena)};
        *drawing = slice_of(drawing_xml);
    }
    qr_free(qr);
}
