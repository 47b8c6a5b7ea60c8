/* A provider's credit, from the orders; and a guide's promise, from what is on its way. */
#include "work/hire.h"

#include "base/clock.h"

/* ?3: today. Sums over no row are NULL: each is cast so that both engines give a whole number. */
static const char credit_text[] =
    "SELECT count(*),"
    " CAST(COALESCE(SUM(CASE WHEN state = 'refused' THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN state = 'withdrawn' THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN state = 'broken_off' THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " count(delivered_on),"
    " CAST(COALESCE(SUM(CASE WHEN days_late > 0 THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(days_late), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(at_first), 0) AS BIGINT),"
    " count(grade),"
    " CAST(COALESCE(SUM(CASE WHEN grade IN ('very_good', 'good', 'fair') THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN grade IN ('poor', 'very_poor') THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN grade IN ('poor', 'very_poor') AND answer IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN state = 'working' THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN state = 'working' AND agreed_on < ?3 THEN 1 ELSE 0 END), 0) AS BIGINT)"
    " FROM service_order WHERE owner = ?1 AND (CAST(?2 AS BIGINT) = 0 OR service = ?2) AND to_leaf IS NULL";

bool credit_read(struct sql *sql, int64_t provider, int64_t service, int32_t today, struct credit *credit, struct err *err)
{
    int64_t *const numbers[] = {&credit->orders, &credit->refused,  &credit->withdrawn, &credit->broken_off, &credit->delivered,
                                &credit->late,   &credit->days_late, &credit->at_first,  &credit->rated,      &credit->good,
                                &credit->bad,    &credit->answered, &credit->working,   &credit->overdue};
    char day[CLOCK_TEXT];
    struct sql_rows rows;

    *credit = (struct credit){0};
    if (!sql_rows(sql, credit_text, SQL_ARGS(sql_int(provider), sql_int(service), sql_text(slice_of(day_show(today, day)))), &rows, err))
        return false;
    if (sql_next(&rows))
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            *numbers[i] = sql_number(&rows, (int)i);
    return sql_done(&rows, err);
}

/* The day on which each was placed or sent: of orders it stands in their first version. */
static const char ordered_text[] =
    "SELECT f.since FROM service_order o JOIN service_order f ON f.id = o.id AND f.ver = 1"
    " WHERE o.service = ?1 AND o.to_leaf IS NULL AND o.state IN ('asked', 'quoted', 'working') ORDER BY o.id LIMIT ?2";
static const char sent_text[] =
    "SELECT r.sent_on FROM registration r JOIN deal d ON d.id = r.deal AND d.to_leaf IS NULL"
    " WHERE r.to_leaf IS NULL AND r.result IS NULL AND r.sent_on IS NOT NULL AND d.status = 0 AND CAST(?1 AS BIGINT) >= 0 ORDER BY r.id LIMIT ?2";

enum { PROMISED_MOST = 5000 };

bool promise_read(struct sql *sql, const struct record *guide, const struct calendar *calendar, int32_t today, struct promise *promise, struct err *err)
{
    struct slice begins = matter_text(guide, GUIDE_BEGINS);
    const char *text = slice_is(begins, "order") ? ordered_text : sent_text;
    struct sql_rows rows;
    int32_t day;

    *promise = (struct promise){.counted = slice_is(begins, "order") || slice_is(begins, "registration")};
    if (!promise->counted)
        return true;
    if (!sql_rows(sql, text, SQL_ARGS(sql_int(matter_number(guide, GUIDE_SERVICE)), sql_int(PROMISED_MOST)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        promise->open++;
        promise->late += day_parse(sql_slice(&rows, 0), &day) && calendar_workdays(calendar, day, today, NULL) > matter_number(guide, GUIDE_DAYS);
    }
    return sql_done(&rows, err);
}
