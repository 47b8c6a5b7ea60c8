/* Targets of a year, and how far figures have come. */
#include "work/indicator_target.h"

#include <stdlib.h>

#include "base/clock.h"
#include "work/may.h"

enum { WHOLE = 10000, DAY_MS = 86400000, ZONE_MS = 8 * 3600000, LEVELS_MOST = 10 };

/* Those that stood, with their values, when ?2 began. */
#define STOOD                                                                                                            \
    "year = ?1 AND valid_from < ?2 AND status = 0 AND NOT EXISTS (SELECT 1 FROM target AS later WHERE later.id = target.id" \
    " AND later.ver > target.ver AND later.valid_from < ?2)"

static char *stood_text;

void indicator_target_start(void)
{
    stood_text = record_select(&kind_target, STOOD " ORDER BY action, id LIMIT ?3");
}

/* --- of which plan, of which place --- */

static bool plan_find(struct sql *sql, int64_t action, struct indicator_target *target, struct err *err)
{
    static const char statement[] =
        "WITH RECURSIVE up (id, parent, status, level) AS (SELECT id, parent, status, 1 FROM action WHERE id = ?1 AND to_leaf IS NULL UNION ALL"
        " SELECT above.id, above.parent, above.status, up.level + 1 FROM action AS above JOIN up ON above.id = up.parent"
        " WHERE above.to_leaf IS NULL AND up.level < ?2) SELECT id, status FROM up ORDER BY level DESC LIMIT 1";
    struct sql_rows rows;

    target->plan = 0;
    target->running = false;
    if (!action)
        return true;
    if (!sql_rows(sql, statement, SQL_ARGS(sql_int(action), sql_int(LEVELS_MOST)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        target->plan = sql_number(&rows, 0);
        target->running = sql_number(&rows, 1) == RECORD_OPEN;
    }
    return sql_done(&rows, err);
}

static int64_t action_of(const struct record *target)
{
    return target->values[TARGET_ACTION].known ? target->values[TARGET_ACTION].number : 0;
}

bool indicator_target_place(struct sql *sql, const struct record *record, struct indicator_target *target, struct err *err)
{
    if (&target->record != record)
        target->record = *record;
    return plan_find(sql, action_of(record), target, err) && party_region(sql, record->owner, &target->region, err);
}

/* They come by their actions, and few units set them: what the one before has is not asked for again. */
static bool place_after(struct sql *sql, const struct indicator_target *before, struct indicator_target *target, struct err *err)
{
    if (!before || before->record.owner != target->record.owner || action_of(&before->record) != action_of(&target->record))
        return indicator_target_place(sql, &target->record, target, err);
    target->plan = before->plan;
    target->running = before->running;
    target->region = before->region;
    return true;
}

static int by_plan(const void *left, const void *right)
{
    const struct indicator_target *a = left, *b = right;

    if (a->running != b->running)
        return a->running ? -1 : 1;
    if (a->plan != b->plan)
        return a->plan > b->plan ? -1 : 1;
    return a->record.id < b->record.id ? -1 : a->record.id > b->record.id;
}

static bool targets_read(struct sql *sql, int64_t year, int64_t before_ms, size_t most, struct arena *arena, struct record **list, size_t *count,
                         struct err *err)
{
    *list = arena_alloc(arena, most * sizeof **list);
    return record_rows(sql, &kind_target, stood_text, SQL_ARGS(sql_int(year), sql_int(before_ms), sql_int((int64_t)most)), most, arena, *list, count, err);
}

bool indicator_targets_of(struct sql *sql, int64_t year, int32_t as_of, struct arena *arena, struct indicator_target **list, size_t *count, bool *more,
                          struct err *err)
{
    int64_t before_ms = ((int64_t)as_of + 1) * DAY_MS - ZONE_MS, all;
    struct record *records;
    bool there;

    *count = 0;
    *more = false;
    if (!sql_one(sql, "SELECT count(*) FROM target WHERE " STOOD, SQL_ARGS(sql_int(year), sql_int(before_ms)), &all, &there, err))
        return false;
    if (!all)
        return true;
    *more = all > INDICATOR_TARGETS;
    if (!targets_read(sql, year, before_ms, *more ? INDICATOR_TARGETS : (size_t)all, arena, &records, count, err))
        return false;
    *list = arena_zero(arena, *count, sizeof **list);
    for (size_t i = 0; i < *count; i++) {
        (*list)[i].record = records[i];
        if (!place_after(sql, i ? &(*list)[i - 1] : NULL, &(*list)[i], err))
            return false;
    }
    qsort(*list, *count, sizeof **list, by_plan);
    return true;
}

/* --- how far a figure has come --- */

int64_t indicator_target_region(const struct indicator_target *target)
{
    return target->region % 100 ? target->region : 0;
}

static bool is_sense(const struct record *target, const char *sense)
{
    return target->values[TARGET_SENSE].known && slice_is(target->values[TARGET_SENSE].text, sense);
}

bool indicator_target_ask(const struct indicator *indicator, const struct indicator_target *target, int32_t limit, int32_t as_of, struct figure_ask *ask)
{
    const struct value *year = &target->record.values[TARGET_YEAR];
    int32_t last;

    *ask = (struct figure_ask){.as_of = as_of};
    if (!year->known || !day_from_ymd((int)year->number, 1, 1, &ask->from) || !day_from_ymd((int)year->number, 12, 31, &last) || ask->from > limit)
        return false;
    ask->to = last < limit ? last : limit;
    if (is_sense(&target->record, "total") && !indicator->held)
        ask->from = CALENDAR_FIRST;
    figure_ask_region(ask, indicator_target_region(target));
    return true;
}

/* What counts the same: a sum of money is no number of things, a number of days none of things. */
static const struct value *aim_of(const struct indicator *indicator, const struct record *target)
{
    bool days = target->values[TARGET_MEASURE].known && slice_is(target->values[TARGET_MEASURE].text, "day");
    const struct value *aim = &target->values[indicator->figure == FIGURE_MONEY ? TARGET_MONEY : indicator->figure == FIGURE_SHARE ? TARGET_SHARE : TARGET_NUMBER];

    if ((indicator->figure == FIGURE_MEDIAN && !days) || (indicator->figure == FIGURE_COUNT && days))
        return NULL;
    return aim->known ? aim : NULL;
}

bool indicator_target_level(const struct indicator *indicator, const struct record *target, int64_t *level)
{
    const struct value *aim = aim_of(indicator, target);

    if (!aim || (is_sense(target, "total") && !indicator->held))
        return false;
    *level = aim->number;
    return true;
}

static int64_t share_of(int64_t number, int64_t aim)
{
    __int128 share = (__int128)number * WHOLE / aim;

    return share > INT64_MAX ? INT64_MAX : (int64_t)share;
}

void indicator_target_reach(const struct indicator *indicator, const struct record *target, const struct figure *figure, struct indicator_reach *reach)
{
    const struct value *aim = aim_of(indicator, target);

    *reach = (struct indicator_reach){.known = aim && figure->known, .share = -1};
    if (!reach->known)
        return;
    reach->met = is_sense(target, "at_most") ? figure->number <= aim->number : figure->number >= aim->number;
    if (aim->number > 0 && figure->number >= 0)
        reach->share = share_of(figure->number, aim->number);
}
