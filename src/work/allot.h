/*
 * Who gets how much: the reward out of a transfer's net income (促进科技成果转化法 §§43–45), to the fen. Arithmetic alone:
 * no database, no clock. What the law demands comes in as floors, each with its rule, so that a region's text changes a figure
 * and not this file.
 *
 *   allot_net       income less the deductions on the white list
 *   allot           the reward, the main contributors' part, each person's share
 *
 * Rounding (rules.md §0.2): a floor is rounded up to the fen; all else by largest remainder, so that the parts sum to the
 * whole and no order of people changes anybody's share. Equal remainders go to the larger weight, then to the smaller id;
 * between the people and the unit, to the people. Where rounding alone would leave a group of people under its floor although
 * their weights reach it, the group gets its floor, and both sides are split by largest remainder again.
 */
#ifndef TQ_WORK_ALLOT_H
#define TQ_WORK_ALLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { ALLOT_PEOPLE = 200, ALLOT_DEDUCTIONS = 64, ALLOT_WHOLE = 10000 /* 万分比 */ };

/* 净收入扣除项: what may be taken off; anything else is refused. */
enum allot_deduction {
    DEDUCT_TAX,        /* 税金 */
    DEDUCT_UPKEEP,     /* 专利等维护费 */
    DEDUCT_APPRAISAL,  /* 评估、鉴定费 */
    DEDUCT_NEGOTIATION,/* 谈判、合同、公证等直接费用 */
    DEDUCT_BROKER,     /* 中介佣金 */
    DEDUCT_COST,       /* 其他直接成本；财政研发资金不得列入 */
    DEDUCT_COUNT
};

struct allot_cost {
    enum allot_deduction sort;
    int64_t fen;          /* > 0 */
    bool public_research; /* 财政研发资金: refused where the region's text refuses it */
};

enum allot_leader { LEADER_NONE, LEADER_OTHER /* 其他领导 */, LEADER_CHIEF /* 正职领导 */ };

struct allot_person {
    int64_t id;       /* each its own */
    int32_t weight;   /* the agreed share of the people's part, 万分比; they sum to ALLOT_WHOLE */
    bool main;        /* 主要贡献人员 */
    bool agency;      /* 技术转移机构工作人员和管理人员; of no account for who is also main */
    enum allot_leader leader;
    bool equity_document; /* a document allows a chief leader equity (rules.md §0.6) */
};

struct allot_terms {
    int64_t reward_floor;  /* 万分比 of the net income, from R20 or the region's: what is agreed may be more, never less */
    int64_t reward_agreed; /* 万分比; 0: the floor */
    int64_t main_floor;    /* 万分比 of the reward that main contributors get at least (R23); 0: none */
    int64_t agency_floor;  /* and those of the transfer agency (浙江省促进科技成果转化条例 §37); 0: none */
    bool equity;           /* shares instead of money: `net` is then the capital contribution in fen */
    bool public_research_refused; /* by the region's R24: Zhejiang's, Beijing's */
    bool other_refused;           /* DEDUCT_COST: Beijing's R24 lists what may be deducted */
};

struct allot_share {
    int64_t id;
    int64_t fen;
};

enum allot_refusal {
    ALLOT_FINE,
    ALLOT_TERMS,       /* a share of the terms is not between 0 and 100 % */
    ALLOT_TEAM,        /* nobody, more than ALLOT_PEOPLE, or somebody twice */
    ALLOT_WEIGHTS,     /* a weight below 0, or they are not 100 % together */
    ALLOT_NO_INCOME,   /* nothing to share */
    ALLOT_BELOW_FLOOR, /* agreed on less than the law's share */
    ALLOT_MAIN_FLOOR,
    ALLOT_AGENCY_FLOOR,
    ALLOT_CHIEF_EQUITY
};

struct allotment {
    int64_t net, reward, unit; /* net = reward + unit */
    int64_t floor;             /* what the law demands of the net, up to the fen */
    int64_t main_total, main_least;
    int64_t agency_total, agency_least;
    struct allot_share shares[ALLOT_PEOPLE]; /* in the order given */
    size_t count;
    enum allot_refusal refusal;
};

const char *allot_deduction_label(enum allot_deduction sort); /* "税金" */

/*
 * ERR_INVALID: an income that is not positive or above MONEY_MAX, more than ALLOT_DEDUCTIONS, a deduction that is not positive
 * or of no known sort, public research money or other costs where they are refused, or deductions above the income. err's line is which one.
 */
bool allot_net(int64_t income, const struct allot_cost *costs, size_t count, const struct allot_terms *terms, int64_t *net,
               struct err *err);

/*
 * false: ERR_INVALID with refusal set, and words that say what stands in the way. What could be reckoned until then is in
 * `out` (the floors and their sums), so that a page can say how much is missing.
 */
bool allot(int64_t net, const struct allot_terms *terms, const struct allot_person *people, size_t count,
           struct allotment *out, struct err *err);

#endif
