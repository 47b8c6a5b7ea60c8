/*
 * Public money that moves other money: a risk pool with its account, the loans that it covers and what banks claim of it (R91); project
 * support with an agreed right to shares, 先投后股 (R92); what a public payment moved (R93); branches of banks for technology firms.
 *
 * A pool's account is nothing but its entries (资金池分录): capital, covered, reserved and available are sums of them (work/pool.h), and
 * each names the record that caused it. All money is fen, all shares are 万分比.
 */
#ifndef TQ_RECORD_FUND_H
#define TQ_RECORD_FUND_H

#include "record/matter.h"

/* --- the pool (风险补偿资金池): a matter whose owner is its manager --- */

enum pool_field {
    POOL_NAME = MATTER_OWN, POOL_GUARANTOR, /* 担保机构, a party; its share is 0 where there is none */
    POOL_LEVERAGE,                          /* 倍: covered ≤ capital × leverage */
    POOL_SHARE, POOL_BANK_SHARE, POOL_GUARANTOR_SHARE, /* who bears what; 100 % together */
    POOL_LOAN_LIMIT, POOL_FIRM_LIMIT,
    POOL_BREAKER,                           /* paused once compensated and reserved reach this share… */
    POOL_BREAKER_OF,                        /* …of the covered balance or of what was paid in: code of "breaker_of" */
    POOL_OVERDUE, POOL_DEMANDS,             /* a claim needs so many days overdue, so many demands for payment */
    POOL_FROM, POOL_UNTIL, POOL_RULES,      /* its term, and the document that it stands on */
    POOL_PLACE,                             /* whose money it is, where it is not the city's */
    POOL_REVIEWED_ON, POOL_PAUSED_WHY,      /* the program's */
    POOL_FIELD_COUNT
};
enum pool_bank_field { POOL_BANK_PARTY = ENTRY_OWN, POOL_BANK_SINCE, POOL_BANK_PAPER, POOL_BANK_UNTIL, POOL_BANK_FIELD_COUNT };
enum pool_payment_field {
    POOL_PAYMENT_WAY = ENTRY_OWN, /* code of "pool_payment": paid in, returned */
    POOL_PAYMENT_WHO, POOL_PAYMENT_AMOUNT, POOL_PAYMENT_ON, POOL_PAYMENT_VOUCHER, POOL_PAYMENT_FIELD_COUNT
};
enum pool_review_field {
    POOL_REVIEW_YEAR = ENTRY_OWN, POOL_REVIEW_SAYS, POOL_REVIEW_DECISION, POOL_REVIEW_PAPER, /* typed */
    POOL_REVIEW_CAPITAL, POOL_REVIEW_COVERED, POOL_REVIEW_RESERVED, POOL_REVIEW_COMPENSATED, POOL_REVIEW_RECOVERED,
    POOL_REVIEW_RATE, /* compensated ÷ the breaker's base, down to the 万分比; all as of the day */
    POOL_REVIEW_FIELD_COUNT
};
enum pool_entry_field {
    POOL_ENTRY_SORT = ENTRY_OWN, /* code of "pool_entry" */
    POOL_ENTRY_AMOUNT,           /* > 0 */
    POOL_ENTRY_CAUSE, POOL_ENTRY_CAUSE_ID, /* kind's name and id of what caused it */
    POOL_ENTRY_COVER, POOL_ENTRY_FIRM, POOL_ENTRY_BANK, /* whose loan it is about; else not known */
    POOL_ENTRY_FIELD_COUNT
};
extern const struct kind kind_pool, kind_pool_bank, kind_pool_payment, kind_pool_review, kind_pool_entry;

/* --- a loan under a pool's cover (入池备案), and a claim (代偿申请); both are the bank's --- */

enum cover_field {
    COVER_POOL = MATTER_OWN, COVER_MANAGER, /* the program's: the pool's owner */
    COVER_LOAN,                             /* the loan here, if it is one of ours; the program's */
    COVER_FIRM, COVER_CONTRACT, COVER_ASKED, COVER_PURPOSE, COVER_ENDS_ON, /* typed */
    COVER_REFUSED_WHY,
    COVER_DRAWN, COVER_DRAWN_ON, COVER_VOUCHER,
    COVER_LEFT,                             /* principal not yet paid back: the program's */
    COVER_FIELD_COUNT
};
enum repaid_field { REPAID_AMOUNT = ENTRY_OWN, REPAID_ON, REPAID_VOUCHER, REPAID_FIELD_COUNT };

enum claim_pool_field {
    CLAIM_POOL = MATTER_OWN, CLAIM_MANAGER, CLAIM_GUARANTOR, CLAIM_FIRM, CLAIM_COVER, /* the program's */
    CLAIM_AMOUNT,            /* principal that is to be compensated; ≤ what is left of the loan */
    CLAIM_OVERDUE_SINCE, CLAIM_SHOWS, /* what the bank's file shows */
    CLAIM_CHECKED,           /* what the manager saw */
    CLAIM_POOL_PART, CLAIM_BANK_PART, CLAIM_GUARANTOR_PART, /* reckoned when it is accepted; the amount together */
    CLAIM_DECIDED_PAPER, CLAIM_PAID_ON, CLAIM_VOUCHER, CLAIM_REFUSED_WHY,
    CLAIM_RECOVERED,         /* sum of the recoveries: the program's */
    CLAIM_FIELD_COUNT
};
enum demand_field { DEMAND_ON = ENTRY_OWN, DEMAND_HOW, DEMAND_SAID, DEMAND_FIELD_COUNT };
enum recovery_field {
    RECOVERY_AMOUNT = ENTRY_OWN, RECOVERY_ON, RECOVERY_FROM, RECOVERY_VOUCHER,
    RECOVERY_POOL, RECOVERY_BANK, RECOVERY_GUARANTOR, /* shared back: the program's */
    RECOVERY_FIELD_COUNT
};
extern const struct kind kind_cover, kind_repaid, kind_claim_pool, kind_demand, kind_recovery;

/* --- 先投后股: project support that may become shares; its owner is the institution that holds them --- */

enum stake_field {
    STAKE_FIRM = MATTER_OWN, STAKE_PROGRAM, STAKE_PROJECT, STAKE_AMOUNT, STAKE_AGREED_ON, STAKE_UNTIL,
    STAKE_LEAST_ROUND, STAKE_LEAST_REVENUE, /* what triggers it; one of them not known: not agreed on */
    STAKE_DISCOUNT, STAKE_FLOOR, STAKE_CEILING, /* on the price, and of the valuation */
    STAKE_MOST,                             /* of all shares after it, 万分比 */
    STAKE_SAME_DAY,                         /* two rounds on one day: code of "same_day" */
    STAKE_RETURN,                           /* 适当收益: simple interest a year */
    STAKE_PAID_ON, STAKE_VOUCHER,
    STAKE_BASIS, STAKE_REVENUE, STAKE_SHARES_NOW, STAKE_VALUATION, /* trigger: round or revenue; of a revenue trigger, as appraised */
    STAKE_TRIGGERED_ON, STAKE_ROUND,        /* the round by whose price; 0: none */
    STAKE_SHARES, STAKE_COST, STAKE_REST,   /* converted: shares, what they cost, what is left over in money */
    STAKE_REGISTERED_ON,
    STAKE_DUE, STAKE_BACK, STAKE_BACK_ON,   /* exit: what is due, what came, when */
    STAKE_LOSS, STAKE_LOSS_WHY, STAKE_DILIGENCE, STAKE_NO_GAIN, STAKE_LOSS_PAPER, /* written off */
    STAKE_CONTEST,                          /* what the firm says against a trigger or a loss */
    STAKE_FIELD_COUNT
};
enum stake_mark_field { STAKE_MARK_WHAT = ENTRY_OWN, STAKE_MARK_BY, STAKE_MARK_DONE_ON, STAKE_MARK_SHOWS, STAKE_MARK_FIELD_COUNT };
enum stake_check_field { STAKE_CHECK_SORT = ENTRY_OWN, STAKE_CHECK_ON, STAKE_CHECK_WHO, STAKE_CHECK_PASSED, STAKE_CHECK_SAYS, STAKE_CHECK_FIELD_COUNT };
enum stake_round_field {
    STAKE_ROUND_ON = ENTRY_OWN, STAKE_ROUND_WHO, STAKE_ROUND_MARKET, /* investors that are tied neither to the firm nor to the state's side */
    STAKE_ROUND_RAISED, STAKE_ROUND_VALUATION /* before the money */, STAKE_ROUND_SHARES /* before it */, STAKE_ROUND_PAPER,
    STAKE_ROUND_BY /* which side entered it */, STAKE_ROUND_AGREED_ON, STAKE_ROUND_CONTEST, /* by the other side */
    STAKE_ROUND_FIELD_COUNT
};
extern const struct kind kind_stake, kind_stake_mark, kind_stake_check, kind_stake_round;

/* --- the lineage of public money (资金谱系); a payment's owner is who paid --- */

enum money_flow_field {
    FLOW_SORT = MATTER_OWN, FLOW_PROGRAM, FLOW_PAYEE, FLOW_AMOUNT, FLOW_PAID_ON, FLOW_PURPOSE, FLOW_VOUCHER,
    FLOW_CAUSE, FLOW_CAUSE_ID, /* the record here that paid it; the program's */
    FLOW_VOID_WHY, FLOW_FIELD_COUNT
};
enum moved_field {
    MOVED_SORT = ENTRY_OWN, MOVED_WHO, /* whose R&D, loan, round, purchase, contract */
    MOVED_NUMBER,                      /* of the document: with sort and party it says which amount this is */
    MOVED_ON, MOVED_AMOUNT,            /* the whole amount */
    MOVED_SHARE,                       /* of it that this payment moved */
    MOVED_PAPER,
    MOVED_FEN, MOVED_KEY,              /* share in fen; which amount: the program's */
    MOVED_PROVED_ON, MOVED_SEEN,       /* by an officer who saw the document */
    MOVED_VOID_ON, MOVED_VOID_WHY, MOVED_FIELD_COUNT
};
extern const struct kind kind_money_flow, kind_moved;

/* --- a bank's branch for technology firms (科技支行) --- */

enum branch_field {
    BRANCH_NAME = MATTER_OWN, BRANCH_ADDRESS, BRANCH_PHONE, BRANCH_LICENSED_BY, BRANCH_PAPER, BRANCH_SINCE, BRANCH_UNTIL,
    BRANCH_STAFF, BRANCH_LIMIT, BRANCH_TOLERANCE, BRANCH_BAD, BRANCH_DUTY, BRANCH_REFUSED_WHY, BRANCH_FIELD_COUNT
};
extern const struct kind kind_branch;

#endif
