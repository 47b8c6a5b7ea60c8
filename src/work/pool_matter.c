/* How a risk pool runs: proposed, approved, paid in, paused by its breaker, reviewed every year, ended. */
#include "work/pool.h"

#include "base/clock.h"
#include "base/money.h"
#include "work/lineage.h"

enum side { MANAGER, GUARANTOR, OFFICERS };

static const struct matter_side sides[] = {
    [MANAGER] = {"manager", "管理机构", "Manager", SIDE_OWNER},
    [GUARANTOR] = {"guarantor", "担保机构", "Guarantor", POOL_GUARANTOR},
    [OFFICERS] = {"officers", "主管部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [POOL_PROPOSED] = {"proposed", "待核准", "Proposed", SIDE(OFFICERS), 10, N_("本平台约定：10 个工作日内核准或退回"), false},
    [POOL_OPEN] = {"open", "运行", "Open", 0, 0, NULL, false},
    [POOL_PAUSED] = {"paused", "熔断暂停", "Paused by its breaker", SIDE(MANAGER), 20, N_("本平台约定：20 个工作日内做专门年审"), false},
    [POOL_CHANGING] = {"changing", "修改条款", "Terms being changed", SIDE(MANAGER), 20, N_("本平台约定：20 个工作日内提出新条款"), false},
    [POOL_ENDING] = {"ending", "停止新增", "Ending", 0, 0, NULL, false},
    [POOL_ENDED] = {"ended", "已清算", "Ended", 0, 0, NULL, true},
};

#define TERMS "name guarantor leverage pool_share bank_share guarantor_share loan_limit firm_limit breaker breaker_of overdue demands runs_from runs_until rules"

static bool name_check(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_text(&draft->matter, MATTER_TITLE, matter_text(&draft->matter, POOL_NAME));
    return true;
}

static bool place_check(struct matter_draft *draft, struct err *err)
{
    return matter_decides(draft, matter_text(&draft->matter, POOL_PLACE), 0, err);
}

static bool approve_check(struct matter_draft *draft, struct err *err)
{
    struct pool_account account;

    if (!place_check(draft, err))
        return false;
    matter_set_text(&draft->matter, POOL_PAUSED_WHY, SLICE(""));
    return pool_account_open(draft, draft->matter.id, &account, err) && pool_account_close(&account, err);
}

/* --- banks --- */

static bool bank_check(struct matter_draft *draft, struct err *err)
{
    bool joined;

    if (!pool_bank_joined(draft->sql, draft->matter.id, matter_number(&draft->entry, POOL_BANK_PARTY), draft->today, &joined, err))
        return false;
    return !joined || MATTER_WRONG(err, &kind_pool_bank, POOL_BANK_PARTY, "这家银行已经是合作银行");
}

static bool still_joined(const struct record *entry)
{
    return !matter_known(entry, POOL_BANK_UNTIL);
}

static bool bank_leave_check(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->entry, POOL_BANK_UNTIL) < matter_day(&draft->entry, POOL_BANK_SINCE))
        return MATTER_WRONG(err, &kind_pool_bank, POOL_BANK_UNTIL, "退出日早于合作日");
    return true;
}

/* --- money in and out --- */

static bool returned_check(const struct pool_account *account, struct err *err)
{
    char most[MONEY_TEXT];

    if ((__int128)pool_capital(&account->sums) * matter_number(&account->pool, POOL_LEVERAGE) >= pool_covered(&account->sums))
        return true;
    err_set(err, ERR_CONFLICT, "退回以后池内资金撑不住在保余额 %s", money_show(pool_covered(&account->sums), most));
    err_hint(err, "放大倍数是 %lld 倍；等贷款归还、占用解除以后再退", (long long)matter_number(&account->pool, POOL_LEVERAGE));
    return err_field(err, "amount");
}

/* What a public body pays in is public money and stands in its lineage. */
static bool flow_write(struct matter_draft *draft, struct err *err)
{
    const struct record *pool = &draft->matter, *payment = &draft->entry;
    struct slice name = matter_text(pool, POOL_NAME);
    char amount[MONEY_TEXT];
    struct lineage_payment paid = {
        .payer = matter_number(payment, POOL_PAYMENT_WHO), .payee = pool->owner, .amount = matter_number(payment, POOL_PAYMENT_AMOUNT),
        .sort = "pool", .program = name, .on = matter_text(payment, POOL_PAYMENT_ON), .purpose = SLICE("风险补偿资金池出资"),
        .voucher = matter_text(payment, POOL_PAYMENT_VOUCHER)};
    bool public;

    if (!public_body(draft->sql, paid.payer, draft->arena, &public, err))
        return false;
    if (!public)
        return true;
    paid.title = slice_of(arena_print(draft->arena, "%.*s：出资 %s", (int)name.len, name.at, money_show(paid.amount, amount)));
    return lineage_paid(draft, &paid, err);
}

static bool pay_check(struct matter_draft *draft, struct err *err)
{
    bool in = slice_is(matter_text(&draft->entry, POOL_PAYMENT_WAY), "paid_in");
    struct pool_account account;

    if (matter_day(&draft->entry, POOL_PAYMENT_ON) > draft->today)
        return MATTER_WRONG(err, &kind_pool_payment, POOL_PAYMENT_ON, "到账日还没有到") || err_hint(err, "到账以后再记");
    return pool_account_open(draft, draft->matter.id, &account, err)
           && pool_post(&account, in ? POOL_PAID_IN : POOL_RETURNED, matter_number(&draft->entry, POOL_PAYMENT_AMOUNT), &draft->entry,
                        &(struct pool_about){0}, err)
           && (in ? flow_write(draft, err) : returned_check(&account, err)) && pool_account_close(&account, err);
}

/* --- the review --- */

static void figures_set(struct record *review, const struct pool_account *account, struct arena *arena)
{
    const struct pool_sums *sums = &account->sums;
    int64_t base = pool_breaker_base(&account->pool, sums);
    __int128 rate = base ? (__int128)sums->of[POOL_COMPENSATED] * 10000 / base : 0;

    matter_set_number(review, POOL_REVIEW_CAPITAL, pool_capital(sums));
    matter_set_number(review, POOL_REVIEW_COVERED, pool_covered(sums));
    matter_set_number(review, POOL_REVIEW_RESERVED, pool_reserved(sums));
    matter_set_number(review, POOL_REVIEW_COMPENSATED, sums->of[POOL_COMPENSATED]);
    matter_set_number(review, POOL_REVIEW_RECOVERED, sums->of[POOL_RECOVERED]);
    matter_set_text(review, POOL_REVIEW_RATE, base ? slice_of(arena_print(arena, "%lld.%02lld%%", (long long)(rate / 100), (long long)(rate % 100)))
                                                   : SLICE("没有基数"));
}

static bool go_on(struct matter_draft *draft, const struct pool_account *account, struct err *err)
{
    if (pool_breaker_reached(&account->pool, &account->sums))
        return MATTER_WRONG(err, &kind_pool_review, POOL_REVIEW_DECISION, "代偿仍在熔断线上，不能照原条款继续")
               || err_hint(err, "先缴入资金，或者结论选“修改条款后继续”“停止新增”");
    matter_set_text(&draft->matter, POOL_PAUSED_WHY, SLICE(""));
    matter_enter(draft, draft->sort, &draft->matter, POOL_OPEN);
    return true;
}

static bool review_check(struct matter_draft *draft, struct err *err)
{
    struct slice decision = matter_text(&draft->entry, POOL_REVIEW_DECISION);
    struct pool_account account;

    if (!pool_account_open(draft, draft->matter.id, &account, err))
        return false;
    figures_set(&draft->entry, &account, draft->arena);
    matter_set_day(&draft->matter, POOL_REVIEWED_ON, draft->today, draft->arena);
    if (slice_is(decision, "go_on"))
        return go_on(draft, &account, err);
    matter_enter(draft, draft->sort, &draft->matter, slice_is(decision, "end") ? POOL_ENDING : POOL_CHANGING);
    return true;
}

/* A claim that is still being recovered brings money into the pool: wound up, it could not be given back. */
static bool claims_over(struct matter_draft *draft, struct err *err)
{
    int64_t count;
    bool found;

    if (!sql_one(draft->sql,
                 "SELECT COUNT(*) FROM claim_pool WHERE pool = ?1 AND to_leaf IS NULL AND state IN ('filed', 'returned', 'accepted', 'decided', 'paid')",
                 SQL_ARGS(sql_int(draft->matter.id)), &count, &found, err))
        return false;
    return !count || err_set(err, ERR_CONFLICT, "还有 %lld 件代偿没有办结", (long long)count) || err_hint(err, "在追偿的，追回或终结以后再清算");
}

static bool end_check(struct matter_draft *draft, struct err *err)
{
    struct pool_account account;
    char left[MONEY_TEXT];

    if (!pool_account_open(draft, draft->matter.id, &account, err))
        return false;
    if (pool_covered(&account.sums) || pool_reserved(&account.sums))
        return err_set(err, ERR_CONFLICT, "还有在保 %s，不能清算", money_show(pool_covered(&account.sums), left))
               || err_hint(err, "等入池贷款都结清、代偿都办结");
    if (pool_capital(&account.sums))
        return err_set(err, ERR_CONFLICT, "池内还有 %s", money_show(pool_capital(&account.sums), left)) || err_hint(err, "先记“出资收付”退回各出资方");
    return claims_over(draft, err);
}

/* --- the table --- */

enum { LIVE = STATE(POOL_OPEN) | STATE(POOL_PAUSED) | STATE(POOL_CHANGING) | STATE(POOL_ENDING) };

static const struct matter_step steps[] = {
    {.name = "open", .label = "设立资金池", .label_en = "Set up a pool", .does = N_("写明倍数、分担、限额、熔断线和依据，由主管部门核准"),
     .from = MATTER_NEW, .to = POOL_PROPOSED, .by = SIDE(MANAGER), .fields = TERMS " place", .seldom = "guarantor place", .gate = "pool_open", .check = name_check},
    {.name = "approve", .label = "核准", .label_en = "Approve", .does = N_("核准条款，开始运行"), .from = STATE(POOL_PROPOSED), .to = POOL_OPEN,
     .by = SIDE(OFFICERS), .check = approve_check},
    {.name = "send_back", .label = "退回修改", .label_en = "Send back", .does = N_("条款要改的，退回管理机构"), .from = STATE(POOL_PROPOSED),
     .to = POOL_CHANGING, .by = SIDE(OFFICERS), .fields = "paused_why", .check = place_check},
    {.name = "pay", .label = "记出资收付", .label_en = "Enter a contribution", .does = N_("缴入或退回各记一条，池内资金随之增减"), .from = LIVE,
     .to = MATTER_SAME, .by = SIDE(MANAGER), .fields = "way who amount paid_on voucher", .how = MATTER_ADD, .entry = &kind_pool_payment,
     .check = pay_check},
    {.name = "join", .label = "登记合作银行", .label_en = "Add a bank", .does = N_("有协议的银行才能申请入池"), .from = LIVE, .to = MATTER_SAME,
     .by = SIDE(MANAGER), .fields = "bank joined_on paper", .how = MATTER_ADD, .entry = &kind_pool_bank, .check = bank_check},
    {.name = "leave", .label = "银行退出", .label_en = "A bank leaves", .does = N_("退出以后不再入池，已入池的不受影响"), .from = LIVE,
     .to = MATTER_SAME, .by = SIDE(MANAGER), .fields = "left_on", .how = MATTER_AMEND, .entry = &kind_pool_bank, .amendable = still_joined,
     .check = bank_leave_check},
    {.name = "review", .label = "年审", .label_en = "Yearly review", .does = N_("数字按当日的账自动写入；决定继续、修改或停止"),
     .from = STATE(POOL_OPEN) | STATE(POOL_PAUSED), .to = MATTER_SAME, .by = SIDE(MANAGER), .fields = "year says decision paper",
     .how = MATTER_ADD, .entry = &kind_pool_review, .check = review_check},
    {.name = "change", .label = "提出新条款", .label_en = "New terms", .does = N_("改好条款，再由主管部门核准"), .from = STATE(POOL_CHANGING),
     .to = POOL_PROPOSED, .by = SIDE(MANAGER), .fields = TERMS, .gate = "pool_change", .check = name_check},
    {.name = "stop", .label = "不再修改，停止新增", .label_en = "Take nothing new", .does = N_("条款谈不拢或不再设立的：已入池的办完以后清算"), .from = STATE(POOL_CHANGING),
     .to = POOL_ENDING, .by = SIDE(MANAGER), .fields = "paused_why"},
    {.name = "end", .label = "清算", .label_en = "Wind up", .does = N_("没有在保、没有预留、资金都已退回"), .from = STATE(POOL_ENDING),
     .to = POOL_ENDED, .by = SIDE(MANAGER), .check = end_check},
};

/* What pools there are, on which terms, is for everybody to see. */
static bool is_public(const struct record *pool)
{
    return matter_state_of(&sort_pool, pool) != &states[POOL_PROPOSED];
}

static bool facts_of(struct matter_draft *draft, struct fact **facts, size_t *count, struct err *err)
{
    struct pool_sums sums;

    if (!pool_sums_read(draft->sql, draft->matter.id, &sums, err))
        return false;
    *facts = arena_alloc(draft->arena, POOL_FACTS * sizeof **facts);
    *count = pool_facts(&draft->matter, &sums, false, *facts);
    return true;
}

static const struct kind *const entries[] = {&kind_pool_bank, &kind_pool_payment, &kind_pool_review};

const struct matter_sort sort_pool = {
    .kind = &kind_pool,
    .about = N_("财政与担保机构出资，为合作银行的科技贷款分担损失；条款、账目、年审都在这里"),
    .empty = N_("还没有资金池。管理机构按“设立资金池”，写明条款，由主管部门核准。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides,
    .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps,
    .entries = entries, .entry_count = sizeof entries / sizeof *entries,
    .open = is_public,
    .facts = facts_of,
};
