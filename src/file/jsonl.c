#include "file/jsonl.h"

#include "base/utf8.h"

void jsonl_init(struct jsonl *jsonl)
{
    memset(jsonl, 0, sizeof *jsonl);
    jsonl->line = 1;
    text_init(&jsonl->text);
}

void jsonl_release(struct jsonl *jsonl)
{
    text_release(&jsonl->text);
}

static void line_begin(struct jsonl *jsonl)
{
    text_clear(&jsonl->text);
    jsonl->mute = false;
    jsonl->row_line = jsonl->line;
    err_clear(&jsonl->flaw);
}

static void line_add(struct jsonl *jsonl, struct slice part)
{
    if (jsonl->mute)
        return;
    if (jsonl->text.len + part.len <= JSONL_LINE_MOST) {
        text_add_slice(&jsonl->text, part);
        return;
    }
    jsonl->mute = true;
    text_clear(&jsonl->text);
    err_set(&jsonl->flaw, ERR_TOO_LARGE, "第 %ld 行超过 16 MiB", jsonl->line);
    err_hint(&jsonl->flaw, "一行放一条记录；长文请放进附件");
}

static void line_bad(struct jsonl *jsonl, struct slice bytes)
{
    char hex[16] = "";
    size_t used = 0;

    if (jsonl->flaw.code != ERR_NONE)
        return;
    for (size_t i = 0; i < bytes.len && i < 4; i++)
        used += (size_t)snprintf(hex + used, sizeof hex - used, i ? " %02X" : "%02X", (unsigned char)bytes.at[i]);
    err_set(&jsonl->flaw, ERR_INVALID, "第 %ld 行第 %zu 个字符处有不属于 UTF-8 编码的字节：%s", jsonl->line,
            utf8_count(text_slice(&jsonl->text)) + 1, hex);
    err_hint(&jsonl->flaw, "JSON Lines 文件必须是 UTF-8 编码");
}

/* Takes from *rest up to the line's end; true when the line is whole. */
static bool line_take(struct jsonl *jsonl, struct slice *rest)
{
    const char *end = memchr(rest->at, '\n', rest->len);
    size_t len = end ? (size_t)(end - rest->at) : rest->len;

    line_add(jsonl, (struct slice){rest->at, len});
    rest->at += len + (end != NULL);
    rest->len -= len + (end != NULL);
    jsonl->line += end != NULL;
    return end != NULL;
}

static bool line_is_blank(const struct jsonl *jsonl)
{
    return jsonl->flaw.code == ERR_NONE && slice_trim(text_slice(&jsonl->text)).len == 0;
}

/* One line, blank or not; the end of the source ends the last line too. */
static enum jsonl_step line_read(struct jsonl *jsonl, struct source *source, struct slice *rest, struct err *err)
{
    struct slice piece;

    line_begin(jsonl);
    for (;;) {
        if (rest->len > 0 && line_take(jsonl, rest))
            return JSONL_LINE;
        switch (source_step(source, &piece, err)) {
        case SOURCE_TEXT:
            *rest = piece;
            break;
        case SOURCE_BAD:
            line_bad(jsonl, piece);
            break;
        case SOURCE_END:
            return JSONL_END;
        case SOURCE_FAILED:
            return JSONL_FAILED;
        }
    }
}

enum jsonl_step jsonl_next(struct jsonl *jsonl, struct source *source, struct slice *rest, struct err *err)
{
    enum jsonl_step step;

    do
        step = line_read(jsonl, source, rest, err);
    while (step == JSONL_LINE && line_is_blank(jsonl));
    if (step == JSONL_END && !line_is_blank(jsonl))
        step = JSONL_LINE;
    if (jsonl->flaw.code != ERR_NONE)
        err_line(&jsonl->flaw, jsonl->row_line);
    return step;
}

json_t *jsonl_object(const struct jsonl *jsonl, struct err *err)
{
    struct slice text = slice_trim(text_slice(&jsonl->text));

    if (jsonl->flaw.code != ERR_NONE) {
        *err = jsonl->flaw;
        return NULL;
    }
    if (text.at[0] != '{') {
        err_set(err, ERR_INVALID, "第 %ld 行不是一个 JSON 对象", jsonl->row_line);
        err_hint(err, "每行写一个对象，如 {\"title\":\"…\"}");
        err_line(err, jsonl->row_line);
        return NULL;
    }
    return json_read_line(text, jsonl->row_line, err);
}

/* ---- cells ------------------------------------------------------------------------------- */

/*
 * Number literals of valid JSON text in order. The parser keeps numbers as machine numbers; the text that people
 * wrote (1.10, 0012345678901234 in 17 digits) is what a cell must hold.
 */
static struct slice number_cut(struct slice *text)
{
    struct slice number = {text->at, 0};
    bool quoted = false;

    for (; text->len > 0; text->at++, text->len--) {
        char c = *text->at;

        if (quoted && c == '\\') {
            text->at++;
            text->len--;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '-' || (c >= '0' && c <= '9'))) {
            break;
        }
    }
    number.at = text->at;
    while (text->len > 0 && *text->at && strchr("+-.eE0123456789", *text->at)) {
        text->at++;
        text->len--;
    }
    number.len = (size_t)(text->at - number.at);
    return number;
}

static bool scalar_add(const json_t *value, struct slice *numbers, struct text *cell)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        text_add(cell, json_string_value(value), json_string_length(value));
        return true;
    case JSON_INTEGER:
    case JSON_REAL:
        text_add_slice(cell, number_cut(numbers));
        return true;
    case JSON_TRUE:
        text_puts(cell, "true");
        return true;
    case JSON_FALSE:
        text_puts(cell, "false");
        return true;
    case JSON_NULL:
        return true;
    default:
        return false;
    }
}

static bool value_add(const json_t *value, struct slice *numbers, struct text *cell)
{
    if (!json_is_array(value))
        return scalar_add(value, numbers, cell);
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (i > 0)
            text_putc(cell, '\n');
        if (!scalar_add(json_array_get(value, i), numbers, cell))
            return false;
    }
    if (json_array_size(value) > 0)
        text_putc(cell, '\n'); /* each line is an item, whatever marks stand in it */
    return true;
}

static size_t name_index(const struct slice *names, size_t count, struct slice name, size_t guess)
{
    if (guess < count && slice_same(names[guess], name))
        return guess;
    for (size_t i = 0; i < count; i++)
        if (slice_same(names[i], name))
            return i;
    return count;
}

static bool member_refused(struct err *err, long line, const char *name, const char *why, const char *hint)
{
    err_set(err, ERR_INVALID, "第 %ld 行的成员“%.60s”%s", line, name, why);
    err_hint(err, "%s", hint);
    err_field(err, name);
    return err_line(err, line);
}

/* One member into its cell; *next is where the coming member is expected, as rows mostly keep one order. */
static bool member_take(const struct jsonl *jsonl, const char *name, const json_t *value, struct slice *numbers,
                        const struct slice *names, size_t count, size_t *next, struct text *cell, struct err *err)
{
    *next = name_index(names, count, slice_of(name), *next);
    text_clear(cell);
    if (!value_add(value, numbers, cell))
        return member_refused(err, jsonl->row_line, name, N_("里还有一层对象或数组"), N_("请展开成单独的成员"));
    if (*next == count)
        return member_refused(err, jsonl->row_line, name, N_("在前 100 行里没有出现过"), N_("请让第一行写出全部成员"));
    if (cell->len > JSONL_CELL_MOST)
        return member_refused(err, jsonl->row_line, name, N_("的内容超过 1 MiB"), N_("请把长文放进附件"));
    return true;
}

bool jsonl_cells(const struct jsonl *jsonl, const json_t *object, const struct slice *names, size_t count,
                 struct arena *arena, struct slice *cells, struct err *err)
{
    struct slice numbers = text_slice(&jsonl->text);
    struct text cell;
    const char *name;
    json_t *value;
    size_t next = 0;
    bool done = true;

    text_init(&cell);
    for (size_t i = 0; i < count; i++)
        cells[i] = SLICE("");
    json_object_foreach ((json_t *)object, name, value) {
        done = member_take(jsonl, name, value, &numbers, names, count, &next, &cell, err);
        if (!done)
            break;
        cells[next++] = arena_copy(arena, text_slice(&cell));
    }
    text_release(&cell);
    return done;
}
