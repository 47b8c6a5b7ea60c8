/* A bank's branch for technology firms (科技支行) with its tolerance for bad loans: filed by the bank, listed by an officer, for all to see. */
#ifndef TQ_WORK_BRANCH_H
#define TQ_WORK_BRANCH_H

#include "record/fund.h"
#include "work/matter.h"

extern const struct matter_sort sort_branch;

#endif
