/* The tasks of checking: hold the records, accounts and leaves of a city, its trees and checkpoints, against each other; change nothing. */
#include "base/text.h"
#include "cli/task.h"
#include "work/city_check.h"

static bool moved(void *arg, int64_t done, int64_t total)
{
    const struct task *task = arg;

    return task_moved(task, "核对", done, total) && !(task->stopping && atomic_load(task->stopping));
}

static bool check(const struct task *task, struct city_counts *counts, struct err *err)
{
    struct city_watch watch = {.moved = moved, .arg = (void *)task, .data = task->city->data};
    struct sql *sql;
    bool ok;

    if (!store_read(task->city->store, &sql, err))
        return false;
    ok = city_check(sql, &watch, counts, err);
    store_read_end(task->city->store, sql);
    return ok;
}

static void tell(const struct task *task, const struct text *line)
{
    task_line(task, text_slice(line));
}

/* The ledger alone, as an auditor wants it: quick enough for a night's round. */
bool task_fsck(const struct task *task, struct err *err)
{
    struct city_watch watch = {.moved = moved, .arg = (void *)task, .data = task->city->data};
    struct audit_counts counts;
    struct text line;
    struct sql *sql;
    bool ok;

    if (!store_read(task->city->store, &sql, err))
        return false;
    ok = log_check(sql, &watch, &counts, err);
    store_read_end(task->city->store, sql);
    if (!ok)
        return false;
    text_init(&line);
    text_print(&line, "账本 %llu 条逐条重算，没有缺口；检查点签到第 %llu 条，树根与签名相符；磁盘上的 %llu 块与条目相符", (unsigned long long)counts.leaves,
               (unsigned long long)counts.sealed, (unsigned long long)counts.tiles);
    tell(task, &line);
    text_release(&line);
    return true;
}

bool task_check(const struct task *task, struct err *err)
{
    struct city_counts counts;
    struct text line;

    if (!check(task, &counts, err))
        return false;
    text_init(&line);
    text_print(&line, "账本 %llu 条，没有缺口；记录 %lld 条 %lld 版，账号与授权 %lld 项，附件 %lld 份，反馈 %lld 版，都与账本相符", (unsigned long long)counts.leaves,
               (long long)counts.records, (long long)counts.versions, (long long)counts.people,
               (long long)counts.attachments.files, (long long)counts.feedback);
    tell(task, &line);
    text_release(&line);
    return true;
}
