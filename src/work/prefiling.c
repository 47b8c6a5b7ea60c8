/*
 * The assessment before a patent is filed (申请前评估): the inventor asks, the unit's office assesses and decides: file, keep secret, waive.
 * There is no filing date yet: what is in it is seen by the unit and the inventor alone, and the line that an officer may see names nothing.
 */
#include "work/board_int.h"

enum { UNIT, INVENTOR };
enum { ASKED, ASSESSED, TO_FILE, FILED, SECRET, WAIVED, DROPPED };

static const struct matter_side sides[] = {
    [UNIT] = {"unit", "单位", "Unit", SIDE_OWNER},
    [INVENTOR] = {"inventor", "发明人", "Inventor", PREFILING_INVENTOR},
};

static const struct matter_state states[] = {
    [ASKED] = {"asked", "待评估", "To be assessed", SIDE(UNIT), 15, BOARD_HOUSE, false},
    [ASSESSED] = {"assessed", "待决定", "To be decided", SIDE(UNIT), 10, BOARD_HOUSE, false},
    [TO_FILE] = {"to_file", "决定申请，待提交", "To be filed", SIDE(UNIT), 20, BOARD_HOUSE, false},
    [FILED] = {"filed", "已申请", "Filed", 0, 0, NULL, true},
    [SECRET] = {"secret", "作为技术秘密", "Kept secret", 0, 0, NULL, true},
    [WAIVED] = {"waived", "已放弃给发明人", "Waived to the inventor", 0, 0, NULL, true},
    [DROPPED] = {"dropped", "不办了", "Dropped", 0, 0, NULL, true},
};

#define WRONG(field, ...) MATTER_WRONG(err, &kind_prefiling, field, __VA_ARGS__)

/* The title stands in lists: it must not say what the invention is. */
static bool ask(struct matter_draft *draft, struct err *err)
{
    if (!draft->order->actor->person)
        return err_set(err, ERR_DENIED, "申请前评估由发明人提出") || err_hint(err, "请管理员把您的账号与人员关联");
    draft->matter.owner = draft->order->actor->party;
    matter_set_number(&draft->matter, PREFILING_INVENTOR, draft->order->actor->person);
    matter_set_text(&draft->matter, MATTER_TITLE, SLICE("申请前评估"));
    return true;
}

/* The inventor may act for the unit too: what is to become of his invention others say, least of all that it is waived to himself. */
static bool is_another(const struct matter_draft *draft, struct err *err)
{
    return !(draft->sides & SIDE(INVENTOR)) || err_set(err, ERR_DENIED, "发明人不能评估、决定自己的发明") || err_hint(err, "请单位里的别人来办");
}

static bool assess(struct matter_draft *draft, struct err *err)
{
    if (!is_another(draft, err))
        return false;
    return matter_day(&draft->matter, PREFILING_SEARCHED_ON) <= draft->today || WRONG(PREFILING_SEARCHED_ON, N_("检索日还没有到"));
}

static bool decide(struct matter_draft *draft, struct err *err)
{
    struct slice decision = matter_text(&draft->matter, PREFILING_DECISION);
    bool waive = slice_is(decision, "waive");

    if (!is_another(draft, err))
        return false;
    if (waive && !matter_known(&draft->matter, PREFILING_TERMS))
        return WRONG(PREFILING_TERMS, N_("放弃给发明人的，写明条件"));
    matter_enter(draft, &sort_prefiling, &draft->matter, waive ? WAIVED : slice_is(decision, "secret") ? SECRET : TO_FILE);
    return true;
}

static bool link(struct matter_draft *draft, struct err *err)
{
    return matter_known(&draft->matter, PREFILING_NAMED)
               ? board_achievement(draft, &draft->matter, PREFILING_NAMED, PREFILING_ACHIEVEMENT, draft->matter.owner, err)
               : WRONG(PREFILING_NAMED, N_("写本单位成果的名称、编号或网址"));
}

static bool filed(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->matter, PREFILING_FILED_ON) <= draft->today || WRONG(PREFILING_FILED_ON, N_("申请日还没有到"));
}

#define WHOLE (SIDE(UNIT) | SIDE(INVENTOR))
#define POINTS "subject points shown"

static const struct matter_step steps[] = {
    {.name = "ask", .label = "请求评估", .label_en = "Ask", .does = N_("申请专利以前：技术要点、公开过没有；只有本单位看得到"), .from = MATTER_NEW, .to = ASKED, .by = WHOLE,
     .fields = POINTS, .check = ask},
    {.name = "supply", .label = "补充", .label_en = "Supply", .does = N_("评估以前都可以改"), .from = STATE(ASKED), .to = MATTER_SAME, .by = SIDE(INVENTOR), .fields = POINTS},
    {.name = "assess", .label = "评估", .label_en = "Assess", .does = N_("检索记录、市场、费用"), .from = STATE(ASKED), .to = ASSESSED, .by = SIDE(UNIT),
     .fields = "novelty searcher searched_on market cost", .check = assess},
    {.name = "decide", .label = "决定", .label_en = "Decide", .does = N_("申请、作为技术秘密、放弃给发明人；职务发明由单位先决定"), .from = STATE(ASSESSED), .to = MATTER_SAME,
     .by = SIDE(UNIT), .fields = "decision decision_why waive_terms", .seldom = "waive_terms", .check = decide},
    {.name = "filed", .label = "已提交申请", .label_en = "Filed", .does = N_("申请号和申请日"), .from = STATE(TO_FILE), .to = FILED, .by = SIDE(UNIT),
     .fields = "filed_number filed_on", .check = filed},
    {.name = "link", .label = "关联成果", .label_en = "Link the achievement", .does = N_("评估的结果连到成果记录"), .from = STATE(TO_FILE) | STATE(FILED) | STATE(SECRET),
     .to = MATTER_SAME, .by = SIDE(UNIT), .fields = "achievement_no", .check = link},
    {.name = "drop", .label = "不办了", .label_en = "Drop", .does = N_("发明人撤回"), .from = STATE(ASKED), .to = DROPPED, .by = SIDE(INVENTOR)},
};

const struct matter_sort sort_prefiling = {
    .kind = &kind_prefiling, .about = N_("申请专利以前先评估：检索、市场、费用，决定申请、保密或者放弃给发明人"), .empty = N_("还没有。发明人在这里请求评估；内容只有本单位看得到。"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
};
