/*
 * tieqiao learn: the model by which records are also found in other words. The learning itself is done here, in a process of
 * its own and with the least claim to the processor, so that a server that has the city open only has to take the result
 * over. Three steps: the index has everything; learning; the index uses it.
 */
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "cli/learn.h"
#include "cli/task.h"
#include "cli/verb.h"
#include "work/meaning.h"

enum { LOOK_US = 200000, DIMS_STEP = 64, DIMS_MOST = 512, THREADS_MOST = 16, POLITE = 19 };

static const char usage[] = "用法：tieqiao learn [--dims 64的倍数，到512] [--threads 1到16] [--data DIR]；tieqiao learn --rating …；tieqiao learn --help 有说明";

/* --- the task --- */

/* What is committed meanwhile gets its vector at once; so this ends. */
static bool wait_for_vectors(const struct task *task, struct meaning_known *known, struct err *err)
{
    uint64_t failures;

    meaning_known(task->city, known);
    failures = known->failures;
    while (known->meant < known->records) {
        task_moved(task, "用上", known->meant, known->records);
        if (task->stopping && atomic_load(task->stopping))
            return err_set(err, ERR_BUSY, "模型还没有全部用上，下次启动接着做");
        usleep(LOOK_US);
        meaning_known(task->city, known);
        if (known->failures > failures)
            return err_set(err, ERR_IO, "写不了匹配索引，模型还没有全部用上，暂时只按字词匹配")
                   || err_hint(err, "多半是磁盘满了：腾出空间后自己接着做");
    }
    task_moved(task, "用上", known->records, known->records);
    return true;
}

static bool use(const struct task *task, struct err *err)
{
    struct meaning_known known;

    if (!meaning_use(task->city, err) || !wait_for_vectors(task, &known, err))
        return false;
    task_said(task, "由 %lld 条记录学成，%lld 条记录都用上了：换一种说法也能找到", (long long)known.documents,
              (long long)known.records);
    return true;
}

bool task_learn(const struct task *task, struct err *err)
{
    return strcmp(task_text(task, "do"), "use") == 0 ? use(task, err) : task_index(task, false, err);
}

static void tell_lexicon(const struct task *task, const struct meaning_known *known)
{
    if (known->untranslated[0])
        task_said(task, "中英文词典坏了，一种文字只找得到同一种文字写的：%s；重新启动服务就会再装上", known->untranslated);
    else if (known->pairs)
        task_said(task, "中英文词典：%lld 对词，中文的问题也找英文的记录，反过来也一样", (long long)known->pairs);
    else
        task_said(task, "中英文词典：没有，一种文字只找得到同一种文字写的");
    if (known->unread_words[0])
        task_said(task, "有一个词典文件写得不对，没有用上：%s；改好后重新启动服务", known->unread_words);
}

void task_meaning(const struct task *task)
{
    char learned[CLOCK_TEXT];
    struct meaning_known known;

    if (!meaning_known(task->city, &known))
        return;
    if (known.spoilt[0])
        task_said(task, "语义模型坏了，只按字词匹配：%s；请再运行一次 tieqiao learn", known.spoilt);
    else if (!known.there)
        task_said(task, "语义模型：没有，只按字词匹配；tieqiao learn 由记录学一个");
    else
        task_said(task, "语义模型：%s 由 %lld 条记录学成，%lld 条记录中 %lld 条用上了", clock_show_minute(known.learned_ms, learned),
                  (long long)known.documents, (long long)known.records, (long long)known.meant);
    tell_lexicon(task, &known);
}

/* --- the verb --- */

static bool ask(const struct where *where, const char *what, struct show *show, struct err *err)
{
    json_t *request = json_object();
    bool ok;

    json_put(request, "task", SLICE("learn"));
    json_put(request, "do", slice_of(what));
    ok = task_ask(where, request, show_event, show, err);
    json_decref(request);
    return ok;
}

static bool moved(void *arg, int64_t done, int64_t total)
{
    struct task here = {.tell = show_event, .arg = arg};

    return task_moved(&here, "学习", done, total);
}

static bool learn(const struct where *where, struct meaning_options *options, struct show *show, struct err *err)
{
    if (!ask(where, "ready", show, err))
        return false;
    if (nice(POLITE) == -1)
        return err_set(err, ERR_IO, "让不出处理器");
    return meaning_learn(options, err) && ask(where, "use", show, err);
}

/* --NAME N, a multiple of `step` within it and `most`; left out, 0. */
static bool number_take(int *argc, char **argv, const char *option, long step, long most, unsigned *number)
{
    bool missing = false;
    const char *typed = option_take(argc, argv, option, &missing);
    char *end = NULL;
    long value = typed ? strtol(typed, &end, 10) : 0;

    *number = (unsigned)value;
    return !missing && (!typed || (end != typed && !*end && value >= step && value <= most && value % step == 0));
}

int verb_learn(int argc, char **argv, const struct where *where)
{
    struct meaning_options options = {.data = where->data, .now_ms = clock_ms(), .moved = moved};
    struct show *show = NULL;
    struct err err, later;
    bool ok;

    if (flag_take(&argc, argv, "--rating"))
        return learn_rating(argc, argv, where);
    if (!number_take(&argc, argv, "--dims", DIMS_STEP, DIMS_MOST, &options.dims)
        || !number_take(&argc, argv, "--threads", 1, THREADS_MOST, &options.threads) || argc != 1)
        return verb_usage(usage);
    ok = show_open(NULL, &show, &err);
    options.arg = show;
    if (ok) {
        ok = learn(where, &options, show, &err);
        ok = show_close(show, ok ? &err : &later) && ok;
    }
    return ok ? EXIT_DONE : verb_failed(&err);
}
