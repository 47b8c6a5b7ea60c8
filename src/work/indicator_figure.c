/*
 * Figures out of the lines. What is known now is read from the sums; as of a past day, of one unit, and a median, from the lines
 * themselves: the same answer, which the tests hold against each other.
 */
#include <stdlib.h>

#include "work/indicator_int.h"

static const char resolve[] =
    "SELECT id, figure, held FROM indicator WHERE code = ?1 AND since <= ?2 AND known_from <= ?3 AND (known_to IS NULL OR known_to > ?3)"
    " ORDER BY since DESC, known_from DESC LIMIT 1";

/* ?1 definition, ?2 ?3 days, ?4 ?5 divisions */
static const char of_sums[] =
    "SELECT CAST(coalesce(sum(value), 0) AS BIGINT), CAST(coalesce(sum(base), 0) AS BIGINT), CAST(coalesce(sum(lines), 0) AS BIGINT) FROM indicator_sum"
    " WHERE definition = ?1 AND day BETWEEN ?2 AND ?3 AND region BETWEEN ?4 AND ?5";

/* ?6 as of, ?7 what ends then is out, ?8 the unit */
#define COUNTS " WHERE definition = ?1 AND day BETWEEN ?2 AND ?3 AND region BETWEEN ?4 AND ?5 AND known_from <= ?6 AND (known_to IS NULL OR known_to > ?6) AND until > ?7"
#define TOTALS "SELECT CAST(coalesce(sum(value), 0) AS BIGINT), CAST(coalesce(sum(base), 0) AS BIGINT), count(*) FROM indicator_row"
#define VALUES "SELECT value, count(*) FROM indicator_row"
/*
 * A page goes along the index in its order and stops when it is full: the inner LIMIT, which never bites, keeps the conditions outside, or
 * PostgreSQL takes them all for so narrow that it reads everything and sorts it (233 ms instead of 0.4 over 200,000 lines).
 */
#define PAGE(unit)                                                                                                                                            \
    "SELECT kind, record, leaf, day, value, base, region, party, subject, line FROM (SELECT * FROM indicator_row WHERE definition = ?1 AND day >= ?2"            \
    " AND (day, subject, line) < (?8, ?9, ?10) ORDER BY day DESC, subject DESC, line DESC LIMIT 9223372036854775807) AS those WHERE day <= ?3"                  \
    " AND region BETWEEN ?4 AND ?5 AND known_from <= ?6 AND (known_to IS NULL OR known_to > ?6) AND until > ?7" unit " LIMIT ?11"

static const char of_lines[] = TOTALS COUNTS;
static const char of_unit[] = TOTALS COUNTS " AND party = ?8";
static const char values_all[] = VALUES COUNTS " GROUP BY value ORDER BY value";
static const char values_unit[] = VALUES COUNTS " AND party = ?8 GROUP BY value ORDER BY value";
static const char by_unit[] = "SELECT party, CAST(sum(value) AS BIGINT), CAST(sum(base) AS BIGINT), count(*) FROM indicator_row" COUNTS
                              " AND party <> 0 GROUP BY party ORDER BY 2 DESC, party LIMIT ?8";
static const char lines_all[] = PAGE("");
static const char lines_unit[] = PAGE(" AND party = ?12");

void figure_ask_region(struct figure_ask *ask, int64_t division)
{
    int64_t span = division % 100 ? 1 : division % 10000 ? 100 : 10000;

    ask->region = division;
    ask->region_to = division ? division + span - 1 : 0;
}

/* --- one figure --- */

struct asked {
    int64_t definition; /* 0: nothing counts it */
    enum figure_sort figure;
    bool held;
    int32_t from, to, as_of;
    int64_t region_from, region_to, party;
};

static bool asked_read(struct sql *sql, const struct indicator *indicator, const struct figure_ask *ask, struct asked *asked, struct err *err)
{
    int32_t to = ask->to < ask->as_of ? ask->to : ask->as_of;
    struct sql_rows rows;

    *asked = (struct asked){.from = ask->from, .to = to, .as_of = ask->as_of, .region_to = ask->region_to, .region_from = ask->region, .party = ask->party};
    if (!ask->region)
        asked->region_to = INT32_MAX;
    if (!sql_rows(sql, resolve, SQL_ARGS(sql_text(slice_of(indicator->code)), sql_int(to), sql_int(ask->as_of)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        asked->definition = sql_number(&rows, 0);
        asked->figure = (enum figure_sort)sql_number(&rows, 1);
        asked->held = sql_number(&rows, 2) != 0;
    }
    if (asked->held)
        asked->from = CALENDAR_FIRST;
    return sql_done(&rows, err);
}

#define ASKED(asked)                                                                                                                              \
    sql_int((asked)->definition), sql_int((asked)->from), sql_int((asked)->to), sql_int((asked)->region_from), sql_int((asked)->region_to),         \
        sql_int((asked)->as_of), sql_int((asked)->held ? (asked)->to : CALENDAR_FIRST), sql_int((asked)->party)

static bool totals_read(struct sql *sql, const struct asked *asked, struct figure *figure, struct err *err)
{
    const struct sql_arg args[] = {ASKED(asked)};
    bool sums = asked->as_of == INDICATOR_NOW && !asked->party;
    struct sql_rows rows;

    if (!sql_rows(sql, sums ? of_sums : asked->party ? of_unit : of_lines, args, sums ? 5 : asked->party ? 8 : 7, &rows, err))
        return false;
    if (sql_next(&rows)) {
        figure->value = sql_number(&rows, 0);
        figure->base = sql_number(&rows, 1);
        figure->lines = sql_number(&rows, 2);
    }
    return sql_done(&rows, err);
}

struct pile { int64_t value, lines; };

/* The lower of the two in the middle. */
static bool median_read(struct sql *sql, const struct asked *asked, struct figure *figure, struct err *err)
{
    const struct sql_arg args[] = {ASKED(asked)};
    struct pile *piles = NULL;
    size_t count = 0, room = 0;
    struct sql_rows rows;
    int64_t below = 0;

    if (!sql_rows(sql, asked->party ? values_unit : values_all, args, asked->party ? 8 : 7, &rows, err))
        return false;
    while (sql_next(&rows)) {
        if (count == room) {
            room = room ? 2 * room : 256;
            piles = realloc(piles, room * sizeof *piles);
            if (!piles)
                abort();
        }
        piles[count] = (struct pile){sql_number(&rows, 0), sql_number(&rows, 1)};
        figure->lines += piles[count++].lines;
    }
    for (size_t i = 0; i < count && below < (figure->lines + 1) / 2; i++) {
        figure->number = piles[i].value;
        below += piles[i].lines;
    }
    free(piles);
    figure->value = figure->number;
    figure->known = figure->lines > 0;
    return sql_done(&rows, err);
}

/* value ÷ base in 万分比, down. */
static int64_t share_of(int64_t value, int64_t base)
{
    return (int64_t)((__int128)value * 10000 / base);
}

bool indicator_figure(struct sql *sql, const struct indicator *indicator, const struct figure_ask *ask, struct figure *figure, struct err *err)
{
    struct asked asked;

    *figure = (struct figure){0};
    if (!asked_read(sql, indicator, ask, &asked, err))
        return false;
    if (!asked.definition || asked.from > asked.to)
        return true;
    if (asked.figure == FIGURE_MEDIAN)
        return median_read(sql, &asked, figure, err);
    if (!totals_read(sql, &asked, figure, err))
        return false;
    figure->known = asked.figure != FIGURE_SHARE || figure->base > 0;
    if (figure->known)
        figure->number = asked.figure == FIGURE_SHARE ? share_of(figure->value, figure->base) : figure->value;
    return true;
}

/* --- what is behind it --- */

bool indicator_lines(struct sql *sql, const struct indicator *indicator, const struct figure_ask *ask, const struct figure_line *after, size_t most,
                     struct arena *arena, struct figure_line *list, size_t *count, struct err *err)
{
    struct asked asked;
    struct sql_rows rows;

    *count = 0;
    if (!asked_read(sql, indicator, ask, &asked, err))
        return false;
    if (!asked.definition)
        return true;
    {
        const struct sql_arg of[] = {ASKED(&asked)};
        struct sql_arg args[12];

        memcpy(args, of, 7 * sizeof *args);
        args[7] = sql_int(after ? after->day : asked.to + 1);
        args[8] = sql_int(after ? after->subject : 0);
        args[9] = sql_int(after ? after->line : 0);
        args[10] = sql_int((int64_t)most);
        args[11] = sql_int(asked.party);
        if (!sql_rows(sql, asked.party ? lines_unit : lines_all, args, asked.party ? 12 : 11, &rows, err))
            return false;
    }
    while (*count < most && sql_next(&rows))
        list[(*count)++] = (struct figure_line){.kind = arena_copy(arena, sql_slice(&rows, 0)), .record = sql_number(&rows, 1), .leaf = sql_number(&rows, 2),
                                                .day = (int32_t)sql_number(&rows, 3), .value = sql_number(&rows, 4), .base = sql_number(&rows, 5),
                                                .region = sql_number(&rows, 6), .party = sql_number(&rows, 7), .subject = sql_number(&rows, 8),
                                                .line = sql_number(&rows, 9)};
    return sql_done(&rows, err);
}

bool indicator_units(struct sql *sql, const struct indicator *indicator, const struct figure_ask *ask, size_t most, struct figure_unit *list, size_t *count,
                     struct err *err)
{
    struct figure_ask all = *ask;
    struct asked asked;
    struct sql_rows rows;

    *count = 0;
    all.party = (int64_t)most; /* stands where the unit's would */
    if (!asked_read(sql, indicator, &all, &asked, err))
        return false;
    if (!asked.definition)
        return true;
    if (!sql_rows(sql, by_unit, SQL_ARGS(ASKED(&asked)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        list[(*count)++] = (struct figure_unit){sql_number(&rows, 0), sql_number(&rows, 1), sql_number(&rows, 2), sql_number(&rows, 3)};
    return sql_done(&rows, err);
}
