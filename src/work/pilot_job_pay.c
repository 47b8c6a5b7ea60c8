/* A pilot job from the result to the payment, and its ends: vouchers are given back exactly, the maturity is written back. */
#include "work/pilot_job_int.h"

#include "base/money.h"
#include "record/achievement.h"

static const struct record *newest(const struct matter_draft *draft, const struct kind *kind)
{
    const struct matter_file *file = draft->file;

    for (size_t k = 0; k < file->sort->entry_count; k++)
        if (file->sort->entries[k] == kind && file->counts[k])
            return &file->entries[k][file->counts[k] - 1];
    return NULL;
}

const struct record *job_evidence(const struct matter_draft *draft)
{
    return newest(draft, &kind_trl_evidence);
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

static bool outcome_fits(const struct matter_draft *draft, struct err *err)
{
    const struct record *entry = &draft->entry;
    bool failed = slice_is(matter_text(entry, EVIDENCE_OUTCOME), "failed"), proved = matter_known(entry, EVIDENCE_PROVED);

    if (slice_is(matter_text(entry, EVIDENCE_OUTCOME), "reached") && !proved)
        return MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_PROVED, "达到的要写证明到第几级");
    if (failed && proved)
        return MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_PROVED, "没有达到的，这里不填");
    return !proved || matter_number(entry, EVIDENCE_PROVED) >= matter_number(&draft->was, JOB_TRL_NOW)
           || MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_PROVED, "作业前已是 TRL %lld", (long long)matter_number(&draft->was, JOB_TRL_NOW));
}

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

    if (!newest(draft, &kind_trial_run))
        return err_set(err, ERR_INVALID, "还没有原始记录") || err_hint(err, "先记至少一批，成与不成都记");
    if (!outcome_fits(draft, err))
        return false;
    if (matter_known(job, JOB_ACHIEVEMENT))
        matter_set_number(&draft->entry, EVIDENCE_ACHIEVEMENT, matter_number(job, JOB_ACHIEVEMENT));
    if (matter_known(job, JOB_TRL_NOW))
        matter_set_number(&draft->entry, EVIDENCE_BEFORE, matter_number(job, JOB_TRL_NOW));
    return voucher_in_time(draft, err);
}

bool job_confirm(struct matter_draft *draft, struct err *err)
{
    const struct record *prior = job_evidence(draft);
    struct record next;

    if (!prior)
        return err_set(err, ERR_INVALID, "还没有结果");
    next = *prior;
    matter_set_day(&next, EVIDENCE_CONFIRMED_ON, draft->today, draft->arena);
    return matter_also(draft, &next, prior, err) != NULL;
}

/* A new version of the achievement, by the hand of whoever acts for its owner. */
static bool achievement_raise(struct matter_draft *draft, int64_t trl, struct err *err)
{
    struct record *prior, next;

    if (!pilot_record(draft, &kind_trl_evidence, EVIDENCE_ACHIEVEMENT, &kind_achievement, matter_number(draft->entry_was, EVIDENCE_ACHIEVEMENT),
                      &prior, err))
        return false;
    if (prior->owner != matter_number(&draft->matter, JOB_RIGHTS))
        return err_set(err, ERR_INVALID, "这项成果已经换了权利方") || err_hint(err, "请现在的权利方在成果页修改");
    if (matter_number(prior, ACHIEVEMENT_TRL) >= trl)
        return MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_WRITTEN, "成果已经是 TRL %lld", (long long)matter_number(prior, ACHIEVEMENT_TRL));
    next = *prior;
    matter_set_number(&next, ACHIEVEMENT_TRL, trl);
    next.author = draft->order->actor->account;
    return matter_also(draft, &next, prior, err) != NULL;
}

bool job_write_back(struct matter_draft *draft, struct err *err)
{
    int64_t trl = matter_number(&draft->entry, EVIDENCE_WRITTEN), proved = matter_number(draft->entry_was, EVIDENCE_PROVED);

    if (trl > proved)
        return MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_WRITTEN, "结果只证明到 TRL %lld", (long long)proved);
    matter_set_day(&draft->entry, EVIDENCE_WRITTEN_ON, draft->today, draft->arena);
    return achievement_raise(draft, trl, err);
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

bool job_cancel(struct matter_draft *draft, struct err *err)
{
    return job_voucher_back(draft, "平台取消", err) && job_offer(draft, err);
}
