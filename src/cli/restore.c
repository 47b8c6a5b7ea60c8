/* tieqiao restore FILE: puts a backup into a data folder that nobody serves, then makes the match index from it. */
#include "base/clock.h"
#include "base/text.h"
#include "cli/task.h"
#include "cli/verb.h"
#include "seal/seal.h"
#include "work/restore.h"

static const char usage[] = "用法：tieqiao restore 备份文件 [--replace] [--data DIR]";

static bool moved(void *arg, const char *label, int64_t done, int64_t total)
{
    return task_moved(arg, label, done, total);
}

static void tell_restored(const struct task *task, const struct where *where, const struct restored *restored, int64_t us)
{
    task_said(task, "已恢复到 %s：账本 %llu 条，记录 %lld 条 %lld 版，账号与授权 %lld 项，反馈 %lld 版，都与账本相符(%.1f 秒)", where->data,
              (unsigned long long)restored->counts.leaves, (long long)restored->counts.records,
              (long long)restored->counts.versions, (long long)restored->counts.people,
              (long long)restored->counts.feedback, (double)us / 1e6);
    if (restored->aside[0])
        task_said(task, "原来的数据移到了 %s，确认不再需要后请自行删除", restored->aside);
    task_said(task, "所有人要重新登录；备份之后的写入不在其中");
}

static bool restore(const struct task *task, const struct where *where, const char *file, bool replace, struct err *err)
{
    struct text schema;
    struct restore_request request = {.file = file, .data = where->data, .replace = replace, .now_ms = clock_ms(),
                                      .moved = moved, .arg = (void *)task};
    int64_t start = clock_steady_us();
    struct restored restored;
    bool ok;

    text_init(&schema);
    text_print(&schema, "%s/schema", where->share);
    request.schema = schema.at;
    ok = seal_start(err) && restore_run(&request, &restored, err);
    if (ok)
        tell_restored(task, where, &restored, clock_steady_us() - start);
    text_release(&schema);
    return ok;
}

/* Cut off, the next start goes on with it. */
static bool index_make(struct task *task, const struct where *where, struct err *err)
{
    bool ok;

    if (!verb_open(where, VERB_FOLLOW, &task->city, err))
        return false;
    ok = task_index(task, false, err);
    city_close(task->city);
    return ok;
}

int verb_restore(int argc, char **argv, const struct where *where)
{
    bool replace = flag_take(&argc, argv, "--replace"), ok;
    struct task task = {.tell = show_event};
    struct show *show;
    struct err err, later;

    if (argc != 2 || argv[1][0] == '-')
        return verb_usage(usage);
    if (where->db) {
        err_set(&err, ERR_INVALID, "记录在 PostgreSQL 里，恢复用它自己的工具");
        err_hint(&err, "用 pg_restore 或基础备份，再删去数据目录里的 index/(docs/running.md)");
        return verb_failed(&err);
    }
    if (!show_open(NULL, &show, &err))
        return verb_failed(&err);
    task.arg = show;
    ok = restore(&task, where, argv[1], replace, &err) && index_make(&task, where, &err);
    show_close(show, &later);
    return ok ? EXIT_DONE : verb_failed(&err);
}
