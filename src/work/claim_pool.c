/*
 * A bank's claim on a pool (代偿申请): filed with the days overdue, the demands for payment and what the bank's file shows; accepted by the
 * manager, which reserves the pool's part; decided; paid by shares to the fen; recovered, and what is recovered shared back.
 */
#include "work/pool.h"

#include "base/clock.h"
#include "base/money.h"
#include "work/loan.h"

enum side { BANK, MANAGER, GUARANTOR };
enum state { FILED, RETURNED, ACCEPTED, DECIDED, PAID, CLOSED, REFUSED, WITHDRAWN };

static const struct matter_side sides[] = {
    [BANK] = {"bank", "银行", "Bank", SIDE_OWNER},
    [MANAGER] = {"manager", "管理机构", "Manager", CLAIM_MANAGER},
    [GUARANTOR] = {"guarantor", "担保机构", "Guarantor", CLAIM_GUARANTOR},
};

static const struct matter_state states[] = {
    [FILED] = {"filed", "待受理", "Filed", SIDE(MANAGER), 10, N_("本平台约定：10 个工作日内受理、退回补正或者说明不予代偿的理由"), false},
    [RETURNED] = {"returned", "退回补正", "Sent back", SIDE(BANK), 20, N_("本平台约定：20 个工作日内补正"), false},
    [ACCEPTED] = {"accepted", "已受理，资金已预留", "Accepted", SIDE(MANAGER), 20, N_("本平台约定：20 个工作日内决定"), false},
    [DECIDED] = {"decided", "已决定，待支付", "Decided", SIDE(MANAGER), 10, N_("本平台约定：10 个工作日内支付"), false},
    [PAID] = {"paid", "已代偿，追偿中", "Paid, being recovered", SIDE(BANK), 0, NULL, false},
    [CLOSED] = {"closed", "追偿终结", "Closed", 0, 0, NULL, true},
    [REFUSED] = {"refused", "不予代偿", "Refused", 0, 0, NULL, true},
    [WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

static bool cover_read(struct matter_draft *draft, struct record *cover, struct err *err)
{
    return record_get(draft->sql, &kind_cover, matter_number(&draft->matter, CLAIM_COVER), draft->arena, cover, err);
}

/* --- filing --- */

static bool other_claim(struct matter_draft *draft, const struct record *claim, struct err *err)
{
    int64_t count;
    bool found;

    if (!sql_one(draft->sql,
                 "SELECT COUNT(*) FROM claim_pool WHERE cover = ?1 AND id <> ?2 AND to_leaf IS NULL"
                 " AND state IN ('filed', 'returned', 'accepted', 'decided')",
                 SQL_ARGS(sql_int(matter_number(claim, CLAIM_COVER)), sql_int(claim->id)), &count, &found, err))
        return false;
    return !count || err_set(err, ERR_CONFLICT, "这笔贷款已有一件代偿申请没有办完") || err_hint(err, "在原来那一件上办");
}

static bool amount_fits(const struct matter_draft *draft, const struct record *cover, struct err *err)
{
    char left[MONEY_TEXT];

    if (matter_day(&draft->matter, CLAIM_OVERDUE_SINCE) > draft->today)
        return MATTER_WRONG(err, &kind_claim_pool, CLAIM_OVERDUE_SINCE, "逾期起始日还没有到");
    if (matter_number(&draft->matter, CLAIM_AMOUNT) <= matter_number(cover, COVER_LEFT))
        return true;
    return MATTER_WRONG(err, &kind_claim_pool, CLAIM_AMOUNT, "超过这笔贷款的本金余额 %s", money_show(matter_number(cover, COVER_LEFT), left));
}

static void from_cover(struct record *claim, const struct record *cover, const struct record *pool)
{
    claim->owner = cover->owner;
    matter_set_number(claim, CLAIM_POOL, pool->id);
    matter_set_number(claim, CLAIM_MANAGER, pool->owner);
    matter_set_number(claim, CLAIM_FIRM, matter_number(cover, COVER_FIRM));
    if (matter_known(pool, POOL_GUARANTOR))
        matter_set_number(claim, CLAIM_GUARANTOR, matter_number(pool, POOL_GUARANTOR));
    matter_set_text(claim, MATTER_TITLE, matter_text(cover, MATTER_TITLE));
}

static bool lent(const struct record *cover, struct err *err)
{
    return matter_state_of(&sort_cover, cover) == &sort_cover.states[COVER_LENT]
           || err_set(err, ERR_CONFLICT, "这笔贷款现在不能申请代偿") || err_hint(err, "只有在保的贷款可以申请");
}

static bool file_check(struct matter_draft *draft, struct err *err)
{
    struct record cover, pool;

    if (!matter_known(&draft->matter, CLAIM_COVER))
        return MATTER_WRONG(err, &kind_claim_pool, CLAIM_COVER, "没有说明是哪笔入池贷款") || err_hint(err, "请从入池备案的页面上发起");
    if (!cover_read(draft, &cover, err))
        return false;
    if (!acts_for(draft->order->actor, cover.owner))
        return record_missing(&kind_cover, err);
    if (matter_known(&cover, COVER_LOAN))
        return err_set(err, ERR_CONFLICT, "这笔贷款在它自己的页面上申请代偿") || err_hint(err, "打开贷款的页面去办");
    if (!lent(&cover, err) || !amount_fits(draft, &cover, err) || !other_claim(draft, &draft->matter, err)
        || !record_get(draft->sql, &kind_pool, matter_number(&cover, COVER_POOL), draft->arena, &pool, err))
        return false;
    from_cover(&draft->matter, &cover, &pool);
    return true;
}

bool claim_file(struct matter_draft *draft, int64_t cover_id, int64_t fen, struct slice overdue_since, struct slice shows, struct err *err)
{
    struct record claim = {.kind = &kind_claim_pool}, cover, pool;

    matter_set_number(&claim, CLAIM_COVER, cover_id);
    if (!record_get(draft->sql, &kind_cover, cover_id, draft->arena, &cover, err) || !lent(&cover, err) || !other_claim(draft, &claim, err)
        || !record_get(draft->sql, &kind_pool, matter_number(&cover, COVER_POOL), draft->arena, &pool, err))
        return false;
    from_cover(&claim, &cover, &pool);
    matter_set_number(&claim, MATTER_STEPS, 1);
    matter_set_number(&claim, CLAIM_AMOUNT, fen);
    matter_set_text(&claim, CLAIM_OVERDUE_SINCE, overdue_since);
    matter_set_text(&claim, CLAIM_SHOWS, shows);
    matter_enter(draft, &sort_claim_pool, &claim, FILED);
    return matter_also(draft, &claim, NULL, err);
}

/* What stands of the claims under the cover, this one as the step leaves it: one that was refused or withdrawn claims nothing. */
static bool claimed(struct matter_draft *draft, const struct record *cover, int64_t *fen, struct err *err)
{
    const struct matter_state *state = matter_state_of(&sort_claim_pool, &draft->matter);
    bool found;

    if (!sql_one(draft->sql,
                 "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM claim_pool WHERE cover = ?1 AND id <> ?2 AND to_leaf IS NULL"
                 " AND state NOT IN ('refused', 'withdrawn')",
                 SQL_ARGS(sql_int(cover->id), sql_int(draft->matter.id)), fen, &found, err))
        return false;
    if (state != &states[REFUSED] && state != &states[WITHDRAWN])
        *fen += matter_number(&draft->matter, CLAIM_AMOUNT);
    return true;
}

/* The loan says of its claims what they say, where it is one of this house. */
static bool loan_follows(struct matter_draft *draft, int loan_state, struct err *err)
{
    struct record cover;
    int64_t fen;

    return cover_read(draft, &cover, err) && claimed(draft, &cover, &fen, err)
           && loan_claim_set(draft, matter_number(&cover, COVER_LOAN), fen, loan_state, err);
}

static bool refile_check(struct matter_draft *draft, struct err *err)
{
    struct record cover;

    return cover_read(draft, &cover, err) && amount_fits(draft, &cover, err) && loan_follows(draft, LOAN_IN_CLAIM, err);
}

static bool demand_check(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->entry, DEMAND_ON) <= draft->today || MATTER_WRONG(err, &kind_demand, DEMAND_ON, "催收日还没有到");
}

/* --- the pool's money --- */

static bool account_of(struct matter_draft *draft, struct pool_account *account, struct err *err)
{
    return pool_account_open(draft, matter_number(&draft->matter, CLAIM_POOL), account, err);
}

static bool post(struct pool_account *account, enum pool_post sort, int64_t fen, const struct record *cause, struct err *err)
{
    const struct record *claim = &account->draft->matter;

    return pool_post(account, sort, fen, cause,
                     &(struct pool_about){matter_number(claim, CLAIM_COVER), matter_number(claim, CLAIM_FIRM), claim->owner}, err);
}

static bool cover_enters(struct matter_draft *draft, enum cover_state state, int64_t paid, struct err *err)
{
    struct record *cover = matter_other(draft, &kind_cover, matter_number(&draft->matter, CLAIM_COVER), err);

    if (!cover)
        return false;
    matter_set_number(cover, COVER_LEFT, matter_number(cover, COVER_LEFT) - paid);
    matter_enter(draft, &sort_cover, cover, matter_number(cover, COVER_LEFT) ? state : COVER_SETTLED);
    return matter_also(draft, cover, &cover[1], err);
}

static void parts_set(struct record *claim, const struct record *pool)
{
    int64_t parts[POOL_BEARERS];

    pool_split_loss(pool, matter_number(claim, CLAIM_AMOUNT), parts);
    matter_set_number(claim, CLAIM_POOL_PART, parts[0]);
    matter_set_number(claim, CLAIM_BANK_PART, parts[1]);
    matter_set_number(claim, CLAIM_GUARANTOR_PART, parts[2]);
}

static bool accept_check(struct matter_draft *draft, struct err *err)
{
    struct record *claim = &draft->matter;
    struct pool_account account;

    if (!account_of(draft, &account, err))
        return false;
    parts_set(claim, &account.pool);
    return post(&account, POOL_RESERVED, matter_number(claim, CLAIM_POOL_PART), claim, err) && pool_account_close(&account, err)
           && cover_enters(draft, COVER_CLAIMED, 0, err);
}

/* The loan, where it is one of this house; 0. */
static bool loan_of(struct matter_draft *draft, int64_t *loan, struct err *err)
{
    struct record cover;

    if (!cover_read(draft, &cover, err))
        return false;
    *loan = matter_number(&cover, COVER_LOAN);
    return true;
}

/* Is the pool's part set aside for it? */
static bool reserves(const struct record *claim)
{
    const struct matter_state *state = matter_state_of(&sort_claim_pool, claim);

    return state == &states[ACCEPTED] || state == &states[DECIDED];
}

static bool refuse_check(struct matter_draft *draft, struct err *err)
{
    struct pool_account account;

    if (!loan_follows(draft, LOAN_OVERDUE, err))
        return false;
    if (!reserves(&draft->was))
        return true;
    return account_of(draft, &account, err) && post(&account, POOL_FREED, matter_number(&draft->matter, CLAIM_POOL_PART), &draft->matter, err)
           && cover_enters(draft, COVER_LENT, 0, err);
}

/* What is left of the loan stays covered; of a loan compensated whole, all that it still takes is released. */
static bool released(struct matter_draft *draft, int64_t *fen, struct err *err)
{
    struct record cover;
    struct pool_sums sums;

    if (!cover_read(draft, &cover, err) || !pool_cover_sums(draft->sql, cover.id, &sums, err))
        return false;
    *fen = matter_number(&draft->matter, CLAIM_AMOUNT);
    if (matter_number(&cover, COVER_LEFT) == *fen)
        *fen = pool_covered(&sums);
    return true;
}

static bool pay_check(struct matter_draft *draft, struct err *err)
{
    struct record *claim = &draft->matter;
    int64_t part = matter_number(claim, CLAIM_POOL_PART), fen;
    struct pool_account account;

    if (matter_day(claim, CLAIM_PAID_ON) > draft->today)
        return MATTER_WRONG(err, &kind_claim_pool, CLAIM_PAID_ON, "支付日还没有到") || err_hint(err, "支付以后再记");
    return released(draft, &fen, err) && account_of(draft, &account, err) && post(&account, POOL_FREED, part, claim, err)
           && post(&account, POOL_COMPENSATED, part, claim, err) && post(&account, POOL_RELEASED, fen, claim, err)
           && pool_account_close(&account, err) && cover_enters(draft, COVER_LENT, matter_number(claim, CLAIM_AMOUNT), err)
           && loan_follows(draft, LOAN_COMPENSATED, err);
}

/* --- recovering --- */

/* What each who bore the loss has not got back yet, over all recoveries there are. */
static void lacking_of(const struct matter_draft *draft, int64_t lacking[POOL_BEARERS])
{
    const struct record *claim = &draft->matter, *list = draft->file->entries[1];

    for (size_t b = 0; b < POOL_BEARERS; b++) {
        lacking[b] = matter_number(claim, CLAIM_POOL_PART + b);
        for (size_t i = 0; i < draft->file->counts[1]; i++)
            lacking[b] -= matter_number(&list[i], RECOVERY_POOL + b);
    }
}

static bool recover_check(struct matter_draft *draft, struct err *err)
{
    struct record *claim = &draft->matter;
    int64_t fen = matter_number(&draft->entry, RECOVERY_AMOUNT), all = matter_number(claim, CLAIM_RECOVERED) + fen;
    int64_t lacking[POOL_BEARERS], parts[POOL_BEARERS], loan;
    struct pool_account account;
    char most[MONEY_TEXT];

    if (matter_day(&draft->entry, RECOVERY_ON) > draft->today)
        return MATTER_WRONG(err, &kind_recovery, RECOVERY_ON, "到账日还没有到");
    if (all > matter_number(claim, CLAIM_AMOUNT))
        return MATTER_WRONG(err, &kind_recovery, RECOVERY_AMOUNT, "追回的超过代偿的本金，最多还可记 %s",
                            money_show(matter_number(claim, CLAIM_AMOUNT) - matter_number(claim, CLAIM_RECOVERED), most))
               || err_hint(err, "超出的是利息和费用，不在分担之内");
    lacking_of(draft, lacking);
    pool_split_back(fen, lacking, parts);
    for (size_t b = 0; b < POOL_BEARERS; b++)
        matter_set_number(&draft->entry, RECOVERY_POOL + b, parts[b]);
    matter_set_number(claim, CLAIM_RECOVERED, all);
    if (all == matter_number(claim, CLAIM_AMOUNT))
        matter_enter(draft, draft->sort, claim, CLOSED);
    if (!account_of(draft, &account, err))
        return false;
    if (account.pool.status == RECORD_CLOSED) /* nobody could give it back any more */
        return err_set(err, ERR_CONFLICT, "资金池已经清算，追回的款不能再入账") || err_hint(err, "按清算决定直接返还各方");
    return post(&account, POOL_RECOVERED, parts[0], &draft->entry, err) && loan_of(draft, &loan, err)
           && loan_recovered(draft, loan, fen, err);
}

/* --- the table --- */

static const struct matter_step steps[] = {
    {.name = "file", .label = "申请代偿", .label_en = "File a claim", .does = N_("写明本金、逾期起始日、贷款档案所载；再逐条补记催收"),
     .from = MATTER_NEW, .to = FILED, .by = SIDE(BANK), .fields = "cover amount overdue_since shows", .check = file_check},
    {.name = "demand", .label = "记催收", .label_en = "Enter a demand", .does = N_("哪日、怎样、文号、对方怎样答复"),
     .from = STATE(FILED) | STATE(RETURNED), .to = MATTER_SAME, .by = SIDE(BANK), .fields = "demanded_on how said", .how = MATTER_ADD,
     .entry = &kind_demand, .check = demand_check},
    {.name = "accept", .label = "受理并预留", .label_en = "Accept and reserve", .does = N_("条件都具备的，按比例算出各方承担，预留资金池的一份"),
     .from = STATE(FILED), .to = ACCEPTED, .by = SIDE(MANAGER), .fields = "checked", .gate = "claim_accept", .check = accept_check},
    {.name = "send_back", .label = "退回补正", .label_en = "Send back", .does = N_("写明缺什么"), .from = STATE(FILED), .to = RETURNED,
     .by = SIDE(MANAGER), .fields = "checked"},
    {.name = "refile", .label = "补正后再报", .label_en = "File again", .does = N_("补齐以后再报"), .from = STATE(RETURNED), .to = FILED,
     .by = SIDE(BANK), .fields = "amount overdue_since shows", .check = refile_check},
    {.name = "decide", .label = "决定代偿", .label_en = "Decide", .does = N_("按算出的份额决定；写明决定文件"), .from = STATE(ACCEPTED),
     .to = DECIDED, .by = SIDE(MANAGER), .fields = "decided_paper"},
    {.name = "refuse", .label = "不予代偿", .label_en = "Refuse", .does = N_("写明理由；已经预留的随即解除"), .from = STATE(FILED) | STATE(RETURNED) | STATE(ACCEPTED) | STATE(DECIDED),
     .to = REFUSED, .by = SIDE(MANAGER), .fields = "refused_why", .check = refuse_check},
    {.name = "pay", .label = "记支付", .label_en = "Enter the payment", .does = N_("预留转为支付，占用随即解除"), .from = STATE(DECIDED), .to = PAID,
     .by = SIDE(MANAGER), .fields = "paid_on voucher", .check = pay_check},
    {.name = "recover", .label = "记追偿", .label_en = "Enter a recovery", .does = N_("追回的按各方还没有收回的份额返还，到分"), .from = STATE(PAID) | STATE(CLOSED),
     .to = MATTER_SAME, .by = SIDE(BANK), .fields = "amount recovered_on source voucher", .how = MATTER_ADD, .entry = &kind_recovery,
     .check = recover_check},
    {.name = "close", .label = "追偿终结", .label_en = "Close", .does = N_("不再能追回的，终结"), .from = STATE(PAID), .to = CLOSED, .by = SIDE(MANAGER),
     .fields = "refused_why"},
    {.name = "withdraw", .label = "撤回", .label_en = "Withdraw", .does = N_("不再申请"), .from = STATE(FILED) | STATE(RETURNED), .to = WITHDRAWN,
     .by = SIDE(BANK), .check = refuse_check},
};

static bool facts_of(struct matter_draft *draft, struct fact **facts, size_t *count, struct err *err)
{
    const struct record *claim = &draft->matter;
    struct record cover, pool;
    struct pool_sums sums;

    if (!cover_read(draft, &cover, err) || !record_get(draft->sql, &kind_pool, matter_number(claim, CLAIM_POOL), draft->arena, &pool, err)
        || !pool_sums_read(draft->sql, pool.id, &sums, err))
        return false;
    *facts = arena_alloc(draft->arena, (POOL_FACTS + 8) * sizeof **facts);
    *count = pool_facts(&pool, &sums, true, *facts);
    (*facts)[(*count)++] = fund_money("claim_amount", matter_number(claim, CLAIM_AMOUNT));
    (*facts)[(*count)++] = fund_money("claim_left", matter_number(&cover, COVER_LEFT));
    (*facts)[(*count)++] = fund_money("claim_pool_part", matter_number(claim, CLAIM_POOL_PART));
    (*facts)[(*count)++] = fund_day("claim_overdue_since", matter_day(claim, CLAIM_OVERDUE_SINCE));
    (*facts)[(*count)++] = fund_number("claim_overdue_least", matter_number(&pool, POOL_OVERDUE));
    (*facts)[(*count)++] = fund_number("claim_demands", (int64_t)draft->file->counts[0]);
    (*facts)[(*count)++] = fund_number("claim_demands_least", matter_number(&pool, POOL_DEMANDS));
    (*facts)[(*count)++] = fund_day("today", draft->today);
    return true;
}

static const struct kind *const entries[] = {&kind_demand, &kind_recovery};

const struct matter_sort sort_claim_pool = {
    .kind = &kind_claim_pool,
    .about = N_("入池贷款逾期以后，银行申请按比例代偿；受理、决定、支付、追偿逐步记账"),
    .empty = N_("还没有代偿申请。银行从入池备案的页面上按“申请代偿”。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides,
    .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps,
    .entries = entries, .entry_count = sizeof entries / sizeof *entries,
    .facts = facts_of,
    .begins_at = "/covers",
};
