#include "work/standing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "record/record.h"
#include "work/deal_int.h"

enum { FOLLOW_LEAVES = 2000, FOLLOW_DEALS = 40 };

static const char cursor_name[] = "standing";

static const char *const turns[] = {[TURN_UNIT] = "unit",           [TURN_TEAM] = "team",   [TURN_BODY] = "body", [TURN_BUYER] = "buyer",
                                    [TURN_REGISTRAR] = "registrar", [TURN_CLOCK] = "clock"};

const char *turn_code(enum turn turn)
{
    return turns[turn];
}

const char *turn_label(enum turn turn)
{
    static const char *const whom[] = {
        [TURN_UNIT] = N_("单位成果转化部门"), [TURN_TEAM] = N_("完成人"),        [TURN_BODY] = N_("审批机构"),
        [TURN_BUYER] = N_("受让方"),          [TURN_REGISTRAR] = N_("登记机构"), [TURN_CLOCK] = N_("等期满"),
    };

    return whom[turn];
}

/* --- the follower --- */

struct seen {
    int64_t deal, owner, region, since_ms;
    bool open;
    int at;
    enum turn turn;
    int32_t due;
    struct due dues[DUES_MOST];
    size_t count;
};

struct round {
    struct sql *sql;
    const struct law *law;
    int32_t today;
    uint64_t from, next;
    struct seen *seen;
    int64_t deals[FOLLOW_DEALS];
    size_t count;
};

/* Each deal once a round. false ends the round before this leaf, with no error. */
static bool deal_take(const struct leaf *leaf, void *arg, struct err *err)
{
    struct round *round = arg;
    bool known = strcmp(leaf->kind, kind_deal.name) != 0;

    err_clear(err);
    for (size_t i = 0; !known && i < round->count; i++)
        known = round->deals[i] == leaf->object;
    if (!known && round->count == FOLLOW_DEALS)
        return false;
    if (!known)
        round->deals[round->count++] = leaf->object;
    round->next = leaf->index + 1;
    return true;
}

/* Since when it has stood at this pier; where it waits for the agency, since it was sent there. */
static bool since_read(struct sql *sql, const struct deal_file *file, enum turn turn, int64_t *since_ms, struct err *err)
{
    const struct record *registration = deal_newest(file, KIND_REGISTRATION);
    bool found;

    if (turn == TURN_REGISTRAR && registration) {
        *since_ms = registration->valid_from;
        return true;
    }
    return sql_one(sql,
                   "SELECT min(valid_from) FROM deal WHERE id = ?1 AND ver > (SELECT coalesce(max(ver), 0) FROM deal"
                   " WHERE id = ?1 AND pier <> ?2)",
                   SQL_ARGS(sql_int(file->deal.id), sql_text(paper_text(&file->deal, DEAL_PIER))), since_ms, &found, err);
}

static bool deal_see(const struct round *round, int64_t id, struct seen *seen, struct err *err)
{
    struct deal_bridge bridge;
    struct deal_file file;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    *seen = (struct seen){.deal = id};
    ok = deal_load(round->sql, id, round->today, &arena, &file, err) && deal_look(round->law, &file, &bridge, err)
         && deal_dues(round->law, &file, &bridge, &arena, seen->dues, &seen->count, err);
    if (ok) {
        seen->owner = file.deal.owner;
        seen->region = file.region;
        seen->open = file.deal.status == RECORD_OPEN && bridge.at < PIER_COUNT && !deal_rests(&file);
        seen->at = bridge.at;
    }
    if (ok && seen->open) {
        seen->turn = bridge.piers[bridge.at].turn;
        seen->due = bridge.piers[bridge.at].due;
        ok = since_read(round->sql, &file, seen->turn, &seen->since_ms, err);
    }
    arena_release(&arena);
    return ok;
}

/* One that cannot be read holds up no other: tieqiao check says what ails it. */
static bool deals_see(struct round *round, struct err *err)
{
    for (size_t i = 0; i < round->count; i++)
        if (!deal_see(round, round->deals[i], &round->seen[i], err)) {
            if (err->code != ERR_MISSING && err->code != ERR_CORRUPT && err->code != ERR_INVALID)
                return false;
            log_warn("standing: deal %lld: %s", (long long)round->deals[i], err->message);
            round->seen[i] = (struct seen){.deal = round->deals[i]};
        }
    return true;
}

/* What was told is remembered, unless the day has moved. */
static bool due_store(struct sql *sql, const struct seen *seen, const struct due *due, int32_t today, struct err *err)
{
    return sql_put(sql,
                   "INSERT INTO deal_due (deal, sort, no, day, wake, owner, region) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                   " ON CONFLICT (deal, sort, no) DO UPDATE SET day = excluded.day, owner = excluded.owner, region = excluded.region,"
                   " wake = CASE WHEN deal_due.day = excluded.day THEN deal_due.wake ELSE excluded.wake END",
                   SQL_ARGS(sql_int(seen->deal), sql_text(slice_of(due->sort->name)), sql_int(due->no), sql_int(due->day),
                            sql_int(due_wake(due->sort, due->day, 0, today)), sql_int(seen->owner), sql_int(seen->region)),
                   err);
}

struct kept {
    char sort[32];
    int64_t no;
};

static bool is_due(const struct seen *seen, const struct kept *kept)
{
    for (size_t i = 0; i < seen->count; i++)
        if (seen->dues[i].no == kept->no && strcmp(seen->dues[i].sort->name, kept->sort) == 0)
            return true;
    return false;
}

static bool gone_delete(struct sql *sql, const struct seen *seen, struct err *err)
{
    struct kept list[2 * DUES_MOST];
    struct sql_rows rows;
    size_t count = 0;

    if (!sql_rows(sql, "SELECT sort, no FROM deal_due WHERE deal = ?1", SQL_ARGS(sql_int(seen->deal)), &rows, err))
        return false;
    while (count < 2 * DUES_MOST && sql_next(&rows)) {
        struct slice sort = sql_slice(&rows, 0);

        snprintf(list[count].sort, sizeof list[count].sort, "%.*s", (int)sort.len, sort.at);
        list[count++].no = sql_number(&rows, 1);
    }
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_due(seen, &list[i])
            && !sql_put(sql, "DELETE FROM deal_due WHERE deal = ?1 AND sort = ?2 AND no = ?3",
                        SQL_ARGS(sql_int(seen->deal), sql_text(slice_of(list[i].sort)), sql_int(list[i].no)), err))
            return false;
    return true;
}

static bool stand_store(struct sql *sql, const struct seen *seen, struct err *err)
{
    if (!seen->open)
        return sql_put(sql, "DELETE FROM deal_stand WHERE deal = ?1", SQL_ARGS(sql_int(seen->deal)), err);
    return sql_put(sql,
                   "INSERT INTO deal_stand (deal, owner, region, pier, turn, since_ms, due) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                   " ON CONFLICT (deal) DO UPDATE SET owner = excluded.owner, region = excluded.region, pier = excluded.pier,"
                   " turn = excluded.turn, since_ms = excluded.since_ms, due = excluded.due",
                   SQL_ARGS(sql_int(seen->deal), sql_int(seen->owner), sql_int(seen->region),
                            sql_text(slice_of(pier_code((enum pier)seen->at))), sql_text(slice_of(turn_code(seen->turn))),
                            sql_int(seen->since_ms), sql_int(seen->due)),
                   err);
}

static bool seen_store(struct sql *sql, const struct seen *seen, int32_t today, struct err *err)
{
    if (!stand_store(sql, seen, err) || !gone_delete(sql, seen, err))
        return false;
    for (size_t i = 0; i < seen->count; i++)
        if (!due_store(sql, seen, &seen->dues[i], today, err))
            return false;
    return true;
}

static bool round_store(struct sql *sql, void *arg, struct err *err)
{
    const struct round *round = arg;
    uint64_t stands;

    if (!ledger_cursor(sql, cursor_name, &stands, err))
        return false;
    if (stands != round->from)
        return true; /* another process went on */
    for (size_t i = 0; i < round->count; i++)
        if (!seen_store(sql, &round->seen[i], round->today, err))
            return false;
    return ledger_cursor_set(sql, cursor_name, round->next, err);
}

static bool gather(struct store *store, struct round *round, uint64_t *size, struct err *err)
{
    bool ok;

    if (!store_read(store, &round->sql, err))
        return false;
    ok = ledger_size(round->sql, size, err) && ledger_cursor(round->sql, cursor_name, &round->from, err);
    round->next = round->from;
    if (ok && round->from < *size && !ledger_follow(round->sql, round->from, FOLLOW_LEAVES, deal_take, round, err))
        ok = err->code == ERR_NONE; /* the round is full */
    ok = ok && deals_see(round, err);
    store_read_end(store, round->sql);
    return ok;
}

bool standing_follow(struct store *store, const struct law *law, int64_t now_ms, size_t *changed, bool *more, struct err *err)
{
    struct round round = {.law = law, .today = day_of_ms(now_ms)};
    uint64_t size = 0;
    bool ok;

    round.seen = calloc(FOLLOW_DEALS, sizeof *round.seen);
    if (!round.seen)
        return err_set(err, ERR_MEMORY, "内存不足");
    ok = gather(store, &round, &size, err);
    if (ok && round.next > round.from)
        ok = store_write(store, "", round_store, &round, err) == STORE_DONE;
    *changed = ok ? round.count : 0;
    *more = ok && round.next < size;
    free(round.seen);
    return ok;
}

bool standing_forget(struct sql *sql, struct err *err)
{
    return sql_put(sql, "DELETE FROM deal_stand", SQL_NO_ARGS, err) && sql_put(sql, "DELETE FROM deal_due", SQL_NO_ARGS, err)
           && ledger_cursor_set(sql, cursor_name, 0, err);
}

/* --- read --- */

static bool turn_read(struct slice code, enum turn *turn)
{
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++)
        if (slice_is(code, turns[i])) {
            *turn = (enum turn)i;
            return true;
        }
    return false;
}

static bool stood_read(const struct sql_rows *rows, struct stood *stood)
{
    int pier = 0;

    while (pier < PIER_COUNT && !slice_is(sql_slice(rows, 2), pier_code((enum pier)pier)))
        pier++;
    *stood = (struct stood){.deal = sql_number(rows, 0), .owner = sql_number(rows, 1), .pier = (enum pier)pier,
                            .since_ms = sql_number(rows, 4), .due = (int32_t)sql_number(rows, 5)};
    return pier < PIER_COUNT && turn_read(sql_slice(rows, 3), &stood->turn);
}

static bool stood_list(struct sql *sql, const char *statement, const struct sql_arg *args, size_t arg_count, struct stood *list,
                       size_t most, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, statement, args, arg_count, &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        *count += stood_read(&rows, &list[*count]);
    return sql_done(&rows, err);
}

#define STOOD "SELECT deal, owner, pier, turn, since_ms, due FROM deal_stand"

bool standing_of_unit(struct sql *sql, int64_t owner, struct stood *list, size_t most, size_t *count, struct err *err)
{
    size_t dated;

    if (!stood_list(sql, STOOD " WHERE owner = ?1 AND due > 0 AND turn <> 'clock' ORDER BY due, since_ms LIMIT ?2",
                    SQL_ARGS(sql_int(owner), sql_int((int64_t)most)), list, most, &dated, err)
        || !stood_list(sql, STOOD " WHERE owner = ?1 AND due = 0 ORDER BY due, since_ms LIMIT ?2",
                       SQL_ARGS(sql_int(owner), sql_int((int64_t)(most - dated))), list + dated, most - dated, count, err))
        return false;
    *count += dated;
    return true;
}

bool standing_of_region(struct sql *sql, int64_t from, int64_t to, struct stood *list, size_t most, size_t *count, struct err *err)
{
    return stood_list(sql, STOOD " WHERE region >= ?1 AND region <= ?2 ORDER BY since_ms LIMIT ?3",
                      SQL_ARGS(sql_int(from), sql_int(to), sql_int((int64_t)most)), list, most, count, err);
}

bool standing_registrations(struct sql *sql, int64_t from, int64_t to, struct stood *list, size_t most, size_t *count, struct err *err)
{
    return stood_list(sql, STOOD " WHERE turn = 'registrar' AND region >= ?1 AND region <= ?2 ORDER BY since_ms LIMIT ?3",
                      SQL_ARGS(sql_int(from), sql_int(to), sql_int((int64_t)most)), list, most, count, err);
}

#define DUE_ROWS "SELECT deal, no, sort, day FROM deal_due"

bool standing_dues(struct sql *sql, int64_t owner, int64_t from, int64_t to, int32_t day, struct due_row *list, size_t most,
                   size_t *count, struct err *err)
{
    static const char of_unit[] = DUE_ROWS " WHERE owner = ?1 AND day >= ?2 ORDER BY day, deal LIMIT ?3";
    static const char of_region[] = DUE_ROWS " WHERE region >= ?1 AND region <= ?4 AND day >= ?2 ORDER BY day, deal LIMIT ?3";
    struct sql_rows rows;

    *count = 0;
    if (!(owner ? sql_rows(sql, of_unit, SQL_ARGS(sql_int(owner), sql_int(day), sql_int((int64_t)most)), &rows, err)
                : sql_rows(sql, of_region, SQL_ARGS(sql_int(from), sql_int(day), sql_int((int64_t)most), sql_int(to)), &rows, err)))
        return false;
    while (*count < most && sql_next(&rows)) {
        struct due_row row = {sql_number(&rows, 0), sql_number(&rows, 1), due_sort_find(sql_slice(&rows, 2)), (int32_t)sql_number(&rows, 3)};

        if (row.sort)
            list[(*count)++] = row;
    }
    return sql_done(&rows, err);
}
