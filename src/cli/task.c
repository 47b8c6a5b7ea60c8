#include "cli/task.h"

#include "base/clock.h"
#include "base/json.h"
#include "cli/control.h"
#include "cli/verb.h"
#include "ledger/ledger.h"
#include "work/account.h"
#include "work/outside.h"
#include "work/reminder.h"
#include "work/sealer.h"

enum { LOOK_MS = 200 };

/* --- the request --- */

const char *task_text(const struct task *task, const char *name)
{
    const json_t *member = json_object_get(task->request, name);

    return json_is_string(member) ? json_string_value(member) : "";
}

bool task_flag(const struct task *task, const char *name)
{
    return json_is_true(json_object_get(task->request, name));
}

bool task_actor(const struct task *task, struct actor *actor, struct err *err)
{
    const char *login = task_text(task, "as");
    struct account account;
    struct sql *sql;
    bool found = false, ok;

    actor_program(actor);
    if (!*login)
        return true;
    if (!store_read(task->city->store, &sql, err))
        return false;
    ok = account_by_login(sql, slice_of(login), &account, &found, err) && found
         && actor_load(sql, account.id, actor, err);
    store_read_end(task->city->store, sql);
    return ok || err_set(err, ERR_INVALID, "没有账号“%.60s”，或者它已停用", login)
           || err_hint(err, "请检查 --as 后面的登录名");
}

/* --- telling --- */

static bool tell(const struct task *task, json_t *event)
{
    bool heard = task->tell(task->arg, event);

    json_decref(event);
    return heard;
}

bool task_moved(const struct task *task, const char *label, int64_t done, int64_t total)
{
    json_t *event = json_object();

    json_put(event, "event", SLICE("moved"));
    json_put(event, "label", slice_of(label));
    json_object_set_new(event, "done", json_integer(done));
    json_object_set_new(event, "total", json_integer(total));
    return tell(task, event);
}

bool task_said(const struct task *task, const char *format, ...)
{
    json_t *event = json_object();
    struct arena arena;
    va_list args;

    arena_init(&arena);
    va_start(args, format);
    json_put(event, "event", SLICE("said"));
    json_put(event, "text", slice_of(arena_vprint(&arena, format, args)));
    va_end(args);
    arena_release(&arena);
    return tell(task, event);
}

bool task_line(const struct task *task, struct slice text)
{
    json_t *event = json_object();

    json_put(event, "event", SLICE("line"));
    json_put(event, "text", text);
    return tell(task, event);
}

/* --- tasks --- */

static bool ledger_now(const struct task *task, uint64_t *size, struct err *err)
{
    struct sql *sql;
    bool ok;

    if (!store_read(task->city->store, &sql, err))
        return false;
    ok = ledger_size(sql, size, err);
    store_read_end(task->city->store, sql);
    return ok;
}

static void followed(struct city *city, bool fit, int64_t *done)
{
    pthread_mutex_lock(&city->mutex);
    *done = (int64_t)(fit ? city->fitted : city->indexed);
    pthread_mutex_unlock(&city->mutex);
}

bool task_index(const struct task *task, bool fit, struct err *err)
{
    const char *label = fit ? "推荐" : "索引";
    uint64_t size;
    int64_t done;

    if (!ledger_now(task, &size, err))
        return false;
    while (!city_settled(task->city, fit, LOOK_MS)) {
        followed(task->city, fit, &done);
        task_moved(task, label, done, (int64_t)size);
        if (task->stopping && atomic_load(task->stopping))
            return err_set(err, ERR_BUSY, "%s没有跟完，下次启动接着做", label);
    }
    task_moved(task, label, (int64_t)size, (int64_t)size);
    return true;
}

static bool task_rebuild(const struct task *task, struct err *err)
{
    struct city *city = task->city;

    return (city->sealer ? sealer_rebuild(city->sealer, err) : logbook_rebuild(city, err)) && city_rebuild(city, err)
           && task_index(task, false, err) && task_index(task, true, err);
}

static void task_outside(const struct task *task)
{
    struct outside_known known;

    if (!task->city->outside)
        return;
    outside_known(task->city->outside, &known);
    task_said(task, "向量服务 %s：%lld 条记录有向量，账本还有 %lld 条要看，%lld 条它不收；人们写的问题%s发给它", known.model,
              (long long)known.vectors, (long long)known.waiting, (long long)known.refused, known.questions ? "也" : "不");
    if (known.why[0])
        task_said(task, "向量服务不通，只按字词和自己的模型匹配：%s；%lld 秒后再试", known.why, (long long)known.wait_s);
}

static void task_log(const struct task *task)
{
    struct sealer_known known;

    if (!task->city->sealer)
        return;
    sealer_known(task->city->sealer, &known);
    task_said(task, "检查点：签到第 %llu 条，树建到第 %llu 条；账本的名字 %s", (unsigned long long)known.sealed,
              (unsigned long long)known.leaves, known.name[0] ? known.name : "—");
    if (known.why[0])
        task_said(task, "检查点没有签：%s", known.why);
}

static bool task_reminders(const struct task *task, struct err *err)
{
    struct reminder_known known;
    struct sql *sql;
    bool ok;

    if (!store_read(task->city->store, &sql, err))
        return false;
    ok = reminder_known(sql, clock_ms(), &known, err);
    store_read_end(task->city->store, sql);
    if (ok && known.waiting + known.failed)
        task_said(task, "提醒：%lld 条等着送出，最近 30 天有 %lld 条没有送到、不再送", (long long)known.waiting, (long long)known.failed);
    if (ok && known.failed)
        task_said(task, "最近一条没有送到的原因：%s", known.why);
    return ok;
}

/* Where nobody serves, nobody follows the ledger either: of the followers' places nothing is said. */
static bool task_status(const struct task *task, struct err *err)
{
    struct store_state state = store_state(task->city->store);
    const char *engine = store_engine(task->city->store);
    int64_t indexed, fitted;
    uint64_t size;

    if (!ledger_now(task, &size, err))
        return false;
    if (!task->address) {
        task_said(task, "账本 %llu 条(%s)；没有程序在服务，索引和推荐由下一次服务跟上", (unsigned long long)size, engine);
        task_meaning(task);
        return true;
    }
    followed(task->city, false, &indexed);
    followed(task->city, true, &fitted);
    task_said(task, "账本 %llu 条，已索引 %lld，已推荐 %lld；排队的写入 %zu；%s(%s)；在 %s 服务", (unsigned long long)size,
              (long long)indexed, (long long)fitted, state.queued, state.writable ? "可读可写" : "只读", engine,
              task->address);
    task_log(task);
    task_meaning(task);
    task_outside(task);
    return task_reminders(task, err);
}

static const struct task_kind {
    const char *name;
    bool (*run)(const struct task *task, struct err *err);
    enum verb_open how; /* where nobody serves */
} tasks[] = {
    {"import", task_import, VERB_FOLLOW},   {"export", task_export, VERB_FOLLOW}, {"match", task_match, VERB_FOLLOW},
    {"rebuild", task_rebuild, VERB_FOLLOW}, {"status", task_status, VERB_AS_IS},  {"check", task_check, VERB_AS_IS},  {"fsck", task_fsck, VERB_AS_IS}, {"pack", task_pack, VERB_AS_IS},
    {"join", task_join, VERB_FOLLOW},       {"rating", task_rating, VERB_FOLLOW}, {"feedback", task_feedback, VERB_ALONE},   {"learn", task_learn, VERB_FOLLOW},
    {"account", task_account, VERB_ALONE},  {"backup", task_backup, VERB_AS_IS},
};

static const struct task_kind *kind_of(const struct task *task)
{
    const char *name = task_text(task, "task");

    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        if (strcmp(tasks[i].name, name) == 0)
            return &tasks[i];
    return NULL;
}

bool task_run(const struct task *task, struct err *err)
{
    const struct task_kind *kind = kind_of(task);

    if (kind)
        return kind->run(task, err);
    return err_set(err, ERR_INVALID, "正在服务的程序不认识“%.60s”", task_text(task, "task"))
           || err_hint(err, "它可能是旧版本：请重启服务后再试");
}

/* --- in the server, or here for want of one --- */

static bool run_here(const struct where *where, const json_t *request, task_tell *show, void *arg, struct err *err)
{
    struct task task = {.request = request, .tell = show, .arg = arg};
    const struct task_kind *kind = kind_of(&task);
    bool ok;

    if (strcmp(task_text(&task, "task"), "stop") == 0)
        return err_set(err, ERR_MISSING, "数据目录 %s 没有程序在服务", where->data)
               || err_hint(err, "请先运行 tieqiao serve，或用 --data 指明它的数据目录");
    if (!verb_open(where, kind ? kind->how : VERB_AS_IS, &task.city, err))
        return false;
    ok = task_run(&task, err);
    city_close(task.city);
    return ok;
}

bool task_ask(const struct where *where, const json_t *request, task_tell *show, void *arg, struct err *err)
{
    json_t *whole = json_copy((json_t *)request);
    bool served, ok;

    json_put(whole, "db", slice_of(where->db ? where->db : ""));
    ok = control_ask(where->data, whole, show, arg, &served, err);
    json_decref(whole);
    return served ? ok : run_here(where, request, show, arg, err);
}

int task_do(const struct where *where, json_t *request, const char *bad_file)
{
    struct show *show = NULL;
    struct err err, later;
    bool ok = show_open(bad_file, &show, &err);

    if (ok) {
        ok = task_ask(where, request, show_event, show, &err);
        if (!show_close(show, &later) && ok) {
            ok = false;
            err = later;
        }
    }
    json_decref(request);
    return ok ? EXIT_DONE : verb_failed(&err);
}

/* --- verbs that are a task without words --- */

static int verb_bare(int argc, const char *name, const struct where *where)
{
    json_t *request = json_object();

    json_put(request, "task", slice_of(name));
    if (argc == 1)
        return task_do(where, request, NULL);
    json_decref(request);
    fprintf(stderr, "✗ 用法：tieqiao %s [--data DIR] [--db URL]\n", name);
    return EXIT_USAGE;
}

int verb_rebuild(int argc, char **argv, const struct where *where)
{
    return verb_bare(argc, argv[0], where);
}

int verb_status(int argc, char **argv, const struct where *where)
{
    return verb_bare(argc, argv[0], where);
}

int verb_stop(int argc, char **argv, const struct where *where)
{
    return verb_bare(argc, argv[0], where);
}

int verb_fsck(int argc, char **argv, const struct where *where)
{
    return verb_bare(argc, argv[0], where);
}

int verb_check(int argc, char **argv, const struct where *where)
{
    return verb_bare(argc, argv[0], where);
}
