/* tieqiao match --all: every record of a kind against all of another. */
#include <stdlib.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/task.h"
#include "cli/verb.h"
#include "work/join.h"

enum { K_USUAL = 10, THREADS_USUAL = 2 };

/* --- the task --- */

static bool moved(void *arg, int64_t done, int64_t total)
{
    const struct task *task = arg;

    return task_moved(task, "匹配", done, total) && !(task->stopping && atomic_load(task->stopping));
}

static bool line(void *arg, struct slice text)
{
    return task_line(arg, text);
}

static const struct kind *kind_read(const char *typed)
{
    return kind_by_name(typed) ? kind_by_name(typed) : kind_by_plural(typed);
}

/* A column by its name, or by the kind that it holds alone. */
static bool to_read(const char *typed, enum column *column)
{
    const struct kind *kind = kind_by_plural(typed);

    return column_by_name(slice_of(kind ? kind->name : typed), column);
}

static bool request_read(const struct task *task, struct join_request *request, struct err *err)
{
    const char *from = task_text(task, "from"), *to = task_text(task, "to"), *path = task_text(task, "file");

    request->from = kind_read(from);
    if (!request->from)
        return err_set(err, ERR_INVALID, "没有“%.60s”这一类记录", from)
               || err_hint(err, "可用：party、person、achievement、need、scenario、service、policy");
    if (!to_read(to, &request->to))
        return err_set(err, ERR_INVALID, "没有“%.60s”这一栏", to)
               || err_hint(err, "可用：achievement、need、people、place、scenario、finance、policy");
    request->k = (size_t)json_integer_value(json_object_get(task->request, "k"));
    request->threads = (unsigned)json_integer_value(json_object_get(task->request, "threads"));
    if (request->k < 1 || request->k > JOIN_MOST || request->threads < 1 || request->threads > JOIN_THREADS)
        return err_set(err, ERR_INVALID, "-k 是 1 到 %d,--threads 是 1 到 %d", JOIN_MOST, JOIN_THREADS)
               || err_hint(err, "请改一下再试");
    request->path = *path ? path : NULL;
    return true;
}

bool task_join(const struct task *task, struct err *err)
{
    struct join_request request = {.line = line, .moved = moved, .arg = (void *)task};
    struct join_tally tally;

    if (!request_read(task, &request, err) || !task_index(task, false, err)
        || !join_run(task->city, &request, &tally, err))
        return false;
    if (tally.anew)
        task_said(task, "索引或所求的与 %s 里的不同，已从头做起", request.path);
    else if (tally.kept)
        task_said(task, "%s 里已有 %lld 条，接着做", request.path, (long long)tally.kept);
    if (request.path)
        task_said(task, "%s对%s：匹配 %lld 条，在 %s", request.from->label, column_text(request.to)->label,
                  (long long)tally.records, request.path);
    return true;
}

/* --- the verb --- */

/* --NAME N, or the usual number; 0: it is no number. */
static long number_of(const char *typed, long usual)
{
    char *end = NULL;
    long number = typed ? strtol(typed, &end, 10) : usual;

    return !typed || (end != typed && !*end) ? number : 0;
}

int verb_match_all(int argc, char **argv, const struct where *where)
{
    bool missing = false;
    long k = number_of(option_take(&argc, argv, "-k", &missing), K_USUAL);
    long threads = number_of(option_take(&argc, argv, "--threads", &missing), THREADS_USUAL);
    const char *out = option_take(&argc, argv, "--out", &missing);
    char *path = out ? verb_path(out) : NULL;
    json_t *request;

    if (missing || argc != 3 || k < 1 || k > JOIN_MOST || threads < 1 || threads > JOIN_THREADS) {
        free(path);
        return verb_usage("用法：tieqiao match --all 类 栏 [-k 1到100] [--threads 1到16] [--out 文件.jsonl]，如 tieqiao match --all"
                          " needs achievements；tieqiao match --help 有说明");
    }
    request = json_object();
    json_put(request, "task", SLICE("join"));
    json_put(request, "from", slice_of(argv[1]));
    json_put(request, "to", slice_of(argv[2]));
    json_object_set_new(request, "k", json_integer(k));
    json_object_set_new(request, "threads", json_integer(threads));
    json_put(request, "file", slice_of(path ? path : ""));
    free(path);
    return task_do(where, request, NULL);
}
