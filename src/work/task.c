/*
 * A task between departments (协同任务): assigned, objected to within a week (R111) or accepted by somebody with a telephone number, moved on
 * by reports, urged (督办), reported, and closed by whoever assigned it (销号). Nobody passes on what was assigned to him. Its checks:
 * task_check.c.
 */
#include "work/steer_int.h"

static const struct matter_side sides[] = {
    [TASK_ASSIGNER_SIDE] = {"assigner", "交办单位", "Assigned by", SIDE_OWNER},
    [TASK_UNIT_SIDE] = {"unit", "承办单位", "Unit that leads", TASK_UNIT},
    [TASK_OFFICE_SIDE] = {"office", "主管部门", "Officers", SIDE_OFFICERS},
    [TASK_LEADER_SIDE] = {"leader", "领导和秘书", "Leader's office", SIDE_ROLE, STEER_LEADERS},
    [TASK_HELPER_SIDE] = {"helper", "协办单位", "Units that help", SIDE_JOINED},
};

#define ASSIGNING (SIDE(TASK_ASSIGNER_SIDE) | SIDE(TASK_OFFICE_SIDE))
#define STEERING (ASSIGNING | SIDE(TASK_LEADER_SIDE))
#define UNIT SIDE(TASK_UNIT_SIDE)

static const struct matter_state states[] = {
    [TASK_ASSIGNED] = {"assigned", "待签收", "To be accepted", UNIT, 0, N_("交办异议 1 周内提出，不得自行转办（R111）"), false},
    [TASK_OBJECTED] = {"objected", "有异议，待裁定", "Objected to", ASSIGNING, 5, STEER_HOUSE_5, false},
    [TASK_RUNNING] = {"running", "办理中", "Under way", UNIT, 0, N_("交办时定的办结期限"), false},
    [TASK_URGED] = {"urged", "被督办，待答复", "Urged", UNIT, 3, STEER_HOUSE_3, false},
    [TASK_REPORTED] = {"reported", "待销号", "Reported", ASSIGNING, 5, STEER_HOUSE_5, false},
    [TASK_CLOSED] = {"closed", "已销号", "Closed", 0, 0, NULL, true},
    [TASK_DROPPED] = {"dropped", "已撤销", "Dropped", 0, 0, NULL, true},
};

#define UNDER_WAY (STATE(TASK_RUNNING) | STATE(TASK_URGED))
#define OPEN (STATE(TASK_ASSIGNED) | STATE(TASK_OBJECTED) | UNDER_WAY | STATE(TASK_REPORTED))

static bool unruled(const struct record *entry)
{
    return !matter_known(entry, REFUSED_VERDICT);
}

static bool unanswered(const struct record *entry)
{
    return !matter_known(entry, URGING_ANSWERED_ON);
}

static bool undecided(const struct record *entry)
{
    return !matter_known(entry, EXTENSION_VERDICT);
}

static bool unjudged(const struct record *entry)
{
    return !matter_known(entry, REPORT_VERDICT);
}

static const struct matter_step steps[] = {
    {.name = "assign", .label = "派任务", .label_en = "Assign", .does = N_("写明交付什么、谁来办、哪天办完；承办单位一周内签收或提异议"), .from = MATTER_NEW,
     .to = TASK_ASSIGNED, .by = STEERING,
     .fields = "about_kind about assigner what deliver unit by_day level leader money policy program indicator goal",
     .seldom = "leader money policy program goal", .check = task_assign, .fill = task_assign_fill, .given = "about_kind about"},
    {.name = "accept", .label = "签收", .label_en = "Accept", .does = N_("写明谁来办、电话；签收后不能再提异议"), .from = STATE(TASK_ASSIGNED), .to = TASK_RUNNING,
     .by = UNIT, .fields = "handler phone plan", .seldom = "plan", .check = task_accept},
    {.name = "object", .label = "提异议", .label_en = "Object", .does = N_("一周内，写明为什么不该本单位办；由交办单位裁定，不得自行转办"), .from = STATE(TASK_ASSIGNED),
     .to = TASK_OBJECTED, .by = UNIT, .fields = "why suggest", .seldom = "suggest", .how = MATTER_ADD, .entry = &kind_task_objection, .check = task_object},
    {.name = "progress", .label = "报进展", .label_en = "Report progress", .does = N_("办到哪里、卡在哪里、用了多少钱"), .from = UNDER_WAY, .to = MATTER_SAME, .by = UNIT,
     .fields = "percent done stuck spent", .seldom = "stuck spent", .how = MATTER_ADD, .entry = &kind_task_progress, .check = task_progress},
    {.name = "answer", .label = "答复督办", .label_en = "Answer the urging", .does = N_("写明办到哪里、什么时候办完"), .from = STATE(TASK_URGED), .to = TASK_RUNNING, .by = UNIT,
     .fields = "answer", .how = MATTER_AMEND, .entry = &kind_task_urge, .amendable = unanswered, .check = task_answer},
    {.name = "report", .label = "报办结", .label_en = "Report it done", .does = N_("照交付要求写，附凭证；由交办单位核过才销号"), .from = UNDER_WAY, .to = TASK_REPORTED, .by = UNIT,
     .fields = "done evidence digest reached", .seldom = "digest reached", .how = MATTER_ADD, .entry = &kind_task_report, .check = task_report},
    {.name = "ask_longer", .aside = true, .label = "申请延期", .label_en = "Ask for longer", .does = N_("期限过去以前，先说明理由；原期限留着"), .from = UNDER_WAY, .to = MATTER_SAME, .by = UNIT,
     .fields = "until_day why", .how = MATTER_ADD, .entry = &kind_task_extension, .check = task_ask_longer},
    {.name = "close", .label = "销号", .label_en = "Close", .does = N_("照交付要求和凭证核过，写明怎么核的"), .from = STATE(TASK_REPORTED), .to = TASK_CLOSED, .by = STEERING,
     .fields = "words", .how = MATTER_AMEND, .entry = &kind_task_report, .amendable = unjudged, .check = task_close},
    {.name = "return", .label = "退回再办", .label_en = "Send back", .does = N_("写明差什么；期限不变"), .from = STATE(TASK_REPORTED), .to = TASK_RUNNING, .by = STEERING,
     .fields = "words", .how = MATTER_AMEND, .entry = &kind_task_report, .amendable = unjudged, .check = task_return},
    {.name = "longer", .label = "同意延期", .label_en = "Grant longer", .does = N_("写明理由"), .from = UNDER_WAY, .to = MATTER_SAME, .by = STEERING, .fields = "words",
     .how = MATTER_AMEND, .entry = &kind_task_extension, .amendable = undecided, .check = task_longer},
    {.name = "not_longer", .label = "不同意延期", .label_en = "Deny longer", .does = N_("写明理由；期限不变"), .from = UNDER_WAY, .to = MATTER_SAME, .by = STEERING, .fields = "words",
     .how = MATTER_AMEND, .entry = &kind_task_extension, .amendable = undecided, .check = task_not_longer},
    {.name = "uphold", .label = "维持交办", .label_en = "Uphold", .does = N_("异议不成立，写明理由；承办单位签收去办"), .from = STATE(TASK_OBJECTED), .to = TASK_ASSIGNED,
     .by = STEERING, .fields = "words by_day", .how = MATTER_AMEND, .entry = &kind_task_objection, .amendable = unruled, .check = task_uphold},
    {.name = "urge", .aside = true, .label = "督办", .label_en = "Urge", .does = N_("写明谁督办、要求什么；承办单位马上得到消息"), .from = STATE(TASK_RUNNING), .to = TASK_URGED, .by = STEERING,
     .fields = "who why by_day", .seldom = "by_day", .how = MATTER_ADD, .entry = &kind_task_urge, .check = task_urge},
    {.name = "raise", .aside = true, .label = "改督办等级", .label_en = "Change its level", .does = N_("列为重点督办的写明领衔领导（R113）"), .from = STATE(TASK_ASSIGNED) | UNDER_WAY, .to = MATTER_SAME,
     .by = STEERING, .fields = "level leader", .check = task_raise},
    {.name = "move", .aside = true, .label = "改派", .label_en = "Assign to another", .does = N_("改由别的单位办，写明理由；原单位留在记录里"),
     .from = STATE(TASK_ASSIGNED) | STATE(TASK_OBJECTED) | UNDER_WAY, .to = TASK_ASSIGNED, .by = STEERING, .fields = "unit why by_day", .how = MATTER_ADD,
     .entry = &kind_task_transfer, .check = task_move},
    {.name = "drop", .aside = true, .label = "撤销任务", .label_en = "Drop", .does = N_("不办了，写明原因"), .from = OPEN, .to = TASK_DROPPED, .by = STEERING, .fields = "drop_why", .check = task_drop},
};

static const struct kind *const entries[] = {&kind_task_progress, &kind_task_report, &kind_task_urge, &kind_task_extension, &kind_task_objection,
                                             &kind_task_transfer};

const struct matter_sort sort_task = {
    .kind = &kind_task,
    .about = N_("部门之间的任务：谁交办、谁来办、交付什么、哪天办完；异议、进展、督办、销号都记在这一条里"),
    .empty = N_("还没有任务。在这里派，或者打开行动、联席会议、改革事项、意见，从那里派。"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .joined = task_joined,
};
