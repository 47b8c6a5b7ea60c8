/* Ops to bytes. Nothing is allocated but in `out`: contexts and indentation have fixed room. */
#include "web/template_int.h"

#include <math.h>

enum { CONTEXTS_MOST = 64, INDENT_MOST = 256, PARTIALS_MOST = 32 };

struct renderer {
    const json_t *contexts[CONTEXTS_MOST]; /* the innermost last */
    size_t depth;
    size_t partials;
    char indent[INDENT_MOST]; /* of the partial being written */
    size_t indent_len;
    int language;
    bool english;
    struct text *out;
    struct err *err;
};

/* ---- looking up -------------------------------------------------------------------------- */

static const json_t *get(const json_t *object, struct slice name)
{
    return json_object_getn(object, name.at, name.len);
}

/* The first part is looked for from the innermost context out; the rest only within what it gave. */
static const json_t *look_up(const struct renderer *r, const struct op *op)
{
    const json_t *found = NULL;

    if (op->path_len == 0)
        return r->contexts[r->depth - 1];
    for (size_t i = r->depth; i-- > 0 && !found;)
        found = get(r->contexts[i], op->path[0]);
    for (size_t i = 1; i < op->path_len && found; i++)
        found = get(found, op->path[i]);
    return found;
}

static bool holds(const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_NULL:
    case JSON_FALSE:
        return false;
    case JSON_ARRAY:
        return json_array_size(value) > 0;
    case JSON_STRING:
        return json_string_length(value) > 0;
    case JSON_INTEGER:
        return json_integer_value(value) != 0;
    case JSON_REAL:
        return fpclassify(json_real_value(value)) != FP_ZERO;
    default:
        return true;
    }
}

/* ---- writing ----------------------------------------------------------------------------- */

void escape_html(struct slice text, struct text *out)
{
    static const char *const entities[256] = {
#ifndef TQ_TEETH_ESCAPE
        ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
#endif
        ['&'] = "&amp;"};
    size_t from = 0;

    for (size_t i = 0; i < text.len; i++) {
        const char *entity = entities[(unsigned char)text.at[i]];

        if (!entity)
            continue;
        text_add(out, text.at + from, i - from);
        text_puts(out, entity);
        from = i + 1;
    }
    text_add(out, text.at + from, text.len - from);
}

/* The shortest of 15 and 17 digits that reads back the same. */
static void write_real(double number, struct text *out)
{
    char digits[40];

    snprintf(digits, sizeof digits, "%.15g", number);
    if (islessgreater(strtod(digits, NULL), number))
        snprintf(digits, sizeof digits, "%.17g", number);
    text_puts(out, digits);
}

/* Lists and objects have no text of their own. */
static void write_plain(const json_t *value, bool escape, struct text *out)
{
    struct slice string;

    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_STRING:
        string = (struct slice){json_string_value(value), json_string_length(value)};
        if (escape)
            escape_html(string, out);
        else
            text_add_slice(out, string);
        break;
    case JSON_INTEGER:
        text_number(out, json_integer_value(value));
        break;
    case JSON_REAL:
        write_real(json_real_value(value), out);
        break;
    case JSON_TRUE:
        text_puts(out, "true");
        break;
    case JSON_FALSE:
        text_puts(out, "false");
        break;
    default:
        break;
    }
}

static void cut_back(struct text *text, size_t len)
{
    text->len = len;
    if (text->at)
        text->at[len] = '\0';
}

/* Most filters write figures: what was written is gone over once more only where it needs escaping. */
static void write_filtered(struct renderer *r, const struct filter *filter, const json_t *value)
{
    size_t from = r->out->len;
    struct text plain;

    if (!value || json_is_null(value))
        return;
    if (!filter->write(value, r->english, r->out))
        cut_back(r->out, from);
    if (r->out->len == from || !strpbrk(r->out->at + from, "&<>\"'"))
        return;
    text_init(&plain);
    text_add(&plain, r->out->at + from, r->out->len - from);
    cut_back(r->out, from);
    escape_html(text_slice(&plain), r->out);
    text_release(&plain);
}

/* Text of an indented partial: the indentation goes in front of each line that begins in it. */
static void write_indented(struct renderer *r, const struct op *op)
{
    struct slice rest = op->text;
    bool line_starts = op->starts_line;

    while (rest.len || line_starts) {
        const char *end = rest.len ? memchr(rest.at, '\n', rest.len) : NULL;
        size_t len = end ? (size_t)(end - rest.at) + 1 : rest.len;

        if (line_starts)
            text_add(r->out, r->indent, r->indent_len);
        text_add(r->out, rest.at, len);
        rest.at += len;
        rest.len -= len;
        line_starts = end && rest.len;
    }
}

/* ---- running ----------------------------------------------------------------------------- */

static bool run(struct renderer *r, const struct program *program, size_t from, size_t to);

static bool too_deep(struct renderer *r, const struct op *op)
{
    return err_set(r->err, ERR_INVALID, "模板第 %ld 行：嵌套太深", op->line);
}

static bool run_within(struct renderer *r, const struct program *program, size_t at, const json_t *context)
{
    const struct op *op = &program->ops[at];
    bool ok;

    if (r->depth == CONTEXTS_MOST)
        return too_deep(r, op);
    r->contexts[r->depth++] = context;
    ok = run(r, program, at + 1, op->next);
    r->depth--;
    return ok;
}

static bool run_section(struct renderer *r, const struct program *program, size_t at)
{
    const json_t *value = look_up(r, &program->ops[at]);

    if (!holds(value))
        return true;
    if (!json_is_array(value))
        return run_within(r, program, at, value);
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!run_within(r, program, at, json_array_get(value, i)))
            return false;
    return true;
}

static bool run_partial(struct renderer *r, const struct op *op)
{
    char kept[INDENT_MOST];
    size_t kept_len = r->indent_len;
    bool ok;

    if (!op->partial)
        return true;
    if (r->partials == PARTIALS_MOST || kept_len + op->text.len > INDENT_MOST)
        return too_deep(r, op);
    memcpy(kept, r->indent, kept_len);
    if (op->standalone) {
        memcpy(r->indent + kept_len, op->text.at, op->text.len);
        r->indent_len += op->text.len;
    } else {
        r->indent_len = 0;
    }
    r->partials++;
    ok = run(r, &op->partial->program, 0, op->partial->program.count);
    r->partials--;
    memcpy(r->indent, kept, kept_len);
    r->indent_len = kept_len;
    return ok;
}

static bool run_message(struct renderer *r, const struct program *program, size_t at)
{
    const struct op *op = &program->ops[at];
    const struct program *translation = r->language < 0 || !op->translations ? NULL : op->translations[r->language];

    if (translation)
        return run(r, translation, 0, translation->count);
    return run(r, program, at + 1, op->next);
}

static void run_text(struct renderer *r, const struct op *op)
{
    if (r->indent_len)
        write_indented(r, op);
    else
        text_add_slice(r->out, op->text);
}

static void run_value(struct renderer *r, const struct op *op)
{
    const json_t *value = look_up(r, op);

    if (op->filter)
        write_filtered(r, op->filter, value);
    else
        write_plain(value, op->kind == OP_VALUE, r->out);
}

static bool run(struct renderer *r, const struct program *program, size_t from, size_t to)
{
    bool ok = true;

    for (size_t at = from; at < to && ok;) {
        const struct op *op = &program->ops[at];

        switch (op->kind) {
        case OP_TEXT:
            run_text(r, op);
            break;
        case OP_VALUE:
        case OP_RAW:
            run_value(r, op);
            break;
        case OP_SECTION:
            ok = run_section(r, program, at);
            break;
        case OP_INVERTED:
            ok = holds(look_up(r, op)) || run(r, program, at + 1, op->next);
            break;
        case OP_PARTIAL:
            ok = run_partial(r, op);
            break;
        case OP_MESSAGE:
            ok = run_message(r, program, at);
            break;
        }
        at = op->next ? op->next : at + 1;
    }
    return ok;
}

bool program_render(const struct template *template, const json_t *document, int language, bool english,
                    struct text *out, struct err *err)
{
    struct renderer r = {.language = language, .english = english, .out = out, .err = err};

    r.contexts[r.depth++] = document;
    return run(&r, &template->program, 0, template->program.count);
}
