/*
 * First use (record/trial.h): trials in scenarios and try-first licences as sorts of matter, and how a trial's readings stand against its
 * targets: reckoned from the record, never typed.
 */
#ifndef TQ_WORK_FIRST_USE_H
#define TQ_WORK_FIRST_USE_H

#include "record/trial.h"
#include "work/matter.h"

extern const struct matter_sort sort_trial, sort_try_licence;

enum trial_state {
    TRIAL_APPLIED, TRIAL_PLANNING, TRIAL_PLANNED, TRIAL_RUNNING, TRIAL_REPORTED, TRIAL_DECIDING, TRIAL_CLOSED,
    TRIAL_REFUSED, TRIAL_WITHDRAWN, TRIAL_STOPPED
};
enum try_state {
    TRY_ASKED, TRY_OFFERED, TRY_FREE, TRY_DUE, TRY_PAID, TRY_CLOSED, TRY_REFUSED, TRY_WITHDRAWN, TRY_LEFT
};

/* One indicator as it stands: by its newest reading. */
struct aim_stand {
    const struct record *aim;
    const struct record *reading; /* NULL: none yet */
    bool met;
};

/* Of a trial's file, in the order of the indicators; list: as many as there are (file->counts of trial_aim). Returns how many. */
size_t trial_stand(const struct matter_file *file, struct aim_stand *list, size_t *met);
/* Does the reading satisfy the indicator? */
bool aim_met(const struct record *aim, const struct record *reading);

/* Trials of a scenario, counted: for everybody, no party is named. */
struct scenario_count {
    int64_t trials, refused, running, reached, part, failed, bought;
};
bool scenario_count(struct sql *sql, int64_t scenario, struct scenario_count *count, struct err *err);

#endif
