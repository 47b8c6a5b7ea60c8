/* The checks of a trial's steps (trial_check.c), for its table in trial.c. */
#ifndef TQ_WORK_TRIAL_INT_H
#define TQ_WORK_TRIAL_INT_H

#include "work/first_use.h"

typedef bool trial_check(struct matter_draft *draft, struct err *err);

trial_check trial_apply, trial_plan, trial_aim_put, trial_agree, trial_read, trial_report, trial_confirm, trial_buy, trial_write_back;

bool trial_facts(struct matter_draft *draft, struct fact **facts, size_t *count, struct err *err);

#endif
