/* Between the files of bulk.h: expressions as steps over columns. */
#ifndef TQ_RULES_BULK_INT_H
#define TQ_RULES_BULK_INT_H

#include "rules/bulk.h"
#include "rules/rules_int.h"

/* Of one value in a column. */
enum { LANE_KNOWN = 1, LANE_WRONG = 2 /* cannot be computed */, LANE_PROVISIONAL = 4 };

enum step_kind {
    STEP_FACT, STEP_CONSTANT, STEP_AND, STEP_OR, STEP_NOT, STEP_IS_NULL, STEP_LESS, STEP_LESS_EQUAL, STEP_EQUAL, STEP_DIFFERENT,
    STEP_ADD, STEP_SUBTRACT, STEP_NEGATE, STEP_SELECT /* the third where the first is true, else the second */,
    STEP_COALESCE, STEP_NULLIF, STEP_CALL
};

enum { STEP_ARGUMENTS = 16, PLAN_STEPS = 400 };

struct step {
    enum step_kind kind;
    size_t given[STEP_ARGUMENTS]; /* steps before it */
    size_t count;
    size_t which;                 /* FACT: of the rule; CALL: eval_call's number */
    int64_t value;                /* CONSTANT */
    bool known;                   /* CONSTANT */
};

/* A rule's expressions as one row of steps; what each comes to is the value of a step. */
struct plan {
    const struct rule *rule;
    struct step *steps;
    size_t count;
    size_t applies, *conditions, *results; /* steps; applies: SIZE_MAX where the rule always applies */
};

/* false: the compiler does not take it. In the arena. */
bool steps_make(const struct rule *rule, struct arena *arena, struct plan *plan);

struct lanes {
    int64_t *values;
    unsigned char *states; /* LANE_… */
};

/* Facts' lanes are in place; all others have room for `count`. */
void steps_run(const struct plan *plan, const struct calendar *calendar, struct lanes *lanes, size_t count);

#endif
