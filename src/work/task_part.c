/* Help with a task (协办): asked of a unit by whoever leads the task or assigned it; agreed, with a name, or refused with a reason; done. */
#include "work/steer_int.h"

enum { ASKED, LEAD, ASSIGNER, OFFICE };
enum { OPEN_MOST = 12 /* a step that ends the task releases them all */ };

static const struct matter_side sides[] = {
    [ASKED] = {"asked", "协办单位", "Unit that helps", SIDE_OWNER},
    [LEAD] = {"unit", "承办单位", "Unit that leads", PART_OF_UNIT},
    [ASSIGNER] = {"assigner", "交办单位", "Assigned by", PART_OF_ASSIGNER},
    [OFFICE] = {"office", "主管部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [HELP_ASKED] = {"asked", "待答复", "Asked", SIDE(ASKED), 3, STEER_HOUSE_3, false},
    [HELP_AGREED] = {"agreed", "协办中", "Agreed", SIDE(ASKED), 0, N_("请求时写明的协办期限"), false},
    [HELP_REFUSED] = {"refused", "不协办", "Refused", 0, 0, NULL, true},
    [HELP_DONE] = {"done", "已协办", "Done", 0, 0, NULL, true},
    [HELP_RELEASED] = {"released", "随任务了结", "Ended with the task", 0, 0, NULL, true},
};

static bool is_new(struct matter_draft *draft, const struct record *task, struct err *err)
{
    struct record *list;
    size_t count, open = 0;

    if (!task_parts(draft->sql, task->id, MATTER_ENTRY_ROWS, draft->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        open += list[i].status != RECORD_CLOSED;
        if (list[i].status != RECORD_CLOSED && list[i].owner == draft->matter.owner)
            return MATTER_WRONG(err, &kind_task_part, PART_OF_PARTY, "已经请过这个单位") || err_hint(err, "等它答复，或者看它协办的经过");
    }
    return (open < OPEN_MOST && count < MATTER_ENTRY_ROWS) || err_set(err, ERR_CONFLICT, "请的协办单位太多：同时最多 %d 个", OPEN_MOST);
}

/* Who asks takes part in the task; the helper is neither who leads it nor who assigned it. */
static bool ask_check(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, task;
    enum matter_sight sight;
    unsigned takes_part;

    if (!record_get(draft->sql, &kind_task, matter_number(matter, PART_OF_TASK), draft->arena, &task, err)
        || !matter_sight(draft->sql, &sort_task, &task, draft->order->actor, &takes_part, &sight, err))
        return false;
    if (sight == SIGHT_NONE)
        return record_missing(&kind_task, err);
    if (!(takes_part & ~SIDE(TASK_HELPER_SIDE)))
        return err_set(err, ERR_DENIED, "协办由承办单位或者交办单位来请");
    if (task.status == RECORD_CLOSED)
        return err_set(err, ERR_CONFLICT, "这项任务已经了结");
    matter->owner = matter_number(matter, PART_OF_PARTY);
    if (matter->owner == task.owner || matter->owner == matter_number(&task, TASK_UNIT))
        return MATTER_WRONG(err, &kind_task_part, PART_OF_PARTY, "它是交办或者承办单位，不用请");
    if (matter_day(matter, PART_OF_BY) < draft->today)
        return MATTER_WRONG(err, &kind_task_part, PART_OF_BY, "协办期限已经过了");
    if (!is_new(draft, &task, err))
        return false;
    matter_set_number(matter, PART_OF_UNIT, matter_number(&task, TASK_UNIT));
    matter_set_number(matter, PART_OF_ASSIGNER, task.owner);
    matter_set_text(matter, MATTER_TITLE, matter_text(&task, TASK_WHAT));
    return true;
}

static bool agree_check(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_due(&draft->matter, matter_day(&draft->matter, PART_OF_BY), draft->arena);
    return true;
}

static const struct matter_step steps[] = {
    {.name = "ask", .label = "请单位协办", .label_en = "Ask for help", .does = N_("写明请他们做什么、哪天要；对方三个工作日内答复"), .from = MATTER_NEW, .to = HELP_ASKED,
     .by = SIDE(LEAD) | SIDE(ASSIGNER) | SIDE(OFFICE), .fields = "task party ask by_day", .check = ask_check},
    {.name = "agree", .label = "同意协办", .label_en = "Agree", .does = N_("写明谁来办、电话"), .from = STATE(HELP_ASKED), .to = HELP_AGREED, .by = SIDE(ASKED),
     .fields = "handler phone", .check = agree_check},
    {.name = "refuse", .label = "不协办", .label_en = "Refuse", .does = N_("写明理由，承办单位和交办单位都看得到"), .from = STATE(HELP_ASKED), .to = HELP_REFUSED, .by = SIDE(ASKED),
     .fields = "refusal"},
    {.name = "finish", .label = "报协办结果", .label_en = "Report the help done", .does = N_("写明做了什么"), .from = STATE(HELP_AGREED), .to = HELP_DONE, .by = SIDE(ASKED),
     .fields = "result"},
};

const struct matter_sort sort_task_part = {
    .kind = &kind_task_part,
    .about = N_("别的单位的任务里请本单位协办的一部分：办不办、谁来办、做了什么"),
    .empty = N_("还没有。承办单位在任务的页面上请本单位协办时，会出现在这里"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .begins_at = "/tasks",
};
