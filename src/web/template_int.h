/*
 * Inside the template engine. A template is a flat array of ops; a section holds the index of the op behind its end.
 * All names and texts are slices of the source, which lives in the owner's arena.
 */
#ifndef TQ_WEB_TEMPLATE_INT_H
#define TQ_WEB_TEMPLATE_INT_H

#include "base/arena.h"
#include "web/template.h"

enum op_kind { OP_TEXT, OP_VALUE, OP_RAW, OP_SECTION, OP_INVERTED, OP_PARTIAL, OP_MESSAGE };

struct filter {
    const char *name;
    bool (*write)(const json_t *value, bool english, struct text *out);
};

const struct filter *filter_get(struct slice name); /* NULL if there is none */

struct program {
    struct op *ops;
    size_t count;
};

struct op {
    enum op_kind kind;
    bool starts_line; /* TEXT: stands at the beginning of a line, where an indented partial is indented */
    bool standalone;  /* PARTIAL: alone on its line, so that `text` indents it */
    uint32_t next;    /* SECTION, INVERTED, MESSAGE: the op after the end */
    struct slice text; /* TEXT: to write; PARTIAL: its indentation; MESSAGE: the id */
    struct slice *path; /* VALUE, RAW, SECTION, INVERTED: the parts of a dotted name; none: the item itself ({{.}}) */
    size_t path_len;
    const struct filter *filter;             /* VALUE: or NULL */
    struct slice name;                       /* PARTIAL */
    const struct template *partial;          /* PARTIAL: NULL writes nothing */
    const struct program **translations;     /* MESSAGE: one a language, NULL where there is none */
    long line;
};

struct template {
    struct slice name;
    struct program program;
};

/* How sources are taken. Pages: neither. The specification's own cases: both. */
struct compile_rules {
    bool raw;   /* {{{ and {{& are allowed */
    bool loose; /* an unknown partial is empty; addresses need no |link */
};

struct source {
    struct slice name, text;
    struct compile_rules rules;
};

/* Compiles all sources (they may refer to each other). Sources are copied. */
bool templates_compile(const struct source *sources, size_t count, const struct messages *messages,
                       struct templates **templates, struct err *err);

/* template_compile.c: one source into ops; partials are left to be linked. Memory from arena. */
bool program_compile(const struct source *source, const struct messages *messages, struct arena *arena,
                     struct program *program, struct err *err);

/* template_render.c; language: the number of the translations, -1 for the source. */
bool program_render(const struct template *template, const json_t *document, int language, bool english,
                    struct text *out, struct err *err);

/* Text with & < > " ' as entities. */
void escape_html(struct slice text, struct text *out);

#endif
