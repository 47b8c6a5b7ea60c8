/* Names and values of a query or a body: application/x-www-form-urlencoded, and what both encodings share. */
#include "web/http/form_int.h"

#include "base/utf8.h"
#include "web/http/head_int.h"

bool form_refuse(struct err *err, struct slice name, const char *what)
{
    char shown[64];

    snprintf(shown, sizeof shown, "%.*s", (int)utf8_head(name, 15).len, name.at ? name.at : "");
    if (*shown)
        err_set(err, ERR_INVALID, "表单字段“%.60s”%s", shown, what);
    else
        err_set(err, ERR_INVALID, "表单%s", what);
    err_hint(err, "请检查地址，或用网页上的表单重新提交");
    return err_field(err, shown);
}

bool form_text(struct slice name, struct slice text, struct err *err)
{
    if (text.len && memchr(text.at, '\0', text.len))
        return form_refuse(err, name, N_("含有 NUL 字符"));
    if (utf8_valid(text) != text.len)
        return form_refuse(err, name, N_("不是有效的 UTF-8 文字"));
    return true;
}

/* Browsers send each line end of a text as CR LF, however it was typed. Here it is one character, as people count it. */
static struct slice line_ends(struct slice text, struct arena *arena)
{
    char *to;
    size_t len = 0;

    if (text.len < 2 || !memmem(text.at, text.len, "\r\n", 2))
        return text;
    to = arena_alloc(arena, text.len);
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != '\r' || i + 1 == text.len || text.at[i + 1] != '\n')
            to[len++] = text.at[i];
    return (struct slice){to, len};
}

bool form_add(struct form *form, struct form_part part, struct arena *arena, struct err *err)
{
    /* Grown by doubling inside the arena: at powers of two there is no room left. */
    if (form->count == FORM_PARTS_MOST)
        return form_refuse(err, SLICE(""), N_("的字段超过 1000 个"));
    if ((form->count & (form->count - 1)) == 0) {
        size_t room = form->count ? form->count * 2 : 1;
        struct form_part *parts = arena_zero(arena, room, sizeof *parts);

        if (form->count)
            memcpy(parts, form->parts, form->count * sizeof *parts);
        form->parts = parts;
    }
    if (!part.file)
        part.value = line_ends(part.value, arena);
    form->parts[form->count++] = part;
    return true;
}

bool percent_decode(struct slice raw, bool plus, struct arena *arena, struct slice *out)
{
    char *to = arena_alloc(arena, raw.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.at[i];

        if (c == '%') {
            int high = i + 2 < raw.len ? hex_value(raw.at[i + 1]) : -1, low = high < 0 ? -1 : hex_value(raw.at[i + 2]);

            if (low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        to[len++] = c;
    }
    to[len] = '\0';
    *out = (struct slice){to, len};
    return true;
}

static bool add_pair(struct slice pair, struct arena *arena, struct form *form, struct err *err)
{
    struct slice raw_value = pair, raw_name;
    struct form_part part = {.filename = SLICE(""), .type = SLICE("")};

    slice_cut(&raw_value, '=', &raw_name);
    if (!percent_decode(raw_name, true, arena, &part.name))
        return form_refuse(err, SLICE(""), N_("中有字段名的百分号编码不完整"));
    if (!form_text(SLICE(""), part.name, err))
        return false;
    if (!percent_decode(raw_value, true, arena, &part.value))
        return form_refuse(err, part.name, N_("的百分号编码不完整"));
    return form_text(part.name, part.value, err) && form_add(form, part, arena, err);
}

bool form_urlencoded(struct slice text, struct arena *arena, struct form *form, struct err *err)
{
    struct slice pair;

    form->parts = NULL;
    form->count = 0;
    if (!text.at)
        return true;
    while (slice_cut(&text, '&', &pair))
        if (pair.len && !add_pair(pair, arena, form, err))
            return false;
    return true;
}

bool form_body(struct http_exchange *exchange, struct form *form, struct err *err)
{
    struct slice params = http_header(exchange, "Content-Type"), kind, boundary;

    form->parts = NULL;
    form->count = 0;
    if (!exchange->body.len)
        return true;
    if (!slice_cut(&params, ';', &kind))
        kind = SLICE("");
    kind = slice_trim(kind);
    if (slice_same_word(kind, "application/x-www-form-urlencoded"))
        return form_urlencoded(exchange->body, &exchange->arena, form, err);
    if (!slice_same_word(kind, "multipart/form-data"))
        return err_set(err, ERR_INVALID, "不支持这种表单编码，请用网页上的表单提交");
    if (!param_find(params, "boundary", &exchange->arena, &boundary))
        return err_set(err, ERR_INVALID, "表单缺少 boundary") || err_hint(err, "请用网页上的表单提交");
    return form_multipart(exchange->body, boundary, &exchange->arena, form, err);
}

struct slice form_value(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (slice_is(form->parts[i].name, name))
            return form->parts[i].value;
    return (struct slice){NULL, 0};
}

const struct form_part *form_file(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (form->parts[i].filename.len && slice_is(form->parts[i].name, name))
            return &form->parts[i];
    return NULL;
}
