/* The lines of a record by one definition, out of what its statement answers. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "work/indicator_int.h"

static bool day_in(const struct sql_rows *rows, int text, int ms, int32_t *day)
{
    if (!sql_is_null(rows, text))
        return day_parse(sql_slice(rows, text), day);
    if (sql_is_null(rows, ms))
        return false;
    *day = day_of_ms(sql_number(rows, ms));
    return true;
}

static int64_t division_in(struct slice text)
{
    int64_t code = 0;

    for (size_t i = 0; i < text.len && i < 6; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return 0;
        code = code * 10 + text.at[i] - '0';
    }
    return text.len >= 6 ? code : 0;
}

/* Kept by the last day of the period, or not: it counts on that day. */
static bool within_value(const struct calendar *calendar, const struct definition *definition, const struct sql_rows *rows, int32_t since,
                         struct indicator_line *line)
{
    int32_t done;

    line->day = calendar_rolled(calendar, calendar_after(calendar, since, definition->within.unit, definition->within.count, NULL), NULL);
    line->value = day_in(rows, LINE_DONE, LINE_DONE_MS, &done) && done <= line->day;
    line->base = 1;
    return true;
}

static bool line_value(const struct calendar *calendar, const struct definition *definition, const struct sql_rows *rows, struct indicator_line *line)
{
    int32_t since = 0;
    bool begun = day_in(rows, LINE_SINCE, LINE_SINCE_MS, &since);

    line->value = sql_number(rows, LINE_VALUE);
    line->base = 0;
    if (definition->within.count)
        return begun && within_value(calendar, definition, rows, since, line);
    if (!day_in(rows, LINE_DAY, LINE_DAY_MS, &line->day))
        return false;
    switch (definition->shown.figure) {
    case FIGURE_COUNT:
        line->value = 1;
        return true;
    case FIGURE_MONEY:
        return !sql_is_null(rows, LINE_VALUE);
    case FIGURE_SHARE:
        line->base = sql_is_null(rows, LINE_BASE) ? 1 : sql_number(rows, LINE_BASE);
        return true;
    case FIGURE_MEDIAN:
        break;
    }
    if (!definition->spans)
        return !sql_is_null(rows, LINE_VALUE);
    line->value = line->day <= since ? 0 : definition->workdays ? calendar_workdays(calendar, since, line->day, NULL) : line->day - since;
    return begun;
}

/* From which day on it counts no more: the earlier of the two that may be given. */
static int32_t end_of(const struct sql_rows *rows)
{
    int32_t until, last;

    if (sql_is_null(rows, LINE_UNTIL) || !day_parse(sql_slice(rows, LINE_UNTIL), &until))
        until = INDICATOR_NEVER;
    if (!sql_is_null(rows, LINE_LAST) && day_parse(sql_slice(rows, LINE_LAST), &last) && last < until)
        until = last + 1;
    return until;
}

/* false: it does not count. */
static bool line_read(const struct calendar *calendar, const struct indicator_touch *touch, const struct sql_rows *rows, struct indicator_line *line)
{
    const struct definition *definition = touch->definition;

    *line = (struct indicator_line){.id = sql_number(rows, LINE_ID), .record = sql_number(rows, LINE_RECORD), .leaf = sql_number(rows, LINE_LEAF),
                                    .kind = touch->of->record, .until = INDICATOR_NEVER, .region = division_in(sql_slice(rows, LINE_REGION)),
                                    .party = sql_number(rows, LINE_PARTY), .known_from = touch->day};
    if (!line_value(calendar, definition, rows, line))
        return false;
    if (definition->shown.held)
        line->until = end_of(rows);
    if (llabs(line->value) > INDICATOR_MOST || llabs(line->base) > INDICATOR_MOST) {
        log_warn("indicator %s: record %lld is not counted: its amount is too large", definition->shown.code, (long long)touch->subject);
        return false;
    }
    return line->until > line->day && line->day >= CALENDAR_FIRST && line->day <= CALENDAR_LAST;
}

bool indicator_evaluate(struct sql *sql, const struct calendar *calendar, const struct indicator_touch *touch, struct indicator_line *list, size_t *count,
                        struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, touch->of->statement, SQL_ARGS(sql_int(touch->subject), sql_int((int64_t)touch->leaf)), &rows, err))
        return false;
    while (*count < INDICATOR_LINES && sql_next(&rows))
        *count += line_read(calendar, touch, &rows, &list[*count]);
    return sql_done(&rows, err);
}
