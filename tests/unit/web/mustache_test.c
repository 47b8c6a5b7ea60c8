/*
 * The specification's own cases (tests/golden/mustache) and ours in the same form (tests/golden/template):
 * {name, data, template, partials, expected}. Each file is one test.
 */
#include "../base/cases.h"

#include <dirent.h>

#include "base/json.h"
#include "web/template_int.h"

enum { SOURCES_MOST = 16, FILES_MOST = 32 };

static struct slice string_of(const json_t *json)
{
    return (struct slice){json_string_value(json), json_string_length(json)};
}

static void check_case(const char *file, const json_t *test)
{
    struct compile_rules rules = {.raw = true, .loose = true};
    struct source sources[SOURCES_MOST] = {{SLICE("main"), string_of(json_object_get(test, "template")), rules}};
    struct template_view view = {.document = json_object_get(test, "data"), .language = "zh"};
    struct templates *templates = NULL;
    struct text out;
    struct err err = {0};
    size_t count = 1;
    const char *name;
    json_t *partial;

    json_object_foreach(json_object_get(test, "partials"), name, partial)
        sources[count++] = (struct source){slice_of(name), string_of(partial), rules};
    text_init(&out);
    if (!templates_compile(sources, count, NULL, &templates, &err)
        || !template_render(templates, "main", &view, &out, &err))
        fail_msg("%s: %s: %s", file, json_string_value(json_object_get(test, "name")), err.message);
    if (!slice_same(text_slice(&out), string_of(json_object_get(test, "expected"))))
        fail_msg("%s: %s: gave [%s]", file, json_string_value(json_object_get(test, "name")), out.at);
    text_release(&out);
    templates_close(templates);
}

static void gives_what_the_file_expects(void **state)
{
    const char *file = *state;
    json_t *cases = json_load_file(file, 0, NULL), *test;
    size_t i;

    assert_true(json_array_size(json_object_get(cases, "tests")) > 0);
    json_array_foreach(json_object_get(cases, "tests"), i, test)
        check_case(file, test);
    json_decref(cases);
}

static size_t add_folder(const char *dir, struct CMUnitTest *tests, size_t count)
{
    DIR *folder = opendir(dir);
    struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        static char paths[FILES_MOST][512], names[FILES_MOST][64];

        if (!strstr(entry->d_name, ".json") || count == FILES_MOST)
            continue;
        snprintf(paths[count], sizeof paths[count], "%s/%s", dir, entry->d_name);
        snprintf(names[count], sizeof names[count], "%.50s", entry->d_name);
        tests[count] = (struct CMUnitTest){names[count], gives_what_the_file_expects, NULL, NULL, paths[count]};
        count++;
    }
    if (folder)
        closedir(folder);
    return count;
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[FILES_MOST];
    size_t count = 0;

    for (int i = 1; i < argc; i++)
        count = add_folder(argv[i], tests, count);
    if (count == 0)
        return 1;
    return _cmocka_run_group_tests("mustache", tests, count, NULL, NULL);
}
