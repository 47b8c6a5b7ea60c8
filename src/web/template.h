/*
 * Mustache (the public specification's core: variables, sections, inverted sections, comments, partials, delimiters),
 * escaped by default, over one JSON document. Beyond the specification, and nothing else:
 *
 *   {{price|yuan}} {{due|date}} {{at|minute}} {{level|label}} {{n|number}}   filters
 *   {{#_}}…{{/_}}      text to translate; the content is the message id, with its {{tags}} as they stand
 *
 * `{{{` and `{{&` are refused unless the template is on the short list in template.c.
 * Templates are compiled once and shared by all threads; rendering allocates only in `out`.
 */
#ifndef TQ_WEB_TEMPLATE_H
#define TQ_WEB_TEMPLATE_H

#include <jansson.h>

#include "base/err.h"
#include "base/text.h"

struct templates;

/* Compiles every NAME.html under dir; partials refer to NAME. Errors name file and line. */
bool templates_open(const char *dir, struct templates **templates, struct err *err);
void templates_close(struct templates *templates);

/* Translates a message id; returns the id itself where there is no translation. Thread-safe. */
typedef const char *template_translate(const char *message, const char *language);

struct template_view {
    const json_t *document;
    const char *language; /* "zh" or "en" */
    template_translate *translate;
};

bool template_render(const struct templates *templates, const char *name, const struct template_view *view,
                     struct text *out, struct err *err);

/* A filter's work, for the API's text forms and tests. Writes unescaped text. */
bool template_filter(const char *filter, const json_t *value, const char *language, struct text *out);

#endif
