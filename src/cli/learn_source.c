/* What the rating is learned from and measured on; and the task that takes a city's feedback out. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/learn.h"
#include "cli/task.h"
#include "work/feedback_export.h"

/* --- the task --- */

static bool moved(void *arg, int64_t done, int64_t total)
{
    const struct task *task = arg;

    return task_moved(task, "取反馈", done, total) && !(task->stopping && atomic_load(task->stopping));
}

bool task_feedback(const struct task *task, struct err *err)
{
    const struct feedback_export request = {.folder = task_text(task, "file"), .moved = moved, .arg = (void *)task};
    struct feedback_tally tally;
    struct sql *sql;
    bool ok;

    if (!store_read(task->city->store, &sql, err))
        return false;
    ok = feedback_export(sql, &request, &tally, err);
    store_read_end(task->city->store, sql);
    if (ok)
        task_said(task, "反馈 %zu 条，%zu 对，能用来学；另有 %zu 条说不出文字合不合(价格、时间、地域等)，没有取", tally.judgements,
                  tally.pairs, tally.left_out);
    return ok;
}

/* --- a folder for a while --- */

static const char *const names[] = {"corpus.jsonl", "queries.jsonl", "qrels.tsv", "about.json"};
enum { CORPUS, QUERIES, QRELS, ABOUT, NAMES };

struct lodging {
    char folder[200];
    char paths[NAMES][240];
};

/* By root for a server that is somebody else: he is to write there. */
static void give_to_server(const struct lodging *lodging, const struct where *where)
{
    struct stat state;

    if (geteuid() == 0 && stat(where->data, &state) == 0 && chown(lodging->folder, state.st_uid, state.st_gid) != 0)
        return; /* it stays root's, and the server says that it cannot write there */
}

static bool lodging_make(struct lodging *lodging, const struct where *where, struct err *err)
{
    const char *folder = getenv("TMPDIR");

    snprintf(lodging->folder, sizeof lodging->folder, "%.150s/tieqiao-feedback-XXXXXX", folder && *folder ? folder : "/tmp");
    if (!mkdtemp(lodging->folder))
        return err_set(err, ERR_IO, "在 %s 里建不了临时目录", folder && *folder ? folder : "/tmp")
               || err_hint(err, "用环境变量 TMPDIR 指一个可写的目录");
    for (size_t i = 0; i < NAMES; i++)
        snprintf(lodging->paths[i], sizeof lodging->paths[i], "%s/%s", lodging->folder, names[i]);
    give_to_server(lodging, where);
    return true;
}

static void lodging_clear(const struct lodging *lodging)
{
    for (size_t i = 0; i < NAMES; i++)
        unlink(lodging->paths[i]);
    rmdir(lodging->folder);
}

/* --- the sources --- */

bool rating_files_fit(const struct judged_files *files, bool *feedback)
{
    int given = (files->corpus != NULL) + (files->queries != NULL) + (files->qrels != NULL);

    *feedback = *feedback || given == 0;
    return given == 3 || (given == 0 && !files->only);
}

static bool feedback_take_out(const struct lodging *lodging, const struct where *where, struct err *err)
{
    json_t *request = json_object();
    struct show *show;
    struct err later;
    bool ok;

    json_put(request, "task", SLICE("feedback"));
    json_put(request, "file", slice_of(lodging->folder));
    ok = show_open(NULL, &show, err);
    if (ok) {
        ok = task_ask(where, request, show_event, show, err);
        ok = show_close(show, ok ? err : &later) && ok;
    }
    json_decref(request);
    return ok;
}

static int64_t count_of(const json_t *about, const char *name)
{
    return json_integer_value(json_object_get(about, name));
}

static void left_out_count(const json_t *about, struct rating_sources *sources)
{
    const char *reason;
    json_t *count;

    json_object_foreach(json_object_get(about, "left_out"), reason, count)
        sources->left_out += (size_t)json_integer_value(count);
}

/* Where nobody has said anything that could be learned from, there is no collection. */
static bool feedback_read(struct rating_sources *sources, const struct lodging *lodging, struct err *err)
{
    const struct judged_files files = {.corpus = lodging->paths[CORPUS], .queries = lodging->paths[QUERIES],
                                       .qrels = lodging->paths[QRELS], .about = lodging->paths[ABOUT], .levels = true};
    json_t *about = json_load_file(lodging->paths[ABOUT], 0, NULL);
    bool any = count_of(about, "judgements") > 0;

    left_out_count(about, sources);
    json_decref(about);
    if (any && judged_read(&sources->lists[sources->count], &files, err))
        sources->count++;
    else if (any)
        return false;
    return sources->count > 0 || err_set(err, ERR_INVALID, "城市里还没有能用来学的反馈")
           || err_hint(err, "请在记录页“谁合适”里记下联系的进展，或用 --corpus、--queries、--qrels 给判好的文件");
}

static bool feedback_add(struct rating_sources *sources, const struct where *where, struct err *err)
{
    struct lodging lodging;
    bool ok;

    if (!lodging_make(&lodging, where, err))
        return false;
    ok = feedback_take_out(&lodging, where, err) && feedback_read(sources, &lodging, err);
    lodging_clear(&lodging);
    return ok;
}

bool rating_sources_read(struct rating_sources *sources, const struct judged_files *files, bool feedback, const struct where *where,
                         struct err *err)
{
    bool ok = true;

    *sources = (struct rating_sources){.count = 0};
    if (files->corpus) {
        ok = judged_read(&sources->lists[0], files, err);
        sources->count += ok;
    }
    ok = ok && (!feedback || feedback_add(sources, where, err));
    if (!ok)
        rating_sources_release(sources);
    return ok;
}

void rating_sources_release(struct rating_sources *sources)
{
    while (sources->count)
        judged_release(&sources->lists[--sources->count]);
}
