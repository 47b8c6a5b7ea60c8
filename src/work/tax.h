/*
 * What taxes leave of a transfer's money, with a relief and without. Arithmetic alone, in fen: rates, brackets and limits are
 * the law's, dated, and come in from the rulebook, so that a new figure changes no line here.
 *
 *   tax_year        individual income tax on a year's comprehensive income (个人所得税法 §§2, 3, 6, 11)
 *   tax_reward      what a cash reward adds to it: all of it counted, or a part (财税〔2018〕58号: 减按 50% 计入)
 *   tax_equity      due when shares are transferred, nothing before (财税〔2016〕101号: 递延, 20 %)
 *   tax_transfer    corporate income tax on income from transferring technology (企业所得税法实施条例 §90)
 *   tax_stamp       stamp duty of one party (印花税法, 税目税率表: 技术合同 万分之三)
 *   tax_vat         value-added tax within a price
 *
 * A tax is rounded half up to the fen, once, at its end: nothing is rounded on the way. Amounts are 0 to MONEY_MAX fen, shares
 * and rates 万分比. What is outside is ERR_INVALID.
 */
#ifndef TQ_WORK_TAX_H
#define TQ_WORK_TAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { TAX_WHOLE = 10000, TAX_BRACKETS = 16 };

/* 级数: what is above `above` and not above the next bracket's bears `rate`. The first is above 0. */
struct tax_bracket {
    int64_t above;
    int32_t rate;
};

struct tax_scale {
    struct tax_bracket brackets[TAX_BRACKETS];
    size_t count;
    int64_t allowance; /* 减除费用 a year (个人所得税法 §6 一（一）: 60,000 yuan) */
};

/* A person's year without the reward. */
struct tax_person {
    int64_t income;   /* 综合所得收入额: wages and so on */
    int64_t deducted; /* 专项扣除、专项附加扣除和其他扣除 together, without the allowance */
};

/* ERR_INVALID: brackets that do not ascend from 0. */
bool tax_scale_check(const struct tax_scale *scale, struct err *err);

/* Asserts a checked scale. */
bool tax_year(const struct tax_scale *scale, const struct tax_person *person, int64_t *tax, struct err *err);

struct tax_rewarded {
    int64_t counted; /* of the reward, to the fen (half up) for showing; the tax is of the exact part */
    int64_t before;  /* the year's tax without the reward */
    int64_t year;    /* and with it */
    int64_t tax;     /* the difference: what the reward costs */
    int64_t left;    /* reward less tax */
    int32_t top;     /* the highest rate reached; 0: nothing was taxable */
};

/* counted_share: how much of the reward counts as the month's wages, TAX_WHOLE without a relief. */
bool tax_reward(const struct tax_scale *scale, const struct tax_person *person, int64_t reward, int32_t counted_share,
                struct tax_rewarded *out, struct err *err);

/* At the transfer: rate of what was got less what the shares had cost and reasonable fees; no less than 0. */
bool tax_equity(int64_t proceeds, int64_t basis, int64_t fees, int32_t rate, int64_t *tax, struct err *err);

struct tax_transfer_law {
    int64_t exempt_most;    /* a tax year: 500万元 */
    int32_t counted_share;  /* of what is above: 50 % (减半) */
    int32_t rate;           /* 企业所得税法 §4: 25 % */
};

struct tax_transferred {
    int64_t exempt, above; /* of this income: they sum to it */
    int64_t tax;
    int64_t full;          /* what it would be without the relief */
};

/* earlier: income of the same kind that the year had before, exempt first. */
bool tax_transfer(int64_t income, int64_t earlier, const struct tax_transfer_law *law, struct tax_transferred *out,
                  struct err *err);

bool tax_stamp(int64_t amount, int32_t rate, int64_t *tax, struct err *err);

/* price: with the tax in it (含税). */
bool tax_vat(int64_t price, int32_t rate, int64_t *tax, struct err *err);

#endif
