/*
 * Which finance products there are by a firm's stage, and whether a firm can have each (资金): a product names its rule (SERVICE_RULE), the
 * rulebook answers yes, no because, or unknown: which fact decides. What is asked is what a bank would ask; it decides nothing.
 *
 * Facts come from the records (patents in force, receipts of registered contracts, the organisation's entry), from what the firm has
 * stated (work/fact.h) and from what was typed for this look; of the same name the later wins in that order.
 */
#ifndef TQ_WORK_FUNDING_H
#define TQ_WORK_FUNDING_H

#include "record/finance.h"
#include "record/record.h"
#include "record/service.h"
#include "work/law.h"

enum { FUNDING_PRODUCTS = 200, FUNDING_FACTS = 128 };

struct funding_line {
    struct record product;
    const struct rule *rule; /* NULL: the product names none, or none is in force for the firm's region */
    bool asked;              /* answer is set */
    struct answer answer;
};

struct funding_want {
    int64_t firm;            /* 0: nobody; then no rule is asked */
    int64_t bank;            /* the products of this one alone; 0: all */
    const struct fact *typed;
    size_t typed_count;
    int32_t today;
};

/* The firm's facts, each name once; FUNDING_FACTS are enough. */
bool funding_facts(struct sql *sql, const struct law *law, int64_t firm, int32_t today, struct arena *arena, struct fact *facts, size_t *count,
                   struct err *err);

/* In the order of the stages of a firm's life; at most FUNDING_PRODUCTS. facts (may be NULL): what was asked over. */
bool funding_products(struct sql *sql, const struct law *law, const struct funding_want *want, struct arena *arena, struct funding_line **lines,
                      size_t *count, struct fact **facts, size_t *fact_count, struct err *err);

/* The statements; before any thread starts. */
void funding_start(void);

#endif
