/*
 * How long a page takes from its document to its bytes, by page: bench/template PAGES PO EXAMPLES. One thread.
 * The median of 21 rounds, so that a neighbour on the machine does not count.
 */
#include <jansson.h>

#include "base/clock.h"
#include "base/text.h"
#include "web/template.h"

enum { ROUNDS = 21, TIMES = 2000 };

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double round_us(const struct templates *templates, const char *name, const struct template_view *view,
                       struct text *out)
{
    int64_t start = clock_steady_us();
    struct err err;

    for (int i = 0; i < TIMES; i++) {
        text_clear(out);
        if (!template_render(templates, name, view, out, &err)) {
            fprintf(stderr, "%s\n", err.message);
            exit(1);
        }
    }
    return (double)(clock_steady_us() - start) / TIMES;
}

static json_t *document(const char *examples, const char *name)
{
    char path[4096];
    json_t *json, *layout;

    snprintf(path, sizeof path, "%s/%s.json", examples, name);
    json = json_load_file(path, 0, NULL);
    snprintf(path, sizeof path, "%s/layout.json", examples);
    layout = json_load_file(path, 0, NULL);
    json_object_update_missing(json_object_get(json, "page"), json_object_get(layout, "page"));
    json_object_update_missing(json, layout);
    json_decref(layout);
    return json;
}

static void measure(const struct templates *templates, const char *examples, const char *name, const char *language)
{
    json_t *json = document(examples, name);
    struct template_view view = {json, language};
    double rounds[ROUNDS];
    struct text out;

    text_init(&out);
    for (int i = 0; i < ROUNDS; i++)
        rounds[i] = round_us(templates, name, &view, &out);
    qsort(rounds, ROUNDS, sizeof *rounds, by_value);
    printf("%-8s %s %6.1f us %6zu bytes\n", name, language, rounds[ROUNDS / 2], out.len);
    text_release(&out);
    json_decref(json);
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"home", "results", "list", "record", "form", "desk"};
    struct messages *messages = NULL;
    struct templates *templates = NULL;
    struct err err = {0};

    if (argc < 4 || !messages_open(argv[2], &messages, &err) || !templates_open(argv[1], messages, &templates, &err)) {
        fprintf(stderr, "bench/template PAGES PO EXAMPLES %s\n", err.message);
        return 2;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        measure(templates, argv[3], names[i], "zh");
        measure(templates, argv[3], names[i], "en");
    }
    templates_close(templates);
    messages_close(messages);
    return 0;
}
