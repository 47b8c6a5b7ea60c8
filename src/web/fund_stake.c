/*
 * Beside a stake (先投后股): what its shares would be at each round, and what is due on exit. Adds "stake":
 * {rounds: [{no, on, raised, day_raised, market, valuation, price, shares, cost, rest, after, holds, capped, here, agreed, contested}], least, due, days, failed}
 * And the tolerance ledger (容亏台账): {"tolerance": {lines: [{href, title, amount, loss, why, diligence, paper, checks, on, state}], supported,
 * lost, count, share, next}}: all for officers of the city and auditors, else those of the reader's own organisation
 */
#include "web/fund.h"

#include "base/clock.h"
#include "base/json.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/stake.h"

enum { TOLERANCE_LINES = 40 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

/* --- trial conversion --- */

/* Yuan a share with six decimals, cut down; exact is the fraction that shares are reckoned by. */
static struct slice price_text(const struct request *request, int64_t valuation, int64_t shares)
{
    __int128 millionths = (__int128)valuation * 10000 / shares;

    return PUT(request, "%lld.%06lld", (long long)(millionths / 1000000), (long long)(millionths % 1000000));
}

static void trial_put(const struct request *request, const struct stake_terms *terms, const struct stake_round *round, json_t *out)
{
    struct stake_trial trial;
    struct err err;

    err_clear(&err);
    if (!stake_convert(terms, round, &trial, &err)) {
        json_put(out, "problem", say_message(request, &err));
        return;
    }
    json_put_id(out, "valuation", trial.valuation);
    json_put(out, "price", price_text(request, trial.valuation, round->shares));
    json_put_id(out, "shares", trial.shares);
    json_put_id(out, "cost", trial.cost);
    json_put_id(out, "rest", trial.rest);
    json_put_id(out, "after", trial.after);
    json_object_set_new_nocheck(out, "holds", trial.after ? json_integer((json_int_t)((__int128)trial.shares * 10000 / trial.after)) : json_null());
    json_object_set_new_nocheck(out, "capped", json_boolean(trial.capped));
}

static int64_t raised_that_day(const struct stake_round *rounds, size_t count, int32_t day)
{
    size_t pick;
    int64_t raised, sum = 0;

    for (size_t i = 0; i < count; i++)
        if (rounds[i].day == day) {
            stake_pick(&rounds[i], 1, 0, true, &pick, &raised);
            sum += raised;
        }
    return sum;
}

/* agreed: the rounds that both sides stand by. */
static json_t *round_json(const struct request *request, const struct record *stake, const struct record *entry, const struct stake_round *agreed,
                          size_t count)
{
    struct stake_terms terms = stake_terms_of(stake);
    struct stake_round round = stake_round_of(entry);
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "no", json_integer(round.no));
    json_put_day(out, "on", round.day);
    json_put_id(out, "raised", round.raised);
    json_put_id(out, "day_raised", raised_that_day(agreed, count, round.day));
    json_object_set_new_nocheck(out, "market", json_boolean(round.market));
    json_object_set_new_nocheck(out, "here", json_boolean(matter_known(stake, STAKE_ROUND) && matter_number(stake, STAKE_ROUND) == round.no));
    json_object_set_new_nocheck(out, "agreed", json_boolean(stake_round_agreed(entry)));
    json_object_set_new_nocheck(out, "contested", json_boolean(matter_known(entry, STAKE_ROUND_CONTEST)));
    trial_put(request, &terms, &round, out);
    json_fill(out, "problem valuation price shares cost rest after holds capped");
    return out;
}

bool fund_stake_add(const struct matter_page *page, json_t *matter, struct err *err)
{
    const struct record *stake = &page->file.matter;
    const struct matter_file *file = &page->file;
    struct request *request = page->request;
    size_t all = file->counts[STAKE_ROUNDS], count = 0;
    struct stake_round *agreed = arena_alloc(request->arena, (all + 1) * sizeof *agreed);
    json_t *out = json_object(), *list = json_array();

    (void)err;
    for (size_t i = 0; i < all; i++)
        if (stake_round_agreed(&file->entries[STAKE_ROUNDS][i]))
            agreed[count++] = stake_round_of(&file->entries[STAKE_ROUNDS][i]);
    for (size_t i = 0; i < all; i++)
        json_array_append_new(list, round_json(request, stake, &file->entries[STAKE_ROUNDS][i], agreed, count));
    json_object_set_new_nocheck(out, "rounds", list);
    if (matter_known(stake, STAKE_PAID_ON)) {
        int32_t from = matter_day(stake, STAKE_PAID_ON);

        json_put_id(out, "due", stake_due(matter_number(stake, STAKE_AMOUNT), matter_number(stake, STAKE_RETURN), from, file->today));
        json_object_set_new_nocheck(out, "days", json_integer(file->today > from ? file->today - from : 0));
    }
    json_fill(out, "due days");
    json_object_set_new_nocheck(matter, "stake", file->sight == SIGHT_ALL ? out : json_null());
    if (file->sight != SIGHT_ALL)
        json_decref(out);
    return true;
}

/* --- the tolerance ledger --- */

static json_t *loss_json(struct request *request, const struct sql_rows *rows)
{
    json_t *line = json_object();

    json_put(line, "href", PUT(request, "/stakes/%lld", (long long)sql_number(rows, 0)));
    json_put(line, "title", arena_copy(request->arena, sql_slice(rows, 1)));
    json_put_id(line, "amount", sql_number(rows, 2));
    json_put_id(line, "loss", sql_number(rows, 3));
    json_put(line, "why", arena_copy(request->arena, sql_slice(rows, 4)));
    json_put(line, "diligence", arena_copy(request->arena, sql_slice(rows, 5)));
    json_put(line, "paper", arena_copy(request->arena, sql_slice(rows, 6)));
    json_put(line, "on", arena_copy(request->arena, sql_slice(rows, 7)));
    return line;
}

/* Officers of the city and auditors see all, everybody else what his own organisation holds or got. 0: all. */
static int64_t whose(const struct request *request)
{
    const struct object anywhere = {.id = 1}; /* in no district: within the scope of who has no bounds alone */

    if (actor_has(&request->actor, ROLE_CITY_OFFICER) || auditor_of(&request->actor, &anywhere))
        return 0;
    return acts_for(&request->actor, request->actor.party) ? request->actor.party : -1;
}

#define OF_HIS "(CAST(?1 AS BIGINT) = 0 OR owner = ?1 OR firm = ?1)"

static bool losses_read(struct request *request, json_t *tolerance, struct err *err)
{
    json_t *lines = json_array();
    struct sql_rows rows;
    int64_t last = 0;
    int read = 0;

    json_object_set_new_nocheck(tolerance, "lines", lines);
    if (!sql_rows(request->sql,
                  "SELECT id, title, amount, loss, loss_why, diligence, loss_paper, since FROM stake WHERE state = 'lost' AND to_leaf IS NULL"
                  " AND " OF_HIS " AND (CAST(?2 AS BIGINT) = 0 OR id < ?2) ORDER BY id DESC LIMIT ?3",
                  SQL_ARGS(sql_int(whose(request)), sql_int(request_number(request, "before", 0)), sql_int(TOLERANCE_LINES + 1)), &rows, err))
        return false;
    while (sql_next(&rows) && read++ < TOLERANCE_LINES) {
        last = sql_number(&rows, 0);
        json_array_append_new(lines, loss_json(request, &rows));
    }
    if (read > TOLERANCE_LINES)
        json_put(tolerance, "next", PUT(request, "/tolerance?before=%lld", (long long)last));
    return sql_done(&rows, err);
}

static bool sums_read(struct request *request, json_t *tolerance, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(request->sql,
                  "SELECT COUNT(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT),"
                  " CAST(COALESCE(SUM(CASE WHEN state = 'lost' THEN loss ELSE 0 END), 0) AS BIGINT)"
                  " FROM stake WHERE to_leaf IS NULL AND paid_on IS NOT NULL AND " OF_HIS,
                  SQL_ARGS(sql_int(whose(request))), &rows, err))
        return false;
    if (sql_next(&rows)) {
        int64_t paid = sql_number(&rows, 1), lost = sql_number(&rows, 2);

        json_object_set_new_nocheck(tolerance, "count", json_integer(sql_number(&rows, 0)));
        json_put_id(tolerance, "supported", paid);
        json_put_id(tolerance, "lost", lost);
        json_object_set_new_nocheck(tolerance, "share", paid ? json_integer((json_int_t)((__int128)lost * 10000 / paid)) : json_null());
    }
    return sql_done(&rows, err);
}

bool tolerance_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *tolerance = json_object();

    json_object_set_new_nocheck(document, "tolerance", tolerance);
    if (!losses_read(request, tolerance, err) || !sums_read(request, tolerance, err)) {
        json_decref(document);
        return false;
    }
    json_fill(tolerance, "next");
    return request_page(request, "tolerance", document);
}
