/* What tasks, plans and their targets are read by; whose a new one is, and who decides on it. */
#include "work/steer_int.h"

#include "base/clock.h"
#include "base/money.h"
#include "base/text.h"
#include "record/choice.h"
#include "record/consult.h"
#include "work/indicator_target.h"
#include "work/lineage.h"
#include "work/plan_tree.h"
#include "work/steering.h"

/* What a task may come from: a line each. party: whose task it is to be, where nobody says otherwise; 0: the owner's. */
static const struct {
    const struct kind *kind;
    size_t party;
} sources[] = {
    {&kind_mechanism, 0}, {&kind_action, 0}, {&kind_target, 0}, {&kind_reform, 0}, {&kind_opinion, OPINION_UNIT}, {&kind_remark, 0},
};

static char *progress_text, *mine_text, *tasks_text, *plans_text, *parts_text, *watched_text, *for_text, *aims_text;

void steer_start(void)
{
    if (tasks_text)
        return;
    plan_tree_start();
    indicator_target_start();
    steering_start();
    progress_text = record_select(&kind_task_progress, "matter = ?1 AND to_leaf IS NULL ORDER BY no DESC LIMIT 1");
    mine_text = record_select(&kind_task, "id IN (SELECT id FROM task WHERE owner = ?2 AND to_leaf IS NULL UNION SELECT id FROM task WHERE unit = ?2 AND to_leaf IS NULL"
                                          " UNION SELECT task FROM task_part WHERE owner = ?2 AND to_leaf IS NULL)"
                                          " AND level = 'key' AND to_leaf IS NULL ORDER BY status, by_day, id LIMIT ?1");
    tasks_text = record_select(&kind_task, "about = ?1 AND about_kind = ?2 AND to_leaf IS NULL ORDER BY id LIMIT ?3");
    plans_text = record_select(&kind_action, "parent IS NULL AND to_leaf IS NULL ORDER BY status, id DESC LIMIT ?1");
    watched_text = record_select(&kind_task, "level = 'key' AND to_leaf IS NULL ORDER BY status, by_day, id LIMIT ?1");
    for_text = record_select(&kind_task, "indicator = ?1 AND to_leaf IS NULL ORDER BY id DESC LIMIT ?2");
    aims_text = record_select(&kind_target, "indicator = ?1 AND to_leaf IS NULL ORDER BY year DESC, id LIMIT ?2");
    parts_text = record_select(&kind_task_part, "task = ?1 AND to_leaf IS NULL ORDER BY id LIMIT ?2");
}

const struct kind *task_source(struct slice name, struct arena *arena)
{
    const char *text = arena_text(arena, name);

    for (size_t i = 0; i < COUNT(sources); i++)
        if (strcmp(sources[i].kind->name, text) == 0)
            return sources[i].kind;
    return NULL;
}

int64_t task_source_party(const struct record *source)
{
    for (size_t i = 0; i < COUNT(sources); i++)
        if (sources[i].kind == source->kind && sources[i].party)
            return matter_number(source, sources[i].party);
    return source->owner;
}

#define COUNTED(which) " CAST(coalesce(sum(CASE WHEN " which " THEN 1 ELSE 0 END), 0) AS BIGINT)"
/* The columns of struct task_tally, on the day that is the parameter `today`. */
#define TALLIED(today) "SELECT count(*)," COUNTED("state = 'closed'") "," COUNTED("status = 0 AND by_day < " today) "," COUNTED("state = 'dropped'")

static bool tally_read(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct task_tally *tally, struct err *err)
{
    struct sql_rows rows;

    *tally = (struct task_tally){0};
    if (!sql_rows(sql, statement, args, count, &rows, err))
        return false;
    if (sql_next(&rows))
        *tally = (struct task_tally){sql_number(&rows, 0), sql_number(&rows, 1), sql_number(&rows, 2), sql_number(&rows, 3)};
    return sql_done(&rows, err);
}

bool task_tally(struct sql *sql, const struct kind *kind, int64_t about, int32_t today, struct task_tally *tally, struct err *err)
{
    static const char statement[] =
        TALLIED("?3") " FROM task WHERE about = ?1 AND about_kind = ?2 AND to_leaf IS NULL";
    char day[CLOCK_TEXT];

    return tally_read(sql, statement, SQL_ARGS(sql_int(about), sql_text(slice_of(kind->name)), sql_text(slice_of(day_show(today, day)))), tally, err);
}

/* Of an action, and of its targets. */
bool action_tally(struct sql *sql, int64_t action, int32_t today, struct task_tally *tally, struct err *err)
{
    static const char statement[] =
        TALLIED("?2") " FROM (SELECT CAST(?1 AS BIGINT) AS source, 'action' AS sort UNION ALL SELECT id, 'target' FROM target WHERE action = ?1 AND to_leaf IS NULL) AS origin"
        " JOIN task ON about = source AND about_kind = sort AND to_leaf IS NULL";
    char day[CLOCK_TEXT];

    return tally_read(sql, statement, SQL_ARGS(sql_int(action), sql_text(slice_of(day_show(today, day)))), tally, err);
}

bool tasks_of(struct sql *sql, const struct kind *kind, int64_t about, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, &kind_task, tasks_text, SQL_ARGS(sql_int(about), sql_text(slice_of(kind->name)), sql_int((int64_t)most)), most, arena, *list, count,
                       err);
}

bool plans_all(struct sql *sql, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, &kind_action, plans_text, SQL_ARGS(sql_int((int64_t)most)), most, arena, *list, count, err);
}

bool tasks_watched(struct sql *sql, const struct actor *actor, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    bool wide = actor_is_program(actor) || actor_has_any(actor, ROLE_OFFICERS | STEER_LEADERS | ROLE_BIT(ROLE_AUDITOR));

    *list = arena_alloc(arena, most * sizeof **list);
    if (wide)
        return record_rows(sql, &kind_task, watched_text, SQL_ARGS(sql_int((int64_t)most)), most, arena, *list, count, err);
    return record_rows(sql, &kind_task, mine_text, SQL_ARGS(sql_int((int64_t)most), sql_int(actor->party)), most, arena, *list, count, err);
}

bool progress_newest(struct sql *sql, int64_t task, struct arena *arena, struct record *progress, bool *there, struct err *err)
{
    size_t count;
    bool ok = record_rows(sql, &kind_task_progress, progress_text, SQL_ARGS(sql_int(task)), 1, arena, progress, &count, err);

    *there = ok && count;
    return ok;
}

bool task_parts(struct sql *sql, int64_t task, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, &kind_task_part, parts_text, SQL_ARGS(sql_int(task), sql_int((int64_t)most)), most, arena, *list, count, err);
}

bool indicator_tasks(struct sql *sql, struct slice code, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, &kind_task, for_text, SQL_ARGS(sql_text(code), sql_int((int64_t)most)), most, arena, *list, count, err);
}

bool indicator_targets(struct sql *sql, struct slice code, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, &kind_target, aims_text, SQL_ARGS(sql_text(code), sql_int((int64_t)most)), most, arena, *list, count, err);
}

/* --- a target as it is read --- */

static const char *choice_said(const char *list, struct slice code, bool english)
{
    const struct choice *choice = choice_find(choice_list_get(list), code);

    return choice ? english ? choice->label_en : choice->label : "";
}

struct slice target_said(const struct record *target, bool english, struct arena *arena)
{
    size_t field = matter_known(target, TARGET_MONEY) ? TARGET_MONEY : matter_known(target, TARGET_SHARE) ? TARGET_SHARE : TARGET_NUMBER;
    const char *sense = choice_said("target_sense", matter_text(target, TARGET_SENSE), english);
    const char *measure = field == TARGET_NUMBER ? choice_said("target_measure", matter_text(target, TARGET_MEASURE), english) : "";
    char yuan[MONEY_TEXT];
    struct slice shown;

    if (!matter_known(target, field))
        return SLICE("");
    if (field == TARGET_MONEY) {
        int64_t fen = matter_number(target, field);

        return slice_of(arena_print(arena, "%s %s", sense, english ? money_show_english(fen, yuan) : money_show(fen, yuan)));
    }
    shown = field_words(&kind_target.fields[field], &target->values[field], english, arena);
    return slice_of(arena_print(arena, "%s %.*s%s%s", sense, (int)shown.len, shown.at, *measure ? " " : "", measure));
}

/* --- whose it is --- */

bool steer_owner(struct matter_draft *draft, size_t field, struct err *err)
{
    struct record *matter = &draft->matter;
    bool public;

    if (!matter_known(matter, field) && draft->order->actor->party)
        matter_set_number(matter, field, draft->order->actor->party);
    if (!matter_known(matter, field))
        return MATTER_WRONG(err, matter->kind, field, "没有写明单位") || err_hint(err, "写交办、牵头或者管这件事的单位的全称");
    if (!public_body(draft->sql, matter_number(matter, field), draft->arena, &public, err))
        return false;
    if (!public)
        return MATTER_WRONG(err, matter->kind, field, "交办、牵头、管计划的要是政府部门") || err_hint(err, "写政府部门的全称；企业和高校院所可以承办、协办、试点");
    matter->owner = matter_number(matter, field);
    return true;
}

bool steer_decides(struct matter_draft *draft, struct err *err)
{
    const struct actor *actor = draft->order->actor;
    int64_t owner = draft->matter.owner, region;
    struct object object;

    if (!party_region(draft->sql, owner, &region, err))
        return false;
    object = (struct object){.kind = draft->sort->kind, .id = draft->matter.id, .owner = owner, .region = region};
    if (acts_for(actor, owner) || role_over(actor, STEER_LEADERS, &object))
        return true;
    return matter_decides(draft, region ? slice_of(arena_print(draft->arena, "%lld", (long long)region)) : SLICE(""), owner, err);
}

bool steer_begins(struct matter_draft *draft, size_t field, struct err *err)
{
    return steer_owner(draft, field, err) && steer_decides(draft, err);
}

void steer_fill_owner(const struct matter_draft *draft, struct slice typed[FIELDS_MAX], size_t field, int64_t party)
{
    if (!party)
        party = draft->order->actor->party;
    if (!typed[field].len && party)
        typed[field] = record_title(draft->sql, &kind_party, party, draft->arena);
}
