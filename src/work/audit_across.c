/*
 * Red flags that show only where deals are held against each other. Each sorts a list of candidates by what they must share and
 * then by day, so that the cost is that of sorting, not of pairs.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "work/audit_flag.h"
#include "work/chain.h"

/* --- candidates: sorted by key, then number, then day --- */

struct candidate {
    const struct audit_deal *deal;
    const struct audit_paper *paper;
    struct slice key;
    int64_t owner, number;
    int32_t day;
    bool other; /* stands for the other side of a pair */
};

struct candidates {
    struct candidate *list;
    size_t count, room;
};

static void candidate_add(struct candidates *all, struct candidate candidate)
{
    if (all->count == all->room) {
        all->room = all->room ? 2 * all->room : 256;
        all->list = realloc(all->list, all->room * sizeof *all->list);
        if (!all->list)
            abort();
    }
    all->list[all->count++] = candidate;
}

static int slice_order(struct slice a, struct slice b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.at, b.at, len) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int group_order(const struct candidate *a, const struct candidate *b)
{
    int order;

    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    order = slice_order(a->key, b->key);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static int candidate_order(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    int order = group_order(a, b);

    if (order)
        return order;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->deal->id != b->deal->id)
        return a->deal->id < b->deal->id ? -1 : 1;
    return a->paper && b->paper ? (a->paper->id > b->paper->id) - (a->paper->id < b->paper->id) : 0;
}

static void candidates_sort(struct candidates *all)
{
    if (all->count)
        qsort(all->list, all->count, sizeof *all->list, candidate_order);
}

/* Does the candidate belong with `own`, from the same group and within `days`? */
static bool is_near(const struct candidate *own, const struct candidate *other, int64_t days)
{
    int64_t apart = (int64_t)own->day - other->day;

    return group_order(own, other) == 0 && apart <= days && -apart <= days;
}

typedef bool candidate_test(const struct candidate *own, const struct candidate *other);

static bool other_deal(const struct candidate *own, const struct candidate *other) { return own->deal != other->deal; }
static bool other_side(const struct candidate *own, const struct candidate *other) { return own->other != other->other; }

/* Those that belong with it and pass the test, from the nearest on: no more are looked at than are kept. */
static void neighbours_rest(const struct candidates *all, size_t at, int64_t days, candidate_test *test, struct audit_rests *rests)
{
    const struct candidate *own = &all->list[at];

    for (size_t i = at; i-- > 0 && rests->count < AUDIT_RESTS / 2 && is_near(own, &all->list[i], days);)
        if (test(own, &all->list[i]))
            audit_rest_add(rests, all->list[i].deal, all->list[i].paper);
    for (size_t i = at + 1; i < all->count && rests->count < AUDIT_RESTS && is_near(own, &all->list[i], days); i++)
        if (test(own, &all->list[i]))
            audit_rest_add(rests, all->list[i].deal, all->list[i].paper);
}

/* One hit a deal, though several groups have it. Ends the list. */
static void near_hits(struct audit_book *book, const struct audit_flag *flag, struct candidates *all, int64_t days, candidate_test *test)
{
    bool *hit = calloc(book->count + 1, sizeof *hit);

    if (!hit)
        abort();
    candidates_sort(all);
    for (size_t i = 0; i < all->count; i++) {
        const struct audit_deal *deal = all->list[i].deal;
        struct audit_rests rests = {.count = 0};

        audit_rest_add(&rests, deal, all->list[i].paper);
        neighbours_rest(all, i, days, test, &rests);
        if (rests.count > 1 && !hit[deal - book->deals])
            audit_hit_add(book, deal, flag, &rests);
        hit[deal - book->deals] |= rests.count > 1;
    }
    free(hit);
    free(all->list);
}

/* --- splitting --- */

static bool splits(const struct audit_deal *deal)
{
    return deal->signed_on && deal->buyer_key.len;
}

void audit_split_same(struct audit_book *book, const struct audit_flag *flag)
{
    struct candidates all = {NULL, 0, 0};

    for (size_t d = 0; d < book->count; d++) {
        const struct audit_deal *deal = &book->deals[d];

        if (splits(deal))
            candidate_add(&all, (struct candidate){.deal = deal, .paper = audit_first_contract(deal), .key = deal->buyer_key,
                                                   .owner = deal->unit->id, .number = deal->achievement, .day = deal->signed_on});
    }
    near_hits(book, flag, &all, audit_parameter("split_days"), other_deal);
}

/* In [near × threshold, threshold)? */
static bool just_below(int64_t amount, int64_t threshold)
{
    return amount < threshold && (__int128)amount * 10000 >= (__int128)threshold * audit_parameter("near");
}

static void below_add(struct candidates *all, const struct audit_deal *deal, int64_t threshold)
{
    const struct audit_paper *contract = audit_first_contract(deal);

    if (just_below(audit_number(contract, CONTRACT_AMOUNT), threshold))
        candidate_add(all, (struct candidate){.deal = deal, .paper = contract, .key = deal->buyer_key, .owner = deal->unit->id,
                                              .number = threshold, .day = deal->signed_on});
}

void audit_split_below(struct audit_book *book, const struct audit_flag *flag)
{
    struct candidates all = {NULL, 0, 0};
    int64_t amounts[CHAIN_MOST], registered = audit_parameter("split_registered");

    for (size_t d = 0; d < book->count; d++) {
        const struct audit_deal *deal = &book->deals[d];
        size_t count = splits(deal) ? chain_amounts(deal->unit->approvals, amounts) : 0;
        bool same = false;

        for (size_t i = 0; i < count; i++) {
            below_add(&all, deal, amounts[i]);
            same = same || amounts[i] == registered;
        }
        if (splits(deal) && !same)
            below_add(&all, deal, registered);
    }
    near_hits(book, flag, &all, audit_parameter("split_days"), other_deal);
}

/* --- each sold to the other --- */

/* The unit that buys, where it is one of the book: by its number here or by its name. */
static const struct audit_unit *buying_unit(const struct audit_book *book, const struct audit_deal *deal, const struct candidates *names)
{
    size_t low = 0, high = names->count;

    for (size_t i = 0; deal->buyer_party && i < book->unit_count; i++)
        if (book->units[i].id == deal->buyer_party)
            return &book->units[i];
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (slice_order(names->list[middle].key, deal->buyer_key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return deal->buyer_key.len && low < names->count && slice_same(names->list[low].key, deal->buyer_key) ? &book->units[names->list[low].number] : NULL;
}

static int name_order(const void *left, const void *right)
{
    return slice_order(((const struct candidate *)left)->key, ((const struct candidate *)right)->key);
}

static void names_fill(const struct audit_book *book, struct candidates *names)
{
    for (size_t u = 0; u < book->unit_count; u++)
        candidate_add(names, (struct candidate){.key = book->units[u].key, .number = (int64_t)u});
    if (names->count)
        qsort(names->list, names->count, sizeof *names->list, name_order);
}

/* A pair of units is one group, whichever of them sells; a hit needs one of each direction. */
void audit_loop(struct audit_book *book, const struct audit_flag *flag)
{
    struct candidates names = {NULL, 0, 0}, all = {NULL, 0, 0};

    names_fill(book, &names);
    for (size_t d = 0; d < book->count; d++) {
        const struct audit_deal *deal = &book->deals[d];
        const struct audit_unit *buyer = deal->signed_on ? buying_unit(book, deal, &names) : NULL;
        int64_t unit = deal->unit->id;

        if (buyer && buyer->id != unit)
            candidate_add(&all, (struct candidate){.deal = deal, .paper = audit_first_contract(deal), .key = SLICE(""),
                                                   .owner = unit < buyer->id ? unit : buyer->id,
                                                   .number = unit < buyer->id ? buyer->id : unit, .day = deal->signed_on,
                                                   .other = unit < buyer->id});
    }
    near_hits(book, flag, &all, audit_parameter("loop_days"), other_side);
    free(names.list);
}

/* --- vouchers --- */

static void vouchers_add(struct audit_book *book, const struct audit_deal *deal, enum kind_id kind, size_t field, bool paid, struct candidates *all)
{
    for (size_t i = 0; i < deal->count[kind]; i++) {
        struct slice voucher = audit_text(&deal->papers[kind][i], field);

        if (voucher.len)
            candidate_add(all, (struct candidate){.deal = deal, .paper = &deal->papers[kind][i], .owner = deal->unit->id, .other = paid,
                                                  .key = utf8_key(utf8_nfkc(voucher, &book->arena), &book->arena)});
    }
}

void audit_voucher_twice(struct audit_book *book, const struct audit_flag *flag)
{
    struct candidates all = {NULL, 0, 0};

    for (size_t d = 0; d < book->count; d++)
        vouchers_add(book, &book->deals[d], KIND_RECEIPT, RECEIPT_VOUCHER, false, &all);
    near_hits(book, flag, &all, 0, other_deal);
}

/* A receipt beside a payment. Payments are candidates too, so that each finds the other; only the deal of the receipt is hit. */
static bool pays_what_came(const struct candidate *own, const struct candidate *other)
{
    return !own->other && other->other;
}

void audit_voucher_both(struct audit_book *book, const struct audit_flag *flag)
{
    struct candidates all = {NULL, 0, 0};

    for (size_t d = 0; d < book->count; d++) {
        vouchers_add(book, &book->deals[d], KIND_RECEIPT, RECEIPT_VOUCHER, false, &all);
        vouchers_add(book, &book->deals[d], KIND_COST, COST_VOUCHER, true, &all);
        vouchers_add(book, &book->deals[d], KIND_AWARD, AWARD_VOUCHER, true, &all);
    }
    near_hits(book, flag, &all, 0, pays_what_came);
}
