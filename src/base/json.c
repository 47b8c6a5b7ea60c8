#include "base/json.h"

#include <stdint.h>

#include "base/clock.h"

enum { DEPTH_MOST = 64 };

struct shape {
    int depth;     /* of the deepest */
    size_t values; /* at least as many as there are */
};

/* Without parsing: strings are skipped with their escapes. */
static struct shape shape_of(struct slice text)
{
    struct shape shape = {0, 1};
    int depth = 0;
    bool in_string = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            shape.depth = ++depth > shape.depth ? depth : shape.depth;
            shape.values++;
        } else if (c == ',') {
            shape.values++;
        } else if (c == ']' || c == '}') {
            depth--;
        }
    }
    return shape;
}

/* The library says it in English. */
static const char *what_is_wrong(const json_error_t *problem)
{
    switch (json_error_code(problem)) {
    case json_error_premature_end_of_input:
        return N_("没有写完");
    case json_error_end_of_input_expected:
        return N_("后面多出了内容");
    case json_error_duplicate_key:
        return N_("同一个对象里有两个相同的名字");
    case json_error_invalid_utf8:
        return N_("有不是 UTF-8 的字节");
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return N_("含有空字符(U+0000)");
    case json_error_numeric_overflow:
        return N_("数字太大");
    default:
        return N_("写法不对");
    }
}

json_t *json_read_line(struct slice text, long line, struct err *err)
{
    json_error_t problem;
    json_t *json;

    if (shape_of(text).depth > DEPTH_MOST) {
        err_set(err, ERR_INVALID, "第 %ld 行的 JSON 嵌套超过 %d 层", line, DEPTH_MOST);
        err_hint(err, "请把内层的对象展开后再提交");
        err_line(err, line);
        return NULL;
    }
    json = json_loadb(text.at ? text.at : "", text.len, JSON_REJECT_DUPLICATES, &problem);
    if (!json) {
        line += problem.line > 0 ? problem.line - 1 : 0;
        err_set(err, ERR_INVALID, "第 %ld 行第 %d 列附近不是有效的 JSON：%s", line, problem.column, what_is_wrong(&problem));
        err_line(err, line);
        err_hint(err, "请检查引号、逗号和括号是否成对；同一个对象里名字不能重复");
    }
    return json;
}

json_t *json_read(struct slice text, struct err *err)
{
    return json_read_line(text, 1, err);
}

json_t *json_read_most(struct slice text, size_t most, struct err *err)
{
    if (shape_of(text).values <= most)
        return json_read(text, err);
    err_set(err, ERR_TOO_LARGE, "JSON 里的值超过 %zu 个", most);
    err_hint(err, "请分成几份");
    return NULL;
}

/* Into the text itself, a second time where the first did not fit: a call for each fragment costs more than the copy. */
void json_write(const json_t *json, struct text *out)
{
    enum { ROOM = 16384 };
    size_t room = ROOM, len;

    for (;;) {
        len = json_dumpb(json, text_reserve(out, room), room, JSON_COMPACT | JSON_ENCODE_ANY);
        if (len <= room)
            break;
        room = len;
    }
    out->len += len;
    text_reserve(out, 0);
}

struct slice json_member(const json_t *object, const char *name)
{
    const json_t *member = json_object_get(object, name);

    if (!json_is_string(member))
        return SLICE("");
    return (struct slice){json_string_value(member), json_string_length(member)};
}

void json_fill(json_t *object, const char *names)
{
    struct slice rest = slice_of(names), name;
    char word[40];

    while (slice_cut(&rest, ' ', &name)) {
        snprintf(word, sizeof word, "%.*s", (int)name.len, name.at);
        if (!json_object_get(object, word))
            json_object_set_new_nocheck(object, word, json_null());
    }
}

void json_put(json_t *object, const char *name, struct slice text)
{
    json_object_set_new_nocheck(object, name, json_stringn_nocheck(text.at ? text.at : "", text.len));
}

void json_put_id(json_t *object, const char *name, int64_t id)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)id);

    json_object_set_new_nocheck(object, name, json_stringn_nocheck(digits, (size_t)len));
}

void json_put_day(json_t *object, const char *name, int32_t day)
{
    char text[CLOCK_TEXT];

    json_put(object, name, slice_of(day_show(day, text)));
}
