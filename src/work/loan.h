/*
 * A loan (贷款) through the bank's own decision: the firm applies, the bank takes the pack that the firm has consented to, decides in its
 * own house, signs and registers the pledge, pays out, is paid back, watches, and closes or claims compensation.
 *
 * What must not happen cannot: what is drawn never exceeds what was approved, what is repaid never what was drawn; both sums are kept with
 * the entry in one transaction. A patent is pledged for one loan at a time: signing writes the loan on the patent in the same transaction
 * and asks the rulebook's gate "loan_sign" (R90). A consent withdrawn on the way leaves the loan where it is and shuts the pack.
 */
#ifndef TQ_WORK_LOAN_H
#define TQ_WORK_LOAN_H

#include "work/consent.h"

enum loan_side { LOAN_FIRM, LOAN_BY_BANK };
enum loan_state {
    LOAN_APPLIED, LOAN_REVIEWED, LOAN_AGREED, LOAN_REFUSED, LOAN_SIGNED, LOAN_RUNNING, LOAN_OVERDUE, LOAN_IN_CLAIM, LOAN_COMPENSATED, LOAN_CLOSED,
    LOAN_WITHDRAWN, LOAN_STATES
};
extern const struct matter_sort sort_loan;

/* The statements of finance (patents, packs, consents, sheets, products); behind record_start, before any thread starts. */
void finance_start(void);

/* Principal that is still open, fen. */
int64_t loan_open(const struct record *loan);

/* Amount and months of the firm's newest application to the bank that is not decided; none: *count 0. */
enum { LOAN_ASKED_FACTS = 2 };
bool loan_asked_facts(struct sql *sql, int64_t firm, int64_t bank, struct arena *arena, struct fact facts[LOAN_ASKED_FACTS], size_t *count,
                      struct err *err);

/* --- the risk pool's side (work/loan_pool.c) --- */

/* Called within the step, after its own sums are set; each writes what the pool keeps through matter_also, or refuses. */
bool loan_pool_drawn(struct matter_draft *draft, int64_t amount, struct err *err);
bool loan_pool_repaid(struct matter_draft *draft, int64_t amount, struct err *err);
bool loan_pool_claimed(struct matter_draft *draft, int64_t amount, struct err *err);
bool loan_pool_closed(struct matter_draft *draft, struct err *err);

/* --- what is pledged (work/loan_pledge.c) --- */

/* The facts of R90 about the patents of the draft's loan, added to facts; at most LOAN_FACTS. */
enum { LOAN_FACTS = 16 };
bool loan_pledge_facts(struct matter_draft *draft, struct fact facts[LOAN_FACTS], size_t *count, struct err *err);
/* Writes the loan and the number of the pledge on each of the patents; takes them off again. */
bool loan_pledge_set(struct matter_draft *draft, struct err *err);
bool loan_pledge_clear(struct matter_draft *draft, struct err *err);

/* --- what happened since (贷后信号, work/loan_signal.c) --- */

struct loan_signal {
    const char *sort;        /* code of list "loan_signal" */
    const struct kind *kind; /* of the record that shows it */
    int64_t id;
    int32_t day;             /* since when */
    struct slice says;       /* number of the patent, title of the deal */
    bool noted;              /* the bank has written what it did, on or after that day */
};
enum { LOAN_SIGNALS = 64 };
/* Computed from the records as they are. notes: entries of kind_signal of the loan. What the consent does not cover is not looked at. */
bool loan_signals(struct sql *sql, const struct record *loan, const struct record *notes, size_t note_count, int32_t today, struct arena *arena,
                  struct loan_signal *list, size_t *count, struct err *err);

/* --- how long (天数) --- */

/* Days from one to the next; -1: not there yet. */
struct loan_days {
    int32_t pack, decision, drawdown; /* applied → pack taken → decided → first drawn */
};
bool loan_days(struct sql *sql, const struct record *loan, struct loan_days *days, struct err *err);

#endif
