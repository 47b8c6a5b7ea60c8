/* The task of taking records out. */
#include "base/json.h"
#include "cli/task.h"
#include "work/export.h"

struct taking {
    const struct task *task;
    struct actor actor;
    struct export_request request;
};

static bool moved(void *arg, int64_t done, int64_t total)
{
    const struct taking *taking = arg;

    return task_moved(taking->task, "导出", done, total)
           && !(taking->task->stopping && atomic_load(taking->task->stopping));
}

static bool is_facet(const struct kind *kind, int field)
{
    for (size_t i = 0; i < kind->facet_count; i++)
        if (field >= 0 && kind->facets[i] == (size_t)field)
            return true;
    return false;
}

/* "region=620102" */
static bool filter_add(struct taking *taking, const char *word, struct err *err)
{
    struct export_request *request = &taking->request;
    const char *mark = strchr(word, '=');
    char name[64];
    int field;

    snprintf(name, sizeof name, "%.*s", mark ? (int)(mark - word) : 0, word);
    field = kind_field(request->kind, name);
    if (!mark || !is_facet(request->kind, field)) {
        err_set(err, ERR_INVALID, "%s不能按“%.60s”来选", request->kind->label, word);
        return err_hint(err, "写成 字段=代码，如 region=620102");
    }
    if (request->filter_count == FACET_FILTERS)
        return err_set(err, ERR_INVALID, "最多用 %d 个条件来选", FACET_FILTERS) || err_hint(err, "请去掉几个 --where");
    request->filters[request->filter_count++] =
        (struct facet_filter){request->kind->fields[field].name, slice_of(mark + 1)};
    return true;
}

static bool request_read(struct taking *taking, struct err *err)
{
    const struct task *task = taking->task;
    const char *name = task_text(task, "kind");
    json_t *word;
    size_t i;

    taking->request.kind = kind_by_name(name) ? kind_by_name(name) : kind_by_plural(name);
    if (!taking->request.kind)
        return err_set(err, ERR_INVALID, "没有“%.60s”这一类记录", name)
               || err_hint(err, "可用：party、person、achievement、need、scenario、service、policy");
    taking->request.path = task_text(task, "file");
    if (!export_form(taking->request.path, &taking->request.form)) {
        err_set(err, ERR_INVALID, "从文件名看不出格式");
        return err_hint(err, "文件名以 .csv、.xlsx 或 .jsonl 结尾");
    }
    taking->request.own = task_flag(task, "own");
    json_array_foreach(json_object_get(task->request, "filters"), i, word)
        if (!json_is_string(word) || !filter_add(taking, json_string_value(word), err))
            return false;
    return task_actor(task, &taking->actor, err);
}

bool task_export(const struct task *task, struct err *err)
{
    struct taking taking = {.task = task};
    int64_t records;

    taking.request.actor = &taking.actor;
    taking.request.moved = moved;
    taking.request.arg = &taking;
    if (!request_read(&taking, err) || !export_write(task->city->store, &taking.request, &records, err))
        return false;
    task_said(task, "导出%s %lld 条到 %s", taking.request.kind->label, (long long)records, taking.request.path);
    return true;
}
