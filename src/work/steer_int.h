/* What the tables of tasks, plans, joint meetings and reforms share (steer_read.c, task_check.c). */
#ifndef TQ_WORK_STEER_INT_H
#define TQ_WORK_STEER_INT_H

#include "work/steer.h"

typedef bool steer_check(struct matter_draft *draft, struct err *err);

#define STEER_HOUSE_3 N_("本平台约定：3 个工作日内答复")
#define STEER_HOUSE_5 N_("本平台约定：5 个工作日内办")
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Whose the new matter is: the public body that is named in `field`, or the actor's own. Sets owner and field. */
bool steer_owner(struct matter_draft *draft, size_t field, struct err *err);
/*
 * An officer decides on what his own place's departments assigned: not on the city's because its house lies in his district. Who acts for
 * the owner, or leads, may.
 */
bool steer_decides(struct matter_draft *draft, struct err *err);
/* Both: what begins. */
bool steer_begins(struct matter_draft *draft, size_t field, struct err *err);
/* What stands in the form where nobody typed: the actor's party, or whose `parent` is. */
void steer_fill_owner(const struct matter_draft *draft, struct slice typed[FIELDS_MAX], size_t field, int64_t party);

/* task_check.c */
steer_check task_assign, task_accept, task_object, task_uphold, task_move, task_progress, task_urge, task_answer, task_raise, task_ask_longer, task_longer,
    task_not_longer, task_report, task_close, task_return, task_drop;
bool task_joined(struct sql *sql, const struct record *matter, size_t side, const struct actor *actor, bool *joined, struct err *err);
bool task_assign_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err);

#endif
