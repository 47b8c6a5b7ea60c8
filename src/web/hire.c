/* A service's credit and doors, a scenario's trials, and the panels of orders, guides, trials and licences. */
#include "web/hire.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/service.h"
#include "web/deal.h"
#include "web/pilot.h"
#include "web/say.h"
#include "work/first_use.h"
#include "work/hire.h"

enum { LINES_MOST = 20, OWN_MOST = 5 };

static void number_put(json_t *out, const char *name, int64_t number)
{
    json_object_set_new_nocheck(out, name, json_integer(number));
}

/* --- credit --- */

static bool for_hire(const struct record *record)
{
    struct slice sort = record->kind == &kind_service ? matter_text(record, SERVICE_SORT) : SLICE("");

    return record->owner && (slice_is(sort, "professional") || slice_is(sort, "broker"));
}

static json_t *credit_json(const struct credit *credit)
{
    const struct {
        const char *name;
        int64_t number;
    } numbers[] = {{"orders", credit->orders},       {"refused", credit->refused}, {"withdrawn", credit->withdrawn}, {"broken_off", credit->broken_off},
                   {"delivered", credit->delivered}, {"late", credit->late},       {"days_late", credit->days_late}, {"at_first", credit->at_first},
                   {"rated", credit->rated},         {"good", credit->good},       {"bad", credit->bad},             {"answered", credit->answered},
                   {"working", credit->working},     {"overdue", credit->overdue}};
    json_t *out = json_object();

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        number_put(out, numbers[i].name, numbers[i].number);
    return out;
}

json_t *credit_of(struct request *request, const struct record *record)
{
    struct credit credit;
    struct err ignored;

    if (!for_hire(record) || !credit_read(request->sql, record->owner, record->id, day_of_ms(request->now_ms), &credit, &ignored))
        return json_null();
    return credit_json(&credit);
}

/* --- on records' pages --- */

static json_t *trials_json(struct request *request, const struct record *record)
{
    struct scenario_count count;
    struct err ignored;
    json_t *out;

    if (record->kind != &kind_scenario || !scenario_count(request->sql, record->id, &count, &ignored))
        return json_null();
    out = json_object();
    number_put(out, "trials", count.trials);
    number_put(out, "refused", count.refused);
    number_put(out, "running", count.running);
    number_put(out, "reached", count.reached);
    number_put(out, "part", count.part);
    number_put(out, "failed", count.failed);
    number_put(out, "bought", count.bought);
    return out;
}

static const char own_text[] = "SELECT id, title FROM achievement WHERE owner = ?1 AND to_leaf IS NULL AND status = 0 ORDER BY id DESC LIMIT ?2";

/* With each of the unit's own newest achievements, so that the result can go back to it. */
static void own_doors(struct request *request, int64_t scenario, json_t *doors)
{
    struct sql_rows rows;
    struct err ignored;

    if (!sql_rows(request->sql, own_text, SQL_ARGS(sql_int(request->actor.party), sql_int(OWN_MOST)), &rows, &ignored))
        return;
    while (sql_next(&rows)) {
        json_t *door = json_object();
        const char *title = arena_text(request->arena, sql_slice(&rows, 1));

        json_put(door, "label", slice_of(arena_print(request->arena, request->english ? "Apply with “%s”" : "用“%s”申请试用", title)));
        json_put(door, "hint", say(request, N_("结果可以回写它的成熟度")));
        json_put(door, "href", slice_of(arena_print(request->arena, "/trials/new?scenario=%lld&achievement=%lld", (long long)scenario,
                                                    (long long)sql_number(&rows, 0))));
        json_array_append_new(doors, door);
    }
    sql_done(&rows, &ignored);
}

/* What a member of another unit can begin here. */
static void other_doors(struct request *request, const struct record *record, json_t *doors)
{
    long long id = (long long)record->id;

    if (for_hire(record))
        pilot_door(request, doors, N_("下单"), N_("按公布的定价，或者请对方报价"), "/service_orders/new?service=%lld", id);
    if (record->kind == &kind_achievement)
        pilot_door(request, doors, N_("请求先用后付"), N_("先免费用，用成了再付费"), "/try_licences/new?achievement=%lld", id);
    if (record->kind == &kind_scenario) {
        pilot_door(request, doors, N_("申请试用"), N_("写明产品、现在 TRL 几级、需要什么"), "/trials/new?scenario=%lld", id);
        own_doors(request, record->id, doors);
    }
}

static void doors_add(struct request *request, const struct record *record, json_t *doors)
{
    bool member = request->actor.party && acts_for(&request->actor, request->actor.party);
    bool own = record->owner && acts_for(&request->actor, record->owner);

    if (own && record->kind == &kind_service)
        pilot_door(request, doors, N_("拟办事指南"), N_("谁可以办、带什么、几天、多少钱"), "/guides/new?service=%lld", (long long)record->id);
    if (record->kind == &kind_scenario)
        pilot_door(request, doors, N_("采购文件检查"), N_("采购文件里哪一句拿业绩把首次投放的产品挡在外面"), "/tender-check");
    if (member && !own && record->owner && record->owner != request->actor.party && record->status == RECORD_OPEN)
        other_doors(request, record, doors);
}

/* By which sorts and fields matters of this area name the record. */
static void lines_add(struct request *request, const struct record *record, json_t *lines)
{
    const struct {
        const struct kind *kind;
        const struct matter_sort *sort;
        size_t field;
    } about[] = {{&kind_service, &sort_service_order, ORDER_SERVICE}, {&kind_service, &sort_guide, GUIDE_SERVICE},
                 {&kind_scenario, &sort_trial, TRIAL_SCENARIO},       {&kind_achievement, &sort_trial, TRIAL_ACHIEVEMENT},
                 {&kind_achievement, &sort_try_licence, TRY_ACHIEVEMENT}};
    struct record *list = arena_alloc(request->arena, LINES_MOST * sizeof *list);
    struct err ignored;
    size_t count;

    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
        if (about[i].kind != record->kind
            || !matter_about(request->sql, about[i].sort, about[i].field, record->id, &request->actor, request->arena, list, LINES_MOST, &count, &ignored))
            continue;
        for (size_t k = 0; k < count; k++)
            json_array_append_new(lines, matter_line_json(request, about[i].sort, &list[k]));
    }
}

json_t *hire_of(struct request *request, const struct record *record)
{
    json_t *out, *lines, *doors;

    if (record->kind != &kind_service && record->kind != &kind_scenario && record->kind != &kind_achievement)
        return json_null();
    lines = json_array();
    doors = json_array();
    lines_add(request, record, lines);
    doors_add(request, record, doors);
    if (!json_array_size(lines) && !json_array_size(doors)) {
        json_decref(lines);
        json_decref(doors);
        return json_null();
    }
    out = json_object();
    json_object_set_new_nocheck(out, "trials", trials_json(request, record));
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(out, "doors", doors);
    return out;
}

/* --- panels --- */

static bool promise_put(const struct matter_page *page, json_t *out, json_t *doors, struct err *err)
{
    static const struct {
        const char *begins, *label, *hint, *href;
    } begins[] = {{"registration", N_("开始办"), N_("在转化项目里填一次，先预审，再送登记机构"), "/deals"},
                  {"self_check", N_("开始办"), N_("先看自己符合不符合，差哪一条"), "/rules?theme=partners"},
                  {"voucher", N_("开始办"), N_("看本单位的创新券"), "/vouchers"}};
    const struct record *guide = &page->file.matter;
    struct slice code = matter_text(guide, GUIDE_BEGINS);
    struct promise promise;
    json_t *said;

    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (slice_is(code, begins[i].begins))
            pilot_door(page->request, doors, begins[i].label, begins[i].hint, "%s", begins[i].href);
    if (slice_is(code, "order"))
        pilot_door(page->request, doors, N_("开始办"), N_("按公布的定价，或者请对方报价"), "/service_orders/new?service=%lld",
                   (long long)matter_number(guide, GUIDE_SERVICE));
    if (!promise_read(page->request->sql, guide, page->request->web->city->law.calendar, day_of_ms(page->request->now_ms), &promise, err))
        return false;
    if (!promise.counted)
        return true;
    said = json_object();
    number_put(said, "open", promise.open);
    number_put(said, "late", promise.late);
    number_put(said, "days", matter_number(guide, GUIDE_DAYS));
    json_object_set_new_nocheck(out, "promise", said);
    return true;
}

static void aims_add(const struct matter_page *page, json_t *aims)
{
    struct aim_stand *list = arena_alloc(page->request->arena, (page->file.counts[0] + 1) * sizeof *list);
    size_t met, count = trial_stand(&page->file, list, &met);

    for (size_t i = 0; i < count; i++) {
        json_t *aim = json_object();

        number_put(aim, "no", matter_number(list[i].aim, ENTRY_NO));
        json_put(aim, "name", matter_text(list[i].aim, AIM_NAME));
        json_object_set_new_nocheck(aim, "sense", code_label_json("aim_sense", matter_text(list[i].aim, AIM_SENSE)));
        json_put(aim, "target", matter_text(list[i].aim, AIM_TARGET));
        json_put(aim, "unit", matter_text(list[i].aim, AIM_UNIT));
        if (list[i].reading)
            json_put(aim, "value", matter_text(list[i].reading, READING_VALUE));
        json_object_set_new_nocheck(aim, "met", json_boolean(list[i].met));
        json_fill(aim, "value");
        json_array_append_new(aims, aim);
    }
}

/* The client who decides on a quote sees how the provider has done so far. */
static bool order_credit(const struct matter_page *page, json_t *out, struct err *err)
{
    const struct record *order = &page->file.matter;
    struct credit credit;

    if (page->file.sight != SIGHT_ALL)
        return true;
    if (!credit_read(page->request->sql, order->owner, 0, day_of_ms(page->request->now_ms), &credit, err))
        return false;
    json_object_set_new_nocheck(out, "credit", credit_json(&credit));
    return true;
}

bool hire_panel_add(const struct matter_page *page, json_t *matter, struct err *err)
{
    json_t *out = json_object(), *doors = json_array(), *aims = json_array();
    const struct kind *kind = page->sort->kind;
    bool ok = true;

    json_object_set_new_nocheck(matter, "hire", out);
    json_object_set_new_nocheck(out, "doors", doors);
    json_object_set_new_nocheck(out, "aims", aims);
    if (kind == &kind_guide)
        ok = promise_put(page, out, doors, err);
    else if (kind == &kind_service_order)
        ok = order_credit(page, out, err);
    else if (page->file.sight == SIGHT_ALL) {
        aims_add(page, aims);
        pilot_door(page->request, doors, N_("采购文件检查"), N_("首购前看一遍：哪一句拿业绩设限"), "/tender-check");
    }
    json_fill(out, "promise credit");
    return ok;
}
