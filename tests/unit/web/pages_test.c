/*
 * Every page over its example document, in each language: it compiles as pages must (addresses through |link, known
 * filters and partials), nothing of the template language is left in it, and it is all escaped.
 */
#include "../base/cases.h"

#include <dirent.h>

#include "base/json.h"
#include "web/template.h"

static const char *root; /* of the source */
static struct templates *templates;
static struct messages *messages;

static void path_of(char path[512], const char *name)
{
    snprintf(path, 512, "%s/%s", root, name);
}

static int open_all(void **state)
{
    char pages[512], po[512];
    struct err err;

    (void)state;
    path_of(pages, "pages");
    path_of(po, "po");
    if (messages_open(po, &messages, &err) && templates_open(pages, messages, &templates, &err))
        return 0;
    fprintf(stderr, "%s\n", err.message);
    return -1;
}

static int close_all(void **state)
{
    (void)state;
    templates_close(templates);
    messages_close(messages);
    return 0;
}

static json_t *example(const char *name)
{
    char path[512], file[160];
    json_t *json;

    snprintf(file, sizeof file, "docs/pages/%s.json", name);
    path_of(path, file);
    json = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    if (!json)
        fail_msg("%s is not JSON", path);
    return json;
}

/* Puts a hostile text into every string but the addresses and codes. */
static void poison(json_t *json)
{
    const char *name;
    json_t *member;
    size_t i;

    if (json_is_array(json))
        json_array_foreach(json, i, member)
        {
            if (json_is_string(member))
                json_array_set_new(json, i, json_string("<script>\"'&"));
            else
                poison(member);
        }
    json_object_foreach(json, name, member)
    {
        if (!json_is_string(member))
            poison(member);
        else if (!strstr(name, "href"))
            json_string_set(member, "<script>\"'&");
        else
            json_string_set(member, "javascript:alert(1)");
    }
}

static void render(const char *name, const char *language, bool poisoned, struct text *out)
{
    json_t *document = example(name), *layout = example("layout");
    struct template_view view = {document, language};
    char template[64];
    struct err err;

    json_object_update_missing(json_object_get(document, "page"), json_object_get(layout, "page"));
    json_object_update_missing(document, layout);
    if (poisoned)
        poison(document);
    snprintf(template, sizeof template, "%.*s", (int)strcspn(name, "+"), name);
    text_clear(out);
    if (!template_render(templates, template, &view, out, &err))
        fail_msg("%s: %s", name, err.message);
    json_decref(document);
    json_decref(layout);
}

static void each_example(void (*look)(const char *name, struct text *out))
{
    char path[512];
    DIR *folder;
    struct dirent *entry;
    struct text out;
    size_t seen = 0;

    path_of(path, "docs/pages");
    folder = opendir(path);
    assert_non_null(folder);
    text_init(&out);
    while ((entry = readdir(folder))) {
        char name[64];
        size_t len = strlen(entry->d_name);

        if (len < 6 || strcmp(entry->d_name + len - 5, ".json") != 0 || strcmp(entry->d_name, "layout.json") == 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)len - 5, entry->d_name);
        look(name, &out);
        seen++;
    }
    closedir(folder);
    text_release(&out);
    assert_true(seen >= 12);
}

static void whole(const char *name, struct text *out)
{
    static const char *const languages[] = {"zh", "en"};

    for (size_t i = 0; i < COUNT(languages); i++) {
        render(name, languages[i], false, out);
        if (strstr(out->at, "{{") || strstr(out->at, "}}"))
            fail_msg("%s: a tag is left", name);
        if (strncmp(out->at, "<!doctype html>", 15) != 0 || !strstr(out->at, "</html>") || !strstr(out->at, "<h1"))
            fail_msg("%s is no whole page", name);
        if (strstr(out->at, " style=") || strstr(out->at, "<script>") || strstr(out->at, " onclick="))
            fail_msg("%s breaks the Content-Security-Policy", name);
        if ((strstr(out->at, "主导航") != NULL) != (i == 0))
            fail_msg("%s is not in %s", name, languages[i]);
    }
}

static void harmless(const char *name, struct text *out)
{
    render(name, "zh", true, out);
    if (strstr(out->at, "<script>") || strstr(out->at, "\"javascript:") || strstr(out->at, "&\""))
        fail_msg("%s lets a hostile text through", name);
    if (!strstr(out->at, "&lt;script&gt;"))
        fail_msg("%s shows nothing of its document", name);
}

static void every_example_renders_whole_in_both_languages(void **state)
{
    (void)state;
    each_example(whole);
}

static void hostile_texts_come_out_escaped_on_every_page(void **state)
{
    (void)state;
    each_example(harmless);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_renders_whole_in_both_languages),
        cmocka_unit_test(hostile_texts_come_out_escaped_on_every_page),
    };

    root = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, open_all, close_all);
}
