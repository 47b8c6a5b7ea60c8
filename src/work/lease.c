#include "work/lease.h"

bool lease_hold(struct sql *sql, const char *name, int64_t holder, int64_t now_ms, int64_t until_ms, bool *held, struct err *err)
{
    int64_t changed;

    if (!sql_count(sql,
                   "INSERT INTO lease (name, holder, until_ms) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE"
                   " SET holder = excluded.holder, until_ms = excluded.until_ms"
                   " WHERE lease.holder = excluded.holder OR lease.until_ms < ?4",
                   SQL_ARGS(sql_text(slice_of(name)), sql_int(holder), sql_int(until_ms), sql_int(now_ms)), &changed, err))
        return false;
    *held = changed == 1;
    return true;
}

bool lease_drop(struct sql *sql, const char *name, int64_t holder, struct err *err)
{
    return sql_put(sql, "DELETE FROM lease WHERE name = ?1 AND holder = ?2",
                   SQL_ARGS(sql_text(slice_of(name)), sql_int(holder)), err);
}
