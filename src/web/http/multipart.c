/*
 * multipart/form-data, RFC 7578, over a body that is whole in memory. Values stay where they are. A part without a
 * name, a delimiter out of place or a body cut short is refused rather than guessed at.
 */
#include "base/utf8.h"
#include "web/http/form_int.h"
#include "web/http/head_int.h"

enum { BOUNDARY_MOST = 70, PART_HEAD_MOST = 8192, PART_FIELDS_MOST = 16, FILENAME_MOST = 255 };

/* --- parameters of a header value --- */

static struct slice skip_blank(struct slice text)
{
    while (text.len && (text.at[0] == ' ' || text.at[0] == '\t' || text.at[0] == ';')) {
        text.at++;
        text.len--;
    }
    return text;
}

static char drop(struct slice *text)
{
    char c = text->at[0];

    text->at++;
    text->len--;
    return c;
}

/* Only \" and \\ are escapes: browsers send a Windows path's other backslashes bare. */
static bool read_quoted(struct slice *rest, struct arena *arena, struct slice *value)
{
    char *to = arena_alloc(arena, rest->len + 1);
    size_t len = 0;

    while (rest->len) {
        char c = drop(rest);

        if (c == '"') {
            *value = (struct slice){to, len};
            return true;
        }
        if (c == '\\' && rest->len > 1 && (rest->at[0] == '"' || rest->at[0] == '\\'))
            c = drop(rest);
        to[len++] = c;
    }
    return false;
}

static bool read_param(struct slice *rest, struct arena *arena, struct slice *name, struct slice *value)
{
    size_t n = 0;

    *rest = skip_blank(*rest);
    while (n < rest->len && rest->at[n] != '=' && rest->at[n] != ';')
        n++;
    if (!n || n == rest->len || rest->at[n] != '=')
        return false;
    *name = slice_trim((struct slice){rest->at, n});
    rest->at += n + 1;
    rest->len -= n + 1;
    if (rest->len && rest->at[0] == '"') {
        drop(rest);
        return read_quoted(rest, arena, value);
    }
    for (n = 0; n < rest->len && rest->at[n] != ';';)
        n++;
    *value = slice_trim((struct slice){rest->at, n});
    rest->at += n;
    rest->len -= n;
    return true;
}

bool param_find(struct slice params, const char *name, struct arena *arena, struct slice *value)
{
    struct slice key, found;

    while (params.len && read_param(&params, arena, &key, &found))
        if (slice_same_word(key, name)) {
            *value = found;
            return true;
        }
    return false;
}

/* --- file names --- */

/* RFC 8187: UTF-8'language'percent-encoded. Other character sets are refused: no browser sends them. */
static bool read_extended(struct slice text, struct arena *arena, struct slice *name)
{
    struct slice set, language;

    return slice_cut(&text, '\'', &set) && slice_cut(&text, '\'', &language) && text.at && slice_same_word(set, "utf-8")
           && percent_decode(text, false, arena, name);
}

static struct slice last_segment(struct slice path)
{
    for (size_t i = path.len; i-- > 0;)
        if (path.at[i] == '/' || path.at[i] == '\\')
            return (struct slice){path.at + i + 1, path.len - i - 1};
    return path;
}

static bool clean_filename(struct form_part *part, struct err *err)
{
    struct slice name = last_segment(part->filename);

    if (utf8_valid(name) != name.len)
        return form_refuse(err, part->name, N_("的文件名不是有效的 UTF-8 文字"));
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.at[i] < 0x20 || name.at[i] == 0x7f)
            return form_refuse(err, part->name, N_("的文件名含有控制字符"));
    if (name.len > FILENAME_MOST)
        return form_refuse(err, part->name, N_("的文件名过长"));
    part->filename = name;
    return true;
}

static bool read_filename(struct slice params, struct arena *arena, struct form_part *part, struct err *err)
{
    struct slice extended;

    part->file = param_find(params, "filename", arena, &part->filename);
    if (param_find(params, "filename*", arena, &extended)) {
        part->file = true;
        if (!read_extended(extended, arena, &part->filename))
            return form_refuse(err, part->name, N_("的文件名编码无效"));
    }
    return !part->file || clean_filename(part, err);
}

/* --- parts --- */

static bool read_disposition(struct slice value, struct arena *arena, struct form_part *part, struct err *err)
{
    struct slice kind;

    slice_cut(&value, ';', &kind);
    if (!slice_same_word(slice_trim(kind), "form-data") || !value.at || !param_find(value, "name", arena, &part->name))
        return form_refuse(err, SLICE(""), N_("中有一部分没有字段名"));
    return form_text(SLICE(""), part->name, err) && read_filename(value, arena, part, err);
}

/* The header lines of one part, up to its empty line. */
static bool read_part_head(struct slice *rest, struct arena *arena, struct form_part *part, struct err *err)
{
    struct slice scope = {rest->at, rest->len < PART_HEAD_MOST ? rest->len : PART_HEAD_MOST};

    for (int lines = 0; lines <= PART_FIELDS_MOST; lines++) {
        const char *end = memmem(rest->at, scope.len, "\r\n", 2);
        struct slice line = {rest->at, end ? (size_t)(end - rest->at) : 0};
        struct http_field field;

        if (!end)
            break;
        rest->at += line.len + 2;
        rest->len -= line.len + 2;
        scope.len -= line.len + 2;
        if (!line.len)
            return part->name.at || form_refuse(err, SLICE(""), N_("中有一部分没有字段名"));
        if (!field_parse(line, &field))
            break;
        if (slice_same_word(field.name, "content-disposition") && !read_disposition(field.value, arena, part, err))
            return false;
        if (slice_same_word(field.name, "content-type"))
            part->type = field.value;
    }
    return form_refuse(err, SLICE(""), N_("各部分的标头无效或过长"));
}

/* Behind a delimiter: CR LF goes on, "--" ends, anything else is no delimiter that we would trust. */
static bool after_delimiter(struct slice *rest, bool *end, struct err *err)
{
    if (rest->len >= 2 && memcmp(rest->at, "--", 2) == 0) {
        *end = true;
        return true;
    }
    if (rest->len < 2 || memcmp(rest->at, "\r\n", 2) != 0)
        return form_refuse(err, SLICE(""), N_("的分隔行无效"));
    rest->at += 2;
    rest->len -= 2;
    *end = false;
    return true;
}

/* One part; rest is left behind the delimiter that ends it. `mark` is CR LF, two dashes, boundary. */
static bool read_part(struct slice *rest, struct slice mark, struct arena *arena, struct form *form, struct err *err)
{
    struct form_part part = {.filename = SLICE(""), .type = SLICE("")};
    const char *end;

    if (!read_part_head(rest, arena, &part, err))
        return false;
    /* An empty value: the delimiter's CR LF is the one that ended the head. */
    end = rest->len + 2 >= mark.len && memcmp(rest->at - 2, mark.at, mark.len) == 0
              ? rest->at - 2
              : memmem(rest->at, rest->len, mark.at, mark.len);
    if (!end)
        return form_refuse(err, part.name, N_("不完整：上传中断"));
    part.value = (struct slice){rest->at, end > rest->at ? (size_t)(end - rest->at) : 0};
    rest->len -= (size_t)(end + mark.len - rest->at);
    rest->at = end + mark.len;
    return (part.file || form_text(part.name, part.value, err)) && form_add(form, part, arena, err);
}

bool form_multipart(struct slice body, struct slice boundary, struct arena *arena, struct form *form, struct err *err)
{
    struct slice mark, rest = body;
    bool end = false;

    form->parts = NULL;
    form->count = 0;
    if (!boundary.len || boundary.len > BOUNDARY_MOST)
        return err_set(err, ERR_INVALID, "表单的 boundary 无效") || err_hint(err, "请用网页上的表单提交");
    mark = slice_of(arena_print(arena, "\r\n--%.*s", (int)boundary.len, boundary.at));
    if (mark.len != boundary.len + 4 || body.len < mark.len - 2 || memcmp(body.at, mark.at + 2, mark.len - 2) != 0)
        return err_set(err, ERR_INVALID, "表单的第一行不是分隔行") || err_hint(err, "请用网页上的表单提交");
    rest.at += mark.len - 2;
    rest.len -= mark.len - 2;
    while (after_delimiter(&rest, &end, err) && !end)
        if (!read_part(&rest, mark, arena, form, err))
            return false;
    return end;
}
