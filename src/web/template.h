/*
 * Mustache (the public specification's core: variables, sections, inverted sections, comments, partials, delimiters),
 * escaped by default, over one JSON document. Beyond the specification, and nothing else:
 *
 *   {{price|yuan}}     a filter; the table below
 *   {{#_}}…{{/_}}      text to translate; the content is the message id, with its {{tags}} as they stand and each
 *                      run of white space as one space
 *
 * Filters: yuan (fen: 160 万元), plain (fen: 1600000.00), date and minute (ms, or a day as it is stored), label (a
 * {code, label} object or a list of them), number (12,345), level (1 to 4: 无 弱 较强 强), percent (parts of ten
 * thousand: 12.5 %), size (bytes), url (percent-encoded, for a query), link (a web address or a path of ours, "" for
 * anything else). null gives nothing. Lines of text are kept by the style sheet (white-space: pre-line), not here.
 *
 * Falsey are: missing, null, false, "", 0 and the empty list.
 *
 * Refused when a page is compiled, each with file and line: `{{{` and `{{&` outside the short list in template.c, an
 * unknown filter or partial, and href="{{x}}" (or src, action) without |link: a stored javascript: address stays text.
 *
 * Templates are compiled once and shared by all threads; rendering allocates only in `out`.
 */
#ifndef TQ_WEB_TEMPLATE_H
#define TQ_WEB_TEMPLATE_H

#include <jansson.h>

#include "base/err.h"
#include "base/text.h"
#include "web/message.h"

struct templates;

/*
 * Compiles every NAME.html under dir; partials refer to NAME. messages: translations, compiled too, so that a bad one
 * is found at start; NULL for none. It must outlive the templates.
 */
bool templates_open(const char *dir, const struct messages *messages, struct templates **templates, struct err *err);
void templates_close(struct templates *templates);

struct template_view {
    const json_t *document;
    const char *language; /* "zh", "en"; one without translations gives the source text */
};

/* Appends to out. false: no such template (ERR_MISSING), or sections or partials nested too deep. */
bool template_render(const struct templates *templates, const char *name, const struct template_view *view,
                     struct text *out, struct err *err);

/* A filter's work, for the API's text forms and tests. Writes unescaped text. false: no such filter, or not its kind
 * of value. */
bool template_filter(const char *filter, const json_t *value, const char *language, struct text *out);

#endif
