/*
 * 先投后股 (R92): project support that may become shares. The arithmetic, without database or clock: which round triggers, how many shares
 * at which price, what is left over, what is due on exit. 128 bits within; shares are whole, money is fen.
 *
 * Price a share = valuation ÷ shares before the round, less the agreed discount; the valuation that results is held between floor and
 * ceiling. Shares are cut down to the whole, their cost rounded up to the fen: together with what is left over it is the amount.
 */
#ifndef TQ_WORK_STAKE_H
#define TQ_WORK_STAKE_H

#include "base/err.h"
#include "record/fund.h"
#include "work/matter.h"

#define STAKE_MOST_SHARES INT64_C(1000000000000)

struct stake_terms {
    int64_t amount;
    int64_t discount;       /* 万分比, below 10000 */
    int64_t floor, ceiling; /* of the valuation; 0: none */
    int64_t most;           /* 万分比 of all shares afterwards, 1 to 9999 */
};

struct stake_round {
    int64_t no;             /* 0: not a round, but an appraised valuation */
    int32_t day;
    bool market;
    int64_t raised, valuation, shares; /* before the money, before the round */
};

struct stake_trial {
    int64_t valuation;      /* by which it converts, fen down; exact within */
    int64_t shares, cost, rest;
    int64_t after;          /* all shares afterwards */
    bool capped;            /* fewer shares than the amount would give: `most` */
};

/* ERR_INVALID: no valuation or shares, or more than STAKE_MOST_SHARES come out. */
bool stake_convert(const struct stake_terms *terms, const struct stake_round *round, struct stake_trial *trial, struct err *err);

/*
 * The day that triggers: the first on which market rounds together raised at least `least` (of rounds on one day the sum counts); where
 * there is none, the day on which most was raised, so that a rule can say what is missing. By whose price: `lower` the lower price a
 * share, else the one with the smaller number. *pick: index; count: no market round at all.
 */
void stake_pick(const struct stake_round *rounds, size_t count, int64_t least, bool lower, size_t *pick, int64_t *raised);

/* Principal and simple interest: rate 万分比 a year, actual days ÷ 365, half up to the fen. */
int64_t stake_due(int64_t amount, int64_t rate, int32_t from, int32_t to);

struct stake_terms stake_terms_of(const struct record *stake);
struct stake_round stake_round_of(const struct record *round);
/* Entered by one side and agreed to by the other: nothing else triggers. */
bool stake_round_agreed(const struct record *round);
/* The round it stands on: one of its file's, or what was appraised. */
bool stake_stands_on(const struct matter_file *file, const struct record *stake, struct stake_round *round);

enum stake_state {
    STAKE_OFFERED, STAKE_OBJECTED, STAKE_AGREED, STAKE_RUNNING, STAKE_WAITING, STAKE_FAILED, STAKE_CLAIMED, STAKE_TRIGGERED, STAKE_LOSS_SAID,
    STAKE_LOSING, STAKE_CONVERTED, STAKE_EXITED, STAKE_LOST, STAKE_VOID
};
enum { STAKE_MARKS, STAKE_CHECKS, STAKE_ROUNDS }; /* its entries, by place */
extern const struct matter_sort sort_stake;

#endif
