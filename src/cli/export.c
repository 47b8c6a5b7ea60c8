/* tieqiao export KIND FILE: takes records out. */
#include "base/json.h"
#include "cli/task.h"
#include "cli/verb.h"

static const char usage[] = "用法：tieqiao export 类别 文件.csv|.xlsx|.jsonl [--where 字段=代码]… [--own] [--as 账号]";

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
    path = verb_path(argv[2]);
    json_put(request, "task", SLICE("export"));
    json_put(request, "kind", slice_of(argv[1]));
    json_put(request, "file", slice_of(path));
    json_put(request, "as", slice_of(as ? as : ""));
    json_object_set_new(request, "own", json_boolean(own));
    free(path);
    return task_do(where, request, NULL);
}
