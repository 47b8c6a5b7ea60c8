/*
 * Looks at a page without a server: preview PAGES PO NAME LANGUAGE DOCUMENT.json [LAYOUT.json] > out.html
 * Members of the layout that the document lacks are added, those of "page" one by one.
 */
#include <jansson.h>

#include "base/text.h"
#include "web/template.h"

static bool show(char **argv, const json_t *document, struct text *out, struct err *err)
{
    struct messages *messages = NULL;
    struct templates *templates = NULL;
    struct template_view view = {document, argv[4]};
    bool ok = messages_open(argv[2], &messages, err) && templates_open(argv[1], messages, &templates, err)
              && template_render(templates, argv[3], &view, out, err);

    templates_close(templates);
    messages_close(messages);
    return ok;
}

static json_t *read(const char *path)
{
    json_error_t problem;
    json_t *json = json_load_file(path, 0, &problem);

    if (!json)
        fprintf(stderr, "%s:%d: %s\n", path, problem.line, problem.text);
    return json;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct text out;
    json_t *document, *layout = NULL;
    int status = 1;

    if (argc < 6) {
        fputs("preview PAGES PO NAME LANGUAGE DOCUMENT.json [LAYOUT.json]\n", stderr);
        return 2;
    }
    text_init(&out);
    document = read(argv[5]);
    if (argc > 6 && (layout = read(argv[6]))) {
        json_object_update_missing(json_object_get(document, "page"), json_object_get(layout, "page"));
        json_object_update_missing(document, layout);
    }
    if (document && show(argv, document, &out, &err))
        status = fwrite(out.at, 1, out.len, stdout) != out.len;
    else
        fprintf(stderr, "%s\n", err.message);
    json_decref(document);
    json_decref(layout);
    text_release(&out);
    return status;
}
