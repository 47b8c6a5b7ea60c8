#include "web/aside.h"

#include <stdatomic.h>

#include "base/pool.h"
#include "web/answer.h"
#include "web/drop.h"
#include "web/handlers.h"
#include "web/route.h"

enum { THREADS = 2, WAITING = 8 };

enum room { ROOM_NONE, ROOM_VISITORS, ROOM_MEMBERS, ROOM_ATTACHMENTS, ROOM_EXPORTS, ROOM_AUDITS, ROOM_SURVEYS, ROOM_OPEN, ROOM_COUNT };

struct aside {
    struct pool *rooms[ROOM_COUNT];
    atomic_bool stopping;
};

struct set_aside {
    struct pool_job job; /* first: the pool's own */
    struct request *request;
};

bool aside_open(struct aside **out, struct err *err)
{
    static const char *const names[ROOM_COUNT] = {NULL, "visitors' files", "members' files", "attachments", "exports", "audits", "surveys", "open data"};
    struct aside *aside = calloc(1, sizeof *aside);
    bool ok = aside || err_set(err, ERR_MEMORY, "内存不足");

    for (size_t room = ROOM_VISITORS; ok && room < ROOM_COUNT; room++)
        ok = pool_open(names[room], THREADS, WAITING, &aside->rooms[room], err);
    *out = aside;
    return ok;
}

void aside_stop(struct aside *aside)
{
    if (aside)
        atomic_store(&aside->stopping, true);
}

void aside_close(struct aside *aside)
{
    if (!aside)
        return;
    for (size_t room = ROOM_VISITORS; room < ROOM_COUNT; room++)
        pool_close(aside->rooms[room]);
    free(aside);
}

/* A text is taken as it is, on the spot. */
static bool has_document(const struct request *request)
{
    const struct form_part *file = form_file(&request->form, "file");

    return file && file->value.len && !drop_is_text(file);
}

/* A file that is taken whole or not at all, and its rows once more when they are confirmed. */
static bool brings_sheet(request_handle *handle)
{
    return handle == registrations_post || handle == patents_import_post || handle == fact_sheet_post || handle == loan_bank_post
           || handle == strengths_post;
}

/* With a step, or by itself; or one that waits since it was read (web/deal_read.c). */
static bool brings_file(const struct request *request)
{
    request_handle *handle = request->route->handle;

    if (handle == matter_bring_post)
        return form_file(&request->form, "raw") != NULL;
    if (handle != deal_files_post && handle != deal_post && handle != registration_post)
        return false;
    return form_file(&request->form, "file") || request_value(request, "kept_digest").len;
}

static enum room room_of(const struct request *request)
{
    request_handle *handle = request->route->handle;

    if (handle == export_get || handle == import_bad_get || handle == registrations_export_get || handle == deal_pack_get
        || handle == deal_file_get || handle == matter_kept_get || handle == deal_paper_get || handle == rd_export_get || handle == landing_export_get
        || handle == consult_export_get || handle == consult_minutes_get || handle == deeds_export_get || handle == indicator_table_get
        || handle == annual_file_get || handle == steering_file_get)
        return ROOM_EXPORTS;
    if (handle == open_file_get)
        return ROOM_OPEN;
    if (handle == audit_get || handle == audit_deal_get || handle == audit_sample_page || handle == audit_samples_post
        || handle == audit_export_get)
        return ROOM_AUDITS;
    if (handle == rd_get || handle == landing_get || handle == obstacles_get || handle == steering_get)
        return ROOM_SURVEYS;
    if ((handle == match_post || handle == form_prefill || handle == tender_post) && has_document(request))
        return request->signed_in ? ROOM_MEMBERS : ROOM_VISITORS;
    if (handle == past_post || brings_sheet(handle) || (handle == deal_post && drop_asked(request)))
        return ROOM_MEMBERS;
    return brings_file(request) ? ROOM_ATTACHMENTS : ROOM_NONE;
}

bool aside_wanted(const struct request *request)
{
#ifdef TQ_TEETH_ASIDE
    return false;
#endif
    return room_of(request) != ROOM_NONE;
}

static void work(struct pool_job *job)
{
    struct request *request = ((struct set_aside *)job)->request;
    bool kept = false, ok;
    struct err err = {0};

    request->kept = &kept;
    ok = atomic_load(&request->web->aside->stopping) ? err_set(&err, ERR_BUSY, "程序正在关闭，请稍后再试")
                                                     : request->route->handle(request, &err);
    answer_end(request, kept, ok, &err);
}

static bool full(const struct request *request, enum room room, struct err *err)
{
    if (room == ROOM_EXPORTS || room == ROOM_OPEN) {
        err_set(err, ERR_BUSY, "同时导出的人太多，这一次没有导出");
        return err_hint(err, "请过几分钟再试");
    }
    if (room == ROOM_ATTACHMENTS) {
        err_set(err, ERR_BUSY, "同时上传的人太多，这一次没有收下");
        return err_hint(err, "请过一会儿再提交");
    }
    if (room == ROOM_AUDITS) {
        err_set(err, ERR_BUSY, "同时查账的人太多，这一次没有算");
        return err_hint(err, "请过一会儿再试");
    }
    if (room == ROOM_SURVEYS) {
        err_set(err, ERR_BUSY, "同时统计的人太多，这一次没有算");
        return err_hint(err, "请过一会儿再试");
    }
    err_set(err, ERR_BUSY, "正在读的文件太多，这一份没有读");
    return err_hint(err, brings_sheet(request->route->handle) ? N_("请过一会儿再导入") : N_("请稍后再传，或把文件里的文字粘贴过来"));
}

bool aside_handle(struct request *request, struct err *err)
{
    struct set_aside *set = arena_zero(request->arena, 1, sizeof *set);
    struct pool *room = request->web->aside->rooms[room_of(request)];

    *set = (struct set_aside){.job.work = work, .request = request};
    request_keep(request);
    if (pool_add(room, &set->job))
        return true;
    *request->kept = false;
    return full(request, room_of(request), err);
}
