/*
 * What a risk pool does when a loan moves, and what a loan does when its claim does. A loan that no pool covers moves by itself. Both write
 * in the step that brings it about, so that drawdown and pool entry are there together or not at all.
 */
#include "work/loan.h"

#include "work/pool.h"

/* The loan's cover in force; 0: no pool has any part in it. */
static bool cover_find(struct matter_draft *draft, int64_t *cover, struct err *err)
{
    *cover = 0;
    return !matter_known(&draft->matter, LOAN_POOL) || cover_of_loan(draft->sql, draft->matter.id, cover, err);
}

bool loan_pool_drawn(struct matter_draft *draft, int64_t amount, struct err *err)
{
    int64_t cover;

    if (!cover_find(draft, &cover, err))
        return false;
    return !cover || cover_draw(draft, cover, amount, matter_day(&draft->entry, DRAWDOWN_PAID_ON), matter_text(&draft->entry, DRAWDOWN_VOUCHER), err);
}

/* What comes after compensation is shared among those who bore the loss. */
bool loan_pool_repaid(struct matter_draft *draft, int64_t amount, struct err *err)
{
    int64_t cover;

    if (!amount || !cover_find(draft, &cover, err))
        return !amount;
    if (!cover && matter_state_of(&sort_loan, &draft->was) == &sort_loan.states[LOAN_COMPENSATED])
        return err_set(err, ERR_CONFLICT, "代偿以后追回的，记在代偿申请的“记追偿”里，按各方承担的返还") || err_hint(err, "打开这笔贷款的代偿申请去办");
    return !cover || cover_repay(draft, cover, amount, &draft->entry, err);
}

bool loan_pool_claimed(struct matter_draft *draft, int64_t amount, struct err *err)
{
    const struct record *loan = &draft->matter;
    struct slice contract = matter_text(loan, LOAN_CONTRACT_NO);
    int64_t cover;

    if (!cover_find(draft, &cover, err))
        return false;
    if (!cover)
        return err_set(err, ERR_CONFLICT, "这笔贷款的入池额度已经解除，资金池不再分担") || err_hint(err, "入池部分还清以后再提的款不在池内；结清或继续追偿");
    return claim_file(draft, cover, amount, matter_text(loan, LOAN_OVERDUE_ON),
                               slice_of(arena_print(draft->arena, "借款合同 %.*s：贷前所见在尽调包里，贷后检查与处置在贷款卷的信号里。", (int)contract.len,
                                                    contract.at)),
                               err);
}

bool loan_pool_closed(struct matter_draft *draft, struct err *err)
{
    int64_t cover;

    return cover_find(draft, &cover, err) && (!cover || cover_settle(draft, cover, err));
}

/* --- from the pool's side --- */

bool loan_pool_set(struct matter_draft *draft, int64_t id, int64_t pool, struct err *err)
{
    struct record *loan;

    if (!id)
        return true;
    loan = matter_other(draft, &kind_loan, id, err);
    if (!loan)
        return false;
    loan->values[LOAN_POOL] = (struct value){.known = pool != 0, .number = pool};
    return matter_also(draft, loan, &loan[1], err);
}

bool loan_claim_set(struct matter_draft *draft, int64_t id, int64_t fen, int state, struct err *err)
{
    struct record *loan;

    if (!id)
        return true;
    loan = matter_other(draft, &kind_loan, id, err);
    if (!loan)
        return false;
    loan->values[LOAN_CLAIMED] = (struct value){.known = fen != 0, .number = fen};
    if (matter_state_of(&sort_loan, loan) != &sort_loan.states[state])
        matter_enter(draft, &sort_loan, loan, state);
    return matter_also(draft, loan, &loan[1], err);
}

bool loan_recovered(struct matter_draft *draft, int64_t id, int64_t fen, struct err *err)
{
    struct record *loan;

    if (!id)
        return true;
    loan = matter_other(draft, &kind_loan, id, err);
    if (!loan)
        return false;
    matter_set_number(loan, LOAN_REPAID, matter_number(loan, LOAN_REPAID) + fen);
    return matter_also(draft, loan, &loan[1], err);
}
