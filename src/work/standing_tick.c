/* The clock of deals: what came due becomes a leaf, once. */
#include "work/standing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "record/record.h"
#include "seal/seal.h"
#include "work/deal_int.h"

enum { REQUEST = LEAF_REQUEST + 1, DAY_TEXT = 10 };

struct ticking {
    const struct law *law;
    int64_t deal, no, time_ms;
    int32_t day, wake, today;
    char sort[32], request_id[REQUEST];
    unsigned char salts[RECORD_COMMITTED * LEAF_SALT];
    bool written;
};

/* "due-1234-instalment.2-2026-03-15-late" */
static void request_make(struct ticking *ticking)
{
    char day[CLOCK_TEXT];

    snprintf(ticking->request_id, sizeof ticking->request_id, LEAF_OWN_DUE "%lld-%s.%lld-%s-%s", (long long)ticking->deal, ticking->sort,
             (long long)ticking->no, day_show(ticking->day, day), ticking->wake > ticking->day ? "late" : "ahead");
}

bool due_told_read(const struct leaf *leaf, struct due_told *told)
{
    static const unsigned char nobody[LEAF_ACTOR];
    struct slice rest = slice_of(leaf->request_id), part, sort;

    if (strcmp(leaf->action, "deal.due") != 0 || memcmp(leaf->actor, nobody, LEAF_ACTOR) != 0 || !slice_cut(&rest, '-', &part)
        || !slice_cut(&rest, '-', &part) || !slice_cut(&rest, '-', &part) || !slice_cut(&part, '.', &sort)
        || rest.len < DAY_TEXT)
        return false;
    *told = (struct due_told){.sort = due_sort_find(sort), .late = slice_is((struct slice){rest.at + DAY_TEXT, rest.len - DAY_TEXT}, "-late")};
    for (size_t i = 0; i < part.len && i < 9 && part.at[i] >= '0' && part.at[i] <= '9'; i++)
        told->no = told->no * 10 + (part.at[i] - '0');
    return told->sort && day_parse((struct slice){rest.at, DAY_TEXT}, &told->day);
}

static bool wake_set(struct sql *sql, const struct ticking *ticking, int32_t day, int32_t wake, struct err *err)
{
    return sql_put(sql, "UPDATE deal_due SET wake = ?4, day = ?5 WHERE deal = ?1 AND sort = ?2 AND no = ?3",
                   SQL_ARGS(sql_int(ticking->deal), sql_text(slice_of(ticking->sort)), sql_int(ticking->no), sql_int(wake), sql_int(day)),
                   err);
}

static bool due_gone(struct sql *sql, const struct ticking *ticking, struct err *err)
{
    return sql_put(sql, "DELETE FROM deal_due WHERE deal = ?1 AND sort = ?2 AND no = ?3",
                   SQL_ARGS(sql_int(ticking->deal), sql_text(slice_of(ticking->sort)), sql_int(ticking->no)), err);
}

/* The deal keeps its version: there is nothing in it that has changed. */
static bool leaf_alone(struct sql *sql, const struct ticking *ticking, const struct record *deal, struct err *err)
{
    struct leaf leaf = {.time_ms = ticking->time_ms, .action = "deal.due", .kind = "due", .object = deal->id,
                        .version = (uint32_t)deal->ver};

    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", ticking->request_id);
    seal_sha256(NULL, 0, leaf.root);
    return ledger_append(sql, &leaf, err);
}

static bool leaf_write_down(struct sql *sql, struct ticking *ticking, const struct deal_file *file, const struct deal_bridge *bridge,
                            struct err *err)
{
    const struct record_event event = {.action = "deal.due", .request_id = ticking->request_id, .time_ms = ticking->time_ms};
    struct record deal = file->deal;

    if (bridge->at == PIER_COUNT || paper_is(&deal, DEAL_PIER, pier_code((enum pier)bridge->at)))
        return leaf_alone(sql, ticking, &deal, err);
    deal.author = 0;
    deal.values[DEAL_PIER].text = slice_of(pier_code((enum pier)bridge->at));
    memcpy(deal.salts, ticking->salts, sizeof deal.salts);
    return record_put(sql, &deal, &file->deal, &event, err);
}

static const struct due *due_find(const struct ticking *ticking, const struct due *dues, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dues[i].no == ticking->no && strcmp(dues[i].sort->name, ticking->sort) == 0)
            return &dues[i];
    return NULL;
}

static bool tick_in(struct sql *sql, struct ticking *ticking, struct arena *arena, struct err *err)
{
    struct due dues[DUES_MOST];
    const struct due *due;
    struct deal_file file;
    struct deal_bridge bridge;
    struct leaf leaf;
    size_t count;
    bool done;

    if (!ledger_request(sql, slice_of(ticking->request_id), &leaf, &done, err)
        || !deal_load(sql, ticking->deal, ticking->today, arena, &file, err) || !deal_look(ticking->law, &file, &bridge, err)
        || !deal_dues(ticking->law, &file, &bridge, arena, dues, &count, err))
        return false;
    due = due_find(ticking, dues, count);
    if (!due)
        return due_gone(sql, ticking, err);
    if (due->day == ticking->day && ticking->wake <= due->day && ticking->today > due->day) /* nobody looked in time: it is late */
        return wake_set(sql, ticking, due->day, due->day + 1, err);
    if (due->day != ticking->day) /* it has moved meanwhile */
        return wake_set(sql, ticking, due->day, due_wake(due->sort, due->day, 0, ticking->today), err);
    if (!done && !leaf_write_down(sql, ticking, &file, &bridge, err))
        return false;
    ticking->written = !done;
    return wake_set(sql, ticking, due->day, due_wake(due->sort, due->day, ticking->wake, ticking->today), err);
}

static bool tick_step(struct sql *sql, void *arg, struct err *err)
{
    struct ticking *ticking = arg;
    struct arena arena;
    bool ok;

    ticking->written = false;
    arena_init(&arena);
    ok = tick_in(sql, ticking, &arena, err);
    arena_release(&arena);
    return ok;
}

static bool due_read(struct store *store, int32_t today, size_t most, struct ticking *list, size_t *count, struct err *err)
{
    struct sql_rows rows;
    struct sql *sql;
    bool ok;

    *count = 0;
    if (!store_read(store, &sql, err))
        return false;
    ok = sql_rows(sql, "SELECT deal, no, wake, sort, day FROM deal_due WHERE wake > 0 AND wake <= ?1 ORDER BY wake, deal LIMIT ?2",
                  SQL_ARGS(sql_int(today), sql_int((int64_t)most)), &rows, err);
    while (ok && *count < most && sql_next(&rows)) {
        struct ticking *ticking = &list[(*count)++];
        struct slice sort = sql_slice(&rows, 3);

        *ticking = (struct ticking){.deal = sql_number(&rows, 0), .no = sql_number(&rows, 1), .wake = (int32_t)sql_number(&rows, 2),
                                    .day = (int32_t)sql_number(&rows, 4)};
        snprintf(ticking->sort, sizeof ticking->sort, "%.*s", (int)sort.len, sort.at);
    }
    ok = ok && sql_done(&rows, err);
    store_read_end(store, sql);
    return ok;
}

/* What cannot be told now is tried again at the next call, and holds up no other. */
static bool tick_each(struct store *store, struct ticking *list, size_t count, size_t *told, struct err *err)
{
    struct err first = {0};

    for (size_t i = 0; i < count; i++) {
        request_make(&list[i]);
        seal_random(list[i].salts, sizeof list[i].salts);
        if (store_write(store, list[i].request_id, tick_step, &list[i], err) == STORE_DONE)
            *told += list[i].written;
        else if (!first.code)
            first = *err;
    }
    *err = first;
    return first.code == ERR_NONE;
}

bool standing_tick(struct store *store, const struct law *law, int64_t now_ms, size_t most, size_t *told, bool *more,
                   struct err *err)
{
    struct ticking *list = calloc(most, sizeof *list);
    size_t count = 0;
    bool ok;

    *told = 0;
    *more = false;
    if (!list)
        return err_set(err, ERR_MEMORY, "内存不足");
    ok = due_read(store, day_of_ms(now_ms), most, list, &count, err);
    for (size_t i = 0; i < count; i++) {
        list[i].law = law;
        list[i].time_ms = now_ms;
        list[i].today = day_of_ms(now_ms);
    }
    *more = ok && count == most;
    ok = ok && tick_each(store, list, count, told, err);
    free(list);
    return ok;
}
