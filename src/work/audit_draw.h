/*
 * Drawing a sample, so that nobody can steer it and anybody can draw it again.
 *
 * Seed      SHA-256("tieqiao-sample-1" 0x00 || origin || 0x00 || size as decimal || 0x00 || root (32 bytes) || number as decimal):
 *           a named checkpoint of the ledger and the running number of the draw. Whoever keeps deals cannot know the root before
 *           the checkpoint is signed; whoever draws again gets another number, and the number stays.
 * Stream    block i = SHA-256(seed || i as 8 bytes, big-endian), i = 0, 1, 2 …; of each its first 16 bytes are one number of 128 bits,
 *           big-endian. below(n): the next number that is less than the greatest multiple of n in 2^128, modulo n: no residue is
 *           likelier than another (rejection, as in Lemire, "Fast Random Integer Generation in an Interval", 2019, §2).
 * Simple    the items in the order of their ids; for k = 0 … size-1 swap item k with item k + below(n - k); the first `size` are
 *           the sample (Fisher–Yates; Knuth, TAOCP 2, 3.4.2, algorithm P).
 * Money     monetary units, systematic with a random start (货币单元抽样; 中国注册会计师审计准则第1314号, AICPA Audit Sampling guide):
 *           T the sum of all fen, r = below(T); the units hit are floor((r + k × T) / size), k = 0 … size-1, and an item is picked where
 *           one of its units is hit. Each fen is hit with the probability size / T exactly; an item of T / size fen or more
 *           is picked for certain, perhaps several times: so there may be fewer items than `size`. Items of 0 fen are never picked.
 * Strata    by amount, parted at `bounds` (an amount on a bound is above it). Of each stratum that has items one at least; the
 *           rest by the strata's sums of fen, by largest remainder, where all are 0 by their number of items; what a stratum cannot
 *           give goes to the highest that can. Within each, from the lowest up, as Simple, out of the one stream.
 * Whole     every item: for taking out a population under a number of its own.
 * All in integers. Cost: a hash a picked item, and sorting nothing.
 */
#ifndef TQ_WORK_AUDIT_DRAW_H
#define TQ_WORK_AUDIT_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "seal/seal.h"

enum audit_method { DRAW_SIMPLE, DRAW_MONEY, DRAW_STRATA, DRAW_WHOLE, DRAW_METHODS };

enum { DRAW_BOUNDS = 8, DRAW_MOST = 2000 /* picks */ };

struct audit_item {
    int64_t id, fen; /* by id, fen >= 0 */
};

struct audit_draw {
    enum audit_method method;
    size_t size;            /* wanted; 1 … DRAW_MOST, but of WHOLE */
    int64_t bounds[DRAW_BOUNDS]; /* STRATA: ascending, above 0 */
    size_t bound_count;
    unsigned char seed[SEAL_HASH];
};

void audit_seed(struct slice origin, uint64_t size, const unsigned char root[SEAL_HASH], int64_t number, unsigned char seed[SEAL_HASH]);

/* picked[i]: item i is in the sample; returns how many. Sizes above the number of items take all. */
size_t audit_draw(const struct audit_draw *draw, const struct audit_item *items, size_t count, bool *picked);

/* Sum of the items' fen as decimal digits; out has 44 bytes. */
void audit_total(const struct audit_item *items, size_t count, char out[44]);
/* SHA-256 over "ID FEN\n" of each. */
void audit_digest(const struct audit_item *items, size_t count, unsigned char out[SEAL_HASH]);

/* "simple", "money", "strata", "whole"; DRAW_METHODS: none is called so. */
const char *audit_method_name(enum audit_method method);
enum audit_method audit_method_by_name(struct slice name);
const char *audit_method_label(enum audit_method method);

#endif
