/* tieqiao export KIND FILE: takes records out; tieqiao export feedback FOLDER: what became of proposed pairs. */
#include "base/json.h"
#include "cli/task.h"
#include "cli/verb.h"

static const char usage[] = "用法：tieqiao export 类别 文件.csv|.xlsx|.jsonl [--where 字段=代码]… [--own] [--as 账号]，或 tieqiao export feedback 目录";

static int export_feedback(const char *folder, const struct where *where)
{
    json_t *request = json_object();
    char *path = verb_path(folder);

    json_put(request, "task", SLICE("feedback"));
    json_put(request, "file", slice_of(path));
    free(path);
    return task_do(where, request, NULL);
}

int verb_export(int argc, char **argv, const struct where *where)
{
    json_t *request, *filters;
    bool missing = false, own;
    const char *as, *filter;
    char *path;

    if (argc == 3 && strcmp(argv[1], "feedback") == 0)
        return export_feedback(argv[2], where);
    request = json_object();
    filters = json_array();
    own = flag_take(&argc, argv, "--own");
    as = option_take(&argc, argv, "--as", &missing);
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
