/*
 * A reform on trial (改革事项): which rule of the rulebook it relaxes, where, on whose word, until when. Its day ends it by itself; before
 * that its result is reported, and it is prolonged, spread or given up, each with reasons.
 */
#include "work/steer_int.h"

enum { KEEPER, UNIT, OFFICE, LEADER };
enum { REPORTS_AT, VERDICTS_AT };

static const struct matter_side sides[] = {
    [KEEPER] = {"keeper", "管理单位", "Kept by", SIDE_OWNER},
    [UNIT] = {"unit", "试点单位", "Pilot unit", REFORM_UNIT},
    [OFFICE] = {"office", "主管部门", "Officers", SIDE_OFFICERS},
    [LEADER] = {"leader", "领导和秘书", "Leader's office", SIDE_ROLE, STEER_LEADERS},
};

#define STEERING (SIDE(KEEPER) | SIDE(OFFICE) | SIDE(LEADER))

static const struct matter_state states[] = {
    [REFORM_RUNNING] = {"running", "试点中", "On trial", SIDE(UNIT), 0, N_("批准试点的文件定的期限"), false, REFORM_UNTIL, REFORM_LAPSED},
    [REFORM_SPREAD] = {"spread", "已推广", "Spread", 0, 0, NULL, true},
    [REFORM_QUIT] = {"quit", "已退出", "Given up", 0, 0, NULL, true},
    [REFORM_LAPSED] = {"lapsed", "到期，没有决定", "Lapsed undecided", 0, 0, NULL, true},
};

static bool rule_check(struct matter_draft *draft, struct err *err)
{
    struct slice id = matter_text(&draft->matter, REFORM_RULE);
    int64_t region;

    if (!party_region(draft->sql, matter_number(&draft->matter, REFORM_UNIT), &region, err))
        return false;
    if (rule_find(draft->order->law->book, arena_text(draft->arena, id), region ? (int32_t)region : REGION_NATION, draft->today))
        return true;
    return MATTER_WRONG(err, &kind_reform, REFORM_RULE, "规则手册里没有 %.*s 这条规则", (int)id.len, id.at) || err_hint(err, "编号照“规则”页面上的写，如 R03-1");
}

static bool list_check(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;
    int32_t until = matter_day(matter, REFORM_UNTIL);

    if (!steer_begins(draft, REFORM_KEEPER, err) || !rule_check(draft, err))
        return false;
    if (until <= matter_day(matter, REFORM_FROM) || until < draft->today)
        return MATTER_WRONG(err, &kind_reform, REFORM_UNTIL, "到期日要在开始日和今天之后");
    matter_set_text(matter, MATTER_TITLE, matter_text(matter, REFORM_NAME));
    matter_set_due(matter, until, draft->arena);
    return true;
}

static bool list_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    (void)err;
    steer_fill_owner(draft, typed, REFORM_KEEPER, 0);
    return true;
}

/* Nobody goes on with what he has not looked at: a result since it was last prolonged. */
static bool reported(const struct matter_draft *draft, struct err *err)
{
    const struct matter_file *file = draft->file;
    size_t reports = file->counts[REPORTS_AT], verdicts = file->counts[VERDICTS_AT];

    if (reports && (!verdicts || file->entries[REPORTS_AT][reports - 1].from_leaf > file->entries[VERDICTS_AT][verdicts - 1].from_leaf))
        return true;
    return err_set(err, ERR_CONFLICT, verdicts ? "延期以后试点单位还没有报结果" : "试点单位还没有报结果") || err_hint(err, "先由试点单位“报结果”，再决定延期或者推广");
}

static bool prolong(struct matter_draft *draft, struct err *err)
{
    if (!steer_decides(draft, err) || !reported(draft, err))
        return false;
    if (matter_day(&draft->entry, PROLONG_UNTIL) <= matter_day(&draft->was, REFORM_UNTIL))
        return MATTER_WRONG(err, &kind_reform_verdict, PROLONG_UNTIL, "要晚于现在的到期日");
    draft->entry.values[PROLONG_FROM] = draft->was.values[REFORM_UNTIL];
    draft->matter.values[REFORM_UNTIL] = draft->entry.values[PROLONG_UNTIL];
    matter_set_due(&draft->matter, matter_day(&draft->matter, REFORM_UNTIL), draft->arena);
    return true;
}

static bool spread(struct matter_draft *draft, struct err *err)
{
    return steer_decides(draft, err) && reported(draft, err);
}

static bool quit(struct matter_draft *draft, struct err *err)
{
    return steer_decides(draft, err);
}

#define ENDING (STATE(REFORM_RUNNING) | STATE(REFORM_LAPSED))

static const struct matter_step steps[] = {
    {.name = "list", .label = "列改革事项", .label_en = "List a reform", .does = N_("怎么改、在哪里试、突破哪条规则、依据什么、试到哪天"), .from = MATTER_NEW, .to = REFORM_RUNNING, .by = STEERING,
     .fields = "keeper name measure unit rule relaxes basis from_day until_day", .check = list_check, .fill = list_fill},
    {.name = "report", .label = "报结果", .label_en = "Report the result", .does = N_("做了什么、有哪些数、出了什么问题"), .from = ENDING, .to = MATTER_SAME, .by = SIDE(UNIT),
     .fields = "what figures risks", .seldom = "figures", .how = MATTER_ADD, .entry = &kind_reform_report},
    {.name = "spread", .aside = true, .label = "推广", .label_en = "Spread", .does = N_("结果报过以后，写明为什么推广、推广到哪里"), .from = ENDING, .to = REFORM_SPREAD, .by = STEERING, .fields = "reason",
     .check = spread},
    {.name = "prolong", .aside = true, .label = "延期再试", .label_en = "Prolong", .does = N_("结果报过以后，写明新的到期日和理由；原到期日留着"), .from = STATE(REFORM_RUNNING), .to = MATTER_SAME, .by = STEERING,
     .fields = "until_day why", .how = MATTER_ADD, .entry = &kind_reform_verdict, .check = prolong},
    {.name = "quit", .aside = true, .label = "退出试点", .label_en = "Give up", .does = N_("写明为什么退出、已经办的怎么收尾"), .from = ENDING, .to = REFORM_QUIT, .by = STEERING, .fields = "reason", .check = quit},
};

static const struct kind *const entries[] = {&kind_reform_report, &kind_reform_verdict};

/* What was tried and is to be done everywhere is for everybody to read. */
static bool is_spread(const struct record *matter)
{
    return slice_is(matter_text(matter, MATTER_STATE), states[REFORM_SPREAD].code);
}

const struct matter_sort sort_reform = {
    .kind = &kind_reform, .about = N_("改革事项清单：怎么改、在哪里试、突破哪条规则、试到哪天、结果怎样；推广、延期或者退出"), .empty = N_("还没有改革事项。科技部门或者管它的单位在这里列。"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .open = is_spread,
};
