/* A platform's, a space's and a settlement's figures. */
#include "work/pilot_report.h"

#include <stdlib.h>

#include "base/clock.h"

enum { JOBS_MOST = 5000 };

/* --- medians --- */

static int number_order(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

int64_t lower_median(int64_t *list, size_t count)
{
    if (!count)
        return -1;
    if (count)
        qsort(list, count, sizeof *list, number_order);
    return list[(count - 1) / 2];
}

static int32_t row_day(const struct sql_rows *rows, int column)
{
    int32_t day;

    return !sql_is_null(rows, column) && day_parse(sql_slice(rows, column), &day) ? day : 0;
}

/* --- a platform --- */

struct reporting {
    struct sql *sql;
    const struct calendar *calendar;
    struct arena *arena;
    int32_t from, until;
    char first[CLOCK_TEXT], last[CLOCK_TEXT];
    int64_t *waits; /* working days to the quote, of all capabilities */
    size_t wait_count;
};

static bool hours_add(struct reporting *at, const struct record *capability, struct pilot_figures *figures, struct err *err)
{
    struct slot_hours hours;

    if (!slot_hours_read(at->sql, capability, at->calendar, at->from, at->until, &hours, err))
        return false;
    figures->available = slot_open_hours(capability, at->calendar, at->from, at->until);
    figures->used = hours.used;
    figures->maintained = hours.maintained;
    return true;
}

static const char jobs_text[] =
    "SELECT state, asked_on, quoted_on FROM pilot_job WHERE capability = ?1 AND to_leaf IS NULL AND asked_on >= ?2 AND asked_on <= ?3"
    " ORDER BY id LIMIT ?4";

static bool jobs_add(struct reporting *at, int64_t capability, struct pilot_figures *figures, struct err *err)
{
    size_t begin = at->wait_count;
    struct sql_rows rows;

    if (!sql_rows(at->sql, jobs_text,
                  SQL_ARGS(sql_int(capability), sql_text(slice_of(at->first)), sql_text(slice_of(at->last)), sql_int(JOBS_MOST)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct slice state = sql_slice(&rows, 0);
        int32_t asked = row_day(&rows, 1), quoted = row_day(&rows, 2);

        figures->asked++;
        figures->refused += slice_is(state, "refused");
        figures->cancelled += slice_is(state, "cancelled") || slice_is(state, "left");
        figures->quoted += quoted != 0;
        if (quoted && at->wait_count < JOBS_MOST)
            at->waits[at->wait_count++] = calendar_workdays(at->calendar, asked, quoted, NULL);
    }
    if (!sql_done(&rows, err))
        return false;
    figures->quote_days = lower_median(at->waits + begin, at->wait_count - begin);
    return true;
}

static const char results_text[] =
    "SELECT e.outcome, count(*), count(e.trl_written) FROM trl_evidence e JOIN pilot_job j ON j.id = e.matter AND j.to_leaf IS NULL"
    " WHERE j.capability = ?1 AND e.to_leaf IS NULL AND e.confirmed_on >= ?2 AND e.confirmed_on <= ?3 GROUP BY e.outcome";

static const char income_text[] =
    "SELECT CAST(COALESCE(SUM(b.amount), 0) AS BIGINT), CAST(COALESCE(SUM(b.by_voucher), 0) AS BIGINT) FROM bill b"
    " JOIN pilot_job j ON j.id = b.matter AND j.to_leaf IS NULL"
    " WHERE j.capability = ?1 AND b.to_leaf IS NULL AND b.paid_on >= ?2 AND b.paid_on <= ?3";

static bool results_add(struct reporting *at, int64_t capability, struct pilot_figures *figures, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(at->sql, results_text, SQL_ARGS(sql_int(capability), sql_text(slice_of(at->first)), sql_text(slice_of(at->last))), &rows, err))
        return false;
    while (sql_next(&rows)) {
        figures->done += sql_number(&rows, 1);
        figures->written += sql_number(&rows, 2);
        if (slice_is(sql_slice(&rows, 0), "reached"))
            figures->reached = sql_number(&rows, 1);
        if (slice_is(sql_slice(&rows, 0), "failed"))
            figures->failed = sql_number(&rows, 1);
    }
    if (!sql_done(&rows, err)
        || !sql_rows(at->sql, income_text, SQL_ARGS(sql_int(capability), sql_text(slice_of(at->first)), sql_text(slice_of(at->last))), &rows, err))
        return false;
    if (sql_next(&rows)) {
        figures->income = sql_number(&rows, 0);
        figures->by_voucher = sql_number(&rows, 1);
    }
    return sql_done(&rows, err);
}

static void figures_sum(struct pilot_figures *all, const struct pilot_figures *one)
{
    all->available += one->available;
    all->used += one->used;
    all->maintained += one->maintained;
    all->asked += one->asked;
    all->quoted += one->quoted;
    all->refused += one->refused;
    all->cancelled += one->cancelled;
    all->done += one->done;
    all->reached += one->reached;
    all->failed += one->failed;
    all->written += one->written;
    all->income += one->income;
    all->by_voucher += one->by_voucher;
}

static bool line_fill(struct reporting *at, const struct record *capability, struct pilot_line *line, struct err *err)
{
    *line = (struct pilot_line){.capability = capability->id, .name = matter_text(capability, CAPABILITY_NAME)};
    return hours_add(at, capability, &line->figures, err) && jobs_add(at, line->capability, &line->figures, err)
           && results_add(at, line->capability, &line->figures, err);
}

bool pilot_report(struct sql *sql, const struct calendar *calendar, int64_t service, int32_t from, int32_t until, struct arena *arena,
                  struct pilot_report *report, struct err *err)
{
    struct reporting at = {.sql = sql, .calendar = calendar, .arena = arena, .from = from, .until = until,
                           .waits = arena_alloc(arena, JOBS_MOST * sizeof *at.waits)};
    struct record *list = arena_alloc(arena, REPORT_LINES * sizeof *list);

    *report = (struct pilot_report){.count = 0};
    day_show(from, at.first);
    day_show(until, at.last);
    if (!capabilities_of(sql, service, REPORT_LINES, arena, list, &report->count, err))
        return false;
    for (size_t i = 0; i < report->count; i++) {
        if (!line_fill(&at, &list[i], &report->lines[i], err))
            return false;
        figures_sum(&report->all, &report->lines[i].figures);
    }
    report->all.quote_days = lower_median(at.waits, at.wait_count);
    return true;
}

/* --- a settlement --- */

static const char spent_text[] =
    "SELECT u.matter, COALESCE(u.job, u.service_order), v.number, p.name, u.entered_on, u.served_on, u.amount FROM voucher_use u"
    " JOIN voucher v ON v.id = u.matter AND v.to_leaf IS NULL LEFT JOIN party p ON p.id = v.holder AND p.to_leaf IS NULL"
    " WHERE u.platform = ?1 AND u.owner = ?2 AND u.sort = 'spend' AND u.entered_on >= ?3 AND u.entered_on <= ?4 AND u.to_leaf IS NULL"
    " ORDER BY u.entered_on, u.id LIMIT ?5";

bool settlement_lines(struct sql *sql, const struct record *settlement, struct arena *arena, struct spent_line *list, size_t most, size_t *count,
                      struct err *err)
{
    char first[CLOCK_TEXT], last[CLOCK_TEXT];
    struct sql_rows rows;
    int32_t from, until;

    *count = 0;
    half_year(matter_number(settlement, SETTLEMENT_YEAR), slice_is(matter_text(settlement, SETTLEMENT_HALF), "1") ? 1 : 2, &from, &until);
    if (!sql_rows(sql, spent_text,
                  SQL_ARGS(sql_int(matter_number(settlement, SETTLEMENT_PLATFORM)), sql_int(settlement->owner),
                           sql_text(slice_of(day_show(from, first))), sql_text(slice_of(day_show(until, last))), sql_int((int64_t)most)),
                  &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        list[(*count)++] = (struct spent_line){
            .voucher = sql_number(&rows, 0), .job = sql_number(&rows, 1), .number = arena_copy(arena, sql_slice(&rows, 2)),
            .holder = arena_copy(arena, sql_slice(&rows, 3)), .on = row_day(&rows, 4), .served_on = row_day(&rows, 5),
            .amount = sql_number(&rows, 6)};
    return sql_done(&rows, err);
}

/* --- a space --- */

static const char tenancies_text[] =
    "SELECT state, from_day, gone_on, staff, staff_then FROM tenancy WHERE space = ?1 AND to_leaf IS NULL ORDER BY id LIMIT ?2";

static const char given_text[] =
    "SELECT count(*), CAST(COALESCE(SUM(s.hours), 0) AS BIGINT) FROM space_service s JOIN tenancy t ON t.id = s.matter AND t.to_leaf IS NULL"
    " WHERE t.space = ?1 AND s.to_leaf IS NULL";

static bool given_read(struct sql *sql, int64_t space, struct space_figures *figures, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, given_text, SQL_ARGS(sql_int(space)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        figures->services = sql_number(&rows, 0);
        figures->hours = sql_number(&rows, 1);
    }
    return sql_done(&rows, err);
}

bool space_figures(struct sql *sql, int64_t space, struct space_figures *figures, struct err *err)
{
    int64_t days[SPACE_LINES];
    struct sql_rows rows;
    size_t count = 0;

    *figures = (struct space_figures){.graduation_days = -1};
    if (!sql_rows(sql, tenancies_text, SQL_ARGS(sql_int(space), sql_int(SPACE_LINES)), &rows, err))
        return false;
    while (count < SPACE_LINES && sql_next(&rows)) {
        bool graduated = slice_is(sql_slice(&rows, 0), "graduated");

        figures->resident += slice_is(sql_slice(&rows, 0), "resident");
        figures->left += slice_is(sql_slice(&rows, 0), "left");
        figures->waiting += slice_is(sql_slice(&rows, 0), "graduating") || slice_is(sql_slice(&rows, 0), "leaving") || slice_is(sql_slice(&rows, 0), "contested");
        figures->graduated += graduated;
        if (graduated)
            days[count++] = row_day(&rows, 2) - row_day(&rows, 1);
        if (graduated && !sql_is_null(&rows, 3) && !sql_is_null(&rows, 4))
            figures->staff_gained += sql_number(&rows, 4) - sql_number(&rows, 3);
    }
    if (!sql_done(&rows, err))
        return false;
    figures->graduation_days = lower_median(days, count);
    return given_read(sql, space, figures, err);
}
