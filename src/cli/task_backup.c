/* The task of backing up. */
#include "base/clock.h"
#include "base/json.h"
#include "cli/task.h"
#include "work/backup.h"

static bool moved(void *arg, const char *label, int64_t done, int64_t total)
{
    const struct task *task = arg;

    return task_moved(task, label, done, total) && !(task->stopping && atomic_load(task->stopping));
}

static void tell_made(const struct task *task, const struct backup_made *made, int64_t us)
{
    json_t *event = json_object();

    json_put(event, "event", SLICE("made"));
    json_put(event, "path", slice_of(made->path));
    task->tell(task->arg, event);
    json_decref(event);
    task_said(task, "备份在 %s：账本 %llu 条，记录 %lld 条 %lld 版，%.1f MiB；已读回核对(%.1f 秒)", made->path,
              (unsigned long long)made->counts.leaves, (long long)made->counts.records, (long long)made->counts.versions,
              (double)made->bytes / (1 << 20), (double)us / 1e6);
    if (made->dropped)
        task_said(task, "删去旧备份 %d 份", made->dropped);
    if (made->same_disk)
        task_said(task, "提示：备份与数据在同一块磁盘上，磁盘坏了会一起丢失；请再抄一份到别处");
}

bool task_backup(const struct task *task, struct err *err)
{
    struct backup_request request = {.target = task_text(task, "target"), .data = task->city->data, .now_ms = clock_ms(),
                                     .keep = (int)json_integer_value(json_object_get(task->request, "keep")),
                                     .moved = moved, .arg = (void *)task};
    int64_t start = clock_steady_us();
    struct backup_made made;

    if (!backup_make(task->city->store, &request, &made, err))
        return false;
    tell_made(task, &made, clock_steady_us() - start);
    return true;
}
