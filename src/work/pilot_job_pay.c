/* A pilot job from the result to the payment, and its ends: vouchers are given back exactly, the maturity is written back. */
#include "work/pilot_job_int.h"

#include "base/money.h"
#include "work/maturity.h"

const struct record *job_evidence(const struct matter_draft *draft)
{
    return entry_newest(draft, &kind_trl_evidence);
}

/* --- vouchers --- */

static bool voucher_of(struct matter_draft *draft, const struct record *job, struct record **voucher, struct voucher_move *move, struct err *err)
{
    struct record *capability;

    if (!pilot_record(draft, &kind_pilot_job, JOB_VOUCHER, &kind_voucher, matter_number(job, JOB_VOUCHER), voucher, err)
        || !job_capability(draft, &capability, err))
        return false;
    *move = (struct voucher_move){.voucher = *voucher, .job = draft->was.id, .platform = job->owner, .amount = matter_number(job, JOB_VOUCHER_PART),
                                  .purpose = job_purpose(capability)};
    return true;
}

static const char voucher_text[] = "SELECT id FROM voucher WHERE holder = ?1 AND number = ?2 AND to_leaf IS NULL ORDER BY id LIMIT 1";

bool job_voucher(struct matter_draft *draft, struct record **voucher, struct err *err)
{
    struct record *job = &draft->matter;
    int64_t id;
    bool found;

    if (!sql_one(draft->sql, voucher_text, SQL_ARGS(sql_int(matter_number(job, JOB_FROM)), sql_text(matter_text(job, JOB_VOUCHER_NO))), &id, &found, err))
        return false;
    if (!found)
        return MATTER_WRONG(err, &kind_pilot_job, JOB_VOUCHER_NO, "委托方没有这个券号的创新券");
    matter_set_number(job, JOB_VOUCHER, id);
    return pilot_record(draft, &kind_pilot_job, JOB_VOUCHER, &kind_voucher, id, voucher, err);
}

bool job_reserve(struct matter_draft *draft, struct err *err)
{
    struct voucher_move move;
    struct record *voucher;

    if (matter_known(&draft->was, JOB_VOUCHER))
        return err_set(err, ERR_INVALID, "这件作业已经用了一张券") || err_hint(err, "要换券的，先“不用券了”");
    return job_voucher(draft, &voucher, err) && voucher_of(draft, &draft->matter, &voucher, &move, err) && voucher_reserve(draft, &move, err);
}

static void voucher_clear(struct record *job)
{
    job->values[JOB_VOUCHER_NO] = job->values[JOB_VOUCHER] = job->values[JOB_VOUCHER_PART] = (struct value){.known = false};
}

bool job_voucher_back(struct matter_draft *draft, const char *note, struct err *err)
{
    struct voucher_move move;
    struct record *voucher;

    if (!matter_known(&draft->was, JOB_VOUCHER))
        return true;
    if (!voucher_of(draft, &draft->was, &voucher, &move, err))
        return false;
    move.note = note;
    voucher_clear(&draft->matter);
    return voucher_release(draft, &move, err);
}

bool job_return(struct matter_draft *draft, struct err *err)
{
    if (!matter_known(&draft->was, JOB_VOUCHER))
        return err_set(err, ERR_INVALID, "这件作业没有用券");
    return job_voucher_back(draft, "委托方不用券了", err);
}

/* --- the result --- */

/* The day of the report is the day of the service: a voucher that is over by then is not spent. */
static bool voucher_in_time(struct matter_draft *draft, struct err *err)
{
    struct voucher_move move;
    struct record *voucher;

    if (!matter_known(&draft->was, JOB_VOUCHER))
        return true;
    if (!voucher_of(draft, &draft->was, &voucher, &move, err))
        return false;
    return draft->today <= matter_day(voucher, VOUCHER_UNTIL) || job_voucher_back(draft, "服务完成时券已过期", err);
}

bool job_report(struct matter_draft *draft, struct err *err)
{
    const struct record *job = &draft->was;

    if (!entry_newest(draft, &kind_trial_run))
        return err_set(err, ERR_INVALID, "还没有原始记录") || err_hint(err, "先记至少一批，成与不成都记");
    if (!evidence_fits(draft, matter_number(job, JOB_TRL_NOW), err))
        return false;
    evidence_about(draft, matter_number(job, JOB_ACHIEVEMENT), matter_number(job, JOB_TRL_NOW));
    return voucher_in_time(draft, err);
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
    struct voucher_move move;
    struct record *voucher;

    if (matter_day(&draft->entry, BILL_PAID_ON) > draft->today)
        return MATTER_WRONG(err, &kind_bill, BILL_PAID_ON, "付款日还没有到");
    if (!matter_known(&draft->was, JOB_VOUCHER))
        return true;
    if (!voucher_of(draft, &draft->was, &voucher, &move, err))
        return false;
    move.served_on = evidence ? matter_day(evidence, ENTRY_ON) : draft->today;
    return voucher_spend(draft, &move, err);
}

/* --- ends --- */

bool job_withdraw(struct matter_draft *draft, struct err *err)
{
    return job_voucher_back(draft, "委托方撤回", err);
}

/* Else a client who neither pays nor answers would keep the voucher's money held for good. */
bool job_waive(struct matter_draft *draft, struct err *err)
{
    return job_voucher_back(draft, "平台不再收款", err);
}

bool job_cancel(struct matter_draft *draft, struct err *err)
{
    return job_voucher_back(draft, "平台取消", err) && job_offer(draft, err);
}
