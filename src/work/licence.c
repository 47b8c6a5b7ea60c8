/* Licences of an achievement that stand. */
#include "work/licence.h"

#include "base/clock.h"
#include "record/finance.h"
#include "record/right.h"

bool licence_alone(struct slice licence)
{
    return slice_is(licence, "exclusive") || slice_is(licence, "sole");
}

static const char standing_text[] =
    "SELECT count(*), CAST(COALESCE(SUM(CASE WHEN licence IN ('exclusive', 'sole') THEN 1 ELSE 0 END), 0) AS BIGINT) FROM ("
    "SELECT t.licence FROM try_licence t LEFT JOIN party p ON p.id = t.from_party AND p.to_leaf IS NULL"
    " WHERE t.achievement = ?1 AND t.id <> ?2 AND t.to_leaf IS NULL AND t.state IN ('free', 'due', 'paid')"
    " AND t.from_party <> ?5 AND (p.name IS NULL OR p.name <> ?6)"
    " UNION ALL SELECT c.licence FROM contract c JOIN deal d ON d.id = c.deal AND d.to_leaf IS NULL"
    " WHERE d.achievement = ?1 AND d.id <> ?3 AND c.to_leaf IS NULL AND c.licence IS NOT NULL AND (c.until IS NULL OR c.until >= ?4)"
    " AND (d.buyer_party IS NULL OR d.buyer_party <> ?5) AND (d.buyer IS NULL OR d.buyer <> ?6)) AS stands";

bool licences_standing(struct sql *sql, struct licences *licences, struct err *err)
{
    char day[CLOCK_TEXT];
    struct sql_rows rows;

    licences->all = licences->alone = 0;
    if (!sql_rows(sql, standing_text,
                  SQL_ARGS(sql_int(licences->achievement), sql_int(licences->but_try), sql_int(licences->but_deal),
                           sql_text(slice_of(day_show(licences->on, day))), sql_int(licences->licensee), sql_text(licences->licensee_name)),
                  &rows, err))
        return false;
    if (sql_next(&rows)) {
        licences->all = sql_number(&rows, 0);
        licences->alone = sql_number(&rows, 1);
    }
    return sql_done(&rows, err);
}

bool licence_is_open(struct sql *sql, struct slice rights, struct arena *arena, bool *open, struct err *err)
{
    struct slice line, number;
    struct right right;
    struct err ignored;
    int64_t one;

    *open = false;
    while (!*open && slice_cut(&rights, '\n', &line))
        if (line.len && right_read(line, &right, &ignored) && right.number.len && patent_number_read(right.number, arena, &number, &ignored)
            && !sql_one(sql, "SELECT id FROM patent WHERE number = ?1 AND open_licence = 1 AND status = 0 AND to_leaf IS NULL LIMIT 1",
                        SQL_ARGS(sql_text(number)), &one, open, err))
            return false;
    return true;
}
