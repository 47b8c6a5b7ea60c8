/* The daily digest of new records that fit. */
#include "work/news.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "ledger/ledger.h"
#include "match/match.h"
#include "work/inbox.h"

enum { MORNING_MS = 8 * 3600000, CHINA_MS = 8 * 3600000, DAY_MS = 86400000, ROWS = 20000 };

static const char day_cursor[] = "news_day", place_cursor[] = "news";

struct news_row {
    int64_t account, records;
    uint64_t leaf;
};

struct news {
    struct sql *sql;
    struct arena arena;
    int64_t now_ms;
    int32_t today;
    uint64_t from, upto;
    struct news_row *rows;
    size_t count;
};

/* --- what is new, and for whom --- */

#define OWNED                                                                                                                 \
    "(SELECT id, owner FROM achievement WHERE to_leaf IS NULL AND status = 0 UNION ALL SELECT id, owner FROM need WHERE to_leaf IS NULL" \
    " AND status = 0 UNION ALL SELECT id, owner FROM scenario WHERE to_leaf IS NULL AND status = 0 UNION ALL SELECT id, owner FROM service" \
    " WHERE to_leaf IS NULL AND status = 0)"

/* Of each account its organisation's count, and the newest leaf among them: by it the message is one of its own. */
static const char fresh[] =
    "SELECT a.id, p.records, p.leaf FROM"
    " (SELECT r.owner AS owner, COUNT(DISTINCT l.object) AS records, MAX(l.leaf_index) AS leaf FROM ledger l"
    " JOIN fit f ON f.other = l.object AND f.rating >= ?3 JOIN " OWNED " r ON r.id = f.id"
    " LEFT JOIN " OWNED " o ON o.id = l.object AND o.owner = r.owner"
    " WHERE l.leaf_index >= ?1 AND l.leaf_index < ?2 AND l.version = 1 AND l.kind IN ('achievement', 'need', 'scenario', 'service')"
    " AND r.owner <> 0 AND o.id IS NULL GROUP BY r.owner) p"
    " JOIN account a ON a.party = p.owner AND a.to_leaf IS NULL AND a.disabled = 0"
    " LEFT JOIN reminder w ON w.account = a.id"
    " WHERE (w.digest IS NULL OR w.digest = 1) AND EXISTS (SELECT 1 FROM role_grant g WHERE g.account = a.id AND g.ended_leaf IS NULL"
    " AND g.role IN ('member', 'unit_admin', 'researcher', 'manager')) ORDER BY a.id LIMIT ?4";

static bool rows_read(struct news *news, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(news->sql, fresh, SQL_ARGS(sql_int((int64_t)news->from), sql_int((int64_t)news->upto), sql_int(MATCH_FAIR), sql_int(ROWS)), &rows, err))
        return false;
    news->rows = arena_alloc(&news->arena, ROWS * sizeof *news->rows);
    while (news->count < ROWS && sql_next(&rows))
        news->rows[news->count++] = (struct news_row){sql_number(&rows, 0), sql_number(&rows, 1), (uint64_t)sql_number(&rows, 2)};
    return sql_done(&rows, err);
}

/* The lists are behind the ledger by what their follower has not read: that is the next digest's. */
static bool gather(struct store *store, struct news *news, bool *due, struct err *err)
{
    uint64_t day;
    bool ok;

    if (!store_read(store, &news->sql, err))
        return false;
    ok = ledger_cursor(news->sql, day_cursor, &day, err) && ledger_cursor(news->sql, place_cursor, &news->from, err)
         && ledger_cursor(news->sql, "fit", &news->upto, err);
    *due = ok && day < (uint64_t)news->today;
    if (*due && news->from < news->upto)
        ok = rows_read(news, err);
    store_read_end(store, news->sql);
    return ok;
}

/* --- telling --- */

static bool tell(struct sql *sql, void *arg, struct err *err)
{
    const struct news *news = arg;
    uint64_t day;

    if (!ledger_cursor(sql, day_cursor, &day, err))
        return false;
    if (day >= (uint64_t)news->today)
        return true; /* another process was quicker */
    for (size_t i = 0; i < news->count; i++) {
        char about[24];

        snprintf(about, sizeof about, "%lld", (long long)news->rows[i].records);
        if (!inbox_put(sql, &(struct inbox_line){.account = news->rows[i].account, .leaf = news->rows[i].leaf, .what = "fresh", .about = about,
                                                 .made_ms = news->now_ms}, err))
            return false;
    }
    return ledger_cursor_set(sql, place_cursor, news->upto > news->from ? news->upto : news->from, err)
           && ledger_cursor_set(sql, day_cursor, (uint64_t)news->today, err);
}

bool news_tick(struct store *store, int64_t now_ms, size_t *made, struct err *err)
{
    struct news news = {.now_ms = now_ms, .today = day_of_ms(now_ms)};
    bool due = false, ok;

    *made = 0;
    if ((now_ms + CHINA_MS) % DAY_MS < MORNING_MS)
        return true;
    arena_init(&news.arena);
    ok = gather(store, &news, &due, err);
    if (ok && due)
        ok = store_write(store, "", tell, &news, err) == STORE_DONE;
    *made = ok && due ? news.count : 0;
    arena_release(&news.arena);
    return ok;
}
