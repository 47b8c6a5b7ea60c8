/* A pilot job from the result to the payment, and its ends: vouchers are given back exactly, the maturity is written back. */
#include "work/pilot_job_int.h"

#include "base/money.h"
#include "work/maturity.h"

const struct record *job_evidence(const struct matter_draft *draft)
{
    return entry_newest(draft, &kind_trl_evidence);
}

/* --- vouchers --- */

static bool purpose_of(struct matter_draft *draft, const char **purpose, struct err *err)
{
    struct record *capability;

    if (!job_capability(draft, &capability, err))
        return false;
    *purpose = job_purpose(capability);
    return true;
}

const struct voucher_payer job_payer = {&kind_pilot_job, JOB_FROM, JOB_VOUCHER_NO, JOB_VOUCHER, JOB_VOUCHER_PART, USE_JOB, purpose_of};

bool job_reserve(struct matter_draft *draft, struct err *err)
{
    return voucher_hold(draft, &job_payer, err);
}

bool job_return(struct matter_draft *draft, struct err *err)
{
    return voucher_return(draft, &job_payer, err);
}

/* --- the result --- */

bool job_report(struct matter_draft *draft, struct err *err)
{
    const struct record *job = &draft->was;

    if (!entry_newest(draft, &kind_trial_run))
        return err_set(err, ERR_INVALID, "还没有原始记录") || err_hint(err, "先记至少一批，成与不成都记");
    if (!evidence_fits(draft, matter_number(job, JOB_TRL_NOW), err))
        return false;
    evidence_about(draft, matter_number(job, JOB_ACHIEVEMENT), matter_number(job, JOB_TRL_NOW));
    return voucher_in_time(draft, &job_payer, err); /* the day of the report is the day of the service */
}

bool job_write_back(struct matter_draft *draft, struct err *err)
{
    return evidence_write_back(draft, matter_number(&draft->matter, JOB_RIGHTS), err);
}

/* --- the money --- */

bool job_bill(struct matter_draft *draft, struct err *err)
{
    int64_t amount = matter_number(&draft->was, JOB_AMOUNT);
    char text[MONEY_TEXT];

    if (matter_number(&draft->entry, BILL_AMOUNT) > amount)
        return MATTER_WRONG(err, &kind_bill, BILL_AMOUNT, "合同金额是 %s，开票不能更多", money_show(amount, text));
    if (matter_number(&draft->entry, BILL_AMOUNT) < matter_number(&draft->was, JOB_VOUCHER_PART))
        return MATTER_WRONG(err, &kind_bill, BILL_AMOUNT, "预留的券是 %s，比开票多；请委托方先退回一部分",
                            money_show(matter_number(&draft->was, JOB_VOUCHER_PART), text));
    matter_set_number(&draft->entry, BILL_VOUCHER, matter_number(&draft->was, JOB_VOUCHER_PART));
    return true;
}

bool job_pay(struct matter_draft *draft, struct err *err)
{
    const struct record *evidence = job_evidence(draft);

    if (matter_day(&draft->entry, BILL_PAID_ON) > draft->today)
        return MATTER_WRONG(err, &kind_bill, BILL_PAID_ON, "付款日还没有到");
    return voucher_pays(draft, &job_payer, evidence ? matter_day(evidence, ENTRY_ON) : draft->today, err);
}

/* --- ends --- */

bool job_withdraw(struct matter_draft *draft, struct err *err)
{
    return voucher_back(draft, &job_payer, "委托方撤回", err);
}

/* Else a client who neither pays nor answers would keep the voucher's money held for good. */
bool job_waive(struct matter_draft *draft, struct err *err)
{
    return voucher_back(draft, &job_payer, "平台不再收款", err);
}

bool job_cancel(struct matter_draft *draft, struct err *err)
{
    return voucher_back(draft, &job_payer, "平台取消", err) && job_offer(draft, err);
}
