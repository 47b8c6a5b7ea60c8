/*
 * What moves things between departments (协同推进): sorts of matters. Fields: record/steer.h; for people: docs/steer.md.
 *
 * A task names where it comes from by two fields, about_kind and about, as a request to get in touch does. What a task may come from is
 * one list (steer_read.c): a further kind is one line there, and its page shows its tasks by steer_tasks (web/steer.c).
 */
#ifndef TQ_WORK_STEER_H
#define TQ_WORK_STEER_H

#include "record/steer.h"
#include "work/matter.h"

/* Whoever leads: the leader, the secretary, the office of the committee. */
#define STEER_LEADERS (ROLE_BIT(ROLE_LEADER) | ROLE_BIT(ROLE_SECRETARY) | ROLE_BIT(ROLE_CPPCC_OFFICE))

/* The sides of a task, by which its bits are read. */
enum task_side { TASK_ASSIGNER_SIDE, TASK_UNIT_SIDE, TASK_OFFICE_SIDE, TASK_LEADER_SIDE, TASK_HELPER_SIDE };

enum task_state { TASK_ASSIGNED, TASK_OBJECTED, TASK_RUNNING, TASK_URGED, TASK_REPORTED, TASK_CLOSED, TASK_DROPPED };
enum task_part_state { HELP_ASKED, HELP_AGREED, HELP_REFUSED, HELP_DONE, HELP_RELEASED };
enum action_state { ACTION_RUNNING, ACTION_DONE, ACTION_DROPPED };
enum target_state { TARGET_STANDING, TARGET_DROPPED };
enum mechanism_state { MECHANISM_ACTIVE, MECHANISM_DISSOLVED };
enum reform_state { REFORM_RUNNING, REFORM_SPREAD, REFORM_QUIT, REFORM_LAPSED };

extern const struct matter_sort sort_task, sort_task_part, sort_action, sort_target, sort_mechanism, sort_reform;

/* The statements; matter_start calls it. */
void steer_start(void);

/* Of what a task may come; NULL: of nothing of that name. */
const struct kind *task_source(struct slice name, struct arena *arena);
/* Who is likely to assign what comes of it; 0: not known. */
int64_t task_source_party(const struct record *source);

/* Tasks that come from a record, whoever may see them: how many stand where. */
struct task_tally { int64_t all, done, late, dropped; };
bool task_tally(struct sql *sql, const struct kind *kind, int64_t about, int32_t today, struct task_tally *tally, struct err *err);
/* Those of an action and of its targets. */
bool action_tally(struct sql *sql, int64_t action, int32_t today, struct task_tally *tally, struct err *err);
/* The tasks themselves, the oldest first, at most `most`; whether the actor may see them is not asked. */
bool tasks_of(struct sql *sql, const struct kind *kind, int64_t about, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err);

/*
 * Tasks that are watched closely (重点督办), what is due first coming first, those that are over last: of all, for who steers or audits; for
 * anybody else those of his organisation. Whether the actor may see them is not asked.
 */
bool tasks_watched(struct sql *sql, const struct actor *actor, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err);
/* What was reported last. */
bool progress_newest(struct sql *sql, int64_t task, struct arena *arena, struct record *progress, bool *there, struct err *err);

/* By the code of an indicator: the tasks that are to move it, the newest first; its targets, the last year first. Who may see them is not asked. */
bool indicator_tasks(struct sql *sql, struct slice code, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err);
bool indicator_targets(struct sql *sql, struct slice code, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err);

/* The plans themselves, what is under nothing: those under way first, of these the newest. */
bool plans_all(struct sql *sql, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err);

/* What a target asks for, as it is read: "不低于 1500 项", "累计不低于 900 名"; "" where the figure is not known. In the arena. */
struct slice target_said(const struct record *target, bool english, struct arena *arena);

/* The help that was asked for a task, in the order in which it was asked; whether the actor may see it is not asked. */
bool task_parts(struct sql *sql, int64_t task, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err);

#endif
