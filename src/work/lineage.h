/*
 * The lineage of public money (资金谱系, R93): a public payment and what it moved. An amount that was moved is known by its sort, whose it
 * is and the number of its document; over all public payments no more than 100 % of it is attributed, so that no yuan counts twice. The
 * attributed fen of all shares of one amount add up to what their sum of shares gives, cut down to the fen.
 */
#ifndef TQ_WORK_LINEAGE_H
#define TQ_WORK_LINEAGE_H

#include "record/fund.h"
#include "work/matter.h"

extern const struct matter_sort sort_money_flow;

/* Is the party a public body (政府部门)? */
bool public_body(struct sql *sql, int64_t party, struct arena *arena, bool *yes, struct err *err);

/*
 * A payment of public money that the draft's step enters (a stake, a grant, a settlement, a contribution to a pool): it stands in the
 * lineage by itself, with the matter as its cause. Where the payer has typed it already, that payment is linked, not a second entered.
 */
struct lineage_payment {
    int64_t payer, payee, amount;
    const char *sort; /* code of "flow_sort" */
    struct slice title, program, on, purpose, voucher;
};
bool lineage_paid(struct matter_draft *draft, const struct lineage_payment *paid, struct err *err);

/* Is it one who pays public money: a public body, or a finance institution to whom it was entrusted? What it enters is published as such. */
bool public_payer(struct matter_draft *draft, struct err *err);

/* What stands of an amount, over all payments. */
struct moved_taken {
    int64_t share, fen; /* sums of the standing shares and their fen */
    int64_t amount;     /* the whole, as it was said first; 0: nothing stands yet */
};
struct slice moved_key(const struct record *moved, struct arena *arena);
bool moved_taken_read(struct sql *sql, struct slice key, struct moved_taken *taken, struct err *err);

/* The fen of a further share: not below 0. */
int64_t moved_part(const struct moved_taken *taken, int64_t amount, int64_t share);

/* --- the multiplier --- */

enum { LINEAGE_LOAN = 1, LINEAGE_SORTS = 5 };
extern const char *const lineage_sorts[LINEAGE_SORTS]; /* of "moved_sort" */

/*
 * Of a group of payments: what was paid, and what they moved. Proved (有凭证): read from a record of this house, or an officer saw the
 * document. Declared (只有申报): typed, and nobody has seen what shows it. Each amount is in one of them alone.
 */
struct lineage_line {
    struct slice name;          /* of the group */
    int64_t payments, paid;
    int64_t declared[LINEAGE_SORTS], proved[LINEAGE_SORTS];
};
enum lineage_by { LINEAGE_ALL, LINEAGE_BY_SORT, LINEAGE_BY_PROGRAM, LINEAGE_BY_YEAR };

/* At most `most` groups, by name; *further: there were more. Void payments and shares are left out. */
bool lineage_read(struct sql *sql, enum lineage_by by, struct arena *arena, struct lineage_line *lines, size_t most, size_t *count, bool *further,
                  struct err *err);
int64_t lineage_sum(const int64_t sums[LINEAGE_SORTS]);

/*
 * Loans that were drawn under a pool since public money was paid into it, as their covers say: of each the payment's part is by what had
 * been paid in by the day of drawing. What was typed of the same loan and proved is attributed there and not counted here again.
 */
struct lineage_loans { int64_t count, fen; };
bool lineage_loans_of(struct sql *sql, int64_t flow, struct arena *arena, struct lineage_loans *loans, struct err *err);

/* Is what is typed a loan that is read from its record anyhow? */
bool lineage_loan_recorded(struct sql *sql, const struct record *moved, struct arena *arena, bool *recorded, struct err *err);

/* fen of a loan: typed: the share (万分比) that is attributed otherwise; paid of all that was paid in. */
int64_t lineage_loan_part(int64_t drawn, int64_t typed, int64_t paid, int64_t all);

#define LINEAGE_LOANS(group) \
    "SELECT " group ", f.amount, v.firm, v.contract, v.drawn, (SELECT CAST(SUM(g.amount) AS BIGINT) FROM money_flow g" \
    " WHERE g.cause = 'pool' AND g.cause_id = f.cause_id AND g.state <> 'void' AND g.to_leaf IS NULL AND g.paid_on <= v.drawn_on)" \
    " FROM money_flow f JOIN cover v ON v.pool = f.cause_id AND v.to_leaf IS NULL AND v.drawn > 0 AND v.drawn_on >= f.paid_on" \
    " WHERE f.cause = 'pool' AND f.state <> 'void' AND f.to_leaf IS NULL AND (CAST(?1 AS BIGINT) = 0 OR f.id = ?1)"
typedef void lineage_loan_seen(void *arg, struct slice group, int64_t fen);
/* text: a LINEAGE_LOANS; flow: one alone, 0: all. Says of each loan its group and the payments' part of it. */
bool lineage_loans_read(struct sql *sql, const char *text, int64_t flow, struct arena *arena, lineage_loan_seen *seen, void *arg, struct err *err);

/* moved ÷ paid: the fraction in its lowest terms and two decimals cut down, "7/2 = 3.50"; "" where nothing was paid. */
struct slice lineage_multiplier(int64_t moved, int64_t paid, struct arena *arena);

#endif
