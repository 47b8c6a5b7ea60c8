/*
 * Innovation vouchers (创新券): what is left of one is its amount less the sum of its movements, and each movement is written in the step
 * that brings it about. A voucher is `used` when nothing is free and nothing is held.
 */
#include "base/said.h"
#include "work/pilot.h"

#include "base/clock.h"
#include "base/money.h"
#include "record/party.h"

/* --- the sum --- */

static const char stand_text[] =
    "SELECT sort, CAST(SUM(amount) AS BIGINT) FROM voucher_use WHERE matter = ?1 AND to_leaf IS NULL GROUP BY sort";

bool voucher_stand(struct sql *sql, const struct record *voucher, struct voucher_stand *stand, struct err *err)
{
    struct sql_rows rows;

    *stand = (struct voucher_stand){.amount = matter_number(voucher, VOUCHER_AMOUNT)};
    if (!sql_rows(sql, stand_text, SQL_ARGS(sql_int(voucher->id)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct slice sort = sql_slice(&rows, 0);
        int64_t *sum = slice_is(sort, "reserve") ? &stand->reserved
                       : slice_is(sort, "release") ? &stand->released
                       : slice_is(sort, "spend")   ? &stand->spent
                                                   : &stand->expired;

        *sum += sql_number(&rows, 1);
    }
    return sql_done(&rows, err);
}

static const char spent_text[] =
    "SELECT count(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM voucher_use WHERE platform = ?1 AND owner = ?2 AND sort = 'spend'"
    " AND entered_on >= ?3 AND entered_on <= ?4 AND to_leaf IS NULL";

bool voucher_spent(struct sql *sql, int64_t issuer, int64_t platform, int32_t from, int32_t until, int64_t *count, int64_t *sum,
                   struct err *err)
{
    char first[CLOCK_TEXT], last[CLOCK_TEXT];
    struct sql_rows rows;

    *count = *sum = 0;
    if (!sql_rows(sql, spent_text,
                  SQL_ARGS(sql_int(platform), sql_int(issuer), sql_text(slice_of(day_show(from, first))), sql_text(slice_of(day_show(until, last)))),
                  &rows, err))
        return false;
    if (sql_next(&rows)) {
        *count = sql_number(&rows, 0);
        *sum = sql_number(&rows, 1);
    }
    return sql_done(&rows, err);
}

void half_year(int64_t year, int64_t half, int32_t *from, int32_t *until)
{
    day_from_ymd((int)year, half == 1 ? 1 : 7, 1, from);
    day_from_ymd((int)year, half == 1 ? 6 : 12, half == 1 ? 30 : 31, until);
}

/* --- movements --- */

static const char *const ways[] = {[VOUCHER_RESERVE] = "reserve", [VOUCHER_RELEASE] = "release", [VOUCHER_SPEND] = "spend", [VOUCHER_EXPIRE] = "expire"};

static bool move_write(struct matter_draft *draft, enum voucher_way way, const struct voucher_move *move, struct err *err)
{
    struct record entry = {.kind = &kind_voucher_use, .owner = move->voucher->owner};

    matter_set_text(&entry, USE_SORT, slice_of(ways[way]));
    matter_set_number(&entry, USE_AMOUNT, move->amount);
    if (move->payer)
        matter_set_number(&entry, move->payer_field, move->payer);
    if (move->platform)
        matter_set_number(&entry, USE_PLATFORM, move->platform);
    if (move->purpose)
        matter_set_text(&entry, USE_PURPOSE, slice_of(move->purpose));
    if (move->served_on)
        matter_set_day(&entry, USE_SERVED_ON, move->served_on, draft->arena);
    if (move->note)
        matter_set_text(&entry, USE_NOTE, slice_of(move->note));
    return matter_also_entry(draft, &entry, move->voucher->id, err) != NULL;
}

static bool too_little(bool held, int64_t left, int64_t asked, struct err *err)
{
    char have[MONEY_TEXT], want[MONEY_TEXT];

    money_show(left, have);
    money_show(asked, want);
    if (held)
        err_set(err, ERR_CONFLICT, "创新券里预留着 %s，不够 %s", have, want);
    else
        err_set(err, ERR_CONFLICT, "创新券的余额是 %s，不够 %s", have, want);
    return err_hint(err, "看券的页面：每一笔预留、退还和核销都在");
}

static bool used_up(struct matter_draft *draft, const struct record *voucher, struct err *err)
{
    struct record next = *voucher;

    record_salt(&next);
    matter_enter(draft, &sort_voucher, &next, VOUCHER_USED);
    return matter_also(draft, &next, voucher, err) != NULL;
}

bool voucher_move(struct matter_draft *draft, enum voucher_way way, const struct voucher_move *move, struct err *err)
{
    bool held = way == VOUCHER_RELEASE || way == VOUCHER_SPEND;
    struct voucher_stand stand;
    int64_t left;

    if (!voucher_stand(draft->sql, move->voucher, &stand, err))
        return false;
    left = held ? voucher_held(&stand) : voucher_free(&stand);
    if (move->amount > left)
        return too_little(held, left, move->amount, err);
    if (!move_write(draft, way, move, err))
        return false;
    return way != VOUCHER_SPEND || voucher_free(&stand) > 0 || left > move->amount || used_up(draft, move->voucher, err);
}

/* --- the sort --- */

enum { ISSUER, HOLDER, OFFICERS };

static const struct matter_side sides[] = {
    [ISSUER] = {"issuer", "发券单位", "Issuer", SIDE_OWNER},
    [HOLDER] = {"holder", "持券企业", "Holder", VOUCHER_HOLDER},
    [OFFICERS] = {"officers", "主管部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [VOUCHER_LIVE] = {"live", "可用", "Valid", 0, 0, NULL, false},
    [VOUCHER_USED] = {"used", "已用完", "Used up", 0, 0, NULL, true},
    [VOUCHER_LAPSED] = {"lapsed", "已过期", "Lapsed", 0, 0, NULL, true},
    [VOUCHER_WITHDRAWN] = {"withdrawn", "已收回", "Taken back", 0, 0, NULL, true},
};

/* It is settled out of public money: a department gives it out, or a body that it entrusts. */
static bool may_issue(struct matter_draft *draft, int64_t issuer, struct err *err)
{
    struct record party;
    struct slice side;

    if (!record_get(draft->sql, &kind_party, issuer, draft->arena, &party, err))
        return false;
    side = matter_text(&party, PARTY_SIDE);
    return !(slice_is(side, "enterprise") || slice_is(side, "user"))
           || err_set(err, ERR_DENIED, "创新券由政府部门或它委托的机构发放，企业和用户不能发") || err_hint(err, "请发券的部门来发");
}

static bool issue_check(struct matter_draft *draft, struct err *err)
{
    struct record *voucher = &draft->matter;
    struct slice number = matter_text(voucher, VOUCHER_NUMBER);

    if (matter_known(voucher, VOUCHER_ISSUER)) /* an officer issues in the name of a unit of his scope */
        voucher->owner = matter_number(voucher, VOUCHER_ISSUER);
    if (!may_issue(draft, voucher->owner, err))
        return false;
    if (matter_number(voucher, VOUCHER_HOLDER) == voucher->owner)
        return MATTER_WRONG(err, &kind_voucher, VOUCHER_HOLDER, "发券单位不能发给自己");
    if (matter_day(voucher, VOUCHER_UNTIL) < matter_day(voucher, VOUCHER_FROM))
        return MATTER_WRONG(err, &kind_voucher, VOUCHER_UNTIL, "有效期至不能早于起日");
    if (matter_day(voucher, VOUCHER_UNTIL) < draft->today)
        return MATTER_WRONG(err, &kind_voucher, VOUCHER_UNTIL, "发出来就过期了");
    matter_set_text(voucher, MATTER_TITLE, slice_of(arena_print(draft->arena, "创新券 %.*s", (int)number.len, number.at)));
    return true;
}

/* What is free goes; what is held for a job or an order stays until it is spent or given back. */
static bool take_free(struct matter_draft *draft, const char *note, bool *held, struct err *err)
{
    struct voucher_move move = {.voucher = &draft->was, .note = note};
    struct voucher_stand stand;

    if (!voucher_stand(draft->sql, &draft->was, &stand, err))
        return false;
    *held = voucher_held(&stand) > 0;
    move.amount = voucher_free(&stand);
    return move.amount <= 0 || voucher_move(draft, VOUCHER_EXPIRE, &move, err);
}

static bool lapse_check(struct matter_draft *draft, struct err *err)
{
    bool held;

    if (draft->today <= matter_day(&draft->was, VOUCHER_UNTIL))
        return err_set(err, ERR_INVALID, "券还在有效期内") || err_hint(err, "有效期过后再办失效");
    if (!take_free(draft, "有效期已过", &held, err))
        return false;
    if (!held)
        matter_enter(draft, draft->sort, &draft->matter, VOUCHER_LAPSED);
    return true;
}

static bool withdraw_check(struct matter_draft *draft, struct err *err)
{
    bool held;

    if (!take_free(draft, "收回", &held, err))
        return false;
    return !held || err_set(err, ERR_INVALID, "这张券还有预留没有办完") || err_hint(err, "等预留的作业付款、订单验收或退还后再收回");
}

static const struct matter_step steps[] = {
    {.name = "issue", .label = "发一张券", .label_en = "Issue a voucher", .does = N_("券号、企业、金额、用途和有效期"),
     .from = MATTER_NEW, .to = VOUCHER_LIVE, .by = SIDE(ISSUER) | SIDE(OFFICERS),
     .fields = "issuer number holder amount purposes from_day until_day share basis", .seldom = "issuer share", .check = issue_check},
    {.name = "lapse", .label = "办失效", .label_en = "Let it lapse", .does = N_("有效期过后，没有用的余额失效"),
     .from = STATE(VOUCHER_LIVE), .to = MATTER_SAME, .by = SIDE(ISSUER) | SIDE(OFFICERS), .check = lapse_check},
    {.name = "withdraw", .label = "收回", .label_en = "Take it back", .does = N_("没有预留时，把余额收回"),
     .from = STATE(VOUCHER_LIVE), .to = VOUCHER_WITHDRAWN, .by = SIDE(ISSUER) | SIDE(OFFICERS), .fields = "end_why", .check = withdraw_check},
};

static const struct kind *const entries[] = {&kind_voucher_use};

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_voucher = {
    .kind = &kind_voucher,
    .about = N_("发给企业、用来买服务的券：每一分钱的预留、退还、核销都记在券上，花不出第二次"),
    .empty = N_("还没有。发券的单位在“发一张券”里写券号、企业、金额、用途和有效期"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries),
};
