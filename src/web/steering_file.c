/*
 * GET /steering/weekly.docx, .pdf: 本周调度单 on one page. GET /steering/letter.docx, .pdf ?kind=, id= (of a deal's deadline also due=, no=): 催办函
 * of one item that is red or amber, as it is held now; nothing is stored.
 */
#include "base/clock.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/steering_int.h"

/* Who signs: his organisation, or the department that an officer works for; "": not known. */
static struct slice signer(struct request *request)
{
    struct slice name = request->actor.party ? record_title(request->sql, &kind_party, request->actor.party, request->arena) : SLICE("");

    return name.len ? name : actor_is_officer(&request->actor) ? SLICE("科技部门") : SLICE("");
}

static bool desk_read(struct request *request, struct steering *steering, struct err *err)
{
    if (!request_look(request, err)
        || !steering_look(request->sql, &request->web->city->law, &request->actor, day_of_ms(request->now_ms), request->arena, steering, err))
        return false;
    return steering->who != STEERING_UNIT || err_set(err, ERR_DENIED, "调度单和催办函由科技部门、领导和秘书、政协办公室出")
           || err_hint(err, "本单位手里的事在“调度台”里看");
}

static bool ground_known(struct request *request, struct held *held, struct err *err)
{
    return steering_ground(request->sql, &request->web->city->law, day_of_ms(request->now_ms), request->arena, held, err);
}

static const char *ending_of(bool pdf)
{
    return pdf ? "pdf" : "docx";
}

static bool weekly(struct request *request, bool pdf, struct err *err)
{
    struct steering steering;
    const char *path;

    if (!desk_read(request, &steering, err))
        return false;
    for (size_t i = 0; i < steering.count && i < WEEKLY_LINES; i++)
        if (!ground_known(request, &steering.list[i], err))
            return false;
    path = export_place(request, ending_of(pdf));
    return export_paper(request, steering_weekly(&steering, signer(request), day_of_ms(request->now_ms), pdf, path, err), path, ending_of(pdf), SLICE("本周调度单"));
}

static bool letter(struct request *request, bool pdf, struct err *err)
{
    struct steering steering;
    struct held *held;
    const char *path;

    if (!desk_read(request, &steering, err))
        return false;
    held = steering_find(&steering, request_value(request, "kind"), request_number(request, "id", 0), request_value(request, "due"),
                         request_number(request, "no", 0));
    if (!held || held->colour == HELD_GREEN)
        return err_set(err, ERR_MISSING, "没有这件可以催办的事") || err_hint(err, "只有您能看的红灯、黄灯可以催办；从“调度台”里点开");
    if (!ground_known(request, held, err))
        return false;
    path = export_place(request, ending_of(pdf));
    return export_paper(request, steering_letter(held, signer(request), request_site(request), day_of_ms(request->now_ms), pdf, path, err), path,
                        ending_of(pdf), SLICE("催办函"));
}

bool steering_file_get(struct request *request, struct err *err)
{
    bool pdf = slice_ends(request->path, ".pdf");

    if (slice_ends(request->path, pdf ? "/weekly.pdf" : "/weekly.docx"))
        return weekly(request, pdf, err);
    if (slice_ends(request->path, pdf ? "/letter.pdf" : "/letter.docx"))
        return letter(request, pdf, err);
    return err_set(err, ERR_MISSING, "没有这个文件") || err_hint(err, "有 weekly.docx、weekly.pdf、letter.docx 和 letter.pdf");
}
