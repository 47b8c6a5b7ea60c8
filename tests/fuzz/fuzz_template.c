/* Input: a template, a NUL, a second template called "b", a NUL, a document. Compiles or complains; renders or complains. */
#include "base/json.h"
#include "web/template_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size}, a = {"", 0}, b = {"", 0}, document = {"", 0};
    struct source sources[2];
    struct templates *templates;
    struct text out;
    struct err err;
    json_t *json;

    slice_cut(&rest, '\0', &a);
    slice_cut(&rest, '\0', &b);
    slice_cut(&rest, '\0', &document);
    sources[0] = (struct source){SLICE("a"), a, {size & 1, size & 2}};
    sources[1] = (struct source){SLICE("b"), b, {size & 1, size & 2}};
    if (!templates_compile(sources, 2, NULL, &templates, &err))
        return 0;
    json = json_read(document, &err);
    text_init(&out);
    template_render(templates, "a", &(struct template_view){json, "en"}, &out, &err);
    text_release(&out);
    json_decref(json);
    templates_close(templates);
    return 0;
}
