/*
 * Compiled without base/banned.h: GLib's own headers mention names that are poisoned there. Nothing banned is called here.
 *
 * A paper as PDF. The page is that of official documents (GB/T 9704-2012): A4, margins 37 mm above, 28 mm at the binding, a type
 * area of 156 mm by 225 mm, titles 方正小标宋, text 仿宋, headings 黑体, page numbers "— 1 —" outside. Where a machine lacks those
 * fonts, Noto Serif and Noto Sans CJK (fonts-noto-cjk) stand in.
 *
 * One font map a paper, freed with it: Pango's default one would live as long as its thread, and a server has many.
 */
#include "paper/paper.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <pango/pangocairo.h>

#include "paper/qr.h"

#define MM (72.0 / 25.4)

static const double PAGE_SHORT = 210 * MM, PAGE_LONG = 297 * MM;
static const double PAD_X = 4, PAD_Y = 3.5, PAD_DENSE = 1.5, RULE = 0.5, ROW_LEAST = 19, ROW_DENSE = 14;

struct face {
    const char *families;
    double size;  /* points */
    bool bold;
};

struct setter {
    const struct paper_form *form;
    const struct paper_fill *fill;
    struct arena *arena;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *map;
    PangoContext *context;
    double left, top, width, height; /* the type area */
    double y;                        /* how much of it is used */
    double pitch;                    /* from line to line of running text */
    struct face title, heading, text, cell, note, folio;
    int page;
};

/* --- fonts and lines --- */

#define SERIF "Noto Serif CJK SC"
#define SANS "Noto Sans CJK SC"

/* 小标宋 is bold by itself; what stands in for it must be made so. */
static bool has_title_font(PangoFontMap *map)
{
    return pango_font_map_get_family(map, "方正小标宋简体") || pango_font_map_get_family(map, "FZXiaoBiaoSong-B05S");
}

static void faces_choose(struct setter *setter)
{
    static const char song[] = "仿宋_GB2312,FangSong_GB2312,仿宋,FangSong,FZFangSong-Z02S," SERIF;
    static const char hei[] = "黑体,SimHei,FZHei-B01S," SANS;
    bool letter = setter->form->letter;

    setter->title = (struct face){"方正小标宋简体,FZXiaoBiaoSong-B05S," SERIF, letter ? 22 : 18, !has_title_font(setter->map)};
    setter->heading = (struct face){hei, letter ? 16 : 12, false};
    setter->text = (struct face){song, letter ? 16 : 12, false};
    setter->cell = (struct face){song, setter->form->dense ? 9 : letter ? 11 : 10.5, false};
    setter->note = (struct face){song, 9, false};
    setter->folio = (struct face){"宋体,SimSun," SERIF, 14, false};
    setter->pitch = letter ? 29 : 20;
}

static PangoLayout *layout_of(const struct setter *setter, const struct face *face, struct slice text, double width,
                              PangoAlignment align)
{
    PangoLayout *layout = pango_layout_new(setter->context);
    PangoFontDescription *font = pango_font_description_from_string(face->families);

    pango_font_description_set_absolute_size(font, face->size * PANGO_SCALE);
    pango_font_description_set_weight(font, face->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, align);
    pango_layout_set_text(layout, text.at, (int)text.len);
    return layout;
}

/* Draws lines `from` to `to` of a layout, one each `pitch`, the first in a strip that begins at (x, y) of the page. */
static void lines_draw(struct setter *setter, PangoLayout *layout, int from, int to, double x, double y, double pitch,
                       double size)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    int line = 0;

    do {
        PangoRectangle box;

        if (line >= from && line < to) {
            pango_layout_iter_get_line_extents(iter, NULL, &box);
            /* A Chinese character stands with its middle 0.38 of its size above the baseline. */
            cairo_move_to(setter->cairo, x + box.x / (double)PANGO_SCALE, y + (line - from + 0.5) * pitch + 0.38 * size);
            pango_cairo_show_layout_line(setter->cairo, pango_layout_iter_get_line_readonly(iter));
        }
        line++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

/* --- pages --- */

/* Outside, one character in: odd pages at the right, even ones at the left. */
static void folio_draw(struct setter *setter)
{
    char text[24];
    PangoLayout *layout;
    bool odd = setter->page % 2 == 1;
    double inset = setter->folio.size;

    snprintf(text, sizeof text, "— %d —", setter->page);
    layout = layout_of(setter, &setter->folio, slice_of(text), setter->width - 2 * inset, odd ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    lines_draw(setter, layout, 0, 1, setter->left + inset, setter->top + setter->height + 7 * MM, setter->folio.size, setter->folio.size);
    g_object_unref(layout);
}

static void page_turn(struct setter *setter)
{
    folio_draw(setter);
    cairo_show_page(setter->cairo);
    setter->page++;
    setter->y = 0;
}

static double room(const struct setter *setter)
{
    return setter->height - setter->y + 0.01;
}

static void page_need(struct setter *setter, double height)
{
    if (room(setter) < height && setter->y > 0)
        page_turn(setter);
}

/* Above the type area of the first page, where it moves nothing. */
static void qr_draw(struct setter *setter)
{
    struct qr *qr = setter->fill->code.len ? qr_make(setter->fill->code) : NULL;
    double side = 18 * MM, x = setter->left + setter->width - side, y = setter->top - side - 6 * MM, square;
    PangoLayout *layout;

    if (!qr)
        return;
    square = side / qr_width(qr);
    for (int row = 0; row < qr_width(qr); row++)
        for (int column = 0; column < qr_width(qr); column++)
            if (qr_black(qr, column, row))
                cairo_rectangle(setter->cairo, x + column * square, y + row * square, square, square);
    cairo_fill(setter->cairo);
    qr_free(qr);
    layout = layout_of(setter, &setter->note, setter->fill->code, setter->width - side - 8, PANGO_ALIGN_RIGHT);
    lines_draw(setter, layout, 0, 1, setter->left, y + side - 12, 12, setter->note.size);
    g_object_unref(layout);
}

/* --- running text --- */

/* How many of the lines left go on this page: no first or last line of a paragraph stands alone. */
static int lines_fit(const struct setter *setter, int left, double pitch, bool begun)
{
    int fit = (int)(room(setter) / pitch);

    if (fit >= left)
        return left;
    if (left - fit == 1)
        fit--;
    return fit < 2 && (!begun || left > 1) ? 0 : fit;
}

static void paragraph_draw(struct setter *setter, PangoLayout *layout, double x, double pitch, double size)
{
    int count = pango_layout_get_line_count(layout), done = 0;

    while (done < count) {
        int fit = lines_fit(setter, count - done, pitch, done > 0);

        if (fit == 0 && setter->y == 0)
            fit = 1;
        if (fit > 0)
            lines_draw(setter, layout, done, done + fit, setter->left + x, setter->top + setter->y, pitch, size);
        done += fit;
        setter->y += fit * pitch;
        if (done < count)
            page_turn(setter);
    }
}

static void text_draw(struct setter *setter, const struct face *face, struct slice text, double pitch, int indent)
{
    struct slice rest = text, line;

    while (slice_cut(&rest, '\n', &line)) {
        PangoLayout *layout = layout_of(setter, face, line, setter->width, PANGO_ALIGN_LEFT);

        pango_layout_set_justify(layout, TRUE);
        pango_layout_set_indent(layout, (int)(indent * face->size * PANGO_SCALE));
        paragraph_draw(setter, layout, 0, pitch, face->size);
        g_object_unref(layout);
    }
}

/* A title of several lines has them of one length, not a last one of two characters. */
static void title_draw(struct setter *setter)
{
    double pitch = setter->title.size * 1.6, width = setter->width;
    PangoLayout *layout = layout_of(setter, &setter->title, slice_of(setter->form->title), width, PANGO_ALIGN_CENTER);
    int lines = pango_layout_get_line_count(layout), whole;

    if (lines > 1) {
        pango_layout_set_width(layout, -1);
        pango_layout_get_size(layout, &whole, NULL);
        width = whole / (double)PANGO_SCALE / lines + setter->title.size;
        pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    }
    paragraph_draw(setter, layout, (setter->width - width) / 2, pitch, setter->title.size);
    setter->y += setter->form->letter ? setter->pitch / 2 : 8;
    g_object_unref(layout);
}

/* A heading stays with two lines of what it heads. */
static void heading_draw(struct setter *setter, struct slice text)
{
    page_need(setter, setter->pitch * 3);
    text_draw(setter, &setter->heading, text, setter->pitch, setter->form->letter ? 2 : 0);
}

/* Who and when, centred on each other, the block four characters off the right edge. */
static void sign_draw(struct setter *setter, struct slice text)
{
    double width = setter->text.size * 16, x = setter->width - width - setter->text.size * 2;
    struct slice rest = text, line;

    page_need(setter, setter->pitch * 3);
    setter->y += setter->pitch / 2;
    while (slice_cut(&rest, '\n', &line)) {
        PangoLayout *layout = layout_of(setter, &setter->text, line, width, PANGO_ALIGN_CENTER);

        paragraph_draw(setter, layout, x, setter->pitch, setter->text.size);
        g_object_unref(layout);
    }
    setter->y += 8;
}

/* --- ruled boxes --- */

struct box {
    PangoLayout *layout;
    double x, width;
    int lines;
};

struct box_row {
    struct box *boxes;
    size_t count;
    int lines; /* of the tallest box */
};

static double box_pitch(const struct setter *setter) { return setter->cell.size * (setter->form->dense ? 1.2 : 1.4); }
static double box_pad(const struct setter *setter) { return setter->form->dense ? PAD_DENSE : PAD_Y; }

static double rows_height(const struct setter *setter, int lines)
{
    double height = lines * box_pitch(setter) + 2 * box_pad(setter), least = setter->form->dense ? ROW_DENSE : ROW_LEAST;

    return height < least ? least : height;
}

/* Digits and letters without a blank: cut in two they would be misread. */
static bool is_number(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0x80 || text.at[i] == ' ')
            return false;
    return text.len > 0 && text.len <= 32;
}

/* In one line where that needs letters little smaller; of a number or an amount, smaller ones too. */
static PangoLayout *box_layout(struct setter *setter, struct slice text, double width, PangoAlignment align)
{
    PangoLayout *layout = layout_of(setter, &setter->cell, text, width, align);
    double least = is_number(text) ? 0.4 : 0.85, scale;
    struct face smaller = setter->cell;
    int needed;

    if (pango_layout_get_line_count(layout) == 1 || memchr(text.at, '\n', text.len))
        return layout;
    pango_layout_set_width(layout, -1);
    pango_layout_get_size(layout, &needed, NULL);
    scale = width * PANGO_SCALE / needed * 0.98;
    smaller.size *= scale < least ? 1 : scale;
    g_object_unref(layout);
    return layout_of(setter, &smaller, text, width, align);
}

static void box_set(struct setter *setter, struct box_row *row, double x, double width, struct slice text, PangoAlignment align)
{
    struct box *box = &row->boxes[row->count++];

    box->layout = box_layout(setter, text, width - 2 * PAD_X, align);
    box->x = x;
    box->width = width;
    box->lines = pango_layout_get_line_count(box->layout);
    row->lines = box->lines > row->lines ? box->lines : row->lines;
}

/* Lines `from` to `to` of each box, in the middle of the height where all of a box is there. */
static void row_draw(struct setter *setter, const struct box_row *row, int from, int to)
{
    double height = rows_height(setter, to - from), pitch = box_pitch(setter), top = setter->top + setter->y;

    for (size_t i = 0; i < row->count; i++) {
        const struct box *box = &row->boxes[i];
        int last = box->lines < to ? box->lines : to, shown = last > from ? last - from : 0;

        cairo_rectangle(setter->cairo, setter->left + box->x, top, box->width, height);
        cairo_stroke(setter->cairo);
        if (shown)
            lines_draw(setter, box->layout, from, last, setter->left + box->x + PAD_X, top + (height - shown * pitch) / 2,
                       pitch, setter->cell.size);
    }
    setter->y += height;
}

struct ruled {
    struct box_row *rows;
    size_t count, heads; /* the first `heads` are drawn again on each page */
};

static double ruled_height(const struct setter *setter, const struct ruled *ruled, size_t from, size_t to)
{
    double height = 0;

    for (size_t i = from; i < to && i < ruled->count; i++)
        height += rows_height(setter, ruled->rows[i].lines);
    return height;
}

static void heads_draw(struct setter *setter, const struct ruled *ruled)
{
    for (size_t i = 0; i < ruled->heads; i++)
        row_draw(setter, &ruled->rows[i], 0, ruled->rows[i].lines);
}

static void ruled_turn(struct setter *setter, const struct ruled *ruled)
{
    page_turn(setter);
    heads_draw(setter, ruled);
}

/* A row that is taller than what a page has room for goes on over the page. */
static void tall_row_draw(struct setter *setter, const struct ruled *ruled, const struct box_row *row)
{
    int done = 0;

    while (done < row->lines) {
        int fit = (int)((room(setter) - 2 * box_pad(setter)) / box_pitch(setter));

        if (fit < 1)
            fit = setter->y <= ruled_height(setter, ruled, 0, ruled->heads) ? 1 : 0;
        if (fit > row->lines - done)
            fit = row->lines - done;
        if (fit)
            row_draw(setter, row, done, done + fit);
        done += fit;
        if (done < row->lines)
            ruled_turn(setter, ruled);
    }
}

/* Neither a head nor a last row stands alone on a page. */
static void ruled_draw(struct setter *setter, const struct ruled *ruled)
{
    double heads = ruled_height(setter, ruled, 0, ruled->heads), page = setter->height - heads;

    setter->y += setter->y > 0 ? 4 : 0;
    page_need(setter, ruled_height(setter, ruled, 0, ruled->heads + 2));
    heads_draw(setter, ruled);
    for (size_t i = ruled->heads; i < ruled->count; i++) {
        double height = rows_height(setter, ruled->rows[i].lines), with_last = ruled_height(setter, ruled, i, i + 2);
        bool last_but_one = i + 2 == ruled->count && with_last <= page;

        if (height > page) {
            tall_row_draw(setter, ruled, &ruled->rows[i]);
            continue;
        }
        if (room(setter) < (last_but_one ? with_last : height))
            ruled_turn(setter, ruled);
        row_draw(setter, &ruled->rows[i], 0, ruled->rows[i].lines);
    }
    setter->y += 8;
}

static void ruled_free(struct ruled *ruled)
{
    for (size_t i = 0; i < ruled->count; i++)
        for (size_t b = 0; b < ruled->rows[i].count; b++)
            g_object_unref(ruled->rows[i].boxes[b].layout);
}

static struct box_row *ruled_row(struct setter *setter, struct ruled *ruled, size_t boxes)
{
    struct box_row *row = &ruled->rows[ruled->count++];

    row->boxes = arena_zero(setter->arena, boxes, sizeof *row->boxes);
    return row;
}

static struct slice value_text(const struct setter *setter, const struct paper_values *row, const char *name)
{
    const struct paper_value *value = name ? fill_find(setter->fill, row, slice_of(name)) : NULL;

    return value ? value->text : SLICE("");
}

static void pair_set(struct setter *setter, struct box_row *row, const struct paper_cell *cell, double x, double width)
{
    double label = setter->width * (setter->form->wide ? 0.12 : 0.2);

    box_set(setter, row, x, label, slice_of(paper_label(cell)), PANGO_ALIGN_CENTER);
    box_set(setter, row, x + label, width - label, value_text(setter, NULL, cell->name), PANGO_ALIGN_LEFT);
}

static void facts_draw(struct setter *setter, const struct paper_block *block)
{
    struct ruled ruled = {.rows = arena_zero(setter->arena, block->count, sizeof *ruled.rows)};

    for (size_t i = 0; i < block->count; i++) {
        const struct paper_cell *cells = block->cells;
        bool pair = !cells[i].width && i + 1 < block->count && !cells[i + 1].width;
        struct box_row *row = ruled_row(setter, &ruled, 4);

        pair_set(setter, row, &cells[i], 0, pair ? setter->width / 2 : setter->width);
        if (pair)
            pair_set(setter, row, &cells[++i], setter->width / 2, setter->width / 2);
    }
    ruled_draw(setter, &ruled);
    ruled_free(&ruled);
}

enum row_sort { ROW_HEAD, ROW_BODY, ROW_TOTAL };

static struct slice column_text(const struct setter *setter, const struct paper_cell *cell, const struct paper_values *values,
                                enum row_sort sort, bool first)
{
    if (sort == ROW_HEAD)
        return slice_of(paper_label(cell));
    if (sort == ROW_BODY)
        return value_text(setter, values, cell->name);
    return first && cell->total ? slice_of(cell->total) : value_text(setter, NULL, cell->total);
}

static void columns_set(struct setter *setter, struct ruled *ruled, const struct paper_block *block,
                        const struct paper_values *values, enum row_sort sort)
{
    struct box_row *row = ruled_row(setter, ruled, block->count);
    double x = 0;
    int sum = 0;

    for (size_t i = 0; i < block->count; i++)
        sum += block->cells[i].width;
    for (size_t i = 0; i < block->count; i++) {
        const struct paper_cell *cell = &block->cells[i];
        double width = setter->width * cell->width / sum;
        PangoAlignment align = sort == ROW_HEAD ? PANGO_ALIGN_CENTER : cell->money ? PANGO_ALIGN_RIGHT : cell->width <= 8 ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT;

        box_set(setter, row, x, width, column_text(setter, cell, values, sort, i == 0), align);
        x += width;
    }
}

static void table_draw(struct setter *setter, const struct paper_block *block)
{
    const struct paper_list *list = fill_list(setter->fill, slice_of(block->rows));
    size_t count = list ? list->count : 0;
    struct ruled ruled = {.rows = arena_zero(setter->arena, count + 2, sizeof *ruled.rows), .heads = 1};

    columns_set(setter, &ruled, block, NULL, ROW_HEAD);
    for (size_t i = 0; i < count; i++)
        columns_set(setter, &ruled, block, list->rows[i], ROW_BODY);
    if (block->cells[0].total)
        columns_set(setter, &ruled, block, NULL, ROW_TOTAL);
    ruled_draw(setter, &ruled);
    ruled_free(&ruled);
}

/* --- blocks --- */

static void block_draw(struct setter *setter, const struct paper_block *block)
{
    struct slice text = block->text ? paper_expand(block->text, setter->fill, NULL, setter->arena) : SLICE("");

    if (!paper_stands(block, setter->fill))
        return;
    switch (block->sort) {
    case PAPER_HEADING:
        heading_draw(setter, text);
        break;
    case PAPER_TEXT:
        text_draw(setter, &setter->text, text, setter->pitch, 2);
        break;
    case PAPER_FACTS:
    case PAPER_TABLE:
        if (text.len)
            heading_draw(setter, text);
        if (block->sort == PAPER_FACTS)
            facts_draw(setter, block);
        else
            table_draw(setter, block);
        break;
    case PAPER_NOTE:
        text_draw(setter, &setter->note, text, 13, 0);
        break;
    case PAPER_SIGN:
        sign_draw(setter, text);
        break;
    }
}

static void setter_open(struct setter *setter, const char *path)
{
    bool wide = setter->form->wide;

    setter->top = (wide ? 28 : 37) * MM;
    setter->left = (wide ? 36 : 28) * MM;
    setter->width = (wide ? 225 : 156) * MM;
    setter->height = (wide ? 156 : 225) * MM;
    setter->surface = cairo_pdf_surface_create(path, wide ? PAGE_LONG : PAGE_SHORT, wide ? PAGE_SHORT : PAGE_LONG);
    cairo_pdf_surface_set_metadata(setter->surface, CAIRO_PDF_METADATA_TITLE, setter->form->title);
    setter->cairo = cairo_create(setter->surface);
    cairo_set_line_width(setter->cairo, RULE);
    setter->map = pango_cairo_font_map_new();
    setter->context = pango_font_map_create_context(setter->map);
    pango_context_set_language(setter->context, pango_language_from_string("zh-cn"));
    pango_cairo_context_set_resolution(setter->context, 72);
    pango_context_set_round_glyph_positions(setter->context, FALSE); /* paper has no pixels */
    setter->page = 1;
    faces_choose(setter);
}

static bool setter_close(struct setter *setter, struct err *err)
{
    cairo_status_t status;

    folio_draw(setter);
    errno = 0;
    cairo_destroy(setter->cairo);
    cairo_surface_finish(setter->surface);
    status = cairo_surface_status(setter->surface);
    cairo_surface_destroy(setter->surface);
    g_object_unref(setter->context);
    g_object_unref(setter->map);
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    if (errno == ENOSPC)
        return err_set(err, ERR_FULL, "磁盘已满，文件没有写完") || err_hint(err, "请腾出空间后再取");
    return err_set(err, ERR_IO, "写 PDF 时出错：%.80s", cairo_status_to_string(status)) || err_hint(err, "请检查数据目录是否可写，再取一次");
}

bool paper_pdf(const struct paper_form *form, const struct paper_fill *fill, const char *path, struct err *err)
{
    struct arena arena;
    struct setter setter = {.form = form, .fill = fill, .arena = &arena};
    bool ok;

    arena_init(&arena);
    setter_open(&setter, path);
    qr_draw(&setter);
    title_draw(&setter);
    for (size_t i = 0; i < form->count; i++)
        block_draw(&setter, &form->blocks[i]);
    ok = setter_close(&setter, err);
    arena_release(&arena);
    return ok;
}
