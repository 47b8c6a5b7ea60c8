/* Needs that wait for a person, who answers one, and how many were answered in time: read from the records at each look. */
#include "work/talent_int.h"

#include "base/clock.h"

enum { TALLY_ROWS = 20000, DAY_MS = 86400000, AHEAD_MS = 28800000 /* +08:00 */ };

static int64_t day_start(int32_t day)
{
    return (int64_t)day * DAY_MS - AHEAD_MS;
}

/* A need that was published by import came into the house on that day. */
bool care_queue(struct sql *sql, const struct law *law, int32_t today, struct arena *arena, struct care_line *list, size_t most,
                size_t *count, bool *further, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    *further = false;
    if (!sql_rows(sql, "SELECT n.id, CASE WHEN n.hidden = 1 THEN 0 ELSE n.owner END, n.title, f.valid_from FROM need n"
                       " JOIN need f ON f.id = n.id AND f.ver = 1 WHERE n.to_leaf IS NULL AND n.status = 0"
                       " AND NOT EXISTS (SELECT 1 FROM need_care c WHERE c.need = n.id AND c.to_leaf IS NULL AND c.state <> 'released')"
                       " ORDER BY n.id LIMIT ?1", SQL_ARGS(sql_int((int64_t)most + 1)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct care_line *line = &list[*count];

        if (*count == most) {
            *further = true;
            break;
        }
        *line = (struct care_line){.need = sql_number(&rows, 0), .owner = sql_number(&rows, 1), .title = arena_copy(arena, sql_slice(&rows, 2)),
                                   .published = day_of_ms(sql_number(&rows, 3))};
        line->due = calendar_after(law->calendar, line->published, CALENDAR_WORKDAYS, CARE_DAYS, NULL);
        line->waited = calendar_workdays(law->calendar, line->published, today, NULL);
        (*count)++;
    }
    return sql_done(&rows, err);
}

/* --- one need --- */

static bool care_read(struct sql *sql, int64_t need, struct arena *arena, struct need_answer *answer, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, "SELECT c.id, c.manager, p.name, c.phone, c.taken_on, c.answered_on, c.confirmed FROM need_care c"
                       " LEFT JOIN person p ON p.id = c.manager AND p.to_leaf IS NULL"
                       " WHERE c.need = ?1 AND c.to_leaf IS NULL AND c.state <> 'released' ORDER BY c.id DESC LIMIT 1",
                  SQL_ARGS(sql_int(need)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        answer->care = sql_number(&rows, 0);
        answer->manager = sql_number(&rows, 1);
        answer->name = arena_copy(arena, sql_slice(&rows, 2));
        answer->phone = arena_copy(arena, sql_slice(&rows, 3));
        answer->taken = talent_day(&rows, 4);
        answer->answered = talent_day(&rows, 5);
        answer->confirmed = sql_number(&rows, 6) == 1;
    }
    return sql_done(&rows, err);
}

bool care_of_need(struct sql *sql, const struct law *law, int64_t need, int32_t today, struct arena *arena, struct need_answer *answer,
                  struct err *err)
{
    int64_t published_ms, test;
    bool found;

    *answer = (struct need_answer){0};
    if (!sql_one(sql, "SELECT valid_from FROM need WHERE id = ?1 AND ver = 1", SQL_ARGS(sql_int(need)), &published_ms, &found, err)
        || !care_read(sql, need, arena, answer, err)
        || !sql_one(sql, "SELECT id FROM need_test WHERE need = ?1 AND to_leaf IS NULL AND state = 'posted' LIMIT 1", SQL_ARGS(sql_int(need)),
                    &test, &answer->tested, err))
        return false;
    if (!found)
        return record_missing(&kind_need, err);
    answer->published = day_of_ms(published_ms);
    answer->due = calendar_after(law->calendar, answer->published, CALENDAR_WORKDAYS, CARE_DAYS, NULL);
    answer->waited = calendar_workdays(law->calendar, answer->published, answer->answered ? answer->answered : today, NULL);
    return true;
}

/* --- how many --- */

struct counting { const struct law *law; int32_t today; struct care_tally *tally; };

static void count_need(const struct counting *counting, int32_t published, int32_t answered, bool confirmed)
{
    int32_t due = calendar_after(counting->law->calendar, published, CALENDAR_WORKDAYS, CARE_DAYS, NULL);
    struct care_tally *tally = counting->tally;

    tally->needs++;
    tally->in_time += answered && answered <= due;
    tally->later += answered > due;
    tally->overdue += !answered && counting->today > due;
    tally->confirmed += answered && confirmed;
}

/*
 * Of each need the first answer counts, whichever manager gave it: handing a need on neither loses nor gains one. What the firm says was no
 * answer is none (its answered_on was taken back).
 */
bool care_tally(struct sql *sql, const struct law *law, int32_t from, int32_t until, int32_t today, struct care_tally *tally,
                struct err *err)
{
    struct counting counting = {law, today, tally};
    struct sql_rows rows;

    *tally = (struct care_tally){0};
    if (!sql_rows(sql, "SELECT f.id, f.valid_from, MIN(c.answered_on), MAX(c.confirmed) FROM need f LEFT JOIN need_care c ON c.need = f.id"
                       " AND c.to_leaf IS NULL AND c.answered_on IS NOT NULL WHERE f.ver = 1 AND f.valid_from >= ?1 AND f.valid_from < ?2"
                       " GROUP BY f.id, f.valid_from ORDER BY f.id LIMIT ?3",
                  SQL_ARGS(sql_int(day_start(from)), sql_int(day_start(until + 1)), sql_int(TALLY_ROWS)), &rows, err))
        return false;
    while (sql_next(&rows))
        count_need(&counting, day_of_ms(sql_number(&rows, 1)), talent_day(&rows, 2), sql_number(&rows, 3) == 1);
    return sql_done(&rows, err);
}
