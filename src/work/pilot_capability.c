/* What a platform can do (能力目录): its prices, its permits, its maintenance; open for everybody to read once it takes jobs. */
#include "base/said.h"
#include "work/pilot.h"

#include "record/service.h"

enum { PLATFORM };

static const struct matter_side sides[] = {[PLATFORM] = {"platform", "平台", "Platform", SIDE_OWNER}};

static const struct matter_state states[] = {
    [CAPABILITY_PREPARED] = {"prepared", "筹备中", "Being prepared", SIDE(PLATFORM), 0, NULL, false},
    [CAPABILITY_OPEN] = {"open", "接单中", "Open", 0, 0, NULL, false},
    [CAPABILITY_PAUSE] = {"paused", "停接", "Paused", 0, 0, NULL, false},
    [CAPABILITY_CLOSED] = {"closed", "已停用", "Closed", 0, 0, NULL, true},
};
#define ALIVE (STATE(CAPABILITY_PREPARED) | STATE(CAPABILITY_OPEN) | STATE(CAPABILITY_PAUSE))

/* --- its own fields --- */

static bool service_fits(struct matter_draft *draft, struct err *err)
{
    int64_t id = matter_number(&draft->matter, CAPABILITY_SERVICE);
    struct record *service;

    if (!pilot_record(draft, &kind_capability, CAPABILITY_SERVICE, &kind_service, id, &service, err))
        return false;
    if (!slice_is(matter_text(service, SERVICE_SORT), "pilot"))
        return MATTER_WRONG(err, &kind_capability, CAPABILITY_SERVICE, "“%.*s”不是中试平台", (int)matter_text(service, SERVICE_TITLE).len,
                            matter_text(service, SERVICE_TITLE).at);
    return service->owner == draft->matter.owner || MATTER_WRONG(err, &kind_capability, CAPABILITY_SERVICE, "这项服务不是本单位的");
}

static bool fields_fit(struct matter_draft *draft, struct err *err)
{
    const struct record *now = &draft->matter;

    if (matter_number(now, CAPABILITY_OPENS) >= matter_number(now, CAPABILITY_CLOSES))
        return MATTER_WRONG(err, &kind_capability, CAPABILITY_CLOSES, "关机要晚于开机");
    if (matter_known(now, CAPABILITY_TRL_FROM) && matter_known(now, CAPABILITY_TRL_TO)
        && matter_number(now, CAPABILITY_TRL_FROM) > matter_number(now, CAPABILITY_TRL_TO))
        return MATTER_WRONG(err, &kind_capability, CAPABILITY_TRL_TO, "终点不能低于起点");
    if (slice_is(matter_text(now, CAPABILITY_SORT), "pilot") && !matter_known(now, CAPABILITY_TRIALS))
        return MATTER_WRONG(err, &kind_capability, CAPABILITY_TRIALS, "中试产线要选五验证里的至少一种");
    return true;
}

static bool begin_check(struct matter_draft *draft, struct err *err)
{
    matter_set_text(&draft->matter, MATTER_TITLE, matter_text(&draft->matter, CAPABILITY_NAME));
    return service_fits(draft, err) && fields_fit(draft, err);
}

/* What is booked already must still fit. */
static bool amend_check(struct matter_draft *draft, struct err *err)
{
    struct slot *list = arena_alloc(draft->arena, SLOTS_MOST * sizeof *list);
    int64_t now = slot_hour(draft->today, 0), stations = matter_number(&draft->matter, CAPABILITY_STATIONS);
    size_t count;

    matter_set_text(&draft->matter, MATTER_TITLE, matter_text(&draft->matter, CAPABILITY_NAME));
    if (!fields_fit(draft, err))
        return false;
    if (stations >= matter_number(&draft->was, CAPABILITY_STATIONS))
        return true;
    if (!slot_list(draft->sql, draft->was.id, now, now + INT64_C(24) * 3650, draft->arena, list, SLOTS_MOST, &count, err))
        return false;
    return slot_peak(list, count, now, now + INT64_C(24) * 3650) <= stations
           || MATTER_WRONG(err, &kind_capability, CAPABILITY_STATIONS, "已经排进去的占的工位更多，先释放再减");
}

/* --- opening and closing --- */

static bool has_price(const struct matter_file *file)
{
    for (size_t k = 0; k < file->sort->entry_count; k++)
        for (size_t i = 0; file->sort->entries[k] == &kind_tariff && i < file->counts[k]; i++)
            if (!matter_known(&file->entries[k][i], TARIFF_ENDED))
                return true;
    return false;
}

static bool open_check(struct matter_draft *draft, struct err *err)
{
    return has_price(draft->file) || err_set(err, ERR_INVALID, "还没有收费标准") || err_hint(err, "先列出至少一项收费：收费要清晰");
}

static bool open_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    struct pilot_facts facts = {.list = arena_zero(draft->arena, PILOT_FACTS, sizeof *facts.list)};

    (void)err;
    fact_code(&facts, "capability_sort", matter_text(&draft->was, CAPABILITY_SORT));
    fact_yes(&facts, "sharing_written", matter_known(&draft->was, CAPABILITY_SHARING));
    fact_yes(&facts, "price_listed", has_price(draft->file));
    *list = facts.list;
    *count = facts.count;
    return true;
}

static const char busy_text[] =
    "SELECT count(*) FROM pilot_job WHERE capability = ?1 AND to_leaf IS NULL"
    " AND state IN ('asked', 'lacking', 'quoted', 'accepted', 'running', 'reported')";

static bool close_check(struct matter_draft *draft, struct err *err)
{
    int64_t jobs;
    bool found;

    if (!sql_one(draft->sql, busy_text, SQL_ARGS(sql_int(draft->was.id)), &jobs, &found, err))
        return false;
    return jobs == 0 || err_set(err, ERR_INVALID, "还有 %lld 件作业没有做完", (long long)jobs) || err_hint(err, "先做完或取消，也可以只停接");
}

/* --- entries --- */

static bool price_stands(const struct record *entry)
{
    return !matter_known(entry, TARIFF_ENDED);
}

static bool permit_check(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->entry, PERMIT_UNTIL) >= matter_day(&draft->entry, PERMIT_FROM)
           || MATTER_WRONG(err, &kind_permit, PERMIT_UNTIL, "有效期至不能早于起日");
}

static bool maintain_check(struct matter_draft *draft, struct err *err)
{
    return slot_take(draft, &draft->was, true, err);
}

bool slot_stands(const struct record *entry)
{
    return !matter_number(entry, BOOKING_FREED);
}

bool slot_free(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_number(&draft->entry, BOOKING_FREED, 1);
    return true;
}

#define OWN_FIELDS                                                                                                                   \
    "name sort trials industry equipment stations opens closes weekends confidence trl_from trl_to hazards in_park sharing quote_days contact phone"
#define SELDOM "weekends trl_from trl_to in_park sharing"

static const struct matter_step steps[] = {
    {.name = "begin", .label = "登记能力", .label_en = "Add a capability", .does = N_("写明能做什么验证、设备、工位、开机时间、可接的危险和保密"),
     .from = MATTER_NEW, .to = CAPABILITY_PREPARED, .by = SIDE(PLATFORM), .fields = "service " OWN_FIELDS, .seldom = SELDOM, .check = begin_check},
    {.name = "price", .label = "列一项收费", .label_en = "Add a price", .does = N_("收费项目、单位、单价：人人看得见"),
     .from = ALIVE, .to = MATTER_SAME, .by = SIDE(PLATFORM), .fields = "item unit price note", .seldom = "note", .how = MATTER_ADD, .entry = &kind_tariff},
    {.name = "end_price", .label = "停用一项收费", .label_en = "End a price", .does = N_("从哪一日起不再用"),
     .from = ALIVE, .to = MATTER_SAME, .by = SIDE(PLATFORM), .fields = "ended", .how = MATTER_AMEND, .entry = &kind_tariff, .amendable = price_stands},
    {.name = "permit", .label = "登记证照", .label_en = "Add a permit", .does = N_("编号、机关、有效期：报价前的安全门要看"),
     .from = ALIVE, .to = MATTER_SAME, .by = SIDE(PLATFORM), .fields = "sort number issuer covers from_day until_day digest", .seldom = "covers digest",
     .how = MATTER_ADD, .entry = &kind_permit, .check = permit_check},
    {.name = "open", .label = "开始接单", .label_en = "Open", .does = N_("人人看得见，可以请求"),
     .from = STATE(CAPABILITY_PREPARED) | STATE(CAPABILITY_PAUSE), .to = CAPABILITY_OPEN, .by = SIDE(PLATFORM), .gate = "capability_open",
     .check = open_check},
    {.name = "amend", .label = "修改", .label_en = "Change", .does = N_("改能力、工位、开机时间"),
     .from = ALIVE, .to = MATTER_SAME, .by = SIDE(PLATFORM), .fields = OWN_FIELDS, .seldom = SELDOM, .check = amend_check},
    {.name = "maintain", .label = "排检修", .label_en = "Plan maintenance", .does = N_("检修的时段不再接作业"),
     .from = STATE(CAPABILITY_OPEN) | STATE(CAPABILITY_PAUSE), .to = MATTER_SAME, .by = SIDE(PLATFORM),
     .fields = "on_day from_hour until_day until_hour stations what", .seldom = "until_day stations", .how = MATTER_ADD, .entry = &kind_booking,
     .check = maintain_check},
    {.name = "free", .label = "取消检修", .label_en = "Free a slot", .does = N_("时段重新可以排"),
     .from = ALIVE, .to = MATTER_SAME, .by = SIDE(PLATFORM), .fields = "freed_why", .how = MATTER_AMEND, .entry = &kind_booking,
     .amendable = slot_stands, .check = slot_free},
    {.name = "pause", .label = "停接", .label_en = "Pause", .does = N_("暂不接新的请求，已有的照做"),
     .from = STATE(CAPABILITY_OPEN), .to = CAPABILITY_PAUSE, .by = SIDE(PLATFORM), .fields = "paused"},
    {.name = "close", .label = "停用", .label_en = "Close", .does = N_("不再有这项能力"),
     .from = ALIVE, .to = CAPABILITY_CLOSED, .by = SIDE(PLATFORM), .check = close_check},
};

static const struct kind *const entries[] = {&kind_tariff, &kind_permit, &kind_booking};

static bool is_open(const struct record *matter)
{
    return slice_is(matter_text(matter, MATTER_STATE), "open") || slice_is(matter_text(matter, MATTER_STATE), "paused");
}

static unsigned seen_by(const struct kind *kind, size_t field)
{
    return slot_shown(kind, field) ? SIDE(PLATFORM) : 0;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_capability = {
    .kind = &kind_capability,
    .about = N_("中试平台的产线和对外开放的大型仪器：能做什么验证、收多少钱、接什么危险、什么时候有空"),
    .empty = N_("还没有。平台在“登记能力”里写明设备、工位和收费，开始接单后人人看得见"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .open = is_open, .seen_by = seen_by, .begins_at = "/services?sort=pilot", .facts = open_facts,
};
