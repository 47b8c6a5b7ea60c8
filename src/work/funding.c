/* Products by stage, and the rules that say who may have them. */
#include "work/funding.h"

#include <stdlib.h>

#include "base/clock.h"
#include "record/choice.h"
#include "record/party.h"
#include "work/may.h"
#include "work/deal_int.h"
#include "work/fact.h"
#include "work/matter.h"
#include "work/patent_sheet.h"

enum { LANZHOU = 620100, DEALS_MOST = 200, YEAR = 365 };

static char *products_text;

void funding_start(void)
{
    if (!products_text)
        products_text = record_select(&kind_service, "sort = 'finance' AND status = 0 AND to_leaf IS NULL ORDER BY id LIMIT ?1");
}

/* --- facts --- */

struct gathering {
    struct sql *sql;
    int64_t firm;
    int32_t today;
    struct arena *arena;
    struct fact *facts;
    size_t *count;
};

static void fact_put(struct fact *facts, size_t *count, const struct fact *fact)
{
    size_t at = 0;

    while (at < *count && strcmp(facts[at].name, fact->name) != 0)
        at++;
    if (at == FUNDING_FACTS)
        return;
    facts[at] = *fact;
    *count += at == *count;
}

static void put(struct gathering *gathering, const char *name, enum fact_kind kind, int64_t value)
{
    const struct fact fact = {.name = name, .kind = kind, .known = true, .value = value, .source = FACT_DEPARTMENT};

    fact_put(gathering->facts, gathering->count, &fact);
}

static bool firm_gather(struct gathering *gathering, struct err *err)
{
    struct record firm;
    int64_t region;

    if (!record_get(gathering->sql, &kind_party, gathering->firm, gathering->arena, &firm, err)
        || !party_region(gathering->sql, gathering->firm, &region, err))
        return false;
    if (matter_known(&firm, PARTY_FOUNDED))
        put(gathering, "registered_on", FACT_DAY, matter_day(&firm, PARTY_FOUNDED));
    if (region)
        put(gathering, "firm_local", FACT_YES, region / 100 == LANZHOU / 100);
    return true;
}

/* Known as soon as one patent was brought in: without any, nobody knows how many there are. */
static bool patents_gather(struct gathering *gathering, struct err *err)
{
    struct record *list;
    size_t count, in_force = 0;
    const char *why;

    if (!patents_of(gathering->sql, gathering->firm, gathering->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        in_force += patent_in_force(&list[i], gathering->today, &why);
    if (count)
        put(gathering, "firm_patents", FACT_NUMBER, (int64_t)in_force);
    return true;
}

static bool deal_receipts(struct gathering *gathering, int64_t id, int64_t *sum, bool *any, struct err *err)
{
    struct deal_file deal;

    if (!deal_load(gathering->sql, id, gathering->today, gathering->arena, &deal, err))
        return false;
    if (!paper_is(deal_newest(&deal, KIND_REGISTRATION), REGISTRATION_RESULT, "registered")
        || paper_known(deal_newest(&deal, KIND_REGISTRATION), REGISTRATION_REVOKED_ON))
        return true;
    *any = true;
    for (size_t i = 0; i < deal.count[KIND_RECEIPT]; i++)
        if (paper_day(&deal.papers[KIND_RECEIPT][i], RECEIPT_CAME_ON) > gathering->today - YEAR)
            *sum += paper_number(&deal.papers[KIND_RECEIPT][i], RECEIPT_AMOUNT);
    return true;
}

/* What came in within a year on registered contracts of which it is the unit. */
static bool receipts_gather(struct gathering *gathering, struct err *err)
{
    int64_t ids[DEALS_MOST], sum = 0;
    struct sql_rows rows;
    size_t count = 0;
    bool any = false;

    if (!sql_rows(gathering->sql, "SELECT id FROM deal WHERE to_leaf IS NULL AND owner = ?1 ORDER BY id DESC LIMIT ?2",
                  SQL_ARGS(sql_int(gathering->firm), sql_int(DEALS_MOST)), &rows, err))
        return false;
    while (count < DEALS_MOST && sql_next(&rows))
        ids[count++] = sql_number(&rows, 0);
    if (!sql_done(&rows, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!deal_receipts(gathering, ids[i], &sum, &any, err))
            return false;
    if (any)
        put(gathering, "firm_receipts", FACT_MONEY, sum);
    return true;
}

bool funding_facts(struct sql *sql, const struct law *law, int64_t firm, int32_t today, struct arena *arena, struct fact *facts, size_t *count,
                   struct err *err)
{
    struct gathering gathering = {sql, firm, today, arena, facts, count};
    struct fact *stated;
    size_t stated_count;

    *count = 0;
    put(&gathering, "today", FACT_DAY, today);
    if (!firm_gather(&gathering, err) || !patents_gather(&gathering, err) || !receipts_gather(&gathering, err)
        || !facts_of_party(sql, law, firm, today, arena, &stated, &stated_count, err))
        return false;
    for (size_t i = 0; i < stated_count; i++)
        if (stated[i].known)
            fact_put(facts, count, &stated[i]);
    return true;
}

/* --- products --- */

/* Of its first stage in the order of the list; behind all where it names none. */
static size_t stage_of(const struct record *product)
{
    const struct choice_list *list = choice_list_get("stage");
    size_t i = 0;

    while (i < list->count && !field_list_has(matter_text(product, SERVICE_STAGE), slice_of(list->choices[i].code)))
        i++;
    return i;
}

static int by_stage(const void *a, const void *b)
{
    const struct record *x = &((const struct funding_line *)a)->product, *y = &((const struct funding_line *)b)->product;
    size_t one = stage_of(x), two = stage_of(y);

    if (one != two)
        return one < two ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static bool product_ask(const struct law *law, int64_t region, int32_t today, const struct fact *facts, size_t count, struct arena *arena,
                        struct funding_line *line, struct err *err)
{
    struct slice id = matter_text(&line->product, SERVICE_RULE);

    if (!id.len)
        return true;
    line->rule = rule_find(law->book, arena_text(arena, id), region ? (int32_t)region : LANZHOU, today);
    if (!line->rule)
        return true;
    line->asked = true;
    return rule_ask(law->book, line->rule, facts, count, arena, &line->answer, err);
}

static bool products_read(struct sql *sql, int64_t bank, struct arena *arena, struct funding_line **lines, size_t *count, struct err *err)
{
    struct record *list = arena_alloc(arena, FUNDING_PRODUCTS * sizeof *list);
    size_t found;

    if (!record_rows(sql, &kind_service, products_text, SQL_ARGS(sql_int(FUNDING_PRODUCTS)), FUNDING_PRODUCTS, arena, list, &found, err))
        return false;
    *lines = arena_zero(arena, found + 1, sizeof **lines);
    *count = 0;
    for (size_t i = 0; i < found; i++)
        if (!bank || list[i].owner == bank)
            (*lines)[(*count)++].product = list[i];
    if (*count)
        qsort(*lines, *count, sizeof **lines, by_stage);
    return true;
}

bool funding_products(struct sql *sql, const struct law *law, const struct funding_want *want, struct arena *arena, struct funding_line **lines,
                      size_t *count, struct fact **facts, size_t *fact_count, struct err *err)
{
    int64_t region = 0;

    *facts = arena_zero(arena, FUNDING_FACTS, sizeof **facts);
    *fact_count = 0;
    if (!products_read(sql, want->bank, arena, lines, count, err))
        return false;
    if (!want->firm)
        return true;
    if (!funding_facts(sql, law, want->firm, want->today, arena, *facts, fact_count, err) || !party_region(sql, want->firm, &region, err))
        return false;
    for (size_t i = 0; i < want->typed_count; i++)
        fact_put(*facts, fact_count, &want->typed[i]);
    for (size_t i = 0; i < *count; i++)
        if (!product_ask(law, region, want->today, *facts, *fact_count, arena, &(*lines)[i], err))
            return false;
    return true;
}
