/*
 * A firm in an innovation space (科创空间): when it moved in, what it was given, how it left and after how long. That it graduated or left
 * the space says and the firm confirms: until then neither counts.
 */
#include "base/said.h"
#include "work/pilot.h"

#include "record/service.h"

enum { SPACE, TENANT };
enum { RESIDENT, GRADUATING, LEAVING, CONTESTED, GRADUATED, LEFT };

static const struct matter_side sides[] = {
    [SPACE] = {"space", "科创空间", "Space", SIDE_OWNER},
    [TENANT] = {"tenant", "入驻企业", "Tenant", TENANCY_TENANT},
};

static const struct matter_state states[] = {
    [RESIDENT] = {"resident", "在驻", "Resident", 0, 0, NULL, false},
    [GRADUATING] = {"graduating", "登记毕业，待企业确认", "Graduated, says the space", SIDE(TENANT), 10, N_("本平台约定"), false},
    [LEAVING] = {"leaving", "登记离开，待企业确认", "Left, says the space", SIDE(TENANT), 10, N_("本平台约定"), false},
    [CONTESTED] = {"contested", "企业有异议", "Contested by the tenant", SIDE(SPACE), 10, N_("本平台约定"), false},
    [GRADUATED] = {"graduated", "已毕业", "Graduated", 0, 0, NULL, true},
    [LEFT] = {"left", "已离开", "Left", 0, 0, NULL, true},
};

static const char resident_text[] =
    "SELECT count(*) FROM tenancy WHERE tenant = ?1 AND space = ?2 AND status = 0 AND to_leaf IS NULL";

static bool move_in_check(struct matter_draft *draft, struct err *err)
{
    struct record *tenancy = &draft->matter, *space;
    struct slice tenant;
    int64_t resident;
    bool found;

    if (!pilot_record(draft, &kind_tenancy, TENANCY_SPACE, &kind_service, matter_number(tenancy, TENANCY_SPACE), &space, err))
        return false;
    if (!slice_is(matter_text(space, SERVICE_SORT), "space") || space->owner != tenancy->owner)
        return MATTER_WRONG(err, &kind_tenancy, TENANCY_SPACE, "这不是本单位的科创空间");
    if (!sql_one(draft->sql, resident_text, SQL_ARGS(sql_int(matter_number(tenancy, TENANCY_TENANT)), sql_int(space->id)), &resident, &found, err))
        return false;
    if (resident)
        return MATTER_WRONG(err, &kind_tenancy, TENANCY_TENANT, "这家企业已经在驻，或者离开还没有经它确认");
    tenant = record_title(draft->sql, &kind_party, matter_number(tenancy, TENANCY_TENANT), draft->arena);
    matter_set_text(tenancy, MATTER_TITLE, arena_copy(draft->arena, tenant));
    return true;
}

static bool gone_check(struct matter_draft *draft, struct err *err)
{
    int32_t gone = matter_day(&draft->matter, TENANCY_GONE_ON);

    if (gone > draft->today)
        return MATTER_WRONG(err, &kind_tenancy, TENANCY_GONE_ON, "离开日还没有到");
    return gone >= matter_day(&draft->was, TENANCY_FROM) || MATTER_WRONG(err, &kind_tenancy, TENANCY_GONE_ON, "离开日早于入驻日");
}

/* What the space says now stands alone: what it said before is in the history. */
static bool graduate_check(struct matter_draft *draft, struct err *err)
{
    draft->matter.values[TENANCY_GONE_WHY] = draft->matter.values[TENANCY_CONTEST] = (struct value){0};
    return gone_check(draft, err);
}

static bool leave_check(struct matter_draft *draft, struct err *err)
{
    draft->matter.values[TENANCY_GRADUATION] = draft->matter.values[TENANCY_CONTEST] = (struct value){0};
    return gone_check(draft, err);
}

static bool confirm_check(struct matter_draft *draft, struct err *err)
{
    bool graduated = slice_is(matter_text(&draft->was, MATTER_STATE), states[GRADUATING].code);

    (void)err;
    matter_enter(draft, draft->sort, &draft->matter, graduated ? GRADUATED : LEFT);
    return true;
}

static bool stay_check(struct matter_draft *draft, struct err *err)
{
    static const size_t said[] = {TENANCY_GONE_ON, TENANCY_GRADUATION, TENANCY_STAFF_THEN, TENANCY_GONE_WHY};

    (void)err;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        draft->matter.values[said[i]] = (struct value){0};
    return true;
}

#define SAID (STATE(GRADUATING) | STATE(LEAVING))

static const struct matter_step steps[] = {
    {.name = "move_in", .label = "登记入驻", .label_en = "Move in", .does = N_("哪个空间、哪家企业、哪一日、多大面积"),
     .from = MATTER_NEW, .to = RESIDENT, .by = SIDE(SPACE), .fields = "space tenant from_day until_day area desks staff",
     .seldom = "until_day area desks staff", .check = move_in_check},
    {.name = "serve", .label = "记一次服务", .label_en = "Record a service", .does = N_("辅导、融资、知识产权、中试、市场"),
     .from = STATE(RESIDENT), .to = MATTER_SAME, .by = SIDE(SPACE), .fields = "day sort what hours given_by", .how = MATTER_ADD,
     .entry = &kind_space_service},
    {.name = "graduate", .label = "毕业", .label_en = "Graduate", .does = N_("凭什么毕业、哪一日、有多少人；企业确认以后才计入"),
     .from = STATE(RESIDENT) | STATE(CONTESTED), .to = GRADUATING, .by = SIDE(SPACE), .fields = "graduation gone_on staff_then", .check = graduate_check},
    {.name = "leave", .label = "离开", .label_en = "Leave", .does = N_("没有毕业就离开的，写明原因；企业确认以后才计入"),
     .from = STATE(RESIDENT) | STATE(CONTESTED), .to = LEAVING, .by = SIDE(SPACE), .fields = "gone_on gone_why staff_then", .check = leave_check},
    {.name = "confirm", .label = "属实", .label_en = "Confirm", .does = N_("空间登记的毕业或离开、日期和人数都对"),
     .from = SAID, .to = MATTER_SAME, .by = SIDE(TENANT), .check = confirm_check},
    {.name = "contest", .label = "不属实", .label_en = "Contest", .does = N_("写明哪里不对，由空间改正"),
     .from = SAID, .to = CONTESTED, .by = SIDE(TENANT), .fields = "contest_why"},
    {.name = "stay", .label = "仍在驻", .label_en = "Still resident", .does = N_("登记错了：没有毕业，也没有离开"),
     .from = SAID | STATE(CONTESTED), .to = RESIDENT, .by = SIDE(SPACE), .check = stay_check},
};

static const struct kind *const entries[] = {&kind_space_service};

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_tenancy = {
    .kind = &kind_tenancy,
    .about = N_("科创空间里的企业：哪一日入驻、得到什么服务、几年毕业"),
    .empty = N_("还没有。科创空间在“登记入驻”里写企业和入驻日"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .begins_at = "/services?sort=space", .entries = entries, .entry_count = COUNT(entries),
};
