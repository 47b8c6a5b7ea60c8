#include "work/sweep.h"

#include "work/attachment.h"
#include "work/import.h"
#include "work/reminder.h"

static const int64_t draft_ms = (int64_t)DRAFT_DAYS * 86400000;

static bool rows_sweep(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *now_ms = arg;

    return sql_put(sql, "DELETE FROM draft WHERE changed_ms < ?1", SQL_ARGS(sql_int(*now_ms - draft_ms)), err)
           && reminder_sweep(sql, *now_ms, err);
}

bool sweep(struct store *store, int64_t now_ms, struct err *err)
{
    return store_write(store, "", rows_sweep, &now_ms, err) == STORE_DONE && import_sweep(store, now_ms, err)
           && attachment_sweep(store, now_ms, err);
}
