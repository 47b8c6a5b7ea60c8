/* A loan under a pool's cover: asked for by the bank, confirmed by the manager within the limits, drawn, repaid, claimed or settled. */
#include "work/pool.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/money.h"
#include "work/loan.h"

enum { BANK, MANAGER, FIRM };

static const struct matter_side sides[] = {
    [BANK] = {"bank", "银行", "Bank", SIDE_OWNER},
    [MANAGER] = {"manager", "管理机构", "Manager", COVER_MANAGER},
    [FIRM] = {"firm", "企业", "Firm", COVER_FIRM},
};

static const struct matter_state states[] = {
    [COVER_ASKED_FOR] = {"asked", "待确认", "Asked for", SIDE(MANAGER), 5, N_("本平台约定：5 个工作日内确认或者说明不予入池的理由"), false},
    [COVER_CONFIRMED] = {"confirmed", "已确认，待放款", "Confirmed", SIDE(BANK), 0, NULL, false},
    [COVER_LENT] = {"lent", "在保", "Covered", 0, 0, NULL, false},
    [COVER_CLAIMED] = {"claimed", "代偿中", "Being compensated", 0, 0, NULL, false},
    [COVER_SETTLED] = {"settled", "已解除", "Settled", 0, 0, NULL, true},
    [COVER_REFUSED] = {"refused", "不予入池", "Refused", 0, 0, NULL, true},
    [COVER_WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

/* --- the pool's side of it --- */

static struct pool_about about_of(const struct record *cover)
{
    return (struct pool_about){cover->id, matter_number(cover, COVER_FIRM), cover->owner};
}

static bool post(struct matter_draft *draft, const struct record *cover, enum pool_post sort, int64_t fen, const struct record *cause, struct err *err)
{
    struct pool_account account;
    struct pool_about about = about_of(cover);

    return pool_account_open(draft, matter_number(cover, COVER_POOL), &account, err) && pool_post(&account, sort, fen, cause, &about, err)
           && pool_account_close(&account, err);
}

/* What it still takes of the pool's cover. */
static bool taken(struct sql *sql, const struct record *cover, int64_t *fen, struct err *err)
{
    struct pool_sums sums;

    if (!pool_cover_sums(sql, cover->id, &sums, err))
        return false;
    *fen = pool_covered(&sums);
    return true;
}

/* --- asking --- */

static bool title_set(struct matter_draft *draft, const struct record *pool)
{
    struct record *cover = &draft->matter;
    struct slice firm = record_title(draft->sql, &kind_party, matter_number(cover, COVER_FIRM), draft->arena);
    struct slice name = matter_text(pool, POOL_NAME);
    char amount[MONEY_TEXT];

    matter_set_text(cover, MATTER_TITLE,
                    slice_of(arena_print(draft->arena, "%.*s %s，%.*s", (int)firm.len, firm.at, money_show(matter_number(cover, COVER_ASKED), amount),
                                         (int)name.len, name.at)));
    return true;
}

static bool twice(struct matter_draft *draft, struct err *err)
{
    int64_t cover;

    if (!matter_known(&draft->matter, COVER_LOAN))
        return true;
    if (!cover_of_loan(draft->sql, matter_number(&draft->matter, COVER_LOAN), &cover, err))
        return false;
    return !cover || err_set(err, ERR_CONFLICT, "这笔贷款已经申请过入池") || err_hint(err, "在原来那一件上办");
}

/* What the loan's own file says is not typed: it is the bank's loan, decided and not yet drawn, to that firm. */
static bool loan_fits(struct matter_draft *draft, struct err *err)
{
    struct record *cover = &draft->matter, loan;

    if (!matter_known(cover, COVER_LOAN))
        return true;
    if (!record_get(draft->sql, &kind_loan, matter_number(cover, COVER_LOAN), draft->arena, &loan, err))
        return false;
    if (!acts_for(draft->order->actor, matter_number(&loan, LOAN_BANK)))
        return record_missing(&kind_loan, err);
    if (matter_known(&loan, LOAN_DRAWN) || !matter_known(&loan, LOAN_APPROVED))
        return err_set(err, ERR_CONFLICT, "只有已批准、还没有提款的贷款可以入池");
    if (matter_number(cover, COVER_FIRM) != loan.owner)
        return MATTER_WRONG(err, &kind_cover, COVER_FIRM, "借款企业与这笔贷款的不一致");
    if (matter_number(cover, COVER_ASKED) < matter_number(&loan, LOAN_APPROVED))
        return MATTER_WRONG(err, &kind_cover, COVER_ASKED, "少于批准的金额，提款会超出入池的额度");
    return true;
}

static bool ask_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    struct record loan;
    int32_t signed_on;
    int64_t id;

    if (!typed[COVER_LOAN].at || !ident_parse(typed[COVER_LOAN], &id))
        return true;
    if (!record_get(draft->sql, &kind_loan, id, draft->arena, &loan, err))
        return false;
    if (!acts_for(draft->order->actor, matter_number(&loan, LOAN_BANK))) /* to belong to the bank is not enough */
        return record_missing(&kind_loan, err);
    typed[COVER_FIRM] = record_title(draft->sql, &kind_party, loan.owner, draft->arena);
    typed[COVER_CONTRACT] = matter_text(&loan, LOAN_CONTRACT_NO);
    typed[COVER_PURPOSE] = matter_text(&loan, LOAN_PURPOSE);
    typed[COVER_ASKED] = field_show(&kind_loan.fields[LOAN_APPROVED], &loan.values[LOAN_APPROVED], draft->arena);
    signed_on = matter_day(&loan, LOAN_SIGNED_ON);
    if (signed_on) { /* it matures so long after the first drawdown, which comes no earlier */
        char day[CLOCK_TEXT];

        typed[COVER_ENDS_ON] = arena_copy(draft->arena, slice_of(day_show(calendar_after(draft->order->law->calendar, signed_on, CALENDAR_MONTHS,
                                                                                       (int32_t)matter_number(&loan, LOAN_MONTHS), NULL), day)));
    }
    return true;
}

static bool ask_check(struct matter_draft *draft, struct err *err)
{
    struct record *cover = &draft->matter, pool;

    if (!matter_known(cover, COVER_POOL))
        return MATTER_WRONG(err, &kind_cover, COVER_POOL, "没有说明是哪个资金池") || err_hint(err, "请从资金池的页面上发起");
    if (!record_get(draft->sql, &kind_pool, matter_number(cover, COVER_POOL), draft->arena, &pool, err) || !loan_fits(draft, err)
        || !twice(draft, err))
        return false;
    if (matter_day(cover, COVER_ENDS_ON) <= draft->today)
        return MATTER_WRONG(err, &kind_cover, COVER_ENDS_ON, "贷款到期日已到");
    if (pool.owner == draft->order->actor->party)
        return err_set(err, ERR_CONFLICT, "管理机构不能为自己的贷款入池") || err_hint(err, "谁放款，就由别的机构确认和代偿");
    if (matter_number(cover, COVER_FIRM) == pool.owner || matter_number(cover, COVER_FIRM) == cover->owner)
        return MATTER_WRONG(err, &kind_cover, COVER_FIRM, "借款企业不能是管理机构或银行自己");
    matter_set_number(cover, COVER_MANAGER, pool.owner);
    return title_set(draft, &pool);
}

/* Between asking and confirming the loan may have been drawn uncovered, or have come to its end. */
static bool loan_waits(struct matter_draft *draft, struct err *err)
{
    struct record loan;

    if (!matter_known(&draft->matter, COVER_LOAN))
        return true;
    if (!record_get(draft->sql, &kind_loan, matter_number(&draft->matter, COVER_LOAN), draft->arena, &loan, err))
        return false;
    if (!matter_known(&loan, LOAN_DRAWN) && loan.status != RECORD_CLOSED)
        return true;
    err_set(err, ERR_CONFLICT, matter_known(&loan, LOAN_DRAWN) ? "这笔贷款在确认以前已经提款，不能再入池" : "这笔贷款已经办结，不用再入池");
    return err_hint(err, "选“不予入池”，写明理由");
}

static bool confirm_check(struct matter_draft *draft, struct err *err)
{
    const struct record *cover = &draft->matter;

    return loan_waits(draft, err) && post(draft, cover, POOL_COVERED, matter_number(cover, COVER_ASKED), cover, err)
           && loan_pool_set(draft, matter_number(cover, COVER_LOAN), matter_number(cover, COVER_POOL), err);
}

static bool withdraw_check(struct matter_draft *draft, struct err *err)
{
    int64_t fen;

    return taken(draft->sql, &draft->matter, &fen, err) && post(draft, &draft->matter, POOL_RELEASED, fen, &draft->matter, err)
           && loan_pool_set(draft, matter_number(&draft->matter, COVER_LOAN), 0, err);
}

/* What the bank neither draws nor gives back is the pool's again once the loan's own term is over. */
static bool expire_check(struct matter_draft *draft, struct err *err)
{
    if (draft->today <= matter_day(&draft->was, COVER_ENDS_ON))
        return err_set(err, ERR_CONFLICT, "贷款的期限还没有过，确认的额度仍为银行保留") || err_hint(err, "不用了的，请银行撤回");
    return withdraw_check(draft, err);
}

/* --- drawing --- */

/* A loan of this house is drawn and repaid on its own page, which brings its cover along. */
static bool elsewhere(const struct record *cover, struct err *err)
{
    if (!matter_known(cover, COVER_LOAN))
        return true;
    err_set(err, ERR_CONFLICT, "这笔贷款在它自己的页面上放款、还款，这里随之变动");
    return err_hint(err, "打开“贷款”那一栏的链接去办");
}

static bool drawn_add(struct matter_draft *draft, struct record *cover, int64_t fen, struct err *err)
{
    int64_t drawn = matter_number(cover, COVER_DRAWN);
    char most[MONEY_TEXT];

    if (fen > matter_number(cover, COVER_ASKED) - drawn) {
        err_set(err, ERR_CONFLICT, "放款超过资金池确认的额度，还可放 %s", money_show(matter_number(cover, COVER_ASKED) - drawn, most));
        err_hint(err, "超出的部分另行申请入池");
        return err_field(err, "drawn");
    }
    matter_set_number(cover, COVER_DRAWN, drawn + fen);
    matter_set_number(cover, COVER_LEFT, matter_number(cover, COVER_LEFT) + fen);
    matter_enter(draft, &sort_cover, cover, COVER_LENT);
    return true;
}

static bool draw_check(struct matter_draft *draft, struct err *err)
{
    struct record *cover = &draft->matter;
    int64_t fen = matter_number(cover, COVER_DRAWN), unused = matter_number(cover, COVER_ASKED) - fen;

    if (!elsewhere(cover, err))
        return false;
    if (matter_day(cover, COVER_DRAWN_ON) > draft->today)
        return MATTER_WRONG(err, &kind_cover, COVER_DRAWN_ON, "放款日还没有到") || err_hint(err, "放款以后再记");
    matter_set_number(cover, COVER_DRAWN, 0);
    return drawn_add(draft, cover, fen, err) && post(draft, cover, POOL_RELEASED, unused, cover, err);
}

static bool trim_check(struct matter_draft *draft, struct err *err)
{
    struct record *cover = &draft->matter;
    int64_t unused = matter_number(cover, COVER_ASKED) - matter_number(cover, COVER_DRAWN);

    if (!unused)
        return err_set(err, ERR_CONFLICT, "确认的额度已经用完，没有可以释放的");
    matter_set_number(cover, COVER_ASKED, matter_number(cover, COVER_DRAWN));
    return post(draft, cover, POOL_RELEASED, unused, cover, err);
}

/* --- repaying --- */

static bool repaid_take(struct matter_draft *draft, struct record *cover, int64_t fen, const struct record *cause, struct err *err)
{
    int64_t left = matter_number(cover, COVER_LEFT), all;
    char most[MONEY_TEXT];

    if (fen > left) {
        err_set(err, ERR_CONFLICT, "归还的本金超过余额 %s", money_show(left, most));
        return err_field(err, "amount");
    }
    matter_set_number(cover, COVER_LEFT, left - fen);
    if (!taken(draft->sql, cover, &all, err))
        return false;
    if (left == fen)
        matter_enter(draft, &sort_cover, cover, COVER_SETTLED);
    return post(draft, cover, POOL_RELEASED, left == fen ? all : fen, cause, err);
}

static bool repay_check(struct matter_draft *draft, struct err *err)
{
    if (!elsewhere(&draft->matter, err))
        return false;
    if (matter_day(&draft->entry, REPAID_ON) > draft->today)
        return MATTER_WRONG(err, &kind_repaid, REPAID_ON, "归还日还没有到");
    return repaid_take(draft, &draft->matter, matter_number(&draft->entry, REPAID_AMOUNT), &draft->entry, err);
}

/* --- of a loan of this house --- */

bool cover_of_loan(struct sql *sql, int64_t loan, int64_t *cover, struct err *err)
{
    bool found;

    *cover = 0;
    return sql_one(sql,
                   "SELECT id FROM cover WHERE loan = ?1 AND to_leaf IS NULL AND state NOT IN ('refused', 'withdrawn', 'settled')"
                   " ORDER BY id LIMIT 1",
                   SQL_ARGS(sql_int(loan)), cover, &found, err);
}

static bool cover_is(const struct record *cover, enum cover_state state)
{
    return matter_state_of(&sort_cover, cover) == &states[state];
}

bool cover_draw(struct matter_draft *draft, int64_t id, int64_t fen, int32_t day, struct slice voucher, struct err *err)
{
    struct record *cover = matter_other(draft, &kind_cover, id, err);

    if (!cover)
        return false;
    if (!cover_is(cover, COVER_CONFIRMED) && !cover_is(cover, COVER_LENT))
        return err_set(err, ERR_CONFLICT, "资金池还没有确认这笔贷款入池") || err_hint(err, "等管理机构确认以后再放款");
    matter_set_day(cover, COVER_DRAWN_ON, day, draft->arena);
    matter_set_text(cover, COVER_VOUCHER, voucher);
    return drawn_add(draft, cover, fen, err) && matter_also(draft, cover, &cover[1], err);
}

bool cover_repay(struct matter_draft *draft, int64_t id, int64_t fen, const struct record *cause, struct err *err)
{
    struct record *cover = matter_other(draft, &kind_cover, id, err);

    if (!cover)
        return false;
    if (!cover_is(cover, COVER_LENT))
        return err_set(err, ERR_CONFLICT, "这笔贷款正在代偿，还款请记在代偿申请的追偿里");
    return repaid_take(draft, cover, fen, cause, err) && matter_also(draft, cover, &cover[1], err);
}

bool cover_settle(struct matter_draft *draft, int64_t id, struct err *err)
{
    struct record *cover = matter_other(draft, &kind_cover, id, err);
    int64_t fen;

    if (!cover || !taken(draft->sql, cover, &fen, err))
        return false;
    matter_enter(draft, &sort_cover, cover, COVER_SETTLED);
    return post(draft, cover, POOL_RELEASED, fen, cover, err) && matter_also(draft, cover, &cover[1], err);
}

/* --- the table --- */

static const struct matter_step steps[] = {
    {.name = "ask", .label = "申请入池", .label_en = "Ask for cover", .does = N_("写明企业、本金、期限；管理机构按限额确认以后再放款"),
     .from = MATTER_NEW, .to = COVER_ASKED_FOR, .by = SIDE(BANK), .fields = "pool loan firm contract asked purpose ends_on", .check = ask_check,
     .fill = ask_fill},
    {.name = "confirm", .label = "确认入池", .label_en = "Confirm", .does = N_("在放大倍数、单笔和单户限额以内的，占用额度"),
     .from = STATE(COVER_ASKED_FOR), .to = COVER_CONFIRMED, .by = SIDE(MANAGER), .gate = "cover_confirm", .check = confirm_check},
    {.name = "refuse", .label = "不予入池", .label_en = "Refuse", .does = N_("写明理由，银行看得到"), .from = STATE(COVER_ASKED_FOR),
     .to = COVER_REFUSED, .by = SIDE(MANAGER), .fields = "refused_why"},
    {.name = "draw", .label = "记放款", .label_en = "Enter the drawdown", .does = N_("实际放款；没有用完的额度随即释放"),
     .from = STATE(COVER_CONFIRMED), .to = COVER_LENT, .by = SIDE(BANK), .fields = "drawn drawn_on voucher", .check = draw_check},
    {.name = "trim", .label = "释放未用额度", .label_en = "Release what is unused", .does = N_("不再放款的，把余下的额度还给资金池"),
     .from = STATE(COVER_LENT), .to = MATTER_SAME, .by = SIDE(BANK), .check = trim_check},
    {.name = "repay", .label = "记还款", .label_en = "Enter a repayment", .does = N_("归还多少本金，就解除多少占用"), .from = STATE(COVER_LENT),
     .to = MATTER_SAME, .by = SIDE(BANK), .fields = "amount repaid_on voucher", .how = MATTER_ADD, .entry = &kind_repaid, .check = repay_check},
    {.name = "withdraw", .label = "撤回", .label_en = "Withdraw", .does = N_("不再需要入池，占用的额度随即释放"),
     .from = STATE(COVER_ASKED_FOR) | STATE(COVER_CONFIRMED), .to = COVER_WITHDRAWN, .by = SIDE(BANK), .check = withdraw_check},
    {.name = "expire", .label = "过期解除", .label_en = "Let it expire", .does = N_("贷款期限已过，银行没有放款也没有撤回：额度还给资金池"),
     .from = STATE(COVER_CONFIRMED), .to = COVER_WITHDRAWN, .by = SIDE(MANAGER), .check = expire_check},
};

static bool facts_of(struct matter_draft *draft, struct fact **facts, size_t *count, struct err *err)
{
    const struct record *cover = &draft->matter;
    int64_t pool_id = matter_number(cover, COVER_POOL), firm_covered;
    struct record pool;
    struct pool_sums sums;
    bool joined;

    if (!record_get(draft->sql, &kind_pool, pool_id, draft->arena, &pool, err) || !pool_sums_read(draft->sql, pool_id, &sums, err)
        || !pool_firm_covered(draft->sql, pool_id, matter_number(cover, COVER_FIRM), &firm_covered, err)
        || !pool_bank_joined(draft->sql, pool_id, cover->owner, draft->today, &joined, err))
        return false;
    *facts = arena_alloc(draft->arena, (POOL_FACTS + 5) * sizeof **facts);
    *count = pool_facts(&pool, &sums, false, *facts);
    (*facts)[(*count)++] = fund_money("pool_firm_covered", firm_covered);
    (*facts)[(*count)++] = fund_yes("pool_bank_joined", joined);
    (*facts)[(*count)++] = fund_money("cover_amount", matter_number(cover, COVER_ASKED));
    (*facts)[(*count)++] = fund_day("cover_ends_on", matter_day(cover, COVER_ENDS_ON));
    (*facts)[(*count)++] = fund_day("today", draft->today);
    return true;
}

static const struct kind *const entries[] = {&kind_repaid};

const struct matter_sort sort_cover = {
    .kind = &kind_cover,
    .about = N_("银行把一笔科技贷款放到风险补偿资金池里：先确认额度，再放款，还款时解除"),
    .empty = N_("还没有入池的贷款。银行从资金池的页面上按“申请入池”。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides,
    .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps,
    .entries = entries, .entry_count = sizeof entries / sizeof *entries,
    .facts = facts_of,
    .begins_at = "/pools",
};
