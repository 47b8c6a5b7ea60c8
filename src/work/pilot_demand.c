/* Where to build the next pilot platform: demand that found no slot, by field, against what there is (pilot_report.h says what counts). */
#include "work/pilot_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/tree.h"

enum { CAPABILITIES_MOST = 2000, JOBS_MOST = 20000 };

struct demanding {
    struct sql *sql;
    const struct calendar *calendar;
    struct arena *arena;
    struct demand_line *lines;
    size_t count;
    int32_t today;
};

/* The line of a code's class of two digits; NULL where the code has none or there is no room. */
static struct demand_line *line_of(struct demanding *at, struct slice code)
{
    const struct tree *tree = tree_get("gbt4754");
    const struct tree_node *node = tree ? tree_find(tree, code) : NULL;

    while (node && node->depth > 1)
        node = &tree->nodes[node->parent];
    if (!node || node->depth < 1 || strlen(node->code) >= sizeof at->lines->code)
        return NULL;
    for (size_t i = 0; i < at->count; i++)
        if (strcmp(at->lines[i].code, node->code) == 0)
            return &at->lines[i];
    if (at->count == DEMAND_LINES)
        return NULL;
    at->lines[at->count] = (struct demand_line){.needs = 0};
    snprintf(at->lines[at->count].code, sizeof at->lines->code, "%s", node->code);
    return &at->lines[at->count++];
}

/* Of a record with several industries the first is its field: it is counted once. */
static struct demand_line *first_line(struct demanding *at, struct slice codes)
{
    struct slice code;

    return slice_cut(&codes, '\n', &code) ? line_of(at, code) : NULL;
}

/* --- demand --- */

#define BY_INDUSTRY(table, condition) \
    "SELECT industry, count(*) FROM " table " WHERE to_leaf IS NULL AND status = 0 AND industry IS NOT NULL AND " condition " GROUP BY industry"

static bool records_add(struct demanding *at, const char *statement, size_t member, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(at->sql, statement, SQL_NO_ARGS, &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct demand_line *line = first_line(at, sql_slice(&rows, 0));

        if (line)
            *(int64_t *)((char *)line + member) += sql_number(&rows, 1);
    }
    return sql_done(&rows, err);
}

static const char jobs_text[] =
    "SELECT j.state, j.asked_on, j.ended_by, COALESCE(a.industry, n.industry, c.industry) FROM pilot_job j"
    " JOIN capability c ON c.id = j.capability AND c.to_leaf IS NULL LEFT JOIN achievement a ON a.id = j.achievement AND a.to_leaf IS NULL"
    " LEFT JOIN need n ON n.id = j.need AND n.to_leaf IS NULL"
    " WHERE j.to_leaf IS NULL AND j.state IN ('asked', 'lacking', 'refused', 'withdrawn', 'cancelled', 'left') ORDER BY j.id LIMIT ?1";

static bool unmet(struct slice state, struct slice why)
{
    if (!slice_is(state, "withdrawn"))
        return true;
    return slice_is(why, "full") || slice_is(why, "time") || slice_is(why, "field") || slice_is(why, "safety") || slice_is(why, "equipment");
}

static bool jobs_add(struct demanding *at, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(at->sql, jobs_text, SQL_ARGS(sql_int(JOBS_MOST)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct slice state = sql_slice(&rows, 0);
        struct demand_line *line = first_line(at, sql_slice(&rows, 3));
        int32_t asked;

        if (!line)
            continue;
        if (slice_is(state, "asked") || slice_is(state, "lacking")) {
            line->waiting++;
            line->waited += day_parse(sql_slice(&rows, 1), &asked) && at->today > asked ? at->today - asked : 0;
        } else
            line->refused += unmet(state, sql_slice(&rows, 2));
    }
    return sql_done(&rows, err);
}

/* --- capacity --- */

static const char open_text[] = "SELECT id FROM capability WHERE to_leaf IS NULL AND state = 'open' ORDER BY id LIMIT ?1";

static bool capability_add(struct demanding *at, int64_t id, struct err *err)
{
    int32_t until = at->today + DEMAND_DAYS - 1;
    struct demand_line *line;
    struct record capability;
    struct slot_hours hours;

    if (!record_get(at->sql, &kind_capability, id, at->arena, &capability, err)
        || !slot_hours_read(at->sql, &capability, at->calendar, at->today, until, &hours, err))
        return false;
    line = first_line(at, matter_text(&capability, CAPABILITY_INDUSTRY));
    if (!line)
        return true;
    line->capabilities++;
    line->open_hours += slot_open_hours(&capability, at->calendar, at->today, until);
    line->booked_hours += hours.used + hours.maintained;
    return true;
}

static bool capacity_add(struct demanding *at, struct err *err)
{
    int64_t *ids = arena_alloc(at->arena, CAPABILITIES_MOST * sizeof *ids);
    size_t count = 0;
    struct sql_rows rows;

    if (!sql_rows(at->sql, open_text, SQL_ARGS(sql_int(CAPABILITIES_MOST)), &rows, err))
        return false;
    while (count < CAPABILITIES_MOST && sql_next(&rows))
        ids[count++] = sql_number(&rows, 0);
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!capability_add(at, ids[i], err))
            return false;
    return true;
}

/* --- the order --- */

static int pressed_order(const void *a, const void *b)
{
    const struct demand_line *left = a, *right = b;
    int64_t of_left = demand_of(left) * (right->capabilities + 1), of_right = demand_of(right) * (left->capabilities + 1);

    return of_left != of_right ? (of_left < of_right) - (of_left > of_right) : strcmp(left->code, right->code);
}

bool pilot_demand(struct sql *sql, const struct calendar *calendar, int32_t today, struct arena *arena, struct demand_line lines[DEMAND_LINES],
                  size_t *count, struct err *err)
{
    struct demanding at = {.sql = sql, .calendar = calendar, .arena = arena, .lines = lines, .today = today};

    if (!records_add(&at, BY_INDUSTRY("need", "trl >= 7"), offsetof(struct demand_line, needs), err)
        || !records_add(&at, BY_INDUSTRY("achievement", "trl BETWEEN 4 AND 6"), offsetof(struct demand_line, achievements), err)
        || !jobs_add(&at, err) || !capacity_add(&at, err))
        return false;
    qsort(lines, at.count, sizeof *lines, pressed_order);
    *count = at.count;
    return true;
}
