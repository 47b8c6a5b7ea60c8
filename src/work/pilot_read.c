/* Capabilities and vouchers, each list in one read. */
#include "work/pilot.h"

static char *open_text, *service_text, *live_text;

void pilot_start(void)
{
    if (open_text)
        return;
    open_text = record_select(&kind_capability, "to_leaf IS NULL AND state = 'open' AND owner <> ?1 ORDER BY id LIMIT ?2");
    service_text = record_select(&kind_capability, "service = ?1 AND to_leaf IS NULL ORDER BY id LIMIT ?2");
    live_text = record_select(&kind_voucher, "holder = ?1 AND to_leaf IS NULL AND state = 'live' ORDER BY until_day, id LIMIT ?2");
}

static bool read(struct sql *sql, const struct kind *kind, const char *text, int64_t of, size_t most, struct arena *arena, struct record *list,
                 size_t *count, struct err *err)
{
    return record_rows(sql, kind, text, SQL_ARGS(sql_int(of), sql_int((int64_t)most)), most, arena, list, count, err);
}

bool capabilities_open(struct sql *sql, int64_t but, size_t most, struct arena *arena, struct record *list, size_t *count, struct err *err)
{
    return read(sql, &kind_capability, open_text, but, most, arena, list, count, err);
}

bool capabilities_of(struct sql *sql, int64_t service, size_t most, struct arena *arena, struct record *list, size_t *count, struct err *err)
{
    return read(sql, &kind_capability, service_text, service, most, arena, list, count, err);
}

bool vouchers_live(struct sql *sql, int64_t holder, size_t most, struct arena *arena, struct record *list, size_t *count, struct err *err)
{
    return read(sql, &kind_voucher, live_text, holder, most, arena, list, count, err);
}
