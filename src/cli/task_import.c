/* The task of bringing files in, one after another: parties first, then people, then what belongs to them. */
#include "base/clock.h"
#include "base/json.h"
#include "cli/task.h"
#include "work/import.h"

enum { COLUMNS_MOST = 1000 };

struct bringing {
    const struct task *task;
    struct actor actor;
    struct import_options options;
    const char *path, *name; /* of the file in hand */
    char label[200];
    bool unheard;            /* nobody listens any more */
    bool decided;
};

/* --- told on the way --- */

static void moved(void *arg, enum import_phase phase, int64_t done, int64_t total)
{
    struct bringing *bringing = arg;

    snprintf(bringing->label, sizeof bringing->label, "%s %.120s", phase == IMPORT_CHECKING ? "检查" : "写入",
             bringing->name);
    if (!task_moved(bringing->task, bringing->label, done, total))
        bringing->unheard = true;
}

static void bad(void *arg, long line, const struct import_problem *problems, size_t count)
{
    struct bringing *bringing = arg;
    json_t *event = json_object(), *list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *problem = json_object();

        json_put(problem, "header", problems[i].header);
        json_put(problem, "value", problems[i].value);
        json_put(problem, "message", slice_of(problems[i].err.message));
        json_put(problem, "hint", slice_of(problems[i].err.hint));
        json_array_append_new(list, problem);
    }
    json_put(event, "event", SLICE("bad"));
    json_put(event, "file", slice_of(bringing->name));
    json_object_set_new(event, "line", json_integer(line));
    json_object_set_new(event, "problems", list);
    if (!bringing->task->tell(bringing->task->arg, event))
        bringing->unheard = true;
    json_decref(event);
}

static void remarked(void *arg, long line, struct slice remarks)
{
    const struct bringing *bringing = arg;
    struct slice remark;

    while (slice_cut(&remarks, '\n', &remark))
        task_said(bringing->task, "%s 第 %ld 行提醒：%.*s", bringing->name, line, (int)remark.len, remark.at);
}

/* Without a listener nothing is decided any more; what is decided is finished. The server's end interrupts both. */
static bool stopped(void *arg)
{
    const struct bringing *bringing = arg;

    return (bringing->unheard && !bringing->decided)
           || (bringing->task->stopping && atomic_load(bringing->task->stopping));
}

/* --- one file --- */

const struct kind *kind_by_file(const char *name)
{
    for (size_t i = 0; kind_imported(i); i++) {
        const struct kind *kind = kind_imported(i);

        if (strncmp(name, kind->plural, strlen(kind->plural)) == 0 || strncmp(name, kind->name, strlen(kind->name)) == 0)
            return kind;
    }
    return NULL;
}

static const struct kind *kind_of(const struct bringing *bringing, const struct slice *headers, size_t count)
{
    const char *given = task_text(bringing->task, "kind");

    if (*given)
        return kind_imported_by_name(given) ? kind_imported_by_name(given) : kind_imported_by_plural(given);
    if (kind_by_file(bringing->name))
        return kind_by_file(bringing->name);
    return import_plan_guess(headers, count);
}

static bool kind_unknown(const struct bringing *bringing, struct err *err)
{
    const char *given = task_text(bringing->task, "kind");

    if (*given)
        err_set(err, ERR_INVALID, "没有“%.60s”这一类记录", given);
    else
        err_set(err, ERR_INVALID, "从表头看不出 %.60s 里是哪一类记录", bringing->name);
    return err_hint(err, "用 --kind 指明：party、person、achievement、need、scenario、service、policy、past_deal、past_receipt、past_award");
}

static bool words_apply(const struct bringing *bringing, const char *name,
                        bool (*apply)(struct import_plan *, struct slice, struct err *), struct import_plan *plan,
                        struct err *err)
{
    json_t *word;
    size_t i;

    json_array_foreach(json_object_get(bringing->task->request, name), i, word)
        if (!json_is_string(word) || !apply(plan, slice_of(json_string_value(word)), err))
            return false;
    return true;
}

static bool plan_make(struct bringing *bringing, struct table *table, struct arena *arena, struct import_plan *plan,
                      struct err *err)
{
    size_t count = table_columns(table);
    struct slice *headers = arena_zero(arena, count, sizeof *headers);
    const struct kind *kind;

    for (size_t i = 0; i < count; i++)
        headers[i] = table_column(table, i);
    kind = kind_of(bringing, headers, count);
    if (!kind)
        return kind_unknown(bringing, err);
    import_plan_make(kind, headers, count, arena, plan);
    return words_apply(bringing, "map", import_plan_map, plan, err)
           && words_apply(bringing, "fill", import_plan_fill, plan, err);
}

static void tell_left(const struct bringing *bringing, const struct import_plan *plan)
{
    struct text names;

    text_init(&names);
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == IMPORT_LEFT && plan->columns[i].header.len)
            text_print(&names, "%s%.*s", names.len ? "、" : "", (int)plan->columns[i].header.len,
                       plan->columns[i].header.at);
    if (names.len)
        task_said(bringing->task, "%s：没有取这些列：%s", bringing->name, names.at);
    text_release(&names);
}

/* What was in the file and did not become a record, though nothing was wrong with it. */
static void tell_passed(const struct bringing *bringing, const struct table *table, const struct import_tally *tally)
{
    if (tally->aside)
        task_said(bringing->task, "%s：%lld 行是合计、填表人一类，不是记录，没有算在内", bringing->name, (long long)tally->aside);
    if (tally->remarked)
        task_said(bringing->task, "%s：%lld 行有提醒，照样导入，提醒记在项目里", bringing->name, (long long)tally->remarked);
    if (table_rest(table))
        task_said(bringing->task, "%s：工作簿里还有别的工作表，只读了第一张有表格的；其余的请各存成一个文件再导入", bringing->name);
}

static void tell_tally(const struct bringing *bringing, const struct kind *kind, const struct import_tally *tally,
                       int64_t us)
{
    task_said(bringing->task, "%s：%s新增 %lld 条，更新 %lld 条，相同 %lld 条，跳过 %lld 条，有错 %lld 行%s(%.1f 秒)",
              bringing->name, kind->label, (long long)tally->made, (long long)tally->changed, (long long)tally->same,
              (long long)tally->skipped, (long long)tally->bad, tally->parties ? ",并新建了单位" : "", (double)us / 1e6);
}

static bool refuse_bad(const struct bringing *bringing, const struct import_tally *tally, struct err *err)
{
    struct err ignored;

    import_drop(bringing->task->city->store, tally->job, &ignored);
    err_set(err, ERR_INVALID, "%s 有 %lld 行有错，一行也没有导入", bringing->name, (long long)tally->bad);
    return err_hint(err, "改好再导入；或加 --good 只导入没有错的行");
}

static bool table_bring(struct bringing *bringing, struct table *table, struct err *err)
{
    struct import_watch watch = {.arg = bringing, .moved = moved, .bad = bad, .remarked = remarked, .stopped = stopped};
    char digest[IMPORT_DIGEST];
    struct import_plan plan;
    struct import_request request = {.table = table, .file = bringing->name, .plan = &plan, .actor = &bringing->actor,
                                     .options = bringing->options};
    struct import_tally tally;
    int64_t start = clock_steady_us();
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = plan_make(bringing, table, &arena, &plan, err);
    if (ok)
        tell_left(bringing, &plan);
    ok = ok && (!kind_is_past(plan.kind) || import_digest(bringing->path, digest, err));
    request.digest = ok && kind_is_past(plan.kind) ? digest : NULL;
    ok = ok && import_check(bringing->task->city->store, &request, &watch, true, &tally, err);
    if (ok)
        tell_passed(bringing, table, &tally);
    if (ok && tally.bad && !bringing->options.good_only)
        ok = refuse_bad(bringing, &tally, err);
    bringing->decided = ok;
    ok = ok && import_publish(bringing->task->city->store, tally.job, bringing->options.good_only, &watch, &tally, err);
    if (ok)
        tell_tally(bringing, plan.kind, &tally, clock_steady_us() - start);
    bringing->decided = false;
    arena_release(&arena);
    return ok;
}

static bool file_bring(struct bringing *bringing, const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    struct table *table;
    bool ok;

    bringing->path = path;
    bringing->name = slash ? slash + 1 : path;
    ok = table_open(path, bringing->name, &table, err);
    if (ok) {
        ok = table_bring(bringing, table, err);
        table_close(table);
    }
    city_nudge(bringing->task->city);
    return ok;
}

/* --- the task --- */

static bool exists_read(const char *typed, enum import_exists *exists, struct err *err)
{
    static const char *const names[] = {[EXISTS_UPDATE] = "update", [EXISTS_SKIP] = "skip", [EXISTS_ERROR] = "error"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], *typed ? typed : "update") == 0) {
            *exists = (enum import_exists)i;
            return true;
        }
    err_set(err, ERR_INVALID, "--exists 不能写“%.60s”", typed);
    return err_hint(err, "已有的记录：update 更新、skip 跳过、error 算错");
}

static bool options_read(struct bringing *bringing, struct err *err)
{
    const struct task *task = bringing->task;
    struct import_options *options = &bringing->options;

    options->good_only = task_flag(task, "good_only");
    options->make_parties = task_flag(task, "make_parties");
    snprintf(options->side, sizeof options->side, "%s", task_text(task, "side"));
    snprintf(options->owner, sizeof options->owner, "%s", task_text(task, "owner"));
    return exists_read(task_text(task, "exists"), &options->exists, err) && task_actor(task, &bringing->actor, err);
}

bool task_import(const struct task *task, struct err *err)
{
    struct bringing bringing = {.task = task};
    json_t *file;
    size_t i;

    if (!options_read(&bringing, err))
        return false;
    json_array_foreach(json_object_get(task->request, "files"), i, file)
        if (!json_is_string(file) || !file_bring(&bringing, json_string_value(file), err))
            return false;
    return task_index(task, false, err);
}
