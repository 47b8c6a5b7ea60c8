#include "paper/places.h"

#include <assert.h>
#include <expat.h>

enum { NEST_MOST = 64, NONE = -1 };

/* <w:t>…</w:t>: its bytes in the part, what it says, where it stands. */
struct run {
    size_t start, end;
    struct slice said;
    int paragraph, row; /* indexes; NONE */
};

struct span {
    size_t start, end;
};

enum place_sort { PLACE_VALUE, PLACE_OPEN, PLACE_CLOSE };

/* One {{…}}: from a character of one run to a character of the same or a later one. */
struct place {
    enum place_sort sort;
    struct slice name;
    size_t run, from, last_run, to;
};

/* What is repeated, and what is left out around it (paragraphs that hold a mark and nothing else). */
struct section {
    const struct place *open;
    struct span all, repeated;
};

#define GROWING(type, name)                                                                                                  \
    struct name {                                                                                                            \
        type *list;                                                                                                          \
        size_t count, room;                                                                                                  \
    }

struct part_places {
    const char *part;
    struct slice xml;
    const struct paper_form *form;
    const struct paper_fill *fill;
    struct arena arena;
    GROWING(struct run, runs) runs;
    GROWING(struct span, spans) paragraphs, rows;
    GROWING(struct place, places) places;
    GROWING(struct section, sections) sections;
    /* while it is read */
    XML_Parser parser;
    int open_paragraphs[NEST_MOST], open_rows[NEST_MOST], paragraph_depth, row_depth;
    bool in_run, bad;
    struct text said;
};

/* Makes room for one more in a list of the arena. */
static void *grown(struct arena *arena, void *list, size_t count, size_t *room, size_t size)
{
    void *larger;

    if (count < *room)
        return list;
    *room = *room ? *room * 2 : 32;
    larger = arena_zero(arena, *room, size);
    if (count)
        memcpy(larger, list, count * size);
    return larger;
}

#define ADD(all, name)                                                                                                       \
    ((all)->name.list = grown(&(all)->arena, (all)->name.list, (all)->name.count, &(all)->name.room, sizeof *(all)->name.list), \
     &(all)->name.list[(all)->name.count++])

/* --- reading the part --- */

static size_t here(const struct part_places *all)
{
    return (size_t)XML_GetCurrentByteIndex(all->parser);
}

static size_t behind(const struct part_places *all)
{
    return here(all) + (size_t)XML_GetCurrentByteCount(all->parser);
}

static void span_open(struct part_places *all, int *stack, int *depth, size_t index)
{
    if (*depth == NEST_MOST)
        all->bad = true;
    else
        stack[(*depth)++] = (int)index;
}

static void XMLCALL on_open(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct part_places *all = arg;

    (void)attributes;
    if (strcmp(name, "w:p") == 0) {
        span_open(all, all->open_paragraphs, &all->paragraph_depth, all->paragraphs.count);
        ADD(all, paragraphs)->start = here(all);
    } else if (strcmp(name, "w:tr") == 0) {
        span_open(all, all->open_rows, &all->row_depth, all->rows.count);
        ADD(all, rows)->start = here(all);
    } else if (strcmp(name, "w:t") == 0 && all->paragraph_depth > 0) {
        struct run *run = ADD(all, runs);

        *run = (struct run){.start = here(all), .paragraph = all->open_paragraphs[all->paragraph_depth - 1],
                            .row = all->row_depth ? all->open_rows[all->row_depth - 1] : NONE};
        all->in_run = true;
        text_clear(&all->said);
    }
}

static void XMLCALL on_close(void *arg, const XML_Char *name)
{
    struct part_places *all = arg;

    if (strcmp(name, "w:p") == 0 && all->paragraph_depth > 0) {
        all->paragraphs.list[all->open_paragraphs[--all->paragraph_depth]].end = behind(all);
    } else if (strcmp(name, "w:tr") == 0 && all->row_depth > 0) {
        all->rows.list[all->open_rows[--all->row_depth]].end = behind(all);
    } else if (strcmp(name, "w:t") == 0 && all->in_run) {
        struct run *run = &all->runs.list[all->runs.count - 1];

        run->end = behind(all);
        run->said = arena_copy(&all->arena, text_slice(&all->said));
        all->in_run = false;
    }
}

static void XMLCALL on_text(void *arg, const XML_Char *text, int len)
{
    struct part_places *all = arg;

    if (all->in_run)
        text_add(&all->said, text, (size_t)len);
}

/* Word writes none; entities of one's own are refused with it. */
static void XMLCALL on_doctype(void *arg, const XML_Char *name, const XML_Char *system, const XML_Char *public, int inside)
{
    struct part_places *all = arg;

    (void)name, (void)system, (void)public, (void)inside;
    all->bad = true;
    XML_StopParser(all->parser, XML_FALSE);
}

static bool part_parse(struct part_places *all, struct err *err)
{
    bool ok;

    all->parser = XML_ParserCreate("UTF-8");
    assert(all->parser);
    XML_SetUserData(all->parser, all);
    XML_SetElementHandler(all->parser, on_open, on_close);
    XML_SetCharacterDataHandler(all->parser, on_text);
    XML_SetStartDoctypeDeclHandler(all->parser, on_doctype);
    ok = XML_Parse(all->parser, all->xml.at, (int)all->xml.len, 1) == XML_STATUS_OK && !all->bad;
    XML_ParserFree(all->parser);
    if (ok)
        return true;
    err_set(err, ERR_INVALID, "模板的 %.60s 不是完好的 Word 正文", all->part);
    return err_hint(err, "请在 Word 或 WPS 里打开，另存为 .docx 后再换上");
}

/* --- finding places --- */

/* A brace, plain or full-width, at a character of a text: its length; 0: none. */
static size_t brace(struct slice text, size_t at, char plain, const char *wide)
{
    if (at < text.len && text.at[at] == plain)
        return 1;
    return text.len - at >= 3 && memcmp(text.at + at, wide, 3) == 0 ? 3 : 0;
}

static size_t braces(struct slice text, size_t at, char plain, const char *wide)
{
    size_t first = at < text.len ? brace(text, at, plain, wide) : 0, second = first && at + first < text.len ? brace(text, at + first, plain, wide) : 0;

    return second ? first + second : 0;
}

/* "#名单", "／名单" or "名单" */
static void place_name(struct place *place, struct slice inner)
{
    static const struct {
        const char *mark;
        enum place_sort sort;
    } marks[] = {{"#", PLACE_OPEN}, {"＃", PLACE_OPEN}, {"/", PLACE_CLOSE}, {"／", PLACE_CLOSE}};

    inner = slice_trim(inner);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t len = strlen(marks[i].mark);

        if (inner.len > len && memcmp(inner.at, marks[i].mark, len) == 0) {
            place->sort = marks[i].sort;
            inner = (struct slice){inner.at + len, inner.len - len};
            break;
        }
    }
    place->name = slice_trim(inner);
}

/* Where a character of the paragraph's whole text lies: the run among `runs`, and the character in it. */
static void locate(const struct part_places *all, const size_t *runs, size_t count, size_t at, bool is_end, size_t *run, size_t *in)
{
    size_t i = 0;

    while (i + 1 < count && (is_end ? at > all->runs.list[runs[i]].said.len : at >= all->runs.list[runs[i]].said.len))
        at -= all->runs.list[runs[i++]].said.len;
    *run = runs[i];
    *in = at;
}

static void paragraph_places(struct part_places *all, const size_t *runs, size_t count)
{
    struct slice whole;
    size_t open = 0, mark, close, end;

    text_clear(&all->said);
    for (size_t i = 0; i < count; i++)
        text_add_slice(&all->said, all->runs.list[runs[i]].said);
    whole = arena_copy(&all->arena, text_slice(&all->said));
    while (open < whole.len) {
        struct place *place;

        if (!(mark = braces(whole, open, '{', "｛"))) {
            open++;
            continue;
        }
        for (close = open + mark; close < whole.len && !(end = braces(whole, close, '}', "｝")); close++)
            ;
        if (close >= whole.len)
            return;
        place = ADD(all, places);
        *place = (struct place){.sort = PLACE_VALUE};
        place_name(place, (struct slice){whole.at + open + mark, close - open - mark});
        locate(all, runs, count, open, false, &place->run, &place->from);
        locate(all, runs, count, close + end, true, &place->last_run, &place->to);
        open = close + end;
    }
}

/* Paragraphs in text boxes lie within others: the runs of each are taken by themselves. */
static void places_find(struct part_places *all)
{
    size_t *runs = arena_alloc(&all->arena, (all->runs.count + 1) * sizeof *runs);

    for (size_t p = 0; p < all->paragraphs.count; p++) {
        size_t count = 0;

        for (size_t r = 0; r < all->runs.count; r++)
            if (all->runs.list[r].paragraph == (int)p)
                runs[count++] = r;
        if (count)
            paragraph_places(all, runs, count);
    }
}

/* --- names --- */

static bool pattern_has(const char *pattern, struct slice name)
{
    const char *at = pattern;

    while (at && (at = strstr(at, "{{")) != NULL) {
        at += 2;
        if (strncmp(at, name.at, name.len) == 0 && strncmp(at + name.len, "}}", 2) == 0)
            return true;
    }
    return false;
}

static bool named(struct slice name, const char *known)
{
    return known && slice_is(name, known);
}

static bool block_knows(const struct paper_block *block, struct slice name)
{
    if (named(name, block->rows) || named(name, block->when) || pattern_has(block->text, name))
        return true;
    for (size_t i = 0; i < block->count; i++)
        if (named(name, block->cells[i].name) || (i && named(name, block->cells[i].total)))
            return true;
    return false;
}

static bool is_known(const struct part_places *all, struct slice name)
{
    if (fill_find(all->fill, NULL, name) || fill_list(all->fill, name))
        return true;
    for (size_t i = 0; i < all->form->count; i++)
        if (block_knows(&all->form->blocks[i], name))
            return true;
    return false;
}

static bool names_known(const struct part_places *all, struct err *err)
{
    for (size_t i = 0; i < all->places.count; i++) {
        struct slice name = all->places.list[i].name;

        if (is_known(all, name))
            continue;
        err_set(err, ERR_INVALID, "模板里的 {{%.*s}} 不认得", (int)(name.len < 90 ? name.len : 90), name.at);
        return err_hint(err, "能用的名字见 docs/papers.md；改正模板，或删去它改用自带的模板");
    }
    return true;
}

/* --- sections --- */

static bool section_wrong(struct err *err, const struct place *place, const char *why)
{
    err_set(err, ERR_INVALID, "模板里的 {{#%.*s}} %s", (int)(place->name.len < 90 ? place->name.len : 90), place->name.at, why);
    return err_hint(err, "开头 {{#名单}} 与结尾 {{/名单}} 成对，写在表格的同一行里，或者各自所在的段落都在表格外");
}

/* The paragraph holds this mark and nothing else. */
static bool stands_alone(const struct part_places *all, const struct place *place)
{
    int paragraph = all->runs.list[place->run].paragraph;

    for (size_t r = 0; r < all->runs.count; r++) {
        struct slice said = all->runs.list[r].said;

        if (all->runs.list[r].paragraph != paragraph)
            continue;
        if (r < place->run || r > place->last_run ? slice_trim(said).len > 0
            : (r == place->run && slice_trim((struct slice){said.at, place->from}).len > 0)
                  || (r == place->last_run && slice_trim((struct slice){said.at + place->to, said.len - place->to}).len > 0))
            return false;
    }
    return true;
}

static bool section_span(const struct part_places *all, const struct place *open, const struct place *close,
                         struct section *section, struct err *err)
{
    const struct run *first = &all->runs.list[open->run], *last = &all->runs.list[close->run];
    const struct span *from, *to;

    if ((first->row == NONE) != (last->row == NONE))
        return section_wrong(err, open, N_("的开头和结尾一个在表格里、一个在表格外"));
    from = first->row != NONE ? &all->rows.list[first->row] : &all->paragraphs.list[first->paragraph];
    to = first->row != NONE ? &all->rows.list[last->row] : &all->paragraphs.list[last->paragraph];
    section->open = open;
    section->all = section->repeated = (struct span){from->start, to->end};
    if (first->row == NONE && from != to) {
        section->repeated.start = stands_alone(all, open) ? from->end : from->start;
        section->repeated.end = stands_alone(all, close) ? to->start : to->end;
    }
    return true;
}

static bool sections_find(struct part_places *all, struct err *err)
{
    const struct place *open = NULL;

    for (size_t i = 0; i < all->places.count; i++) {
        const struct place *place = &all->places.list[i];
        struct section *section;

        if (place->sort == PLACE_OPEN && open)
            return section_wrong(err, place, N_("写在另一节里面，或者前一节没有结尾"));
        if (place->sort == PLACE_CLOSE && (!open || !slice_same(open->name, place->name)))
            return section_wrong(err, place, N_("有结尾，没有开头"));
        if (place->sort == PLACE_OPEN)
            open = place;
        if (place->sort != PLACE_CLOSE)
            continue;
        section = ADD(all, sections);
        if (!section_span(all, open, place, section, err))
            return false;
        if (section > all->sections.list && section->all.start < section[-1].all.end)
            return section_wrong(err, place, N_("和前一节挤在同一行或同一段里"));
        open = NULL;
    }
    return !open || section_wrong(err, open, N_("没有结尾"));
}

/* --- writing --- */

void places_escape(struct text *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c == '\n')
            text_puts(out, "</w:t><w:br/><w:t xml:space=\"preserve\">");
        else if (c == '&' || c == '<' || c == '>')
            text_puts(out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
        else if (c == 0xEF && text.len - i >= 3 && (memcmp(text.at + i, "\xEF\xBF\xBE", 3) == 0 || memcmp(text.at + i, "\xEF\xBF\xBF", 3) == 0))
            i += 2; /* U+FFFE, U+FFFF */
        else if (c == '\t' || c >= ' ')
            text_putc(out, (char)c);
    }
}

/* A run with the values in its places; what lies in a place of several runs is in the first of them. */
static void run_write(const struct part_places *all, size_t index, const struct paper_values *row, struct text *out)
{
    const struct run *run = &all->runs.list[index];
    size_t done = 0;
    bool touched = false;

    for (size_t i = 0; i < all->places.count; i++) {
        const struct place *place = &all->places.list[i];
        const struct paper_value *value;
        size_t end = place->last_run == index ? place->to : run->said.len;

        if (all->runs.list[place->run].paragraph != run->paragraph || place->run > index || place->last_run < index)
            continue;
        if (!touched)
            text_puts(out, "<w:t xml:space=\"preserve\">");
        touched = true;
        if (place->run == index) {
            places_escape(out, (struct slice){run->said.at + done, place->from - done});
            value = place->sort == PLACE_VALUE ? fill_find(all->fill, row, place->name) : NULL;
            if (value)
                places_escape(out, value->text);
        }
        done = end;
    }
    if (!touched) {
        text_add(out, all->xml.at + run->start, run->end - run->start);
        return;
    }
    places_escape(out, (struct slice){run->said.at + done, run->said.len - done});
    text_puts(out, "</w:t>");
}

static void span_write(const struct part_places *all, struct span span, const struct paper_values *row, struct text *out)
{
    size_t done = span.start;

    for (size_t r = 0; r < all->runs.count; r++) {
        const struct run *run = &all->runs.list[r];

        if (run->start < span.start || run->end > span.end)
            continue;
        text_add(out, all->xml.at + done, run->start - done);
        run_write(all, r, row, out);
        done = run->end;
    }
    text_add(out, all->xml.at + done, span.end - done);
}

static void section_write(const struct part_places *all, const struct section *section, struct text *out)
{
    const struct paper_list *list = fill_list(all->fill, section->open->name);
    const struct paper_value *value = fill_find(all->fill, NULL, section->open->name);

    for (size_t i = 0; list && i < list->count; i++)
        span_write(all, section->repeated, list->rows[i], out);
    if (!list && value && value->text.len > 0)
        span_write(all, section->repeated, NULL, out);
}

static void part_write(const struct part_places *all, struct text *out)
{
    size_t done = 0;

    for (size_t i = 0; i < all->sections.count; i++) {
        const struct section *section = &all->sections.list[i];

        span_write(all, (struct span){done, section->all.start}, NULL, out);
        section_write(all, section, out);
        done = section->all.end;
    }
    span_write(all, (struct span){done, all->xml.len}, NULL, out);
}

bool places_fill(const char *part, struct slice xml, const struct paper_form *form, const struct paper_fill *fill,
                 struct text *out, struct err *err)
{
    struct part_places all = {.part = part, .xml = xml, .form = form, .fill = fill};
    bool ok;

    arena_init(&all.arena);
    text_init(&all.said);
    ok = part_parse(&all, err);
    if (ok)
        places_find(&all);
    ok = ok && names_known(&all, err) && sections_find(&all, err);
    if (ok)
        part_write(&all, out);
    text_release(&all.said);
    arena_release(&all.arena);
    return ok;
}
