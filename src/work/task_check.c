/* What is checked at the steps of a task (task.c), and what the program sets. */
#include "work/steer_int.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/money.h"

/* In the order of the sort's list. */
enum { PROGRESS_AT, REPORT_AT, URGING_AT, EXTENSION_AT, OBJECTION_AT, TRANSFER_AT };

bool task_joined(struct sql *sql, const struct record *matter, size_t side, const struct actor *actor, bool *joined, struct err *err)
{
    int64_t id;

    (void)side;
    *joined = false;
    return !acts_for(actor, actor->party)
           || sql_one(sql, "SELECT id FROM task_part WHERE task = ?1 AND owner = ?2 AND state IN ('asked', 'agreed', 'done') AND to_leaf IS NULL LIMIT 1",
                      SQL_ARGS(sql_int(matter->id), sql_int(actor->party)), &id, joined, err);
}

/* --- days --- */

/* R111: a week, its last day moved on where it is one of rest. */
static void week_set(struct matter_draft *draft)
{
    const struct calendar *calendar = draft->order->law->calendar;

    matter_set_due(&draft->matter, calendar_rolled(calendar, calendar_after(calendar, draft->today, CALENDAR_DAYS, 7, NULL), NULL), draft->arena);
}

/* Its own day gives way to another one: whether it was told that it had passed is kept. */
static void late_keep(struct matter_draft *draft)
{
    if (slice_is(matter_text(&draft->was, MATTER_STATE), sort_task.states[TASK_RUNNING].code) && matter_known(&draft->was, MATTER_TOLD))
        draft->matter.values[TASK_LATE_ON] = draft->was.values[MATTER_TOLD];
}

/* Its own day stands again. That it has passed is told once. */
static void day_set(struct matter_draft *draft)
{
    struct record *matter = &draft->matter;

    matter_set_due(matter, matter_day(matter, TASK_BY), draft->arena);
    if (matter_late(matter, draft->today) && matter_known(matter, TASK_LATE_ON))
        matter->values[MATTER_TOLD] = matter->values[TASK_LATE_ON];
}

/* Who belongs to the unit rules on nothing of its task, whichever role he holds besides. */
static bool task_decides(struct matter_draft *draft, struct err *err)
{
#ifndef TQ_TEETH_TASK_OWN
    const struct actor *actor = draft->order->actor;

    if ((draft->sides & SIDE(TASK_UNIT_SIDE)) || (actor->party && actor->party == matter_number(&draft->was, TASK_UNIT)))
        return err_set(err, ERR_DENIED, "承办单位的人不能裁定、核销、督办自己的任务") || err_hint(err, "请交办单位里不属于承办单位的人来办");
#endif
    return steer_decides(draft, err);
}

/* --- assigned --- */

static bool level_check(const struct record *matter, struct err *err)
{
    if (slice_is(matter_text(matter, TASK_LEVEL), "key") && !matter_known(matter, TASK_LEADER))
        return MATTER_WRONG(err, &kind_task, TASK_LEADER, "重点督办要写明由哪位领导领衔") || err_hint(err, "写职务和姓名");
    return true;
}

/* Of what he may not know he can have no task come. */
static bool source_seen(struct matter_draft *draft, const struct record *source, struct err *err)
{
    const struct actor *actor = draft->order->actor;
    const struct matter_sort *sort = matter_sort_of(source->kind);
    enum matter_sight sight;
    struct object object;
    unsigned sides;

    if (!sort)
        return object_of(draft->sql, source, actor, &object, err) && may(actor, ACT_SEE, &object, err);
    return matter_sight(draft->sql, sort, source, actor, &sides, &sight, err) && (sight != SIGHT_NONE || record_missing(source->kind, err));
}

/* Where it comes from, if it says so, is there and under way. */
static bool source_check(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;
    const struct kind *kind = task_source(matter_text(matter, TASK_KIND), draft->arena);
    struct record source;

    if (!matter_known(matter, TASK_KIND) && !matter_known(matter, TASK_ABOUT))
        return true;
    if (!kind || !matter_known(matter, TASK_ABOUT))
        return MATTER_WRONG(err, &kind_task, TASK_KIND, "没有说明任务从哪里来") || err_hint(err, "从行动、联席会议、改革事项、意见、现场记录的页面上派");
    if (!record_get(draft->sql, kind, matter_number(matter, TASK_ABOUT), draft->arena, &source, err))
        return false;
    if (!source_seen(draft, &source, err))
        return false;
    return source.status != RECORD_CLOSED || err_set(err, ERR_CONFLICT, "这条%s已经结束，不能再派任务", kind->label);
}

static bool other_than_assigner(const struct matter_draft *draft, const struct kind *kind, size_t field, int64_t unit, struct err *err)
{
    if (unit != draft->matter.owner)
        return true;
    return MATTER_WRONG(err, kind, field, "交办单位和承办单位不能是同一个") || err_hint(err, "自己给自己的任务没有人核销；请由上一级交办");
}

bool task_assign(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;

    if (!source_check(draft, err) || !steer_begins(draft, TASK_ASSIGNER, err)
        || !other_than_assigner(draft, &kind_task, TASK_UNIT, matter_number(matter, TASK_UNIT), err) || !level_check(matter, err))
        return false;
    if (matter_day(matter, TASK_BY) <= draft->today)
        return MATTER_WRONG(err, &kind_task, TASK_BY, "办结期限要在今天之后");
    if (matter_number(matter, TASK_MONEY) && !matter_known(matter, TASK_PROGRAM) && !matter_known(matter, TASK_POLICY))
        return MATTER_WRONG(err, &kind_task, TASK_PROGRAM, "有财政资金的，写明是哪个专项或者按哪项政策");
    matter_set_text(matter, MATTER_TITLE, matter_text(matter, TASK_WHAT));
    week_set(draft);
    return true;
}

/* Assigned by whose action or joint meeting it is about, if he may know of it; otherwise by one's own organisation. */
bool task_assign_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    const struct kind *kind = task_source(typed[TASK_KIND], draft->arena);
    int64_t about = strtoll(arena_text(draft->arena, typed[TASK_ABOUT]), NULL, 10), party = 0;
    struct record source;
    struct err ignored;

    (void)err;
    if (kind && matter_sort_of(kind) && about && record_get(draft->sql, kind, about, draft->arena, &source, &ignored) && source_seen(draft, &source, &ignored))
        party = task_source_party(&source);
    steer_fill_owner(draft, typed, TASK_ASSIGNER, party);
    if (!typed[TASK_LEVEL].len)
        typed[TASK_LEVEL] = SLICE("ordinary");
    return true;
}

bool task_accept(struct matter_draft *draft, struct err *err)
{
    (void)err;
    day_set(draft);
    return true;
}

/* --- objected --- */

bool task_object(struct matter_draft *draft, struct err *err)
{
    const struct matter_file *file = draft->file;
    int64_t unit = matter_number(&draft->was, TASK_UNIT);

#ifndef TQ_TEETH_TASK_WEEK
    if (matter_late(&draft->was, draft->today))
        return err_set(err, ERR_CONFLICT, "交办异议要在 1 周内提出，期限已经过了（R111）") || err_hint(err, "请签收去办；办不了的，写在进展里，由交办单位改派");
#endif
    for (size_t i = 0; i < file->counts[OBJECTION_AT]; i++)
        if (matter_number(&file->entries[OBJECTION_AT][i], REFUSED_UNIT) == unit)
            return err_set(err, ERR_CONFLICT, "本单位的异议已经裁定过，不能再提") || err_hint(err, "裁定和理由在下面“交办异议”里");
    if (matter_number(&draft->entry, REFUSED_SUGGEST) == unit)
        return MATTER_WRONG(err, &kind_task_objection, REFUSED_SUGGEST, "建议的单位就是本单位");
    matter_set_number(&draft->entry, REFUSED_UNIT, unit);
    return true;
}

/*
 * Whoever is to do it from now on gets a day that can be kept: another one, with the one that stood in the entry. Where that one is not after
 * today, another must be given.
 */
static bool day_give(struct matter_draft *draft, size_t from, size_t by, struct err *err)
{
    struct record *entry = &draft->entry;

    if (!matter_known(entry, by))
        return matter_day(&draft->was, TASK_BY) > draft->today || MATTER_WRONG(err, entry->kind, by, "原来的期限已经到了，要写新的办结期限")
               || err_hint(err, "写今天之后的一天");
    if (matter_day(entry, by) <= draft->today)
        return MATTER_WRONG(err, entry->kind, by, "办结期限要在今天之后");
    entry->values[from] = draft->was.values[TASK_BY];
    draft->matter.values[TASK_BY] = entry->values[by];
    matter_set_text(&draft->matter, TASK_LATE_ON, SLICE(""));
    return true;
}

bool task_uphold(struct matter_draft *draft, struct err *err)
{
    if (!task_decides(draft, err) || !day_give(draft, REFUSED_FROM, REFUSED_BY, err))
        return false;
    matter_set_text(&draft->entry, REFUSED_VERDICT, SLICE("kept"));
    matter_set_day(&draft->entry, REFUSED_RULED_ON, draft->today, draft->arena);
    week_set(draft);
    return true;
}

/* An objection that waits for its ruling is ruled on by this. */
static bool objection_moved(struct matter_draft *draft, struct err *err)
{
    const struct matter_file *file = draft->file;
    size_t count = file->counts[OBJECTION_AT];
    const struct record *newest = count ? &file->entries[OBJECTION_AT][count - 1] : NULL;
    struct record next;

    if (!newest || matter_known(newest, REFUSED_VERDICT))
        return true;
    next = *newest;
    matter_set_text(&next, REFUSED_VERDICT, SLICE("moved"));
    matter_set_text(&next, REFUSED_WORDS, matter_text(&draft->entry, TRANSFER_WHY));
    matter_set_day(&next, REFUSED_RULED_ON, draft->today, draft->arena);
    return matter_also(draft, &next, newest, err) != NULL;
}

/* What the unit that is out had asked for ends with it. */
static bool extension_moved(struct matter_draft *draft, struct err *err)
{
    const struct matter_file *file = draft->file;
    size_t count = file->counts[EXTENSION_AT];
    const struct record *newest = count ? &file->entries[EXTENSION_AT][count - 1] : NULL;
    struct record next;

    if (!newest || matter_known(newest, EXTENSION_VERDICT))
        return true;
    next = *newest;
    matter_set_text(&next, EXTENSION_VERDICT, SLICE("denied"));
    matter_set_text(&next, EXTENSION_WORDS, SLICE("任务已经改派"));
    matter_set_day(&next, EXTENSION_RULED_ON, draft->today, draft->arena);
    return matter_also(draft, &next, newest, err) != NULL;
}

static bool parts_release(struct matter_draft *draft, struct err *err);

/* Whoever did it until now is out: his handler, and what others were asked to do for him. */
bool task_move(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;
    int64_t was = matter_number(&draft->was, TASK_UNIT), unit = matter_number(&draft->entry, TRANSFER_UNIT);

    if (!task_decides(draft, err) || !other_than_assigner(draft, &kind_task_transfer, TRANSFER_UNIT, unit, err))
        return false;
    if (unit == was)
        return MATTER_WRONG(err, &kind_task_transfer, TRANSFER_UNIT, "现在就是这个单位在办");
    if (!day_give(draft, TRANSFER_FROM_DAY, TRANSFER_BY, err))
        return false;
    if (!objection_moved(draft, err) || !extension_moved(draft, err) || !parts_release(draft, err))
        return false;
    matter_set_number(&draft->entry, TRANSFER_FROM, was);
    matter_set_number(matter, TASK_UNIT, unit);
    matter_set_text(matter, TASK_HANDLER, SLICE(""));
    matter_set_text(matter, TASK_PHONE, SLICE(""));
    matter_set_text(matter, TASK_PLAN, SLICE(""));
    matter_set_text(matter, TASK_LATE_ON, SLICE(""));
    week_set(draft);
    return true;
}

/* --- under way --- */

/* What is spent never passes what was given: the step runs on the one writer, so that two at once cannot. */
bool task_progress(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;
    const struct record *entry = &draft->entry;
    int64_t spent = matter_number(entry, PROGRESS_SPENT), left = matter_number(matter, TASK_MONEY) - matter_number(matter, TASK_SPENT);
    char shown[MONEY_TEXT];

    if (spent && !matter_known(matter, TASK_MONEY))
        return MATTER_WRONG(err, &kind_task_progress, PROGRESS_SPENT, "这项任务没有财政资金") || err_hint(err, "资金不填，或者请交办单位另派一项有资金的任务");
#ifdef TQ_TEETH_TASK_SPENT
    left = spent;
#endif
    if (spent > left)
        return MATTER_WRONG(err, &kind_task_progress, PROGRESS_SPENT, "超过了给的资金：还剩 %s", money_show(left, shown));
    if (matter_number(entry, PROGRESS_PERCENT) < matter_number(matter, TASK_PERCENT) && !matter_known(entry, PROGRESS_STUCK))
        return MATTER_WRONG(err, &kind_task_progress, PROGRESS_STUCK, "比上次报的退了，写明卡在哪里");
    if (spent)
        matter_set_number(matter, TASK_SPENT, matter_number(matter, TASK_SPENT) + spent);
    matter_set_number(matter, TASK_PERCENT, matter_number(entry, PROGRESS_PERCENT));
    return true;
}

bool task_urge(struct matter_draft *draft, struct err *err)
{
    int32_t by = matter_day(&draft->entry, URGING_BY);

    if (!task_decides(draft, err))
        return false;
    if (matter_known(&draft->entry, URGING_BY) && by <= draft->today)
        return MATTER_WRONG(err, &kind_task_urge, URGING_BY, "答复期限要在今天之后");
    late_keep(draft);
    if (by)
        matter_set_due(&draft->matter, by, draft->arena);
    else
        draft->entry.values[URGING_BY] = draft->matter.values[MATTER_DUE];
    return true;
}

bool task_answer(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_day(&draft->entry, URGING_ANSWERED_ON, draft->today, draft->arena);
    day_set(draft);
    return true;
}

bool task_raise(struct matter_draft *draft, struct err *err)
{
    return task_decides(draft, err) && level_check(&draft->matter, err);
}

/* --- longer --- */

bool task_ask_longer(struct matter_draft *draft, struct err *err)
{
    const struct matter_file *file = draft->file;
    size_t count = file->counts[EXTENSION_AT];
    int32_t by = matter_day(&draft->was, TASK_BY);

    if (count && !matter_known(&file->entries[EXTENSION_AT][count - 1], EXTENSION_VERDICT))
        return err_set(err, ERR_CONFLICT, "上一次延期申请还没有决定") || err_hint(err, "等交办单位决定了再说");
    if (by < draft->today)
        return err_set(err, ERR_CONFLICT, "期限已经过了，不能再申请延期") || err_hint(err, "要延的，在期限过去以前先说明理由；现在请尽快办完，写进展");
    if (matter_day(&draft->entry, EXTENSION_UNTIL) <= by)
        return MATTER_WRONG(err, &kind_task_extension, EXTENSION_UNTIL, "要晚于现在的期限");
    draft->entry.values[EXTENSION_FROM] = draft->was.values[TASK_BY];
    return true;
}

static bool extension_decide(struct matter_draft *draft, const char *verdict, struct err *err)
{
    if (!task_decides(draft, err))
        return false;
    matter_set_text(&draft->entry, EXTENSION_VERDICT, slice_of(verdict));
    matter_set_day(&draft->entry, EXTENSION_RULED_ON, draft->today, draft->arena);
    return true;
}

bool task_longer(struct matter_draft *draft, struct err *err)
{
    if (!extension_decide(draft, "granted", err))
        return false;
    if (matter_day(&draft->entry, EXTENSION_UNTIL) < draft->today)
        return err_set(err, ERR_CONFLICT, "申请延到的那一天已经过了，同意了也办不到")
               || err_hint(err, "选“不同意延期”，写明理由；要给新的期限的，改派时写，或者撤销后另派");
    draft->matter.values[TASK_BY] = draft->entry.values[EXTENSION_UNTIL];
    matter_set_text(&draft->matter, TASK_LATE_ON, SLICE(""));
    if (slice_is(matter_text(&draft->matter, MATTER_STATE), sort_task.states[TASK_RUNNING].code))
        matter_set_due(&draft->matter, matter_day(&draft->matter, TASK_BY), draft->arena);
    return true;
}

bool task_not_longer(struct matter_draft *draft, struct err *err)
{
    return extension_decide(draft, "denied", err);
}

/* --- closed --- */

/* An urging that nobody answered is answered by the report. */
bool task_report(struct matter_draft *draft, struct err *err)
{
    const struct matter_file *file = draft->file;
    size_t count = file->counts[URGING_AT];
    struct record next;

    late_keep(draft);
    if (!slice_is(matter_text(&draft->was, MATTER_STATE), sort_task.states[TASK_URGED].code) || !count
        || matter_known(&file->entries[URGING_AT][count - 1], URGING_ANSWERED_ON))
        return true;
    next = file->entries[URGING_AT][count - 1];
    matter_set_text(&next, URGING_ANSWER, matter_text(&draft->entry, REPORT_DONE));
    matter_set_day(&next, URGING_ANSWERED_ON, draft->today, draft->arena);
    return matter_also(draft, &next, &file->entries[URGING_AT][count - 1], err) != NULL;
}

/* What helpers were asked ends with it; what they have done stays. */
static bool parts_release(struct matter_draft *draft, struct err *err)
{
    struct record *list;
    size_t count;

    if (!task_parts(draft->sql, draft->was.id, MATTER_ENTRY_ROWS, draft->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct record next = list[i];

        if (list[i].status == RECORD_CLOSED)
            continue;
        matter_set_number(&next, MATTER_STEPS, matter_number(&next, MATTER_STEPS) + 1);
        matter_enter(draft, &sort_task_part, &next, HELP_RELEASED);
        if (!matter_also(draft, &next, &list[i], err))
            return false;
    }
    return true;
}

static bool report_judge(struct matter_draft *draft, const char *verdict, struct err *err)
{
    if (!task_decides(draft, err))
        return false;
    matter_set_text(&draft->entry, REPORT_VERDICT, slice_of(verdict));
    matter_set_day(&draft->entry, REPORT_JUDGED_ON, draft->today, draft->arena);
    return true;
}

bool task_close(struct matter_draft *draft, struct err *err)
{
    if (!report_judge(draft, "closed", err))
        return false;
    matter_set_number(&draft->matter, TASK_PERCENT, 100);
    return parts_release(draft, err);
}

bool task_return(struct matter_draft *draft, struct err *err)
{
    if (!report_judge(draft, "returned", err))
        return false;
    day_set(draft);
    return true;
}

bool task_drop(struct matter_draft *draft, struct err *err)
{
    return task_decides(draft, err) && parts_release(draft, err);
}
