/*
 * Action plans (行动计划): a plan, the actions under it, their measures; each with the unit that answers for it, or without one, which its
 * page shows. And what they are to reach: a target is a record of its own; when it is changed, what it was and why stays with it.
 */
#include "work/steer_int.h"

#include <stdlib.h>

#include "base/text.h"

enum { DEEPEST = 5 /* levels of a plan */ };

enum { KEEPER, UNIT, OFFICE, LEADER };

#define SIDES(unit_field)                                                                                                                \
    {                                                                                                                                    \
        [KEEPER] = {"keeper", "管理单位", "Kept by", SIDE_OWNER}, [UNIT] = {"unit", "责任单位", "Responsible unit", unit_field},                      \
        [OFFICE] = {"office", "主管部门", "Officers", SIDE_OFFICERS}, [LEADER] = {"leader", "领导和秘书", "Leader's office", SIDE_ROLE, STEER_LEADERS}, \
    }
#define STEERING (SIDE(KEEPER) | SIDE(OFFICE) | SIDE(LEADER))

static bool everybodys(const struct record *matter)
{
    (void)matter;
    return true;
}

/* --- actions --- */

static const struct matter_side action_sides[] = SIDES(ACTION_UNIT);

static const struct matter_state action_states[] = {
    [ACTION_RUNNING] = {"running", "推进中", "Under way", SIDE(UNIT), 0, N_("计划写明的完成期限"), false},
    [ACTION_DONE] = {"done", "已完成", "Done", 0, 0, NULL, true},
    [ACTION_DROPPED] = {"dropped", "已取消", "Dropped", 0, 0, NULL, true},
};

static bool depth_of(struct matter_draft *draft, int64_t parent, int *depth, struct err *err)
{
    for (*depth = 1; parent && *depth <= DEEPEST; (*depth)++) {
        struct record above;

        if (!record_get(draft->sql, &kind_action, parent, draft->arena, &above, err))
            return false;
        parent = matter_number(&above, ACTION_PARENT);
    }
    return true;
}

/* Whoever keeps the plan keeps what is under it. */
static bool parent_check(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, parent;
    bool plan = slice_is(matter_text(matter, ACTION_SORT), "plan");
    int depth;

    if (!matter_known(matter, ACTION_PARENT))
        return plan || MATTER_WRONG(err, &kind_action, ACTION_SORT, "行动和举措要在一个计划下面") || err_hint(err, "先立行动计划，再从它的页面上加");
    if (plan)
        return MATTER_WRONG(err, &kind_action, ACTION_SORT, "计划下面只能是行动或举措");
    if (!record_get(draft->sql, &kind_action, matter_number(matter, ACTION_PARENT), draft->arena, &parent, err))
        return false;
    if (parent.status == RECORD_CLOSED)
        return err_set(err, ERR_CONFLICT, "上一级已经结束，不能再加");
    if (!depth_of(draft, parent.id, &depth, err))
        return false;
    if (depth > DEEPEST)
        return MATTER_WRONG(err, &kind_action, ACTION_PARENT, "最多 %d 级", DEEPEST) || err_hint(err, "再往下的，派成任务");
    if (matter_known(matter, ACTION_KEEPER) && matter_number(matter, ACTION_KEEPER) != parent.owner)
        return MATTER_WRONG(err, &kind_action, ACTION_KEEPER, "一个计划由同一个单位管") || err_hint(err, "由谁来办，写在责任单位里");
    matter_set_number(matter, ACTION_KEEPER, parent.owner);
    return true;
}

static bool set_up(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;

    if (!parent_check(draft, err) || !steer_begins(draft, ACTION_KEEPER, err))
        return false;
    matter_set_text(matter, MATTER_TITLE, matter_text(matter, ACTION_NAME));
    matter_set_due(matter, matter_day(matter, ACTION_UNTIL), draft->arena);
    return true;
}

static bool set_up_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    int64_t id = strtoll(arena_text(draft->arena, typed[ACTION_PARENT]), NULL, 10);
    struct record parent = {0};
    struct err ignored;
    bool under = id && record_get(draft->sql, &kind_action, id, draft->arena, &parent, &ignored);

    (void)err;
    steer_fill_owner(draft, typed, ACTION_KEEPER, under ? parent.owner : 0);
    if (!typed[ACTION_SORT].len)
        typed[ACTION_SORT] = !under ? SLICE("plan") : slice_is(matter_text(&parent, ACTION_SORT), "plan") ? SLICE("action") : SLICE("measure");
    return true;
}

/* What is not given stays. */
static bool change(struct matter_draft *draft, struct err *err)
{
    struct record *entry = &draft->entry, *matter = &draft->matter;
    bool unit = matter_known(entry, RETIMED_UNIT) && matter_number(entry, RETIMED_UNIT) != matter_number(matter, ACTION_UNIT);
    bool day = matter_known(entry, RETIMED_UNTIL) && !slice_same(matter_text(entry, RETIMED_UNTIL), matter_text(matter, ACTION_UNTIL));

    if (!steer_decides(draft, err))
        return false;
    if (!unit && !day)
        return MATTER_WRONG(err, &kind_action_change, RETIMED_UNIT, "和原来的一样，没有改") || err_hint(err, "写新的责任单位或者新的期限");
    if (day && matter_day(entry, RETIMED_UNTIL) < draft->today)
        return MATTER_WRONG(err, &kind_action_change, RETIMED_UNTIL, "新的期限已经过了");
    if (unit) {
        entry->values[RETIMED_FROM_UNIT] = matter->values[ACTION_UNIT];
        matter->values[ACTION_UNIT] = entry->values[RETIMED_UNIT];
    }
    if (day) {
        entry->values[RETIMED_FROM] = matter->values[ACTION_UNTIL];
        matter->values[ACTION_UNTIL] = entry->values[RETIMED_UNTIL];
        matter_set_due(matter, matter_day(matter, ACTION_UNTIL), draft->arena);
    }
    return true;
}

/* Nothing under it is left hanging, nor under its targets. */
static bool over(struct matter_draft *draft, struct err *err)
{
    struct task_tally tally;
    int64_t open = 0;
    bool there;

    if (!steer_decides(draft, err) || !action_tally(draft->sql, draft->was.id, draft->today, &tally, err)
        || !sql_one(draft->sql, "SELECT count(*) FROM action WHERE parent = ?1 AND status = 0 AND to_leaf IS NULL", SQL_ARGS(sql_int(draft->was.id)), &open,
                    &there, err))
        return false;
    if (!open && tally.all == tally.done + tally.dropped)
        return true;
    err_set(err, ERR_CONFLICT, "下面还有 %lld 项行动、%lld 项任务没有了结", (long long)open, (long long)(tally.all - tally.done - tally.dropped));
    return err_hint(err, "先把它们办完或者撤销，各写原因");
}

static const struct matter_step action_steps[] = {
    {.name = "set_up", .label = "立行动", .label_en = "Set up", .does = N_("计划、行动、举措一级一级立；责任单位没有定的先空着"), .from = MATTER_NEW, .to = ACTION_RUNNING, .by = STEERING,
     .fields = "parent sort keeper name aim year until_day unit source article", .seldom = "year article", .check = set_up, .fill = set_up_fill},
    {.name = "change", .aside = true, .label = "定责任单位或期限", .label_en = "Change unit or day", .does = N_("写明理由；原来的留在记录里"), .from = STATE(ACTION_RUNNING), .to = MATTER_SAME,
     .by = STEERING, .fields = "unit until_day why", .how = MATTER_ADD, .entry = &kind_action_change, .check = change},
    {.name = "finish", .aside = true, .label = "完成", .label_en = "Done", .does = N_("下面的行动和任务都了结以后，写明结果"), .from = STATE(ACTION_RUNNING), .to = ACTION_DONE, .by = STEERING,
     .fields = "outcome", .check = over},
    {.name = "drop", .aside = true, .label = "取消", .label_en = "Drop", .does = N_("不做了，写明原因；下面的先了结"), .from = STATE(ACTION_RUNNING), .to = ACTION_DROPPED, .by = STEERING,
     .fields = "outcome", .check = over},
};

static const struct kind *const action_entries[] = {&kind_action_change};

const struct matter_sort sort_action = {
    .kind = &kind_action, .about = N_("行动计划的树：计划、行动、任务、责任单位、目标；没有单位的、没有目标数的都标出来"),
    .empty = N_("还没有行动计划。科技部门或者管计划的单位在这里立。"),
    .sides = action_sides, .side_count = COUNT(action_sides), .states = action_states, .state_count = COUNT(action_states), .steps = action_steps,
    .step_count = COUNT(action_steps), .entries = action_entries, .entry_count = COUNT(action_entries), .open = everybodys,
};

/* --- targets --- */

static const struct matter_side target_sides[] = SIDES(TARGET_UNIT);

static const struct matter_state target_states[] = {
    [TARGET_STANDING] = {"standing", "有效", "Standing", 0, 0, NULL, false},
    [TARGET_DROPPED] = {"dropped", "已取消", "Dropped", 0, 0, NULL, true},
};

/* One figure at most: a number with its unit, an amount, or a share. */
static bool figure_check(const struct record *record, size_t number, size_t money, size_t share, struct err *err)
{
    int given = matter_known(record, number) + matter_known(record, money) + matter_known(record, share);

    return given <= 1 || MATTER_WRONG(err, record->kind, number, "目标数、金额、比例只写一个");
}

static bool code_check(const struct record *matter, struct err *err)
{
    struct slice code = matter_text(matter, TARGET_INDICATOR);

    for (size_t i = 0; i < code.len; i++)
        if (!(code.at[i] >= 'a' && code.at[i] <= 'z') && !(code.at[i] >= '0' && code.at[i] <= '9') && code.at[i] != '_')
            return MATTER_WRONG(err, &kind_target, TARGET_INDICATOR, "指标代码只用小写字母、数字和下划线") || err_hint(err, "如 contract_money");
    return true;
}

static bool once_check(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;
    int64_t other;
    bool there;

    if (!sql_one(draft->sql, "SELECT id FROM target WHERE owner = ?1 AND coalesce(action, 0) = ?2 AND indicator = ?3 AND year = ?4 AND status = 0"
                             " AND to_leaf IS NULL LIMIT 1",
                 SQL_ARGS(sql_int(matter->owner), sql_int(matter_number(matter, TARGET_ACTION)), sql_text(matter_text(matter, TARGET_INDICATOR)),
                          sql_int(matter_number(matter, TARGET_YEAR))),
                 &other, &there, err))
        return false;
    return !there || MATTER_WRONG(err, &kind_target, TARGET_INDICATOR, "这个指标在这一年已经有目标") || err_hint(err, "要改数的，在那一条上“调整目标”，写明理由");
}

static bool set(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, action;
    struct text title;

    if (matter_known(matter, TARGET_ACTION)) {
        if (!record_get(draft->sql, &kind_action, matter_number(matter, TARGET_ACTION), draft->arena, &action, err))
            return false;
        if (action.status == RECORD_CLOSED)
            return err_set(err, ERR_CONFLICT, "这项行动已经结束，不能再定目标");
        if (matter_known(matter, TARGET_KEEPER) && matter_number(matter, TARGET_KEEPER) != action.owner)
            return MATTER_WRONG(err, &kind_target, TARGET_KEEPER, "目标由管这项行动的单位来定");
        matter_set_number(matter, TARGET_KEEPER, action.owner);
    }
    if (!steer_begins(draft, TARGET_KEEPER, err) || !code_check(matter, err) || !figure_check(matter, TARGET_NUMBER, TARGET_MONEY, TARGET_SHARE, err))
        return false;
    if (matter_known(matter, TARGET_NUMBER) && !matter_known(matter, TARGET_MEASURE))
        return MATTER_WRONG(err, &kind_target, TARGET_MEASURE, "目标数要有单位");
    text_init(&title);
    text_print(&title, "%lld 年 %.*s", (long long)matter_number(matter, TARGET_YEAR), (int)matter_text(matter, TARGET_NAME).len, matter_text(matter, TARGET_NAME).at);
    matter_set_text(matter, MATTER_TITLE, arena_copy(draft->arena, text_slice(&title)));
    text_release(&title);
    return once_check(draft, err);
}

static bool set_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    int64_t id = strtoll(arena_text(draft->arena, typed[TARGET_ACTION]), NULL, 10);
    struct record action;
    struct err ignored;

    (void)err;
    steer_fill_owner(draft, typed, TARGET_KEEPER, id && record_get(draft->sql, &kind_action, id, draft->arena, &action, &ignored) ? action.owner : 0);
    if (!typed[TARGET_SENSE].len)
        typed[TARGET_SENSE] = SLICE("at_least");
    return true;
}

/* What it was is kept as it was read, for everybody to read. */
static bool reset(struct matter_draft *draft, struct err *err)
{
    static const size_t figures[][2] = {{RESET_NUMBER, TARGET_NUMBER}, {RESET_MONEY, TARGET_MONEY}, {RESET_SHARE, TARGET_SHARE}};
    struct record *entry = &draft->entry, *matter = &draft->matter;
    struct slice from = target_said(&draft->was, false, draft->arena), to;
    bool given = false;

    if (!steer_decides(draft, err) || !figure_check(entry, RESET_NUMBER, RESET_MONEY, RESET_SHARE, err))
        return false;
    for (size_t i = 0; i < COUNT(figures); i++) {
        given |= matter_known(entry, figures[i][0]);
        matter->values[figures[i][1]] = entry->values[figures[i][0]];
    }
    if (!given)
        return MATTER_WRONG(err, &kind_target_change, RESET_NUMBER, "没有写新的目标");
    if (matter_known(matter, TARGET_NUMBER) && !matter_known(matter, TARGET_MEASURE))
        return MATTER_WRONG(err, &kind_target_change, RESET_NUMBER, "这个目标没有数的单位") || err_hint(err, "写金额或者比例；要改成数的，取消这一条，另立一条");
    to = target_said(matter, false, draft->arena);
    if (slice_same(from, to))
        return MATTER_WRONG(err, &kind_target_change, RESET_NUMBER, "和原来的一样，没有改");
    matter_set_text(entry, RESET_FROM, from.len ? from : SLICE("未定"));
    matter_set_text(entry, RESET_TO, to);
    return true;
}

static bool target_drop(struct matter_draft *draft, struct err *err)
{
    return steer_decides(draft, err);
}

static const struct matter_step target_steps[] = {
    {.name = "set", .label = "定目标", .label_en = "Set a target", .does = N_("哪个指标、哪一年、多少、谁负责、出自哪里；数还不知道的先空着"), .from = MATTER_NEW, .to = TARGET_STANDING,
     .by = STEERING, .fields = "action keeper indicator name year number measure money share sense unit source article note", .seldom = "money share article note",
     .check = set, .fill = set_fill},
    {.name = "change", .aside = true, .label = "调整目标", .label_en = "Change the target", .does = N_("写新的数、理由和依据；原来的数留着，人人看得到"), .from = STATE(TARGET_STANDING),
     .to = MATTER_SAME, .by = STEERING, .fields = "number money share why source", .how = MATTER_ADD, .entry = &kind_target_change, .check = reset},
    {.name = "drop", .aside = true, .label = "取消目标", .label_en = "Drop the target", .does = N_("写明理由；原来的数留着"), .from = STATE(TARGET_STANDING), .to = TARGET_DROPPED, .by = STEERING,
     .fields = "drop_why", .check = target_drop},
};

static const struct kind *const target_entries[] = {&kind_target_change};

const struct matter_sort sort_target = {
    .kind = &kind_target, .about = N_("指标的目标：哪一年、多少、谁负责、出自哪里；改过的写明从多少改到多少、为什么"), .empty = N_("还没有目标。打开一项行动，按“定目标”。"),
    .sides = target_sides, .side_count = COUNT(target_sides), .states = target_states, .state_count = COUNT(target_states), .steps = target_steps,
    .step_count = COUNT(target_steps), .entries = target_entries, .entry_count = COUNT(target_entries), .open = everybodys, .begins_at = "/actions",
};
