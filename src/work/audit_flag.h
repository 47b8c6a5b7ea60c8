/*
 * Red flags (疑点): what in the records of a deal asks for a look. A flag is no finding and has no score: it says which rule of
 * thumb was met, on which papers and leaves it rests, and what may explain it. Each is one line of the table audit_flags
 * (audit_flag.c), read by the pages, the exports, the documents and the tests alike.
 *
 *   audit_flags_find   computes all of them over a book at once: within each deal (audit_within.c), across deals (audit_across.c)
 *   audit_flagged      does a deal bear it?
 *
 * Across deals a book sees its own alone: what an auditor may not see is not compared (docs/audit.md).
 */
#ifndef TQ_WORK_AUDIT_FLAG_H
#define TQ_WORK_AUDIT_FLAG_H

#include "work/audit.h"

/* What a hit rests on. paper NULL: the deal's own terms. */
struct audit_rest {
    const struct audit_deal *deal;
    const struct audit_paper *paper;
};

enum { AUDIT_RESTS = 12 };

struct audit_rests {
    struct audit_rest list[AUDIT_RESTS]; /* further ones are left out */
    size_t count;
};

struct audit_flag {
    const char *code, *label, *label_en;
    const char *says;   /* the definition in words */
    const char *query;  /* the same over field names, as an independent program computes it */
    const char *ground; /* article; the law's own words stay Chinese */
    enum rule_source source;
    const char *weight; /* how grave, in words */
    const char *alarm;  /* what else may explain it */
    /* Within one deal: true where it is met, with what it rests on. NULL: across deals. */
    bool (*within)(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests);
    void (*across)(struct audit_book *book, const struct audit_flag *flag);
};

extern const struct audit_flag audit_flags[];
extern const size_t audit_flag_count;

const struct audit_flag *audit_flag_find(struct slice code);

struct audit_hit {
    const struct audit_deal *deal;
    const struct audit_flag *flag;
    const struct audit_rest *rests; /* of the book's arena */
    size_t count;
};

/*
 * Figures that no law gives, and from which day on they are used here. A figure of the law is asked of the rulebook as of the day
 * of the deal instead.
 */
struct audit_parameter {
    const char *name, *label, *from, *source;
    int64_t value;
};

extern const struct audit_parameter audit_parameters[];
extern const size_t audit_parameter_count;
int64_t audit_parameter(const char *name); /* asserts that it is there */

/* Fills book->hits, in the order of deals, then of the table. */
bool audit_flags_find(struct audit_book *book, struct err *err);

/* code "any": one at least. */
bool audit_flagged(const struct audit_book *book, const struct audit_deal *deal, const char *code);

/* The hits of a deal; NULL and 0: none. */
const struct audit_hit *audit_hits_of(const struct audit_book *book, const struct audit_deal *deal, size_t *count);

/* An approval that agrees and is dated after the contract that it is for. */
bool audit_late_approval(const struct audit_paper *approval, const struct audit_paper *contract);

/* --- between the files of the flags --- */

void audit_rest_add(struct audit_rests *rests, const struct audit_deal *deal, const struct audit_paper *paper);
void audit_hit_add(struct audit_book *book, const struct audit_deal *deal, const struct audit_flag *flag, const struct audit_rests *rests);

typedef bool audit_within(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests);
audit_within audit_approval_late, audit_approval_entered_late, audit_approval_missing, audit_signed_in_notice, audit_notice_missing,
    audit_price_under, audit_price_ground, audit_related_market, audit_related_unmarked, audit_received_over, audit_payer_other,
    audit_payer_self, audit_cost_to_buyer, audit_reward_early, audit_reward_low, audit_goods_counted, audit_amended, audit_revoked,
    audit_ruled_at_once, audit_withdrawn_often, audit_declared, audit_paid_little;

typedef void audit_across(struct audit_book *book, const struct audit_flag *flag);
audit_across audit_split_below, audit_split_same, audit_loop, audit_voucher_twice, audit_voucher_both;

#endif
