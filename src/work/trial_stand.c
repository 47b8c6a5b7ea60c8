/* How a trial's readings stand against its targets, and the trials of a scenario counted. */
#include "work/first_use.h"

bool aim_met(const struct record *aim, const struct record *reading)
{
    int64_t target, value;

    if (!measure_read(matter_text(aim, AIM_TARGET), &target) || !measure_read(matter_text(reading, READING_VALUE), &value))
        return false;
    return slice_is(matter_text(aim, AIM_SENSE), "at_most") ? value <= target : value >= target;
}

static const struct record *reading_of(const struct matter_file *file, int64_t aim)
{
    for (size_t i = file->counts[1]; i-- > 0;)
        if (matter_number(&file->entries[1][i], READING_AIM) == aim)
            return &file->entries[1][i];
    return NULL;
}

/* entries[0] are the indicators and entries[1] the readings, as the sort names them. */
size_t trial_stand(const struct matter_file *file, struct aim_stand *list, size_t *met)
{
    *met = 0;
    for (size_t i = 0; i < file->counts[0]; i++) {
        const struct record *aim = &file->entries[0][i], *reading = reading_of(file, matter_number(aim, ENTRY_NO));

        list[i] = (struct aim_stand){aim, reading, reading && aim_met(aim, reading)};
        *met += list[i].met;
    }
    return file->counts[0];
}

static const char count_text[] =
    "SELECT count(*),"
    " CAST(COALESCE(SUM(CASE WHEN state = 'refused' THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN state = 'running' THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN outcome = 'reached' THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN outcome = 'part' THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " CAST(COALESCE(SUM(CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END), 0) AS BIGINT),"
    " count(bought_on) FROM trial WHERE scenario = ?1 AND to_leaf IS NULL";

bool scenario_count(struct sql *sql, int64_t scenario, struct scenario_count *count, struct err *err)
{
    int64_t *const numbers[] = {&count->trials, &count->refused, &count->running, &count->reached, &count->part, &count->failed, &count->bought};
    struct sql_rows rows;

    *count = (struct scenario_count){0};
    if (!sql_rows(sql, count_text, SQL_ARGS(sql_int(scenario)), &rows, err))
        return false;
    if (sql_next(&rows))
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            *numbers[i] = sql_number(&rows, (int)i);
    return sql_done(&rows, err);
}
