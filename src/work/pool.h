/*
 * The account of a risk pool (风险补偿资金池, R91). There is no balance anywhere: every figure is a sum of entries, and each entry names
 * the record that caused it.
 *
 *   capital    paid in − returned − compensated + recovered: the money that lies in it
 *   covered    cover taken − released: what banks have lent under it
 *   reserved   reserved − freed: for claims accepted and not yet paid
 *   available  capital − reserved
 *
 * Whoever writes entries opens the account inside a check (matter_draft: the writer's own connection, so nobody else can write
 * before the step is done), posts, and closes: closing pauses a pool whose breaker is reached. A posting that would leave capital,
 * covered, reserved or available below 0 is refused, whatever the rules say. The limits are the rules' (R91 ff.), asked over
 * pool_facts.
 */
#ifndef TQ_WORK_POOL_H
#define TQ_WORK_POOL_H

#include "record/fund.h"
#include "work/matter.h"

enum pool_post { POOL_PAID_IN, POOL_RETURNED, POOL_COVERED, POOL_RELEASED, POOL_RESERVED, POOL_FREED, POOL_COMPENSATED, POOL_RECOVERED, POOL_POSTS };
extern const char *const pool_post_codes[POOL_POSTS]; /* of "pool_entry" */

enum pool_state { POOL_PROPOSED, POOL_OPEN, POOL_PAUSED, POOL_CHANGING, POOL_ENDING, POOL_ENDED };
enum cover_state { COVER_ASKED_FOR, COVER_CONFIRMED, COVER_LENT, COVER_CLAIMED, COVER_SETTLED, COVER_REFUSED, COVER_WITHDRAWN };
extern const struct matter_sort sort_pool, sort_cover, sort_claim_pool;

struct pool_sums {
    int64_t of[POOL_POSTS]; /* sums of the entries, fen */
};
int64_t pool_capital(const struct pool_sums *sums);
int64_t pool_covered(const struct pool_sums *sums);
int64_t pool_reserved(const struct pool_sums *sums);
int64_t pool_available(const struct pool_sums *sums);

/* What the breaker is reckoned on, by the pool's terms; what counts against it is compensated and reserved. */
int64_t pool_breaker_base(const struct record *pool, const struct pool_sums *sums);
bool pool_breaker_reached(const struct record *pool, const struct pool_sums *sums);
/* How much more can be compensated until it is reached; covered ≤ capital × leverage: how much more can be covered. 0 at the least. */
int64_t pool_breaker_room(const struct record *pool, const struct pool_sums *sums);
int64_t pool_cover_room(const struct record *pool, const struct pool_sums *sums);

/* Of the whole pool; of one loan's cover; of all that a firm has in it. */
bool pool_sums_read(struct sql *sql, int64_t pool, struct pool_sums *sums, struct err *err);
bool pool_cover_sums(struct sql *sql, int64_t cover, struct pool_sums *sums, struct err *err);
bool pool_firm_covered(struct sql *sql, int64_t pool, int64_t firm, int64_t *covered, struct err *err);

/* A figure of the account, and which entries make it: what is added first, then what is taken off. */
enum { POOL_FIGURES = 8, POOL_FIGURE_SORTS = 6 };
struct pool_figure {
    const char *code, *label, *label_en;
    int64_t (*of)(const struct pool_sums *sums);
    enum pool_post sorts[POOL_FIGURE_SORTS];
    size_t sort_count;
};
extern const struct pool_figure pool_figures[POOL_FIGURES];

/* Entries of a pool, newest first: those of a figure (NULL: all), below the number `before` (0: from the newest); at most `most`. */
struct pool_line {
    int64_t id, no, amount, cause_id, cover, firm, from_leaf; /* cover, firm 0: of nobody's loan */
    struct slice on, sort, cause;
};
bool pool_lines_read(struct sql *sql, int64_t pool, const struct pool_figure *figure, int64_t before, struct arena *arena, struct pool_line *lines,
                     size_t most, size_t *count, struct err *err);

/* Is the bank one of the pool's on that day? */
bool pool_bank_joined(struct sql *sql, int64_t pool, int64_t bank, int32_t today, bool *joined, struct err *err);

/* --- writing --- */

struct pool_account {
    struct matter_draft *draft;
    struct record pool;
    struct pool_sums sums;  /* with what has been posted in this step */
    int64_t last;           /* number of the newest entry */
};

/* Whose loan an entry is about; all 0: of nobody's. */
struct pool_about {
    int64_t cover, firm, bank;
};

/* Of the pool `id`; the draft's own matter where that is the pool. */
bool pool_account_open(struct matter_draft *draft, int64_t id, struct pool_account *account, struct err *err);
/* cause: the record that brings it about, with its id set. fen 0 posts nothing. */
bool pool_post(struct pool_account *account, enum pool_post sort, int64_t fen, const struct record *cause, const struct pool_about *about,
               struct err *err);
bool pool_account_close(struct pool_account *account, struct err *err);

/* Facts, all of them known here. */
struct fact fund_money(const char *name, int64_t fen);
struct fact fund_share(const char *name, int64_t share);
struct fact fund_number(const char *name, int64_t number);
struct fact fund_day(const char *name, int32_t day); /* 0: not known */
struct fact fund_yes(const char *name, bool yes);

/*
 * The facts of an account and its terms, for a gate; how many, at most POOL_FACTS. claims: what is asked is whether claims are taken,
 * which a pool that ends goes on with.
 */
enum { POOL_FACTS = 20 };
size_t pool_facts(const struct record *pool, const struct pool_sums *sums, bool claims, struct fact facts[POOL_FACTS]);

/* Who bears how much of a loss, to the fen, by largest remainder: pool, bank, guarantor. */
enum { POOL_BEARERS = 3 };
void pool_split_loss(const struct record *pool, int64_t fen, int64_t parts[POOL_BEARERS]);
/*
 * What came back, among those who bore the loss: by what each still lacks, so that nobody ever gets back more than he bore and all is
 * even in the end. fen ≤ the sum of what they lack.
 */
void pool_split_back(int64_t fen, const int64_t lacking[POOL_BEARERS], int64_t parts[POOL_BEARERS]);

/*
 * --- a loan of this house under a cover ---
 *
 * The loan's own steps bring the pool along (work/loan_pool.c calls the first four), the pool's bring the loan (the last two): drawdown and
 * pool entry, payment and compensation are one transaction, whichever side acts.
 */

/* The loan's cover that is neither refused nor settled; *cover 0: there is none. */
bool cover_of_loan(struct sql *sql, int64_t loan, int64_t *cover, struct err *err);
/* Money drawn, principal repaid: the cover's next version and the pool's entries in the same step. ERR_CONFLICT: beyond the cover. */
bool cover_draw(struct matter_draft *draft, int64_t cover, int64_t fen, int32_t day, struct slice voucher, struct err *err);
bool cover_repay(struct matter_draft *draft, int64_t cover, int64_t fen, const struct record *cause, struct err *err);
/* Nothing more will be drawn: all that it still takes is released. */
bool cover_settle(struct matter_draft *draft, int64_t cover, struct err *err);
/* Files a claim for the cover: as by its own form. overdue_since and shows as a claim has them. */
bool claim_file(struct matter_draft *draft, int64_t cover, int64_t fen, struct slice overdue_since, struct slice shows, struct err *err);

/* The loan is under this pool from now on, or (0) no longer. */
bool loan_pool_set(struct matter_draft *draft, int64_t loan, int64_t pool, struct err *err);
/* What stands of its claims, fen, and the state that this leaves it in; and principal that was recovered since. */
bool loan_claim_set(struct matter_draft *draft, int64_t loan, int64_t fen, int state, struct err *err);
bool loan_recovered(struct matter_draft *draft, int64_t loan, int64_t fen, struct err *err);

#endif
