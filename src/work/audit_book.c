/* The book: each table read once, whole, as it stood; papers put to their deals in memory. */
#include "work/audit.h"

#include <assert.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "record/party.h"
#include "record/past.h"

/* Standing under the first ?1 leaves. */
#define STOOD "from_leaf < ?1 AND (to_leaf IS NULL OR to_leaf >= ?1)"
#define PAPERS(table, columns) "SELECT deal, id, ver, from_leaf, no, terms, " columns " FROM " table " WHERE " STOOD

enum { COLUMNS = 7, OWN = 6 /* the first of its own in a row */ };

/* Which fields of a paper are read, in the order of the statement's columns. */
static const struct reading {
    const char *statement;
    size_t fields[COLUMNS], count;
} readings[KIND_ALL] = {
    [KIND_NOTICE] = {PAPERS("notice", "sort, place, first_day, price, related, ended_on"),
                     {NOTICE_SORT, NOTICE_PLACE, NOTICE_FIRST_DAY, NOTICE_PRICE, NOTICE_RELATED, NOTICE_ENDED_ON}, 6},
    [KIND_OBJECTION] = {PAPERS("objection", "notice, came_on, ruled_on"),
                        {OBJECTION_NOTICE, OBJECTION_CAME_ON, OBJECTION_RULED_ON}, 3},
    [KIND_APPROVAL] = {PAPERS("approval", "decision, decided_on, price"),
                       {APPROVAL_DECISION, APPROVAL_DECIDED_ON, APPROVAL_PRICE}, 3},
    [KIND_CONTRACT] = {PAPERS("contract", "signed_on, amount, goods, technical, payment"),
                       {CONTRACT_SIGNED_ON, CONTRACT_AMOUNT, CONTRACT_GOODS, CONTRACT_TECHNICAL, CONTRACT_PAYMENT}, 5},
    [KIND_REGISTRATION] = {PAPERS("registration", "result, decided_on, amount, technical, revoked_on"),
                           {REGISTRATION_RESULT, REGISTRATION_DECIDED_ON, REGISTRATION_AMOUNT, REGISTRATION_TECHNICAL,
                            REGISTRATION_REVOKED_ON}, 5},
    [KIND_RECEIPT] = {PAPERS("receipt", "came_on, amount, payer, voucher"),
                      {RECEIPT_CAME_ON, RECEIPT_AMOUNT, RECEIPT_PAYER, RECEIPT_VOUCHER}, 4},
    [KIND_COST] = {PAPERS("cost", "amount, voucher, note"), {COST_AMOUNT, COST_VOUCHER, COST_NOTE}, 3},
    [KIND_AWARD] = {PAPERS("award", "net, rate, reward, half, decided_on, paid_on, voucher"),
                    {AWARD_NET, AWARD_RATE, AWARD_REWARD, AWARD_HALF, AWARD_DECIDED_ON, AWARD_PAID_ON, AWARD_VOUCHER}, 7},
    [KIND_FILING] = {PAPERS("filing", "sort, filed_on"), {FILING_SORT, FILING_FILED_ON}, 2},
    [KIND_STATEMENT] = {PAPERS("statement", "fact, source"), {STATEMENT_FACT, STATEMENT_SOURCE}, 2},
    [KIND_RULING] = {PAPERS("ruling", "step") " AND deal IN (SELECT deal FROM statement WHERE source = 'declared' AND " STOOD ")",
                     {RULING_STEP}, 1},
    [KIND_PAST_DEAL] = {PAPERS("past_deal", "number"), {PAST_NUMBER}, 1},
};

/*
 * The current versions and, few, those that a leaf beyond ?1 has ended: a deal has a version for each step taken, so the table is
 * not read through (schema/0016-audit.sql has the index).
 */
#define DEAL_COLUMNS \
    "SELECT id, ver, from_leaf, owner, status, achievement, buyer_party, price, related, region, terms, title, pier, way, pricing," \
    " buyer, buyer_nature, appraisal, ground FROM deal WHERE from_leaf < ?1 AND "
static const char deals_stood[] = DEAL_COLUMNS "to_leaf IS NULL UNION ALL " DEAL_COLUMNS "to_leaf >= ?1 ORDER BY 1";

static const char units_stood[] =
    "SELECT id, name, region, nature, side, approvals FROM party WHERE " STOOD " AND id IN (SELECT owner FROM deal) ORDER BY id";

/* --- growing lists --- */

static void *grown(void *list, size_t count, size_t *room, size_t each)
{
    if (count < *room)
        return list;
    *room = *room ? 2 * *room : 256;
    list = realloc(list, *room * each);
    if (!list)
        abort();
    return list;
}

/* --- a unit --- */

static struct slice copied(struct audit_book *book, const struct sql_rows *rows, int column)
{
    return sql_is_null(rows, column) ? SLICE("") : arena_copy(&book->arena, sql_slice(rows, column));
}

static int32_t code_number(struct slice code)
{
    int32_t number = 0;

    for (size_t i = 0; i < code.len && i < 6 && code.at[i] >= '0' && code.at[i] <= '9'; i++)
        number = number * 10 + (code.at[i] - '0');
    return number;
}

static struct slice name_key(struct audit_book *book, struct slice name)
{
    return name.len ? utf8_key(utf8_nfkc(name, &book->arena), &book->arena) : SLICE("");
}

static void unit_read(struct audit_book *book, const struct sql_rows *rows, struct audit_unit *unit)
{
    struct slice nature = copied(book, rows, 3), side = copied(book, rows, 4);

    *unit = (struct audit_unit){.id = sql_number(rows, 0), .name = copied(book, rows, 1), .approvals = copied(book, rows, 5)};
    unit->region = code_number(copied(book, rows, 2));
    unit->state = slice_is(nature, "institution") && (slice_is(side, "university") || slice_is(side, "institute"));
    unit->key = name_key(book, unit->name);
}

static bool units_load(struct sql *sql, struct audit_book *book, struct err *err)
{
    struct sql_rows rows;
    size_t room = 0;

    if (!sql_rows(sql, units_stood, SQL_ARGS(sql_int((int64_t)book->until)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        book->units = grown(book->units, book->unit_count, &room, sizeof *book->units);
        unit_read(book, &rows, &book->units[book->unit_count++]);
    }
    return sql_done(&rows, err);
}

static const struct audit_unit *unit_find(const struct audit_book *book, int64_t id)
{
    size_t low = 0, high = book->unit_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (book->units[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < book->unit_count && book->units[low].id == id ? &book->units[low] : NULL;
}

/* --- a deal --- */

static void deal_texts(struct audit_book *book, const struct sql_rows *rows, struct audit_deal *deal)
{
    struct slice *const texts[] = {&deal->title, &deal->pier, &deal->way, &deal->pricing, &deal->buyer, &deal->nature,
                                   &deal->appraisal, &deal->ground};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = copied(book, rows, 11 + (int)i);
    deal->buyer_key = name_key(book, deal->buyer);
}

/* false: its unit was not there. */
static bool deal_read(struct audit_book *book, const struct sql_rows *rows, struct audit_deal *deal)
{
    *deal = (struct audit_deal){.id = sql_number(rows, 0), .ver = sql_number(rows, 1), .leaf = sql_number(rows, 2),
                                .unit = unit_find(book, sql_number(rows, 3)),
                                .status = sql_number(rows, 4) == RECORD_OPEN ? RECORD_OPEN : RECORD_CLOSED,
                                .achievement = sql_number(rows, 5), .buyer_party = sql_number(rows, 6),
                                .price = sql_number(rows, 7), .price_known = !sql_is_null(rows, 7),
                                .related = sql_number(rows, 8) != 0, .terms = (int32_t)sql_number(rows, 10)};
    if (!deal->unit)
        return false;
    deal->region = code_number(copied(book, rows, 9));
    if (!deal->region)
        deal->region = deal->unit->region ? deal->unit->region : REGION_NATION;
    deal_texts(book, rows, deal);
    return true;
}

static bool in_reach(const struct actor *actor, const struct audit_deal *deal)
{
    struct object object = {.kind = &kind_deal, .id = deal->id, .owner = deal->unit->id, .region = deal->region, .status = deal->status};
    struct err ignored;

    return may(actor, ACT_SEE, &object, &ignored);
}

static bool deals_load(struct sql *sql, const struct actor *actor, struct audit_book *book, struct err *err)
{
    struct sql_rows rows;
    size_t room = 0;

    if (!sql_rows(sql, deals_stood, SQL_ARGS(sql_int((int64_t)book->until)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        book->deals = grown(book->deals, book->count, &room, sizeof *book->deals);
        book->count += deal_read(book, &rows, &book->deals[book->count]) && in_reach(actor, &book->deals[book->count]);
    }
    return sql_done(&rows, err);
}

const struct audit_deal *audit_deal_find(const struct audit_book *book, int64_t id)
{
    size_t low = 0, high = book->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (book->deals[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < book->count && book->deals[low].id == id ? &book->deals[low] : NULL;
}

/* --- papers --- */

static void value_read(struct audit_book *book, const struct sql_rows *rows, int column, const struct field *field, struct value *value)
{
    int32_t day;

    *value = (struct value){.known = !sql_is_null(rows, column)};
    if (!value->known)
        return;
    if (field_is_number(field->type)) {
        value->number = sql_number(rows, column);
        return;
    }
    value->text = arena_copy(&book->arena, sql_slice(rows, column));
    if (field->type == FIELD_DATE)
        value->number = day_parse(value->text, &day) ? day : 0;
}

static void paper_read(struct audit_book *book, enum kind_id kind, const struct sql_rows *rows, struct audit_paper *paper)
{
    const struct reading *reading = &readings[kind];

    *paper = (struct audit_paper){.kind = kind, .deal = sql_number(rows, 0), .id = sql_number(rows, 1), .ver = (int32_t)sql_number(rows, 2),
                                  .leaf = sql_number(rows, 3), .no = (int32_t)sql_number(rows, 4), .terms = (int32_t)sql_number(rows, 5)};
    paper->values = arena_alloc(&book->arena, reading->count * sizeof *paper->values);
    for (size_t i = 0; i < reading->count; i++)
        value_read(book, rows, OWN + (int)i, &kind_get(kind)->fields[reading->fields[i]], &paper->values[i]);
}

static int paper_order(const void *left, const void *right)
{
    const struct audit_paper *a = left, *b = right;

    if (a->deal != b->deal)
        return a->deal < b->deal ? -1 : 1;
    return (a->no > b->no) - (a->no < b->no);
}

/* Both lists are in the order of the deals. Papers of deals that are not in the book belong to nobody here. */
static void papers_give(struct audit_book *book, enum kind_id kind)
{
    const struct audit_paper *papers = book->all[kind];
    size_t at = 0;

    for (size_t d = 0; d < book->count; d++) {
        while (at < book->all_count[kind] && papers[at].deal < book->deals[d].id)
            at++;
        book->deals[d].papers[kind] = papers + at;
        while (at < book->all_count[kind] && papers[at].deal == book->deals[d].id) {
            book->deals[d].count[kind]++;
            at++;
        }
    }
}

static bool papers_load(struct sql *sql, struct audit_book *book, enum kind_id kind, struct err *err)
{
    struct audit_paper *list = NULL;
    struct sql_rows rows;
    size_t room = 0, count = 0;

    if (!sql_rows(sql, readings[kind].statement, SQL_ARGS(sql_int((int64_t)book->until)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        list = grown(list, count, &room, sizeof *list);
        paper_read(book, kind, &rows, &list[count++]);
    }
    if (count)
        qsort(list, count, sizeof *list, paper_order);
    book->all[kind] = list;
    book->all_count[kind] = count;
    papers_give(book, kind);
    return sql_done(&rows, err);
}

/* --- the whole --- */

static void deal_sum(struct audit_deal *deal)
{
    deal->contract = audit_newest(deal, KIND_CONTRACT);
    deal->signed_on = audit_day(audit_first_contract(deal), CONTRACT_SIGNED_ON);
    deal->amount = deal->contract ? audit_number(deal->contract, CONTRACT_AMOUNT) : deal->price;
}

bool audit_book_load(struct sql *sql, const struct law *law, const struct actor *actor, uint64_t until, int32_t today,
                     struct audit_book *book, struct err *err)
{
    *book = (struct audit_book){.law = law, .until = until, .today = today};
    arena_init(&book->arena);
    if (!units_load(sql, book, err) || !deals_load(sql, actor, book, err))
        return false;
    for (size_t k = 0; k < KIND_ALL; k++)
        if (readings[k].statement && !papers_load(sql, book, (enum kind_id)k, err))
            return false;
    for (size_t d = 0; d < book->count; d++)
        deal_sum(&book->deals[d]);
    return true;
}

void audit_book_release(struct audit_book *book)
{
    for (size_t k = 0; k < KIND_ALL; k++)
        free(book->all[k]);
    free(book->units);
    free(book->deals);
    free(book->hits);
    arena_release(&book->arena);
}

/* --- reading a paper --- */

const struct value *audit_value(const struct audit_paper *paper, size_t field)
{
    const struct reading *reading = &readings[paper->kind];
    size_t at = 0;

    while (at < reading->count && reading->fields[at] != field)
        at++;
    assert(at < reading->count);
    return &paper->values[at];
}

bool audit_known(const struct audit_paper *paper, size_t field)
{
    return paper && audit_value(paper, field)->known;
}

bool audit_is(const struct audit_paper *paper, size_t field, const char *code)
{
    return audit_known(paper, field) && slice_is(audit_value(paper, field)->text, code);
}

int64_t audit_number(const struct audit_paper *paper, size_t field)
{
    return audit_known(paper, field) ? audit_value(paper, field)->number : 0;
}

struct slice audit_text(const struct audit_paper *paper, size_t field)
{
    return audit_known(paper, field) ? audit_value(paper, field)->text : SLICE("");
}

int32_t audit_day(const struct audit_paper *paper, size_t field)
{
    return (int32_t)audit_number(paper, field);
}

const struct audit_paper *audit_newest(const struct audit_deal *deal, enum kind_id kind)
{
    return deal->count[kind] ? &deal->papers[kind][deal->count[kind] - 1] : NULL;
}
