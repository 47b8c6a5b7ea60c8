/*
 * Steps over columns. A value that is not known is kept as 0, so that nothing that depends on memory left over comes out; LANE_WRONG and
 * LANE_PROVISIONAL pass on to whatever is computed of the value, and of a choice only from the side that is taken. (A row that is
 * wrong is asked of SQLite: to be too careful costs time, to be too little would be a mistake.)
 */
#include "rules/bulk_int.h"

enum { MARKS = LANE_WRONG | LANE_PROVISIONAL };

/* Of two sides both of which are needed. */
static inline unsigned char both(unsigned char a, unsigned char b)
{
    return (unsigned char)((a & b & LANE_KNOWN) | ((a | b) & MARKS));
}

#define EACH(expression)                                                       \
    for (size_t i = 0; i < count; i++) {                                       \
        unsigned char state = both(a.states[i], b.states[i]);                  \
        int64_t x = a.values[i], y = b.values[i];                              \
                                                                               \
        out.values[i] = (state & LANE_KNOWN) ? (int64_t)(expression) : 0;      \
        out.states[i] = state;                                                 \
    }                                                                          \
    break

static void run_two(enum step_kind kind, struct lanes a, struct lanes b, struct lanes out, size_t count)
{
    switch (kind) {
    case STEP_LESS:
        EACH(x < y);
    case STEP_LESS_EQUAL:
        EACH(x <= y);
    case STEP_EQUAL:
        EACH(x == y);
    case STEP_DIFFERENT:
        EACH(x != y);
    case STEP_ADD:
        EACH(x + y);
    case STEP_SUBTRACT:
        EACH(x - y);
    default:
        break;
    }
}

/* With one side false (AND) or true (OR) it is that, whatever the other is. */
static void run_junction(bool any, struct lanes a, struct lanes b, struct lanes out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned char x = a.states[i], y = b.states[i];
        bool known_x = x & LANE_KNOWN, known_y = y & LANE_KNOWN, true_x = a.values[i] != 0, true_y = b.values[i] != 0;
        bool settled = (known_x & (true_x == any)) | (known_y & (true_y == any));
        bool known = settled | (known_x & known_y);

        out.values[i] = known & (settled == any);
        out.states[i] = (unsigned char)(known | ((x | y) & MARKS));
    }
}

static void run_not(struct lanes a, struct lanes out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out.values[i] = (a.states[i] & LANE_KNOWN) && !a.values[i];
        out.states[i] = a.states[i];
    }
}

static void run_is_null(struct lanes a, struct lanes out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out.values[i] = !(a.states[i] & LANE_KNOWN);
        out.states[i] = (unsigned char)(LANE_KNOWN | (a.states[i] & MARKS));
    }
}

static void run_negate(struct lanes a, struct lanes out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out.values[i] = -a.values[i];
        out.states[i] = a.states[i];
    }
}

static void run_select(struct lanes when, struct lanes otherwise, struct lanes then, struct lanes out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool taken = (when.states[i] & LANE_KNOWN) && when.values[i];

        out.values[i] = taken ? then.values[i] : otherwise.values[i];
        out.states[i] = (unsigned char)((taken ? then.states[i] : otherwise.states[i]) | (when.states[i] & MARKS));
    }
}

static void run_coalesce(struct lanes a, struct lanes b, struct lanes out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool first = a.states[i] & LANE_KNOWN;

        out.values[i] = first ? a.values[i] : b.values[i];
        out.states[i] = (unsigned char)((first ? a.states[i] : b.states[i]) | (a.states[i] & MARKS));
    }
}

/* NULL where both are the same, else the first. */
static void run_nullif(struct lanes a, struct lanes b, struct lanes out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool same = (a.states[i] & b.states[i] & LANE_KNOWN) && a.values[i] == b.values[i];

        out.values[i] = same ? 0 : a.values[i];
        out.states[i] = (unsigned char)((same ? 0 : a.states[i] & LANE_KNOWN) | ((a.states[i] | b.states[i]) & MARKS));
    }
}

static void run_call(const struct step *step, const struct calendar *calendar, const struct lanes *lanes, struct lanes out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int64_t given[STEP_ARGUMENTS], value = 0;
        unsigned char state = LANE_KNOWN;
        bool provisional = false;

        for (size_t g = 0; g < step->count; g++) {
            state = both(state, lanes[step->given[g]].states[i]);
            given[g] = lanes[step->given[g]].values[i];
        }
        if ((state & LANE_KNOWN) && eval_call(step->which, calendar, given, step->count, &provisional, &value)) {
            state = (unsigned char)((state & MARKS) | LANE_WRONG);
            value = 0;
        }
        out.values[i] = value;
        out.states[i] = (unsigned char)(state | (provisional ? LANE_PROVISIONAL : 0));
    }
}

static void fill(const struct step *step, struct lanes out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out.values[i] = step->known ? step->value : 0;
        out.states[i] = step->known ? LANE_KNOWN : 0;
    }
}

static void step_run(const struct step *step, const struct calendar *calendar, const struct lanes *lanes, struct lanes out, size_t count)
{
    struct lanes a = lanes[step->given[0]], b = lanes[step->given[1]];

    switch (step->kind) {
    case STEP_FACT:
        break;
    case STEP_CONSTANT:
        fill(step, out, count);
        break;
    case STEP_AND:
    case STEP_OR:
        run_junction(step->kind == STEP_OR, a, b, out, count);
        break;
    case STEP_NOT:
        run_not(a, out, count);
        break;
    case STEP_IS_NULL:
        run_is_null(a, out, count);
        break;
    case STEP_NEGATE:
        run_negate(a, out, count);
        break;
    case STEP_SELECT:
        run_select(a, b, lanes[step->given[2]], out, count);
        break;
    case STEP_COALESCE:
        run_coalesce(a, b, out, count);
        break;
    case STEP_NULLIF:
        run_nullif(a, b, out, count);
        break;
    case STEP_CALL:
        run_call(step, calendar, lanes, out, count);
        break;
    case STEP_LESS:
    case STEP_LESS_EQUAL:
    case STEP_EQUAL:
    case STEP_DIFFERENT:
    case STEP_ADD:
    case STEP_SUBTRACT:
        run_two(step->kind, a, b, out, count);
        break;
    }
}

void steps_run(const struct plan *plan, const struct calendar *calendar, struct lanes *lanes, size_t count)
{
    for (size_t i = 0; i < plan->count; i++)
        step_run(&plan->steps[i], calendar, lanes, lanes[i], count);
}
