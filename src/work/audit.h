/*
 * What an auditor works over: all the deals in his scope with their papers, as they stood under one checkpoint.
 *
 *   audit_book_load   every deal, every paper that a figure or a red flag rests on, in one go
 *   audit_filter_read, audit_fits   which of them are meant: the population
 *   audit_figures_add amounts kept apart: signed, registered, technical, received, rewarded
 *
 * A book is of one moment: the first `until` leaves of the ledger. Versions that a later leaf brought are not in it, so whoever
 * opens the same checkpoint again reads the same book. It is made anew for each look and kept by nobody; it costs one scan of each
 * table (docs/audit.md has the figures). Nothing here writes.
 *
 * Red flags are in work/audit_flag.h, samples in work/audit_sample.h, what auditors looked at in work/audit_view.h.
 */
#ifndef TQ_WORK_AUDIT_H
#define TQ_WORK_AUDIT_H

#include "record/deal.h"
#include "record/paper.h"
#include "work/law.h"
#include "work/may.h"

/* A paper with the fields that were read of it (audit_book.c lists them). */
struct audit_paper {
    int64_t id, deal, leaf;
    int32_t ver, no, terms;
    enum kind_id kind;
    struct value *values; /* use audit_value */
};

struct audit_unit {
    int64_t id;
    int32_t region;
    bool state; /* 国家设立的研究开发机构、高等院校 */
    struct slice name, key, approvals; /* key: as names are compared (utf8_key) */
};

struct audit_deal {
    int64_t id, ver, leaf, achievement, buyer_party, price;
    const struct audit_unit *unit;
    enum record_status status;
    int32_t region, terms;
    bool related, price_known;
    struct slice title, pier, way, pricing, buyer, buyer_key, nature, appraisal, ground;
    const struct audit_paper *papers[KIND_ALL]; /* by kind, in the order of their numbers */
    size_t count[KIND_ALL];
    /* read out of them */
    const struct audit_paper *contract; /* the newest; NULL: not signed */
    int32_t signed_on;
    int64_t amount; /* of the contract, else the price asked; fen */
};

struct audit_hit;

/* An answer of the rulebook that many deals share: the least share of net income (R20). */
enum { AUDIT_FLOORS = 64 };
struct audit_floor {
    const struct rule *rule;
    struct slice way;
    bool state, agreed;
    int64_t floor; /* 万分比 */
};

struct audit_book {
    const struct law *law;
    uint64_t until;
    int32_t today; /* the day to which clocks are read: that of the checkpoint */
    struct arena arena;
    struct audit_unit *units; /* by id */
    size_t unit_count;
    struct audit_deal *deals; /* by id */
    size_t count;
    struct audit_paper *all[KIND_ALL];
    size_t all_count[KIND_ALL];
    struct audit_hit *hits; /* work/audit_flag.h; by deal, then flag */
    size_t hit_count, hit_room;
    struct audit_floor floors[AUDIT_FLOORS];
    size_t floor_count;
};

/* Deals that the actor may see alone (ACT_SEE). audit_book_release whatever comes back. */
bool audit_book_load(struct sql *sql, const struct law *law, const struct actor *actor, uint64_t until, int32_t today,
                     struct audit_book *book, struct err *err);
void audit_book_release(struct audit_book *book);

/* NULL: not in the book. */
const struct audit_deal *audit_deal_find(const struct audit_book *book, int64_t id);

/* --- reading a paper; asserts that the book reads the field. paper NULL: not known --- */

const struct value *audit_value(const struct audit_paper *paper, size_t field);
bool audit_known(const struct audit_paper *paper, size_t field);
bool audit_is(const struct audit_paper *paper, size_t field, const char *code);
int64_t audit_number(const struct audit_paper *paper, size_t field);
struct slice audit_text(const struct audit_paper *paper, size_t field);
int32_t audit_day(const struct audit_paper *paper, size_t field); /* 0: not known */
const struct audit_paper *audit_newest(const struct audit_deal *deal, enum kind_id kind);

/* --- which deals --- */

/*
 * "unit=ID&year=2025&way=license&pricing=agreement&pier=receive&from=FEN&to=FEN&flag=CODE", each part or none, in this order: as
 * it is kept with a sample. year: in which it was signed. from, to: of the amount, both included. flag: a code, or "any".
 */
enum { AUDIT_FILTER = 300 };

struct audit_filter {
    int64_t unit, from, to; /* from, to: -1 for none */
    int year;
    char way[24], pricing[24], pier[24], flag[32];
};

/* ERR_INVALID names the part. */
bool audit_filter_read(struct slice text, struct audit_filter *filter, struct err *err);
void audit_filter_write(const struct audit_filter *filter, char out[AUDIT_FILTER]);

/* Flags must have been found (audit_flags_find) where the filter asks for one. */
bool audit_fits(const struct audit_book *book, const struct audit_deal *deal, const struct audit_filter *filter);

/* --- figures, in fen; none is a part of another --- */

struct audit_figures {
    int64_t deals, signed_deals, ended;
    int64_t contracts;  /* 签约额 */
    int64_t registered; /* 登记的成交额: of registrations that stand */
    int64_t technical;  /* 登记的技术交易额 */
    int64_t received;   /* 到账 */
    int64_t rewarded;   /* 已发放的奖酬 */
    int64_t late_approvals; /* approvals dated after the contract they are for: 签约后补的审批数 */
};

void audit_figures_add(const struct audit_deal *deal, struct audit_figures *figures);

/* A money field over all papers of a kind; at most INT64_MAX, like audit_add. */
int64_t audit_sum(const struct audit_deal *deal, enum kind_id kind, size_t field);
int64_t audit_add(int64_t sum, int64_t fen);

/* Has the deal's registration been made and not been revoked? The newest one that stands; NULL. */
const struct audit_paper *audit_registration(const struct audit_deal *deal);

/* The contract that was signed first on the terms of the newest: what had to stand before it stood before this one. NULL. */
const struct audit_paper *audit_first_contract(const struct audit_deal *deal);

#endif
