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

enum { LINEAGE_SORTS = 5 };
extern const char *const lineage_sorts[LINEAGE_SORTS]; /* of "moved_sort" */

/* Of a group of payments: what was paid, and what they moved, as declared and as proved. */
struct lineage_line {
    struct slice name;          /* of the group */
    int64_t payments, paid;
    int64_t declared[LINEAGE_SORTS], proved[LINEAGE_SORTS]; /* proved is part of declared */
};
enum lineage_by { LINEAGE_ALL, LINEAGE_BY_SORT, LINEAGE_BY_PROGRAM, LINEAGE_BY_YEAR };

/* At most `most` groups, by name; *further: there were more. Void payments and shares are left out. */
bool lineage_read(struct sql *sql, enum lineage_by by, struct arena *arena, struct lineage_line *lines, size_t most, size_t *count, bool *further,
                  struct err *err);
int64_t lineage_sum(const int64_t sums[LINEAGE_SORTS]);

/* moved ÷ paid: the fraction in its lowest terms and two decimals cut down, "7/2 = 3.50"; "" where nothing was paid. */
struct slice lineage_multiplier(int64_t moved, int64_t paid, struct arena *arena);

#endif
