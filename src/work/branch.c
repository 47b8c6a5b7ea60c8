#include "work/branch.h"

#include "work/pool.h"

enum side { BANK, OFFICERS };
enum state { FILED, LISTED, REFUSED, ENDED };

static const struct matter_side sides[] = {
    [BANK] = {"bank", "银行", "Bank", SIDE_OWNER},
    [OFFICERS] = {"officers", "主管部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [FILED] = {"filed", "待列入", "Filed", SIDE(OFFICERS), 10, N_("本平台约定：10 个工作日内列入或者说明理由"), false},
    [LISTED] = {"listed", "在列", "Listed", 0, 0, NULL, false},
    [REFUSED] = {"refused", "不予列入", "Not listed", 0, 0, NULL, true},
    [ENDED] = {"ended", "已移出", "Ended", 0, 0, NULL, true},
};

#define TERMS "name address phone licensed_by paper since_day until_day staff delegated tolerance bad duty"

static bool file_check(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->matter, BRANCH_UNTIL) < matter_day(&draft->matter, BRANCH_SINCE))
        return MATTER_WRONG(err, &kind_branch, BRANCH_UNTIL, "有效期的止日早于起日");
    matter_set_text(&draft->matter, MATTER_TITLE, matter_text(&draft->matter, BRANCH_NAME));
    return true;
}

static const struct matter_step steps[] = {
    {.name = "file", .label = "申报科技支行", .label_en = "File a branch", .does = N_("认定文件、专职人员、授权额度、不良容忍度、尽职免责规定"),
     .from = MATTER_NEW, .to = FILED, .by = SIDE(BANK), .fields = TERMS, .seldom = "bad", .check = file_check},
    {.name = "list", .label = "列入名单", .label_en = "List", .does = N_("核对认定文件，公开列入"), .from = STATE(FILED), .to = LISTED,
     .by = SIDE(OFFICERS), .gate = "branch_list"},
    {.name = "refuse", .label = "不予列入", .label_en = "Refuse", .does = N_("写明理由"), .from = STATE(FILED), .to = REFUSED, .by = SIDE(OFFICERS),
     .fields = "refused_why"},
    {.name = "change", .label = "变更", .label_en = "Change", .does = N_("有变化的改好，重新列入"), .from = STATE(LISTED), .to = FILED,
     .by = SIDE(BANK), .fields = TERMS, .seldom = "bad", .check = file_check},
    {.name = "end", .label = "移出名单", .label_en = "Take off the list", .does = N_("不再是科技支行的移出"), .from = STATE(LISTED), .to = ENDED,
     .by = SIDE(BANK) | SIDE(OFFICERS), .fields = "refused_why"},
};

static bool facts_of(struct matter_draft *draft, struct fact **facts, size_t *count, struct err *err)
{
    const struct record *branch = &draft->matter;
    struct fact *list = arena_alloc(draft->arena, 6 * sizeof *list);

    (void)err;
    list[0] = fund_day("today", draft->today);
    list[1] = fund_day("branch_since", matter_day(branch, BRANCH_SINCE));
    list[2] = fund_day("branch_until", matter_day(branch, BRANCH_UNTIL));
    list[3] = fund_number("branch_staff", matter_number(branch, BRANCH_STAFF));
    list[4] = fund_share("branch_tolerance", matter_number(branch, BRANCH_TOLERANCE));
    list[5] = fund_share("branch_bad", matter_number(branch, BRANCH_BAD));
    *facts = list;
    *count = matter_known(branch, BRANCH_BAD) ? 6 : 5;
    return true;
}

static bool is_public(const struct record *branch)
{
    return matter_state_of(&sort_branch, branch) == &states[LISTED];
}

const struct matter_sort sort_branch = {
    .kind = &kind_branch,
    .about = N_("经认定的科技支行：专职人员、授权额度、不良贷款容忍度和尽职免责规定"),
    .empty = N_("还没有列入的科技支行。银行按“申报科技支行”。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides,
    .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps,
    .open = is_public,
    .facts = facts_of,
};
