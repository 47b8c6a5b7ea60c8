/*
 * What waits for a person, in words: each says what is to be done, by which day or on which ground, and leads to where it is
 * done. All of it is read from the records (work/desk.h) and from what became of his imports.
 */
#include "web/desk.h"

#include "base/clock.h"
#include "base/json.h"
#include "web/import.h"
#include "web/matter.h"
#include "web/say.h"
#include "web/talent.h"
#include "work/desk.h"

enum { IMPORTS_SHOWN = 5 };

/* Chinese titles stand in Chinese quotes. */
#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))
#define TEXT(slice) (int)(slice).len, (slice).at

static json_t *task_json(struct slice text, struct slice href, struct slice basis)
{
    json_t *task = json_object();

    json_put(task, "text", text);
    json_put(task, "href", href);
    if (basis.len)
        json_put(task, "basis", basis);
    json_object_set_new_nocheck(task, "late", json_false());
    return task;
}

static void task_put(json_t *tasks, json_t *task)
{
    json_fill(task, "due basis article since");
    json_array_append_new(tasks, task);
}

/* --- overdue --- */

static struct slice overdue_text(struct request *request, const struct desk_task *task)
{
    bool need = task->kind->id == KIND_NEED;

    if (request->english)
        return need ? PUT(request, "The deadline of “%.*s” has passed: close it, or set another day", TEXT(task->title))
                    : PUT(request, "“%.*s” is past its closing day: close it, or set another day", TEXT(task->title));
    return need ? PUT(request, "“%.*s”的期限已过：关闭，或延期", TEXT(task->title))
                : PUT(request, "“%.*s”的开放已经截止：关闭，或延期", TEXT(task->title));
}

static bool overdue_add(struct request *request, json_t *tasks, bool *more, struct err *err)
{
    struct desk_tasks found;
    char today[CLOCK_TEXT];
    int32_t now = day_of_ms(request->now_ms), day;

    clock_show_day(request->now_ms, today);
    if (!desk_overdue(request->sql, &request->actor, today, request->arena, &found, err))
        return false;
    for (size_t i = 0; i < found.count; i++) {
        const struct desk_task *task = &found.list[i];
        int days = day_parse(task->day, &day) ? now - day : 0;
        json_t *json = task_json(overdue_text(request, task),
                                 PUT(request, "/%s/%lld", task->kind->plural, (long long)task->id),
                                 request->english ? PUT(request, "Overdue by %d d", days)
                                                  : PUT(request, "过了 %d 天", days));

        json_put(json, "due", task->day);
        json_object_set_new_nocheck(json, "late", json_true());
        task_put(tasks, json);
    }
    *more = *more || found.more;
    return true;
}

/* --- hidden for want of a filing date --- */

static bool unfiled_add(struct request *request, json_t *tasks, bool *more, struct err *err)
{
    struct desk_tasks found;

    if (!desk_unfiled(request->sql, &request->actor, request->arena, &found, err))
        return false;
    for (size_t i = 0; i < found.count; i++) {
        const struct desk_task *task = &found.list[i];

        task_put(tasks, task_json(request->english
                                      ? PUT(request, "Only your organisation sees the details of “%.*s”: add the filing date, or say"
                                                     " who may see them", TEXT(task->title))
                                      : PUT(request, "“%.*s”的技术要点只有本单位能看：补上专利申请日，或定下公开范围", TEXT(task->title)),
                                  PUT(request, "/achievements/%lld/edit#f-rights", (long long)task->id),
                                  say(request, N_("没有专利申请日，公开会丧失新颖性(专利法 §24)"))));
    }
    *more = *more || found.more;
    return true;
}

/* --- partners that have come --- */

static bool fresh_add(struct request *request, json_t *tasks, bool *more, struct err *err)
{
    struct desk_tasks found;

    if (!desk_fresh(request->sql, &request->actor, request->now_ms, request->arena, &found, err))
        return false;
    for (size_t i = 0; i < found.count; i++) {
        const struct desk_task *task = &found.list[i];
        const char *level = task->rating >= MATCH_STRONG ? request->english ? "strong" : "强"
                            : request->english           ? "fair"
                                                         : "较强";
        char day[CLOCK_TEXT];

        clock_show_day(task->since_ms, day);
        task_put(tasks, task_json(request->english
                                      ? PUT(request, "A new partner for “%.*s” (%s): “%.*s”", TEXT(task->title), level,
                                            TEXT(task->other_title))
                                      : PUT(request, "“%.*s”有了新的合适对象(%s)：“%.*s”", TEXT(task->title), level,
                                            TEXT(task->other_title)),
                                  PUT(request, "/%s/%lld", task->partner->plural, (long long)task->other),
                                  request->english ? PUT(request, "Registered on %s; told for %d days", day, DESK_FRESH_DAYS)
                                                   : PUT(request, "%s 登记，提醒 %d 天", day, DESK_FRESH_DAYS)));
    }
    *more = *more || found.more;
    return true;
}

/* --- imports --- */

static json_t *waiting_json(struct request *request, const struct import_kept *kept)
{
    const struct import_job *job = &kept->job;
    long long good = (long long)job->tally.good, bad = (long long)job->tally.bad;

    return task_json(request->english ? PUT(request, "Decide about the import of %.*s", TEXT(job->file))
                                      : PUT(request, "决定导不导入 %.*s", TEXT(job->file)),
                     slice_of(kept->href),
                     request->english ? PUT(request, "Checked; %lld rows can be imported, %lld have faults", good, bad)
                                      : PUT(request, "检查过，还没有导入：%lld 行可以导入，%lld 行有问题", good, bad));
}

static json_t *mending_json(struct request *request, const struct import_kept *kept)
{
    const struct import_job *job = &kept->job;
    long long left = (long long)job->bad_left;
    char day[CLOCK_TEXT];

    clock_show_minute(job->decided_ms, day);
    return task_json(request->english ? PUT(request, "Mend %lld rows of %.*s", left, TEXT(job->file))
                                      : PUT(request, "补改 %.*s 里的 %lld 行", TEXT(job->file), left),
                     slice_of(kept->href),
                     request->english ? PUT(request, "They were left out of the import of %s", day)
                                      : PUT(request, "%s 导入时没有进来", day));
}

/* The newest few as lines, for whoever imports; of all that are kept those that wait as tasks. */
static void imports_add(struct request *request, json_t *desk, json_t *tasks)
{
    struct import_kept kept[IMPORTS_MOST];
    size_t count = imports_kept(request, kept, DESK_TASKS);
    json_t *imports = json_object(), *lines = import_lines(request, kept, count, IMPORTS_SHOWN);
    bool any = json_array_size(lines) > 0;

    for (size_t i = 0; i < count; i++) {
        if (kept[i].job.state == JOB_CHECKED)
            task_put(tasks, waiting_json(request, &kept[i]));
        else if (kept[i].job.bad_left)
            task_put(tasks, mending_json(request, &kept[i]));
    }
    json_object_set_new_nocheck(imports, "lines", lines);
    json_object_set_new_nocheck(imports, "all", count > IMPORTS_SHOWN ? json_string_nocheck("/import") : json_null());
    if (any || json_is_true(json_object_get(desk, "may_import")))
        json_object_set_nocheck(desk, "imports", imports);
    json_decref(imports);
}

/* What must be done by a day comes first, the earliest day first; all else stays in its order. */
static json_t *by_day(json_t *tasks)
{
    json_t *sorted = json_array();
    size_t count = json_array_size(tasks);

    for (size_t i = 0; i < count; i++) {
        json_t *task = json_array_get(tasks, i);
        struct slice due = json_member(task, "due");
        size_t at = json_array_size(sorted);

        while (due.len && at > 0) {
            struct slice before = json_member(json_array_get(sorted, at - 1), "due");

            if (before.len && strncmp(before.at, due.at, due.len) <= 0)
                break;
            at--;
        }
        json_array_insert(sorted, at, task);
    }
    json_decref(tasks);
    return sorted;
}

bool desk_tasks_add(struct request *request, json_t *desk, struct err *err)
{
    json_t *tasks = json_array();
    bool more = false, ok = desk_deals_add(request, tasks, err) && matter_tasks_add(request, tasks, err) && talent_tasks_add(request, tasks, err)
              && overdue_add(request, tasks, &more, err);

    if (ok)
        imports_add(request, desk, tasks);
    ok = ok && unfiled_add(request, tasks, &more, err) && fresh_add(request, tasks, &more, err);
    json_object_set_new_nocheck(desk, "tasks", by_day(tasks));
    json_object_set_new_nocheck(desk, "more_tasks", json_boolean(more));
    return ok;
}
