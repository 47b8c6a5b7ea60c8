/*
 * A person's own desk: what waits for him (desk_task.c), what is his and who fits it, his imports, drafts and organisation.
 * Document: {"desk": {tasks, more_tasks, imports, records: [{href, title, kind, status, at, who, entered, fits, heard}], next, first,
 *  undelivered: {waiting, failed, why} for who keeps the machine, else null, drafts, opened (web/leave.h), party, starts: [{href, text}],
 *  may_import, accounts, alone: {text, links: [{href, text}]}}}; on a later page of the records (first) tasks, imports and opened are null. alone: an administrator or the auditor, who has no records; else null.
 *  accounts: where he keeps his organisation's, or null.
 */
#include "web/desk.h"

#include "base/json.h"
#include "record/party.h"
#include "web/accounts.h"
#include "web/draft.h"
#include "web/feedback.h"
#include "web/handlers.h"
#include "web/leave.h"
#include "web/say.h"
#include "web/view.h"
#include "work/desk.h"
#include "work/fit.h"
#include "work/reminder.h"

enum { FITS_SHOWN = 2 };

static json_t *fit_json(struct request *request, const struct fit *partner)
{
    json_t *fit = json_object();

    json_put(fit, "href", slice_of(arena_print(request->arena, "/%s/%lld", partner->kind->plural, (long long)partner->other)));
    json_put(fit, "title", partner->title);
    json_object_set_new_nocheck(fit, "level", json_integer(partner->rating));
    json_object_set_new_nocheck(fit, "kind", label_json(partner->kind->name, partner->kind->label, partner->kind->label_en));
    return fit;
}

/* The best few that the organisation has not refused, and what others let it know. */
static bool fits_add(struct request *request, const struct record *record, json_t *line, struct err *err)
{
    enum column own = column_of(record);
    json_t *fits = json_array();
    struct feedback_shelf shelf;

    json_object_set_new_nocheck(line, "fits", fits);
    if (!feedback_open(request, record, &shelf, err))
        return false;
    for (unsigned c = 0; c < COLUMN_SHOWN; c++) {
        struct fit list[FIT_KEPT];
        size_t n = c == own ? 0 : fit_list(request->sql, record, (enum column)c, request->arena, list, FIT_KEPT);

        for (size_t i = 0, shown = 0; i < n && shown < FITS_SHOWN; i++)
            if (list[i].rating >= MATCH_FAIR && !feedback_refused(request, &shelf, list[i].kind, list[i].other)) {
                json_array_append_new(fits, fit_json(request, &list[i]));
                shown++;
            }
    }
    json_object_set_new_nocheck(line, "heard", feedback_heard(request, &shelf));
    return true;
}

/* Of one that he entered for somebody else: whose it is, as far as he may know. */
static void owner_add(struct request *request, const struct record *record, const struct object *object, json_t *line)
{
    if (record->owner && record->owner != record->id && may_see_owner(&request->actor, object, record))
        json_put(line, "who", record_title(request->sql, &kind_party, record->owner, request->arena));
    json_object_set_new_nocheck(line, "entered", json_true());
}

/* NULL: err. */
static json_t *record_line(struct request *request, const struct record *record, const struct object *object, bool entered,
                           struct err *err)
{
    json_t *line = json_object();

    json_put(line, "href", slice_of(arena_print(request->arena, "/%s/%lld", record->kind->plural,
                                                (long long)record->id)));
    json_put(line, "title", record->values[record->kind->title].text);
    json_object_set_new_nocheck(line, "kind", label_json(record->kind->name, record->kind->label,
                                                         record->kind->label_en));
    if (record->status == RECORD_CLOSED)
        json_object_set_new_nocheck(line, "status", label_json("closed", "已关闭", "Closed"));
    json_object_set_new_nocheck(line, "at", json_integer(record->valid_from));
    if (entered)
        owner_add(request, record, object, line);
    else if (!fits_add(request, record, line, err)) {
        json_decref(line);
        return NULL;
    }
    json_fill(line, "status who entered fits heard");
    return line;
}

/* One that has meanwhile been closed to him is left out. */
static bool record_add(struct request *request, const struct desk_record *his, json_t *records, struct err *err)
{
    struct record record;
    struct object object;
    struct err ignored;
    json_t *line;

    if (!record_get(request->sql, his->kind, his->id, request->arena, &record, err)
        || !object_of(request->sql, &record, &request->actor, &object, err))
        return false;
    if (!may(&request->actor, ACT_SEE, &object, &ignored))
        return true;
    line = record_line(request, &record, &object, his->entered, err);
    return line && json_array_append_new(records, line) == 0;
}

static bool records_add(struct request *request, json_t *desk, struct err *err)
{
    struct desk_record his[DESK_PAGE];
    int64_t before = request_number(request, "before", 0);
    json_t *records = json_array();
    size_t count;
    bool more, ok;

    json_object_set_new_nocheck(desk, "records", records);
    ok = desk_records(request->sql, &request->actor, before, his, &count, &more, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = record_add(request, &his[i], records, err);
    if (ok && more)
        json_put(desk, "next", slice_of(arena_print(request->arena, "/desk?before=%lld", (long long)his[count - 1].id)));
    if (before)
        json_put(desk, "first", SLICE("/desk"));
    return ok;
}

static json_t *link_json(const struct request *request, const char *href, const char *text)
{
    json_t *link = json_object();

    json_put(link, "href", slice_of(href));
    json_put(link, "text", say(request, text));
    return link;
}

/* Where most of his work begins, by what he is. */
struct start {
    const char *href, *text;
};

enum { STARTS = 6 };

static const struct start starts_officer[STARTS] = {
    {"/steering", N_("调度台")}, {"/benefits/desk", N_("政策落地")}, {"/obstacles", N_("什么挡住了成果")}, {"/indicators", N_("指标")}, {"/deals", N_("转化项目")}, {"/notices", N_("公示栏")}};
static const struct start starts_leader[STARTS] = {
    {"/steering", N_("调度台")}, {"/watched", N_("重点督办清单")}, {"/consultations", N_("协商座谈")}, {"/obstacles", N_("什么挡住了成果")}, {"/indicators", N_("指标")}};
static const struct start starts_manager[STARTS] = {
    {"/needs-waiting", N_("待领需求")}, {"/cases", N_("中介案件")}, {"/deals", N_("转化项目")}, {"/work-proofs", N_("业绩证明")}};
static const struct start starts_supply[STARTS] = {
    {"/deals", N_("转化项目")}, {"/rights", N_("我的权益")}, {"/notices", N_("公示栏")}, {NULL, NULL}};
static const struct start starts_alone[STARTS] = {{"/indicators", N_("指标")}, {"/deals", N_("转化项目")}, {"/notices", N_("公示栏")}, {NULL, NULL}};

static const struct {
    const char *side;
    struct start starts[STARTS];
} starts_of_side[] = {
    {"enterprise", {{"/benefits", N_("能享受的政策")}, {"/funding", N_("资金：能用哪些产品")}, {"/assess", N_("企业自评")}, {"/deals", N_("转化项目")}}},
    {"finance", {{"/consents", N_("资产包授权")}, {"/loans", N_("贷款")}, {"/pool-claims", N_("代偿申请")}, {"/deals", N_("转化项目")}}},
    {"broker", {{"/cases", N_("中介案件")}, {"/service_orders", N_("服务订单")}, {"/pilot_jobs", N_("中试作业")}, {"/deals", N_("转化项目")}}},
};

static void starts_add(struct request *request, json_t *desk, struct slice side)
{
    const struct start *starts = actor_is_officer(&request->actor) ? starts_officer
                                 : actor_has_any(&request->actor, ROLE_BIT(ROLE_LEADER) | ROLE_BIT(ROLE_SECRETARY)) ? starts_leader
                                 : actor_has(&request->actor, ROLE_MANAGER) ? starts_manager
                                 : request->actor.party ? starts_supply : starts_alone;
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof starts_of_side / sizeof *starts_of_side; i++)
        if (starts == starts_supply && slice_is(side, starts_of_side[i].side))
            starts = starts_of_side[i].starts;
    for (size_t i = 0; i < STARTS && starts[i].href; i++)
        json_array_append_new(list, link_json(request, starts[i].href, starts[i].text));
    json_object_set_new_nocheck(desk, "starts", list);
}

/* Gives its side, of seven; empty: he is of none. */
static struct slice party_add(struct request *request, json_t *desk)
{
    struct record party;
    struct err ignored;
    json_t *card;

    if (!request->actor.party
        || !record_get(request->sql, &kind_party, request->actor.party, request->arena, &party, &ignored))
        return SLICE("");
    card = box_card(request->sql, &party, &request->actor, request->english, request->arena);
    json_put(card, "name", party.values[party.kind->title].text);
    json_object_set_new_nocheck(desk, "party", card);
    return party.values[PARTY_SIDE].text;
}

/* Who stands alone has no records: what his account is for, and where that is done. */
static const struct office {
    enum role role;
    const char *text;
    struct {
        const char *href, *text;
    } links[2];
} offices[] = {
    {ROLE_SECURITY_ADMIN, N_("您管账号和权限：开账号、授予和收回角色、重设密码、停用。业务内容不在您的账号里。"),
     {{"/accounts", N_("账号管理")}, {"/accounts/new", N_("开账号")}}},
    {ROLE_AUDIT_ADMIN, N_("您看谁有什么权限、谁给的、谁做过什么，什么也不改。每个账号的页面上有它的历史。"),
     {{"/accounts", N_("账号管理")}, {"/audit/views", N_("审计查阅日志")}}},
    {ROLE_SYSTEM_ADMIN, N_("您管机器：备份、恢复、升级和看护，在服务器上用 tieqiao 命令来办（tieqiao help 列出全部）。账号和权限由安全管理员来管。"),
     {{"/readyz", N_("看现在能不能写入")}}},
    {ROLE_AUDITOR, N_("您看全部记录和它们的历史、全部账号和权限，什么也不改；您看过什么，也记在账本里。"),
     {{"/audit", N_("审计台")}, {"/accounts", N_("账号管理")}}},
    {ROLE_REGISTRAR, N_("您办技术合同认定登记：本地区单位提交的合同按快慢两道排队，要求补正、导出录入内容、填回编号和结果。"),
     {{"/registrations", N_("认定登记队列")}}},
};

static json_t *office_json(const struct request *request)
{
    const struct office *office = NULL;
    json_t *out, *links;

    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        if (actor_has(&request->actor, offices[i].role) && (offices[i].role != ROLE_REGISTRAR || !request->actor.party))
            office = &offices[i];
    if (!office)
        return json_null();
    out = json_object();
    links = json_array();
    json_put(out, "text", say(request, office->text));
    json_object_set_new_nocheck(out, "links", links);
    for (size_t i = 0; i < 2 && office->links[i].href; i++)
        json_array_append_new(links, link_json(request, office->links[i].href, office->links[i].text));
    return out;
}

/* What the gateway or the mail server did not take is the machine's keeper's to know. */
static bool undelivered_add(struct request *request, json_t *desk, struct err *err)
{
    struct reminder_known known;
    json_t *out;

    if (!actor_has(&request->actor, ROLE_SYSTEM_ADMIN))
        return true;
    if (!reminder_known(request->sql, request->now_ms, &known, err))
        return false;
    out = json_object();
    json_object_set_new_nocheck(out, "waiting", json_integer(known.waiting));
    json_object_set_new_nocheck(out, "failed", json_integer(known.failed));
    if (known.failed)
        json_put(out, "why", slice_of(arena_print(request->arena, "%s", known.why)));
    json_fill(out, "why");
    json_object_set_new_nocheck(desk, "undelivered", out);
    return true;
}

static bool desk_fill(struct request *request, json_t *desk, struct err *err)
{
    struct object object = {.kind = &kind_achievement, .owner = request->actor.party};
    struct err ignored;

    json_object_set_new_nocheck(desk, "may_import", json_boolean(may(&request->actor, ACT_IMPORT, &object, &ignored)));
    if (!records_add(request, desk, err) || !undelivered_add(request, desk, err))
        return false;
    if (!json_object_get(desk, "first")
        && (!desk_tasks_add(request, desk, err) || !leave_opened_add(request, desk, err)))
        return false;
    json_object_set_new_nocheck(desk, "drafts", draft_list(request));
    starts_add(request, desk, party_add(request, desk));
    json_object_set_new_nocheck(desk, "alone", office_json(request));
    if (accounts_open(request))
        json_put(desk, "accounts", SLICE("/accounts"));
    json_fill(desk, "accounts party next first tasks more_tasks imports opened undelivered");
    return true;
}

bool desk_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *desk = json_object();

    json_object_set_new_nocheck(document, "desk", desk);
    if (desk_fill(request, desk, err))
        return request_page(request, "desk", document);
    json_decref(document);
    return false;
}
