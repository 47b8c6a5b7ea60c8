/* Source to ops: tags are found one after the other, tags alone on a line take the whole line with them. */
#include <assert.h>

#include "web/template_int.h"

enum { SECTIONS_MOST = 64, PARTS_MOST = 8, DELIMITER_MOST = 8 };

struct compiler {
    const struct source *source;
    const struct messages *messages;
    struct arena *arena;
    struct err *err;
    struct slice text;         /* the source, in the arena */
    size_t at;                 /* where the next literal text begins */
    struct slice open, close;  /* the delimiters in force */
    struct program *program;
    size_t room;
    uint32_t sections[SECTIONS_MOST]; /* the ops that are still open */
    size_t inside[SECTIONS_MOST];     /* where their content begins */
    size_t depth;
    size_t counted; /* bytes whose line ends are in `line` */
    long line;
};

struct tag {
    char sigil; /* '#', '^', '/', '>', '!', '=', '&', '{', or 0 for a plain value */
    struct slice body;
    size_t start, end;
    bool standalone;
    size_t line_start; /* standalone: where its line begins; its text up to start is the indentation */
};

static bool complain(struct compiler *c, const char *what, struct slice about)
{
    int len = about.len > 80 ? 80 : (int)about.len;

    err_set(c->err, ERR_INVALID, "模板 %.*s 第 %ld 行：%s(%.*s)", (int)c->source->name.len, c->source->name.at, c->line,
            what, len, about.at);
    return err_line(c->err, c->line);
}

/* ---- ops --------------------------------------------------------------------------------- */

static struct op *op_add(struct compiler *c, enum op_kind kind)
{
    struct program *program = c->program;
    struct op *op;

    if (program->count == c->room) {
        struct op *ops;

        c->room = c->room ? c->room * 2 : 16;
        ops = arena_alloc(c->arena, c->room * sizeof *ops);
        if (program->count)
            memcpy(ops, program->ops, program->count * sizeof *ops);
        program->ops = ops;
    }
    op = &program->ops[program->count++];
    *op = (struct op){.kind = kind, .line = c->line};
    return op;
}

static bool at_line_start(const struct compiler *c, size_t at)
{
    return at == 0 || c->text.at[at - 1] == '\n';
}

static void add_piece(struct compiler *c, size_t from, size_t to)
{
    struct op *op = op_add(c, OP_TEXT);

    op->starts_line = at_line_start(c, from);
    op->text = (struct slice){c->text.at + from, to - from};
}

/* Text from c->at up to `end`. A line that begins with a tag gets an empty piece, to be indented by. */
static void add_text(struct compiler *c, size_t end, bool tag_follows)
{
    if (end > c->at)
        add_piece(c, c->at, end);
    if (tag_follows && at_line_start(c, end))
        add_piece(c, end, end);
}

static bool is_name(struct slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return name.len > 0;
}

/* Splits a dotted name; "." alone gives no parts. */
static bool set_path(struct compiler *c, struct op *op, struct slice name)
{
    struct slice parts[PARTS_MOST], rest = name;

    if (name.len == 0)
        return complain(c, N_("标签里没有名字"), name);
    if (slice_is(name, "."))
        return true;
    while (op->path_len < PARTS_MOST && slice_cut(&rest, '.', &parts[op->path_len])) {
        if (!is_name(parts[op->path_len]))
            return complain(c, N_("名字写得不对"), name);
        op->path_len++;
    }
    if (rest.at)
        return complain(c, N_("名字的层数太多"), name);
    op->path = arena_alloc(c->arena, op->path_len * sizeof *parts);
    memcpy(op->path, parts, op->path_len * sizeof *parts);
    return true;
}

/* ---- finding tags ------------------------------------------------------------------------ */

static size_t find(struct slice text, size_t from, struct slice what)
{
    const char *at = from < text.len ? memmem(text.at + from, text.len - from, what.at, what.len) : NULL;

    return at ? (size_t)(at - text.at) : text.len;
}

static void count_lines(struct compiler *c, size_t upto)
{
    for (; c->counted < upto; c->counted++)
        c->line += c->text.at[c->counted] == '\n';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Alone on its line: only blanks before and after it. Then the tag takes the line, with its end. */
static void widen(struct compiler *c, struct tag *tag)
{
    size_t from = tag->start, to = tag->end;

    if (tag->sigil == 0 || tag->sigil == '&' || tag->sigil == '{')
        return;
    while (from > 0 && is_blank(c->text.at[from - 1]))
        from--;
    while (to < c->text.len && is_blank(c->text.at[to]))
        to++;
    if (to + 1 < c->text.len && c->text.at[to] == '\r' && c->text.at[to + 1] == '\n')
        to++;
    if (!at_line_start(c, from) || (to < c->text.len && c->text.at[to] != '\n'))
        return;
    tag->standalone = true;
    tag->line_start = from;
    tag->end = to < c->text.len ? to + 1 : to;
}

/* What ends a tag: {{{x}}} and {{=x=}} have a character of their own before the delimiter. */
static struct slice closing(const struct compiler *c, char sigil, char buf[DELIMITER_MOST + 1])
{
    size_t len = 0;

    if (sigil == '{' || sigil == '=')
        buf[len++] = sigil == '{' ? '}' : '=';
    memcpy(buf + len, c->close.at, c->close.len);
    return (struct slice){buf, len + c->close.len};
}

enum found { FOUND_TAG, FOUND_END, FOUND_BROKEN };

/* The next tag from c->at on. */
static enum found next_tag(struct compiler *c, struct tag *tag)
{
    char buf[DELIMITER_MOST + 1];
    struct slice close;
    size_t from, end;

    *tag = (struct tag){.start = find(c->text, c->at, c->open)};
    if (tag->start == c->text.len)
        return FOUND_END;
    count_lines(c, tag->start);
    from = tag->start + c->open.len;
    if (from < c->text.len && c->text.at[from] && strchr("#^/>!=&{", c->text.at[from]))
        tag->sigil = c->text.at[from++];
    close = closing(c, tag->sigil, buf);
    end = find(c->text, from, close);
    if (end == c->text.len) {
        complain(c, N_("标签没有结束"), (struct slice){c->text.at + tag->start, c->text.len - tag->start});
        return FOUND_BROKEN;
    }
    tag->end = end + close.len;
    tag->body = slice_trim((struct slice){c->text.at + from, end - from});
    widen(c, tag);
    return FOUND_TAG;
}

/* ---- one tag of each kind ---------------------------------------------------------------- */

/* An address out of a document may be javascript: unless |link has looked at it. */
static bool address_is_safe(struct compiler *c, const struct tag *tag, const struct filter *filter)
{
    static const char *const places[] = {"href=\"", "src=\"", "action=\""};
    size_t len;

    if (c->source->rules.loose || (filter && strcmp(filter->name, "link") == 0))
        return true;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        len = strlen(places[i]);
        if (tag->start >= len && memcmp(c->text.at + tag->start - len, places[i], len) == 0)
            return complain(c, N_("地址要经过 |link"), tag->body);
    }
    return true;
}

static bool compile_value(struct compiler *c, const struct tag *tag)
{
    struct slice rest = tag->body, name, filter;
    struct op *op = op_add(c, OP_VALUE);

    slice_cut(&rest, '|', &name);
    if (rest.at) {
        filter = slice_trim(rest);
        op->filter = filter_get(filter);
        if (!op->filter)
            return complain(c, N_("没有这个过滤器"), filter);
    }
    return set_path(c, op, slice_trim(name)) && address_is_safe(c, tag, op->filter);
}

static bool compile_raw(struct compiler *c, const struct tag *tag)
{
    if (!c->source->rules.raw)
        return complain(c, N_("这里不许不转义"), tag->body);
    return set_path(c, op_add(c, OP_RAW), tag->body);
}

static bool open_section(struct compiler *c, const struct tag *tag)
{
    bool message = tag->sigil == '#' && slice_is(tag->body, "_");
    struct op *op;

    if (c->depth == SECTIONS_MOST)
        return complain(c, N_("区段嵌套太深"), tag->body);
    c->sections[c->depth] = (uint32_t)c->program->count;
    c->inside[c->depth++] = tag->end;
    op = op_add(c, message ? OP_MESSAGE : tag->sigil == '#' ? OP_SECTION : OP_INVERTED);
    op->name = tag->body;
    return message || set_path(c, op, tag->body);
}

/* The id: white space at the ends goes, runs of it inside become one space. */
static struct slice message_id(struct compiler *c, struct slice raw)
{
    char *to = arena_alloc(c->arena, raw.len + 1);
    size_t len = 0;

    raw = slice_trim(raw);
    for (size_t i = 0; i < raw.len; i++) {
        bool space = memchr(" \t\r\n", raw.at[i], 4) != NULL;

        if (!space)
            to[len++] = raw.at[i];
        else if (len && to[len - 1] != ' ')
            to[len++] = ' ';
    }
    return (struct slice){to, len};
}

static bool translate(struct compiler *c, struct op *op, int language)
{
    struct slice text = messages_text(c->messages, language, op->text);
    struct source source = {c->source->name, text, c->source->rules};
    struct program *program;

    if (slice_same(text, op->text))
        return true;
    program = arena_zero(c->arena, 1, sizeof *program);
    op->translations[language] = program;
    if (program_compile(&source, NULL, c->arena, program, c->err))
        return true;
    err_hint(c->err, "这是译文；原文在第 %ld 行", c->line);
    return false;
}

static bool close_message(struct compiler *c, struct op *op, size_t from, size_t to)
{
    size_t languages = c->messages ? messages_languages(c->messages) : 0;

    op->text = message_id(c, (struct slice){c->text.at + from, to - from});
    op->translations = arena_zero(c->arena, LANGUAGES_MOST, sizeof(void *));
    for (size_t i = 0; i < languages; i++)
        if (!translate(c, op, (int)i))
            return false;
    return true;
}

static bool close_section(struct compiler *c, const struct tag *tag)
{
    struct op *op;

    if (c->depth == 0)
        return complain(c, N_("多出一个区段结束"), tag->body);
    op = &c->program->ops[c->sections[--c->depth]];
    if (!slice_same(op->name, tag->body))
        return complain(c, N_("区段结束和开始不一致"), tag->body);
    op->next = (uint32_t)c->program->count;
    return op->kind != OP_MESSAGE || close_message(c, op, c->inside[c->depth], tag->start);
}

static bool compile_partial(struct compiler *c, const struct tag *tag)
{
    struct op *op = op_add(c, OP_PARTIAL);

    op->name = tag->body;
    op->standalone = tag->standalone;
    if (tag->standalone)
        op->text = (struct slice){c->text.at + tag->line_start, tag->start - tag->line_start};
    return tag->body.len || complain(c, N_("标签里没有名字"), tag->body);
}

static bool set_delimiters(struct compiler *c, const struct tag *tag)
{
    size_t cut = 0;
    struct slice open, close;

    while (cut < tag->body.len && !is_blank(tag->body.at[cut]) && tag->body.at[cut] != '\n')
        cut++;
    open = (struct slice){tag->body.at, cut};
    close = slice_trim((struct slice){tag->body.at + cut, tag->body.len - cut});
    if (open.len == 0 || close.len == 0 || open.len > DELIMITER_MOST || close.len > DELIMITER_MOST)
        return complain(c, N_("分隔符写得不对"), tag->body);
    c->open = open;
    c->close = close;
    return true;
}

static bool compile_tag(struct compiler *c, const struct tag *tag)
{
    switch (tag->sigil) {
    case 0:
        return compile_value(c, tag);
    case '&':
    case '{':
        return compile_raw(c, tag);
    case '#':
    case '^':
        return open_section(c, tag);
    case '/':
        return close_section(c, tag);
    case '>':
        return compile_partial(c, tag);
    case '=':
        return set_delimiters(c, tag);
    default:
        return true; /* a comment */
    }
}

bool program_compile(const struct source *source, const struct messages *messages, struct arena *arena,
                     struct program *program, struct err *err)
{
    struct compiler c = {.source = source, .messages = messages, .arena = arena, .err = err, .open = SLICE("{{"),
                         .close = SLICE("}}"), .program = program, .line = 1};
    struct tag tag;
    enum found found;

    c.text = arena_copy(arena, source->text);
    *program = (struct program){0};
    while ((found = next_tag(&c, &tag)) == FOUND_TAG) {
        add_text(&c, tag.standalone ? tag.line_start : tag.start, !tag.standalone);
        if (!compile_tag(&c, &tag))
            return false;
        c.at = tag.end;
    }
    if (found == FOUND_BROKEN)
        return false;
    add_text(&c, c.text.len, false);
    if (c.depth)
        return complain(&c, N_("区段没有结束"), program->ops[c.sections[c.depth - 1]].name);
    return true;
}
