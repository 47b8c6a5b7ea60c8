/*
 * A joint meeting or a task force (联席会议、专班): its members with a person each, its meetings, the tasks that hang on it, and what was
 * looked through every week (调度), drawn up from the tasks themselves. A week without one is told once.
 */
#include "work/steer_int.h"

#include "base/text.h"
#include "base/utf8.h"

enum { LEAD, MEMBER, OFFICE, LEADER };
enum { MEMBERS_AT, MEETINGS_AT, ROUNDS_AT };
enum { TASKS_MOST = 200, TEXT_MOST = 4000 /* characters of what is drawn up */ };

static const struct matter_side sides[] = {
    [LEAD] = {"lead", "牵头单位", "Lead", SIDE_OWNER},
    [MEMBER] = {"member", "成员单位", "Members", SIDE_JOINED},
    [OFFICE] = {"office", "主管部门", "Officers", SIDE_OFFICERS},
    [LEADER] = {"leader", "领导和秘书", "Leader's office", SIDE_ROLE, STEER_LEADERS},
};

#define STEERING (SIDE(LEAD) | SIDE(OFFICE) | SIDE(LEADER))

static const struct matter_state states[] = {
    [MECHANISM_ACTIVE] = {"active", "运行中", "At work", SIDE(LEAD), 0, N_("本平台约定：每周调度一次"), false},
    [MECHANISM_DISSOLVED] = {"dissolved", "已撤销", "Dissolved", 0, 0, NULL, true},
};

static bool joined(struct sql *sql, const struct record *matter, size_t side, const struct actor *actor, bool *is, struct err *err)
{
    int64_t id;

    (void)side;
    *is = false;
    return !acts_for(actor, actor->party)
           || sql_one(sql, "SELECT id FROM mech_member WHERE matter = ?1 AND party = ?2 AND left_on IS NULL AND to_leaf IS NULL LIMIT 1",
                      SQL_ARGS(sql_int(matter->id), sql_int(actor->party)), &id, is, err);
}

static void week_set(struct matter_draft *draft)
{
    const struct calendar *calendar = draft->order->law->calendar;

    matter_set_due(&draft->matter, calendar_rolled(calendar, calendar_after(calendar, draft->today, CALENDAR_DAYS, 7, NULL), NULL), draft->arena);
}

static bool set_up(struct matter_draft *draft, struct err *err)
{
    if (!steer_begins(draft, MECHANISM_LEAD, err))
        return false;
    matter_set_text(&draft->matter, MATTER_TITLE, matter_text(&draft->matter, MECHANISM_NAME));
    week_set(draft);
    return true;
}

static bool set_up_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    (void)err;
    steer_fill_owner(draft, typed, MECHANISM_LEAD, 0);
    return true;
}

static bool sits(const struct record *member)
{
    return !matter_known(member, CHAIR_LEFT_ON);
}

static bool member(struct matter_draft *draft, struct err *err)
{
    const struct matter_file *file = draft->file;
    int64_t party = matter_number(&draft->entry, CHAIR_PARTY);

    if (!steer_decides(draft, err))
        return false;
    for (size_t i = 0; i < file->counts[MEMBERS_AT]; i++)
        if (sits(&file->entries[MEMBERS_AT][i]) && matter_number(&file->entries[MEMBERS_AT][i], CHAIR_PARTY) == party)
            return MATTER_WRONG(err, &kind_mech_member, CHAIR_PARTY, "这个单位已经是成员") || err_hint(err, "换人的，先让它退出，再加新的人");
    return true;
}

static bool leave(struct matter_draft *draft, struct err *err)
{
    return steer_decides(draft, err)
           && (matter_day(&draft->entry, CHAIR_LEFT_ON) <= draft->today || MATTER_WRONG(err, &kind_mech_member, CHAIR_LEFT_ON, "退出日还没有到"));
}

static bool meeting(struct matter_draft *draft, struct err *err)
{
    return steer_decides(draft, err)
           && (matter_day(&draft->entry, SITTING_DAY) <= draft->today
               || MATTER_WRONG(err, &kind_mech_meeting, SITTING_DAY, "会还没有开") || err_hint(err, "开过之后再记"));
}

/* --- the weekly round --- */

static bool round_check(struct matter_draft *draft, struct err *err)
{
    struct task_tally tally;

    if (!steer_decides(draft, err) || !task_tally(draft->sql, &kind_mechanism, draft->was.id, draft->today, &tally, err))
        return false;
    matter_set_number(&draft->entry, ROUND_OPEN, tally.all - tally.done - tally.dropped);
    matter_set_number(&draft->entry, ROUND_DONE, tally.done);
    matter_set_number(&draft->entry, ROUND_LATE, tally.late);
    week_set(draft);
    return true;
}

/* "要办的事（承办单位）：" */
static void head_print(const struct matter_draft *draft, const struct record *task, struct text *out)
{
    struct slice what = matter_text(task, TASK_WHAT), unit = record_title(draft->sql, &kind_party, matter_number(task, TASK_UNIT), draft->arena);

    text_print(out, "%s%.*s（%.*s）：", out->len ? "\n" : "", (int)what.len, what.at, (int)unit.len, unit.at);
}

static bool task_round(const struct matter_draft *draft, const struct record *task, int32_t since, struct text *moved, struct text *stuck, struct err *err)
{
    const struct matter_state *state = matter_state_of(&sort_task, task);
    bool open = task->status != RECORD_CLOSED, late = open && matter_day(task, TASK_BY) < draft->today;
    const struct record *newest;
    struct record progress;
    bool there;

    if (!progress_newest(draft->sql, task->id, draft->arena, &progress, &there, err))
        return false;
    newest = there ? &progress : NULL;
    if (!open && matter_day(task, MATTER_SINCE) >= since) {
        head_print(draft, task, moved);
        text_puts(moved, state->label);
    } else if (open && newest && matter_day(newest, ENTRY_ON) >= since) {
        head_print(draft, task, moved);
        text_print(moved, "办到 %lld%%，%.*s", (long long)matter_number(newest, PROGRESS_PERCENT), (int)matter_text(newest, PROGRESS_DONE).len,
                   matter_text(newest, PROGRESS_DONE).at);
    }
    if (!open || (!late && !(newest && matter_known(newest, PROGRESS_STUCK)) && state != &sort_task.states[TASK_OBJECTED]))
        return true;
    head_print(draft, task, stuck);
    text_puts(stuck, state->label);
    if (late)
        text_print(stuck, "，已超期，期限 %.*s", (int)matter_text(task, TASK_BY).len, matter_text(task, TASK_BY).at);
    if (newest && matter_known(newest, PROGRESS_STUCK))
        text_print(stuck, "，%.*s", (int)matter_text(newest, PROGRESS_STUCK).len, matter_text(newest, PROGRESS_STUCK).at);
    return true;
}

static bool drawn_up(const struct matter_draft *draft, int32_t since, struct text *moved, struct text *stuck, struct err *err)
{
    struct record *tasks;
    size_t count;

    if (!tasks_of(draft->sql, &kind_mechanism, draft->was.id, TASKS_MOST, draft->arena, &tasks, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!task_round(draft, &tasks[i], since, moved, stuck, err))
            return false;
    return true;
}

static struct slice taken(struct text *text, const char *none, struct arena *arena)
{
    return arena_copy(arena, text->len ? utf8_head(text_slice(text), TEXT_MOST) : slice_of(none));
}

/* Out of the tasks, since the last round: nobody types it together. */
static bool round_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    const struct matter_file *file = draft->file;
    size_t rounds = file->counts[ROUNDS_AT];
    int32_t since = rounds ? matter_day(&file->entries[ROUNDS_AT][rounds - 1], ENTRY_ON) : matter_day(&draft->was, MATTER_SINCE);
    struct text moved, stuck;
    bool ok;

    text_init(&moved);
    text_init(&stuck);
    ok = drawn_up(draft, since, &moved, &stuck, err);
    if (ok && !typed[ROUND_MOVED].len)
        typed[ROUND_MOVED] = taken(&moved, "这一周没有任务报进展", draft->arena);
    if (ok && !typed[ROUND_STUCK].len)
        typed[ROUND_STUCK] = taken(&stuck, "", draft->arena);
    text_release(&moved);
    text_release(&stuck);
    return ok;
}

static bool dissolve(struct matter_draft *draft, struct err *err)
{
    struct task_tally tally;
    int64_t open;

    if (!steer_decides(draft, err) || !task_tally(draft->sql, &kind_mechanism, draft->was.id, draft->today, &tally, err))
        return false;
    open = tally.all - tally.done - tally.dropped;
    return !open || err_set(err, ERR_CONFLICT, "清单上还有 %lld 项任务没有销号", (long long)open) || err_hint(err, "先销号或者撤销，各写原因");
}

static const struct matter_step steps[] = {
    {.name = "set_up", .label = "成立", .label_en = "Set up", .does = N_("名称、协调什么、谁召集、办公室在哪里；成员在它的页面上加"), .from = MATTER_NEW, .to = MECHANISM_ACTIVE, .by = STEERING,
     .fields = "sort lead name purpose convener basis contact phone", .seldom = "basis", .check = set_up, .fill = set_up_fill},
    {.name = "round", .label = "每周调度", .label_en = "Weekly round", .does = N_("动了什么、卡在哪里，照任务的进展填好了，核一遍再交"), .from = STATE(MECHANISM_ACTIVE), .to = MATTER_SAME,
     .by = STEERING, .fields = "moved stuck next", .how = MATTER_ADD, .entry = &kind_mech_round, .check = round_check, .fill = round_fill},
    {.name = "meeting", .aside = true, .label = "记会议", .label_en = "Enter a meeting", .does = N_("哪天、谁到会、议定什么；议定的派成任务"), .from = STATE(MECHANISM_ACTIVE), .to = MATTER_SAME,
     .by = STEERING, .fields = "day place who decided", .how = MATTER_ADD, .entry = &kind_mech_meeting, .check = meeting},
    {.name = "member", .aside = true, .label = "加成员", .label_en = "Add a member", .does = N_("哪个单位、由谁参加"), .from = STATE(MECHANISM_ACTIVE), .to = MATTER_SAME, .by = STEERING,
     .fields = "party name post phone", .seldom = "phone", .how = MATTER_ADD, .entry = &kind_mech_member, .check = member},
    {.name = "leave", .aside = true, .label = "成员退出", .label_en = "A member leaves", .does = N_("写明哪天、为什么；它参加过的留着"), .from = STATE(MECHANISM_ACTIVE), .to = MATTER_SAME, .by = STEERING,
     .fields = "left_on left_why", .how = MATTER_AMEND, .entry = &kind_mech_member, .amendable = sits, .check = leave},
    {.name = "dissolve", .aside = true, .label = "撤销", .label_en = "Dissolve", .does = N_("任务都了结以后；写明原因"), .from = STATE(MECHANISM_ACTIVE), .to = MECHANISM_DISSOLVED, .by = STEERING,
     .fields = "end_why", .check = dissolve},
};

static const struct kind *const entries[] = {&kind_mech_member, &kind_mech_meeting, &kind_mech_round};

const struct matter_sort sort_mechanism = {
    .kind = &kind_mechanism, .about = N_("联席会议和专班：成员、会议、任务清单、每周调度，直到撤销"), .empty = N_("还没有。牵头的单位或者科技部门在这里成立。"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .joined = joined,
};
