#include "work/board_count.h"

#include <stdio.h>

#include "base/clock.h"

/* A receipt lies in its deal's file; a deal names one achievement. */
static const char research_text[] =
    "SELECT g.id, g.title, p.id, p.title, p.owner, p.public_money, coalesce(p.implement_by, ''), coalesce(p.report_by, ''), coalesce(p.implemented, 0),"
    " coalesce(p.idle_why, ''), p.state, coalesce(r.achievement, 0), coalesce(a.title, ''),"
    " (SELECT count(*) FROM deal d WHERE d.achievement = r.achievement AND d.to_leaf IS NULL AND d.pier <> 'dropped'),"
    " (SELECT coalesce(sum(c.amount), 0) FROM receipt c JOIN deal d ON d.id = c.deal AND d.to_leaf IS NULL AND d.pier <> 'dropped'"
    "   WHERE d.achievement = r.achievement AND c.to_leaf IS NULL), CASE WHEN p.confirmed_on IS NULL THEN 0 ELSE 1 END"
    " FROM programme g JOIN project p ON p.programme = g.id AND p.to_leaf IS NULL"
    " LEFT JOIN project_result r ON r.matter = p.id AND r.to_leaf IS NULL"
    " LEFT JOIN achievement a ON a.id = r.achievement AND a.to_leaf IS NULL"
    " WHERE g.to_leaf IS NULL AND (CAST(?1 AS BIGINT) = 0 OR g.id = ?1) AND (p.confirmed_on IS NOT NULL OR p.status = 0)"
    " ORDER BY g.id, p.id, r.no LIMIT ?2";

static int32_t day_at(const struct sql_rows *rows, int column)
{
    int32_t day;

    return day_parse(sql_slice(rows, column), &day) ? day : 0;
}

static void line_read(const struct sql_rows *rows, int32_t today, struct arena *arena, struct research_line *line)
{
    bool obliged = slice_is(sql_slice(rows, 10), "obliged");

    *line = (struct research_line){
        .programme = sql_number(rows, 0), .programme_title = arena_copy(arena, sql_slice(rows, 1)), .project = sql_number(rows, 2),
        .project_title = arena_copy(arena, sql_slice(rows, 3)), .owner = sql_number(rows, 4), .public_money = sql_number(rows, 5),
        .implement_by = day_at(rows, 6), .report_by = day_at(rows, 7), .achievement = sql_number(rows, 11),
        .achievement_title = arena_copy(arena, sql_slice(rows, 12)), .deals = sql_number(rows, 13), .received = sql_number(rows, 14),
        .confirmed = sql_number(rows, 15) != 0};
    line->overdue = obliged && line->implement_by && today > line->implement_by && !sql_number(rows, 8) && !sql_slice(rows, 9).len;
    line->report_late = obliged && line->report_by && today > line->report_by;
}

bool research_read(struct sql *sql, int64_t programme, int32_t today, struct arena *arena, struct research_line *list, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, research_text, SQL_ARGS(sql_int(programme), sql_int(RESEARCH_LINES)), &rows, err))
        return false;
    while (*count < RESEARCH_LINES && sql_next(&rows))
        line_read(&rows, today, arena, &list[(*count)++]);
    return sql_done(&rows, err);
}

bool fair_lines(struct sql *sql, int year, struct arena *arena, struct fair_line *list, size_t *count, struct err *err)
{
    char first[16], last[16];
    struct sql_rows rows;

    *count = 0;
    snprintf(first, sizeof first, "%04d-01-01", year % 10000);
    snprintf(last, sizeof last, "%04d-12-31", year % 10000);
    if (!sql_rows(sql, "SELECT id, title, day FROM fair WHERE to_leaf IS NULL AND state IN ('held', 'closed') AND day >= ?1 AND day <= ?2 ORDER BY day DESC, id LIMIT ?3",
                  SQL_ARGS(sql_text(slice_of(first)), sql_text(slice_of(last)), sql_int(FAIR_LINES)), &rows, err))
        return false;
    while (*count < FAIR_LINES && sql_next(&rows))
        list[(*count)++] = (struct fair_line){.id = sql_number(&rows, 0), .title = arena_copy(arena, sql_slice(&rows, 1)), .day = day_at(&rows, 2)};
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < *count; i++)
        if (!fair_figures(sql, list[i].id, &list[i].figures, err))
            return false;
    return true;
}
