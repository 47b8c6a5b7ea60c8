/* What a capability, a job, a voucher and a settlement show besides; and the doors to them on the pages of services, achievements, needs. */
#include "web/pilot.h"

#include <stdarg.h>

#include "base/json.h"
#include "record/achievement.h"
#include "record/need.h"
#include "record/service.h"
#include "web/deal.h"
#include "web/say.h"
#include "work/pilot_report.h"

enum { LINES_MOST = 20, VOUCHERS_MOST = 20, SPENT_MOST = 400, CAPABILITIES_MOST = 200, OFFERED_MOST = 5 };

void pilot_door(const struct request *request, json_t *doors, const char *label, const char *hint, const char *format, ...)
{
    json_t *door = json_object();
    va_list args;

    va_start(args, format);
    json_put(door, "label", say(request, label));
    json_put(door, "hint", say(request, hint));
    json_put(door, "href", slice_of(arena_vprint(request->arena, format, args)));
    va_end(args);
    json_array_append_new(doors, door);
}

/* --- of a capability and a job --- */

static void capability_doors(const struct matter_page *page, json_t *doors)
{
    const struct record *capability = &page->file.matter;
    long long id = (long long)capability->id;

    if (slice_is(matter_text(capability, MATTER_STATE), "open"))
        pilot_door(page->request, doors, N_("请求中试"), N_("写明要验证什么、涉及什么危险；平台在公布的时限内报价"), "/pilot_jobs/new?capability=%lld", id);
    pilot_door(page->request, doors, N_("排期表"), N_("哪一天几时有空"), "/pilot/%lld/calendar", id);
}

static void job_doors(const struct matter_page *page, json_t *doors)
{
    const struct record *job = &page->file.matter;
    struct slice state = matter_text(job, MATTER_STATE);

    pilot_door(page->request, doors, N_("排期表"), N_("哪一天几时有空"), "/pilot/%lld/calendar", (long long)matter_number(job, JOB_CAPABILITY));
    if (slice_is(state, "cancelled") || slice_is(state, "left") || slice_is(state, "refused"))
        pilot_door(page->request, doors, N_("另找平台"), N_("看别的平台的能力和空档"), "/capabilities?state=open");
    if (slice_is(state, "paid") || slice_is(state, "closed"))
        pilot_door(page->request, doors, N_("列产业化清单"), N_("用地、厂房、许可，逐项办"), "/industrials/new?job=%lld", (long long)job->id);
}

static bool voucher_line(struct request *request, const struct record *voucher, json_t *list, struct err *err)
{
    struct voucher_stand stand;
    json_t *line;

    if (!voucher_stand(request->sql, voucher, &stand, err))
        return false;
    if (voucher_free(&stand) <= 0)
        return true;
    line = json_object();
    json_put(line, "number", matter_text(voucher, VOUCHER_NUMBER));
    json_put_id(line, "free", voucher_free(&stand));
    json_put(line, "until", matter_text(voucher, VOUCHER_UNTIL));
    json_put(line, "href", slice_of(arena_print(request->arena, "/vouchers/%lld", (long long)voucher->id)));
    json_array_append_new(list, line);
    return true;
}

/* What the client has to pay with: for him alone. */
static bool vouchers_add(const struct matter_page *page, json_t *out, struct err *err)
{
    int64_t client = matter_number(&page->file.matter, JOB_FROM);
    struct request *request = page->request;
    struct record *list;
    size_t count;

    if (!client || !acts_for(&request->actor, client) || matter_known(&page->file.matter, JOB_VOUCHER))
        return true;
    list = arena_alloc(request->arena, VOUCHERS_MOST * sizeof *list);
    if (!vouchers_live(request->sql, client, VOUCHERS_MOST, request->arena, list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!voucher_line(request, &list[i], out, err))
            return false;
    return true;
}

/* --- of a voucher and a settlement --- */

static bool balance_put(const struct matter_page *page, json_t *out, struct err *err)
{
    struct voucher_stand stand;
    json_t *balance;

    if (page->sort->kind != &kind_voucher || page->file.sight != SIGHT_ALL)
        return true;
    if (!voucher_stand(page->request->sql, &page->file.matter, &stand, err))
        return false;
    balance = json_object();
    json_put_id(balance, "amount", stand.amount);
    json_put_id(balance, "free", voucher_free(&stand));
    json_put_id(balance, "held", voucher_held(&stand));
    json_put_id(balance, "spent", stand.spent);
    json_put_id(balance, "expired", stand.expired);
    json_object_set_new_nocheck(out, "balance", balance);
    return true;
}

static bool spent_put(const struct matter_page *page, json_t *list, json_t *out, struct err *err)
{
    struct request *request = page->request;
    struct spent_line *spent = arena_alloc(request->arena, SPENT_MOST * sizeof *spent);
    size_t count;

    if (page->sort->kind != &kind_settlement || page->file.sight != SIGHT_ALL)
        return true;
    if (!settlement_lines(request->sql, &page->file.matter, request->arena, spent, SPENT_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        json_t *line = json_object();

        json_put(line, "number", spent[i].number);
        json_put(line, "holder", spent[i].holder);
        json_put_day(line, "on", spent[i].on);
        json_put_id(line, "amount", spent[i].amount);
        json_array_append_new(list, line);
    }
    json_put(out, "export", slice_of(arena_print(request->arena, "/settlements/%lld/export", (long long)page->file.matter.id)));
    return true;
}

bool pilot_panel_add(const struct matter_page *page, json_t *matter, struct err *err)
{
    json_t *out = json_object(), *doors = json_array(), *vouchers = json_array(), *spent = json_array();

    json_object_set_new_nocheck(matter, "pilot", out);
    json_object_set_new_nocheck(out, "doors", doors);
    json_object_set_new_nocheck(out, "vouchers", vouchers);
    json_object_set_new_nocheck(out, "spent", spent);
    if (page->sort->kind == &kind_capability)
        capability_doors(page, doors);
    if (page->sort->kind == &kind_pilot_job && page->file.sight == SIGHT_ALL)
        job_doors(page, doors);
    if ((page->sort->kind == &kind_pilot_job && !vouchers_add(page, vouchers, err)) || !balance_put(page, out, err)
        || !spent_put(page, spent, out, err))
        return false;
    json_fill(out, "balance export");
    return true;
}

/* --- on other pages --- */

static void service_doors(struct request *request, const struct record *service, bool own, json_t *doors)
{
    struct object object = {.kind = service->kind, .id = service->id, .owner = service->owner};
    long long id = (long long)service->id;
    bool space = slice_is(matter_text(service, SERVICE_SORT), "space");
    struct err ignored;

    if (own)
        pilot_door(request, doors, space ? N_("登记入驻") : N_("登记能力"), space ? N_("哪家企业、哪一日") : N_("设备、工位、收费、安全条件"),
                   space ? "/tenancies/new?space=%lld" : "/capabilities/new?service=%lld", id);
    if (own || (party_region(request->sql, service->owner, &object.region, &ignored) && may(&request->actor, ACT_EXPORT, &object, &ignored)))
        pilot_door(request, doors, space ? N_("空间的数字") : N_("平台的数字"), space ? N_("在驻、毕业、服务") : N_("机时、收入、作业、报价天数"),
                   space ? "/spaces/%lld" : "/pilot/%lld/report", id);
}

/* Has one of the capability's industries the first two digits (大类) of one of the record's? */
static bool shares_industry(const struct record *record, size_t field, const struct record *capability)
{
    struct slice all = matter_text(record, field), code;

    while (slice_cut(&all, '\n', &code)) {
        struct slice theirs = matter_text(capability, CAPABILITY_INDUSTRY), other;

        while (slice_cut(&theirs, '\n', &other))
            if (code.len >= 2 && other.len >= 2 && memcmp(code.at, other.at, 2) == 0)
                return true;
    }
    return false;
}

/* Who could take an achievement or a need of this industry to its pilot: the record comes along into the request, nobody types a number. */
static bool trial_doors(struct request *request, const struct record *record, json_t *doors, struct err *err)
{
    bool need = record->kind == &kind_need;
    struct record *list = arena_alloc(request->arena, CAPABILITIES_MOST * sizeof *list);
    size_t count;

    if (!capabilities_open(request->sql, 0, CAPABILITIES_MOST, request->arena, list, &count, err))
        return false;
    for (size_t i = 0; i < count && json_array_size(doors) < OFFERED_MOST; i++) {
        const struct record *capability = &list[i];
        struct slice name, ask = say(request, N_("请求中试"));

        if (!shares_industry(record, need ? NEED_INDUSTRY : ACHIEVEMENT_INDUSTRY, capability))
            continue;
        name = matter_text(capability, CAPABILITY_NAME);
        pilot_door(request, doors, arena_print(request->arena, "%.*s：%.*s", (int)ask.len, ask.at, (int)name.len, name.at),
                   arena_text(request->arena, record_title(request->sql, &kind_party, capability->owner, request->arena)),
                   "/pilot_jobs/new?capability=%lld&%s=%lld", (long long)capability->id, need ? "need" : "achievement", (long long)record->id);
    }
    return true;
}

/* By which field a matter names the record; false: this record is in none. */
static bool about_find(const struct record *record, const struct matter_sort **sort, size_t *field)
{
    bool service = record->kind == &kind_service;
    struct slice of = service ? matter_text(record, SERVICE_SORT) : SLICE("");

    if (service && !slice_is(of, "pilot") && !slice_is(of, "space"))
        return false;
    *sort = matter_sort_of(!service ? &kind_pilot_job : slice_is(of, "space") ? &kind_tenancy : &kind_capability);
    *field = record->kind == &kind_achievement ? JOB_ACHIEVEMENT : record->kind == &kind_need ? JOB_NEED
             : slice_is(of, "space") ? TENANCY_SPACE : CAPABILITY_SERVICE;
    return service || record->kind == &kind_achievement || record->kind == &kind_need;
}

json_t *pilot_of(struct request *request, const struct record *record)
{
    struct record *list = arena_alloc(request->arena, LINES_MOST * sizeof *list);
    bool own = record->owner && acts_for(&request->actor, record->owner);
    json_t *out, *lines, *doors;
    const struct matter_sort *sort;
    struct err ignored;
    size_t field, count = 0;

    if (!about_find(record, &sort, &field)
        || !matter_about(request->sql, sort, field, record->id, &request->actor, request->arena, list, LINES_MOST, &count, &ignored))
        return json_null();
    lines = matter_lines_json(request, sort, list, count);
    doors = json_array();
    if (record->kind == &kind_service)
        service_doors(request, record, own, doors);
    else if (request->actor.party && record->status == RECORD_OPEN && !trial_doors(request, record, doors, &ignored)) {
        json_decref(lines);
        json_decref(doors);
        return json_null();
    }
    if (!json_array_size(lines) && !json_array_size(doors)) {
        json_decref(lines);
        json_decref(doors);
        return json_null();
    }
    out = json_object();
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(out, "doors", doors);
    return out;
}
