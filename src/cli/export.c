/* tieqiao export KIND FILE: takes records out. */
#include <limits.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/task.h"
#include "cli/verb.h"

static const char usage[] = "用法:tieqiao export 类别 文件.csv|.xlsx|.jsonl [--where 字段=代码]… [--own] [--as 账号]";

/* A server has another folder under its feet: the path is made whole. The file need not be there yet. */
static char *whole_path(const char *path)
{
    char folder[PATH_MAX];
    struct text whole;

    text_init(&whole);
    if (path[0] != '/' && realpath(".", folder))
        text_print(&whole, "%s/", folder);
    text_puts(&whole, path);
    return text_detach(&whole);
}

int verb_export(int argc, char **argv, const struct where *where)
{
    json_t *request = json_object(), *filters = json_array();
    bool missing = false, own = flag_take(&argc, argv, "--own");
    const char *as = option_take(&argc, argv, "--as", &missing), *filter;
    char *path;

    while ((filter = option_take(&argc, argv, "--where", &missing)) != NULL)
        json_array_append_new(filters, json_string(filter));
    json_object_set_new(request, "filters", filters);
    if (missing || argc != 3) {
        json_decref(request);
        return verb_usage(usage);
    }
    path = whole_path(argv[2]);
    json_put(request, "task", SLICE("export"));
    json_put(request, "kind", slice_of(argv[1]));
    json_put(request, "file", slice_of(path));
    json_put(request, "as", slice_of(as ? as : ""));
    json_object_set_new(request, "own", json_boolean(own));
    free(path);
    return task_do(where, request, NULL);
}
