#include "base/text.h"
#include "base/utf8.h"
#include "record/extract_int.h"

enum { VALUE_LINES_MOST = 60, HEADING_CHARS = 24, CELLS_MOST = 64 };

static size_t skip_any(struct slice text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_starts(text, parts[i]))
            return strlen(parts[i]);
    return 0;
}

static struct slice spaces_skip(struct slice text)
{
    static const char *const spaces[] = {" ", "\u3000", "\u00A0", "\u2002", "\u2003"};
    size_t n;

    while ((n = skip_any(text, spaces, sizeof spaces / sizeof *spaces)) > 0)
        text = text_from(text, n);
    return text;
}

/* "一、", "（二）", "1.", "1、", "(54)", "[57]", "【", "★", "*", "•" */
static struct slice numbering_skip(struct slice text, bool *numbered)
{
    static const char *const opens[] = {"(", "（", "[", "【", "<"}, *const closes[] = {")", "）", "]", "】", ">", "、", ".", "．"},
                      *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "一", "二", "三", "四", "五", "六",
                                         "七", "八", "九", "十"},
                      *const bullets[] = {"★", "*", "•", "●", "■", "·", "-"};
    struct slice rest = spaces_skip(text);
    size_t n, count = 0;

    *numbered = false;
    rest = text_from(rest, skip_any(rest, bullets, sizeof bullets / sizeof *bullets));
    rest = spaces_skip(rest);
    text = rest;
    rest = text_from(rest, skip_any(rest, opens, sizeof opens / sizeof *opens));
    if (rest.at > text.at)
        text = rest; /* a bracket alone, as in 【摘要】, may open a label */
    while (count < 3 && (n = skip_any(rest, digits, sizeof digits / sizeof *digits)) > 0) {
        rest = text_from(rest, n);
        count++;
    }
    n = skip_any(rest, closes, sizeof closes / sizeof *closes);
    if (count == 0 || n == 0)
        return text;
    *numbered = true;
    return spaces_skip(text_from(rest, n));
}

/* Letter by letter, spaces in the text passed over; ASCII without case. The text behind the label, or {NULL}. */
static struct slice label_follow(struct slice text, const char *label, size_t label_len)
{
    if (text.len < label_len || ((unsigned char)*label >= 0x80 && *label != *text.at))
        return (struct slice){NULL, 0};
    for (size_t i = 0; i < label_len; i++) {
        char a, b = label[i];

        if (i > 0 && ((unsigned char)b >= 0xC0 || b == ' '))
            text = spaces_skip(text);
        if (b == ' ')
            continue;
        if (text.len == 0)
            return (struct slice){NULL, 0};
        a = *text.at;
        if (a >= 'A' && a <= 'Z')
            a = (char)(a - 'A' + 'a');
        if (b >= 'A' && b <= 'Z')
            b = (char)(b - 'A' + 'a');
        if (a != b)
            return (struct slice){NULL, 0};
        text = text_from(text, 1);
    }
    return text;
}

/* "（必填）", "(万元)" behind a label. */
static struct slice remark_skip(struct slice text)
{
    struct slice rest = spaces_skip(text);
    bool wide = text_starts(rest, "（");
    long end;

    if (!wide && !text_starts(rest, "("))
        return text;
    end = text_find(rest, wide ? "）" : ")");
    return end > 0 && end < 60 ? text_from(rest, (size_t)end + (wide ? 3 : 1)) : text;
}

/* Where the words of a line begin; looked for once a line, as every label is tried there. */
struct start {
    struct slice words;
    bool numbered;
};

static struct start line_start(struct slice line)
{
    struct start start;

    start.words = numbering_skip(line, &start.numbered);
    return start;
}

static bool label_at(const struct start *start, struct slice label, bool loose, struct slice *value)
{
    static const char *const marks[] = {"：", ":", "\t", "]", "】", "—", "\u2028"};
    struct slice rest = label_follow(start->words, label.at, label.len), behind;
    size_t mark;

    if (!rest.at)
        return false;
    rest = remark_skip(rest);
    behind = spaces_skip(rest);
    mark = skip_any(behind, marks, sizeof marks / sizeof *marks);
    if (mark == 0 && behind.len > 0 && !((loose || start->numbered) && behind.at > rest.at))
        return false;
    while (mark > 0) { /* "】：" and the like */
        behind = spaces_skip(text_from(behind, mark));
        mark = skip_any(behind, marks, sizeof marks / sizeof *marks);
    }
    *value = slice_trim(behind);
    return true;
}

bool label_match(struct slice line, const char *label, size_t label_len, bool loose, struct slice *value)
{
    struct start start = line_start(line);

    return label_at(&start, (struct slice){label, label_len}, loose, value);
}

/* ---- the labels of a field --------------------------------------------------------------- */

/* Length of the field's longest label that the line begins with, 0 if none. */
static size_t field_match(const struct field *field, const struct start *start, struct slice *value)
{
    struct slice names[2] = {slice_of(field->label), slice_of(field->headers ? field->headers : "")}, name, rest;
    size_t best = 0;

    for (size_t i = 0; i < 2; i++) {
        rest = names[i];
        while (slice_cut(&rest, '|', &name)) {
            struct slice found;

            if (name.len > best && label_at(start, name, false, &found)) {
                best = name.len;
                *value = found;
            }
        }
    }
    return best;
}

static int line_field(const struct extract *extract, struct slice line, struct slice *value)
{
    struct start start = line_start(line);
    size_t best = 0, len;
    int field = -1;

    for (size_t i = 0; i < extract->kind->count; i++) {
        struct slice found;

        len = field_match(&extract->kind->fields[i], &start, &found);
        if (len > best) {
            best = len;
            field = (int)i;
            *value = found;
        }
    }
    return field;
}

/* ---- where a value ends ------------------------------------------------------------------ */

/* A label that is none of ours ("填表人："), or a short numbered line without an end mark ("二、技术路线"). */
static bool is_heading(struct slice line)
{
    static const char *const ends[] = {"权利要求书", "说明书", "附件", "参考文献", "引言", "References", "Introduction"};
    static const char *const marks[] = {"。", "，", "；", ",", ";"};
    bool numbered;
    struct slice rest = numbering_skip(line, &numbered), label;
    long colon = text_find(line, "：");

    if (skip_any(rest, ends, sizeof ends / sizeof *ends) > 0)
        return true;
    label = (struct slice){line.at, colon > 0 ? (size_t)colon : 0};
    if (colon > 0 && utf8_count(label) <= 10 && !text_holds_any(label, marks, sizeof marks / sizeof *marks))
        return true;
    return numbered && utf8_count(rest) <= HEADING_CHARS && !text_holds_any(rest, marks, sizeof marks / sizeof *marks);
}

bool label_ends_value(const struct extract *extract, struct slice line)
{
    struct slice ignored;

    return line_field(extract, line, &ignored) >= 0 || is_heading(line) || text_find(line, "\t") >= 0;
}

struct slice value_collect(const struct extract *extract, size_t index, struct slice first)
{
    struct text value;
    struct slice copy;

    text_init(&value);
    text_add_slice(&value, first);
    for (size_t i = index + 1; i < extract->count && i <= index + VALUE_LINES_MOST; i++) {
        if (label_ends_value(extract, extract->lines[i].text))
            break;
        if (value.len > 0)
            text_putc(&value, '\n');
        text_add_slice(&value, extract->lines[i].text);
    }
    copy = arena_copy(extract->arena, text_slice(&value));
    text_release(&value);
    return copy;
}

/* ---- going through the document ---------------------------------------------------------- */

static bool takes_many_lines(const struct field *field)
{
    return field->type == FIELD_PROSE || field->type == FIELD_RIGHTS;
}

/* A label of its own line, or one with a colon: the value may go on below. */
static void paragraph_take(struct extract *extract, size_t index)
{
    const struct extract_line *line = &extract->lines[index], *quoted;
    struct slice value;
    int field = line_field(extract, line->text, &value);
    bool below;

    if (field < 0 || extract_has(extract, field))
        return;
    below = index + 1 < extract->count && !label_ends_value(extract, extract->lines[index + 1].text);
    quoted = value.len == 0 && below ? line + 1 : line;
    if (takes_many_lines(&extract->kind->fields[field]))
        value = value_collect(extract, index, value);
    else if (value.len == 0 && below)
        value = quoted->text;
    extract_suggest(extract, field, value, quoted->text, quoted->page);
}

/* Cells in pairs: label, value, label, value. */
static void row_take(struct extract *extract, const struct extract_line *line)
{
    struct slice rest = line->text, cell, value, ignored;
    int field = -1, cells = 0;

    while (cells++ < CELLS_MOST && slice_cut(&rest, '\t', &cell)) {
        if (field >= 0 && (line_field(extract, cell, &ignored) < 0 || ignored.len > 0)) {
            extract_suggest(extract, field, cell, line->text, line->page);
            field = -1;
            continue;
        }
        field = line_field(extract, cell, &value);
        if (field >= 0 && value.len > 0) { /* "预算：200万元" in one cell */
            extract_suggest(extract, field, value, cell, line->page);
            field = -1;
        }
    }
}

void extract_labels(struct extract *extract)
{
    for (size_t i = 0; i < extract->count; i++)
        if (text_find(extract->lines[i].text, "\t") >= 0)
            row_take(extract, &extract->lines[i]);
        else
            paragraph_take(extract, i);
}
