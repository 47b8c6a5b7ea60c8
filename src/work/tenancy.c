/* A firm in an innovation space (科创空间): when it moved in, what it was given, how it left and after how long. */
#include "base/said.h"
#include "work/pilot.h"

#include "record/service.h"

enum { SPACE, TENANT };
enum { RESIDENT, GRADUATED, LEFT };

static const struct matter_side sides[] = {
    [SPACE] = {"space", "科创空间", "Space", SIDE_OWNER},
    [TENANT] = {"tenant", "入驻企业", "Tenant", TENANCY_TENANT},
};

static const struct matter_state states[] = {
    [RESIDENT] = {"resident", "在驻", "Resident", 0, 0, NULL, false},
    [GRADUATED] = {"graduated", "已毕业", "Graduated", 0, 0, NULL, true},
    [LEFT] = {"left", "已离开", "Left", 0, 0, NULL, true},
};

static const char resident_text[] =
    "SELECT count(*) FROM tenancy WHERE tenant = ?1 AND space = ?2 AND state = 'resident' AND to_leaf IS NULL";

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
        return MATTER_WRONG(err, &kind_tenancy, TENANCY_TENANT, "这家企业已经在驻");
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

static const struct matter_step steps[] = {
    {.name = "move_in", .label = "登记入驻", .label_en = "Move in", .does = N_("哪个空间、哪家企业、哪一日、多大面积"),
     .from = MATTER_NEW, .to = RESIDENT, .by = SIDE(SPACE), .fields = "space tenant from_day until_day area desks staff",
     .seldom = "until_day area desks staff", .check = move_in_check},
    {.name = "serve", .label = "记一次服务", .label_en = "Record a service", .does = N_("辅导、融资、知识产权、中试、市场"),
     .from = STATE(RESIDENT), .to = MATTER_SAME, .by = SIDE(SPACE), .fields = "day sort what hours given_by", .how = MATTER_ADD,
     .entry = &kind_space_service},
    {.name = "graduate", .label = "毕业", .label_en = "Graduate", .does = N_("凭什么毕业、哪一日、有多少人"),
     .from = STATE(RESIDENT), .to = GRADUATED, .by = SIDE(SPACE), .fields = "graduation gone_on staff_then", .check = gone_check},
    {.name = "leave", .label = "离开", .label_en = "Leave", .does = N_("没有毕业就离开的，写明原因"),
     .from = STATE(RESIDENT), .to = LEFT, .by = SIDE(SPACE), .fields = "gone_on gone_why staff_then", .check = gone_check},
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
