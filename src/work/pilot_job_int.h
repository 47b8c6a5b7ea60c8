/* The checks of a pilot job's steps (pilot_job_check.c, pilot_job_pay.c, pilot_job_gate.c), for its table in pilot_job.c. */
#ifndef TQ_WORK_PILOT_JOB_INT_H
#define TQ_WORK_PILOT_JOB_INT_H

#include "work/pilot.h"

typedef bool job_check(struct matter_draft *draft, struct err *err);

/* pilot_job_check.c: from the request to the run */
job_check job_request, job_supply, job_quote, job_accept, job_book, job_start, job_custody;
/* pilot_job_pay.c: the result, the money, the ends */
job_check job_report, job_reserve, job_return, job_bill, job_pay, job_withdraw, job_cancel, job_waive, job_write_back;
/* pilot_job_gate.c */
bool job_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err);

/* The capability that the job is about. */
bool job_capability(struct matter_draft *draft, struct record **capability, struct err *err);
/* What a voucher pays for there: testing with a large instrument, else a pilot trial. */
const char *job_purpose(const struct record *capability);
/* How a job is paid with a voucher. */
extern const struct voucher_payer job_payer;
/* The newest evidence of the job; NULL. */
const struct record *job_evidence(const struct matter_draft *draft);
/* Up to three other capabilities that would take the job, in words: set as JOB_OFFERED. */
bool job_offer(struct matter_draft *draft, struct err *err);

/* What a sample may go through next: the last thing that happened to it ("": nothing yet). */
bool custody_follows(struct slice last, struct slice next);

#endif
