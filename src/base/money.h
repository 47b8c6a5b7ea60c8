/* Money is int64 fen (分). Reading is exact decimal: no float, no rounding, overflow refused. */
#ifndef TQ_BASE_MONEY_H
#define TQ_BASE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

#define MONEY_MAX INT64_C(100000000000000000) /* 10^17 fen = 10^15 yuan */

enum { MONEY_TEXT = 40 };

/*
 * Reads an amount in yuan as people write it: 1600000, 1,600,000.50, 160万元, 1.5 亿, ￥200. Two decimals of a
 * yuan at most after the unit is applied. Negative, mixed units (160万元整5千), 1e9, NaN: refused with the reason.
 */
bool money_read(struct slice typed, int64_t *fen, struct err *err);

/* "1600000.00" as a number for files and input boxes; buf has MONEY_TEXT bytes. */
char *money_show_plain(int64_t fen, char *buf);

/* "160 万元", "1.5 亿元", "9,800.50 元": never rounded, the unit is chosen so that nothing is lost. */
char *money_show(int64_t fen, char *buf);

/* "CNY 1,600,000", "CNY 9,800.50": in yuan, as units of ten thousand are not read in English. */
char *money_show_english(int64_t fen, char *buf);

enum money_round { MONEY_DOWN, MONEY_UP, MONEY_HALF_UP };

/*
 * fen × of ÷ whole, in 128 bits within, then rounded to the fen: a floor of the law (up), a tax (half up, 四舍五入到分).
 * Asserts 0 <= fen <= MONEY_MAX and 0 <= of <= whole, whole > 0.
 */
int64_t money_share(int64_t fen, int64_t of, int64_t whole, enum money_round how);

/* One of those among whom an amount is split. */
struct money_part {
    int64_t weight;    /* >= 0 */
    struct slice name; /* may be empty, then the id alone tells parts apart */
    int64_t id;
    int64_t fen;       /* comes out */
};

/*
 * Splits an amount (0 to MONEY_MAX) by weight, by largest remainder: the parts sum to it, and no order of them changes a share
 * (rules.md §0.2). Equal remainders go to the larger weight, then to the name first in bytes, then to the smaller id. All weights
 * 0: all get 0.
 */
void money_split(int64_t amount, struct money_part *parts, size_t count);

/*
 * Reads a share as people write it, "40", "40%", "33.33 ％", in 万分比. Two decimals at most; negative, or above 999.99: refused.
 * What is above 100 % is read, so that whoever asks can say by how much it is too much.
 */
bool percent_read(struct slice typed, int32_t *share, struct err *err);

#endif
