/* Imports as the database keeps them: the lines of the desk and of the import page, and the page of one whose upload is gone. */
#include "web/import.h"

#include "base/json.h"
#include "web/flash.h"

enum { FAULTS_MOST = 500 };

static enum upload_state state_of(const struct import_job *job)
{
    return job->state == JOB_DONE ? UPLOAD_DONE : job->state == JOB_PUBLISHING ? UPLOAD_RUNNING : UPLOAD_CHECKED;
}

size_t imports_kept(struct request *request, struct import_kept *kept, size_t most)
{
    struct import_job jobs[IMPORTS_MOST];
    struct err ignored;
    size_t count;

    if (!import_job_list(request->sql, request->actor.account, request->arena, jobs,
                         most < IMPORTS_MOST ? most : IMPORTS_MOST, &count, &ignored))
        return 0;
    for (size_t i = 0; i < count; i++) {
        kept[i] = (struct import_kept){.job = jobs[i], .state = state_of(&jobs[i])};
        upload_of_job(request->web->uploads, jobs[i].id, request->actor.account, &kept[i].upload, &kept[i].state);
        kept[i].href = arena_print(request->arena, "/import/%lld",
                                   (long long)(kept[i].upload ? kept[i].upload : jobs[i].id));
    }
    return count;
}

int import_percent(int64_t done, int64_t total)
{
    return total > 0 && done > 0 ? (int)(done < total ? (double)done * 100 / (double)total : 100) : 0;
}

static json_t *kept_line(const struct import_kept *kept)
{
    const struct import_job *job = &kept->job;
    bool waits = job->state == JOB_CHECKED;
    json_t *line = json_object();

    json_put(line, "file", job->file);
    json_put(line, "href", slice_of(kept->href));
    json_object_set_new_nocheck(line, "kind", label_json(job->kind->name, job->kind->label, job->kind->label_en));
    json_object_set_new_nocheck(line, "state", waits && !kept->upload
                                                   ? label_json("waiting", "还没有导入", "Not imported yet")
                                                   : import_state_json(kept->state));
    json_object_set_new_nocheck(line, "at", json_integer(job->decided_ms ? job->decided_ms : job->made_ms));
    json_object_set_new_nocheck(line, "good", waits ? json_integer(job->tally.good) : json_null());
    json_object_set_new_nocheck(line, "added", json_integer(job->tally.made));
    json_object_set_new_nocheck(line, "changed", json_integer(job->tally.changed));
    json_object_set_new_nocheck(line, "bad", json_integer(job->tally.bad));
    if (job->state == JOB_PUBLISHING)
        json_object_set_new_nocheck(line, "percent", json_integer(import_percent(job->done, job->total)));
    json_fill(line, "percent");
    return line;
}

/* One that the database does not have: it is being read, or could not be. */
static json_t *upload_line(struct request *request, const struct upload_look *look)
{
    json_t *line = json_object();

    json_put(line, "file", look->name);
    json_put(line, "href", slice_of(arena_print(request->arena, "/import/%lld", (long long)look->id)));
    json_object_set_new_nocheck(line, "kind", label_json(look->kind->name, look->kind->label, look->kind->label_en));
    json_object_set_new_nocheck(line, "state", import_state_json(look->state));
    json_object_set_new_nocheck(line, "at", json_integer(look->made_ms));
    if (look->state == UPLOAD_CHECKING || look->state == UPLOAD_RUNNING)
        json_object_set_new_nocheck(line, "percent", json_integer(import_percent(look->done, look->total)));
    json_fill(line, "good added changed bad percent");
    return line;
}

/* *running: one of them is turned into records just now, and so is in the database too. */
static void uploads_add(struct request *request, json_t *lines, size_t most, bool *running)
{
    int64_t ids[IMPORTS_MOST];
    size_t n = upload_list(request->web->uploads, request->actor.account, ids, IMPORTS_MOST);
    struct upload_look *look = arena_alloc(request->arena, sizeof *look);

    *running = false;
    for (size_t i = 0; i < n && json_array_size(lines) < most; i++) {
        struct err ignored;

        if (!upload_look(request->web->uploads, ids[i], request->actor.account, request->arena, look, &ignored)
            || look->tally.job)
            continue;
        json_array_append_new(lines, upload_line(request, look));
        *running = *running || look->state == UPLOAD_RUNNING;
    }
}

json_t *import_lines(struct request *request, const struct import_kept *kept, size_t count, size_t most)
{
    json_t *lines = json_array();
    bool running;

    uploads_add(request, lines, most, &running);
    for (size_t i = 0; i < count && json_array_size(lines) < most; i++)
        if (!running || kept[i].job.state != JOB_PUBLISHING)
            json_array_append_new(lines, kept_line(&kept[i]));
    return lines;
}

/* --- one of them --- */

static bool faults_add(struct request *request, struct upload_look *look, struct err *err)
{
    look->problems = arena_zero(request->arena, FAULTS_MOST, sizeof *look->problems);
    return import_job_bad(request->sql, look->tally.job, request->arena, look->problems, FAULTS_MOST, &look->problem_count,
                          err);
}

bool import_kept_page(struct request *request, struct err *err)
{
    struct upload_look *look = arena_zero(request->arena, 1, sizeof *look);
    struct import_job job;

    if (!import_job_get(request->sql, request->id, request->actor.account, request->arena, &job, err))
        return false;
    *look = (struct upload_look){.id = job.id, .made_ms = job.made_ms, .kind = job.kind, .name = job.file,
                                 .encoding = SLICE(""), .state = state_of(&job), .done = job.done, .total = job.total,
                                 .phase = IMPORT_PUBLISHING, .tally = job.tally};
    if (look->state == UPLOAD_CHECKED) {
        look->state = UPLOAD_BROKEN;
        err_set(&look->err, ERR_MISSING, "检查过，还没有导入；文件已经不在这台服务器上");
        err_hint(&look->err, "要导入，请重新选文件");
    }
    return import_job_twice(request->sql, job.id, &look->tally.twice, err) && faults_add(request, look, err)
           && import_job_page(request, look);
}

/* --- done with it --- */

struct letting {
    struct import_settling settling;
    int64_t upload;
    bool waits; /* for being imported, which it now will not be */
};

static bool let_go_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct letting *letting = arg;

    (void)err;
    if (outcome != STORE_DONE)
        return false;
    upload_drop(request->web->uploads, letting->upload, request->actor.account, letting->settling.job);
    flash_set(request, letting->waits ? FLASH_IMPORT_DROPPED : FLASH_IMPORT_SETTLED);
    return request_see(request, "/desk");
}

static bool find(struct request *request, struct letting *letting, struct err *err)
{
    struct upload_look *look = arena_alloc(request->arena, sizeof *look);
    struct import_job job;

    if (!upload_look(request->web->uploads, request->id, request->actor.account, request->arena, look, err)) {
        if (!import_job_get(request->sql, request->id, request->actor.account, request->arena, &job, err))
            return false;
        if (job.state == JOB_PUBLISHING)
            return err_set(err, ERR_CONFLICT, "这次导入正在进行");
        letting->settling.job = job.id;
        letting->waits = job.state == JOB_CHECKED;
        return true;
    }
    if (look->state == UPLOAD_CHECKING || look->state == UPLOAD_RUNNING)
        return err_set(err, ERR_CONFLICT, "这次导入正在进行");
    letting->upload = look->id;
    letting->settling.job = look->tally.job;
    letting->waits = look->state != UPLOAD_DONE;
    return true;
}

bool import_let_go(struct request *request, struct err *err)
{
    struct letting *letting = arena_zero(request->arena, 1, sizeof *letting);

    letting->settling.account = request->actor.account;
    return find(request, letting, err)
           && request_write(request, "", import_job_settle, &letting->settling, let_go_then, err);
}
