/* What was promised for a day that has passed. */
#include "work/steering_int.h"

#include "base/clock.h"
#include "work/consult.h"
#include "work/steer.h"

static char *planned_text, *late_text;

void steering_promise_start(void)
{
    if (planned_text)
        return;
    planned_text = record_select(&kind_opinion, "to_leaf IS NULL AND status = 0 AND planned_by < ?1 ORDER BY planned_by, id LIMIT ?2");
    late_text = record_select(&kind_task, "to_leaf IS NULL AND status = 0 AND by_day < ?1 ORDER BY CASE WHEN level = 'key' THEN 0 ELSE 1 END, by_day, id LIMIT ?2");
}

struct sort_promised {
    const struct matter_sort *sort;
    const char *statement;
    size_t who, day; /* fields */
    bool (*key)(const struct record *matter);
};

static bool opinion_key(const struct record *matter)
{
    return matter_number(matter, OPINION_KEY) != 0;
}

static bool task_key(const struct record *matter)
{
    return slice_is(matter_text(matter, TASK_LEVEL), "key");
}

static bool promised_add(struct sql *sql, const struct sort_promised *of, const struct actor *actor, int32_t today, struct arena *arena,
                         struct promise *list, size_t most, size_t *count, struct err *err)
{
    struct record *rows = arena_alloc(arena, PROMISES_LOOKED * sizeof *rows);
    char day[CLOCK_TEXT];
    size_t read;

    if (!record_rows(sql, of->sort->kind, of->statement, SQL_ARGS(sql_text(slice_of(day_show(today, day))), sql_int(PROMISES_LOOKED)), PROMISES_LOOKED, arena,
                     rows, &read, err))
        return false;
    for (size_t i = 0; i < read && *count < most; i++) {
        enum matter_sight sight;
        unsigned sides;

        if (!matter_sight(sql, of->sort, &rows[i], actor, &sides, &sight, err))
            return false;
        if (sight == SIGHT_ALL)
            list[(*count)++] = (struct promise){of->sort->kind, rows[i].id, matter_title_at(of->sort, &rows[i], sight),
                                                record_title(sql, &kind_party, matter_number(&rows[i], of->who), arena), matter_day(&rows[i], of->day),
                                                of->key(&rows[i]), SLICE("")};
    }
    return true;
}

bool steering_promises(struct sql *sql, const struct actor *actor, int32_t today, struct arena *arena, struct promise *list, size_t most, size_t *count,
                       struct err *err)
{
    const struct sort_promised sorts[] = {{&sort_opinion, planned_text, OPINION_UNIT, OPINION_PLANNED_BY, opinion_key},
                                          {&sort_task, late_text, TASK_UNIT, TASK_BY, task_key}};

    *count = 0;
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (!promised_add(sql, &sorts[i], actor, today, arena, list, most, count, err))
            return false;
    return true;
}

int promise_order(const void *a, const void *b)
{
    const struct promise *one = a, *other = b;

    if (one->key != other->key)
        return one->key ? -1 : 1;
    if (one->day != other->day)
        return one->day < other->day ? -1 : 1;
    return one->id < other->id ? -1 : one->id > other->id;
}
