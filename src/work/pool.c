/* The account of a pool: sums, and posting. */
#include "work/pool.h"

#include "base/clock.h"
#include "base/money.h"

const char *const pool_post_codes[POOL_POSTS] = {
    [POOL_PAID_IN] = "paid_in",   [POOL_RETURNED] = "returned", [POOL_COVERED] = "covered",         [POOL_RELEASED] = "released",
    [POOL_RESERVED] = "reserved", [POOL_FREED] = "freed",       [POOL_COMPENSATED] = "compensated", [POOL_RECOVERED] = "recovered",
};

/* --- sums --- */

int64_t pool_capital(const struct pool_sums *sums)
{
    return sums->of[POOL_PAID_IN] - sums->of[POOL_RETURNED] - sums->of[POOL_COMPENSATED] + sums->of[POOL_RECOVERED];
}

int64_t pool_covered(const struct pool_sums *sums)
{
    return sums->of[POOL_COVERED] - sums->of[POOL_RELEASED];
}

int64_t pool_reserved(const struct pool_sums *sums)
{
    return sums->of[POOL_RESERVED] - sums->of[POOL_FREED];
}

int64_t pool_available(const struct pool_sums *sums)
{
    return pool_capital(sums) - pool_reserved(sums);
}

int64_t pool_breaker_base(const struct record *pool, const struct pool_sums *sums)
{
    return slice_is(matter_text(pool, POOL_BREAKER_OF), "paid") ? sums->of[POOL_PAID_IN] - sums->of[POOL_RETURNED] : pool_covered(sums);
}

static int64_t counted(const struct pool_sums *sums)
{
    return sums->of[POOL_COMPENSATED] + pool_reserved(sums);
}

/* Nothing compensated is never too much, even where nothing is covered yet. */
bool pool_breaker_reached(const struct record *pool, const struct pool_sums *sums)
{
    __int128 line = (__int128)pool_breaker_base(pool, sums) * matter_number(pool, POOL_BREAKER);

    return counted(sums) > 0 && (__int128)counted(sums) * 10000 >= line;
}

static int64_t room(__int128 most, int64_t taken)
{
    __int128 left = most - taken;

    if (left < 0)
        return 0;
    return left > MONEY_MAX ? MONEY_MAX : (int64_t)left;
}

int64_t pool_breaker_room(const struct record *pool, const struct pool_sums *sums)
{
    return room((__int128)pool_breaker_base(pool, sums) * matter_number(pool, POOL_BREAKER) / 10000, counted(sums));
}

int64_t pool_cover_room(const struct record *pool, const struct pool_sums *sums)
{
    return room((__int128)pool_capital(sums) * matter_number(pool, POOL_LEVERAGE), pool_covered(sums));
}

/* --- reading: every entry has a known sort, for only this file writes them --- */

#define SUMS_WHERE(condition) \
    "SELECT sort, CAST(SUM(amount) AS BIGINT) FROM pool_entry WHERE " condition " AND to_leaf IS NULL GROUP BY sort"

static bool sums_of(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct pool_sums *sums, struct err *err)
{
    struct sql_rows rows;

    *sums = (struct pool_sums){{0}};
    if (!sql_rows(sql, statement, args, count, &rows, err))
        return false;
    while (sql_next(&rows))
        for (size_t i = 0; i < POOL_POSTS; i++)
            if (slice_is(sql_slice(&rows, 0), pool_post_codes[i]))
                sums->of[i] = sql_number(&rows, 1);
    return sql_done(&rows, err);
}

bool pool_sums_read(struct sql *sql, int64_t pool, struct pool_sums *sums, struct err *err)
{
    return sums_of(sql, SUMS_WHERE("matter = ?1"), SQL_ARGS(sql_int(pool)), sums, err);
}

bool pool_cover_sums(struct sql *sql, int64_t cover, struct pool_sums *sums, struct err *err)
{
    return sums_of(sql, SUMS_WHERE("cover = ?1"), SQL_ARGS(sql_int(cover)), sums, err);
}

bool pool_firm_covered(struct sql *sql, int64_t pool, int64_t firm, int64_t *covered, struct err *err)
{
    struct pool_sums sums;

    if (!sums_of(sql, SUMS_WHERE("matter = ?1 AND firm = ?2"), SQL_ARGS(sql_int(pool), sql_int(firm)), &sums, err))
        return false;
    *covered = pool_covered(&sums);
    return true;
}

/* --- figures and the entries behind them --- */

static int64_t paid_in(const struct pool_sums *sums) { return sums->of[POOL_PAID_IN]; }
static int64_t returned(const struct pool_sums *sums) { return sums->of[POOL_RETURNED]; }
static int64_t compensated(const struct pool_sums *sums) { return sums->of[POOL_COMPENSATED]; }
static int64_t recovered(const struct pool_sums *sums) { return sums->of[POOL_RECOVERED]; }

#define MONEY_IN_IT POOL_PAID_IN, POOL_RECOVERED, POOL_RETURNED, POOL_COMPENSATED

const struct pool_figure pool_figures[POOL_FIGURES] = {
    {"capital", "池内资金", "Capital", pool_capital, {MONEY_IN_IT}, 4},
    {"available", "可用资金", "Available", pool_available, {MONEY_IN_IT, POOL_RESERVED, POOL_FREED}, 6},
    {"reserved", "代偿预留", "Reserved", pool_reserved, {POOL_RESERVED, POOL_FREED}, 2},
    {"covered", "在保余额", "Covered", pool_covered, {POOL_COVERED, POOL_RELEASED}, 2},
    {"paid_in", "累计缴入", "Paid in", paid_in, {POOL_PAID_IN}, 1},
    {"returned", "累计退回", "Returned", returned, {POOL_RETURNED}, 1},
    {"compensated", "累计代偿", "Compensated", compensated, {POOL_COMPENSATED}, 1},
    {"recovered", "累计追回", "Recovered", recovered, {POOL_RECOVERED}, 1},
};

static struct sql_arg sort_at(const struct pool_figure *figure, size_t i)
{
    if (!figure)
        return sql_text(SLICE(""));
    return sql_text(slice_of(pool_post_codes[figure->sorts[i < figure->sort_count ? i : 0]]));
}

static struct pool_line line_read(const struct sql_rows *rows, struct arena *arena)
{
    return (struct pool_line){.id = sql_number(rows, 0), .no = sql_number(rows, 1), .on = arena_copy(arena, sql_slice(rows, 2)),
                              .sort = arena_copy(arena, sql_slice(rows, 3)), .amount = sql_number(rows, 4),
                              .cause = arena_copy(arena, sql_slice(rows, 5)), .cause_id = sql_number(rows, 6), .firm = sql_number(rows, 7),
                              .from_leaf = sql_number(rows, 8), .cover = sql_number(rows, 9)};
}

bool pool_lines_read(struct sql *sql, int64_t pool, const struct pool_figure *figure, int64_t before, struct arena *arena, struct pool_line *lines,
                     size_t most, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql,
                  "SELECT id, no, entered_on, sort, amount, cause, cause_id, firm, from_leaf, cover FROM pool_entry WHERE matter = ?1 AND to_leaf IS NULL"
                  " AND (CAST(?2 AS BIGINT) = 0 OR no < ?2) AND (CAST(?3 AS TEXT) = '' OR sort IN (?3, ?4, ?5, ?6, ?7, ?8)) ORDER BY no DESC LIMIT ?9",
                  SQL_ARGS(sql_int(pool), sql_int(before), sort_at(figure, 0), sort_at(figure, 1), sort_at(figure, 2), sort_at(figure, 3),
                           sort_at(figure, 4), sort_at(figure, 5), sql_int((int64_t)most)),
                  &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        lines[(*count)++] = line_read(&rows, arena);
    return sql_done(&rows, err);
}

bool pool_bank_joined(struct sql *sql, int64_t pool, int64_t bank, int32_t today, bool *joined, struct err *err)
{
    char day[CLOCK_TEXT];
    int64_t count;
    bool found;

    day_show(today, day);
    if (!sql_one(sql,
                 "SELECT COUNT(*) FROM pool_bank WHERE matter = ?1 AND bank = ?2 AND joined_on <= ?3"
                 " AND (left_on IS NULL OR left_on > ?3) AND to_leaf IS NULL",
                 SQL_ARGS(sql_int(pool), sql_int(bank), sql_text(slice_of(day))), &count, &found, err))
        return false;
    *joined = found && count > 0;
    return true;
}

/* --- writing --- */

static bool is_own(const struct matter_draft *draft, int64_t pool)
{
    return draft->matter.kind == &kind_pool && draft->matter.id == pool;
}

bool pool_account_open(struct matter_draft *draft, int64_t id, struct pool_account *account, struct err *err)
{
    bool found;

    *account = (struct pool_account){.draft = draft};
    if (is_own(draft, id))
        account->pool = draft->matter;
    else if (!record_get(draft->sql, &kind_pool, id, draft->arena, &account->pool, err))
        return false;
    return pool_sums_read(draft->sql, id, &account->sums, err)
           && sql_one(draft->sql, "SELECT COALESCE(MAX(no), 0) FROM pool_entry WHERE matter = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(id)),
                      &account->last, &found, err);
}

static bool sound(const struct pool_sums *sums)
{
    return pool_capital(sums) >= 0 && pool_covered(sums) >= 0 && pool_reserved(sums) >= 0 && pool_available(sums) >= 0;
}

static bool short_of(const struct pool_sums *before, int64_t fen, struct err *err)
{
    char have[MONEY_TEXT], asked[MONEY_TEXT];

    err_set(err, ERR_CONFLICT, "资金池的钱不够：可用 %s，这一步要动用 %s", money_show(pool_available(before), have), money_show(fen, asked));
    return err_hint(err, "看资金池的账：预留了多少、在保多少；补足资金以后再办");
}

static void about_set(struct record *entry, size_t field, int64_t id)
{
    if (id)
        matter_set_number(entry, field, id);
}

bool pool_post(struct pool_account *account, enum pool_post sort, int64_t fen, const struct record *cause, const struct pool_about *about,
               struct err *err)
{
    struct record entry = {.kind = &kind_pool_entry, .owner = account->pool.owner};
    struct matter_draft *draft = account->draft;
    struct pool_sums after = account->sums;

    if (fen == 0)
        return true;
    if (fen > MONEY_MAX - after.of[sort])
        return err_set(err, ERR_INVALID, "资金池的累计金额超过上限 1000 万亿元");
    after.of[sort] += fen;
#ifndef TQ_TEETH_POOL_SUMS
    if (!sound(&after))
        return short_of(&account->sums, fen, err);
#else
    (void)sound, (void)short_of;
#endif
    matter_set_number(&entry, ENTRY_MATTER, account->pool.id);
    matter_set_number(&entry, ENTRY_NO, ++account->last);
    matter_set_day(&entry, ENTRY_ON, draft->today, draft->arena);
    matter_set_text(&entry, POOL_ENTRY_SORT, slice_of(pool_post_codes[sort]));
    matter_set_number(&entry, POOL_ENTRY_AMOUNT, fen);
    matter_set_text(&entry, POOL_ENTRY_CAUSE, slice_of(cause->kind->name));
    matter_set_number(&entry, POOL_ENTRY_CAUSE_ID, cause->id);
    about_set(&entry, POOL_ENTRY_COVER, about->cover);
    about_set(&entry, POOL_ENTRY_FIRM, about->firm);
    about_set(&entry, POOL_ENTRY_BANK, about->bank);
    if (!matter_also(draft, &entry, NULL, err))
        return false;
    account->sums = after;
    return true;
}

static bool is_in(const struct record *pool, enum pool_state state)
{
    return matter_state_of(&sort_pool, pool) == &sort_pool.states[state];
}

static bool takes_claims(const struct record *pool)
{
    return is_in(pool, POOL_OPEN) || is_in(pool, POOL_ENDING);
}

static bool account_pause(struct pool_account *account, struct err *err)
{
    struct matter_draft *draft = account->draft;
    bool own = is_own(draft, account->pool.id);
    struct record *pool = own ? &draft->matter : arena_alloc(draft->arena, 2 * sizeof *pool);

    if (!own)
        pool[0] = pool[1] = account->pool; /* the second is what the next version follows: read after the check is over */
    matter_set_text(pool, POOL_PAUSED_WHY, SLICE("代偿达到熔断线，暂停新增与受理，等待年审"));
    matter_enter(draft, &sort_pool, pool, POOL_PAUSED);
    return own || matter_also(draft, pool, &pool[1], err);
}

bool pool_account_close(struct pool_account *account, struct err *err)
{
#ifndef TQ_TEETH_POOL_BREAKER
    if (is_in(&account->pool, POOL_OPEN) && pool_breaker_reached(&account->pool, &account->sums))
        return account_pause(account, err);
#else
    (void)account, (void)err, (void)account_pause;
#endif
    return true;
}

/* --- facts --- */

static struct fact known(const char *name, enum fact_kind kind, int64_t value)
{
    return (struct fact){.name = name, .kind = kind, .known = true, .value = value, .source = FACT_DEPARTMENT};
}

struct fact fund_money(const char *name, int64_t fen) { return known(name, FACT_MONEY, fen); }
struct fact fund_share(const char *name, int64_t share) { return known(name, FACT_SHARE, share); }
struct fact fund_number(const char *name, int64_t number) { return known(name, FACT_NUMBER, number); }
struct fact fund_yes(const char *name, bool yes) { return known(name, FACT_YES, yes); }

struct fact fund_day(const char *name, int32_t day)
{
    struct fact fact = known(name, FACT_DAY, day);

    fact.known = day != 0;
    return fact;
}

size_t pool_facts(const struct record *pool, const struct pool_sums *sums, bool claims, struct fact facts[POOL_FACTS])
{
    const struct fact all[] = {
        fund_yes("pool_running", claims ? takes_claims(pool) : is_in(pool, POOL_OPEN)),
        fund_money("pool_capital", pool_capital(sums)),
        fund_money("pool_covered", pool_covered(sums)),
        fund_money("pool_reserved", pool_reserved(sums)),
        fund_money("pool_compensated", sums->of[POOL_COMPENSATED]),
        fund_share("pool_leverage", matter_number(pool, POOL_LEVERAGE) * 10000),
        fund_money("pool_loan_limit", matter_number(pool, POOL_LOAN_LIMIT)),
        fund_money("pool_firm_limit", matter_number(pool, POOL_FIRM_LIMIT)),
        fund_share("pool_breaker", matter_number(pool, POOL_BREAKER)),
        fund_money("pool_breaker_base", pool_breaker_base(pool, sums)),
        fund_day("pool_from", matter_day(pool, POOL_FROM)),
        fund_day("pool_until", matter_day(pool, POOL_UNTIL)),
        fund_day("pool_reviewed_on", matter_day(pool, matter_known(pool, POOL_REVIEWED_ON) ? POOL_REVIEWED_ON : POOL_FROM)),
        fund_share("pool_share", matter_number(pool, POOL_SHARE)),
        fund_share("pool_bank_share", matter_number(pool, POOL_BANK_SHARE)),
        fund_share("pool_guarantor_share", matter_number(pool, POOL_GUARANTOR_SHARE)),
        fund_yes("pool_guarantor", matter_known(pool, POOL_GUARANTOR)),
    };
    enum { ALL = sizeof all / sizeof *all };

    _Static_assert((int)ALL <= (int)POOL_FACTS, "room is given for POOL_FACTS");
    memcpy(facts, all, sizeof all);
    return ALL;
}

/* --- shares --- */

void pool_split_back(int64_t fen, const int64_t lacking[POOL_BEARERS], int64_t parts[POOL_BEARERS])
{
    struct money_part split[POOL_BEARERS];

    for (size_t i = 0; i < POOL_BEARERS; i++)
        split[i] = (struct money_part){.weight = lacking[i], .id = (int64_t)i};
    money_split(fen, split, POOL_BEARERS);
    for (size_t i = 0; i < POOL_BEARERS; i++)
        parts[i] = split[i].fen;
}

void pool_split_loss(const struct record *pool, int64_t fen, int64_t parts[POOL_BEARERS])
{
    const int64_t weights[POOL_BEARERS] = {matter_number(pool, POOL_SHARE), matter_number(pool, POOL_BANK_SHARE),
                                           matter_number(pool, POOL_GUARANTOR_SHARE)};

    pool_split_back(fen, weights, parts);
}
